"""Messages of the chats that were written and not sent yet."""

from sqlalchemy import Connection

STATEMENT = """CREATE TABLE unsent_messages (
    request_id TEXT NOT NULL PRIMARY KEY,
    changed_at TEXT NOT NULL,
    message BLOB NOT NULL
)"""


def upgrade(connection: Connection) -> None:
    """One more table."""
    connection.exec_driver_sql(STATEMENT)
