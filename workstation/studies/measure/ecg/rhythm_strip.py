"""A long recording at a glance: the rate minute by minute, pauses, what was not recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.ecg.r_peaks import Places
from workstation.studies.measure.ecg.stretches import Stretch, recorded

PAUSE_S: Final = 2.0
"""An RR interval of this or more is listed, as is usual in reports of long recordings."""


@dataclass(frozen=True, slots=True)
class RatePiece:
    """One piece of the strip; rates a minute, None where no two beats follow one another."""

    start_s: float
    recorded_s: float
    """Less than the piece's length where it holds gaps."""
    beats: int
    slowest: float | None
    mean: float | None
    fastest: float | None


@dataclass(frozen=True, slots=True)
class Pause:
    """A long RR interval without a gap in it."""

    start: int
    stop: int
    """Samples of the two R peaks."""
    seconds: float


def rate_strip(
    peaks: Places,
    sampling_rate_hz: float,
    sample_count: int,
    gaps: Iterable[Stretch] = (),
    piece_s: float = 60.0,
) -> tuple[RatePiece, ...]:
    """The rate over the recording; an interval belongs to the piece in which it begins.

    An interval with a gap in it is none: beats may have been there.
    """
    stretches = recorded(sample_count, gaps)
    starts, intervals = _intervals(peaks, stretches)
    length = max(1, round(piece_s * sampling_rate_hz))
    found = []
    for begin in range(0, sample_count, length):
        end = min(begin + length, sample_count)
        beats = int(np.searchsorted(peaks, end) - np.searchsorted(peaks, begin))
        within = slice(*np.searchsorted(starts, (begin, end)))
        seconds = sum(max(0, min(stop, end) - max(start, begin)) for start, stop in stretches)
        rates = 60 * sampling_rate_hz / intervals[within]
        found.append(_piece(begin / sampling_rate_hz, seconds / sampling_rate_hz, beats, rates))
    return tuple(found)


def pauses(
    peaks: Places,
    sampling_rate_hz: float,
    sample_count: int,
    gaps: Iterable[Stretch] = (),
    least_s: float = PAUSE_S,
) -> tuple[Pause, ...]:
    """Intervals of `least_s` and more, in the order of time."""
    starts, intervals = _intervals(peaks, recorded(sample_count, gaps))
    long = intervals >= least_s * sampling_rate_hz
    return tuple(
        Pause(int(start), int(start + length), float(length) / sampling_rate_hz)
        for start, length in zip(starts[long], intervals[long], strict=True)
    )


def _intervals(peaks: Places, stretches: tuple[Stretch, ...]) -> tuple[Places, Places]:
    """Starts and lengths of the RR intervals that lie in one stretch."""
    edges = np.array([start for start, _ in stretches], np.int64)
    place = np.searchsorted(edges, peaks, side="right")
    together = place[:-1] == place[1:]
    return peaks[:-1][together], np.diff(peaks)[together]


def _piece(
    start_s: float, recorded_s: float, beats: int, rates: npt.NDArray[np.float64]
) -> RatePiece:
    if len(rates) == 0:
        return RatePiece(start_s, recorded_s, beats, None, None, None)
    mean = len(rates) / float(np.sum(1 / rates))
    return RatePiece(start_s, recorded_s, beats, float(rates.min()), mean, float(rates.max()))
