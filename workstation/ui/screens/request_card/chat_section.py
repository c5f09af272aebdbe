"""The newest messages on the card, and how many of them nobody has read (OZ-16)."""

from backend_client.models.messages import Message, Side
from backend_client.models.requests import RequestRow
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.chat_glance import ChatGlance
from workstation.ui.screens.request_card.sections import NamedLines, Section
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel

_LINES = 2


class ChatSection(Section):
    """A line a message, the newest last. Nothing stands there before the chat was read."""

    def __init__(self, theme: Theme, words: RequestWords, glance: ChatGlance) -> None:
        super().__init__(theme, self.tr("Chat"))
        self.setObjectName("card.chat")
        self.remark.setObjectName("card.chat.unread")
        self._words, self._glance = words, glance
        self._lines = NamedLines(theme, self.column, max_lines=_LINES)
        self.note = SignLabel(theme, role="small", color="text.tertiary")
        self.note.setObjectName("card.chat.note")
        self.column.addWidget(self.note)
        glance.changed.connect(self._show)
        self._show()
        if not glance.is_there:  # shown it would be a window of its own: it has no parent yet
            self.hide()

    def show_row(self, row: RequestRow) -> None:
        """Shows how many of the patient's messages the doctor has not read."""
        unread = row.unread_messages
        text = self.tr("unread: {}").format(unread) if unread else ""
        self.remark.show_sign(text, "chat-circle-text" if unread else None, "accent.text")

    def _show(self) -> None:
        glance = self._glance
        self._lines.show_lines([self._line(one) for one in glance.messages])
        text = ""
        if glance.problem is not None:
            text = self.tr("Messages are not read: {}").format(glance.problem.title)
        elif glance.is_read and not glance.messages:
            text = self.tr("No messages yet")
        self.note.show_sign(text)
        self.note.setVisible(bool(text))

    def _line(self, message: Message) -> tuple[str, str | None, str]:
        sides = {Side.PATIENT: self.tr("Patient"), Side.DOCTOR: self.tr("Doctor")}
        who = sides.get(message.side) or self._words.unknown()
        at = self._words.time.short_moment(message.sent_at)
        return f"{at}, {who}", None, message.text
