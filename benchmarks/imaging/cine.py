"""Clips that play: dropped frames, true length, stalls of the window's loop, memory.

A clip of 87 frames, 975 x 743, runs ten times; 60 frames a second of 1024 x 768, packed and not,
run ten seconds; four clips run in step. A frame is dropped if it never was painted.

Floors of the same run: how late a timer comes in a bare window, a process of its own at the same
time, and how long the window's thread was ready but had no processor, by the kernel's own count
(frames that the worse of the two would have lost are the machine's); libjpeg-turbo (Pillow)
decoding the same frames, for the CPU time of a frame in both processes. The bare window is started
ahead of the count: its start takes a processor for a second, which the floor does not see.
"""

import asyncio
import gc
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import qasync
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from benchmarks.figures import Figure, at_most, at_most_above, report, stated
from benchmarks.imaging.clip import megabytes
from benchmarks.imaging.samples import clips, fast_clip, made_clip
from benchmarks.tick_lateness import PERIOD_MS, TickLateness
from workstation.application import make_application
from workstation.garbage import CollectionBetweenEvents
from workstation.studies.decoder import Decoder
from workstation.studies.film import Timed
from workstation.studies.readers.dicom_file import read_dicom
from workstation.studies.readers.stored_frames import StoredFrames
from workstation.studies.study import ClipStudy
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import CineView, elapsed_ms

LOOPS = 10
SECONDS = 10.0
BARE_STARTS_S = 2.0
LENGTH_SHARE = 0.02
DROPPED_SHARE = 0.01
STALL_MS = 50.0
MEMORY_MIB = 250.0
SIZE = (1366, 768)


class Painted(QObject):
    """What of a view came to the screen."""

    def __init__(self, view: CineView) -> None:
        super().__init__(view)
        self.begins: list[tuple[float, int]] = []
        """When frame 0 was painted, seconds, and its place through all passes."""
        self._view = view
        self.frames, self.overpainted = 0, 0
        self._waits: int | None = None
        view.frame_shown.connect(self._shown)
        view.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._waits is not None:
            self.frames += 1
            player = self._view.playback.player
            if self._waits == 0 and player is not None and player.index == 0:
                self.begins.append((time.perf_counter(), player.number))
            self._waits = None
        return False

    def _shown(self, index: int) -> None:
        self.overpainted += self._waits is not None
        self._waits = index


class WaitedForCpu(QObject):
    """How long the loop's thread was ready and had no processor, between two ticks of 10 ms.

    By the kernel (proc(5), schedstat): what a busy machine takes, and no code can give back.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values_ms: list[float] = []
        self._last = self._waited_ns()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._tick)
        timer.start(round(PERIOD_MS))

    def _tick(self) -> None:
        waited = self._waited_ns()
        self.values_ms.append((waited - self._last) / 1e6)
        self._last = waited

    @staticmethod
    def _waited_ns() -> int:
        return int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1])


@dataclass(slots=True)
class Run:
    """One run of one or several clips."""

    painted: int = 0
    dropped: int = 0
    lost_by_machine: int = 0
    stall_ms: float = 0.0
    busy_ms: float = 0.0
    """The most CPU that the loop used between two ticks of 10 ms."""
    bare_stall_ms: float = 0.0
    waited_ms: float = 0.0
    cpu_ms: float = 0.0
    memory_mib: float = 0.0
    begins: list[tuple[float, int]] = field(default_factory=list)


async def run_of(decoder: Decoder, contents: list[bytes], seconds: float) -> Run:
    """Plays the clips for so long, in step where they are several."""
    window, views = _window(len(contents))
    tasks = TaskScope(on_error=_raise)
    before = megabytes(decoder)
    studies = [await decoder.open(content) for content in contents]
    painted = [Painted(view) for view in views]
    for view, study in zip(views, studies, strict=True):
        assert isinstance(study, ClipStudy)
        await study.draw_first()
        view.show_clip(study.info, study, tasks)
    await asyncio.sleep(0.5)
    if len(views) > 1:
        views[0].do("clip.in_step")
    run = await _played(decoder, views, painted, seconds)
    run.memory_mib = megabytes(decoder) - before
    for view in views:
        view.clear()
    window.hide()
    window.deleteLater()
    await tasks.close()
    for study in studies:
        await study.close()
    return run


async def _played(
    decoder: Decoder, views: list[CineView], painted: list[Painted], seconds: float
) -> Run:
    bare = _bare_window(seconds + BARE_STARTS_S)
    await asyncio.sleep(BARE_STARTS_S)
    lateness, waited = TickLateness(views[0]), WaitedForCpu(views[0])
    dropped = sum(view.dropped for view in views) + sum(one.overpainted for one in painted)
    frames, used, begun = sum(one.frames for one in painted), _used_s(decoder), time.perf_counter()
    await asyncio.sleep(seconds)
    run = Run(painted=sum(one.frames for one in painted) - frames)
    run.dropped = sum(view.dropped for view in views)
    run.dropped += sum(one.overpainted for one in painted) - dropped
    run.cpu_ms = 1000 * (_used_s(decoder) - used) / max(1, run.painted)
    run.stall_ms, run.busy_ms = max(lateness.values_ms), max(lateness.busy_ms)
    output, _ = await asyncio.to_thread(bare.communicate)
    late = json.loads(output.strip().splitlines()[-1])
    run.bare_stall_ms, run.waited_ms = max(late), max(waited.values_ms)
    info = views[0].playback.info
    assert info is not None
    run.lost_by_machine = max(_lost(late, info), _lost(waited.values_ms, info)) * len(views)
    run.begins = [begin for begin in painted[0].begins if begin[0] >= begun]
    return run


def _bare_window(seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.bare_window", str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _lost(late_ms: list[float], info: Timed) -> int:
    """Frames that a loop as late as that loses, were its own work nothing."""
    return sum(int(one * info.frame_count // info.duration_ms) for one in late_ms)


def _window(count: int) -> tuple[QWidget, list[CineView]]:
    theme, now, together = Theme(load_tokens(), Scheme.DARK), elapsed_ms(), ClipsInStep()
    window = QWidget()
    together.setParent(window)
    grid = QGridLayout(window)
    views = [CineView(theme, window, now_ms=now, in_step=together) for _ in range(count)]
    for place, view in enumerate(views):
        grid.addWidget(view, place // 2, place % 2)
    window.resize(*SIZE)
    window.show()
    return window, views


def _used_s(decoder: Decoder) -> float:
    """CPU seconds of both processes (proc(5), stat)."""
    fields = Path(f"/proc/{decoder.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return time.process_time() + (int(fields[11]) + int(fields[12])) / ticks


def _decoded_ms(content: bytes) -> float:
    """Floor: libjpeg-turbo, a frame, CPU time."""
    frames = StoredFrames(read_dicom(memoryview(content)))
    begun = time.process_time()
    for index in range(frames.frame_count):
        Image.open(io.BytesIO(frames.packed(index))).load()
    return 1000 * (time.process_time() - begun) / frames.frame_count


def _copied_ms(content: bytes) -> float:
    """Floor of what is not packed: its bytes, read once, a frame."""
    frames = StoredFrames(read_dicom(memoryview(content)))
    begun = time.process_time()
    for index in range(frames.frame_count):
        bytes(frames.stored(index).data)
    return 1000 * (time.process_time() - begun) / frames.frame_count


def _stall(name: str, run: Run) -> list[Figure]:
    """By the loop's own work, which a busy machine does not add to; and by the clock."""
    floor = max(run.bare_stall_ms, run.waited_ms)
    return [
        at_most(f"{name}: stall by its own work", run.busy_ms, STALL_MS, "ms", floor=0.0),
        at_most_above(f"{name}: stall", run.stall_ms, floor, STALL_MS, "ms"),
    ]


async def _ten_loops(decoder: Decoder, name: str, content: bytes) -> list[Figure]:
    study = await decoder.open(content)
    assert isinstance(study, ClipStudy)
    length_s, count = study.info.duration_ms / 1000, study.info.frame_count
    await study.close()
    run = await run_of(decoder, [content], (LOOPS + 1) * length_s)
    (first_s, first), (last_s, last) = run.begins[0], run.begins[-1]
    off = abs((last_s - first_s) / ((last - first) / count * length_s) - 1)
    dropped = at_most_above(
        f"{name}: dropped of {run.painted + run.dropped}",
        run.dropped,
        run.lost_by_machine,
        DROPPED_SHARE * LOOPS * count,
        "frames",
    )
    return [
        at_most(f"{name}: length of its loops off", 100 * off, 100 * LENGTH_SHARE, "%", floor=0.0),
        dropped,
        *_stall(name, run),
        at_most_above(f"{name}: memory", run.memory_mib, 0.0, MEMORY_MIB, "MiB"),
        stated(f"{name}: CPU a frame", run.cpu_ms, _decoded_ms(content), "ms"),
    ]


async def _sixty(decoder: Decoder, name: str, content: bytes, floor_ms: float) -> list[Figure]:
    run = await run_of(decoder, [content], SECONDS)
    title = f"{name}: dropped of {run.painted + run.dropped}"
    return [
        at_most_above(title, run.dropped, run.lost_by_machine, 0, "frames"),
        *_stall(name, run),
        stated(f"{name}: CPU a frame", run.cpu_ms, floor_ms, "ms"),
    ]


async def _four(decoder: Decoder) -> list[Figure]:
    run = await run_of(decoder, [made_clip()] * 4, SECONDS)
    name = "four clips in step"
    total = run.painted + run.dropped
    return [
        stated(f"{name}: dropped of {total}", run.dropped, run.lost_by_machine, "frames"),
        *_stall(name, run),
        stated(f"{name}: CPU a frame", run.cpu_ms, _decoded_ms(made_clip()), "ms"),
        stated(f"{name}: memory", run.memory_mib, 0.0, "MiB"),
    ]


def _raise(error: BaseException) -> None:
    raise error


async def of_clips() -> list[Figure]:
    """All of them, one after another."""
    load_fonts()
    decoder, found = Decoder(), []
    try:
        packed, plain = fast_clip(packed=True), fast_clip(packed=False)
        await (await decoder.open(packed)).close()  # the process is up
        found += await _sixty(decoder, "60 a second, JPEG", packed, _decoded_ms(packed))
        found += await _sixty(decoder, "60 a second, uncompressed", plain, _copied_ms(plain))
        found += await _four(decoder)
        for name, content in clips().items():
            found += await _ten_loops(decoder, name, content)
    finally:
        await decoder.close()
    return found


def figures() -> list[Figure]:
    """On the window's own loop."""
    application = make_application()
    loop = asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application))
    with loop as runner, CollectionBetweenEvents():  # as in the program
        gc.freeze()
        return runner.run(of_clips())


if __name__ == "__main__":
    raise SystemExit(report(figures()))
