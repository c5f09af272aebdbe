"""Values computed of several measurements: a number, or why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import isfinite

from workstation.studies.measure.reading import ScaleSource, Unit


class Lack(Enum):
    """Why nothing was computed."""

    MISSING = "missing"
    """Not all that the formula needs was measured."""
    IMPOSSIBLE = "impossible"
    """Zero, negative, not finite, or far beyond any patient."""
    CONTRADICTION = "contradiction"
    """Measurements that cannot stand together: a systole larger than the diastole."""
    SIZE_OUT_OF_RANGE = "size_out_of_range"
    """A size for which the formula was never shown to hold."""
    AGE_OUT_OF_RANGE = "age_out_of_range"
    """A gestational age outside of the formula's or the reference's weeks."""
    OTHER_FORMULA = "other_formula"
    """A weight by a formula on which the reference was not built."""
    NO_REFERENCE = "no_reference"
    """No reference that could be checked."""
    INDETERMINATE = "indeterminate"
    """The criteria contradict each other: the recommendation itself gives no answer."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One input of a formula, in the unit that its name says, and who calibrated the picture."""

    value: float
    source: ScaleSource


@dataclass(frozen=True, slots=True)
class Computed:
    """`value` in `unit`, or `lack`: one of them is None."""

    value: float | None
    unit: Unit
    lack: Lack | None = None


def no_value(unit: Unit, lack: Lack) -> Computed:
    """Nothing computed, and why."""
    return Computed(None, unit, lack)


def computed(unit: Unit, formula: Callable[..., float], *inputs: float | None) -> Computed:
    """The formula's value of inputs that are all there, positive and finite; a positive value."""
    lack = lack_of(*inputs)
    if lack is not None:
        return no_value(unit, lack)
    try:
        value = formula(*inputs)
    except (OverflowError, ZeroDivisionError):
        return no_value(unit, Lack.IMPOSSIBLE)
    if not (isfinite(value) and value > 0):
        return no_value(unit, Lack.IMPOSSIBLE)
    return Computed(value, unit)


def lack_of(*inputs: float | None) -> Lack | None:
    """Why a formula cannot take these; None where it can."""
    if any(one is None for one in inputs):
        return Lack.MISSING
    sound = all(one is not None and isfinite(one) and one > 0 for one in inputs)
    return None if sound else Lack.IMPOSSIBLE
