"""The figures on the slices of a case: kept while the case is open, and no longer."""

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from workstation.ui.viewers.stack.figures import SliceFigures


class CaseSlices(QObject):
    """The figures of the files of the open case that hold slices."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelves: dict[DocumentId, SliceFigures] = {}

    def of(self, document_id: DocumentId) -> SliceFigures:
        """The file's figures; none at first."""
        shelf = self._shelves.get(document_id)
        if shelf is None:
            shelf = self._shelves[document_id] = SliceFigures(self)
            shelf.changed.connect(self.changed)
        return shelf

    @property
    def ids(self) -> tuple[DocumentId, ...]:
        """Of the files that have a shelf; a file of a disc has its own."""
        return tuple(self._shelves)

    def forget(self) -> None:
        """The case is left: nothing of it may stand beside another patient's files."""
        for shelf in self._shelves.values():
            shelf.changed.disconnect(self.changed)
            shelf.deleteLater()
        self._shelves = {}
        self.changed.emit()
