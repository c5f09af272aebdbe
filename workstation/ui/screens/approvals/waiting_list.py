"""The conclusions that wait for the clinic, live, and which of them were opened in this session."""

from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval
from backend_client.models.requests import RequestRow, RequestStatus
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.record_table_model import RecordTableModel
from workstation.ui.screens.approvals.asked import Approvals, Requests
from workstation.ui.screens.approvals.columns import approval_columns
from workstation.ui.screens.approvals.list_filter import Choice
from workstation.ui.screens.slot.week_model import REST_MS
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording


class ListState(Enum):
    """What stands where the list stands."""

    LOADING = "loading"
    ROWS = "rows"
    EMPTY = "empty"
    FAILED = "failed"


class Finding(Enum):
    """What reading a conclusion has shown."""

    GOOD = "good"
    """It could be read; no word on whether it may be approved."""
    BAD_SIGNATURE = "bad_signature"
    CHANGED_FILE = "changed_file"


class WaitingList(QObject):
    """The oldest first. It is read anew when a request enters or leaves the state SIGNED."""

    changed = Signal()
    was_read = Signal()
    """The rows are as the server has them now."""
    count_changed = Signal(int)
    """So many wait."""

    def __init__(
        self,
        requests: Requests,
        approvals: Approvals,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: RecordTableModel[Approval] = RecordTableModel(
            approval_columns(wording), key=lambda one: one.request_id, order=_age, parent=self
        )
        self.state = ListState.LOADING
        self.error: UserMessage | None = None
        """Why the list could not be read; rows that stand may be old."""
        self.read_at: datetime | None = None
        self.shown: Choice | None = None
        """Of which conclusions the rows are; None: of all."""
        self._all: dict[RequestId, Approval] = {}
        self._approvals, self._wording = approvals, wording
        self._findings: dict[tuple[RequestId, str], Finding] = {}
        self._told_count = 0
        self._tasks = TaskScope(on_error=self._failed)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self.reload)
        self._unsubscribe = (
            requests.changed.subscribe(self._heard),
            requests.gone.subscribe(self._gone),
            requests.reload_needed.subscribe(lambda _: self.reload()),
        )

    @property
    def count(self) -> int:
        """How many rows there are: those that wait, or those of them that are shown."""
        return self.rows.rowCount()

    @property
    def all(self) -> list[Approval]:
        """Everything that waits, the oldest first, shown or not."""
        return sorted(self._all.values(), key=_age)

    def waits(self, request_id: RequestId) -> bool:
        """Whether that one waits, shown or not."""
        return request_id in self._all

    def show_only(self, choice: Choice | None) -> None:
        """Only those have rows; None: all."""
        if choice != self.shown:
            self.shown = choice
            self._fill()
            self._settle()

    def find(self, request_id: RequestId) -> tuple[int, Approval] | None:
        """The request's row and what stands in it."""
        row = self.rows.row_of(request_id)
        one = None if row is None else self.rows.record(row)
        return None if row is None or one is None else (row, one)

    def finding(self, one: Approval) -> Finding | None:
        """What this very file has shown in this session; None: it was not opened."""
        return self._findings.get((one.request_id, one.sha256))

    def note(self, one: Approval, finding: Finding) -> None:
        """It was read."""
        self._findings[one.request_id, one.sha256] = finding
        self.rows.refresh()

    def reload(self) -> None:
        """Reads the list again; rows stay until the answer is there."""
        self._resting.stop()
        self._tasks.cancel("approvals.list")
        if self.state is ListState.FAILED:
            self._set_state(ListState.LOADING)
        self._tasks.start(self._load(), name="approvals.list")

    def drop(self, request_id: RequestId) -> None:
        """Takes out what was decided here; an answer on its way may be older than that."""
        self._all.pop(request_id, None)
        self._fill()
        self._settle()
        self.reload()

    async def close(self) -> None:
        """Ends everything for good."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._resting.stop()
        await self._tasks.close()

    async def _load(self) -> None:
        found = await self._approvals.waiting()
        self.error, self.read_at = None, self._wording.now()
        self._all = {one.request_id: one for one in found}
        self._fill()
        self._settle()
        self.was_read.emit()

    def _fill(self) -> None:
        """Row by row: choice and scroll stay where they are. Where none is left of those that were
        to be shown alone, all are shown."""
        if self.shown is not None and not any(map(self.shown.takes, self._all.values())):
            self.shown = None
        staying = {
            one.request_id: one
            for one in self._all.values()
            if self.shown is None or self.shown.takes(one)
        }
        for one in self.rows.records():
            if one.request_id not in staying:
                self.rows.remove(one.request_id)
        for one in staying.values():
            self.rows.upsert(one)

    def _settle(self) -> None:
        self._set_state(ListState.ROWS if self.count else ListState.EMPTY)
        if len(self._all) != self._told_count:
            self._told_count = len(self._all)
            self.count_changed.emit(self._told_count)

    def _heard(self, row: RequestRow) -> None:
        if row.status is RequestStatus.SIGNED or self.waits(row.id):
            self._resting.start()

    def _gone(self, request_id: RequestId) -> None:
        if self.waits(request_id):
            self._resting.start()

    def _set_state(self, state: ListState) -> None:
        self.state = state
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self.error = user_message(error)
        self._set_state(ListState.ROWS if self.count else ListState.FAILED)


def _age(one: Approval) -> tuple[datetime, str]:
    return one.signed_at, one.request_id
