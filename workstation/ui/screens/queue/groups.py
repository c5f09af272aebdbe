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
from workstation.ui.more_commands import Offering
from workstation.ui.request_words import RequestWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel

LEAST_TAB_PX = 68
"""In which a short name stands whole."""


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
        text = f"{self._title} {count}".strip()
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def show_title(self, title: str) -> None:
        """Another name."""
        self._title = title
        self.show_count(self._count)

    def stand_in_column(self, in_column: bool) -> None:
        """Takes the whole width, with the count at the right."""
        self._in_column = in_column
        policy = QSizePolicy.Policy.Expanding if in_column else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        if self._in_column:
            return QSize(px(120), px(30))
        gap = px(6) if self._count else 0
        width = self._width("lead", self._title) + self._width("body", self._count) + gap
        return QSize(width + px(18), self._theme.size("control", "compact"))

    def minimumSizeHint(self) -> QSize:
        """A narrow window elides names, never counts."""
        px = self._theme.px
        hint = self.sizeHint()
        least = max(self._width("body", self._count) + px(38), px(LEAST_TAB_PX))
        return QSize(min(least, hint.width()), hint.height())

    def content_rect(self) -> QRectF:
        """Where the name and the count stand."""
        return QRectF(self.rect()).adjusted(self._theme.px(9), 0, -self._theme.px(9), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, checked = self._theme.px, self.isChecked()
        self._paint_ground(painter)
        box = self.content_rect()
        name = "accent.text" if checked else "text.primary" if self._in_column else "text.secondary"
        painter.setFont(self._theme.font("lead" if not self._in_column else "body"))
        painter.setPen(self._theme.color(name))
        middle = Qt.AlignmentFlag.AlignVCenter
        room = box.width() - (self._width("body", self._count) + px(6) if self._count else 0)
        font = QFontMetrics(painter.font())
        title = font.elidedText(self._title, Qt.TextElideMode.ElideRight, int(room) + 1)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, title)
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


class GroupsBeside(Offering):
    """What stands after the groups: in their column, or in their row."""

    def stand_in_column(self, in_column: bool) -> None:
        """Takes one of both forms."""
        raise NotImplementedError


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
        self._beside: GroupsBeside | None = None
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
        if self._beside is not None:
            self._beside.stand_in_column(in_column)
            self._box.setStretchFactor(self._beside, 1)
        self._box.setStretch(self._box.count() - 1, 1 if self._beside is None else 0)

    def add_beside(self, beside: "GroupsBeside") -> None:
        """What stands after the lists, of which one at a time is open with them."""
        self._beside = beside
        self._box.insertWidget(self._box.count() - 1, beside)

    @property
    def exclusive(self) -> QButtonGroup:
        """Of whatever is in it one is open; arrows go along it."""
        return self._exclusive

    def show_counts(self, counts: Mapping[QueueGroup, int]) -> None:
        """Shows how many requests each list holds."""
        for group, button in self._buttons.items():
            known = group in counts
            button.show_count(self._words.list_size(counts[group]) if known else "")

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
