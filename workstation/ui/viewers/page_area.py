"""The pages of a document below each other: scroll, zoom; drawn when they come into sight."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workstation.studies.errors import DecoderStopped, StudyClosed, StudyError
from workstation.studies.imaging import Frame, PdfInfo
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_source import MOST_PIXELS_WIDE, PageSource
from workstation.ui.viewers.page_stack import PageStack

VIEWERS_GROUND = "viewer.bg"
_REDRAW_AFTER_MS = 120
_TRIES = 3


class PageArea(QAbstractScrollArea):
    """The pages. Wheel scrolls, Ctrl+wheel zooms."""

    moved = Signal()
    failed = Signal(object)
    activated = Signal()
    drawn = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, ground: str = VIEWERS_GROUND
    ) -> None:
        super().__init__(parent)
        self._theme, self._ground = theme, ground
        self._source: PageSource | None = None
        self._tasks: TaskScope | None = None
        self._stack = PageStack((), 1.0)
        self._images: dict[int, QImage] = {}
        self._old: set[int] = set()
        """Pages whose picture is of the document before."""
        self._asked: dict[int, int] = {}
        self._failed: set[int] = set()
        self._tries: dict[int, int] = {}
        self._generation = 0
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self.ask_for_visible)
        self.setObjectName("pageArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._stack.sizes_pt)

    @property
    def px_per_pt(self) -> float:
        """Logical pixels to a point now."""
        return self._stack.px_per_pt

    @property
    def current(self) -> int:
        """The page that takes the upper part of the view."""
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        if self.verticalScrollBar().value() == self.verticalScrollBar().maximum() > 0:
            return self.page_count - 1
        boxes = self._stack.boxes
        return max(0, sum(box.top() <= line for box in boxes) - 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(120))

    def show_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """Opens a document at its first page."""
        self.clear()
        self._source, self._tasks = source, tasks
        self._restack(PageStack(info.page_sizes_pt, self.viewport().width()))
        self.ask_for_visible()

    def renew_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """Another source for what is shown: same place, same zoom, no moment without pages."""
        self._generation += 1
        self._redraw.stop()
        self._source, self._tasks = source, tasks
        self._asked.clear()
        self._failed.clear()
        self._tries.clear()
        sizes = info.page_sizes_pt
        self._images = {n: image for n, image in self._images.items() if n < len(sizes)}
        self._old = set(self._images)
        self._restack(PageStack(sizes, self.viewport().width(), self._stack.scale))
        self.ask_for_visible()

    def clear(self) -> None:
        """Shows nothing; pages that still come are dropped."""
        self._generation += 1
        self._redraw.stop()
        self._source, self._tasks = None, None
        self._images.clear()
        self._old.clear()
        self._asked.clear()
        self._failed.clear()
        self._tries.clear()
        self._restack(PageStack((), self.viewport().width()))
        self.verticalScrollBar().setValue(0)

    def zoom(self, direction: int) -> None:
        """A step in (1) or out (-1), with the same part of the document in the middle."""
        self._rescale(self._stack.stepped(direction))

    def fit(self) -> None:
        """As wide as the view."""
        self._rescale(None)

    def turn(self, pages: int) -> bool:
        """Goes so many pages on or back; False where nothing moved."""
        bar = self.verticalScrollBar()
        boxes = self._stack.boxes
        target = self.current + pages
        if not 0 <= target < len(boxes):
            return False
        before = bar.value()
        bar.setValue(round(boxes[target].top() - 6))
        return bar.value() != before

    def ask_for_visible(self) -> None:
        """Has the pages in sight, and the next one, drawn as sharp as the screen is."""
        visible = self._visible()
        if not visible:
            return
        wanted = [*visible, visible[-1] + 1]
        boxes = self._stack.boxes
        for index in wanted:
            if index < len(boxes) and index not in self._failed:
                self._ask(index, boxes[index])
        for index in [index for index in self._images if abs(index - visible[0]) > 4]:
            del self._images[index]
            self._asked.pop(index, None)
        self._tell_drawn()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color(self._ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self._offset()
        boxes = self._stack.boxes
        for index in self._visible():
            self._paint_page(painter, index, boxes[index].translated(-offset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._restack(PageStack(self._stack.sizes_pt, self.viewport().width(), self._stack.scale))
        self._redraw.start(_REDRAW_AFTER_MS)
        self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.activated.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _visible(self) -> list[int]:
        view = QRectF(self.viewport().rect()).translated(self._offset())
        return [n for n, box in enumerate(self._stack.boxes) if box.intersects(view)]

    def _paint_page(self, painter: QPainter, index: int, box: QRectF) -> None:
        if self._ground != VIEWERS_GROUND:
            painter.fillRect(box.adjusted(-1, -1, 1, 1), self._theme.color("line.default"))
        painter.fillRect(box, Qt.GlobalColor.white)
        image = self._images.get(index)
        if image is not None:
            painter.drawImage(box, image)
        elif index in self._failed:
            painter.setPen(Qt.GlobalColor.darkRed)
            painter.setFont(self._theme.font("lead"))
            text = self.tr("Page {} cannot be read").format(index + 1)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _ask(self, index: int, box: QRectF) -> None:
        width = min(MOST_PIXELS_WIDE, max(1, round(box.width() * self.devicePixelRatioF())))
        if self._tasks is None or self._asked.get(index) == width:
            return
        self._asked[index] = width
        self._tasks.start(self._bring(index, width, self._generation), name="page")

    async def _bring(self, index: int, width: int, generation: int) -> None:
        if self._source is None:
            return
        try:
            with await self._source.page(index, width) as frame:
                if generation == self._generation:
                    self._images[index] = _copied(frame)
                    self._old.discard(index)
        except StudyClosed:
            return
        except StudyError as error:
            if generation == self._generation:
                self._note(index, error)
        self.viewport().update()
        self._tell_drawn()

    def _tell_drawn(self) -> None:
        """Says that what is in sight is this document's, where it is."""
        visible = self._visible()
        missing = [n for n in visible if n not in self._images or n in self._old]
        if visible and not missing and self.viewport().isVisible():
            self.drawn.emit()

    def _note(self, index: int, error: StudyError) -> None:
        """A damaged page is not asked for again; one over which the decoder stopped is."""
        self._asked.pop(index, None)
        self._tries[index] = self._tries.get(index, 0) + 1
        stopped = isinstance(error, DecoderStopped) and self._tries[index] < _TRIES
        if not stopped:
            self._failed.add(index)
        self.failed.emit(error)
        if stopped:
            self.ask_for_visible()

    def _rescale(self, scale: float | None) -> None:
        bar = self.verticalScrollBar()
        half = self.viewport().height() / 2
        share = (bar.value() + half) / max(1.0, self._stack.total_height)
        self._restack(PageStack(self._stack.sizes_pt, self.viewport().width(), scale))
        bar.setValue(round(share * self._stack.total_height - half))
        self._redraw.start(_REDRAW_AFTER_MS)
        self.moved.emit()

    def _restack(self, stack: PageStack) -> None:
        self._stack = stack
        room = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setSingleStep(self._theme.px(40))
        down.setRange(0, max(0, round(stack.total_height - room.height())))
        across.setPageStep(room.width())
        across.setRange(0, max(0, round(stack.total_width - room.width())))
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        self.ask_for_visible()
        self.moved.emit()


def _copied(frame: Frame) -> QImage:
    """The page as an image of its own: pages stay longer than their shared memory should."""
    pixels = frame.pixels
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
    return image.copy()
