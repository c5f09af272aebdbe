"""A caliper that stands on a lead of a recording, and the measurement that it makes."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from backend_client.models.evidence import EcgPlace, Origin
from workstation.studies.ecg import EcgLead, EcgRecord, SampleUnit
from workstation.studies.measure.ecg.calipers import TimeCaliper, amplitude
from workstation.studies.measure.ecg.measured import Measured, Quantity

INTERVALS: Final = (
    Quantity.RR,
    Quantity.PP,
    Quantity.PR,
    Quantity.QRS,
    Quantity.QT,
    Quantity.INTERVAL,
)
"""What a time caliper may measure, in the order of its keys."""
CYCLIC: Final = (Quantity.RR, Quantity.PP)
"""Intervals of which several may lie between the ends of a caliper."""
MOST_CYCLES: Final = 99
NAME_LENGTH: Final = 100
"""Longer names of leads and recordings, which only a broken file has, are cut in an `EcgPlace`."""


class End(Enum):
    """What of a caliper is moved."""

    START = "start"
    STOP = "stop"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class PlacedCaliper:
    """From one sample of a lead to another, in either order."""

    lead: str
    start: int
    stop: int
    quantity: Quantity = Quantity.INTERVAL
    cycles: int = 1

    @property
    def is_amplitude(self) -> bool:
        """Whether it measures levels, not time."""
        return self.quantity is Quantity.AMPLITUDE

    @property
    def first(self) -> int:
        """Its earlier sample."""
        return min(self.start, self.stop)

    @property
    def last(self) -> int:
        """Its later sample."""
        return max(self.start, self.stop)

    def moved(self, end: End, samples: int, sample_count: int) -> "PlacedCaliper":
        """An end, or all of it with its width kept, as far as the recording goes."""
        low, high = min(0, self.first), max(sample_count - 1, self.last)
        if end is End.BOTH:
            step = min(max(samples, low - self.first), high - self.last)
            return replace(self, start=self.start + step, stop=self.stop + step)
        if end is End.START:
            return replace(self, start=min(max(self.start + samples, low), high))
        return replace(self, stop=min(max(self.stop + samples, low), high))

    def as_kind(self, quantity: Quantity) -> "PlacedCaliper":
        """The same ends, measuring another interval; an amplitude stays one."""
        if self.is_amplitude or quantity not in INTERVALS:
            return self
        return replace(self, quantity=quantity, cycles=self.cycles if quantity in CYCLIC else 1)

    def with_cycles(self, cycles: int) -> "PlacedCaliper":
        """So many intervals between its ends; others than RR and PP always have one."""
        if self.quantity not in CYCLIC:
            return self
        return replace(self, cycles=min(max(cycles, 1), MOST_CYCLES))

    def time_caliper(self, sampling_rate_hz: float) -> TimeCaliper:
        """Its arithmetic in time."""
        return TimeCaliper(self.start, self.stop, sampling_rate_hz, cycles=self.cycles)


def measured_by(
    caliper: PlacedCaliper, record: EcgRecord, filter_code: str = "none", offset_s: float = 0.0
) -> Measured | None:
    """What the caliper says on the record as it is shown; None where it has not that lead.

    An interval in ms (the mean of its cycles); an amplitude in mV, or in the device's numbers
    without a unit, of the later sample over the earlier one, None where one was not recorded.
    `offset_s`: where the record begins in a longer one of which it is a window.
    """
    lead = _lead(record, caliper.lead)
    if lead is None:
        return None
    rate = record.sampling_rate_hz
    place = EcgPlace(
        recording=record.name[:NAME_LENGTH],
        lead=lead.name[:NAME_LENGTH],
        start_s=offset_s + caliper.first / rate,
        stop_s=offset_s + caliper.last / rate,
        filter=filter_code,
    )
    if caliper.is_amplitude:
        value, unit = _height(caliper, lead), "mV" if lead.unit is SampleUnit.MILLIVOLT else ""
        return Measured(Quantity.AMPLITUDE, value, unit, place, Origin.BY_HAND)
    length = caliper.time_caliper(rate).interval_ms
    return Measured(caliper.quantity, length, "ms", place, Origin.BY_HAND, cycles=caliper.cycles)


def caliper_of(
    measured: Measured, record: EcgRecord, offset_s: float = 0.0
) -> PlacedCaliper | None:
    """Where a measurement stands on the record; None where it stands nowhere on it.

    That is: a value of the device, of the median beat, of another recording, of other seconds or
    of all leads together, and what is not between two samples of a trace.
    """
    place, lead = measured.place, _lead(record, measured.place.lead)
    is_here = place.recording == record.name[:NAME_LENGTH] and not place.median_beat
    is_span = measured.quantity in (*INTERVALS, Quantity.AMPLITUDE)
    if lead is None or not is_here or not is_span or measured.origin is Origin.DEVICE:
        return None
    rate, count = record.sampling_rate_hz, record.sample_count
    start, stop = (round((at - offset_s) * rate) for at in (place.start_s, place.stop_s))
    caliper = PlacedCaliper(lead.name, start, stop, measured.quantity, measured.cycles)
    is_whole = caliper.first >= 0 and caliper.last < count
    is_seen = caliper.last >= 0 and caliper.first < count and not caliper.is_amplitude
    return caliper if is_whole or is_seen else None


def _height(caliper: PlacedCaliper, lead: EcgLead) -> float | None:
    found = amplitude(lead, caliper.first, caliper.last)
    return found.value if found is not None else None


def _lead(record: EcgRecord, name: str) -> EcgLead | None:
    if not name:
        return None
    cut = name[:NAME_LENGTH]
    return next((lead for lead in record.leads if lead.name[:NAME_LENGTH] == cut), None)
