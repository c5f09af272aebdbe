"""Made-up stacks: slices whose numbers say which they are. No decoder."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from workstation.core.subscription import Event
from workstation.studies.errors import StudyError
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.series_plane import SlicePlane, edge_marks
from workstation.studies.series_spacing import SeriesNote
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import (
    GreyNumbers,
    GreyWindow,
    Rescale,
    StackInfo,
    StackSeries,
    StackSlice,
)

ROWS, COLUMNS = 40, 50
AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def make_slice(number: int, **changes: object) -> StackSlice:
    """Slice `number` (from 0) of an axial CT, 5 mm apart, pixels of 0.5 mm."""
    plane = SlicePlane(ROWS, COLUMNS, (-10.0, -12.0, 100.0 + 5 * number), AXIAL, (0.5, 0.5))
    values: dict[str, object] = {
        "part": number,
        "frame": 0,
        "uid": f"1.2.{number}",
        "plane": plane,
        "spacing_source": ScaleSource.PIXEL_SPACING,
        "numbers": GreyNumbers(12, signed=False, inverted=False),
        "rescale": Rescale(1, -1024, "HU"),
        "windows": (GreyWindow(35, 90, "ГОЛОВА"),),
        "instance_number": number + 1,
        "location_mm": 100.0 + 5 * number,
        "thickness_mm": 5.0,
        "marks": edge_marks(AXIAL),
    }
    return StackSlice(**(values | changes))  # type: ignore[arg-type]  # fields by name


def make_series(first: int, count: int, **changes: object) -> StackSeries:
    """A series of a head."""
    values: dict[str, object] = {
        "first": first,
        "count": count,
        "title": "Голова",
        "number": 2,
        "modality": "CT",
        "patient_name": "Иванова Анна Петровна",
        "patient_birth_date": date(1984, 3, 9),
        "taken_on": date(2026, 11, 11),
        "taken_at": datetime(2026, 11, 11, 10, 24),
        "step_mm": 5.0,
        "repeats": 1,
        "is_localizer": False,
        "notes": (),
    }
    return StackSeries(**(values | changes))  # type: ignore[arg-type]  # fields by name


def make_stack(
    *counts: int,
    notes: tuple[SeriesNote, ...] = (),
    slices: Sequence[StackSlice] = (),
    modality: str = "CT",
) -> StackInfo:
    """Series of so many slices each, by default one of nine."""
    counts = counts or (len(slices) or 9,)
    series, first = [], 0
    for number, count in enumerate(counts):
        title = f"Голова {number + 1}"
        made = make_series(first, count, number=number + 2, title=title, modality=modality)
        series.append(made)
        first += count
    if notes:
        series[0] = make_series(0, counts[0], notes=notes)
    found = tuple(slices) or tuple(make_slice(number) for number in range(first))
    return StackInfo(found, tuple(series), 0, ())


class MadeUpStack:
    """Every pixel of slice n is n + 1 HU. Slices in `late` come when `let` says so."""

    def __init__(self, info: StackInfo, late: Sequence[int] = ()) -> None:
        self.info = info
        self.arrived: Event[int] = Event()
        self.late = set(late)
        self.looked_at: list[int] = []
        self.asked: list[int] = []
        self.errors: dict[int, list[StudyError]] = {}
        """What asking for a slice raises, one each time."""
        self.closed = False
        self._gates: dict[int, asyncio.Event] = {}

    @property
    def ready_count(self) -> int:
        """How many can be shown."""
        return len(self.info.slices) - len(self.late)

    def let(self, index: int) -> None:
        """Lets a slice come."""
        self.late.discard(index)
        self._gate(index).set()
        self.arrived.emit(index)

    def numbers(self, index: int) -> Numbers | None:
        """Where they are at hand."""
        if index in self.late:
            return None
        plane = self.info.slices[index].plane
        return np.full((plane.rows, plane.columns), 1024 + index + 1, np.uint16)

    async def slice(self, index: int) -> Numbers:
        """When they come."""
        self.asked.append(index)
        if errors := self.errors.get(index):
            raise errors.pop(0)
        await self._gate(index).wait()
        found = self.numbers(index)
        assert found is not None
        return found

    def look_at(self, index: int) -> None:
        """Remembered."""
        self.looked_at.append(index)

    def failed(self, index: int) -> StudyError | None:
        """Never."""
        return None

    async def close(self) -> None:
        """Noted in `closed`."""
        self.closed = True

    def _gate(self, index: int) -> asyncio.Event:
        return self._gates.setdefault(index, asyncio.Event())
