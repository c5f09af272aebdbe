"""Small pages at the left edge of a document: painted, and drawn only when they come into sight."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from workstation.studies.errors import StudyError
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_image import copied, paint_turned
from workstation.ui.viewers.page_pose import Size, turned_size
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.widgets.labels import plain_tooltip

_WIDTH, _PAPER, _GAP, _NUMBER = 104, 76, 10, 16
_TALLEST = 2.2
"""Of its width: a longer strip of paper is shown shorter."""
_MOST_KEPT = 200


class Thumbnails(QAbstractScrollArea):
    """`chosen` carries the page that was pressed."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._source: PageSource | None = None
        self._tasks: TaskScope | None = None
        self._sizes: tuple[Size, ...] = ()
        self._turns: dict[int, int] = {}
        self._images: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._titles: tuple[str, ...] = ()
        self._found: frozenset[int] = frozenset()
        self._current = 0
        self._generation = 0
        self.setObjectName("pageThumbnails")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.px(_WIDTH))
        self.setAccessibleName(self.tr("Pages"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_document(
        self, sizes: Sequence[Size], source: PageSource, tasks: TaskScope | None
    ) -> None:
        """Another document."""
        self.clear()
        self._sizes, self._source, self._tasks = tuple(sizes), source, tasks
        self._restack()
        self._ask_for_visible()

    def go_on(self, source: PageSource | None, tasks: TaskScope | None) -> None:
        """The same pages from another source; what is drawn already stays. None: no more comes."""
        self._generation += 1
        self._source, self._tasks = source, tasks
        self._asked = set(self._images)
        self._ask_for_visible()

    def name_pages(self, titles: Sequence[str]) -> None:
        """What is told of a page where the mouse rests on it; their accessible description."""
        self._titles = tuple(titles)
        self.setAccessibleDescription("; ".join(self._titles))

    def clear(self) -> None:
        """Shows nothing; pages that still come are dropped."""
        self._generation += 1
        self._sizes, self._source, self._tasks = (), None, None
        self.name_pages(())
        self._images.clear()
        self._asked.clear()
        self._turns.clear()
        self._found, self._current = frozenset(), 0
        self._restack()

    def turn(self, page: int, turns: int) -> None:
        """A page is turned by so many quarters."""
        self._turns[page] = turns
        self._restack()

    def mark(self, found: frozenset[int]) -> None:
        """Marks the pages that hold what is looked for."""
        if found != self._found:
            self._found = found
            self.viewport().update()

    def show_current(self, page: int) -> None:
        """Which page is read now."""
        if page == self._current:
            return
        self._current = page
        if page < len(self._sizes):
            box, bar = self._box(page), self.verticalScrollBar()
            if box.top() < bar.value() or box.bottom() > bar.value() + self.viewport().height():
                bar.setValue(round(box.center().y() - self.viewport().height() / 2))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self._theme.px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("viewer.panel"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self.verticalScrollBar().value()
        for page in self._visible():
            self._paint_page(painter, page, self._box(page).translated(0, -offset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._restack()
        self._ask_for_visible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().y())
        if place is not None:
            self.chosen.emit(place)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._titles:
            place = self._place_at(event.pos().y())
            if place is not None and place < len(self._titles):
                QToolTip.showText(event.globalPos(), plain_tooltip(self._titles[place]), self)
            return True
        return super().viewportEvent(event)

    def _place_at(self, y: float) -> int | None:
        """The page that stands there in the view."""
        down = y + self.verticalScrollBar().value()
        place = int((down - self._theme.px(_GAP) / 2) // self._step)
        return place if 0 <= place < len(self._sizes) else None

    @property
    def _step(self) -> float:
        """All are equally high: a document of 2000 pages is as quick as one of two."""
        return float(self._theme.px(_PAPER * 1.42 + _GAP + _NUMBER))

    def _box(self, page: int) -> QRectF:
        """The room of a page with its number."""
        gap = self._theme.px(_GAP)
        return QRectF(0, page * self._step + gap / 2, self.viewport().width(), self._step)

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(0, int(top // self._step))
        last = int((top + self.viewport().height()) // self._step) + 1
        return range(min(first, len(self._sizes)), min(last, len(self._sizes)))

    def _paint_page(self, painter: QPainter, page: int, box: QRectF) -> None:
        theme, turns = self._theme, self._turns.get(page, 0)
        image = self._images.get(page)
        size = self._sizes[page] if image is None else (image.width(), image.height())
        width, height = turned_size(size, turns)
        room = QRectF(0, 0, theme.px(_PAPER), theme.px(_PAPER * 1.42))
        scale = min(room.width() / width, room.height() / height)
        paper = QRectF(0, 0, width * scale, height * scale)
        paper.moveCenter(QPointF(box.center().x(), box.top() + room.height() / 2))
        painter.fillRect(paper, Qt.GlobalColor.white)
        if image is not None:
            paint_turned(painter, image, paper, turns)
        is_current = page == self._current
        if is_current or page in self._found:
            color = "focus.ring" if is_current else "viewer.measure.1"
            painter.setPen(QPen(theme.color(color), theme.px(2)))
            painter.drawRect(paper.adjusted(-2, -2, 2, 2))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("viewer.overlay" if is_current else "viewer.overlay.dim"))
        number = QRectF(box.left(), box.top() + room.height(), box.width(), theme.px(_NUMBER + 4))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(page + 1))

    def _restack(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(round(self._step))
        whole = len(self._sizes) * self._step + self._theme.px(_GAP)
        bar.setRange(0, max(0, round(whole - room)))
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        self._ask_for_visible()

    def _ask_for_visible(self) -> None:
        if self._source is None or self._tasks is None or not self.isVisible():
            return
        visible = self._visible()
        for page in visible:
            if page not in self._asked:
                self._asked.add(page)
                self._tasks.start(self._bring(page, self._generation), name="thumbnail")
        if len(self._images) > _MOST_KEPT:
            self._forget_far(visible)

    def _forget_far(self, visible: range) -> None:
        for page in [page for page in self._images if page not in visible]:
            del self._images[page]
            self._asked.discard(page)

    async def _bring(self, page: int, generation: int) -> None:
        source = self._source
        if source is None:
            return
        width = round(self._theme.px(_PAPER) * self.devicePixelRatioF())
        try:
            with await source.page(page, width) as frame:
                if generation == self._generation:
                    self._images[page] = copied(frame)
        except StudyError:
            return  # the page itself says what is wrong with it
        self.viewport().update()

    def showEvent(self, event: object) -> None:
        self._ask_for_visible()
