"""Tables of the local database, as the newest migration leaves them."""

from datetime import UTC, datetime

from sqlalchemy import Column, Dialect, Integer, LargeBinary, MetaData, Table, Text, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment as ISO text, which sorts as time does."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To the database; always with microseconds, so that texts compare as moments do."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

requests = Table(
    "requests",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("version", Integer, nullable=False),
    Column("row", LargeBinary, nullable=False),
)

queue_lists = Table(
    "queue_lists",
    metadata,
    Column("queue_group", Text, primary_key=True, nullable=False),
    Column("as_of", Moment, nullable=False),
)

queue_entries = Table(
    "queue_entries",
    metadata,
    Column("queue_group", Text, primary_key=True, nullable=False),
    Column("request_id", Text, primary_key=True, nullable=False),
    Column("position", Integer, nullable=False),
)

cards = Table(
    "cards",
    metadata,
    Column("request_id", Text, primary_key=True, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("card", LargeBinary, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("not_before", Moment),
    Column("refusal", LargeBinary),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("request_id", Text, primary_key=True, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("form", LargeBinary, nullable=False),
)

panels = Table(
    "panels",
    metadata,
    Column("request_id", Text, primary_key=True, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("panel", LargeBinary, nullable=False),
    Column("seen", LargeBinary),
)

unsent_messages = Table(
    "unsent_messages",
    metadata,
    Column("request_id", Text, primary_key=True, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("message", LargeBinary, nullable=False),
)

annotations = Table(
    "annotations",
    metadata,
    Column("request_id", Text, primary_key=True, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("kept", LargeBinary, nullable=False),
)

icd10 = Table(
    "icd10",
    metadata,
    Column("version", Text, primary_key=True, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("directory", LargeBinary, nullable=False),
)

own_words = Table(
    "own_words",
    metadata,
    Column("word", Text, primary_key=True, nullable=False),
)
