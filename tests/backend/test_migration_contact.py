"""The step to 0012 counts anew what failed since the patient was reached (DRC-11)."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from backend.database import Database
from backend.demo_data.rows import account_row
from backend.tables import requests
from backend_client.models.request_actions import PhoneOutcome
from tests.backend.clinic import PASSWORD, REQUEST, STAFF, START, id_of
from tests.backend.older_tables import add, build

BUSY, REACHED = PhoneOutcome.BUSY, PhoneOutcome.REACHED


def at_0011(connection: Connection, outcomes: list[PhoneOutcome]) -> None:
    """A request of those days: one attempt a minute, the first before the appointed time."""
    build(connection, "0011")
    add(connection, "accounts", account_row(STAFF[0], STAFF[0].login, PASSWORD))
    caller = account_row(STAFF[0], "", "")["id"]
    for number, outcome in enumerate(outcomes, 1):
        at = START + timedelta(minutes=number)
        row = {"id": str(number), "number": number, "outcome": outcome, "at": at, "note": ""}
        mine = {"request_id": id_of(REQUEST.number), "caller_id": caller}
        add(connection, "phone_attempts", row | mine)
    appointed = START + timedelta(minutes=2)
    connection.execute(update(requests).values(appointment_at=appointed, phone_attempts=9))


@pytest.mark.parametrize(
    ("outcomes", "counted"),
    [
        ([BUSY, BUSY, BUSY, REACHED], 0),
        ([REACHED, BUSY, REACHED, BUSY, BUSY], 2),
        ([REACHED, BUSY, BUSY], 2),
        ([BUSY, BUSY, BUSY], 9),
    ],
)
async def test_attempts_before_the_patient_was_reached_count_no_more(
    empty_database_url: str, outcomes: list[PhoneOutcome], counted: int
) -> None:
    """DRC-11; where nobody was reached nothing is counted anew."""
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(at_0011, outcomes)
    await database.migrate()
    async with database.read() as connection:
        kept = (await connection.execute(select(requests.c.phone_attempts))).scalar_one()
    await database.close()
    assert kept == counted
