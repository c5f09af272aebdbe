"""What the doctor does with paper, step by step: marks, names, measures. No widgets."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.photo_calibration import (
    LONGEST_MM,
    SQUARE_MM,
    Method,
    PaperCalibration,
    Spot,
    pixels_between,
    refusal,
    scale_of,
)
from workstation.studies.measure.ecg.photo_scale import Point
from workstation.studies.measure.ecg.placed_caliper import End
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper
from workstation.ui.viewers.paper_ecg.steps import (
    Aim,
    CalibrationPoint,
    CaliperEnd,
    Outside,
    Problem,
    Step,
)

_MOST_STEPS_BACK = 200
_SHORTEST_CALIPER_PX = 1.0


class PaperSession(QObject):
    """One picture at a time: `show` brings what was kept, `paper` is what is to be kept."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paper = MarkedPaper()
        self.aim = Aim.CALIBRATION
        self.quantity = Quantity.INTERVAL
        """What the next time caliper measures."""
        self.problem: Problem | None = None
        """Why what was put last was not taken."""
        self.led: Spot | None = None
        """Where the other end would be put."""
        self.begun: Spot | None = None
        """The first end of a caliper."""
        self.held: CalibrationPoint | CaliperEnd | None = None
        """What keys and drags move."""
        self._size = (1, 1)
        self._past: list[MarkedPaper] = []
        self._moved: CalibrationPoint | CaliperEnd | None = None

    def show(
        self, paper: MarkedPaper, width: int, height: int, chosen_id: int | None = None
    ) -> None:
        """Another picture, of so many pixels, with what was marked on it before."""
        self.paper, self._size = paper, (width, height)
        is_to_be_marked = self.step is not Step.NOTHING and not paper.is_fixed
        self.aim = Aim.CALIBRATION if is_to_be_marked else Aim.TIME
        self.quantity = Quantity.INTERVAL
        self.problem = self.led = self.begun = self.held = self._moved = None
        self._past = []
        number = self.number_of(chosen_id) if chosen_id is not None else None
        if number is not None:
            self.aim, self.held = Aim.TIME, CaliperEnd(number, End.STOP)
        self.changed.emit()

    def renew(self, paper: MarkedPaper) -> None:
        """The same paper, of which something was said elsewhere; what came upon it is no step of
        the doctor's to be undone."""
        if {one.id for one in paper.calipers} != {one.id for one in self.paper.calipers}:
            self._past = []
        self.paper = paper
        self.changed.emit()

    @property
    def calibration(self) -> PaperCalibration:
        """As far as it is."""
        return self.paper.calibration

    @property
    def step(self) -> Step:
        """What is to be done next."""
        known = self.calibration
        if known.method is Method.CORNERS and not known.is_marked:
            return Step.CORNERS
        if not known.is_marked:
            return Step.ALONG if len(known.along) < 2 else Step.UP
        if known.speed_mm_s is None:
            return Step.SPEED
        return Step.GAIN if known.gain_mm_mv is None else Step.NOTHING

    @property
    def why_not(self) -> Problem | None:
        """What is wrong with the last click, or with the points as they stand now."""
        return self.problem or refusal(self.calibration)

    @property
    def is_coarse(self) -> bool:
        """Whether the calibration may falsify a length by more than 1 %."""
        scale = scale_of(self.calibration)
        return scale is not None and not scale.precise

    @property
    def chosen(self) -> int | None:
        """Number of the caliper on which keys act."""
        held = self.held
        return held.number if isinstance(held, CaliperEnd) else None

    @property
    def chosen_caliper(self) -> PaperCaliper | None:
        """The caliper on which keys act."""
        return self.paper.calipers[self.chosen] if self.chosen is not None else None

    @property
    def is_fixed(self) -> bool:
        """Whether the chosen caliper is another's to change."""
        chosen = self.chosen_caliper
        return chosen is not None and chosen.is_fixed

    def knows(self, point: Point) -> bool:
        """Whether there is such a point on the picture."""
        return self._is_inside(Spot(*point))

    def number_of(self, caliper_id: int) -> int | None:
        """Number of the caliper with that id."""
        ids = [one.id for one in self.paper.calipers]
        return ids.index(caliper_id) if caliper_id in ids else None

    def caliper_at(self, start: Point, stop: Point) -> int | None:
        """Number of the caliper between these points."""
        ends = [(one.start.point, one.stop.point) for one in self.paper.calipers]
        return ends.index((start, stop)) if (start, stop) in ends else None

    @property
    def draft(self) -> PaperCaliper | None:
        """The caliper that is being drawn."""
        if self.begun is None or self.led is None:
            return None
        return PaperCaliper(self.begun, self.led, self._quantity_drawn)

    @property
    def can_put(self) -> bool:
        """Whether a click puts a point now."""
        is_free = self.step in _POINTS_OF and not self.paper.is_fixed
        return self.aim is not Aim.CALIBRATION or is_free

    @property
    def is_begun(self) -> bool:
        """Whether the first end of a mark or a caliper is put."""
        if self.aim is not Aim.CALIBRATION:
            return self.begun is not None
        return self.step in (Step.ALONG, Step.UP) and len(self.calibration.spots) % 2 == 1

    def put(self, spot: Spot, quarter_turns: int) -> None:
        """A point of the calibration or of a caliper, while the picture is seen turned so."""
        self.problem = None
        if not self._is_inside(spot):
            self.problem = Outside()
        elif self.aim is not Aim.CALIBRATION:
            self._put_end(spot)
        elif self.can_put:
            self._put_point(spot, quarter_turns)
        self.changed.emit()

    def lead(self, spot: Spot) -> None:
        """Where the other end would be put."""
        if self.is_begun:
            self.led = spot
            self.changed.emit()

    def hold(self, key: CalibrationPoint | CaliperEnd | None) -> None:
        """Keys and drags move that from now on."""
        self.held, self._moved, self.problem = key, None, None
        self.changed.emit()

    def move(self, right: float, down: float, blur: float) -> None:
        """Moves what is held; never out of the picture."""
        held = self.held
        if held is None:
            return
        paper = self._moved_paper(held, right, down, blur)
        if paper is None:
            return
        if self._moved != held:
            self._keep()
            self._moved = held
        self.paper, self.problem = paper, None
        self.changed.emit()

    def take(self, aim: Aim) -> None:
        """Clicks do this from now on."""
        self.aim, self.begun, self.led, self.problem = aim, None, None, None
        self.held = self._moved = None
        self.changed.emit()

    def calibrate(self) -> None:
        """Back to the calibration; there, to the other method. Points of both are kept."""
        if self.paper.is_fixed:
            return
        if self.aim is Aim.CALIBRATION:
            self._keep()
            other = Method.MARKS if self.calibration.method is Method.CORNERS else Method.CORNERS
            self._change_calibration(replace(self.calibration, method=other))
        self.take(Aim.CALIBRATION)

    def lengthen(self, along_squares: int, up_squares: int) -> None:
        """Marks or rectangle are so many large squares longer."""
        along, up = self.calibration.lengths_mm
        lengths = (_length(along, along_squares), _length(up, up_squares))
        if lengths != (along, up) and not self.paper.is_fixed:
            self._keep()
            self._change_calibration(self.calibration.with_lengths(*lengths))
            self.changed.emit()

    def name_speed(self, mm_s: float) -> None:
        """The doctor read the speed on the paper."""
        self._name(replace(self.calibration, speed_mm_s=mm_s))

    def name_gain(self, mm_mv: float) -> None:
        """The doctor read the gain on the paper."""
        self._name(replace(self.calibration, gain_mm_mv=mm_mv))

    def choose_kind(self, quantity: Quantity) -> None:
        """The chosen time caliper measures this, and so do those that are drawn next."""
        self.quantity = quantity
        chosen, number = self.chosen_caliper, self.chosen
        is_free = chosen is not None and not chosen.tells_level and not chosen.is_fixed
        if chosen is not None and number is not None and is_free:
            self._keep()
            named = replace(chosen, quantity=quantity, is_noted=False)
            self.paper = self.paper.with_changed(number, named)
        self.changed.emit()

    def choose(self, number: int | None) -> None:
        """Keys act on that caliper, on its later end; None: on none."""
        if number is not None and self.aim is Aim.CALIBRATION:
            self.take(Aim.TIME)
        self.held = None if number is None else CaliperEnd(number, End.STOP)
        self._moved = self.begun = self.led = None
        self.changed.emit()

    def choose_next(self, steps: int = 1) -> None:
        """The following caliper, round and round."""
        count = len(self.paper.calipers)
        if count:
            first = 0 if steps > 0 else count - 1
            self.choose(first if self.chosen is None else (self.chosen + steps) % count)

    def next_point(self) -> None:
        """Keys move the next point: of the calibration, or of the chosen caliper."""
        held, points = self.held, len(self.calibration.spots)
        if self.aim is Aim.CALIBRATION and self.can_put:
            return
        if self.aim is Aim.CALIBRATION:
            present = held.number if isinstance(held, CalibrationPoint) else -1
            self.held = CalibrationPoint((present + 1) % points) if points else None
        elif isinstance(held, CaliperEnd):
            self.held = CaliperEnd(held.number, _NEXT_END[held.end])
        else:
            self.choose_next()
        self._moved = None
        self.changed.emit()

    def remove(self) -> None:
        """Takes the chosen caliper away."""
        number = self.chosen
        if number is not None and not self.is_fixed:
            self._keep()
            self.paper = self.paper.without(number)
            self.held = None
            self.changed.emit()

    def undo(self) -> None:
        """Takes back what was put, moved or named last."""
        if self.begun is not None:
            self.begun = self.led = None
        elif self._past:
            self.paper = self._past.pop()
            if self.step is not Step.NOTHING and not self.paper.calipers:
                self.aim = Aim.CALIBRATION
        self.held = self._moved = self.problem = self.led = None
        self.changed.emit()

    def drop(self) -> bool:
        """Forgets what is begun, else lets go of what is held; whether there was anything."""
        was = self.begun is not None or self.held is not None
        if self.begun is None:
            self.held = None
        self.begun = self.led = self.problem = None
        self.changed.emit()
        return was

    @property
    def _quantity_drawn(self) -> Quantity | None:
        if self.aim is Aim.BOTH:
            return None
        return Quantity.AMPLITUDE if self.aim is Aim.AMPLITUDE else self.quantity

    def _put_point(self, spot: Spot, quarter_turns: int) -> None:
        """A point of the calibration; a figure that means nothing is not taken."""
        known = self.calibration
        self._keep()
        self.held = None
        if not known.spots:
            known = replace(known, quarter_turns=quarter_turns)
        changed = known.with_spots([*known.spots, spot])
        self.problem = refusal(changed)
        if self.problem is not None:
            self._past.pop()
            corners = known.method is Method.CORNERS
            changed = known if corners else known.with_spots(known.spots[:-1])
        self.led = None
        self._change_calibration(changed)

    def _put_end(self, spot: Spot) -> None:
        """An end of a caliper; the second one makes it."""
        begun, self.held = self.begun, None
        if begun is None:
            self.begun, self.led = spot, spot
        elif pixels_between(begun, spot) >= _SHORTEST_CALIPER_PX:
            self._keep()
            made = PaperCaliper(begun, spot, self._quantity_drawn)
            self.paper = self.paper.with_another(made)
            self.begun = self.led = None
            self.held = CaliperEnd(len(self.paper.calipers) - 1, End.STOP)

    def _name(self, calibration: PaperCalibration) -> None:
        if self.paper.is_fixed:
            return
        self._keep()
        self._change_calibration(calibration)
        if self.aim is Aim.CALIBRATION and self.step is Step.NOTHING and not self.is_coarse:
            self.aim = Aim.TIME
        self.held = self._moved = None
        self.changed.emit()

    def _moved_paper(
        self, held: CalibrationPoint | CaliperEnd, right: float, down: float, blur: float
    ) -> MarkedPaper | None:
        """None where a point would leave the picture, or is another's to move."""
        if isinstance(held, CaliperEnd):
            present = self.paper.calipers[held.number]
            if present.is_fixed:
                return None
            caliper = present.moved(held.end, right, down, blur)
            if not (self._is_inside(caliper.start) and self._is_inside(caliper.stop)):
                return None
            return self.paper.with_changed(held.number, caliper)
        if self.paper.is_fixed:
            return None
        spots = list(self.calibration.spots)
        spot = replace(spots[held.number].moved(right, down), blur=blur)
        spots[held.number] = spot
        if not self._is_inside(spot):
            return None
        return self.paper.calibrated_anew(self.calibration.with_spots(spots))

    def _change_calibration(self, calibration: PaperCalibration) -> None:
        self.paper = self.paper.calibrated_anew(calibration)

    def _keep(self) -> None:
        """What `undo` brings back."""
        self._past = [*self._past, self.paper][-_MOST_STEPS_BACK:]
        self._moved = None

    def _is_inside(self, spot: Spot) -> bool:
        width, height = self._size
        return 0 <= spot.x <= width and 0 <= spot.y <= height


_POINTS_OF = (Step.ALONG, Step.UP, Step.CORNERS)
_NEXT_END = {End.STOP: End.START, End.START: End.BOTH, End.BOTH: End.STOP}


def _length(millimetres: float, squares: int) -> float:
    return min(LONGEST_MM, max(SQUARE_MM, millimetres + squares * SQUARE_MM))
