"""Samples of a short ECG, asked for together with the file: one way to the decoder, not two."""

import contextlib
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.conversation import Job
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.messages import Block, ReadSamples

_ROOM: Final = 512 * 1024
"""Ten seconds of twelve leads at 1000 Hz. Made in a third of a millisecond, while the file is
read."""


class SamplesAhead:
    """Room for samples that may turn out to be none: the file is a picture, or a longer ECG."""

    def __init__(self, block: SharedBlock, job: Job) -> None:
        self._block, self._job = block, job

    @classmethod
    def of(cls, link: FileLink) -> Self | None:
        """Right behind the opening of the file; None where there is no memory now."""
        with contextlib.suppress(MemoryError):
            block = SharedBlock.create(_ROOM)
            target = Block(block.name, block.size, 0, kept=False)
            return cls(block, link.ask(ReadSamples(link.number, target)))
        return None

    @property
    def size(self) -> int:
        """Bytes of samples that it holds."""
        return self._block.size

    async def memory(self) -> npt.NDArray[np.uint8]:
        """The samples' bytes.

        Raises:
            UnreadableFile: they are not what the decoder said of the file.
            DecoderStopped: the process ended meanwhile.
        """
        await answer_to(self._job)
        return np.frombuffer(self._block.memory, np.uint8)

    def drop(self) -> None:
        """It was used, or is of no use; what `memory` gave stays valid."""
        self._job.answer.cancel()
        self._block.unlink()
