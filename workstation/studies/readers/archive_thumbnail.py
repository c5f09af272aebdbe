"""A small picture of what is on a disc: the middle frame, the first page."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.opened import Drawable, OpenedFile, Pixels, SliceSource
from workstation.studies.readers.long_record import LongFound, PackedEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack_greys import draw, grey_table, window_of_content

_MOST_PIXELS: Final = 26_000_000
"""Of a picture that is unfolded for a small one: a photo of 24 megapixels still is."""
_LARGEST: Final = 512


def draw_small(opened: OpenedFile, into: Pixels) -> None:
    """Draws the middle of what is open, as large as fits, in the middle of `into`; around it stays
    what is there.

    Raises:
        UnreadableFile: it cannot be drawn; NO_PICTURE where there is nothing to be seen of it.
    """
    if isinstance(opened, EcgRecord | LongFound | PackedEcg | ReportInfo | DiscInfo):
        raise UnreadableFile(Unreadable.NO_PICTURE)
    if isinstance(opened, SliceSource):
        picture, aspect = _slice(opened)
    else:
        picture, aspect = _frame(opened, into.shape[1])
    _fit(picture, aspect, into)


def _slice(opened: SliceSource) -> tuple[Pixels, float]:
    info = opened.info
    series = info.series[0]
    index = series.first + series.count // 2
    one = info.slices[index]
    rows, columns = one.plane.rows, one.plane.columns
    _check(rows * columns)
    numbers = np.zeros((rows, columns), np.uint16)
    opened.write(index, numbers)
    window = one.windows[0] if one.windows else None
    window = window or window_of_content(numbers, one.numbers, one.rescale)
    drawn = np.empty((rows, columns), np.uint32)
    draw(numbers, grey_table(one.numbers, one.rescale, window, inverted=False), drawn)
    spacing = one.plane.spacing_mm
    aspect = spacing[0] / spacing[1] if spacing else 1.0
    return drawn.view(np.uint8).reshape(rows, columns, 4), aspect


def _frame(opened: Drawable, width: int) -> tuple[Pixels, float]:
    info = opened.info
    if isinstance(info, PdfInfo):
        across, down = info.page_sizes_pt[0]
        wide = min(width, _LARGEST)
        high = min(max(1, round(wide * down / across)), 4 * _LARGEST)
        picture = np.full((high, wide, 4), 255, np.uint8)
        opened.render(0, picture)
        return picture, 1.0
    _check(info.width * info.height)
    picture = np.zeros((info.height, info.width, 4), np.uint8)
    opened.render(_middle(opened), picture)
    return picture, getattr(info, "pixel_aspect", 1.0)


def _middle(opened: Drawable) -> int:
    """Of a video the first: to find its middle most of it may have to be decoded."""
    count = getattr(opened.info, "frame_count", 1)
    return 0 if type(opened).__name__ == "VideoClip" else count // 2


def _check(pixels: int) -> None:
    if not 0 < pixels <= _MOST_PIXELS:
        raise UnreadableFile(Unreadable.TOO_LARGE)


def _fit(picture: Pixels, aspect: float, into: Pixels) -> None:
    """`aspect`: height of a pixel over its width."""
    high, wide = picture.shape[0] * aspect, float(picture.shape[1])
    scale = min(into.shape[0] / high, into.shape[1] / wide)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    size = (min(size[0], into.shape[1]), min(size[1], into.shape[0]))
    step = max(1, min(picture.shape[0] // (2 * size[1]), picture.shape[1] // (2 * size[0])))
    image = Image.fromarray(np.ascontiguousarray(picture[::step, ::step]), "RGBA")
    small: npt.NDArray[np.uint8] = np.asarray(image.resize(size, Image.Resampling.BOX))
    top, left = (into.shape[0] - size[1]) // 2, (into.shape[1] - size[0]) // 2
    into[top : top + size[1], left : left + size[0]] = small
