"""The head of the queue: its name, the search, and from when the list is where that matters."""

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from workstation.ui.screens.queue.search_field import SearchField
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.wording import Wording

HEIGHT_PX = 47


class QueueHead(QFrame):
    """One line across the whole screen."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._theme, self._wording = theme, wording
        title = QLabel(self.tr("Queue"))
        title.setProperty("role", "title")
        self.search = SearchField(theme)
        self.as_of = SignLabel(theme, color="warn.text")
        self.as_of.setObjectName("queue.asOf")
        self.as_of.hide()
        self.why_next = SignLabel(theme)
        self.why_next.setObjectName("queue.whyNext")
        key = key_label("queue.take_next")
        self.next = KeyButton(theme, self.tr("Take next"), key=key, kind="primary")
        self.next.setObjectName("queue.takeNext")
        self.next.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(title)
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(self.as_of)
        row.addWidget(self.why_next)
        row.addWidget(self.next)
        theme.changed.connect(self._measure)
        self._measure()

    def show_as_of(self, as_of: datetime | None) -> None:
        """Says from when the list is; None: it is the server's present word."""
        self.as_of.setVisible(as_of is not None)
        if as_of is not None:
            text = self.tr("State as of {}").format(self._wording.day_and_time(as_of))
            self.as_of.show_sign(text, "clock-counter-clockwise", "warn.text")

    def show_next(self, why: str | None, *, is_busy: bool, is_left: bool) -> None:
        """What N does, and why; None: this account takes nothing, or nothing is known of it."""
        self.next.setVisible(why is not None)
        self.why_next.setVisible(bool(why))
        if why:
            self.why_next.show_sign(self.tr("Next: {}").format(why), color="text.secondary")
        self.next.setEnabled(is_left and not is_busy)
        self.next.explain("" if is_left else why or "")

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT_PX))
