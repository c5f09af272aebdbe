"""One thing of the doctor's for each request: the last; it outlives the program."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table, delete, select
from sqlalchemy.dialects.sqlite import insert

from backend_client.models.common import RequestId
from workstation.store.database import Database


class OneForEach:
    """A table with `request_id` for its key, and `changed_at`. All raise StoreError."""

    def __init__(self, database: Database, table: Table) -> None:
        self._database, self._table = database, table

    async def put(self, request_id: RequestId, values: Mapping[str, object]) -> None:
        """Writes it down in the place of what was there: once this returns it is on the disk."""
        statement = insert(self._table).values(request_id=request_id, **values)
        statement = statement.on_conflict_do_update(index_elements=["request_id"], set_=values)
        await self._database.run(lambda connection: connection.execute(statement))

    async def rows(self) -> Sequence[Row[Any]]:
        """All, oldest first."""
        found = select(self._table).order_by(self._table.c.changed_at)
        return await self._database.run(lambda connection: connection.execute(found).all())

    async def remove(self, request_id: RequestId) -> None:
        """Forgets it."""
        statement = delete(self._table).where(self._table.c.request_id == request_id)
        await self._database.run(lambda connection: connection.execute(statement))
