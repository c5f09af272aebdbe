"""Orders that the server did not carry out: kept with the doctor's words until they are settled."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.requests import Action

if TYPE_CHECKING:
    from workstation.services.kept_orders import RefusedOrder
    from workstation.services.triage import TriageService


class RefusedOrders(QObject):
    """The newest comes last; those of an earlier run of the program are among them."""

    changed = Signal()

    def __init__(self, triage: "TriageService", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._triage = triage
        self._orders: list[RefusedOrder] = []
        self._deaf: Callable[[], None] | None = None

    def start(self) -> None:
        """Listens to the service."""
        self._deaf = self._triage.refused.subscribe(self._add)

    def stop(self) -> None:
        """Listens no more."""
        if self._deaf is not None:
            self._deaf()

    async def read(self) -> None:
        """Takes up what an earlier run has left. Raises StoreError."""
        kept = await self._triage.refused_kept()
        known = {one.order.key for one in self._orders}
        self._orders = [*(one for one in kept if one.order.key not in known), *self._orders]
        self.changed.emit()

    def newest(self) -> "RefusedOrder | None":
        """The one to be settled first."""
        return self._orders[-1] if self._orders else None

    def others(self) -> int:
        """How many wait behind it."""
        return max(0, len(self._orders) - 1)

    def about(self, request_id: RequestId, action: Action) -> "RefusedOrder | None":
        """The newest such order about that request."""
        for one in reversed(self._orders):
            if (one.order.order.request_id, one.order.order.action) == (request_id, action):
                return one
        return None

    def refuse_again(self, key: str, error: BackendError) -> None:
        """It was ordered again, and refused for this reason now."""
        self._orders = [
            replace(one, error=error) if one.order.key == key else one for one in self._orders
        ]
        self.changed.emit()

    async def settle(self, key: str) -> None:
        """Its words are needed no more. Raises StoreError."""
        self._orders = [one for one in self._orders if one.order.key != key]
        self.changed.emit()
        await self._triage.forget_refused(key)

    def _add(self, refused: "RefusedOrder") -> None:
        others = [one for one in self._orders if one.order.key != refused.order.key]
        self._orders = [*others, refused]
        self.changed.emit()
