"""What is printed, row by row, before anybody knows on which page it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from workstation.core.conclusion import KeyImage
from workstation.documents.typeface import BOLD, MONO, REGULAR, Face, lines_of

WIDTH: Final = 481.0
"""Of the text, in points; all rows are measured from its left edge."""
TEXT: Final = Face(REGULAR, 10.2)
STRONG: Final = Face(BOLD, 10.2)
SMALL: Final = Face(REGULAR, 8.5)
TINY: Final = Face(REGULAR, 7)
HASH: Final = Face(MONO, 6.6)
_LEAD: Final = 13.6
_LABEL_WIDTH: Final = 112.0
INSET: Final = 8.0
"""Of words on a ground, from its edge."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters at a place in a row."""

    left: float
    face: Face
    text: str
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture at a place in a row; its upper edge is the row's. In points."""

    left: float
    width: float
    height: float
    image: KeyImage


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the paper; `height` in points is from the line above."""

    runs: tuple[Run, ...]
    height: float = _LEAD
    keeps_next: bool = False
    """Not the last of a page: the next row belongs to it."""
    is_tinted: bool = False
    """On a pale ground."""
    figures: tuple[Figure, ...] = ()
    """Pictures that stand in it, over their captions."""
    source: int | None = None
    """The number of the source that it tells of."""


def gap(height: float) -> Row:
    """Room between two blocks; it is left out at the top of a page."""
    return Row((), height)


def on_tint(rows: Iterable[Row]) -> Iterator[Row]:
    """Lays rows on a pale ground, with some room above and below."""
    yield Row((), 5.0, keeps_next=True, is_tinted=True)
    yield from (replace(row, is_tinted=True) for row in rows)
    yield Row((), 7.0, is_tinted=True)


def labelled(label: str, value: str, face: Face = TEXT) -> Iterator[Row]:
    """A label in a column of its own, the value beside it."""
    first: tuple[Run, ...] = (Run(INSET, SMALL, label, is_muted=True),)
    left = INSET + _LABEL_WIDTH
    for line in lines_of(value, face, WIDTH - left - INSET):
        yield Row((*first, Run(left, face, line)))
        first = ()


def section(title: str, text: str) -> Iterator[Row]:
    """A heading and what the doctor wrote under it."""
    yield from heading(title)
    yield from (Row((Run(0, TEXT, line),)) for line in lines_of(text, TEXT, WIDTH))


def heading(title: str) -> Iterator[Row]:
    """A heading that stays with what follows."""
    yield gap(8)
    yield Row((Run(0, STRONG, title),), 14.6, keeps_next=True)


def columns(cells: tuple[tuple[float, Face, str], ...]) -> Iterator[Row]:
    """Short cells at their places; the last one takes the rest of the width and breaks."""
    *short, (left, face, text) = cells
    runs = tuple(Run(x, cell_face, value, is_muted=True) for x, cell_face, value in short)
    for line in lines_of(text, face, WIDTH - left):
        yield Row((*runs, Run(left, face, line)))
        runs = ()
