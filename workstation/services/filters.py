"""Filters of the queue that the account keeps: at every desk, readable without the server."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.errors import NotFound
from backend_client.models.listing import FilterId, Listing, SavedFilter
from workstation.core.kept_filters import KeptFilters
from workstation.services.fresh_or_kept import fresh_or_kept

if TYPE_CHECKING:
    from backend_client.requests import RequestsResource
    from workstation.services.link import LinkState
    from workstation.store.cache import Cache


class FilterService:
    """The server keeps them; changes need the connection, and are refused without it."""

    def __init__(
        self,
        backend: "RequestsResource",
        cache: "Cache",
        link: "LinkState",
        now: Callable[[], datetime],
    ) -> None:
        self._backend = backend
        self._cache = cache
        self._link = link
        self._now = now

    async def read(self) -> KeptFilters:
        """All of them and how many requests each holds; the last known without a connection.

        Raises BackendError where neither answers.
        """
        return await fresh_or_kept(
            self._fresh, self._cache.filters, kept_first=self._link.is_offline
        )

    async def save(
        self, name: str, listing: Listing, was: SavedFilter | None = None
    ) -> SavedFilter:
        """Keeps a listing under a name: a new filter, or what `was` becomes.

        Raises Conflict (NAME_TAKEN, TOO_MANY_FILTERS; STALE_VERSION with the present filter),
        NotFound where `was` is gone, or another BackendError: then nothing is changed.
        """
        return await self._backend.save_filter(name, listing, was)

    async def drop(self, filter_id: FilterId) -> None:
        """Keeps it no more; one that is gone already is what was wanted. Raises BackendError."""
        try:
            await self._backend.delete_filter(filter_id)
        except NotFound:
            return

    async def _fresh(self) -> KeptFilters:
        filters = await self._backend.filters()
        counts = await self._backend.filter_counts() if filters else {}
        fresh = KeptFilters(filters=tuple(filters), counts=counts)
        await self._cache.keep_filters(fresh, self._now())
        return fresh
