"""A moving picture of a call, and nothing over it.

A frame's pixels belong to it only until the next one of its stream, so they are copied at once:
1.2 MB at 640x480, less than 0.1 ms. Frames that come while nobody looks are let go uncopied.
"""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workstation.core.call_media import CallFrame
from workstation.core.call_picture import SeenFrame

_BYTES = 4
_VEIL = 150
"""Of 255: how much of a picture that does not move any more is covered."""


class VideoView(QWidget):
    """Shows the last frame whole with bars beside it; with `fills` it is cut to fill the place."""

    def __init__(
        self, ground: QColor, parent: QWidget | None = None, *, fills: bool = False
    ) -> None:
        super().__init__(parent)
        self._ground, self._fills = ground, fills
        self._picture: QImage | None = None
        self._is_stale = False
        self.frames_shown = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def has_picture(self) -> bool:
        """Whether there is one to be seen."""
        return self._picture is not None

    @property
    def picture(self) -> QImage | None:
        """What is shown."""
        return self._picture

    def seen(self) -> SeenFrame | None:
        """What moves before the doctor's eyes, in memory of its own, as large as it came."""
        picture = self._picture
        if picture is None or self._is_stale or not self.isVisible():
            return None
        return SeenFrame(bytes(picture.constBits()), picture.width(), picture.height())

    def set_ground(self, ground: QColor) -> None:
        """What is seen beside the picture, and where there is none."""
        self._ground = ground
        self.update()

    def show_frame(self, frame: CallFrame) -> None:
        """Takes a frame over where it can be seen."""
        size = frame.width * frame.height * _BYTES
        if not self.isVisible() or size <= 0 or len(frame.pixels) != size:
            return
        picture = self._picture
        if picture is None or picture.size() != QSize(frame.width, frame.height):
            picture = QImage(frame.width, frame.height, QImage.Format.Format_RGB32)
            self._picture = picture
        memoryview(picture.bits())[:] = frame.pixels
        self.frames_shown += 1
        self._is_stale = False
        self.update()

    def set_stale(self, is_stale: bool) -> None:
        """Veils a picture that has stopped, so that nobody takes it for the present."""
        if is_stale is not self._is_stale:
            self._is_stale = is_stale
            self.update()

    def forget(self) -> None:
        """Shows nothing."""
        if self._picture is not None:
            self._picture = None
            self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._picture = None  # it would be an old one when it is seen again
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture is None:
            painter.fillRect(self.rect(), self._ground)
            return
        place = self._place(QSizeF(self._picture.size()))
        if not place.contains(QRectF(self.rect())):
            painter.fillRect(self.rect(), self._ground)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._picture)
        if self._is_stale:
            veil = QColor(self._ground)
            veil.setAlpha(_VEIL)
            painter.fillRect(self.rect(), veil)

    def _place(self, size: QSizeF) -> QRectF:
        mode = Qt.AspectRatioMode
        how = mode.KeepAspectRatioByExpanding if self._fills else mode.KeepAspectRatio
        shown = size.scaled(QSizeF(self.size()), how)
        left = (self.width() - shown.width()) / 2
        return QRectF(left, (self.height() - shown.height()) / 2, shown.width(), shown.height())
