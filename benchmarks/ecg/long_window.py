"""The window with a day's ECG open, for `long_record`: `python -m benchmarks.ecg.long_window FILE`.

Prints one JSON object: when the first picture was there, how long pictures took while the day was
moved and zoomed, what memory the window holds, how late its loop was.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import qasync
from PySide6.QtWidgets import QApplication, QFrame

from benchmarks.ecg.long_files import FIRST, R_PEAK, RATE, RR_S
from benchmarks.ecg.timing import milliseconds
from benchmarks.tick_lateness import TickLateness, percentile
from tests.unit.studies import long_files as small
from workstation.studies.decoder import Decoder
from workstation.studies.long_study import LongEcgStudy
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.ecg.long.columns import Window, extremes
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView

SIZE: Final = (1280, 560)
MIB: Final = 1024 * 1024
ZOOMS_S: Final = (86_400.0, 21_600.0, 3600.0, 600.0, 120.0, 30.0)
PICTURES: Final = 60
IDLE_S: Final = 1.0


class Told(msgspec.Struct, frozen=True):
    """What the parent reads."""

    first_picture_ms: float
    share_ms: float
    """Of that, the floor: the bytes copied once, as any process would have to."""
    frame_ms: list[float]
    paper_ms: list[float]
    blank_ms: list[float]
    """Pictures of the same size with nothing in them."""
    survey_ms: float
    late_ms: float
    """The loop, from the first picture to the end of the survey; of 100 ticks the last but one."""
    busy_ms: float
    """CPU of the loop's thread between two ticks of 10 ms: a busy machine adds nothing."""
    idle_ms: float
    """The same before the file was opened."""
    held_mib: float
    window_mib: float
    """Of the process alone, without shared memory."""
    lost: int
    """Columns with an R peak that do not reach it, over all zooms."""


def main(arguments: list[str]) -> int:
    """Measures one file."""
    application = QApplication([])
    load_fonts()
    file = [Path(arguments[0]).read_bytes()]
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        told = runner.run(_measured(file))
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    return 0


async def _measured(file: list[bytes]) -> Told:
    """`file` holds the one file, which is let go of when it is open, as the program does."""
    theme = Theme(load_tokens(), Scheme.DARK)
    view = LongEcgView(theme, EcgView(theme, ScreenCalibration(4.0, calibrated=True)))
    view.resize(*SIZE)
    view.show()
    decoder, tasks = Decoder(), TaskScope(_raise)
    await decoder.start()
    # The process is up and has read something: the window starts it before the first file.
    await (await decoder.open(small.edf(small.counts(2)))).close()
    share_ms = milliseconds(lambda: bytearray(file[0]))
    idle = TickLateness(view)
    await asyncio.sleep(IDLE_S)
    idle_ms = percentile(idle.values_ms, 0.99)
    begun = time.perf_counter()
    study = await decoder.open(file.pop())
    assert isinstance(study, LongEcgStudy)
    late = TickLateness(view)
    view.show_long(study, tasks)
    view.repaint()
    first_ms = 1000 * (time.perf_counter() - begun)
    await _surveyed(view)
    survey_ms = 1000 * (time.perf_counter() - begun)
    late_ms, busy_ms = (percentile(one, 0.99) for one in (late.values_ms, late.busy_ms))
    blank_ms = await _blank(view)
    frame_ms = list(_frames(view))
    view.model.to_paper(40_000)
    told = Told(
        first_picture_ms=first_ms,
        share_ms=share_ms,
        frame_ms=frame_ms,
        paper_ms=[milliseconds(partial(_moved, view, 1.0)) for _ in range(PICTURES)],
        blank_ms=blank_ms,
        survey_ms=survey_ms,
        late_ms=late_ms,
        busy_ms=busy_ms,
        idle_ms=idle_ms,
        held_mib=study.held_bytes / MIB,
        window_mib=_own_mib(),
        lost=sum(_lost(view, length) for length in ZOOMS_S),
    )
    view.clear()
    await tasks.close()
    await study.close()
    await decoder.close()
    view.hide()
    return told


async def _surveyed(view: LongEcgView) -> None:
    over = asyncio.Event()

    def look() -> None:
        if not view.model.is_surveying:
            over.set()

    view.model.surveyed.connect(look)
    look()
    await over.wait()


async def _blank(view: LongEcgView) -> list[float]:
    """The floor: a window of the same size that fills itself with one colour."""
    bare = QFrame()
    bare.setAutoFillBackground(True)
    bare.resize(view.size())
    bare.show()
    await asyncio.sleep(0.1)
    found = [milliseconds(bare.repaint) for _ in range(PICTURES)]
    bare.hide()
    return found


def _frames(view: LongEcgView) -> Iterator[float]:
    """Moved along the day at every zoom, and zoomed in and out."""
    model = view.model
    for length in ZOOMS_S:
        model.look_at(30_000.0, length)
        for _ in range(PICTURES):
            yield milliseconds(partial(_moved, view, length / 50))
    for steps in (*[-1] * 12, *[1] * 11, *[-1] * 12):
        yield milliseconds(partial(_zoomed, view, steps))


def _moved(view: LongEcgView, seconds: float) -> None:
    view.model.move(seconds)
    view.repaint()


def _zoomed(view: LongEcgView, steps: int) -> None:
    view.model.zoom(steps, 0.4)
    view.repaint()


def _lost(view: LongEcgView, length_s: float) -> int:
    ecg = view.model.ecg
    assert ecg is not None
    window = Window.of(ecg, 20_000.0, length_s, SIZE[0])
    edges = window.start + (window.stop - window.start) * np.arange(window.columns + 1) // (
        window.columns
    )
    peaks = np.arange(FIRST, ecg.sample_count, round(RR_S * RATE))
    inside = peaks[(peaks >= window.start) & (peaks < window.stop)]
    columns = np.unique(np.searchsorted(edges, inside, side="right") - 1)
    count = 0
    for lead in ecg.leads:
        found = extremes(lead, view.model.envelopes[lead.name], window)
        assert found is not None
        count += int(np.count_nonzero(found[1][columns] < R_PEAK * lead.scale * 0.999))
    return count


def _own_mib() -> float:
    """Anonymous and file pages that are in memory; shared blocks are counted whole elsewhere."""
    status = Path("/proc/self/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return sum(int(fields[name].split()[0]) for name in ("RssAnon", "RssFile")) / 1024


def _raise(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
