"""A document of pages: scroll, zoom, page n of N. Pages are drawn when they come into sight."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.studies.imaging import PdfInfo
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.numbers import NBSP
from workstation.ui.viewers.page_area import VIEWERS_GROUND, PageArea
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.widgets.labels import SignLabel


class DocumentView(QWidget):
    """Shows one document. `failed` carries a StudyError of a page.

    `ground`: token of the colour around the pages; on another than the viewers' one they have an
    edge, and the line below them, which is of the viewers' look, is left out.
    """

    failed = Signal(object)
    activated = Signal()
    moved = Signal()
    """`place_text` is another one."""
    drawn = Signal()
    """Every page in sight is drawn, and of this document."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, ground: str = VIEWERS_GROUND
    ) -> None:
        super().__init__(parent)
        self.pages = PageArea(theme, self, ground=ground)
        self._place = SignLabel(theme, role="small", color="viewer.overlay", parent=self)
        self._place.setObjectName("documentPlace")
        self._place.setVisible(ground == VIEWERS_GROUND)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._lay_out_pages(box)
        if ground == VIEWERS_GROUND:
            self._lay_out_line(box)
        self.setFocusProxy(self.pages)
        self.pages.failed.connect(self.failed)
        self.pages.activated.connect(self.activated)
        self.pages.moved.connect(self._tell)
        self.pages.drawn.connect(self.drawn)

    def show_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """Opens a document at its first page; pages are asked for within `tasks`."""
        self.pages.show_document(info, source, tasks)
        self._tell()

    def renew_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """A newer state of the same document: each old page stays until the new one is drawn."""
        self.pages.renew_document(info, source, tasks)
        self._tell()

    def clear(self) -> None:
        """Shows nothing."""
        self.pages.clear()
        self._place.show_sign("")
        self.moved.emit()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return {
            "view.zoom_in": lambda: self.pages.zoom(1),
            "view.zoom_out": lambda: self.pages.zoom(-1),
            "view.fit": self.pages.fit,
        }

    def turn_page(self, pages: int) -> bool:
        """Goes so many pages on or back; False at the end, where nothing moved."""
        return self.pages.turn(pages)

    def place_text(self) -> str:
        """«стр. 1 из 4, 120 %»."""
        return self._place.text()

    def _lay_out_pages(self, box: QVBoxLayout) -> None:
        box.addWidget(self.pages, 1)

    def _lay_out_line(self, box: QVBoxLayout) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(self._place)
        line.addStretch(1)
        box.addLayout(line)

    def _more_words(self) -> str:
        """What else is to be said of the pages."""
        return ""

    def _tell(self) -> None:
        count = self.pages.page_count
        if count:
            words = self.tr("page {} of {}").format(self.pages.current + 1, count)
            percent = round(self.pages.px_per_pt * 72 / 96 * 100)
            parts = (words, f"{percent}{NBSP}%", self._more_words())
            self._place.show_sign(", ".join(part for part in parts if part))
        self.moved.emit()
