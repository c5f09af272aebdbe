"""The chat of a request: read, written, and heard as it grows (OZ-16, SPB-14, DRC-6)."""

import uuid
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from backend_client.errors import BackendError, Unreachable
from backend_client.models.common import RequestId
from backend_client.models.events import CentreEvent, MessagePosted
from backend_client.models.messages import Chat, Message, MessageId
from workstation.core.subscription import Event
from workstation.services.kept_messages import KeptMessages

if TYPE_CHECKING:
    from workstation.services.link import LinkState

MESSAGES_AT_ONCE = 50
_MOST_REMEMBERED = 500
"""Messages that are known to have been told; an event follows its answer much sooner."""


class ChatBackend(Protocol):
    """What is asked of the server."""

    async def chat(
        self, request_id: RequestId, before: int | None = None, limit: int = MESSAGES_AT_ONCE
    ) -> Chat:
        """The last messages, or those before a number."""

    async def send(self, request_id: RequestId, text: str, *, key: str | None = None) -> Message:
        """Writes to the patient."""

    async def mark_read(self, request_id: RequestId, number: int) -> Chat:
        """The doctor has read up to this number."""


class ChatService:
    """Chats of the signed-in doctor's centre. Of them only what is not sent yet is kept on this
    computer (docs/decisions/0036).

    `posted` tells of every new message of every request once, one's own included (which may
    overtake the patient's: their numbers order them); `reload_needed` that something was missed:
    read open chats again.
    """

    def __init__(
        self, backend: ChatBackend, link: "LinkState", unsent: KeptMessages | None = None
    ) -> None:
        """`unsent`: where texts wait; None: in memory alone."""
        self.posted: Event[Message] = Event()
        self.reload_needed: Event[None] = Event()
        self._backend = backend
        self._link = link
        self._unsent = KeptMessages() if unsent is None else unsent
        self._told: OrderedDict[MessageId, None] = OrderedDict()
        self._unanswered: dict[tuple[RequestId, str], str] = {}

    def draft(self, request_id: RequestId) -> str:
        """What is being written to the patient; "": nothing."""
        return self._unsent.text(request_id)

    def write(self, request_id: RequestId, text: str) -> None:
        """What is being written is this now: kept until the server has it, or it is emptied."""
        self._unsent.write(request_id, text)

    async def read(self, request_id: RequestId) -> Chat:
        """The last 50 messages, oldest first; raises BackendError."""
        self._refuse_offline()
        return await self._backend.chat(request_id, limit=MESSAGES_AT_ONCE)

    async def earlier(self, request_id: RequestId, before: int) -> Chat:
        """Up to 50 messages before number `before`, oldest first; raises BackendError."""
        self._refuse_offline()
        return await self._backend.chat(request_id, before, MESSAGES_AT_ONCE)

    async def send(self, request_id: RequestId, text: str) -> Message:
        """Writes to the patient.

        Raises BackendError; Conflict (CHAT_CLOSED) once the consultation is over. The same text
        sent again after a lost answer is still the same message, after a restart as well.
        """
        self._refuse_offline()
        order = (request_id, text)
        key = self._key(order)
        self._unsent.trying(request_id, text, key)
        try:
            message = await self._backend.send(request_id, text, key=key)
        except BackendError as error:
            if not error.is_temporary:
                self._unanswered.pop(order, None)
                self._unsent.refused(request_id)
            raise
        self._unanswered.pop(order, None)
        self._unsent.sent(request_id, text)
        self.hear(message)
        return message

    async def mark_read(self, request_id: RequestId, number: int) -> None:
        """The doctor has seen the messages up to this number; raises BackendError."""
        self._refuse_offline()
        await self._backend.mark_read(request_id, number)

    def hear_event(self, event: CentreEvent) -> None:
        """The road in, from the event stream."""
        if isinstance(event, MessagePosted):
            self.hear(event.message)

    def hear(self, message: Message) -> None:
        """The road in: a new message, whether told by the server or just written here."""
        if message.id in self._told:
            return  # its own answer was quicker than the event
        self._told[message.id] = None
        if len(self._told) > _MOST_REMEMBERED:
            self._told.popitem(last=False)
        self.posted.emit(message)

    def missed_something(self) -> None:
        """Chats that were read before now may lack messages."""
        self.reload_needed.emit(None)

    def _key(self, order: tuple[RequestId, str]) -> str:
        """The one under which these words went out before, in this run or the last."""
        kept = self._unsent.key(*order) or str(uuid.uuid4())
        return self._unanswered.setdefault(order, kept)

    def _refuse_offline(self) -> None:
        if self._link.is_offline:
            raise Unreachable
