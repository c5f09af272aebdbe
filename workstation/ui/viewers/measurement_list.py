"""The list of measurements beside the pictures: grouped by file, ticked where in the conclusion."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme
from workstation.ui.viewers.measurement_rows import (
    ENTRY_ROLE,
    Entry,
    MeasurementHeading,
    MeasurementRow,
    MeasurementRows,
    RowKey,
)
from workstation.ui.widgets.labels import wrap

_TICK_PX = 34
"""So far from the left a press is meant for the tick."""
_HEADING, _LINE, _MORE = 28, 26, 16
"""Heights: of a heading, of a line, of each further line of the same row."""
_MOST_LINES = 5
"""Of a label, of a value."""


class MeasurementDelegate(QStyledItemDelegate):
    """Paints a heading, or a tick, a colour, what it is and its value; the value in lines of its
    own where both have no room beside each other. Nothing of a line is cut."""

    def __init__(self, theme: Theme, view: "MeasurementList") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        entry, height = index.data(ENTRY_ROLE), _LINE
        if isinstance(entry, MeasurementHeading):
            height = _HEADING
        elif isinstance(entry, MeasurementRow) and self.is_tall(entry):
            label, value = self.lines_of(entry)
            height = _LINE + (len(label) + len(value) - 1) * _MORE
        return QSize(self._theme.px(120), self._theme.px(height))

    def is_tall(self, row: MeasurementRow) -> bool:
        """Whether the value stands below the label."""
        value = self._width(_role_of(row), row.value) + self._sign_width(row)
        return self._width("small", row.label) + self._theme.px(8) + value > self._room(row)

    def _room(self, row: MeasurementRow) -> int:
        px = self._theme.px
        color = px(16) if row.color else 0
        return self._view.viewport().width() - px(_TICK_PX) - px(12) - color

    def _sign_width(self, row: MeasurementRow) -> int:
        return self._theme.px(19) if row.warning and not row.is_missing else 0

    def lines_of(self, row: MeasurementRow) -> tuple[list[str], list[str]]:
        """The label's and the value's lines of a tall row."""
        room = self._room(row)
        return (
            self._wrapped(row.label, "small", room),
            self._wrapped(row.value, _role_of(row), room - self._sign_width(row)),
        )

    def _wrapped(self, text: str, role: str, room: int) -> list[str]:
        """A file may name its parts in whole pages: what is beyond some lines is cut."""
        lines = wrap(text, self._theme, role, room)
        return [*lines[: _MOST_LINES - 1], "".join(lines[_MOST_LINES - 1 :])][: len(lines)]

    def _width(self, role: str, text: str) -> float:
        return self._theme.text_width(role, text) + 1

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry, box = index.data(ENTRY_ROLE), QRectF(option.rect)
        if isinstance(entry, MeasurementHeading):
            place = box.adjusted(self._theme.px(12), self._theme.px(6), -self._theme.px(12), 0)
            self._write(painter, entry.title, place, "small", "text.tertiary")
        elif isinstance(entry, MeasurementRow):
            self._paint_ground(painter, box, option.state)
            self._paint_row(painter, box, entry)

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.color("bg.selected"))
            bar = QRectF(box.left(), box.top(), self._theme.px(3), box.height())
            painter.fillRect(bar, self._theme.color("accent.text"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("bg.hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("focus.ring"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_row(self, painter: QPainter, box: QRectF, row: MeasurementRow) -> None:
        px, middle = self._theme.px, box.center().y()
        tick = QRectF(box.left() + px(11), middle - px(8), px(16), px(16))
        if not row.is_missing and (self._view.can_note or row.is_noted or row.is_proposed):
            glyph, color = _sign_of(row)
            paint_icon(painter, glyph, tick, self._theme.color(color))
        left = box.left() + px(_TICK_PX)
        if row.color:
            mark = QRectF(left, middle - px(5), px(10), px(10))
            # Colours of the paper are dark: here they stand on a piece of it.
            painter.fillRect(mark, self._theme.color("ecg.paper"))
            painter.fillRect(mark.adjusted(2, 2, -2, -2), self._theme.color(row.color))
            left += px(16)
        room = QRectF(left, box.top(), box.right() - px(12) - left, box.height())
        if self.is_tall(row):
            self._paint_lines(painter, room, row)
        else:
            self._paint_words(painter, room, row)

    def _paint_lines(self, painter: QPainter, room: QRectF, row: MeasurementRow) -> None:
        """The label from the left, a value on the right under it."""
        more = self._theme.px(_MORE)
        place = QRectF(room.left(), room.top() + self._theme.px(5), room.width(), more)
        label, value = self.lines_of(row)
        for line in label:
            self._write(painter, line, place, "small", "text.secondary")
            place.translate(0, more)
        if row.is_missing:
            for line in value:
                self._write(painter, line, place, "small", "text.tertiary")
                place.translate(0, more)
            return
        first = True
        for line in value:
            shown = replace(row, label="", value=line, warning=row.warning if first else "")
            self._paint_words(painter, place, shown)
            place.translate(0, more)
            first = False

    def _paint_words(self, painter: QPainter, room: QRectF, row: MeasurementRow) -> None:
        """In one line, where both have room."""
        if row.is_missing:
            self._paint_missing(painter, room, row)
            return
        wide = min(self._width("smallStrong", row.value), room.width())
        value = QRectF(room.right() - wide, room.top(), wide, room.height())
        self._write(painter, row.value, value, "smallStrong", _color_of(row))
        if row.warning:
            size = self._theme.px(14)
            wide += size + self._theme.px(5)
            sign = QRectF(room.right() - wide, room.center().y() - size / 2, size, size)
            paint_icon(painter, "warning", sign, self._theme.color("viewer.warn"))
        label = room.adjusted(0, 0, -wide - self._theme.px(8), 0)
        self._write(painter, row.label, label, "small", "text.secondary")

    def _paint_missing(self, painter: QPainter, room: QRectF, row: MeasurementRow) -> None:
        gap = self._theme.px(8) if row.label else 0
        label = min(self._width("small", row.label), room.width()) if row.label else 0.0
        rest = max(0.0, room.width() - label - gap)
        wide = min(self._width("small", row.value), rest)
        place = QRectF(room.right() - wide, room.top(), wide, room.height())
        self._write(painter, row.value, place, "small", "text.tertiary")
        named = QRectF(room.left(), room.top(), label, room.height())
        self._write(painter, row.label, named, "small", "text.secondary")

    def _write(self, painter: QPainter, text: str, box: QRectF, role: str, color: str) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        room = max(0.0, box.width())
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, shown)


class MeasurementList(QListView):
    """`chosen`, `confirm_wanted`, `note_wanted` carry a `RowKey`.

    Arrows choose; Enter confirms what is proposed; a press on the tick wants the line in the
    conclusion.
    """

    chosen = Signal(object)
    confirm_wanted = Signal(object)
    note_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_told = False
        self.can_note = True
        """Whether lines are offered to the conclusion: else they bear no tick."""
        self.rows = MeasurementRows(self)
        self.setObjectName("measurementList")
        self.setModel(self.rows)
        self.setItemDelegate(MeasurementDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setAccessibleName(self.tr("Measurements"))
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(self._activate)
        theme.changed.connect(self.doItemsLayout)

    def show_rows(self, entries: Sequence[Entry], chosen: RowKey | None) -> None:
        """Shows the lines, that one chosen."""
        self._is_told = True
        self.rows.show_entries(entries)
        row = self.rows.row_of(chosen) if chosen is not None else None
        if row is None:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
        elif self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.rows.index(row))
        self._is_told = False
        self.updateGeometry()

    def let_note(self, *, is_let: bool) -> None:
        """Whether lines are offered to the conclusion."""
        if is_let != self.can_note:
            self.can_note = is_let
            self.viewport().update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        rows = range(self.rows.rowCount())
        height = sum(self.sizeHintForIndex(self.rows.index(row)).height() for row in rows)
        return QSize(self._theme.px(188), height + self._theme.px(8))

    def minimumSizeHint(self) -> QSize:
        least = min(self.sizeHint().height(), self._theme.px(_HEADING + 3 * _LINE))
        return QSize(self._theme.px(120), least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # other rows have no room for both in one line
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position().toPoint())
        on_tick = event.position().x() < self._theme.px(_TICK_PX)
        self._is_told = True
        super().mousePressEvent(event)
        self._is_told = False
        if key is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(key)
            if on_tick and self.can_note:
                self.note_wanted.emit(key)

    def _key_at(self, place: QPoint) -> RowKey | None:
        entry = self.rows.entry(self.indexAt(place).row())
        return entry.key if isinstance(entry, MeasurementRow) else None

    def _current_changed(self, index: QModelIndex) -> None:
        """By the keyboard: what the list was told to show is no news, and a press tells itself."""
        entry = self.rows.entry(index.row())
        if not self._is_told and isinstance(entry, MeasurementRow) and self.hasFocus():
            self.chosen.emit(entry.key)

    def _activate(self, index: QModelIndex) -> None:
        entry = self.rows.entry(index.row())
        if isinstance(entry, MeasurementRow):
            wanted = self.confirm_wanted if entry.is_proposed else self.chosen
            wanted.emit(entry.key)


def _color_of(row: MeasurementRow) -> str:
    if row.warning:
        return "viewer.warn"
    return "text.secondary" if row.is_proposed else "text.primary"


def _role_of(row: MeasurementRow) -> str:
    """Of the value's letters."""
    return "small" if row.is_missing else "smallStrong"


def _sign_of(row: MeasurementRow) -> tuple[str, str]:
    """Glyph and colour before a line."""
    if row.is_proposed:
        return "question", "viewer.warn"
    return ("check-square", "ok.text") if row.is_noted else ("square", "text.tertiary")
