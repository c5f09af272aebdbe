"""A line beside the slices: where one is in the series, and which slices are there already."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.theme import Theme

_WIDE = 14


class SliceRail(QWidget):
    """The first slice is above. `slice_chosen` carries a place in the series, from 0."""

    slice_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ready: Sequence[bool] = ()
        self._place = 0
        self.setObjectName("sliceRail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDE), self._theme.px(80))

    def show_ready(self, ready: Sequence[bool]) -> None:
        """Which slices can be shown at once."""
        if ready != self._ready:
            self._ready = ready
            self.update()

    def show_place(self, place: int) -> None:
        """Where the present slice is."""
        if place != self._place:
            self._place = place
            self.update()

    @property
    def ready(self) -> Sequence[bool]:
        """What is drawn as there."""
        return self._ready

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, count = self._theme, max(1, len(self._ready))
        painter.fillRect(self.rect(), theme.color("viewer.bg"))
        left, wide = self.width() / 2 - 1.5, 3.0
        painter.fillRect(QRectF(left, 0, wide, self.height()), theme.color("viewer.line"))
        step = self.height() / count
        for first, last in _runs(self._ready):
            box = QRectF(left, first * step, wide, (last - first) * step)
            painter.fillRect(box, theme.color("viewer.overlay.dim"))
        high = max(step, theme.px(6))
        top = min(max((self._place + 0.5) * step - high / 2, 0), self.height() - high)
        painter.fillRect(QRectF(2, top, self.width() - 4, high), theme.color("viewer.active"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        share = min(max(event.position().y() / max(1, self.height()), 0), 0.9999)
        self.slice_chosen.emit(int(share * max(1, len(self._ready))))


def _runs(ready: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of what is there: first, and the one behind the last."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for place, is_there in enumerate((*ready, False)):
        if is_there and start is None:
            start = place
        elif not is_there and start is not None:
            runs.append((start, place))
            start = None
    return runs
