"""The paper's marks and calipers as what can be put, taken hold of and seen on a picture."""

from collections.abc import Sequence

from PySide6.QtGui import QPainter

from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.studies.measure.ecg.placed_caliper import End
from workstation.ui.viewers.paper_ecg.painter import PaperPainter
from workstation.ui.viewers.paper_ecg.session import PaperSession
from workstation.ui.viewers.paper_ecg.steps import Aim, CalibrationPoint, CaliperEnd, Step
from workstation.ui.viewers.picture_spot_tool import Grip, PictureSight


class PaperTool:
    """A `SpotTool` over a `PaperSession`."""

    def __init__(self, session: PaperSession, painter: PaperPainter) -> None:
        self._session, self._painter = session, painter

    @property
    def can_put(self) -> bool:
        """See `SpotTool`."""
        return self._session.can_put

    @property
    def draws_lines(self) -> bool:
        """See `SpotTool`."""
        session = self._session
        return session.aim is not Aim.CALIBRATION or session.step is not Step.CORNERS

    @property
    def is_begun(self) -> bool:
        """See `SpotTool`."""
        return self._session.is_begun

    @property
    def held(self) -> Grip | None:
        """See `SpotTool`."""
        return next((grip for grip in self.grips() if grip.key == self._session.held), None)

    def grips(self) -> Sequence[Grip]:
        """The calibration's points once they are put, while it is made: marks begin where others
        do, and no caliper's drag may change the scale.
        """
        session = self._session
        if session.aim is Aim.CALIBRATION and session.can_put:
            return []
        if session.aim is Aim.CALIBRATION:
            spots = session.calibration.spots
            return [Grip(CalibrationPoint(n), (spot,)) for n, spot in enumerate(spots)]
        found = []
        for number in self._foremost_first():
            one = session.paper.calipers[number]
            found += [
                Grip(CaliperEnd(number, End.STOP), (one.stop,)),
                Grip(CaliperEnd(number, End.START), (one.start,)),
                Grip(CaliperEnd(number, End.BOTH), (one.start, one.stop)),
            ]
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
        self._session.hold(key if isinstance(key, CalibrationPoint | CaliperEnd) else None)

    def move(self, right: float, down: float, blur: float) -> None:
        """See `SpotTool`."""
        self._session.move(right, down, blur)

    def paint(self, painter: QPainter, sight: PictureSight) -> None:
        """See `SpotTool`."""
        self._painter.paint(painter, sight, self._session)

    def _foremost_first(self) -> list[int]:
        newest_first = range(len(self._session.paper.calipers) - 1, -1, -1)
        return sorted(newest_first, key=lambda number: number != self._session.chosen)
