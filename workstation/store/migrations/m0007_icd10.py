"""The national directory of ICD-10 as the server had it last."""

from sqlalchemy import Connection

STATEMENT = """CREATE TABLE icd10 (
    version TEXT NOT NULL PRIMARY KEY,
    as_of TEXT NOT NULL,
    directory BLOB NOT NULL
)"""


def upgrade(connection: Connection) -> None:
    """One more table."""
    connection.exec_driver_sql(STATEMENT)
