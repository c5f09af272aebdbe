"""The newest messages of the card's request, without widgets (OZ-16). None is marked as read."""

import asyncio
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import RequestId
from backend_client.models.messages import Chat, Message
from backend_client.models.requests import RequestRow
from workstation.core.subscription import Event
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope

MOST: Final = 3
"""Messages on the card; all of them stand on the screen of the call."""
REST_S: Final = 0.25
"""Whoever walks down the list reads no chat; who stays on a request does."""


class Chats(Protocol):
    """What is asked of the service of chats."""

    @property
    def posted(self) -> Event[Message]:
        """Any new message of any request, once."""

    @property
    def reload_needed(self) -> Event[None]:
        """Something was missed."""

    async def read(self, request_id: RequestId) -> Chat:
        """The last messages."""


class ChatGlance(QObject):
    """Follows the card's request. `is_read` is False until its chat has come."""

    changed = Signal()

    def __init__(
        self, chats: Chats | None, parent: QObject | None = None, *, rest_s: float = REST_S
    ) -> None:
        """`chats`: None: there are none here, and nothing is ever read."""
        super().__init__(parent)
        self.messages: list[Message] = []
        """The newest, oldest first."""
        self.is_read = False
        self.problem: UserMessage | None = None
        self._chats, self._rest_s = chats, rest_s
        self._request_id: RequestId | None = None
        self._tasks = TaskScope(on_error=self._failed)
        self._deaf = (
            ()
            if chats is None
            else (
                chats.posted.subscribe(self._posted),
                chats.reload_needed.subscribe(lambda _: self._read()),
            )
        )

    @property
    def is_there(self) -> bool:
        """Whether chats can be read here at all."""
        return self._chats is not None

    def show_row(self, row: RequestRow | None) -> None:
        """Shows the chat of that request; of the one that is shown already nothing is read anew."""
        request_id = row.id if row is not None else None
        if request_id == self._request_id:
            return
        self._request_id = request_id
        self.messages, self.is_read, self.problem = [], False, None
        self.changed.emit()
        self._read()

    async def close(self) -> None:
        """Ends what runs."""
        for unsubscribe in self._deaf:
            unsubscribe()
        await self._tasks.close()

    def _read(self) -> None:
        self._tasks.cancel("card.chat")
        if self._chats is not None and self._request_id is not None:
            self._tasks.start(self._show(self._chats, self._request_id), name="card.chat")

    async def _show(self, chats: Chats, request_id: RequestId) -> None:
        await asyncio.sleep(self._rest_s)
        chat = await chats.read(request_id)
        self.messages, self.is_read, self.problem = chat.messages[-MOST:], True, None
        self.changed.emit()

    def _posted(self, message: Message) -> None:
        if message.request_id != self._request_id or not self.is_read:
            return
        newest = {one.number: one for one in (*self.messages, message)}
        self.messages = [newest[number] for number in sorted(newest)][-MOST:]
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self.problem = user_message(error)
        self.changed.emit()
