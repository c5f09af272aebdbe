"""JPEG baseline frames (ITU-T T.81) straight into the screen's order of bytes, by libjpeg-turbo."""

import io
import warnings

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.opened import Pixels


def draw_jpeg(data: bytes, into: Pixels, *, stored_as_rgb: bool) -> None:
    """Decodes a colour frame.

    `stored_as_rgb`: the data set says RGB. Then components are taken as they are unless the JPEG
    itself says otherwise (JFIF, Adobe), which decoders of the pictures' makers go by, too.

    Raises:
        UnreadableFile: damaged, or of another size than the data set says.
    """
    image = _opened(data, into.shape[1], into.shape[0])
    if image.mode not in ("L", "RGB"):
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"JPEG {image.mode}")
    if image.mode == "L":
        put_rgbx(_loaded(image).convert("RGB").tobytes("raw", "RGBX"), into)
        return
    if stored_as_rgb and "jfif" not in image.info and "adobe" not in image.info:
        # libjpeg would guess luma and chroma; the second "RGB" is what the file holds.
        image.tile = [part._replace(args=("RGB", "RGB")) for part in image.tile]
    put_rgbx(_loaded(image).tobytes("raw", "RGBX"), into)


def jpeg_shades(data: bytes, width: int, height: int) -> npt.NDArray[np.uint8]:
    """Decodes a grey frame to its stored numbers, height x width.

    Raises:
        UnreadableFile: damaged, or of another size than the data set says.
    """
    image = _opened(data, width, height)
    if image.mode != "L":
        raise UnreadableFile(Unreadable.DAMAGED)
    return np.asarray(_loaded(image))


def put_rgbx(rgbx: bytes, into: Pixels) -> None:
    """Red, green, blue and a spare byte to blue, green, red, 255: twenty times a copy by channel.

    Read as big-endian numbers, shifted by the spare byte and stored little-endian; in pieces
    that stay in the cache.
    """
    source = np.frombuffer(rgbx, ">u4")
    target = into.reshape(-1).view("<u4")
    piece = 16384
    for start in range(0, len(target), piece):
        part = target[start : start + piece]
        np.right_shift(source[start : start + piece], 8, out=part)
        np.bitwise_or(part, 0xFF000000, out=part)


def _opened(data: bytes, width: int, height: int) -> ImageFile.ImageFile:
    """The header only: its size is checked before anything is unfolded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("JPEG",))
    except Image.DecompressionBombError as error:
        raise UnreadableFile(Unreadable.TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    if image.size != (width, height):
        raise UnreadableFile(Unreadable.DAMAGED)
    return image


def _loaded(image: ImageFile.ImageFile) -> ImageFile.ImageFile:
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    return image
