"""The room of approvals: the list, the page, the verdict, the decision (OZ-12, DRC-13, SPB-21)."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.decision_panel import DecisionPanel
from workstation.ui.screens.approvals.document_panel import DocumentPanel
from workstation.ui.screens.approvals.list_panel import ListPanel
from workstation.ui.screens.approvals.place_row import Target
from workstation.ui.screens.approvals.signature_words import SignatureWords
from workstation.ui.screens.approvals.tabs import Tab
from workstation.ui.screens.approvals.verdict_panel import VerdictPanel
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.screens.approvals.waiting_list import ListState
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_text import ShownCase, show_case

_CLOCK_MS = 15_000
_LIST, _LIST_WIDE = 304, 400
_SIDE, _SIDE_WIDE = 340, 440
_LIST_AT_MOST, _SIDE_AT_MOST = 0.26, 0.32
"""Parts of the window's width: in a large font the page keeps its room."""
_UNLIMITED = 16_777_215
"""QWIDGETSIZE_MAX: no limit."""


class ApprovalsView(QFrame):
    """Shows an `ApprovalsViewModel`; files are read while the room is seen."""

    place_wanted = Signal(str, object)
    """A file is to be shown, at the place of a measurement or a source where there is one: the
    request's id, and the `Document`, `Annotation` or `Evidence`."""

    archive_wanted = Signal(str)
    """Every edition of the chosen conclusion is to be shown: the request's id."""

    def __init__(
        self,
        view_model: ApprovalsViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        words: RequestWords,
    ) -> None:
        super().__init__()
        self.setObjectName("approvalsView")
        self.setProperty("surface", "panel")
        self._model, self._theme = view_model, theme
        self.list_panel = ListPanel(view_model, theme, words)
        self.document_panel = DocumentPanel(view_model, theme, words)
        self.verdict_panel = VerdictPanel(view_model, theme, SignatureWords(words.time, self))
        self.decision = DecisionPanel(view_model, theme, words.time)
        self._alone, self._wants_focus = False, False
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()
        self._clock.start()
        self._model.open()
        self._focus_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self._wants_focus = False
        self.decision.begin_anew()
        self._model.leave()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_list()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.verdict_panel, 1)
        side.addWidget(self.decision)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._line, self._side_line = _line(), _line()
        across.addWidget(self.list_panel)
        across.addWidget(self._line)
        across.addWidget(self.document_panel, 1)
        across.addWidget(self._side_line)
        across.addWidget(self._side)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._show)
        model.chosen_changed.connect(self._begin_anew)
        self.list_panel.row_chosen.connect(model.choose)
        self.list_panel.all.clicked.connect(self._approve_opened)
        self.document_panel.read_again.connect(model.read_again)
        self.verdict_panel.place_wanted.connect(self._lead)
        self.document_panel.links.followed.connect(self._follow)
        self.document_panel.file_wanted.connect(self._lead)
        self.document_panel.all.clicked.connect(self._want_archive)
        self.decision.approve_wanted.connect(model.approve)
        self.decision.closed.connect(self._close_decision)
        self._clock.timeout.connect(model.waiting.rows.refresh)
        self._theme.changed.connect(self._measure_anew)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        shortcuts.bind(self, "approvals.next", lambda: self._step(1))
        shortcuts.bind(self, "approvals.previous", lambda: self._step(-1))
        model, decision = self._model, self.decision
        can_approve, can_return = (lambda: model.refusal is None), (lambda: model.can_return)
        shortcuts.bind(self, "approvals.approve", decision.ask_pin, can_approve)
        shortcuts.bind(self, "approvals.return", decision.ask_reason, can_return)
        shortcuts.bind(self, "approvals.back", self._close_decision)
        shortcuts.bind(self, "approvals.page_on", lambda: self._scroll(1))
        shortcuts.bind(self, "approvals.page_back", lambda: self._scroll(-1))
        for action, act in self.document_panel.document.key_actions().items():
            shortcuts.bind(self, action, act)
        shortcuts.bind(self, "approvals.archive", self._want_archive, self._has_editions)
        for tab in Tab:
            turn, can = partial(self.document_panel.show_tab, tab), partial(self._can_turn, tab)
            shortcuts.bind(self, tab.value, turn, can)

    def _can_turn(self, tab: Tab) -> bool:
        is_there = self._model.chosen is not None
        return is_there and (tab is not Tab.DIFFERENCE or self._has_editions())

    def _has_editions(self) -> bool:
        chosen = self._model.chosen
        return chosen is not None and chosen.edition > 1

    def _want_archive(self) -> None:
        if self._model.chosen is not None:
            self.archive_wanted.emit(self._model.chosen.request_id)

    def _step(self, rows: int) -> None:
        self.list_panel.heads.show_waiting()
        self._focus_list()
        self.list_panel.list.show_ring(True)
        self._model.step(rows)

    def _scroll(self, direction: int) -> None:
        """Nearly a view's height: a line of the page before stays in sight."""
        bar = self.document_panel.document.pages.verticalScrollBar()
        bar.setValue(bar.value() + direction * round(bar.pageStep() * 0.9))

    def _begin_anew(self) -> None:
        """Another conclusion: nothing typed for the one before acts on it."""
        self.verdict_panel.forget_place()
        keyed = self.focusWidget() or self
        if self.decision.isAncestorOf(keyed) or self.verdict_panel.isAncestorOf(keyed):
            self._focus_list()
        self.decision.begin_anew()

    def _approve_opened(self) -> None:
        """With the PIN that is typed, else with that of the sitting."""
        if self.decision.pin.is_empty and self._model.pin_until is None:
            self.decision.ask_pin()
        else:
            self._model.approve_opened(self.decision.pin.pin)

    def _follow(self, number: int) -> None:
        """A number on the page was clicked: its source is shown in its file."""
        found = next((one for one in self._model.sources if one.number == number), None)
        if found is not None:
            self._lead(found)

    def _lead(self, target: Target) -> None:
        if self._model.chosen is not None:
            self.place_wanted.emit(self._model.chosen.request_id, target)

    def _close_decision(self) -> None:
        """What was opened last goes first."""
        if not self.decision.is_asking:
            self.document_panel.show_tab(Tab.CONCLUSION)
        self._focus_list()
        self.decision.begin_anew()

    def _focus_list(self) -> None:
        """The list takes the focus; as soon as it stands there, where it is not read yet."""
        rows = self.list_panel.list
        self._wants_focus = not rows.isVisible()
        place = rows if rows.isVisible() else self
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        model = self._model
        show_case(self, self._shown_case())
        alone = model.chosen is None and model.waiting.state in (ListState.EMPTY, ListState.FAILED)
        for part in (self.document_panel, self._line, self._side_line):
            part.setVisible(not alone)
        self._side.setVisible(model.chosen is not None)
        self._measure(alone=alone)
        self.list_panel.show_model()
        self.document_panel.show_model()
        self.verdict_panel.show_model()
        self.decision.show_model()
        if self._wants_focus and self.list_panel.list.isVisible():
            self._focus_list()

    def _shown_case(self) -> ShownCase | None:
        chosen = self._model.chosen
        if chosen is None:
            return None
        return ShownCase(chosen.request_id, chosen.request_number, chosen.patient_name)

    def _measure_anew(self) -> None:
        self._measure()

    def _measure(self, *, alone: bool | None = None) -> None:
        """Where nothing waits, or nothing is known, the list's word has the whole room."""
        if alone is not None:
            self._alone = alone
        room = self.window().width()
        wide = room >= self._theme.size("layout", "wideFrom")
        px = self._theme.px
        width = min(px(_LIST_WIDE if wide else _LIST), round(room * _LIST_AT_MOST))
        self.list_panel.setMinimumWidth(width)
        self.list_panel.setMaximumWidth(_UNLIMITED if self._alone else width)
        side = px(_SIDE_WIDE if wide else _SIDE)
        self._side.setFixedWidth(min(side, round(room * _SIDE_AT_MOST)))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "v")
    return line
