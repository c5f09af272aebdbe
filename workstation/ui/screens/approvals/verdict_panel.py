"""The verdict in one sentence, then the reasons line by line."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.conclusions import Approval
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.drawn import Glyph
from workstation.ui.screens.approvals.file_words import FileWords
from workstation.ui.screens.approvals.place_row import PlaceRow, Target
from workstation.ui.screens.approvals.signature_words import Reason, SignatureWords, Tone
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.placeholder import SKELETON_MS

Line = tuple[Reason, Target | None]
"""A line, and the place to which it leads."""
_WIDEST_NUMBER = 36
"""Letters that stand in one line of the column."""
_VERDICT_GLYPHS = {Tone.GOOD: "shield-check"}


class VerdictBox(QFrame):
    """A soft ground, a large glyph, the sentence, what follows of it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._tone = Tone.PLAIN
        self._glyph = Glyph(theme, 24)
        self.title = TextBlock(theme, role="title")
        self.detail = TextBlock(theme, color="text.secondary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 12, 12, 12)
        across.setSpacing(10)
        across.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def show_reason(self, reason: Reason) -> None:
        """Shows another verdict."""
        self._tone = reason.tone
        glyph = _VERDICT_GLYPHS.get(reason.tone, reason.tone.glyph)
        plain = reason.tone is Tone.PLAIN
        self._glyph.show_glyph(glyph, reason.tone.color)
        self.title.set_text(reason.title)
        self.title.set_color("text.primary" if plain else reason.tone.color)
        self.detail.set_text(reason.detail)
        self.setAccessibleName(f"{reason.title}. {reason.detail}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone.ground))
        radius = self._theme.size("radius", "panel")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)


class ReasonRow(QWidget):
    """A glyph, a fact, its explanation; another fact may take its place."""

    def __init__(self, theme: Theme, reason: Reason) -> None:
        super().__init__()
        self._theme = theme
        self._glyph = Glyph(theme, 16)
        self._title = TextBlock(theme, role="lead")
        self._detail: TextBlock | None = None
        self._number: list[SignLabel] = []
        self._words = QVBoxLayout()
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(1)
        self._words.addWidget(self._title)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(self._glyph)
        mark.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        across.addLayout(mark)
        across.addLayout(self._words, 1)
        self.show_reason(reason)

    def show_reason(self, reason: Reason) -> None:
        """Shows that one instead."""
        loud = reason.tone not in (Tone.GOOD, Tone.PLAIN)
        self._glyph.show_glyph(reason.tone.glyph, reason.tone.color)
        self._title.set_color(reason.tone.color if loud else "text.primary")
        self._title.set_text(reason.title)
        self._show_detail("" if reason.is_number else reason.detail)
        self._show_number(reason.detail if reason.is_number else "")
        self.setAccessibleName(". ".join(part for part in (reason.title, reason.detail) if part))

    def _show_detail(self, text: str) -> None:
        if text and self._detail is None:
            self._detail = TextBlock(self._theme, role="small", color="text.secondary")
            self._words.addWidget(self._detail)
        if self._detail is not None:
            self._detail.set_text(text)
            self._detail.setVisible(bool(text))

    def _show_number(self, text: str) -> None:
        """Letter by letter, none left out: what is too long for a line takes two."""
        half = len(text) if len(text) <= _WIDEST_NUMBER else len(text) // 2
        parts = [part for part in (text[:half], text[half:]) if part]
        while len(self._number) < len(parts):
            label = SignLabel(self._theme, role="mono")
            self._words.addWidget(label)
            self._number.append(label)
        for place, label in enumerate(self._number):
            label.setVisible(place < len(parts))
            if place < len(parts):
                label.show_sign(parts[place])


class VerdictPanel(QFrame):
    """Follows the reader of the view model; scrolls where the reasons are many."""

    place_wanted = Signal(object)
    """A measurement or a source is to be shown in its file: an `Annotation` or an `Evidence`."""

    def __init__(self, model: ApprovalsViewModel, theme: Theme, words: SignatureWords) -> None:
        super().__init__()
        self.setObjectName("approvals.verdictPanel")
        self.setProperty("surface", "panel")
        self._model, self._theme, self._words = model, theme, words
        self._file_words = FileWords(self)
        self._shown: tuple[Line, ...] = ()
        self._left_from: Target | None = None
        """The line with which the approver works, and from which files are looked into."""
        self._waited_for: Approval | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_MS)
        self._late.timeout.connect(self.show_model)
        self.news = VerdictBox(theme, "approvals.news")
        self.verdict = VerdictBox(theme, "approvals.verdict")
        self._rows: list[ReasonRow | PlaceRow] = []
        self._spare: list[ReasonRow] = []
        """Lines of conclusions before: making one costs more than writing it anew."""
        self._column = QVBoxLayout()
        self._column.setContentsMargins(4, 0, 4, 0)
        self._column.setSpacing(12)
        self._lay_out()

    def reasons(self) -> list[str]:
        """The lines as they are read, top to bottom."""
        return [row.accessibleName() for row in self._rows]

    def places(self) -> list[PlaceRow]:
        """The lines that lead into the files, top to bottom."""
        return [row for row in self._rows if isinstance(row, PlaceRow)]

    def show_model(self) -> None:
        """Shows what is known of the chosen conclusion's signatures."""
        self._show_news()
        verdict = None if self._model.is_decided else self._verdict()
        self.verdict.setVisible(verdict is not None)
        if verdict is not None:
            self.verdict.show_reason(verdict)
        reasons = self._lines() if verdict is not None else ()
        lines = tuple((one, None) for one in reasons)
        self._show_lines((*lines, *self._of_files()))

    def _verdict(self) -> Reason | None:
        reader = self._model.reader
        if reader.state is not Reading.LOADING:
            self._late.stop()
        if reader.state is Reading.CHANGED:
            return self._words.changed_file()
        if reader.verdict is not None and reader.signed is not None:
            return self._words.verdict(reader.verdict, reader.signed)
        if reader.state is Reading.FAILED:
            title = self.tr("The signature was not verified")
            return Reason(Tone.OPEN, title, self.tr("The file could not be fetched."))
        if reader.state is Reading.LOADING:
            return self._verifying()
        return None

    def _verifying(self) -> Reason | None:
        """Nothing for a moment: most files come sooner."""
        approval = self._model.reader.approval
        is_new = self._waited_for is not approval
        if is_new:
            self._waited_for = approval
            self._late.start()
        if is_new or self._late.isActive():
            return None
        title = self.tr("The signature is being verified")
        return Reason(Tone.PLAIN, title, self.tr("The file is fetched and looked at."))

    def _lines(self) -> tuple[Reason, ...]:
        reader = self._model.reader
        if reader.state is Reading.CHANGED:
            return (self._words.what_to_do(),)
        return tuple(self._words.reasons(reader.signed)) if reader.signed is not None else ()

    def _of_files(self) -> tuple[Line, ...]:
        model, words = self._model, self._file_words
        said = (
            *words.unopened(model.chosen, model.form, model.card),
            *words.answers(model.documents),
        )
        return (
            *((one, None) for one in said),
            *words.measured(model.documents, model.measured),
            *words.sources(model.documents, model.sources),
        )

    def _show_news(self) -> None:
        """What a colleague or the doctor has done meanwhile."""
        model = self._model
        news: Reason | None = None
        if model.is_decided:
            news = self._words.decided(model.row.status if model.row is not None else None)
        elif model.is_renewed:
            level = model.chosen.level if model.is_lifted and model.chosen is not None else ""
            news = self._words.lifted(level) if level else self._words.renewed()
        self.news.setVisible(news is not None)
        if news is not None:
            self.news.show_reason(news)

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        if lines == self._shown:
            return
        self._shown = lines
        keyed = self.window().focusWidget()
        may_return = keyed is None or isinstance(keyed, QAbstractItemView | PlaceRow)
        if isinstance(keyed, PlaceRow):
            keyed.clearFocus()  # or Qt hands the keyboard to a line beside it
        for row in self._rows:
            self._column.removeWidget(row)
            if isinstance(row, ReasonRow):
                self._spare.append(row)
            else:
                row.deleteLater()
        self._rows = [self._row(*line) for line in lines]
        for row in self._rows:
            self._column.addWidget(row)
            if isinstance(row, ReasonRow):
                row.show()
        for spare in self._spare:
            spare.hide()
        if may_return:
            self._return_focus()

    def _row(self, reason: Reason, target: Target | None) -> ReasonRow | PlaceRow:
        if target is None and self._spare:
            spare = self._spare.pop(0)
            spare.show_reason(reason)
            return spare
        if target is None:
            return ReasonRow(self._theme, reason)
        row = PlaceRow(self._theme, reason, target)
        row.clicked.connect(partial(self._lead, target))
        row.turned_to.connect(partial(self._turn_to, target))
        return row

    def _turn_to(self, target: Target) -> None:
        self._left_from = target

    def _lead(self, target: Target) -> None:
        self._left_from = target
        self.place_wanted.emit(target)

    def _return_focus(self) -> None:
        """Back from a look into a file: to the line that led there, as soon as it stands again.
        What is being typed or decided keeps the keyboard."""
        if self._left_from is None or not self.isVisible():
            return
        found = [row for row in self.places() if row.target == self._left_from]
        if found:
            found[0].show()  # a row that was just put in is shown later, and is given no keyboard
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_place(self) -> None:
        """The approver went on: nobody is led back."""
        self._left_from = None

    def _lay_out(self) -> None:
        inside = QFrame()
        inside.setProperty("surface", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.news)
        column.addWidget(self.verdict)
        column.addLayout(self._column)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
