"""What was marked on the pictures of a case: kept while the case is open, and no longer."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from backend_client.models.evidence import PicturePlace
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper

_PAGE = 10_000
"""Numbers of lines belong to pages by such steps: a page has fewer calipers."""


@dataclass(frozen=True, slots=True)
class LineOf:
    """Which measurement of a document it is."""

    page: int
    caliper_id: int

    @property
    def number(self) -> int:
        """As one number, for lists that know no pages."""
        return self.page * _PAGE + self.caliper_id

    @classmethod
    def of(cls, number: int) -> "LineOf":
        """The way back."""
        return cls(*divmod(number, _PAGE))


class PaperShelf(QObject):
    """The pages of one document, and which of its measurements is chosen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._papers: dict[int, MarkedPaper] = {}
        self.chosen: LineOf | None = None

    @property
    def pages(self) -> list[tuple[int, MarkedPaper]]:
        """Pages on which something was marked, in order."""
        return sorted(self._papers.items())

    def paper(self, page: int) -> MarkedPaper:
        """What was marked there; nothing at first."""
        return self._papers.get(page, MarkedPaper())

    def keep(self, page: int, paper: MarkedPaper) -> None:
        """The page as it is now."""
        if paper != self.paper(page):
            self._papers[page] = paper
            self.changed.emit()

    def place(self, line: LineOf) -> PicturePlace | None:
        """Where it was measured; None for what is not here."""
        found = [one for one in self.paper(line.page).calipers if one.id == line.caliper_id]
        ends = [(one.start.point, one.stop.point) for one in found]
        return PicturePlace(page=line.page, start=ends[0][0], stop=ends[0][1]) if ends else None

    def choose(self, line: LineOf | None) -> None:
        """Keys act on that measurement."""
        if line != self.chosen:
            self.chosen = line
            self.changed.emit()

    def note(self, line: LineOf, *, is_noted: bool = True) -> None:
        """Whether a measurement as it stands is in the conclusion."""
        paper = self.paper(line.page)
        for number, one in enumerate(paper.calipers):
            if one.id == line.caliper_id and not one.is_fixed:
                noted = replace(one, is_noted=is_noted)
                self.keep(line.page, paper.with_changed(number, noted))


class CasePapers(QObject):
    """The documents of the open case on which something was marked."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelves: dict[DocumentId, PaperShelf] = {}

    def of(self, document_id: DocumentId) -> PaperShelf:
        """The document's pages; a new shelf at first."""
        shelf = self._shelves.get(document_id)
        if shelf is None:
            shelf = self._shelves[document_id] = PaperShelf(self)
            shelf.changed.connect(self.changed)
        return shelf

    @property
    def ids(self) -> tuple[DocumentId, ...]:
        """Of the documents that have a shelf; a document of a disc has its own."""
        return tuple(self._shelves)

    def forget(self) -> None:
        """The case is left: nothing of it may stand beside another patient's files."""
        for shelf in self._shelves.values():
            shelf.changed.disconnect(self.changed)
            shelf.deleteLater()
        self._shelves = {}
        self.changed.emit()
