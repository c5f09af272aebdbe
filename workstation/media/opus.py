"""libopus itself: what libav's door to it leaves out, recovery (FEC) and concealment (PLC).

The library is the one that the PyAV wheel carries, else the system's (RFC 6716; opus_decoder.h).
"""

import ctypes
import ctypes.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import av
import numpy as np

from workstation.media.sources import RATE, Samples

CHANNELS: Final = 2
LONGEST: Final = RATE * 120 // 1000
"""Samples of a channel in the longest packet: 120 ms (RFC 6716, 3.2.5)."""

_NAMES: Final = ("*opus*.so*", "*opus*.dylib", "*opus*.dll")
_FRAME_SAMPLES: Final = (
    *(RATE * ms // 1000 for _ in range(3) for ms in (10, 20, 40, 60)),
    *(RATE * ms // 1000 for _ in range(2) for ms in (10, 20)),
    *(RATE * ms // 10_000 for _ in range(4) for ms in (25, 50, 100, 200)),
)
"""Samples of a frame by the configuration in a packet's first byte (RFC 6716, 3.1, table 2)."""


class NoOpus(Exception):
    """There is no libopus on this computer that can be called."""


def samples_in(packet: bytes) -> int:
    """Samples of a channel that the packet lasts, at 48 kHz; 0 where it is no packet of Opus."""
    if not packet:
        return 0
    counts = {0: 1, 1: 2, 2: 2, 3: packet[1] & 0x3F if len(packet) > 1 else 0}
    samples = _FRAME_SAMPLES[packet[0] >> 3] * counts[packet[0] & 3]
    return samples if samples <= LONGEST else 0


class OpusDecoder:
    """One stream, 48 kHz, stereo in turns. Raises NoOpus where the library is missing."""

    def __init__(self) -> None:
        self._library = _library()
        failed = ctypes.c_int()
        self._state = self._library.opus_decoder_create(RATE, CHANNELS, ctypes.byref(failed))
        if failed.value or not self._state:
            raise NoOpus("libopus makes no decoder")
        self._room = np.zeros(LONGEST * CHANNELS, np.int16)

    def decode(self, packet: bytes) -> Samples:
        """What the packet says; concealment where it is damaged."""
        found = self._call(packet, LONGEST, fec=False)
        return self.conceal(samples_in(packet) or RATE // 50) if found is None else found

    def recover(self, following: bytes, samples: int) -> Samples:
        """The `samples` before the packet `following`, of the copy within it where it has one."""
        found = self._call(following, samples, fec=True)
        return self.conceal(samples) if found is None else found

    def conceal(self, samples: int) -> Samples:
        """So many samples in the manner of those before, which fade."""
        found = self._call(None, samples, fec=False)
        return np.zeros(samples * CHANNELS, np.int16) if found is None else found

    def close(self) -> None:
        """Frees the library's memory."""
        state, self._state = self._state, None
        if state:
            self._library.opus_decoder_destroy(state)

    def _call(self, packet: bytes | None, samples: int, *, fec: bool) -> Samples | None:
        size = 0 if packet is None else len(packet)
        room = self._room.ctypes.data_as(ctypes.POINTER(ctypes.c_int16))
        count = self._library.opus_decode(self._state, packet, size, room, samples, int(fec))
        return self._room[: count * CHANNELS].copy() if count > 0 else None


@cache
def _library() -> ctypes.CDLL:
    for name in _candidates():
        try:
            library = ctypes.CDLL(name)
            return _with_types(library)
        except (OSError, AttributeError):  # not for this machine, or another thing of that name
            continue
    raise NoOpus("no libopus was found")


def _candidates() -> Iterator[str]:
    package = Path(av.__file__).parent
    for folder in (package.parent / "av.libs", package / ".dylibs", package):
        for pattern in _NAMES:
            yield from (str(path) for path in sorted(folder.glob(pattern)))
    system = ctypes.util.find_library("opus")
    if system is not None:
        yield system


def _with_types(library: ctypes.CDLL) -> ctypes.CDLL:
    pcm = ctypes.POINTER(ctypes.c_int16)
    library.opus_decoder_create.restype = ctypes.c_void_p
    library.opus_decoder_create.argtypes = [
        ctypes.c_int32,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_int),
    ]
    library.opus_decode.restype = ctypes.c_int
    library.opus_decode.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int32,
        pcm,
        ctypes.c_int,
        ctypes.c_int,
    ]
    library.opus_decoder_destroy.restype = None
    library.opus_decoder_destroy.argtypes = [ctypes.c_void_p]
    return library
