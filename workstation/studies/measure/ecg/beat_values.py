"""What follows from the bounds of an averaged beat: intervals, QTc, ST levels, the axis."""

from dataclasses import dataclass

from workstation.studies.measure.ecg.axis import UNKNOWN_AXIS, QrsAxis, qrs_axis
from workstation.studies.measure.ecg.beat_bounds import BeatBounds
from workstation.studies.measure.ecg.beat_study import BeatStudy
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.median_beat import MedianBeat
from workstation.studies.measure.ecg.proposals import BOUNDS_OF, Landmark
from workstation.studies.measure.ecg.qtc import CorrectedQt, corrected_qt
from workstation.studies.measure.ecg.st_levels import StLevel, st_levels


@dataclass(frozen=True, slots=True)
class BeatValues:
    """Unknown is None, or not there."""

    intervals_ms: dict[IntervalKind, float]
    """Of PR, QRS and QT those between known bounds."""
    qtc: tuple[CorrectedQt, ...]
    """Nothing where the rhythm is not steady: `Rhythm.is_steady`."""
    axis: QrsAxis
    st: tuple[StLevel, ...]
    """Nothing where a filter of the baseline is on, which moves the level after QRS."""


NO_VALUES = BeatValues({}, (), UNKNOWN_AXIS, ())


def beat_values(study: BeatStudy, bounds: BeatBounds) -> BeatValues:
    """All that the bounds allow to say of the beat."""
    beat = study.beat
    if beat is None:
        return NO_VALUES
    intervals = _intervals(beat, bounds)
    qt, rr = intervals.get(IntervalKind.QT), study.rhythm.rr_ms
    corrected: tuple[CorrectedQt, ...] = ()
    if qt is not None and rr is not None and study.rhythm.is_steady:
        corrected = corrected_qt(qt, rr)
    return BeatValues(intervals, corrected, _axis(beat, bounds), _st(study, beat, bounds))


def _intervals(beat: MedianBeat, bounds: BeatBounds) -> dict[IntervalKind, float]:
    found = {}
    for kind, (first, last) in BOUNDS_OF.items():
        start, stop = bounds.sample(first), bounds.sample(last)
        if start is not None and stop is not None:
            found[kind] = (stop - start) * 1000 / beat.sampling_rate_hz
    return found


def _axis(beat: MedianBeat, bounds: BeatBounds) -> QrsAxis:
    onset, offset = bounds.sample(Landmark.QRS_ONSET), bounds.sample(Landmark.QRS_OFFSET)
    one, avf = beat.lead("I"), beat.lead("aVF")
    if onset is None or offset is None or one is None or avf is None:
        return UNKNOWN_AXIS
    return qrs_axis(one, avf, beat.sampling_rate_hz, onset, offset)


def _st(study: BeatStudy, beat: MedianBeat, bounds: BeatBounds) -> tuple[StLevel, ...]:
    onset, j_point = bounds.sample(Landmark.QRS_ONSET), bounds.sample(Landmark.QRS_OFFSET)
    if onset is None or j_point is None or study.chosen_filter.baseline:
        return ()
    return st_levels(beat.leads, beat.sampling_rate_hz, onset, j_point)
