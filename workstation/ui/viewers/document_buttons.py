"""Buttons in the foot line of a document: glyphs, each with its word and key in the tooltip."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton

_GLYPHS = {
    "document.find": "magnifying-glass",
    "document.thumbnails": "columns",
    "view.rotate": "arrow-clockwise",
    "document.contrast": "circle-half",
    "document.invert": "circle-half-tilt",
}


class DocumentButtons(QFrame):
    """`pressed` carries the action."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons = {action: _button(theme, action) for action in _GLYPHS}
        for action, button in self._buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda _=False, action=action: self.pressed.emit(action))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        words = {
            "document.find": self.tr("Find words"),
            "document.thumbnails": self.tr("Small pages"),
            "view.rotate": self.tr("Turn the page"),
            "document.contrast": self.tr("More contrast"),
            "document.invert": self.tr("White on black"),
        }
        for action, button in self._buttons.items():
            button.setAccessibleName(words[action])
            button.setToolTip(with_key(words[action], action))


def _button(theme: Theme, action: str) -> KeyButton:
    button = KeyButton(
        theme, "", key=key_label(action), glyph=_GLYPHS[action], kind="flat", height="compact"
    )
    button.setObjectName(action)
    button.setStyleSheet("QPushButton { min-height: 0px; }")
    button.show_key(is_shown=False)
    return button
