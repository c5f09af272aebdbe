"""Whether a request may be opened now, and how: the answer behind Enter and the filled button."""

from dataclasses import dataclass
from enum import Enum

from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.routes import Route


class Opening(Enum):
    """What opening means."""

    TAKE = "take"
    """It is taken first: the server is asked."""
    OPEN = "open"
    """It is the doctor's own already."""
    REFUSED = "refused"


class Refused(Enum):
    """Why it cannot be opened for work."""

    TAKEN = "taken"
    """A colleague works on it."""
    UNKNOWN_VALUE = "unknown_value"
    """A newer server has given it a status or a route that this program does not know."""
    NOT_ALLOWED = "not_allowed"
    """The server does not offer it to this account in this state."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a request opens, or why it does not."""

    opening: Opening
    refused: Refused | None = None


def verdict(row: RequestRow) -> Verdict:
    """Follows the server's `allowed_actions`; nothing is done with what is not known."""
    if row.status is RequestStatus.UNKNOWN or row.route is Route.UNKNOWN:
        return Verdict(Opening.REFUSED, Refused.UNKNOWN_VALUE)
    if row.owner is not None and row.owner.is_me:
        return Verdict(Opening.OPEN)
    if Action.CLAIM in row.allowed_actions:  # also where a colleague's claim has run out
        return Verdict(Opening.TAKE)
    if row.owner is not None:
        return Verdict(Opening.REFUSED, Refused.TAKEN)
    return Verdict(Opening.REFUSED, Refused.NOT_ALLOWED)
