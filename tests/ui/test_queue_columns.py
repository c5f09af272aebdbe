"""Columns chosen by the doctor: which, in which order, how wide; the least of a row stays."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.covered_window import covered
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import scene_rows
from tests.ui.waiting import until
from workstation.ui.screens.queue.column_choices import LEAST_PX, Breadth, ColumnChoices
from workstation.ui.screens.queue.columns import (
    DIAGNOSIS,
    DOCUMENTS,
    PATIENT,
    ROUTE,
    STATE,
    TERM,
)

MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Offscreen a menu cannot grab the keyboard."""
NARROW = Breadth.NARROW
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def titles(desk: QueueDesk) -> list[str]:
    """The shown columns' titles from left to right."""
    header = desk.view.table.horizontalHeader()
    columns = [header.logicalIndex(place) for place in range(header.count())]
    shown = [one for one in columns if not desk.view.table.isColumnHidden(one)]
    model = desk.model.rows
    return [str(model.headerData(one, Qt.Orientation.Horizontal)) for one in shown]


def widths(desk: QueueDesk) -> dict[int, int]:
    header = desk.view.table.horizontalHeader()
    return {one: header.sectionSize(one) for one in range(header.count())}


def fits(desk: QueueDesk) -> bool:
    """Whether all columns are seen without scrolling to the side."""
    return desk.view.table.horizontalScrollBar().maximum() == 0


def open_menu(desk: QueueDesk) -> QMenu:
    """The header's context menu."""
    desk.view.table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def open_panel(desk: QueueDesk) -> None:
    """Alt+0."""
    press(desk.view, "0", scan_code=scan_code("0"), modifiers=ALT)


@MENU
async def test_a_column_is_hidden_and_shown_from_the_headers_menu(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        menu = open_menu(desk)
        entries = {entry.text().partition("\t")[0]: entry for entry in menu.actions()}
        assert list(entries)[:6] == [
            "Срок ответа",
            "Пациент",
            "Диагноз, профиль",
            "Маршрут",
            "Документы",
            "Состояние, кто",
        ]
        assert not entries["Срок ответа"].isEnabled()
        assert not entries["Пациент"].isEnabled()
        assert "столбец остаётся" in entries["Пациент"].toolTip()
        assert not entries["Как обычно"].isEnabled()
        entries["Маршрут"].trigger()
        menu.close()
        assert titles(desk) == ["Срок ответа", "Пациент", "Диагноз, профиль", "Документы"]
        menu = open_menu(desk)
        usual = menu.actions()[-1]
        assert usual.isEnabled()
        usual.trigger()
        menu.close()
        assert "Маршрут" in titles(desk)


async def test_the_least_of_a_row_cannot_be_lost(qtbot: QtBot, around: Surroundings) -> None:
    """Term, patient, state: whatever is pressed, in a window of any breadth."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        open_panel(desk)
        chips = desk.view.column_panel.chips
        for chip in chips.values():
            if chip.isChecked():
                chip.click()
        for size in ((934, 740), (1276, 740), (1830, 1000)):
            desk.view.resize(*size)
            table = desk.view.table
            hidden = {one for one in range(6) if table.isColumnHidden(one)}
            assert hidden == {DIAGNOSIS, ROUTE, DOCUMENTS}
            assert chips[STATE].isChecked()
            assert fits(desk)
        chips[DOCUMENTS].click()
        chips[STATE].click()
        assert desk.view.table.isColumnHidden(STATE)
        assert desk.view.table._documents.shows_owner


async def test_columns_are_moved_widened_and_reset_by_keys(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        open_panel(desk)
        panel = desk.view.column_panel
        assert panel.chips[TERM].hasFocus()
        before = widths(desk)
        for _ in range(2):
            press(desk.view, Qt.Key.Key_Right, modifiers=CTRL)
        assert titles(desk)[:3] == ["Пациент", "Диагноз, профиль", "Срок ответа"]
        assert panel.chips[TERM].hasFocus(), "the same column goes on"
        press(desk.view, Qt.Key.Key_Plus)
        press(desk.view, Qt.Key.Key_Plus)
        press(desk.view, Qt.Key.Key_Minus)
        assert widths(desk)[TERM] == before[TERM] + 12
        assert fits(desk)
        desk.press(Qt.Key.Key_Tab)
        press(desk.view, Qt.Key.Key_Left, modifiers=CTRL)
        panel.usual.click()
        assert widths(desk) == before
        assert titles(desk)[0] == "Срок ответа"
        press(desk.view, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert desk.view.table.hasFocus()


async def test_space_ticks_a_column(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        open_panel(desk)
        for chip in desk.view.column_panel.chips.values():
            chip.setFocus(Qt.FocusReason.TabFocusReason)
            press(chip, Qt.Key.Key_Space)
        assert desk.view.table.isColumnHidden(ROUTE)
        assert not desk.view.table.isColumnHidden(PATIENT)
        assert desk.model.chosen is not None
        assert not any(call[0] == "claim" for call in desk.service.backend.calls)


async def test_columns_are_dragged(qtbot: QtBot, around: Surroundings) -> None:
    """Their order and their edges, as Qt tells of the mouse."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        header = desk.view.table.horizontalHeader()
        header.moveSection(header.visualIndex(DOCUMENTS), 0)
        header.resizeSection(ROUTE, 150)
        assert desk.view.columns.order()[0] == DOCUMENTS
        assert desk.view.columns.plan(NARROW).widths[ROUTE] == 150
        assert desk.view.table._look.first_column == DOCUMENTS
        desk.view.grab()
        desk.view.resize(1400, 740)
        assert widths(desk)[ROUTE] == 150
        assert fits(desk)


async def test_too_much_for_the_window_is_made_narrower_and_nothing_is_lost(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        columns = desk.view.columns
        columns.show(STATE, NARROW, shown=True)
        for column in (TERM, PATIENT, ROUTE, DOCUMENTS, STATE):
            columns.set_width(column, 500, NARROW)
        assert fits(desk)
        assert all(widths(desk)[one] >= LEAST_PX[one] for one in range(6))
        assert columns.plan(NARROW).widths[TERM] == 500, "wanted still, where there is room"


async def test_sorting_by_a_title_goes_on_where_columns_have_moved(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows) as desk:
        desk.view.columns.move(PATIENT, -1, NARROW)
        desk.view.table.horizontalHeader().sectionClicked.emit(PATIENT)
        await until(lambda: desk.names() == sorted(row.patient.full_name for row in rows))


def test_choices_survive_a_restart_and_strange_files() -> None:
    first, second = ColumnChoices(), ColumnChoices()
    first.show(ROUTE, NARROW, shown=False)
    first.move(DOCUMENTS, -2, NARROW)
    first.set_width(TERM, 140, NARROW)
    second.restore(first.state())
    assert second.plan(NARROW) == first.plan(NARROW)
    assert second.plan(NARROW).order.index(DOCUMENTS) < second.plan(NARROW).order.index(PATIENT)
    for strange in (b"", b"[]", b'{"order": ["whim", "state", "state"], "widths": {"narrow": {}}}'):
        third = ColumnChoices()
        third.restore(strange)
        assert sorted(third.plan(NARROW).order) == list(range(6))
        assert {TERM, PATIENT} <= set(third.plan(NARROW).widths)


def test_widths_of_a_large_screen_are_not_those_of_a_small_one() -> None:
    choices = ColumnChoices()
    choices.set_width(PATIENT, 400, Breadth.WIDE)
    assert choices.plan(Breadth.WIDE).widths[PATIENT] == 400
    assert choices.plan(NARROW).widths[PATIENT] == 208


async def test_columns_are_each_accounts_own_at_this_computer(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Two doctors share a desk: neither finds the other's columns."""
    async with covered(qtbot, around, scene_rows()) as place:
        place.screens.queue.columns.show(ROUTE, NARROW, shown=False)
        kept = place.screens.state()
    (key,) = (one for one in kept if one.startswith("queue.columns."))
    async with covered(qtbot, around, scene_rows(), kept) as place:
        assert place.screens.queue.table.isColumnHidden(ROUTE)
    others = {"queue.columns.somebody-else": kept[key]}
    async with covered(qtbot, around, scene_rows(), others) as place:
        assert not place.screens.queue.table.isColumnHidden(ROUTE)
