"""The step to 0003 reads from older rows which consents are missing (SPB-13)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, insert, select

import backend.migrations
from backend.database import Database
from backend.demo_data.rows import patient_row, request_row
from backend.rules.catalogues import Catalogues
from backend.tables import requests
from backend_client.models.requests import ConsentKind
from tests.backend.clinic import REQUEST, START, a_catalogue, id_of

Rows = dict[str, object]


def at_0002(connection: Connection) -> None:
    """Tables as they were, and a request of those days."""
    config = Config()
    config.set_main_option("script_location", str(Path(backend.migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "0002")
    request = request_row(REQUEST, Catalogues([a_catalogue()]), START)
    consents: list[Rows] = [
        {"kind": ConsentKind.DISCLOSURE.value, "given_at": START},
        {"kind": ConsentKind.INTERVENTION.value, "given_at": None},
        {"kind": ConsentKind.PERSONAL_DATA.value, "given_at": None},
    ]
    for consent in consents:
        consent |= {"request_id": id_of(REQUEST.number), "text_version": "1"}
    _insert(connection, "centres", {"id": "cardio", "event_seq": 0, "event_floor": 0})
    _insert(connection, "patients", patient_row(REQUEST))
    _insert(connection, "requests", request)
    for consent in consents:
        _insert(connection, "consents", consent)


def _insert(connection: Connection, name: str, row: Rows) -> None:
    table = Table(name, MetaData(), autoload_with=connection)
    values = {column: getattr(row[column], "value", row[column]) for column in row}
    known = {column: value for column, value in values.items() if column in table.c}
    connection.execute(insert(table).values(known))


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
