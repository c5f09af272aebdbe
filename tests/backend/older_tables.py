"""Tables as an older program has left them, with a request of those days."""

from collections.abc import Mapping
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, insert

import backend.migrations
from backend.demo_data.rows import patient_row, request_row
from backend.rules.catalogues import Catalogues
from tests.backend.clinic import REQUEST, START, a_catalogue

Rows = Mapping[str, object]


def build(connection: Connection, step: str) -> None:
    """The tables up to this step, and one request."""
    config = Config()
    config.set_main_option("script_location", str(Path(backend.migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, step)
    add(connection, "centres", {"id": "cardio", "event_seq": 0, "event_floor": 0})
    add(connection, "patients", patient_row(REQUEST))
    add(connection, "requests", request_row(REQUEST, Catalogues([a_catalogue()]), START))


def add(connection: Connection, name: str, row: Rows) -> None:
    """A row; what the table of those days does not have is left out."""
    table = Table(name, MetaData(), autoload_with=connection)
    values = {column: getattr(row[column], "value", row[column]) for column in row}
    known = {column: value for column, value in values.items() if column in table.c}
    connection.execute(insert(table).values(known))
