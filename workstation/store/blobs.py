"""Downloaded files of patients: encrypted, whole or absent, the least recently used go first."""

import asyncio
import contextlib
import hashlib
import logging
import os
import time
import uuid
from pathlib import Path
from typing import BinaryIO

from workstation.core.errors import BlobDamaged, StoreUnavailable
from workstation.store.blob_cipher import CHUNK_BYTES, BlobCipher, decrypted, new_header

logger = logging.getLogger(__name__)

ENDING = ".blob"
PART = ".part"
STALE_PART_S = 3600.0
"""A part that nobody has written to for so long belongs to a program that was killed."""


class BlobWriter:
    """Takes the bytes of one file; it exists for others once `commit` has returned."""

    def __init__(self, target: Path, key: bytes, file_id: str) -> None:
        self._target = target
        self._part = target.with_name(f"{uuid.uuid4().hex}{PART}")
        header = new_header()
        self._cipher = BlobCipher(key, file_id, header)
        self._pending = bytearray()
        try:
            self._file: BinaryIO = self._part.open("xb")
            self._file.write(header)
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    async def write(self, data: bytes) -> None:
        """The next bytes; raises StoreUnavailable."""
        self._pending += data
        if len(self._pending) > CHUNK_BYTES:
            await asyncio.to_thread(self._write_full_chunks)

    async def commit(self) -> None:
        """The file is complete; raises StoreUnavailable."""
        await asyncio.to_thread(self._commit)

    def discard(self) -> None:
        """Leaves nothing behind; without effect after `commit`."""
        self._file.close()
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _write_full_chunks(self) -> None:
        # One chunk stays back: only at the end is it known which is the last.
        try:
            while len(self._pending) > CHUNK_BYTES:
                chunk = bytes(self._pending[:CHUNK_BYTES])
                self._file.write(self._cipher.encrypt(chunk, is_last=False))
                del self._pending[:CHUNK_BYTES]
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def _commit(self) -> None:
        self._write_full_chunks()
        try:
            self._file.write(self._cipher.encrypt(bytes(self._pending), is_last=True))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._target)
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error


class Blobs:
    """A folder of encrypted files, at most `limit` bytes in all."""

    def __init__(self, folder: Path, key: bytes, limit: int) -> None:
        self._folder = folder
        self._key = key
        self._limit = limit

    async def open(self) -> None:
        """Makes the folder and removes what a killed program left; raises StoreUnavailable."""
        await asyncio.to_thread(self._open)

    def writer(self, file_id: str) -> BlobWriter:
        """Begins a file, new or instead of an older one; raises StoreUnavailable."""
        return BlobWriter(self._path(file_id), self._key, file_id)

    async def read(self, file_id: str) -> memoryview | None:
        """The file's bytes, None where it is not here.

        Raises BlobDamaged for one that was changed or cut off (it is removed), StoreUnavailable.
        """
        return await asyncio.to_thread(self._read, file_id)

    async def touch(self, file_id: str) -> bool:
        """Whether the file is here; it counts as used just now. Raises StoreUnavailable."""
        return await asyncio.to_thread(self._touch, file_id)

    async def make_room(self) -> None:
        """Removes the least recently used files above the limit."""
        await asyncio.to_thread(self._make_room)

    def _open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for part in self._folder.glob(f"*{PART}"):
                if time.time() - part.stat().st_mtime > STALE_PART_S:
                    part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def _read(self, file_id: str) -> memoryview | None:
        path = self._path(file_id)
        data = bytearray()
        try:
            with path.open("rb") as file:
                for chunk in decrypted(self._key, file_id, file):
                    data += chunk
            os.utime(path)  # used just now
        except FileNotFoundError:
            return None
        except BlobDamaged:
            logger.warning("cached file %s is damaged and removed", path.name)
            path.unlink(missing_ok=True)
            raise
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error
        return memoryview(data).toreadonly()

    def _touch(self, file_id: str) -> bool:
        try:
            os.utime(self._path(file_id))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error
        return True

    def _make_room(self) -> None:
        files = [(path.stat(), path) for path in self._folder.glob(f"*{ENDING}")]
        total = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda file: file[0].st_mtime_ns):
            if total <= self._limit:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size

    def _path(self, file_id: str) -> Path:
        """Ids come from the server: only their digest becomes a name."""
        return self._folder / (hashlib.sha256(file_id.encode()).hexdigest() + ENDING)
