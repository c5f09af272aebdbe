"""The level from which a beat's deflections are counted."""

from typing import Final

import numpy as np

from workstation.studies.ecg import EcgLead
from workstation.studies.measure.ecg.stretches import recorded, within

_LENGTH_S: Final = 0.02


def isoelectric_level(lead: EcgLead, sampling_rate_hz: float, qrs_onset: int) -> float | None:
    """Median of the 20 ms before the onset of QRS, in the lead's unit.

    The end of the PR segment. None where it was not recorded.
    """
    start = qrs_onset - max(1, round(_LENGTH_S * sampling_rate_hz))
    if not recorded_whole(lead, start, qrs_onset):
        return None
    return float(np.median(lead.samples[start:qrs_onset]))


def recorded_whole(lead: EcgLead, start: int, stop: int) -> bool:
    """Whether all samples of [start, stop) were recorded."""
    return start >= 0 and within(recorded(len(lead.samples), lead.gaps), start, stop)
