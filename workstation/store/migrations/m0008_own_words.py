"""Words that the doctor has taken as rightly spelt."""

from sqlalchemy import Connection

STATEMENT = """CREATE TABLE own_words (
    word TEXT NOT NULL PRIMARY KEY
)"""


def upgrade(connection: Connection) -> None:
    """One more table."""
    connection.exec_driver_sql(STATEMENT)
