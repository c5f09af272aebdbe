"""Watches one connection: whether the patient's sound and picture come, and when it is lost."""

from collections.abc import Callable
from typing import Protocol

from workstation.core.call_media import (
    CallFrame,
    CallState,
    CallStats,
    MediaState,
    Receiving,
    Sending,
)
from workstation.core.live_call import Recovery
from workstation.media.errors import MediaStopped
from workstation.services.background import Alarm
from workstation.services.call_doors import MediaLink

SILENT_S = 1.5
"""After the connection has told of silence (`CallSettings.silence_s`)."""


class Watching(Protocol):
    """Who is told."""

    def lost(self, reason: Recovery) -> None:
        """The connection must be made again; may be told more than once."""

    def receiving(self, *, is_on: bool) -> None:
        """Sound or picture comes, or has ceased to come."""

    def talking(self) -> None:
        """The connection stands, and what the patient sends is there."""


class MediaWatch:
    """From `start` to `stop` of one connection."""

    def __init__(self, link: MediaLink, silence: Alarm, told: Watching) -> None:
        self._link = link
        self._silence = silence
        self._told = told
        self._patient: MediaState | None = None
        self._is_up = False
        self._has_come = False
        self._is_silent = False
        self._unsubscribe: list[Callable[[], None]] = []

    def start(self) -> None:
        """Watches from now on."""
        link = self._link
        self._unsubscribe = [
            link.state_changed.subscribe(self._state),
            link.stopped.subscribe(self._stopped),
            link.remote_frame.subscribe(self._frame),
            link.stats.subscribe(self._stats),
            link.receiving_changed.subscribe(self._receiving),
        ]

    def stop(self) -> None:
        """Tells no more."""
        self._silence.call_off()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    def patient_sends(self, media: MediaState | None) -> None:
        """What the page says that it sends: the silence of who sends nothing is no loss."""
        self._patient = media
        self._look()

    @property
    def _is_expected(self) -> bool:
        media = self._patient
        return media is None or Sending.ON in (media.audio, media.video)

    def _state(self, state: CallState) -> None:
        if state in (CallState.FAILED, CallState.CLOSED):
            self._told.lost(Recovery.LINK_LOST)
        self._is_up = state is CallState.CONNECTED
        self._look()

    def _stopped(self, _: MediaStopped) -> None:
        self._told.lost(Recovery.MEDIA_RESTARTED)

    def _frame(self, _: CallFrame) -> None:
        self._came()

    def _stats(self, stats: CallStats) -> None:
        if stats.frames_received or stats.audio_received.chunks:
            self._came()

    def _came(self) -> None:
        if not self._has_come:
            self._has_come = True
            self._told.receiving(is_on=True)
            self._look()

    def _receiving(self, receiving: Receiving) -> None:
        self._is_silent = not receiving.flowing
        self._has_come = self._has_come or receiving.flowing
        self._told.receiving(is_on=receiving.flowing)
        self._look()

    def _look(self) -> None:
        comes = self._has_come and not self._is_silent
        if self._is_up and (comes or not self._is_expected):
            self._told.talking()
        if not self._is_silent or not self._is_expected:
            self._silence.call_off()
        elif not self._silence.is_set:
            self._silence.set(SILENT_S, lambda: self._told.lost(Recovery.LINK_LOST))
