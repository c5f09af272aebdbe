"""What a sound is like: how loud, how high."""

import numpy as np
from numpy.typing import NDArray

from workstation.core.call_media import Heard

_SILENCE_DBFS = -100.0


class SoundMeter:
    """Listens to pieces of sound at one rate; `take` tells of those since it was last asked."""

    def __init__(self, rate: int = 48_000) -> None:
        self._rate = rate
        self._chunks = 0
        self._samples = 0
        self._energy = 0.0
        self._crossings = 0
        self._was_above = True

    def hear(self, samples: NDArray[np.int16], channels: int) -> None:
        """One piece: the channels take turns; the first is measured."""
        mono = samples.reshape(-1)[::channels].astype(np.float32)
        self._chunks += 1
        self._samples += mono.size
        self._energy += float(np.dot(mono, mono))
        above = np.concatenate(([self._was_above], mono >= 0))
        self._was_above = bool(above[-1])
        self._crossings += int(np.count_nonzero(above[1:] & ~above[:-1]))

    def take(self) -> Heard:
        """Level and pitch since the last call of this."""
        heard = Heard(self._chunks, self._level(), self._pitch())
        self._samples, self._energy, self._crossings = 0, 0.0, 0
        return heard

    def _level(self) -> float:
        if not self._samples or self._energy <= 0:
            return _SILENCE_DBFS
        power = self._energy / self._samples / 32_768**2
        return max(_SILENCE_DBFS, float(10 * np.log10(power)))

    def _pitch(self) -> float:
        return self._crossings * self._rate / self._samples if self._samples else 0.0
