"""Diagnoses beside the main one: of each what it is, its code, its words, and a way to drop it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend_client.models.conclusions import (
    MOST_FURTHER,
    DiagnosisPlace,
    FurtherDiagnosis,
)
from workstation.ui.screens.conclusion.icd_code import LONGEST, as_code, is_code
from workstation.ui.screens.conclusion.locked_look import locked_sheet, mark
from workstation.ui.screens.conclusion.spelled_line import SpelledLineEdit
from workstation.ui.screens.conclusion.spelling_model import SpellingModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CaseLineEdit
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock

KIND_PX = 108
_CODE_PX, _ROW_PX, _LONGEST_WORDS = 92, 36, 2000
_NEXT = {
    DiagnosisPlace.ACCOMPANYING: DiagnosisPlace.COMPLICATION,
    DiagnosisPlace.COMPLICATION: DiagnosisPlace.ACCOMPANYING,
    DiagnosisPlace.UNKNOWN: DiagnosisPlace.ACCOMPANYING,
}
Judge = Callable[[str], str]
"""What is wrong with a whole code today, in words; "" for nothing."""


class FurtherRow(QWidget):
    """One diagnosis."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, theme: Theme, judge: Judge, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._judge = theme, judge
        self._place = DiagnosisPlace.ACCOMPANYING
        self.kind = KeyButton(theme, "", kind="secondary")
        self.code, self.words = CaseLineEdit(theme), SpelledLineEdit(theme)
        self.drop = KeyButton(theme, "", glyph="x", kind="flat")
        self._problem = TextBlock(theme, role="small", color="warn.text")
        for part, name in (
            (self.kind, "place"),
            (self.code, "code"),
            (self.words, "words"),
            (self.drop, "drop"),
            (self._problem, "problem"),
        ):
            part.setObjectName(f"conclusion.further.{name}")
        self.code.setMaxLength(LONGEST + 4)
        self.words.setMaxLength(_LONGEST_WORDS)
        self._lay_out()
        self.kind.clicked.connect(self._turn)
        self.drop.clicked.connect(self.dropped)
        self.code.textEdited.connect(self._code_typed)
        self.words.textEdited.connect(lambda _: self.changed.emit())
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def diagnosis(self) -> FurtherDiagnosis:
        """As it stands."""
        return FurtherDiagnosis(place=self._place, icd10=self.code.text(), text=self.words.text())

    def show_diagnosis(self, diagnosis: FurtherDiagnosis) -> None:
        """Shows another one."""
        self._place = diagnosis.place
        for field, text in ((self.code, diagnosis.icd10), (self.words, diagnosis.text)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        self.say()

    def lock(self, locked: bool, *, looks_locked: bool = True) -> None:
        """Read only. For a moment only, it need not look so."""
        is_other = self.code.isReadOnly() is not locked
        for field in (self.code, self.words):
            field.setReadOnly(locked)
            mark(field, "locked", marked=locked and looks_locked)
        self.kind.setEnabled(not locked)
        self.drop.setVisible(not (locked and looks_locked))
        self.drop.setEnabled(not locked)
        if is_other:
            self.say()

    def say(self) -> None:
        """What it is, and what is wrong with its code."""
        named = {
            DiagnosisPlace.ACCOMPANYING: self.tr("accompanying"),
            DiagnosisPlace.COMPLICATION: self.tr("complication"),
        }
        self.kind.setText(named.get(self._place) or self.tr("unknown"))
        self.kind.setToolTip(self.tr("Accompanying disease or complication of the main one"))
        self.drop.setToolTip(self.tr("Take this diagnosis out"))
        self.drop.setAccessibleName(self.tr("Take this diagnosis out"))
        self.code.setAccessibleName(self.tr("Code by ICD-10"))
        self.words.setAccessibleName(self.tr("Diagnosis in words"))
        code = self.code.text()
        is_read = self.code.isReadOnly()  # who only reads can choose no other
        told = self._judge(code) if is_code(code) and not is_read else ""
        if code and not is_code(code) and not self.code.hasFocus():
            told = self.tr("A code looks like I35.0: a letter, two digits, a point, a digit")
        self._problem.set_text(told)
        self._problem.setVisible(bool(told))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind)
        row.addWidget(self.code)
        row.addWidget(self.words, 1)
        row.addWidget(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._problem)
        self._problem.hide()

    def _turn(self) -> None:
        self._place = _NEXT[self._place]
        self.say()
        self.changed.emit()

    def _code_typed(self, text: str) -> None:
        caret = self.code.cursorPosition()
        read = as_code(text).text
        if read != text:
            before = len(as_code(text[:caret]).text)
            self.code.setText(read)
            self.code.setCursorPosition(before)
        self.say()
        self.changed.emit()

    def _fit(self) -> None:
        height = self._theme.px(_ROW_PX)
        for field in (self.code, self.words, self.kind, self.drop):
            field.setFixedHeight(height)
            field.setSizePolicy(field.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
        self.code.setFixedWidth(self._theme.px(_CODE_PX))
        self.kind.setFixedWidth(self._theme.px(KIND_PX))
        # A style sheet's least height is the widget's: without it the row shrinks to the text.
        high = f"QLineEdit {{ min-height: {height - 2}px; }}"
        ringed = f"QLineEdit:focus {{ min-height: {height - 4}px; }}"
        sheet = f"{high}{locked_sheet(self._theme)}{ringed}"
        self.words.setStyleSheet(sheet)
        self.code.setStyleSheet(f'QLineEdit {{ font-family: "JetBrains Mono"; }}{sheet}')


class FurtherRows(QWidget):
    """All of them; rows that were made are used again."""

    written = Signal(tuple)
    """All diagnoses as they stand: tuple[FurtherDiagnosis, ...]."""

    def __init__(self, theme: Theme, judge: Judge, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._judge = theme, judge
        self._made: list[FurtherRow] = []
        self._spelling: SpellingModel | None = None
        self._count = 0
        self._is_locked, self._looks_locked = False, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    @property
    def rows(self) -> Sequence[FurtherRow]:
        """Those that are shown."""
        return self._made[: self._count]

    @property
    def has_room(self) -> bool:
        """Whether another one can be added."""
        return self._count < MOST_FURTHER

    def watch(self, model: SpellingModel) -> None:
        """Marks the words that the model doubts, in rows to come, too."""
        self._spelling = model
        for row in self._made:
            row.words.watch(model)

    def show_all(self, further: Sequence[FurtherDiagnosis]) -> None:
        """Shows these."""
        while len(self._made) < len(further):
            self._made.append(self._make())
        self._count = len(further)
        for row, diagnosis in zip(self._made, further, strict=False):
            row.show_diagnosis(diagnosis)
        for place, row in enumerate(self._made):
            row.setVisible(place < self._count)
        self.setVisible(bool(further))

    def add(self, diagnosis: FurtherDiagnosis) -> None:
        """Puts one more behind the others."""
        self.show_all([*(row.diagnosis for row in self.rows), diagnosis])
        self._rows_changed()

    def lock(self, locked: bool, *, looks_locked: bool = True) -> None:
        """As of a row."""
        self._is_locked, self._looks_locked = locked, looks_locked
        for row in self._made:
            row.lock(locked, looks_locked=looks_locked)

    def say(self) -> None:
        """In the present language, by the present directory."""
        for row in self._made:
            row.say()

    def _make(self) -> FurtherRow:
        row = FurtherRow(self._theme, self._judge, self)
        row.lock(self._is_locked, looks_locked=self._looks_locked)
        if self._spelling is not None:
            row.words.watch(self._spelling)
        row.changed.connect(self._rows_changed)
        row.dropped.connect(lambda: self._drop(row))
        self._column.addWidget(row)
        return row

    def _drop(self, row: FurtherRow) -> None:
        focus = row.drop.hasFocus()
        kept = [one.diagnosis for one in self.rows if one is not row]
        self.show_all(kept)
        if focus and kept:
            self._made[len(kept) - 1].words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows_changed()

    def _rows_changed(self) -> None:
        self.written.emit(tuple(row.diagnosis for row in self.rows))
