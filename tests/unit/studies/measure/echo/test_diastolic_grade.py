"""Rows of the diastole's grade: which algorithm, what it used, what it lacks, whose scale."""

import pytest

from backend_client.models.requests import Sex
from workstation.studies.measure.computed import Lack, Measured
from workstation.studies.measure.echo.desk import Person
from workstation.studies.measure.echo.diastole import DiastolicFunction, FillingGrade
from workstation.studies.measure.echo.diastolic_grade import (
    Algorithm,
    GradeRow,
    Measures,
    diastolic_set,
    grade_rows,
)
from workstation.studies.measure.echo.quantities import EchoInput, EchoQuantity
from workstation.studies.measure.reading import ScaleSource

MAN = Person(Sex.MALE, 180, 80)
"""2.0 m2 by Mosteller."""
FLOW = {EchoInput.E_VELOCITY: 100.0, EchoInput.A_VELOCITY: 60.0}
ANNULUS = {EchoInput.SEPTAL_VELOCITY: 5.0, EchoInput.LATERAL_VELOCITY: 7.0}
JET = {EchoInput.TRICUSPID_VELOCITY: 300.0}
ATRIUM = {
    EchoInput.ATRIAL_AREA_FOUR_CHAMBER: 2400.0,
    EchoInput.ATRIAL_AREA_TWO_CHAMBER: 2400.0,
    EchoInput.ATRIAL_LENGTH: 60.0,
}
"""81.5 mL, 40.7 mL/m2."""
DIAMETERS = {EchoInput.DIASTOLIC_DIAMETER: 48.0, EchoInput.SYSTOLIC_DIAMETER: 31.0}
"""64.7 % by Teichholz."""
VOLUMES = {EchoInput.DIASTOLIC_VOLUME: 160.0, EchoInput.SYSTOLIC_VOLUME: 96.0}
"""40 %."""


def measured(*parts: dict[EchoInput, float]) -> Measures:
    values = {name: value for part in parts for name, value in part.items()}
    source = ScaleSource.ULTRASOUND_REGION
    return {name: Measured(value, source) for name, value in values.items()}


def rows(measures: Measures, person: Person = MAN) -> dict[Algorithm, GradeRow]:
    return {row.algorithm: row for row in grade_rows(measures, person)}


def test_the_set_of_the_measurements() -> None:
    found = diastolic_set(measured(FLOW, ANNULUS, JET, ATRIUM, DIAMETERS), MAN)
    assert found.atrial_index_ml_m2 == pytest.approx(40.7, abs=0.05)
    assert found.fraction_percent == pytest.approx(64.7, abs=0.05)
    assert diastolic_set({}, MAN).e_cm_s is None


def test_of_a_normal_fraction_both_stand() -> None:
    found = rows(measured(FLOW, ANNULUS, JET, ATRIUM, DIAMETERS))
    first = found[Algorithm.FUNCTION]
    assert first.judgement.answer is DiastolicFunction.DYSFUNCTION
    assert first.fraction_by is EchoQuantity.TEICHHOLZ_EJECTION_FRACTION
    assert (first.missing, first.lacks_fraction, first.lacks_surface) == ((), False, False)
    assert set(DIAMETERS) <= set(first.used)
    grade = found[Algorithm.GRADE]
    assert grade.judgement.answer is FillingGrade.TWO
    assert grade.ratio == pytest.approx(1.667, abs=1e-3)
    assert set(FLOW) <= set(grade.used)


def test_of_a_low_fraction_the_grade_alone() -> None:
    found = rows(measured(FLOW, ANNULUS, JET, ATRIUM, VOLUMES, DIAMETERS))
    assert set(found) == {Algorithm.GRADE}
    assert found[Algorithm.GRADE].fraction_by is EchoQuantity.EJECTION_FRACTION
    fraction = found[Algorithm.GRADE].fraction
    assert fraction is not None
    assert fraction.value == pytest.approx(40)


def test_weaker_ways_that_contradict_each_other_are_no_fraction() -> None:
    """60 % by Teichholz, 40 % by one view: only both views could tell."""
    one_view = {EchoInput.DIASTOLIC_VOLUME_FOUR: 100.0, EchoInput.SYSTOLIC_VOLUME_FOUR: 60.0}
    first = rows(measured(FLOW, ANNULUS, JET, ATRIUM, DIAMETERS, one_view))[Algorithm.FUNCTION]
    assert first.judgement.lack is Lack.MISSING
    assert first.fraction is None
    assert (first.lacks_fraction, first.fractions_contradict) == (True, True)
    both = rows(measured(FLOW, ANNULUS, JET, ATRIUM, DIAMETERS, one_view, VOLUMES))
    assert set(both) == {Algorithm.GRADE}


def test_without_a_fraction_the_first_algorithm_says_nothing() -> None:
    first = rows(measured(FLOW, ANNULUS, JET, ATRIUM))[Algorithm.FUNCTION]
    assert (first.judgement.answer, first.judgement.lack) == (None, Lack.MISSING)
    assert first.lacks_fraction
    assert first.missing == ()


def test_what_is_missing_is_named() -> None:
    found = rows(measured(FLOW, DIAMETERS), Person(Sex.MALE))
    first = found[Algorithm.FUNCTION]
    assert first.judgement.lack is Lack.MISSING
    assert first.missing == (*ANNULUS, *JET, *ATRIUM)
    assert first.lacks_surface
    grade = rows(measured(ANNULUS))[Algorithm.GRADE]
    assert grade.missing == tuple(FLOW)
    unsized = rows(measured(FLOW, ANNULUS, ATRIUM, DIAMETERS), Person(Sex.MALE))
    assert unsized[Algorithm.GRADE].missing == tuple(JET)
    assert unsized[Algorithm.GRADE].lacks_surface


def test_where_e_and_a_decide_nothing_else_is_asked_for() -> None:
    found = measured({EchoInput.E_VELOCITY: 120.0, EchoInput.A_VELOCITY: 50.0})
    grade = rows(found, Person())[Algorithm.GRADE]
    assert grade.judgement.answer is FillingGrade.THREE
    assert grade.used == tuple(FLOW)
    assert (grade.missing, grade.lacks_surface) == ((), False)


def test_the_weakest_scale_marks_the_answer_and_what_did_not_enter_does_not() -> None:
    by_hand = {EchoInput.TRICUSPID_VELOCITY: Measured(300, ScaleSource.BY_HAND)}
    found = rows({**measured(FLOW, ANNULUS, ATRIUM), **by_hand})
    assert found[Algorithm.GRADE].source is ScaleSource.BY_HAND
    early = measured({EchoInput.E_VELOCITY: 45.0, EchoInput.A_VELOCITY: 70.0})
    alone = rows({**early, **by_hand})[Algorithm.GRADE]
    assert alone.source is ScaleSource.ULTRASOUND_REGION


def test_what_the_doctor_typed_stands_in_where_nothing_is_measured() -> None:
    typed = Person(Sex.MALE, atrial_index_ml_m2=40, fraction_percent=60)
    first = rows(measured(FLOW, ANNULUS), typed)[Algorithm.FUNCTION]
    assert first.judgement.answer is DiastolicFunction.DYSFUNCTION
    assert (first.fraction_by, first.typed_index) == (None, True)
    assert first.missing == tuple(JET)
    assert not first.lacks_surface
    unknown = rows(measured(FLOW), Person(Sex.MALE, atrial_index_ml_m2=40))[Algorithm.FUNCTION]
    assert unknown.missing == (*ANNULUS, *JET)


def test_two_measured_views_go_before_a_typed_fraction_and_that_before_weaker_ways() -> None:
    typed = Person(Sex.MALE, 180, 80, fraction_percent=60)
    assert set(rows(measured(FLOW, ANNULUS, VOLUMES), typed)) == {Algorithm.GRADE}
    low = Person(Sex.MALE, 180, 80, fraction_percent=35, atrial_index_ml_m2=20)
    found = rows(measured(FLOW, ANNULUS, JET, ATRIUM, DIAMETERS), low)
    assert set(found) == {Algorithm.GRADE}
    assert not found[Algorithm.GRADE].typed_index
    assert diastolic_set(measured(ATRIUM), low).atrial_index_ml_m2 == pytest.approx(40.7, abs=0.1)


def test_before_anything_of_the_diastole_is_measured_there_is_no_row() -> None:
    assert grade_rows(measured(JET, ATRIUM, VOLUMES), MAN) == ()
