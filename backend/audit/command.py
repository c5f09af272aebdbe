"""`python -m backend verify-audit`: says in plain words whether the audit is whole.

With `--seal` it prints a line for each chain, to be kept where the database's owner cannot reach;
with `--since` it takes such lines again.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from backend.audit.seals import Kept, NoSeal, kept, written
from backend.audit.verify import Report, verify
from backend.database import Database
from backend.settings import CannotStart

WHOLE, NOT_WHOLE, CANNOT_READ = 0, 1, 2


def verify_audit(url: str, since: str | None = None, *, seal: bool = False) -> int:
    """Writes the findings to standard output, or where that has the seal to the standard error.

    `since` is a file of lines that were kept. The exit code: 0 whole, 1 not, 2 cannot be read.
    """
    try:
        _refuse_absent(url)
        before = [] if since is None else kept(Path(since).read_text("utf-8"))
        report = asyncio.run(_verify(url, before))
    except (CannotStart, OSError, NoSeal, UnicodeDecodeError) as error:
        return _cannot(str(error))
    except DBAPIError as error:
        return _cannot(type(error.orig).__name__)
    if seal:
        sys.stdout.write(written(report.heads))
    _say(report, sys.stderr if seal else sys.stdout)
    return NOT_WHOLE if report.findings else WHOLE


def _say(report: Report, where: TextIO) -> None:
    for finding in report.findings:
        where.write(f"{finding}\n")
    verdict = "NOT whole" if report.findings else "whole"
    size = f"{report.entries} entries in {report.chains} chains"
    where.write(f"the audit is {verdict}: {size}, seal {report.seal.hex()}\n")


async def _verify(url: str, since: Sequence[Kept]) -> Report:
    database = Database(url)
    try:
        return await verify(database, since)
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
