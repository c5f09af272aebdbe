"""Orders of the doctor that the server has not answered yet; they outlive the program."""

from sqlalchemy import Connection, delete, insert, select, update

from workstation.core.pending_action import PendingAction, PendingKind
from workstation.store.database import Database
from workstation.store.tables import outbox as table


class Outbox:
    """Keeps orders in the order in which they were given. All raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, action: PendingAction) -> None:
        """Writes an order down: once this returns it is on the disk."""
        values = {
            "key": action.key,
            "kind": action.kind.value,
            "target": action.target,
            "created_at": action.created_at,
            "faults": action.faults,
        }
        await self._database.run(lambda connection: connection.execute(insert(table), values))

    async def pending(self) -> tuple[PendingAction, ...]:
        """All orders, oldest first."""
        return await self._database.run(_read)

    async def remove(self, key: str) -> None:
        """The server has answered this one."""
        statement = delete(table).where(table.c.key == key)
        await self._database.run(lambda connection: connection.execute(statement))

    async def count_fault(self, key: str) -> None:
        """The server has failed over this one."""
        one_more = update(table).where(table.c.key == key).values(faults=table.c.faults + 1)
        await self._database.run(lambda connection: connection.execute(one_more))


def _read(connection: Connection) -> tuple[PendingAction, ...]:
    rows = connection.execute(select(table).order_by(table.c.id))
    return tuple(
        PendingAction(row.key, PendingKind(row.kind), row.target, row.created_at, row.faults)
        for row in rows
    )
