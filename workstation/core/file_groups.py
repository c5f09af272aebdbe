"""The files of a request: in the order of its checklist, and in which order they are opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import ChecklistItem, RequestCard


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one checklist item. `item` is None for files that belong to none."""

    item: ChecklistItem | None
    documents: tuple[Document, ...]


def file_groups(card: RequestCard) -> tuple[FileGroup, ...]:
    """Items of the checklist that have files, newest files first; strays at the end."""
    groups = [FileGroup(item, _of_item(card.documents, item.code)) for item in card.row.checklist]
    known = {item.code for item in card.row.checklist}
    strays = tuple(document for document in card.documents if document.item_code not in known)
    groups.append(FileGroup(None, strays))
    return tuple(group for group in groups if group.documents)


def in_order(groups: Sequence[FileGroup]) -> list[Document]:
    """All files, top to bottom."""
    return [document for group in groups for document in group.documents]


def first_to_show(group: FileGroup, opened: set[DocumentId]) -> Document:
    """The first file of a group that was not opened yet, else its first."""
    fresh = [document for document in group.documents if document.id not in opened]
    return (fresh or list(group.documents))[0]


def moving(documents: Sequence[Document]) -> list[Document]:
    """Clips, then still pictures: what hangs beside the ECG."""
    clips = [document for document in documents if document.kind is DocumentKind.CLIP]
    stills = [document for document in documents if document.kind is DocumentKind.IMAGE]
    return clips + stills


def opening_order(groups: Sequence[FileGroup]) -> list[Document]:
    """All files: those that the review opens by itself (a clip and an ECG; the first file where
    there is neither), then the others, top to bottom."""
    documents = in_order(groups)
    ecgs = [document for document in documents if document.kind is DocumentKind.ECG]
    hung = [*moving(documents)[:1], *ecgs[:1]]
    return hung + [document for document in documents if document not in hung]


def _of_item(documents: Sequence[Document], code: str) -> tuple[Document, ...]:
    found = [document for document in documents if document.item_code == code]
    newest_first = sorted(
        found,
        key=lambda document: (
            document.taken_on is None,
            -(document.taken_on.toordinal() if document.taken_on else 0),
        ),
    )
    return tuple(newest_first)
