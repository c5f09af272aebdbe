"""F4 in a call: what the doctor sees goes to the documents of the patient who is seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.calls import Channel
from backend_client.models.common import RequestId
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.call_scene import face, make_frame
from tests.ui.queue_desk import Surroundings
from tests.ui.test_call_strip import folded
from tests.ui.waiting import until
from workstation.core.call_media import MediaState, Sending
from workstation.core.call_picture import PictureState
from workstation.core.errors import StoreUnavailable
from workstation.core.live_call import CallPhase, Recovery

F4 = Qt.Key.Key_F4


def talking(desk: CallDesk) -> bytes:
    """The patient is seen; the pixels that are."""
    desk.scene.talk()
    frame = make_frame(face(1280, 720))
    desk.calls.remote_frame.emit(frame)
    return bytes(frame.pixels)


async def test_the_frame_before_the_doctors_eyes_is_kept_as_large_as_it_came(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        pixels = talking(desk)
        desk.press(F4)
        await until(lambda: "waits to be sent" in desk.notice)
        [(request_id, seen)] = desk.scene.pictures.taken
        assert request_id == desk.scene.row.id
        assert (seen.width, seen.height) == (1280, 720)
        assert seen.pixels == pixels
        desk.scene.pictures.become(PictureState.SENT)
        assert "is among the documents" in desk.notice
        desk.scene.pictures.become(PictureState.KEPT)
        assert "is among the documents" in desk.notice, "the server was quicker"
        desk.still.dismiss()
        assert desk.notice == ""


async def test_it_is_one_key_while_the_doctor_writes_to_the_patient(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        talking(desk)
        desk.press("M")
        desk.type("да")
        desk.press(F4)
        await until(lambda: len(desk.scene.pictures.taken) == 1)
        assert desk.view.chat.field.hasFocus()
        assert desk.view.chat.field.toPlainText() == "да"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"phase": CallPhase.RECOVERING, "recovery": Recovery.LINK_LOST}, "being made again"),
        ({"phase": CallPhase.CONNECTING}, "not seen yet"),
        ({"remote_media": MediaState(Sending.ON, Sending.OFF)}, "camera is off"),
        ({"channel": Channel.AUDIO}, "without a picture"),
        ({"is_receiving": False}, "nothing comes"),
    ],
)
async def test_where_there_is_no_live_picture_none_is_taken_and_it_is_said_why(
    qtbot: QtBot, around: Surroundings, changes: dict[str, object], why: str
) -> None:
    """A picture that stands still is not passed off as one of now."""
    async with open_call(qtbot, around) as desk:
        talking(desk)
        desk.calls.now(**changes)
        desk.press(F4)
        assert "No picture was taken" in desk.notice
        assert why in desk.notice
        assert desk.scene.pictures.taken == []


async def test_before_the_first_frame_and_without_a_call_nothing_is_taken(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.press(F4)
        assert desk.notice == ""
        desk.scene.talk()
        desk.press(F4)
        assert "no picture yet" in desk.notice
        assert desk.scene.pictures.taken == []


async def test_a_picture_that_cannot_be_kept_is_said_to_be_lost(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        talking(desk)
        desk.scene.pictures.error = StoreUnavailable("disk")
        desk.press(F4)
        await until(lambda: "was not kept" in desk.notice)


async def test_from_the_strip_it_belongs_to_the_patient_who_is_seen(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Whatever case is open behind it, and while the doctor types there."""
    async with folded(qtbot, around) as desk:
        other = RequestId("request-of-another-patient")
        desk.scene.talk()
        desk.calls.now(request_id=other)
        desk.calls.remote_frame.emit(make_frame(face()))
        desk.press(F4)
        await until(lambda: len(desk.scene.pictures.taken) == 1)
        assert desk.scene.pictures.taken[0][0] == other
        await until(desk.strip.notice.isVisible)
        assert "waits to be sent" in desk.strip.notice.accessibleName()
        assert QApplication.focusWidget() is desk.text


async def test_what_becomes_of_an_earlier_patients_picture_is_not_said_in_this_call(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        talking(desk)
        desk.scene.pictures.become(PictureState.SENT, RequestId("request-of-this-morning"))
        assert desk.notice == ""
