"""Lateness of a 10 ms timer in the window while a clip plays and the queue changes all the time.

Floor: the same timer in a bare window, a process of its own, at the same time under the same load.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, at_most_above, report
from benchmarks.tick_lateness import TickLateness, percentile
from tests.journeys.driver import Desk
from tests.journeys.steps import open_a_clip, playing_clip, sign_in

SECONDS = 10.0
RUNS = 5


def start_beside(address: str) -> tuple[subprocess.Popen[str], subprocess.Popen[str]]:
    """The colleague who changes the queue ten times a second, and the bare window."""
    module = [sys.executable, "-m"]
    load = subprocess.Popen(
        [*module, "tests.journeys.colleague", address, str(SECONDS + 2)], text=True
    )
    bare = subprocess.Popen(
        [*module, "benchmarks.bare_window", str(SECONDS)], stdout=subprocess.PIPE, text=True
    )
    return load, bare


async def one_run(desk: Desk) -> tuple[float, float, float]:
    """p99 of the window and of the bare window (ms), and clip frames shown a second."""
    address = desk.workstation.server_address
    load, bare = start_beside(address)
    shown: list[int] = []
    playing_clip(desk).frame_shown.connect(shown.append)
    lateness = TickLateness(desk.window)
    await asyncio.sleep(SECONDS)
    values, frames = list(lateness.values_ms), len(shown)
    lateness.deleteLater()
    output, _ = await asyncio.to_thread(bare.communicate)
    await asyncio.to_thread(load.wait)
    floor = json.loads(output.strip().splitlines()[-1])
    return percentile(values, 0.99), percentile(floor, 0.99), frames / SECONDS


async def measure(application: QApplication, folder: Path) -> list[tuple[float, float, float]]:
    """Signs in, opens a clip, and measures."""
    async with Desk(application, folder) as desk:
        await sign_in(desk, "levashova")
        await open_a_clip(desk)
        return [await one_run(desk) for _ in range(RUNS)]


def figures() -> list[Figure]:
    """The median of the runs."""
    application = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        runs = runner.run(measure(application, Path(folder)))
    window, bare, frames = (statistics.median(column) for column in zip(*runs, strict=True))
    name = f"timer p99 with clip ({frames:.0f} frames/s) and changing queue"
    return [at_most_above(name, window, bare, 20.0, "ms")]


def main() -> int:
    """Prints the figure as a JSON line."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
