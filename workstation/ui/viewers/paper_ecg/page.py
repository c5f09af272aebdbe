"""A page of a document as a picture of paper.

Its pixels are those of 300 dots an inch of the page as shown (of fewer where it is wider than
`MOST_PIXELS_WIDE`), whatever screen it is seen on: points are kept in them.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.studies.errors import StudyClosed, StudyError
from workstation.studies.imaging import Frame, PdfInfo
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_source import MOST_PIXELS_WIDE, PageSource
from workstation.ui.viewers.paper_ecg.desk import PaperDesk
from workstation.ui.viewers.paper_ecg.shelf import PaperShelf
from workstation.ui.viewers.picture_canvas import PictureCanvas

_DOTS_A_POINT = 300 / 72


class PaperPage(QWidget):
    """Shows one page at a time. `failed` carries a StudyError."""

    failed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = PictureCanvas(theme, self)
        self.desk = PaperDesk(theme, self.canvas, self)
        self._generation = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.desk.bar)
        box.addWidget(self.canvas, 1)
        self.canvas.wheel_turned.connect(lambda steps: self.canvas.zoom(-steps))

    def open_page(
        self, index: int, info: PdfInfo, source: PageSource, tasks: TaskScope, shelf: PaperShelf
    ) -> None:
        """Shows that page; its pixels are asked for within `tasks`."""
        self._generation += 1
        width, height = size_px(info.page_sizes_pt[index])
        self.canvas.expect(width, height, 1.0)
        self.desk.show(shelf, index, width, height)
        self.desk.open()
        tasks.start(self._bring(source, index, width, self._generation), name="paper.page")

    def clear(self) -> None:
        """Shows nothing; a page that still comes is dropped."""
        self._generation += 1
        self.desk.show(PaperShelf(), 0, 1, 1)
        self.canvas.clear()

    async def _bring(self, source: PageSource, index: int, width: int, generation: int) -> None:
        try:
            with await source.page(index, width) as frame:
                if generation == self._generation:
                    self.canvas.show_frame(_copied(frame))
        except StudyClosed:
            return
        except StudyError as error:
            if generation == self._generation:
                self.failed.emit(error)


def size_px(size_pt: tuple[float, float]) -> tuple[int, int]:
    """Pixels of a page's picture, by its size in points."""
    width_pt, height_pt = size_pt
    width = max(1, min(MOST_PIXELS_WIDE, round(width_pt * _DOTS_A_POINT)))
    return width, max(1, round(height_pt * width / max(1e-6, width_pt)))


def _copied(frame: Frame) -> Frame:
    """Of its own: a page is looked at for longer than its shared memory should be held."""
    pixels = frame.pixels.copy()
    return Frame(pixels, frame.index, lambda: None)
