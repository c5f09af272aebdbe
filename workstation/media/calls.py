"""The connections of the media process, by their numbers."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from workstation.media.device_test import DeviceTest, record_and_play
from workstation.media.devices import Devices
from workstation.media.errors import BadDescription, MediaError, NotPossibleNow
from workstation.media.messages import (
    Answer,
    CheckRelays,
    Described,
    DevicesChanged,
    DevicesListed,
    DevicesMeasured,
    Done,
    FrameTaken,
    HangUp,
    HeardOneself,
    HearOneself,
    ListDevices,
    MakeAnswer,
    MakeOffer,
    MeasureDevices,
    OfCall,
    Ping,
    Refusal,
    Refused,
    RelaysChecked,
    Request,
    Said,
    SetMuted,
    StartCall,
    TakeAnswer,
    UseDevices,
)
from workstation.media.peer import Peer
from workstation.media.relays import check_all
from workstation.media.stalls import StallWatch

logger = logging.getLogger(__name__)

OfDevices = MeasureDevices | HearOneself | ListDevices
Question = OfCall | CheckRelays | OfDevices
Say = Callable[[Said], None]


class Calls:
    """Takes requests in their order; what needs time is done beside the others."""

    def __init__(self, say: Say, devices: Devices, stalls: StallWatch) -> None:
        self._say = say
        self._devices = devices
        self._stalls = stalls
        self._peers: dict[int, Peer] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        devices.on_known = lambda known: say(DevicesChanged(known))

    def take(self, request: Request) -> None:
        """Begins with what the window asks."""
        if isinstance(request, FrameTaken):
            peer = self._peers.get(request.call)
            if peer is not None:
                peer.frame_taken(request.stream, request.freed)
        elif not isinstance(request, Ping):
            self._begin(self._answer(request))

    async def close(self) -> None:
        """Ends all."""
        for task in list(self._tasks):
            task.cancel()
        for peer in list(self._peers.values()):
            await peer.close()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, question: Question) -> None:
        try:
            answer = await self._done(question)
        except BadDescription as error:
            answer = Refused(question.number, Refusal.BAD_DESCRIPTION, str(error))
        except NotPossibleNow as error:
            answer = Refused(question.number, Refusal.NOT_NOW, str(error))
        self._say(answer)

    async def _done(self, question: Question) -> Answer:
        """A fault in aiortc must not leave the window without an answer."""
        try:
            return await self._do(question)
        except MediaError:
            raise
        except Exception as error:  # whatever it is; its kind only, its text may be a stranger's
            logger.warning("%s: %s", type(question).__name__, type(error).__name__)
            raise NotPossibleNow(type(error).__name__) from error

    async def _measure(self, question: OfDevices) -> Answer:
        if isinstance(question, ListDevices):
            return DevicesListed(question.number, await self._devices.known())
        if isinstance(question, HearOneself):
            is_played = await record_and_play(self._devices, question.settings, question.seconds)
            return HeardOneself(question.number, is_played)
        found = await DeviceTest(self._devices, question.settings, has_tone=question.tone).run()
        return DevicesMeasured(
            question.number, found.camera, found.microphone, found.speaker, found.known
        )

    async def _do(self, question: Question) -> Answer:
        if isinstance(question, CheckRelays):
            return RelaysChecked(question.number, await check_all(question.servers))
        if isinstance(question, OfDevices):
            return await self._measure(question)
        if isinstance(question, StartCall):
            self._peers[question.call] = Peer(question, self._say, self._devices, self._stalls)
            return Done(question.number)
        peer = self._peers.get(question.call)
        if peer is None:
            raise NotPossibleNow("there is no such call")
        match question:
            case MakeOffer():
                return Described(question.number, await peer.offer())
            case MakeAnswer():
                return Described(question.number, await peer.answer(question.sdp))
            case TakeAnswer():
                await peer.accept(question.sdp)
            case SetMuted():
                peer.set_muted(audio=question.audio, video=question.video)
            case UseDevices():
                peer.use_devices(question.devices)
            case HangUp():
                del self._peers[question.call]
                await peer.close()
        return Done(question.number)
