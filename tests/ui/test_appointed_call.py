"""The countdown at the appointed time over whatever is shown: seen, stopped, and then the call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from backend_client.client import BackendClient
from backend_client.models.calls import Call, CallId
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus
from tests.factories import NOW, make_owner, make_row
from tests.ui.keys import press, window_of
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until
from tests.unit.services.house import running
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import CallPhase, LiveCall
from workstation.media.engine import MediaEngine
from workstation.services.appointed_calls import AppointedCalls
from workstation.services.calls import CallService
from workstation.services.link import LinkState
from workstation.services.own_appointments import OwnAppointments
from workstation.ui.screens.call.countdown_bar import CountdownBar
from workstation.ui.screens.call.strip import CallStrip
from workstation.ui.screens.call.view import CallView

pytestmark = pytest.mark.usefixtures("russian")
EXPECTED, OPEN = "Верещагин Павел Никитич", "Орлова Анна Ильинична"


class Telephone(CallService):
    """Rings at once, and remembers whom."""

    def __init__(self) -> None:
        client = BackendClient("http://nowhere.invalid")
        super().__init__(client.calls, MediaEngine(), lambda: NOW)
        self.placed: list[RequestId] = []
        self._told: LiveCall | None = None

    @property
    def live(self) -> LiveCall | None:
        """As told."""
        return self._told

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """Nobody was called before."""
        return []

    async def place(self, request_id: RequestId) -> None:
        """It rings."""
        self.placed.append(request_id)
        until_ = SCENE_NOW + timedelta(seconds=45)
        self._told = LiveCall(
            request_id, CallPhase.RINGING, call_id=CallId("call-1"), rings_until=until_
        )
        self.changed.emit(self._told)


class Scene:
    """The window whose doctor has an appointment that begins now."""

    def __init__(self, place: Place, calls: Telephone, appointed: AppointedCalls) -> None:
        self.place, self.calls, self.appointed = place, calls, appointed
        self.late = timedelta()
        self.looks = 0

    @property
    def bar(self) -> CountdownBar:
        """Where the countdown stands."""
        found = self.place.window.findChild(CountdownBar)
        assert found is not None
        return found

    async def nothing_happens(self, late: timedelta) -> None:
        """So much later the service has looked again, more than once."""
        self.late = late
        looked = self.looks
        await until(lambda: self.looks > looked + 2)
        assert self.calls.placed == []


def mine(name: str, **changes: object) -> RequestRow:
    """A case of the doctor, whose patient waits."""
    facts: dict[str, object] = {
        "full_name": name,
        "owner": make_owner(),
        "status": RequestStatus.WAITING,
        "allowed_actions": [Action.CALL, Action.WRITE_MESSAGE, Action.WRITE_CONCLUSION],
    }
    return make_row(**(facts | changes))


@asynccontextmanager
async def due(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Scene]:
    """The first case's time has come; the second is another patient's."""
    row, other = mine(EXPECTED, appointment_at=SCENE_NOW), mine(OPEN)
    calls, appointments = Telephone(), OwnAppointments()
    appointments.follow(row)
    scene: list[Scene] = []

    async def moments(seconds: float) -> None:
        """Time goes by the scene alone."""
        await asyncio.sleep(0)
        for one in scene:
            one.looks += 1

    appointed = AppointedCalls(
        appointments,
        calls,
        LinkState(ConnectionState(Link.ONLINE, SCENE_NOW)),
        lambda: SCENE_NOW + (scene[0].late if scene else timedelta()),
        moments,
    )
    async with placed(qtbot, around, row, other, calls=calls, appointed=appointed) as place:
        scene.append(Scene(place, calls, appointed))
        async with running(appointed.run()):
            await until(lambda: appointed.counting is not None)
            yield scene[0]


async def test_countdown_is_seen_over_the_queue_and_leads_to_the_call(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-11, SOK-6: seen wherever the doctor is; no camera opens before it is over."""
    async with due(qtbot, around) as scene:
        assert scene.place.sees("queue")
        assert "Звонок через 10 с" in scene.bar.text
        assert "Верещагин П. Н." in scene.bar.text.replace("\u00a0", " ")
        assert scene.calls.placed == []
        scene.late = timedelta(seconds=10)
        await until(lambda: scene.calls.placed == [scene.place.row.id])
        await until(lambda: scene.place.sees("callView"))
        assert scene.bar.text == ""
        view = scene.place.window.findChild(CallView)
        assert view is not None
        await until(lambda: "Вызов идёт на странице пациента" in view.stage.card.text())


async def test_key_stops_it_and_still_types(qtbot: QtBot, around: Surroundings) -> None:
    """SOK-6: nobody's typing loses a letter, and the countdown does not come back by itself."""
    async with due(qtbot, around) as scene:
        field = QLineEdit(scene.place.window)
        field.show()
        field.setFocus()
        press(field, "ф")
        assert field.text() == "ф"
        assert scene.bar.text == ""
        assert "Звонок остановлен" in scene.place.window.notice.accessibleName()
        await scene.nothing_happens(timedelta(seconds=30))
        assert scene.bar.text == ""


async def test_escape_does_nothing_more_than_stop(qtbot: QtBot, around: Surroundings) -> None:
    """The case that is open is not left by the key that stops a call."""
    async with due(qtbot, around) as scene:
        scene.place.press("J")
        await until(lambda: scene.place.screens.card_model.row is not None)
        scene.place.press(Qt.Key.Key_Escape)
        assert scene.bar.text == ""


async def test_button_stops_it(qtbot: QtBot, around: Surroundings) -> None:
    async with due(qtbot, around) as scene:
        button = scene.place.window.findChild(QPushButton, "countdown.stop")
        assert button is not None
        button.click()
        assert scene.bar.text == ""
        assert scene.appointed.counting is None


async def test_over_another_patients_case_the_call_comes_as_a_strip(
    qtbot: QtBot, around: Surroundings
) -> None:
    """What is being written there stays before the eyes."""
    async with due(qtbot, around) as scene:
        scene.place.window.show_room("queue")
        rows = scene.place.desk.requests.rows.values()
        other = next(one for one in rows if one.id != scene.place.row.id)
        scene.place.screens.week.opened.emit(other.id)
        await until(lambda: scene.place.sees("reviewView"))
        scene.late = timedelta(seconds=10)
        await until(lambda: bool(scene.calls.placed))
        assert scene.place.sees("reviewView")
        strip = scene.place.window.findChild(CallStrip)
        assert strip is not None
        await until(strip.isVisible)


async def test_locked_screen_counts_nothing_until_somebody_is_there(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SOK-6: the camera opens before nobody's chair."""
    async with due(qtbot, around) as scene:
        scene.place.screens.appointed.leave()
        assert scene.bar.text == ""
        await scene.nothing_happens(timedelta(seconds=20))
        press(scene.place.window, Qt.Key.Key_Shift)
        await until(lambda: scene.bar.text != "")
        assert window_of(scene.place.window).isVisible()
