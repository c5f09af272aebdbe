"""The diastolic set and both algorithms of ASE/EACVI 2016."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.studies.measure.computed import Lack
from workstation.studies.measure.echo.diastole import (
    Criterion,
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


NORMAL, ILL_ONE = DiastolicFunction.NORMAL, DiastolicFunction.DYSFUNCTION


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (DiastolicSet(80, 60, 9, 12, 220, 25, 60), NORMAL),
        (DiastolicSet(100, 60, 5, 7, 300, 40, 60), ILL_ONE),
        (DiastolicSet(100, 60, 5, 7, 300, 40, 50), ILL_ONE),
        (DiastolicSet(80, 60, 6, 12, 290, 25, 60), Lack.INDETERMINATE),
        (DiastolicSet(80, 60, 9, 12, 220, None, 60), NORMAL),
        (DiastolicSet(100, 60, 5, 7, 300, None, 60), ILL_ONE),
        (DiastolicSet(None, None, 6.9, None, 281, 34.1, 60), ILL_ONE),
        (DiastolicSet(80, 60, 6, 12, 290, None, 60), Lack.MISSING),
        (DiastolicSet(80, 60, 6, 12, 220, None, 60), Lack.MISSING),
        (DiastolicSet(80, 60, 9, 12, None, None, 60), Lack.MISSING),
        (DiastolicSet(80, 60, 9, None, 220, 25, 60), Lack.MISSING),
        (DiastolicSet(100, 60, 5, 7, 300, 40), Lack.MISSING),
        (DiastolicSet(100, 60, 5, 7, 300, 40, 49.9), Lack.OTHER_FORMULA),
        (DiastolicSet(100, 60, 5, 7, 300, 40, float("nan")), Lack.IMPOSSIBLE),
        (DiastolicSet(), Lack.MISSING),
    ],
)
def test_with_a_normal_ejection_fraction(
    found: DiastolicSet, expected: DiastolicFunction | Lack
) -> None:
    """An answer only where what is missing could not change it."""
    judged = diastolic_function(found)
    assert (judged.answer or judged.lack) is expected


def test_limits_themselves_are_not_beyond_them() -> None:
    """E/e' 14, e' 7 and 10 cm/s, 2.8 m/s, 34 mL/m2: none of the four is met."""
    judged = diastolic_function(DiastolicSet(119, 60, 7, 10, 280, 34, 60))
    assert judged.answer is NORMAL
    assert judged.criteria.unmet == tuple(Criterion)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (DiastolicSet(45, 70), FillingGrade.ONE),
        (DiastolicSet(50, 62.5), FillingGrade.ONE),
        (DiastolicSet(120, 60), FillingGrade.THREE),
        (DiastolicSet(60, 80, 9, 12, 220, 25), FillingGrade.ONE),
        (ILL, FillingGrade.TWO),
        (DiastolicSet(100, 60, 5, 7, 300), FillingGrade.TWO),
        (DiastolicSet(60, 80, 9, 12, 220), FillingGrade.ONE),
        (DiastolicSet(100, 60, 5, 7, 220), Lack.INDETERMINATE),
        (DiastolicSet(100, 60, 5, 7), Lack.MISSING),
        (DiastolicSet(100, 60, 9, 12, 300, 40), FillingGrade.TWO),
        (DiastolicSet(100, None, 5, 7, 300, 40), Lack.MISSING),
        (DiastolicSet(100, float("nan")), Lack.IMPOSSIBLE),
    ],
)
def test_with_a_low_ejection_fraction(found: DiastolicSet, expected: FillingGrade | Lack) -> None:
    judged = filling_grade(found)
    assert (judged.answer or judged.lack) is expected


def test_which_criteria_spoke_for_it_is_said() -> None:
    judged = filling_grade(DiastolicSet(100, 60, 9, 12, 300, 40))
    assert judged.criteria.met == (Criterion.TRICUSPID, Criterion.ATRIUM)
    assert judged.criteria.unmet == (Criterion.E_RATIO,)
    conflict = filling_grade(DiastolicSet(100, 60, 5, 7, 220))
    assert conflict.criteria.unknown == (Criterion.ATRIUM,)
    assert filling_grade(DiastolicSet(45, 70)).criteria.count == 0


@given(st.lists(st.one_of(st.none(), st.floats(), st.floats(1, 400)), min_size=7, max_size=7))
def test_any_set_has_an_answer_or_a_lack_and_more_knowledge_never_turns_an_answer(
    values: list[float | None],
) -> None:
    for algorithm in (diastolic_function, filling_grade):
        judged = algorithm(DiastolicSet(*values))
        assert (judged.answer is None) == (judged.lack is not None)
        for place, value in enumerate(values):
            if value is not None and judged.answer is not None:
                fewer = [*values[:place], None, *values[place + 1 :]]
                assert algorithm(DiastolicSet(*fewer)).answer in (judged.answer, None)
