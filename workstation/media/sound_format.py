"""From what a sound device speaks to what calls speak, and back."""

from dataclasses import dataclass

import numpy as np
from av import AudioFrame, AudioResampler

from workstation.media.sources import RATE, Samples


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """How a device gives or takes sound: channels in turns; `kind` is FFmpeg's name."""

    kind: str
    """"u8", "s16", "s32" or "flt"."""
    channels: int
    rate: int

    @property
    def layout(self) -> str:
        """FFmpeg's name for so many channels."""
        names = {1: "mono", 2: "stereo"}
        return names.get(self.channels, f"{self.channels}c")


CALL_IN = SoundFormat("s16", 1, RATE)
CALL_OUT = SoundFormat("s16", 2, RATE)
_TYPES = {"u8": np.uint8, "s16": np.int16, "s32": np.int32, "flt": np.float32}


class SoundConverter:
    """Converts a stream of bytes piece by piece; what is equal goes through untouched."""

    def __init__(self, source: SoundFormat, target: SoundFormat) -> None:
        self._source = source
        self._target = target
        self._rest = b""
        self._resampler = AudioResampler(target.kind, target.layout, target.rate)

    def convert(self, data: bytes) -> bytes:
        """The next piece, converted; it may be empty where the resampler gathers."""
        if self._source == self._target:
            return data
        width = np.dtype(_TYPES[self._source.kind]).itemsize * self._source.channels
        data = self._rest + data
        whole = len(data) // width * width
        data, self._rest = data[:whole], data[whole:]
        return b"".join(self._resampled(data)) if data else b""

    def _resampled(self, data: bytes) -> list[bytes]:
        values = np.frombuffer(data, _TYPES[self._source.kind]).reshape(1, -1)
        frame = AudioFrame.from_ndarray(
            values, format=self._source.kind, layout=self._source.layout
        )
        frame.sample_rate = self._source.rate
        return [one.to_ndarray().tobytes() for one in self._resampler.resample(frame)]


def samples_of(data: bytes) -> Samples:
    """16-bit samples; an odd byte at the end is left out."""
    return np.frombuffer(data[: len(data) // 2 * 2], np.int16)
