"""The doctor's own filters: made of what stands in the list, counted, chosen, changed, removed."""

import pytest
from PySide6.QtCore import QEvent, Qt, QTranslator
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from backend_client.errors import Forbidden, Unreachable
from backend_client.models.listing import (
    MOST_FILTERS,
    Listing,
    QueueFilter,
    QueueSort,
    SavedFilter,
)
from backend_client.models.requests import ClockState, QueueGroup, RequestStatus
from backend_client.models.routes import Route
from tests.factories import changed_row, make_row
from tests.fakes import FakeRequestService
from tests.ui.covered_window import covered
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, scene_rows
from tests.ui.waiting import until
from workstation.ui.screens.queue.filter_list import FilterButton, FilterList
from workstation.ui.screens.queue.filter_model import FilterModel
from workstation.ui.screens.queue.filter_panel import FilterPanel
from workstation.ui.screens.queue.filter_state import Trouble
from workstation.ui.screens.queue.view_model import ListState

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Offscreen a menu cannot grab the keyboard."""
DUTY = QueueFilter(routes=[Route.DUTY])
CHILDREN = Listing(filter=QueueFilter(age_to=0))
WIDE = (1830, 1000)


def filters(desk: QueueDesk) -> FilterModel:
    return desk.model.filters


def panel(desk: QueueDesk) -> FilterPanel:
    return desk.view.filters.panel


def shown(desk: QueueDesk) -> FilterList:
    return desk.view.filters.list


def menu() -> QMenu:
    """The menu that is open."""
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def lines(of: QMenu) -> list[str]:
    return [entry.text() for entry in of.actions() if not entry.isSeparator()]


def rows_fit(desk: QueueDesk, listing: Listing) -> bool:
    """Whether the list holds what the server would say, and as much as is counted."""
    held = [row.id for row in desk.service._found(listing)]
    return [row.id for row in desk.model.rows.records()] == held


async def keep(service: FakeRequestService, name: str, listing: Listing) -> SavedFilter:
    return await service.kept.save(name, listing)


async def with_filters(*named: tuple[str, Listing]) -> FakeRequestService:
    service = FakeRequestService(scene_rows())
    for name, listing in named:
        await keep(service, name, listing)
    return service


def begin(desk: QueueDesk) -> None:
    """Shift+F, as a keyboard sends it under ЙЦУКЕН."""
    press(desk.view, "А", scan_code=scan_code("F"), modifiers=SHIFT)


def type_in(field: QLineEdit, text: str) -> None:
    """Types over what stands there."""
    field.setFocus()
    field.selectAll()
    for letter in text:
        press(field, letter)


def write(desk: QueueDesk, name: str) -> None:
    """Types over the name that was suggested."""
    type_in(panel(desk).name, name)


async def active_again(desk: QueueDesk) -> None:
    """Offscreen a menu that closes gives the keyboard to nobody."""
    desk.view.activateWindow()
    await until(desk.view.isActiveWindow)


def press_in_menu(key: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """The key's place on the keyboard; offscreen a menu has no keys of its window."""
    kind = QEvent.Type.KeyPress
    event = QKeyEvent(kind, ord(key), modifiers, scan_code(key), 0, 0, key)
    QApplication.sendEvent(menu(), event)


async def saved(desk: QueueDesk) -> SavedFilter:
    """Ctrl+Enter, and what was kept."""
    press(desk.view, Qt.Key.Key_Return, modifiers=CTRL)
    await until(lambda: filters(desk).editing is None)
    opened = filters(desk).opened
    assert opened is not None
    return opened


async def test_a_filter_is_made_of_what_stands_in_the_list(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """Group, search, order, and conditions that are added; named, counted, and open."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.model.choose_group(QueueGroup.UNCLAIMED)
        desk.model.sort_by(QueueSort.PATIENT)
        begin(desk)
        assert panel(desk).isVisible()
        assert panel(desk).name.hasFocus()
        panel(desk).form.routes.chips[Route.DUTY].click()
        await until(lambda: len(desk.names()) == 2)
        assert panel(desk).name.text() == "Дежурный"
        assert panel(desk).summary.text() == "В отборе: Свободные; Дежурный; порядок: Пациент"
        write(desk, "Мои дежурства")
        kept = await saved(desk)
        wanted = Listing(group=QueueGroup.UNCLAIMED, filter=DUTY, sort=QueueSort.PATIENT)
        assert (kept.name, kept.listing) == ("Мои дежурства", wanted)
        assert desk.service.kept.all == [kept]
        await until(lambda: filters(desk).count(kept) == 2)
        assert shown(desk).tab.text() == "Мои дежурства 2"
        assert shown(desk).tab.isChecked()
        assert not panel(desk).isVisible()
        assert desk.view.table.hasFocus()


async def test_every_condition_narrows_the_list(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        begin(desk)
        form = panel(desk).form
        form.clocks.chips[ClockState.BREACHED].click()
        form.clocks.chips[ClockState.SOON].click()
        form.documents.chips[True].click()
        form.statuses.chips[RequestStatus.AWAITING_DOCUMENTS].click()
        form.profiles.chips[next(iter(form.profiles.chips))].click()
        for field, text in ((form.age_from, "5"), (form.age_to, "17"), (form.hours, "9")):
            type_in(field, text)
        type_in(form.codes, "й2 i")
        asked = QueueFilter(
            clocks=[ClockState.BREACHED, ClockState.SOON],
            lacks_documents=True,
            statuses=[RequestStatus.AWAITING_DOCUMENTS],
            profiles=[next(iter(form.profiles.chips))],
            age_from=5,
            age_to=17,
            due_within_hours=9,
            icd10=["Q2", "I"],
        )
        await until(lambda: desk.model.listing.filter == asked)
        await until(lambda: desk.names() == ["Игошин Степан Львович"])
        form.documents.chips[False].click()
        assert not form.documents.chips[True].isChecked()
        await until(lambda: desk.model.state is ListState.EMPTY)


async def test_counts_are_those_of_the_lists(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """Of each filter, when it is opened, and after a change by somebody else."""
    late = Listing(filter=QueueFilter(clocks=[ClockState.BREACHED]))
    found = Listing(group=QueueGroup.UNCLAIMED, search="карди")
    service = await with_filters(("Дети", CHILDREN), ("Поздние", late), ("Карди", found))
    async with open_queue(qtbot, around, scene_rows(), service=service, size=WIDE) as desk:
        await until(lambda: len(filters(desk).filters) == 3)
        for one in filters(desk).filters:
            filters(desk).choose(one.id)
            await until(lambda one=one: rows_fit(desk, one.listing))  # type: ignore[misc]  # bound now
            assert filters(desk).count(one) == len(desk.names())
        children = next(one for one in filters(desk).filters if one.name == "Дети")
        filters(desk).choose(children.id)
        await until(lambda: rows_fit(desk, CHILDREN))
        baby = next(iter(service._found(CHILDREN)))
        newborn = make_row(patient=baby.patient, due_at=baby.due_at)
        service.upsert(newborn)
        service.counts_changed.emit(await service.counts())
        await until(lambda: filters(desk).count(children) == 3 and len(desk.names()) == 3)
        button = shown(desk)._buttons[children.id]
        assert button.text() == "Дети 3"


async def test_what_time_alone_has_changed_is_in_the_count_and_in_the_list(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Nobody is told of a term that has passed: the list is read again with the count."""
    late = Listing(filter=QueueFilter(clocks=[ClockState.BREACHED]))
    service = await with_filters(("Поздние", late))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        (kept,) = filters(desk).filters
        filters(desk).choose(kept.id)
        await until(lambda: rows_fit(desk, late))
        soon = next(row for row in service.rows.values() if row.id not in found_by(service, late))
        service.rows[soon.id] = changed_row(soon, due_at=SCENE_NOW)
        filters(desk).stir()
        await until(lambda: rows_fit(desk, late) and soon.id in found_by(service, late))
        assert filters(desk).count(kept) == len(desk.names())


def found_by(service: FakeRequestService, listing: Listing) -> list[str]:
    return [row.id for row in service._found(listing)]


async def test_a_filter_of_the_column_is_chosen_by_click_and_by_arrows(
    qtbot: QtBot, around: Surroundings
) -> None:
    service = await with_filters(("А", CHILDREN), ("Б", Listing(filter=DUTY)))
    async with open_queue(qtbot, around, scene_rows(), service=service, size=WIDE) as desk:
        await until(lambda: len(shown(desk)._buttons) == 2)
        first, second = shown(desk)._buttons.values()
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        await until(lambda: len(desk.names()) == 2)
        assert first.isChecked()
        assert not any(one.isChecked() for one in desk.view.groups.buttons())
        assert desk.view.table.hasFocus()
        first.setFocus(Qt.FocusReason.TabFocusReason)
        desk.press(Qt.Key.Key_Down)
        assert filters(desk).opened == service.kept.all[1]
        assert second.hasFocus()
        desk.view.groups.buttons()[0].click()
        await until(lambda: len(desk.names()) == 20)
        assert filters(desk).opened is None
        assert not second.isChecked()
        assert desk.model.listing == Listing()


@MENU
@pytest.mark.parametrize("letter", ["f", "а"])
async def test_a_filter_is_chosen_by_two_keys(
    qtbot: QtBot, around: Surroundings, letter: str
) -> None:
    """F and its digit, alike under both layouts."""
    service = await with_filters(("А", CHILDREN), ("Б & <b>", Listing(filter=DUTY)))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 2)
        press(desk.view.table, letter, scan_code=scan_code("F"))
        assert lines(menu())[:2] == ["А   2\t1", "Б && <b>   2\t2"]
        press_in_menu("2")
        assert filters(desk).opened == service.kept.all[1]
        await until(lambda: rows_fit(desk, Listing(filter=DUTY)))


@MENU
async def test_the_menu_offers_what_can_be_done(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        press(desk.view.table, "f")
        assert lines(menu()) == ["Фильтров ещё нет", "Сохранить отбор…\tShift+F"]
        press_in_menu("F", SHIFT)
        await active_again(desk)
        write(desk, "Все")
        await saved(desk)
        press(desk.view.table, "f")
        assert lines(menu())[1:] == ["Изменить «Все»…\tShift+F", "Новый фильтр…", "Убрать «Все»"]
        menu().close()


@MENU
async def test_a_filter_is_renamed_and_its_conditions_changed(
    qtbot: QtBot, around: Surroundings
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service, size=WIDE) as desk:
        await until(lambda: len(shown(desk)._buttons) == 1)
        (button,) = shown(desk)._buttons.values()
        place = button.rect().center()
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, button.mapToGlobal(place))
        QApplication.sendEvent(button, event)
        menu().actions()[0].trigger()
        menu().close()
        await active_again(desk)
        assert panel(desk).name.text() == "Дети"
        write(desk, "Дети до двух")
        type_in(panel(desk).form.age_to, "2")
        kept = await saved(desk)
        assert kept == SavedFilter(
            id=kept.id, name="Дети до двух", listing=Listing(filter=QueueFilter(age_to=2))
        )
        assert service.kept.all == [kept]
        await until(lambda: rows_fit(desk, kept.listing))


async def test_esc_leaves_everything_as_it_was(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.search.setText("кочетов")
        await until(lambda: desk.names() == ["Кочетов Егор Маратович"])
        before = desk.model.listing
        begin(desk)
        panel(desk).form.routes.chips[Route.DUTY].click()
        await until(lambda: desk.model.state is ListState.EMPTY)
        desk.press(Qt.Key.Key_Escape)
        assert not panel(desk).isVisible()
        await until(lambda: desk.names() == ["Кочетов Егор Маратович"])
        assert (desk.model.listing, desk.model.is_of_filter) == (before, False)
        assert desk.view.search.text() == "кочетов"
        assert desk.service.kept.all == []


async def test_esc_in_the_search_clears_it_and_keeps_what_is_being_made(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        begin(desk)
        write(desk, "Черновик")
        type_in(desk.view.search, "кочетов")
        await until(lambda: desk.model.listing.search == "кочетов")
        desk.press(Qt.Key.Key_Escape)
        assert desk.view.search.text() == ""
        assert panel(desk).name.text() == "Черновик"
        assert panel(desk).isVisible()


async def test_a_group_chosen_meanwhile_is_the_filters_group(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        begin(desk)
        panel(desk).form.routes.chips[Route.REFERRAL].click()
        QTest.mouseClick(desk.view.groups._buttons[QueueGroup.MINE], Qt.MouseButton.LeftButton)
        await until(lambda: desk.names() == ["Шубин Аркадий Семёнович"])
        kept = await saved(desk)
        referrals = QueueFilter(routes=[Route.REFERRAL])
        assert kept.listing == Listing(group=QueueGroup.MINE, filter=referrals)


async def test_a_name_that_is_taken_is_refused_beside_it(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        begin(desk)
        panel(desk).form.routes.chips[Route.DUTY].click()
        for name, said in (
            (" ", "Дайте фильтру название."),
            ("дети", "Фильтр с таким названием уже есть: выберите другое."),
        ):
            write(desk, name)
            press(desk.view, Qt.Key.Key_Return, modifiers=CTRL)
            await until(panel(desk).problem.isVisible)
            await until(lambda said=said: panel(desk).problem.text() == said)  # type: ignore[misc]
            assert panel(desk).name.text() == name
            assert panel(desk).name.hasFocus()
        assert desk.model.listing.filter == DUTY
        write(desk, "Дежурства")
        assert not panel(desk).problem.isVisible()
        await saved(desk)
        assert [one.name for one in service.kept.all] == ["Дежурства", "Дети"]


async def test_too_many_are_refused_with_the_number(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = await with_filters(*((f"{n:02}", Listing()) for n in range(MOST_FILTERS)))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        begin(desk)
        write(desk, "Ещё один")
        press(desk.view, Qt.Key.Key_Return, modifiers=CTRL)
        await until(panel(desk).problem.isVisible)
        said = panel(desk).problem.text()
        assert said == "Хранится не больше 30 фильтров: уберите ненужный."
        assert panel(desk).name.text() == "Ещё один"


async def test_what_another_window_changed_is_said_and_replaced_only_once_more(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).begin_change(filters(desk).filters[0].id)
        write(desk, "Малыши")
        there = await service.kept.save("Младенцы", Listing(filter=DUTY), service.kept.all[0])
        press(desk.view, Qt.Key.Key_Return, modifiers=CTRL)
        await until(panel(desk).problem.isVisible)
        assert panel(desk).problem.text() == (
            "Изменён в другом окне, теперь это «Младенцы»: Все; Дежурный. "
            "Сохраните ещё раз, чтобы заменить его."
        )
        assert panel(desk).name.text() == "Малыши"
        assert service.kept.all == [there]
        kept = await saved(desk)
        assert service.kept.all == [kept]
        assert (kept.id, kept.name, kept.listing) == (there.id, "Малыши", CHILDREN)


async def test_what_another_window_removed_can_be_kept_anew(
    qtbot: QtBot, around: Surroundings
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).begin_change(filters(desk).filters[0].id)
        await service.kept.drop(service.kept.all[0].id)
        press(desk.view, Qt.Key.Key_Return, modifiers=CTRL)
        await until(panel(desk).problem.isVisible)
        editing = filters(desk).editing
        assert editing is not None
        assert editing.trouble is Trouble.GONE
        assert await saved(desk) == service.kept.all[0]


async def test_two_windows_of_one_account_agree(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """What one makes, changes or removes stands in the other one, the open filter too."""
    service = await with_filters(("Дети", CHILDREN))
    async with (
        open_queue(qtbot, around, scene_rows(), service=service) as one,
        open_queue(qtbot, around, scene_rows(), service=service, size=WIDE) as other,
    ):
        await until(lambda: len(filters(other).filters) == 1)
        filters(other).choose(service.kept.all[0].id)
        await until(lambda: len(filters(one).filters) == 1)
        filters(one).begin_change(service.kept.all[0].id)
        filters(one).write_name("Дежурства")
        filters(one).narrow(DUTY)
        filters(one).save()
        await until(lambda: filters(one).editing is None)
        filters(other).stir()
        await until(lambda: other.model.listing == Listing(filter=DUTY))
        assert [button.text() for button in shown(other)._buttons.values()] == ["Дежурства 2"]
        filters(one).remove(service.kept.all[0].id)
        await until(lambda: filters(one).removed is not None)
        filters(other).stir()
        await until(lambda: shown(other).tab.text() == "убран: Дежурства")
        assert len(other.names()) == 2, "the list stays until the doctor leaves it"
        filters(other).choose_group(QueueGroup.ALL)
        assert filters(other).filters == ()


async def test_a_list_that_was_changed_by_hand_is_not_taken_for_its_filter(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).choose(filters(desk).filters[0].id)
        desk.model.sort_by(QueueSort.PATIENT)
        await until(lambda: shown(desk).tab.text() == "Дети 2")
        desk.view.search.setText("кочетов")
        await until(lambda: shown(desk).tab.text() == "изменён: Дети 2")
        begin(desk)
        kept = await saved(desk)
        assert (kept.name, kept.listing.search) == ("Дети", "кочетов")
        assert shown(desk).tab.text().startswith("Дети")


@MENU
async def test_a_removed_filter_can_be_brought_back(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).choose(filters(desk).filters[0].id)
        press(desk.view.table, "f")
        menu().actions()[-1].trigger()
        menu().close()
        await active_again(desk)
        line = desk.view.filters.removed
        await until(line.isVisible)
        assert line.text.text() == "Фильтр убран: Дети"
        await until(lambda: len(desk.names()) == 20)
        assert service.kept.all == []
        line.back.click()
        await until(lambda: not line.isVisible())
        assert [(one.name, one.listing) for one in service.kept.all] == [("Дети", CHILDREN)]


async def test_without_a_connection_filters_are_read_and_changes_refused_with_the_reason(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = await with_filters(("Дети", CHILDREN))
    service.is_offline = True
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).choose(filters(desk).filters[0].id)
        await until(lambda: len(desk.names()) == 2)
        begin(desk)
        write(desk, "Малыши")
        press(desk.view, Qt.Key.Key_Return, modifiers=CTRL)
        await until(panel(desk).problem.isVisible)
        assert panel(desk).problem.text().startswith("Не сохранено. Сервер не отвечает.")
        assert panel(desk).name.text() == "Малыши"
        desk.press(Qt.Key.Key_Escape)
        filters(desk).remove(filters(desk).filters[0].id)
        line = desk.view.filters.removed
        await until(line.isVisible)
        assert line.text.text() == "Фильтр не убран: Дети. Сервер не отвечает"
        service.is_offline = False
        line.back.click()
        await until(lambda: line.text.text() == "Фильтр убран: Дети")


async def test_a_failed_reading_leaves_what_is_known(qtbot: QtBot, around: Surroundings) -> None:
    service = await with_filters(("Дети", CHILDREN))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        service.kept.backend.fail_with(Unreachable())
        await filters(desk)._read()
        assert len(filters(desk).filters) == 1


async def test_who_may_keep_none_sees_nothing_of_filters(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-28: what a filter finds tells a diagnosis; the server refuses a manager."""
    service = FakeRequestService(scene_rows())
    service.kept.backend.fail_with(Forbidden())
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: not shown(desk).isVisible())
        begin(desk)
        assert not panel(desk).isVisible()


async def test_an_empty_filter_says_so_and_offers_the_way_out(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    nobody = Listing(filter=QueueFilter(age_from=149))
    service = await with_filters(("Никто", nobody))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).choose(filters(desk).filters[0].id)
        await until(lambda: desk.model.state is ListState.EMPTY)
        placeholder = desk.view.list.placeholder
        assert placeholder._title.text() == "Под фильтр не подходит ни одна заявка"
        placeholder._button.click()
        await until(lambda: len(desk.names()) == 20)


async def test_a_change_that_a_filter_does_not_hold_leaves_the_list(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The server says what a filter holds, a moment after the change."""
    service = await with_filters(("Дежурные", Listing(filter=DUTY)))
    async with open_queue(qtbot, around, scene_rows(), service=service) as desk:
        await until(lambda: len(filters(desk).filters) == 1)
        filters(desk).choose(filters(desk).filters[0].id)
        await until(lambda: len(desk.names()) == 2)
        other = next(row for row in service.rows.values() if row.route is Route.CENTRE)
        service.upsert(changed_row(other, version=other.version + 1, life_threat=True))
        last = desk.model.rows.record(1)
        assert last is not None
        moved = changed_row(last, version=last.version + 1, route=Route.CENTRE)
        service.upsert(moved)
        await until(lambda: len(desk.names()) == 1)


async def test_the_conditions_leave_the_window_its_size_at_any_scale(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """Where they are higher than the window they are scrolled; the list and the card stay."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        begin(desk)
        assert panel(desk).area.verticalScrollBar().maximum() == 0
        around.theme.choose(around.theme.scheme, 2.0)
        desk.view.grab()
        assert (desk.view.width(), desk.view.height()) == (1276, 740)
        assert desk.view.table.height() > 0
        chip = panel(desk).form.stops()[-1]
        panel(desk).form.codes.setFocus()
        while not chip.hasFocus():
            desk.press(Qt.Key.Key_Tab)
        middle = chip.mapTo(panel(desk).area.viewport(), chip.rect().center())
        assert panel(desk).area.viewport().rect().contains(middle)


async def test_strange_names_are_shown_literally(qtbot: QtBot, around: Surroundings) -> None:
    names = ("<b>Жирный</b> & 🫀", "محمد عبد الله", "Ы" * 60)
    service = await with_filters(*((name, Listing()) for name in names))
    async with open_queue(qtbot, around, scene_rows(), service=service, size=WIDE) as desk:
        await until(lambda: len(shown(desk)._buttons) == 3)
        width = desk.view.width()
        buttons = [one for one in shown(desk)._buttons.values() if isinstance(one, FilterButton)]
        told = {one.accessibleName().removesuffix(" 20") for one in buttons}
        assert told == set(names)
        assert any("&lt;b&gt;" in one.toolTip() for one in buttons)
        for one in filters(desk).filters:
            filters(desk).choose(one.id)
            desk.view.grab()
        assert desk.view.width() == width
        desk.view.resize(934, 740)
        assert desk.view.minimumSizeHint().width() <= 934


async def test_the_palette_opens_a_filter_and_all_that_is_done_with_them(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        model = place.screens.queue_model
        kept = await model.filters._service.save("Дети до года", CHILDREN)
        await model.filters._read()
        place.covers.open_palette()
        for wanted in ("Мои фильтры", "Сохранить отбор или изменить фильтр", "Столбцы"):
            assert wanted in place.titles
        place.type("ltnb")  # «дети» in the other layout
        assert place.titles[0] == "Фильтр: Дети до года"
        place.press(Qt.Key.Key_Return)
        assert model.filters.opened == kept
        model.filters.begin()
        place.covers.open_palette()
        assert "Фильтр: Дети до года" not in place.titles, "what is being made would be lost"
