"""Pictures through shared memory: the newest wins, and a busy window is never flooded.

Three slots: one that the window shows, one that is offered to it, one that waits. While an offer
is open the waiting picture is overwritten by newer ones; it is offered when the window has taken
the last. So at most one message a stream is on its way, and after a pause the window is one
picture behind for a moment only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from av import VideoFrame

from workstation.core.shared_memory import SharedBlock
from workstation.media.messages import Room
from workstation.media.scaler import Scaler

Offer = Callable[["ReadyFrame"], None]
_PIXEL: Final = 4


@dataclass(frozen=True, slots=True)
class ReadyFrame:
    """What lies in a slot."""

    slot: int
    width: int
    height: int
    count: int
    captured_s: float


class RingWriter:
    """The media process's end of a stream of pictures."""

    def __init__(self, room: Room, offer: Offer) -> None:
        self._block = SharedBlock.attach(room.block, room.size, writable=True)
        self._slot_size = room.size // room.slots
        self._free = list(range(room.slots))
        self._offer = offer
        self._scaler = Scaler()
        self._waiting: ReadyFrame | None = None
        self._is_open = False
        self._count = 0
        self.shown = 0

    def write(self, frame: VideoFrame, captured_s: float) -> None:
        """Puts a picture in, smaller where it would not fit; left out where no slot is free."""
        self._count += 1
        if self._waiting is not None:
            slot = self._waiting.slot
        elif self._free:
            slot = self._free.pop()
        else:
            return
        width, height = _fitting(frame.width, frame.height, self._slot_size // _PIXEL)
        self._draw(self._scaler.converted(frame, width, height, "bgra"), slot)
        self._waiting = ReadyFrame(slot, width, height, self._count, captured_s)
        self._offer_waiting()

    def taken(self, freed: int | None) -> None:
        """The window has taken what was offered, and needs the slot before that no more."""
        self._is_open = False
        if freed is not None:
            self._free.append(freed)
        self._offer_waiting()

    def _offer_waiting(self) -> None:
        if self._waiting is None or self._is_open:
            return
        ready, self._waiting = self._waiting, None
        self._is_open = True
        self.shown += 1
        self._offer(ready)

    def _draw(self, frame: VideoFrame, slot: int) -> None:
        pixels = frame.to_ndarray()
        start = slot * self._slot_size
        target = np.frombuffer(self._block.memory, np.uint8, pixels.size, start)
        target.reshape(pixels.shape)[:] = pixels


def _fitting(width: int, height: int, pixels: int) -> tuple[int, int]:
    """The size itself, or one of the same shape with no more than `pixels` pixels."""
    if width * height <= pixels:
        return width, height
    scale = (pixels / (width * height)) ** 0.5
    narrow = max(2, int(width * scale) // 2 * 2)
    return narrow, max(1, min(int(height * scale), pixels // narrow))
