"""A series of slices that is a film: it plays as a clip does, by the file's own frame times.

Clock, track, speeds, marks and the company of other clips are those of the clips (decision 0051);
what comes is no picture but the word that a slice is due, whose numbers are at hand.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workstation.studies.film import Film
from workstation.studies.stack import StackSeries
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_controls import CineControls
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_playback import CinePlayback
from workstation.ui.viewers.stack.model import StackSource


class SliceFeed:
    """Slices whose numbers are at hand; the study is told which one is wanted where they are not.

    `on_slice` hears of those that come late.
    """

    def __init__(
        self, source: StackSource, first: int, count: int, on_slice: Callable[[int], None]
    ) -> None:
        self._source, self._first, self._count = source, first, count
        self._on_slice = on_slice
        self._unsubscribe = source.arrived.subscribe(self._arrived)

    @property
    def depth(self) -> int:
        """The study brings others ahead by itself."""
        return 1

    def want(self, coming: Sequence[int]) -> None:
        """See `cine_playback.Feed`."""
        due = self._first + coming[0] if coming else None
        if due is not None and self._source.numbers(due) is None:
            self._source.look_at(due)

    def take(self, index: int) -> int | None:
        """The slice's place in the series, where its numbers are at hand."""
        return index if self._source.numbers(self._first + index) is not None else None

    def close(self) -> None:
        """No more slices are waited for."""
        self._unsubscribe()

    def _arrived(self, index: int) -> None:
        if 0 <= index - self._first < self._count:
            self._on_slice(index - self._first)


class StackFilm(QObject):
    """Plays the series that is open, where it is a film; `due` carries the place in it, from 0."""

    due = Signal(object)
    told = Signal()

    def __init__(
        self,
        theme: Theme,
        now_ms: Callable[[], float],
        in_step: ClipsInStep | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.playback = CinePlayback(now_ms, self)
        company = in_step or ClipsInStep(self)
        self.controls = CineControls(theme, self.playback, company, parent)
        self.bar = self.controls.bar
        self.film: Film | None = None
        self.playback.came.connect(self.due)
        self.controls.told.connect(self.told)
        company.add(self.playback)

    @property
    def is_on(self) -> bool:
        """Whether the present series is a film."""
        return self.film is not None

    def show(self, series: StackSeries, source: StackSource, place: int) -> None:
        """Another series, standing on that place."""
        self.clear()
        self.film = film = series.film
        if film is None:
            return
        self.controls.show(film)
        feed = SliceFeed(source, series.first, series.count, self.playback.arrived)
        self.playback.open_fed(film, feed, place)
        self.controls.tell()

    def clear(self) -> None:
        """No film."""
        self.film = None
        self.playback.close()
        self.controls.clear()

    def stand_on(self, place: int) -> None:
        """The doctor goes there."""
        if self.is_on and (self.playback.is_playing or self.playback.index != place):
            self.playback.seek(place)
