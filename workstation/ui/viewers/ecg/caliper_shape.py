"""Where a caliper stands on the sheet, in logical pixels: at its record time, on every strip of
its lead that is in sight."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF

from workstation.studies.measure.ecg.placed_caliper import End, PlacedCaliper
from workstation.ui.viewers.ecg.layout import Strip
from workstation.ui.viewers.ecg.sheet_tool import SheetSight

REACH = 6.0
"""Pixels around a line or a point in which the mouse takes hold of it."""
_OVER_PEAK, _UNDER_TRACE = 9.0, 9.0
_LEAST_HEIGHT = 26.0
_POINT_REACH = 9.0
_NEAR_S = 0.06


@dataclass(frozen=True, slots=True)
class CaliperShape:
    """A caliper on one strip. For time `top` is the line between the ends; for amplitude
    `start` and `stop` lie on the trace."""

    caliper: PlacedCaliper
    strip: Strip
    start: QPointF
    stop: QPointF
    top: float
    bottom: float
    room: QRectF
    """The strip's seconds: nothing is painted or touched beside them."""

    @property
    def left(self) -> float:
        """Pixels from the left of the earlier end."""
        return min(self.start.x(), self.stop.x())

    @property
    def right(self) -> float:
        """Pixels from the left of the later end."""
        return max(self.start.x(), self.stop.x())

    def part_at(self, at: QPointF) -> End | None:
        """What the mouse would take hold of there: an end, all of it, or nothing."""
        if not self.room.adjusted(-REACH, -1e6, REACH, 1e6).contains(at):
            return None
        return self._height_at(at) if self.caliper.is_amplitude else self._time_at(at)

    def _time_at(self, at: QPointF) -> End | None:
        if not self.top - REACH <= at.y() <= self.bottom + REACH:
            return None
        away = {End.STOP: abs(at.x() - self.stop.x()), End.START: abs(at.x() - self.start.x())}
        nearest = min(away, key=lambda end: away[end])
        if away[nearest] <= REACH:
            return nearest
        on_bar = abs(at.y() - self.top) <= REACH and self.left <= at.x() <= self.right
        return End.BOTH if on_bar else None

    def _height_at(self, at: QPointF) -> End | None:
        away = {
            End.STOP: (at - self.stop).manhattanLength(),
            End.START: (at - self.start).manhattanLength(),
        }
        nearest = min(away, key=lambda end: away[end])
        if away[nearest] <= _POINT_REACH:
            return nearest
        on_pole = abs(at.x() - self.stop.x()) <= REACH and self.top <= at.y() <= self.bottom
        return End.BOTH if on_pole else None


def shapes_of(sight: SheetSight, caliper: PlacedCaliper) -> list[CaliperShape]:
    """On each strip that shows some of it; none where its lead or its seconds are not in sight."""
    rate = sight.record.sampling_rate_hz
    first, last = caliper.first / rate, caliper.last / rate
    return [
        _shape(sight, strip, caliper)
        for strip in sight.page.strips
        if strip.lead is not None
        and strip.ref.name == caliper.lead
        and first <= strip.start_s + strip.duration_s
        and last >= strip.start_s
    ]


def strip_room(sight: SheetSight, strip: Strip) -> QRectF:
    """The strip's seconds and its own height."""
    corner = sight.point(strip, strip.start_s, 0.0)
    width = strip.duration_s * sight.page.speed * sight.px_per_mm
    up, down = strip.up_mm * sight.px_per_mm, strip.down_mm * sight.px_per_mm
    return QRectF(corner.x(), corner.y() - up, width, up + down)


def trace_heights(
    sight: SheetSight, strip: Strip, first: int, last: int
) -> npt.NDArray[np.float64]:
    """Pixels from the top of the samples [first, last] of a strip's lead, as far as it shows
    them; where nothing was recorded, those of its base line."""
    lead, rate = strip.lead, sight.record.sampling_rate_hz
    base = sight.point(strip, strip.start_s, 0.0).y()
    if lead is None:
        return np.empty(0)
    low = max(first, round(strip.start_s * rate), 0)
    high = min(last, round((strip.start_s + strip.duration_s) * rate), len(lead.samples) - 1)
    offset = strip.placement.offset if strip.placement is not None else 0.0
    up = (lead.samples[low : high + 1].astype(np.float64) - offset) * strip.ref.sign
    for start, stop in lead.gaps:
        up[max(0, start - low) : max(0, stop - low)] = 0.0
    heights: npt.NDArray[np.float64] = base - up * strip.mm_per_unit * sight.px_per_mm
    return heights


def _shape(sight: SheetSight, strip: Strip, caliper: PlacedCaliper) -> CaliperShape:
    room = strip_room(sight, strip)
    start = _on_trace(sight, strip, caliper.start)
    stop = _on_trace(sight, strip, caliper.stop)
    if caliper.is_amplitude:
        top, bottom = sorted((start.y(), stop.y()))
        return CaliperShape(caliper, strip, start, stop, top, bottom, room)
    near = round(_NEAR_S * sight.record.sampling_rate_hz)
    heights = trace_heights(sight, strip, caliper.first - near, caliper.last + near)
    middle = sight.point(strip, strip.start_s, 0.0).y()
    top = min(float(heights.min(initial=middle)), middle - _LEAST_HEIGHT) - _OVER_PEAK
    bottom = max(float(heights.max(initial=middle)), middle) + _UNDER_TRACE
    return CaliperShape(caliper, strip, start, stop, top, bottom, room)


def _on_trace(sight: SheetSight, strip: Strip, sample: int) -> QPointF:
    """The place of a sample of the strip's lead on the trace."""
    lead = strip.lead
    level = 0.0
    if lead is not None and 0 <= sample < len(lead.samples) and strip.placement is not None:
        level = float(lead.samples[sample]) - strip.placement.offset
    return sight.point(strip, sample / sight.record.sampling_rate_hz, level)
