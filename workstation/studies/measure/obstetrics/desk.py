"""All that can be told of a fetus' measurements, each with its formula or reference named."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.studies.measure.computed import Computed, Measured
from workstation.studies.measure.obstetrics.biometry import FetalSizes, Part
from workstation.studies.measure.obstetrics.dating import (
    DATING_PARTS,
    Dating,
    age_deviation,
    gestational_age,
)
from workstation.studies.measure.obstetrics.growth import (
    Reference,
    Standing,
    size_standing,
    weight_standing,
)
from workstation.studies.measure.obstetrics.weight import (
    WEIGHT_PARTS,
    WeightFormula,
    fetal_weight,
)
from workstation.studies.measure.reading import ScaleSource, weakest_source

Sizes = Mapping[Part, Measured]


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Gestational age in days by one formula."""

    by: Dating
    age: Computed
    deviation: Computed
    """Standard deviation in days, where it is known."""
    source: ScaleSource
    missing: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WeightRow:
    """Weight by one formula, and where it stands in the reference that was made for it."""

    by: WeightFormula
    weight: Computed
    standing: Standing
    source: ScaleSource
    missing: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SizeRow:
    """A size, and where it stands."""

    part: Part
    size: Measured
    standing: Standing


def age_rows(sizes: Sizes) -> tuple[AgeRow, ...]:
    """By every formula, in the order of `Dating`."""
    fetus = _fetus(sizes)
    return tuple(
        AgeRow(
            by,
            gestational_age(fetus, by),
            age_deviation(fetus, by),
            _source(sizes, DATING_PARTS[by]),
            _missing(sizes, DATING_PARTS[by]),
        )
        for by in Dating
    )


def weight_rows(sizes: Sizes, age_days: float | None) -> tuple[WeightRow, ...]:
    """By every formula; percentiles for the age that the doctor settled on (dates, first scan).

    The age must not come of the same scan: the percentile would then say nothing.
    """
    return tuple(_weight_row(sizes, by, age_days) for by in WeightFormula)


def size_rows(sizes: Sizes, age_days: float | None) -> tuple[SizeRow, ...]:
    """Of what was measured, in the order of `Part`."""
    return tuple(
        SizeRow(part, sizes[part], size_standing(part, sizes[part].value, age_days))
        for part in Part
        if part in sizes
    )


def _weight_row(sizes: Sizes, by: WeightFormula, age_days: float | None) -> WeightRow:
    weight = fetal_weight(_fetus(sizes), by)
    own = by is WeightFormula.INTERGROWTH_HC_AC
    reference = Reference.INTERGROWTH_2017 if own else Reference.HADLOCK_1991
    standing = weight_standing(weight.value, by, age_days, reference)
    if weight.lack is not None:
        standing = Standing(reference, lack=weight.lack)
    parts = WEIGHT_PARTS[by]
    return WeightRow(by, weight, standing, _source(sizes, parts), _missing(sizes, parts))


def _fetus(sizes: Sizes) -> FetalSizes:
    return FetalSizes(**{part.value: one.value for part, one in sizes.items()})


def _source(sizes: Sizes, parts: tuple[Part, ...]) -> ScaleSource:
    return weakest_source(sizes[part].source for part in parts if part in sizes)


def _missing(sizes: Sizes, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part not in sizes)
