"""Which slice is looked at and through which window: series after series. No widgets."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal

from workstation.core.subscription import Event
from workstation.studies.errors import StudyError
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import (
    GreyLut,
    GreyView,
    GreyWindow,
    StackInfo,
    StackSeries,
    StackSlice,
)
from workstation.studies.stack_greys import window_of_content
from workstation.ui.viewers.stack.windows import WindowChoice, dragged, straight, window_by


@runtime_checkable
class StackSource(Protocol):
    """Where stored numbers come from: an open study."""

    @property
    def info(self) -> StackInfo:
        """What there is."""

    @property
    def arrived(self) -> Event[int]:
        """A slice's numbers have come."""

    @property
    def ready_count(self) -> int:
        """How many slices can be shown at once."""

    def numbers(self, index: int) -> Numbers | None:
        """A slice's numbers where they are at hand."""

    async def slice(self, index: int) -> Numbers:
        """A slice's numbers; raises StudyError."""

    def look_at(self, index: int) -> None:
        """Brings those around it ahead."""

    def failed(self, index: int) -> StudyError | None:
        """Why a slice cannot be had."""


class StackModel(QObject):
    """One study at a time. Each series keeps its place and its window while the study is open."""

    moved = Signal()
    """Another slice is wanted."""
    regreyed = Signal()
    """Another window, or inverted."""

    def __init__(self, info: StackInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.info = info
        self.index = info.series[0].first + info.series[0].count // 2
        """The slice that is wanted: at first the middle one, where the organ is."""
        self.series = 0
        self._places = [one.first + one.count // 2 for one in info.series]
        self._choices = [WindowChoice() for _ in info.series]
        self._contents: dict[int, GreyWindow] = {}

    @property
    def slice(self) -> StackSlice:
        """The slice that is wanted."""
        return self.info.slices[self.index]

    @property
    def present(self) -> StackSeries:
        """The series that is looked at."""
        return self.info.series[self.series]

    @property
    def number(self) -> int:
        """The slice's number in its series, from 1."""
        return self.index - self.present.first + 1

    @property
    def choice(self) -> WindowChoice:
        """How the present series is shown."""
        return self._choices[self.series]

    def go_to(self, index: int) -> None:
        """To that slice, in whatever series."""
        series = self.info.series_of(min(max(index, 0), len(self.info.slices) - 1))
        self._set(series, index)

    def step(self, slices: int) -> None:
        """So many on or back, not beyond the series' ends."""
        self._set(self.series, self.index + slices)

    def play_on(self, slices: int) -> None:
        """So many on, from the end to the beginning again."""
        one = self.present
        self._set(self.series, one.first + (self.index - one.first + slices) % one.count)

    def to_end(self, *, last: bool) -> None:
        """To the first slice of the series or to the last."""
        self._set(self.series, len(self.info.slices) if last else 0)

    def turn_to(self, series: int) -> None:
        """To another series, where it was left."""
        if 0 <= series < len(self.info.series):
            self._set(series, self._places[series])

    def choose(self, choice: WindowChoice) -> None:
        """Shows the present series so."""
        if choice != self.choice:
            self._choices[self.series] = choice
            self.regreyed.emit()

    def content(self, numbers: Callable[[], Numbers | None]) -> GreyWindow:
        """The window over what the series holds, by the first of its slices that was seen."""
        known = self._contents.get(self.series)
        if known is None:
            found = numbers()
            if found is None:
                return GreyWindow(0, 1)
            one = self.slice
            known = window_of_content(found, one.numbers, one.rescale)
            self._contents[self.series] = known
        return known

    def window(self, one: StackSlice, numbers: Callable[[], Numbers | None]) -> GreyView:
        """The window or the table by which a slice of the present series is shown."""
        return window_by(self.choice, one, self.content(numbers))

    def pull(self, view: GreyView, right: float, down: float) -> None:
        """The mouse pulls at the window: shares of the picture's place. Of a table it makes a
        window, and that is remembered."""
        content = self._contents.get(self.series)
        window = straight(view, content or GreyWindow(0, 1))
        span = (content or window).width
        pulled = dragged(window, right, down, max(span, 1.0))
        left = isinstance(view, GreyLut) or self.choice.left_table
        self.choose(WindowChoice(None, pulled, self.choice.inverted, left_table=left))

    def find(self, uid: str, frame: int) -> int | None:
        """The slice of that picture; `uid` "" where the file holds one."""
        return next((n for n, one in enumerate(self.info.slices) if _is(one, uid, frame)), None)

    def _set(self, series: int, index: int) -> None:
        one = self.info.series[series]
        index = min(max(index, one.first), one.first + one.count - 1)
        if (series, index) == (self.series, self.index):
            return
        other_series = series != self.series
        self.series, self.index = series, index
        self._places[series] = index
        self.moved.emit()
        if other_series:
            self.regreyed.emit()


def _is(one: StackSlice, uid: str, frame: int) -> bool:
    return one.frame == frame and (not uid or one.uid == uid)


def ready_parts(source: StackSource, series: StackSeries) -> Sequence[bool]:
    """Of each slice of a series whether it can be shown at once."""
    return [source.numbers(series.first + place) is not None for place in range(series.count)]
