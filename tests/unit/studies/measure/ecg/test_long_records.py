"""A day at any zoom: no peak is lost, gaps stay open, rates and pauses are counted."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.studies.measure.ecg.envelope import Envelope
from workstation.studies.measure.ecg.rhythm_strip import pauses, rate_strip

DAY = 24 * 3600 * 250
Samples = npt.NDArray[np.int16]


def with_peaks(count: int, seed: int) -> tuple[Samples, list[int]]:
    """Noise, with narrow peaks upwards and downwards."""
    random = np.random.default_rng(seed)
    samples = random.integers(-100, 100, count).astype(np.int16)
    places = sorted(random.choice(count, min(count, 20), replace=False).tolist())
    samples[places] = random.choice(np.array([-3000, 3000], np.int16), len(places))
    return samples, places


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_peak_is_lost_at_any_zoom(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 40_000))
    samples, places = with_peaks(count, data.draw(st.integers(0, 99)))
    start = data.draw(st.integers(0, count - 1))
    stop = data.draw(st.integers(start + 1, count))
    columns = data.draw(st.integers(1, min(2000, stop - start)))
    lows, highs = Envelope(samples).columns(start, stop, columns)
    assert len(lows) == len(highs) == columns
    edges = start + (stop - start) * np.arange(columns + 1) // columns
    for place in places:
        if start <= place < stop:
            column = int(np.searchsorted(edges, place, side="right")) - 1
            assert lows[column] <= samples[place] <= highs[column]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_column_is_its_samples_and_a_quarter_beside_them_at_most(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 20_000))
    samples, _ = with_peaks(count, data.draw(st.integers(0, 99)))
    columns = data.draw(st.integers(1, min(500, count)))
    lows, highs = Envelope(samples).columns(0, count, columns)
    edges = count * np.arange(columns + 1) // columns
    beside = int(count / columns / 4)
    for column in range(columns):
        own = samples[edges[column] : edges[column + 1]]
        wide = samples[max(0, edges[column] - beside) : edges[column + 1] + beside]
        assert wide.min() <= lows[column] <= own.min()
        assert own.max() <= highs[column] <= wide.max()


def test_a_day_is_drawn_from_a_seventh_of_its_size() -> None:
    samples = np.zeros(DAY, np.int16)
    samples[5::200] = 1000
    whole = Envelope(samples)
    assert whole.nbytes < 0.2 * samples.nbytes
    for window in (DAY, DAY // 24, 250 * 60, 250 * 10):
        lows, highs = whole.columns(0, window, min(1900, window))
        assert int(highs.max()) == 1000
        if window >= 1900 * 200:
            assert np.all(highs == 1000)
    assert np.all(lows >= 0)


def test_gaps_stay_open_and_their_numbers_are_not_shown() -> None:
    samples = np.full(100_000, 50, np.int16)
    samples[30_000:60_000] = -32768
    whole = Envelope(samples, [(30_000, 60_000)])
    for columns in (10, 100, 1000, 20_000):
        lows, highs = whole.columns(0, 100_000, columns)
        open_columns = lows > highs
        assert np.count_nonzero(open_columns) == pytest.approx(0.3 * columns, abs=2)
        assert set(lows[~open_columns].tolist()) == {50}
        assert set(highs[~open_columns].tolist()) == {50}
    assert int(samples[30_000]) == -32768


@pytest.mark.parametrize(
    ("start", "stop", "columns"), [(0, 0, 1), (-1, 5, 1), (0, 11, 1), (0, 5, 6)]
)
def test_columns_that_cannot_be(start: int, stop: int, columns: int) -> None:
    with pytest.raises(ValueError, match="no such columns"):
        Envelope(np.zeros(10, np.int16)).columns(start, stop, columns)


def test_rates_of_a_strip() -> None:
    peaks = np.concatenate([np.arange(0, 15_000, 250), np.arange(15_000, 30_000, 125)])
    one, two = rate_strip(peaks, 250, 30_000)
    assert (one.start_s, one.beats, one.recorded_s) == (0, 60, 60)
    assert (one.slowest, one.mean, one.fastest) == pytest.approx((60, 60, 60))
    assert (two.start_s, two.beats) == (60, 120)
    assert two.mean == pytest.approx(120)


def test_a_piece_without_beats_has_no_rate() -> None:
    (empty,) = rate_strip(np.empty(0, np.int64), 250, 5000)
    assert (empty.beats, empty.slowest, empty.mean, empty.fastest) == (0, None, None, None)
    assert rate_strip(np.empty(0, np.int64), 250, 0) == ()


def test_an_interval_with_a_gap_in_it_is_none() -> None:
    peaks = np.array([250, 500, 2000, 2250])
    (piece,) = rate_strip(peaks, 250, 5000, [(600, 1900)])
    assert piece.slowest == pytest.approx(60)
    assert piece.recorded_s == pytest.approx((5000 - 1300) / 250)
    assert pauses(peaks, 250, 5000, [(600, 1900)]) == ()


def test_pauses_are_listed() -> None:
    peaks = np.array([250, 500, 1100, 1350])
    (found,) = pauses(peaks, 250, 5000)
    assert (found.start, found.stop, found.seconds) == (500, 1100, 2.4)
