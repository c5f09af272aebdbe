"""Messages of the event stream (WebSocket, /api/v1/events?since=N).

Numbers are gap-free per tenant in commit order. Each message names the previous number that this
subscriber could see; a mismatch means that something was missed and the list is to be read again.
"""

from backend_client.models.common import Count, RequestId, UtcTime, Wire
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


class UnknownEvent(Wire, frozen=True, kw_only=True, tag="unknown"):
    """A message of a newer server; its numbers still count. Made by the client's decoder only."""

    seq: Count
    prev: Count


ServerEvent = Hello | RequestChanged | UnknownEvent
