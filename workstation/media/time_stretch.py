"""Sound that is a little shorter or longer and keeps its pitch: one period less or more.

A period is what the sound repeats itself after (waveform similarity, WSOLA: Verhelst and Roelands,
ICASSP 1993), so speech keeps its height.
"""

from typing import Final

import numpy as np

from workstation.media.sources import RATE, Samples

_SHORTEST: Final = RATE * 25 // 10_000
_LONGEST: Final = RATE // 100
_STEP: Final = 4
_ALIKE: Final = 0.7
_QUIET: Final = 100.0
"""Root mean square below which any seam is inaudible: 50 dB below full scale."""


def shorter(stereo: Samples, *, at_any_price: bool = False) -> Samples:
    """One period less; the same where the sound does not repeat itself."""
    pairs = stereo.reshape(-1, 2)
    period = _period(pairs, at_any_price)
    if not period:
        return stereo
    seam = _fade(pairs[:period], pairs[period : 2 * period])
    return np.concatenate((seam, pairs[2 * period :])).reshape(-1)


def longer(stereo: Samples, *, at_any_price: bool = False) -> Samples:
    """One period more; the same where the sound does not repeat itself."""
    pairs = stereo.reshape(-1, 2)
    period = _period(pairs, at_any_price)
    if not period:
        return stereo
    seam = _fade(pairs[period : 2 * period], pairs[:period])
    return np.concatenate((pairs[:period], seam, pairs[period:])).reshape(-1)


def _period(pairs: Samples, at_any_price: bool) -> int:
    """Samples after which the sound repeats itself; 0 where it does not."""
    if len(pairs) < 2 * _LONGEST:
        return 0
    mono = pairs.mean(axis=1, dtype=np.float32)
    if float(np.sqrt(np.mean(mono**2))) < _QUIET:
        return _LONGEST
    likeness = {period: _likeness(mono, period) for period in range(_SHORTEST, _LONGEST + 1, _STEP)}
    best = max(likeness, key=lambda period: likeness[period])
    return best if at_any_price or likeness[best] >= _ALIKE else 0


def _likeness(mono: "np.ndarray[tuple[int], np.dtype[np.float32]]", period: int) -> float:
    """Correlation of two periods in turn, -1 to 1."""
    first, second = mono[:period], mono[period : 2 * period]
    size = float(np.dot(first, first) * np.dot(second, second)) ** 0.5
    return float(np.dot(first, second)) / size if size else 0.0


def _fade(away: Samples, here: Samples) -> Samples:
    weight = np.linspace(0.0, 1.0, len(away), dtype=np.float32)[:, None]
    faded: Samples = np.rint(away * (1 - weight) + here * weight).astype(np.int16)
    return faded
