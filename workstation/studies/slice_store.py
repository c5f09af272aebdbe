"""Room for the numbers of unpacked slices: all of them, or those nearest to the one looked at."""

from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.messages import Block

MOST_BYTES: Final = 320 * 1024 * 1024
"""500 slices of 512 x 512 are 250 MiB; of more, the farthest make place."""
_PAGE: Final = 4096

Numbers = npt.NDArray[np.uint16]
"""16 bits for each pixel, as `GreyNumbers` says: rows x columns, not to be changed."""


def slot_size(byte_count: int) -> int:
    """Bytes that one slice takes in the store."""
    return -(-byte_count // _PAGE) * _PAGE


def slot_count(largest: int, slices: int, most_bytes: int = MOST_BYTES) -> int:
    """Slots for so many slices, the largest of `largest` bytes; three at least."""
    return min(slices, max(3, most_bytes // slot_size(largest)))


class SliceStore:
    """Which slice lies in which slot. A slot that is being written to is not given away.

    `block` is an empty one: a slot's memory is taken when the first slice comes into it.
    """

    def __init__(self, block: SharedBlock, largest: int, slots: int) -> None:
        self.block = block
        self.slots = slots
        self._slot_size = slot_size(largest)
        self._free = list(range(slots))[::-1]
        self._untouched = set(self._free)
        self._slots: dict[int, int] = {}
        self._written: set[int] = set()

    def __contains__(self, index: int) -> bool:
        """Whether a slice's numbers are there."""
        return index in self._written

    def __len__(self) -> int:
        """Slices that are there."""
        return len(self._written)

    def numbers(self, index: int, rows: int, columns: int) -> Numbers | None:
        """A slice that is there; valid until the next `take`."""
        if index not in self._written:
            return None
        offset = self._slots[index] * self._slot_size
        found = np.frombuffer(self.block.memory, np.uint16, rows * columns, offset)
        found.flags.writeable = False
        return found.reshape(rows, columns)

    def take(self, index: int, centre: int, *, urgent: bool) -> Block | None:
        """Where a slice is to be written; None where nothing farther from `centre` may go.

        What is urgent takes the place of the farthest in any case.

        Raises:
            MemoryError: this computer has no room for a further slot.
        """
        slot = self._slots.get(index)
        if slot is None:
            slot = self._free.pop() if self._free else self._taken(index, centre, urgent=urgent)
        if slot is None:
            return None
        self._reserve(slot)
        self._slots[index] = slot
        self._written.discard(index)
        return Block(self.block.name, self.block.size, slot * self._slot_size, kept=True)

    @property
    def held_bytes(self) -> int:
        """Memory that was taken by now."""
        return (self.slots - len(self._untouched)) * self._slot_size

    def written(self, index: int) -> None:
        """The decoder has written it."""
        self._written.add(index)

    def give_back(self, index: int) -> None:
        """It did not come."""
        if index not in self._written and index in self._slots:
            self._free.append(self._slots.pop(index))

    def _reserve(self, slot: int) -> None:
        if slot not in self._untouched:
            return
        try:
            self.block.reserve(slot * self._slot_size, self._slot_size)
        except MemoryError:
            self._free.append(slot)
            raise
        self._untouched.discard(slot)

    def _taken(self, index: int, centre: int, *, urgent: bool) -> int | None:
        """The slot of the slice that is farthest from what is looked at."""
        may_go = [one for one in self._written if one != centre]
        if not may_go:
            return None
        farthest = max(may_go, key=lambda one: abs(one - centre))
        if not urgent and abs(farthest - centre) <= abs(index - centre):
            return None
        self._written.discard(farthest)
        return self._slots.pop(farthest)
