"""A JPEG clip of 87 frames, 975 x 743: decoding in the decoder process, and its first frame.

Floor: libjpeg-turbo (Pillow) decoding the same frames in this process, in turns with it. The
promises: half of the floor's rate or better to frames that can be shown; the first one painted
within 2 floors of one frame and 30 ms; 250 MiB or less for window and decoder together.

The first one is painted when the window's update with it is over: the window paints it by itself,
so a `repaint()` of the benchmark's own would paint it a second time (3 to 4 ms).
"""

import asyncio
import io
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import qasync
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QTimer

from benchmarks.figures import Figure, at_most, at_most_above, at_most_times, report
from benchmarks.imaging.samples import clips
from workstation.application import make_application
from workstation.studies.decoder import Decoder
from workstation.studies.readers.dicom_file import read_dicom
from workstation.studies.readers.stored_frames import StoredFrames
from workstation.studies.study import ClipStudy
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.cine_view import CineView

RUNS = 7
LOOPS = 3
AHEAD = 8
RATE_RATIO = 2.0
FIRST_FRAME_MS = 30.0
MEMORY_MIB = 250.0
SIZE = (1280, 900)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, medians; of one frame, where nothing else is said."""

    decoded: float
    floor: float
    first_painted: float
    first_floor: float
    memory_mib: float


class FirstFrame(QObject):
    """When the next frame of a view has been painted, to the end of the window's update."""

    def __init__(self, view: CineView) -> None:
        super().__init__()
        self.painted = asyncio.Event()
        self.painted_at = 0.0
        self._view = view
        self._is_there = False
        view.frame_shown.connect(self._came)
        view.canvas.installEventFilter(self)

    def forget(self) -> None:
        """No further frame is waited for."""
        self._view.canvas.removeEventFilter(self)
        self._view.frame_shown.disconnect(self._came)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._is_there:
            QTimer.singleShot(0, self._over)
        return False

    def _came(self, index: int) -> None:
        self._is_there = True

    def _over(self) -> None:
        if not self.painted.is_set():
            self.painted_at = time.perf_counter()
            self.painted.set()


async def measured(decoder: Decoder, view: CineView, content: bytes) -> Times:
    """Everything of one clip, in turns with its floor."""
    frames = _frames(content)
    await _first_painted(decoder, view, content)
    decoded, floor, first, first_floor = [], [], [], []
    before = megabytes(decoder)
    memory = 0.0
    for _ in range(RUNS):
        floor.append(_bare(frames))
        spent, held = await _through_the_process(decoder, content)
        decoded.append(spent)
        memory = max(memory, held - before)
        first_floor.append(_bare(frames[:1]))
        first.append(await _first_painted(decoder, view, content))
    median = statistics.median
    return Times(median(decoded), median(floor), median(first), median(first_floor), memory)


def _frames(content: bytes) -> list[bytes]:
    frames = StoredFrames(read_dicom(memoryview(content)))
    return [frames.packed(index) for index in range(frames.frame_count)]


def _bare(frames: list[bytes]) -> float:
    begun = time.perf_counter()
    for frame in frames:
        Image.open(io.BytesIO(frame)).load()
    return 1000 * (time.perf_counter() - begun) / len(frames)


async def _through_the_process(decoder: Decoder, content: bytes) -> tuple[float, float]:
    """Frames one after another, drawn ahead as the viewer asks for them; MiB held at the end."""
    study = await decoder.open(content)
    assert isinstance(study, ClipStudy)
    count = study.info.frame_count
    await study.draw_first()
    begun = time.perf_counter()
    for number in range(LOOPS * count):
        study.prefetch((number + ahead) % count for ahead in range(AHEAD))
        (await study.frame(number % count)).release()
    spent = 1000 * (time.perf_counter() - begun) / (LOOPS * count)
    held = megabytes(decoder)
    await study.close()
    return spent, held


async def _first_painted(decoder: Decoder, view: CineView, content: bytes) -> float:
    """From the bytes in hand to the painted frame."""
    first = FirstFrame(view)
    tasks = TaskScope(on_error=_raise)
    begun = time.perf_counter()
    study = await decoder.open(content)
    assert isinstance(study, ClipStudy)
    view.show_clip(study.info, study, tasks)
    await first.painted.wait()
    first.forget()
    view.clear()
    await tasks.close()
    await study.close()
    return 1000 * (first.painted_at - begun)


def _raise(error: BaseException) -> None:
    raise error


def megabytes(decoder: Decoder) -> float:
    """Of both processes, pages that they share counted once (proc(5), smaps_rollup)."""
    return sum(_proportional(process) for process in ("self", str(decoder.pid))) / 1024


def _proportional(process: str) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _figures(name: str, times: Times) -> list[Figure]:
    whole, first = f"{name}: decoded, ms a frame", f"{name}: first frame painted"
    limit = 2 * times.first_floor + FIRST_FRAME_MS
    return [
        at_most_times(whole, times.decoded, times.floor, RATE_RATIO, "ms"),
        at_most(first, times.first_painted, limit, "ms", floor=times.first_floor),
        at_most_above(f"{name}: memory", times.memory_mib, 0.0, MEMORY_MIB, "MiB"),
    ]


async def of_clips() -> list[Figure]:
    """Each clip that is there."""
    load_fonts()
    view, decoder = CineView(Theme(load_tokens(), Scheme.DARK)), Decoder()
    view.resize(*SIZE)
    view.show()
    found: list[Figure] = []
    try:
        for name, content in clips().items():
            found += _figures(name, await measured(decoder, view, content))
    finally:
        await decoder.close()
        view.hide()
        view.deleteLater()
    return found


def figures() -> list[Figure]:
    """On the window's own loop."""
    application = make_application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(of_clips())


if __name__ == "__main__":
    raise SystemExit(report(figures()))
