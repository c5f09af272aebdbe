"""The line under a picture that leads to the paper's desk."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton


class PaperButton(KeyButton):
    """«Бумажная ЭКГ» with its key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "",
            key=key_label("paper.open"),
            glyph="ruler",
            kind="flat",
            height="compact",
            parent=parent,
        )
        self.setObjectName("paper.open")
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        self.setText(self.tr("Paper ECG"))
        told = self.tr("Measure an ECG on paper: mark millimetres, then ms and mV are told")
        self.setToolTip(with_key(told, "paper.open"))


class PaperEntry(QFrame):
    """A line with the button at its right."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "viewerPanel")
        self.button = PaperButton(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addStretch(1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.pressed)
