"""Percentiles of sizes and weight for the gestational age, each with its reference named.

INTERGROWTH-21st sizes: Papageorghiou 2014 (Lancet 384:869), normal about a mean and a standard
deviation, 14 to 40 weeks. Its weight: Stirnemann 2017 (Ultrasound Obstet Gynecol 49:478), skewed
(LMS of ln weight), 22 to 40 weeks, of its own weight formula only. Coefficients as in the reviewed
R package gigs; they give the project's published tables back, which are the tests.

Hadlock 1991 (Radiology 181:129): ln weight = 0.578 + 0.332 w - 0.00354 w^2, 10 to 40 weeks. The
paper names three spreads (12.7 %, 13 %, 0.12 of ln) which its own table 1 does not follow: that one
is the mean by 0.75, 0.83, 1.17, 1.25 for the 3rd, 10th, 90th and 97th, which is 0.17/1.2816 =
13.3 %. We follow the table, as what devices and doctors read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import exp, isfinite, log
from statistics import NormalDist
from typing import Final

from workstation.studies.measure.computed import Lack
from workstation.studies.measure.obstetrics.biometry import Part, size_lack
from workstation.studies.measure.obstetrics.weight import HADLOCK_WEIGHTS, WeightFormula

_NORMAL: Final = NormalDist()
_TABLE_SPREAD: Final = 0.17 / _NORMAL.inv_cdf(0.9)
_SIZE_WEEKS: Final = (14.0, 40.0)
_WEIGHT_WEEKS: Final = (22.0, 40.0)
_HADLOCK_WEEKS: Final = (10.0, 40.0)
_FARTHEST_Z: Final = 8.0
"""Beyond it a slip is likelier than a fetus: no number."""


class Reference(Enum):
    """Against whom; said beside the percentile."""

    INTERGROWTH_2014 = "intergrowth_2014"
    """Sizes: Papageorghiou, Lancet 2014."""
    INTERGROWTH_2017 = "intergrowth_2017"
    """Weight: Stirnemann, Ultrasound Obstet Gynecol 2017."""
    HADLOCK_1991 = "hadlock_1991"
    """Weight: Hadlock, Radiology 1991."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value stands; with a `lack`, nowhere."""

    reference: Reference
    z: float | None = None
    percentile: float | None = None
    """0 to 100."""
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class _Curve:
    """Millimetres at a number of weeks."""

    mean: Callable[[float], float]
    deviation: Callable[[float], float]


_SIZES: Final = {
    Part.HC: _Curve(
        lambda w: -28.2849 + 1.69267 * w**2 - 0.397485 * w**2 * log(w),
        lambda w: (
            1.98735
            + 0.0136772 * w**3
            - 0.00726264 * w**3 * log(w)
            + 0.000976253 * w**3 * log(w) ** 2
        ),
    ),
    Part.BPD: _Curve(
        lambda w: 5.60878 + 0.158369 * w**2 - 0.00256379 * w**3,
        lambda w: exp(
            0.101242
            + 0.00150557 * w**3
            - 0.000771535 * w**3 * log(w)
            + 0.0000999638 * w**3 * log(w) ** 2
        ),
    ),
    Part.OFD: _Curve(
        lambda w: -12.4097 + 0.626342 * w**2 - 0.148075 * w**2 * log(w),
        lambda w: exp(
            -0.880034
            + 0.0631165 * w**2
            - 0.0317136 * w**2 * log(w)
            + 0.00408302 * w**2 * log(w) ** 2
        ),
    ),
    Part.AC: _Curve(
        lambda w: -81.3243 + 11.6772 * w - 0.000561865 * w**3,
        lambda w: -4.36302 + 0.121445 * w**2 - 0.0130256 * w**3 + 0.00282143 * w**3 * log(w),
    ),
    Part.FL: _Curve(
        lambda w: -39.9616 + 4.32298 * w - 0.0380156 * w**2,
        lambda w: exp(0.605843 - 42.0014 * w**-2 + 0.00000917972 * w**3),
    ),
}


def size_standing(part: Part, size_mm: float | None, age_days: float | None) -> Standing:
    """Of BPD, OFD, HC, AC or FL by INTERGROWTH-21st; BPD there is outer to outer.

    33 weeks: HC 283.0, 301.5 and 320.0 mm are its 3rd, 50th and 97th percentile.
    """
    reference = Reference.INTERGROWTH_2014
    curve = _SIZES.get(part)
    if curve is None:
        return Standing(reference, lack=Lack.NO_REFERENCE)
    lack = size_lack(part, size_mm) or _age_lack(age_days, _SIZE_WEEKS)
    if lack is not None or size_mm is None or age_days is None:
        return Standing(reference, lack=lack or Lack.MISSING)
    weeks = age_days / 7
    return _standing(reference, (size_mm - curve.mean(weeks)) / curve.deviation(weeks))


def weight_standing(
    weight_g: float | None,
    formula: WeightFormula,
    age_days: float | None,
    reference: Reference,
) -> Standing:
    """Of a weight by a reference that was made for its formula; of another there is none.

    30 weeks, INTERGROWTH-21st: 1106, 1396 and 1783 g are its 3rd, 50th and 97th percentile.
    """
    by_hadlock = reference is Reference.HADLOCK_1991
    if reference is Reference.INTERGROWTH_2014:
        return Standing(reference, lack=Lack.NO_REFERENCE)
    lack = _weight_lack(weight_g) or _age_lack(
        age_days, _HADLOCK_WEEKS if by_hadlock else _WEIGHT_WEEKS
    )
    if lack is not None or weight_g is None or age_days is None:
        return Standing(reference, lack=lack or Lack.MISSING)
    if (formula in HADLOCK_WEIGHTS) is not by_hadlock:
        return Standing(reference, lack=Lack.OTHER_FORMULA)
    return _standing(reference, (_hadlock_z if by_hadlock else _stirnemann_z)(weight_g, age_days))


def expected_weight(age_days: float, reference: Reference) -> float | None:
    """The median in grams, for a curve; None outside of the reference's weeks.

    40 weeks, Hadlock 1991: 3619 g; 30 weeks, INTERGROWTH-21st: 1396 g.
    """
    if reference is Reference.HADLOCK_1991:
        return None if _age_lack(age_days, _HADLOCK_WEEKS) else _hadlock_median(age_days / 7)
    if reference is Reference.INTERGROWTH_2017:
        return None if _age_lack(age_days, _WEIGHT_WEEKS) else exp(_lms(age_days / 7)[1])
    return None


def _standing(reference: Reference, z: float) -> Standing:
    if not (isfinite(z) and abs(z) <= _FARTHEST_Z):
        return Standing(reference, lack=Lack.SIZE_OUT_OF_RANGE)
    return Standing(reference, z, 100 * _NORMAL.cdf(z))


def _hadlock_z(weight_g: float, age_days: float) -> float:
    return (weight_g / _hadlock_median(age_days / 7) - 1) / _TABLE_SPREAD


def _hadlock_median(weeks: float) -> float:
    return exp(0.578 + 0.332 * weeks - 0.00354 * weeks**2)


def _stirnemann_z(weight_g: float, age_days: float) -> float:
    skew, median, spread = _lms(age_days / 7)
    ratio = log(weight_g) / median
    if abs(skew) < 1e-8:
        return log(ratio) / spread
    return float((ratio**skew - 1) / (spread * skew))


def _lms(weeks: float) -> tuple[float, float, float]:
    """Skewness, median and variation of ln weight."""
    cube = weeks**3
    return (
        -4.257629 - 2162.234 * weeks**-2 + 0.0002301829 * cube,
        4.956737 + 0.0005019687 * cube - 0.0001227065 * cube * log(weeks),
        1e-4 * (-6.997171 + 0.057559 * cube - 0.01493946 * cube * log(weeks)),
    )


def _age_lack(age_days: float | None, weeks: tuple[float, float]) -> Lack | None:
    if age_days is None:
        return Lack.MISSING
    return None if 7 * weeks[0] <= age_days <= 7 * weeks[1] else Lack.AGE_OUT_OF_RANGE


def _weight_lack(weight_g: float | None) -> Lack | None:
    if weight_g is None:
        return Lack.MISSING
    return None if 10 <= weight_g <= 10000 else Lack.SIZE_OUT_OF_RANGE
