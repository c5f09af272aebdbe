"""The doctor's week: appointments and offers, live (OZ-8, OZ-10)."""

from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from workstation.ui.screens.slot.pictures import entry_blocks, week_picture
from workstation.ui.screens.slot.time_words import TimeWords
from workstation.ui.screens.slot.week_head import WeekHead
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.placeholder import Placeholder
from workstation.ui.widgets.week_calendar import WeekCalendar
from workstation.ui.wording import Wording

_CLOCK_MS = 15_000


class WeekView(QFrame):
    """Reads the schedule while it is seen."""

    opened = Signal(str)
    """An appointment was pressed: its request's id."""

    def __init__(
        self, week: WeekModel, theme: Theme, shortcuts: ShortcutRouter, wording: Wording
    ) -> None:
        super().__init__()
        self.setObjectName("weekView")
        self.setProperty("surface", "panel")
        self._week = week
        self._words = TimeWords(wording, self)
        self.head = WeekHead(theme, self._words)
        self.calendar = WeekCalendar(theme)
        self._problem = Placeholder(theme)
        self._pages = QStackedWidget()
        self._clock = QTimer(self)
        self._lay_out()
        week.changed.connect(self._show)
        self.head.stepped.connect(week.step_week)
        self.calendar.block_pressed.connect(self.opened)
        self._problem.pressed.connect(week.read)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._show)
        for action, weeks in (("week.back", -1), ("week.on", 1)):
            button = self.head.back if weeks < 0 else self.head.on
            shortcuts.bind(self, action, partial(week.step_week, weeks), button.isEnabled)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._week.open()
        self._clock.start()
        self.calendar.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._week.leave()
        self._clock.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.calendar.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("line", "h")
        self._pages.addWidget(self.calendar)
        self._pages.addWidget(self._problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(line)
        column.addWidget(self._pages, 1)

    def _show(self) -> None:
        week, error = self._week, self._week.error
        self._pages.setCurrentIndex(1 if error is not None else 0)
        if error is not None:
            title = self.tr("Your schedule cannot be read")
            detail = error.whole
            action = error.action or self.tr("Retry")
            self._problem.show_text("calendar-x", title, detail, action, color="danger.text")
        blocks = entry_blocks(week.entries, self._words, can_open=True)
        picture = week_picture(week, self._words, blocks)
        shown = [block.text for block in picture.blocks if block.start.date() in week.days]
        self.head.show_week(week, self.tr("%n appointment(s) and offer(s)", None, len(shown)))
        self.calendar.setAccessibleName(self.tr("Your week"))
        self.calendar.show_week(picture, "; ".join(shown))
