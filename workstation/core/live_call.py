"""The consultation's call as the doctor sees it: one state for screen and strip."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from backend_client.models.calls import CallId, Channel, ConsultationClock
from backend_client.models.common import RequestId
from workstation.core.call_media import CallStats, Device, DeviceTrouble, MediaState


class CallPhase(Enum):
    """Where the call stands."""

    PLACING = "placing"
    """The server is asked to ring."""
    RINGING = "ringing"
    CONNECTING = "connecting"
    """The patient has answered; nothing has come from there yet."""
    TALKING = "talking"
    RECOVERING = "recovering"
    """The connection is lost and made again; `recovery` says why."""
    OVER = "over"


class CallEnd(Enum):
    """How a call has ended."""

    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    """Nobody answered."""
    CANCELLED = "cancelled"
    """The doctor hung up before the answer."""
    BY_DOCTOR = "by_doctor"
    BY_PATIENT = "by_patient"
    NOT_PLACED = "not_placed"
    """The server refused to ring, or could not be reached: `problem` says why."""


class Recovery(Enum):
    """Why the connection is made again."""

    MEDIA_RESTARTED = "media_restarted"
    """The process that sends sound and picture had ended."""
    LINK_LOST = "link_lost"
    """The connection failed, or nothing came from the patient for a while."""
    PATIENT_CAME_BACK = "patient_came_back"
    """The patient's page was opened anew and asked for it."""


@dataclass(frozen=True, slots=True)
class LiveCall:
    """One call of one request, now."""

    request_id: RequestId
    phase: CallPhase
    call_id: CallId | None = None
    """None while the server has not answered."""
    attempt: int = 0
    channel: Channel | None = None
    """How the patient has answered; None before that."""
    rings_until: datetime | None = None
    answered_at: datetime | None = None
    """Aware UTC."""
    clock: ConsultationClock | None = None
    """How long the consultation takes, by the server's word (DRC-8); None before the answer."""
    end: CallEnd | None = None
    recovery: Recovery | None = None
    """While RECOVERING; the last reason stays after it."""
    recoveries: int = 0
    """How often the connection was made again."""
    microphone_on: bool = True
    camera_on: bool = True
    missing: Mapping[Device, DeviceTrouble] = field(default_factory=dict)
    """Our devices that are of no use: the call goes on without them."""
    devices: Mapping[Device, str] = field(default_factory=dict)
    """Which ones are used, or have been lost, as the system calls them."""
    remote_media: MediaState | None = None
    """What the patient sends, as the page says; None: not said."""
    is_receiving: bool = False
    """Whether sound or picture comes from the patient now."""
    stats: CallStats | None = None
    first_frame_s: float | None = None
    """Seconds from the doctor's call to the patient's first picture."""
    answer_to_frame_s: float | None = None
    """Seconds from the patient's answer to the first picture."""
    problem: BaseException | None = None

    @property
    def is_on(self) -> bool:
        """Whether it rings or runs."""
        return self.phase is not CallPhase.OVER
