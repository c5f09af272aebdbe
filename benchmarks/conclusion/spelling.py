"""Spelling beside a window that paints: reading the dictionaries, a page of text, suggestions.

Meanwhile the loop paints 200 small things at each of its turns, every 10 ms, as a form does that is
written in: what one turn takes is the stall. Floor of a stall: the slowest turn of as many with
nothing beside them. Floor of a page: a look at each of its words in a set.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import qasync
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, at_most, report
from workstation.core.subscription import Event
from workstation.resources import resource
from workstation.services.spelling import SpellingService

TEXTS: Final = Path(__file__).parents[2] / "tests/unit/services/conclusions_ru.txt"
PAGE: Final = 3_000
"""Characters."""
STALL_MS: Final = 50.0
PAGE_MS: Final = 1_000.0
SUGGESTED_MS: Final = 1_000.0
TURN_S: Final = 0.01
PAGES: Final = 6
WRONG: Final = ("гипертнезия", "консультацыя", "недостаточноть", "эхокордиография", "Самочуствие")


class NoWords:
    """Nothing was taken as right yet."""

    async def all(self) -> tuple[str, ...]:
        return ()

    async def add(self, word: str) -> None:
        """Forgotten."""

    async def remove(self, word: str) -> None:
        """Forgotten."""


class NoTitles:
    """No directory."""

    def __init__(self) -> None:
        self.changed: Event[str] = Event()

    def words(self) -> tuple[str, ...]:
        return ()


class Window:
    """Paints at each turn; `turns`: milliseconds each took, the wait for its timer among them."""

    def __init__(self) -> None:
        self.turns: list[float] = []
        self._picture = QPixmap(400, 300)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            due = time.perf_counter() + TURN_S
            await asyncio.sleep(TURN_S)
            self._paint()
            self.turns.append((time.perf_counter() - due) * 1000)

    def _paint(self) -> None:
        painter = QPainter(self._picture)
        for n in range(200):
            painter.drawText(n, n, "Заключение")
        painter.end()

    async def beside(self, work: Awaitable[object] | None) -> tuple[float, float]:
        """How long the work took and the slowest turn meanwhile, both in milliseconds."""
        self.turns.clear()
        begun = time.perf_counter()
        await (asyncio.sleep(2) if work is None else work)
        taken = (time.perf_counter() - begun) * 1000
        await asyncio.sleep(2 * TURN_S)
        return taken, max(self.turns)


async def _measured() -> list[Figure]:
    window = Window()
    painting = asyncio.create_task(window.run())
    service = SpellingService(resource("spelling"), NoWords(), NoTitles())
    text = TEXTS.read_text(encoding="utf-8")
    pages = [text[at : at + PAGE] for at in range(0, PAGES * PAGE, PAGE)]
    _, floor = await window.beside(None)
    reading = await window.beside(service.faults("слово"))
    checks = [await window.beside(service.faults(page)) for page in pages]
    asked = [await window.beside(service.suggestions(word)) for word in WRONG]
    await service.close()
    painting.cancel()
    known = set(text.split())
    look = _ms(lambda: [word in known for word in pages[0].split()])
    stalls = [one for _, one in (reading, *checks, *asked)]
    page = statistics.median(taken for taken, _ in checks)
    suggested = max(taken for taken, _ in asked)
    return [
        at_most("Spelling: the slowest turn of the loop", max(stalls), STALL_MS, "ms", floor=floor),
        at_most("Spelling: dictionaries read", reading[0], 20_000, "ms", floor=look),
        at_most(f"Spelling: a page of {PAGE} characters", page, PAGE_MS, "ms", floor=look),
        at_most("Spelling: suggestions, slowest of 5", suggested, SUGGESTED_MS, "ms", floor=look),
    ]


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def figures() -> list[Figure]:
    """Stalls of the loop, and how long each work takes beside it."""
    application = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(_measured())


if __name__ == "__main__":
    sys.exit(report(figures()))
