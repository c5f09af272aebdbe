"""Questions to the media process and their answers."""

import asyncio
from collections.abc import Callable

from workstation.core.kept_process import KeptProcess
from workstation.media.errors import BadDescription, MediaError, MediaStopped, NotPossibleNow
from workstation.media.messages import Answer, Refusal, Refused, Request, encode

_REFUSALS: dict[Refusal, type[BadDescription] | type[NotPossibleNow]] = {
    Refusal.BAD_DESCRIPTION: BadDescription,
    Refusal.NOT_NOW: NotPossibleNow,
}


class Conversation:
    """Sends questions to the process; one that stays without an answer ends the process."""

    def __init__(self, process: KeptProcess, answer_s: float) -> None:
        self._process = process
        self._answer_s = answer_s
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._coming_up: list[asyncio.Future[None]] = []
        self._last_number = 0

    def say(self, request: Request) -> None:
        """Sends what needs no answer."""
        self._process.send(encode(request))

    async def until_up(self) -> None:
        """Starts the process where there is none, and waits until it hears.

        Raises:
            MediaStopped: it ended before.
        """
        self._process.want()
        if not self._process.is_up:
            coming: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._coming_up.append(coming)
            await coming

    async def ask(self, question: Callable[[int], Request]) -> Answer:
        """Sends `question(number)`, and waits for the answer of that number.

        Raises:
            MediaStopped: the process ended meanwhile, or had to be ended.
            BadDescription, NotPossibleNow: it refuses.
        """
        loop = asyncio.get_running_loop()
        self._last_number += 1
        number = self._last_number
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting[number] = answer
        clock = loop.call_later(self._answer_s, self._process.kill)
        self.say(question(number))
        try:
            return _accepted(await answer)
        finally:
            clock.cancel()
            self._waiting.pop(number, None)

    def heard(self, answer: Answer) -> None:
        """An answer has come."""
        waiting = self._waiting.get(answer.number)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def came_up(self) -> None:
        """The process hears from now on."""
        for coming in self._coming_up:
            if not coming.done():
                coming.set_result(None)
        self._coming_up.clear()

    def fail(self, stopped: MediaStopped) -> None:
        """No answer will come to what was asked."""
        waiting: list[asyncio.Future[None] | asyncio.Future[Answer]]
        waiting = [*self._coming_up, *self._waiting.values()]
        for one in waiting:
            if not one.done():
                one.set_exception(stopped)
        self._coming_up.clear()


def _accepted(answer: Answer) -> Answer:
    if isinstance(answer, Refused):
        error: MediaError = _REFUSALS[answer.refusal](answer.words)
        raise error
    return answer
