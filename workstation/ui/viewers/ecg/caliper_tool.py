"""The calipers of the ECG: drawn and dragged by the mouse, moved by keys, kept as measurements."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from backend_client.models.evidence import EcgPlace
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.calipers import snapped
from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.placed_caliper import (
    NAME_LENGTH,
    End,
    PlacedCaliper,
)
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.caliper_dress import CaliperDress, Look
from workstation.ui.viewers.ecg.caliper_painter import CaliperPainter, DrawnCaliper
from workstation.ui.viewers.ecg.caliper_shape import CaliperShape, shapes_of
from workstation.ui.viewers.ecg.caliper_sight import (
    is_blind,
    measured_on,
    placed,
    rhythm_strip,
    sample_under,
)
from workstation.ui.viewers.ecg.layout import Strip
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.ecg.measurements import EcgMeasurements, Line, LineId
from workstation.ui.viewers.ecg.place_seeker import boxes_of
from workstation.ui.viewers.ecg.sheet_tool import SheetSight

_FIRST_WIDTH_S = 0.2
_OTHER_END = {End.STOP: End.START, End.START: End.BOTH, End.BOTH: End.STOP}


class CaliperMode(Enum):
    """What a drag on the trace draws."""

    TIME = "time"
    AMPLITUDE = "amplitude"


@dataclass(frozen=True, slots=True)
class _Grip:
    """What the mouse holds: a part of a caliper, on the strip on which it was taken."""

    line_id: LineId | None
    """None for a caliper that is being drawn."""
    begun: PlacedCaliper
    end: End
    record: EcgRecord
    strip: Strip
    sample: int
    """Under the mouse when the button went down."""


class CaliperTool(QObject):
    """A `SheetTool`. What it measures stands in `EcgMeasurements`; while the mouse drags, the
    list keeps the value from before.
    """

    changed = Signal()
    """Other calipers, or others of their parts: to be painted again."""

    def __init__(
        self,
        theme: Theme,
        words: MeasuredWords,
        measurements: EcgMeasurements,
        sight: Callable[[], SheetSight | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.mode: CaliperMode | None = None
        """What is in the doctor's hand; None while the tool is put away."""
        self.kind = Quantity.INTERVAL
        """What the next time caliper measures."""
        self.held_end = End.STOP
        """Which end the keys move."""
        self.is_marching = False
        """Whether the chosen interval is repeated over all rows."""
        self._measurements, self._sight = measurements, sight
        self._painter, self._dress = CaliperPainter(theme), CaliperDress(words)
        self._grip: _Grip | None = None
        self._draft: PlacedCaliper | None = None
        self._marked: EcgPlace | None = None
        measurements.changed.connect(self.changed)

    @property
    def chosen(self) -> PlacedCaliper | None:
        """The chosen measurement's caliper; None where it stands nowhere on this record."""
        sight, line = self._sight(), self._measurements.chosen
        if sight is None or line is None:
            return None
        return placed(line.measured, sight)

    def take(self, mode: CaliperMode) -> None:
        """Takes the tool; one that is in hand already sets a caliper into the middle."""
        if self.mode is mode:
            self._set_in_the_middle(mode)
            return
        self.mode = mode
        self.changed.emit()

    def put_away(self) -> bool:
        """Lets go of a drag, else of the tool and of the chosen one; whether there was any."""
        if self._grip is not None:
            self.drop()
            return True
        was_used = self.mode is not None or self._measurements.chosen is not None
        self.mode, self.kind, self.is_marching = None, Quantity.INTERVAL, False
        self._measurements.choose(None)
        self.changed.emit()
        return was_used

    def drop(self) -> None:
        """Forgets what is being dragged: everything stands as before."""
        self._grip, self._draft = None, None
        self.changed.emit()

    def step(self, samples: int) -> None:
        """Moves the held end of the chosen caliper."""
        self._alter(lambda caliper, count: caliper.moved(self.held_end, samples, count))

    def turn_end(self) -> None:
        """The keys move the other end, then both together."""
        self.held_end = _OTHER_END[self.held_end]
        self.changed.emit()

    def choose_kind(self, quantity: Quantity) -> None:
        """The chosen time caliper measures this, and so do those that are drawn next."""
        self.kind = quantity
        self._alter(lambda caliper, _: caliper.as_kind(quantity))
        self.changed.emit()

    def add_cycles(self, cycles: int) -> None:
        """So many RR or PP more lie between the ends of the chosen caliper."""
        self._alter(lambda caliper, _: caliper.with_cycles(caliper.cycles + cycles))

    def march(self) -> None:
        """Repeats the chosen interval over all rows, or no more."""
        self.is_marching = not self.is_marching
        self.changed.emit()

    def mark(self, place: EcgPlace | None) -> None:
        """Makes a stretch stand out; None: none any more."""
        self._marked = place
        self.changed.emit()

    def line_at(self, sight: SheetSight, at: QPointF) -> Line | None:
        """The measurement whose caliper the mouse is on."""
        found = self._found(sight, at)
        return found[0] if found is not None else None

    def paint(self, painter: QPainter, sight: SheetSight) -> None:
        """See `SheetTool`."""
        marked = self._marked
        if marked is not None and marked.recording == sight.record.name[:NAME_LENGTH]:
            self._painter.paint_mark(painter, boxes_of(sight, marked))
        self._painter.paint(painter, sight, self.drawn(sight), QRectF(painter.window()))

    def drawn(self, sight: SheetSight) -> list[DrawnCaliper]:
        """What is painted, with its words: the record's calipers and the one that is drawn."""
        grip, draft, lines = self._grip, self._draft, self._measurements
        drawn = []
        for line in lines.lines:
            look = self._look(is_chosen=line == lines.chosen)
            if grip is not None and draft is not None and grip.line_id == line.id:
                drawn.append(self._dress.draft(sight, draft, line.id, look))
            elif (found := self._dress.line(sight, line, look)) is not None:
                drawn.append(found)
        if grip is not None and draft is not None and grip.line_id is None:
            look = self._look(is_chosen=True)
            drawn.append(self._dress.draft(sight, draft, lines.kept.following, look))
        return drawn

    def _look(self, *, is_chosen: bool) -> Look:
        held = self.held_end if is_chosen and self.mode is not None else None
        return Look(is_chosen, held, is_chosen and self.is_marching)

    def press(self, sight: SheetSight, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """See `SheetTool`."""
        found = self._found(sight, at)
        if found is not None:
            line, shape, end = found
            self.held_end = end
            self._measurements.choose(line.id)
            self._take_hold(sight, at, line.id, shape.caliper, end, shape.strip)
            return True
        spot = sight.spot(at) if self.mode is not None else None
        if spot is None:
            return False
        self._measurements.choose(None)
        self._begin(sight, at, spot.strip)
        return True

    def move(self, sight: SheetSight, at: QPointF, *, pressed: bool) -> Qt.CursorShape | None:
        """See `SheetTool`."""
        grip = self._grip_on(sight)
        if pressed and grip is not None:
            steps = sample_under(sight, grip.strip, at) - grip.sample
            drawn = grip.begun.moved(grip.end, steps, sight.record.sample_count)
            if not is_blind(sight, drawn):
                self._draft = drawn
            self.changed.emit()
            return _cursor(grip.begun, grip.end)
        found = self._found(sight, at)
        if found is not None:
            return _cursor(found[1].caliper, found[2])
        in_hand = self.mode is not None and sight.spot(at) is not None
        return Qt.CursorShape.CrossCursor if in_hand else None

    def release(self, sight: SheetSight, at: QPointF) -> None:
        """See `SheetTool`."""
        grip, draft = self._grip_on(sight), self._draft
        self._grip, self._draft = None, None
        if grip is None or draft is None:
            return
        measured = measured_on(sight, draft)
        if measured is not None and grip.line_id is None and draft.start != draft.stop:
            self.held_end = End.STOP
            self._measurements.add(measured)
        elif measured is not None and grip.line_id is not None and draft != grip.begun:
            self._measurements.replace(grip.line_id, measured)
        self.changed.emit()

    def _begin(self, sight: SheetSight, at: QPointF, strip: Strip) -> None:
        sample = sample_under(sight, strip, at)
        is_time = self.mode is CaliperMode.TIME
        quantity = self.kind if is_time else Quantity.AMPLITUDE
        caliper = PlacedCaliper(strip.ref.name, sample, sample, quantity)
        self.held_end = End.STOP
        self._take_hold(sight, at, None, caliper, End.STOP, strip)

    def _take_hold(
        self,
        sight: SheetSight,
        at: QPointF,
        line_id: LineId | None,
        caliper: PlacedCaliper,
        end: End,
        strip: Strip,
    ) -> None:
        self._draft = caliper
        self._grip = _Grip(
            line_id, caliper, end, sight.record, strip, sample_under(sight, strip, at)
        )
        self.changed.emit()

    def _grip_on(self, sight: SheetSight) -> _Grip | None:
        """What is held; other samples under the mouse than before end the drag."""
        if self._grip is not None and self._grip.record is not sight.record:
            self.drop()
        return self._grip

    def _found(self, sight: SheetSight, at: QPointF) -> tuple[Line, CaliperShape, End] | None:
        """The caliper under the mouse: the chosen one first, then the newest."""
        lines = list(reversed(self._measurements.lines))
        lines.sort(key=lambda line: line != self._measurements.chosen)
        for line in lines:
            caliper = placed(line.measured, sight)
            for shape in shapes_of(sight, caliper) if caliper is not None else ():
                end = shape.part_at(at)
                if end is not None:
                    return line, shape, end
        return None

    def _alter(self, change: Callable[[PlacedCaliper, int], PlacedCaliper]) -> None:
        """Changes the chosen caliper and measures anew; nothing where there is none."""
        sight, line, caliper = self._sight(), self._measurements.chosen, self.chosen
        if sight is None or line is None or caliper is None:
            return
        altered = change(caliper, sight.record.sample_count)
        measured = measured_on(sight, altered)
        if altered == caliper or is_blind(sight, altered):
            return
        if measured is not None:
            self._measurements.replace(line.id, measured)

    def _set_in_the_middle(self, mode: CaliperMode) -> None:
        """For those who work without a mouse: on the rhythm lead, the keys do the rest."""
        sight = self._sight()
        strip = rhythm_strip(sight) if sight is not None else None
        if sight is None or strip is None:
            return
        rate, count = sight.record.sampling_rate_hz, sight.record.sample_count
        middle = strip.start_s + strip.duration_s / 2
        start = snapped(middle - _FIRST_WIDTH_S / 2, rate, count)
        stop = snapped(middle + _FIRST_WIDTH_S / 2, rate, count)
        quantity = self.kind if mode is CaliperMode.TIME else Quantity.AMPLITUDE
        caliper = PlacedCaliper(strip.ref.name, start or 0, stop or 0, quantity)
        measured = measured_on(sight, caliper)
        if measured is not None:
            self.held_end = End.STOP
            self._measurements.add(measured)


def _cursor(caliper: PlacedCaliper, end: End) -> Qt.CursorShape:
    if end is End.BOTH:
        return Qt.CursorShape.SizeAllCursor
    return Qt.CursorShape.CrossCursor if caliper.is_amplitude else Qt.CursorShape.SizeHorCursor
