"""Measurements of the viewers as they are kept with the request, and the way back.

The one place that knows both: a viewer's measurements join by a function that makes `KeptLine`s.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
from PySide6.QtCore import QObject

from backend_client.models.annotations import (
    Annotation,
    AnnotationId,
    CalibrationMark,
    PutAnnotation,
)
from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, Origin, PicturePlace, Place
from workstation.services.finding_text import in_one_line
from workstation.studies.measure.calibration import NoScale
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.file_shelves import FileShelf, every_shelf
from workstation.ui.screens.review.kept_calibrations import (
    blurs_of,
    marks_of_hand,
    marks_of_paper,
)
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.figures.frame_figure import FrameFigure, HandScales
from workstation.ui.viewers.figures.names import NAME_KINDS, Name
from workstation.ui.viewers.figures.words import FigureWords
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper
from workstation.ui.viewers.paper_ecg.shelf import LineOf
from workstation.ui.viewers.paper_ecg.words import PaperWords
from workstation.ui.viewers.stack.figures import SliceFigure, chief_value, scale_of
from workstation.ui.viewers.stack.words import StackWords

_LONGEST_NAME = 100
_BOTH = "interval_and_amplitude"
"""Quantity of a caliper on paper that tells time and level together."""
_ON_PAPER = "paper_by_hand"
KINDS = ("figure", "ecg", "paper", "slice")
"""Of `KeptLine.kind`."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One measurement of a file. `kind` and `number` stay its own while the case is open."""

    document: Document
    kind: str
    """Whose it is: "ecg", "figure", "paper" or "slice"."""
    number: int
    place: Place
    quantity: str
    label: str
    value: float | None
    unit: str
    origin: Origin
    scale: str
    text: str
    calibration: tuple[CalibrationMark, ...] = ()
    of_file: str = ""
    """Of a slice of a series the document that stands for it; `document` is the slice's own. Of a
    disc the shelf of one of its files."""

    @property
    def key(self) -> tuple[str, str, int]:
        """Which line of which file it is."""
        return (self.of_file or self.document.id, self.kind, self.number)

    def is_same(self, kept: Annotation) -> bool:
        """Whether a kept one is this very measurement, made in an earlier session."""
        same_file = (kept.document_id, kept.sha256) == (self.document.id, self.document.sha256)
        return same_file and (kept.quantity, kept.place) == (self.quantity, self.place)

    def put(self, annotation_id: AnnotationId) -> PutAnnotation | None:
        """As it goes to the server; None for what could not be read back, such as a place that is
        none."""
        made = PutAnnotation(
            id=annotation_id,
            document_id=self.document.id,
            sha256=self.document.sha256,
            place=self.place,
            quantity=self.quantity[:_LONGEST_NAME],
            label=in_one_line(self.label),
            value=self.value if self.value is not None and math.isfinite(self.value) else None,
            unit=self.unit[:_LONGEST_NAME],
            origin=self.origin,
            scale=self.scale[:_LONGEST_NAME],
            calibration=self.calibration,
            text=in_one_line(self.text),
        )
        try:
            return msgspec.json.decode(msgspec.json.encode(made), type=PutAnnotation)
        except msgspec.MsgspecError:
            return None


class KeptLines(QObject):
    """Puts the measurements of a case into words; what is only proposed is none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ecg, self._figures = MeasuredWords(self), FigureWords(self)
        self._paper, self._stack = PaperWords(self), StackWords(self)

    def of(self, case: ReviewViewModel) -> Iterator[KeptLine]:
        """All of the case, of a disc all of its files."""
        for shelf in every_shelf(case):
            for line in self._of_shelf(shelf, case):
                yield replace(line, of_file=shelf.id, place=shelf.placed(line.place))

    def _of_shelf(self, shelf: FileShelf, case: ReviewViewModel) -> Iterator[KeptLine]:
        document = shelf.document
        for line in case.measurements.of(shelf.id).lines:
            if not line.is_proposed:
                yield self._of_ecg(document, line.id, line.measured)
        figures = case.figures.of(shelf.id)
        for figure in figures.figures:
            yield self._of_figure(document, figure, figures.hand)
        for page, paper in case.papers.of(shelf.id).pages:
            for caliper in paper.calipers:
                yield self._of_paper(document, page, paper, caliper)
        slices = case.slices.of(shelf.id)
        if slices.info is not None:
            for drawn in slices.every:
                place = drawn.place(slices.info.slices[drawn.index])
                yield self._of_slice(case.sources.of(document, place), slices.info, drawn)

    def _of_ecg(self, document: Document, number: int, one: Measured) -> KeptLine:
        return KeptLine(
            document,
            "ecg",
            number,
            one.place,
            ecg_code(one),
            self._ecg.short_label(one),
            one.value,
            one.unit,
            one.origin,
            "",
            self._ecg.finding(one),
        )

    def _of_figure(self, document: Document, one: FrameFigure, hand: HandScales) -> KeptLine:
        taken = one.taken
        region = f" {taken.region}" if taken is not None and taken.region is not None else ""
        by_file = one.origin is Origin.BY_HAND and not isinstance(one.scale, NoScale)
        return KeptLine(
            document,
            "figure",
            one.id,
            one.place,
            one.name.value if one.name is not None else one.drawing.figure.value,
            self._figures.label(one),
            taken.value if taken is not None else None,
            taken.unit.value if taken is not None and taken.value is not None else "",
            one.origin,
            f"{one.scale.source.value}{region}",
            self._figures.finding(one),
            () if by_file else marks_of_hand(hand),
        )

    def _of_paper(
        self, document: Document, page: int, paper: MarkedPaper, one: PaperCaliper
    ) -> KeptLine:
        found = paper.reading(one) if paper.is_calibrated else None
        value = found.milliseconds if one.tells_time and found is not None else None
        value = found.millivolts if not one.tells_time and found is not None else value
        value = abs(value) if value is not None and one.tells_time else value
        unit = "ms" if one.tells_time else "mV"
        return KeptLine(
            document,
            "paper",
            LineOf(page, one.id).number,
            PicturePlace(page=page, start=one.start.point, stop=one.stop.point),
            one.quantity.value if one.quantity is not None else _BOTH,
            self._paper.label(one),
            value,
            unit if value is not None else "",
            Origin.HAND_CALIBRATED if paper.is_calibrated else Origin.BY_HAND,
            _ON_PAPER,
            self._paper.finding(paper, one),
            marks_of_paper(paper.calibration, (one.start, one.stop)),
        )

    def _of_slice(self, document: Document, info: StackInfo, one: SliceFigure) -> KeptLine:
        slice_ = info.slices[one.index]
        value, unit = chief_value(one, slice_)
        return KeptLine(
            document,
            "slice",
            one.number,
            one.place(slice_),
            one.drawing.figure.value,
            self._stack.name(one.drawing.figure),
            value,
            unit,
            one.origin,
            scale_of(slice_).source.value,
            self._stack.finding(one, one.index, info),
        )


def ecg_code(one: Measured) -> str:
    """«qtc:fridericia@882.0», «rr*3»: the quantity, what tells it from others, the RR by which it
    was corrected, intervals between."""
    detail = f":{one.detail}" if one.detail else ""
    by_rr = f"@{one.rr_ms!r}" if one.rr_ms is not None else ""
    return f"{one.quantity.value}{detail}{by_rr}" + (f"*{one.cycles}" if one.cycles != 1 else "")


def ecg_measured(kept: Annotation) -> Measured | None:
    """A kept measurement of an ECG as its viewer made it; None for any other."""
    place = FileShelf.bare(kept.place)
    if not isinstance(place, EcgPlace):
        return None
    code, _, cycles = kept.quantity.partition("*")
    code, _, rr_ms = code.partition("@")
    name, _, detail = code.partition(":")
    try:
        quantity, count, by_rr = Quantity(name), int(cycles or 1), float(rr_ms) if rr_ms else None
    except ValueError:
        return None  # of a newer program
    return Measured(quantity, kept.value, kept.unit, place, kept.origin, detail, count, by_rr)


def figure_name(kept: Annotation) -> Name | None:
    """What the doctor called a figure; None without a name, or with one of a newer program."""
    for names in NAME_KINDS:
        for name in names:
            if name.value == kept.quantity:
                return name
    return None


def is_on_file_scale(kept: Annotation) -> bool:
    """Whether it was measured by its file alone: nothing but its place is needed to find it
    again."""
    return kept.origin is Origin.BY_HAND and not kept.calibration


def paper_caliper(kept: Annotation) -> PaperCaliper | None:
    """A caliper on paper as its viewer made it; None for any other."""
    place = kept.place
    if not isinstance(place, PicturePlace):
        return None
    quantity: Quantity | None = None
    if kept.quantity != _BOTH:
        try:
            quantity = Quantity(kept.quantity)
        except ValueError:
            return None  # of a newer program
    start, stop = blurs_of(kept.calibration)
    return PaperCaliper(Spot(*place.start, start), Spot(*place.stop, stop), quantity)
