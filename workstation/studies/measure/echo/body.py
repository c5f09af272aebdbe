"""Body surface, and values indexed to it (as ASE/EACVI 2015 does). The formula is always named."""

from enum import Enum
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, lack_of, no_value
from workstation.studies.measure.reading import Unit

_HEIGHTS_CM: Final = (30.0, 250.0)
_WEIGHTS_KG: Final = (1.0, 400.0)
_INDEXED: Final = {
    Unit.GRAM: Unit.GRAM_PER_SQUARE_METRE,
    Unit.MILLILITRE: Unit.MILLILITRE_PER_SQUARE_METRE,
    Unit.SQUARE_CENTIMETRE: Unit.SQUARE_CENTIMETRE_PER_SQUARE_METRE,
    Unit.CENTIMETRE: Unit.CENTIMETRE_PER_SQUARE_METRE,
}


class SurfaceFormula(Enum):
    """By whom."""

    MOSTELLER = "mosteller"
    """sqrt(height * weight / 3600): Mosteller, N Engl J Med 1987; 317: 1098."""
    DU_BOIS = "du_bois"
    """0.007184 * weight^0.425 * height^0.725: Du Bois, Arch Intern Med 1916; 17: 863."""


def body_surface(
    height_cm: float | None, weight_kg: float | None, formula: SurfaceFormula
) -> Computed:
    """m2. 170 cm and 70 kg: Mosteller (1987) 1.818, Du Bois (1916) 1.810."""
    lack = lack_of(height_cm, weight_kg)
    if lack is not None or height_cm is None or weight_kg is None:
        return no_value(Unit.SQUARE_METRE, lack or Lack.MISSING)
    if not (_in(height_cm, _HEIGHTS_CM) and _in(weight_kg, _WEIGHTS_KG)):
        return no_value(Unit.SQUARE_METRE, Lack.IMPOSSIBLE)
    by_mosteller = formula is SurfaceFormula.MOSTELLER
    return computed(
        Unit.SQUARE_METRE, _mosteller if by_mosteller else _du_bois, height_cm, weight_kg
    )


def indexed(value: Computed, surface: Computed) -> Computed:
    """Per m2 of body surface: of grams, mL, cm2 or cm. 147.8 g and 2.0 m2: 73.9 g/m2."""
    unit = _INDEXED[value.unit]
    if value.value is None or surface.value is None:
        return no_value(unit, value.lack or surface.lack or Lack.MISSING)
    return computed(unit, lambda one, area: one / area, value.value, surface.value)


def _mosteller(height_cm: float, weight_kg: float) -> float:
    return float((height_cm * weight_kg / 3600) ** 0.5)


def _du_bois(height_cm: float, weight_kg: float) -> float:
    return float(0.007184 * weight_kg**0.425 * height_cm**0.725)


def _in(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
