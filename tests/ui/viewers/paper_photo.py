"""Photos of ECG paper as a telephone makes them: turned, tilted, with known places."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from tests.unit.studies.measure.ecg.hearts import RATE, heart

SHEET_MM = (250.0, 170.0)
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PaperPhoto:
    """Paper of 25 mm/s and 10 mm/mV: millimetres to the right and up from its lower left corner."""

    to_picture: Matrix
    """Shape (3, 3), homogeneous; millimetres to pixels right and down."""
    width: int
    height: int

    @classmethod
    def taken(
        cls, degrees: float = 0.0, tilt: tuple[float, float] = (0.0, 0.0), px_per_mm: float = 12.0
    ) -> "PaperPhoto":
        """Turned clockwise about its middle; tilt is what a pixel away from there adds to the
        weight of a place, each way: 6e-5 makes the far side of a sheet a fifth smaller.
        """
        angle, (width, height) = radians(degrees), SHEET_MM
        c, s = cos(angle) * px_per_mm, sin(angle) * px_per_mm
        middle = np.array([[1.0, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
        turn = np.array([[c, s, 0], [s, -c, 0], [0, 0, 1.0]])
        lean = np.array([[1.0, 0, 0], [0, 1, 0], [*tilt, 1.0]])
        return cls._framed(lean @ turn @ middle)

    @classmethod
    def _framed(cls, matrix: Matrix) -> "PaperPhoto":
        """The whole sheet, with a margin around it."""
        width, height = SHEET_MM
        corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
        seen = np.array([_mapped(matrix, corner) for corner in corners])
        low, high = seen.min(axis=0) - 60, seen.max(axis=0) + 60
        moved = np.array([[1.0, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
        size = high - low
        return cls(moved @ matrix, int(size[0]), int(size[1]))

    def at(self, right_mm: float, up_mm: float) -> tuple[float, float]:
        """Where a place of the paper is on the picture."""
        return _mapped(self.to_picture, (right_mm, up_mm))

    def pixels(self) -> npt.NDArray[np.uint8]:
        """The photo with twelve leads on it, as frames hold pixels."""
        image = QImage(self.width, self.height, QImage.Format.Format_RGB32)
        image.fill(QColor(70, 62, 54))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m = self.to_picture
        painter.setTransform(QTransform(*(float(value) for value in m.T.ravel())))
        _paint_sheet(painter)
        painter.end()
        view = np.frombuffer(image.constBits(), np.uint8).reshape(self.height, self.width, 4)
        return view.copy()


def _mapped(matrix: Matrix, place: tuple[float, float]) -> tuple[float, float]:
    x, y, weight = matrix @ np.array([*place, 1.0])
    return float(x / weight), float(y / weight)


def _paint_sheet(painter: QPainter) -> None:
    width, height = SHEET_MM
    painter.fillRect(QRectF(0, 0, width, height), QColor(246, 236, 226))
    for step, color, thick in ((1.0, (238, 200, 192), 0.1), (5.0, (216, 150, 138), 0.22)):
        painter.setPen(QPen(QColor(*color), thick))
        painter.drawLines(
            [QLineF(x, 0, x, height) for x in np.arange(0, width + 0.1, step)]
            + [QLineF(0, y, width, y) for y in np.arange(0, height + 0.1, step)]
        )
    painter.setPen(QPen(QColor(30, 28, 40), 0.32))
    for row in range(6):
        for column in range(2):
            lead = heart()[row + 6 * column].samples[: int(4.8 * RATE)]
            base, left = 150.0 - 26 * row, 5 + 122.0 * column
            x = left + np.arange(len(lead)) / RATE * 25
            points = [QPointF(a, base + 10 * b) for a, b in zip(x, lead.tolist(), strict=True)]
            painter.drawPolyline(QPolygonF(points))
