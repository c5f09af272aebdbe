"""Slots of a request, and the doctor's day."""

from datetime import datetime, timedelta
from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter, RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.problems import invalid, problems
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend.schedule.booking import propose
from backend.schedule.reading import entries_between
from backend_client.models.requests import RequestCard
from backend_client.models.schedule import ProposeSlots, Schedule

LONGEST = timedelta(days=62)
From = Annotated[datetime, QueryParameter(name="from")]
To = Annotated[datetime, QueryParameter(name="to")]


@post("/requests/{request_id:str}/slots", status_code=HTTP_200_OK, responses=CHANGING)
async def propose_slots(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ProposeSlots],
    idempotency_key: Key = None,
) -> RequestCard:
    """Proposes one to three times to the patient, in place of those proposed before."""
    hold = timedelta(seconds=parts.settings.slot_hold_seconds)
    zone = parts.catalogues.newest(account.centre_id).time_zone

    async def work(change: Change) -> RequestCard:
        await propose(change, account, request_id, data, parts.now(), hold, zone)
        return await parts.cards.card(change.connection, account, request_id)

    given = await ticket_of(request, idempotency_key)
    card = await parts.once.perform(given, work, RequestCard)
    parts.deadlines.changed()
    return card


@get("/schedule", responses=problems(401, 403))
async def schedule(account: GivenAccount, parts: GivenParts, start: From, end: To) -> Schedule:
    """What holds the doctor's own time between two moments: appointments and proposed slots."""
    if start.tzinfo is None or end.tzinfo is None:
        raise invalid("from, to: a moment needs its time zone")
    if not timedelta() < end - start <= LONGEST:
        raise invalid(f"to: after from, by {LONGEST.days} days at most")
    async with parts.database.read() as connection:
        entries = await entries_between(connection, account, start, end)
    zone = parts.catalogues.newest(account.centre_id).time_zone
    return Schedule(time_zone=zone, entries=entries)
