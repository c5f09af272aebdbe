"""A POST that changes a request: who may, which version was seen; it answers the card."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from backend.changes import Change
from backend.parts import Parts
from backend.problems import forbidden, stale_version
from backend.requests import endings
from backend.requests.moving import Standing, owned_by, standing_for
from backend.routes.given import Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend.rules.actions import APPROVERS
from backend_client.models.accounts import Account
from backend_client.models.common import Acting, Wire
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import Action, RequestCard

ANY_VERSION = 0
"""Of an action that says of no version that it was seen."""
Said = TypeVar("Said", bound=Acting)
Answer = TypeVar("Answer", bound=Wire)
Holder = Callable[[Change, Account, str], Awaitable[Standing]]
Work = Callable[[Change, Standing], Awaitable[object]]
Doing = Callable[[Change, Account, Standing, Said, datetime], Awaitable[object]]
"""What an account does with a request, saying this, at that moment."""


@dataclass(frozen=True, slots=True)
class Act:
    """One POST upon a request: who asks for it, under which key."""

    request: Asked
    account: Account
    parts: Parts
    request_id: str
    key: str | None

    async def do(self, doing: Doing[Said], said: Said, holder: Holder = owned_by) -> RequestCard:
        """Does it once. Raises Refused as `perform` does."""

        async def work(change: Change, standing: Standing) -> None:
            await doing(change, self.account, standing, said, self.parts.now())

        return await self.perform(work, said, holder)

    async def end(self, action: Action, said: EndWithNote) -> RequestCard:
        """An end that has words and no code."""

        async def work(change: Change, standing: Standing) -> None:
            now = self.parts.now()
            await endings.end_with_note(change, self.account, standing, action, said.note, now)

        return await self.perform(work, said)

    async def perform(self, work: Work, said: Acting, holder: Holder = owned_by) -> RequestCard:
        """Raises Refused (stale_version with the present card, and what the work raises)."""

        async def inside(change: Change) -> RequestCard:
            standing = await holder(change, self.account, self.request_id)
            if said.version not in (ANY_VERSION, standing.version):
                title = "The request was changed in another window: look at it again"
                raise stale_version(title, await self._card(change))
            await work(change, standing)
            return await self._card(change)

        return await self.once(inside, RequestCard)

    async def once(
        self, work: Callable[[Change], Awaitable[Answer]], answer: type[Answer]
    ) -> Answer:
        """Does the work once for its key, in one transaction. Raises Refused (invalid)."""
        given = await ticket_of(self.request, self.key)
        return await self.parts.once.perform(given, work, answer)

    async def _card(self, change: Change) -> RequestCard:
        return await self.parts.cards.card(change.connection, self.account, self.request_id)


async def clinics_admin(change: Change, account: Account, request_id: str) -> Standing:
    """For the clinic's admin, whoever holds it. Raises Refused (not_found, forbidden)."""
    standing = await standing_for(change, account, request_id)
    if account.role not in APPROVERS:
        raise forbidden()
    return standing


async def _act(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> Act:
    return Act(request, account, parts, request_id, idempotency_key)


GivenAct = NamedDependency[SkipValidation[Act]]
ACT_GIVEN = {"act": Provide(_act)}
