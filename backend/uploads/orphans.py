"""Deletes finished files that belong to nothing: a patient's data shall not stay by accident.

A process that is killed between a deletion's commit and the deletion itself leaves one, and one
that puts a file together while another process is told to give it up.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.files import Files
from backend.settings import Clock, utc_now
from backend.tables import documents, requests, uploads
from backend.uploads.records import FINISHED, ids_of

log = logging.getLogger(__name__)

LEFT_ALONE = timedelta(days=1)
"""For how long, whatever the rows say: clocks differ, S3 dates a file by its writing's start."""
AT_ONCE = 1_000
"""Files that are looked up by one statement."""
A_ROUND = 10_000
"""Files that one round looks at: of a large store each round takes the next ones."""


@dataclass(slots=True)
class Orphans:
    """Goes round through the finished files."""

    database: Database
    files: Files
    now: Clock = utc_now
    """Real time: the store's clock is not set by anybody here."""
    a_round: int = A_ROUND
    place: str = ""
    """Path of the last file that was looked at."""

    async def forget_old(self) -> None:
        """One round: files without a row that are a day old are deleted."""
        before = self.now() - LEFT_ALONE
        found = await self.files.after(self.place, FINISHED, self.a_round)
        old = [one.path for one in found if one.written_at < before]
        for start in range(0, len(old), AT_ONCE):
            await self._delete(old[start : start + AT_ONCE])
        self.place = found[-1].path if len(found) == self.a_round else ""
        await self.files.clear_old_attempts(FINISHED, before)

    async def _delete(self, old: Sequence[str]) -> None:
        orphans = await self._orphans(old)
        for path in orphans:
            await self.files.delete(path)
        if orphans:
            log.warning("%d files that belonged to no document were deleted", len(orphans))

    async def _orphans(self, paths: Sequence[str]) -> list[str]:
        """Of requests that this database knows: a store that is another's is not emptied."""
        places = [(path, *ids) for path in paths if (ids := ids_of(path)) is not None]
        if not places:
            return []
        # One transaction; uploads first, so that one which becomes a document is seen as either.
        async with self.database.read() as connection:
            kept = await _known(connection, uploads.c.id, [one for _, _, one in places])
            kept |= await _known(connection, documents.c.id, [one for _, _, one in places])
            ours = await _known(connection, requests.c.id, [one for _, one, _ in places])
        return [path for path, request, file in places if request in ours and file not in kept]


async def _known(connection: AsyncConnection, column: Column[str], ids: Sequence[str]) -> set[str]:
    found = await connection.execute(select(column).where(column.in_(set(ids))))
    return set(found.scalars())
