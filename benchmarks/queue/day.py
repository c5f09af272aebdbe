"""What a doctor does in the queue while it is measured: lists, scrolling, search, single keys."""

import asyncio
import random
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt

from backend_client.models.requests import QueueGroup
from benchmarks.queue.frames import FrameWatch, Spent
from benchmarks.queue.plain_table import PlainTable
from benchmarks.tick_lateness import TickLateness
from tests.journeys.driver import Desk
from tests.journeys.steps import queue_is_there, screens
from workstation.ui.screens.queue.view_model import ListState

PAGE = 50
PAGES = 100
LISTS = 20
WORDS = (
    "гусев",
    "морозов",
    "КОВАЛЁВ",
    "верещагин ив",
    "одышка",
    "тахикардия",
    "I47",
    "00-00",
    "отёки гол",
    "жданов ом",
)
SEED = 20261121
TYPING_S = (0.09, 0.28)
"""Between two letters."""
HELD_KEY_S = 0.04
"""A key that is held down comes again after so long."""
STEPS = 40


class Stalls(msgspec.Struct, frozen=True):
    """Lateness of a timer of the window in milliseconds, and the loop's own work between ticks."""

    late_ms: list[float]
    busy_ms: list[float]


class Day(msgspec.Struct, frozen=True):
    """All that was measured in one window."""

    first_page: list[Spent]
    floor: list[Spent]
    keyed: Stalls
    wheeled: Stalls
    searches: list[Spent]
    keys: dict[str, list[Spent]]
    memory_mib: float
    """Once everything was done."""


class Doctor:
    """The steps, at a desk whose queue is there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queue, self._model = screens(desk).queue, screens(desk).queue_model
        self._table = self._queue.table
        self._frames = FrameWatch(desk.window)
        self._resets = 0
        self._model.rows.modelReset.connect(self._count_reset)

    async def lists(self, floor_address: str) -> tuple[list[Spent], list[Spent]]:
        """Seconds until the first page of a list is painted: here, and in a plain table."""
        plain = PlainTable(self._table.size())
        found: list[Spent] = []
        floors: list[Spent] = []
        for _ in range(LISTS):
            floors.append(await plain.first_page(floor_address))
            found.append(await self._list())
            await self._rest()
        await plain.close()
        self._desk.window.activateWindow()
        await self._desk.until(self._desk.window.isActiveWindow, "the window is not active")
        return found, floors

    async def page_down(self) -> Stalls:
        """Through a hundred pages with the key held down."""
        self._table.verticalScrollBar().setValue(0)
        await self._rest()
        self._table.setFocus()
        self._desk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        return await self._scroll(lambda: self._desk.press(Qt.Key.Key_PageDown))

    async def wheel(self) -> Stalls:
        """Through a hundred pages without a choice."""
        bar = self._table.verticalScrollBar()
        bar.setValue(0)
        await self._rest()
        return await self._scroll(lambda: bar.setValue(bar.value() + bar.pageStep()))

    async def searches(self) -> list[Spent]:
        """Seconds from each letter until its result, or that of a later letter, is painted."""
        chance, field = random.Random(SEED), self._queue.search
        found: list[Spent] = []
        for text in WORDS:
            field.setFocus()
            field.clear()
            await self._found("")
            waits: list[asyncio.Task[Spent]] = []
            for length in range(1, len(text) + 1):
                self._desk.type_text(text[length - 1])
                waits.append(asyncio.create_task(self._result(text[:length], text)))
                await asyncio.sleep(chance.uniform(*TYPING_S))
            found += await asyncio.gather(*waits)
        field.clear()
        await self._found("")
        return found

    async def keys(self) -> dict[str, list[Spent]]:
        """Seconds from a key to the end of the paint that shows what it does."""
        self._table.setFocus()
        self._desk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        await self._rest()
        down, up = Qt.Key.Key_J, Qt.Key.Key_K
        steps = min(STEPS, self._model.rows.rowCount() - 1)
        return {
            "J": [await self._step(down) for _ in range(steps)],
            "K": [await self._step(up) for _ in range(steps)],
            "PageDown": [await self._step(Qt.Key.Key_PageDown) for _ in range(steps // 10)],
            "letter": await self._letters(),
        }

    async def _list(self) -> Spent:
        """The other one of the two longest."""
        is_whole = self._model.group is QueueGroup.ALL
        before, begun = self._resets, Spent.now()
        self._model.choose_group(QueueGroup.UNCLAIMED if is_whole else QueueGroup.ALL)
        return await self._frames.until(lambda: self._resets > before) - begun

    async def _scroll(self, on: Callable[[], None]) -> Stalls:
        ticks = TickLateness(self._desk.window)
        while self._table.rowAt(0) < PAGE * PAGES and not self._is_at_the_end():
            on()
            await asyncio.sleep(HELD_KEY_S)
        ticks.deleteLater()
        return Stalls(list(ticks.values_ms), list(ticks.busy_ms))

    def _is_at_the_end(self) -> bool:
        last = self._table.rowAt(self._table.viewport().height() - 1)
        is_last = last in (-1, self._model.rows.rowCount() - 1)
        return is_last and self._model.rows.wanted() is None

    async def _result(self, text: str, whole: str) -> Spent:
        begun = Spent.now()

        def shown() -> bool:
            is_here = self._model.state in (ListState.ROWS, ListState.EMPTY)
            search = self._model.search
            return is_here and whole.startswith(search) and len(search) >= len(text.strip())

        return await self._frames.until(shown) - begun

    async def _found(self, search: str) -> None:
        await self._desk.until(
            lambda: self._model.search == search and self._model.state is ListState.ROWS, "no rows"
        )
        await self._rest()

    async def _step(self, key: Qt.Key) -> Spent:
        before, begun = self._table.currentIndex().row(), Spent.now()
        self._desk.press(key)
        moved = await self._frames.until(lambda: self._table.currentIndex().row() != before)
        await asyncio.sleep(HELD_KEY_S)
        return moved - begun

    async def _letters(self) -> list[Spent]:
        self._queue.search.setFocus()
        found = [await self._letter(one) for one in "желудочковая тахикардия"]
        self._queue.search.clear()
        await self._found("")
        return found

    async def _letter(self, letter: str) -> Spent:
        field, begun = self._queue.search, Spent.now()
        before = field.text()
        self._desk.type_text(letter)
        typed = await self._frames.until(lambda: field.text() != before)
        await asyncio.sleep(HELD_KEY_S)
        return typed - begun

    async def _rest(self) -> None:
        """Until what is read ahead is here."""
        await queue_is_there(self._desk)
        await self._desk.until(lambda: self._model.rows.wanted() is None, "rows are missing")
        await asyncio.sleep(0.2)

    def _count_reset(self) -> None:
        self._resets += 1
