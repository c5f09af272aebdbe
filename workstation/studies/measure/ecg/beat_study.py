"""From a recording to its averaged beat, its rhythm, and the bounds that may be proposed.

One piece of work of 0.05 to 0.15 s for twelve leads of 10 s: too long for a window's loop, done
in a thread. R peaks are looked for in what was recorded, whatever filter is chosen; the beat is
made of the trace as it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np

from workstation.studies.ecg import (
    FURTHER_LEADS,
    STANDARD_LEADS,
    EcgLead,
    EcgRecord,
    RecordingKind,
    SampleUnit,
)
from workstation.studies.measure.ecg.filters import TraceFilter, all_filtered
from workstation.studies.measure.ecg.isoelectric import isoelectric_level
from workstation.studies.measure.ecg.median_beat import MedianBeat, median_beat
from workstation.studies.measure.ecg.proposals import (
    NOTHING,
    Landmark,
    Proposal,
    offered,
    proposed,
)
from workstation.studies.measure.ecg.qtc import steady
from workstation.studies.measure.ecg.r_peaks import Places, r_peaks
from workstation.studies.measure.ecg.stretches import recorded_in_all, within

PART_S: Final = 300.0
"""Of a longer recording the first five minutes are averaged."""
_SLOWEST_HZ: Final = 50.0
"""As for R peaks."""
_ENOUGH_HZ: Final = 1000.0
"""Sampled twice as often and more, samples are left out: beats are compared at every shift."""
_MOST_LEADS: Final = 24
_MOST_OF_AN_ECG: Final = 6
"""Standard leads from which on signals of other names (breath, pressure) are left out."""
_FEW_ALIKE, _HALF_ALIKE = 0.25, 0.5
"""Parts of the beats that have one shape: below the first there is no beat that stands for the
recording, below the second nothing is proposed in it (our choice)."""
_BEFORE_QRS_S: Final = 0.12
"""So long before R no QRS has begun, however wide it is."""


class NoBeat(Enum):
    """Why there is no averaged beat."""

    NO_LEADS = "no_leads"
    SLOW_SAMPLING = "slow_sampling"
    ALREADY_AVERAGED = "already_averaged"
    """What is shown is one beat that the device averaged."""
    TOO_FEW = "too_few"
    """Fewer than two beats, or than a quarter of those that lie whole in it, are alike."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Intervals between neighbouring R peaks; one with a gap in it is none."""

    intervals_ms: tuple[float, ...] = ()
    start_s: float = 0.0
    """Of the first peak, from the beginning of the recording."""
    stop_s: float = 0.0
    """Of the last one."""

    @property
    def rr_ms(self) -> float | None:
        """The mean; None where no two beats follow one another."""
        found = self.intervals_ms
        return sum(found) / len(found) if found else None

    @property
    def per_minute(self) -> float | None:
        """The rate by the mean interval."""
        rr = self.rr_ms
        return 60_000 / rr if rr else None

    @property
    def is_steady(self) -> bool:
        """Whether QT may be corrected by the mean interval: see `qtc.steady`."""
        return steady(list(self.intervals_ms))


@dataclass(frozen=True, slots=True, eq=False)
class BeatStudy:
    """What was found in a recording."""

    beat: MedianBeat | None
    why_not: NoBeat | None
    """Set where there is no beat."""
    rhythm: Rhythm
    proposal: Proposal
    """Samples of `beat`, whose sampling rate may be less than the record's; only bounds that may
    be offered at all."""
    chosen_filter: TraceFilter
    """Through which the beat is seen."""
    left_out: tuple[str, ...]
    """Leads of the recording that are not in the beat."""
    averaged_s: float
    """Seconds of the recording that were looked at."""
    levels: tuple[float, ...] = ()
    """Of each lead of `beat`: the number on its base line when the leads are laid over another."""

    @property
    def is_calibrated(self) -> bool:
        """Whether the beat's leads are in mV."""
        leads = self.beat.leads if self.beat is not None else ()
        return bool(leads) and all(lead.unit is SampleUnit.MILLIVOLT for lead in leads)


def study_beat(record: EcgRecord, chosen: TraceFilter | None = None) -> BeatStudy:
    """The averaged beat of the shown recording through a filter, and what may be proposed in it.

    Leads without a calibration are left out where others have one: beat and proposals are made
    of the same leads. Where none has one, nothing is proposed.
    """
    through = chosen or TraceFilter()
    step = max(1, int(record.sampling_rate_hz // _ENOUGH_HZ))
    rate = record.sampling_rate_hz / step
    leads = _part([_thinned(lead, step) for lead in _measurable(record.leads)], rate)
    names = {lead.name for lead in leads}
    left_out = tuple(lead.name for lead in record.leads if lead.name not in names)
    seconds = len(leads[0].samples) / rate if leads else 0.0
    nothing = BeatStudy(None, None, Rhythm(), NOTHING, through, left_out, seconds)
    why_not = _why_not(record, leads)
    return replace(nothing, why_not=why_not) if why_not else _studied(nothing, leads, rate)


def _studied(nothing: BeatStudy, leads: Sequence[EcgLead], rate: float) -> BeatStudy:
    peaks = r_peaks(leads, rate)
    found = replace(nothing, rhythm=_rhythm(leads, peaks, rate))
    seen = all_filtered(leads, rate, nothing.chosen_filter)
    beat = median_beat(seen, rate, peaks)
    if beat is None or beat.used < _FEW_ALIKE * beat.found:
        return replace(found, why_not=NoBeat.TOO_FEW)
    is_one_shape = beat.used >= _HALF_ALIKE * beat.found
    proposal = _offered(proposed(seen, rate, peaks)) if is_one_shape else NOTHING
    return replace(found, beat=beat, proposal=proposal, levels=_levels(beat, proposal))


def _why_not(record: EcgRecord, leads: Sequence[EcgLead]) -> NoBeat | None:
    if record.kind is RecordingKind.MEDIAN_BEAT:
        return NoBeat.ALREADY_AVERAGED
    if not leads:
        return NoBeat.NO_LEADS
    return NoBeat.SLOW_SAMPLING if record.sampling_rate_hz < _SLOWEST_HZ else None


def _measurable(leads: Sequence[EcgLead]) -> list[EcgLead]:
    """Of a file with signals of all kinds the ECG, and of that what is in mV."""
    known = [lead for lead in leads if lead.name in (*STANDARD_LEADS, *FURTHER_LEADS)]
    ecg = known if len(known) >= _MOST_OF_AN_ECG else list(leads)
    calibrated = [lead for lead in ecg if lead.unit is SampleUnit.MILLIVOLT]
    return (calibrated or ecg)[:_MOST_LEADS]


def _thinned(lead: EcgLead, step: int) -> EcgLead:
    """Every so many samples; a gap takes whatever it touches."""
    if step == 1:
        return lead
    gaps = tuple((start // step, -(-stop // step)) for start, stop in lead.gaps)
    return replace(lead, samples=lead.samples[::step], gaps=gaps)


def _part(leads: Sequence[EcgLead], rate: float) -> list[EcgLead]:
    most = round(PART_S * rate)
    return [replace(lead, samples=lead.samples[:most]) for lead in leads]


def _rhythm(leads: Sequence[EcgLead], peaks: Places, rate: float) -> Rhythm:
    if len(peaks) == 0:
        return Rhythm()
    stretches = recorded_in_all(leads)
    pairs = zip(peaks[:-1].tolist(), peaks[1:].tolist(), strict=True)
    found = tuple(
        (stop - start) * 1000 / rate for start, stop in pairs if within(stretches, start, stop)
    )
    return Rhythm(found, float(peaks[0]) / rate, float(peaks[-1]) / rate)


def _offered(proposal: Proposal) -> Proposal:
    """Without the bounds whose error on annotated records forbids to propose them."""
    return Proposal(*(proposal.at(one) if offered(one) else None for one in Landmark))


def _levels(beat: MedianBeat, proposal: Proposal) -> tuple[float, ...]:
    return tuple(_level(lead, beat, proposal.qrs_onset) for lead in beat.leads)


def _level(lead: EcgLead, beat: MedianBeat, onset: int | None) -> float:
    """The isoelectric one; without an onset of QRS the commonest level before any QRS."""
    rate = beat.sampling_rate_hz
    found = isoelectric_level(lead, rate, onset) if onset is not None else None
    if found is not None:
        return found
    before = lead.samples[: max(0, beat.r_at - round(_BEFORE_QRS_S * rate))]
    return float(np.median(before if len(before) else lead.samples))
