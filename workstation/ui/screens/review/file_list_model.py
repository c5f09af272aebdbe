"""The file strip's list: headings of checklist items and the files under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import OtherRequest
from workstation.ui.wording import NBSP

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole.value
NO_PARENT = QModelIndex()
SERIES_GLYPH = "stack"


@dataclass(frozen=True, slots=True)
class Heading:
    """A checklist item over its files."""

    title: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file: `opened` by this account, `shown` in a pane that is seen."""

    document: Document
    opened: bool
    shown: bool
    remark: str = ""
    """What else is to be known of it, before its day."""
    slices: int = 1
    """How many documents it is: of a series several, and `document` stands for them."""
    is_others: bool = False
    """Whether it is of another request of the patient: the counts are without it."""

    @property
    def glyph(self) -> str:
        """Name of the glyph before the title."""
        if self.slices > 1:
            return SERIES_GLYPH
        return {
            DocumentKind.ECG: "activity",
            DocumentKind.CLIP: "film-strip",
            DocumentKind.IMAGE: "image-square",
            DocumentKind.PHOTO: "image-square",
            DocumentKind.PDF: "file-text",
        }.get(self.document.kind, "file")

    @property
    def second_line(self) -> str:
        """«19.11.2026, DICOM»."""
        day = self.document.taken_on
        day_text = day.strftime("%d.%m.%Y") if day else ""
        parts = (self.remark, day_text, self.document.format)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Another request of the patient over its files: pressed, it is unfolded or folded up."""

    other: OtherRequest
    is_unfolded: bool
    remark: str = ""
    """Why nothing stands below it, instead of the counts."""

    @property
    def glyph(self) -> str:
        """Name of the glyph before the title."""
        return "caret-down" if self.is_unfolded else "caret-right"

    @property
    def title(self) -> str:
        """The day on which it was made: «12.03.2026»."""
        return f"{self.other.created_at:%d.%m.%Y}"


Entry = Heading | FileRow | OtherRow


class FileListModel(QAbstractListModel):
    """Entries from top to bottom; headings cannot be chosen."""

    marked = Signal(int)
    """That row is to be painted anew. `dataChanged` would measure all rows of the list again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Shows other entries; where only marks changed, the view stays where it is."""
        fresh = tuple(entries)
        if [_key(entry) for entry in fresh] != [_key(entry) for entry in self._entries]:
            self.beginResetModel()
            self._entries = fresh
            self.endResetModel()
            return
        before, self._entries = self._entries, fresh
        for row, (entry, old) in enumerate(zip(fresh, before, strict=True)):
            if entry != old:
                self.marked.emit(row)

    def entry(self, row: int) -> Entry | None:
        """The entry of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, document_id: str) -> int | None:
        """The row of a file."""
        for row, entry in enumerate(self._entries):
            if isinstance(entry, FileRow) and entry.document.id == document_id:
                return row
        return None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.entry(index.row()), FileRow | OtherRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole.value) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole.value:
            return self.title(entry) if isinstance(entry, FileRow) else entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole.value:
            return self._spoken(entry)
        return None

    def _spoken(self, entry: Entry) -> str:
        if isinstance(entry, Heading):
            return entry.title
        if isinstance(entry, OtherRow):
            return self._spoken_other(entry)
        state = self.tr("opened") if entry.opened else self.tr("not opened")
        return f"{self.title(entry)}, {entry.second_line}, {state}"

    def title(self, row: FileRow) -> str:
        """«КТ, 500 срезов» of a series, else the file's own."""
        if row.slices == 1:
            return row.document.title
        slices = self.tr("%n slice(s)", None, row.slices)
        return f"{self._kind(row.document)}, {slices}"

    def below(self, row: OtherRow) -> str:
        """«14 файлов», or why nothing stands below it."""
        return row.remark or self.tr("%n file(s)", None, row.other.file_count)

    def _spoken_other(self, row: OtherRow) -> str:
        """«04.05.2026, № 20-4001, 14 файлов, не открыто 3»."""
        said = [row.title, f"№{NBSP}{row.other.number}", self.below(row)]
        if row.other.unopened_count:
            unopened = self.tr("not opened: {}")
            said.append(unopened.format(row.other.unopened_count))
        return ", ".join(said)

    def _kind(self, document: Document) -> str:
        kinds = {
            "CT": self.tr("CT"),
            "MR": self.tr("MRI"),
            "PT": self.tr("PET"),
            "NM": self.tr("Scintigraphy"),
        }
        modality = document.modality or ""
        return kinds.get(modality) or modality or self.tr("Series")


def _key(entry: Entry) -> str:
    if isinstance(entry, OtherRow):
        return f"r {entry.other.id}"
    return f"h {entry.title}" if isinstance(entry, Heading) else f"f {entry.document.id}"
