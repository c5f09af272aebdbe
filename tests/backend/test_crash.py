"""`kill -9` in the middle of the work: start again, nothing lost, nothing half done."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import delete, func, select, text

from backend.audit.verify import verify
from backend.database import Database
from backend.demo_data.load import LOADED
from backend.tables import (
    audit_entries,
    centres,
    events,
    facts,
    history,
    idempotency_keys,
    requests,
)
from backend_client.models.accounts import SignedIn, SignIn
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import PASSWORD, REQUEST, Caller, ClinicMaker, id_of, read
from tests.backend.server_process import ServerProcess, command, serving
from tests.backend.test_migration_crash import START_SECONDS, until_written
from tests.backend.waiting import somebody_waits

CASES = [f"{number:02}" for number in range(40)]
ACKNOWLEDGED_BEFORE_THE_KILL = 15
ACTION = "claim_request"
PARTS = {"claimed": 1, "event": 1, "history": 1, "audit": 1, "key": 1}
"""What a claim leaves behind: all of it or nothing."""
BEFORE_COMMIT, IN_COMMIT = "before the commit", "in the commit"
LOCK = text("SELECT pg_advisory_xact_lock(4242)")
WAIT = (
    "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN PERFORM pg_advisory_xact_lock(4242); RETURN NULL; END $$"
)
HOLDING = {
    # The audit's entry is the last statement of the transaction.
    BEFORE_COMMIT: (
        WAIT,
        "CREATE TRIGGER held AFTER INSERT ON audit_entries FOR EACH ROW"
        f" WHEN (NEW.action = '{ACTION}') EXECUTE FUNCTION held()",
    ),
    # What is deferred is done by COMMIT itself.
    IN_COMMIT: (
        WAIT,
        "CREATE CONSTRAINT TRIGGER held AFTER INSERT ON audit_entries DEFERRABLE INITIALLY"
        f" DEFERRED FOR EACH ROW WHEN (NEW.action = '{ACTION}') EXECUTE FUNCTION held()",
    ),
    # Counts for as long as it lives.
    "sqlite": (
        "CREATE VIEW endless AS WITH RECURSIVE numbers(number) AS"
        " (SELECT 1 UNION ALL SELECT number + 1 FROM numbers) SELECT number FROM numbers",
        "CREATE TRIGGER held AFTER INSERT ON audit_entries"
        f" WHEN NEW.action = '{ACTION}' BEGIN SELECT count(*) FROM endless; END",
    ),
}
LETTING_GO = {
    True: ("DROP TRIGGER held ON audit_entries", "DROP FUNCTION held"),
    False: ("DROP TRIGGER held", "DROP VIEW endless"),
}
"""Of a database that several share (PostgreSQL), and of SQLite."""


async def prepare(clinics: ClinicMaker) -> None:
    """A database as after the demonstration, which the process takes for a real one."""
    cases = [replace(REQUEST, number=number) for number in CASES]
    async with clinics.open(*cases) as clinic, clinic.parts.database.write() as connection:
        await connection.execute(delete(facts).where(facts.c.name == LOADED))


async def claim(caller: Caller, number: str) -> RequestCard:
    headers = {"Idempotency-Key": f"key-{number}"}
    return read(await caller.post(f"/requests/{id_of(number)}/claim", headers=headers), RequestCard)


async def sign_in(client: httpx.AsyncClient) -> Caller:
    credentials = SignIn(login="levashova", password=PASSWORD)
    signed_in = read(await Caller(client).post("/sign-in", credentials), SignedIn)
    return Caller(client, signed_in.access_token)


async def claim_until_killed(server: ServerProcess) -> list[str]:
    """Cases whose claim was acknowledged before the process was killed."""
    acknowledged: list[str] = []

    async def some(caller: Caller, numbers: list[str]) -> None:
        for number in numbers:
            await claim(caller, number)
            acknowledged.append(number)
            if len(acknowledged) == ACKNOWLEDGED_BEFORE_THE_KILL:
                server.process.kill()

    async with httpx.AsyncClient(base_url=server.address) as client:
        caller = await sign_in(client)
        work = (some(caller, CASES[start::4]) for start in range(4))
        ends = await asyncio.gather(*work, return_exceptions=True)
    assert all(isinstance(end, httpx.TransportError) for end in ends)
    return acknowledged


async def test_nothing_is_lost_and_nothing_done_twice(
    clinics: ClinicMaker, tmp_path: Path, database_url: str
) -> None:
    await prepare(clinics)
    arguments = command(tmp_path)
    arguments[arguments.index("--database") + 1] = database_url
    async with serving(arguments) as server:
        acknowledged = await claim_until_killed(server)
    async with serving(arguments) as server, httpx.AsyncClient(base_url=server.address) as client:
        caller = await sign_in(client)
        rows = {row.number: row for row in (await caller.page("limit=200")).items}
        for number in acknowledged:
            assert rows[number].status is RequestStatus.CLAIMED
        for row in rows.values():
            assert row.version == (2 if row.status is RequestStatus.CLAIMED else 1)
        # The client repeats what it has no answer to: done before the kill or now, but once.
        cards = [await claim(caller, number) for number in CASES]
    assert all(card.row.version == 2 for card in cards)
    assert await numbers_are_gap_free(database_url, len(CASES))


async def numbers_are_gap_free(database_url: str, count: int) -> bool:
    database = Database(database_url)
    async with database.read() as connection:
        cardio = centres.c.id == "cardio"
        last, floor = (
            await connection.execute(
                select(centres.c.event_seq, centres.c.event_floor).where(cardio)
            )
        ).one()
        numbers = select(events.c.seq).where(events.c.centre_id == "cardio").order_by(events.c.seq)
        kept = list((await connection.execute(numbers)).scalars())
    await database.close()
    return last - floor == count and kept == [*range(floor + 1, last + 1)]


MOMENTS = [("sqlite", BEFORE_COMMIT), ("postgresql", BEFORE_COMMIT), ("postgresql", IN_COMMIT)]
"""SQLite commits by one write of the killed process itself: nothing can hold it in there."""


@pytest.mark.parametrize(("database_url", "moment"), MOMENTS, indirect=["database_url"])
async def test_killed_in_the_middle_of_a_transaction_nothing_is_half_done(
    clinics: ClinicMaker, tmp_path: Path, database_url: str, moment: str
) -> None:
    """Written and not yet committed: none of it is there. PostgreSQL in its COMMIT: all of it."""
    await prepare(clinics)
    arguments = command(tmp_path, database=database_url)
    async with opened(database_url) as database:
        await kill_while_held(arguments, database, tmp_path / "backend.db", moment)
        there = await left(database)
        async with (
            serving(arguments) as server,
            httpx.AsyncClient(base_url=server.address) as client,
        ):
            card = await claim(await sign_in(client), CASES[0])
        after = await left(database)
        found = (await verify(database)).findings
    assert there == (PARTS if moment == IN_COMMIT else dict.fromkeys(PARTS, 0))
    assert after == PARTS
    assert card.row.version == 2
    assert found == []
    assert await numbers_are_gap_free(database_url, 1)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


async def kill_while_held(
    arguments: list[str], database: Database, file: Path, moment: str
) -> None:
    """A claim is under way when the server is killed; its database has got over it at the end."""
    async with serving(arguments) as server, httpx.AsyncClient(base_url=server.address) as client:
        caller = await sign_in(client)
        async with held(database, file, moment) as until_it_is:
            claiming = asyncio.create_task(claim(caller, CASES[0]))
            await until_it_is()
            assert not claiming.done()
            server.process.kill()
            ended = await asyncio.gather(claiming, return_exceptions=True)
    assert isinstance(ended[0], httpx.TransportError)


@asynccontextmanager
async def held(
    database: Database, file: Path, moment: str
) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """A claim that is made inside comes to this moment and no further; waits until it is there."""
    async with database.write() as connection:
        for statement in HOLDING[moment if database.is_shared else "sqlite"]:
            await connection.execute(text(statement))
    if not database.is_shared:
        yield lambda: asyncio.to_thread(until_written, file)
    else:
        async with database.write() as connection:
            await connection.execute(LOCK)
            yield lambda: somebody_waits(database, START_SECONDS)
    async with database.write() as connection:
        for statement in LETTING_GO[database.is_shared]:
            await connection.execute(text(statement))


async def left(database: Database) -> dict[str, int]:
    """How much of a claim of the first case is there."""
    request = id_of(CASES[0])
    wanted = {
        "claimed": (requests.c.id == request) & (requests.c.status == RequestStatus.CLAIMED),
        "event": events.c.request_id == request,
        "history": history.c.request_id == request,
        "audit": (audit_entries.c.action == ACTION) & (audit_entries.c.request_ids != ""),
        "key": idempotency_keys.c.key == f"key-{CASES[0]}",
    }
    found = {}
    async with database.read() as connection:
        for name, which in wanted.items():
            count = select(func.count()).where(which)
            found[name] = int((await connection.execute(count)).scalar_one())
    found["history"] -= 1  # the line of its making
    return found
