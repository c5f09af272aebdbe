"""The local copy of the national directory of ICD-10. Written from the server's answers only."""

import logging
import zlib
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from backend_client.models.icd10 import Icd10Directory
from workstation.core.errors import StoreError
from workstation.store.database import Database
from workstation.store.tables import icd10 as table

logger = logging.getLogger(__name__)


class KeptIcd10:
    """One version at a time: the one in use. Never raises StoreError: what cannot be kept is
    fetched again, what cannot be read is None."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, directory: Icd10Directory, as_of: datetime) -> None:
        """Keeps a version in the place of the one before; `as_of`: aware UTC."""
        values = {
            "version": directory.about.version,
            "as_of": as_of,
            "directory": zlib.compress(msgspec.json.encode(directory), level=1),
        }

        def write(connection: Connection) -> None:
            connection.execute(delete(table))
            connection.execute(insert(table).values(values))

        try:
            await self._database.run(write)
        except StoreError as error:
            logger.warning("ICD-10 is not kept: %s", type(error).__name__)

    async def read(self) -> Icd10Directory | None:
        """The kept version."""
        found = select(table.c.directory)
        try:
            kept = await self._database.run(lambda connection: connection.execute(found).scalar())
            return None if kept is None else _decoded(kept)
        except (StoreError, msgspec.MsgspecError, zlib.error) as error:
            logger.warning("ICD-10 is not read: %s", type(error).__name__)
            return None


def _decoded(kept: bytes) -> Icd10Directory:
    return msgspec.json.decode(zlib.decompress(kept), type=Icd10Directory)
