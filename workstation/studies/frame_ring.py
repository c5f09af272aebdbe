"""A few frames' worth of shared memory: filled ahead by the decoder, emptied by the viewer."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from workstation.core.shared_memory import SharedBlock
from workstation.studies.conversation import Job
from workstation.studies.imaging import Frame
from workstation.studies.messages import Block

_BYTES: Final = 64 * 1024 * 1024
_MOST_BYTES: Final = 256 * 1024 * 1024
_FEWEST: Final = 12
_MOST: Final = 16
_PAGE: Final = 4096


@dataclass(slots=True, eq=False)
class Slot:
    """Room for one frame: free, being drawn (`job` not done), drawn, or held by viewers."""

    place: int
    index: int | None = None
    job: Job | None = None
    holds: int = 0
    used: int = 0

    @property
    def being_drawn(self) -> bool:
        """Whether the decoder writes into it, or has been told to."""
        return self.job is not None and self.job.sent and not self.job.answer.done()

    def has(self, index: int) -> bool:
        """Whether that frame is here or on its way."""
        return self.index == index and not (self.job is not None and self.job.failed)


def slot_count(width: int, height: int, frames: int) -> int:
    """12 to 16 for clips of usual sizes, fewer for huge ones; no more than there are frames."""
    size = _slot_size(width, height)
    usual = min(max(_BYTES // size, _FEWEST), _MOST)
    return min(frames, usual, max(_MOST_BYTES // size, 2))


def ring_size(width: int, height: int, slots: int) -> int:
    """Bytes of the block."""
    return slots * _slot_size(width, height)


class FrameRing:
    """Which frame lies where, and which room may be taken for another.

    `block` is an empty one (`SharedBlock.create_empty`) of `ring_size` bytes, whose memory is taken
    frame by frame: `reserve_next` takes that of one more, in a thread, and `open_next` has it used.
    So the first frame waits for its own room alone, and the second one not for all the others.
    """

    def __init__(self, block: SharedBlock, width: int, height: int, slots: int) -> None:
        self.block = block
        self._open = 0
        self._shape = (height, width, 4)
        self._slot_size = _slot_size(width, height)
        self._slots = [Slot(place) for place in range(slots)]
        self._clock = 0

    @classmethod
    def made(cls, width: int, height: int, slots: int) -> Self:
        """A ring in a block of its own, with room for the first frame. Raises MemoryError."""
        block = SharedBlock.create_empty(ring_size(width, height, slots))
        ring = cls(block, width, height, slots)
        try:
            ring.reserve_next()
        except MemoryError:
            block.unlink()
            raise
        ring.open_next()
        return ring

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def is_whole(self) -> bool:
        """Whether all room may be used."""
        return self._open == len(self)

    def reserve_next(self) -> None:
        """Takes room for one more frame. Raises MemoryError."""
        self.block.reserve(self._open * self._slot_size, self._slot_size)

    def open_next(self) -> None:
        """What was reserved may be used from now on."""
        self._open += 1

    def find(self, index: int) -> Slot | None:
        """The slot with that frame, drawn or to be drawn."""
        found = next((slot for slot in self._slots if slot.has(index)), None)
        if found is not None:
            self._touch(found)
        return found

    def take(self, index: int, keep: Collection[int] = ()) -> Slot | None:
        """A slot for that frame: a free one, else the one that was used longest ago.

        Frames that are held, being drawn or in `keep` stay; None where all do.
        """
        free = [slot for slot in self._slots[: self._open] if self._may_go(slot, keep)]
        if not free:
            return None
        slot = min(free, key=lambda slot: (slot.index is not None, slot.used))
        if slot.job is not None:
            slot.job.answer.cancel()
        slot.index, slot.job = index, None
        self._touch(slot)
        return slot

    def target(self, slot: Slot) -> Block:
        """Where the decoder is to draw."""
        offset = slot.place * self._slot_size
        return Block(self.block.name, self.block.size, offset, kept=True)

    def frame(self, slot: Slot, on_release: Callable[[], None]) -> Frame:
        """What was drawn. The caller has counted it as held; its release counts back."""
        height, width, _ = self._shape
        pixels = np.frombuffer(
            self.block.memory, np.uint8, height * width * 4, slot.place * self._slot_size
        ).reshape(self._shape)
        pixels.flags.writeable = False
        assert slot.index is not None
        return Frame(pixels, slot.index, on_release)

    def _may_go(self, slot: Slot, keep: Collection[int]) -> bool:
        return not slot.holds and not slot.being_drawn and slot.index not in keep

    def _touch(self, slot: Slot) -> None:
        self._clock += 1
        slot.used = self._clock


def _slot_size(width: int, height: int) -> int:
    return -(-width * height * 4 // _PAGE) * _PAGE
