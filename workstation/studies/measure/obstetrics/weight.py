"""Weight of a fetus by its sizes.

Hadlock 1985 (Am J Obstet Gynecol 151:333), sizes in cm; INTERGROWTH-21st (Stirnemann 2017,
Ultrasound Obstet Gynecol 49:478). The coefficients agree in several independent programs (the
latter also in the reviewed R package gigs); the papers' own tables were not read.
"""

from collections.abc import Callable
from enum import Enum
from math import exp, log
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, no_value
from workstation.studies.measure.obstetrics.biometry import FetalSizes, Part, size_lack
from workstation.studies.measure.reading import Unit

_GRAMS: Final = (100.0, 6500.0)
"""Weights beyond which no formula here was shown to hold (our choice, wide)."""


class WeightFormula(Enum):
    """By whom and of what; said beside the weight."""

    HADLOCK_BPD_HC_AC_FL = "hadlock_bpd_hc_ac_fl"
    HADLOCK_HC_AC_FL = "hadlock_hc_ac_fl"
    HADLOCK_BPD_AC_FL = "hadlock_bpd_ac_fl"
    HADLOCK_AC_FL = "hadlock_ac_fl"
    INTERGROWTH_HC_AC = "intergrowth_hc_ac"


HADLOCK_WEIGHTS: Final = tuple(
    one for one in WeightFormula if one is not WeightFormula.INTERGROWTH_HC_AC
)

WEIGHT_PARTS: Final[dict[WeightFormula, tuple[Part, ...]]] = {
    WeightFormula.HADLOCK_BPD_HC_AC_FL: (Part.BPD, Part.HC, Part.AC, Part.FL),
    WeightFormula.HADLOCK_HC_AC_FL: (Part.HC, Part.AC, Part.FL),
    WeightFormula.HADLOCK_BPD_AC_FL: (Part.BPD, Part.AC, Part.FL),
    WeightFormula.HADLOCK_AC_FL: (Part.AC, Part.FL),
    WeightFormula.INTERGROWTH_HC_AC: (Part.HC, Part.AC),
}


def fetal_weight(sizes: FetalSizes, by: WeightFormula) -> Computed:
    """Grams. BPD 8, HC 29, AC 28, FL 6 cm: 1839 (four), 1832 (HC-AC-FL), 1780 (INTERGROWTH).

    BPD-AC-FL 1862, AC-FL 1877.
    """
    found = [(part, sizes.of(part)) for part in WEIGHT_PARTS[by]]
    lack = next((why for part, size in found if (why := size_lack(part, size))), None)
    if lack is not None:
        return no_value(Unit.GRAM, lack)
    centimetres = [size / 10 for _, size in found if size is not None]
    grams = computed(Unit.GRAM, _FORMULAS[by], *centimetres)
    if grams.value is None or _GRAMS[0] <= grams.value <= _GRAMS[1]:
        return grams
    return no_value(Unit.GRAM, Lack.SIZE_OUT_OF_RANGE)


def _four(bpd: float, hc: float, ac: float, fl: float) -> float:
    power = 1.3596 - 0.00386 * ac * fl + 0.0064 * hc + 0.00061 * bpd * ac + 0.0424 * ac + 0.174 * fl
    return float(10**power)


def _hc_ac_fl(hc: float, ac: float, fl: float) -> float:
    return float(10 ** (1.326 - 0.00326 * ac * fl + 0.0107 * hc + 0.0438 * ac + 0.158 * fl))


def _bpd_ac_fl(bpd: float, ac: float, fl: float) -> float:
    return float(10 ** (1.335 - 0.0034 * ac * fl + 0.0316 * bpd + 0.0457 * ac + 0.1623 * fl))


def _ac_fl(ac: float, fl: float) -> float:
    return float(10 ** (1.304 + 0.05281 * ac + 0.1938 * fl - 0.004 * ac * fl))


def _intergrowth(hc: float, ac: float) -> float:
    cube = (ac / 100) ** 3
    return exp(5.084820 - 54.06633 * cube - 95.80076 * cube * log(ac / 100) + 3.136370 * hc / 100)


_FORMULAS: Final[dict[WeightFormula, Callable[..., float]]] = {
    WeightFormula.HADLOCK_BPD_HC_AC_FL: _four,
    WeightFormula.HADLOCK_HC_AC_FL: _hc_ac_fl,
    WeightFormula.HADLOCK_BPD_AC_FL: _bpd_ac_fl,
    WeightFormula.HADLOCK_AC_FL: _ac_fl,
    WeightFormula.INTERGROWTH_HC_AC: _intergrowth,
}
