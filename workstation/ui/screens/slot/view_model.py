"""Offering a time without its widgets: the case, the free times, the chosen one (OZ-8, OZ-24)."""

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestCard, RequestRow
from backend_client.models.schedule import ScheduleEntry, SlotState
from workstation.services.answers import CardView
from workstation.services.schedule import STEP, Busy, Suggestion, Wish, is_free, suggest
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.slot.slot_problems import SlotProblems
from workstation.ui.screens.slot.week_model import Changes, Schedules, WeekModel
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording, zone_named


class Requests(Changes, Protocol):
    """What the screen asks of the service of requests."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request."""


class Offers(Schedules, Protocol):
    """What the screen asks of the service of the schedule."""

    async def propose(self, request_id: RequestId, version: int, start: datetime) -> RequestCard:
        """Offers half an hour to the patient, upon that version of the request."""


class Refusal(Enum):
    """Why the chosen time cannot be proposed now."""

    NOT_READ = "not_read"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_ALLOWED = "not_allowed"
    TAKEN = "taken"
    PAST = "past"
    BUSY = "busy"


class SlotViewModel(QObject):
    """One case at a time. The chosen time stays chosen, whatever is read anew."""

    changed = Signal()
    proposed = Signal(str, object)
    """The server holds the time: the request's id and the time (datetime)."""
    failed_away = Signal(UserMessage)
    """A proposal was not taken after its case was left."""
    closed = Signal()
    """The doctor went back."""

    def __init__(
        self,
        requests: Requests,
        schedule: Offers,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.week = WeekModel(schedule, requests, wording, self)
        self.request_id: RequestId | None = None
        self.row: RequestRow | None = None
        self.card: RequestCard | None = None
        self.suggestions: tuple[Suggestion, ...] = ()
        self.chosen: datetime | None = None
        self.problem: UserMessage | None = None
        self.is_busy = False
        self._ordered: RequestId | None = None
        self._requests, self._schedule, self._wording = requests, schedule, wording
        self._problems = SlotProblems(self)
        self._tasks = TaskScope(on_error=self._failed)
        self._reads = TaskScope(on_error=self._read_failed)
        self._unsubscribe = requests.changed.subscribe(self._row_heard)
        self.week.was_read.connect(self._schedule_read)
        self.week.changed.connect(self.changed)

    @property
    def refusal(self) -> Refusal | None:
        """Why Enter does nothing now; None where it proposes."""
        if self.is_busy:
            return Refusal.BUSY
        if self.row is None or not self.week.is_read:
            return Refusal.NOT_READ
        if Action.PROPOSE_SLOT not in self.row.allowed_actions:
            return Refusal.NOT_ALLOWED
        if self.chosen is None:
            return Refusal.NOTHING_CHOSEN
        if self.chosen <= self._wording.now():
            return Refusal.PAST
        return None if is_free(self.chosen, self._busy()) else Refusal.TAKEN

    @property
    def others(self) -> tuple[ScheduleEntry, ...]:
        """What holds the time for other requests, and this one's appointment."""
        return tuple(entry for entry in self.week.entries if not self._is_replaced(entry))

    @property
    def offered(self) -> tuple[ScheduleEntry, ...]:
        """What was offered to this patient before: a new proposal takes its place."""
        return tuple(entry for entry in self.week.entries if self._is_replaced(entry))

    def open(self, request_id: RequestId) -> None:
        """Opens a case: reads its card and the doctor's weeks."""
        self._forget()
        self.request_id = request_id
        self.changed.emit()
        self._read_card()
        self.week.open()

    def retry(self) -> None:
        """Reads again what could not be read."""
        self.problem = None
        self._read_card()
        self.week.read()

    def choose_suggestion(self, number: int) -> None:
        """Chooses the suggested time with that number, from 1."""
        if 1 <= number <= len(self.suggestions):
            self.choose(self.suggestions[number - 1].start)

    def choose(self, start: datetime) -> None:
        """Chooses the half hour that begins then (aware), within the weeks that are read."""
        if self.is_busy or not self.week.reaches(self._wording.day(start)):
            return
        self.chosen, self.problem = start.astimezone(UTC), None
        self.week.show_day(self._wording.day(start))
        self.changed.emit()

    def move(self, days: int, half_hours: int) -> None:
        """Moves the chosen time by days, over the weekend at once, or by half hours."""
        zone = self._wording.now().tzinfo
        if self.chosen is None:
            self.choose_suggestion(1)
            return
        local = (self.chosen + half_hours * STEP).astimezone(zone) + timedelta(days=days)
        while days and local.date() not in self.week.days and local.weekday() > 4:
            local += timedelta(days=days)
        if local > self._wording.now():
            self.choose(local)

    def propose(self) -> None:
        """Offers the chosen time to the patient."""
        if self.refusal is not None or self.row is None or self.chosen is None:
            return
        self.is_busy, self.problem, self._ordered = True, None, self.request_id
        self.changed.emit()
        self._tasks.start(self._propose(self.row, self.chosen), name="slot.propose")

    def leave(self) -> None:
        """Goes back."""
        self.abandon()
        self.closed.emit()

    def abandon(self) -> None:
        """The case was left by another road."""
        self._forget()
        self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        self._unsubscribe()
        await self.week.close()
        await self._reads.close()
        await self._tasks.close()

    def _read_card(self) -> None:
        self._reads.cancel("slot.card")
        if self.request_id is not None:
            self._reads.start(self._show(self.request_id), name="slot.card")

    async def _show(self, request_id: RequestId) -> None:
        view = await self._requests.card(request_id)
        self.card, self.row = view.card, view.card.row
        self._suggest()
        self.changed.emit()

    async def _propose(self, row: RequestRow, start: datetime) -> None:
        request_id = row.id
        try:
            await self._schedule.propose(request_id, row.version, start)
        finally:
            self.is_busy = False
        self._ordered = None
        if self.request_id == request_id:
            self._forget()
        self.proposed.emit(request_id, start)

    def _schedule_read(self) -> None:
        self._suggest()

    def _suggest(self) -> None:
        """Numbers stay where they are as long as all of them are still free."""
        if self.row is None or not self.week.is_read:
            return
        busy = self._busy()
        soonest = self._wording.now()
        stay = [one.start > soonest and is_free(one.start, busy) for one in self.suggestions]
        if not stay or not all(stay):
            self.suggestions = suggest(self._wish(self.row), busy)
        if self.chosen is None and self.suggestions:
            self.chosen = self.suggestions[0].start
            self.week.show_day(self._wording.day(self.chosen))

    def _wish(self, row: RequestRow) -> Wish:
        now = self._wording.now()
        zone = now.tzinfo
        assert zone is not None  # Wording's moments are aware
        return Wish(now.astimezone(UTC), row.due_at, zone, zone_named(row.patient.time_zone))

    def _busy(self) -> list[Busy]:
        slots = [entry.slot for entry in self.others]
        return [Busy(one.start, one.start + timedelta(minutes=one.minutes)) for one in slots]

    def _is_replaced(self, entry: ScheduleEntry) -> bool:
        slot = entry.slot
        return slot.request_id == self.request_id and slot.state is SlotState.PROPOSED

    def _row_heard(self, row: RequestRow) -> None:
        if row.id != self.request_id or self.row is None:
            return
        self.row = row
        self.changed.emit()
        if not self.is_busy:
            self._read_card()

    def _failed(self, error: BaseException) -> None:
        """Nothing is lost: the chosen time stays, and the newest state is read beside it."""
        problem = self._problems.message(error) or user_message(error)
        ordered, self._ordered = self._ordered, None
        if ordered is not None and ordered != self.request_id:
            self.failed_away.emit(problem)
            return
        self.problem = problem
        self.changed.emit()
        if self._problems.is_of_the_state(error):
            self._read_card()
            self.week.read()

    def _read_failed(self, error: BaseException) -> None:
        # A card that is shown already stays: only the first reading is worth a message.
        if self.row is None:
            self.problem = user_message(error)
            self.changed.emit()

    def _forget(self) -> None:
        self._reads.cancel("slot.card")
        self.week.leave()
        self.request_id, self.row, self.card = None, None, None
        self.suggestions, self.chosen, self.problem = (), None, None
