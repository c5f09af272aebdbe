"""Conclusions that were written here and that the server does not have yet."""

from sqlalchemy import Connection

STATEMENT = """CREATE TABLE drafts (
    request_id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    form BLOB NOT NULL
)"""


def upgrade(connection: Connection) -> None:
    """One more table."""
    connection.exec_driver_sql(STATEMENT)
