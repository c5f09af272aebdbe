"""Where the ventricles beat: QRS found in all leads together.

Elgendi, "Fast QRS detection with an optimized knowledge-based method", PLoS ONE 2013; 8(9):
e73557: band of 8 to 20 Hz, squared, one moving mean as long as a QRS over another as long as a
beat. Here the squares of all leads are added, and the offset of the threshold is taken from each
minute, so that a burst of noise does not hide the beats of a day.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.ecg.stretches import Trace, recorded

Signal = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
"""Samples, ascending."""

_BAND_HZ: Final = (8.0, 20.0)
_STEEPNESS: Final = 3
_QRS_S: Final = 0.097
_BEAT_S: Final = 0.611
_OFFSET: Final = 0.08
_LEAST_OF_QRS: Final = 0.1
"""Energy, as a part of what most QRS of the minute have: P waves have less."""
_REFRACTORY_S: Final = 0.2
"""No two QRS are closer; T waves within it belong to the QRS before them."""
_PART_S: Final = 60.0
_MARGIN_S: Final = 2.0
_SLOWEST_RATE_HZ: Final = 50.0
"""Sampled more slowly, a QRS is too few samples to be found."""


def r_peaks(leads: Sequence[Trace], sampling_rate_hz: float) -> Places:
    """Samples of the R peaks (of the steepest part of QRS, in all leads together).

    Leads may be in mV or not, each counts alike. Nothing is found in gaps, in flat leads, or
    where the sampling is slower than 50 Hz.
    """
    return np.concatenate([np.empty(0, np.int64), *r_peaks_by_minute(leads, sampling_rate_hz)])


def r_peaks_by_minute(leads: Sequence[Trace], sampling_rate_hz: float) -> Iterator[Places]:
    """The same, minute by minute: a day takes seconds, can be shown as it grows, and be left."""
    count = min((len(lead.samples) for lead in leads), default=0)
    if sampling_rate_hz < _SLOWEST_RATE_HZ:
        return
    length = minute_length(sampling_rate_hz)
    last: int | None = None
    for start in range(0, count, length):
        part = r_peaks_in_minute(leads, sampling_rate_hz, start, last)
        last = int(part[-1]) if len(part) else last
        yield part


def minute_length(sampling_rate_hz: float) -> int:
    """Samples of a minute as `r_peaks_in_minute` counts them."""
    return max(1, int(_PART_S * sampling_rate_hz))


def r_peaks_in_minute(
    leads: Sequence[Trace], sampling_rate_hz: float, start: int, last: int | None
) -> Places:
    """The peaks of the minute that begins at the sample `start`, a whole number of minutes.

    `last` is the peak before that minute, None where there is none. Minute after minute these are
    the peaks of `r_peaks`, and a day can be searched in pieces, at different times.
    """
    count = min((len(lead.samples) for lead in leads), default=0)
    if sampling_rate_hz < _SLOWEST_RATE_HZ or start >= count:
        return np.empty(0, np.int64)
    refractory = int(_REFRACTORY_S * sampling_rate_hz)
    stop = min(start + minute_length(sampling_rate_hz), count)
    found = _in_part(leads, start, stop, count, sampling_rate_hz)
    return _apart(found, -refractory - 1 if last is None else last, refractory)


def _in_part(leads: Sequence[Trace], start: int, stop: int, count: int, rate: float) -> Places:
    """Peaks in [start, stop), found with a margin on both sides."""
    margin = int(_MARGIN_S * rate)
    begin, end = max(0, start - margin), min(count, stop + margin)
    energy = np.zeros(end - begin)
    for lead in leads:
        energy += _energy(lead, begin, end, rate)
    peaks = begin + _peaks(energy, rate)
    return peaks[(peaks >= start) & (peaks < stop)]


def _energy(lead: Trace, begin: int, end: int, rate: float) -> Signal:
    """The lead's share: its square in the band of QRS, 1 in the mean; 0 in its gaps."""
    kept = np.zeros(end - begin, np.bool_)
    gaps = ((start - begin, stop - begin) for start, stop in lead.gaps if stop > begin)
    for start, stop in recorded(end - begin, gaps):
        kept[start:stop] = True
    places = np.flatnonzero(kept)
    if len(places) < _QRS_S * rate:
        return np.zeros(end - begin)
    samples = lead.samples[begin:end].astype(np.float64)
    bridged = np.interp(np.arange(end - begin), places, samples[places])
    squares = np.where(kept, _in_band(bridged, rate) ** 2, 0)
    mean = float(np.mean(squares[places]))
    return squares / mean if mean > 0 else squares


def _in_band(samples: Signal, rate: float) -> Signal:
    mirrored = np.concatenate([samples, samples[::-1]])
    factor = _band(len(mirrored), rate)
    return np.fft.irfft(np.fft.rfft(mirrored) * factor, len(mirrored))[: len(samples)]


@lru_cache(maxsize=4)
def _band(length: int, rate: float) -> Signal:
    """Factor for each frequency; the same for every minute of a day."""
    frequencies = np.fft.rfftfreq(length, 1 / rate)
    low, high = _BAND_HZ
    above = (frequencies / low) ** _STEEPNESS
    beyond = (frequencies / high) ** _STEEPNESS
    factor: Signal = above / np.sqrt((1 + above**2) * (1 + beyond**2))
    return factor


def _peaks(energy: Signal, rate: float) -> Places:
    """The highest point of each block in which QRS stands out."""
    shortest = round(_QRS_S * rate)
    threshold = _moving_mean(energy, round(_BEAT_S * rate)) + _OFFSET * np.mean(energy)
    inside = _moving_mean(energy, shortest) > threshold
    edges = np.flatnonzero(np.diff(inside.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    blocks = edges[edges[:, 1] - edges[:, 0] >= shortest]
    found = np.array([start + np.argmax(energy[start:stop]) for start, stop in blocks], np.int64)
    if len(found) == 0:
        return found
    least = _LEAST_OF_QRS * np.percentile(energy[found], 75)
    return found[energy[found] >= least]


def _moving_mean(values: Signal, width: int) -> Signal:
    odd = width | 1
    total = np.cumsum(np.pad(values, (odd // 2 + 1, odd // 2)))
    return (total[odd:] - total[:-odd]) / odd


def _apart(peaks: Places, last: int, least: int) -> Places:
    """Without those that follow another, or `last`, within the refractory time."""
    kept: list[int] = []
    for peak in peaks.tolist():
        if peak - last > least:
            kept.append(peak)
            last = peak
    return np.array(kept, np.int64)
