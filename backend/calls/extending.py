"""The doctor takes more time for a consultation that goes on (DRC-8)."""

from datetime import datetime

from sqlalchemy import update

from backend.calls.reading import clock_values
from backend.calls.ringing import call_over, tell_call, the_call
from backend.changes import Change
from backend.problems import invalid, stale_version
from backend.requests.moving import note, owned_by
from backend.rules import history as lines
from backend.rules.consultation_clock import CannotExtend, extended, minutes_of
from backend.tables import calls
from backend_client.models.accounts import Account
from backend_client.models.calls import Call, CallState


async def extend(
    change: Change,
    account: Account,
    request_id: str,
    call_id: str,
    ends_at: datetime,
    now: datetime,
) -> Call:
    """Moves the end that was to be at `ends_at`, and the warnings with it; both sides are told.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, call_over, invalid,
    and stale_version where the end is another by now).
    """
    await owned_by(change, account, request_id)
    call = await the_call(change, request_id, call_id)
    if call.state is not CallState.ACTIVE or call.clock is None:
        raise call_over()
    if call.clock.ends_at != ends_at:
        raise stale_version("The consultation ends at another time by now", call)
    try:
        clock = extended(call.clock, now)
    except CannotExtend as error:
        raise invalid("the route's consultations are not extended") from error
    await change.connection.execute(
        update(calls).where(calls.c.id == call_id).values(clock_values(clock))
    )
    text = lines.consultation_extended(account.short_name, minutes_of(clock))
    await note(change, request_id, text, now)
    return await tell_call(change, call_id)
