"""Valves, right heart pressures, flow.

Sources: EAE/ASE 2009 on valve stenosis (Baumgartner, J Am Soc Echocardiogr 22:1) for gradients,
continuity and the half-time; ASE 2010 on the right heart (Rudski, J Am Soc Echocardiogr 23:685)
for pressures. The constants 220, 3, 8 and 15 were not read in the primary texts; reviews that
quote them give the same (of the vena cava: J Clin Med Res 2016, table 2, "according to Rudski").
"""

from math import pi
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, no_value
from workstation.studies.measure.reading import Unit

_MITRAL: Final = 220.0
_WIDE_VENA_CAVA_MM: Final = 21.0
_COLLAPSE_PERCENT: Final = 50.0


def peak_gradient(velocity_cm_s: float | None) -> Computed:
    """mmHg, 4 v^2 (simplified Bernoulli); the sign of the velocity does not count.

    4.2 m/s: 70.6 mmHg. Too high where the velocity before the valve is over 1.5 m/s.
    """
    speed = None if velocity_cm_s is None else abs(velocity_cm_s)
    return computed(Unit.MILLIMETRE_OF_MERCURY, lambda v: 4 * (v / 100) ** 2, speed)


def outflow_area(diameter_mm: float | None) -> Computed:
    """cm2, of the outflow tract taken for round. 20 mm: 3.14 cm2."""
    return computed(Unit.SQUARE_CENTIMETRE, lambda d: pi / 4 * (d / 10) ** 2, diameter_mm)


def outflow_stroke_volume(diameter_mm: float | None, outflow_vti_cm: float | None) -> Computed:
    """mL: area of the outflow tract times its VTI. 20 mm and 20 cm: 62.8 mL."""
    return computed(
        Unit.MILLILITRE,
        lambda d, vti: pi / 4 * (d / 10) ** 2 * vti,
        diameter_mm,
        outflow_vti_cm,
    )


def aortic_valve_area(
    diameter_mm: float | None, outflow_vti_cm: float | None, valve_vti_cm: float | None
) -> Computed:
    """cm2, by continuity: area of the outflow tract times VTI before over VTI in the valve.

    20 mm, 20 and 80 cm: 0.785 cm2.
    """
    return computed(
        Unit.SQUARE_CENTIMETRE,
        lambda d, before, valve: pi / 4 * (d / 10) ** 2 * before / valve,
        diameter_mm,
        outflow_vti_cm,
        valve_vti_cm,
    )


def dimensionless_index(outflow_vti_cm: float | None, valve_vti_cm: float | None) -> Computed:
    """VTI before over VTI in the aortic valve (or the peak velocities). 20 and 80 cm: 0.25."""
    return computed(Unit.RATIO, lambda before, valve: before / valve, outflow_vti_cm, valve_vti_cm)


def mitral_area_by_half_time(half_time_ms: float | None) -> Computed:
    """cm2: 220 / PHT, for a native mitral valve. 220 ms: 1.00 cm2."""
    return computed(Unit.SQUARE_CENTIMETRE, lambda time: _MITRAL / time, half_time_ms)


def planimetry_area(area_mm2: float | None) -> Computed:
    """cm2, of a traced opening. 150 mm2: 1.5 cm2."""
    return computed(Unit.SQUARE_CENTIMETRE, lambda area: area / 100, area_mm2)


def right_atrial_pressure(vena_cava_mm: float | None, collapse_percent: float | None) -> Computed:
    """mmHg, by the inferior vena cava: 3 (21 mm or less, over 50 % in a sniff), 15, between: 8."""
    if vena_cava_mm is None or collapse_percent is None:
        return no_value(Unit.MILLIMETRE_OF_MERCURY, Lack.MISSING)
    if not (0 < vena_cava_mm < 100 and 0 <= collapse_percent <= 100):
        return no_value(Unit.MILLIMETRE_OF_MERCURY, Lack.IMPOSSIBLE)
    wide = vena_cava_mm > _WIDE_VENA_CAVA_MM
    stiff = collapse_percent <= _COLLAPSE_PERCENT
    pressure = 15.0 if wide and stiff else 8.0 if wide or stiff else 3.0
    return Computed(pressure, Unit.MILLIMETRE_OF_MERCURY)


def right_ventricular_pressure(
    tricuspid_cm_s: float | None, atrial_pressure: float | None
) -> Computed:
    """mmHg, in systole: the tricuspid regurgitation's gradient and the right atrium's pressure.

    2.8 m/s and 8 mmHg: 39.4 mmHg. Without a narrow pulmonary valve it is the pulmonary artery's
    too. The right atrium's pressure may be 0.
    """
    gradient = peak_gradient(tricuspid_cm_s)
    if gradient.value is None or atrial_pressure is None:
        return no_value(Unit.MILLIMETRE_OF_MERCURY, gradient.lack or Lack.MISSING)
    if not 0 <= atrial_pressure <= 50:
        return no_value(Unit.MILLIMETRE_OF_MERCURY, Lack.IMPOSSIBLE)
    return Computed(gradient.value + atrial_pressure, Unit.MILLIMETRE_OF_MERCURY)
