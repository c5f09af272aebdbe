"""The centre's checklist on the card: one line an item, its key, what is there, what is missing."""

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from backend_client.models.requests import ChecklistItem, ItemState
from workstation.ui.icons import paint_icon
from workstation.ui.record_table_model import RECORD_ROLE, Index, RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap

ROW_PX = 26
_GLYPHS = {
    ItemState.PRESENT: ("check-circle", "ok.mark"),
    ItemState.MISSING: ("warning-circle", "danger.text"),
    ItemState.ABSENT: ("circle", "text.tertiary"),
    ItemState.NOT_APPLICABLE: ("prohibit", "text.tertiary"),
}


class ChecklistDelegate(QStyledItemDelegate):
    """Key, glyph, title, a dot for what was not opened, and what there is."""

    def __init__(self, theme: Theme, words: RequestWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(100), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(RECORD_ROLE)
        if not isinstance(item, ChecklistItem):
            return
        box = QRectF(option.rect)
        self._paint_ground(painter, option, box)
        left = box.left() + self._paint_key(painter, box, index.row())
        left += self._paint_state(painter, box, left, item.state)
        right = box.right() - self._paint_facts(painter, box, left, item)
        self._paint_title(painter, QRectF(left, box.top(), right - left, box.height()), item)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("bg.hover"))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, self._theme.color("line.subtle"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -2))

    def _paint_key(self, painter: QPainter, box: QRectF, row: int) -> float:
        key = str(row + 1)
        width = keycap_width(self._theme, key)
        if row < 9:
            paint_keycap(painter, self._theme, box.left() + 1, box.center().y() - 1, key)
        return width + self._theme.px(9)

    def _paint_state(self, painter: QPainter, box: QRectF, left: float, state: ItemState) -> float:
        glyph, color = _GLYPHS.get(state, ("question", "warn.text"))
        size = self._theme.px(15)
        place = QRectF(left, box.center().y() - size / 2 - 0.5, size, size)
        paint_icon(painter, glyph, place, self._theme.color(color))
        return size + self._theme.px(8)

    def _paint_title(self, painter: QPainter, box: QRectF, item: ChecklistItem) -> None:
        there = item.state in (ItemState.PRESENT, ItemState.MISSING)
        unopened = item.state is ItemState.PRESENT and item.unopened_count > 0
        font = self._theme.font("body")
        painter.setFont(font)
        painter.setPen(self._theme.color("text.primary" if there else "text.secondary"))
        title = _elided(font, item.title, box.width() - self._theme.px(14))
        painter.drawText(box, _LEFT, title)
        if unopened:
            left = box.left() + QFontMetricsF(font).horizontalAdvance(title) + self._theme.px(6)
            dot = QRectF(left, box.center().y() - 3.5, 6, 6)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("unread.fill"))
            painter.drawEllipse(dot)
            painter.restore()

    def _paint_facts(
        self, painter: QPainter, box: QRectF, left: float, item: ChecklistItem
    ) -> float:
        """What there is of the item, at the right; returns the width used."""
        font = self._theme.font("small")
        title = QFontMetricsF(self._theme.font("body")).horizontalAdvance(item.title)
        whole = box.right() - left
        room = max(whole * 0.45, whole - title - self._theme.px(24))
        text = _elided(font, self._words.item_state(item), room)
        missing = item.state is ItemState.MISSING
        painter.setFont(font)
        painter.setPen(self._theme.color("danger.text" if missing else "text.tertiary"))
        painter.drawText(box, _RIGHT, text)
        return QFontMetricsF(font).horizontalAdvance(text) + self._theme.px(8)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def _elided(font: QFont, text: str, width: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


class ChecklistView(QListView):
    """As high as its items; the column around it scrolls."""

    def __init__(
        self, theme: Theme, words: RequestWords, items: RecordTableModel[ChecklistItem]
    ) -> None:
        super().__init__()
        self.setObjectName("card.checklist")
        self.setAccessibleName(self.tr("Checklist of documents"))
        self._theme = theme
        self._items = items
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(ChecklistDelegate(theme, words, self))
        self.setModel(items)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for changed in (items.modelReset, items.rowsInserted, items.rowsRemoved, theme.changed):
            changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._items.rowCount() * self._theme.px(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(100), self.sizeHint().height())

    def keyboardSearch(self, search: str) -> None:
        """Digits open items; letters are shortcuts."""
