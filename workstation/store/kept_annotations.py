"""What was measured in the files of a request, readable without the server. Written from its
answers only."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from backend_client.models.annotations import Annotation
from backend_client.models.common import RequestId
from workstation.core.errors import StoreError
from workstation.store.database import Database
from workstation.store.tables import annotations

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

MOST_REQUESTS = 500
"""As many as cards are kept."""


class KeptAnnotations:
    """Never raises StoreError: what cannot be kept is asked for again, what cannot be read is
    None."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        """`now`: aware UTC."""
        self._database, self._now = database, now

    async def keep(self, request_id: RequestId, kept: Iterable[Annotation]) -> None:
        """All that stand of a request; of many requests the oldest go."""
        values = {"as_of": self._now(), "kept": msgspec.json.encode(list(kept))}

        def write(connection: Connection) -> None:
            statement = insert(annotations).values(request_id=request_id, **values)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["request_id"], set_=values)
            )
            newest = select(annotations.c.request_id).order_by(annotations.c.as_of.desc())
            connection.execute(
                delete(annotations).where(
                    annotations.c.request_id.not_in(newest.limit(MOST_REQUESTS))
                )
            )

        await self._quietly(write)

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...] | None:
        """As they were kept; None where nothing was, or nothing that this program understands."""
        found = select(annotations.c.kept).where(annotations.c.request_id == request_id)
        kept = await self._quietly(lambda connection: connection.execute(found).scalar())
        if kept is None:
            return None
        try:
            return tuple(msgspec.json.decode(kept, type=list[Annotation]))
        except msgspec.MsgspecError:
            return None  # kept by a version with another contract

    async def forget(self, request_id: RequestId) -> None:
        """They may not be here any more."""
        statement = delete(annotations).where(annotations.c.request_id == request_id)
        await self._quietly(lambda connection: connection.execute(statement))

    async def _quietly(self, work: Callable[[Connection], Result]) -> Result | None:
        try:
            return await self._database.run(work)
        except StoreError as error:
            logger.warning("measurements: %s %s", type(error).__name__, error)
            return None
