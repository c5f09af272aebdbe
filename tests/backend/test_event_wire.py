"""Events between processes: one server's changes reach another's subscribers, in commit order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text
from websockets.asyncio.client import ClientConnection

from backend.audit.log import AuditLog, Written
from backend.changes import Changes
from backend.database import Database
from backend.settings import Clock, Settings
from backend_client.models.events import RequestChanged
from tests.backend.clinic import (
    REQUEST,
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    id_of,
    write_catalogues,
)
from tests.backend.live import changed, hello, live, subscribed
from tests.backend.waiting import somebody_waits

ONE, TWO = id_of("20-0001"), id_of("20-0002")
REQUESTS = (REQUEST, replace(REQUEST, number="20-0002"))


class HeldAudit(AuditLog):
    """Of transactions that wait in front of their commit until they may go on."""

    def __init__(self, database: Database, now: Clock) -> None:
        super().__init__(database, now)
        self.numbered = asyncio.Event()
        self.may_go_on = asyncio.Event()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Written]:
        """As always, and held when everything but the audit's own entry is done."""
        async with super().write() as written:
            yield written
            self.numbered.set()
            await self.may_go_on.wait()


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> ClinicMaker:
    """Servers on one PostgreSQL."""
    settings = Settings(
        database_url=postgres_url,
        files_url=f"file://{tmp_path}/files",
        demo=True,
        catalogues=write_catalogues(tmp_path / "catalogues"),
        password_memory_kib=32,
    )
    return ClinicMaker(settings, SetClock())


@dataclass(frozen=True)
class Pair:
    """Two servers, and a subscriber of the second; on SQLite there is one, which is both."""

    here: Clinic
    there: Clinic
    caller: Caller
    stream: ClientConnection


@asynccontextmanager
async def pair(clinics: ClinicMaker) -> AsyncIterator[Pair]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(clinics.open(*REQUESTS))
        there = here
        if here.parts.database.is_shared:
            there = await stack.enter_async_context(clinics.open(*REQUESTS))
        address = await stack.enter_async_context(live(there.app))
        caller = await here.caller()
        stream = await stack.enter_async_context(subscribed(address, caller.headers))
        await hello(stream)
        yield Pair(here, there, caller, stream)


async def claim(caller: Caller, request_id: str) -> None:
    assert (await caller.post(f"/requests/{request_id}/claim")).is_success


async def test_change_here_is_told_there(shared: ClinicMaker) -> None:
    async with pair(shared) as two:
        await claim(two.caller, ONE)
        told = await changed(two.stream)
    assert told.request_id == ONE
    assert told.row is not None
    assert told.row.version == 2


async def test_line_that_breaks_is_opened_anew_and_nothing_is_missed(shared: ClinicMaker) -> None:
    async with pair(shared) as two:
        async with two.here.parts.database.write() as connection:
            listeners = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            mine = " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            killed = (await connection.execute(text(listeners + mine))).scalar_one()
        await claim(two.caller, ONE)
        await claim(two.caller, TWO)
        told = [await changed(two.stream), await changed(two.stream)]
    assert killed == 2
    assert [message.request_id for message in told] == [ONE, TWO]
    assert told[1].prev == told[0].seq


async def test_numbers_are_given_in_the_order_of_the_commits(shared: ClinicMaker) -> None:
    """The transaction that began first is committed last: nobody sees a gap."""
    async with pair(shared) as two:
        first, second = two.here.parts.changes, two.there.parts.changes
        async with first.change("cardio") as slow:
            slow.touch(ONE)
            async with second.change("cardio") as quick:
                quick.touch(TWO)
            early = await changed(two.stream)
        late = await changed(two.stream)
    assert [early.request_id, late.request_id] == [TWO, ONE]
    assert (late.prev, late.seq) == (early.seq, early.seq + 1)


async def test_number_that_is_taken_and_not_yet_committed_holds_the_next_one_back(
    clinics: ClinicMaker,
) -> None:
    """Whoever is quicker to its commit waits for it, in this process and in another."""
    async with pair(clinics) as two:
        parts = two.here.parts
        audit = HeldAudit(parts.database, clinics.clock)
        held = Changes(parts.database, audit, parts.hub, 100, clinics.clock)
        async with audit.kept(), asyncio.timeout(30):
            first = asyncio.create_task(_touch(held, ONE))
            await audit.numbered.wait()
            second = asyncio.create_task(_touch(two.there.parts.changes, TWO))
            await _until_it_waits(parts.database)
            early = second.done()
            audit.may_go_on.set()
            told = [await changed(two.stream), await changed(two.stream)]
            await asyncio.gather(first, second)
    assert not early
    assert [message.request_id for message in told] == [ONE, TWO]
    assert told[0].seq == told[0].prev + 1
    assert (told[1].prev, told[1].seq) == (told[0].seq, told[0].seq + 1)


async def _touch(changes: Changes, request_id: str) -> None:
    async with changes.change("cardio") as change:
        change.touch(request_id)


async def _until_it_waits(database: Database) -> None:
    """Somebody waits for the row with the numbers; a second writer of SQLite waits by its first
    step, within the process."""
    await asyncio.sleep(0)
    await somebody_waits(database)


async def test_number_of_an_undone_transaction_is_given_again(shared: ClinicMaker) -> None:
    async with pair(shared) as two:
        with pytest.raises(ZeroDivisionError):
            await _change_and_fail(two.here)
        await claim(two.caller, ONE)
        await claim(two.caller, TWO)
        told: list[RequestChanged] = [await changed(two.stream), await changed(two.stream)]
    assert told[0].seq == told[0].prev + 1
    assert told[1].prev == told[0].seq


async def _change_and_fail(clinic: Clinic) -> None:
    async with clinic.parts.changes.change("cardio") as change:
        change.touch(ONE)
        raise ZeroDivisionError


async def test_servers_that_start_together_agree(shared: ClinicMaker) -> None:
    """On one token key, one set of centres, one demonstration."""
    async with AsyncExitStack() as stack:
        starts = (stack.enter_async_context(shared.open(*REQUESTS)) for _ in range(3))
        clinics = await asyncio.gather(*starts)
        caller = await clinics[0].caller()
        for clinic in clinics:
            known = Caller(clinic.client, caller.headers["Authorization"].removeprefix("Bearer "))
            assert len((await known.page()).items) == 2
