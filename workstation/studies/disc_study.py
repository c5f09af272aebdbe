"""An open disc as the window has it: its list, small pictures, and each item as a study."""

import weakref
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import numpy.typing as npt

from workstation.studies.disc import DiscInfo, EntryPlace
from workstation.studies.disc_check import checked
from workstation.studies.errors import StudyClosed
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.messages import Block, DrawSmall
from workstation.studies.room import shared_block
from workstation.studies.study_kind import StudyKind

if TYPE_CHECKING:
    from workstation.studies.study import Study

OpenPart = Callable[[FileLink, Sequence[EntryPlace]], Awaitable[tuple["Study", FileLink]]]
"""Opens files of the archive behind the link: see `disc_opening.open_part`."""


class DiscStudy:
    """A patient's disc. What is opened of it is a study by itself, which lives in the disc's
    memory: it is closed with the disc at the latest.
    """

    kind: ClassVar[StudyKind] = StudyKind.DISC

    def __init__(self, link: FileLink, info: DiscInfo, open_part: OpenPart) -> None:
        """Raises UnreadableFile where `info` cannot be."""
        self.info = checked(info, link.block.size)
        self._link, self._open_part = link, open_part
        self._parts: weakref.WeakSet[FileLink] = weakref.WeakSet()
        link.settle()  # every question says where the files lie

    async def open_item(self, number: int) -> "Study":
        """An item of `DiscInfo.items`, as a file by itself; who opens it closes it.

        Raises:
            UnreadableFile, DecoderStopped: as `Decoder.open`.
            StudyClosed: the disc was closed.
        """
        item = self.info.items[number]
        places = [self.info.files[one].place for one in item.files]
        study, link = await self._open_part(self._link, places)
        if not self._link.is_open:
            await study.close()
            raise StudyClosed
        self._parts.add(link)
        return study

    async def thumbnail(self, number: int, width: int, height: int) -> npt.NDArray[np.uint8]:
        """The middle picture of an item: height x width x 4 (blue, green, red, opacity), in the
        middle of what is transparent. What is not urgent: other questions go first.

        Raises:
            UnreadableFile: there is nothing to be seen of it.
            DecoderStopped: the process ended meanwhile.
            StudyClosed: the disc was closed.
        """
        files = self.info.items[number].files
        place = self.info.files[files[len(files) // 2]].place
        archive = self._link.block
        block = await shared_block(width * height * 4)
        try:
            into = Block(block.name, block.size, 0, kept=False)
            question = DrawSmall(archive.name, archive.size, place, width, height, into)
            await answer_to(self._link.ask(question, urgent=False))
        finally:
            block.unlink()
        return np.frombuffer(block.memory, np.uint8)[: width * height * 4].reshape(height, width, 4)

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes: the archive."""
        return self._link.size

    async def draw_first(self) -> None:
        """The list is there."""

    async def close(self) -> None:
        """Closes everything that was opened of it, and gives the memory back."""
        for part in list(self._parts):
            part.close()
        self._link.close()
