"""What to take next."""

from litestar import get, post
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.problems import forbidden, problems
from backend.requests import gate
from backend.requests.advice import advised, take_next
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Key, ticket_of
from backend.rules.actions import DOCTORS
from backend_client.models.listing import Advice, TakenNext


@get("/requests/next", responses=problems(401, 403))
async def advise_next(account: GivenAccount, parts: GivenParts) -> Advice:
    """The request that this doctor should take next, and why; nothing is taken."""
    if account.role not in DOCTORS:
        raise forbidden()
    async with parts.database.read() as connection:
        found = await advised(connection, account, parts.catalogues, parts.now())
        if not found:
            return Advice(row=None, reasons=[])
        request_id, why = found[0]
        card = await parts.cards.card(connection, account, request_id)
        return Advice(row=card.row, reasons=why)


@post("/requests/next", status_code=HTTP_200_OK, responses=CHANGING)
async def take_next_request(
    request: Asked, account: GivenAccount, parts: GivenParts, idempotency_key: Key = None
) -> TakenNext:
    """Takes it for the time of a lease; of two who ask at once each gets another."""

    async def work(change: Change) -> TakenNext:
        if account.role not in DOCTORS:
            raise forbidden()
        now = parts.now()
        taken = await take_next(change, account, parts.catalogues, now, parts.settings.lease)
        if taken is None:
            return TakenNext(card=None, reasons=[])
        request_id, why = taken
        await gate.looked_at(change, parts.catalogues, request_id, now)
        card = await parts.cards.card(change.connection, account, request_id)
        return TakenNext(card=card, reasons=why)

    given = await ticket_of(request, idempotency_key)
    taken = await parts.once.perform(given, work, TakenNext)
    parts.deadlines.due_in(parts.settings.lease_seconds)
    return taken


ADVICE = [advise_next, take_next_request]
