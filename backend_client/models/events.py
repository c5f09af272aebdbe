"""Messages of the event streams (WebSocket).

Staff: /api/v1/events?since=N. A patient: /patient/api/v1/events, which begins with the page's
StreamGreeting. Numbers are gap-free per tenant in commit order. Each message names the previous
number that this subscriber could see; a mismatch means that something was missed and the list is
to be read again.
"""

from backend_client.models.annotations import Annotation
from backend_client.models.calls import Call, Signal
from backend_client.models.common import Count, RequestId, UtcTime, Wire
from backend_client.models.documents import Document
from backend_client.models.messages import Message
from backend_client.models.patient import PatientChanged
from backend_client.models.requests import RequestRow


class Hello(Wire, frozen=True, kw_only=True, tag="hello"):
    """First message of a connection: the tenant's last number and the server's clock.

    `resumed` is False where the server could not continue behind the number that was asked for:
    the list is to be read again.
    """

    seq: Count
    time: UtcTime
    resumed: bool


class RequestChanged(Wire, frozen=True, kw_only=True, tag="request_changed"):
    """A request is new or changed; `row` is its present state for the subscriber."""

    seq: Count
    prev: Count
    request_id: RequestId
    row: RequestRow | None
    """None: no longer visible to the subscriber."""


class MessagePosted(Wire, frozen=True, kw_only=True, tag="message_posted"):
    """Somebody has written in a request's chat."""

    seq: Count
    prev: Count
    request_id: RequestId
    message: Message


class CallChanged(Wire, frozen=True, kw_only=True, tag="call_changed"):
    """A call rings, was answered, or is over; `call` is its present state."""

    seq: Count
    prev: Count
    request_id: RequestId
    call: Call


class CallSignalled(Wire, frozen=True, kw_only=True, tag="call_signalled"):
    """The other peer of the subscriber's own call has sent a signal; nobody else is told."""

    seq: Count
    prev: Count
    request_id: RequestId
    signal: Signal


class DocumentChanged(Wire, frozen=True, kw_only=True, tag="document_changed"):
    """What is known of a file is another thing: whose it is."""

    seq: Count
    prev: Count
    request_id: RequestId
    document: Document


class AnnotationChanged(Wire, frozen=True, kw_only=True, tag="annotation_changed"):
    """A measurement was made, changed or removed; `annotation` is its present state."""

    seq: Count
    prev: Count
    request_id: RequestId
    annotation: Annotation


class UnknownEvent(Wire, frozen=True, kw_only=True, tag="unknown"):
    """A message of a newer server; its numbers still count. Made by the client's decoder only."""

    seq: Count
    prev: Count


CentreEvent = (
    RequestChanged
    | MessagePosted
    | CallChanged
    | CallSignalled
    | DocumentChanged
    | AnnotationChanged
)
"""What staff are told."""
PatientEvent = PatientChanged | MessagePosted | CallChanged | CallSignalled
"""What a patient is told."""
ServerEvent = Hello | CentreEvent | UnknownEvent
