"""Copies of the server's answers, and the orders that wait for it."""

from sqlalchemy import Connection

STATEMENTS = (
    """CREATE TABLE requests (
        id TEXT NOT NULL PRIMARY KEY,
        version INTEGER NOT NULL,
        "row" BLOB NOT NULL
    )""",
    """CREATE TABLE queue_lists (
        queue_group TEXT NOT NULL PRIMARY KEY,
        as_of TEXT NOT NULL
    )""",
    """CREATE TABLE queue_entries (
        queue_group TEXT NOT NULL,
        request_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (queue_group, request_id)
    )""",
    """CREATE TABLE cards (
        request_id TEXT NOT NULL PRIMARY KEY,
        as_of TEXT NOT NULL,
        card BLOB NOT NULL
    )""",
    """CREATE TABLE facts (
        name TEXT NOT NULL PRIMARY KEY,
        as_of TEXT NOT NULL,
        value BLOB NOT NULL
    )""",
    """CREATE TABLE outbox (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        "key" TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        target TEXT NOT NULL,
        created_at TEXT NOT NULL,
        faults INTEGER NOT NULL
    )""",
)


def upgrade(connection: Connection) -> None:
    """From an empty file."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
