"""R peaks, the median beat and the proposals, on hearts whose beats are known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pytest

from tests.unit.studies.measure.ecg.hearts import RATE, heart, lead, spikes, trace
from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.median_beat import MedianBeat, median_beat
from workstation.studies.measure.ecg.proposals import NOTHING, Landmark, Proposal, proposed
from workstation.studies.measure.ecg.r_peaks import r_peaks, r_peaks_by_minute


def beat_of(shape: str) -> MedianBeat:
    leads = heart(shape)
    found = median_beat(leads, RATE, r_peaks(leads, RATE))
    assert found is not None
    return found


def bounds_of(leads: Sequence[EcgLead]) -> Proposal:
    return proposed(leads, RATE, r_peaks(leads, RATE))


@pytest.mark.parametrize("rate", [125.0, 250.0, 360.0, 500.0, 1000.0])
@pytest.mark.parametrize("rr_s", [0.3, 0.6, 1.0, 1.9])
def test_every_beat_is_found_where_it_is(rate: float, rr_s: float) -> None:
    places = np.arange(round(rate), round(29 * rate), round(rr_s * rate))
    found = r_peaks([spikes(places.tolist(), round(30 * rate), rate)], rate)
    assert len(found) == len(places)
    assert np.max(np.abs(found - places)) <= 0.03 * rate


def test_beats_over_the_joint_of_two_parts_are_found_once() -> None:
    places = list(range(200, 45_000, 187))
    found = r_peaks([spikes(places, 45_000, 250)], 250)
    assert len(found) == len(places)


@pytest.mark.parametrize("shape", ["normal", "left_bundle", "fibrillation", "premature", "infant"])
def test_rhythms_of_the_demo(shape: str) -> None:
    """Beats in ten seconds, by the mean interval that was put in."""
    found = r_peaks(heart(shape), RATE)
    assert np.mean(np.diff(found)) * 2 == pytest.approx(trace(shape).rr, rel=0.04)


def test_p_waves_are_no_beats() -> None:
    """Complete block: the atria beat on their own."""
    found = r_peaks(heart("complete_block"), RATE)
    assert np.median(np.diff(found)) * 2 == pytest.approx(trace("complete_block").rr, rel=0.02)


def test_noise_in_one_lead_does_not_hide_the_beats() -> None:
    random = np.random.default_rng(1)
    leads = list(heart())
    leads[3] = lead(random.normal(0, 2, 5000), "aVR")
    clean = r_peaks(heart(), RATE)
    found = r_peaks(leads, RATE)
    assert len(found) == len(clean)
    assert np.max(np.abs(found - clean)) <= 10


@dataclass(frozen=True, slots=True, eq=False)
class StoredTrace:
    """A long recording's numbers as the file has them."""

    samples: npt.NDArray[np.int16]
    gaps: tuple[tuple[int, int], ...] = ()


def test_beats_are_found_in_stored_numbers_minute_by_minute() -> None:
    shown = spikes(range(200, 50_000, 190), 50_000, 250)
    stored = StoredTrace((shown.samples * 1000).astype(np.int16))
    minutes = list(r_peaks_by_minute([stored], 250))
    assert len(minutes) == 4
    whole = r_peaks([shown], 250)
    assert np.max(np.abs(np.concatenate(minutes) - whole)) <= 1


def test_a_burst_of_noise_costs_no_other_minute() -> None:
    places = list(range(200, 60_000, 200))
    noisy = spikes(places, 60_000, 250).samples.astype(np.float64)
    noisy[:2000] += np.random.default_rng(2).normal(0, 5, 2000)
    found = r_peaks([lead(noisy)], 250)
    assert np.count_nonzero(found > 16_000) == sum(one > 16_000 for one in places)


def test_nothing_is_found_where_nothing_is() -> None:
    assert len(r_peaks([], RATE)) == 0
    assert len(r_peaks([lead(np.zeros(5000))], RATE)) == 0
    assert len(r_peaks([lead(np.zeros(0))], RATE)) == 0
    assert len(r_peaks([lead(np.ones(5000), gaps=((0, 5000),))], RATE)) == 0
    assert len(r_peaks([spikes([20, 60], 100, 25)], 25)) == 0


def test_a_gap_is_no_beat_and_the_other_leads_go_on() -> None:
    leads = list(heart())
    whole = r_peaks(leads, RATE)
    far = leads[1].samples.astype(np.float64) + 40
    leads[1] = lead(far, gaps=((1500, 2500),))
    found = r_peaks(leads, RATE)
    assert len(found) == len(whole)
    assert np.max(np.abs(found - whole)) <= 10


def test_gaps_beyond_a_part_are_taken_from_its_end() -> None:
    places = list(range(200, 45_000, 200))
    parted = spikes(places, 45_000, 250).samples.astype(np.float64)
    found = r_peaks([lead(parted, gaps=((14_000, 31_000),))], 250)
    inside = (found >= 14_000) & (found < 31_000)
    assert not inside.any()
    assert len(found) == pytest.approx(sum(one < 14_000 or one >= 31_000 for one in places), abs=1)


def test_median_beat_has_all_leads_and_less_noise() -> None:
    beat = beat_of("normal")
    assert [one.name for one in beat.leads] == [one.name for one in heart()]
    assert len({len(one.samples) for one in beat.leads}) == 1
    assert beat.used == beat.found
    assert beat.rr_ms == pytest.approx(trace().rr, rel=0.03)
    assert beat.milliseconds(beat.r_at + 50) == 100
    quiet = beat.leads[7].samples[beat.r_at - 45 : beat.r_at - 35]
    assert np.std(quiet) < 0.006
    assert all(not one.samples.flags.writeable for one in beat.leads)


def test_beats_of_another_shape_are_left_out() -> None:
    beat = beat_of("premature")
    assert beat.used < beat.found
    alone = beat_of("normal")
    two, other = beat.lead("II"), alone.lead("II")
    assert two is not None
    assert other is not None
    apart = two.samples[beat.r_at - 40 : beat.r_at + 150]
    same = other.samples[alone.r_at - 40 : alone.r_at + 150]
    assert np.corrcoef(apart, same)[0, 1] > 0.98


def test_beats_in_gaps_do_not_count() -> None:
    leads = heart()
    peaks = r_peaks(leads, RATE)
    at = int(peaks[4])
    parted = [lead(leads[0].samples.astype(np.float64), "I", gaps=((at, at + 3),)), *leads[1:]]
    whole, less = median_beat(leads, RATE, peaks), median_beat(parted, RATE, peaks)
    assert whole is not None
    assert less is not None
    assert less.found == whole.found - 1
    assert less.leads[0].gaps == ()


def test_fewer_than_two_beats_make_no_median() -> None:
    leads = heart()
    peaks = r_peaks(leads, RATE)
    assert median_beat(leads, RATE, peaks[:1]) is None
    assert median_beat(leads, RATE, np.array([3, 4990])) is None
    assert median_beat(leads, RATE, np.array([1000, 1000, 1000])) is None
    assert median_beat([], RATE, peaks) is None


@pytest.mark.parametrize(
    "shape",
    ["normal", "left_ventricle", "right_bundle", "obstructive", "pre_excited", "child_loaded"],
)
def test_bounds_are_proposed_near_those_put_in(shape: str) -> None:
    """Generated twin of the annotated records: no wave has a sharp end, 20 ms are the limit."""
    truth, bounds = trace(shape), bounds_of(heart(shape))
    onset, offset, end = bounds.qrs_onset, bounds.qrs_offset, bounds.t_end
    assert onset is not None
    assert offset is not None
    assert end is not None
    assert (offset - onset) * 2 == pytest.approx(truth.qrs, abs=30)
    assert (end - onset) * 2 == pytest.approx(truth.qt, abs=30)
    if bounds.p_onset is not None:
        assert (onset - bounds.p_onset) * 2 == pytest.approx(truth.pr, abs=30)
    assert bounds.at(Landmark.T_END) == end


@pytest.mark.parametrize("shape", ["left_bundle", "ventricular_tachycardia", "complete_block"])
def test_a_qrs_whose_end_cannot_be_told_is_not_proposed(shape: str) -> None:
    """It goes over into T: a number would be plausible and wrong."""
    assert bounds_of(heart(shape)) == NOTHING


@pytest.mark.parametrize("shape", ["fibrillation", "fibrillation_slow"])
def test_no_p_wave_is_proposed_in_fibrillation(shape: str) -> None:
    assert bounds_of(heart(shape)).p_onset is None


def test_nothing_is_proposed_from_uncalibrated_leads() -> None:
    leads = [replace(one, unit=SampleUnit.UNCALIBRATED) for one in heart()]
    assert len(r_peaks(leads, RATE)) > 5
    assert bounds_of(leads) == NOTHING


def test_no_wave_no_bound() -> None:
    """QRS alone: neither P nor T."""
    places = list(range(500, 5000, 450))
    alone = spikes(places, 5000, RATE)
    bounds = bounds_of([alone])
    assert bounds.qrs_onset is not None
    assert (bounds.p_onset, bounds.t_end) == (None, None)


@pytest.mark.parametrize("trouble", ["wander", "hum", "noise", "every second sample"])
def test_bounds_stay_where_they_are_on_a_poor_trace(trouble: str) -> None:
    random = np.random.default_rng(3)
    time = np.arange(5000) / RATE
    added = {
        "wander": 0.3 * np.sin(2 * np.pi * 0.25 * time),
        "hum": 0.05 * np.sin(2 * np.pi * 50 * time),
        "noise": random.normal(0, 0.02, 5000),
    }.get(trouble, np.zeros(5000))
    poor = [lead(one.samples.astype(np.float64) + added, one.name) for one in heart()]
    if trouble == "every second sample":
        poor = [lead(one.samples[::2].astype(np.float64), one.name) for one in poor]
    rate = len(poor[0].samples) / 10
    peaks = r_peaks(poor, rate)
    beat = median_beat(poor, rate, peaks)
    assert beat is not None
    found, clean = proposed(poor, rate, peaks), bounds_of(heart())
    for landmark in Landmark:
        at, before = found.at(landmark), clean.at(landmark)
        assert at is not None
        assert before is not None
        there = beat_of("normal").milliseconds(before)
        assert beat.milliseconds(at) == pytest.approx(there, abs=16), landmark
