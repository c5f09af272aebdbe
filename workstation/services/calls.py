"""Calls of the signed-in doctor: placed, talked, hung up; one at a time (DRC-4, DRC-7, DRC-8)."""

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from backend_client.errors import BackendError, Conflict
from backend_client.models.calls import Call, CallId, CallState, Signal
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.events import CallChanged, CallSignalled, CentreEvent
from workstation.core.call_media import CallFrame, CallSettings, DeviceNames
from workstation.core.live_call import CallEnd, CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.services.background import BackgroundTasks
from workstation.services.call_doors import CallsBackend, Telephone
from workstation.services.call_goodbyes import Goodbyes
from workstation.services.call_progress import CallProgress, Monotonic, tell
from workstation.services.call_relays import CallRelays
from workstation.services.delays import Jitter, Sleep, spread
from workstation.services.own_media import Screens
from workstation.services.running_call import Doors, RunningCall

logger = logging.getLogger(__name__)

LAST_WORDS_S: Final = 3.0


class CallRunning(Exception):
    """Another call of this workstation rings or runs."""


class CallService:
    """`changed` tells of each new state of the call, which `live` holds; then of its end.

    Frames are passed on as they come; their pixels are good until the next one of that event.
    `settings` are those of the next call. A call goes on whatever happens to the media process,
    the connection or the patient's page, until one of the two hangs up.
    """

    def __init__(
        self,
        backend: CallsBackend,
        telephone: Telephone,
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
        *,
        settings: CallSettings | None = None,
        jitter: Jitter = spread,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """`now`: by the server's clock, aware; `telephone`: the media engine, or its door."""
        self.changed: Event[LiveCall] = Event()
        self.remote_frame: Event[CallFrame] = Event()
        self.local_frame: Event[CallFrame] = Event()
        self.attempt_changed: Event[Call] = Event()
        """A call of any request, of any doctor: `attempts` answers otherwise now."""
        self.settings = settings or CallSettings()
        self._backend = backend
        self._now = now
        self._monotonic = monotonic
        screens = Screens(self.remote_frame, self.local_frame)
        relays = CallRelays(backend, now)
        self._doors = Doors(backend, telephone, screens, relays, now, sleep, jitter)
        self._goodbyes = Goodbyes(backend, sleep, jitter)
        self._tasks = BackgroundTasks()
        self._progress: CallProgress | None = None
        self._running: RunningCall | None = None
        self._heard: dict[CallId, Call] = {}

    @property
    def live(self) -> LiveCall | None:
        """The call that rings or runs, or the last that has ended."""
        return self._progress.live if self._progress is not None else None

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """The request's calls, newest first; raises BackendError."""
        return await self._backend.attempts(request_id)

    async def place(self, request_id: RequestId) -> None:
        """Rings at the patient's page; once the server does, this returns.

        Camera and microphone open while it rings. Whoever waits here may be cancelled: the call
        goes on.

        Raises:
            CallRunning: another call is on.
            BackendError: it does not ring; told as CallEnd.NOT_PLACED, too.
        """
        progress = self._new_progress(request_id, CallPhase.PLACING)
        progress.begin()
        placing = asyncio.ensure_future(self._place(progress))
        self._tasks.own(placing)
        error = await asyncio.shield(placing)
        if error is not None:
            raise error

    async def rejoin(self, request_id: RequestId) -> bool:
        """Takes up the request's call that goes on at the server, with a new connection.

        For a doctor whose program has ended within a call. False: there is none.

        Raises:
            CallRunning: another call is on.
            BackendError: the server cannot be asked.
        """
        self._refuse_second()
        await self._goodbyes.settle(request_id)
        calls = await self.attempts(request_id)
        active = next((call for call in calls if call.state is CallState.ACTIVE), None)
        if active is None:
            return False
        progress = self._new_progress(request_id, CallPhase.CONNECTING)
        self._begin(active, progress, is_rejoined=True)
        return True

    async def hang_up(self) -> None:
        """The call is over at once; the server is told as soon as it can be."""
        live = self.live
        if self._progress is None or live is None or not live.is_on:
            return
        end = CallEnd.CANCELLED if live.answered_at is None else CallEnd.BY_DOCTOR
        running = self._present
        if running is None:  # the answer to the order will find it over
            self._progress.over(end)
        else:
            self._goodbyes.say(running.call)
            running.end(end)

    async def extend(self) -> None:
        """More time for the consultation, as much as its route's data say (DRC-8).

        Of two orders that come together one counts. Raises BackendError.
        """
        live = self.live
        if live is None or live.call_id is None or live.clock is None or not live.is_on:
            return
        try:
            call = await self._backend.extend(live.request_id, live.call_id, live.clock.ends_at)
        except Conflict as error:
            if error.code is not ProblemCode.STALE_VERSION:
                raise
        else:
            self.hear_call(call)

    async def set_microphone(self, on: bool) -> None:
        """Whether our sound is sent, in this call."""
        if (live := self.live) is not None:
            await self._switch(live, microphone=on, camera=live.camera_on)

    async def set_camera(self, on: bool) -> None:
        """Whether our picture is sent, in this call."""
        if (live := self.live) is not None:
            await self._switch(live, microphone=live.microphone_on, camera=on)

    async def choose_devices(self, devices: DeviceNames) -> None:
        """Those of the call that is on, and of the next ones; what is off stays off."""
        self.settings = self.settings.using(devices)
        if (running := self._present) is not None:
            await running.choose(devices)

    async def close(self) -> None:
        """Hangs up and ends all that runs; the server is told if that is quick."""
        await self.hang_up()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS_S):
                await self._tasks.finish()
                await self._goodbyes.finish()
        await self._tasks.close()
        await self._goodbyes.close()

    # what the server tells

    def hear_event(self, event: CentreEvent) -> None:
        """The road in, from the event stream."""
        if isinstance(event, CallChanged):
            self.hear_call(event.call)
        elif isinstance(event, CallSignalled):
            self.hear_signal(event.request_id, event.signal)

    def hear_call(self, call: Call) -> None:
        """A call of any request is another now."""
        tell(self.attempt_changed, call)
        running = self._present
        if running is not None and running.call.id == call.id:
            running.hear(call)
        elif (live := self.live) is not None and live.phase is CallPhase.PLACING:
            self._heard[call.id] = call

    def hear_signal(self, request_id: RequestId, signal: Signal) -> None:
        """The patient's page has sent something in one of our calls."""
        running = self._present
        if running is not None and running.call.request_id == request_id:
            running.hear_signal(signal)

    def missed_something(self) -> None:
        """What came before this may be incomplete."""
        self._goodbyes.try_now()
        if self._present is not None:
            self._present.missed_something()

    # the course of a call

    async def _place(self, progress: CallProgress) -> BackendError | None:
        request_id, asked_at = progress.live.request_id, self._now()
        key = await self._goodbyes.settle(request_id) or str(uuid.uuid4())
        try:
            call = await self._backend.place(request_id, key=key)
        except BackendError as error:
            logger.info("request %s: no call: %s", request_id, type(error).__name__)
            if error.is_temporary:
                self._goodbyes.withdraw(request_id, asked_at, key)
            return self._not_placed(progress, error)
        if progress.live.is_on:
            self._begin(call, progress)
        else:
            self._goodbyes.say(call)
        return None

    def _not_placed(self, progress: CallProgress, error: BackendError) -> BackendError | None:
        """The doctor who has hung up meanwhile does not need to know."""
        if not progress.live.is_on:
            return None
        progress.over(CallEnd.NOT_PLACED, error)
        return error

    def _begin(self, call: Call, progress: CallProgress, *, is_rejoined: bool = False) -> None:
        running = RunningCall(call, self.settings, progress, self._doors, is_rejoined=is_rejoined)
        self._running = running
        progress.placed(call)
        running.hear(self._heard.pop(call.id, call))
        self._heard.clear()
        self._tasks.start(running.run(), "call")

    @property
    def _present(self) -> RunningCall | None:
        """The call of `live`; an earlier one may still be freeing the devices."""
        running = self._running
        return running if running is not None and running.progress is self._progress else None

    def _new_progress(self, request_id: RequestId, phase: CallPhase) -> CallProgress:
        self._refuse_second()
        self._heard.clear()
        live = LiveCall(
            request_id,
            phase,
            microphone_on=self.settings.audio,
            camera_on=self.settings.video,
        )
        self._progress = CallProgress(live, self.changed, self._monotonic)
        return self._progress

    def _refuse_second(self) -> None:
        if (live := self.live) is not None and live.is_on:
            raise CallRunning

    async def _switch(self, live: LiveCall, *, microphone: bool, camera: bool) -> None:
        if (running := self._present) is not None:
            await running.switch(microphone=microphone, camera=camera)
        elif self._progress is not None:
            self._progress.become(replace(live, microphone_on=microphone, camera_on=camera))
