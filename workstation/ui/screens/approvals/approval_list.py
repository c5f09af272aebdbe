"""The list of signed conclusions: three lines each, the longest wait on top."""

from datetime import timedelta

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from backend_client.models.conclusions import Approval
from workstation.ui.icons import paint_icon
from workstation.ui.record_table_model import RECORD_ROLE, Index
from workstation.ui.screens.approvals.columns import waiting_minutes, waiting_words
from workstation.ui.screens.approvals.list_filter import has_several_centres
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.screens.approvals.waiting_list import Finding
from workstation.ui.theme import Theme
from workstation.ui.widgets.standing_words import StandingWords, falls_short
from workstation.ui.wording import Wording

_ROW, _LEFT, _RIGHT = 68, 16, 14
_SHORTEST = 32
"""Logical pixels of a diagnosis below which nothing of it can be told."""
_LONG_MIN = timedelta(days=1) // timedelta(minutes=1)
"""From a day on, waiting is said loudly."""
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class ApprovalDelegate(QStyledItemDelegate):
    """Name and wait; under them diagnosis and author, and whether it was opened here; then the
    level with the number of signatures, and the centre where there are several."""

    def __init__(
        self, model: ApprovalsViewModel, theme: Theme, wording: Wording, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.ring, self.hovered = False, -1
        self._model, self._theme, self._wording = model, theme, wording
        self._standing = StandingWords(self)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(RECORD_ROLE)
        if not isinstance(one, Approval):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option.rect, index.row(), selected)
        px = self._theme.px
        box = QRectF(option.rect.adjusted(px(_LEFT), px(6), -px(_RIGHT), 0))
        self._paint_first(painter, QRectF(box.left(), box.top(), box.width(), px(20)), one)
        second = QRectF(box.left(), box.top() + px(21), box.width(), px(16))
        self._paint_second(painter, second, one)
        third = QRectF(box.left(), box.top() + px(38), box.width(), px(16))
        self._paint_third(painter, third, one)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int, selected: bool) -> None:
        theme = self._theme
        ground = "bg.hover" if row == self.hovered else "bg.panel"
        painter.fillRect(rect, theme.color("bg.selected" if selected else ground))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.color("line.subtle"))
        if selected:
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height() - 1)
            painter.fillRect(bar, theme.color("accent.fill"))
        if selected and self.ring:
            painter.setPen(theme.color("focus.ring"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def _paint_first(self, painter: QPainter, box: QRectF, one: Approval) -> None:
        long = waiting_minutes(self._wording, one) >= _LONG_MIN
        color = "warn.text" if long else "text.secondary"
        wait = waiting_words(self._wording, one)
        role = "bodyStrong" if long else "body"
        left = self._paint_right(painter, box, wait, "clock" if long else "", role, color)
        new = self._model.waiting.finding(one) is None
        room = box.adjusted(0, 0, left - box.right() - self._theme.px(8), 0)
        role = "bodyStrong" if new else "body"
        self._paint_left(painter, room, one.patient_name, role, "text.primary")

    def _paint_second(self, painter: QPainter, box: QRectF, one: Approval) -> None:
        room = QRectF(box)
        finding = self._model.waiting.finding(one)
        if finding is None and one.edition > 1:
            word = self.tr("version {}").format(one.edition)
            glyph = "arrow-counter-clockwise"
            left = self._paint_right(painter, box, word, glyph, "small", "text.secondary")
        elif finding is None:
            left = self._paint_dot(painter, box)
        elif finding is Finding.GOOD:
            word = self.tr("opened")
            left = self._paint_right(painter, box, word, "check", "small", "text.tertiary")
        else:
            words = {
                Finding.BAD_SIGNATURE: self.tr("signature not good"),
                Finding.CHANGED_FILE: self.tr("another file"),
            }
            word = words[finding]
            left = self._paint_right(painter, box, word, "x-circle", "small", "danger.text")
        room.setRight(left - self._theme.px(8))
        self._paint_left(painter, room, self._second_line(one, room), "small", "text.secondary")

    def _paint_third(self, painter: QPainter, box: QRectF, one: Approval) -> None:
        """«B-B вместо B-LTA, 1 подпись из 2»: less than was asked stands out."""
        words, px = self._standing, self._theme.px
        level = words.short(one.level, one.wanted)
        signed = words.signatures(one.signers, one.signers_wanted)
        text = ", ".join(part for part in (level, signed) if part)
        short = falls_short(one.level, one.wanted)
        color = "warn.text" if short else "text.tertiary"
        glyph = px(14)
        place = QRectF(box.left(), box.center().y() - glyph / 2, glyph, glyph)
        paint_icon(painter, "warning" if short else "pen-nib", place, self._theme.color(color))
        room = box.adjusted(glyph + px(5), 0, 0, 0)
        self._paint_left(painter, room, text, "small", color)
        if has_several_centres(self._model.waiting.all):
            taken = QFontMetricsF(self._theme.font("small")).horizontalAdvance(text)
            rest = room.adjusted(taken + px(12), 0, 0, 0)
            self._paint_left(painter, rest, one.centre_name, "small", "text.secondary")

    def _second_line(self, one: Approval, room: QRectF) -> str:
        """«Аортальный стен…, Левашова М. О.»: the diagnosis is shortened, its author is not."""
        author = f", {one.author_name}" if one.diagnosis else one.author_name
        metrics = QFontMetricsF(self._theme.font("small"))
        left = room.width() - metrics.horizontalAdvance(author)
        if left < self._theme.px(_SHORTEST):
            return one.author_name
        flat = " ".join(one.diagnosis.split("\n"))
        return metrics.elidedText(flat, Qt.TextElideMode.ElideRight, left) + author

    def _paint_dot(self, painter: QPainter, box: QRectF) -> float:
        side = self._theme.px(9)
        dot = QRectF(box.right() - side - 1, box.center().y() - side / 2, side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("unread.fill"))
        painter.drawEllipse(dot)
        painter.restore()
        return dot.left()

    def _paint_left(self, painter: QPainter, box: QRectF, text: str, role: str, color: str) -> None:
        font = self._theme.font(role)
        flat = " ".join(text.split("\n"))
        mode = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(font).elidedText(flat, mode, max(0.0, box.width()))
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(box, flags, shown)

    def _paint_right(
        self, painter: QPainter, box: QRectF, text: str, glyph: str, role: str, color: str
    ) -> float:
        """Paints a glyph and a word at the right edge; returns where they begin."""
        font = self._theme.font(role)
        left = box.right() - QFontMetricsF(font).horizontalAdvance(text) - 1
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(left, box.top(), box.right() - left, box.height()), flags, text)
        if not glyph:
            return left
        side = self._theme.px(14)
        left -= side + self._theme.px(5)
        place = QRectF(left, box.center().y() - side / 2, side, side)
        paint_icon(painter, glyph, place, self._theme.color(color))
        return left


class ApprovalList(QListView):
    """`row_chosen`: another row is current, by key or mouse."""

    row_chosen = Signal(int)

    def __init__(self, model: ApprovalsViewModel, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("approvals.list")
        self._quiet = False
        self._look = ApprovalDelegate(model, theme, wording, self)
        self.setItemDelegate(self._look)
        model.waiting.rows.rowsAboutToBeRemoved.connect(
            self._let_go
        )  # before the selection model hears
        self.setModel(model.waiting.rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name()
        theme.changed.connect(self.doItemsLayout)

    def show_row(self, row: int | None) -> None:
        """Makes the row current without telling of it; None: no row."""
        current = self.currentIndex()
        # With the focus Qt makes the first row current, and selects nothing.
        is_shown = row == current.row() and self.selectionModel().isSelected(current)
        if is_shown or (row is None and not current.isValid()):
            return
        self._quiet = True
        index = self.model().index(row, 0) if row is not None else QModelIndex()
        self.setCurrentIndex(index)
        if row is None:
            self.clearSelection()
        self._quiet = False

    def show_ring(self, ring: bool) -> None:
        """Whether the chosen row shows that the keyboard acts on it."""
        if ring != self._look.ring:
            self._look.ring = ring
            self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.show_ring(True)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.show_ring(False)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.show_ring(event.reason() in _BY_KEYBOARD)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_ring(False)
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row() and not self._quiet:
            self.row_chosen.emit(current.row())

    def _let_go(self, parent: QModelIndex, first: int, last: int) -> None:
        """A removed choice moves to no other row by itself."""
        if first <= self.currentIndex().row() <= last:
            self.show_row(None)

    def _hover(self, row: int) -> None:
        if row != self._look.hovered:
            self._look.hovered = row
            self.viewport().update()

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Signed conclusions"))
