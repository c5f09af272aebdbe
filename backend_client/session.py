"""The tokens of one sign-in: renewed before they are over, by one caller for all."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from backend_client.errors import NotSignedIn
from backend_client.models.accounts import SignedIn

MARGIN_S = 30.0
"""An access token is renewed so long before its end."""


@dataclass(frozen=True, slots=True)
class _Tokens:
    access: str
    refresh: str
    renew_at: float
    """Monotonic seconds."""


async def _keep_nothing(refresh_token: str) -> None:
    """Nobody wants to come back after a restart."""


def _tell_nobody() -> None:
    """Nobody wants to know that the session is over."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Session:
    """Holds the tokens. A refresh token is good once, so each new one is handed out to be kept."""

    def __init__(
        self,
        exchange: Callable[[str], Awaitable[SignedIn]],
        *,
        now: Callable[[], datetime] = _utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._exchange = exchange
        self._now = now
        self._monotonic = monotonic
        self._tokens: _Tokens | None = None
        self._renewing: asyncio.Task[None] | None = None
        self._on_renewed: Callable[[str], Awaitable[None]] = _keep_nothing
        self._on_ended: Callable[[], None] = _tell_nobody

    def watch(
        self, *, renewed: Callable[[str], Awaitable[None]], ended: Callable[[], None]
    ) -> None:
        """`renewed` keeps each new refresh token; `ended` hears that the server ended it all."""
        self._on_renewed = renewed
        self._on_ended = ended

    @property
    def is_open(self) -> bool:
        """Whether there are tokens at all."""
        return self._tokens is not None

    async def accept(self, signed_in: SignedIn) -> None:
        """Takes the tokens of a sign-in or a renewal."""
        left = (signed_in.access_expires_at - self._now()).total_seconds()
        # With so little left this computer's clock is wrong: the server's 401 decides alone.
        usable = left - MARGIN_S if left > 2 * MARGIN_S else float("inf")
        self._tokens = _Tokens(
            signed_in.access_token, signed_in.refresh_token, self._monotonic() + usable
        )
        await self._on_renewed(signed_in.refresh_token)

    def restore(self, refresh_token: str) -> None:
        """Continues an earlier sign-in: the first call renews."""
        self._tokens = _Tokens("", refresh_token, float("-inf"))

    def forget(self) -> None:
        """There is no session any more."""
        self._tokens = None

    async def access_token(self, refused: str | None = None) -> str:
        """A token that is good for now, and is not the one that the server has `refused`.

        Raises NotSignedIn, or what kept the renewal from an answer.
        """
        tokens = self._open_tokens()
        if tokens.access == refused or self._monotonic() >= tokens.renew_at:
            await self._renew()
            tokens = self._open_tokens()
        return tokens.access

    async def settle(self) -> None:
        """Waits for a renewal that is on its way, so that its token is not lost."""
        if self._renewing is not None:
            await asyncio.wait([self._renewing])

    def _open_tokens(self) -> _Tokens:
        if self._tokens is None:
            raise NotSignedIn("no session")
        return self._tokens

    async def _renew(self) -> None:
        """One renewal at a time. A caller that is cancelled leaves it running: the server has
        used up the old token, and its answer carries the only good one."""
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renew_now(), name="session.renew")
            self._renewing.add_done_callback(self._renewed)
        await asyncio.shield(self._renewing)

    def _renewed(self, task: asyncio.Task[None]) -> None:
        self._renewing = None
        if not task.cancelled():
            task.exception()  # looked at here too, should every caller have been cancelled

    async def _renew_now(self) -> None:
        tokens = self._open_tokens()
        try:
            signed_in = await self._exchange(tokens.refresh)
        except NotSignedIn:
            if self._tokens is tokens:
                self.forget()
                self._on_ended()
            raise
        if self._tokens is tokens:
            await self.accept(signed_in)
