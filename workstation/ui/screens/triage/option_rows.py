"""The lines of a panel as a model: what stands in each, and which are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from workstation.ui.record_table_model import Index
from workstation.ui.screens.triage.content import Option
from workstation.ui.widgets.labels import plain_tooltip

OPTION_ROLE = int(Qt.ItemDataRole.UserRole)
TICKED_ROLE = OPTION_ROLE + 1


class OptionRows(QAbstractListModel):
    """Lines that Python alone owns: the view asks for them and keeps none.

    No QListWidget: its clear() destroys items behind Python's wrappers, and the process with them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()
        self._ticked: frozenset[str] = frozenset()

    def show_options(self, options: Sequence[Option], ticked: Sequence[str]) -> bool:
        """Shows these lines, ticked by their codes; returns whether they are other lines."""
        is_other = self.options != tuple(options)
        if is_other:
            self.beginResetModel()
            self.options = tuple(options)
        self._ticked = frozenset(ticked)
        if is_other:
            self.endResetModel()
        elif self.options:
            self.dataChanged.emit(self.index(0), self.index(len(self.options) - 1))
        return is_other

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        option = self.options[index.row()]
        ticked = option.code in self._ticked
        if role == OPTION_ROLE:
            return option
        if role == TICKED_ROLE:
            return ticked
        if role == Qt.ItemDataRole.DisplayRole:
            return option.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{option.title}\n{option.remark}".strip())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("chosen") if ticked else self.tr("not chosen")
            return f"{option.title}, {state}"
        return None
