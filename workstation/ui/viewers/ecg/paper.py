"""Paper under an ECG: how many pixels a millimetre has, and the grid, cached as one picture."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QScreen

from workstation.ui.theme import Theme

MM_PER_INCH = 25.4
_PLAUSIBLE_DPI = (50.0, 600.0)
_KEPT = 2
"""Pictures of paper, some megabytes each."""
_MINOR_LINES_FROM = 2.4
"""Pixels a millimetre below which lines of 1 mm would be a grey veil."""
_BAND_PX = 64
"""Least height of a band of paper: larger ones leave the processor's cache, smaller ones are many
to lay."""


@dataclass(frozen=True, slots=True)
class ScreenCalibration:
    """Logical pixels in a millimetre of the glass, and whether somebody measured them."""

    px_per_mm: float
    calibrated: bool

    @classmethod
    def from_screen(cls, screen: QScreen) -> "ScreenCalibration":
        """What the screen says of itself; 96 dots an inch where that cannot be true."""
        dpi = screen.physicalDotsPerInch()
        low, high = _PLAUSIBLE_DPI
        return cls((dpi if low <= dpi <= high else 96.0) / MM_PER_INCH, calibrated=False)


class EcgGrid:
    """Lines of 1 and 5 mm over a whole viewport; painted anew only when width or scale changes.

    Two sizes are kept: the files of a case, gone through with a key, seldom fit at more.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures: dict[tuple[int, int, float, float], QPixmap] = {}

    def paint(
        self, painter: QPainter, size: QSize, offset: QPoint, px_per_mm: float, ratio: float
    ) -> None:
        """Fills `size` logical pixels with paper that is scrolled by `offset`."""
        square = 5 * px_per_mm
        if _is_whole(square) and _is_whole(square * ratio):
            self._lay_bands(painter, size, offset, px_per_mm, ratio)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-(offset.x() % square), -(offset.y() % square))
        painter.drawPixmap(0, 0, self.picture(size, px_per_mm, ratio))
        painter.resetTransform()

    def _lay_bands(
        self, painter: QPainter, size: QSize, offset: QPoint, px_per_mm: float, ratio: float
    ) -> None:
        """The paper repeats itself: one band, as high as some large squares, is laid row by row.

        A picture of the whole paper has to be fetched from memory: that takes twice as long.
        """
        square = round(5 * px_per_mm)
        high = square * -(-_BAND_PX // square)
        band = self._picture(QSize(size.width() + square, high), px_per_mm, ratio)
        left, top = -(offset.x() % square), -(offset.y() % square)
        for y in range(top, size.height(), high):
            painter.drawPixmap(left, y, band)

    def picture(self, size: QSize, px_per_mm: float, ratio: float) -> QPixmap:
        """Paper of `size` logical pixels, at least a large square wider, to be shifted by scroll.

        `ratio` is the number of device pixels in a logical one.
        """
        return self._picture(size + QSize(1, 1) * (int(5 * px_per_mm) + 1), px_per_mm, ratio)

    @property
    def kept(self) -> tuple[QPixmap, ...]:
        """Pictures that wait to be used again."""
        return tuple(self._pictures.values())

    def _picture(self, room: QSize, px_per_mm: float, ratio: float) -> QPixmap:
        key = (room.width(), room.height(), px_per_mm, ratio)
        picture = self._pictures.pop(key, None)
        if picture is None:
            picture = self._painted(room, px_per_mm, ratio)
        self._pictures[key] = picture
        while len(self._pictures) > _KEPT:
            del self._pictures[next(iter(self._pictures))]
        return picture

    def _painted(self, size: QSize, px_per_mm: float, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.color("ecg.paper"))
        painter = QPainter(picture)
        area = QRectF(0, 0, size.width(), size.height())
        if px_per_mm >= _MINOR_LINES_FROM:
            _rule(painter, area, px_per_mm, self._theme.color("ecg.grid.minor"))
        _rule(painter, area, 5 * px_per_mm, self._theme.color("ecg.grid.major"))
        painter.end()
        return picture


def _is_whole(pixels: float) -> bool:
    """Also where the zoom was divided out and multiplied again."""
    return abs(pixels - round(pixels)) < 1e-6


def _rule(painter: QPainter, area: QRectF, step: float, color: QColor) -> None:
    """Lines every `step` pixels from the upper left corner, sharp where they fall on pixels."""
    pen = QPen(color, 1)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not _is_whole(step))
    columns = [n * step + 0.5 for n in range(int(area.width() / step) + 1)]
    rows = [n * step + 0.5 for n in range(int(area.height() / step) + 1)]
    painter.drawLines([QLineF(x, 0, x, area.height()) for x in columns])
    painter.drawLines([QLineF(0, y, area.width(), y) for y in rows])
