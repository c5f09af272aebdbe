"""The pages of a document below each other: scroll, zoom, turn; drawn when they come into sight."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workstation.studies.imaging import PdfInfo
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_image import paint_turned
from workstation.ui.viewers.page_images import PageImages
from workstation.ui.viewers.page_marks import PageMarks, Stand, paint_marks
from workstation.ui.viewers.page_pose import point_of, seen, turned_size
from workstation.ui.viewers.page_selection import PageSelection, Point
from workstation.ui.viewers.page_source import MOST_PIXELS_WIDE, PageSource
from workstation.ui.viewers.page_stack import PageStack
from workstation.ui.viewers.page_tone import Tone

VIEWERS_GROUND = "viewer.bg"
_REDRAW_AFTER_MS = 120


class PageArea(QAbstractScrollArea):
    """The pages. Wheel scrolls, Ctrl+wheel zooms, dragging chooses words.

    Who changes `marks` calls `viewport().update()`.
    """

    moved = Signal()
    selected = Signal()
    """Other words are chosen."""
    failed = Signal(object)
    activated = Signal()
    drawn = Signal()
    clicked = Signal(int, object)
    """Nothing was dragged: the page, and the point on it in points as the file shows it."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, ground: str = VIEWERS_GROUND
    ) -> None:
        super().__init__(parent)
        self._theme, self._ground = theme, ground
        tell_mouse(self, Surface.PAGES)
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._turns: dict[int, int] = {}
        self._stack = PageStack((), 1.0)
        self._images = PageImages(self)
        self.marks = PageMarks()
        self.selection = PageSelection(self._words_chosen)
        self._dragged: int | None = None
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self.ask_for_visible)
        self.setObjectName("pageArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._images.changed.connect(self._page_came)
        self._images.failed.connect(self.failed)
        self._images.wanted_again.connect(self.ask_for_visible)
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
        return self._stack.at(line)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(120))

    def show_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """Opens a document at its first page."""
        self.clear()
        self._sizes = info.page_sizes_pt
        self._images.show_source(source, tasks)
        self.selection.show_source(source, tasks)
        self._restack(self._stacked(None))
        self.ask_for_visible()

    def renew_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """Another source for what is shown: same place, same zoom, no moment without pages."""
        self._redraw.stop()
        self._sizes = info.page_sizes_pt
        self._images.renew_source(source, tasks, len(self._sizes))
        self.marks.clear()
        self.selection.show_source(source, tasks)
        self._restack(self._stacked(self._stack.scale))
        self.ask_for_visible()

    def clear(self) -> None:
        """Shows nothing; pages that still come are dropped."""
        self._redraw.stop()
        self._images.show_source(None, None)
        self._turns.clear()
        self._sizes = ()
        self.marks.clear()
        self.selection.show_source(None, None)
        self._restack(self._stacked(None))
        self.verticalScrollBar().setValue(0)

    def zoom(self, direction: int) -> None:
        """A step in (1) or out (-1), with the same part of the document in the middle."""
        self._rescale(self._stack.stepped(direction))

    def fit(self) -> None:
        """As wide as the view."""
        self._rescale(None)

    def fit_page(self) -> None:
        """So that the whole present page is seen."""
        if not self._sizes:
            return
        page = self.current
        width, height = turned_size(self._sizes[page], self._turns.get(page, 0))
        room = self.viewport().size()
        scale = min((room.width() - 24) / width, (room.height() - 12) / height)
        self._rescale(max(0.05, scale))
        self.go_to(page)

    def go_to(self, page: int) -> None:
        """Brings the beginning of a page to the top."""
        if 0 <= page < len(self._sizes):
            self.verticalScrollBar().setValue(round(self._stack.boxes[page].top() - 6))

    def rotate_page(self) -> int:
        """Turns the present page by a quarter clockwise; tells how it stands then."""
        page = self.current
        self._turns[page] = turns = (self._turns.get(page, 0) + 1) % 4
        self._restack(self._stacked(self._stack.scale))
        self.go_to(page)
        self._redraw.start(_REDRAW_AFTER_MS)
        self.moved.emit()
        return turns

    def turned_sizes(self) -> tuple[tuple[float, float], ...]:
        """Of all pages as they stand, in points."""
        return self._stack.sizes_pt

    @property
    def tone(self) -> Tone:
        """How shades are changed."""
        return self._images.tone

    def set_tone(self, tone: Tone) -> None:
        """Changes contrast, brightness or sign of all pages."""
        self._images.set_tone(tone)
        self.moved.emit()

    def show_box(self, page: int, box: tuple[float, float, float, float]) -> None:
        """Brings a place of a page into sight, in points as the file shows the page."""
        if page >= len(self._sizes):
            return
        place = seen(box, self._sizes[page], self._turns.get(page, 0), self._stack.boxes[page])
        view = QRectF(self.viewport().rect()).translated(self._offset())
        if not view.adjusted(8, 24, -8, -24).contains(place):
            self.verticalScrollBar().setValue(round(place.center().y() - view.height() / 3))
            self.horizontalScrollBar().setValue(round(place.center().x() - view.width() / 2))
        self.viewport().update()

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
            if index < len(boxes):
                self._ask(index, boxes[index])
        self._images.keep_near(visible[0])
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
        self._restack(self._stacked(self._stack.scale))
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
        page = self._page_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and page is not None:
            self._dragged = page
            self.selection.begin(page, self._point(page, event.position()))
            self._words_chosen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self.selection.go_on(self._point(self._dragged, event.position()))
            self._words_chosen()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        page, self._dragged = self._dragged, None
        if page is not None and self.selection.chosen is None:
            self.clicked.emit(page, self._point(page, event.position()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def place_at(self, at: QPointF) -> tuple[int, Point] | None:
        """The page under a point of the view, and the point on it; None beside the pages."""
        page = self._page_at(at)
        return None if page is None else (page, self._point(page, at))

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _visible(self) -> list[int]:
        view = QRectF(self.viewport().rect()).translated(self._offset())
        return self._stack.seen(view)

    def _paint_page(self, painter: QPainter, index: int, box: QRectF) -> None:
        if self._ground != VIEWERS_GROUND:
            painter.fillRect(box.adjusted(-1, -1, 1, 1), self._theme.color("line.default"))
        is_dark = self._images.tone.is_inverted
        painter.fillRect(box, Qt.GlobalColor.black if is_dark else Qt.GlobalColor.white)
        image, turns = self._images.image(index), self._turns.get(index, 0)
        if image is not None:
            paint_turned(painter, image, box, turns)
            stand = Stand(index, self._sizes[index], turns, box, is_dark)
            paint_marks(painter, self._theme, self.marks, stand)
            if is_dark:
                painter.setPen(self._theme.color("viewer.line"))
                painter.drawRect(box)
        elif text := self.page_words(index):
            broken = self._images.is_broken(index)
            painter.setPen(Qt.GlobalColor.darkRed if broken else Qt.GlobalColor.darkGray)
            painter.setFont(self._theme.font("lead"))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box & QRectF(self.viewport().rect()), centred, text)

    def page_words(self, index: int) -> str:
        """What stands on a page that is not drawn; nothing while it may still come at once."""
        if self._images.is_broken(index):
            return self.tr("Page {} cannot be read. Ask for the file again.").format(index + 1)
        if not self._images.is_late(index):
            return ""
        return self.tr("Page {} takes long to draw. You can open another file.").format(index + 1)

    def _ask(self, index: int, box: QRectF) -> None:
        across = box.height() if self._turns.get(index, 0) % 2 else box.width()
        width = min(MOST_PIXELS_WIDE, max(1, round(across * self.devicePixelRatioF())))
        self._images.ask(index, width)

    def _page_came(self) -> None:
        self.viewport().update()
        self._tell_drawn()

    def _tell_drawn(self) -> None:
        """Says that what is in sight is this document's, where it is."""
        visible = self._visible()
        if visible and self._images.are_new(visible) and self.viewport().isVisible():
            self.drawn.emit()

    def _rescale(self, scale: float | None) -> None:
        bar = self.verticalScrollBar()
        half = self.viewport().height() / 2
        share = (bar.value() + half) / max(1.0, self._stack.total_height)
        self._restack(self._stacked(scale))
        bar.setValue(round(share * self._stack.total_height - half))
        self._redraw.start(_REDRAW_AFTER_MS)
        self.moved.emit()

    def _stacked(self, scale: float | None) -> PageStack:
        """All pages as they are turned."""
        pages = enumerate(self._sizes)
        sizes = tuple(turned_size(size, self._turns.get(page, 0)) for page, size in pages)
        return PageStack(sizes, self.viewport().width(), scale)

    def _page_at(self, point: QPointF) -> int | None:
        place = point + self._offset()
        boxes = self._stack.boxes
        return next((n for n in self._visible() if boxes[n].contains(place)), None)

    def _point(self, page: int, at: QPointF) -> Point:
        """A point of the view in points of the page, as the file shows it."""
        box, scale = self._stack.boxes[page], self._stack.px_per_pt
        place = at + self._offset() - box.topLeft()
        turned = (place.x() / scale, place.y() / scale)
        return point_of(turned, self._sizes[page], self._turns.get(page, 0))

    def _words_chosen(self) -> None:
        chosen = self.selection.chosen
        self.marks.chosen = {} if chosen is None else {chosen.page: chosen.boxes}
        self.viewport().update()
        self.selected.emit()

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
