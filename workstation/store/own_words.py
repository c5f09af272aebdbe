"""Words that the doctor has taken as rightly spelt; they outlive the program."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from workstation.store.database import Database
from workstation.store.tables import own_words as table


class OwnWords:
    """Of the account whose store it is. All raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[str, ...]:
        """In the order of the alphabet."""
        found = select(table.c.word).order_by(table.c.word)
        return tuple(await self._database.run(lambda c: c.execute(found).scalars().all()))

    async def add(self, word: str) -> None:
        """Writes it down: once this returns it is on the disk."""
        statement = insert(table).values(word=word).on_conflict_do_nothing()
        await self._database.run(lambda connection: connection.execute(statement))

    async def remove(self, word: str) -> None:
        """Forgets it."""
        statement = delete(table).where(table.c.word == word)
        await self._database.run(lambda connection: connection.execute(statement))
