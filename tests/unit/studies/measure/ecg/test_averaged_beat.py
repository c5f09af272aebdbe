"""The averaged beat as a whole: from a recording to its rhythm, proposals, bounds and values."""

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_client.models.evidence import Origin
from tests.shared_data import needs_shared_data, shared_file
from tests.ui.viewers.made_up import make_ecg
from tests.unit.studies.measure.ecg.hearts import RATE, heart, lead, spikes, trace
from tests.unit.studies.measure.ecg.test_any_trace import traces
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import EcgLead, EcgRecord, RecordingKind, SampleUnit
from workstation.studies.measure.ecg.axis import UNKNOWN_AXIS
from workstation.studies.measure.ecg.beat_bounds import ORIGIN_OF, BeatBounds, Standing
from workstation.studies.measure.ecg.beat_study import BeatStudy, NoBeat, study_beat
from workstation.studies.measure.ecg.beat_values import NO_VALUES, beat_values
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.filters import Band, TraceFilter
from workstation.studies.measure.ecg.proposals import NOTHING, Landmark, proposed
from workstation.studies.measure.ecg.qtc import QtFormula
from workstation.studies.measure.ecg.r_peaks import r_peaks


def record_of(leads: Iterable[EcgLead], **changes: object) -> EcgRecord:
    return make_ecg(leads, **({"sampling_rate_hz": RATE} | changes))


def test_beat_and_proposal_are_of_the_same_leads() -> None:
    study = study_beat(record_of(heart()))
    leads = heart()
    assert study.beat is not None
    assert [one.name for one in study.beat.leads] == [one.name for one in leads]
    assert study.proposal == proposed(leads, RATE, r_peaks(leads, RATE))
    assert study.rhythm.rr_ms == pytest.approx(trace().rr, rel=0.03)
    assert study.rhythm.is_steady
    assert (study.why_not, study.left_out, study.averaged_s) == (None, (), 10.0)
    assert len(study.levels) == 12


def test_leads_without_calibration_are_left_out_of_a_beat_in_millivolts() -> None:
    leads = [*heart()[:11], replace(heart()[11], unit=SampleUnit.UNCALIBRATED)]
    study = study_beat(record_of(leads))
    assert study.left_out == ("V6",)
    assert study.is_calibrated


def test_without_any_calibration_there_is_a_beat_and_no_proposal() -> None:
    study = study_beat(record_of(replace(one, unit=SampleUnit.UNCALIBRATED) for one in heart()))
    assert study.beat is not None
    assert not study.is_calibrated
    assert study.proposal == NOTHING


def test_breath_and_pressure_are_not_averaged() -> None:
    study = study_beat(record_of([*heart(), lead(np.sin(np.arange(5000) / 400), "Resp")]))
    assert study.left_out == ("Resp",)
    holter = [replace(one, name=name) for one, name in zip(heart(), ("MLII", "V5"), strict=False)]
    assert study_beat(record_of(holter)).left_out == ()


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (record_of([]), NoBeat.NO_LEADS),
        (record_of(heart(), sampling_rate_hz=40.0), NoBeat.SLOW_SAMPLING),
        (record_of(heart(), kind=RecordingKind.MEDIAN_BEAT), NoBeat.ALREADY_AVERAGED),
        (record_of([lead(np.zeros(5000))]), NoBeat.TOO_FEW),
        (record_of([spikes([2500], 5000, RATE)]), NoBeat.TOO_FEW),
        (record_of([lead(np.zeros(0))]), NoBeat.TOO_FEW),
    ],
)
def test_why_there_is_no_beat(record: EcgRecord, why: NoBeat) -> None:
    study = study_beat(record)
    assert (study.beat, study.why_not) == (None, why)
    assert beat_values(study, BeatBounds.of(study.proposal)) == NO_VALUES


def test_beats_of_which_few_are_alike_stand_for_nothing() -> None:
    random = np.random.default_rng(4)
    samples = np.zeros(15_000)
    for place in range(500, 14_500, 450):
        samples[place - 25 : place + 25] = random.normal(0, 1, 50)
    assert study_beat(record_of([lead(samples)])).why_not is NoBeat.TOO_FEW


def test_an_interval_with_a_gap_in_it_is_no_rr() -> None:
    whole = study_beat(record_of(heart())).rhythm
    at = int(r_peaks(heart(), RATE)[4]) + 150
    parted = [lead(one.samples.astype(float), one.name, gaps=((at, at + 3),)) for one in heart()]
    assert len(study_beat(record_of(parted)).rhythm.intervals_ms) == len(whole.intervals_ms) - 1


def test_of_a_long_recording_five_minutes_are_averaged() -> None:
    count = int(400 * 125)
    study = study_beat(
        record_of([spikes(range(100, count, 100), count, 125)], sampling_rate_hz=125)
    )
    assert study.averaged_s == 300
    assert study.rhythm.stop_s <= 300


@pytest.mark.parametrize("shape", ["fibrillation", "premature"])
def test_an_unsteady_rhythm_has_no_corrected_qt(shape: str) -> None:
    study = study_beat(record_of(heart(shape)))
    bounds = BeatBounds.of(study.proposal)
    values = beat_values(study, bounds)
    assert not study.rhythm.is_steady
    assert IntervalKind.QT in values.intervals_ms
    assert values.qtc == ()


def test_values_follow_from_bounds() -> None:
    study = study_beat(record_of(heart()))
    bounds = BeatBounds.of(study.proposal)
    values = beat_values(study, bounds)
    truth = trace()
    assert values.intervals_ms[IntervalKind.QT] == pytest.approx(truth.qt, abs=30)
    assert values.intervals_ms[IntervalKind.PR] == pytest.approx(truth.pr, abs=30)
    assert [one.formula for one in values.qtc] == list(QtFormula)
    assert values.axis.by_area == pytest.approx(truth.axis, abs=12)
    assert [one.lead for one in values.st] == [one.name for one in heart()]
    later = beat_values(study, bounds.placed(Landmark.T_END, 400, Standing.BY_HAND))
    assert later.intervals_ms[IntervalKind.QT] == (400 - (study.proposal.qrs_onset or 0)) * 2


def test_what_a_value_needs_is_needed() -> None:
    study = study_beat(record_of(heart()))
    alone = BeatBounds().placed(Landmark.T_END, 380, Standing.BY_HAND)
    values = beat_values(study, alone)
    assert (values.intervals_ms, values.qtc, values.st) == ({}, (), ())
    assert values.axis == UNKNOWN_AXIS


def test_st_is_not_measured_on_a_filtered_baseline() -> None:
    through = study_beat(record_of(heart()), TraceFilter(baseline=True))
    assert beat_values(through, BeatBounds.of(through.proposal)).st == ()
    monitor = study_beat(record_of(heart()), TraceFilter(Band.MONITOR))
    assert len(beat_values(monitor, BeatBounds.of(monitor.proposal)).st) == 12


def test_the_filter_changes_the_beat_and_not_where_r_is() -> None:
    """Bounds seen through one filter and another are counted from the same R."""
    plain = study_beat(record_of(heart()))
    monitor = study_beat(record_of(heart()), TraceFilter(Band.MONITOR))
    assert plain.beat is not None
    assert monitor.beat is not None
    assert plain.beat.r_at == monitor.beat.r_at
    assert plain.rhythm == monitor.rhythm
    assert np.ptp(monitor.beat.leads[1].samples) < np.ptp(plain.beat.leads[1].samples)


def test_bounds_keep_their_order() -> None:
    bounds = BeatBounds.of(study_beat(record_of(heart())).proposal)
    onset, offset = bounds.sample(Landmark.QRS_ONSET), bounds.sample(Landmark.QRS_OFFSET)
    assert onset is not None
    assert offset is not None
    assert bounds.limits(Landmark.QRS_ONSET, 512)[1] == offset - 1
    assert bounds.limits(Landmark.QRS_OFFSET, 512)[0] == onset + 1
    assert bounds.limits(Landmark.T_END, 512) == (offset + 1, 511)
    assert BeatBounds().limits(Landmark.T_END, 512) == (0, 511)
    early = bounds.placed(Landmark.T_END, onset, Standing.BY_HAND)
    assert list(early.held) == [Landmark.P_ONSET, Landmark.T_END]


def test_the_least_sure_bound_says_what_a_value_is_worth() -> None:
    both = (Landmark.QRS_ONSET, Landmark.T_END)
    bounds = BeatBounds.of(study_beat(record_of(heart())).proposal)
    assert bounds.standing(both) is Standing.PROPOSED
    bounds = bounds.placed(Landmark.T_END, 380, Standing.BY_HAND)
    assert bounds.standing(both) is Standing.PROPOSED
    bounds = bounds.confirmed([Landmark.QRS_ONSET, Landmark.T_END])
    assert bounds.standing(both) is Standing.CONFIRMED
    assert ORIGIN_OF[bounds.standing([Landmark.T_END])] is Origin.BY_HAND
    assert bounds.without(Landmark.T_END).sample(Landmark.T_END) is None


@needs_shared_data
@pytest.mark.parametrize(
    "name", ["dicom_12lead_mortara_1000hz.dcm", "dicom_12lead_clark_500hz.dcm"]
)
def test_real_records_have_a_beat_with_all_bounds(name: str) -> None:
    study: BeatStudy = study_beat(read_ecg(shared_file(f"ecg/{name}")))
    bounds = BeatBounds.of(study.proposal)
    assert set(bounds.held) == set(Landmark)
    assert len(beat_values(study, bounds).qtc) == 4


def test_what_is_sampled_very_often_is_thinned() -> None:
    """Else beats of 32,000 samples a second would take gigabytes to compare."""
    often = [
        lead(np.repeat(one.samples.astype(np.float64), 8), one.name, gaps=((17, 19),))
        for one in heart()
    ]
    fine, usual = (
        study_beat(record_of(often, sampling_rate_hz=4000.0)),
        study_beat(record_of(heart())),
    )
    assert fine.beat is not None
    assert usual.beat is not None
    assert fine.beat.sampling_rate_hz == 1000
    assert fine.rhythm.rr_ms == pytest.approx(usual.rhythm.rr_ms, abs=2)
    qt = IntervalKind.QT
    values = [beat_values(one, BeatBounds.of(one.proposal)) for one in (fine, usual)]
    assert values[0].intervals_ms[qt] == pytest.approx(values[1].intervals_ms[qt], abs=8)


def test_of_very_many_leads_the_first_are_averaged() -> None:
    many = [replace(heart()[1], name=f"Ch{n}") for n in range(40)]
    study = study_beat(record_of(many))
    assert study.beat is not None
    assert (len(study.beat.leads), len(study.left_out)) == (24, 16)


def test_leads_of_a_wide_qrs_lie_over_one_another_before_it() -> None:
    """Left bundle branch block: no onset is proposed, the base line is found all the same."""
    study = study_beat(record_of(heart("left_bundle")))
    assert study.beat is not None
    assert study.proposal == NOTHING
    at = study.beat.r_at - 70
    for one, level in zip(study.beat.leads, study.levels, strict=True):
        assert abs(float(one.samples[at]) - level) < 0.05, one.name


@settings(deadline=None, max_examples=40)
@given(traces(), st.sampled_from([0.5, 50.0, 125.0, 500.0, 10_000.0]))
def test_any_recording_has_finite_values_or_none(
    leads: tuple[EcgLead, EcgLead], rate: float
) -> None:
    study = study_beat(record_of(leads, sampling_rate_hz=rate))
    assert (study.beat is None) == (study.why_not is not None)
    assert all(isfinite(level) for level in study.levels)
    values = beat_values(study, BeatBounds.of(study.proposal))
    assert all(isfinite(value) and value > 0 for value in values.intervals_ms.values())
    assert all(isfinite(one.value_ms) for one in values.qtc)
    rr = study.rhythm.rr_ms
    assert rr is None or (isfinite(rr) and rr > 0)
