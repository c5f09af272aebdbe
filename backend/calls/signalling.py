"""What the two peers of a call say to each other: bounded, unread, kept while the call lasts."""

from sqlalchemy import func, insert, select

from backend.calls.ringing import call_over, the_call
from backend.changes import Change
from backend.events.log import Kind
from backend.problems import invalid, stale_version
from backend.rules.calls import RUNNING
from backend.tables import call_signals
from backend_client.models.calls import NewSignal, Signal, SignalKind
from backend_client.models.messages import Side

MOST_SIGNALS = 500
"""Of one connection: descriptions, candidates, and switches of camera and microphone."""


async def send(
    change: Change, request_id: str, call_id: str, side: Side, given: NewSignal
) -> Signal:
    """Keeps a signal for the other side and tells of it.

    Raises Refused (not_found, call_over, invalid, and stale_version for an older connection).
    """
    call = await the_call(change, request_id, call_id)
    if call.state not in RUNNING:
        raise call_over()
    if given.connection != call.connection:
        title = "The signal belongs to another connection of this call"
        raise stale_version(title, call)
    if given.kind is SignalKind.UNKNOWN:
        raise invalid("kind: not known")
    await _refuse_floods(change, call_id)
    row = {
        "call_id": call_id,
        "side": side,
        "kind": given.kind,
        "connection": given.connection,
        "payload": given.payload.replace("\0", ""),
    }
    made = insert(call_signals).values(row).returning(call_signals.c.number)
    number: int = (await change.connection.execute(made)).scalar_one()
    change.tell(request_id, Kind.SIGNAL, str(number))
    return Signal(
        number=number,
        call_id=call.id,
        side=side,
        kind=given.kind,
        connection=given.connection,
        payload=given.payload,
    )


async def _refuse_floods(change: Change, call_id: str) -> None:
    mine = select(func.count()).where(call_signals.c.call_id == call_id)
    if (await change.connection.execute(mine)).scalar_one() >= MOST_SIGNALS:
        raise invalid(f"a connection has {MOST_SIGNALS} signals at most")
