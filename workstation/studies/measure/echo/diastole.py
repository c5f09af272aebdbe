"""The diastolic set, and what ASE/EACVI 2016 makes of it (Nagueh, J Am Soc Echocardiogr 29:277).

For adults in sinus rhythm: not for atrial fibrillation, mitral stenosis or a prosthesis, severe
mitral annular calcification, pacing, left bundle branch block (there the text has ways of its
own). The limits were checked against reviews of the recommendation, not in its own text.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, lack_of, no_value
from workstation.studies.measure.reading import Unit

_HIGH_E_RATIO: Final = 14.0
_LOW_SEPTAL_CM_S: Final = 7.0
_LOW_LATERAL_CM_S: Final = 10.0
_FAST_TRICUSPID_CM_S: Final = 280.0
_LARGE_ATRIUM_ML_M2: Final = 34.0
_LEAST_CRITERIA: Final = 3
"""Of four; with fewer no answer is given (our choice, the stricter reading)."""


@dataclass(frozen=True, slots=True)
class DiastolicSet:
    """What was measured; None where it was not."""

    e_cm_s: float | None = None
    """Peak of the early mitral inflow."""
    a_cm_s: float | None = None
    septal_cm_s: float | None = None
    """Early velocity of the annulus, e', without sign."""
    lateral_cm_s: float | None = None
    tricuspid_cm_s: float | None = None
    """Peak of the regurgitation, without sign."""
    atrial_index_ml_m2: float | None = None
    """Largest volume of the left atrium to the body surface."""


class DiastolicFunction(Enum):
    """Where the ejection fraction is normal and nothing tells of a disease of the muscle."""

    NORMAL = "normal"
    DYSFUNCTION = "dysfunction"


class FillingGrade(Enum):
    """Where the ejection fraction is low, or the muscle is known to be ill."""

    ONE = "one"
    """Pressure in the left atrium normal."""
    TWO = "two"
    """Raised."""
    THREE = "three"
    """Raised, restrictive."""


def e_to_a(found: DiastolicSet) -> Computed:
    """E/A."""
    return _ratio(found.e_cm_s, found.a_cm_s)


def mean_annulus_velocity(found: DiastolicSet) -> Computed:
    """e' in cm/s, the mean of septal and lateral; of both only."""
    return computed(
        Unit.CENTIMETRE_PER_SECOND,
        lambda one, other: (one + other) / 2,
        found.septal_cm_s,
        found.lateral_cm_s,
    )


def e_to_septal(found: DiastolicSet) -> Computed:
    """E/e' with the septal e' (limit 15)."""
    return _ratio(found.e_cm_s, found.septal_cm_s)


def e_to_lateral(found: DiastolicSet) -> Computed:
    """E/e' with the lateral e' (limit 13)."""
    return _ratio(found.e_cm_s, found.lateral_cm_s)


def e_to_mean(found: DiastolicSet) -> Computed:
    """E/e' with the mean e' (limit 14)."""
    return _ratio(found.e_cm_s, mean_annulus_velocity(found).value)


def diastolic_function(found: DiastolicSet) -> DiastolicFunction | Lack:
    """Algorithm A: more than half of four criteria met: dysfunction; less: normal; half: unsaid.

    Mean E/e' over 14; septal e' under 7 or lateral under 10 cm/s; tricuspid regurgitation over
    2.8 m/s; atrial index over 34 mL/m2.
    """
    slow = _any_of(
        _below(found.septal_cm_s, _LOW_SEPTAL_CM_S), _below(found.lateral_cm_s, _LOW_LATERAL_CM_S)
    )
    known = [one for one in (slow, *_pressure_criteria(found)) if one is not None]
    if len(known) < _LEAST_CRITERIA:
        return Lack.MISSING
    met = sum(known)
    if 2 * met == len(known):
        return Lack.INDETERMINATE
    dysfunction = 2 * met > len(known)
    return DiastolicFunction.DYSFUNCTION if dysfunction else DiastolicFunction.NORMAL


def filling_grade(found: DiastolicSet) -> FillingGrade | Lack:
    """Algorithm B: by E/A and E; between them by mean E/e', tricuspid regurgitation, atrium.

    E/A 0.8 or less with E 50 cm/s or less: one; E/A 2 or more: three; else two or three of the
    three criteria met: two, else one; one of two met: unsaid.
    """
    ratio = e_to_a(found)
    if ratio.value is None or found.e_cm_s is None:
        return ratio.lack or Lack.MISSING
    if ratio.value >= 2:
        return FillingGrade.THREE
    if ratio.value <= 0.8 and found.e_cm_s <= 50:
        return FillingGrade.ONE
    known = [one for one in _pressure_criteria(found) if one is not None]
    if len(known) < 2:
        return Lack.MISSING
    met = sum(known)
    if 2 * met == len(known):
        return Lack.INDETERMINATE
    return FillingGrade.TWO if 2 * met > len(known) else FillingGrade.ONE


def _pressure_criteria(found: DiastolicSet) -> tuple[bool | None, ...]:
    return (
        _above(e_to_mean(found).value, _HIGH_E_RATIO),
        _above(found.tricuspid_cm_s, _FAST_TRICUSPID_CM_S),
        _above(found.atrial_index_ml_m2, _LARGE_ATRIUM_ML_M2),
    )


def _ratio(one: float | None, other: float | None) -> Computed:
    if lack_of(one, other) is not None:
        return no_value(Unit.RATIO, lack_of(one, other) or Lack.MISSING)
    return computed(Unit.RATIO, lambda above, below: above / below, one, other)


def _above(value: float | None, limit: float) -> bool | None:
    return None if value is None or lack_of(value) is not None else value > limit


def _below(value: float | None, limit: float) -> bool | None:
    return None if value is None or lack_of(value) is not None else value < limit


def _any_of(one: bool | None, other: bool | None) -> bool | None:
    if one is None or other is None:
        return other if one is None else one
    return one or other
