"""Gestational age by size, in days from the last period's first day.

Hadlock 1984 (Radiology 152:497, "Computer-assisted analysis of multiple fetal growth parameters"):
361 fetuses of 14 to 42 weeks (so its abstract); the coefficients agree in several independent
programs, the paper's tables were not read. CRL: Robinson and Fleming 1975 (BJOG 82:702) in the
form of ISUOG 2013, and INTERGROWTH-21st (Papageorghiou 2014, Ultrasound Obstet Gynecol 44:641).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import sqrt
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, no_value
from workstation.studies.measure.obstetrics.biometry import FetalSizes, Part, size_lack
from workstation.studies.measure.reading import Unit

_DAYS: Final = 7
_HADLOCK_DAYS: Final = (14.0 * _DAYS, 42.0 * _DAYS)
_ROBINSON_MM: Final = (5.0, 84.0)
_INTERGROWTH_MM: Final = (19.0, 95.0)
"""The narrower of two statements on its range (15 or 19 mm and more)."""


class Dating(Enum):
    """By which formula; said beside the age."""

    HADLOCK_BPD_HC_AC_FL = "hadlock_bpd_hc_ac_fl"
    HADLOCK_HC_AC_FL = "hadlock_hc_ac_fl"
    HADLOCK_BPD_AC_FL = "hadlock_bpd_ac_fl"
    HADLOCK_BPD = "hadlock_bpd"
    HADLOCK_HC = "hadlock_hc"
    HADLOCK_AC = "hadlock_ac"
    HADLOCK_FL = "hadlock_fl"
    ROBINSON_CRL = "robinson_crl"
    INTERGROWTH_CRL = "intergrowth_crl"


@dataclass(frozen=True, slots=True)
class _Hadlock:
    """Weeks of sizes in cm."""

    parts: tuple[Part, ...]
    weeks: Callable[..., float]


_HADLOCK: Final = {
    Dating.HADLOCK_BPD_HC_AC_FL: _Hadlock(
        (Part.BPD, Part.HC, Part.AC, Part.FL),
        lambda bpd, hc, ac, fl: 10.85 + 0.060 * hc * fl + 0.67 * bpd + 0.168 * ac,
    ),
    Dating.HADLOCK_HC_AC_FL: _Hadlock(
        (Part.HC, Part.AC, Part.FL),
        lambda hc, ac, fl: 10.33 + 0.031 * hc * fl + 0.361 * hc + 0.0298 * ac * fl,
    ),
    Dating.HADLOCK_BPD_AC_FL: _Hadlock(
        (Part.BPD, Part.AC, Part.FL),
        lambda bpd, ac, fl: 10.61 + 0.175 * bpd * fl + 0.297 * ac + 0.71 * fl,
    ),
    Dating.HADLOCK_BPD: _Hadlock((Part.BPD,), lambda bpd: 9.54 + 1.482 * bpd + 0.1676 * bpd**2),
    Dating.HADLOCK_HC: _Hadlock((Part.HC,), lambda hc: 8.96 + 0.540 * hc + 0.0003 * hc**3),
    Dating.HADLOCK_AC: _Hadlock((Part.AC,), lambda ac: 8.14 + 0.753 * ac + 0.0036 * ac**2),
    Dating.HADLOCK_FL: _Hadlock((Part.FL,), lambda fl: 10.35 + 2.460 * fl + 0.170 * fl**2),
}

DATING_PARTS: Final[dict[Dating, tuple[Part, ...]]] = {
    by: _HADLOCK[by].parts if by in _HADLOCK else (Part.CRL,) for by in Dating
}
"""What each formula takes."""


def gestational_age(sizes: FetalSizes, by: Dating) -> Computed:
    """Days; none outside of the ages (Hadlock) or sizes (CRL) of which the formula was made.

    BPD 8, HC 29, AC 28, FL 6 cm: 31.35 weeks; each by itself 32.12, 31.94, 32.05 and 31.23. CRL
    60 mm: 87.2 days (Robinson), 86.75 (INTERGROWTH).
    """
    if by is Dating.ROBINSON_CRL:
        return _by_length(sizes.crl, _ROBINSON_MM, _robinson)
    if by is Dating.INTERGROWTH_CRL:
        return _by_length(sizes.crl, _INTERGROWTH_MM, _intergrowth)
    return _by_hadlock(sizes, _HADLOCK[by])


def age_deviation(sizes: FetalSizes, by: Dating) -> Computed:
    """Standard deviation of the age in days, where its paper gives one that was checked.

    INTERGROWTH-21st CRL: 2.39102 + 0.0193474 CRL. 60 mm: 3.552 days.
    """
    age = gestational_age(sizes, by)
    if age.value is None:
        return age
    if by is not Dating.INTERGROWTH_CRL:
        return no_value(Unit.DAY, Lack.NO_REFERENCE)
    return computed(Unit.DAY, lambda crl: 2.39102 + 0.0193474 * crl, sizes.crl)


def weeks_and_days(days: float) -> tuple[int, int]:
    """Completed weeks and days, as obstetrics counts; of the age rounded to whole days."""
    return divmod(round(days), _DAYS)


def _by_hadlock(sizes: FetalSizes, formula: _Hadlock) -> Computed:
    found = [(part, sizes.of(part)) for part in formula.parts]
    lack = next((why for part, size in found if (why := size_lack(part, size))), None)
    if lack is not None:
        return no_value(Unit.DAY, lack)
    centimetres = [size / 10 for _, size in found if size is not None]
    days = computed(Unit.DAY, lambda *cm: _DAYS * formula.weeks(*cm), *centimetres)
    if days.value is None or _HADLOCK_DAYS[0] <= days.value <= _HADLOCK_DAYS[1]:
        return days
    return no_value(Unit.DAY, Lack.AGE_OUT_OF_RANGE)


def _by_length(
    crl_mm: float | None, limits: tuple[float, float], days: Callable[[float], float]
) -> Computed:
    if crl_mm is None:
        return no_value(Unit.DAY, Lack.MISSING)
    if not limits[0] <= crl_mm <= limits[1]:
        return no_value(Unit.DAY, Lack.SIZE_OUT_OF_RANGE)
    return computed(Unit.DAY, days, crl_mm)


def _robinson(crl_mm: float) -> float:
    return 8.052 * sqrt(1.037 * crl_mm) + 23.73


def _intergrowth(crl_mm: float) -> float:
    return 40.9041 + 3.21585 * sqrt(crl_mm) + 0.348956 * crl_mm
