"""`python -m backend import-icd10`: takes the national directory as it was published."""

import asyncio
import hashlib
import sys
from datetime import date, datetime
from pathlib import Path

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from backend.database import Database
from backend.icd10.kept import Import, OtherContent, keep
from backend.icd10.published import LARGEST, BadFile, read_published, version_in
from backend.settings import CannotStart, utc_now
from backend_client.models.icd10 import DIRECTORY, VersionName

IMPORTED, REFUSED, CANNOT_READ = 0, 1, 2


def import_icd10(
    file: str, url: str, *, version: str | None = None, valid_from: str | None = None
) -> int:
    """Imports the file whole or not at all, and says what was done.

    The exit code: 0 it is there now, or was already; 1 the file is refused; 2 it, or the database,
    cannot be read.
    """
    try:
        make_url(url)
        given = _read(Path(file), version, valid_from)
        is_new = asyncio.run(_keep(url, given, utc_now()))
    except BadFile as error:
        return _say(REFUSED, f"{Path(file).name} is refused, nothing was changed: {error}")
    except OtherContent:
        told = "another file of that version was imported before, nothing was changed"
        return _say(REFUSED, f"{Path(file).name} is refused: {told}")
    except (CannotStart, OSError, ArgumentError) as error:
        return _say(CANNOT_READ, str(error))
    except DBAPIError as error:
        return _say(CANNOT_READ, f"the database: {type(error.orig).__name__}")
    in_force = sum(one.valid_to is None for one in given.codes)
    size = f"{len(given.codes)} headings, {in_force} in force"
    done = "imported" if is_new else "is there already"
    since = given.valid_from.isoformat()
    sys.stdout.write(f"{DIRECTORY} version {given.version} {done}: {size}, valid from {since}\n")
    return IMPORTED


def _read(file: Path, version: str | None, valid_from: str | None) -> Import:
    if file.stat().st_size > LARGEST:
        raise BadFile(f"more than {LARGEST} bytes")
    data = file.read_bytes()
    named = version or version_in(file.name)
    if named is None:
        raise BadFile("its name carries no version: say it with --version, as 2.27")
    try:
        msgspec.convert(named, VersionName)
        since = None if valid_from is None else date.fromisoformat(valid_from)
    except (msgspec.ValidationError, ValueError) as error:
        raise BadFile(f"the version or its first day is none: {error}") from error
    published = read_published(data)
    since = since or published.newest_change
    if since is None:
        raise BadFile("no heading names a day: say with --valid-from since when it is valid")
    return Import(named, since, hashlib.sha256(data).hexdigest(), published.codes)


async def _keep(url: str, given: Import, now: datetime) -> bool:
    database = Database(url)
    try:
        await database.migrate()
        async with database.write() as connection:
            return await keep(connection, given, now)
    finally:
        await database.close()


def _say(code: int, text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return code
