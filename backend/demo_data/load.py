"""Loads the demonstration into a database of its own: once a day, and when it has changed."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend import tables
from backend.accounts.sign_in import normal_login
from backend.demo_data.rows import (
    Row,
    account_row,
    change_rows,
    part_rows,
    patient_row,
    request_row,
)
from backend.demo_data.shape import DemoRequest, DemoStaff
from backend.demo_data.shelf import ShelvedFile, clear_out, shelve
from backend.demo_data.source import DemoData
from backend.facts import read_fact, replace_fact
from backend.parts import Parts
from backend.settings import CannotStart

log = logging.getLogger(__name__)

LOADED = "demo"
"""Fact: day and version of what is loaded."""
STAFF = "demo_staff"
"""Fact: digest of the accounts; hashing their passwords anew takes its time."""
LOADING_LOCK = 0x7E1E3EE
"""Number under which one process loads."""
WIPED = (
    tables.idempotency_keys,
    tables.upload_parts,
    tables.uploads,
    tables.opened_documents,
    tables.documents,
    tables.consents,
    tables.history,
    tables.requests,
    tables.identity_confirmations,
    tables.patient_changes,
    tables.patients,
    tables.events,
)


async def refuse_demo_database(parts: Parts) -> None:
    """Raises CannotStart where a server that is no demo would serve the demo's known passwords."""
    async with parts.database.read() as connection:
        demo = await read_fact(connection, LOADED)
    if demo is not None:
        raise CannotStart(
            "this database holds the demonstration: start with --demo, or name another --database"
        )


async def load_demo(parts: Parts, demo: DemoData) -> bool:
    """Whether it had to be loaded; raises CannotStart for a database with other people's data."""
    wanted = f"{parts.now().date()} {demo.version}"
    async with parts.database.read() as connection:
        loaded = await read_fact(connection, LOADED)
        if loaded is None:
            await _refuse_real_data(connection)
        known_staff = await read_fact(connection, STAFF)
    if loaded == wanted:
        return False
    await _load(parts, demo, wanted, known_staff)
    log.info("demonstration loaded")
    return True


async def _refuse_real_data(connection: AsyncConnection) -> None:
    found = await connection.execute(select(func.count()).select_from(tables.accounts))
    if found.scalar_one():
        raise CannotStart(
            "this database holds real accounts: --demo needs a database of its own (--database)"
        )


async def _load(parts: Parts, demo: DemoData, wanted: str, known_staff: str | None) -> None:
    requests = demo.requests(parts.now())
    files = (file for request in requests for file in request.files)
    shelved = await shelve(parts.files, files, demo.files_version)
    digest = _staff_digest(demo.staff)
    accounts = await _account_rows(parts, demo.staff) if digest != known_staff else None
    async with parts.database.write() as connection:
        await parts.database.one_at_a_time(connection, LOADING_LOCK)
        if await read_fact(connection, LOADED) == wanted:
            return  # another process that has started at the same time was first
        await _wipe(connection)
        if accounts is not None:
            await connection.execute(delete(tables.accounts))
            await connection.execute(insert(tables.accounts), accounts)
        await _insert(connection, parts, requests, shelved)
        await replace_fact(connection, STAFF, digest)
        await replace_fact(connection, LOADED, wanted)
    await clear_out(parts.files, shelved)


async def _wipe(connection: AsyncConnection) -> None:
    """Empties the tables; the next number is left out, so that every stream begins anew."""
    for table in WIPED:
        await connection.execute(delete(table))
    seq = tables.centres.c.event_seq + 1
    await connection.execute(update(tables.centres).values(event_seq=seq, event_floor=seq))


async def _insert(
    connection: AsyncConnection,
    parts: Parts,
    requests: Sequence[DemoRequest],
    shelved: dict[str, ShelvedFile],
) -> None:
    now = parts.now()
    patients = {row["id"]: row for row in map(patient_row, requests)}
    await _insert_all(connection, tables.patients, list(patients.values()))
    changes = {row["id"]: row for request in requests for row in change_rows(request, now)}
    await _insert_all(connection, tables.patient_changes, list(changes.values()))
    rows = [request_row(request, parts.catalogues, now) for request in requests]
    await _insert_all(connection, tables.requests, rows)
    parted = [part_rows(request, shelved, now) for request in requests]
    for table in (tables.consents, tables.history, tables.documents):
        await _insert_all(connection, table, [row for part in parted for row in part[table.name]])


async def _insert_all(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        await connection.execute(insert(table), rows)


async def _account_rows(parts: Parts, staff: Sequence[DemoStaff]) -> list[Row]:
    hashes = await asyncio.gather(*(parts.passwords.hashed(one.password) for one in staff))
    return [
        account_row(one, normal_login(one.login), stored)
        for one, stored in zip(staff, hashes, strict=True)
    ]


def _staff_digest(staff: Sequence[DemoStaff]) -> str:
    return hashlib.sha256(repr(list(staff)).encode()).hexdigest()
