"""What is shown of a call, kept as one state and told where it is another."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from backend_client.models.calls import Call, CallState, Channel, ConsultationClock
from backend_client.models.messages import Side
from workstation.core.call_media import (
    CallFrame,
    Device,
    DeviceNote,
    DeviceTrouble,
    MediaState,
)
from workstation.core.live_call import CallEnd, CallPhase, LiveCall, Recovery
from workstation.core.subscription import Event

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
Monotonic = Callable[[], float]

ENDS = {
    CallState.DECLINED: CallEnd.DECLINED,
    CallState.TIMED_OUT: CallEnd.TIMED_OUT,
    CallState.CANCELLED: CallEnd.CANCELLED,
}


def end_of(call: Call) -> CallEnd | None:
    """How a call of the server has ended; None: it has not."""
    if call.state is CallState.ENDED:
        return CallEnd.BY_PATIENT if call.ended_by is Side.PATIENT else CallEnd.BY_DOCTOR
    return ENDS.get(call.state)


def tell(event: Event[Value], value: Value) -> None:
    """Tells of something; a listener's mistake must not end the call."""
    try:
        event.emit(value)
    # Whatever a screen does wrong with it: the conversation goes on.
    except Exception:
        logger.exception("a listener of the call failed")


class CallProgress:
    """The state of one call, from the doctor's order to its end."""

    def __init__(self, live: LiveCall, changed: Event[LiveCall], monotonic: Monotonic) -> None:
        self.live = live
        self._changed = changed
        self._monotonic = monotonic
        self._ordered_at: float | None = None
        self._answered_at: float | None = None
        self._has_seen = False

    def begin(self) -> None:
        """The doctor calls now: it is told, and the first picture is timed from here."""
        self._ordered_at = self._monotonic()
        tell(self._changed, self.live)

    def become(self, live: LiveCall) -> None:
        """Takes the new state and tells of it where it is another. What is over stays so."""
        if live != self.live and self.live.is_on:
            self.live = live
            tell(self._changed, live)

    def placed(self, call: Call) -> None:
        """The server rings, or does already more."""
        placing = self.live.phase is CallPhase.PLACING
        self.become(
            replace(
                self.live,
                phase=CallPhase.RINGING if placing else self.live.phase,
                call_id=call.id,
                attempt=call.attempt,
                rings_until=call.rings_until,
            )
        )

    def answered(self, call: Call, *, is_heard_now: bool = True) -> None:
        """The patient has taken the call, by the channel of their choice (DRC-7).

        By text nothing of us is sent, and the talk is there at once. By voice alone our camera
        goes off, too; the doctor may turn it on.
        """
        if is_heard_now:
            self._answered_at = self._monotonic()
        by_text = call.channel is Channel.TEXT
        self.become(
            replace(
                self.live,
                phase=CallPhase.TALKING if by_text else CallPhase.CONNECTING,
                channel=call.channel,
                answered_at=call.answered_at,
                clock=call.clock,
                microphone_on=self.live.microphone_on and not by_text,
                camera_on=self.live.camera_on and call.channel not in (Channel.TEXT, Channel.AUDIO),
                missing={} if by_text else self.live.missing,
            )
        )

    def timed(self, clock: ConsultationClock | None) -> None:
        """The consultation ends at another time by now (DRC-8)."""
        self.become(replace(self.live, clock=clock))

    def recovering(self, reason: Recovery) -> None:
        """The connection is lost, for the moment."""
        self.become(
            replace(
                self.live,
                phase=CallPhase.RECOVERING,
                recovery=reason,
                is_receiving=False,
            )
        )

    def talking(self) -> None:
        """Something comes from the patient, or all that can come is there."""
        if self.live.phase is CallPhase.TALKING:
            return
        again = self.live.phase is CallPhase.RECOVERING
        count = self.live.recoveries + again
        self.become(replace(self.live, phase=CallPhase.TALKING, recoveries=count))

    def receiving(self, *, is_on: bool) -> None:
        """Sound or picture comes from the patient, or has ceased to come."""
        self.become(replace(self.live, is_receiving=is_on))

    def patient_sends(self, media: MediaState) -> None:
        """What the page says that it sends (SPB-20)."""
        self.become(replace(self.live, remote_media=media))

    def saw(self, _: CallFrame) -> None:
        """A picture of the patient: the first is timed."""
        if self._has_seen:
            return
        self._has_seen = True
        now = self._monotonic()
        self.become(
            replace(
                self.live,
                first_frame_s=_between(self._ordered_at, now),
                answer_to_frame_s=_between(self._answered_at, now),
            )
        )

    def noted(self, note: DeviceNote) -> None:
        """A device of ours is of no use, or is there again; a talk in writing needs none."""
        if self.live.channel is Channel.TEXT:
            return
        missing: dict[Device, DeviceTrouble] = {
            device: trouble
            for device, trouble in self.live.missing.items()
            if device is not note.device
        }
        if note.trouble is not DeviceTrouble.NONE:
            missing[note.device] = note.trouble
        devices = {**self.live.devices, note.device: note.name}
        self.become(replace(self.live, missing=missing, devices=devices))

    def over(self, end: CallEnd, problem: BaseException | None = None) -> None:
        """The call has ended."""
        self.become(
            replace(self.live, phase=CallPhase.OVER, end=end, problem=problem, is_receiving=False)
        )


def _between(start: float | None, end: float) -> float | None:
    return None if start is None else end - start
