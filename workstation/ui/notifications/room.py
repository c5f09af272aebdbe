"""The room of notices: all that was not seen yet, and the press that leads to each case."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from workstation.ui.notifications.notice_list import NoticeList
from workstation.ui.notifications.words import NoticeWords
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.placeholder import Placeholder

if TYPE_CHECKING:
    from workstation.services.notices import NoticeService


class NoticeRoom(QFrame):
    """Follows the service; decides nothing."""

    opened = Signal(str)
    """The doctor goes to the case: its request's id."""

    def __init__(
        self,
        notices: "NoticeService",
        theme: Theme,
        words: NoticeWords,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self.setObjectName("notices")
        self.setProperty("surface", "panel")
        self._notices, self._theme = notices, theme
        self.list = NoticeList(words, theme)
        self.list.setAccessibleName(self.tr("Notices"))
        self.button = KeyButton(theme, self.tr("Mark all as read"))
        self.button.setObjectName("notices.readAll")
        self._empty = Placeholder(theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.button.clicked.connect(notices.read_all)
        self.list.clicked.connect(self._open_row)
        shortcuts.bind(self, "notices.open", self._open_chosen, lambda: bool(notices.unread))
        self._deaf = notices.changed.subscribe(lambda _: self._show())
        self.destroyed.connect(lambda *_, deaf=self._deaf: deaf())
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list takes the room's focus."""
        super().focusInEvent(event)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Notices"))
        title.setProperty("role", "title")
        head = QFrame()
        head.setFixedHeight(self._theme.px(47))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 7, 16, 7)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.button)
        line = QFrame()
        line.setProperty("line", "h")
        self._empty.show_text(
            "bell",
            self.tr("Nothing new in your cases"),
            self.tr("Messages, documents, terms and answers of patients will come here."),
        )
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, line):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)

    def _show(self) -> None:
        unread = self._notices.unread
        self.list.show_notices(unread)
        self.button.setEnabled(bool(unread))
        self._pages.setCurrentWidget(self.list if unread else self._empty)

    def _open_row(self, index: QModelIndex) -> None:
        self._open_chosen()

    def _open_chosen(self) -> None:
        chosen = self.list.chosen
        if chosen is not None:
            self.opened.emit(chosen)
