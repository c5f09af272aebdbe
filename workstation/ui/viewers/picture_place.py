"""Marks a place of a picture for a moment: where a sentence of the conclusion comes from."""

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_marks import OTHER_MARK, paint_lines

SHOWN_MS = 4000
_RING = 16.0


class PlaceMark(QWidget):
    """Two rings and a line between them over a `PictureCanvas`; the mouse does not feel it."""

    def __init__(self, theme: Theme, canvas: PictureCanvas) -> None:
        super().__init__(canvas)
        self._theme, self._canvas = theme, canvas
        self._ends: tuple[QPointF, QPointF] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setObjectName("placeMark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        canvas.installEventFilter(self)
        canvas.viewport_changed.connect(self.update)

    def show_between(self, start: tuple[float, float], stop: tuple[float, float]) -> None:
        """Marks two points of the upright picture for some seconds."""
        self._ends = (QPointF(*start), QPointF(*stop))
        self.setGeometry(self._canvas.rect())
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ends is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color(OTHER_MARK)
        start, stop = map(self._canvas.viewport.view_point, self._ends)
        way = QLineF(start, stop)
        if way.length() > 2 * _RING:
            share = _RING / way.length()
            between = QLineF(way.pointAt(share), way.pointAt(1 - share))
            paint_lines(painter, [between], color, dashed=True)
        for end in (start, stop):
            for pen, width in ((Qt.GlobalColor.black, 5.0), (color, 2.4)):
                painter.setPen(pen)
                line = painter.pen()
                line.setWidthF(width)
                painter.setPen(line)
                painter.drawEllipse(end, _RING, _RING)
