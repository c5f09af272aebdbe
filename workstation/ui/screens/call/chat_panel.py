"""The chat with the patient beside a screen: what was written, and the field to write in."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.messages import LONGEST_TEXT
from workstation.ui.screens.call.call_button import CallButton
from workstation.ui.screens.call.chat_field import ChatField
from workstation.ui.screens.call.chat_model import ChatModel, WriteRefusal
from workstation.ui.screens.call.message_list import MessageList
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.painting import paint_count
from workstation.ui.widgets.placeholder import Placeholder

_COUNT_FROM = LONGEST_TEXT - 400
"""From so many characters on, their number is shown."""


class ChatPanel(QFrame):
    """Shows a `ChatModel`. `M` puts the caret into the field, Esc takes it out again.

    Esc never throws a text away: it stays in the field, and with the request when the screen is
    left. The focus goes back to where it was before.
    """

    file_wanted = Signal(str)
    """A file among the messages was chosen: its document's id."""

    def __init__(self, model: ChatModel, theme: Theme, shortcuts: ShortcutRouter) -> None:
        super().__init__()
        self.setObjectName("chatPanel")
        self.setProperty("surface", "panel")
        self._model, self._theme = model, theme
        self._before: QWidget | None = None
        self._title = SignLabel(theme, role="bodyStrong", color="text.primary")
        self._badge = _Badge(theme)
        self._kept = SignLabel(theme, role="small", color="text.tertiary")
        self.messages = MessageList(model, theme)
        self._empty = Placeholder(theme)
        self._pages = QStackedWidget()
        self._nothing = QWidget()
        self.note = SignLabel(theme, role="small", color="text.tertiary")
        self.note.setObjectName("chat.note")
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.setObjectName("chat.more")
        self.problem = TextBlock(theme, role="small", color="danger.text", max_lines=4)
        self.problem.setObjectName("chat.problem")
        self.closed = SignLabel(theme, role="small", color="text.secondary")
        self.closed.setObjectName("chat.closed")
        self.field = ChatField(theme)
        self.button = CallButton(theme, "chat.send", "Enter", is_low=True)
        self._lay_out()
        self._connect()
        shortcuts.bind(self, "call.write", self.write)
        messages = self.messages
        shortcuts.bind(
            messages,
            "chat.open",
            messages.open_current,
            lambda: messages.has_file,
            focused=True,
            yields=True,
        )
        shortcuts.bind(self.field, "chat.leave", self.leave_field)
        self._take_draft()
        self._show()

    def write(self) -> None:
        """Puts the caret into the field."""
        if self.field.isVisible() and not self.field.hasFocus():
            self._before = self.window().focusWidget()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_field(self) -> None:
        """Gives the focus back to where it was; the text stays."""
        if not self.field.hasFocus():
            return
        before, self._before = self._before, None
        if before is not None and before is not self.field and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()
            parent = self.parentWidget()
            if parent is not None:
                parent.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._badge)
        head.addStretch(1)
        head.addWidget(self._kept)
        for page in (self._nothing, self.messages, self._empty):
            self._pages.addWidget(page)
        write = QHBoxLayout()
        write.setSpacing(8)
        write.addWidget(self.field, 1)
        write.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        lower = QVBoxLayout()
        lower.setContentsMargins(12, 8, 12, 8)
        lower.setSpacing(6)
        policy = self.problem.sizePolicy()  # else its least height is that of an earlier width
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.problem.setSizePolicy(policy)
        for widget in (self.problem, self.closed, self.note):
            lower.addWidget(widget)
        lower.addLayout(write)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(_line())
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._pages, 1)
        column.addWidget(_line())
        column.addLayout(lower)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._show)
        model.draft_taken.connect(self._take_draft)
        self.field.textChanged.connect(lambda: model.write(self.field.toPlainText()))
        self.field.sent.connect(model.send)
        self.button.clicked.connect(model.send)
        self.more.clicked.connect(model.load_earlier)
        self.messages.reached_top.connect(self._top_reached)
        self.messages.end_seen.connect(self._seen)
        self.messages.file_wanted.connect(self.file_wanted)
        self._empty.pressed.connect(model.read)

    def _top_reached(self) -> None:
        if self._model.earlier_problem is None:
            self._model.load_earlier()

    def _seen(self) -> None:
        if self.isVisible() and self.messages.is_at_end:
            self._model.saw()

    def _take_draft(self) -> None:
        if self.field.toPlainText() != self._model.draft:
            self.field.setPlainText(self._model.draft)
            self.field.moveCursor(QTextCursor.MoveOperation.End)

    def _show(self) -> None:
        self._title.show_sign(self.tr("Chat"), "chat-circle-text", "text.primary")
        self._kept.show_sign(self.tr("kept in the case"))
        self.field.setAccessibleName(self.tr("Message to the patient"))
        self.field.setPlaceholderText(self.tr("Message to the patient"))
        self.messages.setAccessibleName(self.tr("Messages"))
        self._badge.show_count(self._model.unread, self.tr("unread: {}"))
        self._show_page()
        self._show_more()
        self._show_writing()
        self._seen()

    def _show_page(self) -> None:
        model = self._model
        if model.problem is not None and model.can_write is None:
            told, again = model.problem, self.tr("Retry")
            self._empty.show_text("chat-circle-text", told.title, told.detail, again)
            self._pages.setCurrentWidget(self._empty)
        elif model.can_write is None:
            self._pages.setCurrentWidget(self._nothing)
        elif model.is_empty and not model.rows.lines:
            self._empty.show_text(
                "chat-circle-text",
                self.tr("No messages yet"),
                self.tr("The patient reads them on the patient's page."),
            )
            self._pages.setCurrentWidget(self._empty)
        else:
            self._pages.setCurrentWidget(self.messages)

    def _show_more(self) -> None:
        model = self._model
        self.more.setVisible(model.has_earlier)
        failed = self.tr("Earlier messages were not read: try again")
        text = failed if model.earlier_problem is not None else self.tr("Earlier messages")
        self.more.setText(text)
        self.more.setAccessibleName(text)

    def _show_writing(self) -> None:
        model = self._model
        is_closed = model.can_write is False
        refusal = model.refusal
        keeps_text = is_closed and bool(model.draft)
        self.field.setVisible(not is_closed or keeps_text)
        self.field.setReadOnly(is_closed)
        self.button.setVisible(not is_closed)
        self.button.setEnabled(refusal is None)
        word = self.tr("Send")
        self.button.show_words(word, "paper-plane-right", with_word=False, with_keys=False)
        self.closed.setVisible(is_closed)
        over = self.tr("The consultation is over: the chat can only be read")
        self.closed.show_sign(over, "lock")
        self._show_problem()
        self._show_note(refusal)

    def _show_problem(self) -> None:
        told = self._model.send_problem
        text = ""
        if told is not None:
            parts = [self.tr("Not sent"), told.title, told.detail]
            if self._model.can_write is not False:
                parts.append(self.tr("The text is kept. Enter sends it again."))
            text = ". ".join(part.rstrip(".") for part in parts if part) + "."
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))

    def _show_note(self, refusal: WriteRefusal | None) -> None:
        length = len(self._model.draft.strip())
        text, color = "", "text.tertiary"
        if refusal is WriteRefusal.BUSY:
            text = self.tr("Sending…")
        elif refusal is WriteRefusal.DUE:
            text = self.tr("Will be sent once the chat has been read…")
        elif refusal is WriteRefusal.TOO_LONG:
            text = self.tr("{} of {} characters: too long to be sent")
            text, color = text.format(length, LONGEST_TEXT), "danger.text"
        elif length >= _COUNT_FROM:
            text = self.tr("{} of {} characters").format(length, LONGEST_TEXT)
        self.note.show_sign(text, None, color)
        self.note.setVisible(bool(text))


class _Badge(QWidget):
    """How many messages were not seen yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chat.unread")
        self._theme = theme
        self.count = 0
        self.hide()

    def show_count(self, count: int, words: str) -> None:
        """0 hides it."""
        self.count = count
        self.setAccessibleName(words.format(count))
        side = self._theme.px(18)
        self.setFixedSize(round(side * (1 if count < 10 else 1.6)), side)
        self.setVisible(count > 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_count(QPainter(self), self._theme, centre, self.count)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "h")
    return line
