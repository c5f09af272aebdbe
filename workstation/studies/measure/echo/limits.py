"""Limits of normal by sex: ASE/EACVI 2015 (Lang, J Am Soc Echocardiogr 28:1), for adults.

Checked against copies: table 4 (ejection fraction, left atrium) word by word; diameters, volumes
and mass against a card drawn from the paper (echoinfo.org) and, for table 6, against the equal
table 4 of ASE 2005. The volumes of women in mL, the lower limits of the systolic volumes and the
tables' other numbers could not be checked in the primary text.
"""

from dataclasses import dataclass
from enum import Enum
from math import isclose, isfinite
from typing import Final

from backend_client.models.requests import Sex
from workstation.studies.measure.echo.quantities import EchoQuantity
from workstation.studies.measure.reading import Unit


class Verdict(Enum):
    """A value beside its limits."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Limit:
    """Normal from `low` to `high`, both included; None: no limit on this side."""

    low: float | None
    high: float | None
    unit: Unit
    table: int
    """Of ASE/EACVI 2015."""


_NOISE: Final = 5e-4
"""Share of a limit: no hand puts a point so exactly, and no pixel is so small (a wall of 9 mm is
some thirty pixels of a picture). 9.0001 mm with an arrow beside 6 to 9 was no finding."""
_MOST_MORE: Final = 6

_Range = tuple[float | None, float | None]

_ROWS: Final[tuple[tuple[EchoQuantity, Unit, int, _Range, _Range], ...]] = (
    (EchoQuantity.DIASTOLIC_DIAMETER, Unit.MILLIMETRE, 2, (42.0, 58.4), (37.8, 52.2)),
    (EchoQuantity.SYSTOLIC_DIAMETER, Unit.MILLIMETRE, 2, (25.0, 39.8), (21.6, 34.8)),
    (EchoQuantity.DIASTOLIC_VOLUME, Unit.MILLILITRE, 2, (62, 150), (46, 106)),
    (EchoQuantity.SYSTOLIC_VOLUME, Unit.MILLILITRE, 2, (21, 61), (14, 42)),
    (
        EchoQuantity.DIASTOLIC_VOLUME_INDEX,
        Unit.MILLILITRE_PER_SQUARE_METRE,
        2,
        (34, 74),
        (29, 61),
    ),
    (
        EchoQuantity.SYSTOLIC_VOLUME_INDEX,
        Unit.MILLILITRE_PER_SQUARE_METRE,
        2,
        (11, 31),
        (8, 24),
    ),
    (EchoQuantity.EJECTION_FRACTION, Unit.PERCENT, 4, (52, 72), (54, 74)),
    (EchoQuantity.SEPTUM, Unit.MILLIMETRE, 6, (6, 10), (6, 9)),
    (EchoQuantity.POSTERIOR_WALL, Unit.MILLIMETRE, 6, (6, 10), (6, 9)),
    (EchoQuantity.MASS, Unit.GRAM, 6, (88, 224), (67, 162)),
    (EchoQuantity.MASS_INDEX, Unit.GRAM_PER_SQUARE_METRE, 6, (49, 115), (43, 95)),
    (EchoQuantity.RELATIVE_WALL_THICKNESS, Unit.RATIO, 6, (0.24, 0.42), (0.22, 0.42)),
    (EchoQuantity.AREA_LENGTH_MASS, Unit.GRAM, 6, (96, 200), (66, 150)),
    (
        EchoQuantity.AREA_LENGTH_MASS_INDEX,
        Unit.GRAM_PER_SQUARE_METRE,
        6,
        (50, 102),
        (44, 88),
    ),
    (
        EchoQuantity.ATRIAL_VOLUME_INDEX,
        Unit.MILLILITRE_PER_SQUARE_METRE,
        4,
        (16, 34),
        (16, 34),
    ),
    (EchoQuantity.ANNULAR_EXCURSION, Unit.MILLIMETRE, 10, (17, None), (17, None)),
)


def limit(quantity: EchoQuantity, sex: Sex | None) -> Limit | None:
    """The limits for this sex; None where there are none, or the sex is unknown.

    Of an unknown sex even where men and women have the same.
    """
    for row, unit, table, men, women in _ROWS:
        if row is quantity and sex in (Sex.MALE, Sex.FEMALE):
            low, high = men if sex is Sex.MALE else women
            return Limit(low, high, unit, table)
    return None


def verdict(value: float | None, found: Limit | None) -> Verdict | None:
    """A value, in the limit's unit, beside its limits; None without either.

    It is judged unrounded, and `digits_beside` has it printed so that the number says the same. A
    limit itself is normal, and what differs from it by half a thousandth or less, too.
    """
    if value is None or found is None or not isfinite(value):
        return None
    if found.low is not None and value < found.low and not _is_at(value, found.low):
        return Verdict.BELOW
    if found.high is not None and value > found.high and not _is_at(value, found.high):
        return Verdict.ABOVE
    return Verdict.WITHIN


def digits_beside(value: float, found: Limit, digits: int) -> int:
    """Places after the comma, `digits` or more, with which the number that is printed lies where
    the value does: 9.05 mm beside 6 to 9 is not printed as 9."""
    judged = verdict(value, found)
    for more in range(digits, digits + _MOST_MORE):
        if verdict(round(value, more), found) is judged:
            return more
    return digits + _MOST_MORE


def _is_at(value: float, bound: float) -> bool:
    return isclose(value, bound, rel_tol=_NOISE)
