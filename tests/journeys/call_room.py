"""A call by the real service, over a road that can be cut: server, media process, Chromium.

Where the road is cut, nothing gets through: neither sound and picture nor what the two sides write
to the server.
"""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from backend_client.calls import CallsResource
from backend_client.client import BackendClient
from backend_client.errors import Unreachable
from backend_client.models.calls import Call, CallId, Signal, SignalKind
from backend_client.models.common import RequestId
from backend_client.models.events import CallChanged, CallSignalled
from backend_client.models.relays import IceServers
from tests.journeys.bad_link import BadLink, Weather, bad_link
from tests.journeys.chromium import chromium
from tests.journeys.doctor import Doctor, Server, lasting_events, signed_in
from tests.journeys.patient import Patient
from tests.unit.media.two_sides import engines, told
from workstation.core.call_media import CallFrame, CallSettings
from workstation.core.live_call import CallPhase, LiveCall
from workstation.media.engine import MediaEngine
from workstation.services.calls import CallService

PATIENCE_S: Final = 90.0
_LOOK_EVERY_S: Final = 0.02
_ONES: Final = 1000
_WATCH: Final = """(() => {
  window.seen = [];
  window.saidLost = null;
  const video = document.getElementById("remote");
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  const see = () => { window.seen.push(now()); video.requestVideoFrameCallback(see); };
  video.requestVideoFrameCallback(see);
  new MutationObserver(() => {
    if (window.saidLost === null && document.body.innerText.includes("Связь прервалась"))
      window.saidLost = now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true,
                              attributes: true });
})()"""


class CallsOverLink:
    """The server as the service sees it: descriptions lead over the link, a cut reaches none."""

    def __init__(self, calls: CallsResource, link: BadLink) -> None:
        self._calls = calls
        self._link = link

    async def attempts(self, request_id: RequestId) -> list[Call]:
        self._look()
        return await self._calls.attempts(request_id)

    async def place(self, request_id: RequestId, *, key: str | None = None) -> Call:
        self._look()
        return await self._calls.place(request_id, key=key)

    async def hang_up(self, request_id: RequestId, call_id: CallId) -> Call:
        self._look()
        return await self._calls.hang_up(request_id, call_id)

    async def reconnect(self, request_id: RequestId, call_id: CallId) -> Call:
        self._look()
        return await self._calls.reconnect(request_id, call_id)

    async def extend(self, request_id: RequestId, call_id: CallId, ends_at: datetime) -> Call:
        self._look()
        return await self._calls.extend(request_id, call_id, ends_at)

    async def ice_servers(self) -> IceServers:
        self._look()
        return await self._calls.ice_servers()

    async def send_signal(
        self,
        request_id: RequestId,
        call_id: CallId,
        kind: SignalKind,
        connection: int,
        payload: str,
    ) -> Signal:
        self._look()
        if kind is SignalKind.OFFER:
            payload = await self._led(payload, "doctor")
        return await self._calls.send_signal(request_id, call_id, kind, connection, payload)

    async def signals(self, request_id: RequestId, call_id: CallId, after: int = 0) -> list[Signal]:
        self._look()
        found = await self._calls.signals(request_id, call_id, after)
        return [await self.arriving(one) for one in found]

    async def arriving(self, signal: Signal) -> Signal:
        """What the page has sent, its answer leading over the link."""
        if signal.kind is not SignalKind.ANSWER:
            return signal
        return msgspec.structs.replace(signal, payload=await self._led(signal.payload, "patient"))

    def _look(self) -> None:
        if self._link.weather.is_cut:
            raise Unreachable

    async def _led(self, payload: str, way: str) -> str:
        words = json.loads(payload)
        return json.dumps({**words, "sdp": await self._link.through(words["sdp"], way)})


class CallRoom:
    """Doctor and patient with everything between them; moments are seconds of `time.time`."""

    def __init__(
        self, doctor: Doctor, patient: Patient, engine: MediaEngine, link: BadLink
    ) -> None:
        self.doctor = doctor
        self.patient = patient
        self.engine = engine
        self.link = link
        self.frames: list[float] = []
        """When each picture of the patient came to the window."""
        self.phases: list[tuple[float, CallPhase]] = []
        self._backend = CallsOverLink(doctor.client.calls, link)
        self.calls = CallService(self._backend, engine, lambda: datetime.now(UTC))
        self.calls.remote_frame.subscribe(self._see)
        self.calls.changed.subscribe(self._note)

    @property
    def request_id(self) -> RequestId:
        """Of the case in hand."""
        return RequestId(self.doctor.card.row.id)

    @property
    def live(self) -> LiveCall:
        """The call now."""
        assert self.calls.live is not None
        return self.calls.live

    async def talk(self, settings: CallSettings) -> None:
        """Calls; the patient answers; both see each other."""
        self.calls.settings = settings
        await self.calls.place(self.request_id)
        await self.patient.page.evaluate(_WATCH)
        await self.patient.answer()
        await self.until(lambda live: live.phase is CallPhase.TALKING)
        await self.both_see(time.time())

    async def end(self) -> None:
        """Hangs up; the patient's page says that it is over."""
        await self.calls.hang_up()
        await self.until(lambda live: live.phase is CallPhase.OVER)
        await self.patient.says("Врач пишет заключение")

    async def until(self, holds: Callable[[LiveCall], bool]) -> LiveCall:
        """Waits until the call is so."""
        if self.calls.live is not None and holds(self.calls.live):
            return self.calls.live
        return await told(self.calls.changed, holds)

    async def both_see(self, after: float, count: int = 5) -> tuple[float, float]:
        """When the doctor, and when the patient, saw the first of `count` pictures since then."""
        at_doctor = await self._seen(self.doctor_frames, after, count)
        at_patient = await self._seen(self.patient_frames, after, count)
        return at_doctor, at_patient

    async def doctor_frames(self) -> Sequence[float]:
        """Moments of all pictures of the patient so far."""
        return list(self.frames)

    async def patient_frames(self) -> Sequence[float]:
        """Moments of the pictures of the doctor that the page has shown lately."""
        found: list[float] = await self.patient.page.evaluate(f"window.seen.slice(-{_ONES})")
        return found

    async def patient_was_told(self) -> float | None:
        """When the page first said since `talk` that the connection is lost."""
        moment: float | None = await self.patient.page.evaluate("window.saidLost")
        return moment

    def doctor_was_told(self, after: float) -> float | None:
        """When the window first said since then that the connection is lost."""
        lost = (at for at, phase in self.phases if phase is CallPhase.RECOVERING and at > after)
        return next(lost, None)

    async def cut(self) -> float:
        """Nothing gets through from now on, for either side."""
        await self.patient.page.line(offline=True)
        self.link.change(is_cut=True)
        return time.time()

    async def mend(self) -> float:
        """Everything gets through again; the doctor's program finds the server within a second."""
        await self.patient.page.line()
        self.link.change(is_cut=False)
        self.calls.missed_something()
        return time.time()

    async def move(self) -> float:
        """One side has another address: what the connection was made of is void."""
        self.link.move()
        return time.time()

    def sleep(self, seconds: float) -> float:
        """The doctor's computer sleeps: window, media process and the road to it stand still. When
        it woke up."""
        assert self.engine.pid is not None
        os.kill(self.engine.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self.engine.pid, signal.SIGCONT)
        return time.time()

    async def hear(self, client: BackendClient) -> None:
        """The server's events, as the sync service brings them; a cut lets none through."""
        async for event in lasting_events(client, self.calls.missed_something):
            if self.link.weather.is_cut:
                continue
            if isinstance(event, CallSignalled):
                event = msgspec.structs.replace(
                    event, signal=await self._backend.arriving(event.signal)
                )
            if isinstance(event, CallChanged | CallSignalled):
                self.calls.hear_event(event)

    def _see(self, _: CallFrame) -> None:
        self.frames.append(time.time())

    def _note(self, live: LiveCall) -> None:
        if not self.phases or self.phases[-1][1] is not live.phase:
            self.phases.append((time.time(), live.phase))

    async def _seen(
        self, frames: Callable[[], Awaitable[Sequence[float]]], after: float, count: int
    ) -> float:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                new = [moment for moment in await frames() if moment > after]
                if len(new) >= count:
                    return new[0]
                await asyncio.sleep(_LOOK_EVERY_S)


@asynccontextmanager
async def call_room(server: Server, folder: Path) -> AsyncIterator[CallRoom]:
    """A doctor with a case whose patient waits in the lobby; all ended afterwards."""
    async with (
        bad_link(Weather()) as link,
        signed_in(server) as doctor,
        chromium(folder / "profile") as browser,
        engines(1) as (engine,),
    ):
        patient = await Patient.open(browser, await doctor.take())
        await doctor.propose()
        await patient.accept_time()
        room = CallRoom(doctor, patient, engine, link)
        hearing = asyncio.ensure_future(room.hear(doctor.client))
        try:
            yield room
        finally:
            await room.calls.close()
            hearing.cancel()
            await asyncio.wait([hearing])
