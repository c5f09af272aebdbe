"""Figures measured on a picture of an open file: the same arithmetic as the window's, told with
unit, region and whose calibration it is, or why there is no value."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend_client.models.evidence import Figure
from workstation.commands.answers import RegionSaid, Said
from workstation.commands.figure_words import HandLength, beyond
from workstation.commands.files import WRONG_USE, CommandFailed
from workstation.commands.places import Wished, frame_of, page_of, slice_of
from workstation.commands.region_words import region_said
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.measure.calibration import NoScale, PlaneScale, plane_by_hand
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Still
from workstation.studies.measure.plane import measure_in_pixels
from workstation.studies.measure.reading import Reading, Reason, ScaleSource, Unit
from workstation.studies.measure.ultrasound.measuring import measure_figure
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import StackInfo, StackSlice
from workstation.studies.stack_greys import value_at
from workstation.studies.study import ClipStudy, PdfStudy, PictureStudy, StackStudy, Study
from workstation.ui.viewers.figures.reading_words import ReadingWords
from workstation.ui.viewers.stack.figures import REGIONS, readings, statistics_of

ARBITRARY: Final = "[arb'U]"
"""UCUM: the file does not say what the numbers of a slice are."""
POINTS: Final = "[pt]"
"""1/72 inch of the page, of paper and not of the patient."""
BY_HAND: Final = "by hand"
"""Nothing of the file: `--calibrate`."""
_CALIBRATION: Final = {
    ScaleSource.ULTRASOUND_REGION: "SequenceOfUltrasoundRegions",
    ScaleSource.PIXEL_SPACING: "PixelSpacing",
    ScaleSource.IMAGER_SPACING: "ImagerPixelSpacing",
    ScaleSource.BY_HAND: BY_HAND,
}
_NUMBERS: Final = "RescaleIntercept, RescaleSlope"
_TABLE: Final = "ModalityLUTSequence"
_Measured = Callable[[Drawing], "tuple[ReadingSaid, ...]"]


class UncalibratedSaid(Said, frozen=True, kw_only=True):
    """A number of the picture that is none of the patient."""

    value: float
    unit: str
    """"{pixels}", "deg" as it looks, or "[pt]" of a page."""


class ReadingSaid(Said, frozen=True, kw_only=True):
    """One quantity of a figure: a physical value, or why there is none."""

    quantity: str
    value: float | None
    unit: str | None
    """UCUM; of `value`, null without one."""
    calibration: str | None
    """The elements of the file that the value rests upon, or "by hand"; null without a value."""
    at_detector: bool = False
    """Whether lengths are those at the detector: what lies before it is shown larger."""
    region: RegionSaid | None = None
    """Of an ultrasound picture, also one that gives no scale."""
    reason: str | None = None
    """Why there is no value: a code."""
    words: str | None = None
    """The same in words."""
    uncalibrated: UncalibratedSaid | None = None
    """What can be told without a scale."""


class FigureSaid(Said, frozen=True, kw_only=True):
    """One figure, in the order of the command line."""

    figure: str
    points: tuple[tuple[float, float], ...]
    readings: tuple[ReadingSaid, ...]
    """The chief one first."""


class FiguresSaid(Said, frozen=True, kw_only=True):
    """The answer of `measure --json` with figures."""

    kind: str
    """"clip", "stack", "picture", "pdf"."""
    frame: int
    """From 0, in the order in which the window shows them: of a document the page."""
    frames: int
    """How many there are; of slices those of the series."""
    series: int | None
    """Of slices, from 1."""
    part: str
    """Of a slice its SOP Instance UID."""
    width: float
    height: float
    """Stored pixels; of a page points of 1/72 inch."""
    figures: tuple[FigureSaid, ...]


@dataclass(frozen=True, slots=True)
class _Picture:
    """What figures are drawn on."""

    frame: int
    frames: int
    width: float
    height: float
    measured: _Measured
    series: int | None = None
    part: str = ""


async def figures_of(study: Study, options: argparse.Namespace) -> FiguresSaid:
    """All figures of the command line on the picture that it names.

    Raises:
        CommandFailed: there is no such picture, a figure reaches out of it, or the file has none.
        StudyError: the picture cannot be decoded: nobody could draw on it.
    """
    picture = await _picture(study, Wished.of(options), options.calibrate)
    drawings: list[Drawing] = options.figures
    marks = [options.calibrate.drawing] if options.calibrate is not None else []
    for one in (*marks, *drawings):
        _check(one, picture)
    return FiguresSaid(
        kind=study.kind.value,
        frame=picture.frame,
        frames=picture.frames,
        series=picture.series,
        part=picture.part,
        width=picture.width,
        height=picture.height,
        figures=tuple(_figure(one, picture.measured(one)) for one in drawings),
    )


async def _picture(study: Study, wished: Wished, mark: HandLength | None) -> _Picture:
    match study:
        case ClipStudy(info=info):
            return await _clip(study, info, frame_of(wished, info.frame_count), mark)
        case PictureStudy(info=info):
            return await _photo(study, info, frame_of(wished, 1), mark)
        case _ if mark is not None:
            raise CommandFailed(WRONG_USE, "--calibrate is for clips and photos")
        case StackStudy(info=info):
            return await _slice(study, info, slice_of(wished, info))
        case PdfStudy(info=info):
            return _page(info, page_of(wished, info.page_count))
        case _:
            words = f"figures are for pictures, and this is an open {study.kind.value}"
            raise CommandFailed(WRONG_USE, words)


async def _clip(study: ClipStudy, info: ClipInfo, frame: int, mark: HandLength | None) -> _Picture:
    (await study.frame(frame)).release()
    scale = _by_hand(mark, info.pixel_aspect)

    def measured(drawing: Drawing) -> tuple[ReadingSaid, ...]:
        found = measure_figure(info, frame, drawing, scale)
        return tuple(_reading(one, info) for one in found)

    return _Picture(frame, info.frame_count, info.width, info.height, measured)


async def _slice(study: StackStudy, info: StackInfo, index: int) -> _Picture:
    numbers, one = await study.slice(index), info.slices[index]
    place = info.series_of(index)
    series = info.series[place]

    def measured(drawing: Drawing) -> tuple[ReadingSaid, ...]:
        lengths = tuple(_reading(found, None) for found in readings(drawing, one))
        return (*_values(drawing, one, numbers), *lengths)

    return _Picture(
        frame=index - series.first,
        frames=series.count,
        width=one.plane.columns,
        height=one.plane.rows,
        measured=measured,
        series=place + 1,
        part=one.uid,
    )


async def _photo(
    study: PictureStudy, info: PictureInfo, frame: int, mark: HandLength | None
) -> _Picture:
    (await study.frame(frame)).release()
    still = Still.of(info)
    scale = _by_hand(mark, still.pixel_aspect)

    def measured(drawing: Drawing) -> tuple[ReadingSaid, ...]:
        return tuple(_reading(one, None) for one in measure_figure(still, frame, drawing, scale))

    return _Picture(frame, 1, info.width, info.height, measured)


def _by_hand(mark: HandLength | None, pixel_aspect: float) -> PlaneScale | None:
    """The scale of a calibration by hand. Raises CommandFailed where it says nothing."""
    if mark is None:
        return None
    scale = plane_by_hand(mark.start, mark.stop, mark.length_mm, pixel_aspect)
    if isinstance(scale, NoScale):
        words = f"--calibrate: no scale: {ReadingWords().reason(scale.reason)}"
        raise CommandFailed(WRONG_USE, words)
    return scale


def _page(info: PdfInfo, page: int) -> _Picture:
    width, height = info.page_sizes_pt[page]

    def measured(drawing: Drawing) -> tuple[ReadingSaid, ...]:
        """Of paper: nobody has calibrated it."""
        found = measure_in_pixels(drawing, NoScale(Reason.NO_CALIBRATION))
        return tuple(_reading(one, None, POINTS) for one in found)

    return _Picture(page, info.page_count, width, height, measured)


def _check(drawing: Drawing, picture: _Picture) -> None:
    outside = beyond(drawing, picture.width, picture.height)
    if outside is not None:
        x, y = outside
        size = f"{picture.width:g} x {picture.height:g}"
        words = f"--{drawing.figure.value}: {x:g},{y:g} is outside of the picture, {size}"
        raise CommandFailed(WRONG_USE, words)


def _figure(drawing: Drawing, found: tuple[ReadingSaid, ...]) -> FigureSaid:
    """A point of a picture that has no values tells nothing, and that is said."""
    nothing = (_refused("value", Reason.OTHER_FIGURE_NEEDED),)
    return FigureSaid(figure=drawing.figure.value, points=drawing.points, readings=found or nothing)


def _reading(one: Reading, info: ClipInfo | None, unit: str = Unit.PIXELS.value) -> ReadingSaid:
    region = None
    if info is not None and one.region is not None:
        region = region_said(one.region, info.regions[one.region - 1])
    if one.is_physical:
        return ReadingSaid(
            quantity=one.quantity.value,
            value=one.value,
            unit=one.unit.value,
            calibration=_CALIBRATION.get(one.source),
            at_detector=one.source is ScaleSource.IMAGER_SPACING,
            region=region,
        )
    told = None
    if one.value is not None:
        own = unit if one.unit is Unit.PIXELS else one.unit.value
        told = UncalibratedSaid(value=one.value, unit=own)
    return _refused(one.quantity.value, one.reason or Reason.NO_CALIBRATION, region, told)


def _refused(
    quantity: str,
    reason: Reason,
    region: RegionSaid | None = None,
    told: UncalibratedSaid | None = None,
) -> ReadingSaid:
    return ReadingSaid(
        quantity=quantity,
        value=None,
        unit=None,
        calibration=None,
        region=region,
        reason=reason.value,
        words=ReadingWords().reason(reason),
        uncalibrated=told,
    )


def _values(drawing: Drawing, one: StackSlice, numbers: Numbers) -> tuple[ReadingSaid, ...]:
    """Values of a slice at a point or within a region, as the window tells them."""
    if drawing.figure is Figure.POINT:
        (x, y) = drawing.points[0]
        value = value_at(numbers, x, y, one.numbers, one.rescale)
        return (
            _refused("value", Reason.OUT_OF_RANGE)
            if value is None
            else _value("value", value, one),
        )
    if drawing.figure not in REGIONS:
        return ()
    found = statistics_of(drawing, one, numbers)
    if found is None:  # smaller than a pixel, or all of it outside of what was scanned
        return (_refused("mean", Reason.OUT_OF_RANGE),)
    return (
        _value("mean", found.mean, one),
        _value("standard_deviation", found.deviation, one),
        _value("minimum", found.minimum, one),
        _value("maximum", found.maximum, one),
    )


def _value(quantity: str, value: float, one: StackSlice) -> ReadingSaid:
    """HU where the file or its kind says so; else its own unit, or arbitrary ones."""
    table = one.rescale.lut is not None
    return ReadingSaid(
        quantity=quantity,
        value=value,
        unit=one.rescale.unit or ARBITRARY,
        calibration=_TABLE if table else _NUMBERS,
    )
