"""Below the reasons: the PIN and the approval, or why there can be none; the way back."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QVBoxLayout, QWidget

from workstation.core.return_place import quoted
from workstation.ui.screens.approvals.view_model import (
    LONGEST_REASON,
    ApprovalsViewModel,
    Refusal,
)
from workstation.ui.screens.conclusion.form_state import Section, texts
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CasePlainEdit
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock, plain_tooltip
from workstation.ui.widgets.pin_field import PinField
from workstation.ui.widgets.signing_words import SigningWords
from workstation.ui.wording import Wording

_OF_THE_FILE = (
    Refusal.FILE_CHANGED,
    Refusal.NOT_GOOD,
    Refusal.UNDECIDED,
    Refusal.NOT_SHOWN,
    Refusal.DECIDED,
    Refusal.NOT_VERIFIED,
)
"""Reasons that a PIN cannot change: it is not asked for."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REASON_LINES = 4
_CAN_GIVE = 16
"""Logical pixels that two buttons can spare of their paddings."""


class ReasonEdit(CasePlainEdit):
    """Enter and Ctrl+Enter send, Shift+Enter begins a new line, Tab goes on."""

    sent = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("approvals.reason")
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not shifted:
            self.sent.emit()
            return
        super().keyPressEvent(event)


class ButtonPair(QWidget):
    """Side by side, or below each other where the column is too narrow for that."""

    def __init__(self, theme: Theme, main: KeyButton, other: KeyButton) -> None:
        super().__init__()
        self._theme = theme
        self._pair = (main, other)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(main, 1)
        self._row.addWidget(other)

    def minimumSizeHint(self) -> QSize:
        widest = max(button.sizeHint().width() for button in self._pair)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(button.sizeHint().width() for button in self._pair) + self._row.spacing()
        below = wanted - self._theme.px(_CAN_GIVE) > self.width()
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if below else direction.LeftToRight)


class DecisionPanel(QFrame):
    """Asks for a PIN or, in its place, for a reason. One filled button at a time."""

    approve_wanted = Signal(str)
    """With this PIN."""
    closed = Signal()
    """The PIN or the reason is not asked for any more."""

    def __init__(self, model: ApprovalsViewModel, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("approvals.decision")
        self.setProperty("surface", "panel")
        self._model, self._theme, self._wording = model, theme, wording
        self._signing = SigningWords(self)
        self._sections = ConclusionWords(wording, self)
        self._make_approval()
        self._make_return()
        self._lay_out()
        self._connect()
        theme.changed.connect(self._measure)
        self._measure()
        self._say()

    @property
    def is_returning(self) -> bool:
        """Whether the reason is being written."""
        return not self._returning.isHidden()

    @property
    def is_asking(self) -> bool:
        """Whether a PIN or a reason is being given."""
        return self.is_returning or self.pin.edit.hasFocus() or self.approve.hasFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
            self.show_model()
        super().changeEvent(event)

    def show_model(self) -> None:
        """Shows what can be decided now, and why not."""
        model, refusal = self._model, self._model.refusal
        asks = refusal not in _OF_THE_FILE and model.certificate_problem is None
        self.pin.setVisible(asks and model.pin_until is None)
        self.pin.edit.setReadOnly(model.is_busy)
        self._show_sitting()
        self.pin.show_hint(self._hint())
        self._signer.setVisible(asks and model.certificate is not None)
        if model.certificate is not None:
            words = self._signing.certificate(model.certificate, self._wording)
            self._signer.show_sign(words, "pen-nib")
            details = self._signing.certificate_details(model.certificate, self._wording)
            self._signer.setToolTip(plain_tooltip(details))
        self._note.setVisible(asks)
        self.approve.setEnabled(refusal is None)
        self.approve.setText(self.tr("Signing") if model.is_busy else self.tr("Approve"))
        self.give_back.setEnabled(model.can_return)
        self._show_reason_state()
        self._show_problem(refusal)

    def ask_pin(self) -> None:
        """The PIN has the focus, where one can be used."""
        if self._model.refusal is None:
            self._show_returning(False)
            if self._model.pin_until is not None:  # given before: Enter on the button is enough
                self.approve.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            self.pin.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.pin.edit.selectAll()

    def ask_reason(self) -> None:
        """The reason has the focus, where the conclusion can go back."""
        if self._model.can_return:
            self.pin.forget()
            self.edit.setPlainText(self._model.reason)
            self._show_returning(True)
            self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)

    def begin_anew(self) -> None:
        """Another conclusion is chosen: no PIN and no reason of the one before."""
        self.pin.forget()
        self._show_returning(False)
        self.edit.clear()
        self.mark(None)

    def _make_approval(self) -> None:
        theme = self._theme
        self.pin = PinField(theme, "approvals.pin")
        self._signer = SignLabel(theme, role="small")
        self._note = TextBlock(theme, role="small", color="text.secondary")
        self._keys = f"{key_label('approvals.approve')} Enter"
        self.approve = KeyButton(theme, "", key=self._keys, kind="primary", height="dialog")
        self.approve.setObjectName("approvals.approve")
        self.approve.setAutoDefault(True)  # Enter presses it
        back = key_label("approvals.return")
        self.give_back = KeyButton(theme, "", key=back, glyph="arrow-u-up-left", height="dialog")
        self.give_back.setObjectName("approvals.giveBack")
        self.problem = TextBlock(theme, role="small", color="danger.text")
        self.problem.setObjectName("approvals.problem")

    def _make_return(self) -> None:
        theme = self._theme
        self._label = SignLabel(theme, role="micro")
        self.place = KeyButton(theme, "", glyph="caret-down", height="compact")
        self.place.setObjectName("approvals.returnPlace")
        self._place: Section | None = None
        """Which part goes back; None: the whole."""
        self.edit = ReasonEdit(theme)
        self.passage = CasePlainEdit(theme)
        self.passage.setObjectName("approvals.passage")
        self.passage.setReadOnly(True)
        self.passage.setTabChangesFocus(True)
        self._passage_note = SignLabel(theme, role="small")
        self._return_note = TextBlock(theme, role="small", color="text.secondary")
        self.send = KeyButton(theme, "", key="Enter", kind="primary", height="dialog")
        self.send.setObjectName("approvals.send")
        back = key_label("approvals.back")
        self.cancel = KeyButton(theme, "", key=back, height="dialog")
        self.cancel.setObjectName("approvals.cancel")

    def _lay_out(self) -> None:
        self._approving, self._returning = QFrame(), QFrame()
        upper = _column(self._approving)
        for widget in (self.pin, self._signer, self._note):
            upper.addWidget(widget)
        upper.addWidget(ButtonPair(self._theme, self.approve, self.give_back))
        lower = _column(self._returning)
        meant = (self.passage, self._passage_note)
        for part in (self._label, self.place, *meant, self.edit, self._return_note):
            lower.addWidget(part)
        lower.addWidget(ButtonPair(self._theme, self.send, self.cancel))
        self._returning.hide()
        line = QFrame()
        line.setProperty("line", "h")
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(8)
        for block in (self.problem, self._approving, self._returning):
            inside.addWidget(block)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(inside)

    def _connect(self) -> None:
        self.approve.clicked.connect(self._approve)
        self.pin.entered.connect(self._approve)
        self.give_back.clicked.connect(self.ask_reason)
        self.edit.textChanged.connect(self._written)
        self.edit.sent.connect(self._give_back)
        self.send.clicked.connect(self._give_back)
        self.place.clicked.connect(self._offer_parts)
        self.cancel.clicked.connect(self.closed)
        self.passage.selectionChanged.connect(self._say_passage)
        self._model.pin_refused.connect(self.pin.ask_again)

    def _approve(self) -> None:
        if self.pin.is_empty and self._model.pin_until is None:
            self.ask_pin()
        else:
            self.approve_wanted.emit(self.pin.pin)

    def _give_back(self) -> None:
        part = "" if self._place is None else self._sections.section(self._place)
        self._model.give_back(part, self._passage())

    def _passage(self) -> str:
        """The words that were selected in the section's text; "" where it is meant as a whole."""
        return quoted(self.passage.textCursor().selectedText())

    def mark(self, section: Section | None) -> None:
        """Which part of the conclusion is meant; None: the whole of it."""
        self._place = section
        self.place.setText(self._part(section))
        self.place.setToolTip(self.tr("Which part is to be corrected"))
        self.place.updateGeometry()
        self._show_text()

    def _show_text(self) -> None:
        """The text of the section that is meant, for a passage to be selected in it."""
        form, section = self._model.form, self._place
        text = "" if form is None or section is None else texts(form)[section]
        if form is not None and section is Section.DECISION:
            text = form.decision_note
        if self.passage.toPlainText() != text:
            self.passage.setPlainText(text)
        for part in (self.passage, self._passage_note):
            part.setVisible(bool(text))
        self._say_passage()

    def _say_passage(self) -> None:
        passage = self._passage()
        words = self.tr("Marked: “{}”").format(passage) if passage else ""
        self._passage_note.show_sign(words or self.tr("Select the words that are meant"))

    def _part(self, section: Section | None) -> str:
        if section is None:
            return self.tr("The whole conclusion")
        return self._sections.section(section)

    def _marked(self, section: Section | None, checked: bool = False) -> None:
        self.mark(section)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_parts(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section in (None, *Section):
            menu.addAction(self._part(section)).triggered.connect(partial(self._marked, section))
        menu.popup(self.place.mapToGlobal(self.place.rect().bottomLeft()))

    def _written(self) -> None:
        text = self.edit.toPlainText()
        if self.is_returning:
            self._model.write_reason(text[:LONGEST_REASON])
        self._show_reason_state()

    def _show_returning(self, returning: bool) -> None:
        self._approving.setVisible(not returning)
        self._returning.setVisible(returning)
        self._show_reason_state()

    def _show_reason_state(self) -> None:
        model, text = self._model, self.edit.toPlainText()
        too_long = len(text) > LONGEST_REASON
        self.send.setEnabled(model.can_return and bool(text.strip()) and not too_long)
        self.edit.setReadOnly(model.is_busy)
        note = self.tr("The doctor reads it and signs a new version.")
        if too_long:
            over = len(text) - LONGEST_REASON
            note = self.tr("Too long by %n character(s)", None, over)
        self._return_note.set_text(note)
        self._return_note.set_color("danger.text" if too_long else "text.secondary")

    def _show_problem(self, refusal: Refusal | None) -> None:
        model = self._model
        text = ""
        if model.problem is not None:
            text = _sentences(model.problem.title, model.problem.detail)
        elif refusal is not None:
            text = self._why_not(refusal)
        danger = model.problem is not None or refusal in (
            Refusal.FILE_CHANGED,
            Refusal.NOT_GOOD,
            Refusal.NO_CERTIFICATE,
        )
        self.problem.set_text(text)
        self.problem.set_color("danger.text" if danger else "text.secondary")
        self.problem.setVisible(bool(text))

    def _why_not(self, refusal: Refusal) -> str:
        problem = self._model.certificate_problem
        if refusal is Refusal.NO_CERTIFICATE and problem is not None:
            return _sentences(problem.title, problem.detail)
        return {
            Refusal.FILE_CHANGED: self.tr("It cannot be approved: the file was changed."),
            Refusal.NOT_GOOD: self.tr("It cannot be approved: the signature is not good."),
            Refusal.UNDECIDED: self.tr("It cannot be approved: the signature is not established."),
            Refusal.NOT_VERIFIED: self.tr("It cannot be approved: the signature was not verified."),
            Refusal.NOT_SHOWN: self.tr("It cannot be approved: not all of it can be read here."),
            Refusal.OFFLINE: self.tr("No connection: it can be decided once the server is back."),
        }.get(refusal, "")

    def _show_sitting(self) -> None:
        until = self._model.pin_until
        text = self.tr("Approval gives the conclusion to the patient.")
        if until is not None:
            kept = self.tr("The PIN was given, it is good until {}.")
            text = f"{text} {kept.format(self._wording.time(until))}"
        self._note.set_text(text)

    def _hint(self) -> str:
        hint = self._model.pin_hint
        return self.tr("demonstration: {}").format(hint) if hint else ""

    def _measure(self) -> None:
        lines = _REASON_LINES * self._theme.line_height("body")
        self.edit.setFixedHeight(lines + self._theme.px(12))
        self.passage.setFixedHeight(lines + self._theme.px(12))

    def _say(self) -> None:
        self.mark(self._place)
        self._label.show_sign(self.tr("Why it goes back to the doctor"))
        self.edit.setAccessibleName(self._label.text())
        for button, text, key in (
            (self.approve, self.tr("Approve"), self._keys),
            (self.give_back, self.tr("Return"), key_label("approvals.return")),
            (self.send, self.tr("Return to the doctor"), "Enter"),
            (self.cancel, self.tr("Cancel"), key_label("approvals.back")),
        ):
            button.setText(text)
            button.setToolTip(f"{text} ({key})")
            button.updateGeometry()
        self.show_model()


def _column(frame: QFrame) -> QVBoxLayout:
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column


def _sentences(*parts: str) -> str:
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
