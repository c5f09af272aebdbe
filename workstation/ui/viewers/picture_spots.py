"""A surface over a picture on which points are put and moved: by mouse with a loupe, and by keys.

It knows nothing of what the points mean: that is its tool's. The paper of an ECG is marked on it.
"""

from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_loupe import SIDE, loupe_box, loupe_scale, paint_loupe
from workstation.ui.viewers.picture_marks import MARK, paint_cross
from workstation.ui.viewers.picture_spot_tool import Grip, PictureSight, SpotTool

_REACH = 8.0
_DRAWN_FROM = 6.0
"""Screen pixels: a press that moves no farther is a click."""
_FAR = 10


class _Hand(Enum):
    """What the doctor does the work with."""

    MOUSE = "mouse"
    KEYS = "keys"


class SpotSurface(QWidget):
    """Lies over a `PictureCanvas`, as large as it. The right or middle button pans, the wheel
    zooms about the cursor, Shift moves the cross as slowly as the loupe enlarges.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, canvas: PictureCanvas, tool: SpotTool) -> None:
        super().__init__(canvas)
        self._theme, self._canvas, self._tool = theme, canvas, tool
        self._hand = _Hand.MOUSE
        self._cursor: QPointF | None = None
        self._pen: QPointF | None = None
        """The cross that keys move, on the picture."""
        self._pressed_at: QPointF | None = None
        self._was_begun = False
        self._dragged: Spot | None = None
        self._pan_from: QPointF | None = None
        self._slow: tuple[QPointF, QPointF] | None = None
        """Where Shift went down: in the view, and on the picture."""
        self.setObjectName("spotSurface")
        tell_mouse(self, Surface.MARKS)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(canvas.rect())
        self.hide()
        canvas.installEventFilter(self)
        canvas.viewport_changed.connect(self.update)

    @property
    def sight(self) -> PictureSight:
        """What is seen now."""
        return PictureSight(self._canvas.viewport, QRectF(self.rect()))

    @property
    def pointed(self) -> Spot | None:
        """Where the cross is: what is being put or moved; None while nothing is."""
        return self._pointed()

    @property
    def loupe(self) -> QRectF | None:
        """Where the loupe stands; None while there is none."""
        spot = self._pointed()
        if spot is None or self._canvas.image.isNull():
            return None
        return loupe_box(self.sight.at(spot), QRectF(self.rect()), self._theme.px(SIDE))

    def step(self, right: int, down: int, *, far: bool = False) -> None:
        """Keys move what is held, else their own cross: by a pixel of the picture, or of the
        screen where that is less.
        """
        length = self._key_blur * (_FAR if far else 1)
        way = self._along_picture(QPointF(right, down) * length)
        self._hand = _Hand.KEYS
        if self._tool.held is not None and not self._tool.is_begun:
            self._tool.move(way.x(), way.y(), self._key_blur)
        else:
            self._pen = self._inside(self._pen_point() + way)
            self._tool.lead(self._spot_of(self._pen, self._key_blur))
        self._follow()

    def put_here(self) -> None:
        """Puts a point where the keys' cross is; from what was held the cross goes on."""
        self._hand = _Hand.KEYS
        held = self._tool.held
        if held is not None and not self._tool.is_begun:
            self._pen = QPointF(held.spots[-1].x, held.spots[-1].y)
            self._tool.hold(None)
        elif self._tool.can_put:
            self._pen = self._pen_point()
            self._tool.put(self._spot_of(self._pen, self._key_blur), self._turns)
        self._follow()

    def forget(self) -> None:
        """Another picture: no cross, nothing pressed."""
        self._cursor = self._pen = self._pressed_at = self._pan_from = None
        self._dragged, self._slow, self._hand = None, None, _Hand.MOUSE
        self.update()

    def show_held(self) -> None:
        """The loupe goes to what keys move."""
        self._hand = _Hand.KEYS
        self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._tool.paint(painter, self.sight)
        spot, box = self._pointed(), self.loupe
        if spot is None:
            return
        if self._tool.held is None or self._tool.is_begun:
            paint_cross(painter, self.sight.at(spot), self._theme.color(MARK), 12.0)
        if box is not None:
            self._paint_loupe(painter, spot, box, self._canvas.image)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        self._hand, at = _Hand.MOUSE, event.position()
        if event.button() is not Qt.MouseButton.LeftButton:
            self._pan_from = at
            return
        spot = self._mouse_spot(event)
        self._was_begun = self._tool.is_begun
        grip = None if self._was_begun else self._grip_at(at)
        if self._is_mended(at, grip):
            self._put_held(spot)
        elif grip is not None:
            self._tool.hold(grip)
            self._dragged = spot
        elif self._tool.can_put:
            self._pressed_at = at
            if self._tool.draws_lines and not self._was_begun:
                self._tool.put(spot, self._turns)
            self._tool.lead(spot)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two points that follow each other quickly are two points

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand, self._cursor = _Hand.MOUSE, event.position()
        if self._pan_from is not None:
            self._canvas.pan(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif self._dragged is not None:
            self._drag(self._mouse_spot(event))
        else:
            self._tool.lead(self._mouse_spot(event))
        self._show_cursor()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, pressed_at = event.position(), self._pressed_at
        self._pan_from = self._dragged = self._pressed_at = None
        if pressed_at is not None and self._tool.can_put:
            is_drawn = (at - pressed_at).manhattanLength() >= _DRAWN_FROM
            if self._was_begun or is_drawn or not self._tool.draws_lines:
                self._tool.put(self._mouse_spot(event), self._turns)
        self._show_cursor()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self._slow = None
            self._canvas.zoom(1 if event.angleDelta().y() > 0 else -1, event.position())
        event.accept()

    @property
    def _turns(self) -> int:
        return self._canvas.viewport.quarter_turns

    @property
    def _key_blur(self) -> float:
        return min(1.0, 1 / self._canvas.viewport.scale)

    def _pen_point(self) -> QPointF:
        """Where the keys' cross is; at first in the middle of what is seen."""
        return self._pen or self._inside(
            self._canvas.viewport.picture_point(QRectF(self.rect()).center())
        )

    def _pointed(self) -> Spot | None:
        """What the loupe shows: what is being put or moved."""
        held = self._tool.held
        if held is not None and not self._tool.is_begun:
            by_keys = self._hand is _Hand.KEYS
            return held.spots[-1] if by_keys or self._dragged is not None else self._hovered()
        if self._hand is _Hand.KEYS:
            return self._spot_of(self._pen, self._key_blur) if self._pen is not None else None
        return self._hovered()

    def _hovered(self) -> Spot | None:
        if self._cursor is None or not self._tool.can_put or self._pan_from is not None:
            return None
        point = self._mouse_point(self._cursor)
        return self._spot_of(point, 1.0) if point == self._inside(point) else None

    def _mouse_spot(self, event: QMouseEvent) -> Spot:
        """Where the cross is: at the mouse, or with Shift as much slower as the loupe enlarges."""
        is_slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        scale, at = self._canvas.viewport.scale, event.position()
        if not is_slow:
            self._slow = None
        elif self._slow is None:
            self._slow = (at, self._canvas.viewport.picture_point(at))
        return self._spot_of(self._mouse_point(at), 1 / (loupe_scale(scale) if is_slow else scale))

    def _mouse_point(self, at: QPointF) -> QPointF:
        viewport = self._canvas.viewport
        if self._slow is None:
            return viewport.picture_point(at)
        begun, point = self._slow
        return point + self._along_picture((at - begun) / loupe_scale(viewport.scale))

    def _is_mended(self, at: QPointF, grip: Grip | None) -> bool:
        """Whether a click puts what keys move: it was gone to, and nothing else can be meant."""
        held = self._tool.held
        if held is None or self._tool.can_put or len(held.spots) > 1:
            return False
        return grip is None or _length(self.sight.at(held.spots[0]) - at) <= _REACH

    def _put_held(self, spot: Spot) -> None:
        """Where nothing can be put, a click puts what keys move; it can be dragged on at once."""
        held = self._tool.held
        if held is not None and len(held.spots) == 1:
            before = held.spots[0]
            self._tool.move(spot.x - before.x, spot.y - before.y, spot.blur)
            self._dragged = spot

    def _drag(self, spot: Spot) -> None:
        before = self._dragged
        if before is not None:
            self._tool.move(spot.x - before.x, spot.y - before.y, spot.blur)
            self._dragged = spot

    def _grip_at(self, at: QPointF) -> Grip | None:
        """The nearest point within reach; else a pair by its line."""
        sight = self.sight
        points = [grip for grip in self._tool.grips() if len(grip.spots) == 1]
        away = {n: _length(sight.at(grip.spots[0]) - at) for n, grip in enumerate(points)}
        nearest = min(away, key=lambda n: away[n], default=None)
        if nearest is not None and away[nearest] <= _REACH:
            return points[nearest]
        pairs = [grip for grip in self._tool.grips() if len(grip.spots) == 2]
        ends = ((grip, [sight.at(spot) for spot in grip.spots]) for grip in pairs)
        return next((grip for grip, (a, b) in ends if _beside(at, a, b) <= _REACH), None)

    def _show_cursor(self) -> None:
        """The cross is painted where it is slower than the mouse."""
        if self._pan_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._slow is not None:
            shape = Qt.CursorShape.BlankCursor
        elif self._cursor is not None and self._grip_at(self._cursor) is not None:
            shape = Qt.CursorShape.SizeAllCursor
        else:
            can_put = self._tool.can_put
            shape = Qt.CursorShape.CrossCursor if can_put else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)

    def _follow(self) -> None:
        """What keys move stays in sight."""
        spot = self._pointed()
        if spot is not None and not self.rect().contains(self.sight.at(spot).toPoint()):
            self._canvas.bring(QPointF(spot.x, spot.y))
        self.update()

    def _along_picture(self, way: QPointF) -> QPointF:
        """A way as seen, in the upright picture's directions."""
        x, y = way.x(), way.y()
        return QPointF(*((x, y), (y, -x), (-x, -y), (-y, x))[self._turns])

    def _inside(self, point: QPointF) -> QPointF:
        size = self._canvas.viewport.picture
        x = min(size.width(), max(0.0, point.x()))
        return QPointF(x, min(size.height(), max(0.0, point.y())))

    def _paint_loupe(self, painter: QPainter, spot: Spot, box: QRectF, image: QImage) -> None:
        scale = loupe_scale(self._canvas.viewport.scale)
        point = QPointF(spot.x, spot.y)
        paint_loupe(painter, self._theme, image, point, box, scale, self._turns)

    @staticmethod
    def _spot_of(point: QPointF, blur: float) -> Spot:
        return Spot(point.x(), point.y(), blur)


def _length(way: QPointF) -> float:
    return float((way.x() ** 2 + way.y() ** 2) ** 0.5)


def _beside(at: QPointF, start: QPointF, stop: QPointF) -> float:
    """How far a point is from a line between two."""
    way, to = stop - start, at - start
    length = max(1e-9, QPointF.dotProduct(way, way))
    share = min(1.0, max(0.0, QPointF.dotProduct(to, way) / length))
    return _length(to - way * share)
