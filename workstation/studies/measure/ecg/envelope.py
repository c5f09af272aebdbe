"""A long trace at any zoom: for each column of the screen its lowest and highest sample.

A pyramid of minima and maxima over 16, 64, 256 ... samples. However far one zooms out, a column
reaches as low and as high as the samples that it covers: no R peak is lost.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.ecg.stretches import Sliced, Stretch

Samples = npt.NDArray[np.int16]

_FINEST: Final = 16
_STEP: Final = 4
_BLOCKS_A_COLUMN: Final = 4
"""Or more: so a column reaches beyond itself by a quarter of its width at most."""
_PIECE: Final = 1 << 20
"""Samples that are read at once; a multiple of the finest block."""
_NO_LOW, _NO_HIGH = np.int16(32767), np.int16(-32768)


class Envelope:
    """Lows and highs of one lead, stored numbers as in the file. About a seventh of its size."""

    def __init__(
        self,
        samples: Samples | Sliced,
        gaps: Iterable[Stretch] = (),
        pyramid: Samples | None = None,
    ) -> None:
        """`samples` may be mapped from a file; they are read once, kept, and not copied.

        `pyramid` is what `build_pyramid` made of the same samples and gaps, perhaps elsewhere.

        Raises:
            ValueError: the pyramid is not of so many samples.
        """
        self._samples = samples
        self._gaps = tuple(sorted(gaps))
        if pyramid is None:
            pyramid = np.empty(pyramid_size(len(samples)), np.int16)
            build_pyramid(samples, self._gaps, pyramid)
        if pyramid.shape != (pyramid_size(len(samples)),):
            raise ValueError("a pyramid of another trace")
        self._levels = list(_levels(len(samples), pyramid))
        self._pyramid = pyramid

    @property
    def sample_count(self) -> int:
        """Samples of the lead."""
        return len(self._samples)

    @property
    def nbytes(self) -> int:
        """Memory of the pyramid."""
        return self._pyramid.nbytes

    @property
    def extremes(self) -> tuple[int, int] | None:
        """The lowest and the highest sample outside gaps; None where there is none."""
        if not self.sample_count:
            return None
        low, high = (int(one[0]) for one in self.columns(0, self.sample_count, 1))
        return (low, high) if low <= high else None

    def columns(self, start: int, stop: int, count: int) -> tuple[Samples, Samples]:
        """Lows and highs of `count` columns over the samples [start, stop).

        A column's low is above its high where nothing was recorded in it: leave it empty.

        Raises:
            ValueError: the range is not within the trace, or has fewer samples than columns:
                samples are then to be drawn as they are.
        """
        if not (0 <= start < stop <= self.sample_count and 0 < count <= stop - start):
            raise ValueError("no such columns")
        edges = start + (stop - start) * np.arange(count + 1, dtype=np.int64) // count
        most = (stop - start) / count / _BLOCKS_A_COLUMN
        coarse = [level for level in self._levels if level[0] <= most]
        if not coarse:
            lows, highs = _without_gaps(self._samples, self._gaps, start, stop)
            return _over(lows, highs, edges[:-1] - start, edges[1:] - start)
        block, lows, highs = coarse[-1]
        # Only what is looked at is copied: the finest level of a day is megabytes.
        first, last = int(edges[0]) // block, -(-int(edges[-1]) // block)
        begins, ends = edges[:-1] // block - first, -(-edges[1:] // block) - first
        return _over(lows[first:last], highs[first:last], begins, ends)


def pyramid_size(count: int) -> int:
    """Numbers of the pyramid of a lead of so many samples."""
    return 2 * sum(length for _, length in _lengths(count))


def build_pyramid(samples: Samples | Sliced, gaps: Iterable[Stretch], into: Samples) -> None:
    """Writes the pyramid: shape (`pyramid_size`,); the samples are read once, piece by piece."""
    ordered = tuple(sorted(gaps))
    below: tuple[Samples, Samples] | None = None
    for block, lows, highs in _levels(len(samples), into):
        if below is None:
            _fill_finest(samples, ordered, block, lows, highs)
        else:
            _coarsen(below[0], below[1], _STEP, lows, highs)
        below = lows, highs


def _lengths(count: int) -> Iterator[tuple[int, int]]:
    """Samples in a block and number of blocks, the finest level first."""
    if count < _FINEST:
        return
    block, length = _FINEST, -(-count // _FINEST)
    yield block, length
    while length >= _STEP * _STEP:
        block, length = block * _STEP, -(-length // _STEP)
        yield block, length


def _levels(count: int, pyramid: Samples) -> Iterator[tuple[int, Samples, Samples]]:
    place = 0
    for block, length in _lengths(count):
        lows, highs = pyramid[place : place + 2 * length].reshape(2, length)
        place += 2 * length
        yield block, lows, highs


def _fill_finest(
    samples: Samples | Sliced,
    gaps: tuple[Stretch, ...],
    block: int,
    lows: Samples,
    highs: Samples,
) -> None:
    for begin in range(0, len(samples), _PIECE):
        stop = min(begin + _PIECE, len(samples))
        low, high = _without_gaps(samples, gaps, begin, stop)
        place = slice(begin // block, -(-stop // block))
        _coarsen(low, high, block, lows[place], highs[place])


def _without_gaps(
    samples: Samples | Sliced, gaps: tuple[Stretch, ...], start: int, stop: int
) -> tuple[Samples, Samples]:
    """The samples twice; inside gaps numbers that no minimum and no maximum keeps."""
    lows = np.ascontiguousarray(samples[start:stop], np.int16)
    inside = [gap for gap in gaps if gap[0] < stop and gap[1] > start]
    if not inside:
        return lows, lows
    lows, highs = lows.copy(), lows.copy()
    for begin, end in inside:
        lows[max(begin - start, 0) : end - start] = _NO_LOW
        highs[max(begin - start, 0) : end - start] = _NO_HIGH
    return lows, highs


def _coarsen(lows: Samples, highs: Samples, step: int, low: Samples, high: Samples) -> None:
    """Of `step` each, a power of 2, the lowest and the highest; the last may be of fewer."""
    whole = len(lows) // step * step
    low[: whole // step] = _halved(lows[:whole], step, np.minimum)
    high[: whole // step] = _halved(highs[:whole], step, np.maximum)
    if whole < len(lows):
        low[-1] = lows[whole:].min()
        high[-1] = highs[whole:].max()


def _halved(numbers: Samples, step: int, of_two: np.ufunc) -> Samples:
    """Pair by pair: four times as fast as the extremes of rows of 16."""
    while step > 1:
        numbers = of_two(numbers[::2], numbers[1::2])
        step //= 2
    return numbers


def _over(
    lows: Samples, highs: Samples, starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]
) -> tuple[Samples, Samples]:
    """Minimum and maximum of each [start, stop), which may overlap."""
    bounds = np.stack([starts, stops], axis=1).ravel()
    low: Samples = np.minimum.reduceat(np.append(lows, _NO_LOW), bounds)[::2]
    high: Samples = np.maximum.reduceat(np.append(highs, _NO_HIGH), bounds)[::2]
    return low, high
