"""The line over a trace: speed, gain and filter are always there, and a click changes them."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.set_text import SetText
from workstation.ui.viewers.ecg.words import HeaderField
from workstation.ui.widgets.labels import plain_tooltip

_GAP, _MARGIN, _LINE = 14, 10, 26
_MOST_MEASURED = 256
_LEFT = Qt.AlignmentFlag.AlignLeft
_STRONG, _USUAL = "strong", "usual"

Hints = Callable[[], Mapping[str, str]]


class EcgHeader(QWidget):
    """Fields from the left, the layout at the right.

    The least needed are left out first; where even the needed ones are too long for a line, there
    are several.
    """

    pressed = Signal(str)
    """Key of the field that was clicked: "speed", "gain", "filter", "layout", ..."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._left: list[HeaderField] = []
        self._right: list[HeaderField] = []
        self._hints: Hints = dict
        self._rows = 1
        self._boxes: list[tuple[QRectF, HeaderField]] = []
        self._widths: dict[tuple[str, str], float] = {}
        """By words and weight: measured once, for a trace is shown anew at each key."""
        self._fonts: dict[str, QFont] = {}
        """By weight."""
        self._set_text = SetText(theme)
        self.setObjectName("ecgHeader")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self._forget_widths)
        theme.changed.connect(self.updateGeometry)

    def show_fields(
        self,
        left: Sequence[HeaderField],
        right: Sequence[HeaderField],
        hints: Hints,
    ) -> None:
        """`hints` are the tooltips of the fields that can be clicked, by their keys; asked for
        where one is to be shown."""
        self._left, self._right, self._hints = list(left), list(right), hints
        self.setAccessibleName(" ".join(self.texts()))
        self._arrange()
        self.update()

    def texts(self) -> list[str]:
        """All fields, also those for which there is no room now."""
        return [field.text for field in (*self._left, *self._right)]

    def shown_texts(self) -> list[str]:
        """The fields that are painted."""
        return [field.text for _, field in self._boxes]

    def placed(self) -> list[tuple[QRectF, HeaderField]]:
        """The painted fields and their places."""
        return list(self._boxes)

    def box_of(self, key: str) -> QRectF:
        """Where the field with that key is painted; empty where it is not."""
        return next((box for box, field in self._boxes if field.key == key), QRectF())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._rows * self._theme.px(_LINE))

    def resizeEvent(self, event: QEvent) -> None:
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("ecg.paper"))
        painter.setPen(self._theme.color("ecg.grid.major"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        # The one warning colour that reads on paper in both themes.
        colors = {False: self._theme.color("ecg.label"), True: QColor(Qt.GlobalColor.darkRed)}
        for box, field in self._boxes:
            painter.setFont(self._font(field))
            painter.setPen(colors[field.warn])
            if field.key:
                self._set_text.draw(painter, _weight(field), field.text, box, _LEFT)
            else:  # words of the file: no other one has them
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | _LEFT, field.text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        field = self._field_at(event.position())
        if field is not None and field.key:
            self.pressed.emit(field.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        field = self._field_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if field and field.key else None
        self.setCursor(shape or Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """What a click there does, else all fields; words of a file are literal in it."""
        field = self._field_at(place)
        hint = self._hints().get(field.key, "") if field else ""
        return plain_tooltip(hint or "\n".join(self.texts()))

    def _field_at(self, place: QPointF) -> HeaderField | None:
        return next((field for box, field in self._boxes if box.contains(place)), None)

    def _font(self, field: HeaderField) -> QFont:
        weight = _weight(field)
        if weight not in self._fonts:
            font = self._fonts[weight] = self._theme.font("small")
            font.setWeight(QFont.Weight.DemiBold if weight == _STRONG else font.weight())
        return self._fonts[weight]

    def _width(self, field: HeaderField) -> float:
        key = (field.text, _weight(field))
        if key not in self._widths:
            if len(self._widths) >= _MOST_MEASURED:
                self._widths.clear()
            metrics = QFontMetricsF(self._font(field))
            self._widths[key] = metrics.horizontalAdvance(field.text) + 1
        return self._widths[key]

    def _forget_widths(self) -> None:
        self._widths.clear()
        self._fonts.clear()

    def _arrange(self) -> None:
        """Places the fields: in one line without those that are not needed, else in several."""
        left, right = list(self._left), list(self._right)
        # What the record is goes before the scale of the paper: the panel says it too.
        spare = [field for field in (*right, *reversed(left)) if not field.needed]
        while spare and self._length(left) + self._length(right) > self._room():
            field = spare.pop(0)
            (right if field in right else left).remove(field)
        rows = self._wrapped([*left, *right]) if self._is_long(left, right) else [left]
        self._boxes = []
        for number, row in enumerate(rows):
            self._boxes += self._placed(row, self._theme.px(_MARGIN), number)
        if len(rows) == 1 and rows[0] is left:
            start = self.width() - self._theme.px(_MARGIN) - self._length(right)
            self._boxes += self._placed(right, start + self._theme.px(_GAP), 0)
        self._set_rows(len(rows))

    def _is_long(self, left: Sequence[HeaderField], right: Sequence[HeaderField]) -> bool:
        return self._length(left) + self._length(right) > self._room()

    def _room(self) -> float:
        return self.width() - 2 * self._theme.px(_MARGIN) + self._theme.px(_GAP)

    def _length(self, fields: Sequence[HeaderField]) -> float:
        return sum(self._width(field) + self._theme.px(_GAP) for field in fields)

    def _wrapped(self, fields: Sequence[HeaderField]) -> list[list[HeaderField]]:
        rows: list[list[HeaderField]] = [[]]
        for field in fields:
            if rows[-1] and self._length([*rows[-1], field]) > self._room():
                rows.append([])
            rows[-1].append(field)
        return rows

    def _set_rows(self, rows: int) -> None:
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()

    def _placed(
        self, fields: Sequence[HeaderField], x: float, row: int
    ) -> list[tuple[QRectF, HeaderField]]:
        boxes = []
        height = self._theme.px(_LINE)
        for field in fields:
            width = self._width(field)
            boxes.append((QRectF(x, row * height, width, height - 1), field))
            x += width + self._theme.px(_GAP)
        return boxes


def _weight(field: HeaderField) -> str:
    return _STRONG if field.strong or field.warn else _USUAL
