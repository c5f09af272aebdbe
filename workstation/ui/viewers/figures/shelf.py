"""The figures of the files of a case: kept while the case is open, and no longer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from workstation.studies.clip_cycles import PlayedStretch
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Measurable
from workstation.ui.viewers.figures.frame_figure import (
    FrameFigure,
    HandMark,
    HandScales,
    measured_figure,
)
from workstation.ui.viewers.figures.names import Name, NameSet


class FigureShelf(QObject):
    """The figures of one file, and which of them is chosen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[FrameFigure, ...] = ()
        self._last = 0
        self.hand = HandScales()
        """What the doctor calibrated."""
        self.taken_on: date | None = None
        """Day of the examination, by the file."""
        self.chosen: int | None = None
        self.played: PlayedStretch | None = None
        """What of the clip is played, where that is not all of it."""
        self._is_said = False
        self._kept: dict[int, Callable[[], bool]] = {}
        """Those that are kept with the request, and whether they may be changed here."""

    @property
    def figures(self) -> tuple[FrameFigure, ...]:
        """All of them, in the order in which they were drawn."""
        return self._figures

    @property
    def is_ultrasound(self) -> bool:
        """Of a still: whether the doctor said that it is one, or has drawn on it as on one."""
        return self._is_said or self.is_drawn_on

    @property
    def is_drawn_on(self) -> bool:
        """Whether there are figures, or marks of a calibration by hand."""
        return bool(self._figures or self.hand.marks)

    def say_ultrasound(self, *, is_so: bool) -> None:
        """The doctor says what a still is, or takes it back."""
        if is_so != self._is_said:
            self._is_said = is_so
            self.changed.emit()

    @property
    def frames(self) -> tuple[int, ...]:
        """Frames on which something is drawn, ascending."""
        return tuple(sorted({one.frame for one in self._figures}))

    def on(self, frame: int | None) -> list[FrameFigure]:
        """Those upon a frame."""
        return [one for one in self._figures if one.frame == frame]

    def get(self, figure_id: int | None) -> FrameFigure | None:
        """The figure of that id."""
        return next((one for one in self._figures if one.id == figure_id), None)

    def keep(self, figure_id: int, may_change: Callable[[], bool]) -> None:
        """That one is kept with the request: who may not write there looks at it as it is."""
        self._kept[figure_id] = may_change

    def is_fixed(self, figure_id: int | None) -> bool:
        """Whether that one stays as it is, whatever is done here."""
        may_change = self._kept.get(figure_id) if figure_id is not None else None
        return may_change is not None and not may_change()

    def add(self, info: Measurable, frame: int, drawing: Drawing) -> FrameFigure:
        """A new one, chosen at once."""
        self._last += 1
        scale, readings = measured_figure(info, frame, drawing, self.hand)
        is_still = info.frame_count == 1
        made = FrameFigure(self._last, frame, drawing, scale, readings, is_on_still=is_still)
        self._figures = (*self._figures, made)
        self.chosen = made.id
        self.taken_on = info.taken_on
        self.changed.emit()
        return made

    def redraw(self, info: Measurable, figure_id: int, drawing: Drawing) -> None:
        """Its points are elsewhere: it is measured anew."""
        self._change(figure_id, lambda one: _measured_anew(one, info, drawing, self.hand))

    def call(self, figure_id: int, name: Name | None) -> None:
        """The doctor says what it is."""
        self._change(figure_id, lambda one: replace(one, name=name, is_noted=False))

    def note(self, figure_id: int, *, is_noted: bool) -> None:
        """Whether it stands in the conclusion as it is."""
        self._change(figure_id, lambda one: replace(one, is_noted=is_noted))

    def choose(self, figure_id: int | None) -> None:
        """Keys act on that one."""
        if figure_id != self.chosen:
            self.chosen = figure_id
            self.changed.emit()

    def remove(self, figure_id: int) -> None:
        """Takes one away."""
        if self.is_fixed(figure_id):
            return
        self._figures = tuple(one for one in self._figures if one.id != figure_id)
        if self.chosen == figure_id:
            self.chosen = None
        self.changed.emit()

    def calibrate(self, info: Measurable, mark: HandMark) -> None:
        """Another calibration by hand of its kind: all figures are measured anew."""
        self._set_hand(info, self.hand.with_mark(mark))

    def forget_hand(self, info: Measurable) -> None:
        """The file's own scales alone."""
        if self.hand != HandScales():
            self._set_hand(info, HandScales())

    def _set_hand(self, info: Measurable, hand: HandScales) -> None:
        self.hand = hand
        self._figures = tuple(
            one if self.is_fixed(one.id) else _measured_anew(one, info, one.drawing, hand)
            for one in self._figures
        )
        self.changed.emit()

    def _change(self, figure_id: int, change: Callable[[FrameFigure], FrameFigure]) -> None:
        if self.is_fixed(figure_id):
            return
        fresh = tuple(change(one) if one.id == figure_id else one for one in self._figures)
        if fresh != self._figures:
            self._figures = fresh
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the doctor typed for the formulas; None where nothing was."""

    height_cm: float | None = None
    weight_kg: float | None = None
    last_period: date | None = None
    """First day."""
    age_days: int | None = None
    """Of the pregnancy on the day of the examination, where it is settled otherwise."""
    echo: tuple[tuple[EchoInput, float], ...] = ()
    """Of the diastole, cm/s, where nothing is measured on a picture: from a report, by phone."""
    atrial_index: float | None = None
    """mL/m2."""
    fraction: float | None = None
    """Ejection fraction, percent."""


class CaseFigures(QObject):
    """The shelves of the open case, and what is known of the patient for the formulas."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelves: dict[DocumentId, FigureShelf] = {}
        self.facts = PersonFacts()
        self.names = NameSet.ECHO
        """The list of names that the doctor used last."""

    def of(self, document_id: DocumentId) -> FigureShelf:
        """The file's shelf; an empty one at first."""
        shelf = self._shelves.get(document_id)
        if shelf is None:
            shelf = self._shelves[document_id] = FigureShelf(self)
            shelf.changed.connect(self.changed)
        return shelf

    @property
    def ids(self) -> tuple[DocumentId, ...]:
        """Of the files that have a shelf; a file of a disc has its own."""
        return tuple(self._shelves)

    def set_facts(self, facts: PersonFacts) -> None:
        """The doctor typed something else."""
        if facts != self.facts:
            self.facts = facts
            self.changed.emit()

    def forget(self) -> None:
        """The case is left: nothing of it may stand beside another patient's files."""
        for shelf in self._shelves.values():
            shelf.changed.disconnect(self.changed)
            shelf.deleteLater()
        self._shelves, self.facts, self.names = {}, PersonFacts(), NameSet.ECHO
        self.changed.emit()


def _measured_anew(
    one: FrameFigure, info: Measurable, drawing: Drawing, hand: HandScales
) -> FrameFigure:
    scale, readings = measured_figure(info, one.frame, drawing, hand)
    same = (drawing, scale, readings) == (one.drawing, one.scale, one.readings)
    noted = one.is_noted and same
    return replace(one, drawing=drawing, scale=scale, readings=readings, is_noted=noted)
