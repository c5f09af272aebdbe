"""What both algorithms of ASE/EACVI 2016 say of an echo's measurements, and what they lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, Measured
from workstation.studies.measure.echo import volumes
from workstation.studies.measure.echo.body import indexed
from workstation.studies.measure.echo.desk import Person
from workstation.studies.measure.echo.diastole import (
    NORMAL_FRACTION_PERCENT,
    Criterion,
    DiastolicSet,
    Judgement,
    diastolic_function,
    e_to_a,
    filling_grade,
)
from workstation.studies.measure.echo.quantities import EchoInput, EchoQuantity
from workstation.studies.measure.reading import ScaleSource, Unit, weakest_source

Measures = Mapping[EchoInput, Measured]
_Fraction = tuple[EchoQuantity | None, Computed, tuple[EchoInput, ...]]
"""By which way (None: typed), how much, of what."""
_I = EchoInput
_Q = EchoQuantity


class Algorithm(Enum):
    """Which figure of the recommendation."""

    FUNCTION = "function"
    """8 A: is the diastole disturbed? Of a normal ejection fraction and a healthy muscle."""
    GRADE = "grade"
    """8 B: how much, and how high is the pressure? Of a low fraction or an ill muscle."""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One algorithm's answer, or what it lacks."""

    algorithm: Algorithm
    judgement: Judgement
    ratio: float | None
    """E/A."""
    fraction: Computed | None
    """The ejection fraction that was taken; None where none is measured."""
    fraction_by: EchoQuantity | None
    """None: typed."""
    used: tuple[EchoInput, ...]
    """What was measured of all that the algorithm looks at."""
    missing: tuple[EchoInput, ...]
    """What was not, and could change the answer or make one."""
    lacks_fraction: bool
    fractions_contradict: bool
    """Some ways call it normal, others low: two views are needed."""
    lacks_surface: bool
    """Height and weight, for the atrium's index."""
    typed_index: bool
    """The atrium's index was typed."""
    source: ScaleSource
    """The weakest calibration of all measurements that entered it."""


_FLOW: Final = (_I.E_VELOCITY, _I.A_VELOCITY)
_ANNULUS: Final = (_I.SEPTAL_VELOCITY, _I.LATERAL_VELOCITY)
_ATRIUM: Final = (
    _I.ATRIAL_AREA_FOUR_CHAMBER,
    _I.ATRIAL_AREA_TWO_CHAMBER,
    _I.ATRIAL_LENGTH,
)
_OF_CRITERION: Final = {
    Criterion.E_RATIO: (_I.E_VELOCITY, *_ANNULUS),
    Criterion.ANNULUS: _ANNULUS,
    Criterion.TRICUSPID: (_I.TRICUSPID_VELOCITY,),
    Criterion.ATRIUM: _ATRIUM,
}
_FRACTIONS: Final = (
    (_Q.EJECTION_FRACTION, (_I.DIASTOLIC_VOLUME, _I.SYSTOLIC_VOLUME)),
    (_Q.EJECTION_FRACTION_FOUR, (_I.DIASTOLIC_VOLUME_FOUR, _I.SYSTOLIC_VOLUME_FOUR)),
    (_Q.EJECTION_FRACTION_TWO, (_I.DIASTOLIC_VOLUME_TWO, _I.SYSTOLIC_VOLUME_TWO)),
    (_Q.TEICHHOLZ_EJECTION_FRACTION, (_I.DIASTOLIC_DIAMETER, _I.SYSTOLIC_DIAMETER)),
)
"""From the best way to the weakest."""


def diastolic_set(measures: Measures, person: Person) -> DiastolicSet:
    """What the algorithms look at."""
    found = {one: measures[one].value for one in measures}
    index = _atrial_index(measures, person)
    fraction = _fraction(measures, person)
    return DiastolicSet(
        e_cm_s=found.get(_I.E_VELOCITY),
        a_cm_s=found.get(_I.A_VELOCITY),
        septal_cm_s=found.get(_I.SEPTAL_VELOCITY),
        lateral_cm_s=found.get(_I.LATERAL_VELOCITY),
        tricuspid_cm_s=found.get(_I.TRICUSPID_VELOCITY),
        atrial_index_ml_m2=index if index is not None else person.atrial_index_ml_m2,
        fraction_percent=fraction[1].value if fraction is not None else None,
    )


def grade_rows(measures: Measures, person: Person) -> tuple[GradeRow, ...]:
    """Both algorithms; none before something of the diastole itself is measured.

    The first is left out of a low ejection fraction. The second is always there: whether the
    muscle is ill no measurement tells, so its answer holds on that condition (`fraction` says
    whether the fraction is low). For adults in sinus rhythm.
    """
    if not any(one in measures for one in (*_FLOW, *_ANNULUS)):
        return ()
    found = diastolic_set(measures, person)
    rows = [_row(Algorithm.GRADE, filling_grade(found), measures, person, found)]
    fraction = found.fraction_percent
    if fraction is None or fraction >= NORMAL_FRACTION_PERCENT:
        first = diastolic_function(found)
        rows.insert(0, _row(Algorithm.FUNCTION, first, measures, person, found))
    return tuple(rows)


def _row(
    algorithm: Algorithm,
    judgement: Judgement,
    measures: Measures,
    person: Person,
    found: DiastolicSet,
) -> GradeRow:
    fraction = _fraction(measures, person)
    by, value, inputs = fraction if fraction is not None else (None, None, ())
    settled = (*judgement.criteria.met, *judgement.criteria.unmet)
    is_measured = _atrial_index(measures, person) is not None
    is_first = algorithm is Algorithm.FUNCTION
    wanted = _wanted(algorithm, judgement)
    used = tuple(one for one in wanted if one in measures) + (inputs if is_first else ())
    has_index = found.atrial_index_ml_m2 is not None
    there = {*measures, *(_ATRIUM if has_index else ())}
    missing = tuple(one for one in _lacking(algorithm, judgement) if one not in there)
    no_atrium = not judgement.criteria.count or Criterion.ATRIUM in judgement.criteria.unknown
    return GradeRow(
        algorithm=algorithm,
        judgement=judgement,
        ratio=e_to_a(found).value,
        fraction=value,
        fraction_by=by,
        used=used,
        missing=missing,
        lacks_fraction=is_first and fraction is None,
        fractions_contradict=_contradict(_fractions(measures)),
        typed_index=Criterion.ATRIUM in settled and not is_measured,
        lacks_surface=judgement.answer is None
        and no_atrium
        and not has_index
        and person.surface.value is None,
        source=weakest_source(measures[one].source for one in used),
    )


def _wanted(algorithm: Algorithm, judgement: Judgement) -> tuple[EchoInput, ...]:
    """What the answer rests upon: E and A alone where they decide."""
    criteria = judgement.criteria
    settled = (*criteria.met, *criteria.unmet)
    listed = [one for criterion in settled for one in _OF_CRITERION[criterion]]
    flow = _FLOW if algorithm is Algorithm.GRADE else ()
    return tuple(dict.fromkeys((*flow, *listed)))


def _lacking(algorithm: Algorithm, judgement: Judgement) -> tuple[EchoInput, ...]:
    """Inputs of the criteria that are not known; of an algorithm that did not begin, the first."""
    criteria = judgement.criteria
    if algorithm is Algorithm.GRADE and judgement.lack is Lack.MISSING and not criteria.count:
        return _FLOW
    if algorithm is Algorithm.FUNCTION and judgement.lack is not None and not criteria.count:
        return tuple(dict.fromkeys(one for listed in _OF_CRITERION.values() for one in listed))
    listed = (one for criterion in criteria.unknown for one in _OF_CRITERION[criterion])
    return tuple(dict.fromkeys(listed))


def _atrial_index(measures: Measures, person: Person) -> float | None:
    """As it was measured."""
    sizes = (measures[one].value if one in measures else None for one in _ATRIUM)
    return indexed(volumes.biplane_area_length_volume(*sizes), person.surface).value


def _fraction(measures: Measures, person: Person) -> _Fraction | None:
    """The best ejection fraction: biplane; else typed; else of one view or Teichholz, where all
    that can be had lie on the same side of the limit."""
    found, typed = _fractions(measures), person.fraction_percent
    if found and found[0][0] is _Q.EJECTION_FRACTION:
        return found[0]
    if typed is not None:
        return None, Computed(typed, Unit.PERCENT), ()
    return None if not found or _contradict(found) else found[0]


def _contradict(found: list[_Fraction]) -> bool:
    """Whether weaker methods differ in what they call the fraction: low or normal."""
    if not found or found[0][0] is _Q.EJECTION_FRACTION:
        return False
    return len({(one.value or 0) >= NORMAL_FRACTION_PERCENT for _, one, _ in found}) > 1


def _fractions(measures: Measures) -> list[_Fraction]:
    every: list[_Fraction] = []
    for quantity, inputs in _FRACTIONS:
        values = [measures[one].value if one in measures else None for one in inputs]
        if quantity is _Q.TEICHHOLZ_EJECTION_FRACTION:
            values = [volumes.teichholz_volume(one).value for one in values]
        found = volumes.ejection_fraction(*values)
        if found.value is not None:
            every.append((quantity, found, inputs))
    return every
