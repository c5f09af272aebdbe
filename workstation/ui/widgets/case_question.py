"""Asks whether a text of one patient's case belongs into another's."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock, question_line

_WIDTH_PX = 460
_EXCERPT_LINES = 4


class CaseQuestion(QDialog):
    """`accepted`: it belongs there. Enter and Esc leave it out; it goes with its field."""

    def __init__(
        self, theme: Theme, field: QWidget, origin: str, number: str, patient: str, text: str
    ) -> None:
        """`origin`, `number`: of the request it was copied in, and of the one that is open."""
        super().__init__(field.window())
        self.setObjectName("caseQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Text of another case"))
        self._theme, self._field = theme, field
        self._title = SignLabel(
            theme,
            self.tr("This text is from another patient's case"),
            glyph="warning",
            role="title",
            color="warn.text",
        )
        self._from = self._line("caseQuestion.from", self.tr("Copied in request {}").format(origin))
        here = self.tr("Open now: {}, request {}").format(patient, number)
        self._here = self._line("caseQuestion.here", here, role="bodyStrong")
        self._text = self._line("caseQuestion.text", text, color="text.secondary")
        self.leave = KeyButton(theme, self.tr("Leave it out"), key="Esc", kind="primary")
        self.leave.setObjectName("caseQuestion.leave")
        self.insert = KeyButton(theme, self.tr("Insert into this case"))
        self.insert.setObjectName("caseQuestion.insert")
        self.leave.clicked.connect(self.reject)
        self.insert.clicked.connect(self.accept)
        self._lay_out()
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that is left takes its question with it."""
        if watched is self._field and event.type() is QEvent.Type.Hide:
            self.reject()
        return False

    def _line(
        self, name: str, text: str, *, role: str = "body", color: str = "text.primary"
    ) -> TextBlock:
        lines = _EXCERPT_LINES
        return question_line(self._theme, name, text, role=role, color=color, max_lines=lines)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.insert)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for line in (self._title, self._here, self._from, self._text):
            column.addWidget(line)
        column.addSpacing(8)
        column.addLayout(buttons)
        width = self._theme.px(_WIDTH_PX)
        self.setFixedSize(width, column.totalHeightForWidth(width))
        self.setAccessibleName(f"{self._title.text()}. {self._here.text()}")
        self.leave.setDefault(True)
        self.insert.setAutoDefault(False)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
