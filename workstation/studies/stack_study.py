"""An open stack as the window has it: stored numbers at hand, or on their way, nearest first."""

import asyncio
from typing import ClassVar, Final

import numpy as np

from workstation.core.shared_memory import SharedBlock
from workstation.core.subscription import Event
from workstation.studies.errors import StudyClosed, StudyError, Unreadable, UnreadableFile
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.messages import PartSpan, ReadSlice, StackOpened
from workstation.studies.overlay_asking import read_overlay
from workstation.studies.parts_block import PartsBlock
from workstation.studies.room import room_or_refusal
from workstation.studies.slice_store import Numbers, SliceStore, slot_count, slot_size
from workstation.studies.stack import StackInfo
from workstation.studies.stack_check import checked
from workstation.studies.study_kind import StudyKind

_AT_ONCE: Final = 3
"""Slices that are asked for ahead together: one is unpacked, one waits in the pipe."""


class StackStudy:
    """Slices to scroll through. Plain numbers are looked at where they lie; packed ones are
    unpacked in the background, those around `look_at` first, within a limit of memory.
    """

    kind: ClassVar[StudyKind] = StudyKind.STACK

    def __init__(
        self,
        link: FileLink,
        info: StackInfo,
        places: tuple[int | None, ...],
        *,
        parts: PartsBlock | None,
        store: SliceStore | None,
    ) -> None:
        self.info = info
        self.arrived: Event[int] = Event()
        """A slice's numbers have come."""
        self._link, self._places, self._parts, self._store = link, places, parts, store
        self._packed = sum(place is None for place in places)
        self._centre = 0
        self._coming: dict[int, asyncio.Task[None]] = {}
        self._refused: dict[int, StudyError] = {}
        link.at_close(self._stop)
        if parts is not None:
            link.at_close(parts.let_go)
        if store is not None:
            link.at_close(store.block.unlink)

    def numbers(self, index: int) -> Numbers | None:
        """A slice's stored numbers where they are at hand; to be used before the next `await`.

        Raises:
            StudyClosed: the study was closed.
        """
        if not self._link.is_open:
            raise StudyClosed
        one, place = self.info.slices[index], self._places[index]
        rows, columns = one.plane.rows, one.plane.columns
        if place is None:
            return self._store.numbers(index, rows, columns) if self._store is not None else None
        data: memoryview = memoryview(self._link.block.memory)
        if self._parts is not None:
            data = self._parts.files[one.part]
            place = self._parts.place_in_part(one.part, place)
        found = np.frombuffer(data, "<u2", rows * columns, place).reshape(rows, columns)
        found.flags.writeable = False
        return found

    async def slice(self, index: int) -> Numbers:
        """A slice's stored numbers, unpacked before all others; to be used before the next `await`.

        Raises:
            UnreadableFile: it is damaged.
            DecoderStopped: the process ended meanwhile; ask again.
            StudyClosed: the study was closed.
        """
        while (found := self.numbers(index)) is None:
            task = self._coming.get(index)
            if task is not None:
                await asyncio.shield(task)
                if index in self._store_of:
                    continue
            await self._bring(index, urgent=True)
        return found

    async def overlay(self, index: int) -> bytes:
        """The device's lines over a slice whose `overlay` is a number: a bit a pixel, row after
        row, the first in the lowest. Raises as `slice`.
        """
        one = self.info.slices[index]
        if one.overlay is None:
            raise UnreadableFile(Unreadable.DAMAGED)
        if self._parts is not None:
            await self._fill(one.part)
        return await read_overlay(self._link, one.overlay, one.plane.rows * one.plane.columns)

    def look_at(self, index: int) -> None:
        """This one is on the screen: the others are brought ahead, the nearest first."""
        self._centre = index
        self._bring_ahead()

    @property
    def ready_count(self) -> int:
        """How many slices can be shown at once."""
        there = len(self._store) if self._store is not None else 0
        return len(self.info.slices) - self._packed + there

    def failed(self, index: int) -> StudyError | None:
        """Why a slice did not come when it was asked for ahead."""
        return self._refused.get(index)

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that it takes: the files, and the numbers of packed slices."""
        stored = self._store.held_bytes if self._store is not None else 0
        if self._parts is None:
            return self._link.size + stored
        return sum(map(len, self._parts.files)) + self._parts.held_bytes + stored

    async def draw_first(self) -> None:
        """Has the first slice unpacked before it is asked for. Raises as `slice`."""
        await self.slice(0)

    async def close(self) -> None:
        """Gives all memory back; numbers that somebody still holds stay valid."""
        self._link.close()

    @property
    def _store_of(self) -> SliceStore:
        assert self._store is not None  # there is one wherever a slice is packed
        return self._store

    async def _bring(self, index: int, *, urgent: bool) -> None:
        """Has a slice unpacked. Raises as `slice`."""
        if not self._link.is_open:
            raise StudyClosed
        store = self._store_of
        if self._parts is not None:
            await self._fill(self.info.slices[index].part)
        with room_or_refusal():
            into = store.take(index, self._centre, urgent=urgent)
        if into is None:
            if urgent:  # every slot is being written to
                await asyncio.wait(list(self._coming.values()), return_when="FIRST_COMPLETED")
            return
        try:
            await answer_to(
                self._link.ask(ReadSlice(self._link.number, index, into), urgent=urgent)
            )
        except BaseException:  # cancelled, too: the slot is free again
            store.give_back(index)
            raise
        store.written(index)
        self._refused.pop(index, None)
        self.arrived.emit(index)

    async def _fill(self, part: int) -> None:
        assert self._parts is not None
        with room_or_refusal():
            await self._parts.fill(part)

    def _bring_ahead(self) -> None:
        if not self._packed or not self._link.is_open:
            return
        for index in self._nearest():
            if len(self._coming) >= _AT_ONCE:
                return
            self._coming[index] = asyncio.create_task(self._ahead(index), name="slice ahead")

    def _nearest(self) -> list[int]:
        """Slices that may be brought ahead: those of the series looked at, from there outwards;
        then the others', their middles first, as long as nothing has to go for them.
        """
        if len(self._coming) >= _AT_ONCE:
            return []
        series = self.info.series[self.info.series_of(self._centre)]
        store, reach = self._store_of, self._store_of.slots // 2
        whole = store.slots >= series.count
        ours = [
            index
            for index in range(series.first, series.first + series.count)
            if self._is_wanted(index) and (whole or abs(index - self._centre) <= reach)
        ]
        if ours:
            return sorted(ours, key=lambda index: abs(index - self._centre))[:_AT_ONCE]
        if len(store) + len(self._coming) >= store.slots:
            return []
        return self._of_other_series()[:_AT_ONCE]

    def _of_other_series(self) -> list[int]:
        """Their middles first: small pictures of the series are made of these."""
        wanted = [
            (abs(place - one.count // 2), one.first + place)
            for one in self.info.series
            for place in range(one.count)
            if self._is_wanted(one.first + place)
        ]
        return [index for _, index in sorted(wanted)]

    def _is_wanted(self, index: int) -> bool:
        return (
            self._places[index] is None
            and index not in self._store_of
            and index not in self._coming
            and index not in self._refused
        )

    async def _ahead(self, index: int) -> None:
        """What is wrong with a slice is said when it is asked for."""
        try:
            await self._bring(index, urgent=False)
        except StudyError as error:
            self._refused[index] = error
        finally:
            self._coming.pop(index, None)
        self._bring_ahead()

    def _stop(self) -> None:
        for task in list(self._coming.values()):
            task.cancel()


def stack_study(link: FileLink, opened: StackOpened, parts: PartsBlock | None = None) -> StackStudy:
    """The study of what the decoder says of slices, with room for those that are packed.

    `parts`: the files, where they do not lie in the link's block as one.

    Raises:
        UnreadableFile: no memory for it, or nonsense.
    """
    spans = parts.spans if parts is not None else _whole(link, opened)
    info = checked(opened, spans)
    sizes = [
        one.byte_count
        for one, place in zip(info.slices, opened.places, strict=True)
        if place is None
    ]
    store = _store(sizes) if sizes else None
    return StackStudy(link, info, opened.places, parts=parts, store=store)


def _whole(link: FileLink, opened: StackOpened) -> tuple[PartSpan, ...]:
    """Parts that a reader found inside of one file: each may be anywhere in it."""
    count = 1 + max((one.part for one in opened.info.slices), default=0)
    return (PartSpan(0, link.block.size, link.block.size),) * min(count, len(opened.places) + 1)


def _store(sizes: list[int]) -> SliceStore:
    slots = slot_count(max(sizes), len(sizes))
    with room_or_refusal():
        block = SharedBlock.create_empty(slots * slot_size(max(sizes)))
    return SliceStore(block, max(sizes), slots)
