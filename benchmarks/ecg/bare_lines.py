"""The floor of what is painted: the same lines, anti-aliased, with a pen of 1, and nothing else."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from workstation.studies.ecg import EcgRecord
from workstation.ui.viewers.ecg.layout import Page
from workstation.ui.viewers.ecg.painter import DrawnStrip, draw_strips
from workstation.ui.viewers.ecg.sheet import EcgSheet


class BareLines:
    """Draws the lines of a sheet's page on a picture as large as the sheet's."""

    def __init__(self, sheet: EcgSheet) -> None:
        assert sheet.page is not None
        self._page: Page = sheet.page
        self._px_per_mm = sheet.px_per_mm
        size: QSize = sheet.viewport().size()
        self._picture = QImage(size, QImage.Format.Format_RGB32)

    def lines(self, record: EcgRecord) -> tuple[DrawnStrip, ...]:
        """From samples to lines."""
        return draw_strips(record, self._page, self._px_per_mm, 1.0)

    def draw(self, lines: tuple[DrawnStrip, ...]) -> None:
        """Paints them."""
        self._picture.fill(Qt.GlobalColor.white)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(Qt.GlobalColor.black, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for drawn in lines:
            for piece in drawn.pieces:
                painter.drawPolyline(piece)
        painter.end()
