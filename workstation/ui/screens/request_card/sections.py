"""The sections of the card, from the diagnosis down to the history."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from backend_client.models.requests import (
    ChecklistItem,
    Consent,
    ConsentKind,
    HistoryEntry,
    ItemState,
    ProfileMatch,
    RequestCard,
    RequestRow,
)
from workstation.ui.literal_text import one_line
from workstation.ui.record_table_model import RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.checklist import ChecklistView
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import MUCH, SignLabel, TextBlock

COMPLAINT_LINES = 5
DIAGNOSIS_LINES = 3


class Section(QFrame):
    """A small heading, at its right a remark, and what stands under it."""

    def __init__(self, theme: Theme, title: str, *, lines: int = 2) -> None:
        super().__init__()
        self.heading = SignLabel(theme, title, role="micro", color="text.tertiary")
        self.remark = SignLabel(theme, role="small", color="text.secondary")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.remark)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 6, 16, 4)
        self.column.setSpacing(lines)
        self.column.addLayout(head)


def link_button(text: str, name: str) -> QPushButton:
    """A button inside a section that shows more of it."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("kind", "link")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


class Complaint(QFrame):
    """Diagnosis, a question's topic (OZ-13), complaints: always in sight (OZ-7)."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._card: RequestCard | None = None
        self._diagnosis = Section(theme, self.tr("Diagnosis"))
        self.code = SignLabel(theme, role="monoBody", color="text.primary")
        self.diagnosis = TextBlock(theme, role="bodyStrong", max_lines=DIAGNOSIS_LINES)
        self.diagnosis.setObjectName("card.diagnosis")
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.diagnosis, 1)
        self._diagnosis.column.addLayout(line)
        self.topic = SignLabel(theme, role="small", color="route.duty")
        self.topic.setObjectName("card.topic")
        self._diagnosis.column.addWidget(self.topic)
        self._complaints = Section(theme, self.tr("Complaints"))
        self._complaints.column.setContentsMargins(16, 2, 16, 8)
        self.complaints = TextBlock(theme, max_lines=COMPLAINT_LINES)
        self.complaints.setObjectName("card.complaints")
        self.more = link_button(self.tr("Show all"), "card.complaints.more")
        self.more.clicked.connect(self._show_all)
        self.place = SignLabel(theme)
        self.payer = SignLabel(theme)
        self.payer.setObjectName("card.payer")
        self._complaints.column.addWidget(self.complaints)
        self._complaints.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._facts, self._below = QHBoxLayout(), QHBoxLayout()
        self._facts.setSpacing(16)
        self._facts.addWidget(self.place)
        self._facts.addWidget(self.payer)
        self._facts.addStretch(1)
        self._complaints.column.addLayout(self._facts)
        self._complaints.column.addLayout(self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._diagnosis)
        column.addWidget(self._complaints)

    def show_row(self, row: RequestRow) -> None:
        """Shows what the row knows."""
        words, diagnosis = self._words, row.diagnosis
        self.code.show_sign(diagnosis.icd10 or "")
        self.code.setVisible(bool(diagnosis.icd10))
        self.diagnosis.set_text(diagnosis.text or self.tr("no diagnosis was given"))
        profile = words.profile(row.profile_match)
        inside = row.profile_match is ProfileMatch.IN_PROFILE
        text = self.tr("In the centre's profile") if inside else profile.word
        color = "ok.text" if inside else profile.color
        self._diagnosis.remark.show_sign(text, profile.glyph, color)
        ahead = words.time.ahead_of_doctor(row.patient.time_zone)
        place = row.patient.place + (f" ({ahead})" if ahead else "")
        setting = words.care_setting(row.care_setting)
        self.place.show_sign(", ".join(p for p in (setting[:1].upper() + setting[1:], place) if p))

    def show_card(self, card: RequestCard | None) -> None:
        """Shows what the card adds."""
        text = card.complaints if card is not None else ""
        if card is not None and not text.strip():
            text = self.tr("none were given")
        self.complaints.set_text(text)
        self._card = card
        topic = card.topic if card is not None else ""
        self.topic.setVisible(bool(topic))
        self.topic.show_sign(self.tr("Topic: {}").format(topic), "tag", "route.duty")
        self._fit_more()
        self._fit_payer()

    def fold(self) -> None:
        """Cuts long complaints again, for another request."""
        self.complaints.set_max_lines(COMPLAINT_LINES)
        self._fit_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_more()
        self._fit_payer()

    def _fit_payer(self) -> None:
        """Beside the place, or below it; of a long name the end goes, never what is left."""
        self.payer.show_sign(self._payer(self._card) if self._card is not None else "")
        wanted = self.place.sizeHint().width() + self.payer.sizeHint().width() + 2 * 16
        if wanted > self.width() - 2 * 16 and self._below.indexOf(self.payer) < 0:
            self._below.addWidget(self.payer)
        elif wanted <= self.width() - 2 * 16 and self._facts.indexOf(self.payer) < 0:
            self._facts.insertWidget(1, self.payer)

    def _show_all(self) -> None:
        self.complaints.set_max_lines(MUCH)
        self._fit_more()

    def _fit_more(self) -> None:
        self.more.setVisible(self.complaints.is_cut())

    def _payer(self, card: RequestCard) -> str:
        if card.quota_left is None:
            return card.payer
        total = card.quota_total if card.quota_total is not None else "?"
        left = self.tr("{} of {} left").format(card.quota_left, total)
        if not card.payer:
            return left
        metrics = QFontMetricsF(self._theme.font("small"))
        room = self.width() - 2 * 16 - metrics.horizontalAdvance(f", {left}") - 2
        mode = Qt.TextElideMode.ElideRight
        return f"{metrics.elidedText(one_line(card.payer), mode, max(0.0, room))}, {left}"


class Documents(Section):
    """The checklist with its counts."""

    def __init__(
        self, theme: Theme, words: RequestWords, items: RecordTableModel[ChecklistItem]
    ) -> None:
        super().__init__(theme, "")
        self.heading.setObjectName("card.documents.required")
        self.remark.setObjectName("card.documents.unopened")
        self.list = ChecklistView(theme, words, items)
        self._none = SignLabel(theme, role="body")
        self.column.addWidget(self.list)
        self.column.addWidget(self._none)
        self._words = words

    def show_row(self, row: RequestRow, items: Iterable[ChecklistItem]) -> None:
        """Shows how much of the checklist is there and not opened yet. `items`: its, as listed."""
        required = [item for item in row.checklist if item.required]
        settled = [i for i in required if i.state in (ItemState.PRESENT, ItemState.NOT_APPLICABLE)]
        unopened = sum(item.unopened_count for item in items)
        title = self.tr("Documents")
        if required:
            counts = self.tr("required {} of {}").format(len(settled), len(required))
            title = f"{title}: {counts}"
        self.heading.show_sign(title)
        text = self.tr("%n not opened", None, unopened) if unopened else ""
        self.remark.show_sign(text)
        self.list.setVisible(bool(row.checklist))
        self._none.setVisible(not row.checklist)
        self._none.show_sign(self._words.no_documents(row))


class Facts(Section):
    """Who referred, the record number: what there is of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("About the request"))
        self._theme = theme
        self._lines = NamedLines(theme, self.column)

    def show_card(self, card: RequestCard) -> None:
        """Shows the facts; without any the section is hidden."""
        facts = (
            (self.tr("Treating doctor"), card.requesting_doctor),
            (self.tr("Medical record"), card.medical_record_number),
        )
        lines = [(name, None, value) for name, value in facts if value]
        self._lines.show_lines(lines)
        self.setVisible(bool(lines))


ONLY_WHERE_ASKED = frozenset({ConsentKind.PAID_SERVICES})
"""Kinds that most requests have no need of: not a word of them there."""


class Consents(Section):
    """The three consents, each with its day (DRC-2, SPB-8), and the contract (SOK-2)."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__(theme, self.tr("Consents"))
        self._words = words
        self._lines = NamedLines(theme, self.column)

    def show_card(self, card: RequestCard) -> None:
        """Shows all that are needed; one that the card does not hold was not given."""
        given = {consent.kind: consent for consent in card.consents}
        lines: list[tuple[str, str | None, str]] = []
        for kind, name in self._names().items():
            if kind in ONLY_WHERE_ASKED and kind not in {*given, *card.row.missing_consents}:
                continue
            consent = given.get(kind)
            at = consent.given_at if consent is not None else None
            day = self._words.time.short_moment(at) if at is not None else self._lack(consent)
            lines.append((name, "check" if at is not None else "x", day))
        if ConsentKind.UNKNOWN in given:
            lines.append((self._words.unknown(), "question", ""))
        self._lines.show_lines(lines)

    def _lack(self, consent: Consent | None) -> str:
        """What was withdrawn is no oversight (SPB-13)."""
        if consent is None or consent.withdrawn_at is None:
            return self.tr("not given")
        return self.tr("withdrawn {}").format(self._words.time.short_moment(consent.withdrawn_at))

    def _names(self) -> dict[ConsentKind, str]:
        return {
            ConsentKind.PERSONAL_DATA: self.tr("Personal data"),
            ConsentKind.DISCLOSURE: self.tr("Disclosure to the centre"),
            ConsentKind.INTERVENTION: self.tr("Intervention"),
            ConsentKind.PAID_SERVICES: self.tr("Contract of paid services"),
        }


class History(Section):
    """What happened, newest first."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__(theme, self.tr("What happened"))
        self._words = words
        self._lines = NamedLines(theme, self.column)
        self.earlier = link_button(self.tr("Earlier"), "card.history.earlier")
        self.column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignLeft)

    def show_entries(self, entries: Sequence[HistoryEntry], *, has_earlier: bool) -> None:
        """Shows the lines of the history, and whether it goes on."""
        moments = [(self._words.time.short_moment(entry.at), entry.text) for entry in entries]
        self._lines.show_lines([(at, None, text) for at, text in moments])
        self.earlier.setVisible(has_earlier)
        self.setVisible(bool(moments))


class NamedLines:
    """Rows of two columns that are made anew only where there are more of them than before."""

    def __init__(self, theme: Theme, column: QVBoxLayout, *, max_lines: int = 3) -> None:
        self._theme, self._max_lines = theme, max_lines
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._rows: list[tuple[SignLabel, TextBlock]] = []

    def show_lines(self, lines: Sequence[tuple[str, str | None, str]]) -> None:
        """Shows (name, glyph or None, value)."""
        while len(self._rows) < len(lines):
            self._add()
        for number, (name, value) in enumerate(self._rows):
            there = number < len(lines)
            name.setVisible(there)
            value.setVisible(there)
            if there:
                text, glyph, shown = lines[number]
                refused = glyph in ("x", "warning")
                name.show_sign(text, glyph, "warn.text" if refused else "text.secondary")
                value.set_text(shown)
                value.set_color("warn.text" if refused else "text.secondary")

    def _add(self) -> None:
        name = SignLabel(self._theme)
        value = TextBlock(self._theme, role="small", max_lines=self._max_lines)
        row = len(self._rows)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._rows.append((name, value))
