"""Proposing, accepting, cancelling times. The database lets no two of a doctor overlap."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.calls.ringing import stop_call
from backend.changes import Change
from backend.pages import moment
from backend.problems import Refused, conflict, invalid, move_not_allowed
from backend.requests.moving import Standing, move, move_with, refuse_unless_possible, standing_of
from backend.requests.terms import values_agreed, values_at, values_unanswered
from backend.rules import history as lines
from backend.rules.catalogues import Catalogues
from backend.rules.outcomes import is_too_late
from backend.rules.slots import Span, held_until, is_bookable, overlap
from backend.rules.status import Step
from backend.tables import requests, slots
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Side
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.schedule import ProposeSlots, SlotState, SlotTime


async def propose(
    change: Change,
    catalogues: Catalogues,
    account: Account,
    standing: Standing,
    given: ProposeSlots,
    now: datetime,
    hold: timedelta,
) -> None:
    """Holds the times for the patient, in place of those held before (OZ-8).

    The notice of them is the answer that the request's clock waits for (OZ-9, OZ-21).
    Raises Refused (move_not_allowed, invalid, slot_in_past, slot_taken).
    """
    refuse_unless_possible(Action.PROPOSE_SLOT, standing)
    # In the order of time: two that book at once cannot wait for each other.
    spans = sorted((_span(time) for time in given.times), key=lambda span: span.start)
    _refuse_impossible(spans, now)
    await release_slots(change.connection, _waiting(standing.id), SlotState.WITHDRAWN)
    rows = [_row(account.id, standing.id, span, now, hold) for span in spans]
    await _hold(change.connection, rows)
    zone = catalogues.newest(standing.centre_id).time_zone
    text = lines.slots_proposed(account.short_name, [span.start for span in spans], zone)
    status, started_at = RequestStatus.SLOT_PROPOSED, standing.clock_started_at
    values = values_at(catalogues, standing, status, started_at)
    await move_with(change, standing, Action.PROPOSE_SLOT, now, text, values)


async def accept(
    change: Change, catalogues: Catalogues, request_id: str, slot_id: str, now: datetime
) -> None:
    """Makes one of the proposed times the appointment, frees the others; may be repeated.

    Raises Refused (slot_gone, move_not_allowed).
    """
    standing = await standing_of(change, request_id)
    found = select(slots.c.state, slots.c.starts_at, slots.c.held_until).where(
        slots.c.id == slot_id, slots.c.request_id == request_id
    )
    slot = (await change.connection.execute(found)).first()
    if slot is not None and slot.state is SlotState.ACCEPTED:
        return
    if slot is None or slot.state is not SlotState.PROPOSED or slot.held_until <= now:
        raise _gone()
    mine = slots.c.id == slot_id
    await change.connection.execute(update(slots).where(mine).values(state=SlotState.ACCEPTED))
    await release_slots(change.connection, _waiting(request_id), SlotState.WITHDRAWN)
    text = lines.slot_accepted(slot.starts_at, catalogues.newest(standing.centre_id).time_zone)
    values = {
        "appointment_at": slot.starts_at,
        # What was tried to reach the patient counts from the appointed time on (DRC-11).
        "phone_attempts": 0,
        "missed_calls": 0,
        **values_agreed(catalogues, standing, slot.starts_at),
    }
    await move_with(change, standing, Step.ACCEPT_SLOT, now, text, values)


async def refuse(
    change: Change, catalogues: Catalogues, request_id: str, seen: Iterable[str], now: datetime
) -> None:
    """The patient wants another time: all proposed ones are freed and the refusal is counted.

    `seen` are the slots that the page shows: an offer that nobody has seen is never refused, nor
    counted towards the annulment (SPB-6). Raises Refused (stale_version).
    """
    standing = await standing_of(change, request_id)
    offered = select(slots.c.id).where(_waiting(request_id))
    if set((await change.connection.execute(offered)).scalars()) != set(seen):
        title = "The page shows times that are not the offered ones: look at it again"
        raise conflict(ProblemCode.STALE_VERSION, title)
    counted = {
        "slot_refusals": requests.c.slot_refusals + 1,
        **values_unanswered(catalogues, standing, now),
    }
    await move_with(change, standing, Step.REFUSE_SLOTS, now, lines.PATIENT_REFUSED, counted)
    await release_slots(change.connection, _waiting(request_id), SlotState.DECLINED)


async def cancel(change: Change, request_id: str, now: datetime) -> None:
    """The patient cancels before the start: the time is free at once (OZ-10), no call rings on.

    Raises Refused (move_not_allowed).
    """
    standing = await standing_of(change, request_id)
    refuse_unless_possible(Step.CANCEL, standing)
    accepted = (slots.c.request_id == request_id) & (slots.c.state == SlotState.ACCEPTED)
    found = select(slots.c.starts_at).where(accepted)
    start: datetime | None = (await change.connection.execute(found)).scalar()
    if start is not None and start <= now:
        raise move_not_allowed("the consultation should have begun")
    standing = await stop_call(change, standing, Side.PATIENT, now)
    text = lines.PATIENT_CANCELLED
    await move(change, standing, Step.CANCEL, now, text, appointment_at=None)
    await release_held(change.connection, request_id, SlotState.CANCELLED)


async def cancel_late(change: Change, request_id: str, now: datetime) -> None:
    """The patient does not come, and says so after the start: not rendered, by the patient's fault,
    and taken off the quota (DRC-12, DRC-17). No call rings on.

    Raises Refused (move_not_allowed).
    """
    standing = await standing_of(change, request_id)
    refuse_unless_possible(Step.CANCEL_LATE, standing)
    if not is_too_late(standing.appointment_at, now):
        raise move_not_allowed("the consultation can still be cancelled in time")
    standing = await stop_call(change, standing, Side.PATIENT, now)
    await move(change, standing, Step.CANCEL_LATE, now, lines.PATIENT_CANCELLED_LATE)
    await release_held(change.connection, request_id, SlotState.CANCELLED)


async def release_held(connection: AsyncConnection, request_id: str, state: SlotState) -> None:
    """Frees all the time that a request holds."""
    await release_slots(connection, _held(request_id), state)


async def expire(change: Change, request_id: str, now: datetime, catalogues: Catalogues) -> None:
    """Frees the request's proposed times that nobody has answered; the doctor may propose anew."""
    standing = await standing_of(change, request_id)
    over = _waiting(request_id) & (slots.c.held_until <= now)
    freed = await release_slots(change.connection, over, SlotState.EXPIRED)
    if not freed:
        return
    left = select(slots.c.id).where(_waiting(request_id)).limit(1)
    if (await change.connection.execute(left)).first() is None:
        values = values_unanswered(catalogues, standing, now)
        await move_with(change, standing, Step.HOLDS_OVER, now, lines.HOLDS_ARE_OVER, values)
    else:
        change.touch(request_id)


async def release_slots(
    connection: AsyncConnection, which: ColumnElement[bool], state: SlotState
) -> int:
    """Frees the time of slots, and says why; answers how many."""
    freed = await connection.execute(update(slots).where(which).values(state=state, is_held=False))
    return freed.rowcount


def _span(time: SlotTime) -> Span:
    start = moment("start", time.start)
    try:
        return Span(start, start + timedelta(minutes=time.minutes))
    except OverflowError as error:
        raise invalid("start: outside of all years") from error


def _refuse_impossible(spans: list[Span], now: datetime) -> None:
    if overlap(spans):
        raise invalid("times: they overlap")
    if not all(is_bookable(span, now) for span in spans):
        raise conflict(ProblemCode.SLOT_IN_PAST, "A proposed time must lie ahead")


def _row(
    doctor_id: str, request_id: str, span: Span, now: datetime, hold: timedelta
) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "request_id": request_id,
        "doctor_id": doctor_id,
        "starts_at": span.start,
        "ends_at": span.end,
        "state": SlotState.PROPOSED,
        "is_held": True,
        "held_until": held_until(span.start, now, hold),
        "proposed_at": now,
    }


async def _hold(connection: AsyncConnection, rows: list[dict[str, object]]) -> None:
    try:
        async with connection.begin_nested():
            await connection.execute(insert(slots), rows)
    except IntegrityError as error:
        title = "This time of the doctor is taken"
        raise conflict(ProblemCode.SLOT_TAKEN, title) from error


def _held(request_id: str) -> ColumnElement[bool]:
    return (slots.c.request_id == request_id) & slots.c.is_held


def _waiting(request_id: str) -> ColumnElement[bool]:
    return (slots.c.request_id == request_id) & (slots.c.state == SlotState.PROPOSED)


def _gone() -> Refused:
    return conflict(ProblemCode.SLOT_GONE, "This time is not offered any more")
