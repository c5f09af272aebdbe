"""The line in which words to look for are typed: how many were found, which one is shown."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from workstation.ui.shortcuts import ShortcutRouter, key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

_PAUSE_MS = 180
"""Typing goes on without a search for each letter."""
_LONGEST = 200


class FindBar(QFrame):
    """`asked` carries the words, after a pause in typing; `step_wanted` 1 or -1."""

    asked = Signal(str)
    step_wanted = Signal(int)
    left = Signal()
    """The line is closed: what was marked is marked no more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("findBar")
        self.setProperty("surface", "viewerPanel")
        self.field = QLineEdit()
        self.field.setObjectName("findField")
        self.field.setMaxLength(_LONGEST)
        self.field.setFixedWidth(theme.px(220))
        self.answer = SignLabel(theme, role="small", color="viewer.overlay.dim")
        self.answer.setObjectName("findAnswer")
        self.previous = self._button("document.find_previous", "caret-up")
        self.next = self._button("document.find_next", "caret-down")
        self.shut = self._button("document.find_leave", "x")
        self._asked_for = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 8, 4)
        row.setSpacing(4)
        for widget in (self.field, self.previous, self.next):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.answer, 1)
        row.addWidget(self.shut)
        self.field.textEdited.connect(lambda _: self._pause.start(_PAUSE_MS))
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.shut.clicked.connect(self.leave)
        self.hide()

    def open(self) -> None:
        """Asks for words; those of before stand there to be typed over."""
        self._write()
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.field.text():
            self._ask()

    def leave(self) -> None:
        """Closes the line."""
        if not self.isHidden():
            self.close_quietly()
            self.left.emit()

    def close_quietly(self) -> None:
        """Closes it because what was searched is gone."""
        self._pause.stop()
        self._asked_for = ""
        self.hide()

    def step(self, direction: int) -> None:
        """To the next place or the one before; what was just typed is looked for first."""
        if self._pause.isActive() or self.field.text() != self._asked_for:
            self._pause.stop()
            self._ask()
        else:
            self.step_wanted.emit(direction)

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """Its own keys, while it is there."""
        shortcuts.bind(self, "document.find_next", lambda: self.step(1))
        shortcuts.bind(self, "document.find_previous", lambda: self.step(-1))
        shortcuts.bind(self, "document.find_leave", self.leave)

    def show_count(self, place: int, count: int, *, more_to_come: bool = False) -> None:
        """«3 из 12»; «ищу…» while pages are still looked through."""
        if count:
            text = self.tr("{} of {}").format(place, count)
            text += self.tr(", looking further…") if more_to_come else ""
        elif more_to_come:
            text = self.tr("Looking…")
        else:
            text = self.tr("Not found") if self._asked_for.strip() else ""
        color = "viewer.overlay.dim" if count or more_to_come else "viewer.warn"
        self.answer.show_sign(text, color=color)

    def say(self, text: str) -> None:
        """Something else than a count: that there are no letters to look for."""
        self.answer.show_sign(text, color="viewer.warn")

    def _ask(self) -> None:
        self._asked_for = self.field.text()
        self.asked.emit(self._asked_for)

    def _button(self, action: str, glyph: str) -> KeyButton:
        button = KeyButton(
            self._theme, "", key=key_label(action), glyph=glyph, kind="flat", height="compact"
        )
        button.setObjectName(action)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.show_key(is_shown=False)
        return button

    def _write(self) -> None:
        self.field.setPlaceholderText(self.tr("Find in the text"))
        self.field.setAccessibleName(self.tr("Find in the text"))
        for button, text in (
            (self.previous, self.tr("Place before")),
            (self.next, self.tr("Next place")),
            (self.shut, self.tr("Close the search")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(with_key(text, button.objectName()))
