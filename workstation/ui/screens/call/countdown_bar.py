"""The line that counts down to a call at its appointed time, on whatever screen (SOK-6)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.services.appointed_calls import Countdown
from workstation.ui.literal_text import one_line
from workstation.ui.screens.call.patient_name import short_name
from workstation.ui.screens.call.plates import Glyph
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_TICK_MS = 100


class CountdownBar(QWidget):
    """Pushes the content down and covers nothing; takes no focus, so that whoever types goes on."""

    stopped = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        """`now`: by the server's clock, aware."""
        super().__init__()
        self.setObjectName("countdown.bar")
        self._theme, self._now = theme, now
        self._counting: Countdown | None = None
        self._line = QFrame()
        self._line.setObjectName("countdown.line")
        self._glyph = Glyph(theme, 24)
        self.seconds = SignLabel(theme, role="title", color="text.primary")
        self.seconds.setObjectName("countdown.seconds")
        self.title = TextBlock(theme, role="bodyStrong", max_lines=1)
        self.detail = TextBlock(theme, role="small", color="text.secondary", max_lines=2)
        self.button = KeyButton(theme, self.tr("Do not call now"), key="Esc")
        self.button.setObjectName("countdown.stop")
        self.button.clicked.connect(self.stopped)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._show_seconds)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self._line.hide()

    @property
    def text(self) -> str:
        """All that it says; "" while nothing is counted."""
        if self._line.isHidden():
            return ""
        return f"{self.seconds.text()}. {self.title.text()}. {self.detail.text()}"

    def show_countdown(self, counting: Countdown | None) -> None:
        """Counts to the moment of that call; None takes the line away."""
        is_new = counting is not None and self._counting is None
        self._counting = counting
        self._line.setVisible(counting is not None)
        if counting is None:
            self._ticks.stop()
            return
        self._say(counting)
        self._show_seconds()
        self._ticks.start()
        if is_new:
            self._announce()

    def _say(self, counting: Countdown) -> None:
        name = one_line(short_name(counting.row.patient.full_name))
        self.title.set_text(self.tr("The patient waits: {}").format(name))
        opens = self.tr("Camera and microphone open with the call. Any key stops it.")
        more = self.tr("%n more patient(s) wait for the same time.", None, counting.others)
        self.detail.set_text(f"{opens} {more}" if counting.others else opens)

    def _show_seconds(self) -> None:
        if self._counting is None:
            return
        left = (self._counting.ends_at - self._now()).total_seconds()
        text = self.tr("Call in {} s").format(max(0, -int(-left // 1)))
        if text != self.seconds.text():
            self.seconds.show_sign(text)
            self._line.setAccessibleName(self.text)

    def _announce(self) -> None:
        event = QAccessibleAnnouncementEvent(self._line, self.text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addWidget(self.seconds)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)

    def _dress(self) -> None:
        self._glyph.show_glyph("phone-outgoing", "", "warn.text")
        ground, edge = self._theme.color("warn.soft"), self._theme.color("warn.mark")
        self._line.setStyleSheet(
            f"#countdown\\.line {{ background: {ground.name()};"
            f" border-bottom: 2px solid {edge.name()}; }}"
        )
