"""What the patient was told before, beside the form: read, and copied from."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.conclusions import EarlierConclusion
from workstation.ui.screens.conclusion.form_state import texts
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CasePlainEdit
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

Line = tuple[str, QFont.Weight]
"""Of the text: its words, how bold they are."""


class EarlierPanel(QFrame):
    """All of them, the newest first; `left`: not needed any more."""

    left = Signal()

    def __init__(self, theme: Theme, words: ConclusionWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion.earlier")
        self.setProperty("surface", "panel")
        self._theme, self._words = theme, words
        self._title = SignLabel(theme, role="bodyStrong", color="text.primary")
        self._shut = KeyButton(theme, "", glyph="x", kind="flat", height="compact")
        self._shut.setObjectName("conclusion.earlier.shut")
        self.text = CasePlainEdit(theme)
        self.text.setObjectName("conclusion.earlier.text")
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        head = QHBoxLayout()
        head.setContentsMargins(20, 6, 8, 6)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self._shut.clicked.connect(self.left)
        self.hide()

    def show_all(self, earlier: Sequence[EarlierConclusion]) -> None:
        """Shows these."""
        count = self.tr("%n earlier conclusion(s)", None, len(earlier))
        self._title.show_sign(count, "clock-counter-clockwise")
        self._shut.setToolTip(f"{self.tr('Close')} ({key_label('conclusion.earlier')})")
        self._shut.setAccessibleName(self.tr("Close"))
        self._show_lines([line for one in earlier for line in self._said(one)])
        self.text.setAccessibleName(count)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        """What the doctor has marked stays marked where nothing is new."""
        whole = "\n".join(text for text, _ in lines)
        if whole == self.text.toPlainText():
            return
        self.text.clear()
        cursor = self.text.textCursor()
        for number, (text, weight) in enumerate(lines):
            letters = QTextCharFormat()
            letters.setFontWeight(weight)
            cursor.insertText("\n" * (number > 0), letters)
            cursor.insertText(text, letters)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _said(self, earlier: EarlierConclusion) -> list[Line]:
        zone = self._words.wording.now().tzinfo
        day = f"{earlier.signed_at.astimezone(zone):%d.%m.%Y}"
        head = self.tr("№ {}, {}, {}").format(earlier.request_number, day, earlier.author_name)
        lines: list[Line] = [(head, QFont.Weight.Bold)]
        for section, text in texts(earlier.form).items():
            if text.strip() and self._is_text(section.value):
                lines += [
                    ("", QFont.Weight.Normal),
                    (self._words.section(section), QFont.Weight.DemiBold),
                    (text.strip(), QFont.Weight.Normal),
                ]
        return [*lines, ("", QFont.Weight.Normal)]

    @staticmethod
    def _is_text(name: str) -> bool:
        """The decision is a word of the program's; what it says stands in the recommendations."""
        return name != "decision"
