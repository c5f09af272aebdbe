"""Sources on the pages of a conclusion: numbers in brackets, key images, lines of the list."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from workstation.core.citations import citations
from workstation.studies.errors import StudyError
from workstation.studies.page_text import Box, PageLink, PageText
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.page_area import PageArea
from workstation.ui.viewers.text_search.model import TextSource
from workstation.ui.widgets.labels import plain_tooltip

_AROUND_PT = 3.0
"""A number is small: so far beside it counts, too."""
_MOST_PAGES = 40
"""Of a conclusion that are walked through by Tab."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Point = tuple[float, float]


class PaperLinks(QObject):
    """A click on a source follows it: `followed` with its number. Tab and Shift+Tab go from source
    to source while the pages have the focus, Enter follows the one that is marked."""

    followed = Signal(int)

    def __init__(
        self,
        pages: PageArea,
        source: Callable[[], object],
        tasks: Callable[[], TaskScope],
        parent: QObject,
    ) -> None:
        """`source` is the open document, whose letters are asked for; `tasks` owns the asking."""
        super().__init__(parent)
        self._pages, self._source, self._tasks = pages, source, tasks
        self._asked: object = None
        self._texts: dict[int, PageText] = {}
        self._coming: set[int] = set()
        self._current: tuple[int, PageLink] | None = None
        pages.clicked.connect(self._clicked)
        pages.installEventFilter(self)
        pages.viewport().installEventFilter(self)
        pages.viewport().setMouseTracking(True)

    @property
    def current(self) -> int | None:
        """The number of the source that Enter follows."""
        self._forget_others()
        return None if self._current is None else self._current[1].number

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the pages, and the mouse over them."""
        kind = event.type()
        if watched is self._pages:
            if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._pressed(event)
            if kind is QEvent.Type.FocusIn:
                self._ask_for_all()
            elif kind is QEvent.Type.FocusOut:
                self._mark(None)
        elif kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._point(event)
        return False

    def _clicked(self, page: int, point: Point) -> None:
        source = self._source()
        if isinstance(source, TextSource):
            self._tasks().start(self._follow(source, page, point), name="paper.link")

    async def _follow(self, source: TextSource, page: int, point: Point) -> None:
        text = await self._text(source, page)
        number = None if text is None else number_at(text, point)
        if number is not None:
            self.followed.emit(number)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was ours: beyond the last source Tab leads on, as from any field."""
        self._forget_others()
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._walk(-1 if event.key() == Qt.Key.Key_Backtab else 1)
        if event.key() in _ENTER and self._current is not None and not event.modifiers():
            self.followed.emit(self._current[1].number)
            return True
        return False

    def _walk(self, by: int) -> bool:
        """At once where the sources are known, else as soon as they are."""
        source = self._source()
        if not isinstance(source, TextSource) or all(page in self._texts for page in self._walked):
            return self._step(by)
        self._tasks().start(self._walk_late(source, by), name="paper.walk")
        return True

    async def _walk_late(self, source: TextSource, by: int) -> None:
        for page in self._walked:
            await self._text(source, page)
        is_here = self._pages.hasFocus() and source is self._source()
        if is_here and not self._step(by):
            self._pages.focusNextPrevChild(by > 0)

    @property
    def _walked(self) -> range:
        return range(min(self._pages.page_count, _MOST_PAGES))

    def _step(self, by: int) -> bool:
        links = [(page, one) for page in sorted(self._texts) for one in self._in_order(page)]
        first = 0 if by > 0 else len(links) - 1
        place = links.index(self._current) + by if self._current in links else first
        inside = 0 <= place < len(links)
        self._mark(links[place] if inside else None)
        return inside

    def _in_order(self, page: int) -> list[PageLink]:
        """From above, beside each other from the left."""
        return sorted(self._texts[page].links, key=lambda one: (round(one.box[1]), one.box[0]))

    def _mark(self, link: tuple[int, PageLink] | None) -> None:
        if link == self._current:
            return
        self._current = link
        self._pages.marks.led_to = {} if link is None else {link[0]: (link[1].box,)}
        if link is None:
            self._pages.viewport().update()
        else:
            self._pages.show_box(link[0], link[1].box)

    def _ask_for_all(self) -> None:
        self._forget_others()
        for page in self._walked:
            self._ask(page)

    def _point(self, event: QMouseEvent) -> None:
        """A hand over what can be followed, and words on what it does."""
        self._forget_others()
        place = self._pages.place_at(event.position())
        text = None if place is None else self._texts.get(place[0])
        if place is not None and text is None:
            self._ask(place[0])
        number = None if place is None or text is None else number_at(text, place[1])
        view = self._pages.viewport()
        words = self.tr("Show the source [{}] in its file").format(number) if number else ""
        if number is None:
            view.unsetCursor()
        else:
            view.setCursor(Qt.CursorShape.PointingHandCursor)
        view.setToolTip(plain_tooltip(words))

    def _ask(self, page: int) -> None:
        source = self._source()
        known = page in self._texts or page in self._coming
        if not known and isinstance(source, TextSource):
            self._coming.add(page)
            self._tasks().start(self._take(source, page), name="paper.links")

    async def _take(self, source: TextSource, page: int) -> None:
        await self._text(source, page)

    async def _text(self, source: TextSource, page: int) -> PageText | None:
        """The page's letters and links, asked for once."""
        self._forget_others()
        known = self._texts.get(page)
        if known is not None:
            return known
        try:
            text = await source.text(page)
        except StudyError:
            return None
        if source is self._asked:
            self._texts[page] = text
        return text

    def _forget_others(self) -> None:
        """Pages that are shown no more have no links."""
        source = self._source()
        if source is not self._asked:
            self._asked, self._current = source, None
            self._texts.clear()
            self._coming.clear()


def number_at(text: PageText, point: Point) -> int | None:
    """The number of the source at a point of the page: of a number in brackets, else of the picture
    or the line that stands there; None where none does."""
    for one in citations(text.text):
        if any(_holds(box, point) for box in text.boxes[one.start : one.stop]):
            return one.number
    return next((one.number for one in text.links if _holds(one.box, point, 0.0)), None)


def _holds(box: Box, point: Point, around: float = _AROUND_PT) -> bool:
    left, top, right, bottom = box
    across = left - around <= point[0] <= right + around
    return right > left and across and top - around <= point[1] <= bottom + around
