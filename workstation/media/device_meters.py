"""What pictures and sound of a device test are like: light, level, and a tone in the sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from workstation.media.scaler import Scaler
from workstation.media.sources import RATE, Samples

_LOOK: Final = (64, 48)
_LOOK_EVERY_S: Final = 0.2
_SETTLING_S: Final = 0.7
"""So long a camera that has just come on finds its light; those pictures do not count."""
_PIECE: Final = RATE // 5
_BLOCK: Final = RATE // 10
_FULL: Final = 32_768.0
_CLIPPED_AT: Final = 32_700
_ABOVE_NOISE_DB: Final = 10.0
_NOTHING_DBFS: Final = -100.0
_FAINTEST_DBFS: Final = -75.0


class PictureMeter:
    """Sees the pictures of a camera; luma is measured in some of them."""

    def __init__(self) -> None:
        self.width = 0
        self.height = 0
        self._first_s: float | None = None
        self._last_s = 0.0
        self._count = 0
        self._looked_s = 0.0
        self._light: list[tuple[float, float]] = []
        self._scaler = Scaler()

    @property
    def has_seen(self) -> bool:
        """Whether there was a picture."""
        return self._first_s is not None

    def see(self, frame: VideoFrame, captured_s: float) -> None:
        """A picture, on the clock of `time.monotonic`."""
        if self._first_s is None:
            self._first_s = captured_s
        self._last_s = max(self._last_s, captured_s)
        self._count += 1
        self.width, self.height = frame.width, frame.height
        is_settled = captured_s - self._first_s > _SETTLING_S
        if not self._light or (is_settled and captured_s - self._looked_s > _LOOK_EVERY_S):
            if is_settled and self._looked_s <= self._first_s + _SETTLING_S:
                self._light.clear()
            self._looked_s = captured_s
            luma = self._scaler.converted(frame, *_LOOK, "gray").to_ndarray()
            self._light.append((float(luma.mean()), float(luma.std())))

    @property
    def frame_rate(self) -> float:
        """Pictures in a second; 0 where there were not two."""
        span = self._last_s - (self._first_s or 0.0)
        return (self._count - 1) / span if self._count > 1 and span > 0 else 0.0

    @property
    def brightness(self) -> float:
        """Mean luma of the looks, 0 to 255."""
        return float(np.median([mean for mean, _ in self._light])) if self._light else 0.0

    @property
    def contrast(self) -> float:
        """Standard deviation of the luma within a picture."""
        return float(np.median([spread for _, spread in self._light])) if self._light else 0.0


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone that was played from `begin_s` to `end_s` (`time.monotonic`)."""

    hertz: float
    played_dbfs: float
    begin_s: float
    end_s: float


class SoundTrace:
    """What a microphone has heard in the test: mono, 48 kHz, with the time of each piece."""

    def __init__(self) -> None:
        self._pieces: list[tuple[float, Samples]] = []

    @property
    def has_heard(self) -> bool:
        """Whether anything has come from it."""
        return bool(self._pieces)

    def hear(self, samples: Samples, now_s: float) -> None:
        """A piece that has come at this moment."""
        self._pieces.append((now_s, samples))

    def between(self, begin_s: float, end_s: float) -> Samples:
        """What has come from `begin_s` up to before `end_s`."""
        chosen = [samples for at, samples in self._pieces if begin_s <= at < end_s]
        return np.concatenate(chosen) if chosen else np.zeros(0, np.int16)

    def tone_db(self, tone: Tone, before_s: float) -> float | None:
        """How loud the tone was heard against how it was played; None: it was not heard.

        It counts as heard where a tenth of a second holds it 10 dB over what stood at its pitch
        in the sound before `before_s`.
        """
        noise = tone_levels(self.between(0.0, before_s), tone.hertz)
        heard = tone_levels(self.between(tone.begin_s, tone.end_s), tone.hertz)
        if not heard:
            return None
        floor = float(np.percentile(noise, 90)) if noise else _FAINTEST_DBFS
        level = float(np.percentile(heard, 75))
        is_heard = level > max(floor + _ABOVE_NOISE_DB, _FAINTEST_DBFS)
        return level - tone.played_dbfs if is_heard else None


def loudest_dbfs(samples: Samples) -> float:
    """Root mean square of the loudest fifth of a second; -100 for silence or nothing."""
    levels = [_rms_dbfs(piece) for piece in _cut(samples, _PIECE)]
    return max(levels, default=_NOTHING_DBFS)


def clipped_share(samples: Samples) -> float:
    """Share of samples at the end of the scale, in the fifth of a second that has most."""
    shares = [
        float(np.count_nonzero(np.abs(piece.astype(np.int32)) >= _CLIPPED_AT)) / piece.size
        for piece in _cut(samples, _PIECE)
    ]
    return max(shares, default=0.0)


def tone_levels(samples: Samples, hertz: float) -> list[float]:
    """Level of that pitch in each tenth of a second, in dBFS of its root mean square."""
    turns = np.exp(-2j * np.pi * hertz * np.arange(_BLOCK) / RATE) * np.hanning(_BLOCK) * 2
    found = []
    for block in _cut(samples, _BLOCK):
        peak = abs(np.dot(block.astype(np.float64), turns)) * 2 / _BLOCK
        found.append(_dbfs(peak / np.sqrt(2)))
    return found


def tone(hertz: float, seconds: float, peak: float) -> tuple[Samples, float]:
    """A mono tone with soft ends, `peak` of full scale, and its level in dBFS."""
    places = np.arange(round(RATE * seconds))
    wave = np.sin(2 * np.pi * hertz * places / RATE) * peak * (_FULL - 1)
    edge = RATE // 50
    wave[:edge] *= np.linspace(0, 1, edge)
    wave[-edge:] *= np.linspace(1, 0, edge)
    return wave.astype(np.int16), float(20 * np.log10(peak / np.sqrt(2)))


def _cut(samples: Samples, size: int) -> Sequence[NDArray[np.int16]]:
    """Whole pieces of that size."""
    return [samples[at : at + size] for at in range(0, samples.size - size + 1, size)]


def _rms_dbfs(samples: Samples) -> float:
    values = samples.astype(np.float64)
    return _dbfs(float(np.sqrt(np.mean(values * values))))


def _dbfs(root: float) -> float:
    return max(_NOTHING_DBFS, float(20 * np.log10(root / _FULL))) if root > 0 else _NOTHING_DBFS
