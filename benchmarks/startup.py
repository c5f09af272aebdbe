"""Start-up: from the start of the process to the first paint and to a queue one can work with.

Floor: a fresh process that shows an empty QMainWindow, measured alternately in the same run.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, at_most_times, report
from workstation.embedded_backend import EmbeddedBackend

RUNS = 5
QUIET = {"QT_QPA_PLATFORM": "offscreen"}


def milestones(command: list[str], last: str, timeout: float = 60.0) -> dict[str, float]:
    """Runs a command until it tells of the milestone `last`; seconds from its start to each."""
    begun = time.monotonic_ns()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **QUIET},
        start_new_session=True,
    )
    reached: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            milestone = json.loads(line)
            reached[milestone["milestone"]] = (milestone["at_ns"] - begun) / 1e9
            if last in reached or time.monotonic_ns() - begun > timeout * 1e9:
                break
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    if last not in reached:
        raise RuntimeError(f"{command[:4]} never reached {last}")
    return reached


def measure(server: str, folder: Path) -> tuple[list[float], list[dict[str, float]], list[float]]:
    """Floor, workstation and `make run`, alternately."""
    floors, windows, whole = [], [], []
    window = [sys.executable, "-m", "workstation", "--demo", "--server", server, "--milestones"]
    window += ["--sign-in", "levashova", "--data-folder", str(folder)]
    make = ["make", "--no-print-directory", "run", "ARGS=--sign-in levashova --milestones"]
    milestones(make, "queue_usable")  # "after the first time"
    milestones(window, "queue_usable")
    for _ in range(RUNS):
        bare = milestones([sys.executable, "-m", "benchmarks.bare_window"], "first_paint")
        floors.append(bare["first_paint"])
        windows.append(milestones(window, "queue_usable"))
        whole.append(milestones(make, "queue_usable")["queue_usable"])
    return floors, windows, whole


def figures() -> list[Figure]:
    """The three ratios."""
    with tempfile.TemporaryDirectory() as folder:
        backend = EmbeddedBackend(Path(folder) / "backend", demo=True)
        backend.start()
        try:
            floors, windows, whole = measure(backend.address(60), Path(folder) / "data")
        finally:
            backend.stop()
    floor = statistics.median(floors)
    paint = statistics.median(run["first_paint"] for run in windows)
    usable = statistics.median(run["queue_usable"] for run in windows)
    return [
        at_most_times("first paint, server already up", paint, floor, 3, "s"),
        at_most_times("usable queue, server already up", usable, floor, 8, "s"),
        at_most_times("make run to a usable queue", statistics.median(whole), floor, 15, "s"),
    ]


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
