"""Messages of the chats that were written and not sent; they outlive the program."""

import logging

import msgspec

from backend_client.models.common import RequestId
from workstation.core.kept_message import KeptMessage
from workstation.store.database import Database
from workstation.store.one_for_each import OneForEach
from workstation.store.tables import unsent_messages as table

logger = logging.getLogger(__name__)


class UnsentMessages:
    """One message for each request: the last. All raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._kept = OneForEach(database, table)

    async def keep(self, message: KeptMessage) -> None:
        """Writes the message down: once this returns it is on the disk."""
        values = {"changed_at": message.changed_at, "message": msgspec.json.encode(message)}
        await self._kept.put(message.request_id, values)

    async def all(self) -> tuple[KeptMessage, ...]:
        """Every kept message that this program understands, oldest first."""
        kept = [_message(row.request_id, row.message) for row in await self._kept.rows()]
        return tuple(one for one in kept if one is not None)

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the message."""
        await self._kept.remove(request_id)


def _message(request_id: str, message: bytes) -> KeptMessage | None:
    try:
        return msgspec.json.decode(message, type=KeptMessage)
    except msgspec.MsgspecError:
        logger.warning("message of %s is of another version of the program", request_id)
        return None
