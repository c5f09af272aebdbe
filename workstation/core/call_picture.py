"""A still picture of the patient's camera, from the key to the documents of its request."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from backend_client.models.common import RequestId


class PictureState(Enum):
    """How far it has come."""

    KEPT = "kept"
    """On this computer, on its way."""
    SENT = "sent"
    """Among the documents of its request."""
    REFUSED = "refused"
    """The server does not take it."""


@dataclass(frozen=True, slots=True)
class CallPicture:
    """One picture, now."""

    request_id: RequestId
    taken_at: datetime
    """Aware UTC, by the server's clock."""
    state: PictureState


@dataclass(frozen=True, slots=True)
class SeenFrame:
    """What the doctor sees at the key, in memory of its own: BGRA, rows from the top."""

    pixels: bytes
    width: int
    height: int
