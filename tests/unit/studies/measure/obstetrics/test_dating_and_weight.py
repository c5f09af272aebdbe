"""Gestational age and weight, with their check values (facts/studies.md)."""

from math import inf, nan, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.studies.measure.computed import Lack
from workstation.studies.measure.obstetrics.biometry import (
    FetalSizes,
    Part,
    SkullEdges,
    diameters_circumference,
    head_circumference,
    nuchal_translucency,
)
from workstation.studies.measure.obstetrics.dating import (
    Dating,
    age_deviation,
    gestational_age,
    weeks_and_days,
)
from workstation.studies.measure.obstetrics.weight import WeightFormula, fetal_weight
from workstation.studies.measure.reading import Unit

SIZES = FetalSizes(bpd=80, hc=290, ac=280, fl=60)
THIRTY_WEEKS = FetalSizes(bpd=76, hc=279, ac=264, fl=57.5)
"""Near the means of Hadlock's tables at 30 weeks."""


def test_age_by_four_sizes() -> None:
    """BPD 8, HC 29, AC 28, FL 6 cm: 31.35 weeks."""
    found = gestational_age(SIZES, Dating.HADLOCK_BPD_HC_AC_FL)
    assert found.value == pytest.approx(31.35 * 7, abs=0.05)
    assert found.unit is Unit.DAY
    assert weeks_and_days(31.35 * 7) == (31, 2)


@pytest.mark.parametrize("by", [one for one in Dating if "crl" not in one.value])
def test_all_of_hadlock_s_ages_agree_on_an_average_fetus(by: Dating) -> None:
    found = gestational_age(THIRTY_WEEKS, by).value
    assert found == pytest.approx(210, abs=5)


@pytest.mark.parametrize(
    ("by", "weeks"),
    [
        (Dating.HADLOCK_BPD, 32.12),
        (Dating.HADLOCK_HC, 31.94),
        (Dating.HADLOCK_AC, 32.05),
        (Dating.HADLOCK_FL, 31.23),
    ],
)
def test_age_by_one_size(by: Dating, weeks: float) -> None:
    found = gestational_age(SIZES, by).value
    assert found == pytest.approx(7 * weeks, abs=0.1)


def test_age_by_crown_rump_length() -> None:
    """60 mm: 87.2 days (Robinson), 86.75 (INTERGROWTH-21st)."""
    early = FetalSizes(crl=60)
    robinson = gestational_age(early, Dating.ROBINSON_CRL)
    assert robinson.value == pytest.approx(87.2, abs=0.05)
    intergrowth = gestational_age(early, Dating.INTERGROWTH_CRL)
    assert intergrowth.value == pytest.approx(86.75, abs=0.005)
    assert age_deviation(early, Dating.INTERGROWTH_CRL).value == pytest.approx(3.552, abs=1e-3)
    assert age_deviation(early, Dating.ROBINSON_CRL).lack is Lack.NO_REFERENCE
    assert age_deviation(SIZES, Dating.INTERGROWTH_CRL).lack is Lack.MISSING


@pytest.mark.parametrize(
    ("sizes", "by", "lack"),
    [
        (FetalSizes(crl=4.9), Dating.ROBINSON_CRL, Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(crl=84.1), Dating.ROBINSON_CRL, Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(crl=18.9), Dating.INTERGROWTH_CRL, Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(crl=nan), Dating.INTERGROWTH_CRL, Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(), Dating.ROBINSON_CRL, Lack.MISSING),
        (FetalSizes(bpd=80), Dating.HADLOCK_BPD_HC_AC_FL, Lack.MISSING),
        (FetalSizes(bpd=8), Dating.HADLOCK_BPD, Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(bpd=20), Dating.HADLOCK_BPD, Lack.AGE_OUT_OF_RANGE),
        (FetalSizes(fl=90), Dating.HADLOCK_FL, Lack.AGE_OUT_OF_RANGE),
    ],
)
def test_no_age_outside_of_a_formula_s_range(sizes: FetalSizes, by: Dating, lack: Lack) -> None:
    found = gestational_age(sizes, by)
    assert (found.value, found.lack) == (None, lack)


@pytest.mark.parametrize(
    ("by", "grams"),
    [
        (WeightFormula.HADLOCK_BPD_HC_AC_FL, 1839),
        (WeightFormula.HADLOCK_HC_AC_FL, 1832),
        (WeightFormula.HADLOCK_BPD_AC_FL, 10**3.27),
        (WeightFormula.HADLOCK_AC_FL, 10**3.27348),
        (WeightFormula.INTERGROWTH_HC_AC, 1780),
    ],
)
def test_weights(by: WeightFormula, grams: float) -> None:
    """Three by facts/studies.md; of the other two the power was reckoned by hand."""
    found = fetal_weight(SIZES, by)
    assert found.value == pytest.approx(grams, abs=1)
    assert found.unit is Unit.GRAM


@pytest.mark.parametrize(
    ("sizes", "lack"),
    [
        (FetalSizes(hc=290), Lack.MISSING),
        (FetalSizes(hc=29, ac=28), Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(hc=290, ac=inf), Lack.SIZE_OUT_OF_RANGE),
        (FetalSizes(hc=290, ac=nan), Lack.SIZE_OUT_OF_RANGE),
    ],
)
def test_no_weight_of_sizes_that_are_none(sizes: FetalSizes, lack: Lack) -> None:
    """Centimetres taken for millimetres are such a slip."""
    found = fetal_weight(sizes, WeightFormula.INTERGROWTH_HC_AC)
    assert (found.value, found.lack) == (None, lack)


def test_circumferences_of_diameters() -> None:
    round_ = diameters_circumference(100, 100)
    assert round_.value == pytest.approx(100 * pi)
    assert diameters_circumference(80, 100) == diameters_circumference(100, 80)
    assert head_circumference(80, 102).value == pytest.approx(287.0, abs=0.5)
    inner = head_circumference(80, 102, SkullEdges.OUTER_INNER)
    assert inner.value == pytest.approx(294.84)
    assert head_circumference(80, None).lack is Lack.MISSING
    assert head_circumference(8, 10).lack is Lack.SIZE_OUT_OF_RANGE


def test_nuchal_translucency_in_its_weeks_only() -> None:
    assert nuchal_translucency(1.8, 60).value == 1.8
    assert nuchal_translucency(1.8, 44).lack is Lack.AGE_OUT_OF_RANGE
    assert nuchal_translucency(1.8, 84.5).lack is Lack.AGE_OUT_OF_RANGE
    assert nuchal_translucency(1.8, None).lack is Lack.MISSING
    assert nuchal_translucency(nan, 60).lack is Lack.SIZE_OUT_OF_RANGE


@given(st.lists(st.one_of(st.none(), st.floats(), st.floats(1, 460)), min_size=7, max_size=7))
def test_any_sizes_give_a_finite_value_or_a_lack(sizes: list[float | None]) -> None:
    fetus = FetalSizes(*sizes)
    assert [fetus.of(part) for part in Part] == pytest.approx(sizes, nan_ok=True)
    found = [gestational_age(fetus, by) for by in Dating]
    found += [fetal_weight(fetus, by) for by in WeightFormula]
    found += [head_circumference(fetus.bpd, fetus.ofd), nuchal_translucency(fetus.nt, fetus.crl)]
    for one in found:
        assert (one.value is None) == (one.lack is not None)
        assert one.value is None or 0 < one.value < 10000
