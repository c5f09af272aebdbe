"""Slots of a request, and the doctor's day."""

from datetime import datetime, timedelta
from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter, RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.pages import moment
from backend.problems import invalid, problems
from backend.requests.moving import Standing
from backend.routes.act import GivenAct
from backend.routes.given import CHANGING, Cursor, GivenAccount, GivenParts, Limit
from backend.schedule.booking import propose
from backend.schedule.reading import entries_between
from backend_client.models.requests import RequestCard
from backend_client.models.schedule import ProposeSlots, Schedule

LONGEST = timedelta(days=62)
From = Annotated[datetime, QueryParameter(name="from")]
To = Annotated[datetime, QueryParameter(name="to")]


@post("/requests/{request_id:str}/slots", status_code=HTTP_200_OK, responses=CHANGING)
async def propose_slots(act: GivenAct, data: RequestBody[ProposeSlots]) -> RequestCard:
    """Proposes one to three times to the patient, in place of those proposed before."""
    parts, account = act.parts, act.account
    hold = timedelta(seconds=parts.settings.slot_hold_seconds)

    async def work(change: Change, standing: Standing) -> None:
        await propose(change, parts.catalogues, account, standing, data, parts.now(), hold)

    card = await act.perform(work, data)
    parts.deadlines.changed()
    return card


@get("/schedule", responses=problems(401, 403))
async def schedule(
    account: GivenAccount,
    parts: GivenParts,
    start: From,
    end: To,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> Schedule:
    """One page of what holds the doctor's own time between two moments: appointments and
    proposed slots, by start."""
    start, end = moment("from", start), moment("to", end)
    if not timedelta() < end - start <= LONGEST:
        raise invalid(f"to: after from, by {LONGEST.days} days at most")
    async with parts.database.read() as connection:
        page = await entries_between(connection, account, (start, end), cursor, limit)
    zone = parts.catalogues.newest(account.centre_id).time_zone
    return Schedule(time_zone=zone, entries=page.items, next_cursor=page.next_cursor)
