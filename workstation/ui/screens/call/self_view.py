"""The doctor's own picture over the stage: small, in the corner in which the doctor wants it."""

from enum import Enum

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.screens.call.plates import Plate
from workstation.ui.screens.call.video_view import VideoView
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class Corner(Enum):
    """Of the stage, clockwise."""

    BOTTOM_RIGHT = "bottom_right"
    BOTTOM_LEFT = "bottom_left"
    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"

    @property
    def is_left(self) -> bool:
        """Under the patient's name, or beside the notice."""
        return self in (Corner.BOTTOM_LEFT, Corner.TOP_LEFT)

    @property
    def is_low(self) -> bool:
        """On the side of the notice."""
        return self in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)

    @property
    def next(self) -> "Corner":
        """One further, clockwise."""
        corners = list(Corner)
        return corners[(corners.index(self) + 1) % len(corners)]


def corner_of(point: QPoint, stage: QWidget) -> Corner:
    """The nearest one."""
    is_left, is_low = point.x() < stage.width() / 2, point.y() >= stage.height() / 2
    return next(one for one in Corner if (one.is_left, one.is_low) == (is_left, is_low))


class SelfView(QWidget):
    """What the patient sees of the doctor; or why nothing.

    It is dragged with the mouse; where it is let go is for its stage.
    """

    dropped = Signal()

    def __init__(self, theme: Theme, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage
        self.setObjectName("call.self")
        self._theme = theme
        self._held: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.video = VideoView(theme.color("viewer.panel"), self, fills=True)
        self.nothing = SignLabel(theme, role="small", color="warn.text", parent=self)
        self._plate = Plate(theme, self)
        self.label = SignLabel(theme, role="micro", color="text.primary")
        row = QHBoxLayout(self._plate)
        row.setContentsMargins(6, 2, 6, 2)
        row.addWidget(self.label)

    def show_words(self, you: str, glyph: str, nothing: str) -> None:
        """`nothing`: why there is no picture, "" where there is one."""
        if you != self.label.text():
            self.label.show_sign(you)
        if nothing != self.nothing.text():
            self.nothing.show_sign(nothing, glyph)
        self.nothing.setVisible(bool(nothing))
        self.video.setVisible(not nothing)
        self._place()

    @property
    def is_dragged(self) -> bool:
        """Whether it is in the doctor's hand."""
        return self._held is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.raise_()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        room = self._stage.rect().size() - self.size()
        to = self.mapToParent(event.position().toPoint() - self._held)
        self.move(min(max(to.x(), 0), room.width()), min(max(to.y(), 0), room.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("viewer.panel"))
        painter.setPen(QPen(self._theme.color("line.control"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _place(self) -> None:
        self.video.setGeometry(self.rect().adjusted(1, 1, -1, -1))
        size = self._plate.sizeHint()
        self._plate.setGeometry(6, self.height() - size.height() - 6, size.width(), size.height())
        hint = self.nothing.sizeHint()
        width = min(hint.width(), self.width() - 12)
        left = (self.width() - width) // 2
        self.nothing.setGeometry(left, (self.height() - hint.height()) // 2, width, hint.height())
