"""The files of a request: in the order of its checklist, and in which order they are opened."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import ChecklistItem, RequestCard
from workstation.core.case_file import CaseFile, case_files


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one checklist item. `item` is None for files that belong to none."""

    item: ChecklistItem | None
    files: tuple[CaseFile, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """One for each file: of a series the one that stands for it."""
        return tuple(file.lead for file in self.files)


def file_groups(card: RequestCard) -> tuple[FileGroup, ...]:
    """Items of the checklist that have files, newest files first; strays at the end."""
    of_item: dict[str, list[Document]] = {}
    for document in card.documents:
        of_item.setdefault(document.item_code, []).append(document)
    items = {item.code: item for item in card.row.checklist}
    groups = [FileGroup(item, _newest_first(of_item.get(code, []))) for code, item in items.items()]
    strays = [document for document in card.documents if document.item_code not in items]
    groups.append(FileGroup(None, case_files(strays)))
    return tuple(group for group in groups if group.files)


def counted(card: RequestCard, items: Sequence[ChecklistItem]) -> list[ChecklistItem]:
    """The items with as many files as the strip has: the server counts documents, and a series of
    500 of them is one file. An item whose count the card does not know yet stays as it is."""
    files = {group.item.code: group.files for group in file_groups(card) if group.item is not None}
    return [_counted(item, files.get(item.code, ())) for item in items]


def _counted(item: ChecklistItem, files: Sequence[CaseFile]) -> ChecklistItem:
    if sum(len(file.parts) for file in files) != item.file_count:
        return item
    unopened = sum(not file.is_opened() for file in files)
    return msgspec.structs.replace(item, file_count=len(files), unopened_count=unopened)


def files_in_order(groups: Sequence[FileGroup]) -> list[CaseFile]:
    """All files, top to bottom."""
    return [file for group in groups for file in group.files]


def in_order(groups: Sequence[FileGroup]) -> list[Document]:
    """One document for each file, top to bottom."""
    return [file.lead for file in files_in_order(groups)]


def first_to_show(group: FileGroup, opened: set[DocumentId]) -> Document:
    """The first file of a group that was not opened yet, else its first."""
    fresh = [file for file in group.files if file.lead.id not in opened]
    return (fresh or list(group.files))[0].lead


def moving(documents: Sequence[Document]) -> list[Document]:
    """Clips, then still pictures: what hangs beside the ECG."""
    clips = [document for document in documents if document.kind is DocumentKind.CLIP]
    stills = [document for document in documents if document.kind is DocumentKind.IMAGE]
    return clips + stills


def opening_order(groups: Sequence[FileGroup]) -> list[CaseFile]:
    """All files: those that the review opens by itself (a clip and an ECG; the first file where
    there is neither), then the others, top to bottom."""
    files = files_in_order(groups)
    documents = [file.lead for file in files]
    ecgs = [document for document in documents if document.kind is DocumentKind.ECG]
    hung = [one.id for one in (*moving(documents)[:1], *ecgs[:1])]
    first = [file for file_id in hung for file in files if file.lead.id == file_id]
    return first + [file for file in files if file.lead.id not in hung]


def _newest_first(documents: Sequence[Document]) -> tuple[CaseFile, ...]:
    newest_first = sorted(
        documents,
        key=lambda document: (
            document.taken_on is None,
            -(document.taken_on.toordinal() if document.taken_on else 0),
        ),
    )
    return case_files(newest_first)
