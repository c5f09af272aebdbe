"""The decoder process's work: files by number, one job at a time, within its limits."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.confinement import Confinement
from workstation.studies.disc import DiscInfo
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
    DiscOpened,
    Done,
    DrawSmall,
    EcgOpened,
    FindBeats,
    FindWords,
    OpenEntries,
    OpenFile,
    OpenParts,
    OverlayFound,
    PackedEcgOpened,
    PdfOpened,
    PictureOpened,
    Question,
    ReadOverlay,
    ReadSamples,
    ReadSlice,
    ReadText,
    Refused,
    Render,
    ReportOpened,
    Request,
    TextFound,
    Unfold,
    WholePartsWanted,
    WordsFound,
)
from workstation.studies.opened import (
    Drawable,
    OpenedFile,
    OpenFunction,
    Overlaid,
    Searchable,
    SliceSource,
)
from workstation.studies.page_text import NO_HITS, NO_TEXT
from workstation.studies.readers.long_record import LongFound, PackedEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack_work import open_spans, said_of, write_slice


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
            case OpenFile():
                return self._open(request)
            case OpenParts():
                return self._open_parts(request)
            case OpenEntries():
                return self._open_entries(request)
            case DrawSmall():
                return self._draw_small(request)
            case ReadSlice(study, index, into):
                return self._read_slice(self._held[study], index, into)
            case ReadOverlay(study, number):
                return self._read_overlay(self._held[study], number)
            case ReadSamples(study, into):
                return self._write_samples(self._held[study], into)
            case Render():
                return self._render(self._held[request.study], request)
            case Unfold(study, into):
                return self._unfold(self._held[study], into)
            case BuildPyramid() | FindBeats():
                return self._survey(request)
            case FindWords() | ReadText():
                return self._look_at_text(self._held[request.study], request)

    def _open(self, request: OpenFile) -> Answer:
        size = request.size
        block = SharedBlock.attach(request.name, size, writable=False)
        with self._within(size, decoded_size=0):
            opened = self._open_file(memoryview(block.memory)[:size])
        return self._hold(request.study, size, opened, block, request.samples)

    def _hold(
        self,
        study: int,
        size: int,
        opened: OpenedFile,
        block: SharedBlock,
        samples: Block | None = None,
    ) -> Answer:
        """Keeps what is open, and says what it is. `block`: where its file lies."""
        if isinstance(opened, LongFound):
            opened = viewable(opened, np.frombuffer(block.memory, np.uint8))
        held = self._held[study] = _Held(size, opened)
        match opened:
            case LongFound():
                return place_stores(opened, np.frombuffer(block.memory, np.uint8))
            case EcgRecord():
                return _with_samples(opened, held, samples)
        if isinstance(opened, SliceSource):
            return said_of(opened, np.frombuffer(block.memory, np.uint8))
        return _said(opened)

    def _open_entries(self, request: OpenEntries) -> Answer:
        from workstation.studies.readers.archive_parts import open_entries

        block = SharedBlock.attach(request.name, request.size, writable=False)
        unpacked = sum(place.size for place in request.places)
        with self._within(unpacked, unpacked):
            opened = open_entries(memoryview(block.memory)[: request.size], request.places)
        return self._hold(request.study, unpacked, opened, block)

    def _draw_small(self, request: DrawSmall) -> Answer:
        from workstation.studies.readers.archive_parts import open_entries
        from workstation.studies.readers.archive_thumbnail import draw_small

        block = SharedBlock.attach(request.name, request.size, writable=False)
        into = _attached(request.into, writable=True)
        size = request.height * request.width * 4
        target = np.frombuffer(into.memory, np.uint8)[:size]
        archive, unpacked = memoryview(block.memory)[: request.size], request.place.size
        with self._within(unpacked, unpacked + self._limits.memory):
            opened = open_entries(archive, [request.place])
            draw_small(opened, target.reshape(request.height, request.width, 4))
        return Done()

    def _open_parts(self, request: OpenParts) -> Answer:
        block = SharedBlock.attach(request.name, request.size, writable=False)
        memory = np.frombuffer(block.memory, np.uint8)
        with self._within(request.size, decoded_size=0):
            opened = open_spans(request, memoryview(block.memory))
        if isinstance(opened, WholePartsWanted):
            return opened
        self._held[request.study] = _Held(request.size, opened)
        return said_of(opened, memory)

    def _read_slice(self, held: _Held, index: int, into: Block) -> Answer:
        assert isinstance(held.opened, SliceSource)
        target = _memory(held, into)
        with self._within(held.size, held.opened.info.slices[index].byte_count):
            write_slice(held.opened, index, target)
        return Done()

    def _read_overlay(self, held: _Held, number: int) -> Answer:
        if not isinstance(held.opened, Overlaid):
            raise UnreadableFile(Unreadable.DAMAGED)
        with self._within(held.size, decoded_size=0):
            return OverlayFound(held.opened.overlay(number))

    def _unfold(self, held: _Held, into: Block) -> Answer:
        assert isinstance(held.opened, PackedEcg)
        room = _memory(held, into)
        with self._within(held.size, into.size):
            return place_stores(held.opened.unfold(room[: held.opened.size]), room)

    def _write_samples(self, held: _Held, into: Block) -> Answer:
        assert isinstance(held.opened, EcgRecord)
        _write(held.opened.all_leads, _memory(held, into))
        return Done()

    def _render(self, held: _Held, job: Render) -> Answer:
        assert not isinstance(
            held.opened, EcgRecord | LongFound | PackedEcg | ReportInfo | DiscInfo | SliceSource
        )
        size = job.height * job.width * 4
        target = _memory(held, job.into)[:size].reshape(job.height, job.width, 4)
        with self._within(held.size, size):
            held.opened.render(job.index, target)
        return Done()

    def _look_at_text(self, held: _Held, request: FindWords | ReadText) -> Answer:
        if not isinstance(held.opened, Searchable):  # a scan: there are no letters
            is_search = isinstance(request, FindWords)
            return WordsFound(NO_HITS) if is_search else TextFound(NO_TEXT)
        with self._within(held.size, decoded_size=0):
            if isinstance(request, FindWords):
                return WordsFound(held.opened.find(request.index, request.words))
            return TextFound(held.opened.text(request.index))

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


def _with_samples(record: EcgRecord, held: _Held, into: Block | None) -> Answer:
    """The record, its samples where there is room for them."""
    leads = record.all_leads
    counts = tuple(len(lead.samples) for lead in leads)
    has_room = into is not None and sum(lead.samples.nbytes for lead in leads) <= into.size
    if into is not None and has_room:
        _write(leads, _memory(held, into))
    return EcgOpened(record, counts, has_room)


def _write(leads: Iterable[EcgLead], into: npt.NDArray[np.uint8]) -> None:
    start = 0
    for lead in leads:
        stop = start + lead.samples.nbytes
        into[start:stop].view(np.float32)[:] = lead.samples
        start = stop


def _said(opened: PackedEcg | ReportInfo | DiscInfo | Drawable) -> Answer:
    if isinstance(opened, DiscInfo):
        return DiscOpened(opened)
    if isinstance(opened, ReportInfo):
        return ReportOpened(opened)
    if isinstance(opened, PackedEcg):
        return PackedEcgOpened(opened.size)
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
