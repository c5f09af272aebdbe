"""A frame of a call as a file that any viewer opens."""

import io

from PIL import Image

from workstation.core.call_picture import SeenFrame

_QUALITY = 95
_EVERY_COLOUR = "4:4:4"
"""Colours in the pixels of the frame: skin is looked at."""


def jpeg_of(frame: SeenFrame) -> bytes:
    """The frame in its own size. About 20 ms for 1280x720: for a thread."""
    size = (frame.width, frame.height)
    picture = Image.frombuffer("RGB", size, frame.pixels, "raw", "BGRX", 0, 1)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, subsampling=_EVERY_COLOUR)
    return file.getvalue()
