"""What a reader makes of a file: what to say about it, and how to draw it into given memory."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.readers.long_record import LongFound, PackedEcg

Pixels = npt.NDArray[np.uint8]
"""Height x width x 4, C-contiguous: blue, green, red, 255."""


class Drawable(Protocol):
    """An open clip, photo or document."""

    @property
    def info(self) -> ClipInfo | PictureInfo | PdfInfo:
        """What it is."""

    def render(self, index: int, into: Pixels) -> None:
        """Draws a frame (`into` has the picture's size) or a page (scaled to fill `into`).

        Raises:
            UnreadableFile: this one cannot be drawn.
        """


OpenedFile = EcgRecord | LongFound | PackedEcg | Drawable
OpenFunction = Callable[[memoryview], OpenedFile]
"""Reads what is needed to say what a file is. Raises `UnreadableFile`, or anything at all where
the file is hostile. Importable by name: it is called in the decoder process."""
