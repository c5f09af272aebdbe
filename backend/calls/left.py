"""Calls that the patient has left and nobody ends: the doctor's program may be gone as well.

While the patient's page is open a call goes on however long it is: either side can end it.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from backend.calls.ringing import hang_up
from backend.changes import Change
from backend.requests.moving import note, standing_of
from backend.rules import history as lines
from backend.rules.calls import LEFT_FOR
from backend.tables import calls, requests
from backend_client.models.calls import CallState
from backend_client.models.messages import Side


def is_left(now: datetime) -> ColumnElement[bool]:
    """A condition on a call and its request: it runs, and the patient is away for too long."""
    since = now - LEFT_FOR
    runs = (calls.c.state == CallState.ACTIVE) & (calls.c.answered_at <= since)
    return runs & (requests.c.patient_left_at <= since)


async def end_left(change: Change, request_id: str, now: datetime) -> None:
    """Ends the request's call that the patient has left. Raises Refused (not_found)."""
    standing = await standing_of(change, request_id)
    # Asked behind the lock: the patient may have come back.
    left = (
        select(calls.c.id)
        .join(requests, requests.c.id == calls.c.request_id)
        .where(calls.c.request_id == request_id, is_left(now))
    )
    call_id: str | None = (await change.connection.execute(left)).scalar()
    if call_id is not None:
        await note(change, request_id, lines.CALL_LEFT, now)
        await hang_up(change, standing, call_id, Side.PATIENT, now)
