"""Looks for words through the pages of a document, one after another, without being waited for."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal

from workstation.studies.errors import DecoderStopped, StudyClosed, StudyError
from workstation.studies.page_text import Box, PageHits, PageText
from workstation.ui.task_scope import TaskScope

_TASK = "document.find"
_MOST = 2000
"""Places; further ones are not looked for."""


@runtime_checkable
class TextSource(Protocol):
    """An open document with letters."""

    async def find(self, index: int, words: str) -> PageHits:
        """Where words stand on a page; raises StudyError."""

    async def text(self, index: int) -> PageText:
        """The letters of a page; raises StudyError."""


class DocumentSearch(QObject):
    """Places by page. Begins at the page in sight, so that the nearest is shown first."""

    changed = Signal()
    """More places, or the end of the search."""
    shown = Signal(int)
    """Another place is the present one: its page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: dict[int, tuple[tuple[Box, ...], ...]] = {}
        self.current: tuple[int, int] | None = None
        """Page, and the place's number on it."""
        self.is_running = False
        self.has_text = False
        """Whether there were letters on any page so far."""
        self._source: TextSource | None = None
        self._tasks: TaskScope | None = None
        self._pages = 0
        self._generation = 0

    @property
    def count(self) -> int:
        """How many places were found so far."""
        return sum(map(len, self.hits.values()))

    @property
    def place(self) -> int:
        """Which of them is shown, from 1; 0 where none is."""
        if self.current is None:
            return 0
        page, number = self.current
        before = sum(len(hits) for index, hits in self.hits.items() if index < page)
        return before + number + 1

    def show_source(self, source: object, pages: int, tasks: TaskScope) -> None:
        """Another document; nothing is looked for in it yet."""
        self.stop()
        self._source = source if isinstance(source, TextSource) else None
        self._tasks, self._pages = tasks, pages

    def look_for(self, words: str, first: int) -> None:
        """Looks for words from page `first` on, then from the beginning."""
        self.stop()
        if not words.strip() or self._source is None or self._tasks is None:
            self.changed.emit()
            return
        self.is_running = True
        order = [*range(first, self._pages), *range(first)]
        task = self._look(self._source, words, order, self._generation)
        self._tasks.start(task, name=_TASK)
        self.changed.emit()

    def stop(self) -> None:
        """Forgets what was found."""
        self._generation += 1
        if self._tasks is not None:
            self._tasks.cancel(_TASK)
        self.hits, self.current = {}, None
        self.is_running, self.has_text = False, False

    def step(self, direction: int) -> None:
        """To the next place (1) or the one before (-1), round the ends."""
        places = [(page, n) for page in sorted(self.hits) for n in range(len(self.hits[page]))]
        if not places:
            return
        here = places.index(self.current) if self.current in places else -1
        self._show(places[(here + direction) % len(places)])

    async def _look(
        self, source: TextSource, words: str, order: list[int], generation: int
    ) -> None:
        for index in order:
            found = await _on_page(source, index, words)
            if generation != self._generation:
                return
            self._take(index, found)
            if self.count >= _MOST:
                break
        self.is_running = False
        self.changed.emit()

    def _take(self, index: int, found: PageHits | None) -> None:
        if found is None:
            return
        self.has_text |= found.has_text
        if not found.hits:
            return
        self.hits[index] = found.hits
        if self.current is None:
            self._show((index, 0))
        self.changed.emit()

    def _show(self, place: tuple[int, int]) -> None:
        self.current = place
        self.changed.emit()
        self.shown.emit(place[0])


async def _on_page(source: TextSource, index: int, words: str) -> PageHits | None:
    """None for a page that cannot be read; one over which the process stopped is tried again."""
    for _ in range(2):
        try:
            return await source.find(index, words)
        except DecoderStopped:
            continue
        except StudyClosed:
            return None
        except StudyError:
            return None
    return None
