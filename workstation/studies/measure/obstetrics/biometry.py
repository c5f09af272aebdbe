"""What is measured of a fetus, and circumferences computed of diameters."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.measure.computed import Computed, Lack, computed, no_value
from workstation.studies.measure.geometry import ellipse_circumference
from workstation.studies.measure.reading import Unit

_OUTER_TO_INNER: Final = 1.62
_NUCHAL_CRL_MM: Final = (45.0, 84.0)


class Part(Enum):
    """One of the fetus' measures, in mm. HC and AC: of an ellipse by its circumference."""

    BPD = "bpd"
    OFD = "ofd"
    HC = "hc"
    AC = "ac"
    FL = "fl"
    CRL = "crl"
    NT = "nt"


SIZES_MM: Final = {
    Part.BPD: (15.0, 115.0),
    Part.OFD: (15.0, 150.0),
    Part.HC: (50.0, 420.0),
    Part.AC: (40.0, 460.0),
    Part.FL: (4.0, 95.0),
    Part.CRL: (2.0, 95.0),
    Part.NT: (0.3, 20.0),
}
"""Wider than any fetus for which a formula here was made (our choice): a slip of unit or place."""


class SkullEdges(Enum):
    """Where the calipers stand on the parietal bones."""

    OUTER_OUTER = "outer_outer"
    OUTER_INNER = "outer_inner"


@dataclass(frozen=True, slots=True)
class FetalSizes:
    """Millimetres; None where not measured."""

    bpd: float | None = None
    """Hadlock's formulas were made with it outer to inner, INTERGROWTH-21st's percentiles outer to
    outer, 2 to 3 mm more (Wong, Australas J Ultrasound Med 2018; 21: 161)."""
    ofd: float | None = None
    hc: float | None = None
    ac: float | None = None
    fl: float | None = None
    crl: float | None = None
    nt: float | None = None

    def of(self, part: Part) -> float | None:
        """The size of one part."""
        sizes: dict[Part, float | None] = {
            Part.BPD: self.bpd,
            Part.OFD: self.ofd,
            Part.HC: self.hc,
            Part.AC: self.ac,
            Part.FL: self.fl,
            Part.CRL: self.crl,
            Part.NT: self.nt,
        }
        return sizes[part]


def size_lack(part: Part, size_mm: float | None) -> Lack | None:
    """Why a size cannot be used at all; None where it can."""
    if size_mm is None:
        return Lack.MISSING
    low, high = SIZES_MM[part]
    return None if low <= size_mm <= high else Lack.SIZE_OUT_OF_RANGE


def head_circumference(
    bpd_mm: float | None, ofd_mm: float | None, edges: SkullEdges = SkullEdges.OUTER_OUTER
) -> Computed:
    """mm, of two diameters: the exact ellipse where both are outer to outer.

    With the biparietal diameter outer to inner 1.62 (BPD + OFD) (ISUOG 2011, routine
    mid-trimester scan, Salomon, Ultrasound Obstet Gynecol 37:116; not read in the primary text).
    BPD 80 and OFD 102 mm: 287.0 mm, outer to inner 294.8 mm.
    """
    lack = size_lack(Part.BPD, bpd_mm) or size_lack(Part.OFD, ofd_mm)
    if lack is not None:
        return no_value(Unit.MILLIMETRE, lack)
    if edges is SkullEdges.OUTER_INNER:
        return computed(
            Unit.MILLIMETRE, lambda one, other: _OUTER_TO_INNER * (one + other), bpd_mm, ofd_mm
        )
    return diameters_circumference(bpd_mm, ofd_mm)


def diameters_circumference(one_mm: float | None, other_mm: float | None) -> Computed:
    """mm, of an ellipse by both diameters (of the abdomen: front to back, side to side).

    The exact ellipse (Abramowitz and Stegun 1964, see `geometry`). 100 and 100 mm: 314.2 mm.
    """
    return computed(
        Unit.MILLIMETRE,
        lambda one, other: ellipse_circumference(max(one, other), min(one, other)),
        one_mm,
        other_mm,
    )


def nuchal_translucency(nt_mm: float | None, crl_mm: float | None) -> Computed:
    """mm, where it may be judged: CRL 45 to 84 mm (11+0 to 13+6 weeks, FMF, ISUOG 2013).

    No percentile. Wright 2008 (Ultrasound Obstet Gynecol 31:376) found two distributions in 37,078
    normal pregnancies: 95 % depend on CRL, 5 % do not, with a median of 2.0 mm; multiples of the
    median are not distributed normally (so its abstract). Its spreads and its curve were not to be
    had in the primary text, and calculators in public differ from each other. 1.8 mm at CRL 60 mm:
    1.8 mm, without a percentile.
    """
    lack = size_lack(Part.NT, nt_mm) or size_lack(Part.CRL, crl_mm)
    if lack is not None or crl_mm is None:
        return no_value(Unit.MILLIMETRE, lack or Lack.MISSING)
    if not _NUCHAL_CRL_MM[0] <= crl_mm <= _NUCHAL_CRL_MM[1]:
        return no_value(Unit.MILLIMETRE, Lack.AGE_OUT_OF_RANGE)
    return Computed(nt_mm, Unit.MILLIMETRE)
