"""Where a slice lies in the patient, and which way its edges look (DICOM PS3.3 C.7.6)."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Vector = tuple[float, float, float]
"""Patient coordinates in mm: to the left hand, to the back, to the head (C.7.6.2.1.1)."""
Cosines = tuple[float, float, float, float, float, float]
"""Image Orientation (Patient): direction of a row (to the right), then of a column (down)."""

_UNIT_WITHIN: Final = 0.02
"""So far from 1, and from a right angle, rounded cosines of real files may be."""
_MENTIONED_FROM: Final = math.sin(math.radians(10))
"""A second letter is written from 10 degrees on."""
_LETTERS: Final = ("LR", "PA", "HF")
_OPPOSITE: Final = str.maketrans("LRPAHF", "RLAPFH")


@dataclass(frozen=True, slots=True)
class EdgeMarks:
    """What lies beyond each edge of the picture as stored: "R", "PF", ..."""

    left: str
    right: str
    top: str
    bottom: str

    def turned(self, quarter_turns: int) -> "EdgeMarks":
        """The marks of the picture turned clockwise."""
        ring = (self.top, self.right, self.bottom, self.left)
        turn = quarter_turns % 4
        top, right, bottom, left = ring[-turn:] + ring[:-turn] if turn else ring
        return EdgeMarks(left, right, top, bottom)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not (self.left or self.right or self.top or self.bottom)


NO_MARKS: Final = EdgeMarks("", "", "", "")


@dataclass(frozen=True, slots=True)
class SlicePlane:
    """One slice: its place in the patient, and the size of its pixels. All of it may be unknown."""

    rows: int
    columns: int
    position: Vector | None = None
    """Centre of the first pixel."""
    orientation: Cosines | None = None
    """Two unit vectors at right angles: see `sound_cosines`."""
    spacing_mm: tuple[float, float] | None = None
    """From row to row (down), then from column to column (to the right): PS3.3 10.7.1.3."""

    @property
    def normal(self) -> Vector | None:
        """Unit vector out of the slice: row x column."""
        return None if self.orientation is None else _normal(self.orientation)

    @property
    def location_mm(self) -> float | None:
        """Distance from the origin along the normal; None where place or orientation is unknown."""
        normal = self.normal
        if normal is None or self.position is None:
            return None
        return dot(self.position, normal)

    def in_patient(self, x: float, y: float) -> Vector | None:
        """The point of the patient at a stored pixel coordinate (C.7.6.2.1.1).

        `x`, `y` count from the outer corner of the first pixel, whose centre is (0.5, 0.5). What
        reslicing in other planes needs of a slice.
        """
        if self.position is None or self.orientation is None or self.spacing_mm is None:
            return None
        down, right = self.spacing_mm
        row, column = self.orientation[:3], self.orientation[3:]
        ways = zip(self.position, row, column, strict=True)
        a, b = (x - 0.5) * right, (y - 0.5) * down
        first, second, third = (start + a * along + b * across for start, along, across in ways)
        return first, second, third


@lru_cache(maxsize=128)
def _normal(orientation: Cosines) -> Vector:
    """Remembered: the slices of a series look one way."""
    return cross(orientation[:3], orientation[3:])


def sound_cosines(values: tuple[float, ...] | None) -> Cosines | None:
    """Six direction cosines, made exactly unit long; None where they are none.

    Zeros, vectors far from unit length or from a right angle say nothing of the patient.
    """
    return None if values is None or len(values) != 6 else _sound(values)


@lru_cache(maxsize=128)
def _sound(values: tuple[float, ...]) -> Cosines | None:
    """Of six values; remembered."""
    if not all(map(math.isfinite, values)):
        return None
    row, column = values[:3], values[3:]
    lengths = math.hypot(*row), math.hypot(*column)
    if any(abs(length - 1) > _UNIT_WITHIN for length in lengths):
        return None
    if abs(sum(a * b for a, b in zip(row, column, strict=True))) > _UNIT_WITHIN:
        return None
    a, b, c = (value / lengths[0] for value in row)
    d, e, f = (value / lengths[1] for value in column)
    return a, b, c, d, e, f


@lru_cache(maxsize=128)
def edge_marks(orientation: Cosines | None) -> EdgeMarks:
    """The letters at the four edges: R, L, A, P, H, F, or two of them where the slice is oblique.

    The strongest direction first, another from 10 degrees on (after PS3.3 C.7.6.1.1.1).
    """
    if orientation is None:
        return NO_MARKS
    return _marks(_letters(orientation[:3]), _letters(orientation[3:]))


def marks_in_words(patient_orientation: tuple[str, ...]) -> EdgeMarks:
    """By Patient Orientation (C.7.6.1.1.1): where rows and columns lead; X-rays have no cosines."""
    if len(patient_orientation) != 2:
        return NO_MARKS
    row, column = (words.strip().upper() for words in patient_orientation)
    known = all(
        words and len(words) <= 3 and set(words) <= set("LRPAHF") for words in (row, column)
    )
    return _marks(row, column) if known else NO_MARKS


def _marks(row: str, column: str) -> EdgeMarks:
    return EdgeMarks(row.translate(_OPPOSITE), row, column.translate(_OPPOSITE), column)


def _letters(way: tuple[float, ...]) -> str:
    strongest = sorted(range(3), key=lambda axis: -abs(way[axis]))
    named = [axis for axis in strongest if abs(way[axis]) >= _MENTIONED_FROM]
    return "".join(_LETTERS[axis][way[axis] < 0] for axis in named)


def dot(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The scalar product of two vectors of three numbers."""
    (a, b, c), (d, e, f) = one, other
    return 0.0 + a * d + b * e + c * f


def cross(one: tuple[float, ...], other: tuple[float, ...]) -> Vector:
    """The vector product of two vectors of three numbers."""
    (a, b, c), (d, e, f) = one, other
    return b * f - c * e, c * d - a * f, a * e - b * d
