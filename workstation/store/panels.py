"""Decisions that were begun and not ordered; they outlive the program."""

import logging

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.core.kept_panel import KeptPanel
from workstation.store.database import Database
from workstation.store.tables import panels as table

logger = logging.getLogger(__name__)


class Panels:
    """One panel for each request: the last. All raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, panel: KeptPanel) -> None:
        """Writes the panel down: once this returns it is on the disk."""
        values = {
            "changed_at": panel.changed_at,
            "panel": msgspec.json.encode(msgspec.structs.replace(panel, seen=None)),
            "seen": None if panel.seen is None else msgspec.json.encode(panel.seen),
        }
        statement = insert(table).values(request_id=panel.request_id, **values)
        statement = statement.on_conflict_do_update(index_elements=["request_id"], set_=values)
        await self._database.run(lambda connection: connection.execute(statement))

    async def all(self) -> tuple[KeptPanel, ...]:
        """Every kept panel that this program understands, oldest first."""
        found = select(table).order_by(table.c.changed_at)
        rows = await self._database.run(lambda connection: connection.execute(found).all())
        kept = [_panel(row.request_id, row.panel, row.seen) for row in rows]
        return tuple(one for one in kept if one is not None)

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the panel."""
        statement = delete(table).where(table.c.request_id == request_id)
        await self._database.run(lambda connection: connection.execute(statement))


def _panel(request_id: str, panel: bytes, seen: bytes | None) -> KeptPanel | None:
    try:
        kept = msgspec.json.decode(panel, type=KeptPanel)
    except msgspec.MsgspecError:
        logger.warning("panel of %s is of another version of the program", request_id)
        return None
    return msgspec.structs.replace(kept, seen=_row(seen))


def _row(seen: bytes | None) -> RequestRow | None:
    """The words are worth more than what was seen with them."""
    try:
        return None if seen is None else msgspec.json.decode(seen, type=RequestRow)
    except msgspec.MsgspecError:
        return None
