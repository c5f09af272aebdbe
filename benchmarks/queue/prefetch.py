"""Forty cases of a morning over a link of 20 Mbit/s: from the key to card and first document.

The window, the decoder and the server are real, each in its process, the link is before the server.
Waiting is shortened: a case takes as long as it takes (15 s to 4 min), but once everything that is
fetched ahead is here, the rest of that time passes at once. Transfers take their real time.

Floor: the decoder opens the same document, whose bytes are in memory, and draws its first frame.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import QueueGroup
from benchmarks.backend.stage import Stage, doctors, fill, signed_in
from benchmarks.figures import Figure, at_most, report, stated
from benchmarks.queue.morning import LONGEST_S, Morning, Visit, Way, a_morning
from benchmarks.queue.painted import PaintedCase
from benchmarks.queue.slow_link import SAID
from benchmarks.tick_lateness import percentile
from tests.backend.clinic import PASSWORD, Caller, id_of
from tests.journeys.driver import Desk
from tests.journeys.steps import queue_is_there, screens
from workstation.services.desk import Desk as Services

CASES = int(os.environ.get("BENCH_CASES", "40"))
"""Fewer for a quick look."""
QUIET_S = 0.4
"""So long nothing more is fetched: all is here."""
LOOK_S = 0.5
"""The doctor looks at the row and the card beside it before Enter."""
LIMIT_MS = 100.0
MISSED_PERCENT = 5.0
PATIENCE_S = 60.0


@dataclass(slots=True)
class Opened:
    """A visit as it went."""

    way: Way
    was_ready: bool
    milliseconds: float
    first: Document


@dataclass(slots=True)
class Run:
    """The window, a colleague who holds what has not come yet, and what was measured."""

    desk: Desk
    colleague: Caller
    morning: Morning
    opened: list[Opened] = field(default_factory=list)

    @property
    def services(self) -> Services:
        """Of the signed-in doctor."""
        services = self.desk.workstation.desk
        assert services is not None
        return services

    async def go(self) -> None:
        """The whole morning."""
        table, queue = screens(self.desk).queue.table, screens(self.desk).queue_model
        table.setFocus()
        self.desk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        await self._pass(LONGEST_S)
        here: RequestId | None = None
        for visit in self.morning.visits:
            if visit.way is Way.NEXT:
                here = await self._next(here)
            else:
                await self._go_to(visit)
            await asyncio.sleep(LOOK_S)
            assert queue.chosen is not None
            await self._open(visit, queue.chosen.id)
            await self._work(visit, queue.chosen.id)
            await self._come_back(visit, here)

    async def _next(self, here: RequestId | None) -> RequestId:
        """The case behind the last one, by the key."""
        queue = screens(self.desk).queue_model
        if here is not None:
            self.desk.press(Qt.Key.Key_J)
            await self.desk.until(lambda: queue.chosen and queue.chosen.id != here, "no next case")
        assert queue.chosen is not None
        return queue.chosen.id

    async def _go_to(self, visit: Visit) -> None:
        """A case far away, by its row or by its number."""
        queue, case = screens(self.desk).queue_model, id_of(visit.goes_to)
        if visit.way is Way.SEARCH:
            queue.search_for(visit.goes_to)
            await self.desk.until(lambda: queue.rows.rowCount() == 1, "nothing was found")
        await self._choose(RequestId(case))

    async def _choose(self, case: RequestId) -> None:
        """As a click on its row."""
        queue, table = screens(self.desk).queue_model, screens(self.desk).queue.table
        await self.desk.until(lambda: queue.rows.row_of(case) is not None, "no such row")
        row = queue.rows.row_of(case)
        assert row is not None
        table.setCurrentIndex(queue.rows.index(row, 0))
        await self.desk.until(lambda: queue.chosen and queue.chosen.id == case, "not chosen")

    async def _open(self, visit: Visit, case: RequestId) -> None:
        """Enter, until card and first document are painted."""
        prefetch, shown = self.services.prefetch, screens(self.desk)
        was_ready = prefetch.is_ready(case)
        painted = PaintedCase(shown, case)
        shown.queue.table.setFocus()
        begun = time.perf_counter()
        self.desk.press(Qt.Key.Key_Return)
        async with asyncio.timeout(PATIENCE_S):
            moment = await painted.moment
        first = shown.review_model.active.document
        assert first is not None
        self.opened.append(Opened(visit.way, was_ready, (moment - begun) * 1000, first))

    async def _work(self, visit: Visit, case: RequestId) -> None:
        """The doctor works on the case; what comes meanwhile comes at its time."""
        if not visit.arrives:
            await self._pass(visit.seconds)
            return
        await self._pass(visit.arrives_after_s)
        await self.colleague.post(f"/requests/{id_of(visit.arrives)}/release")
        queue, new = screens(self.desk).queue_model, RequestId(id_of(visit.arrives))
        await self.desk.until(lambda: queue.rows.row_of(new) is not None, "nothing came")
        await self._pass(visit.seconds - visit.arrives_after_s)

    async def _pass(self, seconds: float) -> None:
        """So many seconds pass; less where there is nothing more to wait for."""
        prefetch, begun, quiet_since = self.services.prefetch, time.perf_counter(), 0.0
        while (now := time.perf_counter()) < begun + seconds:
            is_done = prefetch.ahead.ready == prefetch.ahead.wanted
            quiet_since = (quiet_since or now) if is_done else 0.0
            if quiet_since and now > quiet_since + QUIET_S:
                return
            await asyncio.sleep(0.01)

    async def _come_back(self, visit: Visit, here: RequestId | None) -> None:
        """Esc; where the doctor was away, to the place in the list where he was."""
        self.desk.press(Qt.Key.Key_Escape)
        await self.desk.until(screens(self.desk).queue.isVisible, "no queue")
        if visit.way is Way.SEARCH:
            screens(self.desk).queue_model.search_for("")
            await queue_is_there(self.desk)
        if visit.way is not Way.NEXT and here is not None:
            await self._choose(here)

    async def floors_ms(self) -> list[float]:
        """The decoder opens each first document and draws its first frame."""
        assert self.desk.workstation.backing is not None
        opener, found = self.desk.workstation.backing.opener, []
        for one in self.opened:
            content = await self.services.studies.content(one.first)
            begun = time.perf_counter()
            study = await opener.open(content)
            await study.draw_first()
            found.append((time.perf_counter() - begun) * 1000)
            await study.close()
        return found


@asynccontextmanager
async def slow_link(address: str) -> AsyncIterator[str]:
    """A process between us and the server; its address."""
    command = [sys.executable, "-m", "benchmarks.queue.slow_link", address.removeprefix("http://")]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        assert line.startswith(SAID), line
        yield line.removeprefix(SAID).strip()
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def measure(application: QApplication, folder: Path) -> list[Figure]:
    """One morning."""
    files = f"file://{folder}/files"
    stage = Stage("SQLite", folder, f"sqlite:///{folder}/backend.db", files)
    morning = a_morning(CASES)
    await fill(stage, morning.requests)
    async with stage.servers() as [server], signed_in(server.address) as callers:
        for number in morning.arriving:
            assert (await callers[1].post(f"/requests/{id_of(number)}/claim")).is_success
        async with (
            slow_link(server.address) as address,
            Desk(application, folder, server=address) as desk,
        ):
            await sign_in(desk)
            run = Run(desk, callers[1], morning)
            await run.go()
            return figures_of(run.opened, await run.floors_ms())


async def sign_in(desk: Desk) -> None:
    """The first doctor, at the list of what is free."""
    workstation = desk.workstation
    await desk.until(lambda: workstation.backing is not None, "the program was not loaded")
    await workstation.accounts.sign_in(doctors()[0].login, PASSWORD)
    await queue_is_there(desk)
    screens(desk).queue_model.choose_group(QueueGroup.UNCLAIMED)
    await queue_is_there(desk)
    services = workstation.desk
    assert services is not None
    await desk.until(lambda: services.prefetch.ahead.wanted, "nothing is fetched ahead", 60.0)


def figures_of(opened: list[Opened], floors_ms: list[float]) -> list[Figure]:
    """What was promised, and the rest."""
    listed = [one for one in opened if one.way is Way.NEXT]
    ready = [one.milliseconds for one in opened if one.was_ready]
    others = [one.milliseconds for one in opened if not one.was_ready]
    missed = 100 * sum(not one.was_ready for one in listed) / len(listed)
    floor = percentile(floors_ms, 0.95)
    away = [one for one in opened if one.way is not Way.NEXT]
    lucky = 100 * sum(one.was_ready for one in away) / max(1, len(away))
    return [
        at_most(
            f"prefetched case ({len(ready)}): key to card and first document, p95",
            percentile(ready, 0.95),
            LIMIT_MS,
            "ms",
            floor=floor,
        ),
        stated("the same, median", percentile(ready, 0.5), percentile(floors_ms, 0.5), "ms"),
        at_most(
            f"next in the list ({len(listed)}) and not ready at the key",
            missed,
            MISSED_PERCENT,
            "%",
            floor=0,
        ),
        stated(f"searched for or jumped to ({len(away)}): ready at the key", lucky, 0, "%"),
        stated(
            f"not prefetched ({len(others)}): key to card and first document, median",
            percentile(others, 0.5),
            percentile(floors_ms, 0.5),
            "ms",
        ),
    ]


def figures() -> list[Figure]:
    """One morning."""
    application = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        return runner.run(measure(application, Path(folder)))


if __name__ == "__main__":
    raise SystemExit(report(figures()))
