"""What the decoder process does for a stack: opens its files, says where plain numbers lie."""

import numpy as np
import numpy.typing as npt

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.messages import OpenParts, StackOpened, WholePartsWanted
from workstation.studies.opened import SliceSource
from workstation.studies.stack_luts import laid_apart

Memory = npt.NDArray[np.uint8]


def open_spans(request: OpenParts, data: memoryview) -> SliceSource | WholePartsWanted:
    """Opens files that lie side by side, each perhaps with its beginning alone.

    Raises:
        UnreadableFile: none of them holds a slice.
    """
    from workstation.studies.readers.stack_file import PartData, PartsWanted, open_beginnings

    parts = [PartData(data[one.offset : one.offset + one.size], one.there) for one in request.parts]
    try:
        return open_beginnings(parts)
    except PartsWanted as wanted:
        return WholePartsWanted(wanted.parts)


def said_of(stack: SliceSource, block: Memory) -> StackOpened:
    """What there is, and where in the block."""
    info, luts = laid_apart(stack.info)
    return StackOpened(info, tuple(_place(one, block) for one in stack.plain_numbers()), luts)


def write_slice(stack: SliceSource, index: int, target: Memory) -> None:
    """Unpacks one slice into the memory that is given.

    Raises:
        UnreadableFile: it is damaged, or there is not room enough.
    """
    plane = stack.info.slices[index].plane
    size = 2 * plane.rows * plane.columns
    if target.size < size:
        raise UnreadableFile(Unreadable.DAMAGED)
    stack.write(index, target[:size].view(np.uint16).reshape(plane.rows, plane.columns))


def _place(numbers: memoryview | None, block: Memory) -> int | None:
    """Bytes before the numbers in the block; None where they lie elsewhere."""
    if numbers is None or not len(numbers):
        return None
    found = np.frombuffer(numbers, np.uint8)
    offset = _address(found) - _address(block)
    return offset if 0 <= offset <= block.size - found.size else None


def _address(array: Memory) -> int:
    return int(array.__array_interface__["data"][0])
