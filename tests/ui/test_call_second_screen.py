"""The call on a second screen: there, back, and nobody else's."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.call_desk import open_call
from tests.ui.call_scene import face, make_frame
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.test_call_unfold import OPEN, MadeUpCalls, mine, spoken_with
from tests.ui.test_second_screen import OTHER, FakeMonitors, has_keyboard
from tests.ui.test_slot_road import placed
from tests.ui.waiting import until
from workstation.ui.screens.call.second_screen import CallWindow
from workstation.ui.screens.call.strip import CallStrip
from workstation.ui.screens.call.view import CallView
from workstation.ui.widgets.labels import SignLabel

F12, F11 = Qt.Key.Key_F12, Qt.Key.Key_F11
SPOKEN = "Верещагин Павел Никитич"


def away(view: CallView) -> CallWindow | None:
    """The call's own window while the call is in it."""
    return view.second.window


async def test_the_whole_call_goes_there_with_the_patients_name_and_comes_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    monitors = FakeMonitors()
    async with open_call(qtbot, around, monitors=monitors) as desk:
        view = desk.view
        desk.press(F12)
        assert away(view) is None, "there is nothing to be taken there"
        desk.scene.talk()
        assert view.bar.aside.isVisible()
        desk.press(F12)
        window = away(view)
        assert window is not None
        assert window.isVisible()
        assert view.stage.window() is window
        assert view.chat.window() is window
        name = window.findChild(SignLabel, "secondWindow.name")
        assert name is not None
        assert name.text() == SPOKEN
        assert SPOKEN not in window.windowTitle()
        desk.calls.remote_frame.emit(make_frame(face()))
        assert view.stage.remote.has_picture
        await has_keyboard(window)
        press(window, Qt.Key.Key_F2)
        await until(lambda: ("microphone", False) in desk.calls.backend.calls)
        press(window, F12)
        assert away(view) is None
        assert view.stage.window() is view.window()
        assert view.stage.isVisible()


async def test_the_clock_goes_on_while_another_screen_is_shown_here(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around, monitors=FakeMonitors()) as desk:
        desk.scene.talk()
        desk.view.second.toggle()
        assert desk.view._ticks.isActive()


async def test_an_unplugged_monitor_brings_it_back_and_a_plugged_one_takes_it_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    monitors = FakeMonitors()
    async with open_call(qtbot, around, monitors=monitors) as desk:
        desk.scene.talk()
        desk.view.second.toggle()
        monitors.plug(None)
        assert away(desk.view) is None
        assert desk.view.stage.isVisible()
        monitors.plug(OTHER)
        assert away(desk.view) is not None


async def test_the_end_of_the_call_and_another_case_bring_it_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    """One patient: the second screen never shows a case that is not open here."""
    async with open_call(qtbot, around, monitors=FakeMonitors()) as desk:
        desk.scene.talk()
        desk.view.second.toggle()
        await desk.calls.hang_up()
        assert away(desk.view) is None
        desk.scene.talk()
        assert away(desk.view) is not None, "it is wanted there still"
        desk.model.leave()
        assert away(desk.view) is None


async def test_files_stand_here_meanwhile_and_the_strip_has_the_keys(
    qtbot: QtBot, around: Surroundings
) -> None:
    calls = MadeUpCalls()
    async with placed(qtbot, around, mine(SPOKEN), mine(OPEN), calls=calls) as place:
        await until(lambda: place.sees("card.call"))
        place.press("C")
        calls.talk(place.row.id)
        view = place.window.findChild(CallView)
        strip = place.window.findChild(CallStrip)
        assert view is not None
        assert strip is not None
        await until(lambda: place.screens.call_model.row is not None)
        view.second.toggle()
        window = away(view)
        assert window is not None
        await until(lambda: place.sees("reviewView"))
        assert strip.isVisible()
        place.press(Qt.Key.Key_Escape)
        assert place.sees("callView")
        assert strip.isVisible(), "its keys are here wherever the call's picture is"
        place.window.activateWindow()
        place.press(F11)
        await until(lambda: spoken_with(place) == SPOKEN)
        assert away(view) is None
        view.second.toggle()
        place.window.desk.hide()
        assert away(view) is None, "the screen is locked"
        place.window.desk.show()
        assert away(view) is not None
        place.screens._road.leave()
        assert away(view) is None
