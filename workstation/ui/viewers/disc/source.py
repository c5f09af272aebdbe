"""What the window asks of an open study, and of an open disc."""

from collections.abc import Awaitable
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo


class OpenStudy(Protocol):
    """What the screen asks of an open study; viewers ask for its frames or pages themselves."""

    @property
    def info(
        self,
    ) -> EcgRecord | LongEcg | ClipInfo | PictureInfo | PdfInfo | ReportInfo | StackInfo | DiscInfo:
        """What it is."""

    async def close(self) -> None:
        """Forgets the file."""


@runtime_checkable
class DiscSource(Protocol):
    """An open disc."""

    @property
    def info(self) -> DiscInfo:
        """What it holds."""

    def open_item(self, number: int) -> Awaitable[OpenStudy]:
        """Opens an item of `DiscInfo.items`; raises StudyError."""

    async def thumbnail(self, number: int, width: int, height: int) -> npt.NDArray[np.uint8]:
        """A small picture of an item: height x width x 4; raises StudyError."""

    async def close(self) -> None:
        """Forgets the disc and all that was opened of it."""
