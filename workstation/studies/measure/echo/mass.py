"""Mass of the left ventricle and the shape of its walls."""

from enum import Enum
from math import pi, sqrt
from typing import Final

from backend_client.models.requests import Sex
from workstation.studies.measure.computed import Computed, Lack, computed, lack_of, no_value
from workstation.studies.measure.reading import Unit

_THICK_WALL: Final = 0.42
_HEAVY_G_M2: Final = {Sex.MALE: 115.0, Sex.FEMALE: 95.0}


class Geometry(Enum):
    """Of mass and wall, ASE/EACVI 2015, figure 6."""

    NORMAL = "normal"
    CONCENTRIC_REMODELLING = "concentric_remodelling"
    CONCENTRIC_HYPERTROPHY = "concentric_hypertrophy"
    ECCENTRIC_HYPERTROPHY = "eccentric_hypertrophy"


def cube_mass(
    septum_mm: float | None, diameter_mm: float | None, posterior_wall_mm: float | None
) -> Computed:
    """Grams, by the cube formula of ASE: 0.8 * 1.04 ((IVS+LVID+PW)^3 - LVID^3) + 0.6, in cm.

    Devereux 1986; ASE/EACVI 2015. At the end of diastole; 9, 48 and 9 mm: 147.8 g.
    """
    return computed(Unit.GRAM, _cube, septum_mm, diameter_mm, posterior_wall_mm)


def area_length_mass(
    outer_area_mm2: float | None, cavity_area_mm2: float | None, length_mm: float | None
) -> Computed:
    """Grams, of a short axis and the cavity's length: 1.05 * 5/6 (A1 (L + t) - A2 L), in cm.

    t = sqrt(A1/pi) - sqrt(A2/pi), the mean wall. Helak, Reichek 1981; ASE 2005 (Lang, J Am Soc
    Echocardiogr 18:1440); the factors were checked in a copy, not in the papers. 40 and 20 cm2,
    80 mm: 176.6 g.
    """
    if lack_of(outer_area_mm2, cavity_area_mm2) is None and not _encloses(
        outer_area_mm2, cavity_area_mm2
    ):
        return no_value(Unit.GRAM, Lack.CONTRADICTION)
    return computed(Unit.GRAM, _area_length, outer_area_mm2, cavity_area_mm2, length_mm)


def relative_wall_thickness(posterior_wall_mm: float | None, diameter_mm: float | None) -> Computed:
    """2 PW / LVID at the end of diastole (ASE/EACVI 2015); 9 and 48 mm: 0.375."""
    return computed(
        Unit.RATIO, lambda wall, inner: 2 * wall / inner, posterior_wall_mm, diameter_mm
    )


def geometry(
    mass_index_g_m2: float | None, wall_thickness: float | None, sex: Sex | None
) -> Geometry | None:
    """By the mass index (cube formula) and the relative wall thickness; None for unknown sex.

    Heavy: over 115 g/m2 in men, 95 in women; thick: over 0.42 (ASE/EACVI 2015, figure 6). 120 g/m2
    and 0.45 of a man: concentric hypertrophy.
    """
    limit = None if sex is None else _HEAVY_G_M2.get(sex)
    if limit is None or lack_of(mass_index_g_m2, wall_thickness) is not None:
        return None
    heavy = (mass_index_g_m2 or 0.0) > limit
    thick = (wall_thickness or 0.0) > _THICK_WALL
    if heavy:
        return Geometry.CONCENTRIC_HYPERTROPHY if thick else Geometry.ECCENTRIC_HYPERTROPHY
    return Geometry.CONCENTRIC_REMODELLING if thick else Geometry.NORMAL


def _cube(septum_mm: float, diameter_mm: float, posterior_wall_mm: float) -> float:
    outer, inner = (septum_mm + diameter_mm + posterior_wall_mm) / 10, diameter_mm / 10
    return 0.8 * 1.04 * (outer**3 - inner**3) + 0.6


def _area_length(outer_mm2: float, cavity_mm2: float, length_mm: float) -> float:
    outer, cavity, length = outer_mm2 / 100, cavity_mm2 / 100, length_mm / 10
    wall = sqrt(outer / pi) - sqrt(cavity / pi)
    return 1.05 * 5 / 6 * (outer * (length + wall) - cavity * length)


def _encloses(outer: float | None, cavity: float | None) -> bool:
    return outer is not None and cavity is not None and outer > cavity
