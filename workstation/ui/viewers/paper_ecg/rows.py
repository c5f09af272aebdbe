"""The measurements of a paper as lines of the list beside the pictures."""

from PySide6.QtCore import QObject

from backend_client.models.documents import Document
from workstation.ui.viewers.measurement_rows import (
    Entry,
    MeasurementHeading,
    MeasurementRow,
    RowKey,
)
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper
from workstation.ui.viewers.paper_ecg.shelf import LineOf, PaperShelf
from workstation.ui.viewers.paper_ecg.words import PaperWords
from workstation.ui.viewers.picture_marks import MARK


class PaperRows(QObject):
    """A heading for each page, which says how it was calibrated, and its calipers under it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = PaperWords(self)

    def of(self, document: Document, shelf: PaperShelf) -> list[Entry]:
        """All of a document; nothing where nothing was measured."""
        pages = [(page, paper) for page, paper in shelf.pages if paper.calipers]
        found: list[Entry] = []
        for page, paper in pages:
            found.append(MeasurementHeading(self._title(document, page, paper, len(pages))))
            found += [self._row(document, page, paper, one) for one in paper.calipers]
        return found

    def _title(self, document: Document, page: int, paper: MarkedPaper, pages: int) -> str:
        origin = self._words.origin(paper)
        if pages > 1 or page:
            return self.tr("{}, page {}, {}").format(document.title, page + 1, origin)
        return f"{document.title}, {origin}"

    def _row(
        self, document: Document, page: int, paper: MarkedPaper, caliper: PaperCaliper
    ) -> MeasurementRow:
        return MeasurementRow(
            RowKey(document.id, LineOf(page, caliper.id).number),
            self._words.label(caliper),
            self._words.value(paper, caliper),
            self._words.finding(paper, caliper),
            MARK,
            caliper.is_noted,
        )
