"""The call folded to a strip over other screens, driven by keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from tests.factories import changed_row, make_row
from tests.ui.call_scene import CallScene, face, make_frame
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.core.call_media import Device, DeviceTrouble, MediaState, Sending
from workstation.core.live_call import CallEnd, CallPhase, Recovery
from workstation.ui.screens.call.strip import CallStrip
from workstation.ui.screens.call.view import CallView

CTRL = Qt.KeyboardModifier.ControlModifier


class StripDesk:
    """The strip over a text that is being written."""

    def __init__(self, qtbot: QtBot, around: Surroundings) -> None:
        self.scene = CallScene(around.words)
        self.calls = self.scene.calls
        self.strip = CallStrip(
            self.calls,
            self.scene.requests,
            around.theme,
            around.shortcuts,
            around.words.time,
            self.scene.still,
        )
        self.window = QWidget()
        self.text = QPlainTextEdit()
        self.column = QVBoxLayout(self.window)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.text)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 300)
        self.window.show()
        self.window.activateWindow()
        self.text.setFocus()

    def press(
        self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        press(QApplication.focusWidget() or self.window, key, modifiers=modifiers)


@asynccontextmanager
async def folded(qtbot: QtBot, around: Surroundings) -> AsyncIterator[StripDesk]:
    desk = StripDesk(qtbot, around)
    await until(desk.window.isActiveWindow)
    try:
        yield desk
    finally:
        await desk.strip.close_model()
        await desk.scene.still.close()
        await desk.scene.model.close()
        desk.window.hide()


async def test_it_comes_with_the_call_and_goes_with_it(qtbot: QtBot, around: Surroundings) -> None:
    async with folded(qtbot, around) as desk:
        strip = desk.strip
        assert not strip.isVisible()
        desk.scene.ring()
        assert strip.isVisible()
        assert strip.height() == 92
        assert "Rings" in strip.state.text()
        await until(lambda: strip.name.text() == "Верещагин\u00a0П.\u00a0Н.")
        strip.set_call_screen_seen(True)
        assert not strip.isVisible()
        strip.set_call_screen_seen(False)
        assert strip.isVisible()
        desk.press("E", CTRL)
        await until(lambda: not strip.isVisible())


async def test_picture_clock_and_keys_while_the_doctor_writes(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with folded(qtbot, around) as desk:
        strip = desk.strip
        wanted: list[str] = []
        strip.unfold_wanted.connect(wanted.append)
        desk.scene.talk(timedelta(minutes=26, seconds=41))
        desk.calls.remote_frame.emit(make_frame(face()))
        assert strip.video.has_picture
        assert (strip.clock.text(), strip.rest.text()) == ("26:41", "3:19 left")
        desk.press(Qt.Key.Key_F2)
        desk.press(Qt.Key.Key_F3)
        await until(lambda: ("camera", False) in desk.calls.backend.calls)
        assert ("microphone", False) in desk.calls.backend.calls
        assert strip.microphone.accessibleName() == "Microphone is off"
        desk.press(Qt.Key.Key_F11)
        assert wanted == [desk.scene.row.id]
        assert desk.text.hasFocus()
        assert not strip.grab().isNull()


async def test_the_strip_shows_what_each_side_really_sends(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-20: of the patient as the page says it, of the doctor as the call has it."""
    async with folded(qtbot, around) as desk:
        strip = desk.strip
        desk.scene.talk()
        assert strip._sound.accessibleName() == "Patient's microphone is on"
        desk.calls.now(remote_media=MediaState(Sending.OFF, Sending.MISSING))
        assert strip._sound.accessibleName() == "Patient's microphone is off"
        assert strip._picture.accessibleName() == "Patient has no camera"
        desk.calls.backend.fail_with(Unreachable())
        desk.press(Qt.Key.Key_F2)
        await until(strip.notice.isVisible)
        assert strip.microphone.accessibleName() == "Microphone is on", "it is sent still"
        desk.press(Qt.Key.Key_F2)
        await until(lambda: strip.microphone.accessibleName() == "Microphone is off")


async def test_what_is_wrong_is_said_between_name_and_clock(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with folded(qtbot, around) as desk:
        strip = desk.strip
        desk.scene.talk(missing={Device.MICROPHONE: DeviceTrouble.GONE})
        assert "The microphone was unplugged" in strip.notice.accessibleName()
        desk.calls.now(phase=CallPhase.RECOVERING, recovery=Recovery.LINK_LOST)
        assert "The link broke off" in strip.notice.accessibleName()
        desk.calls.now(phase=CallPhase.TALKING, missing={})
        assert not strip.notice.isVisible()
        desk.calls.now(remote_media=MediaState(Sending.ON, Sending.OFF))
        assert strip.nothing.text() == "sound only"
        desk.calls.backend.fail_with(Unreachable())
        desk.press("E", CTRL)
        await until(strip.notice.isVisible)
        assert "does not answer" in strip.notice.accessibleName()


async def test_another_patients_screen_does_not_hide_the_call(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Whoever opens another case's call screen must still be able to end this call."""
    async with folded(qtbot, around) as desk:
        desk.scene.talk()
        desk.strip.set_call_screen_seen(True, desk.scene.row.id)
        assert not desk.strip.isVisible()
        view = CallView(
            desk.scene.model, around.theme, around.shortcuts, around.words, desk.scene.still
        )
        desk.column.addWidget(view)
        desk.scene.requests.upsert(other := make_row())
        desk.scene.model.open(other.id)
        desk.strip.set_call_screen_seen(True, other.id)
        assert desk.strip.isVisible()
        await until(lambda: desk.scene.model.row is not None)
        view.stage.setFocus()
        desk.press(Qt.Key.Key_F2)
        await until(lambda: ("microphone", False) in desk.calls.backend.calls)
        desk.press("E", CTRL)
        await until(lambda: not desk.strip.isVisible())


async def test_messages_that_come_meanwhile_are_counted(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-16: the patient writes while the doctor is elsewhere."""
    async with folded(qtbot, around) as desk:
        desk.scene.talk()
        await until(lambda: desk.strip.model.row is not None)
        desk.scene.requests.upsert(changed_row(desk.scene.row, unread_messages=2))
        assert desk.strip.state.text() == "2 unread message(s)"


async def test_the_patients_end_of_the_call_is_told(qtbot: QtBot, around: Surroundings) -> None:
    """Who writes must not talk on to nobody."""
    async with folded(qtbot, around) as desk:
        strip = desk.strip
        desk.scene.talk()
        desk.calls.now(phase=CallPhase.OVER, end=CallEnd.BY_PATIENT)
        assert strip.isVisible()
        assert "The patient has ended the call" in strip.notice.accessibleName()
        assert not strip.end.isVisible()
        strip.model.dismiss()
        assert not strip.isVisible()
        desk.scene.ring()
        assert strip.isVisible()


async def test_the_strip_speaks_russian(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with folded(qtbot, around) as desk:
        desk.scene.talk(
            timedelta(minutes=31), remote_media=MediaState(Sending.OFF, Sending.MISSING)
        )
        await until(lambda: desk.strip.name.text().startswith("Верещагин"))
        assert english(desk.strip) == set()
        assert desk.strip.rest.text() == "сверх срока 1:00"
