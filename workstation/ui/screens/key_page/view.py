"""The page of keys (`?`): what mouse and keys do now, the innermost room first, in two columns."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.shortcuts.mouse import mouse_groups
from workstation.ui.shortcuts.rows import KeyGroup, KeyRow, key_groups
from workstation.ui.theme import Theme
from workstation.ui.widgets.cover import Cover
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.painting import keycap_width, paint_keycap

_WIDTH_PX, _HEAD_PX, _ROW_PX, _TITLE_PX, _GAP_PX, _EDGE_PX = 800, 48, 26, 28, 12, 20
_BELOW_PX, _ASIDE_PX = 64, 16
"""The strip over a case, and the card at the right, stay free: whose case it is stands there."""


class KeySheet(QWidget):
    """Paints the groups, as evenly as they go into two columns; a group is not cut."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("keys.sheet")
        self._theme = theme
        self._columns: tuple[list[KeyGroup], list[KeyGroup]] = ([], [])

    @property
    def columns(self) -> tuple[list[KeyGroup], list[KeyGroup]]:
        """What stands at the left and at the right."""
        return self._columns

    def show_groups(self, groups: Sequence[KeyGroup]) -> None:
        """Shows other keys."""
        self._columns = _in_two(groups)
        self.setAccessibleName(
            ". ".join(
                f"{group.title}: " + ", ".join(f"{row.keys} {row.text}" for row in group.rows)
                for group in groups
            )
        )
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        tallest = max(self._height(column) for column in self._columns)
        return QSize(self._theme.px(_WIDTH_PX), tallest + self._theme.px(_GAP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.px(_EDGE_PX)
        width = (self.width() - 3 * edge) / 2
        for place, column in enumerate(self._columns):
            top = 0.0
            for group in column:
                top = self._paint_group(painter, group, edge + place * (width + edge), top, width)

    def _height(self, column: Sequence[KeyGroup]) -> int:
        px = self._theme.px
        return sum(px(_TITLE_PX) + px(_ROW_PX) * len(one.rows) + px(_GAP_PX) for one in column)

    def _paint_group(
        self, painter: QPainter, group: KeyGroup, left: float, top: float, width: float
    ) -> float:
        """Returns where the next one begins."""
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("smallStrong"))
        painter.setPen(theme.color("text.tertiary"))
        title = QRectF(left, top, width, px(_TITLE_PX))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, group.title)
        top += px(_TITLE_PX)
        for row in group.rows:
            self._paint_row(painter, row, QRectF(left, top, width, px(_ROW_PX)))
            top += px(_ROW_PX)
        return top + px(_GAP_PX)

    def _paint_row(self, painter: QPainter, row: KeyRow, box: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(theme.color("line.subtle"))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        caps = [row.keys] if len(row.keys) < 2 else row.keys.split("+")
        right = box.right()
        for cap in reversed(caps):
            right -= keycap_width(theme, cap)
            paint_keycap(painter, theme, right, box.center().y(), cap)
            right -= px(4)
        metrics = QFontMetricsF(theme.font("body"))
        room = max(0.0, right - px(8) - box.left())
        shown = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text.primary"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class KeyPage(Cover):
    """`open_anew` reads what the keys do at that moment; `?` again, or Esc, closes it."""

    def __init__(
        self,
        window: QWidget,
        place: Callable[[], QRect],
        theme: Theme,
        shortcuts: ShortcutRouter,
    ) -> None:
        self.sheet = KeySheet(theme)
        self._title = SignLabel(theme, role="title", color="text.primary")
        self._scroll = QScrollArea()
        super().__init__(window, place, theme, shortcuts, "keys")
        self._scroll.setWidget(self.sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        for part in (self.sheet, self._scroll.viewport()):
            part.setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title.setObjectName("keys.title")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)
        shortcuts.bind(self, "keys.close", self.close_cover)
        shortcuts.bind(self, "app.keys", self.close_cover)

    def open_anew(self) -> None:
        """Shows what the mouse does upon what is seen, and the keys that act now."""
        if self.isVisible():
            return
        reached = self._shortcuts.reached(self._window)
        everywhere_last = sorted(reached, key=lambda entry: entry.shortcut.room == "app")
        keys = key_groups(entry.shortcut.action for entry in everywhere_last)
        self.sheet.show_groups([*mouse_groups(self._window), *keys])
        self._title.show_sign(self.tr("What mouse and keys do now"))
        self._title.setContentsMargins(self._theme.px(_EDGE_PX), 0, 0, 0)
        self._title.setFixedHeight(self._theme.px(_HEAD_PX))
        self.open(self._scroll)

    def panel_rect(self, area: QRect) -> QRect:
        px = self._theme.px
        width = min(px(_WIDTH_PX), area.width() - 2 * px(_ASIDE_PX))
        corner = QPoint(area.left() + px(_ASIDE_PX), area.top() + px(_BELOW_PX))
        height = px(_HEAD_PX) + self.sheet.sizeHint().height() + 4
        return QRect(corner.x(), corner.y(), width, min(height, area.bottom() - corner.y()))


def _in_two(groups: Sequence[KeyGroup]) -> tuple[list[KeyGroup], list[KeyGroup]]:
    """The cut after which the longer column is the shortest."""

    def weight(part: Sequence[KeyGroup]) -> int:
        return sum(len(group.rows) + 2 for group in part)

    cuts = range(len(groups) + 1)
    best = min(cuts, key=lambda cut: max(weight(groups[:cut]), weight(groups[cut:])))
    return list(groups[:best]), list(groups[best:])
