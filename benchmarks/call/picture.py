"""720p both ways through the whole window: pictures a second, processor, lateness of the window.

The window, its server, the media process and the patient's page in Chromium are the real ones;
camera and microphone are synthetic on this side (a moving pattern), the browser's fake ones on the
other. CALL_SECONDS (60) is how long it is measured, after 20 s that count nowhere: a Chromium
begins with a small picture and takes so long to its 720 lines, in a call with another one as well.

A picture counts that the browser gave to be shown (`getVideoPlaybackQuality`): its callbacks
tell of several at once.

Floors, all of the same run: a call between two Chromiums for half as long (pictures, processor),
and a bare window's timer beside the call (lateness). The processor of this side's synthetic camera
is in the figure, as that of Chromium's fake one is in the floor.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.call.two_browsers import PRESENTED, BrowsersCall, browsers_call, spent_s
from benchmarks.call.whole_window import measured_in_call
from benchmarks.figures import Figure, at_most_above, at_most_times, report, stated
from benchmarks.tick_lateness import TickLateness, percentile
from tests.journeys.driver import Desk
from tests.journeys.tour import Tour
from workstation.core.call_media import CallFrame

SECONDS = float(os.environ.get("CALL_SECONDS", "60"))
WARM_S = 20.0
FRAMES = 28.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one call."""

    at_doctor: float
    """Pictures a second."""
    at_patient: float
    doctor_sees: int
    """Lines of the picture, the smallest in the time."""
    patient_sees: int
    cores: float
    """Processor time of the media process; 1.0 is one core."""
    window_ms: float
    bare_ms: float


def start_bare() -> "subprocess.Popen[str]":
    """The bare window, for as long as is measured."""
    command = [sys.executable, "-m", "benchmarks.bare_window", str(SECONDS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def measure(desk: Desk, tour: Tour) -> Measured:
    """While the call of `tour` goes on."""
    backing, at_work = desk.workstation.backing, desk.workstation.desk
    assert backing is not None
    assert at_work is not None
    pid = backing.media.pid
    assert pid is not None
    page = tour.patient.page
    await asyncio.sleep(WARM_S)
    seen: list[int] = []

    def see(frame: CallFrame) -> None:
        seen.append(frame.height)

    stop = at_work.calls.remote_frame.subscribe(see)
    bare = start_bare()
    lateness = TickLateness(desk.window)
    spent, shown = spent_s(pid), int(await page.evaluate(PRESENTED))
    await asyncio.sleep(SECONDS)
    spent = spent_s(pid) - spent
    shown = int(await page.evaluate(PRESENTED)) - shown
    values = list(lateness.values_ms)
    lateness.deleteLater()
    stop()
    lines = int(await page.evaluate("document.getElementById('remote').videoHeight"))
    output, _ = await asyncio.to_thread(bare.communicate)
    floor = json.loads(output.strip().splitlines()[-1])
    return Measured(
        len(seen) / SECONDS,
        shown / SECONDS,
        min(seen, default=0),
        lines,
        spent / SECONDS,
        percentile(values, 0.99),
        percentile(floor, 0.99),
    )


def at_least(name: str, frames: float, lines: int, floor: BrowsersCall) -> Figure:
    """A promise of pictures a second, 720 lines each."""
    return Figure(
        name=f"{name}, {lines} lines",
        value=frames,
        unit="frames/s",
        floor=floor.frames,
        ratio=frames / floor.frames if floor.frames else 0.0,
        goal=f"{FRAMES:g} frames/s of 720 lines or more",
        met=frames >= FRAMES and lines >= 720,
    )


def figures() -> list[Figure]:
    """Of the call, and of that between two browsers."""
    with tempfile.TemporaryDirectory() as name:
        floor = asyncio.run(browsers_call(Path(name), SECONDS / 2, WARM_S))
    call = measured_in_call(measure)
    return [
        stated("Chromium to Chromium: lines", floor.lines, 720, "lines"),
        at_least("pictures of the patient at the doctor", call.at_doctor, call.doctor_sees, floor),
        at_least(
            "pictures of the doctor at the patient", call.at_patient, call.patient_sees, floor
        ),
        at_most_times("processor of the media process", call.cores, floor.cores, 1.2, "cores"),
        at_most_above(
            "timer p99 of the window in the call", call.window_ms, call.bare_ms, 20.0, "ms"
        ),
    ]


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
