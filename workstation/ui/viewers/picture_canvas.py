"""Paints one decoded picture with words at its corners, kept off the picture where there is room.

The pixels stay in shared memory: the canvas holds the frame while a QImage looks at it and gives
it back when the next one is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.studies.imaging import Frame
from workstation.studies.series_plane import NO_MARKS, EdgeMarks
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_edges import paint_edge_marks
from workstation.ui.viewers.picture_viewport import PictureViewport

_PAD = 8
_CLOSEST = 4.0
"""Screen pixels to a pixel of the picture, beyond which a place is not enlarged by itself."""


@dataclass(frozen=True, slots=True)
class CornerLine:
    """A line of words; `bright` for what identifies."""

    text: str
    bright: bool = False


@dataclass(frozen=True, slots=True)
class Corners:
    """Words at the four corners, top down."""

    top_left: Sequence[CornerLine] = ()
    top_right: Sequence[CornerLine] = ()
    bottom_left: Sequence[CornerLine] = ()
    bottom_right: Sequence[CornerLine] = ()


class PictureCanvas(QWidget):
    """Shows a frame; Ctrl+wheel zooms, dragging pans. `wheel_turned` tells of a plain wheel."""

    viewport_changed = Signal()
    wheel_turned = Signal(int)
    clicked = Signal()
    painted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame: Frame | None = None
        self._image = QImage()
        self._dress: QImage | None = None
        self._over: QImage | None = None
        self._corners = Corners()
        self._marks = NO_MARKS
        self._above, self._below = 0, 0
        """Pixels that a bar takes at the upper and at the lower edge."""
        self._plates: list[QRectF] = []
        """Where words stand over the picture."""
        self._viewport = PictureViewport(QSizeF(1, 1), QSizeF(1, 1))
        self._grabbed: QPointF | None = None
        self.setObjectName("pictureCanvas")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        theme.changed.connect(self._fit_beside_words)

    @property
    def viewport(self) -> PictureViewport:
        """How the picture stands now."""
        return self._viewport

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._image.isNull()

    @property
    def image(self) -> QImage:
        """The picture's own pixels, upright; only until another one is shown."""
        return self._image

    @property
    def corners(self) -> Corners:
        """The words at the corners."""
        return self._corners

    @property
    def words_at(self) -> tuple[QRectF, ...]:
        """Where the words of the corners stand, as last painted."""
        return tuple(self._plates)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(120))

    def expect(self, width: int, height: int, aspect: float) -> None:
        """A new picture of that size comes: fits it and forgets the old one."""
        self.clear()
        room = QSizeF(self.size())
        self._viewport = PictureViewport(QSizeF(width, height), room, aspect)
        self._fit_beside_words()

    def show_frame(self, frame: Frame) -> None:
        """Shows the frame and keeps it until the next one; gives back the one before."""
        pixels = frame.pixels
        height, width = pixels.shape[:2]
        old, self._frame = self._frame, frame
        self._image = QImage(
            pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32
        )
        self._dress = None
        if old is not None and old is not frame:
            old.release()
        self.update()

    def dress(self, image: QImage | None) -> None:
        """Shows this in the picture's place, of the same size: other shades of it. Until the next
        frame, or None."""
        self._dress = image
        self.update()

    def lay_over(self, image: QImage | None) -> None:
        """Lays a picture of the same size over it, through which it is seen; None: nothing."""
        if image is not self._over:
            self._over = image
            self.update()

    @property
    def laid_over(self) -> QImage | None:
        """What lies over the picture."""
        return self._over

    def clear(self) -> None:
        """Shows nothing and gives the frame back."""
        self._image, self._dress, self._over = QImage(), None, None
        if self._frame is not None:
            self._frame.release()
        self._frame = None
        self.update()

    def show_marks(self, marks: EdgeMarks) -> None:
        """Letters at the edges of the picture as stored; they turn with it."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def shown_marks(self) -> EdgeMarks:
        """The letters as they stand at the edges now."""
        return self._marks.turned(self._viewport.quarter_turns)

    def show_corners(self, corners: Corners) -> None:
        """Writes other words at the corners."""
        if corners != self._corners:
            widths_changed = _extent(corners) != _extent(self._corners)
            self._corners = corners
            if widths_changed:
                self._fit_beside_words()
            self.update()

    def cover(self, above: int, below: int) -> None:
        """A bar stands over so many pixels of the edge: the words make way, the picture does not
        move under the doctor's hand."""
        if (above, below) != (self._above, self._below):
            self._above, self._below = above, below
            self.update()

    def fit(self) -> None:
        """The whole picture."""
        self._set_viewport(self._viewport.fitted())

    def zoom(self, direction: int, about: QPointF | None = None) -> None:
        """A step in (1) or out (-1), keeping that point (the middle) in its place."""
        self._set_viewport(self._viewport.stepped(direction, about))

    def pan(self, by: QPointF) -> None:
        """Moves what is shown; a fitted picture stays where it is."""
        self._set_viewport(self._viewport.panned(by))

    def bring(self, point: QPointF, scale: float | None = None) -> None:
        """Puts a point of the upright picture into the middle, at that zoom or the present one."""
        self._set_viewport(self._viewport.brought_to(point, scale or self._viewport.scale))

    def show_between(self, first: QPointF, last: QPointF) -> None:
        """Brings two points of the upright picture into sight, as large as leaves some room."""
        box = QRectF(first, last).normalized()
        room, picture = self.size(), self._viewport.picture
        reach = max(box.width(), box.height(), 0.05 * min(picture.width(), picture.height()))
        fitting = min(room.width(), room.height()) / (2.5 * reach)
        scale = max(self._viewport.fit_scale, min(_CLOSEST, fitting))
        self._set_viewport(self._viewport.brought_to(box.center(), scale))

    def turn(self) -> None:
        """A quarter clockwise."""
        self._set_viewport(self._viewport.turned())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("viewer.bg"))
        self._plates.clear()
        if not self._image.isNull():
            self._paint_picture(painter)
        self._paint_corners(painter)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_over(painter)
            seen = self._viewport.target & QRectF(self.rect())
            paint_edge_marks(painter, self._theme, self.shown_marks(), seen, self._plates)
        self.painted.emit()

    def _paint_over(self, painter: QPainter) -> None:
        """What else is drawn over the picture and its words, below the letters at the edges."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_viewport(replace(self._viewport, room=QSizeF(self.size())))
        self._fit_beside_words()

    def wheelEvent(self, event: QWheelEvent) -> None:
        direction = 1 if event.angleDelta().y() > 0 else -1
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._set_viewport(self._viewport.stepped(direction, event.position()))
        elif event.angleDelta().y():
            self.wheel_turned.emit(-direction)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._set_viewport(self._viewport.panned(event.position() - self._grabbed))
            self._grabbed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None

    def _set_viewport(self, viewport: PictureViewport) -> None:
        if viewport != self._viewport:
            self._viewport = viewport
            self.viewport_changed.emit()
            self.update()

    def _paint_picture(self, painter: QPainter) -> None:
        smooth = self._viewport.scale < 4
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        self._paint_image(painter, self._dress or self._image)
        if self._over is not None:
            self._paint_image(painter, self._over)

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        """Where the picture stands, turned as it is."""
        target = self._viewport.target
        turns = self._viewport.quarter_turns
        if not turns:
            painter.drawImage(target, image)
            return
        turned = QTransform().rotate(90 * turns)
        box = QRectF(QPointF(0, 0), target.size())
        upright = turned.inverted()[0].mapRect(box)
        painter.save()
        painter.translate(target.center())
        painter.rotate(90 * turns)
        upright.moveCenter(QPointF(0, 0))
        painter.drawImage(upright, image)
        painter.restore()

    def _fit_beside_words(self) -> None:
        """Chooses whether a fitted picture leaves room for the words beside or above it."""
        plain = replace(self._viewport, zoom=None, inset=QMarginsF())
        best = max(
            (replace(plain, inset=inset) for inset in self._insets()),
            key=lambda viewport: viewport.fit_scale,
        )
        if best.fit_scale < 0.75 * plain.fit_scale:
            best = plain  # a very small place: the picture comes first, words stand on plates
        self._set_viewport(replace(self._viewport, inset=best.inset))
        self.update()

    def _insets(self) -> tuple[QMarginsF, QMarginsF]:
        """Room for the words at the sides, or above and below."""
        corners, pad = self._corners, self._theme.px(_PAD)
        height = self._theme.line_height("small")

        def wide(*groups: Sequence[CornerLine]) -> float:
            widths = [self._width(line) for group in groups for line in group]
            return max(widths) + 2 * pad if widths else 0.0

        def high(*groups: Sequence[CornerLine]) -> float:
            lines = max(len(group) for group in groups)
            return float(lines * height + 2 * pad) if lines else 0.0

        left = wide(corners.top_left, corners.bottom_left)
        right = wide(corners.top_right, corners.bottom_right)
        top = high(corners.top_left, corners.top_right)
        bottom = high(corners.bottom_left, corners.bottom_right)
        return QMarginsF(left, 0, right, 0), QMarginsF(0, top, 0, bottom)

    def _width(self, line: CornerLine) -> float:
        role = "smallStrong" if line.bright else "small"
        width = QFontMetricsF(self._theme.font(role)).horizontalAdvance(line.text)
        return min(width, self.width() / 2 - 2 * self._theme.px(_PAD))

    @property
    def corners_with_room(self) -> Corners:
        """What is written: whose it is stands above, words below give way where they would meet."""
        corners = self._corners
        pad, high = self._theme.px(_PAD), self._theme.line_height("small")
        lines = (self.height() - self._above - self._below - 2 * pad) // high
        left = max(0, lines - len(corners.top_left))
        right = max(0, lines - len(corners.top_right))
        return replace(
            corners,
            bottom_left=_last(corners.bottom_left, left),
            bottom_right=_last(corners.bottom_right, right),
        )

    def _paint_corners(self, painter: QPainter) -> None:
        corners = self.corners_with_room
        self._paint_group(painter, corners.top_left, right=False, bottom=False)
        self._paint_group(painter, corners.top_right, right=True, bottom=False)
        self._paint_group(painter, corners.bottom_left, right=False, bottom=True)
        self._paint_group(painter, corners.bottom_right, right=True, bottom=True)

    def _paint_group(
        self, painter: QPainter, lines: Sequence[CornerLine], *, right: bool, bottom: bool
    ) -> None:
        if not lines:
            return
        pad, height = self._theme.px(_PAD), self._theme.line_height("small")
        width = max(self._width(line) for line in lines) + 1
        box = QRectF(pad, self._above + pad, width, height * len(lines))
        if right:
            box.moveRight(self.width() - pad)
        if bottom:
            box.moveBottom(self.height() - self._below - pad)
        self._paint_plate(painter, box)
        for number, line in enumerate(lines):
            place = QRectF(box.left(), box.top() + number * height, width, height)
            self._paint_line(painter, line, place, right=right)

    def _paint_plate(self, painter: QPainter, box: QRectF) -> None:
        if box.intersects(self._viewport.target):
            plate = QColor(self._theme.color("viewer.bg"))
            plate.setAlphaF(0.84)
            painter.fillRect(box.adjusted(-4, -2, 4, 2), plate)
        self._plates.append(box)

    def _paint_line(
        self, painter: QPainter, line: CornerLine, place: QRectF, *, right: bool
    ) -> None:
        role = "smallStrong" if line.bright else "small"
        font = self._theme.font(role)
        painter.setFont(font)
        color = "viewer.overlay" if line.bright else "viewer.overlay.dim"
        painter.setPen(self._theme.color(color))
        mode = Qt.TextElideMode.ElideRight
        text = QFontMetricsF(font).elidedText(line.text, mode, place.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)


def _last(lines: Sequence[CornerLine], count: int) -> Sequence[CornerLine]:
    return lines[max(0, len(lines) - count) :]


def _extent(corners: Corners) -> tuple[tuple[int, ...], ...]:
    """Length of every line: while a clip plays only digits change, and the picture stays put."""
    groups = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    return tuple(tuple(len(line.text) for line in group) for group in groups)
