"""Formulas of the echo desk with their check values (facts/studies.md)."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client.models.requests import Sex
from workstation.studies.measure.computed import Computed, Lack
from workstation.studies.measure.echo.body import SurfaceFormula, body_surface, indexed
from workstation.studies.measure.echo.limits import Limit, Verdict, limit, verdict
from workstation.studies.measure.echo.mass import (
    Geometry,
    area_length_mass,
    cube_mass,
    geometry,
    relative_wall_thickness,
)
from workstation.studies.measure.echo.quantities import EchoQuantity
from workstation.studies.measure.echo.valves import (
    aortic_valve_area,
    dimensionless_index,
    mitral_area_by_half_time,
    outflow_area,
    outflow_stroke_volume,
    peak_gradient,
    planimetry_area,
    right_atrial_pressure,
    right_ventricular_pressure,
)
from workstation.studies.measure.echo.volumes import (
    area_length_volume,
    biplane_area_length_volume,
    ejection_fraction,
    ellipsoid_volume,
    fractional_shortening,
    stroke_volume,
    teichholz_volume,
)
from workstation.studies.measure.reading import Unit

ANY = st.one_of(st.none(), st.floats(), st.floats(0.1, 300))


def test_teichholz() -> None:
    """4.8 and 3.1 cm: 107.5 and 37.9 mL, 64.7 %."""
    large, small = teichholz_volume(48).value, teichholz_volume(31).value
    assert large == pytest.approx(107.5, abs=0.05)
    assert small == pytest.approx(37.9, abs=0.05)
    assert ejection_fraction(large, small).value == pytest.approx(64.7, abs=0.05)
    assert fractional_shortening(48, 31).value == pytest.approx(35.4, abs=0.05)
    assert stroke_volume(large, small).value == pytest.approx(69.6, abs=0.1)


def test_a_systole_larger_than_the_diastole_is_a_contradiction() -> None:
    for found in (ejection_fraction(50, 60), fractional_shortening(40, 40), stroke_volume(1, 2)):
        assert (found.value, found.lack) == (None, Lack.CONTRADICTION)


def test_mass_and_wall() -> None:
    """0.9, 4.8, 0.9 cm: 147.8 g; relative wall thickness 0.375."""
    assert cube_mass(9, 48, 9).value == pytest.approx(147.8, abs=0.05)
    assert relative_wall_thickness(9, 48).value == pytest.approx(0.375)
    assert cube_mass(9, None, 9).lack is Lack.MISSING


def test_mass_by_area_and_length() -> None:
    """A1 = 40, A2 = 20 cm2, L = 8 cm: t = 1.045 cm; 1.05 * 5/6 * (40 * 9.045 - 160) = 176.6 g."""
    assert area_length_mass(4000, 2000, 80).value == pytest.approx(176.6, abs=0.1)
    assert area_length_mass(2000, 4000, 80).lack is Lack.CONTRADICTION
    assert area_length_mass(None, 4000, 80).lack is Lack.MISSING


def test_geometry_by_sex() -> None:
    assert geometry(100, 0.375, Sex.MALE) is Geometry.NORMAL
    assert geometry(100, 0.375, Sex.FEMALE) is Geometry.ECCENTRIC_HYPERTROPHY
    assert geometry(100, 0.45, Sex.MALE) is Geometry.CONCENTRIC_REMODELLING
    assert geometry(120, 0.45, Sex.MALE) is Geometry.CONCENTRIC_HYPERTROPHY
    for sex in (None, Sex.UNKNOWN):
        assert geometry(120, 0.45, sex) is None
    assert geometry(None, 0.45, Sex.MALE) is None


def test_volumes() -> None:
    assert ellipsoid_volume(40, 40, 80).value == pytest.approx(67.0, abs=0.05)
    assert area_length_volume(2000, 50).value == pytest.approx(67.9, abs=0.05)
    assert biplane_area_length_volume(2000, 1500, 50).value == pytest.approx(50.9, abs=0.05)


def test_gradients_and_pressures() -> None:
    """4.2 m/s: 70.6 mmHg."""
    assert peak_gradient(420).value == pytest.approx(70.6, abs=0.05)
    assert peak_gradient(-420) == peak_gradient(420)
    assert right_ventricular_pressure(280, 8).value == pytest.approx(39.4, abs=0.05)
    assert right_ventricular_pressure(280, 0).value == pytest.approx(31.4, abs=0.05)
    assert right_ventricular_pressure(280, None).lack is Lack.MISSING
    assert right_ventricular_pressure(None, 8).lack is Lack.MISSING
    assert right_ventricular_pressure(280, nan).lack is Lack.IMPOSSIBLE


@pytest.mark.parametrize(
    ("width", "collapse", "pressure"), [(18, 60, 3), (25, 60, 8), (18, 40, 8), (25, 40, 15)]
)
def test_the_right_atrium_s_pressure(width: float, collapse: float, pressure: float) -> None:
    assert right_atrial_pressure(width, collapse).value == pressure


def test_no_pressure_of_an_absurd_vena_cava() -> None:
    assert right_atrial_pressure(None, 40).lack is Lack.MISSING
    for width, collapse in ((0, 40), (nan, 40), (20, 140), (20, -1)):
        assert right_atrial_pressure(width, collapse).lack is Lack.IMPOSSIBLE


def test_valve_areas() -> None:
    """220 ms: 1.00 cm2; LVOT 20 mm, VTI 20 and 80 cm: 0.785 cm2, index 0.25."""
    assert mitral_area_by_half_time(220).value == pytest.approx(1.0)
    assert aortic_valve_area(20, 20, 80).value == pytest.approx(0.785, abs=1e-3)
    assert dimensionless_index(20, 80).value == pytest.approx(0.25)
    assert outflow_area(20).value == pytest.approx(3.1416, abs=1e-4)
    assert outflow_stroke_volume(20, 20).value == pytest.approx(62.8, abs=0.05)
    assert planimetry_area(150).value == pytest.approx(1.5)
    assert aortic_valve_area(20, 20, 0).lack is Lack.IMPOSSIBLE


def test_body_surface() -> None:
    """170 cm, 70 kg: Mosteller 1.818 m2, Du Bois 1.810 m2."""
    by = {formula: body_surface(170, 70, formula).value for formula in SurfaceFormula}
    assert by[SurfaceFormula.MOSTELLER] == pytest.approx(1.818, abs=5e-4)
    assert by[SurfaceFormula.DU_BOIS] == pytest.approx(1.810, abs=5e-4)
    assert body_surface(1.7, 70, SurfaceFormula.MOSTELLER).lack is Lack.IMPOSSIBLE
    assert body_surface(170, None, SurfaceFormula.MOSTELLER).lack is Lack.MISSING


def test_indexed_values_have_their_own_unit() -> None:
    surface = Computed(2.0, Unit.SQUARE_METRE)
    assert indexed(cube_mass(9, 48, 9), surface).value == pytest.approx(73.9, abs=0.05)
    assert indexed(cube_mass(9, 48, 9), surface).unit is Unit.GRAM_PER_SQUARE_METRE
    assert indexed(teichholz_volume(None), surface).lack is Lack.MISSING
    nothing = Computed(None, Unit.SQUARE_METRE, Lack.MISSING)
    assert indexed(teichholz_volume(48), nothing).unit is Unit.MILLILITRE_PER_SQUARE_METRE


def test_limits_are_by_sex_and_named() -> None:
    men = limit(EchoQuantity.EJECTION_FRACTION, Sex.MALE)
    assert men == Limit(52, 72, Unit.PERCENT, 4)
    women = limit(EchoQuantity.EJECTION_FRACTION, Sex.FEMALE)
    assert (verdict(53, men), verdict(53, women)) == (Verdict.WITHIN, Verdict.BELOW)
    assert verdict(116, limit(EchoQuantity.MASS_INDEX, Sex.MALE)) is Verdict.ABOVE
    excursion = limit(EchoQuantity.ANNULAR_EXCURSION, Sex.FEMALE)
    assert (verdict(16, excursion), verdict(17, excursion)) == (Verdict.BELOW, Verdict.WITHIN)
    for quantity in EchoQuantity:
        assert (limit(quantity, Sex.MALE) is None) == (limit(quantity, Sex.FEMALE) is None)
        assert limit(quantity, Sex.UNKNOWN) is None
        assert limit(quantity, None) is None


def test_no_verdict_without_a_value() -> None:
    found = limit(EchoQuantity.MASS, Sex.MALE)
    assert verdict(None, found) is None
    assert verdict(nan, found) is None
    assert verdict(inf, found) is None
    assert verdict(100, None) is None


@given(ANY, ANY, ANY)
def test_any_input_gives_a_finite_value_or_a_lack(
    one: float | None, two: float | None, three: float | None
) -> None:
    found = (
        teichholz_volume(one),
        ejection_fraction(one, two),
        stroke_volume(one, two),
        ellipsoid_volume(one, two, three),
        biplane_area_length_volume(one, two, three),
        cube_mass(one, two, three),
        area_length_mass(one, two, three),
        relative_wall_thickness(one, two),
        aortic_valve_area(one, two, three),
        mitral_area_by_half_time(one),
        peak_gradient(one),
        right_atrial_pressure(one, two),
        right_ventricular_pressure(one, two),
        indexed(cube_mass(one, two, three), body_surface(two, three, SurfaceFormula.DU_BOIS)),
    )
    for value in found:
        assert (value.value is None) == (value.lack is not None)
        assert value.value is None or 0 < value.value < inf
