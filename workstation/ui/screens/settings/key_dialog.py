"""Choosing a signing key: a PKCS#12 file, a key on a token, or another program."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workstation.services.signing_keys import (
    KeyChoice,
    KeyKind,
    line_of_command,
    words_of_command,
)
from workstation.ui.screens.settings.key_model import KeyModel
from workstation.ui.screens.settings.view import Choice
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.pin_field import PinField
from workstation.ui.wording import NBSP, Wording

if TYPE_CHECKING:
    from workstation.services.chosen_certificates import TokenKeyFound

MINUTES: Final = (5, 15, 30, 60, 240)
_WIDTH_PX, _LIST_PX, _ROW_PX, _SHARE_OF_WINDOW = 720, 112, 40, 0.96


class PathLine(QWidget):
    """A path that may be typed, and a button that looks for it."""

    def __init__(self, name: str, heading: str, browse: str) -> None:
        super().__init__()
        self._heading = heading
        self.field = QLineEdit()
        self.field.setObjectName(name)
        self.field.setAccessibleName(heading)
        button = QPushButton(browse)
        button.setProperty("kind", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        button.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(button)

    @property
    def path(self) -> str:
        """What stands there."""
        return self.field.text().strip()

    def _browse(self) -> None:
        dialog = QFileDialog(self.window(), self._heading)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.field.setText)
        dialog.open()


class KeyDialog(QDialog):
    """Enter opens the key once and takes it, Esc leaves all as it was."""

    def __init__(self, theme: Theme, model: KeyModel, wording: Wording, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._model, self._wording = theme, model, wording
        self.setObjectName("keyDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Signing key"))
        self.setStyleSheet(theme.stylesheet())
        model.begin()
        self._make_fields()
        self._make_buttons()
        self._lay_out(window.size())
        self._fill(model.choice)
        model.changed.connect(self._say)
        model.taken.connect(self.accept)
        self._say()

    def _make_fields(self) -> None:
        theme, browse = self._theme, self.tr("Browse…")
        kinds = [
            (KeyKind.FILE, self.tr("PKCS#12 file")),
            (KeyKind.TOKEN, self.tr("Token")),
            (KeyKind.PROGRAM, self.tr("Other program")),
        ]
        self._kind = KeyKind.FILE
        self._kinds = Choice("key.kind", kinds, self._choose_kind)
        self._file = PathLine("key.file", self.tr("File of the key"), browse)
        self._file.field.setPlaceholderText(self.tr("the one that the administrator has put here"))
        self._library = PathLine("key.library", self.tr("Library of the token"), browse)
        self._certificate = PathLine("key.certificate", self.tr("File of the certificate"), browse)
        self._name = PathLine("key.name", self.tr("Key: a file or a name"), browse)
        self._command = QLineEdit()
        self._command.setObjectName("key.command")
        self._command.setPlaceholderText(self.tr("OpenSSL with GOST R 34.10-2012"))
        self._command.setToolTip(
            self.tr(
                "{content}, {answer}, {certificate}, {key} and {digest} stand for files and names;"
                " the passphrase is in the variable TELEMED_KEY_SECRET of the program."
            )
        )
        self._understood = TextBlock(theme, role="small", color="text.secondary", max_lines=6)
        self._understood.setObjectName("key.understood")
        self._command.textChanged.connect(self._say_command)
        self._remember = False
        asked = [(False, self.tr("Ask")), (True, self.tr("Keep in the system's keyring"))]
        self._remembers = Choice("key.remember", asked, self._choose_remembering)
        lengths = [(minutes, self._length(minutes)) for minutes in MINUTES]
        self._minutes = 30
        self._lengths = Choice("key.minutes", lengths, self._choose_minutes)
        self.pin = PinField(theme, "key.pin")

    def _make_buttons(self) -> None:
        theme = self._theme
        self._look = QPushButton(self.tr("Look for tokens"))
        self._look.setObjectName("key.look")
        self._look.setProperty("kind", "choice")
        self._look.setAutoDefault(False)
        self._look.clicked.connect(lambda: self._model.look_for_tokens(self._library.path))
        self._tokens = _TokenKeys(theme, self._model, self._wording)
        self._tokens.setObjectName("key.tokens")
        self.problem = TextBlock(theme, role="body", color="danger.text", max_lines=3)
        self.problem.setObjectName("key.problem")
        self.take = KeyButton(theme, self.tr("Check and take"), key="Enter", kind="primary")
        self.take.setObjectName("key.take")
        self.leave = KeyButton(theme, self.tr("Cancel"), key="Esc")
        self.leave.setObjectName("key.cancel")
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.reject)

    def _lay_out(self, room: QSize) -> None:
        theme = self._theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._of_kind: dict[KeyKind, list[QWidget]] = {kind: [] for kind in KeyKind}
        file, token, program = KeyKind.FILE, KeyKind.TOKEN, KeyKind.PROGRAM
        self._add(self.tr("File of the key"), self._file, file)
        self._add(self.tr("Passphrase"), self._remembers, file)
        self._add(self.tr("Library of the token"), self._library, token)
        self._add("", self._look, token)
        self._add(self.tr("Key"), self._tokens, token)
        self._add(self.tr("File of the certificate"), self._certificate, program)
        self._add(self.tr("Key: a file or a name"), self._name, program)
        self._add(self.tr("Command"), self._command, program)
        self._add("", self._understood, program)
        self._add(self.tr("One PIN serves"), self._lengths)
        how = TextBlock(theme, role="small", color="text.secondary", max_lines=3)
        how.set_text(
            self.tr(
                "The key is opened once and its certificate is checked. The PIN is kept in memory"
                " alone, for the time chosen, and is forgotten when you sign out, when the screen"
                " is locked, or when the token is pulled out."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(SignLabel(theme, self.tr("With which key to sign"), role="title"))
        column.addWidget(self._kinds)
        column.addLayout(self._grid)
        column.addWidget(self.pin)
        column.addWidget(how)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.take.setDefault(True)
        wanted = QSize(theme.px(_WIDTH_PX), theme.px(470))
        self.resize(wanted.boundedTo(room * _SHARE_OF_WINDOW))

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.leave, self.take):
            button.setAutoDefault(button is self.take)
            buttons.addWidget(button)
        return buttons

    def _add(self, text: str, widget: QWidget, kind: KeyKind | None = None) -> None:
        label = SignLabel(self._theme, text, role="body")
        number = self._grid.rowCount()
        is_tall = isinstance(widget, _TokenKeys)
        middle = Qt.AlignmentFlag.AlignTop if is_tall else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, number, 0, middle)
        self._grid.addWidget(widget, number, 1)
        if text:
            widget.setAccessibleName(text)
        if kind is not None:
            self._of_kind[kind] += [label, widget]

    def _fill(self, choice: KeyChoice) -> None:
        self._file.field.setText(choice.file)
        self._library.field.setText(choice.library or self._model.library)
        self._certificate.field.setText(choice.certificate_file)
        self._name.field.setText(choice.key_name)
        self._command.setText(line_of_command(choice.command))
        self._command.setCursorPosition(0)
        self._choose_minutes(choice.minutes)
        self._choose_remembering(choice.remembers)
        self._choose_kind(choice.kind)

    def _length(self, minutes: int) -> str:
        text = self.tr("{} min").format(minutes) if minutes < 60 else self.tr("{} h")
        return text.format(minutes // 60).replace(" ", NBSP)

    def _choose_kind(self, kind: KeyKind) -> None:
        if kind is not self._kind:
            self._model.forget_problem()
            self.pin.mark_wrong(False)
        self._kind = kind
        self._kinds.mark(kind)
        for one, widgets in self._of_kind.items():
            for widget in widgets:
                widget.setVisible(one is kind)

    def _choose_minutes(self, minutes: int) -> None:
        self._minutes = minutes
        self._lengths.mark(minutes)

    def _choose_remembering(self, remembers: bool) -> None:
        self._remember = remembers
        self._remembers.mark(remembers)

    def _choice(self) -> KeyChoice:
        if self._kind is KeyKind.TOKEN:
            found = self._tokens.chosen
            return KeyChoice(
                kind=self._kind,
                library=self._library.path,
                token=found.token if found is not None else self._model.choice.token,
                key_id=found.key_id if found is not None else self._model.choice.key_id,
                minutes=self._minutes,
            )
        if self._kind is KeyKind.PROGRAM:
            return KeyChoice(
                kind=self._kind,
                certificate_file=self._certificate.path,
                key_name=self._name.path,
                command=words_of_command(self._command.text()),
                minutes=self._minutes,
            )
        return KeyChoice(file=self._file.path, remembers=self._remember, minutes=self._minutes)

    def _take(self) -> None:
        try:
            choice = self._choice()
        except ValueError:
            self.problem.set_text(self._not_closed())
            return
        if choice.kind is KeyKind.TOKEN and not choice.token:
            self.problem.set_text(self.tr("Look for tokens first, then choose a key."))
            return
        self._model.take(choice, self.pin.pin)

    def _not_closed(self) -> str:
        return self.tr("A quotation mark in the command is not closed.")

    def _say_command(self) -> None:
        """How the command was understood: a path with spaces in it wants quotation marks."""
        try:
            words = words_of_command(self._command.text())
        except ValueError:
            self._understood.set_text(self._not_closed())
            return
        program, rest = words[:1], " ".join(f"«{word}»" for word in words[1:])
        said = self.tr("Program: «{}»").format(*program) if program else ""
        self._understood.set_text(
            said + "\n" + self.tr("Its words: {}").format(rest) if rest else said
        )

    def _say(self) -> None:
        model = self._model
        self.take.setEnabled(not model.is_busy)
        self._look.setEnabled(not model.is_busy)
        self._tokens.show_found(model.found)
        problem = model.problem
        self.problem.set_text(f"{problem.title}. {problem.detail}" if problem is not None else "")
        if model.is_pin_wrong:
            self.pin.ask_again()


class _TokenKeys(QScrollArea):
    """The keys of all tokens, one under the other; one of them is chosen."""

    def __init__(self, theme: Theme, model: KeyModel, wording: Wording) -> None:
        super().__init__()
        self._theme, self._words, self._wording = theme, model.words, wording
        self._shown: list[TokenKeyFound] | None = None
        self._group = QButtonGroup(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(theme.px(_LIST_PX))
        self.show_found(None, anew=True)

    @property
    def chosen(self) -> "TokenKeyFound | None":
        """The key that is marked."""
        number = self._group.checkedId()
        return self._shown[number] if self._shown and number >= 0 else None

    def show_found(self, found: "list[TokenKeyFound] | None", *, anew: bool = False) -> None:
        """Another list; the same one changes nothing."""
        if found is self._shown and not anew:
            return
        self._shown, self._group = found, QButtonGroup(self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for number, one in enumerate(found or ()):
            button = QPushButton(self._text(one))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("kind", "choice")
            height = self._theme.px(_ROW_PX)
            button.setStyleSheet(f"text-align: left; min-height: {height}px;")
            button.setToolTip(self._words.certificate_details(one.facts, self._wording))
            self._group.addButton(button, number)
            button.setChecked(number == 0)
            column.addWidget(button)
        if not found:
            column.addWidget(SignLabel(self._theme, self._nothing(found is None), role="body"))
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _nothing(self, unasked: bool) -> str:
        if unasked:
            return self.tr("Nobody has looked yet")
        return self.tr("No token with a key for signing is plugged in")

    def _text(self, one: "TokenKeyFound") -> str:
        """Which token on the first line; on the second one whose key, till when, of what kind."""
        token = " · ".join(part for part in (one.label, self._words.tries(one.tries)) if part)
        whose = self._words.certificate(one.facts, self._wording)
        number = self.tr("No. {}").format(one.facts.number[-8:])
        return f"{token}\n{whose} · {one.facts.algorithm.value} · {number}"
