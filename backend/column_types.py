"""Column types that read and write the same on both databases."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

Member = TypeVar("Member", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite, which has none, keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a moment without a zone (ValueError)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[Member]):
    """A member of one of the contract's enums, kept as its word."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[Member]) -> None:
        self.words = words
        super().__init__()

    def process_bind_param(self, value: Member | None, dialect: Dialect) -> str | None:
        """The word."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Member | None:
        """The member; a word that this program does not know becomes UNKNOWN."""
        return None if value is None else self.words(value)
