"""Volumes of a heart chamber by summation of 20 discs (modified Simpson's rule).

ASE/EACVI 2015 (Lang, J Am Soc Echocardiogr 28:1): V = pi/4 * sum(a_i * b_i) * L/20 of two
apical views at right angles, pi/4 * sum(a_i^2) * L/20 of one.
"""

from dataclasses import dataclass
from math import hypot, pi
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.computed import Computed, Lack, computed, no_value
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Unit

DISCS: Final = 20
LENGTHS_AGREE: Final = 0.10
"""Part by which the long axes of both views may differ before one counts as foreshortened."""
_MM3_IN_ML: Final = 1000.0
_SHORTEST_MM: Final = 1.0


@dataclass(frozen=True, slots=True)
class Discs:
    """One view of a chamber, cut into discs at right angles to its long axis."""

    diameters_mm: tuple[float, ...]
    """From the base to the apex, `DISCS` of them."""
    length_mm: float


def chamber_discs(
    drawing: Drawing, scale: PlaneScale, axis: tuple[Point, Point] | None = None
) -> Discs | None:
    """Discs of a traced border; None where it encloses nothing along its axis.

    The trace runs from one hinge of the valve's annulus around the apex to the other; the valve's
    plane closes it. `axis` (stored pixels: middle of the annulus, apex) is the doctor's; without
    it, it runs from the middle between the trace's ends to the farthest point of the trace.
    """
    if drawing.reason_against is not None or len(drawing.points) < 3:
        return None
    border = np.array([scale.millimetres(point) for point in drawing.points])
    if axis is None:
        base = (border[0] + border[-1]) / 2
        apex = border[np.argmax(((border - base) ** 2).sum(axis=1))]
    else:
        base, apex = (np.array(scale.millimetres(point)) for point in axis)
    return _cut(border, base, apex)


def single_plane_volume(view: Discs | None) -> Computed:
    """mL, of one view: the chamber taken for round. All diameters 40, L 80 mm: 100.5 mL."""
    return biplane_volume(view, view)


def biplane_volume(four_chamber: Discs | None, two_chamber: Discs | None) -> Computed:
    """mL, of both views; L is the longer of the two long axes. a = b = 40, L = 80 mm: 100.5 mL."""
    if four_chamber is None or two_chamber is None:
        return no_value(Unit.MILLILITRE, Lack.MISSING)
    products = sum(
        a * b for a, b in zip(four_chamber.diameters_mm, two_chamber.diameters_mm, strict=True)
    )
    length = max(four_chamber.length_mm, two_chamber.length_mm)
    return computed(Unit.MILLILITRE, _summed, products, length)


def lengths_agree(four_chamber: Discs, two_chamber: Discs) -> bool:
    """Whether neither view is foreshortened against the other by more than a tenth."""
    lengths = four_chamber.length_mm, two_chamber.length_mm
    return max(lengths) - min(lengths) <= LENGTHS_AGREE * max(lengths)


def _summed(products_mm2: float, length_mm: float) -> float:
    return pi / 4 * products_mm2 * length_mm / DISCS / _MM3_IN_ML


def _cut(
    border: npt.NDArray[np.float64], base: npt.NDArray[np.float64], apex: npt.NDArray[np.float64]
) -> Discs | None:
    along = apex - base
    length = hypot(float(along[0]), float(along[1]))
    if not _SHORTEST_MM <= length < float("inf"):
        return None
    along = along / length
    heights = (border - base) @ along
    sides = (border - base) @ np.array([-along[1], along[0]])
    middles = (np.arange(DISCS) + 0.5) * length / DISCS
    diameters = tuple(_width(heights, sides, float(height)) for height in middles)
    return Discs(diameters, length) if any(diameters) else None


def _width(
    heights: npt.NDArray[np.float64], sides: npt.NDArray[np.float64], height: float
) -> float:
    """Of the inside at this height, in one piece or several."""
    next_heights, next_sides = np.roll(heights, -1), np.roll(sides, -1)
    cut = (heights > height) != (next_heights > height)
    share = (height - heights[cut]) / (next_heights[cut] - heights[cut])
    places = np.sort(sides[cut] + share * (next_sides[cut] - sides[cut]))
    return float((places[1::2] - places[::2]).sum())
