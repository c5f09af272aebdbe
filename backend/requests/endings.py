"""Ends of a request other than the conclusion: each with its reason, its words, its evidence."""

from datetime import datetime

from backend.calls.ringing import stop_call
from backend.changes import Change
from backend.problems import invalid, move_not_allowed
from backend.requests.evidence import evidence
from backend.requests.moving import (
    Standing,
    move_with,
    refuse_unless_known,
    refuse_unless_possible,
)
from backend.rules import history as lines
from backend.rules.contact import NOT_YET, contact_of, in_words, is_early, why_not_lost
from backend.rules.outcomes import is_too_late
from backend.schedule.booking import release_held
from backend_client.models.accounts import Account
from backend_client.models.messages import Side
from backend_client.models.request_actions import (
    ActWithNote,
    CloseReason,
    CloseWithoutConclusion,
    Decline,
    DeclineReason,
)
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.schedule import SlotState


async def decline(
    change: Change, account: Account, standing: Standing, given: Decline, now: datetime
) -> Standing:
    """Not taken on, for a coded reason. Raises Refused (move_not_allowed, invalid)."""
    if given.reason is DeclineReason.UNKNOWN:
        raise invalid("reason: not known")
    line = lines.declined(account.short_name, given.reason)
    return await _end(change, standing, Action.DECLINE, now, line, given.note, given.reason)


async def close_without_conclusion(
    change: Change,
    account: Account,
    standing: Standing,
    given: CloseWithoutConclusion,
    now: datetime,
) -> Standing:
    """The consultation ends with a reason and words to the patient (SPB-22).

    Raises Refused (move_not_allowed, invalid).
    """
    if given.reason is CloseReason.UNKNOWN:
        raise invalid("reason: not known")
    _refuse_empty(given.note)
    line = lines.closed_without_conclusion(account.short_name, given.reason)
    action = Action.CLOSE_WITHOUT_CONCLUSION
    return await _end(change, standing, action, now, line, given.note, given.reason)


async def end_with_note(
    change: Change, account: Account, standing: Standing, action: Action, note: str, now: datetime
) -> Standing:
    """Out of profile, to be seen in person, to be treated in hospital (OZ-22): with words.

    Raises Refused (move_not_allowed, invalid).
    """
    _refuse_empty(note)
    line = {
        Action.OUT_OF_PROFILE: lines.out_of_profile,
        Action.INVITE_IN_PERSON: lines.invited_in_person,
        Action.RECOMMEND_INPATIENT: lines.inpatient_recommended,
    }[action](account.short_name)
    return await _end(change, standing, action, now, line, note)


async def annul(
    change: Change, account: Account, standing: Standing, given: ActWithNote, now: datetime
) -> Standing:
    """A person ends what the patient has refused three times (SPB-6).

    Raises Refused (move_not_allowed).
    """
    line = lines.annulled(account.short_name, standing.slot_refusals)
    return await _end(change, standing, Action.ANNUL, now, line, given.note)


async def cancel_for_patient(
    change: Change, account: Account, standing: Standing, given: ActWithNote, now: datetime
) -> Standing:
    """The patient has told the staff; after the start it is too late, and the quota pays (DRC-12).

    Raises Refused (move_not_allowed).
    """
    late = is_too_late(standing.appointment_at, now)
    status = RequestStatus.CANCELLED_LATE if late else RequestStatus.CANCELLED
    line = lines.cancelled_by_staff(account.short_name, late=late)
    return await _end(change, standing, Action.CANCEL, now, line, given.note, chosen=status)


async def close_no_contact(
    change: Change, account: Account, standing: Standing, now: datetime, zone: str
) -> Standing:
    """Closed as rendered: only with all three conditions, and the evidence in words (DRC-11).

    Raises Refused (move_not_allowed with the conditions that do not hold; before the appointed
    time, at which the doctor tries to reach the patient, none does).
    """
    refuse_unless_known(Action.CLOSE_NO_CONTACT, standing)
    if is_early(standing.appointment_at, now):
        raise move_not_allowed(NOT_YET)
    seen = (standing.patient_came_at, standing.patient_left_at, standing.appointment_at)
    found = await evidence(change.connection, standing.id, *seen)
    contact = contact_of(found)
    if not contact.is_lost:
        raise move_not_allowed(why_not_lost(contact))
    line = lines.no_contact(account.short_name)
    words = in_words(found, zone)
    return await _end(change, standing, Action.CLOSE_NO_CONTACT, now, line, words)


def _refuse_empty(note: str) -> None:
    if not note.replace("\0", "").strip():
        raise invalid("note: nothing but spaces")


async def free_times(change: Change, standing: Standing) -> None:
    """Times that were held for a request that waits for documents again are free."""
    await release_held(change.connection, standing.id, SlotState.WITHDRAWN)


async def _end(
    change: Change,
    standing: Standing,
    action: Action,
    now: datetime,
    line: str,
    note: str,
    code: str = "",
    chosen: RequestStatus | None = None,
) -> Standing:
    refuse_unless_possible(action, standing)
    words = note.replace("\0", "").strip()
    standing = await stop_call(change, standing, Side.DOCTOR, now)
    outcome = {"outcome_code": code, "outcome_note": words}
    text = lines.with_note(line, words)
    standing = await move_with(change, standing, action, now, text, outcome, chosen)
    by_patient = action is Action.CANCEL
    state = SlotState.CANCELLED if by_patient else SlotState.WITHDRAWN
    await release_held(change.connection, standing.id, state)
    return standing
