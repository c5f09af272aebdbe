"""One file at the decoder: its bytes stay on this side, so a new process can open it again."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from workstation.core.shared_memory import SharedBlock
from workstation.studies.conversation import Job
from workstation.studies.errors import StudyClosed, UnreadableFile
from workstation.studies.messages import Answer, Block, CloseFile, OpenFile, Question, Refused

_NEVER: Final = -1


class Desk(Protocol):
    """What a file needs of the decoder."""

    @property
    def generation(self) -> int:
        """Counts the processes: a file is unknown to the next one."""

    def ask(self, question: Question, size: int, digest: bytes, *, urgent: bool) -> Job:
        """Puts a question; raises `UnreadableFile` for a file that ended too many processes."""

    def hurry(self, job: Job) -> None:
        """A question put without haste has become urgent."""

    def tell(self, notice: CloseFile) -> None:
        """The process may forget a file."""

    def let_go(self, link: "FileLink", notice: CloseFile) -> None:
        """The file is closed."""


class FileLink:
    """Questions about one file."""

    def __init__(
        self,
        desk: Desk,
        number: int,
        block: SharedBlock,
        digest: bytes,
        opening: Callable[[int], Question] | None = None,
        size: int | None = None,
    ) -> None:
        """`opening`: another question than `OpenFile`, of the link's number, to open it by.
        `size`: bytes that are worked on, where they are not all of the block."""
        self.number = number
        self._opening = opening
        self._desk = desk
        self._block = block
        self._digest = digest
        self._size = size
        self._known_to = _NEVER
        self._at_close: list[Callable[[], None]] = [block.unlink]
        self._is_settled = False
        self.is_open = True

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._block.size if self._size is None else self._size

    @property
    def digest(self) -> bytes:
        """By which the file is known again."""
        return self._digest

    @property
    def block(self) -> SharedBlock:
        """The file, or what it was unfolded to."""
        return self._block

    def settle(self, unfolded: SharedBlock | None = None) -> None:
        """The file needs no reader any more: questions about its samples say where they lie.

        `unfolded` takes the place of the file, whose memory goes.
        """
        self._is_settled = True
        self._desk.tell(CloseFile(self.number))
        if unfolded is not None:
            self._block.unlink()
            self._block, self._size = unfolded, None
            self._at_close.append(unfolded.unlink)

    def ask(self, question: Question, *, urgent: bool = True) -> Job:
        """Puts a question, and opens the file first where a new process does not know it.

        Raises:
            UnreadableFile: the file has ended too many processes.
            StudyClosed: it was closed.
        """
        if not self.is_open:
            raise StudyClosed
        if not self._is_settled and self._known_to != self._desk.generation:
            self.open()
        return self._desk.ask(question, self.size, self._digest, urgent=urgent)

    def open(self, samples: SharedBlock | None = None) -> Job:
        """Has the file opened by the present process; `samples`: room for those of an ECG."""
        self._known_to = self._desk.generation
        whole = self._whole(samples)
        question = whole if self._opening is None else self._opening(self.number)
        return self._desk.ask(question, self.size, self._digest, urgent=True)

    def _whole(self, samples: SharedBlock | None) -> Question:
        room = Block(samples.name, samples.size, 0, kept=False) if samples is not None else None
        return OpenFile(self.number, self._block.name, self._block.size, room)

    def hurry(self, job: Job) -> None:
        """Somebody waits for it now."""
        self._desk.hurry(job)

    def at_close(self, action: Callable[[], None]) -> None:
        """What else is to be done when the file is closed."""
        self._at_close.append(action)

    def close(self) -> None:
        """Lets the process forget the file, and the memory go."""
        if self.is_open:
            self.is_open = False
            self._desk.let_go(self, CloseFile(self.number))
            for action in self._at_close:
                action()


async def answer_to(job: Job) -> Answer:
    """Waits for a job; where the waiting is given up the job goes on.

    Raises:
        UnreadableFile: the file does not allow it.
        DecoderStopped: the process ended before.
    """
    answer = await asyncio.shield(job.answer)
    if isinstance(answer, Refused):
        raise UnreadableFile(answer.reason, answer.detail, answer.frames_readable)
    return answer
