"""Fields of the sign-in form: a label above, the field, and a password that can be looked at."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workstation.ui.icons import icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class LabelledField(QWidget):
    """A field under its label."""

    def __init__(self, theme: Theme, label: str, name: str) -> None:
        super().__init__()
        self.label = SignLabel(theme, label, role="micro")
        self.edit = QLineEdit()
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.label)
        column.addWidget(self.edit)

    def mark_invalid(self, invalid: bool) -> None:
        """Gives the field the edge of a refusal."""
        self.edit.setProperty("invalid", invalid)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)


class PasswordField(LabelledField):
    """A password, with an eye that shows it while it is open."""

    def __init__(self, theme: Theme, label: str, name: str) -> None:
        super().__init__(theme, label, name)
        self._theme = theme
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.eye: QAction = self.edit.addAction(
            icon("eye", theme.color("text.secondary")), QLineEdit.ActionPosition.TrailingPosition
        )
        self.eye.setObjectName(f"{name}.eye")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._dress)
        theme.changed.connect(self._dress)
        self._dress()

    def hide_password(self) -> None:
        """Closes the eye."""
        self.eye.setChecked(False)

    def _dress(self) -> None:
        shown = self.eye.isChecked()
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        name = "eye-slash" if shown else "eye"
        self.eye.setIcon(icon(name, self._theme.color("text.secondary")))
        text = self.tr("Hide the password") if shown else self.tr("Show the password")
        self.eye.setText(text)
        self.eye.setToolTip(text)
