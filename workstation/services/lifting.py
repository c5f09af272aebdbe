"""Signatures that reach higher by themselves, once the services of trust answer again (OZ-22).

What is to be lifted the server says: nothing of it is kept here, so that it outlasts the program,
the computer and a holiday. One file at a time; no key is needed, and nobody waits for it.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Protocol

from backend_client.errors import BackendError, Conflict
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import Edition, Liftable
from signing.errors import SigningError
from workstation.core.connection import ConnectionState, Link
from workstation.core.subscription import Event
from workstation.services.certificates import Certificates
from workstation.services.delays import GrowingDelay, Jitter, Sleep, spread
from workstation.services.lift_process import Lifted, Lifter
from workstation.services.link import LinkState
from workstation.services.signing_terms import PolicySource, signing_terms

logger = logging.getLogger(__name__)

LOOK_S: Final = 15 * 60.0
"""Between two questions whether something is to be lifted."""
STEPS_S: Final = (60.0, 120.0, 300.0, 900.0, 1800.0, 3600.0)
"""After a service that does not answer."""
MOST_UNSENT: Final = 3
"""Lifted files that are kept in memory for a server that does not answer."""
_LATER: Final = "ClockWrong"
"""A refusal that another day may end differently."""


class LiftingBackend(Protocol):
    """What is asked of the server."""

    async def to_lift(self) -> list[Liftable]:
        """Signed files that could prove more by now, the oldest first."""

    async def edition_pdf(self, request_id: RequestId, edition: Edition | Liftable) -> bytes:
        """A kept file, checked by its hash."""

    async def lift(self, lifted: Liftable, pdf: bytes, *, key: str | None = None) -> Edition:
        """Takes the lifted file."""


class LiftState(Enum):
    """How it stands with one file."""

    WAITS = "waits"
    """For a service that does not answer, or for its turn."""
    WORKS = "works"
    LIFTED = "lifted"
    CANNOT = "cannot"
    """Its signatures are no longer good, or nothing more can be added to it."""


@dataclass(frozen=True, slots=True)
class Lifting:
    """One signed file on its way to the level that the centre asks for."""

    request_id: RequestId
    edition: int
    state: LiftState
    level: str
    """What it reaches now: «B-B»; "": it is not known."""
    wanted: str
    why: tuple[str, ...] = ()
    """Why not more: values of `signing.signed_file.Why`."""


@dataclass(frozen=True, slots=True)
class _Unsent:
    """A lifted file whose order has no answer: it is sent again under the same key."""

    lifted: Lifted = field(repr=False)
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


class LiftingService:
    """Of the signed-in account. `changed` tells of whose file it stands otherwise."""

    def __init__(
        self,
        backend: LiftingBackend,
        lifter: Lifter,
        certificates: Certificates,
        account: Account,
        signing: PolicySource,
        now: Callable[[], datetime],
        link: LinkState,
        sleep: Sleep = asyncio.sleep,
        jitter: Jitter = spread,
    ) -> None:
        """`now` is the server's clock (aware UTC)."""
        self.changed: Event[RequestId] = Event()
        self._backend, self._lifter, self._certificates = backend, lifter, certificates
        self._account, self._signing, self._now = account, signing, now
        self._link = link
        self._delay = GrowingDelay(sleep, jitter)
        self._jitter = jitter
        self._misses = 0
        self._is_wanted = False
        self._known: dict[RequestId, Lifting] = {}
        self._given_up: set[str] = set()
        """SHA-256 of files that this run of the program does not try again."""
        self._unsent: dict[str, _Unsent] = {}

    def of(self, request_id: RequestId) -> Lifting | None:
        """How it stands with the request's newest file; None: nothing is to be lifted."""
        return self._known.get(request_id)

    def look(self) -> None:
        """Something was signed just now, or a service answers again: do not wait."""
        self._misses = 0
        self._is_wanted = True
        self._delay.cut_short()

    async def run(self) -> None:
        """Lifts until cancelled; while the server does not answer it waits for the connection."""
        unsubscribe = self._link.changed.subscribe(self._link_changed)
        try:
            while True:
                self._is_wanted = False
                seconds = await self._round()
                if not self._is_wanted:
                    await self._delay.wait(seconds)
        finally:
            unsubscribe()

    def _link_changed(self, state: ConnectionState) -> None:
        if state.link is Link.ONLINE:
            self.look()

    async def _round(self) -> float:
        """All that can be lifted now; how many seconds to wait for the next time."""
        policy = self._signing()
        if self._link.is_offline or policy is None or not policy.time_services:
            return LOOK_S * self._jitter()
        try:
            is_done = await self._lift_all(await self._backend.to_lift())
        except BackendError as error:
            logger.info("nothing was lifted: %s", type(error).__name__)
            is_done = False
        if is_done:
            self._misses = 0
            return LOOK_S * self._jitter()
        seconds = STEPS_S[min(self._misses, len(STEPS_S) - 1)] * self._jitter()
        self._misses += 1
        return seconds

    async def _lift_all(self, found: list[Liftable]) -> bool:
        """One after the other; False as soon as the time services are found silent. Raises
        BackendError."""
        self._hear(found)
        is_done = True
        for one in found:
            if one.sha256 in self._given_up:
                continue
            why = await self._lift(one)
            if any(reason.startswith("time_") for reason in why):
                return False  # the next file would not get a stamp either
            is_done = is_done and not why
        return is_done

    async def _lift(self, one: Liftable) -> tuple[str, ...]:
        """Lifts and hands in one file; why it did not reach what is wanted. Raises BackendError."""
        self._show(one, LiftState.WORKS)
        try:
            waiting = self._unsent.get(one.sha256) or _Unsent(await self._lifted(one))
            return await self._settled(one, waiting)
        except BackendError as error:
            if not error.is_temporary:
                return self._give_up(one)  # the server's own file is not what it was
            self._show(one, LiftState.WAITS)
            raise
        except asyncio.CancelledError:
            self._show(one, LiftState.WAITS)
            raise

    async def _lifted(self, one: Liftable) -> Lifted:
        pdf = await self._backend.edition_pdf(one.request_id, one)
        try:
            terms = await signing_terms(
                self._certificates, self._account, self._signing(), self._now()
            )
        except SigningError as error:
            return Lifted(pdf, why=(type(error).__name__,))
        done = await self._lifter.lift(pdf, terms)
        if done.pdf == pdf and (one.level or done.refusal or not done.level):
            return Lifted(b"", done.level, done.why, done.refusal)  # nothing is to be handed in
        return done

    async def _settled(self, one: Liftable, waiting: _Unsent) -> tuple[str, ...]:
        done = waiting.lifted
        if done.refusal and done.refusal != _LATER:
            logger.warning("a signed file is not lifted: %s", done.refusal)
            return self._give_up(one)
        if not done.pdf:
            if not done.why and not done.refusal:
                return self._give_up(one)  # at its best already
            why = done.why or (done.refusal,)
            self._show(one, LiftState.WAITS, why)
            return why
        await self._handed_in(one, waiting)
        return done.why

    async def _handed_in(self, one: Liftable, waiting: _Unsent) -> None:
        """Raises BackendError where it is to be tried again."""
        self._unsent[one.sha256] = waiting
        while len(self._unsent) > MOST_UNSENT:
            del self._unsent[next(iter(self._unsent))]  # is lifted anew
        try:
            kept = await self._backend.lift(one, waiting.lifted.pdf, key=waiting.key)
        except BackendError as error:
            if error.is_temporary:
                raise
            self._unsent.pop(one.sha256, None)
            if not (isinstance(error, Conflict) and error.code is ProblemCode.STALE_VERSION):
                logger.warning("a lifted file was refused: %s", type(error).__name__)
                self._give_up(one)
            return  # another one has lifted it: the next list says so
        self._unsent.pop(one.sha256, None)
        state = LiftState.WAITS if waiting.lifted.why else LiftState.LIFTED
        self._note(
            Lifting(one.request_id, one.edition, state, kept.level, one.wanted, waiting.lifted.why)
        )

    def _give_up(self, one: Liftable) -> tuple[str, ...]:
        self._given_up.add(one.sha256)
        self._show(one, LiftState.CANNOT)
        return ()

    def _hear(self, found: list[Liftable]) -> None:
        """What waits no more was lifted elsewhere."""
        waiting = {one.request_id for one in found}
        self._unsent = {
            one.sha256: self._unsent[one.sha256] for one in found if one.sha256 in self._unsent
        }
        for request_id in [one for one in self._known if one not in waiting]:
            with suppress(KeyError):
                if self._known[request_id].state is not LiftState.LIFTED:
                    del self._known[request_id]
                    self.changed.emit(request_id)
        for one in found:
            if one.sha256 not in self._given_up:
                before = self._known.get(one.request_id)
                self._show(one, LiftState.WAITS, () if before is None else before.why)

    def _show(self, one: Liftable, state: LiftState, why: tuple[str, ...] = ()) -> None:
        self._note(Lifting(one.request_id, one.edition, state, one.level, one.wanted, why))

    def _note(self, lifting: Lifting) -> None:
        before = self._known.get(lifting.request_id)
        if before is not None and before.edition > lifting.edition:
            return  # of a replaced edition nobody looks at the state
        if before != lifting:
            self._known[lifting.request_id] = lifting
            self.changed.emit(lifting.request_id)
