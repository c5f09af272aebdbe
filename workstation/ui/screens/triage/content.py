"""What a panel asks for, and what the doctor has said in it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

import msgspec

from backend_client.models.request_actions import (
    LONGEST_NOTE,
    ActWithNote,
    AskDocuments,
    CloseReason,
    CloseWithoutConclusion,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
)
from backend_client.models.requests import Action, RequestRow
from backend_client.models.snoozing import LayAside, TakeUp
from workstation.core.triage_order import Said
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.triage.differences import Difference

CHOSEN_MOMENT = "moment"
"""Code of the line with a moment of the doctor's own."""


class Choice(Enum):
    """How many of a panel's lines are chosen."""

    NONE = "none"
    ONE = "one"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a panel: its code, its title, and a remark at its right."""

    code: str
    title: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What a panel asks for."""

    action: Action
    title: str
    verb: str
    """On the filled button."""
    choice: Choice = Choice.NONE
    options: tuple[Option, ...] = ()
    label: str = ""
    """Over the words; "": there are none."""
    needs_words: bool = False
    longest: int = LONGEST_NOTE
    """Characters of the words."""
    warning: str = ""
    item: str = ""
    """Code of the checklist item that it is about."""
    moments: Mapping[str, datetime] = field(default_factory=dict)
    """Aware moments by the codes of lines; of CHOSEN_MOMENT what is proposed first."""


@dataclass(slots=True)
class Panel:
    """A panel that is open: upon which state of the request, and what was said."""

    content: PanelContent
    row: RequestRow
    """As the doctor has been shown it; the order stands upon it."""
    chosen: list[str] = field(default_factory=list)
    """Codes of the lines, in their order."""
    words: str = ""
    is_edited: bool = False
    """Whether the words are the doctor's, not the program's."""
    is_touched: bool = False
    """Whether closing it would lose anything."""
    problem: UserMessage | None = None
    differences: tuple[Difference, ...] = ()
    moment: datetime | None = None
    """Of CHOSEN_MOMENT, aware; None: as proposed."""
    refused_key: str = ""
    """Key of the refused order whose words these were."""
    kept_at: datetime | None = None
    """Aware; when it was changed last in an earlier run of the program. None: it is of this one."""
    seen_first: RequestRow = field(init=False)
    """As it was when the panel was opened."""

    def __post_init__(self) -> None:
        self.seen_first = self.row

    @property
    def until(self) -> datetime | None:
        """The moment that the chosen line stands for."""
        code = self.chosen[0] if self.chosen else ""
        own = self.moment if code == CHOSEN_MOMENT else None
        return own or self.content.moments.get(code)

    @property
    def asks_moment(self) -> bool:
        """Whether a moment of the doctor's own is asked for."""
        return self.chosen == [CHOSEN_MOMENT]

    @property
    def lacks_choice(self) -> bool:
        """Whether a line has to be chosen yet."""
        return self.content.choice is not Choice.NONE and not self.chosen

    @property
    def lacks_words(self) -> bool:
        """Whether words have to be written yet."""
        return self.content.needs_words and not self.words.strip()

    @property
    def is_too_long(self) -> bool:
        """Whether the server would not take so many words."""
        return len(self.words) > self.content.longest

    @property
    def can_be_sent(self) -> bool:
        """Whether it is all there."""
        return not (self.lacks_choice or self.lacks_words or self.is_too_long)

    def choose(self, code: str) -> None:
        """Ticks the line or takes its tick away; of one choice, chooses it."""
        if self.content.choice is Choice.ONE:
            self.chosen = [code]
        else:
            ticked = set(self.chosen) ^ {code}
            self.chosen = [one.code for one in self.content.options if one.code in ticked]
        self.is_touched = True


def said(panel: Panel) -> Said:
    """The order's words, upon the state that the doctor saw."""
    words, version, action = panel.words.strip(), panel.row.version, panel.content.action
    if action is Action.ASK_DOCUMENTS:
        return AskDocuments(version=version, items=list(panel.chosen), text=words)
    if action is Action.DECLINE:
        reason = DeclineReason(panel.chosen[0])
        return Decline(version=version, reason=reason, note=words)
    if action is Action.CLOSE_WITHOUT_CONCLUSION:
        end = CloseReason(panel.chosen[0])
        return CloseWithoutConclusion(version=version, reason=end, note=words)
    if action is Action.MARK_ITEM:
        return MarkItem(version=version, item=panel.content.item, reason=words)
    if action is Action.SNOOZE and panel.until is not None:
        return LayAside(version=version, until=panel.until, note=words)
    if action is Action.CONVERT:
        return ActWithNote(version=version, note=words)
    return EndWithNote(version=version, note=words)


def with_said(panel: Panel, given: Said) -> None:
    """Puts the words of an earlier order into the panel."""
    codes = {option.code for option in panel.content.options}
    if isinstance(given, AskDocuments):
        panel.chosen = [code for code in given.items if code in codes]
    elif isinstance(given, Decline | CloseWithoutConclusion):
        panel.chosen = [given.reason.value]
    elif isinstance(given, LayAside):
        panel.chosen, panel.moment = [CHOSEN_MOMENT], given.until
    panel.words, panel.is_edited, panel.is_touched = words_of(given), True, True


def words_of(given: Said | None) -> str:
    """What the doctor wrote."""
    if isinstance(given, AskDocuments):
        return given.text
    if isinstance(given, MarkItem):
        return given.reason
    return "" if given is None or isinstance(given, TakeUp) else given.note


def upon(given: Said | None, row: RequestRow) -> Said | None:
    """The same words upon another state of the request; a threat to life stands upon any."""
    if given is None or isinstance(given, MarkLifeThreat):
        return given
    return msgspec.structs.replace(given, version=row.version)
