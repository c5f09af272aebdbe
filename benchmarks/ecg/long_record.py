"""A day of three leads at 250 Hz, in every format: first picture, pan and zoom, memory.

Before them the arithmetic alone: time to build the pyramid, its memory, a picture's columns.
Floors: for columns, lowest and highest sample of the same range, read once; for the first picture,
the file's bytes copied once; for a moved picture, the same window painted empty.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from benchmarks.ecg import long_files
from benchmarks.ecg.long_window import Told
from benchmarks.ecg.timing import milliseconds
from benchmarks.figures import Figure, at_most, never, report, stated
from benchmarks.tick_lateness import percentile
from workstation.studies.measure.ecg.envelope import Envelope

RATE = 250
DAY = 24 * 3600 * RATE
LEADS = 3
COLUMNS = 1800
ZOOMS = {"a day": DAY, "an hour": 3600 * RATE, "a minute": 60 * RATE}
FRAME_MS = 33.0
"""Of the window, for pan and zoom: a third of it for the columns."""
R_PEAK = 1200
FIRST_PICTURE_MS = 1000.0
WINDOW_MIB = 300.0
LATE_MS = 50.0


def day(seed: int) -> npt.NDArray[np.int16]:
    """Noise with an R peak of one sample every 0.8 s."""
    samples = np.random.default_rng(seed).integers(-40, 40, DAY, np.int16)
    samples[100 :: int(0.8 * RATE)] = R_PEAK
    return samples


def lost(whole: Envelope, window: int) -> int:
    """Columns with an R peak in them that do not reach it."""
    edges = window * np.arange(COLUMNS + 1) // COLUMNS
    peaks = np.arange(100, window, int(0.8 * RATE))
    columns = np.unique(np.searchsorted(edges, peaks, side="right") - 1)
    return int(np.count_nonzero(whole.columns(0, window, COLUMNS)[1][columns] < R_PEAK))


def _at_zoom(
    name: str, window: int, leads: list[npt.NDArray[np.int16]], made: list[Envelope]
) -> list[Figure]:
    """The time of a picture's columns, in the middle of 20, and what they lose."""
    floor = milliseconds(lambda: [(one[:window].min(), one[:window].max()) for one in leads])
    times = [
        milliseconds(lambda: [one.columns(0, window, COLUMNS) for one in made]) for _ in range(20)
    ]
    middle = float(np.median(times))
    return [
        Figure(
            name=f"{name}: columns",
            value=middle,
            unit="ms",
            floor=floor,
            ratio=middle / floor,
            goal=f"{FRAME_MS / 3:g} ms or less",
            met=middle <= FRAME_MS / 3,
        ),
        never(f"{name}: columns that lose an R peak", sum(lost(one, window) for one in made)),
    ]


def figures() -> list[Figure]:
    """Of all zooms, for three leads each."""
    leads = [day(seed) for seed in range(LEADS)]
    floor = milliseconds(lambda: [(one.min(), one.max()) for one in leads])
    made: list[Envelope] = []
    took = milliseconds(lambda: made.extend(Envelope(one) for one in leads))
    memory = sum(one.nbytes for one in made) / 2**20
    found = [
        stated("a day of three leads: pyramid built in", took, floor, "ms"),
        stated("a day of three leads: memory of the pyramid", memory, 0, "MiB"),
    ]
    for name, window in ZOOMS.items():
        found += _at_zoom(name, window, leads, made)
    return found


def of_window(name: str, told: Told) -> list[Figure]:
    """What a window of its own told of one format."""
    frames, paper = (percentile(one, 0.99) for one in (told.frame_ms, told.paper_ms))
    blank = percentile(told.blank_ms, 0.99)
    memory = told.window_mib + told.held_mib
    first, floor = told.first_picture_ms, told.share_ms
    return [
        at_most(f"{name}: first picture", first, FIRST_PICTURE_MS, "ms", floor=floor),
        at_most(f"{name}: pan and zoom, p99", frames, FRAME_MS, "ms", floor=blank),
        stated(f"{name}: on paper, p99", paper, blank, "ms"),
        at_most(f"{name}: window and shared memory", memory, WINDOW_MIB, "MiB", floor=0),
        stated(f"{name}: of that, shared", told.held_mib, 0, "MiB"),
        stated(f"{name}: the day's beats found", told.survey_ms, floor, "ms"),
        at_most(f"{name}: loop busy meanwhile, p99", told.busy_ms, LATE_MS, "ms", floor=0),
        stated(f"{name}: loop late meanwhile, p99", told.late_ms, told.idle_ms, "ms"),
        never(f"{name}: columns that lose an R peak", told.lost),
    ]


def window_of(name: str, stored: npt.NDArray[np.int16], folder: Path) -> list[Figure]:
    """Opens a file of that format in a window, in a process of its own."""
    path = folder / "day"
    path.write_bytes(long_files.FORMATS[name](stored))
    command = [sys.executable, "-m", "benchmarks.ecg.long_window", str(path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    found = subprocess.run(command, env=environment, check=True, capture_output=True)
    return of_window(name, msgspec.json.decode(found.stdout.splitlines()[-1], type=Told))


def windows(names: list[str]) -> list[Figure]:
    """Of these formats."""
    stored = long_files.day()
    with tempfile.TemporaryDirectory() as folder:
        return [one for name in names for one in window_of(name, stored, Path(folder))]


if __name__ == "__main__":
    named = [one for one in sys.argv[1:] if one in long_files.FORMATS]
    chosen = named or list(long_files.FORMATS)
    raise SystemExit(report([*figures(), *windows(chosen)]))
