"""All that can be told of an echo's measurements, row by row, beside the limits for the sex."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from backend_client.models.requests import Sex
from workstation.studies.measure.computed import Computed, Measured, computed
from workstation.studies.measure.echo import diastole, mass, valves, volumes
from workstation.studies.measure.echo.body import SurfaceFormula, body_surface, indexed
from workstation.studies.measure.echo.diastole import DiastolicSet
from workstation.studies.measure.echo.limits import Limit, Verdict, limit, verdict
from workstation.studies.measure.echo.quantities import EchoInput, EchoQuantity
from workstation.studies.measure.reading import ScaleSource, Unit, weakest_source

Measures = Mapping[EchoInput, Measured]


@dataclass(frozen=True, slots=True)
class Person:
    """What the limits and the indices depend on; None where it is not known."""

    sex: Sex | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    surface_formula: SurfaceFormula = SurfaceFormula.MOSTELLER
    atrial_index_ml_m2: float | None = None
    """As the doctor typed it, where the atrium is not measured."""
    fraction_percent: float | None = None
    """Ejection fraction as the doctor typed it."""
    is_adult: bool = True
    """Limits and grades are of adults; a child is given neither."""

    @property
    def surface(self) -> Computed:
        """Body surface in m2."""
        return body_surface(self.height_cm, self.weight_kg, self.surface_formula)


@dataclass(frozen=True, slots=True)
class EchoRow:
    """One value, or why there is none."""

    quantity: EchoQuantity
    value: Computed
    source: ScaleSource
    """The weakest calibration of all measurements that entered it."""
    missing: tuple[EchoInput, ...]
    """What would have to be measured for it."""
    limit: Limit | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class _Rule:
    quantity: EchoQuantity
    inputs: tuple[EchoInput, ...]
    formula: Callable[..., Computed]
    is_indexed: bool = False


def echo_rows(measures: Measures, person: Person) -> tuple[EchoRow, ...]:
    """Every quantity once, in the order of `EchoQuantity`; of unknown sex without verdicts."""
    by_quantity = {rule.quantity: rule for rule in _RULES}
    return tuple(_row(by_quantity[quantity], measures, person) for quantity in EchoQuantity)


def _row(rule: _Rule, measures: Measures, person: Person) -> EchoRow:
    there = [measures[one] for one in rule.inputs if one in measures]
    values = [measures[one].value if one in measures else None for one in rule.inputs]
    value = rule.formula(*values)
    if rule.is_indexed:
        value = indexed(value, person.surface)
    found = limit(rule.quantity, person.sex)
    return EchoRow(
        quantity=rule.quantity,
        value=value,
        source=weakest_source(one.source for one in there),
        missing=tuple(one for one in rule.inputs if one not in measures),
        limit=found,
        verdict=verdict(value.value, found),
    )


def _as_measured(unit: Unit) -> Callable[[float | None], Computed]:
    return lambda value: computed(unit, lambda one: one, value)


def _e_to_a(e: float | None, a: float | None) -> Computed:
    return diastole.e_to_a(DiastolicSet(e_cm_s=e, a_cm_s=a))


def _mean_velocity(septal: float | None, lateral: float | None) -> Computed:
    found = DiastolicSet(septal_cm_s=septal, lateral_cm_s=lateral)
    return diastole.mean_annulus_velocity(found)


def _e_to_septal(e: float | None, septal: float | None) -> Computed:
    return diastole.e_to_septal(DiastolicSet(e_cm_s=e, septal_cm_s=septal))


def _e_to_lateral(e: float | None, lateral: float | None) -> Computed:
    return diastole.e_to_lateral(DiastolicSet(e_cm_s=e, lateral_cm_s=lateral))


def _e_to_mean(e: float | None, septal: float | None, lateral: float | None) -> Computed:
    return diastole.e_to_mean(DiastolicSet(e_cm_s=e, septal_cm_s=septal, lateral_cm_s=lateral))


def _teichholz_fraction(diastolic: float | None, systolic: float | None) -> Computed:
    large, small = (volumes.teichholz_volume(one).value for one in (diastolic, systolic))
    return volumes.ejection_fraction(large, small)


def _atrial_pressure(width: float | None, in_sniff: float | None) -> Computed:
    collapse = None
    if width is not None and in_sniff is not None and width > 0:
        collapse = 100 * (width - in_sniff) / width
    return valves.right_atrial_pressure(width, collapse)


def _ventricular_pressure(
    velocity: float | None, width: float | None, in_sniff: float | None
) -> Computed:
    atrial = _atrial_pressure(width, in_sniff)
    found = valves.right_ventricular_pressure(velocity, atrial.value)
    return found if atrial.lack is None else Computed(None, found.unit, atrial.lack)


_atrial_volume: Final = volumes.biplane_area_length_volume
_WALLS: Final = (EchoInput.SEPTUM, EchoInput.DIASTOLIC_DIAMETER, EchoInput.POSTERIOR_WALL)
_DIAMETERS: Final = (EchoInput.DIASTOLIC_DIAMETER, EchoInput.SYSTOLIC_DIAMETER)
_VOLUMES: Final = (EchoInput.DIASTOLIC_VOLUME, EchoInput.SYSTOLIC_VOLUME)
_FOUR_CHAMBER: Final = (EchoInput.DIASTOLIC_VOLUME_FOUR, EchoInput.SYSTOLIC_VOLUME_FOUR)
_TWO_CHAMBER: Final = (EchoInput.DIASTOLIC_VOLUME_TWO, EchoInput.SYSTOLIC_VOLUME_TWO)
_SHORT_AXIS: Final = (
    EchoInput.SHORT_AXIS_OUTER_AREA,
    EchoInput.SHORT_AXIS_CAVITY_AREA,
    EchoInput.CAVITY_LENGTH,
)
_ATRIUM: Final = (
    EchoInput.ATRIAL_AREA_FOUR_CHAMBER,
    EchoInput.ATRIAL_AREA_TWO_CHAMBER,
    EchoInput.ATRIAL_LENGTH,
)
_CONTINUITY: Final = (
    EchoInput.OUTFLOW_DIAMETER,
    EchoInput.OUTFLOW_INTEGRAL,
    EchoInput.AORTIC_INTEGRAL,
)
_VENA_CAVA: Final = (EchoInput.VENA_CAVA, EchoInput.VENA_CAVA_SNIFF)

_MM: Final = _as_measured(Unit.MILLIMETRE)
_ML: Final = _as_measured(Unit.MILLILITRE)
_MMHG: Final = _as_measured(Unit.MILLIMETRE_OF_MERCURY)
_CM_S: Final = _as_measured(Unit.CENTIMETRE_PER_SECOND)

_Q = EchoQuantity
_I = EchoInput

_RULES: Final = (
    _Rule(_Q.DIASTOLIC_DIAMETER, (_I.DIASTOLIC_DIAMETER,), _MM),
    _Rule(_Q.SYSTOLIC_DIAMETER, (_I.SYSTOLIC_DIAMETER,), _MM),
    _Rule(_Q.SEPTUM, (_I.SEPTUM,), _MM),
    _Rule(_Q.POSTERIOR_WALL, (_I.POSTERIOR_WALL,), _MM),
    _Rule(_Q.FRACTIONAL_SHORTENING, _DIAMETERS, volumes.fractional_shortening),
    _Rule(_Q.TEICHHOLZ_DIASTOLIC_VOLUME, (_I.DIASTOLIC_DIAMETER,), volumes.teichholz_volume),
    _Rule(_Q.TEICHHOLZ_SYSTOLIC_VOLUME, (_I.SYSTOLIC_DIAMETER,), volumes.teichholz_volume),
    _Rule(_Q.TEICHHOLZ_EJECTION_FRACTION, _DIAMETERS, _teichholz_fraction),
    _Rule(_Q.DIASTOLIC_VOLUME, (_I.DIASTOLIC_VOLUME,), _ML),
    _Rule(_Q.SYSTOLIC_VOLUME, (_I.SYSTOLIC_VOLUME,), _ML),
    _Rule(_Q.DIASTOLIC_VOLUME_INDEX, (_I.DIASTOLIC_VOLUME,), _ML, is_indexed=True),
    _Rule(_Q.SYSTOLIC_VOLUME_INDEX, (_I.SYSTOLIC_VOLUME,), _ML, is_indexed=True),
    _Rule(_Q.EJECTION_FRACTION, _VOLUMES, volumes.ejection_fraction),
    _Rule(_Q.STROKE_VOLUME, _VOLUMES, volumes.stroke_volume),
    _Rule(_Q.DIASTOLIC_VOLUME_FOUR, (_I.DIASTOLIC_VOLUME_FOUR,), _ML),
    _Rule(_Q.SYSTOLIC_VOLUME_FOUR, (_I.SYSTOLIC_VOLUME_FOUR,), _ML),
    _Rule(_Q.EJECTION_FRACTION_FOUR, _FOUR_CHAMBER, volumes.ejection_fraction),
    _Rule(_Q.DIASTOLIC_VOLUME_TWO, (_I.DIASTOLIC_VOLUME_TWO,), _ML),
    _Rule(_Q.SYSTOLIC_VOLUME_TWO, (_I.SYSTOLIC_VOLUME_TWO,), _ML),
    _Rule(_Q.EJECTION_FRACTION_TWO, _TWO_CHAMBER, volumes.ejection_fraction),
    _Rule(_Q.MASS, _WALLS, mass.cube_mass),
    _Rule(_Q.MASS_INDEX, _WALLS, mass.cube_mass, is_indexed=True),
    _Rule(
        _Q.RELATIVE_WALL_THICKNESS,
        (_I.POSTERIOR_WALL, _I.DIASTOLIC_DIAMETER),
        mass.relative_wall_thickness,
    ),
    _Rule(_Q.AREA_LENGTH_MASS, _SHORT_AXIS, mass.area_length_mass),
    _Rule(_Q.AREA_LENGTH_MASS_INDEX, _SHORT_AXIS, mass.area_length_mass, is_indexed=True),
    _Rule(_Q.ATRIAL_VOLUME, _ATRIUM, _atrial_volume),
    _Rule(_Q.ATRIAL_VOLUME_INDEX, _ATRIUM, _atrial_volume, is_indexed=True),
    _Rule(_Q.E_TO_A, (_I.E_VELOCITY, _I.A_VELOCITY), _e_to_a),
    _Rule(_Q.E_DECELERATION, (_I.E_DECELERATION,), _as_measured(Unit.MILLISECOND)),
    _Rule(_Q.MEAN_ANNULUS_VELOCITY, (_I.SEPTAL_VELOCITY, _I.LATERAL_VELOCITY), _mean_velocity),
    _Rule(_Q.E_TO_SEPTAL, (_I.E_VELOCITY, _I.SEPTAL_VELOCITY), _e_to_septal),
    _Rule(_Q.E_TO_LATERAL, (_I.E_VELOCITY, _I.LATERAL_VELOCITY), _e_to_lateral),
    _Rule(_Q.E_TO_MEAN, (_I.E_VELOCITY, _I.SEPTAL_VELOCITY, _I.LATERAL_VELOCITY), _e_to_mean),
    _Rule(_Q.AORTIC_VELOCITY, (_I.AORTIC_VELOCITY,), _CM_S),
    _Rule(_Q.AORTIC_PEAK_GRADIENT, (_I.AORTIC_VELOCITY,), valves.peak_gradient),
    _Rule(_Q.AORTIC_MEAN_GRADIENT, (_I.AORTIC_MEAN_GRADIENT,), _MMHG),
    _Rule(_Q.AORTIC_AREA, _CONTINUITY, valves.aortic_valve_area),
    _Rule(_Q.AORTIC_AREA_INDEX, _CONTINUITY, valves.aortic_valve_area, is_indexed=True),
    _Rule(
        _Q.DIMENSIONLESS_INDEX,
        (_I.OUTFLOW_INTEGRAL, _I.AORTIC_INTEGRAL),
        valves.dimensionless_index,
    ),
    _Rule(
        _Q.OUTFLOW_STROKE_VOLUME,
        (_I.OUTFLOW_DIAMETER, _I.OUTFLOW_INTEGRAL),
        valves.outflow_stroke_volume,
    ),
    _Rule(_Q.MITRAL_AREA_BY_HALF_TIME, (_I.MITRAL_HALF_TIME,), valves.mitral_area_by_half_time),
    _Rule(_Q.MITRAL_TRACED_AREA, (_I.MITRAL_TRACED_AREA,), valves.planimetry_area),
    _Rule(_Q.MITRAL_MEAN_GRADIENT, (_I.MITRAL_MEAN_GRADIENT,), _MMHG),
    _Rule(_Q.TRICUSPID_GRADIENT, (_I.TRICUSPID_VELOCITY,), valves.peak_gradient),
    _Rule(_Q.RIGHT_ATRIAL_PRESSURE, _VENA_CAVA, _atrial_pressure),
    _Rule(
        _Q.RIGHT_VENTRICULAR_PRESSURE,
        (_I.TRICUSPID_VELOCITY, *_VENA_CAVA),
        _ventricular_pressure,
    ),
    _Rule(_Q.ANNULAR_EXCURSION, (_I.ANNULAR_EXCURSION,), _MM),
)
