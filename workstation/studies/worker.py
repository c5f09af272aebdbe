"""The decoder process's work: files by number, one job at a time, within its limits."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.confinement import Confinement
from workstation.studies.ecg import EcgLead, EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.limits import DecoderLimits
from workstation.studies.long_work import build, find_beats, place_stores, viewable
from workstation.studies.messages import (
    Answer,
    Block,
    BuildPyramid,
    ClipOpened,
    CloseFile,
    Done,
    EcgOpened,
    FindBeats,
    OpenFile,
    PackedEcgOpened,
    PdfOpened,
    PictureOpened,
    Question,
    ReadSamples,
    Refused,
    Render,
    Request,
    Unfold,
)
from workstation.studies.opened import Drawable, OpenedFile, OpenFunction
from workstation.studies.readers.long_record import LongFound, PackedEcg


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

    def _answer(self, request: Question) -> Answer:
        match request:
            case OpenFile(study, name, size):
                return self._open(study, name, size)
            case ReadSamples(study, into):
                return self._write_samples(self._held.get(study), into)
            case Render():
                return self._render(self._held[request.study], request)
            case Unfold(study, into):
                return self._unfold(self._held[study], into)
            case BuildPyramid() | FindBeats():
                return self._survey(request)

    def _open(self, study: int, name: str, size: int) -> Answer:
        block = SharedBlock.attach(name, size, writable=False)
        with self._within(size, decoded_size=0):
            opened = self._open_file(memoryview(block.memory)[:size])
        if isinstance(opened, LongFound):
            opened = viewable(opened, np.frombuffer(block.memory, np.uint8))
        self._held[study] = _Held(size, opened)
        if isinstance(opened, LongFound):
            return place_stores(opened, np.frombuffer(block.memory, np.uint8))
        return _said(opened)

    def _unfold(self, held: _Held, into: Block) -> Answer:
        assert isinstance(held.opened, PackedEcg)
        room = _memory(held, into)
        with self._within(held.size, into.size):
            return place_stores(held.opened.unfold(room[: held.opened.size]), room)

    def _write_samples(self, held: _Held | None, into: Block) -> Answer:
        """Asked for ahead of knowing what the file is: then there may be none, or no room."""
        leads = _short_leads(held)
        if held is None or not leads or sum(lead.samples.nbytes for lead in leads) > into.size:
            return Refused(Unreadable.DAMAGED, "", None)
        target = _memory(held, into)
        start = 0
        for lead in leads:
            stop = start + lead.samples.nbytes
            target[start:stop].view(np.float32)[:] = lead.samples
            start = stop
        return Done()

    def _render(self, held: _Held, job: Render) -> Answer:
        assert not isinstance(held.opened, EcgRecord | LongFound | PackedEcg)
        size = job.height * job.width * 4
        target = _memory(held, job.into)[:size].reshape(job.height, job.width, 4)
        with self._within(held.size, size):
            held.opened.render(job.index, target)
        return Done()

    def _survey(self, request: BuildPyramid | FindBeats) -> Answer:
        """Of a long ECG; attached for one question, for the next one may come to another process.

        Before the job, of whose memory the blocks are no part.
        """
        source = _attached(request.source, writable=False)
        if isinstance(request, FindBeats):
            with self._within(source.size, decoded_size=0):
                return find_beats(request, source)
        into = _attached(request.into, writable=True)
        with self._within(source.size, decoded_size=0):
            return build(request, source, into)

    def _within(self, file_size: int, decoded_size: int) -> AbstractContextManager[None]:
        return self._confinement.job(
            self._limits.cpu_seconds(file_size), self._limits.job_memory(decoded_size)
        )


def _short_leads(held: _Held | None) -> tuple[EcgLead, ...]:
    """The leads of a file that is an ECG and no long one."""
    if held is None or not isinstance(held.opened, EcgRecord):
        return ()
    return held.opened.all_leads


def _said(opened: EcgRecord | PackedEcg | Drawable) -> Answer:
    if isinstance(opened, PackedEcg):
        return PackedEcgOpened(opened.size)
    if isinstance(opened, EcgRecord):
        return EcgOpened(opened, tuple(len(lead.samples) for lead in opened.all_leads))
    match opened.info:
        case ClipInfo() as clip:
            return ClipOpened(clip)
        case PictureInfo() as picture:
            return PictureOpened(picture)
        case PdfInfo() as pdf:
            return PdfOpened(pdf)


def _attached(block: Block, *, writable: bool) -> SharedBlock:
    return SharedBlock.attach(block.name, block.size, writable=writable)


def _memory(held: _Held, into: Block) -> npt.NDArray[np.uint8]:
    """The bytes of a block from its offset on; a kept one is attached once."""
    block = held.blocks.get(into.name)
    if block is None:
        block = SharedBlock.attach(into.name, into.size, writable=True)
    if into.kept:
        held.blocks[into.name] = block
    return np.frombuffer(block.memory, np.uint8)[into.offset :]
