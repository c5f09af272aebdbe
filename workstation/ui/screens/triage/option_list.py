"""The lines of a panel: a digit, a tick, a title and a remark each."""

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
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

from workstation.ui.icons import paint_icon
from workstation.ui.record_table_model import Index
from workstation.ui.screens.triage.content import Choice, Option, Panel
from workstation.ui.screens.triage.option_rows import OPTION_ROLE, TICKED_ROLE, OptionRows
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap

ROW_PX = 26
LEAST_ROWS = 2
_GLYPHS = {
    (Choice.MANY, True): "check-square",
    (Choice.MANY, False): "square",
    (Choice.ONE, True): "check-circle",
    (Choice.ONE, False): "circle",
}
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class _OptionDelegate(QStyledItemDelegate):
    """Key, tick, title, remark."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.choice = Choice.MANY

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(100), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(OPTION_ROLE)
        if not isinstance(line, Option):
            return
        box, theme = QRectF(option.rect), self._theme
        self._paint_ground(painter, option, box)
        left = box.left() + theme.px(2)
        if index.row() < 9:
            paint_keycap(painter, theme, left, box.center().y() - 1, str(index.row() + 1))
        left += keycap_width(theme, "1") + theme.px(9)
        ticked = bool(index.data(TICKED_ROLE))
        size = theme.px(16)
        place = QRectF(left, box.center().y() - size / 2 - 0.5, size, size)
        color = theme.color("accent.text" if ticked else "text.tertiary")
        paint_icon(painter, _GLYPHS.get((self.choice, ticked), "circle"), place, color)
        self._paint_words(painter, box, left + size + theme.px(8), line)

    def _paint_words(self, painter: QPainter, box: QRectF, left: float, line: Option) -> None:
        title, remark = self._theme.font("body"), self._theme.font("small")
        right = box.right() - self._theme.px(6)
        shown = _elided(remark, line.remark, (right - left) * 0.45)
        used = QFontMetricsF(remark).horizontalAdvance(shown)
        painter.setFont(remark)
        painter.setPen(self._theme.color("text.tertiary"))
        painter.drawText(QRectF(left, box.top(), right - left, box.height()), _RIGHT, shown)
        room = right - left - (used + self._theme.px(12) if shown else 0)
        painter.setFont(title)
        painter.setPen(self._theme.color("text.primary"))
        area = QRectF(left, box.top(), room, box.height())
        painter.drawText(area, _LEFT, _elided(title, line.title, room))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("bg.hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))


def _elided(font: QFont, text: str, width: float) -> str:
    one_line = text.replace("\n", " ")
    return QFontMetricsF(font).elidedText(one_line, Qt.TextElideMode.ElideRight, max(0.0, width))


class OptionList(QListView):
    """As high as its lines where there is room; a press on a line is the same as its digit."""

    pressed_line = Signal(int)
    """Number of the line, from 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("triage.options")
        self._theme = theme
        self.rows = OptionRows(self)
        self.setModel(self.rows)
        self._delegate = _OptionDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(lambda index: self.pressed_line.emit(index.row() + 1))
        theme.changed.connect(self.doItemsLayout)
        theme.changed.connect(self.updateGeometry)

    def show_panel(self, panel: Panel) -> None:
        """Shows the lines of a panel, and which are chosen."""
        self._delegate.choice = panel.content.choice
        if self.rows.show_options(panel.content.options, panel.chosen):
            self.choose_line(1)
            self.updateGeometry()
        self.setVisible(bool(panel.content.options))

    def choose_line(self, number: int) -> None:
        """Makes that line the current one; `number` counts from 1."""
        self.setCurrentIndex(self.rows.index(number - 1, 0))

    def current_number(self) -> int:
        """Number of the current line, from 1; 0: none."""
        return self.currentIndex().row() + 1

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._height(self.rows.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(100), self._height(min(self.rows.rowCount(), LEAST_ROWS)))

    def keyboardSearch(self, search: str) -> None:
        """Digits choose; letters are no search."""

    def _height(self, lines: int) -> int:
        return lines * self._theme.px(ROW_PX) + 2
