"""The doctor's own picture: small, in any corner, over nothing that is said."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.call_desk import CallDesk, open_call
from tests.ui.call_scene import face, make_frame
from tests.ui.queue_desk import Surroundings
from workstation.core.call_media import Device, DeviceTrouble
from workstation.ui.screens.call.self_view import Corner, corner_of

SHIFT = Qt.KeyboardModifier.ShiftModifier


def seen(desk: CallDesk) -> None:
    """Both sides are seen, and something is wrong: every plate is there."""
    desk.scene.talk(missing={Device.SPEAKER: DeviceTrouble.GONE})
    desk.calls.remote_frame.emit(make_frame(face()))
    desk.calls.local_frame.emit(make_frame(face()))


@pytest.mark.parametrize("corner", list(Corner))
@pytest.mark.parametrize("size", [(1314, 742), (1868, 1054), (972, 560)])
async def test_in_no_corner_it_covers_name_clock_or_notice(
    qtbot: QtBot, around: Surroundings, corner: Corner, size: tuple[int, int]
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.view.resize(*size)
        seen(desk)
        stage = desk.view.stage
        stage.move_own(corner)
        own = stage.own.geometry()
        assert stage.rect().contains(own)
        assert corner_of(own.center(), stage) is corner
        for plate in (stage.name, stage.clock, stage.notice):
            assert plate.isVisible()
            assert stage.rect().contains(plate.geometry())
            assert not own.intersects(plate.geometry())


async def test_it_is_dragged_and_stays_in_the_nearest_corner(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        seen(desk)
        stage, own = desk.view.stage, desk.view.stage.own
        middle = own.rect().center()
        QTest.mousePress(own, Qt.MouseButton.LeftButton, pos=middle)
        to = own.mapFromParent(QPoint(own.width(), stage.height() // 3))
        QTest.mouseMove(own, to)
        stage.place()
        assert own.is_dragged
        QTest.mouseRelease(own, Qt.MouseButton.LeftButton, pos=own.rect().center())
        assert stage.corner is Corner.TOP_LEFT
        assert own.geometry().top() > stage.name.geometry().bottom()


async def test_by_keyboard_it_goes_round_and_is_found_where_it_was(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        seen(desk)
        stage = desk.view.stage
        been = []
        for _ in Corner:
            desk.press(Qt.Key.Key_F3, SHIFT)
            been.append(stage.corner)
        assert been == [*list(Corner)[1:], Corner.BOTTOM_RIGHT]
        assert desk.asked("camera") == [], "F3 alone is the camera's"
        stage.move_own(Corner.TOP_RIGHT)
        kept = desk.view.state()
        stage.move_own(Corner.BOTTOM_LEFT)
        for unknown in (b"", b"in the middle"):
            desk.view.restore(unknown)
            assert stage.corner is Corner.BOTTOM_LEFT
        desk.view.restore(kept)
        assert stage.corner is Corner.TOP_RIGHT
