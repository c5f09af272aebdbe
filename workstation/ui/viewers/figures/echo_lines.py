"""The echo of a case, computed: volumes, fractions, masses, gradients, beside their limits."""

from PySide6.QtCore import QObject

from backend_client.models.evidence import Origin
from workstation.studies.measure.computed import Lack
from workstation.studies.measure.echo.desk import EchoRow, Person, echo_rows
from workstation.studies.measure.echo.limits import Limit, limit
from workstation.studies.measure.echo.quantities import EchoInput, EchoQuantity
from workstation.studies.measure.reading import ScaleSource, Unit
from workstation.ui.viewers.figures.case_values import Anchor, CaseValues
from workstation.ui.viewers.figures.computed_line import FIRST_LINE, ComputedLine
from workstation.ui.viewers.figures.computed_words import ComputedWords
from workstation.ui.viewers.figures.diastole_lines import DiastoleLines
from workstation.ui.viewers.figures.names import Contour, Name

AS_MEASURED = {
    EchoQuantity.DIASTOLIC_DIAMETER: EchoInput.DIASTOLIC_DIAMETER,
    EchoQuantity.SYSTOLIC_DIAMETER: EchoInput.SYSTOLIC_DIAMETER,
    EchoQuantity.SEPTUM: EchoInput.SEPTUM,
    EchoQuantity.POSTERIOR_WALL: EchoInput.POSTERIOR_WALL,
    EchoQuantity.E_DECELERATION: EchoInput.E_DECELERATION,
    EchoQuantity.AORTIC_VELOCITY: EchoInput.AORTIC_VELOCITY,
    EchoQuantity.AORTIC_MEAN_GRADIENT: EchoInput.AORTIC_MEAN_GRADIENT,
    EchoQuantity.MITRAL_TRACED_AREA: EchoInput.MITRAL_TRACED_AREA,
    EchoQuantity.MITRAL_MEAN_GRADIENT: EchoInput.MITRAL_MEAN_GRADIENT,
    EchoQuantity.ANNULAR_EXCURSION: EchoInput.ANNULAR_EXCURSION,
}
"""Quantities that stand in the list as figures already."""
_OF_CONTOURS = {
    EchoInput.DIASTOLIC_VOLUME: (Contour.DIASTOLE_FOUR, Contour.DIASTOLE_TWO),
    EchoInput.SYSTOLIC_VOLUME: (Contour.SYSTOLE_FOUR, Contour.SYSTOLE_TWO),
}
_LAST_OF_DIASTOLE = EchoQuantity.E_TO_MEAN
_BIPLANE_OF = {
    EchoQuantity.DIASTOLIC_VOLUME_FOUR: (EchoInput.DIASTOLIC_VOLUME,),
    EchoQuantity.DIASTOLIC_VOLUME_TWO: (EchoInput.DIASTOLIC_VOLUME,),
    EchoQuantity.SYSTOLIC_VOLUME_FOUR: (EchoInput.SYSTOLIC_VOLUME,),
    EchoQuantity.SYSTOLIC_VOLUME_TWO: (EchoInput.SYSTOLIC_VOLUME,),
    EchoQuantity.EJECTION_FRACTION_FOUR: (EchoInput.DIASTOLIC_VOLUME, EchoInput.SYSTOLIC_VOLUME),
    EchoQuantity.EJECTION_FRACTION_TWO: (EchoInput.DIASTOLIC_VOLUME, EchoInput.SYSTOLIC_VOLUME),
}
"""Values of one view, and what stands in their place once both views are there."""
_PER_SURFACE = (
    Unit.GRAM_PER_SQUARE_METRE,
    Unit.MILLILITRE_PER_SQUARE_METRE,
    Unit.SQUARE_CENTIMETRE_PER_SQUARE_METRE,
)


def limit_of(name: EchoInput, person: Person) -> Limit | None:
    """The limits of a measured size, for the patient's sex."""
    own = next((quantity for quantity, one in AS_MEASURED.items() if one is name), None)
    return limit(own, person.sex) if own is not None else None


class EchoLines(QObject):
    """Lines of values of which at least one measurement is there."""

    def __init__(self, words: ComputedWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._diastole = words, DiastoleLines(words, self)

    def of(self, values: CaseValues, person: Person) -> list[ComputedLine]:
        """In the order of the desk; the diastole's grade after its ratios."""
        if not values.anchors:
            return []
        found = []
        for number, row in enumerate(echo_rows(values.echo, person)):
            anchor = self._anchor(row, values)
            if anchor is not None and _is_shown(row, values):
                found.append(self._line(FIRST_LINE + number, row, anchor, values, person))
            if row.quantity is _LAST_OF_DIASTOLE:
                found += self._diastole.of(values, person)
        return found

    def _anchor(self, row: EchoRow, values: CaseValues) -> Anchor | None:
        """The newest of its measurements; None where nothing of it is measured."""
        inputs = _INPUTS[row.quantity]
        names: list[Name] = []
        for one in inputs:
            names += [one, *_OF_CONTOURS.get(one, ())]
        return values.anchor(names)

    def _line(
        self,
        number: int,
        row: EchoRow,
        anchor: Anchor,
        values: CaseValues,
        person: Person,
    ) -> ComputedLine:
        words, label = self._words, self._words.names.quantity(row.quantity)
        value = self._value(row)
        bent = values.foreshortened.intersection(_INPUTS[row.quantity])
        remarks = [words.foreshortened()] if bent else []
        remarks += [words.one_view()] if row.quantity in _BIPLANE_OF else []
        remarks += [words.by_hand()] if row.source is ScaleSource.BY_HAND else []
        told = self._told(row, values, person)
        missing = "" if value else self._why(row, values)
        where = ", ".join([f"{label} {value}", *told]) if value else f"{label}: {missing}"
        return ComputedLine(
            number=number,
            label=label,
            value=self._with_limit(row, value),
            missing=missing,
            where=where,
            warning=". ".join(remarks),
            text=_sentence(label, value, told),
            document_id=anchor.document_id,
            place=anchor.figure.place,
            origin=(
                Origin.HAND_CALIBRATED if row.source is ScaleSource.BY_HAND else Origin.BY_HAND
            ),
        )

    def _value(self, row: EchoRow) -> str:
        computed = row.value
        if computed.value is None:
            return ""
        readings = self._words.readings
        if row.limit is not None and row.limit.unit is computed.unit:
            return readings.beside(computed.value, row.limit)
        return readings.number(computed.value, computed.unit)

    def _with_limit(self, row: EchoRow, value: str) -> str:
        if not value or row.limit is None:
            return value
        words = self._words
        return f"{value}{words.verdict(row.verdict)} ({words.limit(row.limit)})"

    def _told(self, row: EchoRow, values: CaseValues, person: Person) -> list[str]:
        """Limits, body surface, whose scale: what belongs to the value in a sentence."""
        words, told = self._words, []
        if row.limit is not None and row.value.value is not None:
            told.append(words.limits_of(row.limit))
        surface = person.surface.value
        if row.value.unit in _PER_SURFACE and surface is not None:
            told.append(words.surface(surface, person.surface_formula))
        typed = [one for one in _INPUTS[row.quantity] if one in values.typed]
        told += [words.typed_inputs(typed)] if typed else []
        if row.source is ScaleSource.BY_HAND:
            told.append(words.readings.hand())
        return told

    def _why(self, row: EchoRow, values: CaseValues) -> str:
        words, lack = self._words, row.value.lack
        if row.missing:
            return words.missing(_still_missing(row, values))
        if row.value.unit in _PER_SURFACE and lack is Lack.MISSING:
            return words.missing_surface()
        return words.lack(lack) if lack is not None else ""


def _is_shown(row: EchoRow, values: CaseValues) -> bool:
    """Not what stands in the list as a figure, nor by one view what both views give, nor a
    fraction by one view before both its volumes are there."""
    better = _BIPLANE_OF.get(row.quantity)
    if better is None:
        return row.quantity not in AS_MEASURED
    return row.value.value is not None and not all(one in values.echo for one in better)


def _sentence(label: str, value: str, told: list[str]) -> str:
    """For the conclusion; nothing without a value."""
    if not value:
        return ""
    return f"{label} {value} ({', '.join(told)})" if told else f"{label} {value}"


def _still_missing(row: EchoRow, values: CaseValues) -> list[Name]:
    """A volume is missing by the contours that are not there."""
    found: list[Name] = []
    for one in row.missing:
        contours = [c for c in _OF_CONTOURS.get(one, ()) if c not in values.anchors]
        found += contours or [one]
    return found


def _inputs() -> dict[EchoQuantity, tuple[EchoInput, ...]]:
    """What each quantity is made of: all that an empty case lacks."""
    return {row.quantity: row.missing for row in echo_rows({}, Person())}


_INPUTS = _inputs()
