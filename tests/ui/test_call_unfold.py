"""F11 at the folded call: whose screen opens is said large where another patient's was open."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.client import BackendClient
from backend_client.models.calls import CallId, Channel
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus
from tests.factories import NOW, make_owner, make_row
from tests.ui.call_scene import BOTH_ON
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until
from workstation.core.live_call import CallPhase, LiveCall
from workstation.media.engine import MediaEngine
from workstation.services.calls import CallService
from workstation.ui.screens.call.chat_field import ChatField
from workstation.ui.screens.call.strip import CallStrip
from workstation.ui.screens.call.view import CallView
from workstation.ui.widgets.patient_plate import NextPatientPlate

pytestmark = pytest.mark.usefixtures("russian")
BORN = "09.03.1984"
SPOKEN, OPEN = "Верещагин Павел Никитич", "Орлова Анна Ильинична"
MINE = [Action.CALL, Action.WRITE_MESSAGE, Action.PROPOSE_SLOT, Action.RELEASE]


class MadeUpCalls(CallService):
    """The telephone of a desk, on which somebody speaks when the test says so."""

    def __init__(self) -> None:
        client = BackendClient("http://nowhere.invalid")
        super().__init__(client.calls, MediaEngine(), lambda: NOW)
        self._told: LiveCall | None = None

    @property
    def live(self) -> LiveCall | None:
        """As told."""
        return self._told

    def talk(self, case: RequestId) -> None:
        """The patient of that request has answered."""
        self._told = LiveCall(
            case,
            CallPhase.TALKING,
            call_id=CallId("call-9"),
            channel=Channel.VIDEO,
            answered_at=SCENE_NOW - timedelta(minutes=5),
            remote_media=BOTH_ON,
            is_receiving=True,
        )
        self.changed.emit(self._told)


def mine(name: str) -> RequestRow:
    """A case of the doctor, whose patient can be called."""
    return make_row(
        full_name=name,
        owner=make_owner(),
        status=RequestStatus.SCHEDULED,
        allowed_actions=MINE,
    )


def reveal(place: Place) -> NextPatientPlate | None:
    """Where a patient's name stands large; None: nowhere."""
    found = place.window.findChild(NextPatientPlate, "nextPatient")
    return found if found is not None and found.isVisible() else None


def spoken_with(place: Place) -> str:
    """Whose call screen is before the doctor's eyes."""
    view = place.window.findChild(CallView)
    assert view is not None
    assert view.isVisible()
    words = view.identity_strip.words
    return "" if words is None else words.name


async def fold(place: Place, calls: MadeUpCalls) -> CallStrip:
    """The patient of the first request answers; then the doctor goes back to the queue."""
    await until(lambda: place.sees("card.call"))
    place.press("C")
    assert place.sees("callView")
    calls.talk(place.row.id)
    place.press(Qt.Key.Key_F11)
    strip = place.window.findChild(CallStrip)
    assert strip is not None
    await until(lambda: place.sees("queue") and strip.isVisible() and strip.model.row is not None)
    return strip


async def test_from_another_patients_case_the_name_stands_large(
    qtbot: QtBot, around: Surroundings
) -> None:
    """What is typed in that moment was meant for the other case: it is dropped."""
    calls = MadeUpCalls()
    async with placed(qtbot, around, mine(SPOKEN), mine(OPEN), calls=calls) as place:
        strip = await fold(place, calls)
        place.press("J")
        place.press("T")
        assert place.sees("slotView")
        assert strip.isVisible(), "the call goes on over the other case"
        place.press(Qt.Key.Key_F11)
        plate = reveal(place)
        assert plate is not None
        assert SPOKEN in plate.accessibleName()
        assert BORN in plate.accessibleName()
        assert not strip.isVisible()
        await until(lambda: spoken_with(place) == SPOKEN)
        place.press("M")
        field = place.window.findChild(ChatField)
        assert field is not None
        assert not field.hasFocus(), "the key was meant for the other case"
        plate.dismiss()
        place.press("M")
        assert field.hasFocus()


async def test_from_the_same_case_and_from_the_queue_it_opens_at_once(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Nobody else's case was open: there is nothing to mistake it for."""
    calls = MadeUpCalls()
    async with placed(qtbot, around, mine(SPOKEN), mine(OPEN), calls=calls) as place:
        await fold(place, calls)
        place.press(Qt.Key.Key_F11)
        assert reveal(place) is None
        await until(lambda: spoken_with(place) == SPOKEN)
        place.press(Qt.Key.Key_F11)
        assert place.sees("queue")
        place.press("T")
        assert place.sees("slotView")
        place.press(Qt.Key.Key_F11)
        assert reveal(place) is None
        await until(lambda: spoken_with(place) == SPOKEN)
