"""What stands where the rows stand: the rows, or why there are none, or that they are coming."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from backend_client.models.listing import QueueFilter
from backend_client.models.requests import QueueGroup
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.table import QueueTable
from workstation.ui.screens.queue.view_model import ListState, QueueViewModel
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.placeholder import SKELETON_MS, Placeholder, SkeletonRows

_COLUMN_SHARES = (0.13, 0.24, 0.27, 0.14, 0.22)


class ListArea(QStackedWidget):
    """Follows the state of the list. While it is slow, the old rows stay for a moment."""

    search_cleared = Signal()

    def __init__(self, theme: Theme, words: RequestWords, view_model: QueueViewModel) -> None:
        super().__init__()
        self._model = view_model
        self.table = QueueTable(theme, words, view_model.rows)
        self.skeleton = SkeletonRows(theme, _COLUMN_SHARES)
        self.placeholder = Placeholder(theme)
        for page in (QWidget(), self.table, self.skeleton, self.placeholder):
            self.addWidget(page)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_MS)
        self._late.timeout.connect(lambda: self.setCurrentWidget(self.skeleton))
        self.placeholder.pressed.connect(self._help)
        view_model.state_changed.connect(self._show_state)
        self._show_state()

    def _show_state(self) -> None:
        state = self._model.state
        if state is ListState.LOADING:
            if self.currentWidget() is not self.skeleton:
                self._late.start()
            return
        self._late.stop()
        if state is ListState.ROWS:
            self.setCurrentWidget(self.table)
        else:
            self._say_why()
            self.setCurrentWidget(self.placeholder)

    def _say_why(self) -> None:
        error, model = self._model.error, self._model
        if model.state is ListState.FAILED and error is not None:
            action = error.action if error.can_retry else ""
            self.placeholder.show_text(
                "warning-octagon", error.title, error.detail, action, color="danger.text"
            )
        elif model.listing.filter != QueueFilter():
            detail = self.tr("New ones appear here by themselves")
            title = self.tr("No request fits the filter")
            self.placeholder.show_text("funnel", title, detail, self.tr("Show all"))
        elif model.search:
            title = self.tr("Nothing was found")
            detail = self.tr("“{}” is in no request of this list").format(model.search)
            self.placeholder.show_text(
                "magnifying-glass", title, detail, self.tr("Clear the search")
            )
        else:
            self._say_empty(model.group)

    def _say_empty(self, group: QueueGroup) -> None:
        titles = {
            QueueGroup.UNCLAIMED: self.tr("There are no unclaimed requests"),
            QueueGroup.MINE: self.tr("You have no requests in work"),
            QueueGroup.AWAITING_DOCUMENTS: self.tr("No request awaits documents"),
            QueueGroup.SNOOZED: self.tr("You have laid nothing aside"),
        }
        title = titles.get(group) or self.tr("There are no requests")
        detail = self.tr("New ones appear here by themselves")
        if group is QueueGroup.SNOOZED:
            key = key_label("triage.snooze")
            detail = self.tr("{} lays the chosen request aside till a moment").format(key)
        action = "" if group is QueueGroup.ALL else self.tr("Show all")
        self.placeholder.show_text("tray", title, detail, action)

    def _help(self) -> None:
        if self._model.state is ListState.FAILED:
            self._model.reload()
        elif self._model.listing.filter != QueueFilter():
            self._model.filters.choose_group(QueueGroup.ALL)
        elif self._model.search:
            self.search_cleared.emit()
        else:
            self._model.choose_group(QueueGroup.ALL)
