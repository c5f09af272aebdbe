"""Photos of one paper as its pages: a small picture of each at the edge, one is read."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from backend_client.models.documents import Document
from workstation.core.photo_sheets import PhotoSheets
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import Frame
from workstation.ui.viewers.frame_feed import FrameSource
from workstation.ui.viewers.numbers import moment

Pixels = npt.NDArray[np.uint8]
PAPER = (3.0, 4.0)
"""How a photo is expected to be, until it is here."""
Glance = Callable[[Document], AbstractAsyncContextManager[object]]
"""A file, open for a moment; raises StudyError."""


class SheetWords(QObject):
    """What is said of a sheet."""

    def sheet(self, sheets: PhotoSheets) -> str:
        """«лист 2 из 3: Выписка, 19.11.2026»."""
        place = self.tr("sheet {} of {}").format(sheets.number + 1, len(sheets.sheets))
        return f"{place}: {self.named(sheets.sheets[sheets.number])}"

    def named(self, document: Document) -> str:
        """«Выписка, 19.11.2026»."""
        day = moment(document.taken_on, None)
        return ", ".join(part for part in (document.title, day) if part)

    def whole(self, sheets: PhotoSheets | None) -> str:
        """For the conclusion: «фото целиком», «фото, лист 2 из 3»."""
        if sheets is None:
            return self.tr("the whole photo")
        return self.tr("photo, sheet {} of {}").format(sheets.number + 1, len(sheets.sheets))


class SheetPages:
    """The sheets as pages: each is opened for the moment in which its small picture is made."""

    def __init__(self, sheets: PhotoSheets, glance: Glance) -> None:
        self._sheets, self._glance = sheets.sheets, glance
        self._turn = asyncio.Lock()
        """One photo at a time: each is large while it is open."""

    async def page(self, index: int, width_px: int) -> Frame:
        """The photo, upright, of that width. Raises StudyError."""
        async with self._turn, self._glance(self._sheets[index]) as study:
            if not isinstance(study, FrameSource):
                raise UnreadableFile(Unreadable.NO_PICTURE)
            with await study.frame(0) as frame:
                pixels = await _in_thread(frame.pixels, width_px)
        return Frame(pixels, index, lambda: None)


async def _in_thread(pixels: Pixels, width: int) -> Pixels:
    """`_narrowed`; whoever gives up waits, for the thread reads the frame's own memory."""
    job = asyncio.ensure_future(asyncio.to_thread(_narrowed, pixels, width))
    try:
        return await asyncio.shield(job)
    finally:
        await asyncio.wait([job])


def _narrowed(pixels: Pixels, width: int) -> Pixels:
    """Scaled to that width; memory of its own."""
    height, wide = pixels.shape[:2]
    form = QImage.Format.Format_RGB32
    image = QImage(pixels.data, wide, height, pixels.strides[0], form)
    small = image.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)
    small = small.convertToFormat(form)
    shape = (small.height(), small.bytesPerLine() // 4, 4)
    found = np.frombuffer(small.constBits(), np.uint8).reshape(shape)
    return np.ascontiguousarray(found[:, : small.width()])  # 32 bits a pixel: no line is padded
