"""The diastolic set and both algorithms of ASE/EACVI 2016."""

import pytest

from workstation.studies.measure.computed import Lack
from workstation.studies.measure.echo.diastole import (
    DiastolicFunction,
    DiastolicSet,
    FillingGrade,
    diastolic_function,
    e_to_a,
    e_to_lateral,
    e_to_mean,
    e_to_septal,
    filling_grade,
    mean_annulus_velocity,
)

HEALTHY = DiastolicSet(80, 60, 9, 12, 220, 25)
ILL = DiastolicSet(100, 60, 5, 7, 300, 40)


def test_ratios() -> None:
    assert e_to_a(HEALTHY).value == pytest.approx(1.333, abs=1e-3)
    assert mean_annulus_velocity(HEALTHY).value == 10.5
    assert e_to_septal(HEALTHY).value == pytest.approx(8.889, abs=1e-3)
    assert e_to_lateral(HEALTHY).value == pytest.approx(6.667, abs=1e-3)
    assert e_to_mean(HEALTHY).value == pytest.approx(7.619, abs=1e-3)
    assert e_to_mean(DiastolicSet(80, 60, 9)).lack is Lack.MISSING
    assert e_to_a(DiastolicSet(80, 0)).lack is Lack.IMPOSSIBLE


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (HEALTHY, DiastolicFunction.NORMAL),
        (ILL, DiastolicFunction.DYSFUNCTION),
        (DiastolicSet(80, 60, 6, 12, 290, 25), Lack.INDETERMINATE),
        (DiastolicSet(80, 60, 9, 12), Lack.MISSING),
        (DiastolicSet(80, 60, 9, 12, 220), DiastolicFunction.NORMAL),
        (DiastolicSet(100, 60, 5, 7, 300), DiastolicFunction.DYSFUNCTION),
        (DiastolicSet(None, None, 6.9, None, 281, 34), DiastolicFunction.DYSFUNCTION),
        (DiastolicSet(), Lack.MISSING),
    ],
)
def test_with_a_normal_ejection_fraction(
    found: DiastolicSet, expected: DiastolicFunction | Lack
) -> None:
    assert diastolic_function(found) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (DiastolicSet(45, 70), FillingGrade.ONE),
        (DiastolicSet(120, 60), FillingGrade.THREE),
        (DiastolicSet(60, 80, 9, 12, 220, 25), FillingGrade.ONE),
        (ILL, FillingGrade.TWO),
        (DiastolicSet(100, 60, 5, 7, 220), Lack.INDETERMINATE),
        (DiastolicSet(100, 60, 5, 7), Lack.MISSING),
        (DiastolicSet(100, 60, 9, 12, 300, 40), FillingGrade.TWO),
        (DiastolicSet(100, None), Lack.MISSING),
        (DiastolicSet(100, float("nan")), Lack.IMPOSSIBLE),
    ],
)
def test_with_a_low_ejection_fraction(found: DiastolicSet, expected: FillingGrade | Lack) -> None:
    assert filling_grade(found) is expected
