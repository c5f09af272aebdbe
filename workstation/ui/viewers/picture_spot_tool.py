"""What works with points upon a picture: where they are seen, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.ui.viewers.picture_viewport import PictureViewport


@dataclass(frozen=True, slots=True)
class Grip:
    """What can be taken hold of: a point, or (by the line between them) two at once."""

    key: object
    """Tells it from others; the tool's own."""
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class PictureSight:
    """What the surface shows at this moment, and where: enough to paint over it."""

    viewport: PictureViewport
    room: QRectF

    def at(self, spot: Spot) -> QPointF:
        """A point of the picture in logical pixels of the surface."""
        return self.viewport.view_point(QPointF(spot.x, spot.y))


class SpotTool(Protocol):
    """What the points mean."""

    @property
    def can_put(self) -> bool:
        """Whether a click puts a point now."""

    @property
    def draws_lines(self) -> bool:
        """Whether points come in pairs: a drag puts both of them."""

    @property
    def is_begun(self) -> bool:
        """Whether one of a pair is put."""

    @property
    def held(self) -> Grip | None:
        """What keys move."""

    def grips(self) -> Sequence[Grip]:
        """All that can be taken hold of now, the foremost first."""

    def put(self, spot: Spot, quarter_turns: int) -> None:
        """A point, while the picture is seen turned so."""

    def lead(self, spot: Spot) -> None:
        """Where the other one of a pair would be put."""

    def hold(self, grip: Grip | None) -> None:
        """Keys move that from now on; None: nothing."""

    def move(self, right: float, down: float, blur: float) -> None:
        """Moves what is held by pixels of the picture, put as exactly as `blur` says."""

    def paint(self, painter: QPainter, sight: PictureSight) -> None:
        """Over the picture, in logical pixels of the surface."""
