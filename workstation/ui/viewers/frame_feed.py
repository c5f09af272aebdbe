"""Brings decoded frames ahead of their time, a few at once, and gives back what was not used."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

from workstation.studies.errors import (
    DecoderStopped,
    StudyClosed,
    StudyError,
    Unreadable,
    UnreadableFile,
)
from workstation.studies.imaging import Frame
from workstation.ui.task_scope import TaskScope

AHEAD = 3
"""Frames held ready in front of the one that is due, or asked for."""
FETCHED_AHEAD = 9
"""Frames that the decoder is told to draw on its own, as far as its memory allows."""
TRIES = 3
"""How often one frame is asked for where the decoder stops over it."""


@runtime_checkable
class FrameSource(Protocol):
    """Where frames come from: an open study."""

    async def frame(self, index: int) -> Frame:
        """The decoded frame; raises StudyError."""


@runtime_checkable
class FetchesAhead(Protocol):
    """An open study that draws ahead on its own."""

    @property
    def room(self) -> int:
        """How many frames may be held and fetched ahead together."""

    def prefetch(self, indices: Iterable[int]) -> None:
        """Has these frames drawn ahead, in this order."""


class FrameFeed:
    """Frames of one clip. `take` hands a frame over; whoever took it releases it."""

    def __init__(
        self,
        source: FrameSource,
        frame_count: int,
        tasks: TaskScope,
        *,
        on_frame: Callable[[int], None],
        on_error: Callable[[StudyError], None],
    ) -> None:
        self._source = source
        self._tasks = tasks
        self._on_frame = on_frame
        self._on_error = on_error
        self._ready: dict[int, Frame] = {}
        self._asked: set[int] = set()
        self._tries: dict[int, int] = {}
        self._coming: Sequence[int] = (0,)
        self._taken: int | None = None
        ahead = source if isinstance(source, FetchesAhead) else None
        room = ahead.room if ahead is not None else 1
        self._fetch = ahead.prefetch if ahead is not None else None
        # One frame is on the screen; what else there is room for is shared out.
        self._ahead = max(1, min(AHEAD, room - 1, frame_count))
        self._fetched_ahead = min(FETCHED_AHEAD, room - 1, frame_count)
        self._closed = False

    @property
    def depth(self) -> int:
        """How many frames from the one that is due on are of use here."""
        return max(self._ahead, self._fetched_ahead)

    def want(self, coming: Sequence[int]) -> None:
        """The first of them is due now: it and the next ones are brought, the rest given back."""
        self._coming = coming
        self._ask()
        self._trim()

    def take(self, index: int) -> Frame | None:
        """The frame, where it is here already; it belongs to the caller from now on.

        The one that was taken last is on the screen: it is not brought again.
        """
        frame = self._ready.pop(index, None)
        if frame is not None:
            self._taken = index
        return frame

    def close(self) -> None:
        """Gives everything back; what still comes is given back at once."""
        self._closed = True
        for frame in self._ready.values():
            frame.release()
        self._ready.clear()

    def _next(self, count: int) -> list[int]:
        return list(self._coming[:count])

    def _ask(self) -> None:
        if self._closed:
            return
        for index in self._next(self._ahead):
            here = index in self._ready or index in self._asked or index == self._taken
            if not here and self._may_try(index):
                self._asked.add(index)
                self._tasks.start(self._bring(index), name="frame")
        if self._fetch is not None:
            self._fetch(self._next(self._fetched_ahead))

    def _may_try(self, index: int) -> bool:
        return self._tries.get(index, 0) < TRIES

    async def _bring(self, index: int) -> None:
        try:
            frame = await self._source.frame(index)
        except StudyError as error:
            self._asked.discard(index)
            self._note(index, error)
            return
        self._asked.discard(index)
        if self._closed:
            frame.release()
            return
        self._ready[index] = frame
        self._on_frame(index)
        self._trim()

    def _note(self, index: int, error: StudyError) -> None:
        """A damaged frame is not asked for again; one over which the decoder stopped is."""
        if self._closed or isinstance(error, StudyClosed):
            return
        stopped = isinstance(error, DecoderStopped)
        self._tries[index] = self._tries.get(index, 0) + 1 if stopped else TRIES
        over = stopped and not self._may_try(index)
        self._on_error(UnreadableFile(Unreadable.STOPS_DECODER) if over else error)
        if stopped:
            self._ask()

    def _trim(self) -> None:
        window = set(self._next(self._ahead))
        for index in [index for index in self._ready if index not in window]:
            self._ready.pop(index).release()
