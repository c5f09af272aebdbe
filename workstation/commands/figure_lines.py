"""Measured figures for people: a line for each value, or why there is none."""

from collections.abc import Iterator

from workstation.commands.figures import BY_HAND, FigureSaid, FiguresSaid, ReadingSaid
from workstation.commands.in_words import printable


def figure_lines(answer: FiguresSaid) -> str:
    """The answer as text."""
    return printable(_lines(answer))


def _lines(answer: FiguresSaid) -> Iterator[str]:
    series = "" if answer.series is None else f", series {answer.series}"
    size = f"{answer.width:g} x {answer.height:g}"
    yield f"{answer.kind}, frame {answer.frame} of {answer.frames} (from 0){series}, {size}"
    for figure in answer.figures:
        yield f"{figure.figure} {_points(figure)}:"
        yield from (f"  {_reading(one)}" for one in figure.readings)


def _points(figure: FigureSaid) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in figure.points)


def _reading(one: ReadingSaid) -> str:
    name = one.quantity.replace("_", " ")
    if one.value is not None:
        return f"{name} {one.value:.6g} {one.unit}, {_whose(one)}"
    told = one.uncalibrated
    number = (
        "no value" if told is None else f"no value, in the picture {told.value:.6g} {told.unit}"
    )
    return f"{name}: {number}: {one.words} ({one.reason}){_region(one)}"


def _whose(one: ReadingSaid) -> str:
    where = ", at the detector" if one.at_detector else ""
    by = "calibrated by hand" if one.calibration == BY_HAND else f"by {one.calibration}"
    return f"{by}{where}{_region(one)}"


def _region(one: ReadingSaid) -> str:
    region = one.region
    if region is None:
        return ""
    units = f"{region.delta_x:g} {region.unit_x}, {region.delta_y:g} {region.unit_y} a pixel"
    return f", region {region.number} ({region.shows}, {region.data}: {units})"
