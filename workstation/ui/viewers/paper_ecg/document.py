"""A document whose pages can be measured as an ECG on paper."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.evidence import Origin, PicturePlace, TextPlace
from workstation.core.findings import Finding
from workstation.studies.imaging import PdfInfo
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_desk import DocumentDesk
from workstation.ui.viewers.document_words import DocumentWords
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.viewers.paper_ecg.entry import PaperButton
from workstation.ui.viewers.paper_ecg.page import PaperPage, size_px
from workstation.ui.viewers.paper_ecg.shelf import PaperShelf


class PaperDocumentView(DocumentDesk):
    """The page in sight opens as paper in the place of all pages, and closes again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.paper = PaperPage(theme)
        self.entry = PaperButton(theme)
        super().__init__(theme, parent)
        self._page_words = DocumentWords(self)
        self._document: tuple[PdfInfo, PageSource, TaskScope] | None = None
        self._shelf = PaperShelf()
        self.paper.hide()
        self.paper.failed.connect(self.failed)
        self.paper.canvas.clicked.connect(self.activated)
        self.paper.desk.left.connect(self._leave_paper)
        self.entry.clicked.connect(self._open_paper)

    def show_document(
        self,
        info: PdfInfo,
        source: PageSource,
        tasks: TaskScope,
        shelf: PaperShelf | None = None,
    ) -> None:
        """As of any document. `shelf`: where marks and calipers are kept; without one they go
        with the document.
        """
        self._leave_paper()
        self._document, self._shelf = (info, source, tasks), shelf or PaperShelf()
        super().show_document(info, source, tasks)

    def renew_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """As of any document."""
        self._document = (info, source, tasks)
        super().renew_document(info, source, tasks)

    def clear(self) -> None:
        """Shows nothing."""
        self._document, self._shelf = None, PaperShelf()
        self._leave_paper()
        super().clear()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        keys = self._paper_keys() if self.paper.desk.is_open else super().key_actions()
        return keys | {"paper.open": self._toggle_paper}

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys of the paper's own desk, and those of reading."""
        super().bind(shortcuts)
        self.paper.desk.bind(shortcuts)

    def finding(self) -> Finding | None:
        """The chosen measurement of the page that is open as paper; else the chosen words; without
        any the page in sight, whole."""
        if self.paper.desk.is_open:
            return self.paper.desk.finding()
        return self.quotation() or self._whole_page()

    def show_words(self, place: TextPlace) -> bool:
        """Chooses words of a page again; False for what is not here."""
        self.paper.desk.leave()
        return super().show_words(place)

    def show_place(self, place: PicturePlace) -> bool:
        """Opens the page as paper and marks a place of it; False for what is not here."""
        if place.page >= self.pages.page_count:
            return False
        if place == self._place_of(place.page):
            self.paper.desk.leave()
            self.pages.go_to(place.page)
            return True
        self._open_page_as_paper(place.page)
        return self.paper.desk.show_place(place)

    def turn_page(self, pages: int) -> bool:
        """Goes so many pages on or back; False at the end, where nothing moved."""
        self.paper.desk.leave()
        return super().turn_page(pages)

    def _whole_page(self) -> Finding | None:
        page = self.pages.current
        place = self._place_of(page)
        if place is None:
            return None
        said = self._page_words.whole(page, self.pages.page_count)
        return Finding(said, place, Origin.BY_HAND)

    def _place_of(self, page: int) -> PicturePlace | None:
        """All of a page, as paper has its points."""
        if self._document is None or page >= self.pages.page_count:
            return None
        width, height = size_px(self._document[0].page_sizes_pt[page])
        return PicturePlace(page=page, start=(0.0, 0.0), stop=(float(width), float(height)))

    def _paper_keys(self) -> dict[str, Callable[[], None]]:
        canvas = self.paper.canvas
        return {
            "view.zoom_in": lambda: canvas.zoom(1),
            "view.zoom_out": lambda: canvas.zoom(-1),
            "view.fit": canvas.fit,
            "view.rotate": canvas.turn,
        }

    def _lay_out_pages(self, box: QVBoxLayout) -> None:
        super()._lay_out_pages(box)
        box.insertWidget(1, self.paper, 1)

    def _lay_out_more(self, line: QHBoxLayout) -> None:
        line.addWidget(self.entry)

    def _toggle_paper(self) -> None:
        if self.paper.desk.is_open:
            self.paper.desk.leave()
        else:
            self._open_paper()

    def _open_paper(self) -> None:
        if self.pages.page_count:
            self._open_page_as_paper(self.pages.current)

    def _open_page_as_paper(self, index: int) -> None:
        if self._document is None:
            return
        self._show_paper(is_open=True)
        self.paper.open_page(index, *self._document, self._shelf)

    def _leave_paper(self) -> None:
        """Back to all pages, at the one that was measured."""
        had_focus = self.paper.isAncestorOf(self.focusWidget() or self)
        self._show_paper(is_open=False)
        self.paper.clear()
        if had_focus:
            self.pages.setFocus()

    def _show_paper(self, *, is_open: bool) -> None:
        self.setFocusProxy(self.paper.desk.surface if is_open else self.pages)
        self.paper.setVisible(is_open)
        self.pages.setVisible(not is_open)
        self.entry.setVisible(not is_open)
        self.buttons.setVisible(not is_open)
        if is_open:
            self._shut_lines()
        self._arrange_thumbnails(self.pages.page_count)
