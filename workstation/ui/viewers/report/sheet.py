"""The table of a report, painted: names, values, what makes them more exact; one row is chosen."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.report.rows import Row
from workstation.ui.widgets.labels import plain_tooltip

_ROW, _GROUP, _PAD, _STEP, _GAP = 26, 34, 14, 16, 16
_NAME_SHARE, _VALUE_SHARE = 0.46, 0.2
_WIDEST = 1080
"""Beyond it a value would stand too far from its name."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_FLASH_MS = 1200


class ReportSheet(QAbstractScrollArea):
    """`chosen_changed` when another row was chosen by mouse or key."""

    chosen_changed = Signal()
    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[Row, ...] = ()
        self._tops: list[float] = [0.0]
        self._chosen: int | None = None
        self._found: frozenset[int] = frozenset()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.timeout.connect(self.viewport().update)
        self.setObjectName("reportSheet")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        theme.changed.connect(self._stack)

    @property
    def chosen(self) -> Row | None:
        """The chosen row."""
        return None if self._chosen is None else self._rows[self._chosen]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Another report, from its top; its first value is chosen."""
        self._rows, self._found = tuple(rows), frozenset()
        spoken = [n for n, row in enumerate(rows) if row.finding]
        numbers = [n for n in spoken if rows[n].is_number]
        self._chosen = next(iter(numbers or spoken), None)
        self._flash.stop()
        self._stack()
        self.verticalScrollBar().setValue(0)
        self._tell()

    def mark(self, found: frozenset[int]) -> None:
        """Marks the rows that hold what is looked for."""
        self._found = found
        self.viewport().update()

    def step(self, direction: int) -> None:
        """Chooses the next (1) or previous (-1) row that has a value."""
        start = -1 if self._chosen is None else self._chosen
        rows = range(start + 1, len(self._rows)) if direction > 0 else range(start - 1, -1, -1)
        self.choose(next((row for row in rows if self._rows[row].finding), self._chosen))

    def to_end(self, direction: int) -> None:
        """Chooses the last (1) or first (-1) row that has a value."""
        rows = range(len(self._rows))
        for row in rows[::-1] if direction > 0 else rows:
            if self._rows[row].finding:
                self.choose(row)
                return

    def choose(self, row: int | None) -> None:
        """Chooses a row and brings it into sight."""
        if row is None:
            return
        self._chosen = row
        self._bring(row)
        self._tell()

    def flash(self, row: int) -> None:
        """Chooses a row and marks it for a moment."""
        self._flash.start(_FLASH_MS)
        self.choose(row)

    def scroll_page(self, pages: int) -> bool:
        """So many views on or back; False at the end, where nothing moved."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + pages * round(0.9 * self.viewport().height()))
        return bar.value() != before

    def texts(self) -> list[str]:
        """All that is written, row by row."""
        return [_spoken(row) for row in self._rows]

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("viewer.bg"))
        offset, height = self.verticalScrollBar().value(), self.viewport().height()
        first = max(0, bisect_right(self._tops, offset) - 1)
        for place in range(first, len(self._rows)):
            if self._tops[place] > offset + height:
                break
            self._paint_row(painter, place, self._box(place).translated(0, -offset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._stack()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.activated.emit()
        row = self._row_at(event.position().y())
        if row is not None and self._rows[row].finding:
            self.choose(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = self._row_at(event.pos().y())
            text = _spoken(self._rows[row]) if row is not None else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(text[:600]), self)
            return True
        return super().viewportEvent(event)

    def _px(self, size: float) -> int:
        return self._theme.px(size)

    def _stack(self) -> None:
        """Where each row stands at this width."""
        width = self._width()
        heights = (self._height(row, width) for row in self._rows)
        self._tops = list(accumulate(heights, initial=float(self._px(6))))
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(self._px(_ROW))
        bar.setRange(0, max(0, round(self._tops[-1]) + self._px(12) - room))
        self.viewport().update()

    def _width(self) -> float:
        return float(min(self.viewport().width(), self._px(_WIDEST)))

    def _height(self, row: Row, width: float) -> float:
        if row.is_group:
            return float(self._px(_GROUP))
        if not row.is_text:
            return float(self._px(_ROW))
        metrics = QFontMetricsF(self._theme.font("body"))
        room = QRectF(0, 0, max(40.0, width - self._left(row) - self._px(_PAD)), 1e6)
        flags = _WRAPPED.value | Qt.TextFlag.TextWordWrap.value
        return self._px(_ROW) + metrics.boundingRect(room, flags, row.value).height()

    def _left(self, row: Row) -> float:
        return float(self._px(_PAD) + row.depth * self._px(_STEP))

    def _box(self, place: int) -> QRectF:
        top, bottom = self._tops[place], self._tops[place + 1]
        return QRectF(0, top, self._width(), bottom - top)

    def _row_at(self, y: float) -> int | None:
        place = bisect_right(self._tops, y + self.verticalScrollBar().value()) - 1
        return place if 0 <= place < len(self._rows) else None

    def _bring(self, row: int) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top, bottom = self._tops[row], self._tops[row + 1]
        margin = min(self._px(2 * _ROW), room // 4)
        if top - margin < bar.value():
            bar.setValue(round(top - margin))
        elif bottom + margin > bar.value() + room:
            bar.setValue(round(min(top - margin, bottom + margin - room)))
        self.viewport().update()

    def _paint_row(self, painter: QPainter, place: int, box: QRectF) -> None:
        row = self._rows[place]
        self._paint_ground(painter, place, box)
        inner = box.adjusted(self._left(row), 0, -self._px(_PAD), 0)
        if row.is_group:
            self._paint_group(painter, row, inner)
        elif row.is_text:
            self._paint_text(painter, row, inner)
        else:
            self._paint_line(painter, row, inner)
        painter.setPen(self._theme.color("viewer.line"))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _paint_ground(self, painter: QPainter, place: int, box: QRectF) -> None:
        theme = self._theme
        if self._rows[place].is_group:
            painter.fillRect(box, theme.color("viewer.panel"))
        if place in self._found:
            painter.fillRect(box, theme.color("warn.soft"))
        if place != self._chosen:
            return
        painter.fillRect(box, theme.color("bg.selected"))
        bar = QRectF(box.left(), box.top(), theme.px(3), box.height())
        painter.fillRect(bar, theme.color("accent.text"))
        if self._flash.isActive() or self.hasFocus():
            color = "viewer.measure.1" if self._flash.isActive() else "focus.ring"
            painter.setPen(theme.color(color))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_group(self, painter: QPainter, row: Row, box: QRectF) -> None:
        name = f"{row.name}: {row.note}" if row.note and row.name else row.name or row.note
        wide = self._write(painter, box, name, "bodyStrong", "viewer.overlay", _LEFT)
        rest = box.adjusted(wide + self._px(_GAP), 0, 0, 0)
        self._write(painter, rest, row.original, "small", "viewer.overlay.dim", _LEFT)

    def _paint_line(self, painter: QPainter, row: Row, box: QRectF) -> None:
        """The name ends where the value begins, however deep its group is."""
        room = self._width() - 2 * self._px(_PAD)
        name_end = self._px(_PAD) + _NAME_SHARE * room
        value_end = name_end + _VALUE_SHARE * room
        wanted = self._theme.text_width("bodyStrong", row.value) + self._px(10)
        if wanted > _VALUE_SHARE * room:
            value_end = min(box.right(), name_end + wanted)
        name = QRectF(box.left(), box.top(), name_end - box.left(), box.height())
        wide = self._write(painter, name, row.name, "body", "viewer.overlay", _LEFT)
        own = name.adjusted(wide + self._px(8), 0, 0, 0)
        if own.width() > self._px(60):
            self._write(painter, own, row.original, "small", "viewer.overlay.dim", _LEFT)
        value = QRectF(name_end + self._px(8), box.top(), 0, box.height())
        value.setRight(value_end)
        role, color = ("body", "viewer.warn") if row.is_missing else ("bodyStrong", "viewer.active")
        self._write(painter, value, row.value, role, color, _RIGHT)
        note = QRectF(value_end + self._px(_GAP), box.top(), 0, box.height())
        note.setRight(max(note.left(), box.right()))
        self._write(painter, note, row.note, "small", "viewer.overlay.dim", _LEFT)

    def _paint_text(self, painter: QPainter, row: Row, box: QRectF) -> None:
        head = QRectF(box.left(), box.top(), box.width(), self._px(_ROW) - self._px(2))
        name = f"{row.name} ({row.note})" if row.note else row.name
        self._write(painter, head, name, "small", "viewer.overlay.dim", _LEFT)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color("viewer.active"))
        flags = _WRAPPED.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(box.adjusted(0, head.height(), 0, 0), flags, row.value)

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        role: str,
        color: str,
        flags: Qt.AlignmentFlag,
    ) -> float:
        """One line, cut where it is full; its width."""
        if not text or box.width() < 8:
            return 0.0
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(color))
        shown = self._theme.fitted(role, " ".join(text.split("\n")), box.width())
        painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, shown)
        return float(min(box.width(), self._theme.text_width(role, text)))

    def _tell(self) -> None:
        row = self.chosen
        self.setAccessibleName(_spoken(row) if row is not None else "")
        self.viewport().update()
        self.chosen_changed.emit()


def _spoken(row: Row) -> str:
    """All of a row, for the tooltip and whoever listens."""
    parts = (row.name, row.value, row.note, row.original)
    return "; ".join(part for part in parts if part)
