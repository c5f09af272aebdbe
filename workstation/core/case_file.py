"""What stands in the strip as one file: a document by itself, or a series that came in many files.

Documents of one request and one checklist item that name the same series are one file, from two on.
What a doctor has said to be another patient's is kept apart: such parts are a file of their own, so
that nothing of them is seen among the patient's slices.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One or more documents that are opened together."""

    parts: tuple[Document, ...]
    """At least one; the first has come first, and stands for the file."""

    @property
    def lead(self) -> Document:
        """By which the file is known: later parts never take its place."""
        return self.parts[0]

    @property
    def is_series(self) -> bool:
        """Whether it came in several files."""
        return len(self.parts) > 1

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(one.size for one in self.parts)

    def is_opened(self, opened: Iterable[DocumentId] = ()) -> bool:
        """Whether every part was opened: the server says so, or it is one of `opened`.

        A part that came later, or could not be shown, leaves a series unopened: nobody has seen it.
        """
        known = opened if isinstance(opened, set | frozenset) else set(opened)
        return all(one.opened or one.id in known for one in self.parts)


def case_files(documents: Iterable[Document]) -> tuple[CaseFile, ...]:
    """The documents of one checklist item as files, each where the first of its parts stands."""
    gathered: dict[object, list[Document]] = {}
    for document in documents:
        gathered.setdefault(_key(document), []).append(document)
    return tuple(CaseFile(_by_arrival(parts)) for parts in gathered.values())


def _key(document: Document) -> object:
    if document.series_uid is None:
        return document.id
    return document.request_id, document.item_code, document.series_uid, document.is_anothers


def _by_arrival(parts: list[Document]) -> tuple[Document, ...]:
    if len(parts) == 1:
        return (parts[0],)
    return tuple(sorted(parts, key=lambda one: (one.uploaded_at, one.title, one.id)))
