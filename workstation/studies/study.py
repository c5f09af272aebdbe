"""Open files as the window has them: what they are, and their frames and pages on demand."""

import asyncio
import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.conversation import Job
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
    LongEcgOpened,
    Opened,
    PackedEcgOpened,
    PdfOpened,
    PictureOpened,
    ReadSamples,
    Render,
)
from workstation.studies.samples_ahead import SamplesAhead
from workstation.studies.study_kind import StudyKind as StudyKind


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
        slot.job.answer.add_done_callback(lambda _: self._wake())
        return slot.job

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
        """A page drawn `width_px` wide, its height by the page's proportions.

        Raises:
            UnreadableFile: this page is damaged, or too many pixels are asked for.
            DecoderStopped: the process ended meanwhile; ask again.
            StudyClosed: the study was closed.
        """
        width_pt, height_pt = self.info.page_sizes_pt[index]
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

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes."""
        return self._link.size

    async def draw_first(self) -> None:
        """Nothing: how wide a page will be is known when it is asked for."""

    async def close(self) -> None:
        """Closes the document; pages that are still held stay valid."""
        self._link.close()


Study = EcgStudy | LongEcgStudy | ClipStudy | PictureStudy | PdfStudy
"""An open file; `kind` and `info` say what it is, `close()` gives its memory back."""


async def study_of(link: FileLink, opened: Opened, ahead: SamplesAhead | None = None) -> Study:
    """The study behind what the decoder says of a file; `ahead`: samples asked for already.

    Raises:
        UnreadableFile: no memory for its frames.
        DecoderStopped: the process ended meanwhile.
    """
    match opened:
        case EcgOpened(record, sample_counts):
            return EcgStudy(await _with_samples(link, record, sample_counts, ahead))
        case LongEcgOpened() | PackedEcgOpened():
            return await long_study(link, opened)
        case ClipOpened(info):
            slots = slot_count(info.width, info.height, info.frame_count)
            return ClipStudy(link, await _ring(info.width, info.height, slots), info)
        case PictureOpened(picture):
            ring = await _ring(picture.width, picture.height, slots=1)
            return PictureStudy(link, ring, picture)
        case PdfOpened(pdf):
            return PdfStudy(link, pdf)


async def shared_block(size: int) -> SharedBlock:
    """New shared memory, made in a thread.

    Raises:
        UnreadableFile: there is no room.
    """
    try:
        return await asyncio.to_thread(SharedBlock.create, size)
    except MemoryError as error:
        raise UnreadableFile(Unreadable.OUT_OF_MEMORY) from error


async def _ring(width: int, height: int, slots: int) -> FrameRing:
    return FrameRing(await shared_block(ring_size(width, height, slots)), width, height, slots)


async def _with_samples(
    link: FileLink,
    record: EcgRecord,
    sample_counts: Sequence[int],
    ahead: SamplesAhead | None,
) -> EcgRecord:
    """The record with the samples that the decoder writes; the file is not needed any more."""
    if len(sample_counts) != len(record.all_leads) or min(sample_counts, default=0) <= 0:
        raise UnreadableFile(Unreadable.DAMAGED)
    size = sum(sample_counts) * 4
    if ahead is not None and size <= ahead.size:
        samples = (await ahead.memory())[:size].view(np.float32)
    else:
        samples = await _read_samples(link, size)
    link.close()
    samples.flags.writeable = False
    rows = iter(np.split(samples, np.cumsum(sample_counts)[:-1]))
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


def _filled(
    leads: Iterable[EcgLead], rows: Iterator[npt.NDArray[np.float32]]
) -> tuple[EcgLead, ...]:
    return tuple(dataclasses.replace(lead, samples=next(rows)) for lead in leads)
