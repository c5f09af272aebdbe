"""Memory for files, frames and samples: where there is none, the file says so."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from workstation.core.shared_memory import SharedBlock
from workstation.studies.errors import Unreadable, UnreadableFile


@contextmanager
def room_or_refusal() -> Iterator[None]:
    """A lack of memory within becomes the file's.

    Raises:
        UnreadableFile: there is no room.
    """
    try:
        yield
    except MemoryError as error:
        raise UnreadableFile(Unreadable.OUT_OF_MEMORY) from error


async def shared_block(size: int) -> SharedBlock:
    """New shared memory, made in a thread.

    Raises:
        UnreadableFile: there is no room.
    """
    with room_or_refusal():
        return await asyncio.to_thread(SharedBlock.create, size)
