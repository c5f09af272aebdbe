"""The server's own rows of a day: read from its database, past every part of the program."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from backend.conclusions.signatures import NoSignatureChecker
from backend.demo_data.build import build
from backend.demo_data.load import load_demo
from backend.demo_data.rows import demo_id
from backend.demo_data.shape import DemoRequest
from backend.demo_data.source import project_demo
from backend.demo_data.staff import CARDIO
from backend.parts import open_parts
from backend.settings import CATALOGUES, Settings, utc_now
from backend_client.models.calls import CallState
from backend_client.models.conclusions import ConclusionState
from backend_client.models.requests import RequestStatus
from backend_client.models.routes import Route
from tests.journeys.day_plan import End, Planned, written_case

DATABASE = "backend.sqlite"


def load_morning(folder: Path, day: Sequence[Planned], rules: Path = CATALOGUES) -> None:
    """What a demo server that starts in the folder finds: these requests in place of its own.
    `rules`: the catalogues that it is started with."""
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_load(folder, day, rules))


async def _load(folder: Path, day: Sequence[Planned], rules: Path) -> None:
    address, files = f"sqlite:///{folder / DATABASE}", (folder / "files").as_uri()
    settings = Settings(address, files, demo=True, catalogues=rules)

    def requests(now: object) -> list[DemoRequest]:
        moment = utc_now()
        return [build(written_case(one, n), CARDIO, moment) for n, one in enumerate(day)]

    demo = replace(project_demo(settings.catalogues), requests=requests)
    async with open_parts(settings, utc_now, NoSignatureChecker()) as parts:
        await load_demo(parts, demo)


@dataclass(frozen=True, slots=True)
class DayRows:
    """A server's database, read while the server runs."""

    path: Path

    def newest_line(self) -> int:
        """Number of the newest line of all histories."""
        return int(str(self._all("select coalesce(max(id), 0) from history")[0][0]))

    def end_of(self, planned: Planned, morning: int) -> End:
        """What is kept of the case; `morning`: the newest line of history before the day."""
        case = demo_id("request", planned.number)
        columns = "status, version, owner_id, outcome_code, outcome_note, asked_documents, route"
        (row,) = self._all(f"select {columns} from requests where id = ?", case)
        status, version, owner, code, note, asked, route = row
        lines = "select text from history where request_id = ? and id > ? order by id"
        messages = "select text from messages where request_id = ? order by number"
        calls = "select state from calls where request_id = ? order by attempt"
        slots = "select starts_at from slots where request_id = ? and is_held"
        kept = "select state, form from conclusions where request_id = ?"
        conclusions = self._all(kept, case)
        form = (
            msgspec.json.decode(str(conclusions[0][1]), type=dict[str, object])
            if conclusions
            else {}
        )
        return End(
            status=RequestStatus(str(status)),
            version=int(str(version)),
            owner=self._login(owner),
            code=str(code),
            note=str(note),
            asked=tuple(str(asked).split()),
            history=self._texts(lines, case, morning),
            route=Route(str(route)),
            messages=self._texts(messages, case),
            slots=len(self._all(slots, case)),
            calls=tuple(CallState(one) for one in self._texts(calls, case)),
            conclusion=ConclusionState(str(conclusions[0][0])) if conclusions else None,
            written=str(form.get("findings", "")),
        )

    def held_times(self) -> list[str]:
        """All times that are held for patients."""
        return list(self._texts("select starts_at from slots where is_held"))

    def _login(self, owner: object) -> str | None:
        if owner is None:
            return None
        return self._texts("select login from accounts where id = ?", str(owner))[0]

    def _texts(self, question: str, *values: object) -> tuple[str, ...]:
        return tuple(str(row[0]) for row in self._all(question, *values))

    def _all(self, question: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path, timeout=20)) as database:
            return list(database.execute(question, values))
