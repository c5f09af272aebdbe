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
    image = _opened(data)
    if image.size != (into.shape[1], into.shape[0]):
        raise UnreadableFile(Unreadable.DAMAGED)
    if image.mode not in ("L", "RGB"):
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"JPEG {image.mode}")
    if image.mode == "L":
        put_image(_loaded(image).convert("RGB"), into)
        return
    _load_into(image, into, _stored_as(image, rgb=stored_as_rgb))


def jpeg_samples(data: bytes, *, stored_as_rgb: bool) -> npt.NDArray[np.uint8]:
    """Decodes a frame whose header was checked: height x width of stored numbers, or red, green
    and blue.

    Raises:
        UnreadableFile: damaged, or of a kind that is not read here.
    """
    image = _opened(data)
    if image.mode not in ("L", "RGB"):
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"JPEG {image.mode}")
    if image.mode == "RGB":
        _decode_as(image, "RGB", _stored_as(image, rgb=stored_as_rgb))
    return np.asarray(_loaded(image))


def put_image(image: Image.Image, into: Pixels) -> None:
    """A picture in red, green and blue to the screen's order of bytes."""
    put_rgbx(image.tobytes("raw", "RGBX"), into)


def put_rgb(shades: npt.NDArray[np.uint8], into: Pixels) -> None:
    """Height x width x 3, red, green and blue, to the screen's order of bytes."""
    _over(into).frombytes(shades.tobytes(), "raw", "BGR")  # read backwards it is what is wanted


def put_rgbx(rgbx: bytes, into: Pixels) -> None:
    """Red, green, blue and a spare byte to blue, green, red, 255."""
    _reorder(np.frombuffer(rgbx, ">u4"), into)


def _reorder(source: npt.NDArray[np.uint32], into: Pixels) -> None:
    """Read as big-endian numbers, shifted by the spare byte and stored little-endian; in pieces
    that stay in the cache. `source` may lie in `into`.
    """
    target = into.reshape(-1).view("<u4")
    piece = 16384
    for start in range(0, len(target), piece):
        part = target[start : start + piece]
        np.right_shift(source[start : start + piece], 8, out=part)
        np.bitwise_or(part, 0xFF000000, out=part)


def _over(into: Pixels) -> Image.Image:
    """A picture whose memory is that of `into`."""
    size = (into.shape[1], into.shape[0])
    return Image.frombuffer("RGBX", size, into, "raw", "RGBX", 0, 1)


def _load_into(image: ImageFile.ImageFile, into: Pixels, stored: str) -> None:
    """Unfolds a colour frame of the size of `into` there: what Pillow would copy twice otherwise
    takes as long as libjpeg-turbo itself."""
    _decode_as(image, "RGBX", stored)
    image.im = _over(into).im
    _loaded(image)
    _reorder(into.reshape(-1).view(">u4"), into)


def _stored_as(image: ImageFile.ImageFile, *, rgb: bool) -> str:
    """What libjpeg is told of the components: "" lets it guess luma and chromas."""
    says_itself = "jfif" in image.info or "adobe" in image.info
    return "RGB" if rgb and not says_itself else ""


def _decode_as(image: ImageFile.ImageFile, wanted: str, stored: str) -> None:
    image.tile = [part._replace(args=(wanted, stored)) for part in image.tile]


def _opened(data: bytes) -> ImageFile.ImageFile:
    """The header only: its size can be checked before anything is unfolded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("JPEG",))
    except Image.DecompressionBombError as error:
        raise UnreadableFile(Unreadable.TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    return image


def _loaded(image: ImageFile.ImageFile) -> ImageFile.ImageFile:
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    return image
