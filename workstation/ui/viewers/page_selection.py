"""Words chosen on a page by the mouse: from where it was pressed to where it is."""

from collections.abc import Callable
from dataclasses import dataclass

from workstation.studies.errors import StudyError
from workstation.studies.page_text import Box, PageText, lines_of
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.text_search.model import TextSource

_LEAST_PT = 3.0
"""A press that hardly moves chooses nothing."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Words of a page."""

    page: int
    text: str
    start: Point
    stop: Point
    """Points of the page (1/72 inch) as the file shows it."""
    boxes: tuple[Box, ...]


class PageSelection:
    """Brings the letters of a page when the mouse is pressed on it; `on_change` when more is known.

    A document without letters chooses nothing.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._source: TextSource | None = None
        self._tasks: TaskScope | None = None
        self._texts: dict[int, PageText] = {}
        self._asked: set[int] = set()
        self._page: int | None = None
        self._start: Point = (0.0, 0.0)
        self._stop: Point = (0.0, 0.0)
        self.chosen: Chosen | None = None

    def show_source(self, source: object, tasks: TaskScope | None) -> None:
        """Another document."""
        self._source = source if isinstance(source, TextSource) else None
        self._tasks = tasks
        self._texts.clear()
        self._asked.clear()
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._page, self.chosen = None, None

    def begin(self, page: int, point: Point) -> None:
        """The mouse was pressed on a page."""
        self._page, self._start, self._stop = page, point, point
        self.chosen = None
        self._ask(page)

    def go_on(self, point: Point) -> None:
        """The mouse is there now, with its button down."""
        self._stop = point
        self._choose()

    def restore(self, page: int, start: Point, stop: Point) -> None:
        """Chooses words between two points, as they were chosen once."""
        self._page, self._start, self._stop = page, start, stop
        self.chosen = None
        self._ask(page)
        self._choose()

    def _choose(self) -> None:
        """Anew, by what is known of the page."""
        if self._page is None:
            return
        text = self._texts.get(self._page)
        moved = max(abs(a - b) for a, b in zip(self._start, self._stop, strict=True))
        if text is None or moved < _LEAST_PT:
            self.chosen = None
            return
        span = text.within(self._start, self._stop)
        words = text.text[span.start : span.stop].strip()
        boxes = lines_of(list(text.boxes[span.start : span.stop]))
        self.chosen = Chosen(self._page, words, self._start, self._stop, boxes) if words else None
        self._on_change()

    def _ask(self, page: int) -> None:
        if self._source is None or self._tasks is None or page in self._asked:
            return
        self._asked.add(page)
        self._tasks.start(self._bring(self._source, page), name="page.text")

    async def _bring(self, source: TextSource, page: int) -> None:
        try:
            text = await source.text(page)
        except StudyError:
            self._asked.discard(page)
            return
        if source is self._source:
            self._texts[page] = text
            self._choose()
