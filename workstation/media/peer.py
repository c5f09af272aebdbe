"""One connection to one other side, in the media process."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCIceServer,
    RTCIceTransportPolicy,
    RTCPeerConnection,
    RTCSessionDescription,
)
from av import VideoFrame

from workstation.core.call_media import (
    CallSettings,
    CallState,
    Device,
    DeviceNames,
    DeviceNote,
    DeviceTrouble,
    MediaState,
    Sending,
    Source,
)
from workstation.media.descriptions import asking_for_copies, asking_to_begin_large, prefers_opus
from workstation.media.devices import Devices, DeviceSource
from workstation.media.errors import BadDescription, NotPossibleNow
from workstation.media.frame_ring import ReadyFrame, RingWriter
from workstation.media.incoming_sound import IncomingSound
from workstation.media.line_estimate import LineEstimate
from workstation.media.messages import (
    DeviceSaid,
    FrameReady,
    ReceivingSaid,
    RelaysSaid,
    RemoteMediaSaid,
    Said,
    StartCall,
    StateSaid,
    StatsSaid,
    Stream,
)
from workstation.media.opus import NoOpus
from workstation.media.picture_encoder import PictureEncoder
from workstation.media.picture_plan import PicturePlan
from workstation.media.received import Received, Watchdog
from workstation.media.relays import choose
from workstation.media.sdp_check import check_sdp
from workstation.media.sources import FrameSource, SyntheticSource
from workstation.media.stalls import StallWatch
from workstation.media.state_channel import LABEL, StateChannel
from workstation.media.stats import Figures
from workstation.media.tracks import OutgoingPicture, OutgoingSound

logger = logging.getLogger(__name__)

_STATES: Final = {
    "connecting": CallState.CONNECTING,
    "connected": CallState.CONNECTED,
    "failed": CallState.FAILED,
    "closed": CallState.CLOSED,
}
_FINAL: Final = (CallState.FAILED, CallState.CLOSED)
_DESCRIBE_S: Final = 8.0
_CLOSE_S: Final = 3.0
_STATS_EVERY_S: Final = 1.0


class Peer:
    """Sends our sound and picture, receives the other side's, and tells the window of both."""

    def __init__(
        self, start: StartCall, say: Callable[[Said], None], devices: Devices, stalls: StallWatch
    ) -> None:
        settings = start.settings
        self._call = start.call
        self._say = say
        self._settings = settings
        self._state = CallState.NEW
        self._is_on = {Device.MICROPHONE: settings.audio, Device.CAMERA: settings.video}
        self._missing: set[Device] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._rings = {
            Stream.REMOTE: RingWriter(start.remote, self._offers(Stream.REMOTE)),
            Stream.LOCAL: RingWriter(start.local, self._offers(Stream.LOCAL)),
        }
        self._source = self._make_source(devices)
        self._picture = OutgoingPicture(settings.width, settings.height, is_on=settings.video)
        self._sound = OutgoingSound(self._source, is_on=settings.audio)
        self._channel = StateChannel(
            self._media(), lambda media: self._say(RemoteMediaSaid(self._call, media))
        )
        self._received = Received(self._rings[Stream.REMOTE], self._source)
        self._line: LineEstimate | None = None
        self._configuration = _configuration(settings)
        self._connection = RTCPeerConnection(self._configuration)
        self._figures = Figures(
            self._connection, self._received, self._picture, self._sound, self._channel, stalls
        )
        self._connect_signals()
        self._source.start(self._captured)
        self._use()
        self._begin(self._tell_stats())

    async def offer(self) -> str:
        """Our side first, in SDP. Raises NotPossibleNow."""
        self._expect("stable", is_first=True)
        await self._add_tracks()
        self._channel.attach(self._connection.createDataChannel(LABEL))
        await self._connection.setLocalDescription(await self._connection.createOffer())
        return self._own_words()

    async def accept(self, sdp: str) -> None:
        """The other side's answer. Raises BadDescription, NotPossibleNow."""
        self._expect("have-local-offer")
        check_sdp(sdp)
        async with _strangers_words():
            await self._connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        self._described(sdp)

    async def answer(self, sdp: str) -> str:
        """Our answer to the other side's offer. Raises BadDescription, NotPossibleNow."""
        self._expect("stable", is_first=True)
        check_sdp(sdp)
        await self._add_tracks()
        async with _strangers_words():
            await self._connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
            await self._connection.setLocalDescription(await self._connection.createAnswer())
        self._described(sdp)
        return self._own_words()

    def set_muted(self, *, audio: bool, video: bool) -> None:
        """What is not to be sent from now on."""
        self._is_on = {Device.MICROPHONE: not audio, Device.CAMERA: not video}
        self._sound.switch(is_on=not audio)
        self._picture.switch(is_on=not video)
        self._use()
        self._channel.say(self._media())

    def use_devices(self, devices: DeviceNames) -> None:
        """Other ones from now on; what is not to be sent is not sent from them either."""
        self._source.choose(devices)

    def frame_taken(self, stream: Stream, freed: int | None) -> None:
        """The window has taken what that stream offered."""
        self._rings[stream].taken(freed)

    async def close(self) -> None:
        """Ends the connection and frees the devices."""
        for task in list(self._tasks):
            task.cancel()
        self._channel.close()
        self._received.close()
        self._source.stop()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._connection.close(), _CLOSE_S)

    # the connection

    def _connect_signals(self) -> None:
        self._connection.on("connectionstatechange", self._state_changed)
        self._connection.on("track", self._track_came)
        self._connection.on("datachannel", self._channel.attach)

    def _expect(self, signaling: str, *, is_first: bool = False) -> None:
        is_used = bool(self._connection.getTransceivers())
        if self._connection.signalingState != signaling or (is_first and is_used):
            raise NotPossibleNow("offers and answers came in a wrong order")

    async def _add_tracks(self) -> None:
        """The best road first: with the first track aiortc takes the servers that it knows then."""
        servers, reports = await choose(self._settings.ice_servers)
        self._configuration.iceServers = [
            RTCIceServer(list(one.urls), one.username or None, one.credential or None)
            for one in servers
        ]
        if reports:
            self._say(RelaysSaid(self._call, reports))
        self._expect("stable", is_first=True)  # asked twice meanwhile
        self._connection.addTrack(self._sound)
        self._connection.addTrack(self._picture)

    def _described(self, theirs: str) -> None:
        if prefers_opus(theirs):
            self._sound.encode()
        self._plan_picture()
        self._figures.described_at = time.monotonic()
        self._begin(self._limit_connecting())

    def _own_words(self) -> str:
        return asking_to_begin_large(asking_for_copies(self._connection.localDescription.sdp))

    def _plan_picture(self) -> None:
        """Size and rate by what line and processor bear."""
        for one in self._connection.getTransceivers():
            if one.kind == "video" and one.sender.track is self._picture:
                plan = PicturePlan(time.monotonic)
                if PictureEncoder.install(one, plan):
                    self._figures.plan = plan
                else:
                    logger.warning("aiortc is another: the picture's size is fixed")

    async def _limit_connecting(self) -> None:
        """aiortc may stay in "connecting" for ever."""
        await asyncio.sleep(self._settings.connect_s)
        if self._state in (CallState.NEW, CallState.CONNECTING):
            self._change(CallState.FAILED)

    def _state_changed(self) -> None:
        state = _STATES.get(self._connection.connectionState)
        if state is not None:
            self._change(state)

    def _change(self, state: CallState) -> None:
        if state is self._state or self._state in _FINAL:
            return
        self._state = state
        self._say(StateSaid(self._call, state))
        if state is CallState.CONNECTED:
            self._begin(self._watchdog().watch())

    def _watchdog(self) -> Watchdog:
        return Watchdog(
            self._received,
            self._settings.silence_s,
            lambda receiving: self._say(ReceivingSaid(self._call, receiving)),
        )

    def _track_came(self, track: MediaStreamTrack) -> None:
        if track.kind == "audio":
            self._hear_through_our_buffer(track)
        else:
            self._estimate_line(track)
        self._begin(self._received.read(track))

    def _estimate_line(self, track: MediaStreamTrack) -> None:
        for receiver in self._connection.getReceivers():
            if receiver.track is track:
                self._line = LineEstimate.install(receiver, time.monotonic)

    def _hear_through_our_buffer(self, track: MediaStreamTrack) -> None:
        """Where it cannot be, aiortc's own buffer goes on."""
        receivers = [one for one in self._connection.getReceivers() if one.track is track]
        with contextlib.suppress(NoOpus):
            sound = IncomingSound(self._received.hear, self._received.came)
            if receivers and sound.take_from(receivers[0]):
                self._received.sound = sound.buffer
                self._begin(sound.run())

    # our side

    def _make_source(self, devices: Devices) -> FrameSource:
        settings = self._settings
        if settings.source is Source.SYNTHETIC:
            return SyntheticSource(settings.width, settings.height, settings.frame_rate)
        return DeviceSource(devices, settings, self._note)

    def _captured(self, frame: VideoFrame, captured_s: float) -> None:
        if self._is_on[Device.CAMERA]:
            self._picture.offer(frame)
            self._rings[Stream.LOCAL].write(frame, captured_s)

    def _note(self, note: DeviceNote) -> None:
        if note.trouble is DeviceTrouble.NONE:
            self._missing.discard(note.device)
        else:
            self._missing.add(note.device)
        self._say(DeviceSaid(self._call, note))
        self._channel.say(self._media())

    def _media(self) -> MediaState:
        return MediaState(self._sending(Device.MICROPHONE), self._sending(Device.CAMERA))

    def _sending(self, device: Device) -> Sending:
        if device in self._missing:
            return Sending.MISSING
        return Sending.ON if self._is_on[device] else Sending.OFF

    def _use(self) -> None:
        self._source.use(
            camera=self._is_on[Device.CAMERA], microphone=self._is_on[Device.MICROPHONE]
        )

    # the window

    def _offers(self, stream: Stream) -> Callable[[ReadyFrame], None]:
        def offer(ready: ReadyFrame) -> None:
            where = (ready.slot, ready.width, ready.height)
            self._say(FrameReady(self._call, stream, *where, ready.count, ready.captured_s))

        return offer

    async def _tell_stats(self) -> None:
        while True:
            await asyncio.sleep(_STATS_EVERY_S)
            stats = await self._figures.take(self._rings[Stream.REMOTE].shown)
            if self._line is not None:
                self._line.note_lost(stats.packets_lost)
            self._say(StatsSaid(self._call, stats))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@asynccontextmanager
async def _strangers_words() -> AsyncIterator[None]:
    """Whatever aiortc makes of what a stranger wrote is a bad description."""
    try:
        async with asyncio.timeout(_DESCRIBE_S):
            yield
    except Exception as error:  # its parser raises nearly all there is
        raise BadDescription(f"cannot be used ({type(error).__name__})") from error


def _configuration(settings: CallSettings) -> RTCConfiguration:
    """Balanced bundling: with max-bundle aiortc puts candidates on the wrong media section."""
    policy = RTCIceTransportPolicy
    return RTCConfiguration(
        bundlePolicy=RTCBundlePolicy.BALANCED,
        iceTransportPolicy=policy.RELAY if settings.relay_only else policy.ALL,
    )
