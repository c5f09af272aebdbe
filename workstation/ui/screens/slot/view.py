"""The slot screen: whose case, the doctor's week, three numbered times, one button."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workstation.services.schedule import MOST_SUGGESTED
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.screens.slot.offer_panel import OfferPanel
from workstation.ui.screens.slot.pictures import slot_picture
from workstation.ui.screens.slot.time_words import TimeWords
from workstation.ui.screens.slot.view_model import SlotViewModel
from workstation.ui.screens.slot.week_head import WeekHead
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.placeholder import Placeholder
from workstation.ui.widgets.week_calendar import WeekCalendar

_CLOCK_MS = 15_000
_PANEL, _PANEL_WIDE = 278, 330


class SlotView(QFrame):
    """Shows a `SlotViewModel`; the keyboard's focus is in the week from the start."""

    def __init__(
        self,
        view_model: SlotViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        words: RequestWords,
    ) -> None:
        super().__init__()
        self.setObjectName("slotView")
        self.setProperty("surface", "panel")
        self._model, self._theme = view_model, theme
        self._identity = IdentityWording(words, self)
        self._words = TimeWords(words.time, self)
        self.identity_strip = IdentityStrip(theme, self)
        self.head = WeekHead(theme, self._words)
        self.calendar = WeekCalendar(theme)
        self.panel = OfferPanel(theme, self._words)
        self._problem = Placeholder(theme)
        self._pages = QStackedWidget()
        self._clock = QTimer(self)
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.window().width() >= self._theme.size("layout", "wideFrom")
        self.panel.setFixedWidth(self._theme.px(_PANEL_WIDE if wide else _PANEL))
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        week = QVBoxLayout()
        week.setSpacing(0)
        week.addWidget(self.head)
        week.addWidget(_line("h"))
        week.addWidget(self.calendar, 1)
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(week, 1)
        across.addWidget(_line("v"))
        across.addWidget(self.panel)
        self._pages.addWidget(body)
        self._pages.addWidget(self._problem)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.identity_strip)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._show)
        self.identity_strip.back.connect(model.leave)
        self.head.stepped.connect(model.week.step_week)
        self.calendar.picked.connect(model.choose)
        self.panel.chosen.connect(model.choose_suggestion)
        self.panel.pressed.connect(model.propose)
        self._problem.pressed.connect(model.retry)
        self._clock.timeout.connect(self._show)
        self._clock.start(_CLOCK_MS)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        model = self._model
        shortcuts.bind(self, "slot.back", model.leave)
        shortcuts.bind(self, "slot.propose", model.propose, lambda: model.refusal is None)
        for action, weeks in (("week.back", -1), ("week.on", 1)):
            button = self.head.back if weeks < 0 else self.head.on
            shortcuts.bind(self, action, partial(model.week.step_week, weeks), button.isEnabled)
        shortcuts.bind(self, "slot.day_before", lambda: model.move(-1, 0))
        shortcuts.bind(self, "slot.day_after", lambda: model.move(1, 0))
        shortcuts.bind(self, "slot.earlier", lambda: model.move(0, -1))
        shortcuts.bind(self, "slot.later", lambda: model.move(0, 1))
        for number in range(1, MOST_SUGGESTED + 1):
            can = partial(self._is_offered, number)
            shortcuts.bind(self, f"slot.time_{number}", self._chooser(number), can)

    def _is_offered(self, number: int) -> bool:
        return number <= len(self._model.suggestions)

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self._model.choose_suggestion(number)

    def _show(self) -> None:
        model = self._model
        self._show_identity()
        error = model.week.error or model.problem
        unread = error is not None and (model.row is None or not model.week.is_read)
        self._pages.setCurrentIndex(1 if unread else 0)
        if unread and error is not None:
            title = self.tr("Your time cannot be read: nothing can be proposed now")
            detail = error.whole
            action = error.action or self.tr("Retry")
            self._problem.show_text("calendar-x", title, detail, action, color="danger.text")
            return
        self.head.show_week(model.week, self._legend())
        picture = slot_picture(model, self._words)
        self.calendar.setAccessibleName(self.tr("Your week"))
        chosen = model.chosen
        self.calendar.show_week(picture, self._words.moment(chosen) if chosen is not None else "")
        self.panel.show_model(model)

    def _legend(self) -> str:
        row = self._model.row
        if row is None or not self._words.wording.ahead_of_doctor(row.patient.time_zone):
            return ""
        return self.tr("Your time at the left, the patient's beside it")

    def _show_identity(self) -> None:
        row = self._model.row
        if row is None:
            self.identity_strip.show_words(None)
            return
        words = replace(
            self._identity.of(row), back=self.tr("Back"), back_key=key_label("slot.back")
        )
        self.identity_strip.show_words(words)


def _line(direction: str) -> QFrame:
    line = QFrame()
    line.setProperty("line", direction)
    return line
