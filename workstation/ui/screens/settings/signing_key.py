"""With which key this account signs, and the way to another one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workstation.services.signing_keys import KeyKind
from workstation.ui.screens.settings.key_model import KeyModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.wording import Wording


class SigningKeyRow(QWidget):
    """A button and whose certificate signs now."""

    def __init__(self, theme: Theme, model: KeyModel, wording: Wording) -> None:
        super().__init__()
        self._theme, self._model, self._wording = theme, model, wording
        self.setObjectName("settings.key")
        self.state = SignLabel(theme, role="body", color="text.secondary")
        self.state.setObjectName("settings.key.state")
        self.button = QPushButton(self.tr("Choose the key…"))
        self.button.setObjectName("settings.key.choose")
        self.button.setProperty("kind", "choice")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.choose)
        self.button.setVisible(model.may_choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.state, 1)
        model.changed.connect(self._say)
        self._say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.read()

    def choose(self) -> None:
        """Opens the page on which a key is chosen."""
        from workstation.ui.screens.settings.key_dialog import KeyDialog

        KeyDialog(self._theme, self._model, self._wording, self.window()).open()

    def _say(self) -> None:
        facts, model = self._model.facts, self._model
        if facts is None:
            self.state.show_sign(self.tr("There is no key to sign with"), "warning")
            return
        where = {
            KeyKind.FILE: self.tr("file"),
            KeyKind.TOKEN: self.tr("token"),
            KeyKind.PROGRAM: self.tr("other program"),
        }[model.choice.kind]
        if not model.may_choose:
            where = self.tr("key of the demonstration")
        text = f"{model.words.certificate(facts, self._wording)} · {where}"
        self.state.show_sign(text, "check-circle")
