"""At the appointed time the doctor's call counts down in sight, then is placed (OZ-11, SOK-6)."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from backend_client.errors import BackendError
from backend_client.models.calls import Call
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus
from workstation.core.connection import ConnectionState
from workstation.core.live_call import LiveCall
from workstation.core.subscription import Event
from workstation.services.calls import CallRunning
from workstation.services.delays import Sleep
from workstation.services.link import LinkState
from workstation.services.own_appointments import OwnAppointments

logger = logging.getLogger(__name__)

COUNT: Final = timedelta(seconds=10)
LATEST: Final = timedelta(seconds=60)
"""After the appointed time no countdown begins any more: the doctor has other reasons by then."""
OVERSLEPT: Final = timedelta(seconds=3)
"""A countdown that ends so much later than it should was not seen: the computer has slept."""
CALLED_BEFORE: Final = timedelta(minutes=15)
"""A call that was placed so shortly before the time was about this appointment: the lobby opens
then."""
_LOOK_AGAIN_S, _ASK_AGAIN_S = 15.0, 5.0

Appointment = tuple[RequestId, datetime]


class Calls(Protocol):
    """What is asked of the service of calls."""

    @property
    def live(self) -> LiveCall | None:
        """The call that rings or runs, or the last."""

    @property
    def changed(self) -> Event[LiveCall]:
        """Tells of each new state of it."""

    @property
    def attempt_changed(self) -> Event[Call]:
        """A call of any request is another now."""

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """The request's calls, newest first; raises BackendError."""

    async def place(self, request_id: RequestId) -> None:
        """Rings at the patient's page; raises CallRunning, BackendError."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A call that is placed at `ends_at` (aware, by the server's clock) unless it is stopped."""

    row: RequestRow
    ends_at: datetime
    others: int = 0
    """Patients who wait for the same time; of several one is called."""


class AppointedCalls:
    """One countdown at a time, while the doctor sees the window and the patient waits in the lobby.

    It begins within `LATEST` of the appointed time, for an appointment that was not called yet.
    What the doctor has stopped does not begin again. `failed`: the call was not placed.
    """

    def __init__(
        self,
        appointments: OwnAppointments,
        calls: Calls,
        link: LinkState,
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`now`: by the server's clock, aware."""
        self.changed: Event[Countdown | None] = Event()
        self.placing: Event[RequestRow] = Event()
        """The countdown is over: this patient is called now."""
        self.failed: Event[BackendError] = Event()
        self.counting: Countdown | None = None
        self._appointments, self._calls, self._link = appointments, calls, link
        self._now, self._sleep = now, sleep
        self._settled: set[Appointment] = set()
        self._asked: set[Appointment] = set()
        self._ask_at: datetime | None = None
        self._is_seen = False
        self._stirred = asyncio.Event()
        appointments.changed.subscribe(lambda _: self._stirred.set())
        calls.changed.subscribe(self._call_changed)
        calls.attempt_changed.subscribe(self._settle_called)
        link.changed.subscribe(self._link_changed)

    def see(self, is_seen: bool) -> None:
        """Whether the doctor has the window before the eyes: no countdown runs unseen."""
        self._is_seen = is_seen
        if not is_seen:
            self._show(None)
        self._stirred.set()

    def stop(self) -> None:
        """The doctor does not want this call now; the next patient's countdown may begin."""
        if self.counting is not None:
            self._settle(self.counting.row)
            self._show(None)
            self._stirred.set()

    async def run(self) -> None:
        """Watches the clock until cancelled; owned by the account."""
        while True:
            self._stirred.clear()
            try:
                await self._look()
            # A listener's mistake, in the window or anywhere, must not end the account's tasks.
            except Exception:
                logger.exception("a countdown was not taken well")
            await self._rest()

    # looking

    async def _look(self) -> None:
        if self.counting is not None:
            await self._go_on(self.counting)
        if self.counting is None and self._may_count:
            await self._begin()

    async def _go_on(self, counting: Countdown) -> None:
        """What made the countdown right may be over; or its time has come."""
        late = self._now() - counting.ends_at
        due = self._due()
        row = next((one for one in due if one.id == counting.row.id), None)
        if row is None or not self._may_count:
            self._show(None)
        elif late > OVERSLEPT:
            self.stop()
        elif late >= timedelta():
            await self._place(row)
        else:
            self._show(Countdown(row, counting.ends_at, len(due) - 1))

    async def _begin(self) -> None:
        due = await self._uncalled()
        if due and self._may_count:
            self._show(Countdown(due[0], self._now() + COUNT, len(due) - 1))

    async def _place(self, row: RequestRow) -> None:
        self._settle(row)
        self._show(None)
        self.placing.emit(row)
        logger.info("request %s: called at its time", row.id)
        try:
            await self._calls.place(row.id)
        except CallRunning:
            logger.info("request %s: another call was quicker", row.id)
        except BackendError as error:
            self.failed.emit(error)

    async def _uncalled(self) -> list[RequestRow]:
        """Those that are due now, once the server has said that nobody has called them."""
        for row in self._due():
            if _key(row) in self._asked:
                continue
            try:
                calls = await self._calls.attempts(row.id)
            except BackendError as error:
                logger.info("request %s: calls not read: %s", row.id, type(error).__name__)
                self._ask_at = self._now() + timedelta(seconds=_ASK_AGAIN_S)
                return []
            self._asked.add(_key(row))
            for call in calls:
                self._settle_called(call)
        return self._due()

    def _due(self) -> list[RequestRow]:
        """Appointments whose time has come, with the patient there; the earliest first."""
        return [row for row in self._appointments.rows if self._is_due(row)]

    def _is_due(self, row: RequestRow) -> bool:
        _, start = _key(row)
        counts = self.counting is not None and self.counting.row.id == row.id
        in_time = start <= self._now() and (counts or self._now() <= start + LATEST)
        waits = row.status is RequestStatus.WAITING and Action.CALL in row.allowed_actions
        return in_time and waits and _key(row) not in self._settled

    @property
    def _may_count(self) -> bool:
        live = self._calls.live
        in_call = live is not None and live.is_on
        return self._is_seen and not in_call and not self._link.is_offline

    # what happens meanwhile

    def _show(self, counting: Countdown | None) -> None:
        if counting != self.counting:
            self.counting = counting
            self.changed.emit(counting)

    def _settle(self, row: RequestRow) -> None:
        self._settled.add(_key(row))

    def _settle_called(self, call: Call) -> None:
        """Who was called for this appointment is not called again by itself."""
        for row in self._appointments.rows:
            request_id, start = _key(row)
            if call.request_id == request_id and call.placed_at >= start - CALLED_BEFORE:
                self._settle(row)
                self._stirred.set()

    def _call_changed(self, _: LiveCall) -> None:
        self._stirred.set()

    def _link_changed(self, _: ConnectionState) -> None:
        self._stirred.set()

    async def _rest(self) -> None:
        """Until something has happened, or the next moment that is waited for.

        Never long: what a computer has slept through is counted by the clock alone.
        """
        moments = [start for _, start in map(_key, self._appointments.rows) if start > self._now()]
        if self.counting is not None:
            moments.append(self.counting.ends_at)
        if self._ask_at is not None and self._ask_at > self._now():
            moments.append(self._ask_at)
        left = (min(moments) - self._now()).total_seconds() if moments else _LOOK_AGAIN_S
        waits: list[asyncio.Future[object]] = [
            asyncio.ensure_future(self._stirred.wait()),
            asyncio.ensure_future(self._sleep(min(max(left, 0.0), _LOOK_AGAIN_S))),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


def _key(row: RequestRow) -> Appointment:
    assert row.appointment_at is not None  # own appointments have one
    return row.id, row.appointment_at
