"""The decoder process's work: files by number, one job at a time, within its limits."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.confinement import Confinement
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.limits import DecoderLimits
from workstation.studies.messages import (
    Answer,
    Block,
    ClipOpened,
    CloseFile,
    Done,
    EcgOpened,
    OpenFile,
    PdfOpened,
    PictureOpened,
    ReadSamples,
    Refused,
    Render,
    Request,
)
from workstation.studies.opened import OpenedFile, OpenFunction


@dataclass(slots=True)
class _Held:
    """An open file, and the memory that it uses again and again."""

    size: int
    opened: OpenedFile
    blocks: dict[str, SharedBlock] = field(default_factory=dict)


class Worker:
    """Opens files and draws from them; what a file does to a reader ends as an answer."""

    def __init__(
        self, limits: DecoderLimits, confinement: Confinement, open_file: OpenFunction
    ) -> None:
        self._limits = limits
        self._confinement = confinement
        self._open_file = open_file
        self._held: dict[int, _Held] = {}

    def handle(self, request: Request) -> Answer | None:
        """The answer to one request; None for `CloseFile`, which has none.

        Raises:
            MemoryError: the job wanted more than it may have; the process should end.
        """
        if isinstance(request, CloseFile):
            self._held.pop(request.study, None)
            return None
        try:
            return self._answer(request)
        except UnreadableFile as error:
            return Refused(error.reason, error.detail, error.frames_readable)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # hostile bytes make libraries raise anything
            return Refused(Unreadable.DAMAGED, "", None)

    def _answer(self, request: OpenFile | ReadSamples | Render) -> Answer:
        match request:
            case OpenFile(study, name, size):
                return self._open(study, name, size)
            case ReadSamples(study, into):
                return self._write_samples(self._held[study], into)
            case Render():
                return self._render(self._held[request.study], request)

    def _open(self, study: int, name: str, size: int) -> Answer:
        block = SharedBlock.attach(name, size, writable=False)
        with self._within(size, decoded_size=0):
            opened = self._open_file(memoryview(block.memory)[:size])
        self._held[study] = _Held(size, opened)
        return _said(opened)

    def _write_samples(self, held: _Held, into: Block) -> Answer:
        assert isinstance(held.opened, EcgRecord)
        leads = held.opened.leads
        shape = (len(leads), held.opened.sample_count)
        target = _memory(held, into)[: 4 * shape[0] * shape[1]].view(np.float32).reshape(shape)
        for row, lead in zip(target, leads, strict=True):
            row[:] = lead.samples
        return Done()

    def _render(self, held: _Held, job: Render) -> Answer:
        assert not isinstance(held.opened, EcgRecord)
        size = job.height * job.width * 4
        target = _memory(held, job.into)[:size].reshape(job.height, job.width, 4)
        with self._within(held.size, size):
            held.opened.render(job.index, target)
        return Done()

    def _within(self, file_size: int, decoded_size: int) -> AbstractContextManager[None]:
        return self._confinement.job(
            self._limits.cpu_seconds(file_size), self._limits.job_memory(decoded_size)
        )


def _said(opened: OpenedFile) -> Answer:
    if isinstance(opened, EcgRecord):
        return EcgOpened(opened, opened.sample_count)
    match opened.info:
        case ClipInfo() as clip:
            return ClipOpened(clip)
        case PictureInfo() as picture:
            return PictureOpened(picture)
        case PdfInfo() as pdf:
            return PdfOpened(pdf)


def _memory(held: _Held, into: Block) -> npt.NDArray[np.uint8]:
    """The bytes of a block from its offset on; a kept one is attached once."""
    block = held.blocks.get(into.name)
    if block is None:
        block = SharedBlock.attach(into.name, into.size, writable=True)
    if into.kept:
        held.blocks[into.name] = block
    return np.frombuffer(block.memory, np.uint8)[into.offset :]
