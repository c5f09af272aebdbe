"""The step to 0003 reads from older rows which consents are missing (SPB-13)."""

from sqlalchemy import Connection, select

from backend.database import Database
from backend.tables import requests
from backend_client.models.requests import ConsentKind
from tests.backend.clinic import REQUEST, START, id_of
from tests.backend.older_tables import add, build


def at_0002(connection: Connection) -> None:
    """A request of those days, with consents."""
    build(connection, "0002")
    given = {
        ConsentKind.DISCLOSURE: START,
        ConsentKind.INTERVENTION: None,
        ConsentKind.PERSONAL_DATA: None,
    }
    for kind, given_at in given.items():
        row = {"kind": kind, "given_at": given_at, "text_version": "1"}
        add(connection, "consents", {**row, "request_id": id_of(REQUEST.number)})


async def test_consents_that_were_not_given_are_missing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(at_0002)
    await database.migrate()
    async with database.read() as connection:
        columns = (requests.c.missing_consents, requests.c.needs_approval, requests.c.lease_until)
        row = (await connection.execute(select(*columns))).one()
    await database.close()
    assert row == ("intervention personal_data", None, None)
