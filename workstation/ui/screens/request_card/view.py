"""The card of a request: everything about it in one column, the next action under it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.requests import Action, ItemState
from workstation.ui.case_steps import CaseStep
from workstation.ui.error_text import UserMessage
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.delivery.section import DeliverySection
from workstation.ui.screens.request_card.chat_section import ChatSection
from workstation.ui.screens.request_card.footer import CardFooter
from workstation.ui.screens.request_card.header import ClockBanner, IdentityHeader
from workstation.ui.screens.request_card.laid_line import LaidLine
from workstation.ui.screens.request_card.person_section import PersonSection
from workstation.ui.screens.request_card.sections import (
    Complaint,
    Consents,
    Documents,
    Facts,
    History,
)
from workstation.ui.screens.request_card.standing_section import StandingSection
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.screens.triage.content import Panel
from workstation.ui.screens.triage.decisions import Decisions
from workstation.ui.screens.triage.more_menu import MoreMenu
from workstation.ui.screens.triage.panel import TriagePanel
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.undo_line import TriageLines
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter, action_name, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_text import show_case, shown
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.placeholder import Placeholder

ITEM_KEYS = range(1, 10)
SCROLLED_PX = 72
"""By one press: lines are read on without losing the last one."""
LEAST_SEEN_PX = 72
"""Of the card's sections over an open panel: the diagnosis."""


class RequestCardView(QFrame):
    """Follows its view model. Name, age, clock stand still; what is under them may scroll."""

    def __init__(
        self,
        view_model: RequestCardViewModel,
        triage: TriageViewModel,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("surface", "panel")
        self.setAccessibleName(self.tr("Request card"))
        self.view_model, self.triage = view_model, triage
        self._theme, self._words = theme, words
        self.panel = TriagePanel(triage, theme, shortcuts)
        self.lines = TriageLines(triage, theme, shortcuts)
        """What can be undone, what was refused: stands below the list."""
        self.decisions = Decisions(triage, self._current_item)
        self.identity = IdentityHeader(theme, words)
        self.clock = ClockBanner(theme, words)
        self.complaint = Complaint(theme, words)
        self.documents = Documents(theme, words, view_model.items)
        self.person = PersonSection(theme, words, view_model.identity)
        self._facts, self._consents = Facts(theme), Consents(theme, words)
        self.chat = ChatSection(theme, words, view_model.chat)
        self.standing = StandingSection(theme, words)
        self.delivery = DeliverySection(theme, words, view_model.delivery)
        self.history = History(theme, words)
        self.history.earlier.clicked.connect(view_model.read_earlier)
        self._as_of = SignLabel(theme, glyph="clock-counter-clockwise", color="warn.text")
        self._as_of.setObjectName("card.asOf")
        self._as_of.setContentsMargins(16, 4, 16, 4)
        self.laid = LaidLine(theme, words)
        self.footer = CardFooter(theme, words)
        self._nothing = Placeholder(theme)
        self._lay_out()
        self._bind(shortcuts)
        self._follow_triage()
        view_model.changed.connect(self._show)
        view_model.shown_changed.connect(self._show_from_top)
        self.footer.pressed.connect(lambda: view_model.open())
        self.footer.step_pressed.connect(view_model.go_on)
        self._show()

    def tick(self) -> None:
        """Time has passed: the clock is said anew."""
        model = self.view_model
        if model.row is not None:
            self.clock.show_row(model.row, model.card)

    def _lay_out(self) -> None:
        inner = QFrame()
        inner.setProperty("surface", "panel")
        sections = QVBoxLayout(inner)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(0)
        sections.addWidget(self.complaint)
        sections.addWidget(_line())
        told = (self._facts, self._consents, self.chat, self.history)
        for section in (self.standing, self.delivery, self.person, self.documents, *told):
            sections.addWidget(section)
        sections.addStretch(1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidget(inner)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.scroll_area.setMinimumHeight(LEAST_SEEN_PX)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.identity, self.clock, self.laid, self._as_of):
            column.addWidget(widget)
        column.addWidget(self.scroll_area, 1)
        column.addWidget(_line())
        column.addWidget(self.panel)
        column.addWidget(self.footer)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        model = self.view_model
        for number in ITEM_KEYS:
            can = partial(model.can_open_files, number)
            explain = partial(self._explain_item, number)
            shortcuts.bind(self, f"card.item_{number}", partial(model.open, number), can, explain)
        for step in CaseStep:
            can = partial(model.can_go_on, step)
            explain = partial(self._explain_step, step)
            shortcuts.bind(self, step.value, partial(model.go_on, step), can, explain)
        self.person.bind(self, shortcuts)
        self.decisions.bind(self, shortcuts)
        shortcuts.bind(self, "triage.more", self._open_menu, self._can_open_menu)
        shortcuts.bind(self.documents.list, "queue.open", self._open_current_item)
        self._bind_scrolling(shortcuts)

    def _bind_scrolling(self, shortcuts: ShortcutRouter) -> None:
        """Wherever the focus is: it stays there."""
        bar = self.scroll_area.verticalScrollBar()
        for action, way in (("card.down", 1), ("card.up", -1)):
            can = partial(self._can_scroll, way)
            shortcuts.bind(self, action, partial(self._scroll, way), can)
        actions = ("card.down", "card.up")
        bar.setToolTip("\n".join(with_key(action_name(action), action) for action in actions))

    def _can_scroll(self, way: int) -> bool:
        bar = self.scroll_area.verticalScrollBar()
        return bar.value() < bar.maximum() if way > 0 else bar.value() > bar.minimum()

    def _scroll(self, way: int) -> None:
        bar = self.scroll_area.verticalScrollBar()
        bar.setValue(bar.value() + way * self._theme.px(SCROLLED_PX))

    def _follow_triage(self) -> None:
        triage, model, footer = self.triage, self.view_model, self.footer
        triage.panel_changed.connect(self._show_panel)
        triage.panel_opened.connect(model.clear_problem)
        triage.possible_changed.connect(self._show_footer)
        triage.last.recent.changed.connect(self._show_footer)
        triage.failed.connect(self._say_problem)
        footer.threat_pressed.connect(partial(self.decisions.begin, Action.MARK_LIFE_THREAT))
        footer.more_pressed.connect(self._open_menu)

    def _say_problem(self, problem: UserMessage) -> None:
        """What the open case has asked for is said there."""
        if self.triage.place is Place.CARD:
            self.view_model.show_problem(problem)

    def _explain_step(self, step: CaseStep) -> None:
        row = self.view_model.row
        if row is not None and not self.view_model.is_busy:
            reason = self.triage.words.why_no_step(step, row)
            self.view_model.show_problem(UserMessage(reason))

    def _explain_item(self, number: int) -> None:
        model = self.view_model
        if model.row is None or model.is_busy:
            return
        item = model.items.record(number - 1)
        if item is None:
            reason = self.tr("The checklist has no item {}").format(number)
        elif item.state is ItemState.UNKNOWN:
            reason = f"{item.title}: {self._words.item_state(item)}"
        elif not model.has_files(number):
            reason = self.tr("{}: no files").format(item.title)
        else:
            reason = self.footer.owner.text()
        model.show_problem(UserMessage(reason))

    @property
    def _panel(self) -> Panel | None:
        return self.triage.panel_in(Place.CARD)

    def _can_open_menu(self) -> bool:
        return self.view_model.row is not None and self._panel is None

    def _open_menu(self) -> None:
        menu = MoreMenu(self.decisions, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.open_over(self.footer.more)

    def _current_item(self) -> str:
        item = self.view_model.items.record(self.documents.list.currentIndex().row())
        return item.code if item is not None else ""

    def _open_current_item(self) -> None:
        row = self.documents.list.currentIndex().row()
        self.view_model.open(row + 1 if row >= 0 else None)

    def _show(self) -> None:
        model = self.view_model
        row, card = model.row, model.card
        show_case(self, shown(row))
        self.triage.show_row(row, card)
        self._pages.setCurrentIndex(0 if row is not None else 1)
        if row is None:
            self._show_nothing()
            return
        self.identity.show_row(row)
        self.identity.show_card(card)
        self.clock.show_row(row, card)
        self.laid.show_row(row)
        self.complaint.show_row(row)
        self.complaint.show_card(card)
        self.documents.show_row(row, self.view_model.items.records())
        self.standing.show_card(card)
        self.chat.show_row(row)
        for section in (self._facts, self._consents):
            section.setVisible(card is not None)
            if card is not None:
                section.show_card(card)
        self.history.show_entries(model.history, has_earlier=model.has_earlier)
        self._show_as_of()
        self._show_footer()

    def _show_footer(self) -> None:
        model, triage = self.view_model, self.triage
        row = model.row
        if row is None:
            return
        is_busy = model.is_busy or triage.is_busy
        held = triage.held_words()
        self.footer.show_row(row, is_busy=is_busy, error=model.error, held=held)
        self.footer.show_threat(row, triage.why_not(Action.MARK_LIFE_THREAT))

    def _show_panel(self) -> None:
        """A panel has buttons of its own: one filled button at a time."""
        self.footer.setVisible(self._panel is None)
        self.identity.keep_tight(self._panel is not None)
        self._column.activate()  # at once, for the panel stands there already

    def _show_as_of(self) -> None:
        as_of = self.view_model.as_of
        self._as_of.setVisible(as_of is not None)
        if as_of is not None:
            text = self.tr("Card as of {}").format(self._words.time.day_and_time(as_of))
            self._as_of.show_sign(text, "clock-counter-clockwise", "warn.text")

    def _show_from_top(self) -> None:
        self.complaint.fold()
        self.scroll_area.verticalScrollBar().setValue(0)

    def _show_nothing(self) -> None:
        title = self.tr("No request is chosen")
        self._nothing.show_text("cursor", title, self.tr("Choose one in the list"))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "subtle")
    return line
