"""The line in which a moment is typed to go to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from workstation.studies.long_ecg import LongEcg
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.long.model import LongModel
from workstation.ui.viewers.ecg.long.times import moment_text, typed_second
from workstation.ui.widgets.labels import SignLabel


class JumpLine(QFrame):
    """`left` when it is done with: the focus belongs to the trace again."""

    left = Signal()

    def __init__(self, theme: Theme, model: LongModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("longJump")
        self.setProperty("surface", "viewer")
        self.field = QLineEdit()
        self.field.setObjectName("longJumpField")
        self.field.setFixedWidth(theme.px(150))
        self.answer = SignLabel(theme, role="small", color="viewer.overlay.dim")
        self._name = SignLabel(theme, role="small", color="viewer.overlay")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._name)
        row.addWidget(self.field)
        row.addWidget(self.answer, 1)
        self.field.returnPressed.connect(self._go)
        self.field.textEdited.connect(lambda _: self._hint())
        self.hide()

    def open(self) -> None:
        """Asks for a moment."""
        self._name.show_sign(self.tr("Go to"))
        self.field.setAccessibleName(self.tr("Go to a moment of the recording"))
        self.field.clear()
        self._hint()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Closes the line without going anywhere."""
        self.hide()
        self.left.emit()

    def _hint(self) -> None:
        ecg = self._model.ecg
        if ecg is None:
            return
        if ecg.begins_at is None:
            text = self.tr("from the beginning: 1:30:00 or 5400")
        else:
            text = self.tr("by the clock 23:15 or 23:15:30, or seconds from the beginning 5400")
        self.answer.show_sign(text, color="viewer.overlay.dim")

    def _go(self) -> None:
        model, ecg = self._model, self._model.ecg
        if ecg is None:
            return
        second = typed_second(self.field.text(), ecg, model.start_s + model.length_s / 2)
        if second is None:
            self._refuse(self.tr("This is no moment"))
        elif not 0 <= second < ecg.duration_s:
            self._refuse(self._outside(ecg))
        else:
            model.centre(second)
            self.leave()

    def _outside(self, ecg: LongEcg) -> str:
        text = self.tr("Not in the recording: {}–{}")
        return text.format(moment_text(ecg, 0.0), moment_text(ecg, ecg.duration_s))

    def _refuse(self, why: str) -> None:
        self.answer.show_sign(why, color="viewer.warn")
        self.field.selectAll()
