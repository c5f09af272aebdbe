"""The rows of the obstetric desk: formula, reference, source and what lacks."""

import pytest

from workstation.studies.measure.computed import Lack, Measured
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.obstetrics.dating import Dating
from workstation.studies.measure.obstetrics.desk import age_rows, size_rows, weight_rows
from workstation.studies.measure.obstetrics.growth import Reference
from workstation.studies.measure.obstetrics.weight import WeightFormula
from workstation.studies.measure.reading import ScaleSource

SIZES = {
    part: Measured(size, ScaleSource.ULTRASOUND_REGION)
    for part, size in ((Part.BPD, 80), (Part.HC, 290), (Part.AC, 280), (Part.FL, 60))
}
AGE = 31 * 7 + 2


def test_ages_by_every_formula() -> None:
    rows = {row.by: row for row in age_rows(SIZES)}
    assert tuple(rows) == tuple(Dating)
    assert rows[Dating.HADLOCK_BPD_HC_AC_FL].age.value == pytest.approx(7 * 31.35, abs=0.05)
    assert rows[Dating.ROBINSON_CRL].age.lack is Lack.MISSING
    assert rows[Dating.ROBINSON_CRL].missing == (Part.CRL,)


def test_weights_each_in_its_own_reference() -> None:
    rows = {row.by: row for row in weight_rows(SIZES, AGE)}
    hadlock = rows[WeightFormula.HADLOCK_BPD_HC_AC_FL]
    assert hadlock.weight.value == pytest.approx(1839, abs=1)
    assert hadlock.standing.reference is Reference.HADLOCK_1991
    assert hadlock.standing.percentile == pytest.approx(55.2, abs=0.1), "median 1808 g"
    intergrowth = rows[WeightFormula.INTERGROWTH_HC_AC]
    assert intergrowth.weight.value == pytest.approx(1780, abs=1)
    assert intergrowth.standing.reference is Reference.INTERGROWTH_2017
    assert intergrowth.standing.percentile == pytest.approx(74, abs=3)


def test_without_an_age_there_is_a_weight_and_no_percentile() -> None:
    for row in weight_rows(SIZES, None):
        assert row.weight.value is not None
        assert (row.standing.percentile, row.standing.lack) == (None, Lack.MISSING)


def test_sizes_in_the_order_of_the_parts() -> None:
    rows = size_rows(SIZES, AGE)
    assert [row.part for row in rows] == [Part.BPD, Part.HC, Part.AC, Part.FL]
    assert all(row.standing.percentile is not None for row in rows)
    assert all(row.standing.reference is Reference.INTERGROWTH_2014 for row in rows)


def test_a_calibration_by_hand_marks_all_that_it_entered() -> None:
    mixed = SIZES | {Part.FL: Measured(60, ScaleSource.BY_HAND)}
    weights = {row.by: row.source for row in weight_rows(mixed, AGE)}
    assert weights[WeightFormula.HADLOCK_AC_FL] is ScaleSource.BY_HAND
    assert weights[WeightFormula.INTERGROWTH_HC_AC] is ScaleSource.ULTRASOUND_REGION
    ages = {row.by: row.source for row in age_rows(mixed)}
    assert ages[Dating.HADLOCK_FL] is ScaleSource.BY_HAND
    assert ages[Dating.HADLOCK_HC] is ScaleSource.ULTRASOUND_REGION


def test_sizes_that_are_none_have_neither_weight_nor_percentile() -> None:
    slip = SIZES | {Part.AC: Measured(28, ScaleSource.ULTRASOUND_REGION)}
    for row in weight_rows(slip, AGE):
        assert row.weight.lack is Lack.SIZE_OUT_OF_RANGE
        assert row.standing.lack is Lack.SIZE_OUT_OF_RANGE
