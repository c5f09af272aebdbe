"""The patient's address: said on the own page, confirmed by a code from a letter (SOK-11)."""

import hashlib
import math
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.database import Database
from backend.mail.addresses import good_address
from backend.mail.outbox import queue_again, queue_code, unsent_edition
from backend.patients.doubts import patient_of
from backend.patients.identity import lock_patient
from backend.problems import Refused, conflict
from backend.requests.moving import note
from backend.rules import history as lines
from backend.tables import patient_emails as table
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.delivery import PatientEmail

CODE_LIFE = timedelta(minutes=30)
MOST_TRIES = 5
"""Of one code: one in 200,000 is guessed."""
MOST_CODES = 5
"""In one hour: the page is no way to fill somebody's mailbox."""
HOUR = timedelta(hours=1)


async def email_of(
    connection: AsyncConnection, request_id: str, now: datetime, *, is_offered: bool
) -> PatientEmail:
    """What the patient's page shows."""
    row = await _row(connection, await patient_of(connection, request_id))
    if row is None:
        return PatientEmail(is_offered=is_offered)
    waits = row.confirmed_at is None and row.code_until is not None and row.code_until > now
    left = max(MOST_TRIES - row.code_tries, 0)
    return PatientEmail(
        is_offered=is_offered,
        address=row.address,
        confirmed_at=row.confirmed_at,
        waits_for_code=waits and left > 0,
        tries_left=left if waits else 0,
    )


async def say_address(change: Change, request_id: str, address: str, now: datetime) -> None:
    """The address is kept unconfirmed, and a code goes there; one that is confirmed stays so.

    Raises Refused (bad_address, too_many_codes).
    """
    wanted = good_address(address)
    await lock_patient(change, request_id)
    patient_id = await patient_of(change.connection, request_id)
    known = await _row(change.connection, patient_id)
    if known is not None and known.address == wanted and known.confirmed_at is not None:
        return
    values = {
        "address": wanted,
        "confirmed_at": None,
        "code_hash": None,
        "code_until": now + CODE_LIFE,
        "code_tries": 0,
        **_counted(known, now),
    }
    if known is None:
        await change.connection.execute(insert(table).values(patient_id=patient_id, **values))
    else:
        mine = table.c.patient_id == patient_id
        await change.connection.execute(update(table).where(mine).values(values))
    await queue_code(change, request_id, now)


async def new_code(connection: AsyncConnection, patient_id: str, now: datetime) -> str:
    """The code of the letter that is about to be sent; only its hash is kept."""
    code = f"{secrets.randbelow(10**6):06}"
    mine = (table.c.patient_id == patient_id) & table.c.confirmed_at.is_(None)
    values = {"code_hash": code_digest(patient_id, code), "code_until": now + CODE_LIFE}
    await connection.execute(update(table).where(mine).values(values))
    return code


async def try_code(database: Database, request_id: str, code: str, now: datetime) -> None:
    """Counts the try, whatever becomes of the request around it. Raises Refused (wrong_code)."""
    async with database.write() as connection:
        patient_id = await patient_of(connection, request_id)
        mine = (table.c.patient_id == patient_id) & (table.c.code_tries < MOST_TRIES)
        one_more = update(table).where(mine).values(code_tries=table.c.code_tries + 1)
        is_counted = bool((await connection.execute(one_more)).rowcount)
        row = await _row(connection, patient_id)
    is_good = (
        is_counted
        and row is not None
        and row.code_hash is not None
        and row.code_until > now
        and secrets.compare_digest(row.code_hash, code_digest(patient_id, code))
    )
    if not is_good:
        raise _wrong()


async def confirm_address(change: Change, request_id: str, code: str, now: datetime) -> None:
    """The address is the patient's: what has waited for it goes there. Raises Refused
    (wrong_code: the address was changed in between)."""
    await lock_patient(change, request_id)
    patient_id = await patient_of(change.connection, request_id)
    mine = (table.c.patient_id == patient_id) & (table.c.code_hash == code_digest(patient_id, code))
    done = {"confirmed_at": now, "code_hash": None, "code_until": None, "code_tries": 0}
    if not (await change.connection.execute(update(table).where(mine).values(done))).rowcount:
        raise _wrong()
    await note(change, request_id, lines.EMAIL_CONFIRMED, now)
    edition = await unsent_edition(change.connection, request_id)
    if edition is not None:
        await queue_again(change, request_id, edition, now)


async def forget_address(change: Change, request_id: str, now: datetime) -> None:
    """Nothing is sent any more."""
    await lock_patient(change, request_id)
    patient_id = await patient_of(change.connection, request_id)
    gone = delete(table).where(table.c.patient_id == patient_id)
    if (await change.connection.execute(gone)).rowcount:
        await note(change, request_id, lines.EMAIL_REMOVED, now)


def not_offered() -> Refused:
    """There is nothing to confirm an address for."""
    return conflict(ProblemCode.EMAIL_NOT_SET_UP, "This centre sends no e-mail")


def _counted(known: Row[tuple[object, ...]] | None, now: datetime) -> dict[str, object]:
    """One more code of this hour. Raises Refused (too_many_codes)."""
    if known is None or known.asked_since is None or known.asked_since + HOUR <= now:
        return {"asked_since": now, "asked_times": 1}
    if known.asked_times >= MOST_CODES:
        left = math.ceil((known.asked_since + HOUR - now).total_seconds())
        title = "Too many codes were asked for"
        code = ProblemCode.TOO_MANY_CODES
        raise Refused(Problem(status=409, title=title, code=code, retry_after=left))
    return {"asked_times": known.asked_times + 1}


async def _row(connection: AsyncConnection, patient_id: str) -> Row[tuple[object, ...]] | None:
    found = select(table).where(table.c.patient_id == patient_id)
    return (await connection.execute(found)).first()


def code_digest(patient_id: str, code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"{patient_id} {code}".encode()).hexdigest()


def _wrong() -> Refused:
    title = "This is not the code that was sent last, or it is over"
    return conflict(ProblemCode.WRONG_CODE, title)
