"""Calipers on what the sheet shows: where a measurement stands there, what the mouse is over."""

from PySide6.QtCore import QPointF

from workstation.studies.measure.ecg.calipers import snapped
from workstation.studies.measure.ecg.measured import Measured
from workstation.studies.measure.ecg.placed_caliper import PlacedCaliper, caliper_of, measured_by
from workstation.ui.viewers.ecg.layout import Strip, rhythm_lead
from workstation.ui.viewers.ecg.sheet_tool import SheetSight


def placed(measured: Measured, sight: SheetSight) -> PlacedCaliper | None:
    """Where a measurement stands on the record that is shown."""
    return caliper_of(measured, sight.record, sight.offset_s)


def measured_on(sight: SheetSight, caliper: PlacedCaliper) -> Measured | None:
    """What a caliper says on the record that is shown, through its filter."""
    return measured_by(caliper, sight.record, sight.chosen_filter.code, sight.offset_s)


def is_blind(sight: SheetSight, caliper: PlacedCaliper) -> bool:
    """Whether a level would be read that is not seen: it may not have gone through the filter."""
    if not caliper.is_amplitude or sight.chosen_filter.off:
        return False
    rate = sight.record.sampling_rate_hz
    ends = (caliper.start / rate, caliper.stop / rate)
    spans = [
        (strip.start_s, strip.start_s + strip.duration_s)
        for strip in sight.page.strips
        if strip.ref.name == caliper.lead
    ]
    return not all(any(start <= end <= stop for start, stop in spans) for end in ends)


def sample_under(sight: SheetSight, strip: Strip, at: QPointF) -> int:
    """The nearest sample under the mouse, within the seconds of the strip."""
    rate, strip = sight.record.sampling_rate_hz, sight.like(strip) or strip
    zero = sight.point(strip, strip.start_s, 0.0).x()
    second = strip.start_s + (at.x() - zero) / (sight.page.speed * sight.px_per_mm)
    within = min(max(second, strip.start_s), strip.start_s + strip.duration_s)
    return snapped(within, rate, sight.record.sample_count) or 0


def rhythm_strip(sight: SheetSight) -> Strip | None:
    """The longest strip of the rhythm lead, else the first that there is."""
    strips = [strip for strip in sight.page.strips if strip.lead is not None]
    lead = rhythm_lead(sight.record)
    wanted = [strip for strip in strips if strip.ref.name == lead] or strips
    return max(wanted, key=lambda strip: strip.duration_s, default=None)
