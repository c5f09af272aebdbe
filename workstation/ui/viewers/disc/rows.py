"""The rows of a disc's list: exams, what can be opened under them, and what is not opened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from workstation.studies.disc import DiscInfo, DiscKind, DiscSeries
from workstation.ui.viewers.disc.words import DiscWords

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole.value
NO_PARENT = QModelIndex()
GLYPHS = {
    DiscKind.STACK: "stack",
    DiscKind.CLIP: "film-strip",
    DiscKind.IMAGE: "image-square",
    DiscKind.PHOTO: "image-square",
    DiscKind.REPORT: "file-text",
    DiscKind.DOCUMENT: "file-text",
    DiscKind.ECG: "activity",
}


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """An exam over its series."""

    text: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What can be opened."""

    number: int
    """Of `DiscInfo.items`."""
    kind: DiscKind
    title: str
    about: str
    warning: str
    """Whom it names, where that is somebody else; why it could not be opened."""
    is_opened: bool
    opened_word: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Files that are not opened, for one reason."""

    text: str
    warn: bool


Row = HeadingRow | ItemRow | LeftOutRow


def rows_of(
    info: DiscInfo,
    words: DiscWords,
    named: Callable[[DiscSeries], str],
    opened: frozenset[int] = frozenset(),
    failed: Mapping[int, str] | None = None,
) -> list[Row]:
    """The whole list. `named`: whom a series names, where that is not the request's patient."""
    rows: list[Row] = []
    number, refused = 0, failed or {}
    for exam in info.exams:
        rows.append(HeadingRow(words.exam(exam)))
        for series in exam.series:
            said = named(series)
            warning = words.stranger(said) if said else ""
            for item in series.items:
                why = words.failed(refused[number]) if number in refused else ""
                rows.append(
                    ItemRow(
                        number,
                        item.kind,
                        words.title(series, item),
                        words.about(series, item),
                        why or warning,
                        number in opened,
                        words.opened(),
                    )
                )
                number += 1
    if info.left_out_count:
        rows.append(HeadingRow(words.not_opened(info.left_out_count)))
        rows += [LeftOutRow(text, warn) for text, warn in words.left_out(info)]
    return rows


class DiscRows(QAbstractListModel):
    """The rows from top to bottom; items alone can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._pictures: dict[int, QImage] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; where only marks changed, the view stays where it is."""
        fresh = tuple(rows)
        if len(fresh) == len(self._rows) and self._rows:
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def forget(self) -> None:
        """Nothing of the disc stays."""
        self.beginResetModel()
        self._rows, self._pictures = (), {}
        self.endResetModel()

    def show_picture(self, number: int, picture: QImage) -> None:
        """A small picture has come."""
        self._pictures[number] = picture
        row = self.row_of(number)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def picture(self, number: int) -> QImage | None:
        """The small picture of an item."""
        return self._pictures.get(number)

    def row(self, place: int) -> Row | None:
        """What stands there."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def row_of(self, number: int) -> int | None:
        """Where an item stands."""
        for place, row in enumerate(self._rows):
            if isinstance(row, ItemRow) and row.number == number:
                return place
        return None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), ItemRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole.value) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole.value and isinstance(row, LeftOutRow):
            return None
        spoken = (Qt.ItemDataRole.DisplayRole.value, Qt.ItemDataRole.AccessibleTextRole.value)
        return _spoken(row) if role in spoken else None


def _spoken(row: Row) -> str:
    if not isinstance(row, ItemRow):
        return row.text
    parts = (row.title, row.about, row.warning, row.opened_word if row.is_opened else "")
    return ", ".join(part for part in parts if part)
