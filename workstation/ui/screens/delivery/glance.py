"""How far the request's conclusion has come, without widgets; follows the row that is shown."""

import asyncio
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import RequestId
from backend_client.models.delivery import Delivery
from backend_client.models.requests import RequestRow, RequestStatus
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope

REST_S: Final = 0.25
"""Whoever walks down the list asks for nothing; who stays on a request does."""
MAY_BE_DELIVERED: Final = frozenset(
    {RequestStatus.DELIVERED, RequestStatus.CLOSED, RequestStatus.RETURNED, RequestStatus.SIGNED}
)
"""There is a conclusion, or was one before it was written anew."""


class Deliveries(Protocol):
    """What is asked of the service."""

    async def read(self, request_id: RequestId) -> Delivery:
        """How far it has come on each way; raises BackendError."""

    async def send_again(self, request_id: RequestId) -> Delivery:
        """An e-mail that has failed goes out anew; raises BackendError."""


class DeliveryGlance(QObject):
    """`delivery` is None until it was read, and where nothing was delivered."""

    changed = Signal()

    def __init__(
        self,
        deliveries: Deliveries | None,
        parent: QObject | None = None,
        *,
        rest_s: float = REST_S,
    ) -> None:
        """`deliveries`: None: there are none here, and nothing is ever read."""
        super().__init__(parent)
        self.delivery: Delivery | None = None
        self.problem: UserMessage | None = None
        self.is_sending = False
        self._deliveries, self._rest_s = deliveries, rest_s
        self._row: RequestRow | None = None
        self._tasks = TaskScope(on_error=self._failed)

    def show_row(self, row: RequestRow | None) -> None:
        """Shows that request; a newer state of it is read anew, without an empty moment."""
        if row is self._row:
            return
        same = row is not None and self._row is not None and row.id == self._row.id
        self._row = row
        if not same:
            self.delivery, self.problem, self.is_sending = None, None, False
            self._tasks.cancel("delivery.again")
            self.changed.emit()
        self._tasks.cancel("delivery.read")
        if self._deliveries is not None and row is not None and row.status in MAY_BE_DELIVERED:
            self._tasks.start(self._read(self._deliveries, row.id), name="delivery.read")

    def send_again(self) -> None:
        """Asks for it once; the button waits for the answer."""
        if self._deliveries is None or self._row is None or self.is_sending:
            return
        self.is_sending, self.problem = True, None
        self.changed.emit()
        self._tasks.start(self._again(self._deliveries, self._row.id), name="delivery.again")

    async def close(self) -> None:
        """Ends what runs."""
        await self._tasks.close()

    async def _read(self, deliveries: Deliveries, request_id: RequestId) -> None:
        await asyncio.sleep(self._rest_s)
        self._show(await deliveries.read(request_id))

    async def _again(self, deliveries: Deliveries, request_id: RequestId) -> None:
        self._show(await deliveries.send_again(request_id))

    def _show(self, delivery: Delivery) -> None:
        self.delivery = delivery if delivery.edition else None
        self.problem, self.is_sending = None, False
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self.problem, self.is_sending = user_message(error), False
        self.changed.emit()
