"""A beat's model on a made-up heart, studied at once or when the test lets it."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from tests.ui.viewers.made_up import make_ecg
from tests.ui.waiting import until
from tests.unit.studies.measure.ecg.hearts import heart
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.beat_study import BeatStudy, study_beat
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.measurements import EcgMeasurements, Line

NO_FILTER = TraceFilter()


@cache
def studied(shape: str, chosen: TraceFilter = NO_FILTER) -> BeatStudy:
    """Of a made-up heart; made once."""
    return study_beat(record_of(shape), chosen)


@cache
def record_of(shape: str) -> EcgRecord:
    """Ten seconds of that heart."""
    return make_ecg(heart(shape), name=shape)


class SlowStudy:
    """Studies in its thread only when it is let."""

    def __init__(self) -> None:
        self.asked: list[EcgRecord] = []
        self.threads: set[int] = set()
        self._gate = threading.Event()

    def __call__(self, record: EcgRecord, chosen: TraceFilter) -> BeatStudy:
        self.asked.append(record)
        self.threads.add(threading.get_ident())
        self._gate.wait(20)
        return studied(record.name, chosen)

    def let(self) -> None:
        """All studies go on."""
        self._gate.set()


class BeatDesk:
    """The model with its list, as if the panel were open."""

    def __init__(self, model: BeatModel, measurements: EcgMeasurements, tasks: TaskScope) -> None:
        self.model, self.measurements, self.tasks = model, measurements, tasks

    async def show(self, shape: str, chosen: TraceFilter = NO_FILTER) -> None:
        """That heart, studied."""
        self.model.follow(record_of(shape), chosen, self.tasks)
        await until(lambda: not self.model.is_working)

    def line(self, label: str, code: str = "none") -> Line:
        """The line of that quantity and detail: "qt", "qtc bazett", "st J+60"."""
        quantity, _, detail = label.partition(" ")
        return next(
            line
            for line in self.measurements.lines
            if (line.measured.quantity.value, line.measured.detail) == (quantity, detail)
            and line.measured.place.filter == code
        )

    @property
    def labels(self) -> list[str]:
        """Of all lines in their order."""
        found = (line.measured for line in self.measurements.lines)
        return [f"{one.quantity.value} {one.detail}".strip() for one in found]


@asynccontextmanager
async def beat_desk(shape: str = "normal") -> AsyncIterator[BeatDesk]:
    """Open on that heart."""
    errors: list[BaseException] = []
    tasks, measurements = TaskScope(errors.append), EcgMeasurements()
    model = BeatModel(measurements, study=lambda record, chosen: studied(record.name, chosen))
    desk = BeatDesk(model, measurements, tasks)
    model.open()
    await desk.show(shape)
    yield desk
    await tasks.close()
    assert errors == []
