"""What is opened of a disc: its keys, its shelves, and how its places are named."""

from collections.abc import Callable
from dataclasses import replace

import msgspec

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.evidence import FramePlace, Place
from workstation.core.findings import Finding
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.pane_model import PaneModel, PaneState


def disc_actions(model: PaneModel) -> dict[str, Callable[[], None]]:
    """Keys of a pane in which something of a disc is open."""
    disc, item = model.disc, model.item
    if disc is None or item is None or model.state is not PaneState.READY:
        return {}

    def to_list() -> None:
        model.show_list()

    acts: dict[str, Callable[[], None]] = {"disc.list": to_list}
    if item + 1 < len(disc.info.items):
        acts["disc.next_item"] = lambda: model.open_item(item + 1)
    if item > 0:
        acts["disc.previous_item"] = lambda: model.open_item(item - 1)
    return acts


def found_on_disc(found: Finding | None, model: PaneModel) -> Finding | None:
    """A finding that says in which file of the disc it is; as it was where there is no disc."""
    disc, item = model.disc, model.item
    if found is None or disc is None or item is None or found.place.part:
        return found
    part = disc.info.part_of(item)
    return replace(found, place=msgspec.structs.replace(found.place, part=part))


def place_in_item(place: Place, model: PaneModel) -> Place:
    """The place as the item's own viewer names it: of slices by their UIDs, of others alone."""
    if isinstance(place, FramePlace) and isinstance(model.info, StackInfo):
        return place
    return msgspec.structs.replace(place, part="")


def shelf_id(document: Document, model: PaneModel) -> DocumentId:
    """Where measurements of the open file are kept while the case is open: each file of a disc has
    a shelf of its own."""
    return shelf_of(document.id, open_part(model))


def open_part(model: PaneModel) -> str:
    """Which file of a disc is open in a pane; "" where no disc is, or its list."""
    disc, item = model.disc, model.item
    return "" if disc is None or item is None else disc.info.part_of(item)


def shelf_of(document_id: DocumentId, part: str) -> DocumentId:
    """The id of the shelf of a document, or of a part of it."""
    return DocumentId(f"{document_id}#{part}") if part else document_id


def parts_of_shelf(shelf: str) -> tuple[DocumentId, str]:
    """The way back: the document and which part of it, "" for itself."""
    document, _, part = shelf.partition("#")
    return DocumentId(document), part
