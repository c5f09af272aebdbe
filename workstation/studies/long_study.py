"""An open long ECG: the samples are seen in place, what is made of them comes from the decoder."""

import asyncio
from typing import ClassVar, Final

import numpy as np

from workstation.core.shared_memory import SharedBlock
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.long_ecg import LongEcg, LongLead, checked
from workstation.studies.long_store import StoredPlace
from workstation.studies.measure.ecg.envelope import Envelope, pyramid_size
from workstation.studies.measure.ecg.r_peaks import Places, minute_length
from workstation.studies.messages import (
    BeatsFound,
    Block,
    BuildPyramid,
    FindBeats,
    LeadAt,
    LongEcgOpened,
    PackedEcgOpened,
    Unfold,
)
from workstation.studies.room import shared_block
from workstation.studies.study_kind import StudyKind

_AROUND_S: Final = 5.0
"""Gaps so near to a minute may matter to the beats in it."""
_MOST_BEATS_S: Final = 10.0
"""More in a second than any heart has: the decoder says nonsense."""


class LongEcgStudy:
    """A recording of hours, seen in the file's memory as long as the study is open.

    What the window asks of the decoder later names the block and the places in it, so another
    process than the one that opened the file answers as well.
    """

    kind: ClassVar[StudyKind] = StudyKind.LONG_ECG

    def __init__(self, link: FileLink, info: LongEcg, places: tuple[StoredPlace, ...]) -> None:
        self.info = info
        self._link = link
        self._places = dict(zip((lead.name for lead in info.leads), places, strict=True))
        self._envelopes: dict[str, Envelope] = {}
        self._building = asyncio.Lock()

    async def envelope(self, lead: LongLead) -> Envelope:
        """Lows and highs of one lead at every zoom; made once.

        Raises:
            UnreadableFile: no memory for it.
            DecoderStopped: the process ended meanwhile; ask again.
            StudyClosed: the study was closed.
        """
        async with self._building:
            made = self._envelopes.get(lead.name)
            if made is None:
                made = self._envelopes[lead.name] = await self._envelope(lead)
            return made

    async def beats(self, start: int, stop: int, last: int | None) -> Places:
        """R peaks of the minutes that begin in [start, stop); `last` is the peak before them.

        A minute takes the decoder about 5 ms; it gives way to what is urgent in between.

        Raises:
            UnreadableFile: not to be found in this file.
            DecoderStopped: the process ended meanwhile; ask again.
            StudyClosed: the study was closed.
        """
        rate = self.info.sampling_rate_hz
        around = round(_AROUND_S * rate)
        stop = min(stop, self.info.sample_count)
        end = stop + minute_length(rate)
        leads = tuple(
            self._lead_at(lead, start - around, end + around) for lead in self.info.beat_leads
        )
        question = FindBeats(self._source, leads, rate, start, stop, last)
        answer = await answer_to(self._link.ask(question, urgent=False))
        assert isinstance(answer, BeatsFound)
        return _checked(answer, start, min(end, self.info.sample_count), rate)

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes: the samples, and what is drawn from a distance."""
        return self._link.size + sum(one.nbytes for one in self._envelopes.values())

    async def draw_first(self) -> None:
        """Has made what a whole day is drawn from. Raises as `envelope`."""
        for lead in self.info.leads:
            await self.envelope(lead)

    async def close(self) -> None:
        """Lets the memory go; views that somebody still holds stay valid."""
        self._link.close()

    @property
    def _source(self) -> Block:
        return Block(self._link.block.name, self._link.block.size, 0, kept=False)

    def _lead_at(self, lead: LongLead, start: int, stop: int) -> LeadAt:
        near = tuple(gap for gap in lead.gaps if gap[0] < stop and gap[1] > start)
        return LeadAt(self._places[lead.name], near)

    async def _envelope(self, lead: LongLead) -> Envelope:
        size = 2 * pyramid_size(self.info.sample_count)
        if not size:
            return Envelope(lead.samples, lead.gaps)
        block = await _shared(size)
        try:
            at = self._lead_at(lead, 0, self.info.sample_count)
            into = Block(block.name, block.size, 0, kept=False)
            question = BuildPyramid(self._source, at, into)
            await answer_to(self._link.ask(question, urgent=False))
        finally:
            block.unlink()
        pyramid = np.frombuffer(block.memory, np.int16, size // 2)
        pyramid.flags.writeable = False
        return Envelope(lead.samples, lead.gaps, pyramid)


async def long_study(link: FileLink, opened: LongEcgOpened | PackedEcgOpened) -> LongEcgStudy:
    """The study of what the decoder says of a file, unfolded where it is packed.

    Raises:
        UnreadableFile: no memory for it, or nonsense.
        DecoderStopped: the process ended meanwhile.
    """
    unfolded = None
    if isinstance(opened, PackedEcgOpened):
        unfolded = await _shared(opened.size)
        try:
            opened = await _unfolded(link, unfolded)
        except BaseException:  # cancelled, too: nobody else knows the block
            unfolded.unlink()
            raise
    link.settle(unfolded)
    info = checked(opened, link.block)
    return LongEcgStudy(link, info, tuple(store.place for store in opened.stores))


async def _unfolded(link: FileLink, block: SharedBlock) -> LongEcgOpened:
    into = Block(block.name, block.size, 0, kept=False)
    answer = await answer_to(link.ask(Unfold(link.number, into)))
    assert isinstance(answer, LongEcgOpened)
    return answer


async def _shared(size: int) -> SharedBlock:
    if not size:
        raise UnreadableFile(Unreadable.DAMAGED)
    return await shared_block(size)


def _checked(answer: BeatsFound, start: int, stop: int, rate: float) -> Places:
    """The peaks where they can be any: ascending, in the minutes that were asked for."""
    most = int(_MOST_BEATS_S * (stop - start) / rate) + 1
    if len(answer.places) % 8 or len(answer.places) > 8 * most:
        raise UnreadableFile(Unreadable.DAMAGED)
    places = np.frombuffer(answer.places, np.int64)
    inside = not len(places) or (places[0] >= start and places[-1] < stop)
    if not inside or np.any(np.diff(places) <= 0):
        raise UnreadableFile(Unreadable.DAMAGED)
    return places
