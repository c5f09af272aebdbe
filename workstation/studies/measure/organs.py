"""Volumes of organs by three axes: prostate, bladder, ovaries, kidneys, lobes of the thyroid.

An ellipsoid, pi/6 of the product of three axes at right angles: 0.524 in print. It is geometry, no
norm of any organ: for a lobe of the thyroid some take 0.479 (Brunn 1981), which is 9 % less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.measure.computed import Computed, Measured
from workstation.studies.measure.echo.volumes import ellipsoid_volume
from workstation.studies.measure.reading import ScaleSource, weakest_source


class OrganAxis(Enum):
    """Whole axes in mm: of an organ that is one, of the right one, of the left one."""

    LENGTH = "organ_length"
    WIDTH = "organ_width"
    DEPTH = "organ_depth"
    RIGHT_LENGTH = "organ_right_length"
    RIGHT_WIDTH = "organ_right_width"
    RIGHT_DEPTH = "organ_right_depth"
    LEFT_LENGTH = "organ_left_length"
    LEFT_WIDTH = "organ_left_width"
    LEFT_DEPTH = "organ_left_depth"


class OrganSide(Enum):
    """Of which organ."""

    ONE = "one"
    RIGHT = "right"
    LEFT = "left"


AXES_OF: Final = {
    OrganSide.ONE: (OrganAxis.LENGTH, OrganAxis.WIDTH, OrganAxis.DEPTH),
    OrganSide.RIGHT: (OrganAxis.RIGHT_LENGTH, OrganAxis.RIGHT_WIDTH, OrganAxis.RIGHT_DEPTH),
    OrganSide.LEFT: (OrganAxis.LEFT_LENGTH, OrganAxis.LEFT_WIDTH, OrganAxis.LEFT_DEPTH),
}


@dataclass(frozen=True, slots=True)
class OrganRow:
    """The volume of one organ in mL, or what lacks for it."""

    side: OrganSide
    volume: Computed
    source: ScaleSource
    missing: tuple[OrganAxis, ...]


def organ_rows(sizes: Mapping[OrganAxis, Measured]) -> tuple[OrganRow, ...]:
    """Of organs of which something is measured. 40, 40 and 80 mm: 67.0 mL."""
    return tuple(_row(side, sizes) for side in OrganSide if any(x in sizes for x in AXES_OF[side]))


def _row(side: OrganSide, sizes: Mapping[OrganAxis, Measured]) -> OrganRow:
    axes = AXES_OF[side]
    one, two, three = (sizes[axis].value if axis in sizes else None for axis in axes)
    return OrganRow(
        side=side,
        volume=ellipsoid_volume(one, two, three),
        source=weakest_source(sizes[axis].source for axis in axes if axis in sizes),
        missing=tuple(axis for axis in axes if axis not in sizes),
    )
