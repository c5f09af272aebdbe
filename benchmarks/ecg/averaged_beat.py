"""The averaged beat: made without holding the window's loop for 50 ms; a bound's step is smooth.

Twelve leads of ten seconds at 500 and 1000 samples a second. Floor of the loop's lateness: the
same loop while nothing is studied. Floor of a step of a bound (values anew, the list, paper and
table painted): paper and table painted alone.
"""

import asyncio
import sys

import numpy as np
import qasync
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from benchmarks.ecg.timing import median_ms
from benchmarks.figures import Figure, at_most, report, stated
from benchmarks.tick_lateness import TickLateness
from tests.ui.viewers.made_up import make_ecg
from tests.ui.waiting import until
from tests.unit.studies.measure.ecg.hearts import RATE, heart, lead
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.beat_study import study_beat
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView

HELD_MS, PAINTED_MS = 50.0, 16.0
TIMES_RATE = (1, 2)
STUDIES, STEPS = 12, 40
SIZE = (1320, 490)


def record_of(times: int) -> EcgRecord:
    """The made-up heart, sampled so many times more often than 500 a second."""
    count = 10 * round(RATE)
    fine = np.arange(count * times) / times
    leads = [lead(np.interp(fine, np.arange(count), one.samples), one.name) for one in heart()]
    return make_ecg(leads, sampling_rate_hz=RATE * times)


async def latest_ms(view: EcgView, studies: int, seconds: float = 0.0) -> float:
    """The latest tick of the loop while so many beats are made, or while nothing is."""
    ticks, model = TickLateness(view), view.beat.model
    await asyncio.sleep(seconds)
    for _ in range(studies):
        model.close()
        model.open()
        await until(lambda: not model.is_working)
    worst = max(ticks.values_ms)
    ticks.deleteLater()
    return worst


def step_ms(view: EcgView) -> tuple[float, float]:
    """A step of a bound with all that follows, and the painting alone."""
    model, panel = view.beat.model, view.beat
    model.choose(Landmark.T_END)
    steps = iter(range(10_000))

    def paint() -> None:
        panel.paper.repaint()
        panel.table.repaint()

    def step() -> None:
        model.step(1 if next(steps) % 2 else -1)
        paint()

    return median_ms(step, STEPS), median_ms(paint, STEPS)


async def _of_rate(view: EcgView, times: int) -> list[Figure]:
    errors: list[BaseException] = []
    record, tasks = record_of(times), TaskScope(errors.append)
    words = f"12 leads, 10 s, {record.sampling_rate_hz:g} a second"
    alone = median_ms(lambda: study_beat(record), 5)
    view.show_record(record, tasks)
    view.beat.toggle()
    await until(lambda: not view.beat.model.is_working)
    await asyncio.sleep(0.1)
    quiet = await latest_ms(view, 0, 1.0)
    busy = await latest_ms(view, STUDIES)
    step, floor = step_ms(view)
    view.beat.close_beat()
    await tasks.close()
    assert errors == []
    reading = median_ms(lambda: [float(one.samples.sum()) for one in record.leads], 5)
    return [
        stated(f"{words}: R peaks, beat, proposals", alone, reading, "ms"),
        at_most(f"{words}: the loop is late by at most", busy, HELD_MS, "ms", floor=quiet),
        at_most(f"{words}: a bound's step, painted", step, PAINTED_MS, "ms", floor=floor),
    ]


async def _figures() -> list[Figure]:
    view = EcgView(Theme(load_tokens(), Scheme.DARK), ScreenCalibration(3.8, calibrated=False))
    view.resize(*SIZE)
    view.show()
    found = [figure for times in TIMES_RATE for figure in await _of_rate(view, times)]
    view.hide()
    QObject.deleteLater(view)
    return found


def figures() -> list[Figure]:
    """Of both rates."""
    there = QApplication.instance()
    application = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    load_fonts()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(_figures())


if __name__ == "__main__":
    raise SystemExit(report(figures()))
