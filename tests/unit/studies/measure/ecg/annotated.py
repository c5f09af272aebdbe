"""Records with the marks of cardiologists beside the checkout, and what the marks say.

LUDB (Kalyakulina et al., IEEE Access 2020; 8: 186181): each of twelve leads is marked by itself.
Bounds are counted from the R peak that was found here, and are the median over a record's beats.
For all leads together two truths are stated, as a doctor may mean either: `WIDEST`, the earliest
onset and the latest end that two leads agree on, and `COMMON`, the median of the leads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from pathlib import Path

import numpy as np

from tests.shared_data import SHARED_DATA
from tests.unit.studies.measure.ecg.wfdb_records import Wave, WfdbRecord, read_record, waves
from workstation.studies.measure.ecg.axis import qrs_axis
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.median_beat import MedianBeat, median_beat
from workstation.studies.measure.ecg.proposals import BOUNDS_OF, Landmark, Proposal, proposed
from workstation.studies.measure.ecg.r_peaks import Places, r_peaks
from workstation.studies.measure.ecg.st_levels import st_levels

LUDB = SHARED_DATA / "ecg" / "ludb"
MITDB = SHARED_DATA / "ecg" / "mitdb"
RECORDS = range(1, 13)
Timed = Callable[[Landmark], float | None]
"""Milliseconds from R."""
NEAREST_R_MS = 400
"""A P wave further before an R peak is of no beat."""
_KIND_AND_SIDE = {
    Landmark.P_ONSET: ("p", "onset"),
    Landmark.QRS_ONSET: ("N", "onset"),
    Landmark.QRS_OFFSET: ("N", "offset"),
    Landmark.T_END: ("t", "offset"),
}


class Truth(Enum):
    """Of the leads' marks, which."""

    WIDEST = "widest"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Annotated:
    """One record: its median beat, and the marks in ms from R, by lead."""

    beat: MedianBeat
    bounds: Proposal
    marks: dict[Landmark, list[float]]
    """Sorted; empty where no lead has such a wave."""

    def truth(self, landmark: Landmark, which: Truth) -> float | None:
        """Milliseconds from R; None where fewer than half of the leads have the mark."""
        found = self.marks[landmark]
        if len(found) < 6:
            return None
        if which is Truth.COMMON:
            return float(np.median(found))
        first = landmark in (Landmark.P_ONSET, Landmark.QRS_ONSET)
        return found[1] if first else found[-2]


@cache
def annotated() -> tuple[Annotated, ...]:
    """All records of LUDB that are there."""
    return tuple(_annotated(LUDB / f"{number}.hea") for number in RECORDS)


def _annotated(header: Path) -> Annotated:
    record = read_record(header)
    peaks = r_peaks(record.leads, record.rate_hz)
    beat = median_beat(record.leads, record.rate_hz, peaks)
    assert beat is not None, header.name
    marks = {one: sorted(_of_leads(header, record, peaks, one)) for one in Landmark}
    return Annotated(beat, proposed(record.leads, record.rate_hz, peaks), marks)


def _of_leads(header: Path, record: WfdbRecord, peaks: Places, landmark: Landmark) -> list[float]:
    kind, side = _KIND_AND_SIDE[landmark]
    found = []
    for lead in record.leads:
        marked = [one for one in waves(header.with_suffix(f".{lead.name.lower()}"))]
        times = [_from_r(one, side, peaks, record.rate_hz) for one in marked if one.kind == kind]
        known = [one for one in times if one is not None]
        if known:
            found.append(float(np.median(known)))
    return found


def _from_r(wave: Wave, side: str, peaks: Places, rate: float) -> float | None:
    """Milliseconds from the R peak of its beat: after it for P, before it for T."""
    at = wave.onset if side == "onset" else wave.offset
    if wave.kind == "N":
        near = peaks[[int(np.argmin(np.abs(peaks - wave.peak)))]]
    elif wave.kind == "p":
        near = peaks[(peaks > wave.peak) & (peaks < wave.peak + NEAREST_R_MS / 1000 * rate)][:1]
    else:
        near = peaks[peaks < wave.peak][-1:]
    return None if at is None or len(near) == 0 else float(at - near[0]) * 1000 / rate


def bound_errors(landmark: Landmark, which: Truth) -> list[float]:
    """Milliseconds by which the proposals are late, of the records that have both."""
    found = []
    for record in annotated():
        ours, truth = proposal_of(record)(landmark), record.truth(landmark, which)
        if ours is not None and truth is not None:
            found.append(ours - truth)
    return found


def interval_errors(kind: IntervalKind, which: Truth) -> list[float]:
    """Milliseconds by which the proposed intervals are long."""
    found = []
    for record in annotated():
        ours = _between(proposal_of(record), kind)
        truth = _between(partial(record.truth, which=which), kind)
        if ours is not None and truth is not None:
            found.append(ours - truth)
    return found


def axis_errors(which: Truth) -> list[float]:
    """Degrees between the axis by the proposed bounds and by the marked ones, where it is shown
    by both."""
    found = []
    for record in annotated():
        one, avf, bounds = record.beat.lead("I"), record.beat.lead("aVF"), _of_qrs(record, which)
        if one is None or avf is None or bounds is None:
            continue
        ours, theirs = (qrs_axis(one, avf, record.beat.sampling_rate_hz, *qrs) for qrs in bounds)
        if ours.agree and ours.by_area is not None and theirs.by_area is not None:
            apart = abs(ours.by_area - theirs.by_area)
            found.append(min(apart, 360 - apart))
    return found


def st_errors(which: Truth) -> list[float]:
    """Millivolts between the level at the proposed J and at the marked one, lead by lead."""
    found = []
    for record in annotated():
        bounds, rate = _of_qrs(record, which), record.beat.sampling_rate_hz
        if bounds is None:
            continue
        ours, theirs = (st_levels(record.beat.leads, rate, *qrs) for qrs in bounds)
        for one, other in zip(ours, theirs, strict=True):
            if one.at_j is not None and other.at_j is not None:
                found.append(abs(one.at_j - other.at_j))
    return found


def _of_qrs(record: Annotated, which: Truth) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Onset and end of QRS in samples of the beat: proposed, and marked."""
    onset, offset = record.bounds.at(Landmark.QRS_ONSET), record.bounds.at(Landmark.QRS_OFFSET)
    marked = [record.truth(one, which) for one in (Landmark.QRS_ONSET, Landmark.QRS_OFFSET)]
    first, last = marked
    if onset is None or offset is None or first is None or last is None:
        return None
    beat = record.beat
    samples = [beat.r_at + round(at * beat.sampling_rate_hz / 1000) for at in (first, last)]
    return (onset, offset), (samples[0], samples[1])


def false_p_waves() -> int:
    """Records without a P wave in which one is proposed."""
    without = [one for one in annotated() if one.truth(Landmark.P_ONSET, Truth.COMMON) is None]
    return sum(one.bounds.p_onset is not None for one in without)


def proposal_of(record: Annotated) -> Timed:
    """The record's proposals in ms from R."""

    def timed(landmark: Landmark) -> float | None:
        at = record.bounds.at(landmark)
        return None if at is None else record.beat.milliseconds(at)

    return timed


def _between(timed: Timed, kind: IntervalKind) -> float | None:
    start, stop = (timed(landmark) for landmark in BOUNDS_OF[kind])
    return None if start is None or stop is None else stop - start
