"""Decisions that were begun and not ordered; they outlive the program."""

import logging

import msgspec

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.core.kept_panel import KeptPanel
from workstation.store.database import Database
from workstation.store.one_for_each import OneForEach
from workstation.store.tables import panels as table

logger = logging.getLogger(__name__)


class Panels:
    """One panel for each request: the last. All raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._kept = OneForEach(database, table)

    async def keep(self, panel: KeptPanel) -> None:
        """Writes the panel down: once this returns it is on the disk."""
        values = {
            "changed_at": panel.changed_at,
            "panel": msgspec.json.encode(msgspec.structs.replace(panel, seen=None)),
            "seen": None if panel.seen is None else msgspec.json.encode(panel.seen),
        }
        await self._kept.put(panel.request_id, values)

    async def all(self) -> tuple[KeptPanel, ...]:
        """Every kept panel that this program understands, oldest first."""
        kept = [_panel(row.request_id, row.panel, row.seen) for row in await self._kept.rows()]
        return tuple(one for one in kept if one is not None)

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the panel."""
        await self._kept.remove(request_id)


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
