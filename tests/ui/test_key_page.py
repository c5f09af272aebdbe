"""The page of keys (`?`): what acts now, the innermost room first; and the guide's table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.covered_window import CoveredWindow, covered
from tests.ui.guide_keys import (
    expected_mouse_table,
    expected_table,
    groups_in_order,
    mouse_table_of_the_guide,
    table_of_the_guide,
)
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_rows
from tests.ui.waiting import until
from workstation.ui.shortcuts import SHORTCUTS
from workstation.ui.shortcuts.mouse import mouse_groups
from workstation.ui.shortcuts.rows import KeyGroup, key_groups
from workstation.ui.shortcuts.table import ROOMS
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.picture_view import PictureView

SCREEN = ScreenCalibration(4, calibrated=True)
pytestmark = pytest.mark.usefixtures("russian")


def shown(place: CoveredWindow) -> list[KeyGroup]:
    left, right = place.covers.page.sheet.columns
    return [*left, *right]


@pytest.mark.parametrize("letter", ["?", ","])
async def test_it_opens_and_closes_with_its_own_key(
    qtbot: QtBot, around: Surroundings, letter: str
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.ask_keys(letter)
        assert place.covers.page.isVisible()
        place.ask_keys(letter)
        assert not place.covers.page.isVisible()
        assert place.screens.queue.table.hasFocus()


async def test_esc_closes_it_and_nothing_under_it_acts(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.ask_keys()
        place.press("j")
        place.press(Qt.Key.Key_Return)
        assert place.screens.queue.table.currentIndex().row() == 0
        place.press(Qt.Key.Key_Escape)
        assert not place.covers.page.isVisible()
        place.press("j")
        assert place.screens.queue.table.currentIndex().row() == 1


async def test_the_nearest_room_comes_first_and_only_what_acts(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.ask_keys()
        groups = shown(place)
        assert [group.title for group in groups][0] == "Очередь"
        assert groups[-1].title == "Везде"
        rows = [(row.keys, row.text) for group in groups for row in group.rows]
        assert ("Enter", "Взять заявку и открыть") in rows
        assert ("N", "Взять следующую заявку") in rows
        assert "L" not in {key for key, _ in rows}, "the link is the call's, which is not here"


async def test_it_says_other_keys_inside_a_case(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press(Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)
        place.ask_keys()
        titles = [group.title for group in shown(place)]
        assert "Файлы" in titles
        assert "Очередь" not in titles
        strip = place.screens.review.identity_strip
        under_the_strip = strip.mapTo(place.window, strip.rect().bottomLeft()).y()
        assert place.covers.page.geometry().top() > under_the_strip


async def test_a_text_field_keeps_its_question_mark(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.press("/")
        place.ask_keys()
        assert not place.sees("keys")
        assert place.screens.queue.search.text() == "?"


async def test_in_the_largest_type_it_stays_in_the_window(
    qtbot: QtBot, around: Surroundings
) -> None:
    around.look.choose_scale(2.0)
    async with covered(qtbot, around, scene_rows()) as place:
        place.ask_keys()
        assert place.window.rect().contains(place.covers.page.geometry())


def test_a_row_of_like_actions_is_one_line() -> None:
    [group] = key_groups(f"card.item_{n}" for n in range(1, 7))
    assert [(row.keys, row.text) for row in group.rows] == [("1…6", "Открыть файлы пункта 1…6")]


def test_every_action_has_a_room_and_a_name_of_its_own() -> None:
    assert {shortcut.room for shortcut in SHORTCUTS} == set(ROOMS)
    names = [(group.room, row.text) for group in groups_in_order() for row in group.rows]
    assert len(names) == len(set(names))
    assert len({shortcut.action for shortcut in SHORTCUTS}) == len(SHORTCUTS)


def test_the_guide_has_the_same_keys() -> None:
    assert table_of_the_guide() == expected_table()


def test_the_guide_says_the_same_of_the_mouse() -> None:
    assert mouse_table_of_the_guide() == expected_mouse_table()


def seen_by_the_mouse(qtbot: QtBot, *widgets: QWidget) -> tuple[QWidget, list[str]]:
    """The window with these, the last with the focus; where the mouse does something in it."""
    window = QWidget()
    qtbot.addWidget(window)
    for widget in widgets:
        widget.setParent(window)
    window.show()
    window.activateWindow()
    widgets[-1].setFocus()
    return window, [group.room for group in mouse_groups(window)]


def test_the_mouse_is_told_for_each_viewer_that_is_seen(qtbot: QtBot, around: Surroundings) -> None:
    theme = around.theme
    ecg, clip, hidden = EcgView(theme, SCREEN), CineView(theme), PictureView(theme)
    window, rooms = seen_by_the_mouse(qtbot, ecg, clip, hidden)
    assert rooms == ["mouse.picture", "mouse.ecg", "mouse.clip"], "what has the focus comes first"
    hidden.hide()
    ecg.setFocus()
    first, second = mouse_groups(window)
    assert (first.title, second.title) == ("Мышь на ЭКГ", "Мышь на клипе")
    said = [(row.keys, row.text) for row in first.rows]
    assert ("колесо", "Позже или раньше по записи") in said
    assert ("Ctrl+колесо", "Масштаб под курсором") in said
    assert ("правая кнопка", "На циркуле: что измерено, удалить") in said


def test_what_lies_over_a_picture_has_its_mouse(qtbot: QtBot, around: Surroundings) -> None:
    picture = PictureView(around.theme)
    window, rooms = seen_by_the_mouse(qtbot, picture)
    assert rooms == ["mouse.picture"]
    picture.paper.open()
    assert [group.room for group in mouse_groups(window)] == ["mouse.marks"]


async def test_the_page_names_the_mouse_over_a_viewer_only(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        sheet = EcgView(around.theme, SCREEN, place.screens.queue)
        sheet.show()
        place.ask_keys()
        assert shown(place)[0].title == "Мышь на ЭКГ"
        assert "колесо" in place.covers.page.sheet.accessibleName()
        place.press(Qt.Key.Key_Escape)
        sheet.hide()
        place.ask_keys()
        assert not any(group.room.startswith("mouse") for group in shown(place))
