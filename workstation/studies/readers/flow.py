"""A text document taken apart: paragraphs, tables and pictures in order. Nothing of its file."""

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are drawn."""

    size: float = 11.0
    """Points."""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike. Literal; "\\n" is a new line of the same paragraph."""

    text: str
    look: Look


class Align(Enum):
    """Where the lines of a paragraph stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    runs: tuple[Run, ...]
    align: Align = Align.LEFT
    indent: float = 0.0
    """Points from the left."""
    mark: str = ""
    """Bullet or number before the first line."""
    is_heading: bool = False
    new_page: bool = False
    """Whether it begins one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a JPEG, or the place of one that is not shown."""

    jpeg: bytes | None
    width: float
    height: float
    """Points."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; tables within are flattened into it."""

    blocks: tuple["Paragraph | Picture", ...]
    columns: int = 1
    """How many columns it spans."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    """Of the columns, in any unit; empty: equal ones."""


Block = Paragraph | Table | Picture


@dataclass(slots=True)
class Flow:
    """A document, and what was left out of it."""

    blocks: list[Block] = field(default_factory=list)
    page: tuple[float, float] = (595.0, 842.0)
    """Points."""
    parts_left_out: bool = False
    active_content: bool = False
    files_inside: bool = False
    cut: bool = False
