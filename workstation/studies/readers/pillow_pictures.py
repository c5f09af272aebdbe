"""What all pictures that Pillow reads have in common: bounds, and any mode to colours."""

import io
import warnings
from typing import Final

import numpy as np
from PIL import Image

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.opened import Pixels
from workstation.studies.readers.jpeg_frame import put_image

MOST_PIXELS: Final = 100_000_000
DAMAGE: Final = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError)
"""What Pillow raises on damaged files."""
_BAND: Final = 256
"""Rows that are turned into colours at a time."""


def opened(data: memoryview, formats: tuple[str, ...]) -> Image.Image:
    """The header of a picture of these formats; nothing is unfolded.

    Raises:
        UnreadableFile: damaged, or beyond sense.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise UnreadableFile(Unreadable.TOO_LARGE) from error
    except DAMAGE as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    check_size(image)
    return image


def check_size(image: Image.Image) -> None:
    """Raises UnreadableFile where the picture is beyond sense."""
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableFile(Unreadable.TOO_LARGE)


def put_in_colour(image: Image.Image, into: Pixels) -> None:
    """Draws a loaded picture of any mode, over white, band by band."""
    span = _span(image)
    for top in range(0, image.height, _BAND):
        bottom = min(top + _BAND, image.height)
        band = image.crop((0, top, image.width, bottom))
        put_image(in_colour(band, span), into[top:bottom])


def in_colour(image: Image.Image, span: tuple[float, float] | None = None) -> Image.Image:
    """Red, green and blue: 16-bit greys by their upper byte, greater ones and fractions within
    `span`; transparent parts white."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode in ("I", "F"):
        low, high = span or _span(image) or (0.0, 255.0)
        shades = (np.asarray(image, np.float64) - low) * (255 / max(high - low, 1e-12))
        shades = np.nan_to_num(shades, nan=0.0, posinf=255.0, neginf=0.0)
        return Image.fromarray(np.clip(np.rint(shades), 0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


def _span(image: Image.Image) -> tuple[float, float] | None:
    """The least and the greatest of numbers that have no white of their own."""
    if image.mode not in ("I", "F"):
        return None
    numbers = np.asarray(image, np.float64)
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return None
    return float(finite.min()), float(finite.max())
