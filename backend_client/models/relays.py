"""Servers that carry a call's sound and picture where the two peers do not reach each other."""

from backend_client.models.common import UtcTime, Wire


class IceServer(Wire, frozen=True, kw_only=True):
    """One server of TURN; the words are those of a browser's RTCIceServer."""

    urls: list[str]
    """As RFC 7065 writes them: `turn:host:port?transport=udp`, `turns:...`."""
    username: str
    credential: str


class IceServers(Wire, frozen=True, kw_only=True):
    """What a peer may use; nothing where the clinic has set up none."""

    servers: list[IceServer]
    expires_at: UtcTime | None = None
    """From when on the credentials are not taken any more."""
