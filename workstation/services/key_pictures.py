"""A frame, a slice or a photo for the paper: its shades, marks, edges, and a scale where one is."""

import asyncio
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from backend_client.models.evidence import Figure, FramePlace, PicturePlace
from workstation.core.conclusion import KeyPicture

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from workstation.studies.imaging import ClipInfo
    from workstation.studies.measure.calibration import Scale
    from workstation.studies.stack import GreyView, StackInfo, StackSlice
    from workstation.studies.stack_study import StackStudy
    from workstation.studies.study import ClipStudy, PictureStudy

Points = tuple[tuple[float, float], ...]
_CLOSED: Final = frozenset({Figure.AREA, Figure.ELLIPSE, Figure.RECTANGLE})
_MOST_WIDE: Final = 1920
"""Pixels of a picture that is kept: half of them are printed."""
_ELLIPSE_POINTS: Final = 64
_TWO_DIMENSIONAL: Final = 1
"""Region Spatial Format of an ultrasound picture of a plane (PS3.3 C.8.5.5.1.1)."""
_OVER_PLANE: Final = frozenset({2, 3})
"""M-mode and spectrum."""
_NO_SCALE: Final = "без масштаба"


@dataclass(frozen=True, slots=True)
class _Plate:
    """All of a picture but its pixels."""

    number: int
    caption: str
    points: Points
    is_closed: bool
    mm_per_pixel: float | None
    pixel_aspect: float = 1.0
    edges: tuple[str, str, str, str] = ("", "", "", "")


async def frame_picture(
    study: "ClipStudy | PictureStudy", number: int, place: FramePlace | PicturePlace, caption: str
) -> KeyPicture:
    """Of a clip, a still or a photo. Raises StudyError."""
    from workstation.studies.imaging import ClipInfo

    info = study.info
    if isinstance(info, ClipInfo):
        plate = _of_clip(info, number, place, caption)
    else:
        plate = _Plate(number, _joined(caption, _NO_SCALE), *outline_of(place, 1.0), None)
    index = place.frame if isinstance(place, FramePlace) else place.page
    with await study.frame(index) as frame:
        return await asyncio.to_thread(_picture, frame.pixels, plate)


def _of_clip(
    info: "ClipInfo", number: int, place: FramePlace | PicturePlace, caption: str
) -> _Plate:
    words = "" if info.is_still else _frame_words(place)
    points, is_closed = outline_of(place, info.pixel_aspect)
    mm, marks = _millimetres(info, points), info.marks
    return _Plate(
        number,
        _joined(caption, words, "" if mm else _NO_SCALE),
        points,
        is_closed,
        mm,
        info.pixel_aspect,
        (marks.left, marks.right, marks.top, marks.bottom),
    )


async def slice_picture(
    study: "StackStudy", number: int, place: FramePlace, caption: str
) -> KeyPicture | None:
    """Of a series, through the window through which it was seen; None where it has no such slice.
    Raises StudyError."""
    info = study.info
    index = slice_at(info, place)
    if index is None:
        return None
    one = info.slices[index]
    patterns = (await study.slice(index)).copy()
    spacing = one.plane.spacing_mm
    aspect = spacing[0] / spacing[1] if spacing else 1.0
    points, is_closed = outline_of(place, aspect)
    mm = _of_slice(one)
    view = await asyncio.to_thread(_view, one, place, patterns)
    marks = one.marks
    where = (_slice_words(info, index), _window_words(view), "" if mm else _NO_SCALE)
    plate = _Plate(
        number,
        _joined(caption, *where),
        points,
        is_closed,
        mm,
        aspect,
        (marks.left, marks.right, marks.top, marks.bottom),
    )
    return await asyncio.to_thread(_greys, one, view, patterns, plate)


def slice_at(info: "StackInfo", place: FramePlace) -> int | None:
    """The slice of that place; without a part the file is one picture's."""
    for index, one in enumerate(info.slices):
        if one.frame == place.frame and place.part in ("", one.uid):
            return index
    return None


def outline_of(place: FramePlace | PicturePlace, pixel_aspect: float) -> tuple[Points, bool]:
    """The line that is drawn for a figure, and whether it is closed; none for a whole frame."""
    if isinstance(place, PicturePlace):
        return (place.start, place.stop), False
    points = place.points
    if place.figure is Figure.RECTANGLE and len(points) == 2:
        (left, top), (right, bottom) = points
        points = ((left, top), (right, top), (right, bottom), (left, bottom))
    elif place.figure is Figure.ELLIPSE and len(points) == 3:
        points = _ellipse(points, pixel_aspect)
    return points, place.figure in _CLOSED


def _ellipse(points: Points, aspect: float) -> Points:
    """By both ends of one axis and a point of the other, which is at right angles in mm."""
    (x0, y0), (x1, y1), (x2, y2) = ((x, y * aspect) for x, y in points)
    along, down = x1 - x0, y1 - y0
    length = math.hypot(along, down)
    if not length:
        return points[:1]
    half, side = length / 2, abs(along * (y2 - y0) - down * (x2 - x0)) / length
    unit_x, unit_y = along / length, down / length
    turns = (2 * math.pi * n / _ELLIPSE_POINTS for n in range(_ELLIPSE_POINTS))
    ways = ((half * math.cos(turn), side * math.sin(turn)) for turn in turns)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return tuple(
        (middle_x + a * unit_x - b * unit_y, (middle_y + a * unit_y + b * unit_x) / aspect)
        for a, b in ways
    )


def _picture(pixels: "npt.NDArray[np.uint8]", plate: _Plate) -> KeyPicture:
    """Blue, green, red as the decoder draws: rows of grey, or of red, green, blue."""
    import numpy as np

    colours = pixels[:, :, 2::-1]
    grey = bool(
        (pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all()
    )
    shades = colours[:, :, :1] if grey else colours
    step = -(-shades.shape[1] // _MOST_WIDE)
    if step > 1:
        shades, plate = _smaller(shades, step), _fitted(plate, step)
    height, width, channels = shades.shape
    return KeyPicture(
        number=plate.number,
        width=width,
        height=height,
        channels=channels,
        pixels=np.ascontiguousarray(shades).tobytes(),
        caption=plate.caption,
        pixel_aspect=plate.pixel_aspect,
        mm_per_pixel=plate.mm_per_pixel,
        points=plate.points,
        is_closed=plate.is_closed,
        edges=plate.edges,
    )


def _smaller(shades: "npt.NDArray[np.uint8]", step: int) -> "npt.NDArray[np.uint8]":
    """Means of squares of `step` pixels; what is over at the right and below goes."""
    import numpy as np

    height, width, channels = shades.shape
    rows, columns = height // step, width // step
    squares = shades[: rows * step, : columns * step].reshape(rows, step, columns, step, channels)
    means = squares.mean(axis=(1, 3), dtype=np.float32)
    return np.asarray(np.rint(means), np.uint8)


def _fitted(plate: _Plate, step: int) -> _Plate:
    mm = plate.mm_per_pixel
    points = tuple((x / step, y / step) for x, y in plate.points)
    return replace(plate, points=points, mm_per_pixel=None if mm is None else mm * step)


def _greys(
    one: "StackSlice", view: "GreyView", patterns: "npt.NDArray[np.uint16]", plate: _Plate
) -> KeyPicture:
    import numpy as np

    from workstation.studies.stack_greys import draw, grey_table

    table = grey_table(one.numbers, one.rescale, view, inverted=False)
    drawn = np.empty(patterns.shape, np.uint32)
    draw(patterns, table, drawn)
    return _picture(drawn.view(np.uint8).reshape(*patterns.shape, 4), plate)


def _view(one: "StackSlice", place: FramePlace, patterns: "npt.NDArray[np.uint16]") -> "GreyView":
    """As the doctor saw it where the place says so; else as the device wants it, or by the
    content."""
    from workstation.studies.stack import GreyWindow
    from workstation.studies.stack_greys import window_of_content

    if place.window is not None and place.window[1] > 0:
        centre, width = place.window
        known = (own for own in one.windows if (own.centre, own.width) == (centre, width))
        return next(known, GreyWindow(centre, width))
    return next(iter(one.views), None) or window_of_content(patterns, one.numbers, one.rescale)


def _of_slice(one: "StackSlice") -> float | None:
    from workstation.studies.measure.calibration import plane_by_spacing

    return _along_row(plane_by_spacing(one.plane.spacing_mm, one.spacing_source))


def _millimetres(info: "ClipInfo", points: Points) -> float | None:
    """Millimetres a pixel to the right where the file says so: of the plane in which was measured,
    else of the only one that the picture has."""
    from workstation.studies.measure.ultrasound.regions import ultrasound_scale

    if not info.regions:
        return None if info.plane is None else _along_row(info.plane)
    size = (info.width, info.height)
    if points:
        return _along_row(ultrasound_scale(info.regions, size, points))
    if any(one.spatial_format in _OVER_PLANE for one in info.regions):
        return None  # a bar would stand beside a spectrum, too
    planes = [one for one in info.regions if one.spatial_format == _TWO_DIMENSIONAL]
    middles = [((one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2) for one in planes]
    found = {_along_row(ultrasound_scale(info.regions, size, [middle])) for middle in middles}
    return found.pop() if len(found) == 1 else None


def _along_row(scale: "Scale | None") -> float | None:
    """Of a plane through the body; a detector's millimetres are not the body's."""
    from workstation.studies.measure.calibration import PlaneScale
    from workstation.studies.measure.reading import ScaleSource

    if not isinstance(scale, PlaneScale) or scale.source is ScaleSource.IMAGER_SPACING:
        return None
    return scale.mm_x


def _frame_words(place: FramePlace | PicturePlace) -> str:
    from workstation.documents.place_words import place_words

    return place_words(place) if isinstance(place, FramePlace) else ""


def _slice_words(info: "StackInfo", index: int) -> str:
    """«срез 34 из 120, положение −12,3 мм»; of one that stands alone the number it was given."""
    one, series = info.slices[index], info.series[info.series_of(index)]
    place = index - series.first + 1
    if series.film is not None:
        words = f"кадр {place}"
    elif series.count > 1:
        words = f"срез {place} из {series.count}"
    else:
        words = "срез" if one.instance_number is None else f"срез № {one.instance_number}"
    if one.location_mm is None:
        return words
    return f"{words}, положение {_comma(one.location_mm, 1)} мм"


def _window_words(view: "GreyView") -> str:
    """«окно 350, уровень 50»."""
    from workstation.studies.stack import GreyWindow

    if not isinstance(view, GreyWindow):
        return "шкала серого прибора"
    return f"окно {_comma(view.width, 0)}, уровень {_comma(view.centre, 0)}"


def _comma(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
