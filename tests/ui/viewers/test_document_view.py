"""Documents: pages drawn when they come into sight, paging, zoom."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import MadeUpStudy, make_pdf, rest, until
from workstation.studies.errors import (
    DecoderStopped,
    StopReason,
    StudyError,
    Unreadable,
    UnreadableFile,
)
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.page_stack import PageStack


def raise_it(error: BaseException) -> None:
    raise error


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[DocumentView]:
    view = DocumentView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    yield view
    view.clear()
    view.hide()


async def test_only_pages_near_the_view_are_drawn(view: DocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf(30)), TaskScope(raise_it)
    view.show_document(make_pdf(30), study, tasks)
    await rest()
    assert set(study.asked) == {0, 1}
    assert study.held == set()
    image = view.pages.viewport().grab().toImage()
    assert image.pixelColor(300, 100).red() == 10
    view.clear()
    await tasks.close()


async def test_pages_are_turned_to_the_end_and_no_further(view: DocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf(3)), TaskScope(raise_it)
    view.show_document(make_pdf(3), study, tasks)
    assert view.place_text().startswith("page 1 of 3")
    assert view.turn_page(1)
    assert view.place_text().startswith("page 2 of 3")
    assert view.turn_page(1)
    assert view.place_text().startswith("page 3 of 3")
    assert not view.turn_page(1)
    assert view.turn_page(-1)
    await rest()
    assert set(study.asked) >= {0, 1, 2}
    view.clear()
    await tasks.close()


async def test_zoom_draws_the_page_sharper(view: DocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf()), TaskScope(raise_it)
    view.show_document(make_pdf(), study, tasks)
    await rest()
    fitted = view.pages.px_per_pt
    view.key_actions()["view.zoom_in"]()
    assert view.pages.px_per_pt > fitted
    view.pages.ask_for_visible()
    await rest()
    assert study.asked.count(0) + study.asked.count(1) >= 3
    view.key_actions()["view.fit"]()
    assert view.pages.px_per_pt == fitted
    view.clear()
    await tasks.close()


async def test_a_damaged_page_does_not_hide_the_others(view: DocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf()), TaskScope(raise_it)
    study.errors[0] = [UnreadableFile(Unreadable.DAMAGED)]
    told: list[StudyError] = []
    view.failed.connect(told.append)
    view.show_document(make_pdf(), study, tasks)
    await until(lambda: told)
    view.turn_page(1)
    await rest()
    assert len(told) == 1
    assert study.asked.count(0) == 1
    view.clear()
    await tasks.close()


async def test_a_page_is_asked_for_again_after_the_decoder_stopped(view: DocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf(1)), TaskScope(raise_it)
    study.errors[0] = [DecoderStopped(StopReason.TIME)]
    view.show_document(make_pdf(1), study, tasks)
    await until(lambda: study.asked == [0, 0])
    await rest()
    assert view.pages.viewport().grab().toImage().pixelColor(300, 100).red() == 10
    view.clear()
    await tasks.close()


def test_pages_stand_below_each_other_in_the_middle() -> None:
    stack = PageStack(((595, 842), (842, 595)), 908)
    first, second = stack.boxes
    assert second.top() == pytest.approx(first.bottom() + 12)
    assert first.center().x() == second.center().x() == pytest.approx(454)
    assert stack.px_per_pt == pytest.approx((908 - 24) / 842)
    assert stack.total_height == pytest.approx(second.bottom() + 12)


async def test_a_newer_state_takes_the_place_of_the_old_one_page_by_page(
    view: DocumentView,
) -> None:
    tasks = TaskScope(raise_it)
    drawn: list[bool] = []
    view.drawn.connect(lambda: drawn.append(True))
    old, new = MadeUpStudy(make_pdf(3)), MadeUpStudy(make_pdf(2), at_once=False)
    view.show_document(make_pdf(3), old, tasks)
    await until(lambda: drawn)
    view.pages.verticalScrollBar().setValue(90)
    drawn.clear()
    view.renew_document(make_pdf(2), new, tasks)
    await rest()
    assert view.pages.verticalScrollBar().value() == 90
    assert view.place_text().startswith("page 1 of 2")
    image = view.pages.viewport().grab().toImage()
    assert image.pixelColor(300, 100).red() == 10, "the old page stays"
    assert drawn == []
    new.let(0)
    new.let(1)
    await until(lambda: drawn)
    view.clear()
    await tasks.close()


async def test_a_page_far_away_is_drawn_again_when_it_comes_back(view: DocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf(30)), TaskScope(raise_it)
    view.show_document(make_pdf(30), study, tasks)
    await rest()
    bar = view.pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    await rest()
    bar.setValue(0)
    await rest()
    image = view.pages.viewport().grab().toImage()
    assert image.pixelColor(300, 100).red() == 10
    view.clear()
    await tasks.close()
