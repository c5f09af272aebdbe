"""Moves of a request inside a transaction: looked at and locked, moved by the table, told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, insert, select, update

from backend.accounts.names import short_name
from backend.changes import Change
from backend.problems import (
    Refused,
    claimed_by_other,
    conflict,
    forbidden,
    move_not_allowed,
    nobody_holds,
    not_found,
)
from backend.requests.terms import NO_CLOCK
from backend.requests.visible import visible_requests
from backend.rules.actions import DOCTORS, NO_CONSENT, NOT_IDENTIFIED, Circumstances, refusal
from backend.rules.clocks import ALL_MET
from backend.rules.completeness import awaits_documents
from backend.rules.contact import is_online
from backend.rules.identity import kept_marks
from backend.rules.outcomes import TAKES_QUOTA
from backend.rules.status import MoveNotAllowed, Step, can_move, is_open, moved
from backend.tables import accounts, history, requests
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode
from backend_client.models.identity import IdentityMark
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it stands, locked until the transaction's end."""

    id: str
    centre_id: str
    number: str
    version: int
    status: RequestStatus
    route: Route
    owner_id: str | None
    last_message: int
    owner_name: str | None
    """Full name."""
    status_before_claim: RequestStatus | None
    created_at: datetime
    payer: str
    appointment_at: datetime | None
    needs_approval: bool | None
    """The catalogue's word of the day when the request was made; None: it had none."""
    missing_consents: str
    slot_refusals: int
    phone_attempts: int
    patient_came_at: datetime | None
    patient_left_at: datetime | None
    missed_calls: int
    documents_complete_at: datetime | None
    clock_started_at: datetime | None
    """From when the route's clocks count."""
    contacted_at: datetime | None
    """When the patient was reached by telephone."""
    identity_marks: str
    patient_id: str
    was_delivered: bool
    """The patient has a conclusion of it."""

    @property
    def circumstances(self) -> Circumstances:
        """What decides about actions beside the status."""
        marks = kept_marks(self.identity_marks)
        return Circumstances(
            route=self.route,
            lacks_consent=bool(self.missing_consents),
            refusals=self.slot_refusals,
            phone_attempts=self.phone_attempts,
            patient_is_online=is_online(self.patient_came_at, self.patient_left_at),
            call_failed=self.missed_calls > 0,
            lacks_documents=awaits_documents(
                self.route, self.documents_complete_at, self.status_before_claim
            ),
            is_unidentified=IdentityMark.NOT_IDENTIFIED in marks,
            by_person=IdentityMark.BY_PERSON in marks,
            has_changed_data=IdentityMark.DATA_CHANGED in marks,
            was_delivered=self.was_delivered,
        )


OWN = (
    *("id", "centre_id", "number", "version", "status", "route", "owner_id", "last_message"),
    *("status_before_claim", "created_at", "payer", "appointment_at", "needs_approval"),
    *("missing_consents", "slot_refusals", "phone_attempts"),
    *("patient_came_at", "patient_left_at", "missed_calls", "documents_complete_at"),
    *("clock_started_at", "contacted_at", "identity_marks", "patient_id", "was_delivered"),
)


async def standing_for(change: Change, account: Account, request_id: str) -> Standing:
    """Of a request that the account sees; raises Refused (not_found)."""
    return await _standing(change, (requests.c.id == request_id) & visible_requests(account))


async def standing_of(change: Change, request_id: str) -> Standing:
    """For who has a right to exactly this request; raises Refused (not_found)."""
    return await _standing(change, requests.c.id == request_id)


async def owned_by(change: Change, account: Account, request_id: str) -> Standing:
    """Of a request that this doctor holds.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    standing = await standing_for(change, account, request_id)
    if account.role not in DOCTORS:
        raise forbidden()
    if standing.owner_id is None or standing.owner_name is None:
        raise nobody_holds(standing.status)
    if standing.owner_id != account.id:
        raise claimed_by_other(short_name(standing.owner_name))
    return standing


def refuse_unless_possible(action: Action | Step, standing: Standing) -> None:
    """Raises Refused (move_not_allowed, consent_missing, not_identified) with the reason."""
    refuse_unless_known(action, standing)
    reason = None if isinstance(action, Step) else refusal(action, standing.circumstances)
    if reason is None:
        return
    if reason == NO_CONSENT:
        raise consent_missing()
    raise not_identified() if reason == NOT_IDENTIFIED else move_not_allowed(reason)


def refuse_unless_known(action: Action | Step, standing: Standing) -> None:
    """Of the table alone, for what words its other conditions itself.

    Raises Refused (move_not_allowed).
    """
    if not can_move(action, standing.status):
        raise move_not_allowed(f"{action} is not possible while the request is {standing.status}")


def consent_missing() -> Refused:
    """No consultation starts without its consents (SPB-13, SOK-2, DRC-2)."""
    title = "The patient has not given a consent that the consultation needs"
    return conflict(ProblemCode.CONSENT_MISSING, title)


def not_identified() -> Refused:
    """Neither the service nor a named person knows who the patient is (DRC-16)."""
    title = "Nothing is signed before a person has confirmed who the patient is"
    return conflict(ProblemCode.NOT_IDENTIFIED, title)


async def move(
    change: Change,
    standing: Standing,
    action: Action | Step,
    now: datetime,
    text: str | None = None,
    **values: object,
) -> Standing:
    """Moves it by the table with a line of history, other values changed along with it.

    Raises Refused (move_not_allowed).
    """
    return await move_with(change, standing, action, now, text, values)


async def move_with(
    change: Change,
    standing: Standing,
    action: Action | Step,
    now: datetime,
    text: str | None,
    values: Mapping[str, object],
    chosen: RequestStatus | None = None,
) -> Standing:
    """As move; `chosen` is which of several targets."""
    try:
        status = moved(action, standing.status, chosen)
    except MoveNotAllowed as error:
        raise move_not_allowed(str(error)) from error
    stamped = {
        "version": standing.version + 1,
        "changed_at": now,
        **(_reached(status, now) if status is not standing.status else {}),
        **values,
    }
    found = update(requests).where(requests.c.id == standing.id)
    await change.connection.execute(found.values(stamped))
    if text is not None:
        await note(change, standing.id, text, now)
    change.touch(standing.id)
    return await standing_of(change, standing.id)


def _reached(status: RequestStatus, now: datetime) -> Mapping[str, object]:
    """What a new status brings: a lease is of a bare claim, an end has its time, a quota pays; no
    clock waits for what has happened (SPB-10)."""
    values: dict[str, object] = {
        "status": status,
        "is_open": is_open(status),
        "lease_until": None,
    }
    if status in ALL_MET:
        values |= NO_CLOCK
    if not is_open(status):
        values["ended_at"] = now
    if status in TAKES_QUOTA:
        left = requests.c.quota_left
        values["quota_left"] = case((left > 0, left - 1), else_=left)
    return values


async def note(change: Change, request_id: str, text: str, now: datetime) -> None:
    """A line of history; the request's subscribers are told."""
    row = {"request_id": request_id, "at": now, "text": text}
    await change.connection.execute(insert(history).values(row))
    change.touch(request_id)


async def _standing(change: Change, which: ColumnElement[bool]) -> Standing:
    found = (
        select(*(requests.c[name] for name in OWN), accounts.c.full_name.label("owner_name"))
        .outerjoin(accounts, accounts.c.id == requests.c.owner_id)
        .where(which)
        .with_for_update(of=requests)
    )
    row = (await change.connection.execute(found)).mappings().first()
    if row is None:
        raise not_found()
    return Standing(**row)
