"""Sound and picture of the other side: read always, for aiortc's queues know no bounds."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Final

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from workstation.core.call_media import Receiving
from workstation.media.frame_ring import RingWriter
from workstation.media.hearing import SoundMeter
from workstation.media.lip_sync import SPEAKER_S, LipSync
from workstation.media.sound_buffer import SoundBuffer
from workstation.media.sources import FrameSource, Samples

_CHUNK_MS: Final = 1000 / 48_000
_LOOK_EVERY_S: Final = 0.25


class Received:
    """What has come in, counted and handed on."""

    def __init__(self, ring: RingWriter, speaker: FrameSource) -> None:
        self.meter = SoundMeter()
        self.frames = 0
        self.size = (0, 0)
        self.first_frame_at: float | None = None
        self.last_at: float | None = None
        self._frame_at: float | None = None
        self._worst_gap_s = 0.0
        self.played_samples = 0
        self.unplayed_samples = 0
        self.sound: SoundBuffer | None = None
        """Where the other side's sound waits; None while aiortc's own buffer serves."""
        self._is_played = False
        self._ring = ring
        self._speaker = speaker
        self._pictures = LipSync(self._draw)

    def came(self) -> None:
        """A packet of sound has come."""
        self.last_at = time.monotonic()

    def hear(self, stereo: Samples) -> None:
        """Sound that is played now: stereo in turns, 48 kHz."""
        self.meter.hear(stereo, channels=2)
        self._is_played = self._speaker.play(stereo)
        if self._is_played:
            self.played_samples += stereo.size // 2
        else:
            self.unplayed_samples += stereo.size // 2

    def close(self) -> None:
        """Shows no more."""
        self._pictures.close()

    def take_worst_gap_s(self) -> float:
        """The longest between two pictures since this was last asked; 0 where there were none."""
        worst, self._worst_gap_s = self._worst_gap_s, 0.0
        return worst

    async def read(self, track: MediaStreamTrack) -> None:
        """Reads one track to its end."""
        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            self.last_at = time.monotonic()
            if isinstance(frame, VideoFrame):
                self._see(frame, self.last_at)
            elif isinstance(frame, AudioFrame):
                self._hear(frame)

    def _see(self, frame: VideoFrame, now: float) -> None:
        self.frames += 1
        self.size = (frame.width, frame.height)
        if self._frame_at is not None:
            self._worst_gap_s = max(self._worst_gap_s, now - self._frame_at)
        self._frame_at = now
        if self.first_frame_at is None:
            self.first_frame_at = now
        self._pictures.take(frame, now, self._sound_late_s(now))

    def _sound_late_s(self, now: float) -> float:
        """How much later sound is heard than it came; 0 where none is."""
        if self.sound is None or not self._is_played:
            return 0.0
        return self.sound.held_back_s(now) + SPEAKER_S

    def _draw(self, frame: VideoFrame, came_s: float) -> None:
        # A picture that cannot be converted is left out.
        with contextlib.suppress(ValueError, av.FFmpegError):
            self._ring.write(frame, came_s)

    def _hear(self, frame: AudioFrame) -> None:
        channels = frame.layout.nb_channels
        if frame.format.name != "s16" or channels not in (1, 2):  # Opus is always so
            return
        samples: Samples = frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)
        self.hear(samples if channels == 2 else np.repeat(samples, 2))


def milliseconds(samples: int) -> int:
    """How long so many samples of 48 kHz last."""
    return round(samples * _CHUNK_MS)


class Watchdog:
    """Tells when nothing has come for `silence_s`, and when something comes again.

    aiortc itself never says that a connection was lost.
    """

    def __init__(
        self, received: Received, silence_s: float, tell: Callable[[Receiving], None]
    ) -> None:
        self._received = received
        self._silence_s = silence_s
        self._tell = tell

    async def watch(self) -> None:
        """Watches from now on until it is cancelled."""
        began = time.monotonic()
        is_flowing = True
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            silent_s = time.monotonic() - max(began, self._received.last_at or began)
            if (silent_s < self._silence_s) is not is_flowing:
                is_flowing = not is_flowing
                self._tell(Receiving(is_flowing, silent_s))
