"""The slot screen and the doctor's week as they are seen and driven by keys (OZ-8, OZ-24)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.requests import RequestStatus
from backend_client.models.schedule import SlotState
from tests.factories import changed_row, make_entry, make_row
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.slot_scene import SlotScene, november
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.ui.screens.slot.view import SlotView
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.screens.slot.week_view import WeekView
from workstation.ui.widgets.week_calendar import Block, BlockKind, WeekCalendar


class Stage:
    """The screen on a made-up week."""

    def __init__(self, qtbot: QtBot, around: Surroundings) -> None:
        self.scene = SlotScene(around.words)
        self.model = self.scene.model
        self.view = SlotView(self.model, around.theme, around.shortcuts, around.words)
        qtbot.addWidget(self.view)
        self.view.resize(1314, 742)
        self.view.show()
        self.view.activateWindow()

    def press(self, key: Qt.Key | str) -> None:
        """Presses a key where the focus is."""
        press(QApplication.focusWidget() or self.view, key)

    def blocks(self, kind: BlockKind) -> list[Block]:
        """What the calendar shows of that kind."""
        return blocks(self.view.calendar, kind)


def blocks(calendar: WeekCalendar, kind: BlockKind) -> list[Block]:
    assert calendar.picture is not None
    shown = calendar.picture.blocks
    return [one for one in shown if one.kind is kind and one.start.date() in calendar.picture.days]


@asynccontextmanager
async def opened(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Stage]:
    stage = Stage(qtbot, around)
    await stage.scene.open()
    try:
        yield stage
    finally:
        await stage.model.close()
        stage.view.hide()


async def test_a_digit_chooses_and_enter_proposes(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as stage:
        assert stage.view.calendar.hasFocus()
        stage.press("2")
        assert [one.number for one in stage.blocks(BlockKind.CHOSEN)] == ["2"]
        assert stage.view.panel.choices[1].isChecked()
        assert "23.11, 09:30" in stage.view.panel.button.text()
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.scene.patients_row() is RequestStatus.SLOT_PROPOSED)


async def test_both_times_stand_on_every_choice(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-24: the doctor's time and, under it, the patient's two hours ahead."""
    async with opened(qtbot, around) as stage:
        name = stage.view.panel.choices[1].accessibleName()
        assert "Mon 23 November, 09:30" in name
        assert "11:30" in name
        picture = stage.view.calendar.picture
        assert picture is not None
        assert picture.second_hour is not None
        assert picture.second_hour(9) == "11:00"


async def test_arrows_move_the_chosen_time(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as stage:
        stage.press(Qt.Key.Key_Right)
        stage.press(Qt.Key.Key_Down)
        assert stage.model.chosen == november(23, "10:30")
        assert "13:30" in stage.view.panel.other.text()
        stage.press(Qt.Key.Key_Left)
        stage.press(Qt.Key.Key_Up)
        assert stage.model.chosen == november(20, "10:00")


async def test_a_press_in_the_week_chooses_that_half_hour(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as stage:
        stage.press(Qt.Key.Key_PageDown)
        calendar = stage.view.calendar
        assert calendar.picture is not None
        local = november(25, "9:30").astimezone(calendar.picture.now.tzinfo)
        free = Block(local, 30, "", BlockKind.TAKEN)
        place = calendar.box_of(free).center().toPoint()
        QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=place)
        assert stage.model.chosen == november(25, "9:30")


async def test_taken_offered_and_suggested_differ_in_kind(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as stage:
        offer = make_entry(november(25, "7:00"), make_row(), SlotState.PROPOSED)
        stage.scene.schedule.entries.append(offer)
        stage.model.week.read()
        await until(lambda: offer in stage.model.week.entries)
        stage.press(Qt.Key.Key_PageDown)
        assert len(stage.blocks(BlockKind.TAKEN)) == 7
        assert len(stage.blocks(BlockKind.OFFERED)) == 1
        assert [one.number for one in stage.blocks(BlockKind.SUGGESTED)] == ["2", "3"]
        assert not stage.view.grab().isNull()


async def test_what_the_server_refuses_is_said_beside_the_button(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as stage:
        taken = make_entry(november(20, "10:00"))
        stage.scene.schedule.entries.append(taken)
        stage.press(Qt.Key.Key_Return)
        await until(lambda: taken in stage.model.week.entries)
        assert "just been taken" in stage.view.panel.problem.text()
        assert not stage.view.panel.button.isEnabled()
        assert not stage.view.grab().isNull()
        stage.press("1")
        assert stage.view.panel.button.isEnabled()
        assert not stage.view.panel.problem.isVisible()


async def test_offline_the_reason_is_said_and_enter_tries_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as stage:
        stage.scene.schedule.backend.fail_with(Unreachable())
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.view.panel.problem.isVisible())
        assert stage.view.panel.problem.text() != ""
        assert stage.view.panel.button.isEnabled()
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.scene.patients_row() is RequestStatus.SLOT_PROPOSED)


async def test_a_schedule_that_is_not_read_says_so_in_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    stage = Stage(qtbot, around)
    stage.scene.schedule.backend.fail_with(Unreachable())
    stage.model.open(stage.scene.row.id)
    title = stage.view.findChild(QLabel, "placeholder.title")
    assert title is not None
    await until(title.isVisible)
    assert "cannot be read" in title.text()
    await stage.model.close()


async def test_esc_goes_back(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as stage:
        left: list[bool] = []
        stage.model.closed.connect(lambda: left.append(True))
        stage.press(Qt.Key.Key_Escape)
        assert left == [True]
        assert stage.view.identity_strip.words is None


async def test_the_screen_speaks_russian(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with opened(qtbot, around) as stage:
        assert english(stage.view) == set()
        choice = stage.view.panel.choices[1].accessibleName()
        assert choice.startswith("2, Пн 23 ноября, 09:30, у пациента 11:30")
        assert stage.view.panel.button.text() == "Предложить 20.11, 13:00"
        assert stage.view.head.title.text() == "16–20 ноября"


async def test_the_doctors_week_is_live(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """OZ-10: an appointment that the patient has cancelled goes, a new one comes."""
    scene = SlotScene(around.words)
    week = WeekModel(scene.schedule, scene.requests, around.words.time)
    view = WeekView(week, around.theme, around.shortcuts, around.words.time)
    qtbot.addWidget(view)
    view.resize(1276, 742)
    view.show()
    await until(lambda: week.is_read)
    press(view.calendar, Qt.Key.Key_PageDown)
    assert len(blocks(view.calendar, BlockKind.TAKEN)) == 7
    scene.schedule.entries.pop()
    scene.requests.upsert(changed_row(scene.row, version=2))
    await until(lambda: len(blocks(view.calendar, BlockKind.TAKEN)) == 6)
    assert english(view) == set()
    pressed: list[str] = []
    view.opened.connect(pressed.append)
    first = blocks(view.calendar, BlockKind.TAKEN)[0]
    place = view.calendar.box_of(first).center().toPoint()
    QTest.mouseClick(view.calendar, Qt.MouseButton.LeftButton, pos=place)
    assert pressed == [scene.schedule.entries[0].slot.request_id]
    view.hide()
    await week.close()
    await scene.model.close()
