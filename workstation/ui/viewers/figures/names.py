"""What a figure can be called: the short lists of an echo and of a fetus, and what a name takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backend_client.models.evidence import Figure
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.organs import OrganAxis
from workstation.studies.measure.reading import Quantity, Reading
from workstation.ui.viewers.figures.kinds import Ground


class Contour(Enum):
    """The left ventricle's inner border in one view: of two views a volume is computed.

    Drawn from one edge of the mitral annulus around the apex to the other.
    """

    DIASTOLE_FOUR = "diastole_four"
    DIASTOLE_TWO = "diastole_two"
    SYSTOLE_FOUR = "systole_four"
    SYSTOLE_TWO = "systole_two"


Name = EchoInput | Part | Contour | OrganAxis
NAME_KINDS: Final = (EchoInput, Part, Contour, OrganAxis)
"""Their values differ: a name is found again by its value alone."""


class NameSet(Enum):
    """Which of the lists is offered."""

    ECHO = "echo"
    FETUS = "fetus"
    ORGAN = "organ"


@dataclass(frozen=True, slots=True)
class Naming:
    """A name, the quantity that it takes, and others that it takes along."""

    name: Name
    quantity: Quantity
    along: tuple[tuple[EchoInput, Quantity], ...] = ()


_OF_ITEM: Final = {"us_fetus": NameSet.FETUS, "us_pelvis": NameSet.ORGAN}
"""By our catalogues' codes (OZ-6): a fetus goes before the organs; all else is an echo's."""
_Spot = tuple[Ground, Figure]
_E = EchoInput
_Q = Quantity


def _each(quantity: Quantity, *names: Name) -> tuple[Naming, ...]:
    return tuple(Naming(name, quantity) for name in names)


_LINES: Final = _each(
    _Q.DISTANCE,
    _E.SEPTUM,
    _E.DIASTOLIC_DIAMETER,
    _E.POSTERIOR_WALL,
    _E.SYSTOLIC_DIAMETER,
    _E.OUTFLOW_DIAMETER,
    _E.VENA_CAVA,
    _E.VENA_CAVA_SNIFF,
    _E.ATRIAL_LENGTH,
    _E.CAVITY_LENGTH,
)
_AREAS: Final = _each(
    _Q.AREA,
    _E.ATRIAL_AREA_FOUR_CHAMBER,
    _E.ATRIAL_AREA_TWO_CHAMBER,
    _E.MITRAL_TRACED_AREA,
    _E.SHORT_AXIS_OUTER_AREA,
    _E.SHORT_AXIS_CAVITY_AREA,
)
_M_MODE: Final = _each(
    _Q.DISTANCE,
    _E.SEPTUM,
    _E.DIASTOLIC_DIAMETER,
    _E.POSTERIOR_WALL,
    _E.SYSTOLIC_DIAMETER,
    _E.ANNULAR_EXCURSION,
    _E.VENA_CAVA,
    _E.VENA_CAVA_SNIFF,
)
_VELOCITIES: Final = _each(
    _Q.VELOCITY,
    _E.AORTIC_VELOCITY,
    _E.E_VELOCITY,
    _E.A_VELOCITY,
    _E.SEPTAL_VELOCITY,
    _E.LATERAL_VELOCITY,
    _E.TRICUSPID_VELOCITY,
)
_ENVELOPES: Final = (
    Naming(_E.OUTFLOW_INTEGRAL, _Q.VELOCITY_TIME_INTEGRAL),
    Naming(
        _E.AORTIC_INTEGRAL,
        _Q.VELOCITY_TIME_INTEGRAL,
        (
            (_E.AORTIC_VELOCITY, _Q.VELOCITY),
            (_E.AORTIC_MEAN_GRADIENT, _Q.MEAN_GRADIENT),
        ),
    ),
    Naming(_E.MITRAL_MEAN_GRADIENT, _Q.MEAN_GRADIENT),
    Naming(_E.TRICUSPID_VELOCITY, _Q.VELOCITY),
)
_SLOPES: Final = (
    Naming(_E.E_DECELERATION, _Q.DECELERATION_TIME),
    Naming(_E.MITRAL_HALF_TIME, _Q.PRESSURE_HALF_TIME),
)
_SIZES: Final = _each(_Q.DISTANCE, Part.BPD, Part.OFD, Part.FL, Part.CRL, Part.NT)
_ROUND: Final = _each(_Q.CIRCUMFERENCE, Part.HC, Part.AC)
_TRACED: Final = _each(_Q.PERIMETER, Part.HC, Part.AC)

_LISTS: Final[Mapping[NameSet, Mapping[_Spot, tuple[Naming, ...]]]] = {
    NameSet.ECHO: {
        (Ground.PLANE, Figure.LINE): _LINES,
        (Ground.PLANE, Figure.ELLIPSE): _AREAS,
        (Ground.PLANE, Figure.AREA): (*_each(_Q.AREA, *Contour), *_AREAS),
        (Ground.M_MODE, Figure.LINE): _M_MODE,
        (Ground.SPECTRUM, Figure.POINT): _VELOCITIES,
        (Ground.SPECTRUM, Figure.TRACE): _ENVELOPES,
        (Ground.SPECTRUM, Figure.LINE): _SLOPES,
    },
    NameSet.FETUS: {
        (Ground.PLANE, Figure.LINE): _SIZES,
        (Ground.PLANE, Figure.ELLIPSE): _ROUND,
        (Ground.PLANE, Figure.AREA): _TRACED,
    },
    NameSet.ORGAN: {(Ground.PLANE, Figure.LINE): _each(_Q.DISTANCE, *OrganAxis)},
}


def usual_names(items: Collection[str]) -> NameSet:
    """The list that is offered first in a case with files of these items of the checklist."""
    found = (names for code, names in _OF_ITEM.items() if code in items)
    return next(found, NameSet.ECHO)


def namings(names: NameSet, ground: Ground, figure: Figure) -> tuple[Naming, ...]:
    """What such a figure can be called there, at most nine, in the order of the digits."""
    return _LISTS[names].get((ground, figure), ())


def other_sets(names: NameSet, ground: Ground, figure: Figure) -> tuple[NameSet, ...]:
    """The lists after this one, in turn, that have a name for such a figure."""
    every = tuple(NameSet)
    at = every.index(names)
    others = (*every[at + 1 :], *every[:at])
    return tuple(one for one in others if namings(one, ground, figure))


def naming_of(name: Name, ground: Ground, figure: Figure) -> Naming | None:
    """What a name takes of such a figure; None where it is not its own."""
    every = (one for names in NameSet for one in namings(names, ground, figure))
    return next((one for one in every if one.name is name), None)


def reading_of(readings: tuple[Reading, ...], quantity: Quantity) -> Reading | None:
    """The reading of that quantity."""
    return next((one for one in readings if one.quantity is quantity), None)
