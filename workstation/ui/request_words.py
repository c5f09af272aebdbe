"""A request in words and glyphs: the same on the queue, the card and every other screen.

A value that this version does not know reads as unknown; nothing is derived from it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject

from backend_client.models.identity import IdentityConfirmation, IdentityMark
from backend_client.models.listing import MOST_COUNTED, Advice, AdviceReason
from backend_client.models.requests import (
    CareSetting,
    ChecklistItem,
    ClockState,
    IdentityLevel,
    ItemState,
    ProfileMatch,
    QueueGroup,
    RequestRow,
    RequestStatus,
    Sex,
)
from backend_client.models.routes import Route
from backend_client.models.snoozing import SnoozeEnd
from workstation.ui.wording import Wording, unbroken

TERMS = (AdviceReason.BREACHED, AdviceReason.DUE_SOON)
"""Of a request in which a life is threatened nobody counts the hours."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A glyph, its word, and the tokens of the colours that come last."""

    glyph: str
    word: str
    color: str = "text.secondary"
    glyph_color: str | None = None
    """None: as the word."""


class Alarm(Enum):
    """How loudly a term speaks."""

    QUIET = "quiet"
    SOON = "soon"
    BREACHED = "breached"
    LIFE_THREAT = "life_threat"


@dataclass(frozen=True, slots=True)
class ClockWords:
    """Two lines of a clock, and how they look."""

    alarm: Alarm
    first: str
    second: str

    @property
    def glyph(self) -> str | None:
        """The glyph before the first line; a quiet clock has none."""
        return _CLOCK_GLYPHS.get(self.alarm)

    @property
    def color(self) -> str:
        """Token of the first line's colour."""
        return _CLOCK_COLORS.get(self.alarm, "text.primary")


_CLOCK_GLYPHS = {
    Alarm.SOON: "clock",
    Alarm.BREACHED: "warning",
    Alarm.LIFE_THREAT: "warning-octagon",
}
_CLOCK_COLORS = {
    Alarm.SOON: "warn.text",
    Alarm.BREACHED: "danger.text",
    Alarm.LIFE_THREAT: "danger.text",
}


class RequestWords(QObject):
    """Words of a request's fields. One for the window."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.time = wording

    def route(self, route: Route) -> Sign:
        """The badge of a route (OZ-1, SPB-3)."""
        signs = {
            Route.CENTRE: Sign("buildings", self.tr("Application"), "route.centre"),
            Route.REFERRAL: Sign("arrow-bend-up-right", self.tr("Referral"), "route.referral"),
            Route.DUTY: Sign("headphones", self.tr("Duty doctor"), "route.duty"),
            Route.JOURNAL: Sign("notebook", self.tr("Journal"), "route.journal"),
        }
        return signs.get(route) or Sign("question", self.unknown())

    def profile(self, match: ProfileMatch) -> Sign:
        """Whether the diagnosis is on the centre's list (OZ-3, OZ-5)."""
        signs = {
            ProfileMatch.IN_PROFILE: Sign("check-circle", self.tr("In profile")),
            ProfileMatch.OUT_OF_PROFILE: Sign("x-circle", self.tr("Out of profile"), "warn.text"),
            ProfileMatch.NOT_DETERMINED: Sign("question", self.tr("Not determined")),
        }
        return signs.get(match) or Sign("question", self.unknown())

    def care_setting(self, setting: CareSetting) -> str:
        """«амбулаторно», «стационар» (OZ-23)."""
        words = {
            CareSetting.OUTPATIENT: self.tr("outpatient"),
            CareSetting.INPATIENT: self.tr("inpatient"),
        }
        return words.get(setting) or self.tr("setting unknown")

    def identity_marks(self, row: RequestRow) -> tuple[Sign, ...]:
        """What has to be seen of the patient wherever the case is shown (DRC-14, DRC-16)."""
        words = {
            IdentityMark.NOT_IDENTIFIED: Sign(
                "identification-card", self.tr("Not identified"), "warn.text"
            ),
            IdentityMark.DATA_CHANGED: Sign("warning", self.tr("Data changed"), "warn.text"),
        }
        return tuple(words[mark] for mark in row.identity_marks if mark in words)

    def identity(self, level: IdentityLevel, given: IdentityConfirmation | None = None) -> Sign:
        """How sure the service is of who the patient is, or who answers for it (SPB-12, DRC-16)."""
        if given is not None:
            text = self.tr("Identity confirmed by {}").format(given.by_name)
            return Sign("identification-card", text, glyph_color="ok.mark")
        signs = {
            IdentityLevel.CONFIRMED: Sign(
                "identification-card", self.tr("ESIA: confirmed"), glyph_color="ok.mark"
            ),
            IdentityLevel.STANDARD: Sign("identification-card", self.tr("ESIA: standard")),
            IdentityLevel.NOT_IDENTIFIED: Sign(
                "warning", self.tr("Identity is not confirmed"), "warn.text"
            ),
        }
        return signs.get(level) or Sign("question", self.tr("Identity: unknown"), "warn.text")

    def sex(self, sex: Sex) -> str:
        """«муж.», «жен.»."""
        words = {Sex.MALE: self.tr("male"), Sex.FEMALE: self.tr("female")}
        return words.get(sex) or self.tr("sex unknown")

    def group(self, group: QueueGroup) -> str:
        """The name of a list of the queue."""
        words = {
            QueueGroup.ALL: self.tr("All"),
            QueueGroup.UNCLAIMED: self.tr("Unclaimed"),
            QueueGroup.MINE: self.tr("Mine"),
            QueueGroup.AWAITING_DOCUMENTS: self.tr("Awaiting documents"),
            QueueGroup.TODAY: self.tr("Today"),
            QueueGroup.MY_DEBTS: self.tr("My debts"),
            QueueGroup.SNOOZED: self.tr("Laid aside"),
        }
        return words.get(group) or self.unknown()

    def snooze(self, row: RequestRow) -> Sign | None:
        """«Отложена до завтра 09:00», «Вернулась: время пришло»; None: neither."""
        lay = row.snooze
        if lay is None:
            return None
        if lay.back_at is None:
            when = self.tr("Laid aside till {}").format(self.time.day_and_time(lay.until))
            return Sign("bell-z", when, "text.secondary")
        return Sign("bell-ringing", self.tr("Back: {}").format(self.why_back(row)), "accent.text")

    def why_back(self, row: RequestRow) -> str:
        """Why a request that was laid aside has come back."""
        words = {
            SnoozeEnd.TIME: self.tr("the time has come"),
            SnoozeEnd.TERM: self.tr("its term is near"),
            SnoozeEnd.LIFE_THREAT: self.tr("threat to life", "back"),
            SnoozeEnd.CLAIM_LOST: self.tr("it was taken from you"),
            SnoozeEnd.MESSAGE: self.tr("the patient has written"),
            SnoozeEnd.DOCUMENTS: self.tr("documents have come"),
            SnoozeEnd.CHANGED: self.tr("it has changed"),
        }
        why = row.snooze.why if row.snooze is not None else None
        return words.get(why, "") if why is not None else ""

    def list_size(self, count: int) -> str:
        """«37»; of a list that is longer than is counted, «999+»."""
        if count >= MOST_COUNTED:
            return f"{self.time.count(MOST_COUNTED - 1)}+"
        return self.time.count(count)

    def advice(self, advice: Advice) -> str:
        """«Срок через 3 ч 08 мин, ваш пациент»: why it is the next, in one line."""
        row = advice.row
        if row is None:
            return self.tr("nothing is left to take")
        told = [one for one in advice.reasons if not (row.life_threat and one in TERMS)]
        words = [self._advice_reason(reason, row) for reason in told]
        return ", ".join(word for word in words if word)

    def _advice_reason(self, reason: AdviceReason, row: RequestRow) -> str:
        words = {
            AdviceReason.LIFE_THREAT: self.tr("threat to life"),
            AdviceReason.BREACHED: self.tr("overdue: {}").format(self.clock(row).first),
            AdviceReason.DUE_SOON: self.tr("term in {}").format(self.clock(row).first),
            AdviceReason.YOUR_PATIENT: self.tr("your patient"),
            AdviceReason.COLLEAGUE_BUSY: self.tr("the patient's doctor is busier"),
            AdviceReason.IN_PROFILE: self.tr("in the centre's profile"),
            AdviceReason.FIRST_BY_TERM: self.tr("first by term"),
        }
        return words.get(reason, "")

    def status(self, status: RequestStatus) -> str:
        """Where the request stands in its life."""
        return self._statuses().get(status) or self.unknown()

    def state(self, row: RequestRow) -> str:
        """Where it stands; of a patient who waits, for how long: «Ждёт 4 мин» (DRC-3)."""
        if row.waits_since is None:
            return self.status(row.status)
        minutes = int((self.time.now() - row.waits_since).total_seconds() // 60)
        return self.tr("Waits {}").format(self.time.span(max(1, minutes)))

    def state_and_owner(self, row: RequestRow) -> str:
        """«Готова, свободна», «В работе, Сафонов Д. В.», «Нет: ЭКГ, Эхо»."""
        missing = [item.chip for item in row.checklist if item.code in row.missing_documents]
        if row.owner is not None:
            who = self.tr("with you") if row.owner.is_me else row.owner.name
        elif row.status is RequestStatus.AWAITING_DOCUMENTS and missing:
            return self.tr("Awaiting: {}").format(", ".join(missing))
        else:
            who = self.tr("free")
        return f"{self.state(row)}, {who}"

    def profile_line(self, row: RequestRow) -> str:
        """«В профиле, амбулаторно»."""
        return f"{self.profile(row.profile_match).word}, {self.care_setting(row.care_setting)}"

    def missing(self, *chips: str) -> str:
        """«нет ЭКГ», «нет ЭКГ, Эхо»; no line ends within a name."""
        return self.tr("no {}").format(", ".join(unbroken(chip) for chip in chips))

    def no_documents(self, row: RequestRow) -> str:
        """Where a row has no chip to show: none are asked for, or all are as the patient likes."""
        return self.tr("as the patient likes") if row.checklist else self.tr("not needed")

    def item_state(self, item: ChecklistItem) -> str:
        """What a request has of an item: «2 файла, 19.11», «нет», «неприменимо: причина»."""
        if item.state is ItemState.PRESENT:
            return self.files(item)
        if item.state is ItemState.NOT_APPLICABLE:
            reason = item.reason.strip()
            words = self.tr("not applicable: {}").format(reason)
            return words if reason else self.tr("not applicable")
        states = {
            ItemState.MISSING: self.tr("required, missing"),
            ItemState.ABSENT: self.tr("none"),
        }
        return states.get(item.state) or self.unknown().lower()

    def item_in_list(self, item: ChecklistItem) -> str:
        """The same without the card: «есть, 19.11». How many files these are only the card knows:
        a list counts documents, and a series of 500 of them is one file."""
        if item.state is not ItemState.PRESENT:
            return self.item_state(item)
        day = self.time.short_date(item.latest_on) if item.latest_on is not None else ""
        return ", ".join(part for part in (self.tr("there"), day) if part)

    def files(self, item: ChecklistItem) -> str:
        """«2 файла, 19.11»."""
        count = unbroken(self.tr("%n file(s)", None, item.file_count))
        latest = item.latest_on
        return count if latest is None else f"{count}, {self.time.short_date(latest)}"

    def owner(self, row: RequestRow) -> str:
        """Who works on the request, in a sentence."""
        if row.owner is None:
            return self.tr("Nobody works on the request")
        if row.owner.is_me:
            return self.tr("You work on the request")
        return self.tr("{} works on it").format(row.owner.name)

    def unknown(self) -> str:
        """A value of a newer server."""
        return self.tr("Unknown")

    def age_and_place(self, row: RequestRow) -> str:
        """«61 год, Екатеринбург»."""
        place = row.patient.place
        return self.time.age(row.patient.birth_date) + (f", {place}" if place else "")

    def alarm(self, row: RequestRow) -> Alarm:
        """How loud the term is now, by the server's clock, between two answers too."""
        if row.life_threat:
            return Alarm.LIFE_THREAT
        now = self.time.now()
        if row.due_at is None:
            return Alarm.QUIET
        if now >= row.due_at:
            return Alarm.BREACHED
        return Alarm.SOON if row.soon_at is not None and now >= row.soon_at else Alarm.QUIET

    def clock(self, row: RequestRow) -> ClockWords:
        """The two lines of the queue's first column."""
        alarm = self.alarm(row)
        if alarm is Alarm.LIFE_THREAT:
            return ClockWords(alarm, self.tr("Threat"), self.tr("call 103"))
        if row.due_at is None:
            known = row.clock_state is not ClockState.UNKNOWN
            return ClockWords(alarm, self.tr("No term") if known else self.unknown(), "")
        second = self.tr("overdue") if alarm is Alarm.BREACHED else self.time.until(row.due_at)
        return ClockWords(alarm, self.time.left(row.due_at), second)

    def clock_headline(self, row: RequestRow) -> str:
        """The card's sentence: «Ответить сегодня до 14:50, осталось 3 ч 08 мин»."""
        alarm = self.alarm(row)
        if alarm is Alarm.LIFE_THREAT:
            return self.tr("Threat to life: call 103")
        if row.due_at is None:
            return self.clock(row).first
        left = self.time.left(row.due_at)
        if alarm is Alarm.BREACHED:
            overdue = left.lstrip("\u2212")
            return self.tr("Overdue by {}, the term was {}").format(overdue, self._when(row.due_at))
        return self.tr("Answer {}, {} left").format(self._by_when(row.due_at), left)

    def clock_rule(self, row: RequestRow, complete_at: datetime | None) -> str:
        """Which clock counts and from when: «…; документы полны с 17.11»."""
        if complete_at is None:
            return row.clock_name
        day = self.time.short_date(self.time.day(complete_at))
        complete = self.tr("documents complete since {}").format(day)
        return f"{row.clock_name}; {complete}" if row.clock_name else complete

    def _by_when(self, due: datetime) -> str:
        days = (self.time.day(due) - self.time.today()).days
        if days == 0:
            return self.tr("today by {}").format(self.time.time(due))
        if days == 1:
            return self.tr("tomorrow by {}").format(self.time.time(due))
        return self.tr("by {}").format(self.time.day_and_time(due))

    def _when(self, due: datetime) -> str:
        if self.time.day(due) == self.time.today():
            return self.tr("today at {}").format(self.time.time(due))
        return self.time.day_and_time(due)

    def _statuses(self) -> dict[RequestStatus, str]:
        return {
            RequestStatus.NEW: self.tr("New"),
            RequestStatus.AWAITING_DOCUMENTS: self.tr("Awaiting documents", "status"),
            RequestStatus.READY: self.tr("Ready"),
            RequestStatus.CLAIMED: self.tr("In work"),
            RequestStatus.SLOT_PROPOSED: self.tr("Time proposed"),
            RequestStatus.SCHEDULED: self.tr("Scheduled"),
            RequestStatus.WAITING: self.tr("Patient is waiting"),
            RequestStatus.IN_CALL: self.tr("In call"),
            RequestStatus.DRAFTING: self.tr("Conclusion is written"),
            RequestStatus.SIGNED: self.tr("Waits for approval"),
            RequestStatus.APPROVED: self.tr("Approved"),
            RequestStatus.RETURNED: self.tr("Returned for revision"),
            RequestStatus.DELIVERED: self.tr("Delivered"),
            RequestStatus.CLOSED: self.tr("Closed"),
            RequestStatus.CLOSED_WITHOUT_CONCLUSION: self.tr("Closed without a conclusion"),
            RequestStatus.NO_CONTACT: self.tr("No contact"),
            RequestStatus.CANCELLED: self.tr("Cancelled"),
            RequestStatus.CANCELLED_LATE: self.tr("Cancelled too late"),
            RequestStatus.ANNULLED: self.tr("Annulled"),
            RequestStatus.INVITED_IN_PERSON: self.tr("Invited in person"),
            RequestStatus.INPATIENT_CARE: self.tr("Inpatient care"),
            RequestStatus.OUT_OF_PROFILE: self.tr("Out of profile", "status"),
            RequestStatus.DECLINED: self.tr("Declined"),
        }
