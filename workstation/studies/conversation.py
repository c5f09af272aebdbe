"""Questions to the decoder process: in order, few at a time, none for longer than it may take."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workstation.studies.job_watch import JobWatch
from workstation.studies.messages import Answer, CloseFile, Question, Refused, encode

_ON_THEIR_WAY: Final = 2
"""One that is worked on and one that waits in the pipe, so that the process never idles."""


@dataclass(slots=True, eq=False)
class Job:
    """A question and its answer to come; cancel `answer` to withdraw it."""

    question: Question
    file_size: int
    file_digest: bytes
    answer: asyncio.Future[Answer]
    sent: bool = False

    @property
    def failed(self) -> bool:
        """Whether it came to nothing: refused, withdrawn, or the process ended."""
        if not self.answer.done():
            return False
        answer = self.answer
        if answer.cancelled() or answer.exception() is not None:
            return True
        return isinstance(answer.result(), Refused)


class Conversation:
    """Keeps the order, so that an answer belongs to the oldest question and a death to it, too.

    `watch` watches the oldest question.
    """

    def __init__(self, watch: JobWatch) -> None:
        self._watch = watch
        self._urgent: deque[Job] = deque()
        self._later: deque[Job] = deque()
        self._sent: deque[Job] = deque()
        self._send: Callable[[bytes], None] | None = None

    def begin(self, send: Callable[[bytes], None]) -> None:
        """The process is up: what waits is sent."""
        self._send = send
        self._pass_on()

    def ask(self, question: Question, size: int, digest: bytes, *, urgent: bool = True) -> Job:
        """Asks as soon as it may; what is not urgent waits until nothing urgent does."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(_hear)
        job = Job(question, size, digest, answer)
        (self._urgent if urgent else self._later).append(job)
        self._pass_on()
        return job

    def hurry(self, job: Job) -> None:
        """What was asked without haste has become urgent."""
        if job in self._later:
            self._later.remove(job)
            self._urgent.append(job)

    def tell(self, notice: CloseFile) -> None:
        """Says what needs no answer; where no process is up it needs not be said."""
        if self._send is not None:
            self._send(encode(notice))

    def answered(self, answer: Answer) -> None:
        """The answer to the oldest question."""
        if self._sent:
            job = self._sent.popleft()
            self._watch.end()
            if not job.answer.done():
                job.answer.set_result(answer)
        self._pass_on()

    def end(self, error: Exception) -> Job | None:
        """The process is gone: all questions fail; the one that it was working on, if any."""
        self._send = None
        self._watch.end()
        worked_on = self._sent[0] if self._sent else None
        for job in (*self._sent, *self._urgent, *self._later):
            if not job.answer.done():
                job.answer.set_exception(error)
        for waiting in (self._sent, self._urgent, self._later):
            waiting.clear()
        return worked_on

    def _pass_on(self) -> None:
        while self._send is not None and len(self._sent) < _ON_THEIR_WAY:
            job = self._next()
            if job is None:
                break
            job.sent = True
            self._sent.append(job)
            self._send(encode(job.question))
        if self._sent and not self._watch.is_on:
            self._watch.begin(self._sent[0].file_size)

    def _next(self) -> Job | None:
        for waiting in (self._urgent, self._later):
            while waiting:
                job = waiting.popleft()
                if not job.answer.done():
                    return job
        return None


def _hear(answer: asyncio.Future[Answer]) -> None:
    """Nobody may be waiting for a frame that was fetched ahead: its failure is no news."""
    if not answer.cancelled():
        answer.exception()
