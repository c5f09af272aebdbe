"""Our sound and picture on their way to the other side."""

import asyncio
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, Packet, VideoFrame
from av.audio.stream import AudioStream
from av.video.frame import PictureType

from workstation.media.hearing import SoundMeter
from workstation.media.opus_encoder import OpusEncoder
from workstation.media.scaler import Scaler
from workstation.media.sources import RATE, FrameSource

_CLOCK: Final = 90_000
_CHUNK: Final = RATE // 50
_CHUNK_S: Final = 0.02
_MOST_LATE_S: Final = 0.2
_DARK_EVERY_S: Final = 0.2
_PRESENT_S: Final = 2.5
_WAITING: Final = 2


class OutgoingPicture(MediaStreamTrack):
    """The newest pictures of the source; a dark one now and then where it is off or missing.

    One may wait behind another: where the computer is busy for a moment none is left out.

    Of a camera that gives a picture a second the last one is sent again, for as long as a picture
    may pass for the present one.
    """

    kind = "video"

    def __init__(
        self,
        width: int,
        height: int,
        *,
        is_on: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.sent = 0
        self._monotonic = monotonic
        self._offered_at = float("-inf")
        self._size = (width, height)
        self._scaler = Scaler()
        self._is_on = is_on
        self._taken: asyncio.Queue[tuple[VideoFrame, float]] = asyncio.Queue(_WAITING)
        self._newest: VideoFrame | None = None
        self._began = monotonic()
        self._last_pts = -1

    def offer(self, frame: VideoFrame) -> None:
        """A picture has been captured."""
        if self._is_on:
            self._offered_at = self._monotonic()
            if self._taken.full():
                self._taken.get_nowait()
            sized = self._scaler.within(frame, *self._size)
            self._taken.put_nowait((sized, self._offered_at))

    def switch(self, *, is_on: bool) -> None:
        """Off: what was captured and not yet sent is not sent."""
        self._is_on = is_on
        self._newest = None
        while not self._taken.empty():
            self._taken.get_nowait()

    async def recv(self) -> VideoFrame:
        """The next picture for the encoder."""
        if self.readyState != "live":
            raise MediaStreamError
        try:
            newest, taken_at = await asyncio.wait_for(self._taken.get(), _DARK_EVERY_S)
        except TimeoutError:
            if self._monotonic() - self._offered_at > _PRESENT_S:
                self._newest = None
            taken_at = self._monotonic()
        else:
            self._newest = newest if self._is_on else None  # off since it was handed over
        return self._stamped(self._newest or _dark(*self._size), taken_at)

    def _stamped(self, frame: VideoFrame, taken_at: float) -> VideoFrame:
        """With the time at which it was taken: that it waited for the encoder is not seen."""
        pts = max(int((taken_at - self._began) * _CLOCK), self._last_pts + 1)
        self._last_pts = frame.pts = pts
        frame.pict_type = PictureType.NONE  # one that is sent again may have been a whole one
        frame.time_base = Fraction(1, _CLOCK)
        self.sent += 1
        return frame


class OutgoingSound(MediaStreamTrack):
    """Sound of the source in pieces of 20 ms; silence where it is off or has none."""

    kind = "audio"

    def __init__(self, source: FrameSource, *, is_on: bool) -> None:
        super().__init__()
        self.meter = SoundMeter()
        self._source = source
        self._is_on = is_on
        self._due: float | None = None
        self._pts = 0
        self._encoder: OpusEncoder | None = None

    def switch(self, *, is_on: bool) -> None:
        """Off: the source is read on, and silence is sent."""
        self._is_on = is_on

    def encode(self) -> None:
        """The other side takes Opus: packets from here on, made by our own encoder."""
        self._encoder = OpusEncoder()

    async def recv(self) -> "AudioFrame | Packet[AudioStream]":
        """The next 20 ms, as a packet of Opus where `encode` was called."""
        if self.readyState != "live":
            raise MediaStreamError
        await self._wait_for_turn()
        samples = self._source.take(_CHUNK)
        if samples is None or not self._is_on:
            samples = np.zeros(_CHUNK, np.int16)
        self.meter.hear(samples, channels=1)
        # Both channels by hand: the encoder's own resampler would take 3 dB away.
        both = np.repeat(samples, 2).reshape(1, -1)
        frame = AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate = RATE
        frame.pts, frame.time_base = self._pts, Fraction(1, RATE)
        self._pts += _CHUNK
        return frame if self._encoder is None else self._encoder.encode(frame)

    async def _wait_for_turn(self) -> None:
        now = time.monotonic()
        if self._due is None or now - self._due > _MOST_LATE_S:
            self._due = now
        await asyncio.sleep(self._due - now)
        self._due += _CHUNK_S


def _dark(width: int, height: int) -> VideoFrame:
    picture = np.full((height * 3 // 2, width), 128, np.uint8)
    picture[:height] = 16
    return VideoFrame.from_ndarray(picture, format="yuv420p")
