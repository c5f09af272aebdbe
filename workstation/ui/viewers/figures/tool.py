"""The figures as what can be put, taken hold of and seen on a picture."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from backend_client.models.evidence import Figure
from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.ui.viewers.figures.frame_figure import FrameFigure
from workstation.ui.viewers.figures.kinds import FigurePoint, Tool
from workstation.ui.viewers.figures.painter import FigurePainter
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.picture_spot_tool import Grip, PictureSight

_FEW = 8
"""Points of a line beyond which they can be moved while it is chosen, and not before."""


class FigureTool:
    """A `SpotTool` over a `FigureSession`."""

    def __init__(self, session: FigureSession, painter: FigurePainter) -> None:
        self._session, self._painter = session, painter

    @property
    def can_put(self) -> bool:
        """See `SpotTool`."""
        return self._session.can_put

    @property
    def draws_lines(self) -> bool:
        """See `SpotTool`."""
        return self._session.tool is not Tool.VELOCITY

    @property
    def is_begun(self) -> bool:
        """See `SpotTool`."""
        return bool(self._session.begun)

    @property
    def held(self) -> Grip | None:
        """See `SpotTool`."""
        held = self._session.held
        one = self._session.chosen if held is not None else None
        if held is None or one is None or held.figure_id != one.id:
            return None
        points = one.drawing.points
        if held.place is None:
            return Grip(held, (_spot(points[0]), _spot(points[-1])))
        return Grip(held, (_spot(points[held.place]),))

    def grips(self) -> Sequence[Grip]:
        """See `SpotTool`."""
        found: list[Grip] = []
        for one in self._foremost_first():
            points = one.drawing.points
            is_chosen = one.id == self._session.shelf.chosen
            if len(points) <= _FEW or is_chosen:
                found += [
                    Grip(FigurePoint(one.id, n), (_spot(point),)) for n, point in enumerate(points)
                ]
            if one.drawing.figure is Figure.LINE and self._session.tool is None:
                ends = (_spot(points[0]), _spot(points[1]))
                found.append(Grip(FigurePoint(one.id, None), ends))
        return found

    def put(self, spot: Spot, quarter_turns: int) -> None:
        """See `SpotTool`."""
        self._session.put(spot, quarter_turns)

    def lead(self, spot: Spot) -> None:
        """See `SpotTool`."""
        self._session.lead(spot)

    def hold(self, grip: Grip | None) -> None:
        """See `SpotTool`."""
        key = grip.key if grip is not None else None
        self._session.hold(key if isinstance(key, FigurePoint) else None)

    def move(self, right: float, down: float, blur: float) -> None:
        """See `SpotTool`."""
        self._session.move(right, down)

    @property
    def words_at(self) -> tuple[QRectF, ...]:
        """Where values stand, as last painted."""
        return self._painter.words_at

    def keep_clear(self, loupe: QRectF | None) -> None:
        """Values are written beside the loupe, not under it."""
        self._painter.loupe = loupe

    def paint(self, painter: QPainter, sight: PictureSight) -> None:
        """See `SpotTool`."""
        self._painter.paint(painter, sight, self._session)

    def _foremost_first(self) -> list[FrameFigure]:
        chosen = self._session.shelf.chosen
        return sorted(reversed(self._session.figures), key=lambda one: one.id != chosen)


def _spot(point: tuple[float, float]) -> Spot:
    return Spot(point[0], point[1], 1.0)
