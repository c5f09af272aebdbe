"""Across the doctor's conclusion: how far it has come to the patient, with «send again»."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workstation.ui.request_words import RequestWords
from workstation.ui.screens.delivery.glance import DeliveryGlance
from workstation.ui.screens.delivery.words import DeliveryWords
from workstation.ui.screens.request_card.sections import link_button
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, plain_tooltip

_MOST_PX = 420
"""Of the way that is said longest, an e-mail's; the rest of it is in the tooltip."""


class DeliveryStrip(QFrame):
    """Nothing is shown before something was delivered."""

    def __init__(self, theme: Theme, words: RequestWords, glance: DeliveryGlance) -> None:
        super().__init__()
        self.setObjectName("delivery.strip")
        self.setProperty("surface", "panel")
        self._theme, self._glance = theme, glance
        self._words = DeliveryWords(words.time, self)
        self._heading = SignLabel(theme, role="micro", color="text.tertiary")
        self.ways = [SignLabel(theme, role="small") for _ in range(3)]
        self.note = SignLabel(theme, role="small", color="warn.text")
        self.note.setObjectName("delivery.strip.note")
        self.again = link_button("", "delivery.strip.again")
        self.again.clicked.connect(glance.send_again)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self._heading)
        for way in self.ways:
            row.addWidget(way)
        for widget in (self.again, self.note):
            row.addWidget(widget)
        row.addStretch(1)
        line = QFrame()
        line.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(row)
        glance.changed.connect(self.show_model)
        theme.changed.connect(self._fit)
        self.hide()
        self._fit()
        self.show_model()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_model()
        super().changeEvent(event)

    def show_model(self) -> None:
        """Follows what is known of the delivery."""
        glance = self._glance
        channels = () if glance.delivery is None else tuple(glance.delivery.channels)
        # Shown without a parent it would be a window of its own.
        self.setVisible(bool(channels) and self.parent() is not None)
        self._heading.show_sign(self.tr("On the way to the patient"))
        for label, one in zip(self.ways, channels, strict=False):
            name, glyph, state = self._words.line(one)
            text = f"{name}: {state}"
            label.show_sign(text, glyph, "warn.text" if glyph == "x" else "text.secondary")
            label.setToolTip(plain_tooltip(text))
        self.again.setText(self.tr("Send the e-mail again"))
        self.again.setVisible(any(one.may_send_again for one in channels))
        self.again.setEnabled(not glance.is_sending)
        self.note.show_sign(glance.problem.title if glance.problem is not None else "")
        self.note.setVisible(glance.problem is not None)

    def _fit(self) -> None:
        for way in self.ways:
            way.setMaximumWidth(self._theme.px(_MOST_PX))
