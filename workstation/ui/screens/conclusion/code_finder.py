"""The line in which a diagnosis is looked for, by code or by words, and what is found under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend_client.models.icd10 import Icd10Code
from workstation.core.icd10 import Found
from workstation.ui.screens.conclusion.pick_list import PickLine, PickList
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CaseLineEdit

Search = Callable[[str], Sequence[Found]]


class _Line(CaseLineEdit):
    """Up, Down, Enter and Esc are about what was found."""

    stepped = Signal(int)
    taken = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.is_finding = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif plain and self.is_finding and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class CodeFinder(QWidget):
    """`picked`: a heading that the doctor has chosen."""

    picked = Signal(Icd10Code)

    def __init__(self, theme: Theme, search: Search, parent: QWidget) -> None:
        super().__init__(parent)
        self._search = search
        self._found: Sequence[Found] = ()
        self.line = _Line(theme)
        self.line.setObjectName("conclusion.findCode")
        self.line.setMaxLength(120)
        self.list = PickList(theme, "conclusion.foundCodes", self, lead_px=66, lead_role="mono")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._typed)
        self.line.stepped.connect(self.list.step)
        self.line.taken.connect(lambda: self._pick(self.list.current))
        self.line.left.connect(self.forget)
        self.list.picked.connect(self._pick)
        self.say()

    def say(self) -> None:
        """In the present language."""
        self.line.setPlaceholderText(self.tr("Find in ICD-10: code or words, Enter adds"))
        self.line.setAccessibleName(self.tr("Find a diagnosis in ICD-10"))

    def forget(self) -> None:
        """Nothing is looked for any more."""
        if self.line.text():
            self.line.clear()

    def _typed(self, text: str) -> None:
        self._found = self._search(text)
        self.line.is_finding = bool(self._found)
        self.list.show_lines([self._line(one) for one in self._found])

    def _line(self, found: Found) -> PickLine:
        remark = "" if found.is_valid else self.tr("not in force")
        return PickLine(found.heading.code, found.heading.title, remark, not found.is_valid)

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self._found):
            heading = self._found[place].heading
            self.forget()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.picked.emit(heading)
