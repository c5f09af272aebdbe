"""A request is laid aside by keys alone, alike under both layouts, and taken up again."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from PySide6.QtCore import QDate, QDateTime, QTime, QTimeZone
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action, QueueGroup, RequestRow
from backend_client.models.snoozing import (
    LayAside,
    Snooze,
    SnoozeChoice,
    SnoozeEnd,
    SnoozeMoment,
    TakeUp,
)
from tests.factories import make_row
from tests.fakes import FakeRequestService
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, scene_card
from tests.ui.triage_keys import Keyboard, ordered, said
from tests.ui.waiting import until

pytestmark = pytest.mark.usefixtures("russian")
BOTH = pytest.mark.parametrize("cyrillic", [False, True])
HOUR = timedelta(hours=1)
AFTERNOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
OFFERED = [
    SnoozeMoment(choice=SnoozeChoice.HOUR, at=SCENE_NOW),  # read an hour ago
    SnoozeMoment(choice=SnoozeChoice.AFTERNOON, at=AFTERNOON),
    SnoozeMoment(choice=SnoozeChoice.MORNING, at=MONDAY),
]
ASIDE = Snooze(until=MONDAY, note="Ждём анализ")


def free(**changes: object) -> RequestRow:
    return make_row(**({"allowed_actions": [Action.CLAIM, Action.SNOOZE]} | changes))


def laid(**changes: object) -> RequestRow:
    return make_row(**({"snooze": ASIDE, "allowed_actions": [Action.WAKE]} | changes))


def serving(*rows: RequestRow, **card: object) -> FakeRequestService:
    """Rows whose cards offer moments."""
    service = FakeRequestService(rows)
    given = {"snooze_moments": OFFERED} | card
    service.cards = {row.id: msgspec.structs.replace(scene_card(row), **given) for row in rows}
    return service


def lines(desk: QueueDesk) -> list[tuple[str, str]]:
    """What stands in the panel."""
    return [(one.title, one.remark) for one in desk.card.panel.options.rows.options]


@BOTH
async def test_a_request_is_laid_aside_for_an_hour_in_two_keys(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """S and Enter; the row stays under the doctor's hands until another one is chosen."""
    row, other = free(), free()
    service = serving(row, other)
    async with open_queue(qtbot, around, [row, other], service=service) as desk:
        await desk.card_is_read()
        keys = Keyboard(desk, cyrillic)
        keys.press("S", "Enter")
        await until(lambda: bool(ordered(desk)))
        assert said(desk) == LayAside(version=row.version, until=SCENE_NOW + HOUR)
        await until(lambda: desk.card.laid.isVisible())
        assert desk.card.laid.sign.text() == "Отложена до 12:42"
        keys.press("J")
        await until(lambda: desk.model.rows.rowCount() == 1)
        assert desk.triage.backend.calls[0][0] == "order"


@BOTH
async def test_the_working_morning_is_one_digit_away_and_takes_a_note(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """It is Friday: the moment is said with its day."""
    row = free()
    async with open_queue(qtbot, around, [row], service=serving(row)) as desk:
        await desk.card_is_read()
        keys = Keyboard(desk, cyrillic)
        keys.press("S")
        assert lines(desk) == [
            ("Через час", "12:42"),
            ("Сегодня после обеда", "14:00"),
            ("Утром рабочего дня", "23.11, 09:00"),
            ("Другое время", ""),
        ]
        keys.press("3")
        desk.card.panel.words.setFocus()
        keys.type("Звонок")
        keys.press("Ctrl+Enter")
        await until(lambda: bool(ordered(desk)))
        assert said(desk) == LayAside(version=row.version, until=MONDAY, note="Звонок")


async def test_another_time_is_written_by_digits(qtbot: QtBot, around: Surroundings) -> None:
    row = free()
    async with open_queue(qtbot, around, [row], service=serving(row)) as desk:
        await desk.card_is_read()
        keys, field = Keyboard(desk), desk.card.panel.moment
        keys.press("S")
        assert not field.isVisible()
        keys.press("4")
        assert field.isVisible()
        assert field.hasFocus()
        assert field.text() == "20.11.2026 13:30"
        field.setDateTime(QDateTime(QDate(2026, 11, 25), QTime(8, 15), QTimeZone.utc()))
        keys.press("Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, LayAside)
        assert given.until == datetime(2026, 11, 25, 5, 15, tzinfo=UTC)


async def test_what_its_term_makes_of_it_is_said_before(qtbot: QtBot, around: Surroundings) -> None:
    last = SCENE_NOW + HOUR / 2
    row = free()
    cut = [SnoozeMoment(choice=SnoozeChoice.HOUR, at=last, for_term=True)]
    service = serving(row, snooze_moments=cut, snooze_latest=last)
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        keys = Keyboard(desk)
        keys.press("S")
        assert lines(desk)[0] == ("Пока не подойдёт срок", "12:12")
        assert "вернётся не позже 12:12" in desk.card.panel.warning.text()
        keys.press("Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, LayAside)
        assert given.until == last


async def test_without_its_card_an_hour_is_offered(qtbot: QtBot, around: Surroundings) -> None:
    row = free()
    async with open_queue(qtbot, around, [row], service=serving(row, snooze_moments=[])) as desk:
        await desk.card_is_read()
        Keyboard(desk).press("S")
        assert [title for title, _ in lines(desk)] == ["Через час", "Другое время"]


@BOTH
async def test_what_lies_aside_has_its_list_and_the_same_key_takes_it_up(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    row = laid()
    service = serving(row)
    async with open_queue(qtbot, around, [row], service=service, group=QueueGroup.SNOOZED) as desk:
        await desk.card_is_read()
        assert desk.card.laid.sign.text() == "Отложена до 23.11, 09:00"
        assert desk.card.laid.note.text() == "Заметка: Ждём анализ"
        Keyboard(desk, cyrillic).press("S")
        await until(lambda: bool(ordered(desk)))
        assert said(desk) == TakeUp()
        await until(lambda: not desk.card.laid.isVisible())
        assert desk.card.panel.isHidden()


async def test_what_has_come_back_says_why_and_with_which_note(
    qtbot: QtBot, around: Surroundings
) -> None:
    back = msgspec.structs.replace(ASIDE, back_at=SCENE_NOW, why=SnoozeEnd.MESSAGE)
    row = free(snooze=back)
    async with open_queue(qtbot, around, [row], service=serving(row)) as desk:
        await until(lambda: desk.card.laid.isVisible())
        assert desk.card.laid.sign.text() == "Вернулась: пациент написал"
        assert desk.card.laid.note.text() == "Заметка: Ждём анализ"
        Keyboard(desk).press("S")
        assert desk.card.panel.isVisible(), "it may be laid aside once more"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (make_row(life_threat=True), "Угроза жизни не ждёт"),
        (make_row(allowed_actions=[]), "Нельзя, пока заявка в состоянии «Готова»"),
    ],
    ids=["threat", "state"],
)
async def test_why_it_is_not_laid_aside(
    qtbot: QtBot, around: Surroundings, row: RequestRow, reason: str
) -> None:
    async with open_queue(qtbot, around, [row], service=serving(row)) as desk:
        Keyboard(desk).press("S")
        assert desk.card.footer.problem.text() == reason
        assert ordered(desk) == []


@pytest.mark.parametrize("scale", [1.0, 1.5])
async def test_every_part_of_its_panel_is_seen(
    qtbot: QtBot, around: Surroundings, scale: float
) -> None:
    row = free()
    service = serving(row, snooze_latest=MONDAY)
    around.theme.choose(around.theme.scheme, scale)
    async with open_queue(qtbot, around, [row], service=service, size=(1231, 729)) as desk:
        await desk.card_is_read()
        Keyboard(desk).press("S", "4")
        panel = desk.card.panel
        desk.view.grab()
        assert panel.geometry().bottom() <= desk.card.height()
        assert panel.send.geometry().bottom() <= panel.height()
        assert panel.moment.geometry().bottom() < panel.words.geometry().top()
        assert desk.card.identity.name.isVisible()
    around.theme.choose(around.theme.scheme, 1.0)
