"""`python -m backend verify-audit`: says in plain words whether the audit is whole."""

import asyncio
import sys
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from backend.audit.verify import Report, verify
from backend.database import Database
from backend.settings import CannotStart

WHOLE, NOT_WHOLE, CANNOT_READ = 0, 1, 2


def verify_audit(url: str) -> int:
    """Writes the findings to standard output; the exit code: 0 whole, 1 not, 2 cannot be read."""
    try:
        _refuse_absent(url)
        report = asyncio.run(_verify(url))
    except (CannotStart, OSError) as error:
        return _cannot(str(error))
    except DBAPIError as error:
        return _cannot(type(error.orig).__name__)
    for finding in report.findings:
        sys.stdout.write(f"{finding}\n")
    verdict = "NOT whole" if report.findings else "whole"
    size = f"{report.entries} entries in {report.chains} chains"
    sys.stdout.write(f"the audit is {verdict}: {size}, seal {report.seal.hex()}\n")
    return NOT_WHOLE if report.findings else WHOLE


async def _verify(url: str) -> Report:
    database = Database(url)
    try:
        return await verify(database)
    finally:
        await database.close()


def _refuse_absent(url: str) -> None:
    """A database that is not there is not made by asking for it."""
    try:
        given = make_url(url)
    except ArgumentError as error:
        raise CannotStart(f"this is no database address: {url!r}") from error
    if given.drivername == "sqlite" and not Path(given.database or "").is_file():
        raise CannotStart("there is no such database")


def _cannot(reason: str) -> int:
    sys.stderr.write(f"the audit cannot be read: {reason}\n")
    return CANNOT_READ
