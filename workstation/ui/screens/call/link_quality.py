"""Whether a call's link is good or weak, per side, from the figures of once a second."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.core.call_media import CallStats, Sending
from workstation.core.live_call import CallPhase, LiveCall

LEAST_FPS: Final = 15.0
"""Pictures a second, below which movement is seen to stutter."""
MOST_LOST: Final = 8
"""Packets lost a second; a call sends 100 to 200."""
SLOWEST_MS: Final = 500.0
"""There and back; people begin to interrupt each other."""
_STEADY: Final = 3
"""So many seconds in a row make a change: one bad second is no weak link."""


class Quality(Enum):
    """What is said of a link."""

    UNKNOWN = "unknown"
    GOOD = "good"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class SideLink:
    """One side's link: what it is worth, and the picture that comes over it."""

    quality: Quality = Quality.UNKNOWN
    has_picture: bool = False
    width: int = 0
    height: int = 0
    fps: int = 0


class LinkWatch:
    """Takes every state of a call and says what both links are worth now."""

    def __init__(self) -> None:
        self.patient, self.own = SideLink(), SideLink()
        self._connection: tuple[object, ...] = ()
        self._last: CallStats | None = None
        self._patient, self._own = _Steady(), _Steady()

    def feed(self, live: LiveCall | None, sent_size: tuple[int, int]) -> None:
        """`sent_size`: width and height of our picture in pixels, where the call does not say with
        which ones it goes out."""
        on_air = live is not None and live.phase in (CallPhase.TALKING, CallPhase.RECOVERING)
        if live is None or not on_air:
            self._begin(())
            return
        if self._connection != (connection := (live.request_id, live.call_id, live.recoveries)):
            self._begin(connection)
        stats, last = live.stats, self._last
        if stats is None or stats is last or live.phase is CallPhase.RECOVERING:
            return
        self._last = stats
        if last is not None and stats.up_s > last.up_s:
            self._measure(live, stats, last, sent_size)

    def _begin(self, connection: tuple[object, ...]) -> None:
        self._connection, self._last = connection, None
        self.patient, self.own = SideLink(), SideLink()
        self._patient, self._own = _Steady(), _Steady()

    def _measure(
        self, live: LiveCall, now: CallStats, last: CallStats, sent_size: tuple[int, int]
    ) -> None:
        span = now.up_s - last.up_s
        lost = max(0, now.packets_lost - last.packets_lost) / span
        slow = now.round_trip_ms is not None and now.round_trip_ms > SLOWEST_MS
        shows = live.remote_media is None or live.remote_media.video is Sending.ON
        has_picture = shows and now.width > 0
        poor = lost >= MOST_LOST or not live.is_receiving
        poor = poor or (has_picture and now.fps_received < LEAST_FPS)
        self.patient = SideLink(
            self._patient.take(poor), has_picture, now.width, now.height, round(now.fps_received)
        )
        sends = live.camera_on
        fps = max(0, now.frames_sent - last.frames_sent) / span
        weak = slow or (sends and fps < LEAST_FPS)
        size = now.sent_size if all(now.sent_size) else sent_size
        self.own = SideLink(self._own.take(weak), sends and fps > 0, *size, round(fps))


class _Steady:
    """Changes its mind only when the same was seen a few times in a row."""

    def __init__(self) -> None:
        self._quality = Quality.UNKNOWN
        self._other = 0

    def take(self, is_poor: bool) -> Quality:
        seen = Quality.WEAK if is_poor else Quality.GOOD
        if self._quality is Quality.UNKNOWN and seen is Quality.GOOD:
            self._quality = seen
        self._other = self._other + 1 if seen is not self._quality else 0
        if self._other >= _STEADY:
            self._quality, self._other = seen, 0
        return self._quality
