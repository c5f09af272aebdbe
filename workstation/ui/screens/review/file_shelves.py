"""Under which ids the measurements of a file are kept in the open case.

A disc holds many files, and each of them has a shelf of its own.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.evidence import Place
from workstation.ui.screens.review.of_disc import open_part, parts_of_shelf, shelf_of
from workstation.ui.screens.review.pane_model import PaneModel
from workstation.ui.screens.review.view_model import ReviewViewModel


@dataclass(frozen=True, slots=True)
class FileShelf:
    """One file of the case, or one file of a disc."""

    document: Document
    part: str = ""
    """"" for the document itself."""

    @property
    def id(self) -> DocumentId:
        """As `of_disc.shelf_id` has it of the pane in which it is open."""
        return shelf_of(self.document.id, self.part)

    @property
    def shown(self) -> Document:
        """For lists: under the shelf's own id, with the file's name where it has one."""
        if not self.part:
            return self.document
        is_uid = not self.part.strip("0123456789.")
        name = "" if is_uid else PurePosixPath(self.part).name
        title = f"{self.document.title}: {name}" if name else self.document.title
        return msgspec.structs.replace(self.document, id=self.id, title=title)

    def placed(self, place: Place) -> Place:
        """A place of the file as the request keeps it."""
        if not self.part or place.part:
            return place
        return msgspec.structs.replace(place, part=self.part)

    def has(self, place: Place) -> bool:
        """Whether a kept place lies in this file; of slices the stack knows itself."""
        return place.part == self.part

    @staticmethod
    def bare(place: Place) -> Place:
        """As the file's own viewer names it."""
        return msgspec.structs.replace(place, part="") if place.part else place


def every_shelf(case: ReviewViewModel) -> list[FileShelf]:
    """Of all files that were opened or measured, in the order of the strip.

    Of the others there is nothing to tell: a case may have two thousand files.
    """
    parts = _parts(case)
    return [
        FileShelf(one, part)
        for one in case.documents
        if one.id in parts
        for part in sorted(parts[one.id], key=bool)
    ]


def open_shelf(document: Document, pane: PaneModel) -> FileShelf:
    """Of what is open in a pane."""
    return FileShelf(document, open_part(pane))


def base_of(shelf: str) -> DocumentId:
    """The document whose shelf it is."""
    return parts_of_shelf(shelf)[0]


def _parts(case: ReviewViewModel) -> dict[DocumentId, dict[str, None]]:
    """By document the parts that have a shelf, "" for the document itself, each once."""
    found: dict[DocumentId, dict[str, None]] = {}
    for kept in (case.measurements, case.figures, case.papers, case.slices):
        for one in kept.ids:
            document, part = parts_of_shelf(one)
            found.setdefault(document, {})[part] = None
    return found
