"""Open files as the window has them: what they are, and their frames and pages on demand."""

import asyncio
import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.conversation import Job
from workstation.studies.disc_study import DiscStudy as DiscStudy
from workstation.studies.ecg import EcgLead, EcgRecord
from workstation.studies.errors import StudyClosed, StudyError, Unreadable, UnreadableFile
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.frame_ring import FrameRing, Slot, ring_size, slot_count
from workstation.studies.imaging import ClipInfo, Frame, PdfInfo, PictureInfo
from workstation.studies.long_study import LongEcgStudy, long_study
from workstation.studies.messages import (
    Block,
    ClipOpened,
    EcgOpened,
    FindWords,
    LongEcgOpened,
    Opened,
    PackedEcgOpened,
    PdfOpened,
    PictureOpened,
    ReadSamples,
    ReadText,
    Render,
    ReportOpened,
    StackOpened,
    TextFound,
    WordsFound,
)
from workstation.studies.overlay_asking import read_overlay
from workstation.studies.page_text import PageHits, PageText, fitting_width
from workstation.studies.report import ReportInfo
from workstation.studies.room import room_or_refusal, shared_block
from workstation.studies.stack_study import StackStudy as StackStudy
from workstation.studies.stack_study import stack_study
from workstation.studies.study_kind import StudyKind as StudyKind

_AT_ONCE: Final = 4 * 1024 * 1024
"""Bytes of a frame for which room is made in the loop, within 2 ms: a thread's turn costs more."""
_PAINTED_S: Final = 0.008
"""So long after it was drawn the first frame has been painted: that comes before further room."""


@dataclasses.dataclass(frozen=True, slots=True)
class EcgStudy:
    """An ECG: all of it is here, nothing more is asked of the decoder."""

    info: EcgRecord
    kind: ClassVar[StudyKind] = StudyKind.ECG

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes."""
        return sum(lead.samples.nbytes for lead in self.info.all_leads)

    async def draw_first(self) -> None:
        """Everything is here."""

    async def close(self) -> None:
        """Nothing is held."""


class _Pictures:
    """Frames through a ring of shared memory."""

    def __init__(self, link: FileLink, ring: FrameRing, width: int, height: int) -> None:
        self._link = link
        self._ring = ring
        self._size = (width, height)
        self._waiting: list[asyncio.Future[None]] = []
        self._takes_room = False
        link.at_close(ring.block.unlink)
        link.at_close(self._wake)

    async def frame(self, index: int) -> Frame:
        """The decoded frame; release it soon: where all room is held, the next one waits for it.

        Raises:
            UnreadableFile: this frame is damaged.
            DecoderStopped: the process ended meanwhile; ask again.
            StudyClosed: the study was closed.
        """
        slot = self._slot(index)
        while slot is None:
            await self._something_freed()
            slot = self._slot(index)
        slot.holds += 1
        try:
            await answer_to(self._job(slot, index, urgent=True))
        except BaseException:  # cancelled, too: the slot is no longer held by this call
            self._let_go(slot)
            raise
        return self._ring.frame(slot, lambda: self._let_go(slot))

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes: the file, and room for frames."""
        return self._link.size + self._ring.block.size

    async def draw_first(self) -> None:
        """Has the first frame drawn before it is asked for. Raises as `frame`."""
        (await self.frame(0)).release()

    def begin_first(self) -> None:
        """Has the first frame drawn while the window makes ready for it. Does not raise: what is
        wrong with it is said when it is asked for."""
        with suppress(StudyError):
            slot = self._slot(0)
            if slot is not None:
                self._job(slot, 0, urgent=True)

    async def close(self) -> None:
        """Gives all memory back; frames that are still held stay valid until they are released."""
        self._link.close()

    def _slot(self, index: int) -> Slot | None:
        if not self._link.is_open:
            raise StudyClosed
        return self._ring.find(index) or self._ring.take(index)

    def _job(self, slot: Slot, index: int, *, urgent: bool) -> Job:
        if slot.job is not None:
            self._link.hurry(slot.job)
            return slot.job
        width, height = self._size
        target = self._ring.target(slot)
        question = Render(self._link.number, index, width, height, target)
        slot.job = self._link.ask(question, urgent=urgent)
        slot.job.answer.add_done_callback(lambda _: self._drawn())
        return slot.job

    def _drawn(self) -> None:
        """Once the first frame is there, and painted, room is taken for the others."""
        self._wake()
        if not self._takes_room and self._link.is_open:
            self._takes_room = True
            asyncio.get_running_loop().call_later(_PAINTED_S, self._take_room)

    def _take_room(self) -> None:
        """For one frame after the other, in a thread."""
        if self._link.is_open and not self._ring.is_whole:
            with suppress(RuntimeError):  # the loop is ending: nobody is left to draw for
                taking = asyncio.get_running_loop().run_in_executor(None, self._ring.reserve_next)
                taking.add_done_callback(self._room_taken)

    def _room_taken(self, taking: asyncio.Future[None]) -> None:
        """Where there is no more, what there is must do: frames are drawn there in turns."""
        if not taking.cancelled() and taking.exception() is None:
            self._ring.open_next()
            self._wake()
            self._take_room()

    def _let_go(self, slot: Slot) -> None:
        slot.holds -= 1
        self._wake()

    async def _something_freed(self) -> None:
        freed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(freed)
        await freed

    def _wake(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()


class ClipStudy(_Pictures):
    """A DICOM picture, moving or still."""

    kind: ClassVar[StudyKind] = StudyKind.CLIP

    def __init__(self, link: FileLink, ring: FrameRing, info: ClipInfo) -> None:
        super().__init__(link, ring, info.width, info.height)
        self.info = info

    async def overlay(self, index: int) -> bytes:
        """The device's lines over a frame whose `ClipInfo.overlay_of` is a number: a bit a pixel,
        row after row, the first in the lowest. Raises as `frame`."""
        number = self.info.overlay_of(index)
        if number is None:
            raise UnreadableFile(Unreadable.DAMAGED)
        return await read_overlay(self._link, number, self.info.width * self.info.height)

    @property
    def room(self) -> int:
        """How many frames may be held and fetched ahead together."""
        return len(self._ring)

    def prefetch(self, indices: Iterable[int]) -> None:
        """Has these frames decoded ahead, in this order, as far as there is room.

        Frames that were fetched ahead before and are not named any more make place. Does not
        raise: what is wrong with a frame is said when it is asked for.
        """
        wanted = list(dict.fromkeys(indices))
        for index in wanted:
            if self._ring.find(index) is not None:
                continue
            slot = self._ring.take(index, keep=wanted)
            if slot is None:
                return
            try:
                self._job(slot, index, urgent=False)
            except StudyError:
                return


class PictureStudy(_Pictures):
    """A photo or a scan: `frame(0)`."""

    kind: ClassVar[StudyKind] = StudyKind.PICTURE

    def __init__(self, link: FileLink, ring: FrameRing, info: PictureInfo) -> None:
        super().__init__(link, ring, info.width, info.height)
        self.info = info


class PdfStudy:
    """A document of pages."""

    kind: ClassVar[StudyKind] = StudyKind.PDF

    def __init__(self, link: FileLink, info: PdfInfo) -> None:
        self._link = link
        self.info = info

    async def page(self, index: int, width_px: int) -> Frame:
        """A page drawn `width_px` wide or less, its height by the page's proportions.

        Raises:
            UnreadableFile: this page is damaged, or too many pixels are asked for.
            DecoderStopped: the process ended meanwhile; ask again.
            StudyClosed: the study was closed.
        """
        width_pt, height_pt = self.info.page_sizes_pt[index]
        width_px = fitting_width(width_px, height_pt / width_pt)
        height = max(1, round(width_px * height_pt / width_pt))
        block = await shared_block(width_px * height * 4)
        try:
            target = Block(block.name, block.size, 0, kept=False)
            question = Render(self._link.number, index, width_px, height, target)
            await answer_to(self._link.ask(question))
        finally:
            block.unlink()
        pixels = np.frombuffer(block.memory, np.uint8).reshape(height, width_px, 4)
        pixels.flags.writeable = False
        return Frame(pixels, index, lambda: None)

    async def find(self, index: int, words: str) -> PageHits:
        """Where words stand on a page; pages that are to be drawn come first. Raises as `page`."""
        job = self._link.ask(FindWords(self._link.number, index, words), urgent=False)
        answer = await answer_to(job)
        assert isinstance(answer, WordsFound)
        return answer.hits

    async def text(self, index: int) -> PageText:
        """The letters of a page, and where each stands. Raises as `page`."""
        answer = await answer_to(self._link.ask(ReadText(self._link.number, index)))
        assert isinstance(answer, TextFound)
        return answer.text

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes."""
        return self._link.size

    async def draw_first(self) -> None:
        """Nothing: how wide a page will be is known when it is asked for."""

    async def close(self) -> None:
        """Closes the document; pages that are still held stay valid."""
        self._link.close()


@dataclasses.dataclass(frozen=True, slots=True)
class ReportStudy:
    """A structured report: all of it is here, nothing more is asked of the decoder."""

    info: ReportInfo
    kind: ClassVar[StudyKind] = StudyKind.REPORT

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes, about."""
        return 500 * (1 + len(self.info.lines))

    async def draw_first(self) -> None:
        """Everything is here."""

    async def close(self) -> None:
        """Nothing is held."""


Study = (
    EcgStudy
    | LongEcgStudy
    | ClipStudy
    | PictureStudy
    | PdfStudy
    | ReportStudy
    | StackStudy
    | DiscStudy
)
"""An open file; `kind` and `info` say what it is, `close()` gives its memory back."""


async def study_of(link: FileLink, opened: Opened, room: SharedBlock | None = None) -> Study:
    """The study behind what the decoder says of a file; `room`: what it was given for samples.

    Raises:
        UnreadableFile: no memory for its frames.
        DecoderStopped: the process ended meanwhile.
    """
    match opened:
        case EcgOpened():
            return EcgStudy(await _with_samples(link, opened, room))
        case LongEcgOpened() | PackedEcgOpened():
            return await long_study(link, opened)
        case ClipOpened(info):
            slots = slot_count(info.width, info.height, info.frame_count)
            clip = ClipStudy(link, await _ring(info.width, info.height, slots), info)
            clip.begin_first()
            return clip
        case PictureOpened(picture):
            ring = await _ring(picture.width, picture.height, slots=1)
            photo = PictureStudy(link, ring, picture)
            photo.begin_first()
            return photo
        case PdfOpened(pdf):
            return PdfStudy(link, pdf)
        case StackOpened():
            return stack_study(link, opened)
        case ReportOpened(report):
            link.close()
            return ReportStudy(report)


async def _ring(width: int, height: int, slots: int) -> FrameRing:
    """Raises UnreadableFile where there is no room for one frame."""
    with room_or_refusal():
        if ring_size(width, height, 1) <= _AT_ONCE:
            return FrameRing.made(width, height, slots)
        return await asyncio.to_thread(FrameRing.made, width, height, slots)


async def _with_samples(link: FileLink, opened: EcgOpened, room: SharedBlock | None) -> EcgRecord:
    """The record with the samples that the decoder writes; the file is not needed any more."""
    record, counts = opened.record, opened.sample_counts
    if len(counts) != len(record.all_leads) or min(counts, default=0) <= 0:
        raise UnreadableFile(Unreadable.DAMAGED)
    size = sum(counts) * 4
    if opened.has_samples and room is not None and size <= room.size:
        samples = np.frombuffer(room.memory, np.float32, size // 4)
    else:
        samples = await _read_samples(link, size)
    # Nobody waits for that: it wakes the decoder, and the trace is to be painted now.
    asyncio.get_running_loop().call_soon(link.close)
    samples.flags.writeable = False
    rows = _rows(samples, counts)
    return dataclasses.replace(
        record,
        leads=_filled(record.leads, rows),
        others=tuple(
            dataclasses.replace(other, leads=_filled(other.leads, rows)) for other in record.others
        ),
    )


async def _read_samples(link: FileLink, size: int) -> npt.NDArray[np.float32]:
    block = await shared_block(size)
    try:
        target = Block(block.name, block.size, 0, kept=False)
        await answer_to(link.ask(ReadSamples(link.number, target)))
    finally:
        block.unlink()
    return np.frombuffer(block.memory, np.uint8)[:size].view(np.float32)


def _rows(
    samples: npt.NDArray[np.float32], counts: Iterable[int]
) -> Iterator[npt.NDArray[np.float32]]:
    start = 0
    for count in counts:
        yield samples[start : start + count]
        start += count


def _filled(
    leads: Iterable[EcgLead], rows: Iterator[npt.NDArray[np.float32]]
) -> tuple[EcgLead, ...]:
    return tuple(dataclasses.replace(lead, samples=next(rows)) for lead in leads)
