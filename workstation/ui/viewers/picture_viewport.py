"""Where a picture stands in its widget: fit, zoom about a point, pan, turn. No widgets."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF

STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
"""Screen pixels of a picture's pixel that + and - go through."""


@dataclass(frozen=True, slots=True)
class PictureViewport:
    """A picture of `picture` pixels, `aspect` high for each wide, in a room of `room` pixels.

    `zoom` is screen pixels to a pixel of the picture (across), None to fit. `center` is the point
    of the picture, 0 to 1 each way, that stands in the middle of the room. `fit_inset` is kept
    free around a fitted picture: left and right, top, bottom.
    """

    picture: QSizeF
    room: QSizeF
    aspect: float = 1.0
    quarter_turns: int = 0
    zoom: float | None = None
    center: QPointF = field(default_factory=lambda: QPointF(0.5, 0.5))
    inset: QMarginsF = field(default_factory=QMarginsF)

    @property
    def shape(self) -> QSizeF:
        """Width and height as shown, in the picture's columns: not square pixels are stretched."""
        upright = QSizeF(self.picture.width(), self.picture.height() * self.aspect)
        return upright.transposed() if self.quarter_turns % 2 else upright

    @property
    def fit_scale(self) -> float:
        """The zoom at which the whole picture fits beside the insets."""
        shape, free = self.shape, self._free
        if shape.isEmpty():
            return 1.0
        return max(0.01, min(free.width() / shape.width(), free.height() / shape.height()))

    @property
    def scale(self) -> float:
        """Screen pixels to a pixel of the picture now."""
        return self.zoom if self.zoom is not None else self.fit_scale

    @property
    def target(self) -> QRectF:
        """Where the picture is drawn, in the widget."""
        size = self.shape * self.scale
        box = QRectF(QPointF(0, 0), size)
        if self.zoom is None:
            box.moveCenter(self._free.center())
        else:
            x = self.room.width() / 2 - self.center.x() * size.width()
            y = self.room.height() / 2 - self.center.y() * size.height()
            box.moveTopLeft(QPointF(x, y))
        return box

    def picture_point(self, at: QPointF) -> QPointF:
        """What of the upright picture lies there in the widget, in its pixels right and down.

        Beyond the picture's edges the numbers go on.
        """
        box = self.target
        u = (at.x() - box.x()) / box.width()
        v = (at.y() - box.y()) / box.height()
        for _ in range(self.quarter_turns):
            u, v = v, 1 - u
        return QPointF(u * self.picture.width(), v * self.picture.height())

    def view_point(self, point: QPointF) -> QPointF:
        """Where a point of the upright picture stands in the widget."""
        u, v = point.x() / self.picture.width(), point.y() / self.picture.height()
        for _ in range(self.quarter_turns):
            u, v = 1 - v, u
        box = self.target
        return QPointF(box.x() + u * box.width(), box.y() + v * box.height())

    def brought_to(self, point: QPointF, scale: float) -> "PictureViewport":
        """At that zoom, with a point of the upright picture in the middle of the room."""
        zoomed = replace(self, zoom=scale)
        box, at = zoomed.target, zoomed.view_point(point)
        u, v = (at.x() - box.x()) / box.width(), (at.y() - box.y()) / box.height()
        return replace(zoomed, center=_inside(QPointF(u, v)))

    @property
    def _free(self) -> QRectF:
        return QRectF(QPointF(0, 0), self.room).marginsRemoved(self.inset)

    def fitted(self) -> "PictureViewport":
        """The whole picture, in the middle."""
        return replace(self, zoom=None, center=QPointF(0.5, 0.5))

    def turned(self) -> "PictureViewport":
        """A quarter clockwise, fitted."""
        return replace(self.fitted(), quarter_turns=(self.quarter_turns + 1) % 4)

    def stepped(self, direction: int, about: QPointF | None = None) -> "PictureViewport":
        """The next step in (1) or out (-1), keeping the point `about` of the widget in place."""
        if direction > 0:
            scale = min((s for s in STEPS if s > self.scale * 1.01), default=STEPS[-1])
        else:
            scale = max((s for s in STEPS if s < self.scale / 1.01), default=STEPS[0])
        return self.scaled_to(scale, about)

    def scaled_to(self, scale: float, about: QPointF | None = None) -> "PictureViewport":
        """Another zoom, with the point under `about` (the middle of the room) kept there."""
        place = about or QPointF(self.room.width() / 2, self.room.height() / 2)
        old = self.target
        u = (place.x() - old.x()) / old.width()
        v = (place.y() - old.y()) / old.height()
        size = self.shape * scale
        x = u + (self.room.width() / 2 - place.x()) / size.width()
        y = v + (self.room.height() / 2 - place.y()) / size.height()
        return replace(self, zoom=scale, center=_inside(QPointF(x, y)))

    def panned(self, by: QPointF) -> "PictureViewport":
        """Dragged by that many screen pixels; a fitted picture stays where it is."""
        if self.zoom is None:
            return self
        size = self.shape * self.scale
        moved = QPointF(
            self.center.x() - by.x() / size.width(), self.center.y() - by.y() / size.height()
        )
        return replace(self, center=_inside(moved))


def _inside(point: QPointF) -> QPointF:
    return QPointF(min(1.0, max(0.0, point.x())), min(1.0, max(0.0, point.y())))
