"""The outline of a bank card that is laid on the glass: arrows, wheel and mouse make it fit."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.studies.measure.ecg.paper import CARD_MM, px_per_mm_of_card
from workstation.ui.theme import Theme

_CORNER_MM = 3.18
"""Radius of a card's corners: ISO/IEC 7810."""
_EDGE_PX, _GRIP_PX = 12, 14
_GROWS = (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SHRINKS = (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Minus)
_LARGE_STEP = 10


class CardOutline(QWidget):
    """Its upper left corner stays; `resized` when it has another size."""

    resized = Signal()

    def __init__(self, theme: Theme, px_per_mm: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._px_per_mm = px_per_mm
        self._is_dragged = False
        self.setObjectName("card.outline")
        self.setAccessibleName(self.tr("Outline of the card"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    @property
    def px_per_mm(self) -> float:
        """Logical pixels of a millimetre, if the card lies as drawn."""
        return self._px_per_mm

    def fit(self, px_per_mm: float) -> None:
        """Makes the card that large; what no screen is like, or has no room here, is not taken."""
        width, height = (side * px_per_mm for side in CARD_MM)
        room = self.size() - QSize(2, 2) * _EDGE_PX
        is_smaller = px_per_mm < self._px_per_mm
        fits = is_smaller or (width <= room.width() and height <= room.height())
        if px_per_mm_of_card(width, height) is None or not fits:
            return
        self._px_per_mm = px_per_mm
        self.update()
        self.resized.emit()

    def grow(self, steps: int) -> None:
        """Makes it so many of the screen's own pixels wider, or narrower below 0."""
        self.fit(self._px_per_mm + steps / self.devicePixelRatioF() / CARD_MM[0])

    def sizeHint(self) -> QSize:
        card = self._card().size() * 1.12 + QSizeF(2, 2) * _EDGE_PX
        return card.toSize()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(160))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = _LARGE_STEP if held else 1
        if event.key() in _GROWS:
            self.grow(step)
        elif event.key() in _SHRINKS:
            self.grow(-step)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.grow(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_dragged = self._is_at_edge(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape.SizeHorCursor if self._is_at_edge(event.position()) else None
        self.setCursor(shape or Qt.CursorShape.ArrowCursor)
        if self._is_dragged and event.buttons() & Qt.MouseButton.LeftButton:
            self.fit((event.position().x() - _EDGE_PX) / CARD_MM[0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_dragged = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, card = self._theme, self._card()
        radius = _CORNER_MM * self._px_per_mm
        edge = "focus.ring" if self.hasFocus() else "line.control"
        painter.setPen(QPen(theme.color(edge), 2))
        painter.setBrush(theme.color("accent.soft"))
        painter.drawRoundedRect(card, radius, radius)
        painter.setPen(theme.color("text.primary"))
        painter.setFont(theme.font("body"))
        text = self.tr("Lay the card here:\nits upper left corner on this one")
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)
        self._paint_grip(painter, card)

    def _paint_grip(self, painter: QPainter, card: QRectF) -> None:
        """The edge that the mouse may take."""
        painter.setPen(QPen(self._theme.color("text.secondary"), 2))
        middle = card.center().y()
        for shift in (-5, -1):
            x = card.right() + shift - 6
            painter.drawLine(QPointF(x, middle - 12), QPointF(x, middle + 12))

    def _card(self) -> QRectF:
        width, height = (side * self._px_per_mm for side in CARD_MM)
        return QRectF(_EDGE_PX, _EDGE_PX, width, height)

    def _is_at_edge(self, place: QPointF) -> bool:
        card = self._card()
        return (
            abs(place.x() - card.right()) <= _GRIP_PX and card.top() <= place.y() <= card.bottom()
        )
