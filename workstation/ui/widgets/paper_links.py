"""Numbers in brackets on the pages of a conclusion: a click on one follows it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workstation.core.citations import citations
from workstation.studies.errors import StudyError
from workstation.studies.page_text import Box, PageText
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.page_area import PageArea
from workstation.ui.viewers.text_search.model import TextSource

_AROUND_PT = 3.0
"""A number is small: so far beside it counts, too."""
Point = tuple[float, float]


class PaperLinks(QObject):
    """Asks for the letters of the page that was clicked; `followed` with the number there."""

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
        self._source, self._tasks = source, tasks
        pages.clicked.connect(self._clicked)

    def _clicked(self, page: int, point: Point) -> None:
        source = self._source()
        if isinstance(source, TextSource):
            self._tasks().start(self._follow(source, page, point), name="paper.link")

    async def _follow(self, source: TextSource, page: int, point: Point) -> None:
        try:
            text = await source.text(page)
        except StudyError:
            return
        number = number_at(text, point)
        if number is not None:
            self.followed.emit(number)


def number_at(text: PageText, point: Point) -> int | None:
    """The number in brackets that stands at a point of the page; None where none does."""
    for one in citations(text.text):
        if any(_holds(box, point) for box in text.boxes[one.start : one.stop]):
            return one.number
    return None


def _holds(box: Box, point: Point) -> bool:
    left, top, right, bottom = box
    across = left - _AROUND_PT <= point[0] <= right + _AROUND_PT
    return right > left and across and top - _AROUND_PT <= point[1] <= bottom + _AROUND_PT
