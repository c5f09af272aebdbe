"""How a lead's numbers become millimetres on its row: no pixels, no Qt."""

from dataclasses import dataclass

import numpy as np

from workstation.studies.ecg import EcgLead, EcgRecord, SampleUnit

UNCALIBRATED_SPAN_MM = 20.0
"""What a lead without a scale fills of its row."""
_FAR_FROM_ZERO_MV = 1.5


@dataclass(frozen=True, slots=True)
class LeadPlacement:
    """How a lead's numbers become millimetres, once for the whole record.

    `offset` is the number on the row's base line: 0, or the lead's median where the lead lies so
    far from zero (or is uncalibrated) that its row could not hold it. `low` and `high` are the
    extreme samples relative to `offset`.
    """

    offset: float
    low: float
    high: float
    calibrated: bool

    @property
    def shifted(self) -> bool:
        """Whether a calibrated lead does not stand on its own zero: said beside the trace."""
        return self.calibrated and self.offset != 0

    def mm_per_unit(self, gain: float) -> float:
        """Millimetres a unit: the gain for mV; otherwise what fills a row."""
        if self.calibrated:
            return gain
        span = self.high - self.low
        return UNCALIBRATED_SPAN_MM / span if span > 0 else 0.0


def place_leads(record: EcgRecord, *, without_level: bool = False) -> dict[str, LeadPlacement]:
    """How each lead stands on its base line, by the lead's name.

    `without_level`: as the leads stand behind a filter that takes their level out of them.
    """
    return {lead.name: _place(lead, without_level=without_level) for lead in record.leads}


def _place(lead: EcgLead, *, without_level: bool) -> LeadPlacement:
    samples = _recorded(lead)
    calibrated = lead.unit is SampleUnit.MILLIVOLT
    if samples.size == 0:
        return LeadPlacement(0.0, 0.0, 0.0, calibrated)
    low, high = float(samples.min()), float(samples.max())
    is_moved = without_level or not calibrated
    offset = 0.0
    if is_moved or (max(-low, high) > _FAR_FROM_ZERO_MV and _is_half_far(samples)):
        median = float(np.median(samples))
        offset = median if is_moved or abs(median) > _FAR_FROM_ZERO_MV else 0.0
    low, high = low - offset, high - offset
    shown = 0.0 if without_level else offset
    return LeadPlacement(shown, min(0.0, low), max(0.0, high), calibrated)


def _is_half_far(samples: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> bool:
    """Else the median is not far from zero either: to find it takes longer than all else."""
    return bool(2 * np.count_nonzero(np.abs(samples) > _FAR_FROM_ZERO_MV) >= samples.size)


def _recorded(lead: EcgLead) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    if not lead.gaps:
        return lead.samples
    kept = np.ones(len(lead.samples), dtype=bool)
    for start, stop in lead.gaps:
        kept[start:stop] = False
    return lead.samples[kept]
