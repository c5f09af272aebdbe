"""A POST that changes a request: who may, which version was seen; it answers the card."""

from collections.abc import Awaitable, Callable

from backend.changes import Change
from backend.parts import Parts
from backend.problems import forbidden, stale_version
from backend.requests import endings
from backend.requests.moving import Standing, owned_by, standing_for
from backend.routes.given import Asked, ticket_of
from backend.rules.actions import APPROVERS
from backend_client.models.accounts import Account
from backend_client.models.requests import Action, RequestCard

ANY_VERSION = 0
"""Of an action that says of no version that it was seen."""
Holder = Callable[[Change, Account, str], Awaitable[Standing]]
Work = Callable[[Change, Standing], Awaitable[object]]


class Act:
    """One POST that changes a request and answers its card."""

    def __init__(
        self,
        request: Asked,
        account: Account,
        parts: Parts,
        request_id: str,
        key: str | None,
        version: int,
    ) -> None:
        self._request = request
        self._account = account
        self._parts = parts
        self._request_id = request_id
        self._key = key
        self._version = version

    async def perform(self, work: Work, holder: Holder = owned_by) -> RequestCard:
        """Raises Refused (stale_version with the present card, and what the work raises)."""

        async def inside(change: Change) -> RequestCard:
            standing = await holder(change, self._account, self._request_id)
            if self._version not in (ANY_VERSION, standing.version):
                title = "The request was changed in another window: look at it again"
                raise stale_version(title, await self._card(change))
            await work(change, standing)
            return await self._card(change)

        given = await ticket_of(self._request, self._key)
        return await self._parts.once.perform(given, inside, RequestCard)

    async def end(self, action: Action, note: str) -> RequestCard:
        """An end that has words and no code."""

        async def work(change: Change, standing: Standing) -> None:
            now = self._parts.now()
            await endings.end_with_note(change, self._account, standing, action, note, now)

        return await self.perform(work)

    async def _card(self, change: Change) -> RequestCard:
        return await self._parts.cards.card(change.connection, self._account, self._request_id)


async def clinics_admin(change: Change, account: Account, request_id: str) -> Standing:
    """For the clinic's admin, whoever holds it. Raises Refused (not_found, forbidden)."""
    standing = await standing_for(change, account, request_id)
    if account.role not in APPROVERS:
        raise forbidden()
    return standing
