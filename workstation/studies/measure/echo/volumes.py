"""Volumes of a chamber by its axes or its area, and what a ventricle ejects.

Formulas as ASE/EACVI 2015 lists them (Lang, J Am Soc Echocardiogr 28:1): Teichholz 1976 for the
diameter alone (no longer recommended there for clinical practice: it takes the ventricle for an
ellipsoid), area-length, ellipsoid.
"""

from collections.abc import Callable
from math import pi
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, lack_of, no_value
from workstation.studies.measure.reading import Unit

_Formula = Callable[[float, float], float]

_AREA_LENGTH: Final = 8 / (3 * pi)
"""0.85 in print."""


def ellipsoid_volume(
    one_mm: float | None, two_mm: float | None, three_mm: float | None
) -> Computed:
    """mL: pi/6 of the product of three whole axes at right angles. 40, 40, 80 mm: 67.0 mL."""
    return computed(
        Unit.MILLILITRE, lambda a, b, c: pi / 6 * a * b * c / 1000, one_mm, two_mm, three_mm
    )


def area_length_volume(area_mm2: float | None, length_mm: float | None) -> Computed:
    """mL, of one view: 8 A^2 / (3 pi L). 20 cm2 and 50 mm: 67.9 mL."""
    return biplane_area_length_volume(area_mm2, area_mm2, length_mm)


def biplane_area_length_volume(
    first_area_mm2: float | None, second_area_mm2: float | None, length_mm: float | None
) -> Computed:
    """mL: 8 A1 A2 / (3 pi L). Of a left atrium, L is the shorter of both views' long axes.

    20 and 15 cm2, 50 mm: 50.9 mL.
    """
    return computed(
        Unit.MILLILITRE,
        lambda one, other, length: _AREA_LENGTH * one * other / length / 1000,
        first_area_mm2,
        second_area_mm2,
        length_mm,
    )


def teichholz_volume(diameter_mm: float | None) -> Computed:
    """mL: 7 D^3 / (2.4 + D), D in cm. 48 mm: 107.5 mL; 31 mm: 37.9 mL."""
    return computed(Unit.MILLILITRE, _teichholz, diameter_mm)


def ejection_fraction(diastolic_ml: float | None, systolic_ml: float | None) -> Computed:
    """Percent, of two volumes by the same method. 107.5 and 37.9 mL: 64.7 %."""
    return _part_lost(diastolic_ml, systolic_ml)


def fractional_shortening(diastolic_mm: float | None, systolic_mm: float | None) -> Computed:
    """Percent, of the inner diameter. 48 and 31 mm: 35.4 %."""
    return _part_lost(diastolic_mm, systolic_mm)


def stroke_volume(diastolic_ml: float | None, systolic_ml: float | None) -> Computed:
    """mL, of two volumes by the same method. 107.5 and 37.9 mL: 69.6 mL."""
    return _lost(Unit.MILLILITRE, lambda large, small: large - small, diastolic_ml, systolic_ml)


def _teichholz(diameter_mm: float) -> float:
    diameter = diameter_mm / 10
    return 7 * diameter**3 / (2.4 + diameter)


def _part_lost(large: float | None, small: float | None) -> Computed:
    return _lost(Unit.PERCENT, lambda one, other: 100 * (one - other) / one, large, small)


def _lost(unit: Unit, formula: _Formula, large: float | None, small: float | None) -> Computed:
    if lack_of(large, small) is None and large is not None and small is not None and small >= large:
        return no_value(unit, Lack.CONTRADICTION)
    return computed(unit, formula, large, small)
