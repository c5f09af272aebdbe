"""Ten approvals one after the other, by keys, in the whole window with a real server process.

Each is A and Enter, the first with the PIN of the sitting between them; it counts until the next
one is there to be approved: fetched, verified and shown. Limit of the time: the minute that ten may
take, less the seconds in which a person reads. Floor of the loop's pieces of work: the same window
at rest.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionState
from benchmarks.backend.cost import cpu_ms
from benchmarks.figures import Figure, at_most, report, stated
from benchmarks.tick_lateness import TickLateness, percentile
from tests.journeys.day_plan import ME, Planned, Task
from tests.journeys.day_rows import load_morning
from tests.journeys.day_steps import case_of
from tests.journeys.driver import Desk, DoesNotHold, hold
from tests.journeys.signed_cases import PIN, all_is_loaded, sign
from tests.journeys.steps import screens, sign_in, sign_out
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.widgets.rail import Rail

ADMIN = "berezhnoy"
COUNT, READING_S, REST_S = 10, 1.0, 3.0
"""A person reads at least that long: meanwhile the next one is made ready."""
EACH_S, STALL_MS = 5.0, 50.0


async def measured(application: QApplication, folder: Path) -> list[Figure]:
    """Of a server's requests in `folder` / "backend"."""
    async with Desk(application, folder, backend_folder=folder / "backend") as desk:
        await sign_in(desk, ME)
        await all_is_loaded(desk)
        for one in _in_writing():
            signed = await sign(desk, RequestId(case_of(one)))
            hold(signed.state is ConclusionState.SIGNED, "signing has delivered: nothing waits")
        await sign_out(desk)
        await sign_in(desk, ADMIN)
        return await _approved(desk, COUNT)


async def _approved(desk: Desk, count: int) -> list[Figure]:
    desk.window.findChildren(Rail)[0].chosen.emit("approvals")
    model = screens(desk).approvals_model
    assert model is not None
    await desk.until(lambda: model.refusal is None, "it cannot be approved", 60)
    hold(model.count == count, f"{model.count} wait, not {count}")
    await asyncio.sleep(REST_S)
    lateness = TickLateness(desk.window)
    await asyncio.sleep(REST_S)
    at_rest = max(lateness.busy_ms)
    lateness.busy_ms.clear()
    lateness.values_ms.clear()
    took, spent = list[float](), _spent_ms(os.getpid())
    for number in range(count):
        await asyncio.sleep(READING_S)
        await desk.until(lambda: model.refusal is None, "it cannot be approved any more", 60)
        left = model.count
        desk.find(QWidget, "approvals.list").setFocus()
        begun = time.perf_counter()
        desk.press(Qt.Key.Key_A)
        if model.pin_until is None:
            hold(number == 0, "the PIN is asked for once more")
            desk.type_text(PIN)
        desk.press(Qt.Key.Key_Return)
        await desk.until(partial(_is_less, model, left), f"number {number} was not approved", 60)
        if model.count:
            await desk.until(lambda: model.refusal is None, "the next one is not ready", 60)
        took.append(time.perf_counter() - begun)
    worst, p99 = max(lateness.busy_ms), percentile(lateness.busy_ms, 0.99)
    each = (_spent_ms(os.getpid()) - spent) / count
    lateness.deleteLater()
    return [
        at_most(f"{count} approvals, reading left out", sum(took), count * EACH_S, "s", floor=0.1),
        stated("one: median", statistics.median(took) * 1000, 1, "ms"),
        stated("one: the slowest", max(took) * 1000, 1, "ms"),
        stated("one: of the processor, by window, server and their helpers", each, 1, "ms"),
        at_most("the loop's longest piece of work", worst, STALL_MS, "ms", floor=at_rest),
        stated("the loop's work between two ticks, p99", p99, 1, "ms"),
    ]


def _is_less(model: ApprovalsViewModel, than: int) -> bool:
    """Whether fewer wait; a refusal ends the run with its words."""
    if model.problem is not None:
        raise DoesNotHold(model.problem.title)
    return model.count < than


def _spent_ms(process: int) -> float:
    """Of the processor, by a process and all below it; one that has just ended is its parent's."""
    try:
        tasks = Path(f"/proc/{process}/task").glob("*/children")
        below = [int(child) for task in tasks for child in task.read_text().split()]
        return cpu_ms(process) + sum(map(_spent_ms, below))
    except OSError:
        return 0.0


def _in_writing() -> list[Planned]:
    """Requests to the centre, whose catalogue asks for an approval."""
    return [
        Planned(f"30-{7001 + number}", f"Савин Пётр {number}-й", Task.SIGN, cyrillic=True)
        for number in range(COUNT)
    ]


def figures() -> list[Figure]:
    """All of them."""
    application = QApplication(sys.argv[:1])
    free = Planned("30-7901", "Юдин Пётр Львович", Task.ACCEPT, cyrillic=True)
    with (
        tempfile.TemporaryDirectory() as name,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        load_morning(Path(name) / "backend", [free, *_in_writing()])
        return runner.run(measured(application, Path(name)))


if __name__ == "__main__":
    sys.exit(report(figures()))
