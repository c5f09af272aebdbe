"""One call from its ringing to its end: rings, connects, and connects again (DRC-4, DRC-7)."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from backend_client.errors import BackendError
from backend_client.models.calls import Call, CallState, Channel, Signal
from workstation.core.call_media import CallSettings, DeviceNames
from workstation.core.live_call import CallEnd, CallPhase, Recovery
from workstation.media.errors import MediaError, MediaStopped
from workstation.services.background import BackgroundTasks
from workstation.services.call_connection import CallConnection
from workstation.services.call_doors import CallsBackend, MediaLink, Telephone
from workstation.services.call_line import CallLine
from workstation.services.call_progress import CallProgress, end_of
from workstation.services.call_relays import CallRelays
from workstation.services.call_signals import (
    Answered,
    AskedAgain,
    MediaTold,
    PatientWord,
    SignalOrder,
    understood,
)
from workstation.services.delays import GrowingDelay, Jitter, Sleep
from workstation.services.own_media import OwnMedia, Screens

logger = logging.getLogger(__name__)

RUNG_OUT_S: Final = 2.0
"""So long after its time a call that rings is asked for."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What a call works with."""

    backend: CallsBackend
    telephone: Telephone
    screens: Screens
    relays: CallRelays
    now: Callable[[], datetime]
    sleep: Sleep
    jitter: Jitter


class RunningCall:
    """`run` in a task of its own; `end` by whoever knows that it is over."""

    def __init__(
        self,
        call: Call,
        settings: CallSettings,
        progress: CallProgress,
        doors: Doors,
        *,
        is_rejoined: bool = False,
    ) -> None:
        """`is_rejoined`: it was answered before, at a program that has ended since."""
        self.call = call
        """As the server has told last."""
        self.progress = progress
        self._doors = doors
        self._is_rejoined = is_rejoined
        self._tasks = BackgroundTasks()
        self._own = OwnMedia(doors.telephone, settings, progress, doors.screens)
        self._line = CallLine(doors.backend, call, self._look, doors.sleep, doors.jitter)
        self._order = SignalOrder()
        self._connection: CallConnection | None = None
        self._answered = asyncio.Event()
        self._stale = asyncio.Event()
        self._over = asyncio.Event()
        self._pause = self._delay()
        self._asking = self._delay()
        self._tries = 0
        self._was_called_back = False

    async def run(self) -> None:
        """Until it is over; then everything of it has ended, and the devices are free."""
        self._tasks.start(self._keep_up(), "call.keep_up")
        self._tasks.start(self._course(), "call.course")
        try:
            await self._over.wait()
        finally:
            await self._tasks.close()
            await self._own.end()

    async def switch(self, *, microphone: bool, camera: bool) -> None:
        """What of us is to be sent; a talk in writing sends nothing."""
        if self.call.channel is not Channel.TEXT:
            await self._own.switch(microphone=microphone, camera=camera)

    async def choose(self, devices: DeviceNames) -> None:
        """Other ones from now on."""
        await self._own.choose(devices)

    # what comes in

    def hear(self, call: Call) -> None:
        """The server's word on this call; one that is older than the last changes nothing."""
        if _age(call) < _age(self.call):
            return
        self.call = call
        self._line.connection = max(self._line.connection, call.connection)
        end = end_of(call)
        if end is not None:
            self.end(end)
        elif call.state is CallState.ACTIVE and not self._answered.is_set():
            self._answered.set()
            self._look()
            self.progress.answered(call, is_heard_now=not self._is_rejoined)
        elif call.state is CallState.ACTIVE:
            self.progress.timed(call.clock)

    def hear_signal(self, signal: Signal) -> None:
        """The page's word, from the stream."""
        if signal.call_id == self.call.id:
            self._take(self._order.take(signal))

    def missed_something(self) -> None:
        """The server can be reached again, and has told of something meanwhile."""
        self._order.hold()
        self._look()
        self._line.try_now()
        self._pause.cut_short()
        self._asking.cut_short()  # the page's words are held until it has asked

    def end(self, end: CallEnd) -> None:
        """It is over."""
        self.progress.over(end)
        self._over.set()

    # its course

    async def _course(self) -> None:
        if not self._is_rejoined:
            await self._ring()
        if self.call.channel is Channel.TEXT:
            await self._own.end()
            return
        if self._is_rejoined:
            await self._line.reconnect()
        await self._own.apply()
        while True:
            await self._recover(await self._connect())

    async def _ring(self) -> None:
        """Devices open while it rings, so that all is there when the patient answers."""
        beside = [
            self._tasks.start(self._keep_ready(), "call.keep_ready"),
            self._tasks.start(self._ask_when_rung_out(), "call.rung_out"),
        ]
        await self._answered.wait()
        for task in beside:
            task.cancel()

    async def _keep_ready(self) -> None:
        delay = self._delay()
        while True:
            link = await self._renew()
            stopped = asyncio.Event()
            link.stopped.subscribe(partial(_set, stopped))
            with contextlib.suppress(MediaError, MemoryError):
                await link.open()
                await stopped.wait()
            await delay.wait()

    async def _ask_when_rung_out(self) -> None:
        left = self.call.rings_until - self._doors.now()
        await self._doors.sleep(max(left.total_seconds(), 0) + RUNG_OUT_S)
        delay = self._delay()
        while True:
            self._look()
            await delay.wait()

    async def _connect(self) -> Recovery | None:
        link = self._own.link or await self._renew()
        doors = self._doors
        self._connection = CallConnection(
            link, self._line, self._own, self.progress, self._tasks, doors.sleep
        )
        try:
            return await self._connection.run()
        # A fault of ours is one more reason to connect again: the patient waits.
        except Exception:
            logger.exception("call %s: a connection failed", self.call.id)
            return Recovery.LINK_LOST
        finally:
            self._connection = None

    async def _recover(self, reason: Recovery | None) -> None:
        """Makes the next connection possible: at once the first time, then after growing waits.

        A page that was opened again waits for nothing; one that asks again and again does.
        """
        live = self.progress.live
        why = "not answered" if reason is None else reason.value
        logger.info("call %s: connection %d: %s", self.call.id, self._line.connection, why)
        if live.phase is CallPhase.TALKING:
            self._tries = 0
            self._pause.reset()
        was_called_back = self._was_called_back
        self._was_called_back = reason is Recovery.PATIENT_CAME_BACK
        self.progress.recovering(reason or live.recovery or Recovery.LINK_LOST)
        if self._tries and (was_called_back or not self._was_called_back):
            await self._pause.wait()
        self._tries += 1
        await self._line.reconnect()
        await self._renew()

    async def _renew(self) -> MediaLink:
        """The next connection, with TURN credentials that are good for it."""
        self._own.use_relays(await self._doors.relays.fresh())
        return self._own.renew()

    # what the page says, and what was missed

    def _take(self, signals: list[Signal]) -> None:
        for signal in signals:
            if signal.connection == self._line.connection:
                self._act(understood(signal))

    def _act(self, word: PatientWord | None) -> None:
        match word:
            case Answered(description):
                if self._connection is not None:
                    self._connection.take_answer(description)
            case MediaTold(media):
                if self._connection is not None:
                    self._connection.patient_sends(media)
                else:
                    self.progress.patient_sends(media)
            case AskedAgain():
                self._called_back()

    def _called_back(self) -> None:
        """Connects at once; a page that asks over and over waits as long as all others."""
        if self._connection is not None:
            self._connection.lost(Recovery.PATIENT_CAME_BACK)
        elif self.progress.live.phase is CallPhase.RECOVERING and not self._was_called_back:
            self._was_called_back = True
            self.progress.recovering(Recovery.PATIENT_CAME_BACK)
            self._pause.cut_short()

    def _look(self) -> None:
        self._stale.set()

    async def _keep_up(self) -> None:
        delay = self._asking
        while True:
            await self._stale.wait()
            self._stale.clear()
            try:
                await self._ask()
            except BackendError as error:
                logger.info("call %s: not read: %s", self.call.id, type(error).__name__)
                self._stale.set()
                await delay.wait()
            else:
                delay.reset()

    async def _ask(self) -> None:
        """How the call stands, and what the page has sent meanwhile."""
        request_id, call_id = self.call.request_id, self.call.id
        fetched: list[Signal] = []
        try:
            for call in await self._doors.backend.attempts(request_id):
                if call.id == call_id:
                    self.hear(call)
            if self.call.state is CallState.ACTIVE:
                self._order.hold()
                fetched = await self._doors.backend.signals(request_id, call_id, self._order.last)
        finally:
            self._take(self._order.release(fetched))

    def _delay(self) -> GrowingDelay:
        return GrowingDelay(self._doors.sleep, self._doors.jitter)


def _set(told: asyncio.Event, _: MediaStopped) -> None:
    told.set()


def _age(call: Call) -> tuple[int, int, float]:
    """Grows with each thing that happens to a call: an end is only ever put off."""
    steps = {CallState.UNKNOWN: -1, CallState.RINGING: 0, CallState.ACTIVE: 1}
    ends = call.clock.ends_at.timestamp() if call.clock is not None else 0.0
    return steps.get(call.state, 2), call.connection, ends
