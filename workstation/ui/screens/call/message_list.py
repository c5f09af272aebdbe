"""The list of a chat: grows upwards from its lower end, and keeps its place when it grows."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from workstation.ui.screens.call.bubble_delegate import BubbleDelegate
from workstation.ui.screens.call.chat_model import ChatModel
from workstation.ui.screens.call.chat_rows import LINE_ROLE, FileLine
from workstation.ui.theme import Theme

_NEAR = 24
"""Pixels from an end that count as the end."""


class MessageList(QListView):
    """`reached_top` when older messages are wanted; `end_seen` when the last one is seen."""

    reached_top = Signal()
    end_seen = Signal()
    file_wanted = Signal(str)
    """A file was pressed: its document's id."""

    def __init__(self, model: ChatModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chat.messages")
        self._theme = theme
        self._is_at_end = True
        self._is_placing = False
        self._from_end = 0
        self._bubbles = BubbleDelegate(theme, model.words, self)
        self.setItemDelegate(self._bubbles)
        self.setModel(model.rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(theme.px(24))
        self.verticalScrollBar().valueChanged.connect(self._moved)
        model.rows.rowsAboutToBeInserted.connect(self._note_place)
        model.rows.modelAboutToBeReset.connect(self._note_place)
        model.rows.rowsInserted.connect(self._keep_place)
        model.rows.modelReset.connect(self._go_to_end)
        theme.changed.connect(self._lay_out_anew)
        self.clicked.connect(lambda index: self._open(index))

    @property
    def has_file(self) -> bool:
        """Whether the line that holds the focus is a file."""
        return isinstance(self.currentIndex().data(LINE_ROLE), FileLine)

    def open_current(self) -> None:
        """Opens the file that holds the focus."""
        self._open(self.currentIndex())

    @property
    def is_at_end(self) -> bool:
        """Whether the last message is seen."""
        return self._is_at_end

    def go_to_end(self) -> None:
        """Shows the last message."""
        self._is_at_end = True
        self._keep_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._note_place()
        super().resizeEvent(event)
        self._keep_place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._bubbles.forget()
            self._lay_out_anew()
        super().changeEvent(event)

    def _open(self, index: QModelIndex) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, FileLine):
            self.file_wanted.emit(line.file.lead.id)

    def _note_place(self) -> None:
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value()

    def _go_to_end(self) -> None:
        self._from_end = 0
        self._is_at_end = True
        self._keep_place()

    def _keep_place(self) -> None:
        """Few messages stand at the lower end; many are scrolled as far from it as before."""
        self._is_placing = True
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self._push_down()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() - (0 if self._is_at_end else self._from_end))
        self._is_placing = False
        if self._is_at_end and self.isVisible():
            self.end_seen.emit()

    def _push_down(self) -> None:
        height = sum(
            self.sizeHintForIndex(self.model().index(row, 0)).height()
            for row in range(self.model().rowCount())
        )
        whole = self.viewport().height() + self.viewportMargins().top()
        top = max(0, whole - height - self._theme.px(4))
        if top != self.viewportMargins().top():
            self.setViewportMargins(0, top, 0, 0)
            self.executeDelayedItemsLayout()

    def _moved(self, value: int) -> None:
        if self._is_placing:
            return
        bar = self.verticalScrollBar()
        self._is_at_end = value >= bar.maximum() - _NEAR
        if value <= _NEAR < bar.maximum():
            self.reached_top.emit()
        if self._is_at_end and self.isVisible():
            self.end_seen.emit()

    def _lay_out_anew(self) -> None:
        QTimer.singleShot(0, self, self._keep_place)
