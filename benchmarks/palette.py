"""Ctrl+K over the queue of the demonstration: CPU time of the window's loop from the key to the
painted list of commands. Floor: the same panel painted once more, in the same run."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, at_most, report
from tests.journeys.driver import Desk
from tests.journeys.steps import sign_in

LIMIT_MS: Final = 50.0
TIMES: Final = 15
CTRL: Final = Qt.KeyboardModifier.ControlModifier


def _spent_ms(work: Callable[[], None]) -> float:
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000


async def measure(application: QApplication, folder: Path) -> tuple[float, float]:
    """Medians in ms: opened and painted, and painted alone."""
    async with Desk(application, folder) as desk:
        await sign_in(desk, "levashova")
        covers = desk.workstation.covers
        covers.prepare()

        def opened() -> None:
            desk.press(Qt.Key.Key_K, CTRL)
            covers.palette.repaint()

        taken, painted = [], []
        for _ in range(TIMES):
            taken.append(_spent_ms(opened))
            painted.append(_spent_ms(covers.palette.repaint))
            desk.press(Qt.Key.Key_Escape)
            await asyncio.sleep(0.05)
        return statistics.median(taken), statistics.median(painted)


def figures() -> list[Figure]:
    """From the key to the painted list."""
    application = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        taken, floor = runner.run(measure(application, Path(folder)))
    return [at_most("palette: key to painted list", taken, LIMIT_MS, "ms", floor=floor)]


if __name__ == "__main__":
    sys.exit(report(figures()))
