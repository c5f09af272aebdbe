"""The only door to the decoder process: files go in as bytes, studies come out.

Files that were uploaded are hostile until shown otherwise; they are taken apart in a process of
its own that may be killed for time or memory, and is started again.
"""

import asyncio
import hashlib
import logging
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Final

from workstation.core.kept_process import KeptProcess
from workstation.core.process_cpu import cpu_seconds_of
from workstation.core.shared_memory import SharedBlock
from workstation.core.subscription import Event
from workstation.studies.conversation import Conversation, Job
from workstation.studies.disc import EntryPlace
from workstation.studies.disc_opening import open_part
from workstation.studies.disc_study import DiscStudy
from workstation.studies.errors import (
    DecoderStopped,
    StopReason,
    StudyClosed,
    Unreadable,
    UnreadableFile,
)
from workstation.studies.file_link import FileLink, answer_to
from workstation.studies.job_watch import JobWatch
from workstation.studies.limits import DecoderLimits
from workstation.studies.messages import (
    EXIT_OUT_OF_MEMORY,
    BeatsFound,
    CloseFile,
    DiscOpened,
    Done,
    OverlayFound,
    Question,
    Refused,
    TextFound,
    WholePartsWanted,
    WordsFound,
    decode_answer,
)
from workstation.studies.opened import OpenFunction
from workstation.studies.process import run_decoder
from workstation.studies.readers.opening import open_file
from workstation.studies.room import room_or_refusal
from workstation.studies.samples_ahead import room_for_samples
from workstation.studies.series_opening import open_series
from workstation.studies.stack_study import StackStudy
from workstation.studies.study import Study, study_of

logger = logging.getLogger(__name__)

_AT_ONCE: Final = 512 * 1024
"""Bytes of a file that are copied here in half a millisecond: a thread's turn may take longer."""


_SAMPLE: Final = 4096
_SAMPLES: Final = 128


class Decoder:
    """Opens files of patients. One for the whole window; call it in the loop's thread.

    `restarted` tells that the process had ended and is up again. Studies stay open over that.
    """

    def __init__(
        self, limits: DecoderLimits | None = None, open_file: OpenFunction = open_file
    ) -> None:
        self.restarted: Event[DecoderStopped] = Event()
        self._limits = limits or DecoderLimits()
        watch = JobWatch(self._limits, self._cpu_used, self._too_slow)
        self._conversation = Conversation(watch)
        self._process = KeptProcess(
            "decoder",
            run_decoder,
            (self._limits, open_file),
            on_up=self._up,
            on_message=self._heard,
            on_down=self._down,
            start_s=self._limits.start_s,
        )
        self._generation = 0
        self._was_slow = False
        self._stopped: DecoderStopped | None = None
        self._deaths: Counter[bytes] = Counter()
        self._links: dict[int, FileLink] = {}
        self._last_number = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process's id; None where there is none."""
        return self._process.pid

    @property
    def generation(self) -> int:
        """Counts the processes that have ended."""
        return self._generation

    async def start(self) -> None:
        """Starts the process ahead of the first file; `open` does it, too."""
        self._process.want()
        await self._process.spawned()

    async def open(self, data: bytes | memoryview) -> Study:
        """Opens a file by its content.

        Raises:
            UnreadableFile: it cannot be shown, and why.
            DecoderStopped: the process ended over it, or was killed; it may be tried again.
            StudyClosed: the decoder was closed.
        """
        if self._closed:
            raise StudyClosed
        if not data:
            raise UnreadableFile(Unreadable.EMPTY)
        if len(data) > self._limits.file_size:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        self._process.want()
        with room_or_refusal():
            block, digest = await _shared(memoryview(data))
        self._last_number += 1
        link = FileLink(self, self._last_number, block, digest)
        self._links[link.number] = link
        room = room_for_samples() if len(data) <= _AT_ONCE else None
        try:
            opened = await answer_to(link.open(room))
            assert not isinstance(
                opened,
                WholePartsWanted
                | BeatsFound
                | WordsFound
                | TextFound
                | OverlayFound
                | Done
                | Refused,
            )
            if isinstance(opened, DiscOpened):
                return DiscStudy(link, opened.info, self._open_part)
            return await study_of(link, opened, room)
        except BaseException:  # cancelled, too: the file's memory must go
            link.close()
            raise
        finally:
            if room is not None:
                room.unlink()

    async def open_series(self, files: Sequence[bytes | memoryview]) -> StackStudy:
        """Opens the slices in many files at once, as they lie in a folder; what holds no slice is
        left out and counted. The files stay the caller's and must not change: plain numbers are
        looked at in them.

        Raises:
            UnreadableFile: none of them holds a slice, or they are too large together.
            DecoderStopped: the process ended over it, or was killed; it may be tried again.
            StudyClosed: the decoder was closed.
        """
        if self._closed:
            raise StudyClosed
        self._process.want()
        self._last_number += 1
        return await open_series(self, self._last_number, files, self._limits.file_size)

    async def _open_part(
        self, disc: FileLink, places: Sequence[EntryPlace]
    ) -> tuple[Study, FileLink]:
        """For `DiscStudy`."""
        if self._closed or not disc.is_open:
            raise StudyClosed
        self._process.want()
        self._last_number += 1
        return await open_part(self, self._last_number, disc, places)

    async def close(self) -> None:
        """Ends the process and gives the memory of all studies back."""
        self._closed = True
        for link in list(self._links.values()):
            link.close()
        self._conversation.end(DecoderStopped(StopReason.CRASHED))
        await self._process.close()

    def ask(self, question: Question, size: int, digest: bytes, *, urgent: bool) -> Job:
        """For `FileLink`: puts a question about a file.

        Raises:
            UnreadableFile: the file has ended too many processes.
        """
        if self._deaths[digest] >= self._limits.lives:
            raise UnreadableFile(Unreadable.STOPS_DECODER)
        self._process.want()
        return self._conversation.ask(question, size, digest, urgent=urgent)

    def hurry(self, job: Job) -> None:
        """For `FileLink`: a question has become urgent."""
        self._conversation.hurry(job)

    def tell(self, notice: CloseFile) -> None:
        """For `FileLink`: the process may forget a file that stays open here."""
        self._conversation.tell(notice)

    def take_in(self, link: FileLink) -> None:
        """For `open_series`: a link that was made elsewhere is closed with the decoder."""
        self._links[link.number] = link

    def let_go(self, link: FileLink, notice: CloseFile) -> None:
        """For `FileLink`: the file is closed."""
        self._links.pop(link.number, None)
        self._conversation.tell(notice)

    def _up(self) -> None:
        self._conversation.begin(self._process.send)
        stopped, self._stopped = self._stopped, None
        if stopped is not None:
            self.restarted.emit(stopped)

    def _heard(self, message: bytes) -> None:
        try:
            answer = decode_answer(message)
        except ValueError:
            logger.error("the decoder process says what nobody can")
            self._process.kill()
            return
        self._conversation.answered(answer)

    def _down(self, exit_code: int) -> None:
        """The process is gone. The file that it was working on has one life less."""
        self._stopped = DecoderStopped(self._reason(exit_code))
        self._was_slow = False
        self._generation += 1
        worked_on = self._conversation.end(self._stopped)
        if worked_on is not None:
            self._deaths[worked_on.file_digest] += 1

    def _reason(self, exit_code: int) -> StopReason:
        if exit_code == EXIT_OUT_OF_MEMORY:
            return StopReason.MEMORY
        over_time = sys.platform != "win32" and exit_code == -signal.SIGXCPU
        return StopReason.TIME if over_time or self._was_slow else StopReason.CRASHED

    def _cpu_used(self) -> float | None:
        pid = self._process.pid
        return None if pid is None else cpu_seconds_of(pid)

    def _too_slow(self) -> None:
        self._was_slow = True
        self._process.kill()


async def _shared(data: memoryview) -> tuple[SharedBlock, bytes]:
    """As `_share`, in a thread where the file is large. Raises MemoryError."""
    return _share(data) if len(data) <= _AT_ONCE else await asyncio.to_thread(_share, data)


def _share(data: memoryview) -> tuple[SharedBlock, bytes]:
    """The file in shared memory and its digest."""
    return SharedBlock.filled(data), _identity(data)


def _identity(data: memoryview) -> bytes:
    """By which a file that ends processes is known again: of a large one samples are enough, and
    the first frame does not wait for the rest."""
    found = hashlib.sha256(len(data).to_bytes(8, "big"))
    step = max(_SAMPLE, len(data) // _SAMPLES)
    for start in range(0, len(data), step):
        found.update(data[start : start + _SAMPLE])
    found.update(data[-_SAMPLE:])
    return found.digest()
