"""The form's sections: a heading, the field under it, and what is said of it in place."""

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend_client.models.conclusions import ConclusionDiagnosis, FurtherDiagnosis
from backend_client.models.icd10 import Icd10Code
from workstation.core.icd10 import Standing
from workstation.ui.screens.conclusion.asked import Codes
from workstation.ui.screens.conclusion.citing_edit import CitingEdit
from workstation.ui.screens.conclusion.code_finder import CodeFinder
from workstation.ui.screens.conclusion.further_rows import KIND_PX, FurtherRows
from workstation.ui.screens.conclusion.growing_edit import LONGEST
from workstation.ui.screens.conclusion.icd_code import LONGEST as LONGEST_CODE
from workstation.ui.screens.conclusion.icd_code import (
    TypedCode,
    as_code,
    is_beginning_of_code,
    is_code,
)
from workstation.ui.screens.conclusion.locked_look import locked_sheet, mark
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CaseLineEdit
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.wording import NBSP

_CODE_PX, _CODE_HEIGHT_PX = 92, 36


class SectionFrame(QWidget):
    """Heading with a note beside it, room for the field, and a line for what is wrong."""

    caret_at = Signal(QWidget, QRect)
    """Where something is typed: it should be seen."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = SignLabel(theme, role="bodyStrong", color="text.primary")
        self._note = SignLabel(theme)
        self._note.setObjectName(f"conclusion.{name}.note")
        self._problem = TextBlock(theme, role="small", color="danger.text")
        self._problem.setObjectName(f"conclusion.{name}.problem")
        self._problem.hide()
        self._returned = TextBlock(theme, role="small", color="warn.text")
        self._returned.setObjectName(f"conclusion.{name}.returned")
        self._returned.hide()
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._title)
        above.addWidget(self._note)
        above.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(above)
        self._column.addWidget(self._returned)

    def show_returned(self, reason: str) -> None:
        """Why the clinic has returned this very section; "" for no such reason."""
        self._returned.set_text(reason)
        self._returned.setVisible(bool(reason))

    def show_note(self, text: str, glyph: str | None = None, color: str = "text.tertiary") -> None:
        """A few words beside the heading; "" for none."""
        self._note.show_sign(text, glyph if text else None, color)

    def show_problem(self, text: str) -> None:
        """What is wrong with the field, under it; "" for nothing."""
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))

    def _name_it(self, title: str) -> None:
        self._title.show_sign(title)


class TextSection(SectionFrame):
    """A section of plain text."""

    written = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, name, parent)
        self.edit = CitingEdit(theme, f"conclusion.{name}")
        self._column.addWidget(self.edit)
        self._column.addWidget(self._problem)
        self.edit.textChanged.connect(self._typed)
        self.edit.grew_at.connect(lambda place: self.caret_at.emit(self.edit, place))
        self.edit.too_long.connect(self._say_too_long)

    def show_title(self, title: str) -> None:
        """Names the section."""
        self._name_it(title)
        self.edit.setAccessibleName(title)

    def show_text(self, text: str) -> None:
        """Shows another text."""
        with QSignalBlocker(self.edit):
            self.edit.show_text(text)

    def take_in(self, text: str) -> None:
        """Shows the same text with lines more, or less: the caret stays."""
        with QSignalBlocker(self.edit):
            self.edit.take_in(text)

    def add_below(self, widget: QWidget) -> None:
        """Puts something under the field that belongs to it."""
        self._column.addWidget(widget)

    def show_problem(self, text: str) -> None:
        """As of every section; the field has the edge of a refusal."""
        super().show_problem(text)
        self.edit.mark_invalid(bool(text))

    def _typed(self) -> None:
        self.written.emit(self.edit.toPlainText())

    def _say_too_long(self) -> None:
        most = f"{LONGEST:,}".replace(",", NBSP)
        text = self.tr("Not taken in: a section holds at most {} characters").format(most)
        super().show_problem(text)


class DiagnosisSection(SectionFrame):
    """Code and words beside each other; the code is understood under either layout."""

    written = Signal(ConclusionDiagnosis)

    further_written = Signal(tuple)
    """Diagnoses beside the main one: tuple[FurtherDiagnosis, ...]."""

    def __init__(self, theme: Theme, parent: QWidget, codes: Codes | None = None) -> None:
        """`codes`: what finds and judges ICD-10 codes; None: nothing does."""
        super().__init__(theme, "diagnosis", parent)
        self._theme, self._codes = theme, codes
        self.finder = None if codes is None else CodeFinder(theme, codes.search, self)
        self.further = FurtherRows(theme, self._fault_of, self)
        self._unprintable = ""
        self._read_as = TypedCode("")
        self.code = CaseLineEdit(theme)
        self.code.setObjectName("conclusion.code")
        self.code.setMaxLength(LONGEST_CODE + 4)
        self.words = CitingEdit(theme, "conclusion.diagnosis")
        row = QHBoxLayout()
        row.setSpacing(8)
        self._main = QLabel()
        self._main.setProperty("role", "small")
        self._main.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self._main, self.code):
            side = QVBoxLayout()
            side.addWidget(part)
            side.addStretch(1)
            row.addLayout(side)
        row.addWidget(self.words, 1)
        if self.finder is not None:
            self._column.addWidget(self.finder)
            self.finder.picked.connect(self._take)
        self._column.addLayout(row)
        self._column.addWidget(self._problem)
        self._column.addWidget(self.further)
        self.further.written.connect(self.further_written)
        self.code.textEdited.connect(self._code_typed)
        self.code.editingFinished.connect(self._judge)
        self.words.textChanged.connect(self._typed)
        self.words.grew_at.connect(lambda place: self.caret_at.emit(self.words, place))
        theme.changed.connect(self._dress)
        self._dress()

    def show_title(self, title: str) -> None:
        """Names the section."""
        self._name_it(title)
        self.code.setAccessibleName(self.tr("Code by ICD-10"))
        self.words.setAccessibleName(title)
        self._main.setText(self.tr("main"))
        self.further.say()
        if self.finder is not None:
            self.finder.say()

    def show_diagnosis(self, diagnosis: ConclusionDiagnosis) -> None:
        """Shows another diagnosis."""
        with QSignalBlocker(self.words):
            self.words.show_text(diagnosis.text)
        if self.code.text() != diagnosis.icd10:
            self.code.setText(diagnosis.icd10)
            self._read_as = TypedCode(diagnosis.icd10)
        self._judge()

    def look_again(self) -> None:
        """Another version of the directory is in use."""
        self._judge()
        self.further.say()

    def forget_typing(self) -> None:
        """As of a `GrowingEdit`."""
        if self.finder is not None:
            self.finder.forget()
        self.words.forget_typing()
        self.code.setText(self.code.text())  # which Qt cannot undo

    def lock(self, locked: bool, *, looks_locked: bool = True) -> None:
        """As of a `GrowingEdit`."""
        if self.finder is not None:
            self.finder.setVisible(not locked)
        self.words.lock(locked, looks_locked=looks_locked)
        is_other = self.code.isReadOnly() is not locked
        self.code.setReadOnly(locked)  # first: who only reads is told nothing of codes
        self.further.lock(locked, looks_locked=looks_locked)
        mark(self.code, "locked", marked=locked and looks_locked)
        if is_other:
            self._judge()

    def show_problem(self, text: str) -> None:
        """What is wrong with the words; a wrong code is told before it."""
        self._unprintable = text
        self.words.mark_invalid(bool(text))
        self._judge()

    def _code_typed(self, text: str) -> None:
        caret = self.code.cursorPosition()
        read = as_code(text)
        if read.text != text:
            before = len(as_code(text[:caret]).text)
            self.code.setText(read.text)
            self.code.setCursorPosition(before)
        self._read_as = read
        self._judge()
        self._typed()

    def _typed(self) -> None:
        words, code = self.words.toPlainText(), self.code.text()
        self.written.emit(ConclusionDiagnosis(icd10=code, text=words))

    def _judge(self) -> None:
        """A code that is still being typed is not called wrong."""
        code = self.code.text()
        typing = self.code.hasFocus() and is_beginning_of_code(code)
        wrong = bool(code) and not is_code(code) and not typing
        mark(self.code, "invalid", marked=wrong)
        told = self.tr("A code looks like I35.0: a letter, two digits, a point, a digit")
        fault = self._fault_of(code) if is_code(code) else ""
        super().show_problem(told if wrong else self._unprintable or fault)
        self._say_reading(wrong)

    def _take(self, heading: Icd10Code) -> None:
        """It becomes the main diagnosis, or stands beside it; the doctor's own words stay."""
        if self.code.isReadOnly():
            return
        if self.code.text():
            if self.further.has_room:
                self.further.add(FurtherDiagnosis(icd10=heading.code, text=heading.title))
            return
        self.code.setText(heading.code)
        self._read_as = TypedCode(heading.code)
        if not self.words.toPlainText().strip():
            self.words.show_text(heading.title)
        self._judge()
        self._typed()

    def _fault_of(self, code: str) -> str:
        """What the national directory has against a code today; "" for nothing."""
        is_read = self.code.isReadOnly()  # who only reads can choose no other
        judgement = None if self._codes is None or is_read else self._codes.judge(code)
        if judgement is None or self._codes is None or judgement.standing is Standing.VALID:
            return ""
        heading, version = judgement.heading, self._codes.version
        if heading is None:
            return self.tr("{} is not in the directory of ICD-10, version {}").format(code, version)
        if judgement.standing is Standing.NO_MORE and heading.valid_to is not None:
            text = self.tr("{} is not in force since {}: choose another code")
            return text.format(code, f"{heading.valid_to:%d.%m.%Y}")
        if judgement.standing is Standing.NOT_YET and heading.valid_from is not None:
            text = self.tr("{} is in force from {} only: choose another code")
            return text.format(code, f"{heading.valid_from:%d.%m.%Y}")
        return self.tr("{} is a block of codes, not a diagnosis").format(code)

    def _say_reading(self, wrong: bool) -> None:
        read_as = None if wrong else self._read_as.read_as
        text = ""
        if read_as is not None:
            text = self.tr("Russian “{}” is read as Latin {}").format(*read_as)
        self.show_note(text, "keyboard", "warn.text")

    def _dress(self) -> None:
        color, px = self._theme.color, self._theme.px
        self.code.setFixedWidth(px(_CODE_PX))
        self._main.setFixedSize(px(KIND_PX), px(_CODE_HEIGHT_PX))
        self._main.setStyleSheet(
            f"QLabel {{ background: {color('bg.sunken').name()}; color:"
            f" {color('text.secondary').name()}; border-radius: {px(6)}px; }}"
        )
        high = f"min-height: {px(_CODE_HEIGHT_PX) - 2}px"
        ringed = f"min-height: {px(_CODE_HEIGHT_PX) - 4}px"
        self.code.setStyleSheet(
            f'QLineEdit {{ font-family: "JetBrains Mono"; {high}; }}'
            f"{locked_sheet(self._theme)}"
            f'QLineEdit:focus, QLineEdit[invalid="true"] {{ {ringed}; }}'
        )
