"""Statements that read and are asked all day: compiled once.

SQLAlchemy builds, hashes and wraps a statement each time; for a page of the queue that is more work
than the page. On PostgreSQL the driver is given the compiled text; SQLite is asked as always.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select

from backend.column_types import Word
from backend.database import Database

Values = Sequence[Any]
"""Of one row, in the order of the statement's columns."""
Turn = Callable[[Any], Any]


class Prepared:
    """One statement; its parameters are named (`bindparam`)."""

    def __init__(self, database: Database, statement: Select[*tuple[Any, ...]]) -> None:
        self._database = database
        self._statement = statement
        compiled = statement.compile(dialect=database.engine.dialect)
        self._text = str(compiled)
        self._names: Sequence[str] = getattr(compiled, "positiontup", None) or ()
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._turns = [
            (place, turn)
            for place, column in enumerate(statement.selected_columns)
            if (turn := _turn(column)) is not None
        ]

    async def rows(self, given: Mapping[str, object]) -> list[Values]:
        """All rows; `given` are the values of the parameters."""
        if not self._database.is_shared:
            async with self._database.read() as connection:
                return list((await connection.execute(self._statement, dict(given))).all())
        values = self._fixed | dict(given)
        async with self._database.driver() as driver:
            found = await driver.fetch(self._text, *(values[name] for name in self._names))
        return [self._turned(row) for row in found]

    def _turned(self, row: Values) -> Values:
        values = list(row)
        for place, turn in self._turns:
            values[place] = turn(values[place])
        return values


class _Members(dict[str | None, StrEnum | None]):
    """Members of an enum by their words, without the enum's own way of looking them up."""

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__((member.value, member) for member in words)
        self[None] = None
        self._words = words

    def __missing__(self, word: str | None) -> StrEnum | None:
        """What this program does not know."""
        return None if word is None else self._words(word)


def _turn(column: ColumnElement[Any]) -> Turn | None:
    """What makes the driver's value the program's; None: it is that already (moments, JSON)."""
    if isinstance(column.type, Word):
        return _Members(column.type.words).__getitem__
    return None
