"""Measurements of the viewers as they are kept with the request, and the way back.

The one place that knows both: a viewer's measurements join by a function that makes `KeptLine`s.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject

from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, FramePlace, Origin, Place
from workstation.services.finding_text import in_one_line
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.ui.screens.review.case_measurements import CaseMeasurements
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.figures.frame_figure import FrameFigure
from workstation.ui.viewers.figures.names import Contour, Name
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.figures.words import FigureWords

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One measurement of a file. `kind` and `number` stay its own while the case is open."""

    document: Document
    kind: str
    """Whose it is: "ecg" or "figure"."""
    number: int
    place: Place
    quantity: str
    label: str
    value: float | None
    unit: str
    origin: Origin
    scale: str
    text: str

    @property
    def key(self) -> tuple[str, str, int]:
        """Which line of which file it is."""
        return (self.document.id, self.kind, self.number)

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

    def of(
        self, document: Document, measured: CaseMeasurements, figures: CaseFigures
    ) -> Iterator[KeptLine]:
        """All of a file."""
        for line in measured.of(document.id).lines:
            if not line.is_proposed:
                yield self._of_ecg(document, line.id, line.measured)
        for figure in figures.of(document.id).figures:
            yield self._of_figure(document, figure)

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

    def _of_figure(self, document: Document, one: FrameFigure) -> KeptLine:
        taken = one.taken
        region = f" {taken.region}" if taken is not None and taken.region is not None else ""
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
        )


def ecg_code(one: Measured) -> str:
    """«qtc:fridericia@882.0», «rr*3»: the quantity, what tells it from others, the RR by which it
    was corrected, intervals between."""
    detail = f":{one.detail}" if one.detail else ""
    by_rr = f"@{one.rr_ms!r}" if one.rr_ms is not None else ""
    return f"{one.quantity.value}{detail}{by_rr}" + (f"*{one.cycles}" if one.cycles != 1 else "")


def ecg_measured(kept: Annotation) -> Measured | None:
    """A kept measurement of an ECG as its viewer made it; None for any other."""
    if not isinstance(kept.place, EcgPlace):
        return None
    code, _, cycles = kept.quantity.partition("*")
    code, _, rr_ms = code.partition("@")
    name, _, detail = code.partition(":")
    try:
        quantity, count, by_rr = Quantity(name), int(cycles or 1), float(rr_ms) if rr_ms else None
    except ValueError:
        return None  # of a newer program
    return Measured(quantity, kept.value, kept.unit, kept.place, kept.origin, detail, count, by_rr)


def figure_name(kept: Annotation) -> Name | None:
    """What the doctor called a figure; None without a name, or with one of a newer program."""
    for names in (EchoInput, Part, Contour):
        for name in names:
            if name.value == kept.quantity:
                return name
    return None


def is_redrawn(kept: Annotation) -> bool:
    """Whether the figure can be drawn and measured anew from its file alone: one that was
    calibrated by hand cannot."""
    return isinstance(kept.place, FramePlace) and kept.origin is Origin.BY_HAND
