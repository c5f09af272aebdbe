"""The values of a beat, painted: ours and the device's side by side, ST lead by lead."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.beat.rows import StBlock, StRow, ValueRow
from workstation.ui.widgets.labels import plain_tooltip

_ROW, _MARGIN, _GAP = 20, 12, 18
_LABEL, _VALUE, _NOTE, _DEVICE = 78, 64, 78, 54
_LEAD, _LEVEL = 36, 43
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class BeatTable(QWidget):
    """Values at the left, ST at their right, or below where it is narrow."""

    lead_pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[ValueRow, ...] = ()
        self._headings = ("", "", "")
        self._st = StBlock("", "")
        self.setObjectName("beatTable")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._fit)

    def show_rows(
        self, headings: tuple[str, str, str], rows: Sequence[ValueRow], st: StBlock
    ) -> None:
        """Shows other values."""
        self._headings, self._rows, self._st = headings, tuple(rows), st
        self.setAccessibleName("; ".join(self.texts()))
        self._fit()
        self.update()

    def texts(self) -> list[str]:
        """All that is written, row by row."""
        rows = [" ".join(filter(None, (r.label, r.value, r.note, r.device))) for r in self._rows]
        levels = [f"{self._st.title} {row.lead} {' '.join(row.values)}" for row in self._st.rows]
        return [*rows, *levels, *([self._st.why_not] if self._st.why_not else [])]

    def full_width(self) -> int:
        """With both blocks side by side."""
        return self._values_width() + self._px(_GAP) + self._st_width() + 2 * self._px(_MARGIN)

    def sizeHint(self) -> QSize:
        return QSize(self.full_width(), self._height(is_wide=self.width() >= self.full_width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._values_width() + 2 * self._px(_MARGIN), self.sizeHint().height())

    def resizeEvent(self, event: QEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_headings(painter)
        for number, row in enumerate(self._rows, 1):
            self._paint_row(painter, row, self._value_box(number))
        self._paint_st(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._st_row_at(event.position())
        if row is not None:
            self.lead_pressed.emit(row.lead)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(
                event.globalPos(), plain_tooltip(self._tip_at(QPointF(event.pos()))), self
            )
            return True
        return super().event(event)

    def _fit(self) -> None:
        self.setMinimumHeight(self._height(is_wide=self._is_wide()))
        self.updateGeometry()

    def _is_wide(self) -> bool:
        return self.width() >= self.full_width()

    def _height(self, *, is_wide: bool) -> int:
        values = len(self._rows) + 1
        levels = len(self._st.rows) + 1 + bool(self._st.why_not)
        rows = max(values, levels) if is_wide else values + levels + 1
        return rows * self._px(_ROW) + self._px(_MARGIN)

    def _px(self, size: float) -> int:
        return self._theme.px(size)

    def _values_width(self) -> int:
        return self._px(_LABEL) + self._px(_VALUE) + self._px(_NOTE) + self._px(_DEVICE) + 8

    def _st_width(self) -> int:
        return self._px(_LEAD) + 3 * self._px(_LEVEL)

    def _value_box(self, number: int) -> QRectF:
        height = self._px(_ROW)
        return QRectF(self._px(_MARGIN), number * height, self._values_width(), height)

    def _st_box(self, number: int) -> QRectF:
        height, left, first = self._px(_ROW), float(self._px(_MARGIN)), 0
        if self._is_wide():
            left += self._values_width() + self._px(_GAP)
        else:
            first = len(self._rows) + 2
        return QRectF(left, (first + number) * height, self._st_width(), height)

    def _paint_headings(self, painter: QPainter) -> None:
        label, value, note, device = self._columns(self._value_box(0))
        color = "text.tertiary"
        measured, _, device_heading = self._headings
        both = label.united(value)
        self._text(painter, both, measured, "micro", color, _RIGHT)
        self._text(painter, note.united(device), device_heading, "micro", color, _RIGHT)
        self._line(painter, self._value_box(0))

    def _paint_row(self, painter: QPainter, row: ValueRow, box: QRectF) -> None:
        label, value, note, device = self._columns(box)
        plain = "text.secondary"
        if row.wide_note:
            note = note.united(device)
        if not row.value:
            label = label.united(value) if len(row.label) > 10 else label
            note = note.united(value) if len(row.label) <= 10 else note
        self._text(painter, label, row.label, "small", plain, _LEFT)
        strong = "text.secondary" if row.is_proposed else "text.primary"
        self._text(painter, value, row.value, "smallStrong", strong, _RIGHT)
        if row.is_proposed and row.value:
            self._dashes(painter, value, row.value)
        color = "warn.text" if row.warn else "text.tertiary"
        self._text(painter, note, row.note, "micro", color, _LEFT)
        self._text(painter, device, row.device, "small", plain, _RIGHT)

    def _paint_st(self, painter: QPainter) -> None:
        st = self._st
        heading = self._st_box(0)
        self._text(painter, heading, st.title, "micro", "text.tertiary", _LEFT)
        if st.why_not:
            box = self._st_box(1)
            self._text(painter, box, st.why_not, "micro", "text.secondary", _LEFT)
        else:
            for column, name in enumerate(("J", "J+60", "J+80")):
                box = self._level_box(0, column)
                self._text(painter, box, name, "micro", "text.tertiary", _RIGHT)
        self._line(painter, heading)
        for number, row in enumerate(st.rows, 1):
            self._paint_levels(painter, row, number)

    def _paint_levels(self, painter: QPainter, row: StRow, number: int) -> None:
        box = self._st_box(number)
        if row.is_chosen:
            ground = box.adjusted(-self._px(6), 0, self._px(6), 0)
            painter.fillRect(ground, self._theme.color("bg.selected"))
        lead = f"{row.lead} •" if row.is_listed else row.lead
        self._text(painter, box, lead, "small", "text.secondary", _LEFT)
        color = "text.secondary" if self._st.is_proposed else "text.primary"
        for column, text in enumerate(row.values):
            self._text(painter, self._level_box(number, column), text, "small", color, _RIGHT)

    def _level_box(self, number: int, column: int) -> QRectF:
        box = self._st_box(number)
        left = box.left() + self._px(_LEAD) + column * self._px(_LEVEL)
        return QRectF(left, box.top(), self._px(_LEVEL), box.height())

    def _columns(self, box: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        found, left = [], box.left()
        for size, gap in ((_LABEL, 0), (_VALUE, 8), (_NOTE, 0), (_DEVICE, 0)):
            width = self._px(size)
            found.append(QRectF(left, box.top(), width, box.height()))
            left += width + gap
        label, value, note, device = found
        return label, value, note, device

    def _text(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        role: str,
        color: str,
        flags: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(color))
        painter.drawText(box, flags, self._theme.fitted(role, text, box.width()))

    def _dashes(self, painter: QPainter, box: QRectF, text: str) -> None:
        """Under a value that waits for the doctor's word."""
        width = self._theme.text_width("smallStrong", text)
        pen = QPen(self._theme.color("text.tertiary"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        y = box.bottom() - 2.5
        painter.drawLine(QPointF(box.right() - width, y), QPointF(box.right(), y))

    def _line(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QColor(self._theme.color("line.subtle")))
        painter.drawLine(
            QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5)
        )

    def _st_row_at(self, place: QPointF) -> StRow | None:
        rows = enumerate(self._st.rows, 1)
        return next((row for n, row in rows if self._st_box(n).contains(place)), None)

    def _tip_at(self, place: QPointF) -> str:
        for number, row in enumerate(self._rows, 1):
            if self._value_box(number).contains(place):
                return ". ".join(part for part in (row.note, row.tip) if part)
        return ""
