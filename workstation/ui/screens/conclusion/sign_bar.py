"""The last check before the signature, left to right: files, certificate, level, file, PIN."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend_client.models.common import RequestId
from backend_client.models.identity import IdentityMark
from workstation.studies.imaging import PdfInfo
from workstation.ui.screens.conclusion.draft_writer import WRITABLE
from workstation.ui.screens.conclusion.form_state import Obstacle
from workstation.ui.screens.conclusion.spelled_line import SpelledLineEdit
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock, plain_tooltip
from workstation.ui.widgets.level_words import LevelWords
from workstation.ui.widgets.pin_field import PinField
from workstation.ui.widgets.signing_words import LEVEL, Fitness, fitness
from workstation.ui.wording import NBSP

_BUTTON_PX = 44
_LOWER_PX = 48
_MESSAGE_PX, _MESSAGE_SHARE = 560, 0.46
_CERTIFICATE_PX = 110
_ALL_THE_REST = 1000
"""Stretch of a field that goes as far as it can."""
_REASON_PX, _BESIDE_PX, _BESIDE_SHARE = 360, 290, 0.25
"""A reason is read whole while it is typed; what is said beside it takes two lines."""
WRONG = frozenset(
    {
        Obstacle.NOT_IDENTIFIED,
        Obstacle.BAD_CODE,
        Obstacle.UNPRINTABLE,
        Obstacle.STALE,
        Obstacle.NOT_SAVED,
    }
)
"""What does not go away by waiting."""
LONGEST_REASON = 500
"""Characters (`backend_client.models.conclusions.Line`)."""
_WHOLE_UP_TO = 1.5
"""In larger type figures are shortened too: their tooltips have them whole."""


class SignBar(QFrame):
    """Always visible under the form and the pages. `pressed`: to be signed with `pin.pin`."""

    pressed = Signal()
    file_wanted = Signal()
    explained = Signal(str)
    """Why files need not be looked at, as it is typed."""
    correction_wanted = Signal(str)
    """What is wrong with the conclusion that the patient has."""

    def __init__(self, theme: Theme, words: ConclusionWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion.signBar")
        self.setProperty("surface", "panel")
        self._theme, self._words = theme, words
        self.files = SignLabel(theme, role="bodyStrong", color="warn.text")
        self.files.setObjectName("conclusion.files")
        self.files.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.names = SignLabel(theme, role="body", color="text.primary")
        self.names.setObjectName("conclusion.fileNames")
        self.open_file = KeyButton(theme, "", key=key_label("conclusion.unopened"))
        self.open_file.setObjectName("conclusion.openFile")
        self.reason = SpelledLineEdit(theme)
        self.reason.setObjectName("conclusion.unopenedReason")
        self.reason.setMaxLength(LONGEST_REASON)
        self.why = SpelledLineEdit(theme)
        self.why.setObjectName("conclusion.correction")
        self.why.setMaxLength(LONGEST_REASON)
        self.correct = KeyButton(theme, "", glyph="pencil-simple")
        self.correct.setObjectName("conclusion.correct")
        self.message = TextBlock(theme, role="small", color="text.secondary", max_lines=2)
        self.message.setObjectName("conclusion.message")
        self.certificate = _Fact(theme, "certificate", grows=True)
        self.level = _Fact(theme, "level")
        self.file = _Fact(theme, "file")
        self.digest = _Fact(theme, "sha256", role="monoBody")
        self.pin = PinField(theme, "conclusion.pin")
        self.button = KeyButton(
            theme, "", key=key_label("conclusion.sign"), glyph="pen-nib", kind="primary"
        )
        self.button.setObjectName("conclusion.sign")
        self._lay_out()
        self.button.clicked.connect(self.pressed)
        self.open_file.clicked.connect(self.file_wanted)
        self.reason.textEdited.connect(self.explained)
        self.correct.clicked.connect(self._want_correction)
        self.why.returnPressed.connect(self._want_correction)
        theme.changed.connect(self._fit)
        self._fit()
        self._say()

    def ask_for_pin(self) -> None:
        """Everything is there but the PIN."""
        self._tell(self.tr("Type the PIN of the key, then sign"), "warn.text")
        self.pin.setFocus()

    def show_model(self, model: ConclusionViewModel) -> None:
        """Follows the view model."""
        signs = model.state in WRITABLE and not model.has_ended
        self._lower.setVisible(not model.has_ended)
        self._show_files(model, signs)
        self._show_certificate(model, signs)
        self._show_file(model)
        self.pin.setVisible(signs and model.signing.needs_pin)
        self.button.setVisible(signs)
        hint = model.signing.pin_hint
        self.pin.show_hint(self.tr("demonstration PIN: {}").format(hint) if hint else "")
        self.pin.edit.setReadOnly(model.is_signing)
        _relabel(self.button, self._label(model), "conclusion.sign")
        self.button.setEnabled(model.obstacle is None)
        self._show_reason(model, signs)
        self._show_correction(model)
        self._show_message(model)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_message()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(10)
        for widget in (self.files, self.names, self.open_file):
            upper.addWidget(widget)
        upper.addWidget(self.reason, _ALL_THE_REST)
        upper.addWidget(self.why, _ALL_THE_REST)
        upper.addWidget(self.correct)
        upper.addStretch(1)
        upper.addWidget(self.message, 0, Qt.AlignmentFlag.AlignVCenter)
        self._upper = QWidget(self)
        upper.setContentsMargins(0, 0, 0, 0)
        self._upper.setLayout(upper)
        lower = QHBoxLayout()
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(18)
        lower.addWidget(self.certificate, 1)
        for fact in (self.level, self.file, self.digest):
            lower.addWidget(fact)
        lower.addWidget(self.pin)
        lower.addWidget(self.button)
        self._lower = QWidget(self)
        self._lower.setLayout(lower)
        line = QFrame()
        line.setProperty("line", "h")
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 8, 16, 10)
        rows.setSpacing(6)
        rows.addWidget(self._upper)
        rows.addWidget(self._lower)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(rows)

    def _show_files(self, model: ConclusionViewModel, signs: bool) -> None:
        files = model.unopened if signs else ()
        for widget in (self.names, self.open_file):
            widget.setVisible(bool(files))
        if files:
            title, names = self._words.unopened(files)
            self.files.show_sign(title, "warning", "warn.text")
            self.names.show_sign(names, None, "text.primary")
        elif signs:
            read = model.card is not None
            there = bool(model.card and model.card.documents)
            text = self.tr("All files were opened") if there else self.tr("There are no files")
            self.files.show_sign(text if read else "", "check" if read else None, "text.secondary")
        elif model.has_ended:
            self.files.show_sign(self._words.not_signed(), "pen-nib", "text.secondary")
        elif model.record is not None:
            standing = self._words.standing(model.record)
            self.files.show_sign(standing.word, standing.glyph, standing.color)

    def _show_reason(self, model: ConclusionViewModel, signs: bool) -> None:
        """Beside the names: why they need not be opened. It is printed."""
        asks = signs and bool(model.unopened)
        self.reason.setVisible(asks)
        self.reason.setReadOnly(not model.is_editable)
        said = model.form.unopened_reason
        if asks and self.reason.text() != said and not self.reason.hasFocus():
            self.reason.setText(said)
        unprintable = getattr(model.preview.problem, "field", "") == "unopened_reason"
        is_missing = asks and (unprintable or model.obstacle is Obstacle.UNOPENED)
        if self.reason.property("invalid") is not is_missing:
            self.reason.setProperty("invalid", is_missing)
            self.reason.style().polish(self.reason)

    def _show_correction(self, model: ConclusionViewModel) -> None:
        """Of what the patient has: the way to a new edition."""
        offers = model.can_correct
        if not offers and not model.is_correcting:
            self.why.clear()
        self.why.setVisible(offers)
        self.correct.setVisible(offers or model.is_correcting)
        self.correct.setEnabled(offers)

    def _want_correction(self) -> None:
        if self.why.text().strip():
            self.correction_wanted.emit(self.why.text())
        else:
            self.why.setFocus()

    def _show_certificate(self, model: ConclusionViewModel, signs: bool) -> None:
        signing, wording = model.signing, model.wording
        if not signs:
            author = model.record.author_name if model.record is not None else ""
            self.certificate.show_fact(self.tr("Signed by"), author)
            return
        facts = signing.certificate
        label = self.tr("Certificate")
        if facts is None:
            missing = signing.no_certificate
            text = missing.title if missing is not None else self.tr("is being read")
            color = "danger.text" if missing is not None else "text.tertiary"
            self.certificate.show_fact(label, text, color=color)
            return
        colors = {Fitness.FIT: "text.primary", Fitness.ENDS_SOON: "warn.text"}
        self.certificate.show_fact(
            label,
            signing.words.certificate(facts, wording),
            tooltip=signing.words.certificate_details(facts, wording),
            color=colors.get(fitness(facts, wording.now()), "danger.text"),
        )

    def _show_file(self, model: ConclusionViewModel) -> None:
        pages, preview, record = model.preview.pages, model.preview.preview, model.record
        is_signed = record is not None and model.state not in WRITABLE
        sha256 = record.sha256 if is_signed and record else preview.sha256 if preview else ""
        size = record.size if is_signed and record else len(preview.pdf) if preview else 0
        info = pages.info if pages is not None else None
        count = info.page_count if isinstance(info, PdfInfo) else 0
        known = bool(sha256 and size and count)
        self._show_level(model, record.request_id if is_signed and record else None)
        nothing = self.tr("none yet")
        color = "text.primary" if known else "text.tertiary"
        self.file.show_fact(
            self.tr("File"), self._words.size(count, size) if known else nothing, color=color
        )
        self.digest.show_fact(
            "SHA-256", _short(sha256) if known else nothing, tooltip=sha256, color=color
        )

    def _show_level(self, model: ConclusionViewModel, signed: RequestId | None) -> None:
        """What is aimed at; of a signature what was reached, and why not more."""
        words, record = LevelWords(self), model.record
        reached = model.signing.level(signed) if signed is not None else None
        kept = record.level if signed is not None and record is not None else ""
        if reached is not None and kept not in ("", reached.reached.value):
            reached = None  # it was lifted since
        text = f"PAdES {kept}" if kept else LEVEL
        if signed is None:
            text = model.signing.wanted_level
        short = words.shortfall(reached) if reached is not None else ""
        self.level.show_fact(
            self.tr("Level"),
            (text if reached is None else words.reached(reached)).replace(" ", NBSP),
            tooltip=short,
            color="warn.text" if short else "text.primary",
        )

    def _show_message(self, model: ConclusionViewModel) -> None:
        if model.has_ended:
            self._tell("", "text.secondary")
            return
        problem = model.signing.problem
        if problem is not None and not model.is_signing:
            self._tell(problem.whole, "danger.text")
            return
        refused = model.obstacle is Obstacle.NO_CERTIFICATE and not model.signing.is_reading
        color = "danger.text" if refused or model.obstacle in WRONG else "text.secondary"
        text = self._words.obstacle(model)
        marks = model.row.identity_marks if model.row is not None else []
        if not text and IdentityMark.DATA_CHANGED in marks:
            text, color = self._words.data_changed(), "warn.text"
        self._tell(text or self._said_of_the_paper(model), color)

    def _said_of_the_paper(self, model: ConclusionViewModel) -> str:
        """Calm words where nothing is in the way: of a signed file its way to the wanted level, of
        one to be signed what the paper and the certificate rest on."""
        words, record = LevelWords(self), model.record
        if model.state not in WRITABLE:
            lifting = model.signing.lifting(record.request_id) if record is not None else None
            return words.lifting(lifting) if lifting is not None else ""
        if not model.signing.compares_snils:
            return words.no_snils()
        return "" if model.signing.knows_public_address else words.own_address()

    def _tell(self, text: str, color: str) -> None:
        self.message.set_text(text)
        self.message.set_color(color)
        self._fit_message()

    def _label(self, model: ConclusionViewModel) -> str:
        if model.is_signing:
            return self.tr("Signing")
        return self.tr("Hand in again") if model.signing.unsent is not None else self.tr("Sign")

    def _say(self) -> None:
        text = self.tr("Open", "a file that was not looked at")
        _relabel(self.open_file, text, "conclusion.unopened")
        _relabel(self.button, self.tr("Sign"), "conclusion.sign")
        hint = self.tr("or the reason why not")
        self.reason.setPlaceholderText(hint)
        self.reason.setAccessibleName(self.tr("Why files were not opened; it is printed"))
        self.why.setPlaceholderText(self.tr("what is wrong with it; it is printed"))
        self.why.setAccessibleName(self.tr("What is corrected"))
        self.correct.setText(self.tr("Correct"))
        self.correct.setToolTip(
            self.tr("A new edition is written; the patient keeps this one until then")
        )

    def _fit(self) -> None:
        px = self._theme.px
        self.button.setFixedHeight(px(_BUTTON_PX))
        self._upper.setFixedHeight(px(34))
        self._lower.setFixedHeight(px(_LOWER_PX))
        self.certificate.setMinimumWidth(px(_CERTIFICATE_PX))
        self._fit_message()

    def _fit_message(self) -> None:
        """At the right: as wide as its words, up to a limit beyond which they take two lines; a
        field in which a reason is typed comes first."""
        metrics, px = QFontMetrics(self._theme.font("small")), self._theme.px
        width = metrics.horizontalAdvance(self.message.text()) + 4
        is_beside = not (self.reason.isHidden() and self.why.isHidden())
        limit, share = (_BESIDE_PX, _BESIDE_SHARE) if is_beside else (_MESSAGE_PX, _MESSAGE_SHARE)
        self.message.setFixedWidth(max(0, min(px(limit), round(self.width() * share), width)))
        for field in (self.reason, self.why):
            field.setMinimumWidth(min(px(_REASON_PX), round(self.width() * _BESIDE_SHARE)))


class _Fact(QWidget):
    """A label and its value under it."""

    def __init__(self, theme: Theme, name: str, *, role: str = "lead", grows: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._label = SignLabel(theme, role="micro")
        self.value = SignLabel(theme, role=role, color="text.primary")
        self.value.setObjectName(f"conclusion.{name}")
        self._grows = grows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._label)
        column.addWidget(self.value)
        column.addStretch(1)

    def show_fact(
        self, label: str, value: str, *, tooltip: str = "", color: str = "text.primary"
    ) -> None:
        """Shows another value."""
        self._label.show_sign(label)
        self.value.show_sign(value, None, color)
        self.value.setToolTip(plain_tooltip(tooltip))
        whole = not self._grows and self._theme.scale <= _WHOLE_UP_TO
        self.value.setMinimumWidth(self.value.sizeHint().width() if whole else 0)


def _relabel(button: KeyButton, text: str, action: str) -> None:
    button.setText(text)
    button.setToolTip(with_key(text, action))
    button.updateGeometry()


def _short(digest: str) -> str:
    """«9f3c 71d0 … 4be2»."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"
