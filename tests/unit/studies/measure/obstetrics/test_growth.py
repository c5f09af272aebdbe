"""Percentiles against the references' own published tables."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.studies.measure.computed import Lack
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.obstetrics.growth import (
    Reference,
    expected_weight,
    size_standing,
    weight_standing,
)
from workstation.studies.measure.obstetrics.weight import HADLOCK_WEIGHTS, WeightFormula

MEDIANS_MM = {
    20: (48.4, 172.5, 147.7, 31.3),
    33: (85.9, 301.5, 283.8, 61.3),
    40: (94.9, 333.9, 349.8, 72.1),
}
"""BPD, HC, AC, FL: INTERGROWTH-21st, the project's tables of centiles (University of Oxford)."""
THIRTY_THREE_WEEKS_MM = {
    Part.BPD: (79.8, 92.0),
    Part.HC: (283.0, 320.0),
    Part.AC: (256.9, 310.7),
    Part.FL: (56.7, 65.9),
}
"""3rd and 97th, the same tables."""
WEIGHTS_G = {
    22: (463, 481, 525, 578, 607),
    30: (1106, 1190, 1396, 1647, 1783),
    33: (1495, 1630, 1954, 2332, 2529),
    40: (2574, 2818, 3338, 3858, 4101),
}
"""3rd, 10th, 50th, 90th, 97th: INTERGROWTH-21st, its table of estimated weights."""
PERCENTILES = (3, 10, 50, 90, 97)
PARTS = (Part.BPD, Part.HC, Part.AC, Part.FL)


@pytest.mark.parametrize("weeks", MEDIANS_MM)
def test_medians_of_sizes(weeks: int) -> None:
    for part, size in zip(PARTS, MEDIANS_MM[weeks], strict=True):
        found = size_standing(part, size, 7 * weeks)
        assert found.percentile == pytest.approx(50, abs=1.5)
        assert found.z == pytest.approx(0, abs=0.04)
        assert found.reference is Reference.INTERGROWTH_2014


@pytest.mark.parametrize("part", PARTS)
def test_small_and_large_sizes(part: Part) -> None:
    for size, percentile in zip(THIRTY_THREE_WEEKS_MM[part], (3, 97), strict=True):
        found = size_standing(part, size, 7 * 33)
        assert found.percentile == pytest.approx(percentile, abs=0.35)


@pytest.mark.parametrize("weeks", WEIGHTS_G)
def test_weights_of_intergrowth(weeks: int) -> None:
    for grams, percentile in zip(WEIGHTS_G[weeks], PERCENTILES, strict=True):
        formula = WeightFormula.INTERGROWTH_HC_AC
        found = weight_standing(grams, formula, 7 * weeks, Reference.INTERGROWTH_2017)
        assert found.percentile == pytest.approx(percentile, abs=1)


def test_weights_of_hadlock() -> None:
    """35 g at 10 weeks to 3,619 g at 40 (abstract); table 1 is the mean by 0.75 to 1.25."""
    ten = expected_weight(70, Reference.HADLOCK_1991)
    forty = expected_weight(280, Reference.HADLOCK_1991)
    assert ten == pytest.approx(35, abs=0.5)
    assert forty == pytest.approx(3619, abs=1)
    assert ten is not None
    assert forty is not None
    for share, percentile in zip((0.75, 0.83, 1, 1.17, 1.25), PERCENTILES, strict=True):
        formula = WeightFormula.HADLOCK_HC_AC_FL
        found = weight_standing(share * forty, formula, 280, Reference.HADLOCK_1991)
        assert found.percentile == pytest.approx(percentile, abs=0.05)


def test_the_median_of_intergrowth_s_weight() -> None:
    assert expected_weight(210, Reference.INTERGROWTH_2017) == pytest.approx(1396, abs=2)
    assert expected_weight(147, Reference.INTERGROWTH_2017) is None
    assert expected_weight(210, Reference.INTERGROWTH_2014) is None
    assert expected_weight(290, Reference.HADLOCK_1991) is None


def test_a_weight_by_another_formula_has_no_percentile() -> None:
    for formula in HADLOCK_WEIGHTS:
        found = weight_standing(1800, formula, 220, Reference.INTERGROWTH_2017)
        assert (found.percentile, found.lack) == (None, Lack.OTHER_FORMULA)
    own = WeightFormula.INTERGROWTH_HC_AC
    assert weight_standing(1800, own, 220, Reference.HADLOCK_1991).lack is Lack.OTHER_FORMULA
    assert weight_standing(1800, own, 220, Reference.INTERGROWTH_2014).lack is Lack.NO_REFERENCE


@pytest.mark.parametrize(
    ("part", "size", "days", "lack"),
    [
        (Part.HC, 290, None, Lack.MISSING),
        (Part.HC, None, 210, Lack.MISSING),
        (Part.HC, 290, 97, Lack.AGE_OUT_OF_RANGE),
        (Part.HC, 290, 281, Lack.AGE_OUT_OF_RANGE),
        (Part.HC, 290, float("nan"), Lack.AGE_OUT_OF_RANGE),
        (Part.HC, 29, 210, Lack.SIZE_OUT_OF_RANGE),
        (Part.HC, 400, 98, Lack.SIZE_OUT_OF_RANGE),
        (Part.NT, 2, 98, Lack.NO_REFERENCE),
        (Part.CRL, 60, 98, Lack.NO_REFERENCE),
    ],
)
def test_sizes_without_a_percentile(
    part: Part, size: float | None, days: float | None, lack: Lack
) -> None:
    found = size_standing(part, size, days)
    assert (found.z, found.percentile, found.lack) == (None, None, lack)


@given(
    st.one_of(st.none(), st.floats(), st.floats(10, 6000)),
    st.one_of(st.none(), st.floats(), st.floats(60, 300)),
    st.sampled_from(WeightFormula),
    st.sampled_from(Reference),
    st.sampled_from(Part),
)
def test_any_fetus_has_a_percentile_or_a_lack(
    amount: float | None,
    days: float | None,
    formula: WeightFormula,
    reference: Reference,
    part: Part,
) -> None:
    for found in (
        weight_standing(amount, formula, days, reference),
        size_standing(part, amount, days),
    ):
        assert (found.percentile is None) == (found.lack is not None)
        if found.percentile is not None and found.z is not None:
            assert isfinite(found.z)
            assert 0 <= found.percentile <= 100
