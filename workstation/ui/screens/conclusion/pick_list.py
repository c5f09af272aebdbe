"""A short list to pick from under a field: what it is called before, what it says behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workstation.ui.record_table_model import Index
from workstation.ui.theme import Theme

ROW_PX, MOST_ROWS = 26, 7
_LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class PickLine:
    """`lead` stands in a column of its own; `remark` at the right, `is_faded`: not for today."""

    lead: str
    text: str
    remark: str = ""
    is_faded: bool = False


class _Lines(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[PickLine] = ()

    def show_lines(self, lines: Sequence[PickLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (line.lead, line.text, line.remark) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        return line if role == _LINE_ROLE else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, lead_px: int, lead_role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._lead_px, self._lead_role = theme, lead_px, lead_role

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(100), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE_ROLE)
        if not isinstance(line, PickLine):
            return
        theme, px, box = self._theme, self._theme.px, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("bg.selected"))
            edge = QRectF(box.left(), box.top(), px(3), box.height())
            painter.fillRect(edge, theme.color("accent.fill"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("bg.hover"))
        inner = box.adjusted(px(10), 0, -px(10), 0)
        ink = "text.tertiary" if line.is_faded else "text.primary"
        lead = theme.font(self._lead_role)
        self._write(painter, lead, inner, line.lead, ink, px(self._lead_px) - px(8))
        used = 0.0
        if line.remark:
            small = theme.font("small")
            used = QFontMetricsF(small).horizontalAdvance(line.remark) + px(12)
            painter.setFont(small)
            painter.setPen(QPen(theme.color("warn.text" if line.is_faded else "text.tertiary")))
            painter.drawText(inner, _FLAGS | Qt.AlignmentFlag.AlignRight, line.remark)
        rest = inner.adjusted(px(self._lead_px), 0, -used, 0)
        self._write(painter, theme.font("body"), rest, line.text, ink, rest.width())
        painter.restore()

    def _write(
        self, painter: QPainter, font: QFont, box: QRectF, text: str, ink: str, room: float
    ) -> None:
        painter.setFont(font)
        painter.setPen(QPen(self._theme.color(ink)))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
        painter.drawText(box, _FLAGS | Qt.AlignmentFlag.AlignLeft, shown)


class PickList(QListView):
    """As high as its lines, up to MOST_ROWS; the keys stay with the field above it."""

    picked = Signal(int)
    """Number of the line, from 0."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        parent: QWidget,
        *,
        lead_px: int,
        lead_role: str = "bodyStrong",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(theme, lead_px, lead_role, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda index: self.picked.emit(index.row()))
        theme.changed.connect(self._fit)
        self.hide()

    @property
    def lines(self) -> Sequence[PickLine]:
        """As they are shown."""
        return self._lines.lines

    @property
    def current(self) -> int:
        """Number of the chosen line, from 0; -1: none."""
        return self.currentIndex().row()

    def show_lines(self, lines: Sequence[PickLine]) -> None:
        """Shows other lines, the first one chosen; without any it is not seen."""
        self._lines.show_lines(lines)
        self._fit()
        self.setVisible(bool(lines))
        self.step(0)

    def step(self, by: int) -> None:
        """Chooses a line further down or up, as far as there are lines."""
        count = len(self._lines.lines)
        if count:
            place = min(max(max(self.current, 0) + by, 0), count - 1)
            self.setCurrentIndex(self._lines.index(place, 0))

    def _fit(self) -> None:
        rows = min(len(self._lines.lines), MOST_ROWS)
        self.setFixedHeight(rows * self._theme.px(ROW_PX) + 4)
