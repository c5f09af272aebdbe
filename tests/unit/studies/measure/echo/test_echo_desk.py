"""The rows of the echo desk: each quantity once, its unit, its source, its limits, what lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client.models.requests import Sex
from workstation.studies.measure.computed import Lack, Measured
from workstation.studies.measure.echo.desk import EchoRow, Person, echo_rows
from workstation.studies.measure.echo.limits import Verdict
from workstation.studies.measure.echo.quantities import EchoInput, EchoQuantity
from workstation.studies.measure.reading import ScaleSource, Unit

MAN = Person(Sex.MALE, 180, 80)
"""2.0 m2 by Mosteller."""
VALUES = {
    EchoInput.SEPTUM: 9,
    EchoInput.DIASTOLIC_DIAMETER: 48,
    EchoInput.POSTERIOR_WALL: 9,
    EchoInput.SYSTOLIC_DIAMETER: 31,
    EchoInput.DIASTOLIC_VOLUME: 160,
    EchoInput.SYSTOLIC_VOLUME: 80,
    EchoInput.DIASTOLIC_VOLUME_FOUR: 150,
    EchoInput.SYSTOLIC_VOLUME_FOUR: 60,
    EchoInput.DIASTOLIC_VOLUME_TWO: 170,
    EchoInput.SYSTOLIC_VOLUME_TWO: 102,
    EchoInput.SHORT_AXIS_OUTER_AREA: 4000,
    EchoInput.SHORT_AXIS_CAVITY_AREA: 2000,
    EchoInput.CAVITY_LENGTH: 80,
    EchoInput.ATRIAL_AREA_FOUR_CHAMBER: 2400,
    EchoInput.ATRIAL_AREA_TWO_CHAMBER: 2400,
    EchoInput.ATRIAL_LENGTH: 60,
    EchoInput.E_VELOCITY: 100,
    EchoInput.A_VELOCITY: 50,
    EchoInput.E_DECELERATION: 150,
    EchoInput.SEPTAL_VELOCITY: 5,
    EchoInput.LATERAL_VELOCITY: 7,
    EchoInput.OUTFLOW_DIAMETER: 20,
    EchoInput.OUTFLOW_INTEGRAL: 20,
    EchoInput.AORTIC_VELOCITY: 420,
    EchoInput.AORTIC_INTEGRAL: 80,
    EchoInput.AORTIC_MEAN_GRADIENT: 44,
    EchoInput.MITRAL_HALF_TIME: 220,
    EchoInput.MITRAL_TRACED_AREA: 150,
    EchoInput.MITRAL_MEAN_GRADIENT: 6,
    EchoInput.TRICUSPID_VELOCITY: 300,
    EchoInput.VENA_CAVA: 25,
    EchoInput.VENA_CAVA_SNIFF: 20,
    EchoInput.ANNULAR_EXCURSION: 15,
}
DEVICE = {one: Measured(value, ScaleSource.ULTRASOUND_REGION) for one, value in VALUES.items()}


def rows(measures: dict[EchoInput, Measured], person: Person) -> dict[EchoQuantity, EchoRow]:
    return {row.quantity: row for row in echo_rows(measures, person)}


def test_all_that_can_be_told() -> None:
    found = rows(DEVICE, MAN)
    expected = {
        EchoQuantity.TEICHHOLZ_EJECTION_FRACTION: (64.7, Unit.PERCENT),
        EchoQuantity.EJECTION_FRACTION: (50, Unit.PERCENT),
        EchoQuantity.EJECTION_FRACTION_FOUR: (60, Unit.PERCENT),
        EchoQuantity.EJECTION_FRACTION_TWO: (40, Unit.PERCENT),
        EchoQuantity.DIASTOLIC_VOLUME_INDEX: (80, Unit.MILLILITRE_PER_SQUARE_METRE),
        EchoQuantity.MASS: (147.8, Unit.GRAM),
        EchoQuantity.MASS_INDEX: (73.9, Unit.GRAM_PER_SQUARE_METRE),
        EchoQuantity.RELATIVE_WALL_THICKNESS: (0.375, Unit.RATIO),
        EchoQuantity.AREA_LENGTH_MASS: (176.6, Unit.GRAM),
        EchoQuantity.ATRIAL_VOLUME_INDEX: (40.7, Unit.MILLILITRE_PER_SQUARE_METRE),
        EchoQuantity.E_TO_A: (2, Unit.RATIO),
        EchoQuantity.E_TO_MEAN: (16.7, Unit.RATIO),
        EchoQuantity.MEAN_ANNULUS_VELOCITY: (6, Unit.CENTIMETRE_PER_SECOND),
        EchoQuantity.AORTIC_PEAK_GRADIENT: (70.6, Unit.MILLIMETRE_OF_MERCURY),
        EchoQuantity.AORTIC_AREA: (0.785, Unit.SQUARE_CENTIMETRE),
        EchoQuantity.AORTIC_AREA_INDEX: (0.393, Unit.SQUARE_CENTIMETRE_PER_SQUARE_METRE),
        EchoQuantity.MITRAL_AREA_BY_HALF_TIME: (1, Unit.SQUARE_CENTIMETRE),
        EchoQuantity.RIGHT_ATRIAL_PRESSURE: (15, Unit.MILLIMETRE_OF_MERCURY),
        EchoQuantity.RIGHT_VENTRICULAR_PRESSURE: (51, Unit.MILLIMETRE_OF_MERCURY),
        EchoQuantity.E_DECELERATION: (150, Unit.MILLISECOND),
    }
    for quantity, (value, unit) in expected.items():
        assert found[quantity].value.value == pytest.approx(value, abs=0.06)
        assert found[quantity].value.unit is unit
    assert all(row.value.lack is None and row.missing == () for row in found.values())
    assert {row.source for row in found.values()} == {ScaleSource.ULTRASOUND_REGION}


def test_beside_the_limits_of_the_sex() -> None:
    men, women = rows(DEVICE, MAN), rows(DEVICE, Person(Sex.FEMALE, 180, 80))
    assert men[EchoQuantity.DIASTOLIC_VOLUME_INDEX].verdict is Verdict.ABOVE
    assert men[EchoQuantity.EJECTION_FRACTION].verdict is Verdict.BELOW
    assert men[EchoQuantity.DIASTOLIC_DIAMETER].verdict is Verdict.WITHIN
    assert men[EchoQuantity.ANNULAR_EXCURSION].verdict is Verdict.BELOW
    assert men[EchoQuantity.MASS].verdict is Verdict.WITHIN
    assert women[EchoQuantity.AREA_LENGTH_MASS].verdict is Verdict.ABOVE
    assert men[EchoQuantity.AREA_LENGTH_MASS].verdict is Verdict.WITHIN
    unknown = rows(DEVICE, Person(Sex.UNKNOWN, 180, 80))
    assert {row.verdict for row in unknown.values()} == {None}
    assert {row.limit for row in unknown.values()} == {None}


def test_what_lacks_is_named() -> None:
    found = rows({EchoInput.SEPTUM: DEVICE[EchoInput.SEPTUM]}, Person())
    row = found[EchoQuantity.MASS_INDEX]
    assert (row.value.value, row.value.lack) == (None, Lack.MISSING)
    assert row.missing == (EchoInput.DIASTOLIC_DIAMETER, EchoInput.POSTERIOR_WALL)
    nameless = rows(DEVICE, Person(Sex.MALE))[EchoQuantity.MASS_INDEX]
    assert (nameless.missing, nameless.value.lack) == ((), Lack.MISSING)


def test_a_calibration_by_hand_marks_all_that_it_entered() -> None:
    mixed = DEVICE | {EchoInput.SEPTUM: Measured(9, ScaleSource.BY_HAND)}
    found = rows(mixed, MAN)
    assert found[EchoQuantity.MASS_INDEX].source is ScaleSource.BY_HAND
    assert found[EchoQuantity.SEPTUM].source is ScaleSource.BY_HAND
    assert found[EchoQuantity.RELATIVE_WALL_THICKNESS].source is ScaleSource.ULTRASOUND_REGION


@given(
    st.dictionaries(
        st.sampled_from(EchoInput),
        st.builds(Measured, st.floats(), st.sampled_from(ScaleSource)),
    ),
    st.one_of(st.none(), st.floats()),
)
def test_any_measurements_give_values_or_a_lack(
    measures: dict[EchoInput, Measured], height: float | None
) -> None:
    for row in echo_rows(measures, Person(Sex.MALE, height, 80)):
        assert (row.value.value is None) == (row.value.lack is not None)
        assert row.verdict is None or row.value.value is not None
