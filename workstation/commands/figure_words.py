"""Figures as the command line says them: which there are, and what makes one nonsense."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import Final

from backend_client.models.evidence import Figure
from workstation.studies.measure.figures import Drawing, Point

FIGURES: Final = {
    Figure.LINE: "X1,Y1,X2,Y2",
    Figure.ELLIPSE: "X1,Y1,X2,Y2,X3,Y3",
    Figure.AREA: "X1,Y1,X2,Y2,X3,Y3,...",
    Figure.TRACE: "X1,Y1,X2,Y2,...",
    Figure.ANGLE: "X1,Y1,X2,Y2,X3,Y3",
    Figure.RECTANGLE: "X1,Y1,X2,Y2",
    Figure.POINT: "X,Y",
}
"""Each option is the figure's own word."""
HAND_LENGTH: Final = "X1,Y1,X2,Y2,MM"
_HELP: Final = {
    Figure.LINE: "both ends",
    Figure.ELLIPSE: "both ends of one axis, an end of the other",
    Figure.AREA: "corners of a closed line, three or more",
    Figure.TRACE: "points of an open line, two or more",
    Figure.ANGLE: "a point of one leg, the vertex, a point of the other leg",
    Figure.RECTANGLE: "two opposite corners",
    Figure.POINT: "the value there, or the velocity in a Doppler spectrum",
}
COORDINATES: Final = (
    "Pictures: stored pixels to the right and down from the outer corner of the first pixel, "
    "which is 0,0; that pixel's centre is 0.5,0.5. Photos: the same of the upright picture (EXIF "
    "orientation applied). Pages of documents: points of 1/72 inch. "
    "Each option may be given several times."
)


@dataclass(frozen=True, slots=True)
class HandLength:
    """Two points of a picture and what lies between them: a calibration by hand."""

    start: Point
    stop: Point
    length_mm: float

    @classmethod
    def of(cls, words: str) -> "HandLength":
        """Of `X1,Y1,X2,Y2,MM`; raises `ArgumentTypeError`."""
        try:
            x1, y1, x2, y2, length = numbers = [float(one) for one in words.split(",")]
        except ValueError:
            numbers, length = [], 0.0
        if not numbers or not all(map(isfinite, numbers)) or length <= 0:
            raise argparse.ArgumentTypeError(f"{words}: such as {HAND_LENGTH}, numbers")
        return cls((x1, y1), (x2, y2), length)

    @property
    def drawing(self) -> Drawing:
        """The line between them."""
        return Drawing(Figure.LINE, (self.start, self.stop))


def add_figures(parser: argparse.ArgumentParser) -> None:
    """Options for figures on a picture, all of them in one list in the order that is given."""
    group = parser.add_argument_group("figures on a picture", COORDINATES)
    for figure, points in FIGURES.items():
        group.add_argument(
            f"--{figure.value}",
            dest="figures",
            action="append",
            type=drawing_by(figure),
            metavar=points,
            help=_HELP[figure],
        )
    group.add_argument(
        "--calibrate",
        type=HandLength.of,
        metavar=HAND_LENGTH,
        help="by hand: two points of a clip or a photo and the millimetres between them; each "
        "value that rests upon it says so",
    )
    add_place(group)


def add_place(group: "argparse._ArgumentGroup | argparse.ArgumentParser") -> None:
    """Which picture of a file is meant."""
    which = "from 0, as the window shows them: a frame, a slice of the series, a page"
    group.add_argument("--frame", type=partial(_whole, least=0), metavar="N", help=which)
    group.add_argument(
        "--page", type=partial(_whole, least=1), metavar="N", help="of a document, from 1"
    )
    group.add_argument(
        "--series",
        type=partial(_whole, least=1),
        metavar="N",
        help="of slices: which, from 1 in the order of inspect",
    )


def add_item(parser: argparse.ArgumentParser) -> None:
    """Which file of a disc is meant."""
    which = "of a disc (a ZIP, a folder): which, from 1 in the order of inspect"
    parser.add_argument("--item", type=partial(_whole, least=1), metavar="N", help=which)


def drawing_by(figure: Figure) -> Callable[[str], Drawing]:
    """Reads the coordinates of such a figure; raises `ArgumentTypeError`."""

    def read(words: str) -> Drawing:
        try:
            numbers = [float(one) for one in words.split(",")]
        except ValueError:
            numbers = []
        drawing = Drawing(figure, _paired(numbers))
        if len(numbers) % 2 or not all(map(isfinite, numbers)) or drawing.reason_against:
            raise argparse.ArgumentTypeError(f"{words}: such as {FIGURES[figure]}, numbers")
        return drawing

    return read


def beyond(drawing: Drawing, width: float, height: float) -> Point | None:
    """The first point that lies outside of the picture; None where all are in it."""
    outside = (p for p in drawing.points if not (0 <= p[0] <= width and 0 <= p[1] <= height))
    return next(outside, None)


def _paired(numbers: list[float]) -> tuple[Point, ...]:
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def _whole(words: str, least: int) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) < 10 and int(words) >= least):
        raise argparse.ArgumentTypeError(f"{words}: a whole number, {least} or more")
    return int(words)
