"""Where sound and picture come from: what a source must do, and the synthetic one."""

import asyncio
import time
from collections.abc import Callable
from typing import Final, Protocol

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from workstation.core.call_media import DeviceNames
from workstation.media.clock_strip import draw_clock

RATE: Final = 48_000
OnFrame = Callable[[VideoFrame, float], None]
Samples = NDArray[np.int16]

_TONE_HZ: Final = 440.0
_TONE_PEAK: Final = 8_000
_STEP: Final = 4


class FrameSource(Protocol):
    """Pictures and sound for one call. All is called in the loop."""

    def start(self, on_frame: OnFrame) -> None:
        """Calls `on_frame(frame, captured_s)` for each picture from now on."""

    def take(self, count: int) -> Samples | None:
        """The next `count` samples, mono, 48 kHz; None where there are not as many yet."""

    def use(self, *, camera: bool, microphone: bool) -> None:
        """What is wanted at present; the rest may rest."""

    def choose(self, devices: DeviceNames) -> None:
        """Other devices from now on; what may rest rests on."""

    def play(self, samples: Samples) -> bool:
        """Sound of the other side, stereo in turns, 48 kHz; False where nobody plays it."""

    def stop(self) -> None:
        """The end."""


class SyntheticSource:
    """A pattern that moves, with a clock in it, and a tone; for tests, tours and measurements."""

    def __init__(self, width: int, height: int, frame_rate: int) -> None:
        self._height = height
        self._width = width
        self._period_s = 1 / frame_rate
        self._picture = _pattern(width, height)
        self._drawing: asyncio.Task[None] | None = None
        self._camera = True
        self._phase = 0

    def start(self, on_frame: OnFrame) -> None:
        """Draws at its frame rate from now on."""
        self._drawing = asyncio.ensure_future(self._draw(on_frame))

    def take(self, count: int) -> Samples | None:
        """A tone of 440 Hz at 15 dB below full scale."""
        places = np.arange(self._phase, self._phase + count)
        self._phase = (self._phase + count) % RATE
        wave = np.sin(places * (2 * np.pi * _TONE_HZ / RATE)) * _TONE_PEAK
        samples: Samples = wave.astype(np.int16)
        return samples

    def use(self, *, camera: bool, microphone: bool) -> None:
        """Without a camera it draws nothing."""
        self._camera = camera

    def choose(self, devices: DeviceNames) -> None:
        """It has none."""

    def play(self, samples: Samples) -> bool:
        """Nobody plays it."""
        return False

    def stop(self) -> None:
        """Draws no more."""
        if self._drawing is not None:
            self._drawing.cancel()

    async def _draw(self, on_frame: OnFrame) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        shift = 0
        while True:
            if self._camera:
                shift = (shift + _STEP) % self._width
                now = time.monotonic()
                on_frame(self._frame(shift, now), now)
            due = max(due + self._period_s, loop.time() - self._period_s)
            await asyncio.sleep(due - loop.time())

    def _frame(self, shift: int, now: float) -> VideoFrame:
        picture = np.full((self._height * 3 // 2, self._width), 128, np.uint8)
        picture[: self._height] = self._picture[:, shift : shift + self._width]
        draw_clock(picture[: self._height], now)
        return VideoFrame.from_ndarray(picture, format="yuv420p")


def _pattern(width: int, height: int) -> NDArray[np.uint8]:
    """Soft waves, twice as wide as the picture, so that a window can glide over them."""
    across = np.sin(np.arange(2 * width) * (2 * np.pi * 4 / width))
    down = np.cos(np.arange(height) * (2 * np.pi * 2 / height))
    waves: NDArray[np.uint8] = (128 + 80 * down[:, None] * across[None, :]).astype(np.uint8)
    return waves
