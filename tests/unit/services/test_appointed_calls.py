"""At the appointed time: ten seconds in sight, then the doctor's call; whatever is against it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from backend_client.errors import BackendError, Unreachable
from backend_client.models.calls import Call
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus
from tests.factories import NOW, changed_row, make_owner, make_row
from tests.fakes import Failing
from tests.unit.services.call_scene import Time, make_call, settle
from tests.unit.services.house import running
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.services.appointed_calls import AppointedCalls, Countdown
from workstation.services.link import LinkState
from workstation.services.own_appointments import OwnAppointments

S = RequestStatus
SOON = NOW + timedelta(minutes=20)


class Telephone:
    """Places calls, and remembers whom."""

    def __init__(self) -> None:
        self.live: LiveCall | None = None
        self.changed: Event[LiveCall] = Event()
        self.attempt_changed: Event[Call] = Event()
        self.history: list[Call] = []
        self.backend = Failing()
        self.placed: list[RequestId] = []

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """Of that request, as the test has put them there."""
        self.backend.note("attempts", request_id)
        return [call for call in self.history if call.request_id == request_id]

    async def place(self, request_id: RequestId) -> None:
        """Rings."""
        self.backend.note("place", request_id)
        self.placed.append(request_id)
        self.become(request_id, CallPhase.RINGING)

    def become(self, request_id: RequestId, phase: CallPhase) -> None:
        """A call stands there now."""
        self.live = LiveCall(request_id, phase)
        self.changed.emit(self.live)


class Scene:
    """The service on a clock that the test moves; the doctor looks at the window."""

    def __init__(self, *rows: RequestRow) -> None:
        self.time, self.calls = Time(), Telephone()
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.appointments = OwnAppointments()
        for row in rows:
            self.appointments.follow(row)
        self.service = AppointedCalls(
            self.appointments, self.calls, self.link, self.time.now, self.time.sleep
        )
        self.service.see(True)
        self.shown: list[Countdown | None] = []
        self.failed: list[BackendError] = []
        self.service.changed.subscribe(self.shown.append)
        self.service.failed.subscribe(self.failed.append)

    @property
    def counted(self) -> str:
        """Whose call is counted down to; "": nobody's."""
        counting = self.service.counting
        return counting.row.patient.full_name if counting is not None else ""

    async def until(self, moment: timedelta) -> None:
        """So long after the appointed time of SOON, or before it."""
        await self.time.move((SOON + moment - self.time.now()).total_seconds())
        await settle()

    async def at(self, seconds: float) -> None:
        """Seconds after the appointed time."""
        await self.until(timedelta(seconds=seconds))

    async def hears(self, row: RequestRow, **changes: object) -> None:
        """The server tells of the request."""
        self.appointments.follow(changed_row(row, version=row.version + 1, **changes))
        await settle()


def expected(**changes: object) -> RequestRow:
    """An appointment of this doctor, with the patient in the lobby."""
    facts: dict[str, object] = {
        "owner": make_owner(),
        "status": S.WAITING,
        "appointment_at": SOON,
        "allowed_actions": [Action.CALL],
    }
    return make_row(**(facts | changes))


@asynccontextmanager
async def watching(*rows: RequestRow) -> AsyncIterator[Scene]:
    """The service runs."""
    scene = Scene(*rows)
    async with running(scene.service.run()):
        await settle()
        yield scene


async def test_call_is_placed_ten_seconds_after_its_time() -> None:
    """OZ-11, SOK-6, DRC-4"""
    row = expected()
    async with watching(row) as scene:
        await scene.at(-1)
        assert scene.counted == ""
        await scene.at(0)
        assert scene.counted == row.patient.full_name
        await scene.at(9)
        assert scene.calls.placed == []
        await scene.at(10)
        assert scene.calls.placed == [row.id]
        assert scene.counted == ""


async def test_what_was_stopped_does_not_begin_again() -> None:
    """SOK-6: for this appointment; another time that is agreed is another appointment."""
    row = expected()
    async with watching(row) as scene:
        await scene.at(4)
        scene.service.stop()
        await scene.at(59)
        assert (scene.calls.placed, scene.counted) == ([], "")
        later = SOON + timedelta(hours=1)
        await scene.hears(row, appointment_at=later)
        await scene.at(3601)
        assert scene.counted == row.patient.full_name


async def test_nobody_is_called_who_is_not_there() -> None:
    """SOK-6, SPB-11: the camera opens for a patient who waits."""
    row = expected(status=S.SCHEDULED)
    async with watching(row) as scene:
        await scene.at(30)
        assert scene.counted == ""
        await scene.hears(row, status=S.WAITING)
        assert scene.counted == row.patient.full_name
        await scene.hears(row, status=S.SCHEDULED)
        assert scene.counted == ""
        await scene.at(50)
        await scene.hears(row, status=S.WAITING)
        await scene.at(61)
        assert scene.calls.placed == [row.id]


async def test_who_comes_later_than_a_minute_is_called_by_hand() -> None:
    row = expected(status=S.SCHEDULED)
    async with watching(row) as scene:
        await scene.at(61)
        await scene.hears(row, status=S.WAITING)
        await scene.at(100)
        assert (scene.calls.placed, scene.counted) == ([], "")


async def test_computer_that_has_slept_calls_nobody() -> None:
    """The camera never opens by a countdown that nobody has seen."""
    row = expected()
    async with watching(row) as scene:
        scene.time.passed += 22 * 60
        await scene.time.move(20)
        assert scene.shown == []
    other = expected()
    async with watching(other) as scene:
        await scene.at(2)
        scene.time.passed += 12
        await scene.time.move(0)
        await settle()
        assert (scene.calls.placed, scene.counted) == ([], "")
        await scene.at(40)
        assert scene.calls.placed == []


async def test_countdown_runs_only_before_the_doctors_eyes() -> None:
    async with watching(expected()) as scene:
        scene.service.see(False)
        await scene.at(20)
        assert scene.counted == ""
        scene.service.see(True)
        await settle()
        assert scene.counted != ""
        scene.service.see(False)
        await scene.at(55)
        assert (scene.calls.placed, scene.counted) == ([], "")


@pytest.mark.parametrize(
    "changes",
    [
        {"allowed_actions": []},
        {"owner": None},
        {"owner": changed_row(make_row(owner=make_owner())).owner, "status": S.DRAFTING},
    ],
    ids=["not allowed", "not mine", "talked already"],
)
async def test_only_what_the_server_allows_this_doctor(changes: dict[str, object]) -> None:
    async with watching(expected(**changes)) as scene:
        await scene.at(59)
        assert (scene.calls.placed, scene.shown) == ([], [])


async def test_nothing_begins_in_a_call_or_without_the_server() -> None:
    row = expected()
    async with watching(row) as scene:
        scene.calls.become(RequestId("another"), CallPhase.TALKING)
        await scene.at(5)
        assert scene.counted == ""
        scene.calls.become(RequestId("another"), CallPhase.OVER)
        await settle()
        assert scene.counted != ""
        scene.link.set(ConnectionState(Link.OFFLINE, NOW))
        await settle()
        assert scene.counted == ""
        await scene.at(40)
        assert scene.calls.placed == []


async def test_who_was_called_already_is_not_called_again() -> None:
    """By hand a minute before, or before this start of the program."""
    row = expected()
    early = make_call(1, request_id=row.id, placed_at=SOON - timedelta(minutes=1))
    async with watching(row) as scene:
        scene.calls.history = [early]
        await scene.at(30)
        assert scene.shown == []
    async with watching(row) as scene:
        scene.calls.attempt_changed.emit(early)
        await scene.at(30)
        assert scene.shown == []
    long_ago = make_call(1, request_id=row.id, placed_at=SOON - timedelta(days=1))
    async with watching(row) as scene:
        scene.calls.history = [long_ago]
        await scene.at(1)
        assert scene.counted != ""


async def test_calls_that_cannot_be_read_are_asked_for_again() -> None:
    async with watching(expected()) as scene:
        scene.calls.backend.fail_with(Unreachable())
        await scene.at(1)
        assert scene.counted == ""
        await scene.at(6)
        assert scene.counted != ""


async def test_of_several_one_is_called_and_the_rest_is_told() -> None:
    first, second = expected(full_name="Абрамов А."), expected(full_name="Белов Б.")
    async with watching(first, second) as scene:
        await scene.at(1)
        counting = scene.service.counting
        assert counting is not None
        assert counting.others == 1
        scene.service.stop()
        await settle()
        assert scene.counted == second.patient.full_name
        await scene.at(30)
        assert scene.calls.placed == [second.id]


async def test_call_that_is_not_placed_is_told_and_not_repeated() -> None:
    async with watching(expected()) as scene:
        await scene.at(5)
        scene.calls.backend.fail_with(Unreachable())
        await scene.at(40)
        assert [type(error) for error in scene.failed] == [Unreachable]
        assert (scene.calls.placed, scene.counted) == ([], "")


def test_the_next_patients_time_is_known() -> None:
    """DRC-8: more time for one patient is time of the next one."""
    first, second = expected(), expected(appointment_at=SOON + timedelta(minutes=30))
    appointments = OwnAppointments()
    appointments.follow(second)
    appointments.follow(first)
    assert appointments.next_after(SOON, first.id) == second.appointment_at
    assert appointments.next_after(SOON, second.id) is None
    appointments.drop(second.id)
    assert appointments.next_after(SOON, first.id) is None
