"""Memory that two processes see: the window makes it, owns it and takes it away."""

import mmap
import os
import secrets
import sys
import weakref
from collections.abc import Callable, Iterable
from multiprocessing import resource_tracker
from typing import Final, Self

if sys.platform != "win32":
    # The standard library's own door to shm_open. `SharedMemory` above it is of no use here: in
    # Python 3.11 it registers a block in every process that looks at it, and it cannot be closed
    # while an array over it lives. A bare `mmap` ends with the last array, without a word.
    import _posixshmem  # type: ignore[import-not-found]  # no stubs in typeshed

_TRACKED_AS: Final = "shared_memory"
_PIECE: Final = 1024 * 1024


class SharedBlock:
    """A block of zeroed memory with a name by which another process of ours attaches to it.

    The memory itself lives as long as `memory` or an array over it is referenced. The name is
    taken away by `unlink()` in the process that made the block, at the latest when the block is
    forgotten or the process ends; where it is killed, by the standard library's resource tracker.
    """

    __slots__ = ("__weakref__", "_take_name", "memory", "name", "size")

    def __init__(self, name: str, size: int, memory: mmap.mmap, *, owned: bool) -> None:
        self.name = name
        self.size = size
        self.memory = memory
        self._take_name = weakref.finalize(self, _unlink, name) if owned else None

    @classmethod
    def create(cls, size: int) -> Self:
        """A new block of `size` bytes (above 0), really there: writing to it cannot fail.

        Takes about a millisecond for 2 MiB: call it in a thread.

        Raises:
            MemoryError: this computer has no room for it.
        """
        name = _new_name()
        if sys.platform == "win32":
            return cls(name, size, mmap.mmap(-1, size, tagname=name), owned=True)
        try:
            memory = _create_posix(name, size, lambda descriptor: _fill(descriptor, size))
            return cls(name, size, memory, owned=True)
        except OSError as error:
            raise MemoryError(f"no shared memory of {size} bytes") from error

    @classmethod
    def filled(cls, data: memoryview) -> Self:
        """A new block with these bytes, more than none.

        On Linux the system copies them: in half the time that it takes through a mapping, whose
        pages come one by one, and other threads go on meanwhile. 8 MB take about 4 ms.

        Raises:
            MemoryError: this computer has no room for it.
        """
        if sys.platform != "linux":
            block = cls.create(len(data))
            for start in range(0, len(data), _PIECE):
                block.memory[start : start + _PIECE] = data[start : start + _PIECE]
            return block
        name = _new_name()
        try:
            memory = _create_posix(name, len(data), lambda descriptor: _write(descriptor, 0, data))
        except OSError as error:
            raise MemoryError(f"no shared memory of {len(data)} bytes") from error
        return cls(name, len(data), memory, owned=True)

    @classmethod
    def create_empty(cls, size: int) -> Self:
        """A new block whose memory is taken bit by bit: `reserve` before anything is touched.

        Raises:
            MemoryError: this computer allows none.
        """
        if sys.platform == "win32":
            return cls.create(size)
        name = _new_name()
        try:
            memory = _create_posix(name, size, lambda descriptor: os.ftruncate(descriptor, size))
            return cls(name, size, memory, owned=True)
        except OSError as error:
            raise MemoryError(f"no shared memory of {size} bytes") from error

    def reserve(self, offset: int, size: int) -> None:
        """Takes the memory of a part of an empty block: writing and reading there cannot fail.

        Raises:
            MemoryError: this computer has no room for it.
        """
        if sys.platform != "linux":
            return
        try:
            descriptor = _posixshmem.shm_open(self.name, os.O_RDWR, mode=0o600)
            try:
                os.posix_fallocate(descriptor, offset, size)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise MemoryError(f"no shared memory of {size} bytes") from error

    def put(self, pieces: Iterable[tuple[int, memoryview]]) -> None:
        """Writes into an empty block, each piece from its offset on, and takes the memory for it.
        As `filled` where the system can.

        Raises:
            MemoryError: this computer has no room for it; some may have been written.
        """
        if sys.platform != "linux":
            for offset, data in pieces:
                self.memory[offset : offset + len(data)] = data
            return
        try:
            descriptor = _posixshmem.shm_open(self.name, os.O_RDWR, mode=0o600)
            try:
                for offset, data in pieces:
                    _write(descriptor, offset, data)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise MemoryError("no shared memory") from error

    @classmethod
    def attach(cls, name: str, size: int, *, writable: bool) -> Self:
        """The block that another process made.

        Raises:
            OSError: there is none of that name (any more).
            ValueError: it is smaller than `size`.
        """
        if sys.platform == "win32":
            access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
            return cls(name, size, mmap.mmap(-1, size, tagname=name, access=access), owned=False)
        flags, protection = (
            (os.O_RDWR, mmap.PROT_READ | mmap.PROT_WRITE)
            if writable
            else (os.O_RDONLY, mmap.PROT_READ)
        )
        descriptor = _posixshmem.shm_open(name, flags, mode=0o600)
        try:
            memory = mmap.mmap(descriptor, size, mmap.MAP_SHARED, protection)
        finally:
            os.close(descriptor)
        return cls(name, size, memory, owned=False)

    def unlink(self) -> None:
        """Takes the name away; who is attached keeps the memory. A second call does nothing."""
        if self._take_name is not None:
            self._take_name()


def _new_name() -> str:
    return f"/tmw-{os.getpid()}-{secrets.token_hex(6)}"  # macOS takes 31 characters


def _unlink(name: str) -> None:
    if sys.platform != "win32":
        _posixshmem.shm_unlink(name)
        resource_tracker.unregister(name, _TRACKED_AS)


def _create_posix(name: str, size: int, make_room: Callable[[int], None]) -> mmap.mmap:
    """`make_room` gives the open block its size."""
    descriptor = _posixshmem.shm_open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
    resource_tracker.register(name, _TRACKED_AS)
    try:
        make_room(descriptor)
        return mmap.mmap(descriptor, size, mmap.MAP_SHARED)
    except OSError:
        _unlink(name)
        raise
    finally:
        os.close(descriptor)


def _fill(descriptor: int, size: int) -> None:
    """Sizes the block; on Linux its pages are taken now, else a full /dev/shm is a SIGBUS later."""
    if sys.platform == "linux":
        os.posix_fallocate(descriptor, 0, size)
    else:
        os.ftruncate(descriptor, size)


def _write(descriptor: int, offset: int, data: memoryview) -> None:
    """Takes the pages as it goes; raises OSError where there are no more."""
    place = 0
    while place < len(data):
        place += os.pwrite(descriptor, data[place:], offset + place)
