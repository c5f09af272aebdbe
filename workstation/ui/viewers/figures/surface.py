"""The surface on which figures are drawn: a picture without a tool stays the canvas's own."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.figures.tool import FigureTool
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_loupe import SIDE, loupe_box
from workstation.ui.viewers.picture_spots import SpotSurface

_LOUPE_SHARE = 0.4
"""Of the pane's lesser side."""
_CLICK = 4.0
"""Screen pixels: a press that moves no farther is a click."""


class FigureSurface(SpotSurface):
    """A click on the end of a figure begins the next one there, a pull moves it; a free line is
    pulled or clicked. The wheel goes through the frames, with Ctrl it zooms.
    """

    moved = Signal()
    """What is pointed at is elsewhere."""

    def __init__(
        self, theme: Theme, canvas: PictureCanvas, session: FigureSession, tool: FigureTool
    ) -> None:
        super().__init__(theme, canvas, tool)
        self._session, self._figures = session, tool
        self._is_given = False
        """Whether the press that is down is the canvas's."""
        self._began_at: QPointF | None = None
        self._is_pulled = False
        self.setObjectName("figureSurface")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def loupe(self) -> QRectF | None:
        """Smaller in a small pane: the figure is to be seen beside it."""
        spot = self.pointed
        if spot is None or self._canvas.image.isNull():
            return None
        room = QRectF(self.rect())
        side = min(self._theme.px(SIDE), _LOUPE_SHARE * min(room.width(), room.height()))
        return loupe_box(self.sight.at(spot), room, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._figures.keep_clear(self.loupe)
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        is_left = event.button() is Qt.MouseButton.LeftButton
        rests = not self._session.can_put and self._grip_at(at) is None
        if rests:
            if is_left:
                self._session.drop()
            self._is_given = True
            event.ignore()
            return
        if is_left:
            self._began_at, self._is_pulled = at, False
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._session.is_free and self._session.begun:
            self._session.close()
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_given:
            event.ignore()
            return
        began = self._began_at
        if began is not None and (event.position() - began).manhattanLength() >= _CLICK:
            self._is_pulled = True
        if self._is_pulled and self._dragged is None and self._session.is_free:
            self._session.trail(self._mouse_spot(event))
        super().mouseMoveEvent(event)
        self.moved.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_given:
            self._is_given = False
            event.ignore()
            return
        is_click = self._began_at is not None and not self._is_pulled
        held = self._dragged is not None
        was_pulled, self._began_at, self._is_pulled = self._is_pulled, None, False
        super().mouseReleaseEvent(event)
        if held and is_click and self._session.can_put:
            self._begin_at_held()
        elif was_pulled and not held and self._session.is_free and self._session.begun:
            self._session.close()

    def step(self, right: int, down: int, *, far: bool = False) -> None:
        super().step(right, down, far=far)
        self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _begin_at_held(self) -> None:
        """The next figure shares the point that was clicked."""
        grip = self._tool.held
        if grip is not None and len(grip.spots) == 1:
            spot = grip.spots[0]
            self._session.put(Spot(spot.x, spot.y, 0.0))
