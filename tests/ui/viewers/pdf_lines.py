"""Reads the drawn lines of a PDF page in millimetres of the paper, as a ruler would."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf

MM_PER_POINT = 25.4 / 72
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One path: its points from the paper's upper left corner, and the width of its pen."""

    points: tuple[Point, ...]
    pen_mm: float

    @property
    def width_mm(self) -> float:
        return max(x for x, _ in self.points) - min(x for x, _ in self.points)

    @property
    def height_mm(self) -> float:
        return max(y for _, y in self.points) - min(y for _, y in self.points)


def page_count(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def lines_of(content: bytes, page: int = 0) -> list[DrawnLine]:
    """All stroked paths of straight lines."""
    with pikepdf.open(io.BytesIO(content)) as document:
        sheet = document.pages[page]
        height = float(sheet.mediabox[3])
        return list(_stroked(pikepdf.parse_content_stream(sheet), height))


def _stroked(operations: Iterable[object], height: float) -> Iterator[DrawnLine]:
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    pen, path = 1.0, list[list[Point]]()
    kept: list[tuple[Matrix, float]] = []
    for operation in operations:
        operands, operator = list(operation.operands), str(operation.operator)  # type: ignore[attr-defined]  # its stub is opaque
        if operator == "q":
            kept.append((matrix, pen))
        elif operator == "Q":
            matrix, pen = kept.pop()
        elif operator == "cm":
            matrix = _times(_numbers(operands), matrix)
        elif operator == "w":
            pen = float(operands[0])
        elif operator in ("m", "l"):
            if operator == "m":
                path.append([])
            path[-1].append(_placed(float(operands[0]), float(operands[1]), matrix, height))
        elif operator in ("S", "n", "f", "f*", "B", "W*", "W"):
            if operator == "S":
                scale = abs(matrix[0]) or abs(matrix[1])
                yield from (DrawnLine(tuple(one), pen * scale * MM_PER_POINT) for one in path)
            path = []


def _numbers(operands: Iterable[object]) -> Matrix:
    a, b, c, d, e, f = (float(str(one)) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """`one` first, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _placed(x: float, y: float, matrix: Matrix, height: float) -> Point:
    a, b, c, d, e, f = matrix
    across, up = a * x + c * y + e, b * x + d * y + f
    return across * MM_PER_POINT, (height - up) * MM_PER_POINT
