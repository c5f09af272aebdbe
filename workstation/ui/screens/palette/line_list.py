"""The palette's lines: the command with the letters that were meant, its room, its key."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from workstation.ui.screens.palette.view_model import Line
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap

ROW_PX = 34
_Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """The lines, for the list and for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Shows other lines."""
        if lines is not self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of that row."""
        return self._lines[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        command = self._lines[index.row()].command
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (command.title, command.room, command.key)
            return ", ".join(part for part in parts if part)
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints a line: title at the left, room and keycap at the right."""

    def __init__(self, theme: Theme, model: LinesModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, px = self._theme, self._theme.px
        line = self._model.line(index.row())
        box = QRectF(option.rect)
        is_chosen = index.row() == self._chosen(option)
        painter.save()
        if is_chosen:
            painter.fillRect(box, theme.color("bg.selected"))
            painter.fillRect(QRectF(0, box.top(), px(3), box.height()), theme.color("accent.fill"))
        right = self._paint_key(painter, line, box.right() - px(16), box.center().y())
        right = self._paint_room(painter, line, box, right)
        self._paint_title(painter, line, box.adjusted(px(16), 0, 0, 0), right - px(12))
        painter.restore()

    @staticmethod
    def _chosen(option: QStyleOptionViewItem) -> int:
        view = option.widget
        return view.currentIndex().row() if isinstance(view, QListView) else -1

    def _paint_key(self, painter: QPainter, line: Line, right: float, middle: float) -> float:
        """Returns where it begins; a chord is a cap for each of its keys."""
        key = line.command.key
        keys = key.split("+") if len(key) > 1 else [key] if key else []
        for one in reversed(keys):
            right -= keycap_width(self._theme, one)
            paint_keycap(painter, self._theme, right, middle, one)
            right -= self._theme.px(4)
        return right

    def _paint_room(self, painter: QPainter, line: Line, box: QRectF, right: float) -> float:
        font = self._theme.font("small")
        width = QFontMetricsF(font).horizontalAdvance(line.command.room) + 1
        left = right - self._theme.px(8) - width
        painter.setFont(font)
        painter.setPen(self._theme.color("text.tertiary"))
        area = QRectF(left, box.top(), width, box.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, line.command.room)
        return left

    def _paint_title(self, painter: QPainter, line: Line, box: QRectF, right: float) -> None:
        plain, strong = self._theme.font("body"), self._theme.font("body")
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setPen(self._theme.color("text.primary"))
        left = box.left()
        for text, is_marked in _pieces(line):
            font = strong if is_marked else plain
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, right - left))
            painter.setFont(font)
            area = QRectF(left, box.top(), max(0.0, right - left) + 1, box.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
            left += metrics.horizontalAdvance(shown)


class LineList(QListView):
    """`pressed_line` when one is clicked. The keyboard stays in the field above."""

    pressed_line = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("palette.lines")
        self._lines = LinesModel()
        self._delegate = LineDelegate(theme, self._lines)
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.pressed_line.emit(index.row()))

    def show_lines(self, lines: list[Line], chosen: int) -> None:
        """Shows the lines; the chosen one is in sight."""
        self._lines.show_lines(lines)
        if lines:
            self.setCurrentIndex(self._lines.index(chosen))
        self.viewport().update()


def _pieces(line: Line) -> list[tuple[str, bool]]:
    """The title cut where marked letters begin or end."""
    pieces: list[tuple[str, bool]] = []
    for place, letter in enumerate(line.command.title):
        is_marked = place in line.marks
        if pieces and pieces[-1][1] is is_marked:
            pieces[-1] = (pieces[-1][0] + letter, is_marked)
        else:
            pieces.append((letter, is_marked))
    return pieces
