"""The queue without its widgets: which list, its rows as they change, and what opens."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.listing import Advice, Listing, QueueFilter, QueueSort, TakenNext
from backend_client.models.requests import QueueCounts, QueueGroup, RequestRow
from workstation.ui.choices import QueueChoices
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.record_spans import Wanted
from workstation.ui.record_table_model import RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.columns import queue_columns
from workstation.ui.screens.queue.filter_model import FilterModel
from workstation.ui.screens.queue.membership import belongs, place
from workstation.ui.screens.request_card.opening import Opening, verdict
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.answers import QueuePage
    from workstation.services.requests import RequestService

GROUPS = (
    QueueGroup.ALL,
    QueueGroup.UNCLAIMED,
    QueueGroup.MINE,
    QueueGroup.AWAITING_DOCUMENTS,
    QueueGroup.TODAY,
    QueueGroup.MY_DEBTS,
    QueueGroup.SNOOZED,
)
SEARCH_MS = 50
"""Letters that come as quickly as that are one search."""
NEXT = RequestId("")
"""Stands for the request that the server chooses."""
ANEW_MS = 300_000
"""How often a list is read again: what is due today changes with the hour alone."""
COUNTS_MS = 60_000
"""How often lists are counted anew: midnight and a missed appointment are told by nobody."""
CHANGES_MS = 1000
"""After the last of several changes, what only the server can say is asked for."""
MOST_PAGES = 20
"""Of one range that has grown since it was read."""


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
    sort_changed = Signal()
    listing_changed = Signal()
    """Another list is shown than before, or in another order."""
    search_given = Signal(str)
    """The search is another one, and not by its field."""
    chosen_changed = Signal()
    """Another request is chosen, or the chosen one has changed."""
    row_changed = Signal(str)
    """A row was changed by somebody else: its id."""
    busy_changed = Signal()
    opened = Signal(str, str)
    """A request is ready for work: its id, and the checklist item to begin with or ""."""
    claimed = Signal(str)
    """A request that was shown while the claim was on its way is the doctor's now: its id."""
    not_claimed = Signal(str, UserMessage)
    """Such a request is not, and why: who was quicker, as a rule."""
    failed = Signal(UserMessage)
    """What was asked of the chosen request could not be done."""
    advised = Signal()
    """What to take next is another one, or not known any more."""
    moves_on = Signal(RequestRow, bool)
    """Another request than the chosen one is about to be chosen by the list itself, and whether the
    doctor has asked for that list."""
    taken_next = Signal(TakenNext)
    """What the server has given to this doctor; the window says whose case it is."""

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
        self.advice: Advice | None = None
        self._search = ""
        self._wanted_search = ""
        self._sort, self._descending = QueueSort.TERM, False
        self._filter = QueueFilter()
        self._own_group: QueueGroup | None = None
        self._sought: RequestId | None = None
        self._chosen: RequestRow | None = None
        self._leaving: set[str] = set()
        self._awaited = -1
        self._reading: object | None = None
        self._is_asked = True
        self._taken_now: RequestId | None = None
        self._confirming: set[RequestId] = set()
        """Shown already; another request may be opened before their claims are answered."""
        self._tasks = TaskScope(on_error=self._action_failed)
        self._loads = TaskScope(on_error=self._load_failed)
        self._unsubscribe: list[Callable[[], None]] = []
        self.filters = FilterModel(self, requests.filters)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_MS)
        self._typing.timeout.connect(self._search_now)
        self._sweep = QTimer(self)
        self._sweep.setSingleShot(True)
        self._sweep.timeout.connect(self._drop_left)
        self._anew = QTimer(self)
        self._anew.setInterval(ANEW_MS)
        self._anew.timeout.connect(self.reload)
        self._count = QTimer(self)
        self._count.setInterval(COUNTS_MS)
        self._count.timeout.connect(self._count_again)
        self._changes = QTimer(self)
        self._changes.setSingleShot(True)
        self._changes.setInterval(CHANGES_MS)
        self._changes.timeout.connect(self._read_changes)
        self.rows.more_wanted.connect(self._read_on)
        self.rows.filled.connect(self._choose_awaited)

    @property
    def group(self) -> QueueGroup:
        """The open list, or the one that a filter narrows."""
        return self._own_group or self._choices.group

    @property
    def is_of_filter(self) -> bool:
        """Whether the list is not one of the groups, but what a filter makes of one."""
        return self._own_group is not None

    @property
    def search(self) -> str:
        """What the list is searched for now."""
        return self._search

    @property
    def listing(self) -> Listing:
        """What the list shows, and in which order."""
        return Listing(
            group=self.group,
            search=self._search,
            filter=self._filter,
            sort=self._sort,
            descending=self._descending,
        )

    @property
    def chosen(self) -> RequestRow | None:
        """The chosen request, in its newest state."""
        return self._chosen

    @property
    def is_opening(self) -> bool:
        """Whether a request is being taken at this moment, and nothing is shown before it is."""
        return self._taken_now is not None

    def is_taking(self, request_id: str) -> bool:
        """Whether the server is being asked for that request."""
        return self._taken_now == request_id or request_id in self._confirming

    def start(self) -> None:
        """Listens to the service and reads the list."""
        requests = self._requests
        self._unsubscribe = [
            requests.changed.subscribe(self._on_changed),
            requests.gone.subscribe(self._on_gone),
            requests.reload_needed.subscribe(lambda _: self.reload()),
            requests.counts_changed.subscribe(self._take_counts),
        ]
        self._anew.start()
        self._count.start()
        self.reload()
        self._ask_advice()
        self.filters.start()

    async def close(self) -> None:
        """Ends what runs and listens to nothing any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._typing.stop()
        self._anew.stop()
        self._count.stop()
        self._changes.stop()
        await self.filters.close()
        await self._loads.close()
        await self._tasks.close()

    def choose_group(self, group: QueueGroup) -> None:
        """Opens another list; what a filter has brought with it goes."""
        if self.is_of_filter:
            self._choices.choose_group(group)
            self._show(Listing(group=group), own_group=None)
        elif group is not self.group:
            self._choices.choose_group(group)
            self.group_changed.emit()
            self._open_list()

    def show_listing(self, listing: Listing, *, of_filter: bool = True, asked: bool = True) -> None:
        """Opens a group, searched, narrowed and ordered as it says, for a filter or by itself;
        `asked`: the doctor wants it."""
        if not of_filter:
            self._choices.choose_group(listing.group)
        self._show(listing, own_group=listing.group if of_filter else None, asked=asked)

    def _show(self, listing: Listing, own_group: QueueGroup | None, *, asked: bool = True) -> None:
        before, self._own_group = self.listing, own_group
        self._typing.stop()
        self._search = self._wanted_search = listing.search
        self._filter = listing.filter
        self._sort, self._descending = listing.sort, listing.descending
        self.group_changed.emit()
        self.sort_changed.emit()
        self.search_given.emit(listing.search)
        if listing != before:
            self._open_list(asked=asked)
        else:
            self.listing_changed.emit()

    def sort_by(self, sort: QueueSort) -> None:
        """Orders the list by that column; by the one it is ordered by already, the other way."""
        self._descending = sort is self._sort and not self._descending
        self._sort = sort
        self.sort_changed.emit()
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
        """Chooses the request in that row, as soon as it is there; -1 chooses none."""
        chosen = self.rows.record(row)
        self._awaited = row if chosen is None else -1
        self._show_chosen(chosen)
        self._sweep.start()

    def find(self, row: RequestRow) -> None:
        """Shows that request at once, and by its number the list in which it stands: the same
        number begins others', which are not meant, and does not choose one of them."""
        self._show_chosen(row)
        listing = Listing(group=QueueGroup.ALL, search=row.number)
        self._sought = None if listing == self.listing else row.id
        self.show_listing(listing, of_filter=False)

    def reload(self) -> None:
        """Reads the list again; rows, choice and place stay until the answer is there."""
        if self.state is not ListState.ROWS:  # what the doctor waits for is still what he asked for
            self._open_list(asked=self._is_asked and self.state is ListState.LOADING)
        else:
            self.rows.spoil()
            self._read_on()
        self._count_again()

    def open(self, request_id: str, item_code: str = "") -> None:
        """Takes the request where it is not one's own, then tells that it may be shown; at once
        where all of it is here, and the claim's answer confirms it or says who was quicker."""
        row = self._row(request_id)
        if row is None or self.is_opening:
            return
        opening = verdict(row).opening
        if opening is Opening.OPEN or row.id in self._confirming:
            self.opened.emit(request_id, item_code)
        elif opening is Opening.TAKE and self._requests.is_at_hand(row.id):
            self._confirming.add(row.id)
            self._tasks.start(self._confirm(row.id), name="queue.confirm")
            self.opened.emit(row.id, item_code)
        elif opening is Opening.TAKE:
            self._set_taken_now(row.id)
            self._tasks.start(self._take(row.id, item_code), name="queue.take")

    def open_chosen(self) -> None:
        """Opens the chosen request."""
        if self._chosen is not None:
            self.open(self._chosen.id)

    def _open_list(self, *, asked: bool = True) -> None:
        self._is_asked = asked
        self.listing_changed.emit()
        self._loads.cancel("queue.page")
        self._reading = None  # a reading that was cancelled before it began says nothing
        self._leaving.clear()
        self._awaited = -1
        plain = self._sort is QueueSort.TERM and not self._descending
        self.rows.order_by(place if plain else None)
        self._set_state(ListState.LOADING)
        self._loads.start(self._load(), name="queue.page")

    def _search_now(self) -> None:
        self._typing.stop()
        if self._wanted_search != self._search:
            self._search = self._wanted_search
            self._open_list()

    async def _load(self) -> None:
        """A list from its top."""
        page = await self._requests.listed(self.listing)
        self._leaving.clear()
        self._take_page(page)
        self.rows.replace(page.rows, page.next_cursor)
        self._settle(is_new=True)
        self._choose_again(is_new=True)
        self._read_on()  # where the place in the list is kept, more than its top is in sight

    def _read_on(self) -> None:
        """Reads what is missing in sight, piece by piece, nearest first."""
        if self._reading is None and self.state is not ListState.LOADING:
            self._reading = reading = object()
            self._loads.start(self._read_wanted(reading), name="queue.page")

    async def _read_wanted(self, reading: object) -> None:
        try:
            while (wanted := self.rows.wanted()) is not None:
                await self._read(wanted)
        finally:  # where it failed, scrolling on asks again
            if self._reading is reading:
                self._reading = None

    async def _read(self, wanted: Wanted) -> None:
        listing = self.listing
        page = await self._requests.listed(listing, wanted.after, wanted.until)
        rows = list(page.rows)
        for _ in range(MOST_PAGES):
            if wanted.until is None or page.next_cursor is None:
                break
            page = await self._requests.listed(listing, page.next_cursor, wanted.until)
            rows += page.rows
        self._take_page(page)
        if page.as_of is None:
            self.rows.take(wanted, rows, page.next_cursor)
        else:  # the cache has all that there is of the list at once
            self.rows.replace(rows)
        self._settle()
        self._choose_again()

    def _take_page(self, page: "QueuePage") -> None:
        self.error = None
        if page.as_of != self.as_of:
            self.as_of = page.as_of
            self.state_changed.emit()

    def _choose_again(self, *, is_new: bool = False) -> None:
        """The same request; the first of a new list. Never another one under the doctor's hands."""
        chosen = self._chosen
        row = None if chosen is None else self.rows.row_of(chosen.id)
        is_sought = chosen is not None and chosen.id == self._sought
        self._sought = None if is_new else self._sought
        if row is not None:
            self._show_chosen(self.rows.record(row))
        elif is_new and not is_sought:
            self._choose_first()

    def _choose_first(self) -> None:
        first = self.rows.record(0)
        if first is not None and self._chosen is not None:
            self.moves_on.emit(first, self._is_asked)
        self._show_chosen(first)

    def _choose_awaited(self) -> None:
        record = self.rows.record(self._awaited)
        if record is not None:
            self._awaited = -1
            self._show_chosen(record)

    def _count_again(self) -> None:
        self._loads.cancel("queue.counts")
        self._loads.start(self._read_counts(), name="queue.counts")

    async def _read_counts(self) -> None:
        try:
            self._take_counts(await self._requests.counts())
        except BackendError:  # the last numbers stay, and the list says what is the matter
            return

    async def _take(self, request_id: RequestId, item_code: str) -> None:
        try:
            await self._requests.claim(request_id)
        finally:
            self._set_taken_now(None)
        self.opened.emit(request_id, item_code)

    async def _confirm(self, request_id: RequestId) -> None:
        """Nothing can be done with the request until the server's answer allows it."""
        try:
            await self._requests.claim(request_id)
        except BackendError as error:
            self.not_claimed.emit(request_id, user_message(error))
            raise
        finally:
            self._confirming.discard(request_id)
        self.claimed.emit(request_id)

    def _on_changed(self, row: RequestRow) -> None:
        known = self.rows.row_of(row.id) is not None
        chosen = self._chosen is not None and self._chosen.id == row.id
        stays = belongs(row, self.group, is_searched=bool(self._search))
        self._leaving.discard(row.id)
        if known and chosen and not stays:  # never taken from under the doctor's hands
            self._leaving.add(row.id)
        self._changes.start()
        is_narrowed = bool(self._search) or self._filter != QueueFilter()
        if stays and not known and (is_narrowed or self.state is ListState.LOADING):
            return  # whether it is found, and where, the server alone knows
        if stays or (known and chosen):
            self.rows.upsert(row)
            if not self.is_taking(row.id):
                self.row_changed.emit(row.id)
        elif known:
            self.rows.remove(row.id)
        if chosen:
            self._show_chosen(row)
        self._settle()

    def _read_changes(self) -> None:
        """What depends on others than the rows that are heard of."""
        self._ask_advice()
        if self.listing != Listing(group=self.group):
            self.reload()

    def _ask_advice(self) -> None:
        self._loads.cancel("queue.advice")
        self._loads.start(self._read_advice(), name="queue.advice")

    async def _read_advice(self) -> None:
        try:
            self.advice = await self._requests.advice()
        except BackendError:  # nothing is advised, and N says why where it is pressed
            self.advice = None
        self.advised.emit()

    def can_take_next(self) -> bool:
        """Whether the server had something for this doctor when it was asked last."""
        has_advice = self.advice is not None and self.advice.row is not None
        return has_advice and not self.is_opening

    def take_next(self) -> None:
        """Takes what the server advises now."""
        if self._taken_now is None:
            self._set_taken_now(NEXT)
            self._tasks.start(self._take_next(), name="queue.take_next")

    async def _take_next(self) -> None:
        try:
            taken = await self._requests.take_next()
        finally:
            self._set_taken_now(None)
        if taken.card is not None:
            self.opened.emit(taken.card.row.id, "")
        self.taken_next.emit(taken)  # behind it: the name stands over the screen that has come

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

    def _settle(self, *, is_new: bool = False) -> None:
        if is_new or self.state in (ListState.ROWS, ListState.EMPTY):
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
