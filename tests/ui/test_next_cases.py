"""Which cases are named to be fetched ahead, as the doctor goes through the list."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from backend_client.models.common import RequestId
from backend_client.models.listing import Advice
from backend_client.models.requests import QueueGroup, RequestRow
from tests.factories import make_owner, make_row
from tests.fakes import FakePrefetch, FakeRequestService
from tests.ui.queue_desk import Surroundings
from tests.ui.test_slot_road import placed
from tests.ui.waiting import until
from workstation.next_cases import NextCases
from workstation.ui.choices import QueueChoices
from workstation.ui.screens.queue.view_model import ListState, QueueViewModel


class Advising(FakeRequestService):
    """Advises what the test says."""

    advised: RequestRow | None = None

    async def advice(self) -> Advice:
        return Advice(row=self.advised, reasons=[])


@dataclass(slots=True)
class Walk:
    """A list, the case that is open, and what was named."""

    service: Advising
    queue: QueueViewModel
    prefetch: FakePrefetch
    cases: NextCases
    open_case: RequestId | None = None

    async def names(self, *rows: RequestRow) -> None:
        """Waits until exactly these are named, in this order."""
        wanted = [row.id for row in rows]
        await until(lambda: self.prefetch.shown[-1:] == [wanted])


@asynccontextmanager
async def walk(
    around: Surroundings, rows: list[RequestRow], advised: RequestRow | None = None
) -> AsyncIterator[Walk]:
    service, prefetch, parent = Advising(rows), FakePrefetch(), QObject()
    service.advised = advised
    queue = QueueViewModel(service, around.words, QueueChoices(QueueGroup.ALL), parent)
    cases = NextCases(queue, lambda: at.open_case, prefetch.show_next, parent)
    at = Walk(service, queue, prefetch, cases)
    queue.start()
    await until(lambda: queue.state is ListState.ROWS)
    cases.start()
    try:
        yield at
    finally:
        cases.close()
        await queue.close()
        parent.deleteLater()


async def test_the_chosen_case_comes_first_then_those_behind_it(around: Surroundings) -> None:
    rows = [make_row() for _ in range(4)]
    async with walk(around, rows) as at:
        ordered = at.queue.rows.records()
        await at.names(*ordered)
        at.queue.choose(2)
        await at.names(*ordered[2:])


async def test_the_case_that_is_open_is_none_of_the_next(around: Surroundings) -> None:
    async with walk(around, [make_row() for _ in range(4)]) as at:
        ordered = at.queue.rows.records()
        await at.names(*ordered)
        at.open_case = ordered[0].id
        at.cases.stir()
        await at.names(*ordered[1:])
        assert at.prefetch.current == ordered[0].id


async def test_the_advised_case_follows_the_chosen_one(around: Surroundings) -> None:
    """N takes it, from wherever the doctor stands."""
    rows, advised = [make_row() for _ in range(4)], make_row()
    async with walk(around, rows, advised) as at:
        ordered = at.queue.rows.records()
        await at.names(ordered[0], advised, *ordered[1:])
        at.open_case = ordered[0].id
        at.cases.stir()
        await at.names(advised, *ordered[1:])
        at.open_case = advised.id
        at.queue.choose(1)
        await at.names(*ordered[1:])


async def test_what_a_colleague_has_is_passed_over(around: Surroundings) -> None:
    async with walk(around, [make_row() for _ in range(4)]) as at:
        ordered = at.queue.rows.records()
        await at.names(*ordered)
        taken = make_row(
            id=ordered[1].id,
            due_at=ordered[1].due_at,
            version=2,
            owner=make_owner(name="Орлов П. И.", is_me=False),
            allowed_actions=[],
        )
        at.service.changed.emit(taken)
        await at.names(ordered[0], *ordered[2:])


async def test_a_new_request_takes_its_place_among_the_next(around: Surroundings) -> None:
    async with walk(around, [make_row() for _ in range(2)]) as at:
        ordered = at.queue.rows.records()
        await at.names(*ordered)
        at.service.changed.emit(make_row(due_at=ordered[1].due_at))
        await until(lambda: at.queue.rows.rowCount() == 3)
        await at.names(*at.queue.rows.records())


async def test_the_same_cases_are_not_named_twice(around: Surroundings) -> None:
    async with walk(around, [make_row() for _ in range(3)]) as at:
        ordered = at.queue.rows.records()
        await at.names(*ordered)
        at.cases.stir()
        at.queue.choose(1)
        await at.names(*ordered[1:])
        assert len(at.prefetch.shown) == 2


async def test_in_the_window_the_case_on_the_screen_is_told_and_the_next_follow(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        prefetch = place.desk.prefetch
        place.screens.prepare()
        await until(lambda: prefetch.shown == [[place.row.id]])
        place.press(Qt.Key.Key_Return)
        await until(lambda: prefetch.current == place.row.id)
        assert prefetch.shown[-1] == []
        place.press(Qt.Key.Key_Escape)
        await until(lambda: prefetch.current is None)
