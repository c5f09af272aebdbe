"""The conditions of a filter as controls: what is ticked or written narrows the list at once."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backend_client.models.listing import QueueFilter
from backend_client.models.requests import ClockState, ProfileMatch, RequestStatus
from backend_client.models.routes import Route
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.conclusion.icd_code import as_code
from workstation.ui.screens.queue.condition_chip import ConditionChip
from workstation.ui.screens.queue.filter_words import FilterWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.flow_layout import FlowLayout
from workstation.ui.widgets.labels import SignLabel

ROUTES = (Route.CENTRE, Route.REFERRAL, Route.DUTY, Route.JOURNAL)
PROFILES = (ProfileMatch.IN_PROFILE, ProfileMatch.OUT_OF_PROFILE, ProfileMatch.NOT_DETERMINED)
CLOCKS = (ClockState.BREACHED, ClockState.SOON, ClockState.RUNNING, ClockState.NONE)
STATUSES = (
    RequestStatus.AWAITING_DOCUMENTS,
    RequestStatus.READY,
    RequestStatus.CLAIMED,
    RequestStatus.SLOT_PROPOSED,
    RequestStatus.SCHEDULED,
    RequestStatus.WAITING,
    RequestStatus.IN_CALL,
    RequestStatus.DRAFTING,
    RequestStatus.SIGNED,
    RequestStatus.RETURNED,
)
"""Those in which a request stays for a while."""
TYPING_MS = 250
WORD_PX = 76
OLDEST, LONGEST_HOURS = 150, 8760
MOST_CODES = 30
_BETWEEN_CODES = re.compile(r"[\s;]+|,(?=\D)|,$")
_CODE = re.compile(r"[A-Z0-9.]{1,8}")
Value = TypeVar("Value", bound=Hashable)


class Ticks(Generic[Value]):
    """Values of which some are ticked; all that hold any of them are let through."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        values: Sequence[tuple[Value, str]],
        on_change: Callable[[], None],
    ) -> None:
        self.chips = {
            value: ConditionChip(theme, text, f"filter.{name}.{value}") for value, text in values
        }
        self._others: list[Value] = []
        for chip in self.chips.values():
            chip.clicked.connect(on_change)

    def ticked(self) -> list[Value]:
        """In their order; values that are not offered stay."""
        return [one for one, chip in self.chips.items() if chip.isChecked()] + self._others

    def tick(self, values: Iterable[Value]) -> None:
        """Shows which are ticked."""
        wanted = list(values)
        self._others = [one for one in wanted if one not in self.chips]
        for value, chip in self.chips.items():
            chip.setChecked(value in wanted)


class Either(Ticks[bool]):
    """Yes, no, or whatever it is: of two at most one is ticked."""

    def __init__(
        self, theme: Theme, name: str, yes: str, no: str, on_change: Callable[[], None]
    ) -> None:
        super().__init__(theme, name, [(True, yes), (False, no)], on_change)
        for value, chip in self.chips.items():
            chip.clicked.connect(lambda on, other=not value: self._untick(other, on))
            chip.clicked.disconnect(on_change)
            chip.clicked.connect(on_change)

    def answer(self) -> bool | None:
        """None: whatever it is."""
        ticked = self.ticked()
        return ticked[0] if ticked else None

    def _untick(self, other: bool, on: bool) -> None:
        if on:
            self.chips[other].setChecked(False)


class ConditionsForm(QWidget):
    """All conditions that the server knows. `changed` comes with each of them."""

    changed = Signal(QueueFilter)

    def __init__(self, theme: Theme, words: RequestWords, told: FilterWords) -> None:
        super().__init__()
        self._theme, self._shown = theme, QueueFilter()
        self._widths: list[tuple[QWidget, int]] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        tell = self._tell
        routes = [(one, words.route(one).word) for one in ROUTES]
        self.routes = Ticks(theme, "route", routes, tell)
        profiles = [(one, words.profile(one).word) for one in PROFILES]
        self.profiles = Ticks(theme, "profile", profiles, tell)
        self.clocks = Ticks(theme, "clock", [(one, told.clock(one)) for one in CLOCKS], tell)
        lacks, has = told.lacks_documents(True), told.lacks_documents(False)
        self.documents = Either(theme, "documents", lacks, has, tell)
        self.statuses = Ticks(theme, "status", [(one, words.status(one)) for one in STATUSES], tell)
        self.hours = self._field("hours", self.tr("Hours until the term"), 48, LONGEST_HOURS)
        self.age_from = self._field("ageFrom", self.tr("Age from, full years"), 44, OLDEST)
        self.age_to = self._field("ageTo", self.tr("Age to, full years"), 44, OLDEST)
        self.codes = self._field("codes", self.tr("Beginnings of ICD-10 codes"), 132)
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()

    def asked(self) -> QueueFilter:
        """The conditions as they stand; what is written and cannot be meant is left out."""
        return replace(
            self._shown,
            routes=self.routes.ticked(),
            profiles=self.profiles.ticked(),
            clocks=self.clocks.ticked(),
            statuses=self.statuses.ticked(),
            lacks_documents=self.documents.answer(),
            due_within_hours=_number(self.hours, LONGEST_HOURS),
            age_from=_number(self.age_from, OLDEST),
            age_to=_number(self.age_to, OLDEST),
            icd10=_codes(self.codes.text()),
        )

    def show_filter(self, asked: QueueFilter) -> None:
        """Shows these conditions; a field that says the same already is left as it is written."""
        if asked == self.asked():
            self._shown = asked
            return
        self._typing.stop()
        self._shown = asked
        self.routes.tick(asked.routes)
        self.profiles.tick(asked.profiles)
        self.clocks.tick(asked.clocks)
        self.statuses.tick(asked.statuses)
        self.documents.tick([] if asked.lacks_documents is None else [asked.lacks_documents])
        for field, number in (
            (self.hours, asked.due_within_hours),
            (self.age_from, asked.age_from),
            (self.age_to, asked.age_to),
        ):
            field.setText("" if number is None else str(number))
        self.codes.setText(" ".join(asked.icd10))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [
            *(*self.routes.chips.values(), *self.documents.chips.values()),
            *(*self.clocks.chips.values(), self.hours),
            *(*self.profiles.chips.values(), self.age_from, self.age_to, self.codes),
            *self.statuses.chips.values(),
        ]

    def finish(self) -> None:
        """What was typed last counts at once."""
        if self._typing.isActive():
            self._tell()

    def _measure(self) -> None:
        for widget, width in self._widths:
            widget.setFixedWidth(self._theme.px(width))

    def _tell(self) -> None:
        self._typing.stop()
        self.changed.emit(self.asked())

    def _field(self, name: str, said: str, width: int, most: int | None = None) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"filter.{name}")
        field.setAccessibleName(said)
        field.setToolTip(said)
        self._widths.append((field, width))
        if most is not None:
            field.setValidator(QIntValidator(0, most, field))
        field.textEdited.connect(lambda _: self._typing.start())
        return field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        within = _together(self._word(self.tr("within")), self.hours, self._word(self.tr("h")))
        years = (self._word(self.tr("Age, from")), self.age_from)
        age = _together(*years, self._word(self.tr("to")), self.age_to)
        codes = _together(self._word(self.tr("ICD-10")), self.codes)
        documents = self._named(self.tr("Documents"), self.documents.chips.values())
        for said, parts in (
            (self.tr("Route"), [*self.routes.chips.values(), *documents]),
            (self.tr("Term"), [*self.clocks.chips.values(), within]),
            (self.tr("Profile"), [*self.profiles.chips.values(), age, codes]),
            (self.tr("State"), list(self.statuses.chips.values())),
        ):
            column.addLayout(self._line(said, parts))

    def _line(self, said: str, parts: Sequence[QWidget]) -> QHBoxLayout:
        """A word at the left edge, and behind it, in as many lines as they need, its values."""
        word = SignLabel(self._theme, said, role="micro", color="text.secondary")
        self._widths.append((word, WORD_PX))
        word.setContentsMargins(0, self._theme.px(5), 0, 0)
        values = QWidget()
        flow = FlowLayout(self._theme.px(4), values)
        for part in parts:
            flow.addWidget(part)
            if isinstance(part, ConditionChip) and not part.accessibleName():
                part.setAccessibleName(f"{said}: {part.text()}")
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(values, 1)
        return line

    def _named(self, said: str, chips: Iterable[ConditionChip]) -> list[QWidget]:
        """Values that stand behind those of another condition: their word goes with the first."""
        first, *others = chips
        for chip in (first, *others):
            chip.setAccessibleName(f"{said}: {chip.text()}")
        return [_together(self._word(said), first), *others]

    def _word(self, text: str) -> SignLabel:
        """Of a condition that stands behind another one, and a little apart from it."""
        word = SignLabel(self._theme, text, role="micro", color="text.secondary")
        word.setContentsMargins(self._theme.px(8), 0, 0, 0)
        return word


def _together(*widgets: QWidget) -> QWidget:
    """What stands in one line."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    return whole


def _number(field: QLineEdit, most: int) -> int | None:
    text = field.text().strip()
    return min(int(text), most) if text.isdecimal() else None


def _codes(typed: str) -> list[str]:
    """Beginnings of codes, whatever the layout they were typed under."""
    meant = (as_code(part).text.strip(".") for part in _BETWEEN_CODES.split(typed))
    return [code for code in meant if _CODE.fullmatch(code)][:MOST_CODES]
