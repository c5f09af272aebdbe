"""Files of requests in a folder or in S3, by one door: written whole, read by ranges."""

import asyncio
import contextlib
import glob
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from backend.settings import CannotStart, S3Keys
from backend.stores import open_store

if TYPE_CHECKING:  # obstore has these types for the checker only
    from obstore import Attributes, ObjectMeta

CHUNK = 1024 * 1024
"""Bytes read at once: a slow reader holds no call to S3 open."""
PART = 5 * 1024 * 1024
"""Bytes of one part of what is written in pieces: S3 takes no smaller ones, and 10,000 of them."""
PARTS_AT_ONCE = 2
LISTED = 5_000
"""Files of a listing that are in memory at once."""
ATTEMPT = re.compile(r".+#[0-9]+")
"""Name of what obstore writes in a folder until it is whole."""


class FileMissing(Exception):
    """The store has no such file."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the store."""

    path: str
    written_at: datetime
    """As the store's own clock has it."""


class Files:
    """Bytes by path; a path is made by the program, never from a name that somebody gave."""

    def __init__(self, url: str, keys: S3Keys | None = None) -> None:
        self._store = open_store(url, keys)

    async def check(self) -> None:
        """Raises CannotStart where the store does not answer."""
        try:
            await obstore.list(self._store, prefix="nothing", chunk_size=1).collect_async()
        except (BaseError, OSError) as error:
            first = str(error).partition("\n")[0]
            raise CannotStart(f"the store of files does not answer: {first}") from error

    async def write(self, path: str, content: bytes | bytearray) -> None:
        """Writes the whole file; a reader sees the old one or the new one."""
        await obstore.put_async(self._store, path, content, attributes=self._guarded())

    async def write_pieces(self, path: str, pieces: AsyncIterator[bytes]) -> None:
        """As `write`, little of it in memory; where the pieces raise, nothing is written."""
        await obstore.put_async(
            self._store,
            path,
            pieces,
            attributes=self._guarded(),
            use_multipart=True,
            chunk_size=PART,
            max_concurrency=PARTS_AT_ONCE,
        )

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

    async def delete_below(self, folder: str) -> None:
        """Deletes every file below the folder, and what killed processes left there."""
        for path in await self.sizes(folder):
            await self.delete(path)
        root = self._root()
        if root is not None:
            await asyncio.to_thread(shutil.rmtree, root / folder, ignore_errors=True)

    async def clear_attempts(self, path: str) -> None:
        """Deletes what killed processes left of writing this file; nobody may be writing it.

        obstore keeps it beside the file in a folder (`name#1`); S3 shows nothing of it.
        """
        root = self._root()
        if root is not None:
            await asyncio.to_thread(_delete_attempts, root / path)

    async def sizes(self, folder: str) -> dict[str, int]:
        """Bytes of each file below the folder, by path."""
        found = await obstore.list(self._store, prefix=folder).collect_async()
        return {one["path"]: one["size"] for one in found}

    async def after(self, path: str, folder: str, most: int) -> list[KeptFile]:
        """The first files below the folder behind this path, in the order of their paths."""
        # S3 lists in this order, and from any place on; a folder is listed whole, in any order.
        is_ordered = isinstance(self._store, S3Store)
        offset = path if is_ordered else None
        first: list[KeptFile] = []
        async for batch in obstore.list(self._store, folder, offset=offset, chunk_size=LISTED):
            behind = [_kept(one) for one in batch if one["path"] > path]
            first = sorted([*first, *behind], key=attrgetter("path"))[:most]
            if is_ordered and len(first) == most:
                break
        return first

    async def clear_old_attempts(self, folder: str, before: datetime) -> None:
        """As `clear_attempts`, of every file below the folder; younger ones may be going on."""
        root = self._root()
        if root is not None:
            await asyncio.to_thread(_delete_old_attempts, root / folder, before.timestamp())

    async def stream(self, path: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes from `start` up to and without `end`, in pieces; raises FileMissing at once."""
        try:
            await obstore.head_async(self._store, path)
        except FileNotFoundError as error:
            raise FileMissing(path) from error
        return self._pieces(path, start, end)

    async def _pieces(self, path: str, start: int, end: int) -> AsyncIterator[bytes]:
        for place in range(start, end, CHUNK):
            try:
                piece = await obstore.get_range_async(
                    self._store, path, start=place, end=min(place + CHUNK, end)
                )
            except FileNotFoundError as error:  # deleted while it was being read
                raise FileMissing(path) from error
            yield bytes(piece)

    async def link(self, path: str, seconds: int) -> str | None:
        """An address that gives the file to whoever has it; None: the store makes none."""
        if not isinstance(self._store, S3Store):
            return None
        return await obstore.sign_async(self._store, "GET", path, timedelta(seconds=seconds))

    def _root(self) -> Path | None:
        return self._store.prefix if isinstance(self._store, LocalStore) else None

    def _guarded(self) -> "Attributes | None":
        """What patients send is hostile until shown otherwise: S3 too gives it out as bytes."""
        if not isinstance(self._store, S3Store):
            return None
        return {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}


def _kept(one: "ObjectMeta") -> KeptFile:
    return KeptFile(one["path"], one["last_modified"])


def _delete_attempts(file: Path) -> None:
    for left in file.parent.glob(glob.escape(file.name) + "#*"):
        left.unlink(missing_ok=True)


def _delete_old_attempts(folder: Path, before: float) -> None:
    for left in folder.rglob("*#*"):
        with contextlib.suppress(FileNotFoundError):  # it has become whole by now
            if ATTEMPT.fullmatch(left.name) and left.stat().st_mtime < before:
                left.unlink()
