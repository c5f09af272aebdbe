"""What a server says about itself before anybody has signed in."""

from backend_client.models.common import UtcTime, Wire


class ServerInfo(Wire, frozen=True, kw_only=True):
    """Version of the contract, the oldest client that is served, the server's clock."""

    version: str
    oldest_client: str
    time: UtcTime
    demo: bool = False
    public_url: str = ""
    """Under which patients and anybody else reach the server, `https://host`: it is printed on
    papers. Empty: the clinic has not set it."""
