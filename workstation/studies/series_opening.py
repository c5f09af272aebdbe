"""Opens many files of slices as one study: their beginnings first, whole ones where needed."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.file_link import Desk, FileLink, answer_to
from workstation.studies.messages import OpenParts, StackOpened, WholePartsWanted
from workstation.studies.parts_block import PartsBlock
from workstation.studies.room import room_or_refusal
from workstation.studies.stack_study import StackStudy, stack_study

_MOST_FILES = 20_000


class SeriesDesk(Desk, Protocol):
    """What is needed of the decoder."""

    def take_in(self, link: FileLink) -> None:
        """Closes the link with the decoder."""


async def open_series(
    desk: SeriesDesk, number: int, files: Sequence[bytes | memoryview], most_bytes: int
) -> StackStudy:
    """For `Decoder.open_series`. Raises as that."""
    views = [memoryview(file) for file in files if len(file)]
    if not views:
        raise UnreadableFile(Unreadable.EMPTY)
    if sum(map(len, views)) > most_bytes or len(views) > _MOST_FILES:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    parts = await _in_shared_memory(views)

    def question(number: int) -> OpenParts:
        return OpenParts(number, parts.block.name, parts.block.size, parts.spans)

    link = FileLink(desk, number, parts.block, parts.digest(), question)
    desk.take_in(link)
    try:
        return stack_study(link, await _opened(link, parts), parts)
    except BaseException:  # cancelled, too: the memory must go
        link.close()
        raise


async def _opened(link: FileLink, parts: PartsBlock) -> StackOpened:
    answer = await answer_to(link.open())
    if isinstance(answer, WholePartsWanted):
        for part in answer.parts:
            await _filled(parts, part)
        answer = await answer_to(link.open())
    if not isinstance(answer, StackOpened):
        raise UnreadableFile(Unreadable.DAMAGED)
    return answer


async def _filled(parts: PartsBlock, part: int) -> None:
    if not 0 <= part < len(parts.files):
        raise UnreadableFile(Unreadable.DAMAGED)
    with room_or_refusal():
        await parts.fill(part)


async def _in_shared_memory(views: Sequence[memoryview]) -> PartsBlock:
    with room_or_refusal():
        return await asyncio.to_thread(PartsBlock.create, views)
