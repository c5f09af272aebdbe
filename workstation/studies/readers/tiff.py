"""TIFF: one picture, or a scanned document of pages, in whatever packing libtiff reads."""

import math
import warnings
from typing import Final

from PIL import Image

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.opened import Drawable, Pixels
from workstation.studies.readers.jpeg_frame import put_image
from workstation.studies.readers.picture import PhotoFile
from workstation.studies.readers.pillow_pictures import (
    DAMAGE,
    check_size,
    in_colour,
    opened,
)
from workstation.studies.warnings import StudyWarning

_FORMATS: Final = ("TIFF",)
_MOST_PAGES: Final = 500
_MOST_BYTES: Final = 160 * 1024 * 1024
"""Of one page, unpacked: a page is drawn to the screen's size, so that no more is at hand."""
_ASSUMED_DPI: Final = 200.0
_DPI: Final = (30.0, 2400.0)
_POINTS: Final = 72.0
_ORIENTATION: Final = 274
_ON_ITS_SIDE: Final = (5, 6, 7, 8)
_MOST_UNLIKE: Final = 1.1
"""Dots an inch in the two directions: 204 by 196 of a fine fax are square enough to look at."""
_BYTES: Final = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "LA": 4}


def open_tiff(data: memoryview) -> Drawable:
    """A picture where the file holds one of square pixels, else a document.

    A fax of 204 x 98 dots an inch is half as high in pixels as on paper: pages know inches.

    Raises:
        UnreadableFile: damaged, or pages beyond sense.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = opened(data, _FORMATS)
        _check(image)
        is_square = _is_square(image)
        pages = _pages(image)
    return TiffPages(data, pages) if len(pages) > 1 or not is_square else PhotoFile(data)


class TiffPages:
    """An open document of scanned pages, drawn one by one."""

    def __init__(self, data: memoryview, pages: tuple[tuple[float, float], ...]) -> None:
        self._data = data
        self.info = PdfInfo(
            page_count=min(len(pages), _MOST_PAGES),
            page_sizes_pt=pages[:_MOST_PAGES],
            title="",
            warnings=(StudyWarning.PAGES_HIDDEN,) if len(pages) > _MOST_PAGES else (),
            format="TIFF",
        )

    def render(self, index: int, into: Pixels) -> None:
        """Draws page `index` over the whole of `into`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            put_image(_scaled(self._page(index), (into.shape[1], into.shape[0])), into)

    def _page(self, index: int) -> Image.Image:
        image = opened(self._data, _FORMATS)
        try:
            image.seek(index)
            _check(image)
            image.load()
        except DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        return image


def _scaled(page: Image.Image, size: tuple[int, int]) -> Image.Image:
    """In colour; made smaller first, in its own mode where that has shades."""
    factor = max(1, min(page.width // size[0], page.height // size[1]))
    if page.mode == "1":
        page = page.convert("L")
    if factor > 1 and page.mode in ("L", "RGB", "RGBA", "CMYK"):
        page = page.reduce(factor)
    return in_colour(page).resize(size, Image.Resampling.BILINEAR)


def _pages(image: Image.Image) -> tuple[tuple[float, float], ...]:
    """Sizes of the pages in points, as far as the file goes; one more than are shown at most."""
    found: list[tuple[float, float]] = []
    for place in range(_MOST_PAGES + 1):
        try:
            image.seek(place)
        except EOFError:
            break
        except DAMAGE as error:
            if not found:
                raise UnreadableFile(Unreadable.DAMAGED) from error
            break
        found.append(_points(image))
    return tuple(found)


def _points(image: Image.Image) -> tuple[float, float]:
    across, down = _dots(image)
    return image.width * _POINTS / across, image.height * _POINTS / down


def _is_square(image: Image.Image) -> bool:
    """Also where the file does not say both."""
    said = image.info.get("dpi")
    across, down = _dots(image)
    if said is None or {across, down} != set(said):
        return True
    return 1 / _MOST_UNLIKE <= across / down <= _MOST_UNLIKE


def _dots(image: Image.Image) -> tuple[float, float]:
    """An inch, across and down the page as it is seen."""
    across, down = image.info.get("dpi", (_ASSUMED_DPI, _ASSUMED_DPI))
    if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:  # the size is turned already
        across, down = down, across
    return _plausible(across), _plausible(down)


def _plausible(dpi: object) -> float:
    try:
        found = float(dpi)  # type: ignore[arg-type]  # Pillow's numbers are of several kinds
    except (TypeError, ValueError, ZeroDivisionError):
        return _ASSUMED_DPI
    return found if math.isfinite(found) and _DPI[0] <= found <= _DPI[1] else _ASSUMED_DPI


def _check(image: Image.Image) -> None:
    check_size(image)
    if image.width * image.height * _BYTES.get(image.mode, 4) > _MOST_BYTES:
        raise UnreadableFile(Unreadable.TOO_LARGE)
