"""How the files of a case hang, as its centre has laid down: a part of the centre's catalogue."""

from typing import Annotated

import msgspec

from backend_client.models.common import Count, Wire
from backend_client.models.documents import DocumentKind

AT_ONCE = (1, 2, 4)
"""How many pictures can hang at once."""

Places = Annotated[int, msgspec.Meta(ge=1, le=AT_ONCE[-1])]


class PlacesFrom(Wire, frozen=True, kw_only=True):
    """How many pictures hang at once from a width of their window on, in logical pixels."""

    from_px: Count = 0
    places: Places


class HungWith(Wire, frozen=True, kw_only=True):
    """Kinds of which a file hangs with the pictures from that width on: an ECG below them, a
    document at their side."""

    kinds: list[DocumentKind]
    from_px: Count = 0


class HangingRule(Wire, frozen=True, kw_only=True):
    """How the pictures of some items of the checklist, or of some modalities, hang.

    A picture is its own that belongs to one of the items, or names one of the modalities; where
    neither is said, every picture.
    """

    items: list[str] = []
    """Codes of the checklist; their pictures hang in this order."""
    modalities: list[str] = []
    """As DICOM names them (PS3.3, C.7.3.1.1.1): «CT», «MR», «XA»."""
    places: list[PlacesFrom]
    beside: list[HungWith] = []
    first: DocumentKind | None = None
    """The kind that is active as a case opens; None: the pictures."""


class Hanging(Wire, frozen=True, kw_only=True):
    """A centre's rules. Of the rules that a case has pictures of the earliest one leads."""

    rules: list[HangingRule]
    order: list[str] = []
    """Codes of the checklist in the order in which their documents come to the pictures' side."""
