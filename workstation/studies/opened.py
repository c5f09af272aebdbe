"""What a reader makes of a file: what to say about it, and how to draw it into given memory."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.page_text import PageHits, PageText
from workstation.studies.readers.long_record import LongFound, PackedEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo

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


@runtime_checkable
class Searchable(Protocol):
    """An open document with letters on its pages."""

    def find(self, index: int, words: str) -> PageHits:
        """Where these words stand on a page. Raises as `render`."""

    def text(self, index: int) -> PageText:
        """All letters of a page. Raises as `render`."""


@runtime_checkable
class Overlaid(Protocol):
    """An open picture over which a device laid lines of its own."""

    def overlay(self, number: int) -> bytes:
        """These lines: a bit a pixel, row after row, the first in the lowest. Raises as
        `Drawable.render`."""


@runtime_checkable
class SliceSource(Protocol):
    """Open slices of series: a single file, or all files of a disc (`readers.stack_file`)."""

    @property
    def info(self) -> StackInfo:
        """What there is, in order."""

    def plain_numbers(self) -> list[memoryview | None]:
        """Of each slice the bytes of its numbers, where they lie in its file as this computer has
        them; None where they have to be unpacked.
        """

    def write(self, index: int, into: npt.NDArray[np.uint16]) -> None:
        """Unpacks a slice into rows x columns numbers. Raises as `Drawable.render`."""


OpenedFile = EcgRecord | LongFound | PackedEcg | ReportInfo | DiscInfo | Drawable | SliceSource
OpenFunction = Callable[[memoryview], OpenedFile]
"""Reads what is needed to say what a file is. Raises `UnreadableFile`, or anything at all where
the file is hostile. Importable by name: it is called in the decoder process."""
