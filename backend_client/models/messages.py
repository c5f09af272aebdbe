"""The chat of a request: written by its doctor and its patient (OZ-16, SPB-14, DRC-6)."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import Count, OpenEnum, RequestId, UtcTime, Wire

MessageId = NewType("MessageId", str)
LONGEST_TEXT = 4000


class Side(OpenEnum):
    """The two ends of a consultation."""

    UNKNOWN = "unknown"
    DOCTOR = "doctor"
    PATIENT = "patient"


class NewMessage(Wire, frozen=True, kw_only=True):
    """A text to send; one of spaces alone is refused."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]


class Message(Wire, frozen=True, kw_only=True):
    """One message as the server has kept it."""

    id: MessageId
    request_id: RequestId
    number: Count
    """1 for the first message of the chat, without gaps."""
    side: Side
    author_name: str
    text: str
    sent_at: UtcTime
    edition: Count | None = None
    """Of the conclusion that goes with it (SPB-21); None: words alone."""


class Chat(Wire, frozen=True, kw_only=True):
    """Messages of one request, oldest first."""

    messages: list[Message]
    has_earlier: bool
    """Whether there are older ones than the first given."""
    can_write: bool
    """False: the consultation is over, the chat is read only (SPB-14)."""
    unread: Count
    """Messages of the other side that this side has not read."""


class ReadMark(Wire, frozen=True, kw_only=True):
    """This side has seen the messages up to this number."""

    number: Count
