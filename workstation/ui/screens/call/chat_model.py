"""A request's chat without its widgets: read, written, followed (OZ-16, SPB-14, DRC-6)."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QObject, Signal

from backend_client.models.calls import Call
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.documents import Document
from backend_client.models.messages import LONGEST_TEXT, Message, Side
from workstation.core.case_file import CaseFile, case_files
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.call.chat_rows import ChatRows, FileLine, chat_lines
from workstation.ui.screens.call.chat_words import ChatWords
from workstation.ui.screens.call.ports import Chats
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording


class WriteRefusal(Enum):
    """Why Enter sends nothing now."""

    NO_CHAT = "no_chat"
    CLOSED = "closed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BUSY = "busy"
    DUE = "due"
    """It is sent once the chat is read."""


class ChatModel(QObject):
    """One chat at a time. What is being written is kept per request until the server has it.

    Enter before the chat is read sends as soon as it is, unless the words are changed meanwhile.
    """

    changed = Signal()
    draft_taken = Signal()
    """`draft` has become another one without being typed: another chat, or a message was sent."""

    def __init__(self, chats: Chats, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = ChatWords(wording, self)
        self.rows = ChatRows(self.words.text, self)
        self.request_id: RequestId | None = None
        self.can_write: bool | None = None
        """None: not read yet."""
        self.has_earlier = False
        self.unread = 0
        self.problem: UserMessage | None = None
        """Why there is nothing to read."""
        self.earlier_problem: UserMessage | None = None
        self.send_problem: UserMessage | None = None
        self.is_sending = False
        self._chats, self._wording = chats, wording
        self._messages: dict[int, Message] = {}
        self._calls: tuple[Call, ...] = ()
        self._files: tuple[CaseFile, ...] = ()
        self._due = ""
        """Words that are sent once the chat is read."""
        self._marked = 0
        self._reads = TaskScope(on_error=self._read_failed)
        self._earlier = TaskScope(on_error=self._earlier_failed)
        self._sends = TaskScope(on_error=lambda error: None)  # `_send` tells of its own
        self._marks = TaskScope(on_error=self._mark_failed)
        self._unsubscribe = (
            chats.posted.subscribe(self._posted),
            chats.reload_needed.subscribe(lambda _: self.read()),
        )

    @property
    def draft(self) -> str:
        """What is being written."""
        return self._chats.draft(self.request_id) if self.request_id is not None else ""

    @property
    def refusal(self) -> WriteRefusal | None:
        """Why Enter sends nothing; None where it does, now or once the chat is read."""
        if self.request_id is None:
            return WriteRefusal.NO_CHAT
        if self.can_write is False:
            return WriteRefusal.CLOSED
        if self.is_sending:
            return WriteRefusal.BUSY
        if self._due:
            return WriteRefusal.DUE
        if not self.draft.strip():
            return WriteRefusal.EMPTY
        return WriteRefusal.TOO_LONG if len(self.draft.strip()) > LONGEST_TEXT else None

    @property
    def is_empty(self) -> bool:
        """Read, and nobody has written anything."""
        return self.can_write is not None and not self._messages

    @property
    def newest_file(self) -> CaseFile | None:
        """The last file that stands among the messages."""
        files = [line.file for line in self.rows.lines if isinstance(line, FileLine)]
        return files[-1] if files else None

    @property
    def is_loading_earlier(self) -> bool:
        """Whether older messages are on their way."""
        return not self._earlier.is_idle

    def open(self, request_id: RequestId) -> None:
        """Shows another request's chat."""
        self._forget()
        self.request_id = request_id
        self.draft_taken.emit()
        self.changed.emit()
        self.read()

    def leave(self) -> None:
        """Shows none; what was being written is kept."""
        self._forget()
        self.draft_taken.emit()
        self.changed.emit()

    def read(self) -> None:
        """Reads the last messages again."""
        if self.request_id is not None:
            self._reads.cancel("chat.read")
            self._reads.start(self._read(self.request_id), name="chat.read")

    def load_earlier(self) -> None:
        """Reads what stands before the first message shown."""
        if self.request_id is None or not self.has_earlier or not self._messages:
            return
        if self._earlier.is_idle:
            work = self._read_earlier(self.request_id, min(self._messages))
            self._earlier.start(work, name="chat.earlier")

    def write(self, text: str) -> None:
        """The text of the field is this now."""
        if self.request_id is None or text == self.draft:
            return
        self._chats.write(self.request_id, text)
        if not text.startswith(self._due):
            self._due = ""  # other words than those that were to be sent
        self.changed.emit()

    def send(self) -> None:
        """Sends what is written; it stays in the field until the server has it."""
        if self.refusal is not None:
            return
        self.send_problem = None
        if self.can_write is None:
            self._due = self.draft
            self.changed.emit()
            if self._reads.is_idle:
                self.read()
        else:
            self._start_sending(self.draft)

    def saw(self) -> None:
        """The last message is before the doctor's eyes."""
        if self.request_id is None or not self.unread or not self._messages:
            return
        newest = max(self._messages)
        if newest > self._marked:
            self._marked, self.unread = newest, 0
            self._marks.start(self._chats.mark_read(self.request_id, newest), name="chat.mark")
            self.changed.emit()

    def show_calls(self, calls: Sequence[Call]) -> None:
        """What happened to the request's calls, to stand among the messages."""
        if tuple(calls) != self._calls:
            self._calls = tuple(calls)
            self._show_lines()

    def show_files(self, documents: Sequence[Document]) -> None:
        """The request's files: those of the talk stand among the messages (DRC-6)."""
        files = case_files(documents)
        if files != self._files:
            self._files = files
            self._show_lines()
            self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for scope in (self._reads, self._earlier, self._sends, self._marks):
            await scope.close()

    async def _read(self, request_id: RequestId) -> None:
        chat = await self._chats.read(request_id)
        if request_id != self.request_id:
            return
        first = chat.messages[0].number if chat.messages else 1
        newest = max(self._messages, default=0)
        if self.can_write is None or newest + 1 < first:
            # What is between is not known: older ones are loaded from here on.
            self._messages = {n: one for n, one in self._messages.items() if n >= first}
            self.has_earlier = chat.has_earlier
        last = chat.messages[-1].number if chat.messages else 0
        newer = [one for number, one in self._messages.items() if number > last]
        self._take(chat.messages)
        self.can_write, self.problem = chat.can_write, None
        self.unread = chat.unread + sum(one.side is Side.PATIENT for one in newer)
        self._marked = 0
        self._show_lines()
        self._send_due()
        self.changed.emit()

    async def _read_earlier(self, request_id: RequestId, before: int) -> None:
        chat = await self._chats.earlier(request_id, before)
        if request_id != self.request_id:
            return
        self._take(chat.messages)
        self.has_earlier, self.earlier_problem = chat.has_earlier, None
        self._show_lines()
        self.changed.emit()

    def _start_sending(self, written: str) -> None:
        if self.request_id is not None:
            self.is_sending = True
            self.changed.emit()
            self._sends.start(self._send(self.request_id, written), name="chat.send")

    def _send_due(self) -> None:
        """The chat is read: what waited for that goes out, or it is said why not."""
        due, self._due = self._due, ""
        if due and self.can_write:
            self._start_sending(due)
        elif due:
            self.send_problem = self._closed()

    async def _send(self, request_id: RequestId, written: str) -> None:
        problem: UserMessage | None = None
        try:
            await self._chats.send(request_id, written.strip())
            if request_id == self.request_id:
                self.draft_taken.emit()  # what was typed while it was on its way stays
        except Exception as error:
            # Whatever went wrong, the text stays and the doctor is told in place.
            problem = self._message(error)
            raise
        finally:
            self.is_sending = False
            if request_id == self.request_id:
                self.send_problem = problem
            self.changed.emit()

    def _message(self, error: BaseException) -> UserMessage:
        if getattr(error, "code", None) is ProblemCode.CHAT_CLOSED:
            self.can_write = False
            return self._closed()
        return user_message(error)

    def _closed(self) -> UserMessage:
        title = self.tr("The consultation is over: the message was not sent")
        return UserMessage(title, self.tr("The text stays here and can be copied."))

    def _posted(self, message: Message) -> None:
        if message.request_id != self.request_id or message.number in self._messages:
            return
        if self.can_write is None:
            self._take([message])  # the answer that is on its way may be of just before
            return
        if message.number > max(self._messages, default=0) + 1:
            self.read()
        self._take([message])
        self.unread += message.side is Side.PATIENT
        self._show_lines()
        self.changed.emit()

    def _take(self, messages: Sequence[Message]) -> None:
        self._messages |= {message.number: message for message in messages}

    def _show_lines(self) -> None:
        messages = [self._messages[number] for number in sorted(self._messages)]
        self.rows.show_lines(
            chat_lines(
                messages,
                self._calls,
                self._files,
                self._wording.day,
                self._wording.today(),
                has_earlier=self.has_earlier,
            )
        )

    def _read_failed(self, error: BaseException) -> None:
        if self.can_write is None:
            self.problem = user_message(error)
            if self._due:
                self._due, self.send_problem = "", self.problem
            self.changed.emit()

    def _earlier_failed(self, error: BaseException) -> None:
        self.earlier_problem = user_message(error)
        self.changed.emit()

    def _mark_failed(self, error: BaseException) -> None:
        self._marked = 0  # the next look at them tries again

    def _forget(self) -> None:
        self._reads.cancel("chat.read")
        self._earlier.cancel("chat.earlier")
        self._due = ""
        self.request_id, self.can_write, self.has_earlier = None, None, False
        self.problem = self.earlier_problem = self.send_problem = None
        self.unread, self._marked = 0, 0
        self._messages, self._calls, self._files = {}, (), ()
        self._show_lines()
