"""Lateness of a 10 ms timer in the window: a clip plays, a call of 640x480 goes on, or both.

The queue changes ten times a second all the time; the patient is a real browser.

Floor: the same timer in a bare window, a process of its own, at the same time under the same load.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, at_most_above, report
from benchmarks.tick_lateness import TickLateness, percentile
from tests.journeys.driver import Desk
from tests.journeys.stage import OneClinic
from tests.journeys.steps import open_a_clip, playing_clip, sign_in
from tests.journeys.tour import Tour
from tests.signing.pki import PkiServer

SECONDS = 10.0
RUNS = 5
Event = Callable[[Callable[[object], None]], Callable[[], None]]
"""What calls back at each frame, until what it returned is called."""
TO_THE_CALL = (
    Tour.slot,
    Tour.slot_proposed,
    Tour.patient_link,
    Tour.patient_accepts,
    Tour.call_rings,
    Tour.no_camera,
    Tour.call,
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: p99 lateness of the window's timer and of the bare window's, frames a second."""

    window_ms: float
    bare_ms: float
    frames: float


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


async def one_run(desk: Desk, shown: Event) -> Run:
    """p99 of the window and of the bare window, while frames of `shown` are counted."""
    frames: list[object] = []
    stop = shown(frames.append)
    load, bare = start_beside(desk.workstation.server_address)
    lateness = TickLateness(desk.window)
    await asyncio.sleep(SECONDS)
    values, count = list(lateness.values_ms), len(frames)
    lateness.deleteLater()
    stop()
    output, _ = await asyncio.to_thread(bare.communicate)
    await asyncio.to_thread(load.wait)
    floor = json.loads(output.strip().splitlines()[-1])
    return Run(percentile(values, 0.99), percentile(floor, 0.99), count / SECONDS)


async def runs_of(desk: Desk, shown: Event) -> list[Run]:
    """As many runs as a median needs."""
    return [await one_run(desk, shown) for _ in range(RUNS)]


def clip_frames(desk: Desk) -> Event:
    """Frames that the clip on the screen shows."""
    signal = playing_clip(desk).frame_shown

    def subscribe(callback: Callable[[object], None]) -> Callable[[], None]:
        signal.connect(callback)

        def stop() -> None:
            signal.disconnect(callback)

        return stop

    return subscribe


async def measure_clip(application: QApplication, folder: Path) -> dict[str, list[Run]]:
    """A clip plays."""
    async with Desk(application, folder) as desk:
        await sign_in(desk, "levashova")
        await open_a_clip(desk)
        return {"clip": await runs_of(desk, clip_frames(desk))}


async def measure_call(application: QApplication, folder: Path) -> dict[str, list[Run]]:
    """A call of 640x480 both ways: alone, then folded to the strip while a clip plays."""
    keys = folder / "keys"
    keys.mkdir()
    with PkiServer(keys) as pki:
        return await measure_call_of(application, folder, pki)


async def measure_call_of(
    application: QApplication, folder: Path, pki: PkiServer
) -> dict[str, list[Run]]:
    """The same, with a PKI for the doctor's key."""
    async with Desk(application, folder) as desk:
        await sign_in(desk, "levashova")
        tour = Tour(desk, OneClinic(desk), folder / "pictures", pki)
        try:
            for step in TO_THE_CALL:
                await step(tour)
            calls = desk.workstation.desk.calls if desk.workstation.desk is not None else None
            assert calls is not None
            alone = await runs_of(desk, calls.remote_frame.subscribe)
            desk.press(Qt.Key.Key_F11)
            await open_a_clip(desk)
            folded = await runs_of(desk, calls.remote_frame.subscribe)
        finally:
            await tour.close()
        return {"call": alone, "call in the strip, clip": folded}


def figures() -> list[Figure]:
    """The medians of the runs."""
    application = QApplication(sys.argv[:1])
    found: dict[str, list[Run]] = {}
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        for measure in (measure_clip, measure_call):
            with tempfile.TemporaryDirectory() as folder:
                found |= runner.run(measure(application, Path(folder)))
    return [figure_of(what, runs) for what, runs in found.items()]


def figure_of(what: str, runs: list[Run]) -> Figure:
    """p99 of the window beyond that of the bare window, in the same run."""
    window = statistics.median(run.window_ms for run in runs)
    bare = statistics.median(run.bare_ms for run in runs)
    frames = statistics.median(run.frames for run in runs)
    name = f"timer p99 with {what} ({frames:.0f} frames/s) and changing queue"
    return at_most_above(name, window, bare, 20.0, "ms")


def main() -> int:
    """Prints the figure as a JSON line."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
