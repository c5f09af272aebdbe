"""The only door to the media process, which owns camera, microphone and the calls' connections.

The process is apart so that a busy window does not disturb sound and picture, and a fault in a
codec does not take the window down.
"""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Final

from workstation.core.call_media import CallSettings, IceServer, RelayReport
from workstation.core.device_check import KnownDevices, MeasuredDevices
from workstation.core.kept_process import KeptProcess
from workstation.core.subscription import Event
from workstation.media.call_handle import CallHandle
from workstation.media.conversation import Conversation
from workstation.media.errors import MediaStopped
from workstation.media.messages import (
    Answer,
    CallNews,
    CheckRelays,
    DevicesChanged,
    DevicesListed,
    DevicesMeasured,
    HeardOneself,
    HearOneself,
    ListDevices,
    MeasureDevices,
    MediaStatus,
    Ping,
    Pong,
    RelaysChecked,
    decode_said,
)
from workstation.media.process import run_media

logger = logging.getLogger(__name__)

_START_S: Final = 60.0
_ANSWER_S: Final = 15.0


class MediaEngine:
    """One for the whole window; call it in the loop's thread.

    `restarted` tells that the process had ended and is up again. A process that does not answer
    within `answer_s` is ended.
    """

    def __init__(self, answer_s: float = _ANSWER_S) -> None:
        self.restarted: Event[MediaStopped] = Event()
        self.devices_changed: Event[KnownDevices] = Event()
        """What is there now, where something was plugged in or taken out. Told from the first
        question for devices on."""
        self._process = KeptProcess(
            "media",
            run_media,
            (),
            on_up=self._up,
            on_message=self._heard,
            on_down=self._down,
            start_s=_START_S,
        )
        self._conversation = Conversation(self._process, answer_s)
        self._calls: dict[int, CallHandle] = {}
        self._last_call = 0
        self._stopped: MediaStopped | None = None

    @property
    def pid(self) -> int | None:
        """The process's id; None where there is none."""
        return self._process.pid

    async def start(self) -> None:
        """Starts the process; `ping` and calls do it, too."""
        self._process.want()
        await self._process.spawned()

    async def ping(self) -> MediaStatus:
        """How the process is; waits until it is up.

        Raises:
            MediaStopped: it ended meanwhile, or had to be ended because it did not answer.
        """
        await self._conversation.until_up()
        answer = await self._conversation.ask(Ping)
        assert isinstance(answer, Pong)
        return answer.status

    async def check_relays(self, servers: Sequence[IceServer]) -> tuple[RelayReport, ...]:
        """Asks every TURN address for a place of ours; within five seconds.

        Raises:
            MediaStopped: see `ping`.
        """
        await self._conversation.until_up()
        answer = await self._conversation.ask(partial(CheckRelays, servers=tuple(servers)))
        assert isinstance(answer, RelaysChecked)
        return answer.reports

    async def measure_devices(self, settings: CallSettings, *, tone: bool) -> MeasuredDevices:
        """Camera, microphone and speaker for some eight seconds; `tone`: whether one is played.

        Raises:
            MediaStopped: see `ping`.
            NotPossibleNow: a fault at the measuring.
        """
        await self._conversation.until_up()
        answer = await self._conversation.ask(partial(MeasureDevices, settings=settings, tone=tone))
        assert isinstance(answer, DevicesMeasured)
        return MeasuredDevices(answer.camera, answer.microphone, answer.speaker, answer.known)

    async def known_devices(self) -> KnownDevices:
        """What this computer has now; nothing is opened.

        Raises:
            MediaStopped: see `ping`.
        """
        await self._conversation.until_up()
        answer = await self._conversation.ask(ListDevices)
        assert isinstance(answer, DevicesListed)
        return answer.known

    async def hear_oneself(self, settings: CallSettings, seconds: float) -> bool:
        """Records so long and plays it; False where nothing was heard or nobody plays it.

        Raises:
            MediaStopped, NotPossibleNow: see `measure_devices`.
        """
        await self._conversation.until_up()
        answer = await self._conversation.ask(
            partial(HearOneself, settings=settings, seconds=seconds)
        )
        assert isinstance(answer, HeardOneself)
        return answer.is_played

    def call(self, settings: CallSettings) -> CallHandle:
        """A new connection. Nothing is opened before its `open`, `offer` or `answer`."""
        self._last_call += 1
        handle = CallHandle(self._conversation, self._last_call, settings, on_over=self._forget)
        self._calls[self._last_call] = handle
        return handle

    async def close(self) -> None:
        """Ends all calls and the process."""
        self._end_all(MediaStopped(exit_code=0))
        await self._process.close()

    def _up(self) -> None:
        self._conversation.came_up()
        stopped, self._stopped = self._stopped, None
        if stopped is not None:
            self.restarted.emit(stopped)

    def _heard(self, message: bytes) -> None:
        try:
            said = decode_said(message)
            if isinstance(said, Answer):
                self._conversation.heard(said)
            elif isinstance(said, DevicesChanged):
                self.devices_changed.emit(said.known)
            else:
                self._tell(said)
        except ValueError:
            logger.error("the media process says what nobody can")
            self._process.kill()

    def _tell(self, news: CallNews) -> None:
        handle = self._calls.get(news.call)
        if handle is not None:
            handle.hear(news)

    def _forget(self, call: int) -> None:
        self._calls.pop(call, None)

    def _down(self, exit_code: int) -> None:
        self._stopped = MediaStopped(exit_code)
        self._end_all(self._stopped)

    def _end_all(self, stopped: MediaStopped) -> None:
        self._conversation.fail(stopped)
        for handle in list(self._calls.values()):
            handle.end(stopped)
