"""Where a beat's waves seem to begin and end: proposed to the doctor, who confirms or moves them.

QRS: the speed with which the heart's vector moves, over all leads of the median beat, against a
part of its height. T and P: the trapezium whose area is largest (Vazquez-Seisdedos et al.,
"New approach for T-wave end detection on electrocardiogram", BioMed Eng OnLine 2011; 10:77), in
the direction in which the wave is largest over all leads; for P with time turned round.

What each is worth is measured, not believed: `benchmarks/ecg/proposals.py` on annotated records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.filters import Mains, TraceFilter, all_filtered
from workstation.studies.measure.ecg.median_beat import MedianBeat, median_beat
from workstation.studies.measure.ecg.r_peaks import Places
from workstation.studies.measure.ecg.smoothing import smoothed

Signal = npt.NDArray[np.float64]

WORTH_OFFERING_MS: Final = 20.0
"""A proposal whose median error on annotated records is this or more is not made."""
_SEARCHED_IN: Final = (
    TraceFilter(mains=Mains.HZ_50, baseline=True),
    TraceFilter(mains=Mains.HZ_60),
)
_NEAR_R_S: Final = 0.06
_PART_OF_PEAK: Final = 0.05
_PART_OVER_QUIET: Final = 1.6
_QUIET_SHARE: Final = 15
_QUIET_ENOUGH: Final = 0.05
"""Where the vector never is slower than this part of its peak, QRS goes over into T, or noise:
its bounds cannot be told."""
_HOLD_S: Final = 0.01
"""So long the vector must stand still for QRS to be over."""
_QRS_FROM_R_S: Final = (0.16, 0.20)
_WIDEST_QRS_S: Final = 0.16
"""What seems wider is mostly a QRS with the beginning of ST or T: its end cannot be told."""
_T_AFTER_QRS_S: Final = 0.08
_T_BEFORE_NEXT: Final = 0.65
"""Part of RR after the R peak by which T has ended."""
_STEADY: Final = 0.1
"""Where RR varies more than this, as in fibrillation, no P wave belongs to all beats."""
_P_BEFORE_R_S: Final = 0.32
_P_AFTER_T_S: Final = 0.03
_P_BEFORE_QRS_S: Final = 0.02
_T_REACH_S: Final = 0.20
"""From the steepest point of the wave's slope to where the trace is flat again."""
_P_REACH_S: Final = 0.08
_SMALLEST_T_MV: Final = 0.05
_SMALLEST_P_MV: Final = 0.025
"""Root mean square over the leads: a smaller wave is none, or its end cannot be told."""


class Landmark(Enum):
    """A bound of a wave."""

    P_ONSET = "p_onset"
    QRS_ONSET = "qrs_onset"
    QRS_OFFSET = "qrs_offset"
    """The J point."""
    T_END = "t_end"


MEDIAN_ERROR_MS: Final = {
    Landmark.P_ONSET: 5.0,
    Landmark.QRS_ONSET: 10.0,
    Landmark.QRS_OFFSET: 8.0,
    Landmark.T_END: 12.0,
}
"""As measured on twelve records of LUDB, by whichever truth it is larger (the benchmark's words).

The same records were looked at when the method was chosen: expect more on others.
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Samples of the median beat; None where a wave was not found and nothing is proposed."""

    p_onset: int | None
    qrs_onset: int | None
    qrs_offset: int | None
    t_end: int | None

    def at(self, landmark: Landmark) -> int | None:
        """The sample proposed for one bound."""
        return {
            Landmark.P_ONSET: self.p_onset,
            Landmark.QRS_ONSET: self.qrs_onset,
            Landmark.QRS_OFFSET: self.qrs_offset,
            Landmark.T_END: self.t_end,
        }[landmark]


BOUNDS_OF: Final = {
    IntervalKind.PR: (Landmark.P_ONSET, Landmark.QRS_ONSET),
    IntervalKind.QRS: (Landmark.QRS_ONSET, Landmark.QRS_OFFSET),
    IntervalKind.QT: (Landmark.QRS_ONSET, Landmark.T_END),
}
"""Between which bounds an interval lies."""

NOTHING: Final = Proposal(None, None, None, None)


def offered(landmark: Landmark) -> bool:
    """Whether its error on annotated records allows to propose it at all."""
    return MEDIAN_ERROR_MS[landmark] < WORTH_OFFERING_MS


def proposed(leads: Sequence[EcgLead], sampling_rate_hz: float, peaks: Places) -> Proposal:
    """Bounds of the waves from all leads together; uncalibrated leads do not count.

    Samples are those of `median_beat` of the same leads and peaks, which may be shown as recorded:
    found they are where the baseline does not wander and the mains do not hum.
    """
    measurable = [lead for lead in leads if lead.unit is SampleUnit.MILLIVOLT]
    for chosen in _SEARCHED_IN:
        measurable = list(all_filtered(measurable, sampling_rate_hz, chosen))
    beat = median_beat(measurable, sampling_rate_hz, peaks)
    return NOTHING if beat is None else _bounds(beat)


def _bounds(beat: MedianBeat) -> Proposal:
    leads = np.array([lead.samples for lead in beat.leads], np.float64)
    qrs = _qrs(_speed(leads, beat.sampling_rate_hz), beat)
    if qrs is None:
        return NOTHING
    onset, offset = qrs
    steady = beat.rr_spread <= _STEADY
    t_end = _t_end(leads, beat, offset)
    p_onset = _p_onset(leads, beat, onset, t_end) if steady else None
    return Proposal(p_onset, onset, offset, t_end)


def _speed(leads: Signal, rate: float) -> Signal:
    """Root mean square over the leads of the slope: how fast the vector moves."""
    slopes = np.gradient(smoothed(leads, 0.012 * rate), axis=1)
    speed: Signal = np.sqrt(np.mean(slopes**2, axis=0))
    return speed


def _qrs(speed: Signal, beat: MedianBeat) -> tuple[int, int] | None:
    """Onset and offset; None where the beat holds no QRS that stands out, or its end is cut."""
    rate, r_at = beat.sampling_rate_hz, beat.r_at
    before, after, near = (round(s * rate) for s in (*_QRS_FROM_R_S, _NEAR_R_S))
    first, last = max(0, r_at - before), min(len(speed), r_at + after)
    if r_at - near < first or r_at + near > last:
        return None
    fastest = r_at - near + int(np.argmax(speed[r_at - near : r_at + near]))
    onset = _stands_still(speed[first : fastest + 1][::-1], speed[first : r_at - near // 2], rate)
    offset = _stands_still(speed[fastest:last], speed[r_at + near : last], rate)
    if onset is None or offset is None or onset + offset > _WIDEST_QRS_S * rate:
        return None
    return fastest - onset, fastest + offset


def _stands_still(speed: Signal, beside: Signal, rate: float) -> int | None:
    """The first sample after the peak from which the vector stands still for 10 ms.

    `speed` begins at its peak; `beside` is where the trace should be quiet.
    """
    quiet = float(np.percentile(beside, _QUIET_SHARE)) / float(speed[0]) if speed[0] > 0 else 1.0
    if quiet > _QUIET_ENOUGH:
        return None
    hold = max(1, round(_HOLD_S * rate))
    slow = speed < speed[0] * max(_PART_OF_PEAK, _PART_OVER_QUIET * quiet)
    still = np.convolve(slow, np.ones(hold), "valid") >= hold
    return int(np.argmax(still)) if still.any() else None


def _t_end(leads: Signal, beat: MedianBeat, qrs_offset: int) -> int | None:
    rate = beat.sampling_rate_hz
    start = qrs_offset + round(_T_AFTER_QRS_S * rate)
    stop = min(leads.shape[1], beat.r_at + round(_T_BEFORE_NEXT * beat.rr_ms / 1000 * rate))
    end = _wave_end(leads[:, start:stop], rate, _T_REACH_S, _SMALLEST_T_MV)
    return None if end is None else start + end


def _p_onset(leads: Signal, beat: MedianBeat, qrs_onset: int, t_end: int | None) -> int | None:
    """Looked for after the T wave of the beat before."""
    rate = beat.sampling_rate_hz
    start = max(0, beat.r_at - round(_P_BEFORE_R_S * rate))
    if t_end is not None:
        before = t_end + (_P_AFTER_T_S - beat.rr_ms / 1000) * rate
        start = max(start, round(before))
    stop = qrs_onset - round(_P_BEFORE_QRS_S * rate)
    backward = leads[:, start : max(start, stop)][:, ::-1]
    end = _wave_end(backward, rate, _P_REACH_S, _SMALLEST_P_MV)
    return None if end is None else stop - 1 - end


def _wave_end(leads: Signal, rate: float, reach_s: float, smallest: float) -> int | None:
    """End of the largest wave; None where there is none or it is not over in the window."""
    flat = round(0.03 * rate)
    if leads.shape[1] < round(0.1 * rate):
        return None
    wave = _largest(smoothed(leads, 0.03 * rate), flat)
    peak = int(np.argmax(wave))
    if wave[peak] < smallest or peak == 0 or len(wave) - peak < flat:
        return None
    steepest = peak + int(np.argmin(np.gradient(wave)[peak : peak + round(0.16 * rate)]))
    last = min(len(wave) - 1, steepest + round(reach_s * rate))
    if last - steepest < 2:
        return None
    places = np.arange(steepest, last + 1)
    areas = (wave[steepest] - wave[places]) * (2 * last - places - steepest)
    return steepest + int(np.argmax(areas))


def _largest(leads: Signal, flat: int) -> Signal:
    """The leads in the direction in which they differ most from their end; its peak upwards.

    As root mean square over the leads, mV (the first principal component).
    """
    wave = leads - np.median(leads[:, -flat:], axis=1, keepdims=True)
    directions = np.linalg.svd(wave, full_matrices=False)[0]
    shown: Signal = directions[:, 0] @ wave / np.sqrt(len(leads))
    return shown if shown[int(np.argmax(np.abs(shown)))] > 0 else -shown
