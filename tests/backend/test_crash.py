"""`kill -9` in the middle of the work: start again, nothing lost, nothing half done."""

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
from sqlalchemy import delete, select

from backend.database import Database
from backend.demo_data.load import LOADED
from backend.tables import centres, events, facts
from backend_client.models.accounts import SignedIn, SignIn
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import PASSWORD, REQUEST, Caller, ClinicMaker, id_of, read
from tests.backend.server_process import ServerProcess, command, serving

CASES = [f"{number:02}" for number in range(40)]
ACKNOWLEDGED_BEFORE_THE_KILL = 15


async def prepare(clinics: ClinicMaker) -> None:
    """A database as after the demonstration, which the process takes for a real one."""
    requests = [replace(REQUEST, number=number) for number in CASES]
    async with clinics.open(*requests) as clinic, clinic.parts.database.write() as connection:
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
