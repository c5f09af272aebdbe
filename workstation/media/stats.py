"""The figures of a connection, once a second."""

import time
from dataclasses import dataclass

from aiortc import RTCPeerConnection
from aiortc.stats import RTCRemoteInboundRtpStreamStats, RTCStatsReport

from workstation.core.call_media import CallStats
from workstation.media.picture_plan import PicturePlan
from workstation.media.received import Received, milliseconds
from workstation.media.sound_buffer import Tally
from workstation.media.stalls import StallWatch
from workstation.media.state_channel import StateChannel
from workstation.media.tracks import OutgoingPicture, OutgoingSound


@dataclass(frozen=True, slots=True)
class Traffic:
    """What aiortc counts."""

    bytes_received: int = 0
    bytes_sent: int = 0
    packets_lost: int = 0
    round_trip_ms: float | None = None


class Figures:
    """Looks at the parts of one connection."""

    def __init__(
        self,
        connection: RTCPeerConnection,
        received: Received,
        picture: OutgoingPicture,
        sound: OutgoingSound,
        channel: StateChannel,
        stalls: StallWatch,
    ) -> None:
        self.described_at: float | None = None
        self.plan: PicturePlan | None = None
        """How our picture goes out; None where aiortc decides."""
        self._connection = connection
        self._received = received
        self._picture = picture
        self._sound = sound
        self._channel = channel
        self._stalls = stalls
        self._began = self._last = time.monotonic()
        self._last_cpu = time.process_time()
        self._last_frames = 0

    async def take(self, shown: int) -> CallStats:
        """The figures since they were last taken; `shown` pictures went to the window."""
        traffic = _traffic(await self._connection.getStats())
        received = self._received
        fps, cpu = self._rates()
        sound = received.sound
        tally = Tally() if sound is None else sound.tally
        plan = self.plan
        return CallStats(
            up_s=self._last - self._began,
            first_frame_s=self._first_frame_s(),
            frames_received=received.frames,
            frames_shown=shown,
            frames_sent=self._picture.sent if plan is None else plan.pictures,
            sent_size=(0, 0) if plan is None else plan.size,
            fps_received=fps,
            width=received.size[0],
            height=received.size[1],
            audio_received=received.meter.take(),
            audio_sent=self._sound.meter.take(),
            played_ms=milliseconds(received.played_samples),
            unplayed_ms=milliseconds(received.unplayed_samples),
            bytes_received=traffic.bytes_received,
            bytes_sent=traffic.bytes_sent,
            packets_lost=traffic.packets_lost,
            round_trip_ms=traffic.round_trip_ms,
            refused_messages=self._channel.refused,
            cpu_share=cpu,
            stall_ms=self._stalls.take_lately_s() * 1000,
            frame_gap_ms=received.take_worst_gap_s() * 1000,
            sound_lag_ms=0 if sound is None else sound.lag_s(self._last) * 1000,
            sound_recovered=tally.recovered,
            sound_concealed=tally.concealed,
            sound_late=tally.late,
        )

    def _rates(self) -> tuple[float, float]:
        """Frames a second, and the process's share of a core, since the last time."""
        now, cpu, frames = time.monotonic(), time.process_time(), self._received.frames
        passed = max(now - self._last, 1e-3)
        rates = (frames - self._last_frames) / passed, (cpu - self._last_cpu) / passed
        self._last, self._last_cpu, self._last_frames = now, cpu, frames
        return rates

    def _first_frame_s(self) -> float | None:
        if self.described_at is None or self._received.first_frame_at is None:
            return None
        return self._received.first_frame_at - self.described_at


def _traffic(report: RTCStatsReport) -> Traffic:
    transports = [one for one in report.values() if one.type == "transport"]
    lost = sum(one.packetsLost for one in report.values() if one.type == "inbound-rtp")
    trips = [
        one.roundTripTime * 1000
        for one in report.values()
        if isinstance(one, RTCRemoteInboundRtpStreamStats) and one.roundTripTime is not None
    ]
    return Traffic(
        bytes_received=sum(one.bytesReceived for one in transports),
        bytes_sent=sum(one.bytesSent for one in transports),
        packets_lost=lost,
        round_trip_ms=max(trips, default=None),
    )
