"""What is done to a request beside its ends: converted, marked, numbered, handed on, telephoned."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.names import short_name
from backend.calls.ringing import stop_call
from backend.changes import Change
from backend.problems import conflict, invalid, nobody_holds
from backend.requests.consents import given_kinds
from backend.requests.gate import no_owner, papers_of
from backend.requests.moving import Standing, move, move_with, refuse_unless_possible
from backend.requests.terms import values_at, word_values
from backend.rules import history as lines
from backend.rules.actions import DOCTORS
from backend.rules.catalogues import Catalogues
from backend.rules.completeness import CONCLUSION
from backend.rules.contact import is_early
from backend.rules.status import Step
from backend.tables import accounts, phone_attempts, requests, slots
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Side
from backend_client.models.request_actions import (
    MarkLifeThreat,
    NewPhoneAttempt,
    PhoneOutcome,
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route


async def convert(
    change: Change, catalogues: Catalogues, account: Account, standing: Standing, now: datetime
) -> Standing:
    """A duty question becomes a centre application, with its gate and its clock (OZ-13).

    Raises Refused (move_not_allowed).
    """
    refuse_unless_possible(Action.CONVERT, standing)
    papers = await papers_of(change, catalogues, standing.id, Route.CENTRE)
    ready = papers.are_complete
    given = await given_kinds(change.connection, standing.id)
    started = now if ready else None
    status = RequestStatus.READY if ready else RequestStatus.AWAITING_DOCUMENTS
    values = {
        "route": Route.CENTRE,
        "documents_complete_at": started,
        # Nobody says of an application that it needs no conclusion (OZ-2).
        "not_applicable": papers.marks_without([CONCLUSION]),
        **no_owner(),
        **values_at(catalogues, replace(standing, route=Route.CENTRE), status, started),
        **word_values(catalogues, standing, Route.CENTRE, given),
    }
    text = lines.converted(account.short_name)
    return await move_with(change, standing, Action.CONVERT, now, text, values, status)


async def mark_life_threat(
    change: Change, account: Account, standing: Standing, given: MarkLifeThreat, now: datetime
) -> Standing:
    """To the top of the lists by term, or back. Raises Refused (move_not_allowed)."""
    line = lines.life_threat_marked(account.short_name, threat=given.life_threat)
    text = lines.with_note(line, given.note.replace("\0", "").strip())
    marks = {"life_threat": given.life_threat, "threat_rank": 0 if given.life_threat else 1}
    return await move_with(change, standing, Action.MARK_LIFE_THREAT, now, text, marks)


async def set_record_number(
    change: Change, account: Account, standing: Standing, given: SetRecordNumber, now: datetime
) -> Standing:
    """The number of the medical record (SOK-1). Raises Refused (move_not_allowed)."""
    number = given.number.replace("\0", "").strip()
    text = lines.record_number_set(account.short_name, number)
    action = Action.SET_RECORD_NUMBER
    return await move(change, standing, action, now, text, medical_record_number=number)


async def take_over(
    change: Change,
    account: Account,
    standing: Standing,
    given: TakeOver,
    now: datetime,
    lease: timedelta,
) -> Standing:
    """The clinic takes a claim from its doctor: for another, with the times held, or for the queue.

    A call that goes on ends. A bare claim is on the lease of a new one.

    Raises Refused (move_not_allowed, invalid: also where work was begun and no doctor is named,
    slot_taken).
    """
    refuse_unless_possible(Action.TAKE_OVER, standing)
    if standing.owner_id is None or standing.owner_name is None:
        raise nobody_holds(standing.status)
    doctor = await _doctor(change, standing, given.doctor_id) if given.doctor_id else None
    standing = await stop_call(change, standing, Side.DOCTOR, now)
    before, reason = short_name(standing.owner_name or ""), given.reason.replace("\0", "").strip()
    text = lines.taken_over(account.short_name, before, doctor, reason)
    if doctor is None:
        return await _back_to_queue(change, standing, text, now)
    held = (slots.c.request_id == standing.id) & slots.c.is_held
    try:
        async with change.connection.begin_nested():
            moved = update(slots).where(held).values(doctor_id=given.doctor_id)
            await change.connection.execute(moved)
    except IntegrityError as error:
        title = "This time of the doctor is taken"
        raise conflict(ProblemCode.SLOT_TAKEN, title) from error
    leased = case((requests.c.lease_until.is_not(None), now + lease), else_=None)
    owner = {"owner_id": given.doctor_id, "claimed_at": now, "lease_until": leased}
    return await move_with(change, standing, Action.TAKE_OVER, now, text, owner)


async def log_phone_attempt(
    change: Change,
    catalogues: Catalogues,
    account: Account,
    standing: Standing,
    given: NewPhoneAttempt,
    now: datetime,
) -> Standing:
    """Keeps a telephone attempt; one that reached the patient ends the clock that waits for it.

    (DRC-11, SPB-5.) Raises Refused (move_not_allowed, invalid).
    """
    refuse_unless_possible(Action.LOG_PHONE_ATTEMPT, standing)
    if given.outcome is PhoneOutcome.UNKNOWN:
        raise invalid("outcome: not known")
    mine = phone_attempts.c.request_id == standing.id
    counted = select(func.count()).select_from(phone_attempts).where(mine)
    number = (await change.connection.execute(counted)).scalar_one() + 1
    row = {
        "id": str(uuid.uuid4()),
        "request_id": standing.id,
        "number": number,
        "caller_id": account.id,
        "at": now,
        "outcome": given.outcome,
        "note": given.note.replace("\0", "").strip(),
    }
    await change.connection.execute(insert(phone_attempts).values(row))
    text = lines.phone_attempt(account.short_name, number, given.outcome)
    values = _after_attempt(catalogues, standing, given.outcome, now)
    return await move_with(change, standing, Action.LOG_PHONE_ATTEMPT, now, text, values)


def _after_attempt(
    catalogues: Catalogues, standing: Standing, outcome: PhoneOutcome, now: datetime
) -> dict[str, object]:
    if outcome is not PhoneOutcome.REACHED:
        counts = not is_early(standing.appointment_at, now)
        return {"phone_attempts": requests.c.phone_attempts + int(counts)}
    reached = replace(standing, contacted_at=now)
    return {
        "contacted_at": now,
        "phone_attempts": 0,  # What failed before proves no more that the patient is out of reach.
        **values_at(catalogues, reached, standing.status, standing.clock_started_at),
    }


async def _doctor(change: Change, standing: Standing, doctor_id: str) -> str:
    """Short name of a doctor of the request's centre; raises Refused (invalid)."""
    found = select(accounts.c.full_name, accounts.c.role).where(
        accounts.c.id == doctor_id, accounts.c.centre_id == standing.centre_id
    )
    row = (await change.connection.execute(found)).first()
    if row is None or row.role not in DOCTORS or doctor_id == standing.owner_id:
        raise invalid("doctor_id: no other doctor of this centre")
    return short_name(row.full_name)


async def _back_to_queue(change: Change, standing: Standing, text: str, now: datetime) -> Standing:
    if standing.status is not RequestStatus.CLAIMED:
        raise invalid("doctor_id: work was begun, so another doctor has to go on with it")
    chosen = standing.status_before_claim or RequestStatus.NEW
    return await move_with(change, standing, Step.TAKEN_AWAY, now, text, no_owner(), chosen)
