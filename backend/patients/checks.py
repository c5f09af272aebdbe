"""The last test of the patient's devices and line, which the doctor sees before a call (DRC-5)."""

import math
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from backend.changes import Change
from backend.problems import Refused, invalid, move_not_allowed
from backend.requests.moving import standing_of
from backend.rules.patient_check import AT_LEAST_BETWEEN, fault_of, kept_check, kept_words
from backend.rules.status import is_open
from backend.tables import requests
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.patient_check import NewPatientCheck, PatientCheck


async def keep_check(
    change: Change, request_id: str, given: NewPatientCheck, now: datetime
) -> PatientCheck:
    """In place of the one before; whoever has the request on the screen is told.

    Raises Refused (not_found, invalid, move_not_allowed, too_many_attempts).
    """
    fault = fault_of(given)
    if fault is not None:
        raise invalid(fault)
    standing = await standing_of(change, request_id)
    if not is_open(standing.status):
        raise move_not_allowed("The request is over")
    this = requests.c.id == request_id
    before = (
        await change.connection.execute(select(requests.c.patient_check).where(this))
    ).scalar()
    _refuse_haste(kept_check(before or ""), now)
    check = PatientCheck(at=now, **msgspec.structs.asdict(given))
    kept = update(requests).where(this).values(patient_check=kept_words(check))
    await change.connection.execute(kept)
    change.touch(request_id)
    return check


def _refuse_haste(before: PatientCheck | None, now: datetime) -> None:
    if before is None or (left := before.at + AT_LEAST_BETWEEN - now).total_seconds() <= 0:
        return
    after = math.ceil(left.total_seconds())
    title, code = "A test was kept a moment ago", ProblemCode.TOO_MANY_ATTEMPTS
    raise Refused(Problem(status=429, title=title, code=code, retry_after=after))
