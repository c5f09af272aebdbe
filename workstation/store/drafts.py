"""Texts of conclusions that the server does not have yet; they outlive the program."""

import logging

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionForm
from workstation.core.conclusion_draft import KeptDraft
from workstation.store.database import Database
from workstation.store.tables import drafts as table

logger = logging.getLogger(__name__)


class Drafts:
    """One text for each request: the last. All raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, request_id: RequestId, draft: KeptDraft) -> None:
        """Writes the text down: once this returns it is on the disk."""
        values = {
            "version": draft.version,
            "changed_at": draft.changed_at,
            "form": msgspec.json.encode(draft.form),
        }
        statement = insert(table).values(request_id=request_id, **values)
        statement = statement.on_conflict_do_update(index_elements=["request_id"], set_=values)
        await self._database.run(lambda connection: connection.execute(statement))

    async def read(self, request_id: RequestId) -> KeptDraft | None:
        """The kept text; None where there is none, or none that this program understands."""
        found = select(table).where(table.c.request_id == request_id)
        row = await self._database.run(lambda connection: connection.execute(found).first())
        if row is None:
            return None
        try:
            form = msgspec.json.decode(row.form, type=ConclusionForm)
        except msgspec.MsgspecError:
            logger.warning("draft of %s is of another version of the program", request_id)
            return None
        return KeptDraft(row.version, form, row.changed_at)

    async def settle(
        self, request_id: RequestId, version: int, form: ConclusionForm, saved_as: int
    ) -> None:
        """The server has made `saved_as` of this form; what was written since stands on that."""
        encoded = msgspec.json.encode(form)
        mine = (table.c.request_id == request_id) & (table.c.version == version)

        def work(connection: Connection) -> None:
            connection.execute(delete(table).where(mine, table.c.form == encoded))
            connection.execute(update(table).where(mine).values(version=saved_as))

        await self._database.run(work)

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the text."""
        statement = delete(table).where(table.c.request_id == request_id)
        await self._database.run(lambda connection: connection.execute(statement))
