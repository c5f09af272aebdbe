"""Lines of marks and calipers along the paper, in pixels of the upright picture."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF

from workstation.studies.measure.ecg.photo_calibration import PaperCalibration, scale_of
from workstation.studies.measure.ecg.photo_scale import PhotoScale, Point
from workstation.studies.measure.ecg.placed_caliper import End
from workstation.ui.viewers.paper_ecg.marked_paper import PaperCaliper
from workstation.ui.viewers.picture_spot_tool import PictureSight

_BAR_MM = 8.0
_BAR_PX = 28.0


@dataclass(frozen=True, slots=True)
class PaperAxes:
    """Time and height on the picture: along the paper where it is calibrated, else as seen."""

    sight: PictureSight
    scale: PhotoScale | None

    @classmethod
    def of(cls, calibration: PaperCalibration, sight: PictureSight) -> "PaperAxes":
        """As far as the paper is calibrated."""
        return cls(sight, scale_of(calibration))

    def lines(self, caliper: PaperCaliper) -> list[QLineF]:
        """A caliper in logical pixels: bars at its ends and what lies between them."""
        start, stop = self._flat(caliper.start.point), self._flat(caliper.stop.point)
        if start is None or stop is None:
            first, last = self.sight.at(caliper.start), self.sight.at(caliper.stop)
            return [QLineF(first, last)]
        if caliper.tells_time and caliper.tells_level:
            return self._both(start, stop)
        return self._time(start, stop) if caliper.tells_time else self._level(start, stop)

    def _time(self, start: Point, stop: Point) -> list[QLineF]:
        bar = self._bar
        low, high = min(start[1], stop[1]) - bar, max(start[1], stop[1]) + bar
        level = start[1]
        return self._seen(
            ((start[0], low), (start[0], high)),
            ((stop[0], low), (stop[0], high)),
            ((start[0], level), (stop[0], level)),
        )

    def _level(self, start: Point, stop: Point) -> list[QLineF]:
        bar = self._bar
        left, right = min(start[0], stop[0]) - bar, max(start[0], stop[0]) + bar
        return self._seen(
            ((left, start[1]), (right, start[1])),
            ((left, stop[1]), (right, stop[1])),
            ((stop[0], start[1]), (stop[0], stop[1])),
        )

    def _both(self, start: Point, stop: Point) -> list[QLineF]:
        corner = (stop[0], start[1])
        return self._seen((start, corner), (corner, stop))

    @property
    def _bar(self) -> float:
        return _BAR_MM / 2 if self.scale is not None else _BAR_PX / 2

    def _flat(self, point: Point) -> Point | None:
        """Right and up: millimetres of the paper, else pixels of the view."""
        if self.scale is not None:
            return self.scale.paper_mm(point)
        seen = self.sight.viewport.view_point(QPointF(*point))
        return seen.x(), -seen.y()

    def _seen(self, *lines: tuple[Point, Point]) -> list[QLineF]:
        ends = [(self._view(first), self._view(last)) for first, last in lines]
        return [QLineF(a, b) for a, b in ends if a is not None and b is not None]

    def _view(self, flat: Point) -> QPointF | None:
        if self.scale is None:
            return QPointF(flat[0], -flat[1])
        point = self.scale.picture_point(flat)
        return self.sight.viewport.view_point(QPointF(*point)) if point is not None else None


def ends_held(end: End | None) -> tuple[bool, bool]:
    """Whether keys move the first end, and the second."""
    return end in (End.START, End.BOTH), end in (End.STOP, End.BOTH)
