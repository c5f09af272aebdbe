"""The step to 0004 finds words for requests that were there before it, and 0011 their endings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from sqlalchemy import Connection, MetaData, Table, insert, select, text

from backend.database import Database
from backend.demo_data.rows import patient_row, request_row
from backend.rules.catalogues import Catalogues
from backend.search import found_by
from backend.tables import requests
from tests.backend.clinic import PATIENT, REQUEST, START, a_catalogue, id_of
from tests.backend.older_tables import add, build

BATCH = 500
"""Requests that the step takes at once."""
CATALOGUES = Catalogues([a_catalogue("cardio"), a_catalogue("perinatal")])
FYODOR = replace(PATIENT, full_name="Артёмов Фёдор Ильич")
SECOND = replace(REQUEST, number="20-0002", patient=FYODOR, diagnosis="Пролапс", complaints="-")
FYOKLA = replace(PATIENT, full_name="Артёмова Фёкла Ильинична")
THEIRS = replace(REQUEST, number="20-0003", patient=FYOKLA, centre_id="perinatal")
BARE = replace(REQUEST, number="20-0004", icd10=None, diagnosis="", complaints="")
FOUND = {
    "ТАХИКАРД": {"20-0001"},
    "артемов фед": {"20-0002"},
    "i47.2 пролапс": {"20-0002"},
    "20-0004": {"20-0004"},
    "30-0499": {"30-0499"},
    "перебои одышка": {"20-0001", *(f"30-{one:04}" for one in range(BATCH))},
    "ахикард": {"20-0001"},
    "old": set(),
}


def at_0003(connection: Connection) -> None:
    """Requests of two centres, and more of one than one batch."""
    build(connection, "0003")
    add(connection, "centres", {"id": "perinatal", "event_seq": 0, "event_floor": 0})
    for one in (SECOND, THEIRS):
        add(connection, "patients", patient_row(one))
    for one in (SECOND, THEIRS, BARE):
        add(connection, "requests", request_row(one, CATALOGUES, START))
    table = Table("requests", MetaData(), autoload_with=connection)
    found = select(table).where(table.c.id == id_of(REQUEST.number))
    row = {**connection.execute(found).mappings().one(), "diagnosis": ""}
    numbers = [f"30-{one:04}" for one in range(BATCH)]
    connection.execute(insert(table), [{**row, "id": id_of(one), "number": one} for one in numbers])
    connection.execute(text("UPDATE requests SET search_text = 'old words'"))


async def test_requests_of_an_older_database_are_found(empty_database_url: str) -> None:
    async with closing(Database(empty_database_url)) as database:
        async with database.write() as connection:
            await connection.run_sync(at_0003)
        await database.migrate()
        for words, numbers in FOUND.items():
            assert await found(database, words, "cardio") == {id_of(one) for one in numbers}, words
        assert await found(database, "артёмов", "perinatal") == {id_of("20-0003")}


@asynccontextmanager
async def closing(database: Database) -> AsyncIterator[Database]:
    """An open connection's thread would keep the whole run from ending."""
    try:
        yield database
    finally:
        await database.close()


async def found(database: Database, words: str, centre: str) -> set[str]:
    """Ids of the centre's requests that a search finds."""
    mine = (requests.c.centre_id == centre) & found_by(words, centre)
    async with database.read() as connection:
        return set((await connection.execute(select(requests.c.id).where(mine))).scalars())
