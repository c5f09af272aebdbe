"""Words on a printed sheet, set in the device's own dots."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from workstation.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class SheetText:
    """Writes where the painter's unit is a millimetre; `scale`: the device's dots in one."""

    painter: QPainter
    theme: Theme
    scale: float

    def write(
        self,
        place: QRectF,
        text: str,
        size_mm: float,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """In the device's own dots: letters of 3 units would be set as coarsely as on a screen."""
        painter = self.painter
        painter.save()
        box = painter.transform().mapRect(place)
        painter.resetTransform()
        font = self.font(size_mm, weight)
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if needed > box.width():  # smaller letters: nothing of what is written may be left out
            font = self.font(size_mm * box.width() / needed, weight)
        painter.setFont(font)
        painter.setPen(QColor(Qt.GlobalColor.black))
        painter.drawText(box, align | Qt.AlignmentFlag.AlignTop, text)
        painter.restore()

    def beside(self, line: QRectF, right: str, size_mm: float) -> QRectF:
        """What is left of the line beside the words at its right."""
        width = QFontMetricsF(self.font(size_mm)).horizontalAdvance(right) / self.scale
        return line.adjusted(0, 0, -width - 3 if right else 0, 0)

    def font(self, size_mm: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Letters of that height of the body."""
        font = QFont(self.theme.font("body"))
        font.setPixelSize(max(1, int(size_mm * self.scale)))
        font.setWeight(weight)
        # Other forms of digits and colons have no letter in the PDF: nobody could search for them.
        font.clearFeatures()
        font.setFeature(QFont.Tag("calt"), 0)
        return font
