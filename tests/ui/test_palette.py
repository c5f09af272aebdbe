"""The command palette: what it finds, what it carries out, and where the focus is afterwards."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt, QTranslator
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action
from tests.factories import make_owner, make_row
from tests.ui.covered_window import CoveredWindow, covered
from tests.ui.keys import press, window_of
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_rows
from tests.ui.waiting import until
from workstation.ui.screens.palette.commands import Command
from workstation.ui.screens.palette.view_model import PaletteModel

pytestmark = pytest.mark.usefixtures("russian")


@pytest.mark.parametrize(("letter", "position"), [("k", "K"), ("л", "K"), ("k", ""), ("л", "")])
async def test_it_opens_and_closes_alike_under_both_layouts(
    qtbot: QtBot, around: Surroundings, letter: str, position: str
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        before = place.window.focusWidget()
        place.press(letter, position, ctrl=True)
        assert place.covers.palette.isVisible()
        assert place.covers.palette.field.hasFocus()
        place.press(letter, position, ctrl=True)
        assert not place.covers.palette.isVisible()
        assert place.window.focusWidget() is before


async def test_it_lists_what_can_be_done_here_and_the_other_rooms(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        assert place.titles[0] == "Взять заявку и открыть"
        assert {"Следующая заявка", "Искать в очереди", "Перейти: Расписание"} <= set(place.titles)
        assert "Перейти: Очередь" not in place.titles, "that room is seen already"
        assert "Подписать показанное" not in place.titles
        assert "Найти действие" not in place.titles


async def test_only_the_steps_that_the_case_allows_are_offered(
    qtbot: QtBot, around: Surroundings
) -> None:
    mine = make_row(owner=make_owner(), allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with covered(qtbot, around, [mine]) as place:
        place.press("k", ctrl=True)
        assert "Предложить время" in place.titles
        assert "Перейти к заключению" not in place.titles


async def test_letters_of_the_wrong_layout_find_and_enter_carries_out(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        place.type("hfcgbcf")
        assert place.titles == ["Перейти: Расписание"]
        place.press(Qt.Key.Key_Return)
        assert not place.covers.palette.isVisible()
        assert place.window.seen_room == "week"


async def test_what_was_carried_out_stands_first_the_next_time(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        place.type("след заяв")
        place.press(Qt.Key.Key_Return)
        assert place.screens.queue.table.currentIndex().row() == 1
        assert place.screens.queue.table.hasFocus()
        place.press("k", ctrl=True)
        assert place.titles[0] == "Следующая заявка"


async def test_arrows_choose_and_letters_act_on_nothing_under_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        place.press(Qt.Key.Key_Down)
        place.press(Qt.Key.Key_Down)
        place.press(Qt.Key.Key_Up)
        assert place.covers.palette.list.currentIndex().row() == 1
        place.press("j")
        place.press(Qt.Key.Key_F5)
        assert place.covers.palette.field.text() == "j"
        assert place.screens.queue.table.currentIndex().row() == 0
        place.press(Qt.Key.Key_Escape)
        assert place.screens.queue.table.hasFocus()


async def test_nothing_found_is_said_and_enter_does_nothing(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        place.type("абвгд")
        assert place.covers.palette._nothing.isVisible()
        assert place.covers.palette._nothing.text() == "Такого действия здесь нет"
        place.press(Qt.Key.Key_Return)
        assert place.covers.palette.isVisible()


async def test_a_held_enter_does_not_press_on_in_what_it_has_opened(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        place.type("взять")
        held(place, Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView"))
        assert place.screens.queue_model.is_opening is False


def held(place: CoveredWindow, key: Qt.Key) -> None:
    """Presses a key and keeps it down for a while."""
    press(place.window, key, repeats=5)


async def test_a_press_beside_closes_it_and_does_nothing_else(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        button = place.screens.queue.card.footer.button
        spot = button.mapTo(place.window, button.rect().center())
        left = Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(window_of(place.window), left, none, spot)
        assert not place.covers.palette.isVisible()
        assert place.window.seen_room == "queue"
        assert not place.screens.queue_model.is_opening


async def test_a_press_on_a_line_carries_it_out(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        lines = place.covers.palette.list
        row = place.titles.index("Перейти: Настройки")
        lines.scrollTo(lines.model().index(row, 0))
        spot: QPoint = lines.visualRect(lines.model().index(row, 0)).center()
        QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert place.window.seen_room == "settings"


async def test_neither_the_strip_nor_the_card_is_covered(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Whose case it is stays in sight: the panel begins under the strip, left of the card."""
    async with covered(qtbot, around, scene_rows()) as place:
        for width, height in ((1366, 768), (1920, 1080)):
            place.window.resize(width, height)
            place.press("k", ctrl=True)
            panel = place.covers.palette.geometry()
            card = place.screens.queue.card
            assert panel.right() < card.mapTo(place.window, QPoint(0, 0)).x()
            assert panel.top() >= place.window.content_rect().top() + 48
            assert place.window.rect().contains(panel)
            place.press(Qt.Key.Key_Escape)


async def test_it_goes_with_the_session(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("k", ctrl=True)
        place.covers.close()
        assert not place.covers.palette.isVisible()
        place.press("j")
        assert place.screens.queue.table.currentIndex().row() == 1


async def test_its_lines_are_a_model_by_the_rules(
    qtbot: QtBot, around: Surroundings, check_model: Callable[[QAbstractItemModel], None]
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        check_model(place.covers.palette.list.model())
        place.press("k", ctrl=True)
        place.type("сл")
        first = place.covers.palette.list.model().index(0, 0)
        spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Следующая заявка, Очередь, J"


def test_a_command_that_was_forgotten_long_ago_is_not_recent(
    qapp: object, russian: QTranslator
) -> None:
    ran: list[str] = []
    commands = [
        Command(f"c{n}", f"Действие {n:02}", "", "", partial(ran.append, str(n))) for n in range(20)
    ]
    model = PaletteModel(lambda: commands)
    for n in range(20):
        model.open()
        model.search_for(f"{n:02}")
        model.run()
    model.open()
    assert ran == [str(n) for n in range(20)]
    assert [line.command.id for line in model.lines][:3] == ["c19", "c18", "c17"]
    assert [line.is_recent for line in model.lines].count(True) == 12
    assert model.lines[12].command.id == "c0"
