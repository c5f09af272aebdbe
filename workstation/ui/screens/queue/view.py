"""The queue: its head, its lists, its rows, and the card of the chosen request beside them."""

from functools import partial
from itertools import pairwise

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from backend_client.models.requests import QueueGroup
from workstation.ui.choices import LookChoices
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.column_choices import Breadth, ColumnChoices
from workstation.ui.screens.queue.column_panel import ColumnPanel
from workstation.ui.screens.queue.columns import SORTS
from workstation.ui.screens.queue.filters_view import FiltersView
from workstation.ui.screens.queue.groups import GroupBar, GroupButton
from workstation.ui.screens.queue.head import QueueHead
from workstation.ui.screens.queue.list_area import ListArea
from workstation.ui.screens.queue.view_model import GROUPS, QueueViewModel
from workstation.ui.screens.request_card.view import RequestCardView
from workstation.ui.shortcuts import ShortcutRouter, action_name, with_key
from workstation.ui.theme import Theme

TICK_MS = 15_000
"""How often the time left is painted anew: it is said in minutes."""
_UNLIMITED = 16_777_215
"""QWIDGETSIZE_MAX: no limit."""


TIGHT_BELOW_PX = 1200
_CARD_PX = {Breadth.TIGHT: 340, Breadth.NARROW: 392, Breadth.WIDE: 480}


class QueueView(QFrame):
    """Builds the screen and follows its view model; decides nothing."""

    def __init__(
        self,
        view_model: QueueViewModel,
        card: RequestCardView,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
        look: LookChoices,
    ) -> None:
        super().__init__()
        self.setObjectName("queue")
        self.setProperty("surface", "panel")
        self.view_model, self.card = view_model, card
        self._theme, self._words, self._look = theme, words, look
        self._shortcuts = shortcuts
        self._breadth = Breadth.NARROW
        self._wants_focus = True
        self._card_widths: dict[str, int] = {}
        self.columns = ColumnChoices()
        self._build()
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._show_group()
        self._show_state()

    def state(self) -> bytes:
        """What `restore` brings back after a restart."""
        return msgspec.json.encode(self._card_widths)

    def restore(self, state: bytes) -> None:
        """Takes the widths of an earlier window; what is not its own is ignored."""
        try:
            self._card_widths = msgspec.json.decode(state, type=dict[str, int])
        except msgspec.DecodeError:
            return
        self._apply_sizes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._breadth_now())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view_model.filters.stir()
        self._tick.start()
        self._apply_sizes()
        self._wants_focus = True
        self._focus_table()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list takes the screen's focus; a proxy would stand in the Tab chain twice."""
        super().focusInEvent(event)
        self._wants_focus = True
        self._focus_table()

    def changeEvent(self, event: QEvent) -> None:
        """Who comes back to the window may have changed filters in another one."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.view_model.filters.stir()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _build(self) -> None:
        theme, words = self._theme, self._words
        self.head = QueueHead(theme, words.time)
        self.search = self.head.search
        self.groups = GroupBar(theme, words, GROUPS)
        self.filters = FiltersView(self.view_model, self.groups, theme, words, self._shortcuts)
        self.list = ListArea(theme, words, self.view_model)
        self.table = self.list.table
        self.column_panel = ColumnPanel(
            self.columns, self.view_model.rows.columns(), theme, self._shortcuts
        )
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)

    def _lay_out(self) -> None:
        left = QFrame()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(0)
        self._tabs_line = _line("h")
        self._left.addWidget(self._tabs_line)
        self._left.addWidget(self.filters.panel)
        self._left.addWidget(self.filters.removed)
        self._left.addWidget(self.column_panel)
        self._left.addWidget(self.list, 1)
        self._left.addWidget(self.card.lines)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("queue.splitter")
        self.splitter.setProperty("soft", True)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._column_line = _line("v")
        self._body.addWidget(self._column_line)
        self._body.addWidget(self.splitter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(_line("h"))
        column.addLayout(self._body, 1)
        self._place_groups(wide=False)
        self._measure()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """From the head to the list, from the list to its card."""
        chain: list[QWidget] = [self.search, self.head.next, *self.groups.buttons()]
        chain += [*self.filters.list.stops(), *self.filters.panel.stops()]
        chain += [self.filters.removed.back, *self.column_panel.stops(), self.table]
        chain += [*self.card.lines.stops(), self.card.documents.list, self.card.complaint.more]
        chain += [*self.card.panel.stops(), *self.card.footer.stops()]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        model, table = self.view_model, self.table
        table.row_chosen.connect(model.choose)
        table.activated_row.connect(self._open_row)
        self.search.textChanged.connect(model.search_for)
        self.search.left.connect(self.table.setFocus)
        self.groups.chosen.connect(self._choose_group)
        self.filters.chosen.connect(self._filter_chosen)
        model.filters.changed.connect(self._show_group)
        model.search_given.connect(self._show_search)
        self.list.search_cleared.connect(self.search.clear)
        self.card.view_model.open_wanted.connect(model.open)
        model.state_changed.connect(self._show_state)
        model.group_changed.connect(self._show_group)
        model.counts_changed.connect(self._show_counts)
        model.chosen_changed.connect(self._show_chosen)
        model.busy_changed.connect(lambda: self.card.view_model.set_busy(model.is_opening))
        model.row_changed.connect(table.flashes.add)
        model.failed.connect(self.card.view_model.show_problem)
        model.advised.connect(self._show_next)
        model.busy_changed.connect(self._show_next)
        model.sort_changed.connect(self._show_sort)
        table.sort_wanted.connect(lambda column: model.sort_by(SORTS[column]))
        self._connect_columns()
        self.head.next.clicked.connect(model.take_next)
        model.rows.modelAboutToBeReset.connect(self._remember_scroll)
        model.rows.modelReset.connect(self._restore_scroll)
        model.rows.filled.connect(self._show_chosen)
        self._tick.timeout.connect(model.rows.refresh)
        self._tick.timeout.connect(self.card.tick)
        self._theme.changed.connect(self._measure_anew)
        self.splitter.splitterMoved.connect(self._keep_sizes)
        self._look.changed.connect(self._show_look)
        self._show_look()

    def _connect_columns(self) -> None:
        table, panel = self.table, self.column_panel
        self.columns.changed.connect(self._show_columns)
        table.ordered.connect(self.columns.set_order)
        table.widened.connect(
            lambda column, width: self.columns.set_width(column, width, self._breadth)
        )
        header = table.horizontalHeader()
        header.customContextMenuRequested.connect(
            lambda at: panel.open_menu(header.mapToGlobal(at))
        )
        panel.left.connect(lambda: table.setFocus(Qt.FocusReason.OtherFocusReason))

    def _show_columns(self) -> None:
        self.column_panel.set_breadth(self._breadth)
        self.table.show_plan(self.columns.plan(self._breadth))

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        table = self.table
        shortcuts.bind(table, "queue.open", table.activate_current, self._has_rows)
        shortcuts.bind(self, "queue.next", lambda: table.step(1), self._has_rows)
        shortcuts.bind(self, "queue.previous", lambda: table.step(-1), self._has_rows)
        self._tell_keys()
        shortcuts.bind(self, "queue.search", self._go_to_search)
        shortcuts.bind(
            self, "queue.take_next", self.view_model.take_next, self.view_model.can_take_next
        )
        for number, sort in enumerate(SORTS, start=1):
            shortcuts.bind(self, f"queue.sort_{number}", partial(self.view_model.sort_by, sort))
        shortcuts.bind(self.search, "queue.leave_search", self.search.leave)
        self.filters.bind(self, shortcuts)
        shortcuts.bind(self, "queue.columns", self.column_panel.open)

    def _tell_keys(self) -> None:
        """Rows have no buttons: where the list is pointed at, it says what leads along it."""
        along = ("queue.next", "queue.previous")
        text = "\n".join(with_key(action_name(action), action) for action in along)
        for part in (self.table.viewport(), self.table.verticalScrollBar()):
            part.setToolTip(text)

    def _has_rows(self) -> bool:
        return self.view_model.rows.rowCount() > 0

    def _show_next(self) -> None:
        advice = self.view_model.advice
        why = None if advice is None else self._words.advice(advice)
        is_left = advice is not None and advice.row is not None
        self.head.show_next(why, is_busy=self.view_model.is_opening, is_left=is_left)

    def _show_sort(self) -> None:
        listing = self.view_model.listing
        self.table.show_sort(SORTS.index(listing.sort), descending=listing.descending)

    def _show_state(self) -> None:
        self.head.show_as_of(self.view_model.as_of)
        self._focus_table()

    def _focus_table(self) -> None:
        """The list has the focus from the start, unless the doctor was quicker elsewhere."""
        here = self.focusWidget()
        if self._wants_focus and self.table.isVisible() and here is not self.search:
            self._wants_focus = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_group(self) -> None:
        if not self.filters.list.has_open:
            self.groups.mark(self.view_model.group)

    def _show_search(self, search: str) -> None:
        if self.search.text().strip() != search:
            self.search.setText(search)

    def _choose_group(self, group: QueueGroup) -> None:
        self.view_model.filters.choose_group(group)
        self._filter_chosen()

    def _filter_chosen(self) -> None:
        if not isinstance(self.focusWidget(), GroupButton):  # else arrows go on along the lists
            self._wants_focus = True
        self._focus_table()

    def _show_counts(self) -> None:
        self.groups.show_counts(self.view_model.counts)

    def _show_chosen(self) -> None:
        chosen = self.view_model.chosen
        row = None if chosen is None else self.view_model.rows.row_of(chosen.id)
        if row != self.table.currentIndex().row():
            self.table.choose(row)
        self.card.view_model.show_row(chosen)

    def _show_look(self) -> None:
        self.table.set_compact(self._look.compact_rows)

    def _remember_scroll(self) -> None:
        self._scroll = self.table.verticalScrollBar().value()

    def _restore_scroll(self) -> None:
        self._show_chosen()
        self.table.verticalScrollBar().setValue(self._scroll)

    def _open_row(self, row: int) -> None:
        record = self.view_model.rows.record(row)
        if record is not None:
            self.view_model.open(record.id)

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _breadth_now(self) -> Breadth:
        width = self.window().width()
        if width >= self._theme.size("layout", "wideFrom"):
            return Breadth.WIDE
        return Breadth.TIGHT if width < self._theme.px(TIGHT_BELOW_PX) else Breadth.NARROW

    def _fit(self, breadth: Breadth) -> None:
        if breadth is not self._breadth:
            self._breadth = breadth
            self._place_groups(breadth is Breadth.WIDE)
            self._show_columns()
            self._measure()
            self._apply_sizes()

    def _place_groups(self, wide: bool) -> None:
        self.groups.stand_in_column(wide)
        if wide:
            self._body.insertWidget(0, self.groups)
        else:
            self._left.insertWidget(0, self.groups)
        self._tabs_line.setVisible(not wide)
        self._column_line.setVisible(wide)
        self.groups.style().unpolish(self.groups)
        self.groups.style().polish(self.groups)

    def _measure(self) -> None:
        theme = self._theme
        wide = self._breadth is Breadth.WIDE
        column = theme.size("layout", "filters")
        self.groups.setMinimumWidth(column if wide else 0)
        self.groups.setMaximumWidth(column if wide else _UNLIMITED)
        self.card.setMinimumWidth(theme.px(_CARD_PX[Breadth.TIGHT]))

    def _measure_anew(self) -> None:
        """The scale is another one: what was roomy may be tight now."""
        self._fit(self._breadth_now())
        self._place_groups(self._breadth is Breadth.WIDE)
        self._measure()
        self._apply_sizes()

    def _keep_sizes(self) -> None:
        self._card_widths[self._breadth.value] = self.splitter.sizes()[1]

    def _apply_sizes(self) -> None:
        usual = self._theme.px(_CARD_PX[self._breadth])
        card = max(1, self._card_widths.get(self._breadth.value, usual))
        whole = max(card + 1, self.splitter.width() - self.splitter.handleWidth())
        self.splitter.setSizes([whole - card, card])


def _line(direction: str) -> QFrame:
    line = QFrame()
    line.setProperty("line", direction)
    return line
