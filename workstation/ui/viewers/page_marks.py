"""What is marked on pages: places that were found, words that are chosen, a place led back to."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workstation.studies.page_text import Box
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_pose import Size, seen

Hit = tuple[Box, ...]


@dataclass(slots=True)
class PageMarks:
    """Marks by page."""

    hits: dict[int, tuple[Hit, ...]] = field(default_factory=dict)
    current: tuple[int, int] | None = None
    """Page and number of the hit that is shown."""
    chosen: dict[int, Hit] = field(default_factory=dict)
    """Words chosen by the mouse."""
    led_to: dict[int, Hit] = field(default_factory=dict)
    """For a moment."""

    def clear(self) -> None:
        """Nothing is marked."""
        self.current = None
        for marks in (self.hits, self.chosen, self.led_to):
            marks.clear()


@dataclass(frozen=True, slots=True)
class Stand:
    """A page as it stands on the screen."""

    index: int
    size: Size
    turns: int
    place: QRectF
    is_dark: bool = False
    """Whether its letters are white on black."""


@dataclass(frozen=True, slots=True)
class _Dyes:
    """Colours of marks, and how they are laid over the page so that letters stay as they are."""

    mode: QPainter.CompositionMode
    current: QColor
    hit: QColor
    chosen: QColor


_ON_WHITE = _Dyes(
    QPainter.CompositionMode.CompositionMode_Multiply,
    QColor(255, 178, 64),
    QColor(255, 236, 120),
    QColor(158, 200, 255),
)
_ON_BLACK = _Dyes(
    QPainter.CompositionMode.CompositionMode_Lighten,
    QColor(150, 84, 0),
    QColor(96, 80, 0),
    QColor(24, 72, 140),
)


def paint_marks(painter: QPainter, theme: Theme, marks: PageMarks, stand: Stand) -> None:
    """Over the page; its letters stay legible."""
    dyes = _ON_BLACK if stand.is_dark else _ON_WHITE
    painter.save()
    painter.setCompositionMode(dyes.mode)
    for number, hit in enumerate(marks.hits.get(stand.index, ())):
        is_current = marks.current == (stand.index, number)
        _fill(painter, stand, hit, dyes.current if is_current else dyes.hit)
    _fill(painter, stand, marks.chosen.get(stand.index, ()), dyes.chosen)
    painter.restore()
    _outline(painter, theme, stand, marks.led_to.get(stand.index, ()))
    if marks.current is not None and marks.current[0] == stand.index:
        hits = marks.hits.get(stand.index, ())
        if marks.current[1] < len(hits):
            _outline(painter, theme, stand, hits[marks.current[1]])


def _fill(painter: QPainter, stand: Stand, boxes: Hit, color: QColor) -> None:
    for box in boxes:
        painter.fillRect(_wide(seen(box, stand.size, stand.turns, stand.place)), color)


def _outline(painter: QPainter, theme: Theme, stand: Stand, boxes: Hit) -> None:
    painter.setPen(QPen(QColor(214, 96, 0), theme.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in boxes:
        painter.drawRect(_wide(seen(box, stand.size, stand.turns, stand.place)))


def _wide(box: QRectF) -> QRectF:
    return box.adjusted(-1.5, -1.5, 1.5, 1.5)
