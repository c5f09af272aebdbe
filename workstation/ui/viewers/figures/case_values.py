"""What the named figures of a case give to the desks of echo, of obstetrics and of organs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backend_client.models.common import DocumentId
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.computed import Measured
from workstation.studies.measure.echo.discs import (
    Discs,
    biplane_volume,
    chamber_discs,
    lengths_agree,
    single_plane_volume,
)
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.organs import OrganAxis
from workstation.studies.measure.reading import ScaleSource, weakest_source
from workstation.ui.viewers.figures.frame_figure import FrameFigure
from workstation.ui.viewers.figures.names import Contour, Name
from workstation.ui.viewers.figures.shelf import CaseFigures, PersonFacts

_ADULT_YEARS = 18
_VIEWS = {
    EchoInput.DIASTOLIC_VOLUME: (Contour.DIASTOLE_FOUR, Contour.DIASTOLE_TWO),
    EchoInput.SYSTOLIC_VOLUME: (Contour.SYSTOLE_FOUR, Contour.SYSTOLE_TWO),
}
ONE_VIEW = {
    EchoInput.DIASTOLIC_VOLUME_FOUR: Contour.DIASTOLE_FOUR,
    EchoInput.DIASTOLIC_VOLUME_TWO: Contour.DIASTOLE_TWO,
    EchoInput.SYSTOLIC_VOLUME_FOUR: Contour.SYSTOLE_FOUR,
    EchoInput.SYSTOLIC_VOLUME_TWO: Contour.SYSTOLE_TWO,
}
"""Volumes by one contour alone."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The figure from which a value comes."""

    document_id: DocumentId
    figure: FrameFigure


@dataclass(frozen=True, slots=True)
class CaseValues:
    """Of two figures of one name the newer one counts, by its place in the list."""

    echo: Mapping[EchoInput, Measured]
    fetus: Mapping[Part, Measured]
    anchors: Mapping[Name, Anchor]
    taken_on: date | None
    """Day of the newest examination that was measured for the fetus, else of any."""
    typed: frozenset[EchoInput] = frozenset()
    """Those of the echo's values that are on no picture."""
    organs: Mapping[OrganAxis, Measured] = field(default_factory=dict)
    foreshortened: frozenset[EchoInput] = field(default_factory=frozenset)
    """Volumes whose two views differ in length by more than a tenth."""

    def anchor(self, names: Iterable[Name]) -> Anchor | None:
        """The figure to which a computed value leads: the last of those that entered it."""
        found = [self.anchors[name] for name in names if name in self.anchors]
        return found[-1] if found else None


def case_values(case: CaseFigures, documents: Sequence[DocumentId]) -> CaseValues:
    """Of all files of the case, in their order."""
    echo: dict[EchoInput, Measured] = {}
    fetus: dict[Part, Measured] = {}
    organs: dict[OrganAxis, Measured] = {}
    anchors: dict[Name, Anchor] = {}
    contours: dict[Contour, FrameFigure] = {}
    days: list[date] = []
    for document_id in documents:
        shelf = case.of(document_id)
        for one in shelf.figures:
            for name, value in one.measured().items():
                anchors[name] = Anchor(document_id, one)
                if isinstance(name, Part):
                    fetus[name] = value
                    days += [shelf.taken_on] if shelf.taken_on is not None else []
                elif isinstance(name, OrganAxis):
                    organs[name] = value
                else:
                    echo[name] = value
            if isinstance(one.name, Contour):
                contours[one.name] = one
                anchors[one.name] = Anchor(document_id, one)
    bent = _add_volumes(echo, anchors, contours)
    typed = {name: value for name, value in case.facts.echo if name not in echo}
    echo |= {name: Measured(value, ScaleSource.TYPED) for name, value in typed.items()}
    return CaseValues(echo, fetus, anchors, max(days, default=None), frozenset(typed), organs, bent)


def age_on(facts: PersonFacts, taken_on: date | None) -> float | None:
    """Days of the pregnancy on the day of the examination; None where it cannot be told."""
    if facts.age_days is not None:
        return float(facts.age_days)
    if facts.last_period is None or taken_on is None:
        return None
    days = (taken_on - facts.last_period).days
    return float(days) if days >= 0 else None


def is_adult(birth_date: date, day: date) -> bool:
    """Whether the limits of ASE/EACVI 2015 hold: from 18 years on."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1) >= _ADULT_YEARS


def _add_volumes(
    echo: dict[EchoInput, Measured],
    anchors: dict[Name, Anchor],
    contours: Mapping[Contour, FrameFigure],
) -> frozenset[EchoInput]:
    """Volumes by discs: of each contour by itself, and of two views together."""
    bent = set()
    for name, contour in ONE_VIEW.items():
        one = contours.get(contour)
        volume = single_plane_volume(_discs(one)) if one is not None else None
        if one is not None and volume is not None and volume.value is not None:
            echo[name] = Measured(volume.value, one.scale.source)
            anchors[name] = anchors[contour]
    for name, pair in _VIEWS.items():
        views = [(contours[one], _discs(contours[one])) for one in pair if one in contours]
        discs = [cut for _, cut in views if cut is not None]
        if len(discs) < 2:
            continue
        volume = biplane_volume(discs[0], discs[1])
        if volume.value is not None:
            source = weakest_source(figure.scale.source for figure, _ in views)
            echo[name] = Measured(volume.value, source)
            anchors[name] = anchors[pair[1]]
            if not lengths_agree(discs[0], discs[1]):
                bent.add(name)
    return frozenset(bent)


def _discs(one: FrameFigure) -> Discs | None:
    return chamber_discs(one.drawing, one.scale) if isinstance(one.scale, PlaneScale) else None
