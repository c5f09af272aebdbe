"""The PIN of a key: typed, never shown, kept nowhere but in the field and only while it is used."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.painting import keycap_width, paint_keycap

LONGEST_PIN = 64
_FIELD_PX = 124


class PinField(QWidget):
    """A label, the field under it, and a hint beside the label, such as a demonstration's PIN.

    The PIN cannot be copied, is in no history of undoing, and goes when the field is not seen any
    more. Who has used it calls `forget`; after a wrong one `ask_again`.
    """

    changed = Signal()
    """Something was typed or taken away."""
    entered = Signal()
    """Enter was pressed in the field."""

    def __init__(self, theme: Theme, name: str, *, key: str = "") -> None:
        """`name`: object name of the field. `key`: what moves the focus here, as a keycap."""
        super().__init__()
        self._theme = theme
        self._label = SignLabel(theme, role="micro")
        self._hint = SignLabel(theme, role="micro", color="text.tertiary")
        self._hint.setObjectName(f"{name}.hint")
        self.edit = _SecretEdit()
        self.edit.setObjectName(name)
        self._key = _Keycap(theme, key)
        self._lay_out()
        self.edit.textChanged.connect(lambda _: self._typed())
        self.edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.edit)
        theme.changed.connect(self._fit)
        self._fit()
        self._say()

    @property
    def pin(self) -> str:
        """What was typed; to be handed on at once and kept nowhere."""
        return self.edit.text()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.edit.text()

    def forget(self) -> None:
        """Empties the field and everything from which the PIN could come back."""
        self.edit.setText("")  # unlike clear(), this leaves nothing in the history
        self.mark_wrong(False)

    def ask_again(self) -> None:
        """The PIN was wrong: the field has the focus, and what is in it is selected."""
        self.mark_wrong(True)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def mark_wrong(self, wrong: bool) -> None:
        """Gives the field the edge of a refusal, or takes it away."""
        if self.edit.property("invalid") != wrong:
            self.edit.setProperty("invalid", wrong)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)

    def show_hint(self, text: str) -> None:
        """A few words beside the label; "" for none."""
        self._hint.show_sign(text)
        self._hint.setVisible(bool(text))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.forget()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._label)
        above.addWidget(self._key)
        above.addStretch(1)
        above.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.edit)
        self._hint.hide()

    def _typed(self) -> None:
        self.mark_wrong(False)
        self.changed.emit()

    def _say(self) -> None:
        label = self.tr("PIN of the key")
        self._label.show_sign(label)
        self.edit.setAccessibleName(label)

    def _fit(self) -> None:
        self.edit.setMinimumWidth(self._theme.px(_FIELD_PX))
        height = self._theme.size("control", "default")
        self.edit.setStyleSheet(  # as high with an edge of two pixels as with one
            f"QLineEdit {{ min-height: {height - 2}px }}"
            f'QLineEdit:focus, QLineEdit[invalid="true"] {{ min-height: {height - 4}px }}'
        )


class _SecretEdit(QLineEdit):
    """Dots in place of what is typed, and no menu that could hand it on."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST_PIN)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setDragEnabled(False)
        self.setAcceptDrops(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()


class _Keycap(QWidget):
    """A key, painted; nothing where there is none."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self._theme, self._text = theme, key
        self.setVisible(bool(key))

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(self._theme.font("micro")).height()
        return QSize(round(keycap_width(self._theme, self._text)) + 1, round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        paint_keycap(QPainter(self), self._theme, 0, box.center().y(), self._text)
