"""The step to 0006: what older calls say of a request stands in its row; a draft ends a lease."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, MetaData, Table, select, update

from backend.database import Database
from backend.tables import requests
from backend_client.models.calls import CallState
from backend_client.models.conclusions import ConclusionState
from tests.backend.clinic import REQUEST, START, id_of
from tests.backend.older_tables import add, build

ONE = id_of(REQUEST.number)
DOCTOR = {
    **{"id": "doctor", "centre_id": "cardio", "login": "doctor", "full_name": "-"},
    **{"role": "consultant", "post": "-", "password_hash": "-"},
}
RINGS_UNTIL = START + timedelta(seconds=45)


def at_0005(connection: Connection, *, drafted: bool) -> None:
    """A request of those days: two calls that nobody answered, and one that rings."""
    build(connection, "0005")
    add(connection, "accounts", DOCTOR)
    table = Table("requests", MetaData(), autoload_with=connection)
    connection.execute(update(table).values(lease_until=START))
    for attempt in range(3):
        rings = attempt == 2
        row = {
            "id": f"call-{attempt}",
            "request_id": ONE,
            "doctor_id": "doctor",
            "attempt": attempt,
            "state": CallState.RINGING if rings else CallState.TIMED_OUT,
            "is_on": rings,
            "connection": 1,
            "placed_at": START,
            "rings_until": RINGS_UNTIL,
        }
        add(connection, "calls", row)
    if drafted:
        draft = {"request_id": ONE, "version": 1, "state": ConclusionState.DRAFTING, "form": {}}
        times = {"return_reason": "", "changed_at": START}
        add(connection, "conclusions", {**draft, **times, "author_id": "doctor"})


@pytest.mark.parametrize("drafted", [False, True])
async def test_calls_are_counted_and_begun_work_is_on_no_lease(
    empty_database_url: str, *, drafted: bool
) -> None:
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(partial(at_0005, drafted=drafted))
    await database.migrate()
    async with database.read() as connection:
        columns = (requests.c.missed_calls, requests.c.rings_until, requests.c.lease_until)
        row = (await connection.execute(select(*columns))).one()
    await database.close()
    assert row == (2, RINGS_UNTIL, None if drafted else START)
