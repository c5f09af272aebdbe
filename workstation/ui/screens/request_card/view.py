"""The card of a request: everything about it in one column, the next action under it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from workstation.ui.case_steps import CaseStep
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.footer import CardFooter
from workstation.ui.screens.request_card.header import ClockBanner, IdentityHeader
from workstation.ui.screens.request_card.sections import (
    Complaint,
    Consents,
    Documents,
    Facts,
    History,
)
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.placeholder import Placeholder

ITEM_KEYS = range(1, 10)


class RequestCardView(QFrame):
    """Follows its view model. Name, age, clock stand still; what is under them may scroll."""

    def __init__(
        self,
        view_model: RequestCardViewModel,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("surface", "panel")
        self.setAccessibleName(self.tr("Request card"))
        self.view_model = view_model
        self._words = words
        self.identity = IdentityHeader(theme, words)
        self.clock = ClockBanner(theme, words)
        self.complaint = Complaint(theme, words)
        self.documents = Documents(theme, words, view_model.items)
        self._facts, self._consents = Facts(theme), Consents(theme, words)
        self.history = History(theme, words)
        self.history.earlier.clicked.connect(view_model.read_earlier)
        self._as_of = SignLabel(theme, glyph="clock-counter-clockwise", color="warn.text")
        self._as_of.setObjectName("card.asOf")
        self._as_of.setContentsMargins(16, 4, 16, 4)
        self.footer = CardFooter(theme, words)
        self._nothing = Placeholder(theme)
        self._lay_out()
        self._bind(shortcuts)
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
        for section in (self.documents, self._facts, self._consents, self.history):
            sections.addWidget(section)
        sections.addStretch(1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidget(inner)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.identity, self.clock, self._as_of):
            column.addWidget(widget)
        column.addWidget(self.scroll_area, 1)
        column.addWidget(_line())
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
            can = partial(model.has_files, number)
            shortcuts.bind(self, f"card.item_{number}", partial(model.open, number), can)
        for step in CaseStep:
            can = partial(model.can_go_on, step)
            shortcuts.bind(self, step.value, partial(model.go_on, step), can)
        shortcuts.bind(self.documents.list, "queue.open", self._open_current_item)

    def _open_current_item(self) -> None:
        row = self.documents.list.currentIndex().row()
        self.view_model.open(row + 1 if row >= 0 else None)

    def _show(self) -> None:
        model = self.view_model
        row, card = model.row, model.card
        self._pages.setCurrentIndex(0 if row is not None else 1)
        if row is None:
            self._show_nothing()
            return
        self.identity.show_row(row)
        self.identity.show_card(card)
        self.clock.show_row(row, card)
        self.complaint.show_row(row)
        self.complaint.show_card(card)
        self.documents.show_row(row)
        for section in (self._facts, self._consents):
            section.setVisible(card is not None)
            if card is not None:
                section.show_card(card)
        self.history.show_entries(model.history, has_earlier=model.has_earlier)
        self._show_as_of()
        self.footer.show_row(row, is_busy=model.is_busy, error=model.error)

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
