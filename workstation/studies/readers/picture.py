"""Photos and scans: JPEG and PNG, upright by their EXIF orientation."""

import io
import re
import warnings
from datetime import datetime
from typing import Final

import numpy as np
from PIL import ExifTags, Image

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PictureInfo
from workstation.studies.opened import Pixels
from workstation.studies.readers.jpeg_frame import put_rgbx
from workstation.studies.warnings import StudyWarning

_MOST_PIXELS: Final = 100_000_000
_FORMATS: Final = ("JPEG", "PNG")
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture of that EXIF orientation upright (CIPA DC-008, 4.6.5)."""
_ON_ITS_SIDE: Final = (5, 6, 7, 8)
_BAND: Final = 256
"""Rows that are turned into colours at a time."""
_TAKEN: Final = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_DAMAGE: Final = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError)
"""What Pillow raises on damaged files."""


class PhotoFile:
    """An open photo; it is decoded when it is drawn.

    Raises:
        UnreadableFile: damaged, or too many pixels.
    """

    def __init__(self, data: memoryview) -> None:
        self._data = data
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.info = _info(self._opened())

    def render(self, index: int, into: Pixels) -> None:
        """Draws the picture, whatever it is stored as, over white."""
        if index != 0:
            raise UnreadableFile(Unreadable.DAMAGED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = self._upright()
            for top in range(0, image.height, _BAND):
                bottom = min(top + _BAND, image.height)
                band = _in_colour(image.crop((0, top, image.width, bottom)))
                put_rgbx(band.tobytes("raw", "RGBX"), into[top:bottom])

    def _upright(self) -> Image.Image:
        """As it is stored, but turned: two pictures in memory at most."""
        image: Image.Image = self._opened()
        try:
            orientation, _ = _exif(image)
            image.load()
        except _DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        turn = _TURNS.get(orientation)
        return image if turn is None else image.transpose(turn)

    def _opened(self) -> Image.Image:
        try:
            image = Image.open(io.BytesIO(self._data), formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise UnreadableFile(Unreadable.TOO_LARGE) from error
        except _DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        if image.width * image.height > _MOST_PIXELS:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        return image


def _info(image: Image.Image) -> PictureInfo:
    orientation, taken_at = _exif(image)
    turned = orientation in _ON_ITS_SIDE
    more = getattr(image, "n_frames", 1) > 1
    return PictureInfo(
        width=image.height if turned else image.width,
        height=image.width if turned else image.height,
        taken_at=taken_at,
        format="PNG" if image.format == "PNG" else "JPEG",
        warnings=(StudyWarning.PAGES_HIDDEN,) if more else (),
    )


def _exif(image: Image.Image) -> tuple[int, datetime | None]:
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
    except _DAMAGE:
        return 1, None
    orientation = exif.get(ExifTags.Base.Orientation, 1)
    taken = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    return orientation, _moment(str(taken))


def _moment(taken: str) -> datetime | None:
    found = _TAKEN.match(taken)
    try:
        return datetime(*map(int, found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def _in_colour(image: Image.Image) -> Image.Image:
    """Red, green and blue; 16-bit greys by their upper byte, transparent parts white."""
    if image.mode.startswith("I"):
        shades = np.asarray(image).astype(np.uint32) >> 8
        return Image.fromarray(np.minimum(shades, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")
