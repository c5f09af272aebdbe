"""What a long ECG's viewer shows: which seconds, how far it was surveyed, rates and pauses."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Signal

from workstation.studies.errors import DecoderStopped
from workstation.studies.long_ecg import LongEcg, LongLead
from workstation.studies.measure.ecg.envelope import Envelope
from workstation.studies.measure.ecg.r_peaks import Places
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.ecg.long.survey import Survey

SHORTEST_S: Final = 30.0
"""Fewer seconds are shown on paper."""
FIRST_S: Final = 60.0
"""That are shown of a recording that has just been opened."""
_ZOOM: Final = 2.0
_TRIES: Final = 3
_SURVEY: Final = "long_ecg.survey"
_Found = TypeVar("_Found")


@runtime_checkable
class LongSource(Protocol):
    """An open long ECG."""

    @property
    def info(self) -> LongEcg:
        """The recording."""

    async def envelope(self, lead: LongLead) -> Envelope:
        """Lows and highs of a lead; raises StudyError."""

    async def beats(self, start: int, stop: int, last: int | None) -> Places:
        """R peaks of the minutes that begin there, after the peak `last`; raises StudyError."""


class LongModel(QObject):
    """One long ECG at a time. Seconds are of the whole recording."""

    moved = Signal()
    """Other seconds are shown, or they are shown otherwise."""
    surveyed = Signal()
    """More is known of the day."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ecg: LongEcg | None = None
        self.start_s, self.length_s = 0.0, 0.0
        self.is_paper = False
        """Whether the seconds are shown on paper."""
        self.envelopes: dict[str, Envelope] = {}
        self.survey: Survey | None = None
        self.is_surveying = False
        """Whether beats are looked for now."""
        self._source: LongSource | None = None
        self.tasks: TaskScope | None = None
        """What runs as long as the recording is open."""

    @property
    def ends_s(self) -> float:
        """Seconds of the whole recording."""
        return self.ecg.duration_s if self.ecg is not None else 0.0

    def show(self, source: LongSource, tasks: TaskScope) -> None:
        """Shows a recording from its beginning; it is surveyed as long as `tasks` live."""
        self.clear()
        self.ecg, self._source, self.tasks = source.info, source, tasks
        self.survey = Survey(source.info)
        self.start_s, self.length_s = 0.0, min(FIRST_S, source.info.duration_s)
        self.is_paper = source.info.duration_s <= SHORTEST_S
        self.go_on()
        self.moved.emit()
        self.surveyed.emit()

    def clear(self) -> None:
        """Shows none."""
        self.stop()
        self.ecg = self.survey = self._source = self.tasks = None
        self.envelopes = {}
        self.start_s, self.length_s, self.is_paper = 0.0, 0.0, False

    def move(self, seconds: float) -> None:
        """Goes on, or back, as far as the recording allows it."""
        self.look_at(self.start_s + seconds, self.length_s)

    def centre(self, second: float) -> None:
        """Brings a second into the middle."""
        self.look_at(second - self.length_s / 2, self.length_s)

    def look_at(self, start_s: float, length_s: float) -> None:
        """Shows these seconds, or the nearest that there are."""
        if self.ecg is None:
            return
        length = min(max(length_s, 1.0), self.ecg.duration_s)
        start = max(0.0, min(start_s, self.ecg.duration_s - length))
        if (start, length) != (self.start_s, self.length_s):
            self.start_s, self.length_s = start, length
            self.moved.emit()

    def zoom(self, steps: int, share: float = 0.5) -> None:
        """Twice as near for each step; what stands at `share` of the width stays there."""
        if self.ecg is None:
            return
        second = self.start_s + share * self.length_s
        length = self.length_s / _ZOOM**steps
        if length < SHORTEST_S and self.length_s <= SHORTEST_S * 1.01:
            self.to_paper(second)
            return
        length = min(max(length, SHORTEST_S), self.ecg.duration_s)
        self.look_at(second - share * length, length)

    def whole(self) -> None:
        """The day at once."""
        if self.ecg is not None:
            self.leave_paper()
            self.look_at(0.0, self.ecg.duration_s)

    def to_paper(self, second: float) -> None:
        """Shows the seconds around that one on paper."""
        if not self.is_paper:
            self.is_paper = True
            self.start_s = max(0.0, second - 5.0)
            self.length_s = 10.0
            self.moved.emit()

    def leave_paper(self) -> None:
        """From paper to a minute around what was seen on it."""
        if self.is_paper and self.ecg is not None and self.ecg.duration_s > SHORTEST_S:
            middle = self.start_s + self.length_s / 2
            self.is_paper = False
            self.length_s = 0.0
            self.look_at(middle - FIRST_S / 2, FIRST_S)

    def go_on(self) -> None:
        """Goes on with the survey where it stands."""
        tasks, survey = self.tasks, self.survey
        if tasks is None or survey is None or self.is_surveying:
            return
        if len(self.envelopes) == len(survey.ecg.leads) and survey.is_complete:
            return
        self.is_surveying = tasks.start(self._run(), name=_SURVEY) is not None

    def stop(self) -> None:
        """Looks for no more beats; what was found stays."""
        if self.tasks is not None:
            self.tasks.cancel(_SURVEY)
        if self.is_surveying:
            self.is_surveying = False
            self.surveyed.emit()

    async def _run(self) -> None:
        source, survey = self._source, self.survey
        assert source is not None
        assert survey is not None
        try:
            for lead in source.info.leads:
                self.envelopes[lead.name] = await _persisting(partial(source.envelope, lead))
                self.surveyed.emit()
            while not survey.is_complete:
                start, stop = survey.due
                ask = partial(source.beats, start, stop, survey.last)
                found = await _persisting(ask)
                survey.add(found)
                self.surveyed.emit()
        finally:
            if survey is self.survey:
                self.is_surveying = False
                self.surveyed.emit()


async def _persisting(ask: Callable[[], Awaitable[_Found]]) -> _Found:
    """Asks again where the decoder process ended meanwhile, over whatever file."""
    for _ in range(_TRIES):
        try:
            return await ask()
        except DecoderStopped:
            continue
    return await ask()
