"""The lists of the queue: a row of tabs, or a column where the window is wide."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QWidget,
)

from backend_client.models.requests import QueueGroup
from workstation.ui.request_words import RequestWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class GroupButton(QAbstractButton):
    """One list: its name and how many requests it holds."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme, self._title = theme, title
        self._count = ""
        self._in_column = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count("")
        theme.changed.connect(self.updateGeometry)

    def show_count(self, count: str) -> None:
        """Shows the number after the name, "" where it is not known."""
        self._count = count
        self.setText(f"{self._title} {count}".strip())
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def stand_in_column(self, in_column: bool) -> None:
        """Takes the whole width, with the count at the right."""
        self._in_column = in_column
        policy = QSizePolicy.Policy.Expanding if in_column else QSizePolicy.Policy.Fixed
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        if self._in_column:
            return QSize(px(120), px(30))
        gap = px(6) if self._count else 0
        width = self._width("lead", self._title) + self._width("body", self._count) + gap
        return QSize(width + px(18), self._theme.size("control", "compact"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, checked = self._theme.px, self.isChecked()
        self._paint_ground(painter)
        box = QRectF(self.rect()).adjusted(px(9), 0, -px(9), 0)
        name = "accent.text" if checked else "text.primary" if self._in_column else "text.secondary"
        painter.setFont(self._theme.font("lead" if not self._in_column else "body"))
        painter.setPen(self._theme.color(name))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, self._title)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color("accent.text" if checked else "text.tertiary"))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, self._count)

    def _paint_ground(self, painter: QPainter) -> None:
        body = QRectF(self.rect())
        radius = self._theme.px(6)
        if self.isChecked() or self.underMouse():
            chosen = "bg.panel" if self._in_column else "bg.selected"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(chosen if self.isChecked() else "bg.hover"))
            painter.drawRoundedRect(body, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), radius, radius)

    def _width(self, role: str, text: str) -> int:
        return QFontMetrics(self._theme.font(role)).horizontalAdvance(text)


class GroupBar(QFrame):
    """All lists, one of them open; arrows move between them."""

    chosen = Signal(QueueGroup)

    def __init__(
        self,
        theme: Theme,
        words: RequestWords,
        groups: Sequence[QueueGroup],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("queue.groups")
        self._theme, self._words = theme, words
        self._head = SignLabel(theme, self.tr("Groups"), role="micro")
        self._exclusive = QButtonGroup(self)
        self._buttons: dict[QueueGroup, GroupButton] = {}
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.addWidget(self._head)
        for group in groups:
            self._add(group)
        self._box.addStretch(1)
        self.stand_in_column(False)

    def stand_in_column(self, in_column: bool) -> None:
        """A column with a heading, or a row of tabs."""
        px = self._theme.px
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.TopToBottom if in_column else direction.LeftToRight)
        self._box.setSpacing(0 if in_column else px(4))
        margins = (px(8), px(12), px(8), px(8)) if in_column else (px(12), px(5), px(12), px(4))
        self._box.setContentsMargins(*margins)
        self._head.setVisible(in_column)
        self._head.setContentsMargins(px(9), 0, 0, 0)
        self.setProperty("surface", "window" if in_column else "panel")
        for button in self._buttons.values():
            button.stand_in_column(in_column)

    def show_counts(self, counts: Mapping[QueueGroup, int]) -> None:
        """Shows how many requests each list holds."""
        for group, button in self._buttons.items():
            known = group in counts
            button.show_count(self._words.time.count(counts[group]) if known else "")

    def buttons(self) -> list[GroupButton]:
        """The lists in their order."""
        return list(self._buttons.values())

    def mark(self, group: QueueGroup) -> None:
        """Shows which list is open."""
        self._buttons[group].setChecked(True)

    def _add(self, group: QueueGroup) -> None:
        button = GroupButton(self._theme, self._words.group(group))
        button.setObjectName(f"queue.group.{group.value}")
        button.clicked.connect(lambda: self.chosen.emit(group))
        self._exclusive.addButton(button)
        self._buttons[group] = button
        self._box.addWidget(button)
