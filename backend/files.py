"""Files of requests in a folder or in memory, by one door; S3 has the same door in obstore."""

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.store import LocalStore, MemoryStore, ObjectStore

from backend.settings import CannotStart

if TYPE_CHECKING:  # obstore has these types for the checker only
    from obstore import GetOptions, GetResult

CHUNK = 256 * 1024


class FileMissing(Exception):
    """The store has no such file."""


class Files:
    """Bytes by path; a path is made by the program, never from a name that somebody gave."""

    def __init__(self, url: str) -> None:
        self._store = _store(url)

    async def write(self, path: str, content: bytes) -> None:
        """Writes the whole file; a reader sees the old one or the new one."""
        await obstore.put_async(self._store, path, content)

    async def read(self, path: str) -> bytes:
        """The whole file; raises FileMissing."""
        try:
            result = await obstore.get_async(self._store, path)
        except FileNotFoundError as error:
            raise FileMissing(path) from error
        return bytes(await result.bytes_async())

    async def delete(self, path: str) -> None:
        """Deletes the file; nothing happens where there is none."""
        with contextlib.suppress(FileNotFoundError):
            await obstore.delete_async(self._store, path)

    async def sizes(self, folder: str) -> dict[str, int]:
        """Bytes of each file below the folder, by path."""
        found = await obstore.list(self._store, prefix=folder).collect_async()
        return {one["path"]: one["size"] for one in found}

    async def stream(self, path: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes from `start` up to and without `end`, in pieces; raises FileMissing at once."""
        try:
            options: GetOptions = {"range": (start, end)} if end else {}
            result = await obstore.get_async(self._store, path, options=options)
        except FileNotFoundError as error:
            raise FileMissing(path) from error
        return _pieces(result)


async def _pieces(result: "GetResult") -> AsyncIterator[bytes]:
    async for piece in result.stream(min_chunk_size=CHUNK):
        yield bytes(piece)


def _store(url: str) -> ObjectStore:
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryStore()
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return _folder(url2pathname(parts.path))
    raise CannotStart(f"an address of files is file:///folder or memory://, not {url!r}")


def _folder(path: str) -> LocalStore:
    try:
        return LocalStore(path, mkdir=True)
    except OSError as error:
        raise CannotStart(f"the folder of files {path} cannot be opened: {error}") from error
