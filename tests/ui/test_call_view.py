"""The call screen as it is seen and driven by keys (DRC-4, DRC-7, DRC-8, SPB-20)."""

import logging
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict, Forbidden, Unreachable
from backend_client.models.calls import CallState, Channel
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.requests import Action, ConsentKind, RequestRow, RequestStatus
from tests.factories import changed_row, make_owner
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.call_scene import SECRET, face, make_call, make_clock, make_frame, make_stats
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.core.call_media import Device, DeviceTrouble, MediaState, Sending
from workstation.core.live_call import CallEnd, CallPhase, LiveCall, Recovery
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.call.call_button import CallButton

CTRL = Qt.KeyboardModifier.ControlModifier


def buttons(desk: CallDesk) -> list[str]:
    """The bar's buttons that are seen, left to right."""
    shown = [one for one in desk.view.bar.findChildren(CallButton) if one.isVisible()]
    return [one.objectName() for one in sorted(shown, key=lambda one: one.x())]


def colour(desk: CallDesk) -> QColor:
    """What is painted in the middle of the patient's picture."""
    remote = desk.view.stage.remote
    image = remote.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def plain(name: str, size: tuple[int, int] = (64, 48)) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(name))
    return image


async def test_enter_calls_and_ctrl_e_hangs_up(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-4: the doctor places the call; no mouse is needed."""
    async with open_call(qtbot, around) as desk:
        assert "14:00 until" in desk.card
        assert "waits" in desk.card
        assert "opened when you call" in desk.card
        assert buttons(desk) == ["call.link", "case.conclusion", "call.place"]
        desk.calls.may_answer.clear()
        desk.press(Qt.Key.Key_Return)
        await until(lambda: "Calling" in desk.card)
        desk.press(Qt.Key.Key_Return)
        desk.calls.may_answer.set()
        await until(lambda: "Rings" in desk.card)
        assert "60 s more" in desk.card
        assert desk.view.stage.card.is_pulsing
        assert len(desk.asked("place")) == 1
        desk.press("E", CTRL)
        await until(lambda: "hung up before" in desk.card)
        assert buttons(desk)[-1] == "call.place"
        desk.press(Qt.Key.Key_Return)
        await until(lambda: len(desk.asked("place")) == 2)


async def test_a_call_that_is_not_placed_says_why_in_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.calls.backend.fail_with(Unreachable())
        desk.press(Qt.Key.Key_Return)
        await until(lambda: "does not answer" in desk.card)
        assert "Enter tries again" in desk.card
        desk.calls.backend.fail_with(Conflict(ProblemCode.CALL_RUNNING))
        desk.press(Qt.Key.Key_Return)
        await until(lambda: "on already" in desk.card)
        desk.press(Qt.Key.Key_Return)
        await until(lambda: "Rings" in desk.card)


async def test_the_card_says_why_nobody_can_be_called(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-13, DRC-2: a missing consent is one of the reasons, and where it is given is said."""
    async with open_call(qtbot, around) as desk:
        row = desk.scene.row

        def become(**changes: object) -> str:
            desk.scene.requests.upsert(changed_row(row, allowed_actions=[], **changes))
            assert not desk.view.bar.place.isEnabled()
            return desk.card

        claimed = become(status=RequestStatus.CLAIMED, appointment_at=None)
        assert "cannot be called yet" in claimed
        assert "No time has been agreed" in claimed
        other = make_owner("Зимин А. А.", is_me=False)
        assert "not yours" in become(owner=other)
        assert "present state" in become(status=RequestStatus.DELIVERED)
        without = [ConsentKind.INTERVENTION]
        said = become(status=RequestStatus.SCHEDULED, missing_consents=without)
        assert "not given all consents" in said
        desk.press(Qt.Key.Key_Return)
        assert desk.asked("place") == []


async def test_another_patients_call_is_ended_first(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.calls.become(LiveCall(RequestId("request-5"), CallPhase.TALKING))
        assert "another patient" in desk.card
        desk.press(Qt.Key.Key_Return)
        desk.press("E", CTRL)
        desk.press(Qt.Key.Key_F2)
        assert desk.asked("place") == desk.asked("hang_up") == desk.asked("microphone") == []


async def test_the_lobby_counts_by_the_servers_clock(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        for minutes, said in (
            (90, "1 h 30 min until"),
            (0, "It is time"),
            (-3, "begin 3 min ago"),
            (-3000, "has passed"),
        ):
            at = SCENE_NOW + timedelta(minutes=minutes)
            row = changed_row(desk.scene.row, appointment_at=at, status=RequestStatus.SCHEDULED)
            desk.scene.requests.upsert(row)
            assert said in desk.card
            assert "has not opened the page" in desk.card


async def test_a_link_goes_to_the_clipboard_and_nowhere_else(
    qtbot: QtBot, around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    """SPB-12: whoever has the link is the patient, so it is shown and logged nowhere."""
    caplog.set_level(logging.DEBUG)
    async with open_call(qtbot, around) as desk:
        desk.press("L")
        await until(lambda: "The link is copied" in desk.card)
        assert QApplication.clipboard().text() == SECRET
        assert "26.11, 11:30" in desk.card
        widgets = [desk.view, *desk.view.findChildren(QWidget)]
        said = [w.toolTip() + w.accessibleName() + w.windowTitle() for w in widgets]
        assert not any("secret" in text for text in said)
        assert "secret" not in caplog.text
        desk.scene.links.backend.fail_with(Forbidden())
        desk.press("Д")
        await until(lambda: "No link was made" in desk.card)
        assert "The link is copied" not in desk.card


async def test_the_patient_is_seen_and_the_clock_runs(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-8: the clock counts from the answer, by the server's time."""
    async with open_call(qtbot, around) as desk:
        stage = desk.view.stage
        desk.scene.talk(timedelta(minutes=25, seconds=12))
        desk.scene.measure()
        desk.calls.remote_frame.emit(make_frame(plain("#336699")))
        desk.calls.local_frame.emit(make_frame(face()))
        assert colour(desk) == QColor("#336699")
        assert stage.own.video.has_picture
        assert not stage.card.isVisible()
        assert stage.name.name.text() == "Верещагин\u00a0П.\u00a0Н."
        assert stage.name.picture.accessibleName() == "Patient's camera is on"
        assert (stage.clock.passed.text(), stage.clock.rest.text()) == ("25:12", "4:48 left")
        assert stage.clock.frame == "warn.mark"
        assert desk.view.links.worth[0].text() == "good"
        assert desk.view.links.figures[1].text().replace("\u00a0", " ") == "640×360, 30 fps"
        assert buttons(desk) == [
            "call.microphone",
            "call.camera",
            "call.still",
            "call.devices",
            "case.conclusion",
            "call.fold",
            "call.hang_up",
        ]
        assert not desk.view.grab().isNull()
        desk.calls.now(clock=make_clock(SCENE_NOW - timedelta(minutes=29, seconds=1)))
        assert stage.clock.frame == "danger.mark"


async def test_a_picture_outlives_the_memory_it_came_in(qtbot: QtBot, around: Surroundings) -> None:
    """A frame's memory is written over by a later one before the window has painted."""
    async with open_call(qtbot, around) as desk:
        desk.scene.talk()
        frame = make_frame(plain("#336699"))
        desk.calls.remote_frame.emit(frame)
        frame.pixels[:] = bytes(len(frame.pixels))
        assert colour(desk) == QColor("#336699")
        desk.calls.remote_frame.emit(make_frame(plain("#993366", (32, 32)), 2))
        assert colour(desk) == QColor("#993366")


async def test_frames_that_nobody_sees_cost_nothing(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        remote = desk.view.stage.remote
        desk.scene.talk()
        desk.calls.remote_frame.emit(make_frame(plain("#336699")))
        desk.view.hide()
        desk.calls.remote_frame.emit(make_frame(plain("#993366")))
        assert remote.frames_shown == 1
        desk.view.show()
        assert not remote.has_picture, "an old picture would pass for the present one"


async def test_devices_are_switched_while_the_doctor_types(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-20: F2 and F3 act in the chat's field, too; what is off is seen to be off."""
    async with open_call(qtbot, around) as desk:
        desk.scene.talk()
        desk.press("M")
        desk.press(Qt.Key.Key_F2)
        desk.press(Qt.Key.Key_F3)
        await until(lambda: desk.asked("camera") == [("camera", False)])
        assert desk.asked("microphone") == [("microphone", False)]
        assert desk.view.bar.microphone.accessibleName() == "Microphone is off"
        assert desk.view.stage.own.nothing.text() == "Camera is off"
        desk.press(Qt.Key.Key_F3)
        await until(lambda: desk.asked("camera")[-1] == ("camera", True))
        assert not desk.view.stage.own.nothing.isVisible()
        desk.calls.backend.fail_with(Unreachable())
        desk.press("E", CTRL)
        await until(lambda: "does not answer" in desk.notice)
        desk.press("E", CTRL)
        await until(lambda: "You have ended the call" in desk.card)


async def test_the_call_goes_on_without_a_device_and_says_so(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-20: what is missing, that the call goes on, what to do."""
    absent, failed, gone = DeviceTrouble.NOT_FOUND, DeviceTrouble.FAILED, DeviceTrouble.GONE
    cases: tuple[tuple[dict[Device, DeviceTrouble], str], ...] = (
        (
            {Device.CAMERA: absent},
            "No camera was found. The patient does not see you; the sound goes on",
        ),
        ({Device.MICROPHONE: failed}, "The microphone cannot be opened"),
        ({Device.SPEAKER: gone}, "The speaker was unplugged"),
        ({Device.CAMERA: gone, Device.MICROPHONE: absent}, "No camera and no microphone"),
    )
    async with open_call(qtbot, around) as desk:
        for missing, said in cases:
            desk.scene.talk(missing=missing)
            assert said in desk.notice
            assert desk.view.stage.own.nothing.isVisible() is (Device.CAMERA in missing)
            desk.calls.now(missing={device: DeviceTrouble.NONE for device in missing})
            assert desk.notice == ""


async def test_a_recovery_is_told_over_the_old_picture(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-4: the connection comes back by itself, and the doctor is told why it was away."""
    async with open_call(qtbot, around) as desk:
        for number, (why, said) in enumerate(
            (
                (Recovery.MEDIA_RESTARTED, "Sound and picture were restarted"),
                (Recovery.LINK_LOST, "The link broke off"),
                (Recovery.PATIENT_CAME_BACK, "opened the page anew"),
            )
        ):
            desk.scene.talk(recoveries=number)
            desk.calls.remote_frame.emit(make_frame(plain("#ffffff")))
            assert colour(desk) == QColor("#ffffff")
            desk.calls.now(phase=CallPhase.RECOVERING, recovery=why)
            assert said in desk.notice
            assert "Connecting again" in desk.notice
            assert colour(desk).lightness() < 150, "a picture that stands still is veiled"
            assert desk.view.stage.clock.isVisible()
            desk.calls.now(phase=CallPhase.TALKING, recoveries=number + 1)
            assert desk.notice == ""


async def test_a_weak_link_is_named_by_its_side(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.scene.talk()
        desk.scene.measure(6, fps_received=7.0)
        assert "The patient's link is weak" in desk.notice
        assert "7" in desk.notice
        for second in range(7, 13):
            desk.calls.now(stats=make_stats(second, round_trip_ms=900.0))
        assert "Your link is weak" in desk.notice


async def test_without_a_picture_the_card_says_what_there_is(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-7: the patient may answer by sound or text alone; no old picture is left standing."""
    off = MediaState(Sending.ON, Sending.OFF)
    nothing = MediaState(Sending.OFF, Sending.MISSING)
    async with open_call(qtbot, around) as desk:
        for channel, media, said in (
            (Channel.TEXT, None, "in writing"),
            (Channel.AUDIO, None, "Sound only"),
            (Channel.VIDEO, off, "camera is off"),
            (Channel.VIDEO, nothing, "has no camera"),
        ):
            desk.scene.talk()
            desk.calls.remote_frame.emit(make_frame(plain("#336699")))
            desk.calls.now(channel=channel, remote_media=media)
            assert said in desk.card
            desk.calls.remote_frame.emit(make_frame(plain("#336699")))
            assert not desk.view.stage.remote.isVisible()


@pytest.mark.parametrize(
    ("channel", "said"), [(Channel.VIDEO, "picture and sound"), (Channel.AUDIO, "sound alone")]
)
async def test_how_the_patient_has_answered_is_said_at_once(
    qtbot: QtBot, around: Surroundings, channel: Channel, said: str
) -> None:
    """DRC-7 before anything has come."""
    async with open_call(qtbot, around) as desk:
        desk.scene.talk()
        desk.calls.now(phase=CallPhase.CONNECTING, channel=channel)
        assert f"has answered with {said}" in desk.card


async def test_after_a_talk_the_conclusion_is_next(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        wanted: list[str] = []
        desk.model.conclusion_wanted.connect(wanted.append)
        desk.scene.talk()
        began = SCENE_NOW - timedelta(minutes=26, seconds=41)
        ended = make_call(id="call-9", state=CallState.ENDED, answered_at=began, ended_at=SCENE_NOW)
        desk.calls.history = [ended]
        desk.calls.now(phase=CallPhase.OVER, end=CallEnd.BY_PATIENT)
        await until(lambda: "26:41" in desk.card)
        assert "The patient has ended the call" in desk.card
        assert buttons(desk) == ["call.link", "call.again", "call.conclusion"]
        desk.press(Qt.Key.Key_Return)
        assert desk.asked("place") == [], "Enter rings nobody after a talk"
        desk.press(Qt.Key.Key_F6)
        assert wanted == [desk.scene.row.id]
        desk.view.bar.again.setFocus()
        desk.press(Qt.Key.Key_Return)
        await until(lambda: len(desk.asked("place")) == 1)
        assert desk.view.stage.hasFocus(), "not the chat's field, where letters would be typed"


async def test_earlier_attempts_are_listed(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.scene.ring()
        calls = [make_call(id=f"call-{n}", attempt=n) for n in range(6, 0, -1)]
        desk.calls.history = calls
        desk.calls.now(phase=CallPhase.OVER, end=CallEnd.TIMED_OUT)
        await until(lambda: "Attempt 6: no answer, 11:31" in desk.card)
        assert "The patient did not answer" in desk.card
        assert "2 earlier" in desk.card
        desk.calls.backend.fail_with(Unreachable())
        desk.model.retry()
        await until(lambda: "could not be read" in desk.card)


async def test_a_talk_that_goes_on_without_the_program_is_taken_up(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-4: after a restart of the program the doctor goes back into the same call."""
    async with open_call(qtbot, around) as desk:
        answered = SCENE_NOW - timedelta(minutes=3)
        on = make_call(
            state=CallState.ACTIVE,
            answered_at=answered,
            ended_at=None,
            clock=make_clock(answered),
        )
        desk.calls.history = [on]
        desk.calls.attempt_changed.emit(on)
        assert "goes on without you" in desk.card
        assert desk.view.bar.place.text() == "Go back into the talk"
        desk.press(Qt.Key.Key_Return)
        await until(lambda: desk.view.stage.clock.passed.text() == "03:00")
        assert desk.asked("place") == []


async def test_a_talk_just_ended_is_no_talk_to_go_back_into(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The list of attempts may be older than the end: calling again rings anew."""
    async with open_call(qtbot, around) as desk:
        desk.press(Qt.Key.Key_Return)
        await until(lambda: "Rings" in desk.card)
        desk.calls.answered()
        on = make_call(id="call-9", state=CallState.ACTIVE, ended_at=None)
        desk.calls.history = [on]
        desk.calls.attempt_changed.emit(on)
        desk.press("E", CTRL)
        await until(lambda: "call.again" in buttons(desk))
        desk.view.bar.again.click()
        await until(lambda: len(desk.asked("place")) == 2)
        assert desk.asked("rejoin") == []


async def test_esc_and_f11_leave_the_call_running(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        left: list[bool] = []
        desk.model.closed.connect(lambda: left.append(True))
        desk.press(Qt.Key.Key_F11)
        assert left == [], "without a call there is nothing to fold"
        desk.scene.talk()
        desk.press("M")
        desk.press(Qt.Key.Key_F11)
        assert left == [True]
        assert desk.view.identity_strip.words is None
        assert desk.calls.live is not None
        assert desk.calls.live.is_on
        desk.model.open(desk.scene.row.id)
        await until(lambda: desk.model.row is not None)
        assert desk.view.stage.clock.isVisible()
        desk.view.stage.setFocus()
        desk.press(Qt.Key.Key_Escape)
        assert left == [True, True]
        assert desk.asked("hang_up") == []


async def test_an_order_that_fails_after_the_case_was_left_is_told(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        told: list[UserMessage] = []
        desk.model.failed_away.connect(told.append)
        desk.calls.may_answer.clear()
        desk.calls.backend.fail_with(Unreachable())
        desk.press(Qt.Key.Key_Return)
        desk.model.abandon()
        await until(lambda: desk.calls.live is not None)
        desk.calls.may_answer.set()
        await until(lambda: len(told) == 1)
        assert desk.model.problem is None


async def test_a_case_that_cannot_be_read_says_so(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        title = desk.view.findChild(QLabel, "placeholder.title")
        assert title is not None
        desk.scene.requests.backend.fail_with(Unreachable())
        desk.model.open(desk.scene.row.id)
        await until(lambda: desk.model.error is not None)
        assert not desk.view.stage.isVisible()
        desk.model.retry()
        await until(desk.view.stage.isVisible)


async def test_the_second_press_of_a_double_click_hits_nothing(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Where «call» was, «end the call» is a moment later."""
    async with open_call(qtbot, around) as desk:
        desk.view.bar.place.click()
        await until(lambda: "Rings" in desk.card)
        QTest.mouseDClick(desk.view.bar.end, Qt.MouseButton.LeftButton)
        assert desk.asked("hang_up") == []


async def test_large_type_shortens_the_bar_not_the_window(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        around.look.choose_scale(2.0)
        desk.scene.talk()
        desk.view.resize(1314, 742)
        assert desk.view.width() == 1314
        shown = [one for one in desk.view.bar.findChildren(CallButton) if one.isVisible()]
        assert all(one.geometry().right() <= desk.view.bar.width() for one in shown)
        around.look.choose_scale(1.0)


async def test_whose_case_it_is_stands_above(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        strip = desk.view.identity_strip
        assert strip.words is not None
        assert [sign.text for sign in strip.words.signs][1] == "Consultation 20.11, 11:56"

        def told(row: RequestRow) -> None:
            desk.scene.requests.upsert(row)

        told(changed_row(desk.scene.row, allowed_actions=[Action.CALL]))
        assert "case.conclusion" not in buttons(desk)
        assert "Верещагин" not in desk.view.windowTitle()


async def test_the_screen_changes_its_language(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_call(qtbot, around) as desk:
        assert english(desk.view) == set()
        assert desk.view.bar.place.text() == "Позвонить"
        assert "До консультации 14" in desk.card
        desk.scene.talk(timedelta(minutes=26))
        desk.scene.measure(fps_received=6.0)
        assert english(desk.view) == set()
        assert "Слабая связь у пациента" in desk.notice
        QCoreApplication.removeTranslator(russian)
        await until(lambda: desk.view.bar.end.text() == "End the call")
        QCoreApplication.installTranslator(russian)
        await until(lambda: desk.view.bar.end.text() == "Завершить")
