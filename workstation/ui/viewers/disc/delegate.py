"""How the rows of a disc's list are painted: a small picture, two lines, a tick where opened."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme
from workstation.ui.viewers.disc.rows import (
    GLYPHS,
    ROW_ROLE,
    DiscRows,
    HeadingRow,
    ItemRow,
    LeftOutRow,
)

PICTURE = 64
_ROW, _HEADING, _PAD, _TICK = PICTURE + 12, 34, 14, 22
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class DiscDelegate(QStyledItemDelegate):
    """Paints headings, items, and what is not opened."""

    def __init__(self, theme: Theme, model: DiscRows, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._model, self._view = theme, model, view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row, theme = index.data(ROW_ROLE), self._theme
        if isinstance(row, LeftOutRow):
            width = max(theme.px(120), self._view.viewport().width() - 2 * theme.px(_PAD))
            box = QFontMetricsF(theme.font("small")).boundingRect(
                QRectF(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap.value, row.text
            )
            return QSize(theme.px(120), round(box.height()) + theme.px(6))
        high = _HEADING if isinstance(row, HeadingRow) else _ROW
        return QSize(theme.px(120), theme.px(high))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, box, state = index.data(ROW_ROLE), QRectF(option.rect), option.state
        if isinstance(row, HeadingRow):
            self._paint_heading(painter, box, row)
        elif isinstance(row, LeftOutRow):
            self._paint_left_out(painter, box, row)
        elif isinstance(row, ItemRow):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self._paint_ground(painter, box, chosen=chosen, hovered=hovered, focused=focused)
            self._paint_item(painter, box, row)

    def _paint_heading(self, painter: QPainter, box: QRectF, row: HeadingRow) -> None:
        theme, pad = self._theme, self._theme.px(_PAD)
        place = box.adjusted(pad, theme.px(8), -pad, 0)
        self._write(painter, "smallStrong", "viewer.overlay.dim", row.text, place)
        painter.setPen(theme.color("viewer.line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_left_out(self, painter: QPainter, box: QRectF, row: LeftOutRow) -> None:
        pad = self._theme.px(_PAD)
        painter.setFont(self._theme.font("small"))
        color = "viewer.warn" if row.warn else "viewer.overlay.dim"
        painter.setPen(self._theme.color(color))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(box.adjusted(pad, 0, -pad, 0), row.text, option)

    def _paint_ground(
        self, painter: QPainter, box: QRectF, *, chosen: bool, hovered: bool, focused: bool
    ) -> None:
        theme = self._theme
        if chosen:
            painter.fillRect(box, theme.color("bg.selected"))
            bar = QRectF(box.left(), box.top(), theme.px(3), box.height())
            painter.fillRect(bar, theme.color("accent.text"))
        elif hovered:
            painter.fillRect(box, theme.color("bg.hover"))
        if chosen and focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("focus.ring"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_item(self, painter: QPainter, box: QRectF, row: ItemRow) -> None:
        theme, pad = self._theme, self._theme.px(_PAD)
        side = theme.px(PICTURE)
        square = QRectF(box.left() + pad, box.top() + (box.height() - side) / 2, side, side)
        self._paint_picture(painter, square, row)
        left = square.right() + pad
        text = QRectF(left, square.top(), box.right() - left - theme.px(_TICK) - pad, side)
        lines = [("bodyStrong", "viewer.overlay", row.title), ("small", "viewer.overlay.dim", "")]
        lines[1] = ("small", "viewer.overlay.dim", row.about)
        if row.warning:
            lines.append(("small", "viewer.warn", row.warning))
        heights = [theme.line_height(role) for role, _, _ in lines]
        top = text.center().y() - sum(heights) / 2
        for (role, color, words), height in zip(lines, heights, strict=True):
            place = QRectF(text.left(), top, text.width(), height)
            self._write(painter, role, color, words, place)
            top += height
        if row.is_opened:
            tick = QRectF(box.right() - pad - theme.px(16), box.center().y() - 8, 16, 16)
            paint_icon(painter, "check", tick, theme.color("viewer.overlay.dim"))

    def _paint_picture(self, painter: QPainter, square: QRectF, row: ItemRow) -> None:
        theme, picture = self._theme, self._model.picture(row.number)
        painter.fillRect(square, theme.color("viewer.bg"))
        if picture is not None:
            painter.drawImage(square, picture)
        else:
            side = theme.px(26)
            icon = QRectF(0, 0, side, side)
            icon.moveCenter(square.center())
            paint_icon(painter, GLYPHS[row.kind], icon, theme.color("viewer.overlay.dim"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.color("viewer.line"))
        painter.drawRect(square.adjusted(0, 0, -1, -1))

    def _write(self, painter: QPainter, role: str, color: str, text: str, box: QRectF) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(color))
        shown = self._theme.fitted(role, text, box.width())
        painter.drawText(box, _LEFT | Qt.TextFlag.TextSingleLine, shown)
