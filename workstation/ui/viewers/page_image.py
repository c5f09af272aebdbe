"""Pages as images of their own, painted turned."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from workstation.studies.imaging import Frame


def copied(frame: Frame) -> QImage:
    """The page as an image of its own: pages stay longer than their shared memory should."""
    pixels = frame.pixels
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
    return image.copy()


def paint_turned(painter: QPainter, image: QImage, place: QRectF, turns: int) -> None:
    """The image turned by so many quarters clockwise, filling `place`."""
    if turns % 4 == 0:
        painter.drawImage(place, image)
        return
    upright = QRectF(place)
    if turns % 2:
        upright.setSize(place.size().transposed())
    upright.moveCenter(QPointF(0, 0))
    painter.save()
    painter.translate(place.center())
    painter.rotate(90 * turns)
    painter.drawImage(upright, image)
    painter.restore()
