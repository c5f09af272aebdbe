"""The other side's sound: packets from aiortc, played at an even pace by our own buffer.

aiortc hands a packet on only when those before it have come, so that a lost one silences it for a
while (its issue 543). Here Opus goes past its buffer; other codecs keep their road.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtcrtpreceiver import RTCRtpReceiver
from aiortc.rtp import RtpPacket

from workstation.media.opus import CHANNELS, OpusDecoder
from workstation.media.sound_buffer import PIECE, Deed, Pace, SoundBuffer, Step
from workstation.media.sources import RATE, Samples
from workstation.media.time_stretch import longer, shorter

_PIECE_S: Final = PIECE / RATE
_MOST_LATE_S: Final = 0.2
_FAR_S: Final = 0.2
_BUFFER: Final = "_RTCRtpReceiver__jitter_buffer"
_CODECS: Final = "_RTCRtpReceiver__codecs"


Play = Callable[[Samples], None]
"""Takes pieces of 20 ms, stereo in turns."""


class IncomingSound:
    """One stream of Opus. Raises NoOpus where libopus cannot be called."""

    def __init__(
        self, play: Play, came: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self.buffer = SoundBuffer()
        self._decoder = OpusDecoder()
        self._play = play
        self._came = came
        self._ready: Samples = np.zeros(0, np.int16)

    def take_from(self, receiver: RTCRtpReceiver) -> bool:
        """Lets the receiver's Opus come here; False where this aiortc has no such place."""
        if not all(hasattr(receiver, name) for name in (_BUFFER, _CODECS)):
            return False
        setattr(receiver, _BUFFER, _Turnout(receiver, self))
        return True

    def put(self, timestamp: int, packet: bytes) -> None:
        """A packet has come."""
        self._came()
        self.buffer.put(timestamp, packet, self._clock())

    async def run(self) -> None:
        """Plays until it is cancelled."""
        due = self._clock()
        try:
            while True:
                now = self._clock()
                if now - due > _MOST_LATE_S:
                    due = now
                await asyncio.sleep(due - now)
                due += _PIECE_S
                self.play_next(self._clock())
        finally:
            self._decoder.close()

    def play_next(self, now_s: float) -> None:
        """The next 20 ms."""
        while self._ready.size < PIECE * CHANNELS:
            step = self.buffer.take(now_s)
            pace = self.buffer.pace(now_s) if step.deed is Deed.DECODE else Pace.EVEN
            made = self._paced(self._made(step), pace, now_s)
            self._ready = np.concatenate((self._ready, made))
        piece, self._ready = np.split(self._ready, [PIECE * CHANNELS])
        self._play(piece)

    def _made(self, step: Step) -> Samples:
        if step.deed is Deed.DECODE:
            return self._decoder.decode(step.packet)
        if step.deed is Deed.RECOVER:
            return self._decoder.recover(step.packet, step.samples)
        if step.deed is Deed.CONCEAL:
            return self._decoder.conceal(step.samples)
        return np.zeros(step.samples * CHANNELS, np.int16)

    def _paced(self, samples: Samples, pace: Pace, now_s: float) -> Samples:
        if pace is Pace.EVEN:
            return samples
        is_far = abs(self.buffer.lag_s(now_s) - self.buffer.wanted_s) > _FAR_S
        change = shorter if pace is Pace.HURRY else longer
        return change(samples, at_any_price=is_far)


class _Turnout:
    """Stands where aiortc's buffer stood, which goes on to serve other codecs."""

    def __init__(self, receiver: RTCRtpReceiver, sound: IncomingSound) -> None:
        self._usual: JitterBuffer = getattr(receiver, _BUFFER)
        self._codecs: dict[int, Any] = getattr(receiver, _CODECS)
        self._sound = sound

    @property
    def capacity(self) -> int:
        """Of aiortc's buffer."""
        return self._usual.capacity

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """Opus to us: nothing is left to decode there."""
        codec = self._codecs.get(packet.payload_type)
        if codec is None or codec.mimeType.lower() != "audio/opus":
            return self._usual.add(packet)
        self._sound.put(packet.timestamp, packet.payload)
        return False, None
