"""The queue and its requests."""

from urllib.parse import quote

from backend_client.models.common import Page, RequestId
from backend_client.models.listing import (
    Advice,
    FilterCounts,
    FilterId,
    Listing,
    NewFilter,
    QueueSort,
    SavedFilter,
    SavedFilters,
    TakenNext,
)
from backend_client.models.request_actions import Lease
from backend_client.models.requests import (
    HistoryEntry,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
)
from backend_client.pages import page_params
from backend_client.transport import Params, Transport


class RequestsResource:
    """Requests of the account's centre."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def page(
        self,
        group: QueueGroup,
        search: str = "",
        cursor: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> Page[RequestRow]:
        """One page of a group's list in its usual order."""
        return await self.listed(Listing(group=group, search=search), cursor, until, limit)

    async def listed(
        self,
        listing: Listing,
        cursor: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> Page[RequestRow]:
        """One page of a list, from behind `cursor` on, and not beyond `until`. Raises Forbidden
        where this account may not narrow or sort."""
        params = {**page_params(cursor, limit, until=until), **listing_params(listing)}
        return await self._transport.get("/requests", Page[RequestRow], params)

    async def filters(self) -> list[SavedFilter]:
        """The filters that this account keeps, by name."""
        return (await self._transport.get("/queue-filters", SavedFilters)).filters

    async def filter_counts(self) -> dict[str, int]:
        """How many requests each of them holds, by id, up to MOST_COUNTED."""
        return (await self._transport.get("/queue-filters/counts", FilterCounts)).counts

    async def save_filter(
        self, name: str, listing: Listing, was: SavedFilter | None = None, *, key: str | None = None
    ) -> SavedFilter:
        """Keeps a listing under a name: a new filter, or what `was` becomes.

        Raises Conflict (NAME_TAKEN, TOO_MANY_FILTERS; STALE_VERSION with the present filter),
        NotFound where `was` is gone, Rejected.
        """
        given = NewFilter(name=name, listing=listing, was=was)
        return await self._transport.post("/queue-filters", SavedFilter, given, key=key)

    async def delete_filter(self, filter_id: FilterId) -> None:
        """Keeps it no more; raises NotFound."""
        await self._transport.delete(f"/queue-filters/{quote(filter_id, safe='')}")

    async def advice(self) -> Advice:
        """What to take next, and why; nothing is taken."""
        return await self._transport.get("/requests/next", Advice)

    async def take_next(self, *, key: str | None = None) -> TakenNext:
        """Takes it: of two who ask at once each gets another."""
        return await self._transport.post("/requests/next", TakenNext, key=key)

    async def counts(self) -> QueueCounts:
        """How many requests each group holds."""
        return await self._transport.get("/requests/counts", QueueCounts)

    async def card(self, request_id: RequestId) -> RequestCard:
        """Everything about one request; raises NotFound."""
        return await self._transport.get(request_path(request_id), RequestCard)

    async def history(
        self, request_id: RequestId, cursor: str | None = None, limit: int = 50
    ) -> Page[HistoryEntry]:
        """One page of what happened, newest first; a card's `history_cursor` goes on behind it."""
        path = request_path(request_id) + "/history"
        return await self._transport.get(path, Page[HistoryEntry], page_params(cursor, limit))

    async def claim(self, request_id: RequestId, *, key: str | None = None) -> RequestCard:
        """Takes the request; raises Conflict with the owner's name where somebody has it."""
        return await self._transport.post(request_path(request_id) + "/claim", RequestCard, key=key)

    async def release(self, request_id: RequestId, *, key: str | None = None) -> RequestCard:
        """Gives the request back; raises Conflict where it is not this account's."""
        return await self._transport.post(
            request_path(request_id) + "/release", RequestCard, key=key
        )

    async def heartbeat(self, request_id: RequestId) -> Lease:
        """Keeps the account's claim: to be sent every `beat_seconds`.

        Raises Conflict where it is over, with `owner_name` where somebody else has it now.
        """
        return await self._transport.post(request_path(request_id) + "/heartbeat", Lease)


def listing_params(listing: Listing) -> Params:
    """The query of a list; what stands as usual is not said."""
    asked = listing.filter
    said: dict[str, str | int | list[str]] = {
        "group": listing.group.value,
        "search": listing.search,
        "sort": "" if listing.sort is QueueSort.TERM else listing.sort.value,
        "descending": _truth(True) if listing.descending else "",
        "route": [one.value for one in asked.routes],
        "status": [one.value for one in asked.statuses],
        "profile": [one.value for one in asked.profiles],
        "icd10": asked.icd10,
        "age_from": "" if asked.age_from is None else asked.age_from,
        "age_to": "" if asked.age_to is None else asked.age_to,
        "due_within_hours": "" if asked.due_within_hours is None else asked.due_within_hours,
        "clock": [one.value for one in asked.clocks],
        "lacks_documents": "" if asked.lacks_documents is None else _truth(asked.lacks_documents),
    }
    return {name: value for name, value in said.items() if value not in ("", [])}


def _truth(value: bool) -> str:
    return "true" if value else "false"


def request_path(request_id: RequestId) -> str:
    """Where a request stands; what belongs to it comes below."""
    return f"/requests/{quote(request_id, safe='')}"
