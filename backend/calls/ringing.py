"""A call's life: the doctor places it (DRC-4), the patient answers (DRC-7), either side ends it."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, insert, select, update

from backend.calls.clock import clock_at_answer
from backend.calls.reading import call_on, calls_of, clock_values
from backend.changes import Change
from backend.events.log import Kind
from backend.problems import Refused, conflict, invalid, not_found
from backend.requests.moving import (
    Standing,
    move,
    note,
    owned_by,
    refuse_unless_possible,
    standing_of,
)
from backend.rules import history as lines
from backend.rules.calls import RUNNING, CallIsOver, CallStep, after, rings_no_more
from backend.rules.catalogues import Catalogues
from backend.rules.contact import is_online
from backend.rules.status import Step, can_move
from backend.tables import call_signals, calls, patients, requests
from backend_client.models.accounts import Account
from backend_client.models.calls import AnswerCall, Call, CallState, Channel
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Side
from backend_client.models.requests import Action


async def place(
    change: Change, account: Account, request_id: str, now: datetime, ringing: timedelta
) -> Call:
    """The doctor calls: it rings at the patient's page. One call of a request at a time.

    A patient with several requests is called by one doctor at a time, too.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, call_running,
    patient_in_call).
    """
    standing = await owned_by(change, account, request_id)
    await miss(change, request_id, now)
    if await call_on(change.connection, request_id) is not None:
        raise conflict(ProblemCode.CALL_RUNNING, "A call of this request is going on")
    refuse_unless_possible(Action.CALL, standing)
    await _refuse_second(change, standing, now)
    made = select(func.max(calls.c.attempt)).where(calls.c.request_id == request_id)
    attempt = ((await change.connection.execute(made)).scalar() or 0) + 1
    row = {
        "id": str(uuid.uuid4()),
        "request_id": request_id,
        "doctor_id": account.id,
        "attempt": attempt,
        "state": CallState.RINGING,
        "is_on": True,
        "connection": 1,
        "placed_at": now,
        "rings_until": now + ringing,
    }
    await change.connection.execute(insert(calls).values(row))
    await _keep(change, request_id, rings_until=now + ringing)
    await note(change, request_id, lines.call_placed(account.short_name, attempt), now)
    return await tell_call(change, str(row["id"]))


async def _refuse_second(change: Change, standing: Standing, now: datetime) -> None:
    """Whether another request's call rings or runs at the same patient."""
    # Locked: of two doctors who call at the same moment one comes later.
    whom = select(patients.c.id).where(patients.c.id == standing.patient_id).with_for_update()
    await change.connection.execute(whom)
    theirs = (requests.c.patient_id == standing.patient_id) & (requests.c.id != standing.id)
    rings_still = (calls.c.state != CallState.RINGING) | (calls.c.rings_until > now)
    found = (
        select(calls.c.id)
        .join(requests, requests.c.id == calls.c.request_id)
        .where(theirs, calls.c.is_on, rings_still)
        .limit(1)
    )
    if (await change.connection.execute(found)).first() is not None:
        title = "The patient is in a call of another request"
        raise conflict(ProblemCode.PATIENT_IN_CALL, title)


async def answer(
    change: Change,
    request_id: str,
    call_id: str,
    given: AnswerCall,
    catalogues: Catalogues,
    now: datetime,
) -> Call:
    """The patient takes the call: the consultation's clock starts, or goes on (DRC-8).

    Raises Refused (not_found, call_over, move_not_allowed, invalid).
    """
    channel = given.channel
    if channel is Channel.UNKNOWN:
        raise invalid("channel: not known")
    standing = await standing_of(change, request_id)
    call = await the_call(change, request_id, call_id)
    if rings_no_more(call.state, call.rings_until, now):
        raise call_over()
    clock = clock_values(await clock_at_answer(change, standing, catalogues, now))
    said = {"channel": channel, "page": given.page or ""}
    await _step(change, call, CallStep.ANSWER, answered_at=now, **said, **clock)
    await move(change, standing, Step.ANSWER_CALL, now, lines.call_answered(channel.value))
    return await tell_call(change, call_id)


async def take(change: Change, request_id: str, call_id: str, page: str) -> Call:
    """The talk goes on at that page of the patient's; may be repeated.

    Raises Refused (not_found, call_over).
    """
    call = await the_call(change, request_id, call_id)
    if call.state is not CallState.ACTIVE:
        raise call_over()
    taken = update(calls).where(calls.c.id == call_id).values(page=page)
    await change.connection.execute(taken)
    return await tell_call(change, call_id)


async def decline(change: Change, request_id: str, call_id: str, now: datetime) -> Call:
    """The patient does not take it. Raises Refused (not_found, call_over)."""
    call = await the_call(change, request_id, call_id)
    ended = {"ended_at": now, "ended_by": Side.PATIENT}
    await _step(change, call, CallStep.DECLINE, **ended)
    await note(change, request_id, lines.CALL_DECLINED, now)
    return await tell_call(change, call_id)


async def hang_up(
    change: Change, standing: Standing, call_id: str, side: Side, now: datetime
) -> Call:
    """Either side ends the call, or the doctor stops its ringing; may be repeated.

    Raises Refused (not_found, call_over).
    """
    call = await the_call(change, standing.id, call_id)
    if call.state not in RUNNING:
        return call
    was_active = call.state is CallState.ACTIVE
    step = CallStep.DECLINE if side is Side.PATIENT and not was_active else CallStep.HANG_UP
    await _step(change, call, step, ended_at=now, ended_by=side)
    if was_active and can_move(Step.END_CALL, standing.status):
        await move(change, standing, Step.END_CALL, now, lines.CALL_ENDED)
    else:
        await note(change, standing.id, lines.CALL_ENDED, now)
    return await tell_call(change, call_id)


async def stop_call(change: Change, standing: Standing, side: Side, now: datetime) -> Standing:
    """Ends the request's call that rings or runs, by one of its sides: what ends a request does so.

    A request that has ended must not ring on, nor be told later that nobody answered.
    """
    call = await call_on(change.connection, standing.id)
    if call is None:
        return standing
    await hang_up(change, standing, call.id, side, now)
    return await standing_of(change, standing.id)


async def miss(change: Change, request_id: str, now: datetime) -> None:
    """Ends the request's call that has rung for its time."""
    call = await call_on(change.connection, request_id)
    if call is None or not rings_no_more(call.state, call.rings_until, now):
        return
    await _step(change, call, CallStep.TIME_OUT, ended_at=now)
    # Before the appointed time nobody can have missed the consultation (DRC-11).
    counts = case((requests.c.appointment_at > call.placed_at, 0), else_=1)
    await _keep(change, request_id, missed_calls=requests.c.missed_calls + counts)
    came_left = select(requests.c.patient_came_at, requests.c.patient_left_at)
    seen = (await change.connection.execute(came_left.where(requests.c.id == request_id))).one()
    text = lines.call_missed(call.attempt, was_online=is_online(*seen))
    await note(change, request_id, text, now)
    change.tell(request_id, Kind.CALL, call.id)


async def reconnect(change: Change, request_id: str, call_id: str) -> Call:
    """A new connection inside the same call: its number counts up, older signals are void.

    Raises Refused (not_found, call_over).
    """
    call = await the_call(change, request_id, call_id)
    if call.state is not CallState.ACTIVE:
        raise call_over()
    counted = update(calls).where(calls.c.id == call_id)
    await change.connection.execute(counted.values(connection=calls.c.connection + 1))
    old = delete(call_signals).where(call_signals.c.call_id == call_id)
    await change.connection.execute(old)
    return await tell_call(change, call_id)


async def tell_call(change: Change, call_id: str) -> Call:
    """The call as it is now; both sides are told of it."""
    found = await calls_of(change.connection, calls.c.id == call_id)
    change.tell(found[0].request_id, Kind.CALL, call_id)
    return found[0]


async def the_call(change: Change, request_id: str, call_id: str) -> Call:
    """A call of this request; raises Refused (not_found)."""
    mine = (calls.c.id == call_id) & (calls.c.request_id == request_id)
    found = await calls_of(change.connection, mine)
    if not found:
        raise not_found()
    return found[0]


def call_over() -> Refused:
    """The call rings or runs no more."""
    return conflict(ProblemCode.CALL_OVER, "This call is over")


async def _step(change: Change, call: Call, step: CallStep, **values: object) -> None:
    try:
        state = after(call.state, step)
    except CallIsOver as error:
        raise call_over() from error
    # Conditional: of an answer and a time-out that come together one is late.
    unchanged = (calls.c.id == call.id) & (calls.c.state == call.state)
    stamped = {"state": state, "is_on": state in RUNNING, **values}
    result = await change.connection.execute(update(calls).where(unchanged).values(stamped))
    if result.rowcount != 1:
        raise call_over()
    if call.state is CallState.RINGING:
        await _keep(change, call.request_id, rings_until=None)
    if state not in RUNNING:
        over = delete(call_signals).where(call_signals.c.call_id == call.id)
        await change.connection.execute(over)


async def _keep(change: Change, request_id: str, **values: object) -> None:
    """What the request's row says of its calls: another state of the row for all who see it."""
    found = update(requests).where(requests.c.id == request_id)
    stamped = {**values, "version": requests.c.version + 1}
    await change.connection.execute(found.values(stamped))
