"""Orders with words: held for a moment before they are sent, and kept where they were refused."""

from sqlalchemy import Connection

STATEMENTS = (
    "ALTER TABLE outbox ADD COLUMN body BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE outbox ADD COLUMN not_before TEXT",
    "ALTER TABLE outbox ADD COLUMN refusal BLOB",
)


def upgrade(connection: Connection) -> None:
    """Three more columns; orders that wait have no words and are sent as before."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
