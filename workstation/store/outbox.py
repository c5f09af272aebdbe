"""Orders of the doctor that the server has not answered yet; they outlive the program."""

from sqlalchemy import Connection, Row, delete, insert, select, update

from workstation.core.pending_action import PendingAction, PendingKind, RefusedAction
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
            "body": action.body,
            "not_before": action.not_before,
        }
        await self._database.run(lambda connection: connection.execute(insert(table), values))

    async def pending(self) -> tuple[PendingAction, ...]:
        """All orders that have no answer, oldest first."""
        found = select(table).where(table.c.refusal.is_(None)).order_by(table.c.id)
        return await self._database.run(
            lambda connection: tuple(_action(row) for row in connection.execute(found))
        )

    async def remove(self, key: str) -> bool:
        """The server has answered this one, or it is taken back; answers whether it was here."""
        statement = delete(table).where(table.c.key == key)
        return await self._database.run(
            lambda connection: connection.execute(statement).rowcount > 0
        )

    async def count_fault(self, key: str) -> None:
        """The server has failed over this one."""
        one_more = update(table).where(table.c.key == key).values(faults=table.c.faults + 1)
        await self._database.run(lambda connection: connection.execute(one_more))

    async def hurry(self, key: str | None = None) -> None:
        """The moment of this order has come, or of all that are held, whatever the clock says."""
        held = table.c.not_before.is_not(None)
        which = held if key is None else held & (table.c.key == key)
        at_once = update(table).where(which).values(not_before=table.c.created_at)
        await self._database.run(lambda connection: connection.execute(at_once))

    async def refuse(self, key: str, refusal: bytes) -> None:
        """The server will not do this one: it waits no more, and its words stay until `remove`."""
        refused = update(table).where(table.c.key == key).values(refusal=refusal)
        await self._database.run(lambda connection: connection.execute(refused))

    async def refused(self) -> tuple[RefusedAction, ...]:
        """What was refused and is kept, oldest first."""

        def read(connection: Connection) -> tuple[RefusedAction, ...]:
            found = select(table).where(table.c.refusal.is_not(None)).order_by(table.c.id)
            return tuple(
                RefusedAction(_action(row), row.refusal) for row in connection.execute(found)
            )

        return await self._database.run(read)


def _action(row: Row[tuple[object, ...]]) -> PendingAction:
    return PendingAction(
        row.key,
        PendingKind(row.kind),
        row.target,
        row.created_at,
        row.faults,
        row.body,
        row.not_before,
    )
