"""Photos and scans: JPEG, PNG, BMP, AVIF, single TIFFs; upright by their EXIF orientation."""

import re
import warnings
from datetime import datetime
from typing import Final

from PIL import ExifTags, Image

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PictureInfo
from workstation.studies.opened import Pixels
from workstation.studies.readers.pillow_pictures import DAMAGE, opened, put_in_colour
from workstation.studies.warnings import StudyWarning

_FORMATS: Final = ("JPEG", "PNG", "BMP", "AVIF", "TIFF")
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
_TURNED_BY_PILLOW: Final = ("TIFF", "AVIF")
"""Whose reader turns them upright itself; the size is said upright, too."""
_TAKEN: Final = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")


class PhotoFile:
    """An open photo; it is decoded when it is drawn.

    Raises:
        UnreadableFile: damaged, or too many pixels.
    """

    def __init__(self, data: memoryview) -> None:
        self._data = data
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.info = _info(opened(data, _FORMATS))

    def render(self, index: int, into: Pixels) -> None:
        """Draws the picture, whatever it is stored as, over white."""
        if index != 0:
            raise UnreadableFile(Unreadable.DAMAGED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = self._upright()
            if image.size != (into.shape[1], into.shape[0]):
                raise UnreadableFile(Unreadable.DAMAGED)
            put_in_colour(image, into)

    def _upright(self) -> Image.Image:
        """As it is stored, but turned: two pictures in memory at most."""
        image = opened(self._data, _FORMATS)
        try:
            orientation, _ = _exif(image)
            image.load()
        except DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        turn = _TURNS.get(orientation)
        return image if turn is None else image.transpose(turn)


def _info(image: Image.Image) -> PictureInfo:
    orientation, taken_at = _exif(image)
    turned = orientation in _ON_ITS_SIDE
    return PictureInfo(
        width=image.height if turned else image.width,
        height=image.width if turned else image.height,
        taken_at=taken_at,
        format=image.format if image.format in _FORMATS else "JPEG",
        warnings=(StudyWarning.PAGES_HIDDEN,) if _has_more(image) else (),
    )


def _has_more(image: Image.Image) -> bool:
    try:
        return bool(getattr(image, "n_frames", 1) > 1)
    except DAMAGE:  # the pages behind the first are cut off
        return True


def _exif(image: Image.Image) -> tuple[int, datetime | None]:
    """How the picture still has to be turned, and when it was taken."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
    except DAMAGE:
        return 1, None
    orientation = exif.get(ExifTags.Base.Orientation, 1)
    taken = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    turned = image.format in _TURNED_BY_PILLOW
    return 1 if turned else orientation, _moment(str(taken))


def _moment(taken: str) -> datetime | None:
    found = _TAKEN.match(taken)
    try:
        return datetime(*map(int, found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None
