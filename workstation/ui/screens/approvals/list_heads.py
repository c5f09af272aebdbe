"""Under the list's heading: what waits or what was sent, and of which conclusions the list is."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QVBoxLayout

from backend_client.models.routes import Route
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.list_filter import Choice, Facet, choices
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton


class ListHeads(QFrame):
    """Nothing of it is seen while nothing was approved here and all that waits is of one kind."""

    turned = Signal(bool)
    """To what was sent (True), or back to what waits."""

    def __init__(self, model: ApprovalsViewModel, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self.setObjectName("approvals.heads")
        self._model, self._words = model, words
        self.waiting = self._switch(theme, "approvals.showWaiting")
        self.sent = self._switch(theme, "approvals.showSent")
        self.waiting.setChecked(True)
        self._group = QButtonGroup(self)
        self.filter = KeyButton(theme, "", glyph="caret-down", height="compact")
        self.filter.setObjectName("approvals.filter")
        line = QFrame()
        line.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row, below = QHBoxLayout(), QHBoxLayout()
        for part in (row, below):
            part.setContentsMargins(12, 6, 12, 6)
            part.setSpacing(6)
            column.addLayout(part)
        column.addWidget(line)
        for button in (self.waiting, self.sent):
            self._group.addButton(button)
            row.addWidget(button)
        below.addWidget(self.filter)
        for part in (row, below):
            part.addStretch(1)
        self._row, self._below = row, below
        self._group.buttonClicked.connect(lambda _: self.turned.emit(self.shows_sent))
        self.filter.clicked.connect(self._offer)
        self.show_model()

    @property
    def shows_sent(self) -> bool:
        """What was sent, not what waits."""
        return self.sent.isChecked()

    def show_waiting(self) -> None:
        """Back to the list."""
        if self.shows_sent:
            self.waiting.setChecked(True)
            self.turned.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_model()
        super().changeEvent(event)

    def show_model(self) -> None:
        """Follows the view model."""
        model = self._model
        shown, sent = model.waiting.shown, model.sent
        offers = bool(choices(model.waiting.all)) and not self.shows_sent
        self.waiting.setText(self.tr("Waiting {}").format(model.total))
        self.sent.setText(self.tr("Sent {}").format(len(sent.all)))
        self.sent.setToolTip(self.tr("How far what you have approved has come to the patients"))
        failed = self.tr("%n not sent", None, sent.failed) if sent.failed else ""
        self.sent.setAccessibleDescription(failed)
        if failed:
            self.sent.setText(f"{self.sent.text()}, {failed}")
        self.filter.setText(self.tr("All") if shown is None else self._value(shown))
        self.filter.setToolTip(self.tr("Show the conclusions of one centre, specialty or road"))
        self.filter.setVisible(offers)
        for button in (self.waiting, self.sent):
            button.setVisible(bool(sent.all))
        self._make_room(offers=offers, sent=bool(sent.all))
        for part in (self.waiting, self.sent, self.filter):
            part.updateGeometry()
        self.setVisible(offers or bool(sent.all))

    def _make_room(self, *, offers: bool, sent: bool) -> None:
        """A row in which nothing is seen takes no room."""
        self._row.setContentsMargins(12, 6 * sent, 12, 6 * sent)
        self._below.setContentsMargins(12, 6 * (offers and not sent), 12, 6 * offers)

    def _switch(self, theme: Theme, name: str) -> KeyButton:
        button = KeyButton(theme, "", kind="choice", height="compact")
        button.setObjectName(name)
        button.setCheckable(True)
        return button

    def _offer(self) -> None:
        self.menu().popup(self.filter.mapToGlobal(self.filter.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """What the list can be narrowed to, with how many wait there."""
        menu = QMenu(self)
        menu.setObjectName("approvals.filterMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        before: Facet | None = None
        every = menu.addAction(self.tr("All ({})").format(self._model.total))
        every.triggered.connect(partial(self._choose, None))
        for choice, count in choices(self._model.waiting.all):
            if choice.facet is not before:
                menu.addSeparator()
            before = choice.facet
            text = f"{self._facet(choice.facet)}: {self._value(choice)} ({count})"
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice == self._model.waiting.shown)
            action.triggered.connect(partial(self._choose, choice))
        return menu

    def _choose(self, choice: Choice | None, checked: bool = False) -> None:
        self._model.show_only(choice)

    def _facet(self, facet: Facet) -> str:
        return {
            Facet.CENTRE: self.tr("Centre"),
            Facet.POST: self.tr("Specialty"),
            Facet.ROUTE: self.tr("Road"),
        }[facet]

    def _value(self, choice: Choice) -> str:
        if choice.facet is Facet.ROUTE:
            return self._words.route(Route(choice.value)).word
        return choice.value
