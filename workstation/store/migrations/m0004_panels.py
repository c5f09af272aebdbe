"""Decisions that were begun in the queue's panel and not ordered yet."""

from sqlalchemy import Connection

STATEMENT = """CREATE TABLE panels (
    request_id TEXT NOT NULL PRIMARY KEY,
    changed_at TEXT NOT NULL,
    panel BLOB NOT NULL,
    seen BLOB
)"""


def upgrade(connection: Connection) -> None:
    """One more table."""
    connection.exec_driver_sql(STATEMENT)
