"""Five weeks of the doctor's schedule, live: the shown week is one of them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from backend_client.models.schedule import Schedule, ScheduleEntry
from workstation.core.subscription import Event
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording

SATURDAY = 5
WEEKS = 5
"""This week and those ahead that can be looked at."""
REST_MS = 300
"""Changes come in bunches: the schedule is read once they rest."""


class Schedules(Protocol):
    """What is asked of the service of the schedule."""

    async def between(self, start: datetime, end: datetime) -> Schedule:
        """What holds the doctor's time."""


class Changes(Protocol):
    """What is heard of the service of requests."""

    @property
    def changed(self) -> Event[RequestRow]:
        """A row has a new state."""

    @property
    def gone(self) -> Event[RequestId]:
        """A row cannot be seen any more."""

    @property
    def reload_needed(self) -> Event[None]:
        """Something was missed."""


class WeekModel(QObject):
    """What holds the doctor's time, and which week of it is shown."""

    changed = Signal()
    """Another week, or the entries or the error are others."""
    was_read = Signal()
    """The entries are as the server has them now."""

    def __init__(
        self,
        schedules: Schedules,
        changes: Changes,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.entries: tuple[ScheduleEntry, ...] = ()
        self.is_read = False
        self.error: UserMessage | None = None
        self.wording = wording
        self._schedules = schedules
        self._week = 0
        self._is_open = False
        self._tasks = TaskScope(on_error=self._failed)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self.read)
        self._unsubscribe = (
            changes.changed.subscribe(lambda _: self._stir()),
            changes.gone.subscribe(lambda _: self._stir()),
            changes.reload_needed.subscribe(lambda _: self._stir()),
        )

    @property
    def days(self) -> tuple[date, ...]:
        """The shown days: Monday to Friday, and the weekend where something stands on it."""
        monday = self._monday() + timedelta(weeks=self._week)
        week = [monday + timedelta(days=n) for n in range(7)]
        held = {self.wording.day(entry.slot.start) for entry in self.entries}
        last = max((n for n in (5, 6) if week[n] in held), default=4)
        return tuple(week[: last + 1])

    @property
    def can_go_back(self) -> bool:
        """Whether an earlier week can be shown."""
        return self._week > 0

    @property
    def can_go_on(self) -> bool:
        """Whether a later week can be shown."""
        return self._week < WEEKS - 1

    def reaches(self, day: date) -> bool:
        """Whether the schedule of that day is read."""
        return 0 <= (day - self._monday()).days < 7 * WEEKS

    def open(self) -> None:
        """Shows the present week, and follows changes until `leave`."""
        self._is_open = True
        self._week, self.is_read, self.error = 0, False, None
        self.changed.emit()
        self.read()

    def leave(self) -> None:
        """Nothing is read until the next `open`."""
        self._is_open = False
        self._resting.stop()
        self._tasks.cancel("schedule.read")

    def read(self) -> None:
        """Reads the schedule again; what is shown stays until the answer is there."""
        self._tasks.cancel("schedule.read")
        self._tasks.start(self._read(), name="schedule.read")

    def step_week(self, weeks: int) -> None:
        """An earlier or a later week."""
        self._show_week(self._week + weeks)

    def show_day(self, day: date) -> None:
        """The week of that day."""
        self._show_week((day - self._monday()).days // 7)

    async def close(self) -> None:
        """Ends everything for good."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self.leave()
        await self._tasks.close()

    def _monday(self) -> date:
        today = self.wording.today()
        return today - timedelta(days=today.weekday())

    def _show_week(self, week: int) -> None:
        week = min(WEEKS - 1, max(0, week))
        if week != self._week:
            self._week = week
            self.changed.emit()

    def _stir(self) -> None:
        if self._is_open:
            self._resting.start()

    async def _read(self) -> None:
        monday, zone = self._monday(), self.wording.now().tzinfo
        start = datetime.combine(monday, time(), zone).astimezone(UTC)
        schedule = await self._schedules.between(start, start + timedelta(weeks=WEEKS))
        self.entries, self.error = tuple(schedule.entries), None
        if not self.is_read and self._is_past(monday):
            self._week = 1
        self.is_read = True
        self.was_read.emit()
        self.changed.emit()

    def _is_past(self, monday: date) -> bool:
        """Whether nothing is left of that week: the weekend has come, and nothing stands on it."""
        today = self.wording.today()
        left = range(today.weekday(), 7)
        days = {monday + timedelta(days=n) for n in left}
        held = any(self.wording.day(entry.slot.start) in days for entry in self.entries)
        return today.weekday() >= SATURDAY and not held

    def _failed(self, error: BaseException) -> None:
        self.error = user_message(error)
        self.changed.emit()
