"""ST level of each lead: at the J point, 60 and 80 ms after it, from the isoelectric line.

AHA/ACCF/HRS 2009, part IV (Rautaharju) and part VI (Wagner) speak of the level at the J point;
exercise tests of J + 60 to 80 ms. Measured on what was recorded, never on a trace whose baseline
was filtered: that filter moves the level after a wide QRS.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.isoelectric import isoelectric_level, recorded_whole


@dataclass(frozen=True, slots=True)
class StLevel:
    """Of one lead, in its unit; None where the point was not recorded."""

    lead: str
    unit: SampleUnit
    at_j: float | None
    at_j60: float | None
    at_j80: float | None


def st_levels(
    leads: Iterable[EcgLead], sampling_rate_hz: float, qrs_onset: int, j_point: int
) -> tuple[StLevel, ...]:
    """The leads' levels; onset and J point are samples, confirmed by the doctor or proposed."""
    found = []
    for lead in leads:
        at = [_level(lead, sampling_rate_hz, qrs_onset, j_point, ms) for ms in (0, 60, 80)]
        found.append(StLevel(lead.name, lead.unit, *at))
    return tuple(found)


def _level(lead: EcgLead, rate: float, onset: int, j_point: int, after_ms: int) -> float | None:
    zero = isoelectric_level(lead, rate, onset)
    place = j_point + round(after_ms * rate / 1000)
    if zero is None or j_point <= onset or not recorded_whole(lead, place, place + 1):
        return None
    return float(lead.samples[place]) - zero
