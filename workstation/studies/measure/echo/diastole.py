"""The diastolic set, and what ASE/EACVI 2016 makes of it (Nagueh, J Am Soc Echocardiogr 29:277).

For adults in sinus rhythm: not for atrial fibrillation, mitral stenosis or a prosthesis, severe
mitral annular calcification, pacing, left bundle branch block (there the text has ways of its
own). Its first algorithm (figure 8 A) is for a normal ejection fraction, its second one (figure
8 B) for a low one, or for a disease of the muscle whatever the fraction.

The limits and both ways were checked in reviews of the recommendation (the four limits: Ann
Intensive Care 2018; 8: 100, table 1; both ways: thoracickey.com, mdapp.co, 123sonography.com), the
figures themselves were not seen. Of 2016, not of its successor of 2025, which asks for more.

Where something is missing an answer is given only if what is missing could not change it. That is
stricter than the recommendation, which counts what is there, and takes one side of the annulus
alone (E/e' over 13 lateral, 15 septal).
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
_LOW_RATIO: Final = 0.8
_RESTRICTIVE_RATIO: Final = 2.0
_SLOW_E_CM_S: Final = 50.0
NORMAL_FRACTION_PERCENT: Final = 50.0
"""From here on an ejection fraction is taken for normal, as the reviews do."""


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
    fraction_percent: float | None = None
    """Ejection fraction."""


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


class Criterion(Enum):
    """What speaks for a disturbed diastole, or a raised pressure."""

    E_RATIO = "e_ratio"
    """Mean E/e' over 14."""
    ANNULUS = "annulus"
    """Septal e' under 7 or lateral e' under 10 cm/s."""
    TRICUSPID = "tricuspid"
    """Regurgitation over 2.8 m/s."""
    ATRIUM = "atrium"
    """Index over 34 mL/m2."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """How the criteria that an answer rests upon turned out, in the order of `Criterion`."""

    met: tuple[Criterion, ...] = ()
    unmet: tuple[Criterion, ...] = ()
    unknown: tuple[Criterion, ...] = ()

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.met) + len(self.unmet) + len(self.unknown)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`answer` or `lack`: one of them is None."""

    answer: DiastolicFunction | FillingGrade | None
    lack: Lack | None = None
    criteria: Criteria = Criteria()
    """None of them where E and A alone decide."""


def e_to_a(found: DiastolicSet) -> Computed:
    """E/A. 80 and 60 cm/s: 1.33."""
    return _ratio(found.e_cm_s, found.a_cm_s)


def mean_annulus_velocity(found: DiastolicSet) -> Computed:
    """e' in cm/s, the mean of septal and lateral; of both only. 9 and 12 cm/s: 10.5."""
    return computed(
        Unit.CENTIMETRE_PER_SECOND,
        lambda one, other: (one + other) / 2,
        found.septal_cm_s,
        found.lateral_cm_s,
    )


def e_to_septal(found: DiastolicSet) -> Computed:
    """E/e' with the septal e' (limit 15). 80 and 9 cm/s: 8.9."""
    return _ratio(found.e_cm_s, found.septal_cm_s)


def e_to_lateral(found: DiastolicSet) -> Computed:
    """E/e' with the lateral e' (limit 13). 80 and 12 cm/s: 6.7."""
    return _ratio(found.e_cm_s, found.lateral_cm_s)


def e_to_mean(found: DiastolicSet) -> Computed:
    """E/e' with the mean e' (limit 14). 80, 9 and 12 cm/s: 7.6."""
    return _ratio(found.e_cm_s, mean_annulus_velocity(found).value)


def diastolic_function(found: DiastolicSet) -> Judgement:
    """First algorithm: more than two of the four criteria: dysfunction; less: normal; two: unsaid.

    Of an ejection fraction that is normal; unknown or low: no answer. Fraction 60 %, E 100, A 60,
    e' 5 and 7 cm/s, tricuspid 3.0 m/s, atrium 40 mL/m2: four of four, dysfunction.
    """
    lack = lack_of(found.fraction_percent)
    if lack is not None or found.fraction_percent is None:
        return Judgement(None, lack or Lack.MISSING)
    if found.fraction_percent < NORMAL_FRACTION_PERCENT:
        return Judgement(None, Lack.OTHER_FORMULA)
    criteria = _criteria(found, tuple(Criterion))
    most, half = len(criteria.met) + len(criteria.unknown), criteria.count / 2
    if len(criteria.met) > half:
        return Judgement(DiastolicFunction.DYSFUNCTION, criteria=criteria)
    if most < half:
        return Judgement(DiastolicFunction.NORMAL, criteria=criteria)
    return Judgement(None, Lack.MISSING if criteria.unknown else Lack.INDETERMINATE, criteria)


def filling_grade(found: DiastolicSet) -> Judgement:
    """Second algorithm: by E/A and E; between them by mean E/e', tricuspid regurgitation, atrium.

    E/A 0.8 or less with E 50 cm/s or less: one; E/A 2 or more: three; else two or three of the
    three criteria met: two, else one. With one met, one not and one unknown the recommendation
    says that it cannot be told. E 45, A 70 cm/s: one; E 120, A 60: three.
    """
    ratio = e_to_a(found)
    if ratio.value is None or found.e_cm_s is None:
        return Judgement(None, ratio.lack or Lack.MISSING)
    if ratio.value >= _RESTRICTIVE_RATIO:
        return Judgement(FillingGrade.THREE)
    if ratio.value <= _LOW_RATIO and found.e_cm_s <= _SLOW_E_CM_S:
        return Judgement(FillingGrade.ONE)
    criteria = _criteria(found, _OF_PRESSURE)
    if len(criteria.met) >= _TWO_OF_THREE:
        return Judgement(FillingGrade.TWO, criteria=criteria)
    if len(criteria.unmet) >= _TWO_OF_THREE:
        return Judgement(FillingGrade.ONE, criteria=criteria)
    conflict = len(criteria.unknown) == 1
    return Judgement(None, Lack.INDETERMINATE if conflict else Lack.MISSING, criteria)


_OF_PRESSURE: Final = (Criterion.E_RATIO, Criterion.TRICUSPID, Criterion.ATRIUM)
_TWO_OF_THREE: Final = 2


def _criteria(found: DiastolicSet, wanted: tuple[Criterion, ...]) -> Criteria:
    states = {
        Criterion.E_RATIO: _above(e_to_mean(found).value, _HIGH_E_RATIO),
        Criterion.ANNULUS: _either(
            _below(found.septal_cm_s, _LOW_SEPTAL_CM_S),
            _below(found.lateral_cm_s, _LOW_LATERAL_CM_S),
        ),
        Criterion.TRICUSPID: _above(found.tricuspid_cm_s, _FAST_TRICUSPID_CM_S),
        Criterion.ATRIUM: _above(found.atrial_index_ml_m2, _LARGE_ATRIUM_ML_M2),
    }
    return Criteria(
        met=tuple(one for one in wanted if states[one] is True),
        unmet=tuple(one for one in wanted if states[one] is False),
        unknown=tuple(one for one in wanted if states[one] is None),
    )


def _ratio(one: float | None, other: float | None) -> Computed:
    if lack_of(one, other) is not None:
        return no_value(Unit.RATIO, lack_of(one, other) or Lack.MISSING)
    return computed(Unit.RATIO, lambda above, below: above / below, one, other)


def _above(value: float | None, limit: float) -> bool | None:
    return None if value is None or lack_of(value) is not None else value > limit


def _below(value: float | None, limit: float) -> bool | None:
    return None if value is None or lack_of(value) is not None else value < limit


def _either(one: bool | None, other: bool | None) -> bool | None:
    """Whether one of them is true; None where the one that is not known could be."""
    if one or other:
        return True
    return None if one is None or other is None else False
