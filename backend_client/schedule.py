"""Slots of requests, the doctor's day, and links to the patient's page."""

from collections.abc import Sequence
from datetime import datetime

from backend_client.models.common import RequestId
from backend_client.models.patient import PatientLink
from backend_client.models.requests import RequestCard
from backend_client.models.schedule import ProposeSlots, Schedule, SlotTime
from backend_client.requests import request_path
from backend_client.transport import Transport


class ScheduleResource:
    """The account's own time."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def between(self, start: datetime, end: datetime) -> Schedule:
        """What holds the doctor's time between two aware moments, 62 days at most."""
        params = {"from": start.isoformat(), "to": end.isoformat()}
        return await self._transport.get("/schedule", Schedule, params)

    async def propose(
        self, request_id: RequestId, times: Sequence[SlotTime], *, key: str | None = None
    ) -> RequestCard:
        """Offers one to three times to the patient, in place of those offered before.

        Raises Conflict (SLOT_TAKEN, SLOT_IN_PAST, MOVE_NOT_ALLOWED, CLAIMED_BY_OTHER).
        """
        body = ProposeSlots(times=list(times))
        path = request_path(request_id) + "/slots"
        return await self._transport.post(path, RequestCard, body, key=key)

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """A new link to the patient's page. It is a secret: never log or keep it."""
        path = request_path(request_id) + "/patient-link"
        return await self._transport.post(path, PatientLink, once=True)

    async def revoke_patient_links(self, request_id: RequestId) -> None:
        """None of the request's links is good any more."""
        await self._transport.delete(request_path(request_id) + "/patient-link")
