"""Slots that a doctor proposes, and the doctor's day (OZ-8, OZ-24)."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import Acting, Count, OpenEnum, RequestId, UserId, UtcTime, Wire
from backend_client.models.routes import Route

SlotId = NewType("SlotId", str)
MOST_TIMES = 3
"""Times that are proposed at once."""
Minutes = Annotated[int, msgspec.Meta(ge=5, le=240)]


class SlotState(OpenEnum):
    """Where a proposed time stands; the first two hold the doctor's time."""

    UNKNOWN = "unknown"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    """The patient wants another time."""
    WITHDRAWN = "withdrawn"
    """Another time was accepted, or the doctor has proposed anew."""
    CANCELLED = "cancelled"
    """The patient has cancelled the appointment (OZ-10)."""
    EXPIRED = "expired"
    """Nobody answered while the time was held."""


class SlotTime(Wire, frozen=True, kw_only=True):
    """A time that the doctor offers."""

    start: UtcTime
    minutes: Minutes = 30


class ProposeSlots(Acting, frozen=True, kw_only=True):
    """One to three times; they take the place of those that were proposed before."""

    times: Annotated[list[SlotTime], msgspec.Meta(min_length=1, max_length=MOST_TIMES)]


class Slot(Wire, frozen=True, kw_only=True):
    """A time of one doctor for one request."""

    id: SlotId
    request_id: RequestId
    doctor_id: UserId
    doctor_name: str
    start: UtcTime
    minutes: Count
    state: SlotState
    held_until: UtcTime
    """Until when the patient may answer a proposal."""


class ScheduleEntry(Wire, frozen=True, kw_only=True):
    """A slot that holds the doctor's time, and whose it is."""

    slot: Slot
    request_number: str
    route: Route
    patient_name: str
    patient_time_zone: str
    """IANA name: the same moment is shown in the patient's time too (OZ-24)."""


class Schedule(Wire, frozen=True, kw_only=True):
    """A doctor's time between two moments."""

    time_zone: str
    """IANA name of the centre's zone."""
    entries: list[ScheduleEntry]
    """By start."""
    next_cursor: str | None = None
    """Continues behind the last entry; None: this is all."""
