"""The figures over a slice: drawn, measured anew when they are moved, marked when one is led to."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter

from backend_client.models.evidence import Figure
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import StackInfo, StackSlice
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_place import SHOWN_MS
from workstation.ui.viewers.stack.canvas import StackCanvas
from workstation.ui.viewers.stack.figure_painter import paint_figure, paint_figure_words
from workstation.ui.viewers.stack.figure_tool import FigureTool
from workstation.ui.viewers.stack.figures import SliceFigure, SliceFigures, statistics_of
from workstation.ui.viewers.stack.words import StackWords

_EDGE = 4


@dataclass(frozen=True, slots=True)
class SliceSeen:
    """What is on the screen."""

    index: int
    slice: StackSlice
    numbers: Numbers | None


class FigureLayer(QObject):
    """`seen` says what figures are drawn on now; `numbers` brings a slice's, where at hand."""

    def __init__(
        self,
        theme: Theme,
        canvas: StackCanvas,
        words: StackWords,
        seen: Callable[[], SliceSeen | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._canvas, self._words, self._seen = theme, canvas, words, seen
        self._led_to: tuple[int, Drawing] | None = None
        self._own = SliceFigures(self)
        """Of a study whose figures nobody keeps."""
        self.figures = self._own
        self.tool = FigureTool(self.figures, lambda: canvas.viewport, self)
        self._mark = QTimer(self)
        self._mark.setSingleShot(True)
        self._mark.timeout.connect(self._unmark)
        canvas.overlay, canvas.tool = self._paint, self.tool
        self.figures.changed.connect(canvas.update)
        self.tool.changed.connect(self._tool_changed)
        self.tool.finished.connect(self.add)
        self.tool.mended.connect(self.mend)

    def show(self, figures: SliceFigures | None, info: StackInfo) -> None:
        """A study is open. `figures`: its own, kept elsewhere while it is closed; without them
        what is drawn goes with the study."""
        self._take(figures or self._own)
        self.figures.open_study(info)
        self._canvas.update()

    def clear(self) -> None:
        """No study: what nobody keeps goes with it."""
        self._mark.stop()
        self._led_to = None
        self.tool.put_away()
        self._own.clear()
        self._take(self._own)

    def _take(self, figures: SliceFigures) -> None:
        if figures is self.figures:
            return
        self.figures.changed.disconnect(self._canvas.update)
        self.figures = figures
        self.tool.work_on(figures)
        figures.changed.connect(self._canvas.update)

    def chosen_on(self, index: int) -> SliceFigure | None:
        """The chosen figure, where it is on that slice."""
        chosen = self.figures.get(self.figures.chosen)
        return chosen if chosen is not None and chosen.index == index else None

    def add(self, drawing: Drawing) -> None:
        """A figure upon the slice that is seen."""
        seen = self._seen()
        if seen is not None:
            statistics = statistics_of(drawing, seen.slice, seen.numbers)
            self.figures.add(seen.index, drawing, statistics)

    def lead_to(self, index: int, drawing: Drawing) -> None:
        """Marks a figure on a slice for some seconds."""
        self._led_to = (index, drawing) if drawing.points else None
        if not drawing.points:
            return
        across, down = zip(*drawing.points, strict=True)
        first, last = QPointF(min(across), min(down)), QPointF(max(across), max(down))
        if self._canvas.viewport.zoom is not None:
            self._canvas.show_between(first, last)
        self._mark.start(SHOWN_MS)
        self._canvas.update()

    @property
    def led_to(self) -> Drawing | None:
        """What is marked now."""
        return self._led_to[1] if self._led_to is not None else None

    def acts(self, index: int) -> dict[str, Callable[[], None]]:
        """What keys do with figures, by the names of the table of shortcuts."""
        tool, figures = self.tool, self.figures
        acts: dict[str, Callable[[], None]] = {
            "stack.distance": lambda: tool.take(Figure.LINE),
            "stack.angle": lambda: tool.take(Figure.ANGLE),
            "stack.ellipse": lambda: tool.take(Figure.ELLIPSE),
            "stack.rectangle": lambda: tool.take(Figure.RECTANGLE),
        }
        if figures.on(index):
            acts["stack.next_figure"] = lambda: figures.turn(index)
        if figures.chosen is not None:
            acts["stack.remove"] = lambda: figures.remove(figures.chosen)
        return acts

    def mend(self, number: int, points: tuple[Point, ...]) -> None:
        """Points of a figure upon the slice that is seen are elsewhere: it is measured anew."""
        figure, seen = self.figures.get(number), self._seen()
        if figure is None or seen is None or figure.index != seen.index:
            return
        drawing = Drawing(figure.drawing.figure, points)
        self.figures.change(number, points, statistics_of(drawing, seen.slice, seen.numbers))

    def _tool_changed(self) -> None:
        draws = self.tool.figure is not None
        self._canvas.setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)
        self._canvas.update()

    def _unmark(self) -> None:
        self._led_to = None
        self._canvas.update()

    def _paint(self, painter: QPainter) -> None:
        seen = self._seen()
        if seen is None:
            return
        taken: list[QRectF] = []
        for figure in self.figures.on(seen.index):
            taken.append(self._paint_one(painter, figure, seen, taken))
        if self.tool.drawn is not None:
            self._paint_bare(painter, self.tool.drawn, other=False)
        if self._led_to is not None and self._led_to[0] == seen.index:
            self._paint_bare(painter, self._led_to[1], other=True)

    def _paint_one(
        self, painter: QPainter, figure: SliceFigure, seen: SliceSeen, taken: list[QRectF]
    ) -> QRectF:
        viewport, chosen = self._canvas.viewport, figure.number == self.figures.chosen
        box = paint_figure(painter, self._theme, viewport, figure.drawing, chosen=chosen)
        room = QRectF(self._canvas.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        lines = self._words.figure(figure, seen.slice)
        return paint_figure_words(painter, self._theme, box, lines, room, taken)

    def _paint_bare(self, painter: QPainter, drawing: Drawing, *, other: bool) -> None:
        viewport = self._canvas.viewport
        paint_figure(painter, self._theme, viewport, drawing, chosen=True, other=other)
