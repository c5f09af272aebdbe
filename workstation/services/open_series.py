"""A series of files as one open study, and what of it is not seen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.models.documents import Document
from workstation.services.series_bytes import SeriesContent

if TYPE_CHECKING:
    from workstation.studies.study import Study


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class OpenedSeries:
    """Who opens it closes `study`."""

    study: "Study"
    parts: tuple[Document, ...]
    """Whose files the study was made of: `StackSlice.part` counts them."""
    shown: tuple[Document, ...]
    """Those of which there is a picture; of a slice that was sent twice both."""
    not_fetched: tuple[Document, ...]
    """Could not be had, or arrived damaged."""
    unreadable: int = 0
    """How many files are here, and hold no slice that can be read."""


def opened_series(study: "Study", content: SeriesContent) -> OpenedSeries:
    """What the decoder has made of these files."""
    # Brings numpy, which the window does not wait for at its start.
    from workstation.studies.stack import StackInfo

    info, parts = study.info, content.parts
    if not isinstance(info, StackInfo):
        return OpenedSeries(study, parts, parts, content.missing)
    seen = {one.part for one in info.slices}
    bytes_seen = {one.sha256 for part, one in enumerate(parts) if part in seen}
    shown = tuple(one for one in parts if one.sha256 in bytes_seen)
    return OpenedSeries(study, parts, shown, content.missing, info.left_out)
