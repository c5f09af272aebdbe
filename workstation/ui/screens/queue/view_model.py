"""The queue without its widgets: which list, its rows as they change, and what opens."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.common import RequestId
from backend_client.models.requests import QueueCounts, QueueGroup, RequestRow
from workstation.ui.choices import QueueChoices
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.record_table_model import RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.columns import queue_columns
from workstation.ui.screens.queue.membership import belongs, place
from workstation.ui.screens.request_card.opening import Opening, verdict
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.requests import RequestService

GROUPS = (
    QueueGroup.ALL,
    QueueGroup.UNCLAIMED,
    QueueGroup.MINE,
    QueueGroup.AWAITING_DOCUMENTS,
)
SEARCH_MS = 200
MOST_PAGES = 20


class ListState(Enum):
    """What stands where the rows stand."""

    LOADING = "loading"
    ROWS = "rows"
    EMPTY = "empty"
    FAILED = "failed"


class QueueViewModel(QObject):
    """One list of requests. Rows change by themselves; the chosen one stays chosen."""

    state_changed = Signal()
    counts_changed = Signal()
    group_changed = Signal()
    chosen_changed = Signal()
    """Another request is chosen, or the chosen one has changed."""
    row_changed = Signal(str)
    """A row was changed by somebody else: its id."""
    busy_changed = Signal()
    opened = Signal(str, str)
    """A request is ready for work: its id, and the checklist item to begin with or ""."""
    failed = Signal(UserMessage)
    """What was asked of the chosen request could not be done."""

    def __init__(
        self,
        requests: "RequestService",
        words: RequestWords,
        choices: QueueChoices | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: RecordTableModel[RequestRow] = RecordTableModel(
            queue_columns(words), key=lambda row: row.id, order=place, parent=self
        )
        self.counts: dict[QueueGroup, int] = {}
        self.state = ListState.LOADING
        self.as_of: datetime | None = None
        self.error: UserMessage | None = None
        self._requests = requests
        self._choices = choices or QueueChoices()
        self._search = ""
        self._wanted_search = ""
        self._chosen: RequestRow | None = None
        self._leaving: set[str] = set()
        self._cursor: str | None = None
        self._taken_now: RequestId | None = None
        self._tasks = TaskScope(on_error=self._action_failed)
        self._loads = TaskScope(on_error=self._load_failed)
        self._unsubscribe: list[Callable[[], None]] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_MS)
        self._typing.timeout.connect(self._search_now)
        self._sweep = QTimer(self)
        self._sweep.setSingleShot(True)
        self._sweep.timeout.connect(self._drop_left)
        self.rows.more_wanted.connect(self._load_more)

    @property
    def group(self) -> QueueGroup:
        """The open list."""
        return self._choices.group

    @property
    def search(self) -> str:
        """What the list is searched for now."""
        return self._search

    @property
    def chosen(self) -> RequestRow | None:
        """The chosen request, in its newest state."""
        return self._chosen

    @property
    def is_opening(self) -> bool:
        """Whether a request is being taken at this moment."""
        return self._taken_now is not None

    def start(self) -> None:
        """Listens to the service and reads the list."""
        requests = self._requests
        self._unsubscribe = [
            requests.changed.subscribe(self._on_changed),
            requests.gone.subscribe(self._on_gone),
            requests.reload_needed.subscribe(lambda _: self.reload()),
            requests.counts_changed.subscribe(self._take_counts),
        ]
        self.reload()
        self._loads.start(self._read_counts(), name="queue.counts")

    async def close(self) -> None:
        """Ends what runs and listens to nothing any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._typing.stop()
        await self._loads.close()
        await self._tasks.close()

    def choose_group(self, group: QueueGroup) -> None:
        """Opens another list."""
        if group is not self.group:
            self._choices.choose_group(group)
            self.group_changed.emit()
            self._open_list()

    def search_for(self, text: str) -> None:
        """Searches once the typing rests; "" shows the whole list at once."""
        self._wanted_search = text.strip()
        if self._wanted_search == self._search:
            self._typing.stop()
        elif self._wanted_search:
            self._typing.start()
        else:
            self._search_now()

    def choose(self, row: int) -> None:
        """Chooses the request in that row; -1 chooses none."""
        chosen = self.rows.record(row)
        self._show_chosen(chosen)
        self._sweep.start()

    def reload(self) -> None:
        """Reads the list again; rows, choice and place stay until the answer is there."""
        self._loads.cancel("queue.page")
        if self.state is not ListState.ROWS:
            self._set_state(ListState.LOADING)
        self._loads.start(self._load(self.rows.rowCount()), name="queue.page")

    def open(self, request_id: str, item_code: str = "") -> None:
        """Takes the request where it is not one's own, then tells that it may be shown."""
        row = self._row(request_id)
        if row is None or self.is_opening:
            return
        opening = verdict(row).opening
        if opening is Opening.OPEN:
            self.opened.emit(request_id, item_code)
        elif opening is Opening.TAKE:
            self._set_taken_now(row.id)
            self._tasks.start(self._take(row.id, item_code), name="queue.take")

    def open_chosen(self) -> None:
        """Opens the chosen request."""
        if self._chosen is not None:
            self.open(self._chosen.id)

    def _open_list(self) -> None:
        self._loads.cancel("queue.page")
        self._loads.cancel("queue.more")
        self._leaving.clear()
        self._cursor = None
        self._set_state(ListState.LOADING)
        self._loads.start(self._load(0), name="queue.page")

    def _search_now(self) -> None:
        self._typing.stop()
        if self._wanted_search != self._search:
            self._search = self._wanted_search
            self._open_list()

    async def _load(self, shown: int) -> None:
        """Reads as many rows as were shown, so that the reading place survives; 0: a new list."""
        page = await self._requests.page(self.group, self._search)
        rows, as_of = list(page.rows), page.as_of
        for _ in range(MOST_PAGES):
            if page.next_cursor is None or len(rows) >= shown:
                break
            page = await self._requests.page(self.group, self._search, page.next_cursor)
            rows += page.rows
        self._cursor, self.as_of, self.error = page.next_cursor, as_of, None
        self._leaving.clear()
        self.rows.replace(rows, has_more=page.next_cursor is not None)
        self._set_state(ListState.ROWS if rows else ListState.EMPTY)
        self._choose_again(is_new=not shown)

    def _choose_again(self, *, is_new: bool) -> None:
        """The same request; the first of a new list. Never another one under the doctor's hands."""
        chosen = self._chosen
        row = None if chosen is None else self.rows.row_of(chosen.id)
        if row is not None:
            self._show_chosen(self.rows.record(row))
        else:
            self._show_chosen(self.rows.record(0) if is_new else None)

    def _load_more(self) -> None:
        if self._cursor is not None:
            self._loads.start(self._more(self._cursor), name="queue.more")

    async def _more(self, cursor: str) -> None:
        rows: list[RequestRow] = []
        try:
            page = await self._requests.page(self.group, self._search, cursor)
            rows, self._cursor = page.rows, page.next_cursor
        finally:  # where it failed, scrolling on asks again
            self.rows.extend(rows, has_more=self._cursor is not None)

    async def _read_counts(self) -> None:
        self._take_counts(await self._requests.counts())

    async def _take(self, request_id: RequestId, item_code: str) -> None:
        try:
            await self._requests.claim(request_id)
        finally:
            self._set_taken_now(None)
        self.opened.emit(request_id, item_code)

    def _on_changed(self, row: RequestRow) -> None:
        known = self.rows.row_of(row.id) is not None
        chosen = self._chosen is not None and self._chosen.id == row.id
        stays = belongs(row, self.group)
        self._leaving.discard(row.id)
        if known and chosen and not stays:  # never taken from under the doctor's hands
            self._leaving.add(row.id)
        if (known and (stays or chosen)) or (not known and stays and self._is_shown(row)):
            self.rows.upsert(row)
            if row.id != self._taken_now:
                self.row_changed.emit(row.id)
        elif known:
            self.rows.remove(row.id)
        if chosen:
            self._show_chosen(row)
        self._settle()

    def _on_gone(self, request_id: RequestId) -> None:
        self._leaving.discard(request_id)
        if self._chosen is not None and self._chosen.id == request_id:
            self._show_chosen(None)
        self.rows.remove(request_id)
        self._settle()

    def _drop_left(self) -> None:
        """Removes rows that left the list while they were chosen, once they are not."""
        chosen = None if self._chosen is None else self._chosen.id
        for left in self._leaving - {chosen}:
            self._leaving.discard(left)
            self.rows.remove(left)
        self._settle()

    def _is_shown(self, row: RequestRow) -> bool:
        """Whether a new row stands within what was read; else it comes with its page."""
        if self._search or self.state is ListState.LOADING:
            return False
        last = self.rows.record(self.rows.rowCount() - 1)
        return self._cursor is None or (last is not None and place(row) < place(last))

    def _settle(self) -> None:
        if self.state in (ListState.ROWS, ListState.EMPTY):
            self._set_state(ListState.ROWS if self.rows.rowCount() else ListState.EMPTY)

    def _take_counts(self, counts: QueueCounts) -> None:
        self.counts = dict(counts.counts)
        self.counts_changed.emit()

    def _row(self, request_id: str) -> RequestRow | None:
        if self._chosen is not None and self._chosen.id == request_id:
            return self._chosen
        row = self.rows.row_of(request_id)
        return None if row is None else self.rows.record(row)

    def _show_chosen(self, row: RequestRow | None) -> None:
        if row is not self._chosen:
            self._chosen = row
            self.chosen_changed.emit()

    def _set_state(self, state: ListState) -> None:
        self.state = state
        self.state_changed.emit()

    def _set_taken_now(self, request_id: RequestId | None) -> None:
        self._taken_now = request_id
        self.busy_changed.emit()

    def _load_failed(self, error: BaseException) -> None:
        self.error = user_message(error)
        if self.state is not ListState.ROWS:
            self._set_state(ListState.FAILED)

    def _action_failed(self, error: BaseException) -> None:
        self.failed.emit(user_message(error))
