"""What works upon the sheet of an ECG: sees where the mouse is on the paper, paints over it."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.viewers.ecg.layout import Page, Strip


@dataclass(frozen=True, slots=True)
class SheetSpot:
    """A place on the paper, on the strip to which it belongs (the nearest base line)."""

    strip: Strip
    second: float
    """Of the record, within the strip; not yet snapped to a sample."""
    level: float
    """In the lead's unit above its base line's own number; upside-down leads turned back."""


@dataclass(frozen=True, slots=True)
class SheetSight:
    """What the sheet shows at this moment, and where: enough to paint over it."""

    record: EcgRecord
    """As it is painted: through `chosen_filter`."""
    page: Page
    px_per_mm: float
    origin: QPointF
    """Where the page's upper left corner lies, in logical pixels of the viewport."""
    chosen_filter: TraceFilter = TraceFilter()
    offset_s: float = 0.0
    """Where the record begins in a longer one of which it is a window; 0 where it is the whole."""

    def like(self, strip: Strip) -> Strip | None:
        """The strip of this page that stands in the place of one of an earlier page."""
        alike = [one for one in self.page.strips if one.ref == strip.ref]
        return min(alike, key=lambda one: _unlike(one, strip), default=None)

    def point(self, strip: Strip, second: float, level: float) -> QPointF:
        """A place of a strip in logical pixels of the viewport; `level` as in `SheetSpot`."""
        up = level * strip.ref.sign * strip.mm_per_unit
        x_mm, y_mm = self.page.x_of(strip, second), strip.baseline_mm - up
        return self.origin + QPointF(x_mm, y_mm) * self.px_per_mm

    def spot(self, at: QPointF) -> SheetSpot | None:
        """Which place of which strip is meant there; None beside all strips."""
        mm = (at - self.origin) / self.px_per_mm
        there = [strip for strip in self.page.strips if self._holds(strip, mm.x())]
        if not there:
            return None
        strip = min(there, key=lambda one: abs(one.baseline_mm - mm.y()))
        second = strip.start_s + (mm.x() - strip.x_mm) / self.page.speed
        scale = strip.mm_per_unit * strip.ref.sign
        level = (strip.baseline_mm - mm.y()) / scale if scale else 0.0
        return SheetSpot(strip, second, level)

    def _holds(self, strip: Strip, x_mm: float) -> bool:
        width = strip.duration_s * self.page.speed
        return strip.lead is not None and strip.x_mm <= x_mm <= strip.x_mm + width


def _unlike(one: Strip, other: Strip) -> tuple[float, float]:
    return abs(one.duration_s - other.duration_s), abs(one.start_s - other.start_s)


class SheetTool(Protocol):
    """Mouse events go to the tool first; what it does not use is the sheet's."""

    def paint(self, painter: QPainter, sight: SheetSight) -> None:
        """Over the traces, in logical pixels of the viewport."""

    def press(self, sight: SheetSight, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """The left button went down; whether the tool takes it."""

    def move(self, sight: SheetSight, at: QPointF, *, pressed: bool) -> Qt.CursorShape | None:
        """The mouse moved; the shape that the cursor takes, None for the usual one."""

    def release(self, sight: SheetSight, at: QPointF) -> None:
        """The left button came up."""
