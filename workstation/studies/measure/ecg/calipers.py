"""Calipers: between two samples of the recording, in milliseconds and in the lead's unit."""

from dataclasses import dataclass
from enum import Enum
from math import ceil, floor, isfinite
from typing import Final

from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.isoelectric import recorded_whole

_MOST_MARKS: Final = 1000


class IntervalKind(Enum):
    """What the doctor measures with the caliper."""

    RR = "rr"
    PP = "pp"
    PR = "pr"
    QRS = "qrs"
    QT = "qt"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TimeCaliper:
    """From one sample to another, in either order; `cycles` intervals lie between them."""

    start: int
    stop: int
    sampling_rate_hz: float
    kind: IntervalKind = IntervalKind.OTHER
    cycles: int = 1

    @property
    def interval_ms(self) -> float:
        """Of one cycle."""
        return abs(self.stop - self.start) * 1000 / self.sampling_rate_hz / max(1, self.cycles)

    @property
    def per_minute(self) -> float | None:
        """Rate of RR or PP; None for other intervals and where both ends are one sample."""
        if self.kind not in (IntervalKind.RR, IntervalKind.PP) or self.start == self.stop:
            return None
        return 60_000 / self.interval_ms

    @property
    def resolution_ms(self) -> float:
        """Each end stands within half of this from where the doctor pointed."""
        return 1000 / self.sampling_rate_hz


@dataclass(frozen=True, slots=True)
class AmplitudeCaliper:
    """From the level of one sample to that of another."""

    lead: str
    start: int
    stop: int
    value: float
    """In `unit`, positive upwards."""
    unit: SampleUnit


def snapped(seconds: float, sampling_rate_hz: float, sample_count: int) -> int | None:
    """The sample nearest to a time from the recording's start; None where there is no sample.

    Beyond the ends it is the first or the last one.
    """
    if sample_count <= 0 or not isfinite(seconds):
        return None
    return min(max(round(seconds * sampling_rate_hz), 0), sample_count - 1)


def amplitude(lead: EcgLead, start: int, stop: int) -> AmplitudeCaliper | None:
    """Between the levels of two samples; None where one of them was not recorded."""
    if not (recorded_whole(lead, start, start + 1) and recorded_whole(lead, stop, stop + 1)):
        return None
    value = float(lead.samples[stop]) - float(lead.samples[start])
    return AmplitudeCaliper(lead.name, start, stop, value, lead.unit)


def march_out(caliper: TimeCaliper, start: int, stop: int) -> tuple[int, ...]:
    """Where the caliper's points fall in [start, stop) when it walks in both directions.

    Each is snapped by itself: the step is not, so that no error adds up. Nothing where the
    caliper is closed, or so narrow that its marks would be a veil.
    """
    step = abs(caliper.stop - caliper.start) / max(1, caliper.cycles)
    if step < 1 or (stop - start) / step > _MOST_MARKS:
        return ()
    origin = min(caliper.start, caliper.stop)
    steps = range(floor((start - origin) / step) - 1, ceil((stop - origin) / step) + 2)
    places = (round(origin + one * step) for one in steps)
    return tuple(place for place in places if start <= place < stop)
