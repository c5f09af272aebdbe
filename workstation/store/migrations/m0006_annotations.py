"""What was measured in the files of a request, as the server last had it."""

from sqlalchemy import Connection

STATEMENT = """CREATE TABLE annotations (
    request_id TEXT NOT NULL PRIMARY KEY,
    as_of TEXT NOT NULL,
    kept BLOB NOT NULL
)"""


def upgrade(connection: Connection) -> None:
    """One more table."""
    connection.exec_driver_sql(STATEMENT)
