"""Filters: -3 dB where they say, no phase, gaps and edges, and what is stored stays as it is."""

import numpy as np
import pytest

from tests.unit.studies.measure.ecg.hearts import RATE, Signal, heart, lead
from workstation.studies.ecg import SampleUnit
from workstation.studies.measure.ecg.filters import (
    Band,
    Mains,
    TraceFilter,
    all_filtered,
    filtered,
    gain,
)

DIAGNOSTIC = TraceFilter(Band.DIAGNOSTIC)
MONITOR = TraceFilter(Band.MONITOR)
BASELINE = TraceFilter(baseline=True)
EVERY = (
    DIAGNOSTIC,
    MONITOR,
    BASELINE,
    TraceFilter(mains=Mains.HZ_50),
    TraceFilter(Band.MONITOR, Mains.HZ_60, baseline=True),
)


def response(chosen: TraceFilter, rate: float = 1000.0) -> tuple[Signal, Signal, Signal]:
    """Frequencies, gain and phase of what the filter makes of one impulse amid 200 s."""
    count = int(200 * rate)
    impulse = np.zeros(count)
    impulse[count // 2] = 1.0
    answer = np.fft.rfft(filtered(lead(impulse), rate, chosen).samples.astype(np.float64))
    ratio = answer / np.fft.rfft(impulse)
    return np.fft.rfftfreq(count, 1 / rate).astype(np.float64), np.abs(ratio), np.angle(ratio)


def at(frequency: float, frequencies: Signal, values: Signal) -> float:
    return float(np.interp(frequency, frequencies, values))


@pytest.mark.parametrize(
    ("chosen", "ends"),
    [(DIAGNOSTIC, (0.05, 150)), (MONITOR, (0.05, 40)), (BASELINE, (0.5,))],
)
def test_gain_is_three_decibels_down_at_the_ends(
    chosen: TraceFilter, ends: tuple[float, ...]
) -> None:
    frequencies, gains, _ = response(chosen)
    for end in ends:
        assert 20 * np.log10(at(end, frequencies, gains)) == pytest.approx(-3.01, abs=0.1)
    assert at(5, frequencies, gains) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("chosen", EVERY)
def test_phase_is_zero_wherever_anything_passes(chosen: TraceFilter) -> None:
    _, gains, phases = response(chosen)
    assert np.max(np.abs(phases[gains > 0.05])) < 0.01


@pytest.mark.parametrize("chosen", EVERY)
def test_what_is_done_is_what_is_said(chosen: TraceFilter) -> None:
    frequencies, gains, _ = response(chosen)
    assert np.max(np.abs(gains - gain(chosen, frequencies))) < 0.01


@pytest.mark.parametrize(("mains", "hum"), [(Mains.HZ_50, 50), (Mains.HZ_60, 60)])
def test_hum_of_the_mains_goes_and_its_neighbours_stay(mains: Mains, hum: int) -> None:
    frequencies, gains, _ = response(TraceFilter(mains=mains))
    assert at(hum, frequencies, gains) < 0.01
    assert at(hum - 1, frequencies, gains) == pytest.approx(0.707, abs=0.01)
    assert at(hum + 1, frequencies, gains) == pytest.approx(0.707, abs=0.01)
    assert at(hum - 5, frequencies, gains) > 0.999


def test_hum_goes_at_the_ends_too() -> None:
    """Also off by 0.05 Hz, as networks are, and at any phase."""
    time = np.arange(5000) / RATE
    for hum in (49.95, 50.0, 50.05):
        wave = lead(0.2 * np.sin(2 * np.pi * hum * time + 1))
        shown = filtered(wave, RATE, TraceFilter(mains=Mains.HZ_50)).samples
        assert np.max(np.abs(shown)) < 0.03
        assert np.max(np.abs(shown[500:-500])) < 0.002


@pytest.mark.parametrize("chosen", [DIAGNOSTIC, MONITOR])
def test_calibration_pulse_stays_square(chosen: TraceFilter) -> None:
    """1 mV for 200 ms: edges where they were, top level, no tail."""
    pulse = np.zeros(5000)
    pulse[2000:2100] = 1.0
    shown = filtered(lead(pulse), RATE, chosen).samples
    rising = int(np.flatnonzero(shown > 0.5)[0])
    falling = int(np.flatnonzero(shown > 0.5)[-1])
    assert (rising, falling) == (2000, 2099)
    np.testing.assert_allclose(shown[2020:2080], 1.0, atol=0.04)
    assert np.max(np.abs(shown[2120:])) < 0.04
    assert np.max(shown) < 1.06
    # the tail is symmetric: nothing comes earlier than it goes
    np.testing.assert_allclose(shown[1900:2050], shown[2199:2049:-1], atol=0.005)


@pytest.mark.parametrize("chosen", [DIAGNOSTIC, MONITOR])
def test_impulse_of_the_standard_leaves_no_step(chosen: TraceFilter) -> None:
    """3 mV for 100 ms: 0.1 mV and 0.3 mV/s at most behind it (IEC 60601-2-25, low frequencies)."""
    pulse = np.zeros(5000)
    pulse[2000:2050] = 3.0
    behind = filtered(lead(pulse), RATE, chosen).samples[2070:]
    assert np.max(np.abs(behind)) < 0.1
    assert np.max(np.abs(np.diff(behind[::50])) * RATE / 50) < 0.3


def test_wandering_baseline_is_straightened() -> None:
    time = np.arange(10000) / RATE
    wander = 0.5 * np.sin(2 * np.pi * 0.15 * time) + 1.5
    shown = filtered(lead(wander), RATE, BASELINE).samples
    assert np.max(np.abs(shown[1000:-1000])) < 0.06


def test_r_peaks_stay_where_they_are() -> None:
    leads = heart()
    for one, shown in zip(leads, all_filtered(leads, RATE, MONITOR), strict=True):
        if one.name in ("I", "II", "V5"):
            highest = int(np.argmax(one.samples[2000:2400]))
            assert abs(int(np.argmax(shown.samples[2000:2400])) - highest) <= 1


def test_leads_that_follow_from_others_follow_still() -> None:
    shown = {one.name: one.samples for one in all_filtered(heart(), RATE, EVERY[-1])}
    np.testing.assert_allclose(shown["III"], shown["II"] - shown["I"], atol=1e-5)


def test_off_is_the_lead_itself() -> None:
    one = heart()[0]
    assert TraceFilter().off
    assert filtered(one, RATE, TraceFilter()) is one


@pytest.mark.parametrize("chosen", EVERY)
def test_what_is_stored_stays(chosen: TraceFilter) -> None:
    one = heart()[0]
    before = one.samples.copy()
    shown = filtered(one, RATE, chosen)
    np.testing.assert_array_equal(one.samples, before)
    assert not np.shares_memory(one.samples, shown.samples)
    assert not shown.samples.flags.writeable


def test_uncalibrated_leads_keep_their_unit() -> None:
    raw = lead([100.0, 200.0, 300.0] * 300, unit=SampleUnit.UNCALIBRATED)
    assert filtered(raw, RATE, MONITOR).unit is SampleUnit.UNCALIBRATED


def test_each_side_of_a_gap_is_filtered_alone() -> None:
    whole = heart()[1]
    gap = (2000, 2600)
    parted = lead(whole.samples.astype(np.float64), gaps=(gap,))
    for chosen in EVERY:
        shown = filtered(parted, RATE, chosen)
        assert shown.gaps == (gap,)
        assert np.all(shown.samples[slice(*gap)] == 0)
        left = filtered(lead(parted.samples[:2000].astype(np.float64)), RATE, chosen)
        np.testing.assert_allclose(shown.samples[:2000], left.samples, atol=1e-6)


def test_one_sample_between_gaps_is_shown_as_it_is() -> None:
    lonely = lead([0, 0, 0.7, 0, 0], gaps=((0, 2), (3, 5)))
    assert filtered(lonely, RATE, DIAGNOSTIC).samples[2] == pytest.approx(0.7)


@pytest.mark.parametrize("chosen", EVERY)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 17, 499])
def test_short_and_slow_leads_stay_finite(chosen: TraceFilter, count: int) -> None:
    for rate in (1.0, 90.0, 500.0):
        assert np.all(np.isfinite(filtered(lead([0.5] * count), rate, chosen).samples))


def test_a_cut_out_with_its_reach_is_the_same() -> None:
    """What a long record needs: the window and a margin, not the day."""
    random = np.random.default_rng(6)
    wander = np.cumsum(random.normal(0, 0.005, 60_000))
    whole = np.tile(heart()[1].samples.astype(np.float64), 12) + wander - wander.mean()
    for chosen in (MONITOR, BASELINE, TraceFilter(mains=Mains.HZ_50)):
        margin = round(chosen.reach_s * RATE)
        cut = filtered(lead(whole[30_000 - margin : 35_000 + margin]), RATE, chosen).samples
        shown = filtered(lead(whole), RATE, chosen).samples[30_000:35_000]
        middle = cut[margin : margin + 5000]
        apart = middle - shown
        assert np.ptp(apart) < 0.05, chosen
