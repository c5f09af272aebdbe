"""The queue, the card, claims."""

from litestar import get, post
from litestar.status_codes import HTTP_200_OK

from backend.auth import FIGURES
from backend.changes import Change
from backend.problems import forbidden, problems
from backend.requests import gate
from backend.requests.claims import claim, release
from backend.requests.history import history_page
from backend.requests.visible import refuse_unseen
from backend.routes.given import (
    CHANGING,
    Asked,
    Cursor,
    GivenAccount,
    GivenParts,
    Id,
    Key,
    Limit,
    SortedCursor,
    ticket_of,
)
from backend.routes.listing import LISTING_GIVEN, GivenListing
from backend.rules.actions import CLINICAL
from backend_client.models.common import Page
from backend_client.models.listing import Listing
from backend_client.models.requests import (
    HistoryEntry,
    QueueCounts,
    RequestCard,
    RequestRow,
    RequestStatus,
)


@get(
    "/requests",
    opt={FIGURES: True},
    responses=problems(401, 403),
    dependencies=LISTING_GIVEN,
)
async def list_requests(
    account: GivenAccount,
    parts: GivenParts,
    listing: GivenListing,
    cursor: SortedCursor = None,
    until: SortedCursor = None,
    limit: Limit = 50,
) -> Page[RequestRow]:
    """One page of a list, behind `cursor` and not behind `until`. A manager's has nothing medical
    in it, and cannot be searched, narrowed or sorted: that would tell the diagnosis."""
    if listing != Listing(group=listing.group) and account.role not in CLINICAL:
        raise forbidden()
    return await parts.queue.page(account, listing, cursor, until, limit)


@get("/requests/counts", opt={FIGURES: True}, responses=problems(401, 403))
async def count_requests(account: GivenAccount, parts: GivenParts) -> QueueCounts:
    """How many requests each group holds."""
    return await parts.queue.counts(account)


@get("/requests/{request_id:str}", responses=problems(401, 403, 404))
async def request_card(account: GivenAccount, parts: GivenParts, request_id: Id) -> RequestCard:
    """Everything that the card shows."""
    async with parts.database.read() as connection:
        return await parts.cards.card(connection, account, request_id)


@get("/requests/{request_id:str}/history", responses=problems(401, 403, 404))
async def request_history(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[HistoryEntry]:
    """One page of what happened, newest first; a card's `history_cursor` goes on behind it."""
    async with parts.database.read() as connection:
        await refuse_unseen(connection, account, request_id)
        return await history_page(connection, request_id, cursor, limit)


@post("/requests/{request_id:str}/claim", status_code=HTTP_200_OK, responses=CHANGING)
async def claim_request(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> RequestCard:
    """Makes the request the account's own for the time of a lease, which heartbeats renew;
    another's claim is refused with the owner's name."""

    async def work(change: Change) -> RequestCard:
        now = parts.now()
        if await claim(change, account, request_id, now, parts.settings.lease) is RequestStatus.NEW:
            await gate.looked_at(change, parts.catalogues, request_id, now)
        return await parts.cards.card(change.connection, account, request_id)

    given = await ticket_of(request, idempotency_key)
    card = await parts.once.perform(given, work, RequestCard)
    parts.deadlines.due_in(parts.settings.lease_seconds)
    return card


@post("/requests/{request_id:str}/release", status_code=HTTP_200_OK, responses=CHANGING)
async def release_request(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> RequestCard:
    """Gives the account's own request back to the queue."""

    async def work(change: Change) -> RequestCard:
        await release(change, account, request_id, parts.now())
        return await parts.cards.card(change.connection, account, request_id)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, RequestCard)
