"""What was approved here, and how far each has come to its patient (SOK-8, SPB-21)."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval
from backend_client.models.delivery import Delivery, DeliveryState
from backend_client.models.requests import RequestRow
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.delivery.glance import Deliveries
from workstation.ui.screens.slot.week_model import Changes
from workstation.ui.task_scope import TaskScope

MOST_SENT = 50
"""The newest; older ones are found in the queue and the archive."""


@dataclass(slots=True, eq=False)
class Sent:
    """One approved conclusion on its ways."""

    approval: Approval
    delivery: Delivery | None = None
    problem: UserMessage | None = None
    """Why its ways are not known, or nothing was sent again."""
    is_sending: bool = False

    @property
    def has_failed(self) -> bool:
        """Whether one way has come to its end without the patient."""
        ways = () if self.delivery is None else self.delivery.channels
        return any(one.state is DeliveryState.FAILED for one in ways)


class SentModel(QObject):
    """Since the program was started, the newest first. Each is read anew when its request has
    changed: mail that bounces hours later is told here, too."""

    changed = Signal()

    def __init__(
        self, requests: Changes, deliveries: Deliveries | None, parent: QObject | None = None
    ) -> None:
        """`deliveries`: None: nothing is known of them here, and nothing is ever listed."""
        super().__init__(parent)
        self.all: list[Sent] = []
        self._deliveries = deliveries
        self._tasks = TaskScope(on_error=lambda _: None)
        self._unsubscribe = requests.changed.subscribe(self._heard)

    @property
    def failed(self) -> int:
        """How many did not reach their patient on one of the ways."""
        return sum(one.has_failed for one in self.all)

    def add(self, approval: Approval) -> None:
        """It was approved just now."""
        if self._deliveries is None:
            return
        self.all = [one for one in self.all if one.approval.request_id != approval.request_id]
        self.all = [Sent(approval), *self.all[: MOST_SENT - 1]]
        self.changed.emit()
        self._read(approval.request_id)

    def find(self, request_id: RequestId) -> Sent | None:
        """That request's; None: it was not approved here."""
        return next((one for one in self.all if one.approval.request_id == request_id), None)

    def send_again(self, request_id: RequestId) -> None:
        """Asks for the e-mail once more; the button waits for the answer."""
        one = self.find(request_id)
        if one is None or one.is_sending or self._deliveries is None:
            return
        one.is_sending, one.problem = True, None
        self.changed.emit()
        self._tasks.start(self._again(self._deliveries, one), name="approvals.send_again")

    def read_again(self) -> None:
        """The server answers again: what is not known yet is asked for."""
        for one in self.all:
            if one.delivery is None or one.problem is not None:
                self._read(one.approval.request_id)

    async def close(self) -> None:
        """Ends everything for good."""
        self._unsubscribe()
        await self._tasks.close()

    def _heard(self, row: RequestRow) -> None:
        if self.find(row.id) is not None:
            self._read(row.id)

    def _read(self, request_id: RequestId) -> None:
        one = self.find(request_id)
        if one is None or self._deliveries is None:
            return
        name = f"approvals.sent.{request_id}"
        self._tasks.cancel(name)
        self._tasks.start(self._ask(self._deliveries, one), name=name)

    async def _ask(self, deliveries: Deliveries, one: Sent) -> None:
        try:
            one.delivery = await deliveries.read(one.approval.request_id)
            one.problem = None
        except BackendError as error:
            one.problem = user_message(error)
        self.changed.emit()

    async def _again(self, deliveries: Deliveries, one: Sent) -> None:
        try:
            one.delivery = await deliveries.send_again(one.approval.request_id)
        except BackendError as error:
            one.problem = user_message(error)
        finally:
            one.is_sending = False
        self.changed.emit()
