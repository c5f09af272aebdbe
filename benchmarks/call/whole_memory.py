"""Memory of the whole program in a call, and the same call where the machine has 2 GB (SPB-24).

The program is the window with its server, the media process and the decoder: all processes that
were started here but the patient's browser. Counted is what each has for itself and its part of
what they share (PSS, proc(5)), at the most within CALL_SECONDS (60). The floor is a bare window.
Then the same in a control group of 2 GB, with the browser outside of it: it has to go on as well.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.call.whole_window import measured_in_call
from benchmarks.figures import Figure, at_least, at_most, never, report
from benchmarks.memory import shared_fairly_mb, with_children
from tests.journeys.driver import Desk
from tests.journeys.tour import Tour
from workstation.core.call_media import CallFrame

SECONDS = float(os.environ.get("CALL_SECONDS", "60"))
MOST_MB, MACHINE = 1200.0, 2_000_000_000
FEWEST: Final = 10.0
"""Pictures a second in 2 GB: the call is one still. How many it should be is measured elsewhere."""
_GROUPS: Final = Path("/sys/fs/cgroup/memory")
_GROUP: Final = "telemed-bench"
_BROWSER: Final = "chromium"
_LOOK_EVERY_S: Final = 0.5
_INSIDE: Final = "--inside"


async def _watched(desk: Desk, tour: Tour) -> dict[str, float]:
    """The most MB, and the pictures of the patient a second."""
    _outside(with_children(os.getpid(), only=_BROWSER))
    frames: list[int] = []

    def see(frame: CallFrame) -> None:
        frames.append(frame.number)

    assert desk.workstation.desk is not None
    stop = desk.workstation.desk.calls.remote_frame.subscribe(see)
    began, most = time.monotonic(), 0.0
    while time.monotonic() - began < SECONDS:
        await asyncio.sleep(_LOOK_EVERY_S)
        ours = with_children(os.getpid(), without=_BROWSER)
        most = max(most, sum(shared_fairly_mb(one) for one in ours))
    stop()
    return {"mb": most, "frames": len(frames) / (time.monotonic() - began)}


def _outside(processes: list[int]) -> None:
    """Into the group in which all programs are."""
    if _INSIDE in sys.argv:
        for process in processes:
            (_GROUPS / "cgroup.procs").write_text(str(process))


@contextmanager
def _two_gb() -> Iterator[Path]:
    """A control group of that size; its file of failures is read before it goes."""
    group = _GROUPS / _GROUP
    group.mkdir(exist_ok=True)
    (group / "memory.limit_in_bytes").write_text(str(MACHINE))
    try:
        yield group
    finally:
        while (group / "cgroup.procs").read_text():  # what was ended may still be going
            time.sleep(_LOOK_EVERY_S)
        group.rmdir()


def _in_two_gb() -> list[Figure]:
    with _two_gb() as group:
        command = [sys.executable, "-m", "benchmarks.call.whole_memory", _INSIDE, str(group)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        killed = _killed(group)
    frames = json.loads(done.stdout.splitlines()[-1])["frames"] if done.returncode == 0 else 0.0
    name = "in 2 GB: pictures of the patient"
    return [
        never("in 2 GB: a process ended for want of memory", killed),
        at_least(name, frames, FEWEST, "frames/s", floor=30),
    ]


def _killed(group: Path) -> int:
    """How many processes the kernel has ended (memory.oom_control)."""
    lines = (group / "memory.oom_control").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))


def _bare_mb() -> float:
    """Of a window with nothing in it."""
    command = [sys.executable, "-m", "benchmarks.bare_window", "5"]
    bare = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0.0
    while bare.poll() is None:
        most = max(most, shared_fairly_mb(bare.pid))
        time.sleep(_LOOK_EVERY_S)
    return most


def figures() -> list[Figure]:
    """With all memory, then with 2 GB."""
    bare = _bare_mb()
    found = measured_in_call(_watched)
    name = "memory of the whole program in a call"
    return [at_most(name, found["mb"], MOST_MB, "MB", floor=bare), *_in_two_gb()]


def main() -> int:
    """Prints the figures as JSON lines."""
    if _INSIDE in sys.argv:
        group = Path(sys.argv[sys.argv.index(_INSIDE) + 1])
        (group / "cgroup.procs").write_text(str(os.getpid()))
        sys.stdout.write(json.dumps(measured_in_call(_watched)) + "\n")
        return 0
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
