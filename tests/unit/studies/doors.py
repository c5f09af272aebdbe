"""A decoder for one test, forked instead of spawned, and what it told."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager

from tests.forked import forked
from tests.shared_memory import blocks_left
from workstation.studies.decoder import Decoder
from workstation.studies.errors import DecoderStopped
from workstation.studies.limits import DecoderLimits
from workstation.studies.opened import OpenFunction
from workstation.studies.readers.opening import open_file
from workstation.studies.study import ClipStudy


class Told:
    """What `restarted` said; each word can be awaited."""

    def __init__(self, decoder: Decoder) -> None:
        self._said: asyncio.Queue[DecoderStopped] = asyncio.Queue()
        decoder.restarted.subscribe(self._said.put_nowait)

    async def next(self) -> DecoderStopped:
        return await asyncio.wait_for(self._said.get(), 60)

    @property
    def nothing(self) -> bool:
        return self._said.empty()


@asynccontextmanager
async def a_decoder(
    limits: DecoderLimits | None = None,
    opener: OpenFunction = open_file,
    *,
    starting: Callable[[], AbstractContextManager[None]] = forked,
) -> AsyncIterator[tuple[Decoder, Told]]:
    """Closed at the end; it must leave nothing in shared memory.

    `starting=nullcontext`: spawned, as in the program, and a child of this process.
    """
    with starting():
        decoder = Decoder(limits, opener)
        told = Told(decoder)
        try:
            yield decoder, told
        finally:
            await decoder.close()
    assert blocks_left() == []


async def opened_clip(decoder: Decoder, data: bytes) -> ClipStudy:
    """The file as an open clip."""
    study = await decoder.open(data)
    assert isinstance(study, ClipStudy)
    return study


def kill(decoder: Decoder) -> None:
    """From outside, at once."""
    assert decoder.pid is not None
    os.kill(decoder.pid, signal.SIGKILL)
