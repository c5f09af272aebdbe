"""Ten approvals one after the other, by keys, in the whole window with a real server process.

Each is A, the PIN where it is asked for, and Enter; it counts until the next one is there to be
approved: fetched, verified and shown. Limit of the time: the minute that ten may take, less the
seconds in which a person reads. Floor of the loop's pieces of work: the same window at rest.
`python -m benchmarks.signing.ten_approvals`;
with the folder of a demo server's files as its argument it begins sooner.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.figures import Figure, at_most, report, stated
from benchmarks.tick_lateness import TickLateness, percentile
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk, DoesNotHold
from tests.journeys.signed_cases import PIN, all_is_loaded, sign, take_to_write
from tests.journeys.steps import screens, sign_in, sign_out
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.widgets.rail import Rail

COUNT, READING_S, REST_S = 10, 1.0, 3.0
"""A person reads at least that long: meanwhile the next one is made ready."""
EACH_S, STALL_MS = 5.0, 50.0


async def measured(application: QApplication, folder: Path) -> list[Figure]:
    """All of them."""
    backend = folder / "backend"
    async with Desk(application, folder, backend_folder=backend) as desk:
        await sign_in(desk, "levashova")
        await all_is_loaded(desk)
        ids = await take_to_write(desk, backend / "backend.sqlite", COUNT)
        for one in ids:
            await sign(desk, one)
        await sign_out(desk)
        await sign_in(desk, "berezhnoy")
        return await _approved(desk, len(ids))


async def _approved(desk: Desk, count: int) -> list[Figure]:
    desk.window.findChildren(Rail)[0].chosen.emit("approvals")
    model = screens(desk).approvals_model
    assert model is not None
    await desk.until(lambda: model.refusal is None, "it cannot be approved", 60)
    await asyncio.sleep(REST_S)
    lateness = TickLateness(desk.window)
    await asyncio.sleep(REST_S)
    at_rest = max(lateness.busy_ms)
    lateness.busy_ms.clear()
    lateness.values_ms.clear()
    took: list[float] = []
    for number in range(count):
        await asyncio.sleep(READING_S)
        await desk.until(lambda: model.refusal is None, "it cannot be approved any more", 60)
        left = model.count
        desk.find(QWidget, "approvals.list").setFocus()
        begun = time.perf_counter()
        desk.press(Qt.Key.Key_A)
        if model.pin_until is None:  # the demonstration's key is open for one signature
            desk.type_text(PIN)
        desk.press(Qt.Key.Key_Return)
        await desk.until(partial(_is_less, model, left), f"number {number} was not approved", 60)
        if model.count:
            await desk.until(lambda: model.refusal is None, "the next one is not ready", 60)
        took.append(time.perf_counter() - begun)
    worst, p99 = max(lateness.busy_ms), percentile(lateness.busy_ms, 0.99)
    lateness.deleteLater()
    return [
        at_most(f"{count} approvals, reading left out", sum(took), count * EACH_S, "s", floor=0.1),
        stated("one: median", statistics.median(took) * 1000, 1, "ms"),
        stated("one: the slowest", max(took) * 1000, 1, "ms"),
        at_most("the loop's longest piece of work", worst, STALL_MS, "ms", floor=at_rest),
        stated("the loop's work between two ticks, p99", p99, 1, "ms"),
    ]


def _is_less(model: ApprovalsViewModel, than: int) -> bool:
    """Whether fewer wait; a refusal ends the run with its words."""
    if model.problem is not None:
        raise DoesNotHold(model.problem.title)
    return model.count < than


def main() -> int:
    """Prints the figures."""
    application = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as name,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        if sys.argv[1:]:
            DemoShelf(Path(sys.argv[1])).stock(Path(name) / "backend")
        return report(runner.run(measured(application, Path(name))))


if __name__ == "__main__":
    sys.exit(main())
