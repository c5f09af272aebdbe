"""QT corrected for the rate by four formulae, side by side, each with where it can be trusted.

AHA/ACCF/HRS 2009, part IV (Rautaharju, Surawicz, Gettes): Bazett's correction is too large at
fast and too small at slow rates, linear functions are to be preferred, and no correction is to be
made where RR varies much or the end of T cannot be told. ICH E14 (2005) names 60 a minute below
which Bazett's value is too short. Luo et al., J Electrocardiol 2004; 37 S: 81: from 60 to 99 a
minute the limits of normal of the other three do not depend on the rate, in 10,303 adults.
Outside of the range in which it was shown to hold, a formula is shown and said to be unproven.
These ranges are of adults: small children's rates are above them.
"""

from dataclasses import dataclass
from enum import Enum
from math import cbrt, isfinite, sqrt
from typing import Final

STEADY_SHARE: Final = 0.1
"""Standard deviation of RR, as a part of its mean, beyond which it varies much (our choice)."""


class QtFormula(Enum):
    """How QT is brought to a rate of 60 a minute."""

    BAZETT = "bazett"
    FRIDERICIA = "fridericia"
    FRAMINGHAM = "framingham"
    HODGES = "hodges"


class Trust(Enum):
    """What the rate makes of a corrected value."""

    HOLDS = "holds"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    UNPROVEN = "unproven"


TRUSTED_PER_MINUTE: Final = {
    QtFormula.BAZETT: (60.0, 100.0),
    QtFormula.FRIDERICIA: (60.0, 100.0),
    QtFormula.FRAMINGHAM: (60.0, 100.0),
    QtFormula.HODGES: (60.0, 100.0),
}
"""From, to (not included)."""


@dataclass(frozen=True, slots=True)
class CorrectedQt:
    """One formula's value."""

    formula: QtFormula
    value_ms: float
    trust: Trust


def corrected_qt(qt_ms: float, rr_ms: float) -> tuple[CorrectedQt, ...]:
    """All four, in the order of `QtFormula`; nothing where QT or RR cannot be.

    QT and RR in ms, QT shorter than RR. RR is the interval before the beat, or the mean of a
    steady rhythm. QT 400 and RR 800: 447.2, 430.9, 430.8, 426.2 (Bazett 1920: QT/sqrt RR,
    Fridericia 1920: QT/cbrt RR, Framingham 1992: QT + 154 (1 - RR), Hodges 1983: QT + 1.75 (HR -
    60); RR in s).
    """
    if not (isfinite(qt_ms) and isfinite(rr_ms) and 0 < qt_ms < rr_ms):
        return ()
    return tuple(
        CorrectedQt(formula, _corrected(formula, qt_ms, rr_ms / 1000), _trust(formula, rr_ms))
        for formula in QtFormula
    )


def steady(rr_ms: list[float]) -> bool:
    """Whether the rhythm is steady enough for any correction; two intervals at least."""
    if len(rr_ms) < 2:
        return False
    mean = sum(rr_ms) / len(rr_ms)
    spread = sqrt(sum((one - mean) ** 2 for one in rr_ms) / len(rr_ms))
    return spread <= STEADY_SHARE * mean


def _corrected(formula: QtFormula, qt_ms: float, rr_s: float) -> float:
    if formula is QtFormula.BAZETT:
        return qt_ms / sqrt(rr_s)
    if formula is QtFormula.FRIDERICIA:
        return qt_ms / cbrt(rr_s)
    if formula is QtFormula.FRAMINGHAM:
        return qt_ms + 154 * (1 - rr_s)
    return qt_ms + 1.75 * (60 / rr_s - 60)


def _trust(formula: QtFormula, rr_ms: float) -> Trust:
    per_minute = 60_000 / rr_ms
    low, high = TRUSTED_PER_MINUTE[formula]
    if low <= per_minute < high:
        return Trust.HOLDS
    if formula is not QtFormula.BAZETT:
        return Trust.UNPROVEN
    return Trust.TOO_SHORT if per_minute < low else Trust.TOO_LONG
