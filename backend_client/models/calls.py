"""Calls of a request: ringing, answering, what two peers say to each other (DRC-4, DRC-7)."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import (
    ID_PATTERN,
    Count,
    OpenEnum,
    RequestId,
    UserId,
    UtcTime,
    Wire,
)
from backend_client.models.messages import Side

CallId = NewType("CallId", str)
PageId = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
"""Made by the patient's page when it is loaded: of several tabs and devices one has the call."""
LONGEST_SIGNAL = 64 * 1024
"""Characters of a description or a candidate."""


class CallState(OpenEnum):
    """Where a call stands; the last block are ends."""

    UNKNOWN = "unknown"
    RINGING = "ringing"
    ACTIVE = "active"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    """Nobody answered."""
    CANCELLED = "cancelled"
    """The doctor has hung up before the answer."""
    ENDED = "ended"


class Channel(OpenEnum):
    """How the patient has answered (DRC-7)."""

    UNKNOWN = "unknown"
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"


class SignalKind(OpenEnum):
    """What a signal is, for the receiving peer. The server looks at none of it."""

    UNKNOWN = "unknown"
    OFFER = "offer"
    ANSWER = "answer"
    CANDIDATE = "candidate"
    MEDIA = "media"
    """Whether camera and microphone are on (SPB-20)."""
    RECONNECT = "reconnect"
    """The patient asks for a new offer."""


class ConsultationClock(Wire, frozen=True, kw_only=True):
    """How long the consultation takes, by its route's data; its end cuts nothing off (DRC-8)."""

    started_at: UtcTime
    """The patient's answer; a call that follows within the time goes on with the same clock."""
    soon_at: UtcTime
    """From when its end is near."""
    last_at: UtcTime
    """From when it is about to end."""
    ends_at: UtcTime
    extension_minutes: Count
    """By so much the doctor lengthens it at once; 0: not at all."""


class Call(Wire, frozen=True, kw_only=True):
    """One call, placed by the request's doctor."""

    id: CallId
    request_id: RequestId
    doctor_id: UserId
    doctor_name: str
    attempt: Count
    """1 for the request's first call."""
    state: CallState
    channel: Channel | None
    """None until the patient has answered."""
    connection: Count
    """1 for the first connection; each reconnection inside the call counts one up."""
    placed_at: UtcTime
    rings_until: UtcTime
    answered_at: UtcTime | None
    """When the patient took this call (DRC-8)."""
    ended_at: UtcTime | None
    ended_by: Side | None
    page: str = ""
    """The patient's page that has the call: any other sends nothing. Empty: it did not say."""
    clock: ConsultationClock | None = None
    """None until the patient has answered."""


class AnswerCall(Wire, frozen=True, kw_only=True):
    """The patient takes the call."""

    channel: Channel
    page: PageId | None = None


class TakeCall(Wire, frozen=True, kw_only=True):
    """The call goes on at this page of the patient's: another one that has it lets it go."""

    page: PageId


class ExtendConsultation(Wire, frozen=True, kw_only=True):
    """The doctor takes more time. Of two that name the same end the later is refused (409)."""

    ends_at: UtcTime
    """The end that is moved, as last told."""


class NewSignal(Wire, frozen=True, kw_only=True):
    """A word from one peer to the other. Signals of an older connection are refused (409)."""

    kind: SignalKind
    connection: Count
    payload: Annotated[str, msgspec.Meta(max_length=LONGEST_SIGNAL)]
    """Text that the server does not read: JSON of a description or a candidate."""


class Signal(Wire, frozen=True, kw_only=True):
    """As the other peer receives it. Kept while the call lasts, then deleted."""

    number: Count
    """Grows within a call; not gap-free."""
    call_id: CallId
    side: Side
    """Who sent it."""
    kind: SignalKind
    connection: Count
    payload: str


class Signals(Wire, frozen=True, kw_only=True):
    """What the other peer has sent in a call, in its order."""

    signals: list[Signal]
    has_more: bool = False
    """Whether there are more behind the last of these."""
