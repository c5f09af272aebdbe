"""The step to 0014 marks the requests of patients whom nobody knows (DRC-16)."""

import pytest
from sqlalchemy import Connection, select, update

from backend.database import Database
from backend.tables import patients, requests
from backend_client.models.requests import IdentityLevel
from tests.backend.older_tables import build


def at_0012(connection: Connection, level: IdentityLevel) -> None:
    """A request of those days."""
    build(connection, "0012")
    connection.execute(update(patients).values(identity_level=level))


@pytest.mark.parametrize(
    ("level", "marks"),
    [(IdentityLevel.NOT_IDENTIFIED, "not_identified"), (IdentityLevel.STANDARD, "")],
)
async def test_requests_of_unknown_patients_are_marked(
    empty_database_url: str, level: IdentityLevel, marks: str
) -> None:
    """DRC-16: whoever could sign yesterday is asked to confirm today."""
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(at_0012, level)
    await database.migrate()
    async with database.read() as connection:
        kept = (await connection.execute(select(requests.c.identity_marks))).scalar_one()
    await database.close()
    assert kept == marks
