"""The window's end of a stream of pictures: it owns the memory and looks at what is offered."""

from typing import Final

from workstation.core.call_media import CallFrame
from workstation.core.shared_memory import SharedBlock
from workstation.media.messages import FrameReady, Room

_SLOTS: Final = 3
_PIXEL: Final = 4


class FrameRoom:
    """Shared memory for three pictures of at most `pixels` pixels. Made in a thread: it is big."""

    def __init__(self, pixels: int) -> None:
        self._slot_size = pixels * _PIXEL
        self._block = SharedBlock.create(self._slot_size * _SLOTS)
        self._memory = memoryview(self._block.memory).toreadonly()
        self._shown: int | None = None

    @property
    def room(self) -> Room:
        """What the process has to know of it."""
        return Room(self._block.name, self._block.size, _SLOTS)

    def look(self, ready: FrameReady) -> CallFrame:
        """The picture that is offered.

        Raises:
            ValueError: the process offers what cannot be.
        """
        size = ready.width * ready.height * _PIXEL
        is_possible = ready.width > 0 and ready.height > 0 and size <= self._slot_size
        if not is_possible or not 0 <= ready.slot < _SLOTS or ready.slot == self._shown:
            raise ValueError("no such picture")
        start = ready.slot * self._slot_size
        pixels = self._memory[start : start + size]
        return CallFrame(pixels, ready.width, ready.height, ready.count, ready.captured_s)

    def change_to(self, ready: FrameReady) -> int | None:
        """It is shown now; the slot that is free thereby."""
        freed, self._shown = self._shown, ready.slot
        return freed

    def close(self) -> None:
        """Takes the memory's name away; pictures that are still held stay."""
        self._block.unlink()
