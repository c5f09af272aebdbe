"""A doctor's call with a scripted server, page and media process; time passes when a test says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.calls import (
    Call,
    CallId,
    CallState,
    Channel,
    Signal,
    SignalKind,
)
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.events import CallChanged, CallSignalled
from backend_client.models.messages import Side
from backend_client.models.relays import IceServers
from tests.factories import NOW
from workstation.core import call_media
from workstation.core.call_media import (
    CallFrame,
    CallSettings,
    CallStats,
    DeviceNames,
    DeviceNote,
    Heard,
    MediaState,
    Receiving,
    SessionDescription,
)
from workstation.core.live_call import CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.media.errors import BadDescription, MediaStopped, NotPossibleNow
from workstation.services.calls import CallService

ONE = RequestId("request-1")
TWO = RequestId("request-2")
RINGS_S = 45
QUIET = Heard(chunks=0, level_dbfs=-100, pitch_hz=0)


def make_call(attempt: int = 1, state: CallState = CallState.RINGING, **changes: object) -> Call:
    """A call of request ONE, placed now."""
    call = Call(
        id=CallId(f"call-{attempt}"),
        request_id=ONE,
        doctor_id=UserId("user-1"),
        doctor_name="Левашова М. О.",
        attempt=attempt,
        state=state,
        channel=None,
        connection=1,
        placed_at=NOW,
        rings_until=NOW + timedelta(seconds=RINGS_S),
        answered_at=None,
        ended_at=None,
        ended_by=None,
    )
    return msgspec.structs.replace(call, **changes)


def make_stats(**changes: int) -> CallStats:
    """Figures of a connection over which nothing has come, but for the changes."""
    return CallStats(
        up_s=1,
        first_frame_s=None,
        frames_received=changes.get("frames_received", 0),
        frames_shown=0,
        frames_sent=0,
        fps_received=0,
        width=0,
        height=0,
        audio_received=Heard(changes.get("chunks", 0), -100, 0),
        audio_sent=QUIET,
        played_ms=0,
        unplayed_ms=0,
        bytes_received=0,
        bytes_sent=0,
        packets_lost=0,
        round_trip_ms=None,
        refused_messages=0,
        cpu_share=0,
        stall_ms=0,
    )


def make_frame(number: int = 1) -> CallFrame:
    """One grey pixel."""
    return CallFrame(memoryview(b"\x80\x80\x80\xff"), 1, 1, number, 0.0)


class Time:
    """A clock whose sleepers wake in their order when it is moved on."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """By the server."""
        return NOW + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        """Seconds."""
        return self.passed

    async def sleep(self, seconds: float) -> None:
        """As asyncio.sleep."""
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        sleeper = (self.passed + seconds, waking)
        self._sleepers.append(sleeper)
        try:
            await waking
        finally:
            self._sleepers.remove(sleeper)

    async def move(self, seconds: float) -> None:
        """So much time passes; all who wake meanwhile have their turns."""
        end = self.passed + seconds
        await settle()
        while due := [one for one in self._sleepers if one[0] <= end]:
            at, waking = min(due, key=lambda one: one[0])
            self.passed = max(self.passed, at)
            waking.set_result(None)
            await settle()
        self.passed = end
        await settle()


async def settle() -> None:
    """Everybody has their turns."""
    for _ in range(40):
        await asyncio.sleep(0)


class FakeLink:
    """A connection of which the test says what happens."""

    def __init__(self, settings: CallSettings, number: int) -> None:
        self.state_changed: Event[call_media.CallState] = Event()
        self.remote_frame: Event[CallFrame] = Event()
        self.local_frame: Event[CallFrame] = Event()
        self.remote_media_changed: Event[MediaState] = Event()
        self.receiving_changed: Event[Receiving] = Event()
        self.stats: Event[CallStats] = Event()
        self.devices_missing: Event[DeviceNote] = Event()
        self.stopped: Event[MediaStopped] = Event()
        self.settings = settings
        self.number = number
        self.did: list[str] = []
        self.muted: list[tuple[bool, bool]] = []
        """Sound and picture, at each call."""
        self.used: list[DeviceNames] = []
        self.accepted: list[str] = []
        self.is_bad: set[str] = set()
        """Answers that are of no use."""
        self.may_open = asyncio.Event()
        self.may_open.set()
        self.error: MediaStopped | NotPossibleNow | None = None

    @property
    def is_open(self) -> bool:
        """Whether camera and microphone are used."""
        return "open" in self.did and "hang_up" not in self.did and self.error is None

    async def open(self) -> None:
        """Opens the devices."""
        self._check()
        await self.may_open.wait()
        self._check()
        if "open" not in self.did:
            self.did.append("open")

    async def offer(self) -> SessionDescription:
        """An offer that names the link."""
        await self.open()
        self.did.append("offer")
        return SessionDescription("offer", f"offer of {self.number}")

    async def accept(self, answer: SessionDescription) -> None:
        """Takes what is not bad."""
        self._check()
        if answer.sdp in self.is_bad:
            raise BadDescription("no use")
        self.accepted.append(answer.sdp)

    async def set_muted(self, *, audio: bool, video: bool) -> None:
        """Remembers."""
        self._check()
        self.muted.append((audio, video))

    async def use_devices(self, devices: DeviceNames) -> None:
        """Remembers."""
        self._check()
        self.used.append(devices)

    async def hang_up(self) -> None:
        """Frees the devices."""
        if "hang_up" not in self.did:
            self.did.append("hang_up")
            self.error = self.error or NotPossibleNow("over")

    def connect(self) -> None:
        """It stands."""
        self.state_changed.emit(call_media.CallState.CONNECTED)

    def show(self, number: int = 1) -> None:
        """A picture of the patient."""
        self.remote_frame.emit(make_frame(number))

    def fail(self, state: call_media.CallState = call_media.CallState.FAILED) -> None:
        """It is lost."""
        self.state_changed.emit(state)

    def stop(self) -> None:
        """The process ends: as the real one tells it."""
        self.error = MediaStopped(-9)
        self.state_changed.emit(call_media.CallState.FAILED)
        self.stopped.emit(self.error)

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


class FakeTelephone:
    """Makes links and keeps them."""

    def __init__(self) -> None:
        self.links: list[FakeLink] = []
        self.is_broken = False
        """New links end at once."""

    def call(self, settings: CallSettings) -> FakeLink:
        """A new one."""
        link = FakeLink(settings, len(self.links) + 1)
        if self.is_broken:
            link.error = MediaStopped(1)
        self.links.append(link)
        return link

    @property
    def last(self) -> FakeLink:
        """The present one."""
        return self.links[-1]


class FakeCallsBackend:
    """The server's rules of a call, as far as the doctor sees them."""

    def __init__(self, time: Time) -> None:
        self.calls: list[Call] = []
        """Newest first."""
        self.asked: list[str] = []
        self.keys: list[str | None] = []
        self.sent: list[tuple[SignalKind, int, object]] = []
        self.pages: list[Signal] = []
        """What the patient's page has sent."""
        self.errors: dict[str, list[BackendError]] = {}
        """By the name of the call that fails, one each."""
        self.relays = IceServers(servers=[])
        self.loses_answers = False
        """Orders to ring are carried out, and their answers are lost."""
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._time = time

    @property
    def call(self) -> Call:
        """The newest."""
        return self.calls[0]

    def change(self, **changes: object) -> Call:
        """The newest call becomes another."""
        self.calls[0] = msgspec.structs.replace(self.calls[0], **changes)
        return self.calls[0]

    def fail_with(self, name: str, *errors: BackendError) -> None:
        """The next calls of that name fail."""
        self.errors.setdefault(name, []).extend(errors)

    def count(self, name: str) -> int:
        """How often it was asked."""
        return self.asked.count(name)

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """All."""
        await self._ask("attempts")
        return [call for call in self.calls if call.request_id == request_id]

    async def place(self, request_id: RequestId, *, key: str | None = None) -> Call:
        """Rings."""
        self.keys.append(key)
        await self._ask("place")
        attempt = len(self.calls) + 1
        rings_until = self._time.now() + timedelta(seconds=RINGS_S)
        times: dict[str, object] = {"placed_at": self._time.now(), "rings_until": rings_until}
        self.calls.insert(0, make_call(attempt, CallState.RINGING, request_id=request_id, **times))
        if self.loses_answers:
            raise Unreachable(may_have_arrived=True)
        return self.call

    async def hang_up(self, request_id: RequestId, call_id: CallId) -> Call:
        """Ends what is not over."""
        await self._ask("hang_up")
        rings = self.call.state is CallState.RINGING
        state = CallState.CANCELLED if rings else CallState.ENDED
        return self.change(state=state, ended_by=Side.DOCTOR)

    async def reconnect(self, request_id: RequestId, call_id: CallId) -> Call:
        """Counts up."""
        await self._ask("reconnect")
        if self.call.state is not CallState.ACTIVE:
            raise Conflict(ProblemCode.CALL_OVER)
        self.pages.clear()
        return self.change(connection=self.call.connection + 1)

    async def extend(self, request_id: RequestId, call_id: CallId, ends_at: datetime) -> Call:
        """Ten minutes more."""
        await self._ask("extend")
        clock = self.call.clock
        if clock is None or clock.ends_at != ends_at:
            raise Conflict(ProblemCode.STALE_VERSION)
        longer = msgspec.structs.replace(clock, ends_at=ends_at + timedelta(minutes=10))
        return self.change(clock=longer)

    async def ice_servers(self) -> IceServers:
        """As the test has set it."""
        await self._ask("ice_servers")
        return self.relays

    async def send_signal(
        self,
        request_id: RequestId,
        call_id: CallId,
        kind: SignalKind,
        connection: int,
        payload: str,
    ) -> Signal:
        """Takes those of the present connection."""
        await self._ask("send_signal")
        if connection != self.call.connection:
            raise Conflict(ProblemCode.STALE_VERSION)
        self.sent.append((kind, connection, json.loads(payload)))
        return make_signal(len(self.sent), kind, payload, connection, Side.DOCTOR)

    async def signals(self, request_id: RequestId, call_id: CallId, after: int = 0) -> list[Signal]:
        """Of the page."""
        await self._ask("signals")
        return [one for one in self.pages if one.number > after]

    async def _ask(self, name: str) -> None:
        self.asked.append(name)
        await self.may_answer.wait()
        if self.errors.get(name):
            raise self.errors[name].pop(0)


def make_signal(
    number: int,
    kind: SignalKind,
    payload: str,
    connection: int = 1,
    side: Side = Side.PATIENT,
    call_id: str = "call-1",
) -> Signal:
    """As the server hands it on."""
    return Signal(
        number=number,
        call_id=CallId(call_id),
        side=side,
        kind=kind,
        connection=connection,
        payload=payload,
    )


class Scene:
    """The service, what it works with, and what it has told."""

    def __init__(self) -> None:
        self.time = Time()
        self.backend = FakeCallsBackend(self.time)
        self.telephone = FakeTelephone()
        self.service = CallService(
            self.backend,
            self.telephone,
            self.time.now,
            self.time.sleep,
            jitter=lambda: 1.0,
            monotonic=self.time.monotonic,
        )
        self.told: list[LiveCall] = []
        self.remote: list[int] = []
        self.local: list[int] = []
        self.service.changed.subscribe(self.told.append)
        self.service.remote_frame.subscribe(lambda frame: self.remote.append(frame.number))
        self.service.local_frame.subscribe(lambda frame: self.local.append(frame.number))
        self._signals = 0
        self._seq = 100

    @property
    def live(self) -> LiveCall:
        """The call."""
        assert self.service.live is not None
        return self.service.live

    @property
    def link(self) -> FakeLink:
        """The present connection."""
        return self.telephone.last

    def is_in(self, phase: CallPhase) -> bool:
        """Where the call stands."""
        return self.live.phase is phase

    @property
    def phases(self) -> list[CallPhase]:
        """All that were told, each once in a row."""
        phases: list[CallPhase] = []
        for live in self.told:
            if not phases or phases[-1] is not live.phase:
                phases.append(live.phase)
        return phases

    @property
    def offers(self) -> list[tuple[int, object]]:
        """Connection and SDP of each offer that was sent."""
        return [
            (connection, payload["sdp"])
            for kind, connection, payload in self.backend.sent
            if kind is SignalKind.OFFER and isinstance(payload, dict)
        ]

    @property
    def media(self) -> list[object]:
        """What was told of our microphone and camera."""
        return [payload for kind, _, payload in self.backend.sent if kind is SignalKind.MEDIA]

    async def ring(self) -> None:
        """The doctor calls, and it rings."""
        await self.service.place(ONE)
        await settle()

    async def answer(self, channel: Channel = Channel.VIDEO) -> None:
        """The patient takes the call; the server tells."""
        self.backend.change(state=CallState.ACTIVE, channel=channel, answered_at=self.time.now())
        await self.hear_call()

    async def end(self, state: CallState, by: Side | None = None) -> None:
        """The call ends at the server, which tells."""
        self.backend.change(state=state, ended_by=by)
        await self.hear_call()

    async def hear_call(self) -> None:
        """The server tells how the newest call stands."""
        self._seq += 1
        event = CallChanged(
            seq=self._seq, prev=self._seq - 1, request_id=ONE, call=self.backend.call
        )
        self.service.hear_event(event)
        await settle()

    def write(self, kind: SignalKind, payload: object, connection: int | None = None) -> Signal:
        """The page sends something: kept at the server, not told yet."""
        self._signals += 1
        number = connection or self.backend.call.connection
        text = payload if isinstance(payload, str) else json.dumps(payload)
        signal = make_signal(self._signals, kind, text, number, call_id=self.backend.call.id)
        self.backend.pages.append(signal)
        return signal

    async def say(self, kind: SignalKind, payload: object, connection: int | None = None) -> Signal:
        """The page sends something, and the server tells."""
        signal = self.write(kind, payload, connection)
        await self.hear_signal(signal)
        return signal

    async def hear_signal(self, signal: Signal) -> None:
        """The server tells of a signal."""
        self._seq += 1
        event = CallSignalled(seq=self._seq, prev=self._seq - 1, request_id=ONE, signal=signal)
        self.service.hear_event(event)
        await settle()

    async def describe(self, sdp: str = "answer") -> None:
        """The page answers our offer, and says that it sends all."""
        await self.say(SignalKind.ANSWER, {"type": "answer", "sdp": sdp})
        await self.say(SignalKind.MEDIA, {"microphone": True, "camera": True})

    async def call_back(self) -> None:
        """The page was opened again, or has lost the connection."""
        await self.say(SignalKind.RECONNECT, {})

    async def connect(self) -> None:
        """The page answers, the connection stands, the first picture comes."""
        await self.describe()
        self.link.connect()
        self.link.show()
        await settle()

    async def talk(self, channel: Channel = Channel.VIDEO) -> None:
        """A call in full course."""
        await self.ring()
        await self.answer(channel)
        await self.connect()


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    """A service that is closed afterwards and leaves nothing."""
    made = Scene()
    try:
        yield made
    finally:
        made.backend.may_answer.set()
        made.backend.errors.clear()
        await made.service.close()
