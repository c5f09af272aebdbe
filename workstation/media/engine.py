"""The only door to the media process, which owns camera, microphone and the calls' connections.

The process is apart so that a busy window does not disturb sound and picture, and a fault in a
codec does not take the window down.
"""

import asyncio
import logging
from typing import Final

from workstation.core.kept_process import KeptProcess
from workstation.core.subscription import Event
from workstation.media.errors import MediaStopped
from workstation.media.messages import MediaStatus, Ping, decode_answer, encode
from workstation.media.process import run_media

logger = logging.getLogger(__name__)

_START_S: Final = 60.0
_ANSWER_S: Final = 10.0


class MediaEngine:
    """One for the whole window; call it in the loop's thread.

    `restarted` tells that the process had ended and is up again. A process that does not answer
    within `answer_s` is ended.
    """

    def __init__(self, answer_s: float = _ANSWER_S) -> None:
        self.restarted: Event[MediaStopped] = Event()
        self._answer_s = answer_s
        self._process = KeptProcess(
            "media",
            run_media,
            (),
            on_up=self._up,
            on_message=self._heard,
            on_down=self._down,
            start_s=_START_S,
        )
        self._coming_up: list[asyncio.Future[None]] = []
        self._waiting: dict[int, asyncio.Future[MediaStatus]] = {}
        self._last_number = 0
        self._stopped: MediaStopped | None = None

    @property
    def pid(self) -> int | None:
        """The process's id; None where there is none."""
        return self._process.pid

    async def start(self) -> None:
        """Starts the process; `ping` does it, too."""
        self._process.want()
        await self._process.spawned()

    async def ping(self) -> MediaStatus:
        """How the process is; waits until it is up.

        Raises:
            MediaStopped: it ended meanwhile, or had to be ended because it did not answer.
        """
        await self._until_up()
        loop = asyncio.get_running_loop()
        self._last_number += 1
        number = self._last_number
        answer: asyncio.Future[MediaStatus] = loop.create_future()
        self._waiting[number] = answer
        clock = loop.call_later(self._answer_s, self._process.kill)
        self._process.send(encode(Ping(number)))
        try:
            return await answer
        finally:
            clock.cancel()
            self._waiting.pop(number, None)

    async def close(self) -> None:
        """Ends the process."""
        self._fail(MediaStopped(exit_code=0))
        await self._process.close()

    async def _until_up(self) -> None:
        self._process.want()
        if not self._process.is_up:
            coming: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._coming_up.append(coming)
            await coming

    def _up(self) -> None:
        for coming in self._coming_up:
            if not coming.done():
                coming.set_result(None)
        self._coming_up.clear()
        stopped, self._stopped = self._stopped, None
        if stopped is not None:
            self.restarted.emit(stopped)

    def _heard(self, message: bytes) -> None:
        try:
            answer = decode_answer(message)
        except ValueError:
            logger.error("the media process says what nobody can")
            self._process.kill()
            return
        waiting = self._waiting.get(answer.number)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.status)

    def _down(self, exit_code: int) -> None:
        self._stopped = MediaStopped(exit_code)
        self._fail(self._stopped)

    def _fail(self, stopped: MediaStopped) -> None:
        waiting: list[asyncio.Future[None] | asyncio.Future[MediaStatus]]
        waiting = [*self._coming_up, *self._waiting.values()]
        for one in waiting:
            if not one.done():
                one.set_exception(stopped)
        self._coming_up.clear()
