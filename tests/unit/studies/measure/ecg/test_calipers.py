"""Calipers snap to samples; what was not recorded has no amplitude."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.studies.measure.ecg.hearts import lead
from workstation.studies.ecg import SampleUnit
from workstation.studies.measure.ecg.calipers import (
    IntervalKind,
    TimeCaliper,
    amplitude,
    march_out,
    snapped,
)


def test_a_time_snaps_to_the_nearest_sample() -> None:
    assert snapped(0.0101, 500, 1000) == 5
    assert snapped(0.0109, 500, 1000) == 5
    assert snapped(0.0111, 500, 1000) == 6
    assert snapped(-1, 500, 1000) == 0
    assert snapped(99, 500, 1000) == 999
    assert snapped(0.5, 500, 0) is None
    assert snapped(float("nan"), 500, 1000) is None


@given(st.floats(0, 10), st.sampled_from([125.0, 250.0, 360.0, 500.0, 1000.0]))
def test_snapping_moves_by_half_a_sample_at_most(seconds: float, rate: float) -> None:
    place = snapped(seconds, rate, 100_000)
    assert place is not None
    assert abs(place / rate - seconds) <= 0.5 / rate + 1e-9


def test_interval_and_rate() -> None:
    rr = TimeCaliper(1400, 1000, 500, IntervalKind.RR)
    assert rr.interval_ms == 800
    assert rr.per_minute == 75
    assert rr.resolution_ms == 2


def test_several_cycles_are_one_interval() -> None:
    assert TimeCaliper(0, 1000, 500, IntervalKind.RR, cycles=4).interval_ms == 500
    assert TimeCaliper(0, 1000, 500, IntervalKind.RR, cycles=4).per_minute == 120


@pytest.mark.parametrize("kind", [IntervalKind.PR, IntervalKind.QRS, IntervalKind.QT])
def test_only_rr_and_pp_have_a_rate(kind: IntervalKind) -> None:
    assert TimeCaliper(0, 200, 500, kind).per_minute is None


def test_a_closed_caliper_has_no_rate() -> None:
    assert TimeCaliper(7, 7, 500, IntervalKind.RR).per_minute is None


def test_amplitude_is_between_samples() -> None:
    found = amplitude(lead([0, 0.1, 1.25, -0.4]), 1, 2)
    assert found is not None
    assert found.value == pytest.approx(1.15)
    assert found.unit is SampleUnit.MILLIVOLT
    down = amplitude(lead([0, 0.1, 1.25, -0.4]), 2, 3)
    assert down is not None
    assert down.value == pytest.approx(-1.65)


def test_amplitude_of_an_uncalibrated_lead_is_not_in_millivolts() -> None:
    found = amplitude(lead([0, 120], unit=SampleUnit.UNCALIBRATED), 0, 1)
    assert found is not None
    assert found.unit is SampleUnit.UNCALIBRATED


@pytest.mark.parametrize(("start", "stop"), [(0, 5), (5, 0), (-1, 2), (0, 10)])
def test_no_amplitude_in_gaps_and_beyond_the_ends(start: int, stop: int) -> None:
    assert amplitude(lead(np.ones(10), gaps=((4, 7),)), start, stop) is None


def test_march_out_goes_in_both_directions() -> None:
    assert march_out(TimeCaliper(30, 50, 500), 0, 101) == (10, 30, 50, 70, 90)
    assert march_out(TimeCaliper(50, 30, 500), 0, 101) == (10, 30, 50, 70, 90)
    assert march_out(TimeCaliper(30, 50, 500), 45, 71) == (50, 70)
    assert march_out(TimeCaliper(30, 50, 500), 1000, 1041) == (1010, 1030)


def test_a_closed_or_very_narrow_caliper_does_not_march() -> None:
    assert march_out(TimeCaliper(30, 30, 500), 0, 101) == ()
    assert march_out(TimeCaliper(30, 32, 500), 0, 21_600_000) == ()


@given(st.integers(0, 5000), st.integers(1, 700), st.integers(1, 7))
def test_march_out_never_drifts(start: int, length: int, cycles: int) -> None:
    caliper = TimeCaliper(start, start + length, 250, cycles=cycles)
    places = march_out(caliper, 0, 5000)
    step = length / cycles
    for place in places:
        away = (place - start) / step
        assert abs(away - round(away)) * step <= 0.5 + 1e-6
    if step >= 5:
        assert len(places) == pytest.approx(5000 / step, abs=1)
        assert list(places) == sorted(set(places))
