"""What the device test sends to and fro to learn how fast the road is."""

from backend_client.models.common import Count, Wire

LARGEST_PADDING = 512 * 1024
"""Characters at once: with its frame of JSON it is well within what a server takes, 1 MiB."""


class Padding(Wire, frozen=True, kw_only=True):
    """Characters that mean nothing; `LARGEST_PADDING` at the most."""

    text: str


class PaddingTaken(Wire, frozen=True, kw_only=True):
    """How many of them have come."""

    characters: Count
