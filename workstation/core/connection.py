"""How the workstation stands with its server: a state, not an error."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Link(Enum):
    """Whether the server answers."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """The link, since when it is so, and when it is tried again (both aware UTC)."""

    link: Link
    since: datetime
    next_try_at: datetime | None = None
