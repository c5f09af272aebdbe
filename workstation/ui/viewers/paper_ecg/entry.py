"""The button under a picture that leads to the paper's desk."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

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
        self.setAccessibleName(self.text())
        told = self.tr("Measure an ECG on paper: mark millimetres, then ms and mV are told")
        self.setToolTip(with_key(told, "paper.open"))
