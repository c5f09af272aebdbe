"""Imported versions of the directory in the database: each a row, written at once or not at all."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.tables import icd10_versions as table
from backend_client.models.icd10 import Icd10Code, Icd10Directory, Icd10Version


class OtherContent(ValueError):
    """That version is there already, and says something else."""


@dataclass(frozen=True, slots=True)
class Import:
    """A published file that was read: its version, validity and SHA-256, and what it holds."""

    version: str
    valid_from: date
    sha256: str
    codes: tuple[Icd10Code, ...]


async def keep(connection: AsyncConnection, given: Import, now: datetime) -> bool:
    """Writes a version beside the others; False where it is there already, of the same file.

    Raises OtherContent.
    """
    found = select(table.c.sha256).where(table.c.version == given.version)
    there = (await connection.execute(found)).scalar()
    if there is not None:
        if there != given.sha256:
            raise OtherContent(given.version)
        return False
    values = {
        "version": given.version,
        "valid_from": given.valid_from,
        "imported_at": now,
        "sha256": given.sha256,
        "size": len(given.codes),
        "codes": zlib.compress(msgspec.json.encode(given.codes)),
    }
    await connection.execute(insert(table).values(values))
    return True


async def versions(connection: AsyncConnection) -> list[Icd10Version]:
    """All, the newest first: by the day from which they are valid, then by their number."""
    about = [one for one in table.c if one.name != "codes"]
    rows = (await connection.execute(select(*about))).mappings()
    known = [_version(row) for row in rows]
    return sorted(known, key=lambda one: (one.valid_from, numbers(one.version)), reverse=True)


async def directory(connection: AsyncConnection, version: str) -> Icd10Directory | None:
    """One version whole; None where it was not imported."""
    row = (await connection.execute(select(table).where(table.c.version == version))).mappings()
    found = row.first()
    if found is None:
        return None
    codes = msgspec.json.decode(zlib.decompress(found["codes"]), type=list[Icd10Code])
    return Icd10Directory(about=_version(found), codes=codes)


def _version(row: RowMapping) -> Icd10Version:
    return Icd10Version(
        version=row["version"],
        valid_from=row["valid_from"],
        imported_at=row["imported_at"],
        sha256=row["sha256"],
        size=row["size"],
    )


def numbers(version: str) -> tuple[int, ...]:
    """«2.27» comes behind «2.3»."""
    return tuple(int(part) for part in version.split("."))
