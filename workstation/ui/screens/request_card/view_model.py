"""The card without its widgets: the row at once, what stands behind it as soon as it is there."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import RequestId
from backend_client.models.requests import (
    ChecklistItem,
    HistoryEntry,
    ItemState,
    RequestCard,
    RequestRow,
)
from workstation.core.file_groups import counted
from workstation.ui.case_steps import CaseStep, possible_steps
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.record_table_model import Column, RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.delivery.glance import Deliveries, DeliveryGlance
from workstation.ui.screens.request_card.chat_glance import ChatGlance, Chats
from workstation.ui.screens.request_card.identity_model import IdentityModel
from workstation.ui.screens.request_card.opening import Opening, verdict
from workstation.ui.task_scope import TaskScope
from workstation.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from workstation.services.identity import IdentityService
    from workstation.services.requests import RequestService


def _item_column(words: RequestWords) -> Column[ChecklistItem]:
    def text(item: ChecklistItem) -> str:
        return f"{item.title}: {words.item_state(item)}"

    return Column("item", lambda: "", text, tooltip=lambda item: plain_tooltip(text(item)))


class RequestCardViewModel(QObject):
    """One request. `show_row` as often as the row changes; the rest is read by itself."""

    changed = Signal()
    """The row, the card or the error is another one."""
    shown_changed = Signal()
    """Another request is shown."""
    step_wanted = Signal(str, CaseStep)
    """The doctor goes on with the case: the request's id, and where to."""
    open_wanted = Signal(str, str)
    """The doctor wants to work on it: its id, and a checklist item's code or ""."""

    def __init__(
        self,
        requests: "RequestService",
        identity: "IdentityService",
        words: RequestWords,
        parent: QObject | None = None,
        *,
        chats: Chats | None = None,
        deliveries: Deliveries | None = None,
    ) -> None:
        super().__init__(parent)
        self.chat = ChatGlance(chats, self)
        self.delivery = DeliveryGlance(deliveries, self)
        self.row: RequestRow | None = None
        self.card: RequestCard | None = None
        self.as_of: datetime | None = None
        self.error: UserMessage | None = None
        self.is_busy = False
        self.items: RecordTableModel[ChecklistItem] = RecordTableModel(
            [_item_column(words)],
            key=lambda item: item.code,
            order=self._place,
            parent=self,
        )
        self._earlier: list[HistoryEntry] = []
        self._earlier_from: str | None = None
        self._behind: str | None = None
        self._requests = requests
        self.identity = IdentityModel(identity, self)
        self.identity.failed.connect(self.show_problem)
        self.changed.connect(lambda: self.identity.show(self.row, self.card))
        self._tasks = TaskScope(on_error=self._failed)

    @property
    def history(self) -> list[HistoryEntry]:
        """What happened, newest first, as far as it was read."""
        return [] if self.card is None else [*self.card.history, *self._earlier]

    @property
    def has_earlier(self) -> bool:
        """Whether more has happened before that."""
        return self.card is not None and self._behind is not None

    def read_earlier(self) -> None:
        """Reads on in the history; the lines come behind those that are there."""
        if self.row is not None and self._behind is not None:
            self._tasks.cancel("card.history")
            reading = self._read_earlier(self.row.id, self._behind)
            self._tasks.start(reading, name="card.history")

    def show_row(self, row: RequestRow | None) -> None:
        """Shows a request, or its newer state; None shows nothing."""
        if row is self.row:
            return
        same = row is not None and self.row is not None and row.id == self.row.id
        self.row = row
        self.chat.show_row(row)
        self.delivery.show_row(row)
        if not same:
            self.card, self.as_of, self.error = None, None, None
            self._begin_history(None)
        self._show_items(self._counted(row.checklist) if row is not None else [])
        if not same:
            self.shown_changed.emit()
        self.changed.emit()
        self._read()

    def retry(self) -> None:
        """Reads the card again."""
        self.error = None
        self.changed.emit()
        self._read()

    def show_problem(self, problem: UserMessage) -> None:
        """Shows what could not be done with the request."""
        self.error = problem
        self.changed.emit()

    def clear_problem(self) -> None:
        """The doctor has gone on to something else."""
        if self.error is not None:
            self.error = None
            self.changed.emit()

    def set_busy(self, busy: bool) -> None:
        """While the request is being taken, nothing else can be asked of it."""
        self.is_busy = busy
        self.changed.emit()

    def can_open(self) -> bool:
        """Whether the button acts now."""
        row = self.row
        return row is not None and not self.is_busy and self._opening(row) is not Opening.REFUSED

    def open(self, item_number: int | None = None) -> None:
        """Asks to work on the request; with a number from 1, at that checklist item's files."""
        row = self.row
        if row is None or not self.can_open():
            return
        if item_number is None:
            self.open_wanted.emit(row.id, "")
            return
        item = self.items.record(item_number - 1)
        if item is not None and self.can_open_files(item_number):
            self.open_wanted.emit(row.id, item.code)

    def has_files(self, item_number: int) -> bool:
        """Whether the checklist item of that number, from 1, has anything to be opened."""
        item = self.items.record(item_number - 1)
        return item is not None and item.state is ItemState.PRESENT and item.file_count > 0

    def can_open_files(self, item_number: int) -> bool:
        """Whether that item's files can be opened now."""
        return self.can_open() and self.has_files(item_number)

    def can_go_on(self, step: CaseStep) -> bool:
        """Whether that screen of the case makes sense now."""
        row = self.row
        return row is not None and not self.is_busy and step in possible_steps(row)

    def go_on(self, step: CaseStep) -> None:
        """Asks for another screen of the case: the time (OZ-8), the call, the conclusion."""
        row = self.row
        if row is not None and self.can_go_on(step):
            self.step_wanted.emit(row.id, step)

    async def close(self) -> None:
        """Ends what runs."""
        await self.identity.close()
        await self.chat.close()
        await self.delivery.close()
        await self._tasks.close()

    def _show_items(self, items: list[ChecklistItem]) -> None:
        if [item.code for item in items] != [item.code for item in self.items.records()]:
            self.items.replace(items)
        for item in items:
            self.items.upsert(item)

    def _counted(self, items: list[ChecklistItem]) -> list[ChecklistItem]:
        return counted(self.card, items) if self.card is not None else items

    def _read(self) -> None:
        self._tasks.cancel("card.read")
        if self.row is not None:
            self._tasks.start(self._show(self.row.id), name="card.read")

    async def _show(self, request_id: RequestId) -> None:
        view = await self._requests.card(request_id)
        self.card, self.as_of = view.card, view.as_of
        if view.card.history_cursor != self._earlier_from:
            self._begin_history(view.card.history_cursor)
        if self.row is not None:
            self._show_items(self._counted(self.row.checklist))
        self.changed.emit()

    def _begin_history(self, cursor: str | None) -> None:
        self._tasks.cancel("card.history")
        self._earlier, self._earlier_from, self._behind = [], cursor, cursor

    async def _read_earlier(self, request_id: RequestId, cursor: str) -> None:
        page = await self._requests.history(request_id, cursor)
        self._earlier, self._behind = [*self._earlier, *page.items], page.next_cursor
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self.error = user_message(error)
        self.changed.emit()

    @staticmethod
    def _opening(row: RequestRow) -> Opening:
        return verdict(row).opening

    def _place(self, item: ChecklistItem) -> int:
        codes = [one.code for one in self.row.checklist] if self.row is not None else []
        return codes.index(item.code) if item.code in codes else len(codes)
