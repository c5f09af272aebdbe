"""«Файл другого пациента?»: both names, and the two answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backend_client.models.documents import LONGEST_FILE_REASON, WhoseFile
from workstation.ui.literal_text import one_line
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock, question_line

_WIDTH_PX = 520


class WhoseFileDialog(QDialog):
    """`answered` with the answer and its reason; Esc leaves the question open."""

    answered = Signal(object, str)
    """WhoseFile, reason."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, said: str, own: str) -> None:
        """`title` of the file; `said`: whom it names; `own`: the request's patient."""
        super().__init__(parent)
        self.setObjectName("whoseFile")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Another patient's file?"))
        self._theme = theme
        ask = self.tr("Another patient's file?")
        self._title = SignLabel(theme, ask, glyph="user-circle", role="title", color="warn.text")
        self._lines = [
            self._line("whoseFile.file", one_line(title), color="text.secondary"),
            self._line("whoseFile.said", self.tr("In the file: {}").format(one_line(said))),
            self._line("whoseFile.own", self.tr("In the request: {}").format(one_line(own))),
        ]
        self.reason = QLineEdit()
        self.reason.setObjectName("whoseFile.reason")
        self.reason.setMaxLength(LONGEST_FILE_REASON)
        self.reason.setPlaceholderText(self.tr("Former name, misspelt, the device's own name…"))
        self.reason.setAccessibleName(self.tr("Why it is the same patient"))
        self._why = self._line("whoseFile.why", self.tr("Why it is the same patient:"))
        self.other = KeyButton(theme, self.tr("Another patient's file"), kind="primary")
        self.same = KeyButton(theme, self.tr("The same patient"))
        self.later = KeyButton(theme, self.tr("Later"), key="Esc", kind="flat")
        self._name_buttons()
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.reason.textChanged.connect(self._judge)
        self.reason.returnPressed.connect(self._say_same)
        self.other.clicked.connect(lambda: self._say(WhoseFile.OTHER))
        self.same.clicked.connect(self._say_same)
        self.later.clicked.connect(self.reject)
        self._judge()

    def _say_same(self) -> None:
        if self._words:
            self._say(WhoseFile.PATIENT)

    def _say(self, whose: WhoseFile) -> None:
        self.answered.emit(whose, self._words)
        self.accept()

    @property
    def _words(self) -> str:
        return self.reason.text().strip()

    def _judge(self) -> None:
        """Without a reason it is not the same patient."""
        self.same.setEnabled(bool(self._words))

    def _line(self, name: str, text: str, *, color: str = "text.primary") -> TextBlock:
        return question_line(self._theme, name, text, color=color, max_lines=3)

    def _name_buttons(self) -> None:
        for button, name in (
            (self.other, "whoseFile.other"),
            (self.same, "whoseFile.same"),
            (self.later, "whoseFile.later"),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.same)
        buttons.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for line in (self._title, *self._lines):
            column.addWidget(line)
        column.addSpacing(4)
        column.addWidget(self._why)
        column.addWidget(self.reason)
        column.addSpacing(8)
        column.addLayout(buttons)
        width = self._theme.px(_WIDTH_PX)
        self.setFixedSize(width, column.totalHeightForWidth(width))
        told = (self._title.text(), *(one.text() for one in self._lines))
        self.setAccessibleName("; ".join(told))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
