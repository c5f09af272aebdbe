"""Over a calendar: which week it is, the arrows, and what the hours beside it mean."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from workstation.ui.icons import icon
from workstation.ui.screens.slot.time_words import TimeWords
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.shortcuts import with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class WeekHead(QFrame):
    """`stepped` tells -1 or 1."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, words: TimeWords) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self._theme, self._words = theme, words
        self.title = QLabel()
        self.title.setObjectName("week.title")
        self.title.setProperty("role", "title")
        self.back, self.on = QPushButton(), QPushButton()
        self.legend = SignLabel(theme)
        self.back.setObjectName("week.back")
        self.on.setObjectName("week.on")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        for widget in (self.title, self.back, self.on):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.legend)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        for button in (self.back, self.on):
            button.setProperty("kind", "flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a press Enter still proposes
        theme.changed.connect(self._dress)
        self._dress()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def show_week(self, week: WeekModel, legend: str) -> None:
        """Names the shown week; `legend` stands at the right."""
        self.title.setText(self._words.week(week.days))
        self.back.setEnabled(week.can_go_back)
        self.on.setEnabled(week.can_go_on)
        self.legend.show_sign(legend, None, "text.secondary")

    def _say(self) -> None:
        back, on = self.tr("Earlier week"), self.tr("Later week")
        words = ((self.back, back, "week.back"), (self.on, on, "week.on"))
        for button, word, action in words:
            text = with_key(word, action)
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _dress(self) -> None:
        side = self._theme.size("control", "default")
        color = self._theme.color("text.secondary")
        for button, glyph in ((self.back, "caret-left"), (self.on, "caret-right")):
            button.setIcon(QIcon(icon(glyph, color)))
            button.setFixedSize(side, side)
