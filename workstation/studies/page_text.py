"""Letters on the pages of a document: where words stand, and what a person would copy."""

import math
from dataclasses import dataclass
from typing import Final

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the upper left corner of the page as it is
shown by the file."""

MOST_PIXELS: Final = 64_000_000
"""Of a page that is drawn."""
MOST_HITS: Final = 1000
"""On a page."""


@dataclass(frozen=True, slots=True)
class PageHits:
    """Where words stand on a page."""

    hits: tuple[tuple[Box, ...], ...]
    """Of each place, in the order of the text, a box for each line that it takes."""
    has_text: bool
    """False for a scan: there are no letters to look for."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A place of a page that leads to a source of a conclusion."""

    box: Box
    number: int


@dataclass(frozen=True, slots=True)
class PageText:
    """The letters of a page in the order of the file."""

    text: str
    boxes: tuple[Box, ...]
    """Of each letter; all 0 for one that takes no place."""
    links: tuple[PageLink, ...] = ()
    """In the order of the file."""

    def within(self, start: tuple[float, float], stop: tuple[float, float]) -> range:
        """The letters between two points of the page, as a selection runs."""
        first, last = self._nearest(*start), self._nearest(*stop)
        if first is None or last is None:
            return range(0)
        return range(min(first, last), max(first, last) + 1)

    def _nearest(self, x: float, y: float) -> int | None:
        """The letter at a point, else the nearest one; lines count before columns."""
        best, least = None, math.inf
        for place, (left, top, right, bottom) in enumerate(self.boxes):
            if right <= left or bottom <= top:
                continue
            across = max(left - x, x - right, 0.0)
            along = max(top - y, y - bottom, 0.0)
            if (distance := across + 4 * along) < least:
                best, least = place, distance
        return best


NO_HITS: Final = PageHits((), has_text=False)
NO_TEXT: Final = PageText("", ())
"""Of a scan."""


def lines_of(boxes: list[Box], *, upright: bool = True) -> tuple[Box, ...]:
    """Boxes of letters joined line by line; not `upright`: lines run down or up the page."""
    joined: list[Box] = []
    for box in boxes:
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        if joined and _same_line(joined[-1], box, 1 if upright else 0):
            joined[-1] = _around(joined[-1], box)
        else:
            joined.append(box)
    return tuple(joined)


def fitting_width(width_px: int, height_to_width: float) -> int:
    """As wide as asked, or less where the page would have more pixels than one may."""
    most = math.isqrt(max(1, int(MOST_PIXELS / max(height_to_width, 1e-6))))
    return max(1, min(width_px, most))


def _around(one: Box, other: Box) -> Box:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    return left, top, max(one[2], other[2]), max(one[3], other[3])


def _same_line(one: Box, other: Box, side: int) -> bool:
    shared = min(one[side + 2], other[side + 2]) - max(one[side], other[side])
    return shared > 0.4 * min(one[side + 2] - one[side], other[side + 2] - other[side])
