"""A CT series of 500 slices of 512x512: first picture, whole stack, scroll, window and level.

The files are local: their bytes are in memory, as the encrypted store hands them over. The floor
of the opening is reading the bytes: every slice's numbers summed up in this process. Of the first
picture it is one slice through a table, drawn into a picture of the window's size; that is the
floor of a scroll step and of a change of the window, too, measured between them. The stall is how
long the window's own 10 ms timer was kept waiting by CPU of its thread while the series was opened
and unpacked.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import qasync
from pydicom.dataset import Dataset
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, at_most, report, stated
from benchmarks.imaging.ct_series import SIDE, ct_files
from benchmarks.memory import peak_mib
from benchmarks.tick_lateness import TickLateness, percentile
from workstation.application import make_application
from workstation.studies.decoder import Decoder
from workstation.studies.stack import GreyNumbers, GreyWindow, Rescale
from workstation.studies.stack_greys import draw, grey_table
from workstation.studies.stack_study import StackStudy
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.stack.view import StackView

SLICES = 500
RUNS = 5
STEPS = 200
FIRST_MS, WHOLE_MS, STEP_MS, STALL_MS = 300.0, 3000.0, 16.0, 50.0
SIZE = (1100, 720)
_GREY = (GreyNumbers(12, signed=False, inverted=False), Rescale(1, -1024, "HU"), GreyWindow(40, 80))


class Desk:
    """A viewer in a window of its own, and the decoder."""

    def __init__(self) -> None:
        load_fonts()
        self.view = StackView(Theme(load_tokens(), Scheme.DARK))
        self.view.resize(*SIZE)
        self.view.show()
        self.decoder = Decoder()
        self.tasks = TaskScope(on_error=_raise)

    async def open(self, files: Sequence[bytes]) -> tuple[StackStudy, float, float]:
        """The study, ms to the first painted picture, ms until every slice is at hand."""
        begun = time.perf_counter()
        study = await self.decoder.open_series(files)
        self.view.show_stack(study.info, study, self.tasks)
        self.view.canvas.repaint()
        first = _since(begun)
        await _all_there(study)
        return study, first, _since(begun)

    async def close(self, study: StackStudy) -> None:
        """Gives the study back."""
        self.view.clear()
        await study.close()


async def _all_there(study: StackStudy) -> None:
    come: asyncio.Queue[int] = asyncio.Queue()
    stop = study.arrived.subscribe(come.put_nowait)
    while study.ready_count < len(study.info.slices):
        await come.get()
    stop()


def _raise(error: BaseException) -> None:
    raise error


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


def floor_of_bytes(files: Sequence[bytes]) -> float:
    """ms to read every slice's numbers."""
    begun = time.perf_counter()
    size = 2 * SIDE * SIDE
    for file in files:
        np.frombuffer(file, np.uint16, SIDE * SIDE, len(file) - size).sum()
    return _since(begun)


def floor_of_picture(file: bytes) -> float:
    """ms from the bytes of a slice to a picture as large as the window's."""
    begun = time.perf_counter()
    numbers = np.frombuffer(file, np.uint16, SIDE * SIDE, len(file) - 2 * SIDE * SIDE)
    pixels = np.empty((SIDE, SIDE), np.uint32)
    draw(numbers.reshape(SIDE, SIDE), grey_table(*_GREY, inverted=False), pixels)
    data = pixels.view(np.uint8).reshape(SIDE, SIDE, 4)
    picture = QImage(data.data, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32)
    target = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(target.rect(), Qt.GlobalColor.black)
    painter.drawImage(QRectF(190, 0, SIZE[1], SIZE[1]), picture)
    painter.end()
    return _since(begun)


@dataclass(slots=True)
class Timed:
    """ms of one thing done again and again, and of its floor in between."""

    values: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)

    def figures(self, name: str) -> list[Figure]:
        """Median and the slowest but for 5 of 100."""
        median, floor = statistics.median(self.values), statistics.median(self.floors)
        late, late_floor = percentile(self.values, 0.95), percentile(self.floors, 0.95)
        return [
            at_most(f"{name}, median", median, STEP_MS, "ms", floor=floor),
            at_most(f"{name}, p95", late, STEP_MS, "ms", floor=late_floor),
        ]

    def add(self, number: int, begun: float, file: bytes) -> None:
        """One more; the floor at every fourth."""
        self.values.append(_since(begun))
        if number % 4 == 0:
            self.floors.append(floor_of_picture(file))


def time_steps(view: StackView, timed: Timed, file: bytes) -> None:
    """Each scroll step with its painting."""
    assert view.model is not None
    view.model.to_end(last=False)
    for number in range(STEPS):
        begun = time.perf_counter()
        view.model.step(1)
        view.canvas.repaint()
        timed.add(number, begun, file)


def time_pulls(view: StackView, timed: Timed, file: bytes) -> None:
    """Each change of window and level with its painting."""
    for number in range(STEPS):
        begun = time.perf_counter()
        way = 0.01 if number < STEPS // 2 else -0.01
        view.canvas.window_pulled.emit(way, way)
        view.canvas.repaint()
        timed.add(number, begun, file)


async def plain_files(desk: Desk, files: Sequence[bytes]) -> list[Figure]:
    """Uncompressed slices, several times."""
    firsts, wholes, floors, pictures = [], [], [], []
    steps, pulls = Timed(), Timed()
    held = 0
    await desk.close((await desk.open(files[:3]))[0])  # the process is up
    for _ in range(RUNS):
        floors.append(floor_of_bytes(files))
        pictures.append(floor_of_picture(files[0]))
        study, first, whole = await desk.open(files)
        firsts.append(first)
        wholes.append(whole)
        time_steps(desk.view, steps, files[0])
        time_pulls(desk.view, pulls, files[0])
        held = study.held_bytes
        await desk.close(study)
    picture, floor = statistics.median(pictures), statistics.median(floors)
    sizes = sum(map(len, files))
    return [
        at_most("first picture of 500", statistics.median(firsts), FIRST_MS, "ms", floor=picture),
        at_most("500 slices scrollable", statistics.median(wholes), WHOLE_MS, "ms", floor=floor),
        *steps.figures("scroll step"),
        *pulls.figures("window/level"),
        stated("memory of the open series", held / 2**20, sizes / 2**20, "MiB"),
        stated("window process, most resident", peak_mib(), sizes / 2**20, "MiB"),
    ]


async def stall(desk: Desk, files: Sequence[bytes]) -> Figure:
    """The window's own CPU between two ticks of a 10 ms timer, while slices are unpacked."""
    lateness = TickLateness(desk.view)
    study, _, whole = await desk.open(files)
    for _ in range(100):
        desk.view.canvas.wheel_turned.emit(1)
        await asyncio.sleep(0.005)
    worst = max(lateness.busy_ms)
    lateness.deleteLater()
    await desk.close(study)
    name = f"longest stall while {len(files)} packed slices open ({whole:.0f} ms)"
    return at_most(name, worst, STALL_MS, "ms", floor=0.1)


def packed(files: Sequence[bytes]) -> list[bytes]:
    """The same slices as RLE."""
    import io

    import pydicom
    from pydicom.uid import RLELossless

    found = []
    for file in files:
        dataset: Dataset = pydicom.dcmread(io.BytesIO(file))
        dataset.compress(RLELossless, generate_instance_uid=False)
        written = io.BytesIO()
        dataset.save_as(written, enforce_file_format=True)
        found.append(written.getvalue())
    return found


async def measured(application: QApplication) -> list[Figure]:
    """All figures."""
    files = ct_files(SLICES)
    desk = Desk()
    try:
        found = await plain_files(desk, files)
        found.append(await stall(desk, packed(files[:60])))
    finally:
        desk.view.hide()
        await desk.decoder.close()
    return found


def figures() -> list[Figure]:
    """In an application of its own."""
    application = make_application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(measured(application))


if __name__ == "__main__":
    sys.exit(report(figures()))
