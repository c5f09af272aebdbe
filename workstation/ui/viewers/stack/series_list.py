"""The series of a study at the left edge: a small picture of each, its name, how many slices."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.studies.stack import StackSeries
from workstation.studies.stack_greys import draw, grey_table, window_of_content
from workstation.ui.theme import Theme
from workstation.ui.viewers.stack.model import StackModel, StackSource
from workstation.ui.viewers.stack.words import StackWords
from workstation.ui.widgets.labels import plain_tooltip

_WIDE = 104
_HIGH = 112
_PICTURE = 64
_PAD = 6


class SeriesList(QWidget):
    """Painted; the wheel scrolls it. `series_chosen` carries the number of a series."""

    series_chosen = Signal(int)

    def __init__(self, theme: Theme, words: StackWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._model: StackModel | None = None
        self._source: StackSource | None = None
        self._pictures: dict[int, QImage] = {}
        self._top = 0
        self.setObjectName("seriesList")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_series(self, model: StackModel | None, source: StackSource | None) -> None:
        """Those of a study; hidden where there is but one."""
        self._model, self._source = model, source
        self._pictures, self._top = {}, 0
        self.setVisible(model is not None and len(model.info.series) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDE), self._theme.px(_HIGH))

    def box(self, number: int) -> QRectF:
        """Where a series stands now."""
        high = self._theme.px(_HIGH)
        return QRectF(0, number * high - self._top, self.width(), high)

    def bring_to_sight(self) -> None:
        """Scrolls to the series that is looked at."""
        if self._model is None:
            return
        box = self.box(self._model.series)
        if box.top() < 0:
            self._scroll(round(box.top()))
        elif box.bottom() > self.height():
            self._scroll(round(box.bottom()) - self.height())
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            number = self._at(event.pos().y())
            text = "" if number is None else self._told(number)
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number is not None and event.button() is Qt.MouseButton.LeftButton:
            self.series_chosen.emit(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroll(-event.angleDelta().y() // 2)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("viewer.panel"))
        if self._model is None:
            return
        for number, series in enumerate(self._model.info.series):
            box = self.box(number)
            if box.bottom() > 0 and box.top() < self.height():
                self._paint_series(painter, box, number, series)

    def _at(self, y: float) -> int | None:
        number = int((y + self._top) // self._theme.px(_HIGH))
        count = len(self._model.info.series) if self._model is not None else 0
        return number if 0 <= number < count else None

    def _scroll(self, by: int) -> None:
        count = len(self._model.info.series) if self._model is not None else 0
        most = max(0, count * self._theme.px(_HIGH) - self.height())
        self._top = min(max(self._top + by, 0), most)
        self.update()

    def _told(self, number: int) -> str:
        assert self._model is not None
        info = self._model.info
        series = info.series[number]
        lines = [self._words.series(series), self._words.count(series.count)]
        return "\n".join([*lines, *(self._words.note(note) for note in series.notes)])

    def _paint_series(
        self, painter: QPainter, box: QRectF, number: int, series: StackSeries
    ) -> None:
        theme, pad = self._theme, self._theme.px(_PAD)
        side = theme.px(_PICTURE)
        square = QRectF(box.center().x() - side / 2, box.top() + pad, side, side)
        self._paint_picture(painter, square, number)
        is_shown = self._model is not None and number == self._model.series
        painter.setPen(theme.color("viewer.active" if is_shown else "viewer.line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(-1, -1, 0, 0))
        if is_shown:
            painter.fillRect(QRectF(0, box.top(), theme.px(3), box.height()), painter.pen().color())
        line = theme.line_height("micro")
        rows: tuple[tuple[str, Callable[[], str]], ...] = (
            ("viewer.overlay", lambda: self._words.short(series)),
            ("viewer.overlay.dim", lambda: self._words.count(series.count)),
        )
        painter.setFont(theme.font("micro"))
        for place, (color, said) in enumerate(rows):
            painter.setPen(theme.color(color))
            top = square.bottom() + 2 + place * line
            at = QRectF(box.left() + pad, top, box.width() - 2 * pad, line)
            text = theme.fitted("micro", said(), at.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_picture(self, painter: QPainter, square: QRectF, number: int) -> None:
        painter.fillRect(square, self._theme.color("viewer.bg"))
        picture = self._picture(number)
        if picture is None:
            return
        box = QRectF(square)
        shape = picture.size().scaled(square.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        box.setSize(shape.toSizeF())
        box.moveCenter(square.center())
        painter.drawImage(box, picture)

    def _picture(self, number: int) -> QImage | None:
        """A small picture of the middle slice, as soon as its numbers are there."""
        if number not in self._pictures and self._model is not None and self._source is not None:
            made = small_picture(self._model, self._source, number, self._theme.px(_PICTURE))
            if made is not None:
                self._pictures[number] = made
        return self._pictures.get(number)


def small_picture(model: StackModel, source: StackSource, number: int, side: int) -> QImage | None:
    """Every so many pixels of a series' middle slice, through its own window."""
    series = model.info.series[number]
    index = series.first + series.count // 2
    one, numbers = model.info.slices[index], source.numbers(index)
    if numbers is None:
        return None
    every = max(1, max(numbers.shape) // (2 * side))
    view = one.views[0] if one.views else None
    if view is None:
        view = window_of_content(numbers, one.numbers, one.rescale)
    sampled = np.ascontiguousarray(numbers[::every, ::every])
    pixels = np.empty(sampled.shape, np.uint32)
    draw(sampled, grey_table(one.numbers, one.rescale, view, inverted=False), pixels)
    height, width = sampled.shape
    data = pixels.view(np.uint8).reshape(height, width, 4)
    image = QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    spacing = one.plane.spacing_mm
    aspect = spacing[0] / spacing[1] if spacing is not None else 1.0
    return image.scaled(
        width,
        max(1, round(height * aspect)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
