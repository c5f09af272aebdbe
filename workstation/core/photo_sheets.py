"""Photos of one paper, sheet by sheet: those that came under one item of the checklist."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend_client.models.documents import Document, DocumentKind


@dataclass(frozen=True, slots=True)
class PhotoSheets:
    """The photos of an item, of which one is read."""

    sheets: tuple[Document, ...]
    """Two or more, in the order in which the files stand."""
    number: int
    """Of the one that is read, from 0."""


def photo_sheets(document: Document, files: Iterable[Document]) -> PhotoSheets | None:
    """The photos beside which a photo is read; `files`: of the case, in their order.

    None where it is the only one of its item, or no photo. One that a doctor has said to be another
    patient's is no sheet of anything.
    """
    if document.kind is not DocumentKind.PHOTO or document.is_anothers:
        return None
    beside = tuple(
        one
        for one in files
        if one.kind is DocumentKind.PHOTO
        and one.item_code == document.item_code
        and not one.is_anothers
    )
    places = [n for n, one in enumerate(beside) if one.id == document.id]
    return PhotoSheets(beside, places[0]) if places and len(beside) > 1 else None
