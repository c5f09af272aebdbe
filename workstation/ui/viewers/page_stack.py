"""Pages of a document below each other: where each stands at a zoom. No widgets."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from PySide6.QtCore import QRectF

GAP = 12.0
"""Logical pixels around and between pages."""
SCALES = (0.5, 0.75, 1.0, 1.33, 1.67, 2.0, 2.67, 3.33, 4.0)
"""Logical pixels to a point (1/72 inch) that + and - go through."""
_FIT_AT_MOST = 2.0


@dataclass(frozen=True)
class PageStack:
    """`scale` is logical pixels to a point; None fits the widest page into `width`.

    What follows is worked out once: a document may have two thousand pages.
    """

    sizes_pt: tuple[tuple[float, float], ...]
    width: float
    scale: float | None = None

    @cached_property
    def px_per_pt(self) -> float:
        """The scale now."""
        if self.scale is not None:
            return self.scale
        widest = max((width for width, _ in self.sizes_pt), default=1.0)
        return max(0.05, min(_FIT_AT_MOST, (self.width - 2 * GAP) / max(1.0, widest)))

    @cached_property
    def boxes(self) -> list[QRectF]:
        """The place of every page, from the top of the first; centred across."""
        scale, top = self.px_per_pt, GAP
        across = max(self.width, self.total_width)
        boxes = []
        for width_pt, height_pt in self.sizes_pt:
            width, height = width_pt * scale, height_pt * scale
            boxes.append(QRectF((across - width) / 2, top, width, height))
            top += height + GAP
        return boxes

    @cached_property
    def total_width(self) -> float:
        """Width of the widest page with its margins."""
        widest = max((width for width, _ in self.sizes_pt), default=0.0)
        return widest * self.px_per_pt + 2 * GAP

    @cached_property
    def total_height(self) -> float:
        """Height of all pages with gaps."""
        return sum(height * self.px_per_pt + GAP for _, height in self.sizes_pt) + GAP

    @cached_property
    def tops(self) -> list[float]:
        """Where every page begins."""
        return [box.top() for box in self.boxes]

    def at(self, y: float) -> int:
        """The last page that begins above `y`; the first where none does."""
        return max(0, bisect_right(self.tops, y) - 1)

    def seen(self, view: QRectF) -> list[int]:
        """The pages of which something is in that part of the document."""
        found = range(self.at(view.top()), len(self.boxes))
        near = takewhile(lambda page: self.tops[page] < view.bottom(), found)
        return [page for page in near if self.boxes[page].intersects(view)]

    def stepped(self, direction: int) -> float:
        """The next scale in (1) or out (-1)."""
        present = self.px_per_pt
        if direction > 0:
            return min((s for s in SCALES if s > present * 1.01), default=SCALES[-1])
        return max((s for s in SCALES if s < present / 1.01), default=SCALES[0])
