"""ICD-10 on this computer: the national directory where the server has one, else our own table."""

import asyncio
import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Protocol

from backend_client.models.icd10 import Icd10Directory, Icd10Version
from workstation.core.icd10 import Found, Icd10Index, Judgement, headings
from workstation.core.subscription import Event
from workstation.services.at_connection import at_each_connection
from workstation.services.link import LinkState


class Icd10Backend(Protocol):
    """What is asked of the server; both raise BackendError."""

    async def versions(self) -> list[Icd10Version]:
        """The newest first."""

    async def directory(self, version: str) -> Icd10Directory:
        """One of them whole."""


class KeptDirectory(Protocol):
    """Where it is kept for the next time; raises nothing."""

    async def keep(self, directory: Icd10Directory, as_of: datetime) -> None:
        """Keeps it in the place of the one before."""

    async def read(self) -> Icd10Directory | None:
        """The kept one."""


class Icd10Service:
    """Searches without the server, always: in the local copy, and until there is one in the
    program's own table. `changed` tells of another version in use."""

    def __init__(
        self,
        backend: Icd10Backend,
        kept: KeptDirectory,
        link: LinkState,
        now: Callable[[], datetime],
        own_table: Path,
        zone: tzinfo,
    ) -> None:
        """`now`: by the server's clock, aware; `own_table`: a CSV with «code» and «title_ru»;
        `zone`: in whose days a code is valid."""
        self.changed: Event[str] = Event()
        self._backend, self._kept, self._link, self._now = backend, kept, link, now
        self._own_table, self._zone = own_table, zone
        self._index = Icd10Index([])

    @property
    def version(self) -> str:
        """Of the national directory in use; "": it is the program's own table."""
        return self._index.version

    def search(self, typed: str) -> list[Found]:
        """What fits, the best first; of today. Takes a few milliseconds."""
        return self._index.search(typed, self.today())

    def judge(self, code: str) -> Judgement | None:
        """What the national directory says of a code today; None where there is none: the own
        table does not have all codes."""
        return self._index.judge(code, self.today()) if self.version else None

    def words(self) -> Iterator[str]:
        """Of all titles of what is in use, in small letters."""
        return self._index.words()

    def today(self) -> date:
        """By the server's clock."""
        return self._now().astimezone(self._zone).date()

    async def run(self) -> None:
        """Takes up what is kept, and keeps it new until cancelled."""
        kept = await self._kept.read()
        if kept is not None:
            await self._use(kept)
        else:
            self._index = await asyncio.to_thread(_own, self._own_table)
            self.changed.emit("")
        await at_each_connection(self._link, "ICD-10", self._renew)

    async def _renew(self) -> None:
        """The newest version that has begun; one that begins later waits for its day."""
        known = await self._backend.versions()
        begun = [one for one in known if one.valid_from <= self.today()] or known
        if begun and begun[0].version != self.version:
            directory = await self._backend.directory(begun[0].version)
            await self._use(directory)
            await self._kept.keep(directory, self._now())

    async def _use(self, directory: Icd10Directory) -> None:
        self._index = await asyncio.to_thread(Icd10Index.of, directory)
        self.changed.emit(self._index.version)


def _own(table: Path) -> Icd10Index:
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return Icd10Index(headings((row["code"], row["title_ru"]) for row in rows))
