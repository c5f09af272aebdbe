"""What the account's centre has laid down of what opens where, known without the server, too."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from backend_client.errors import BackendError
from backend_client.models.catalogue import Catalogue
from backend_client.models.hanging import Hanging
from workstation.core.connection import ConnectionState, Link
from workstation.core.hanging import HangingRules
from workstation.core.subscription import Event
from workstation.services.link import LinkState

logger = logging.getLogger(__name__)


class CatalogueBackend(Protocol):
    """What is asked of the server."""

    async def read(self) -> Catalogue:
        """The centre's catalogue as valid today; raises BackendError."""


class KeptHanging(Protocol):
    """Where the rules are kept for the next time; raises nothing."""

    async def keep_hanging(self, hanging: Hanging, as_of: datetime) -> None:
        """Keeps them."""

    async def hanging(self) -> Hanging | None:
        """Those that were kept."""


class HangingService:
    """The rules. Until the first answer those of the last time count, and the usual ones before.

    `changed` tells of other rules. They are read anew with each new connection: a version of the
    catalogue may have begun meanwhile (OZ-29).
    """

    def __init__(
        self,
        backend: CatalogueBackend,
        link: LinkState,
        now: Callable[[], datetime],
        kept: KeptHanging | None = None,
    ) -> None:
        """`now`: by the server's clock, aware; `kept`: None keeps nothing."""
        self.changed: Event[HangingRules] = Event()
        self._backend, self._link, self._now, self._kept = backend, link, now, kept
        self._hanging: Hanging | None = None
        self._rules = HangingRules()
        self._stirred = asyncio.Event()

    @property
    def rules(self) -> HangingRules:
        """As they are known now."""
        return self._rules

    async def run(self) -> None:
        """Keeps them known until cancelled."""
        unsubscribe = self._link.changed.subscribe(self._link_changed)
        try:
            if self._kept is not None:
                self._take(await self._kept.hanging())
            self._link_changed(self._link.state)
            while True:
                await self._stirred.wait()
                self._stirred.clear()
                await self._read()
        finally:
            unsubscribe()

    async def _read(self) -> None:
        try:
            hanging = (await self._backend.read()).hanging
        except BackendError as error:
            logger.info("the catalogue is not read: %s", type(error).__name__)
            return
        self._take(hanging)
        if self._kept is not None and hanging is not None:
            await self._kept.keep_hanging(hanging, self._now())

    def _take(self, hanging: Hanging | None) -> None:
        if hanging != self._hanging:
            self._hanging, self._rules = hanging, HangingRules(hanging)
            self.changed.emit(self._rules)

    def _link_changed(self, state: ConnectionState) -> None:
        if state.link is Link.ONLINE:
            self._stirred.set()
