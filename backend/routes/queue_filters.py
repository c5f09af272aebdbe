"""Filters of the queue that an account keeps for itself."""

from litestar import Response, delete, get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from backend.changes import Change
from backend.problems import forbidden, problems
from backend.requests.filters import drop_filter, keep_filter, kept_filters
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend.rules.actions import CLINICAL
from backend_client.models.accounts import Account
from backend_client.models.listing import FilterCounts, NewFilter, SavedFilter, SavedFilters

READING = problems(401, 403)


def _refuse_unless_clinical(account: Account) -> None:
    """A filter tells of diagnoses. Raises Refused (forbidden)."""
    if account.role not in CLINICAL:
        raise forbidden()


@get("/queue-filters", responses=READING)
async def list_filters(account: GivenAccount, parts: GivenParts) -> SavedFilters:
    """All that the account keeps, by name."""
    _refuse_unless_clinical(account)
    async with parts.database.read() as connection:
        return SavedFilters(filters=await kept_filters(connection, account))


@get("/queue-filters/counts", responses=READING)
async def count_filters(account: GivenAccount, parts: GivenParts) -> FilterCounts:
    """How many requests each of them holds, up to MOST_COUNTED: that says "more than 999"."""
    _refuse_unless_clinical(account)
    return FilterCounts(counts=await parts.queue.filter_counts(account))


@post("/queue-filters", status_code=HTTP_200_OK, responses=CHANGING)
async def save_filter(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    data: RequestBody[NewFilter],
    idempotency_key: Key = None,
) -> SavedFilter:
    """Keeps a listing under a name: a new filter, or what another one becomes."""

    async def work(change: Change) -> SavedFilter:
        _refuse_unless_clinical(account)
        return await keep_filter(change, account, data)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, SavedFilter)


@delete(
    "/queue-filters/{filter_id:str}",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(401, 403, 404),
)
async def delete_filter(account: GivenAccount, parts: GivenParts, filter_id: Id) -> Response[None]:
    """Keeps it no more."""
    _refuse_unless_clinical(account)
    async with parts.changes.change(account.centre_id) as change:
        await drop_filter(change, account, filter_id)
    return Response(None, status_code=HTTP_204_NO_CONTENT)


QUEUE_FILTERS = [list_filters, count_filters, save_filter, delete_filter]
