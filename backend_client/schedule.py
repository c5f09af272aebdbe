"""Slots of requests, the doctor's day, and links to the patient's page."""

from collections.abc import Sequence
from datetime import datetime

from backend_client.models.common import RequestId
from backend_client.models.patient import PatientLink
from backend_client.models.requests import RequestCard
from backend_client.models.schedule import ProposeSlots, Schedule, ScheduleEntry, SlotTime
from backend_client.pages import LARGEST_PAGE, page_params
from backend_client.requests import request_path
from backend_client.transport import Transport


class ScheduleResource:
    """The account's own time."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def between(self, start: datetime, end: datetime) -> Schedule:
        """All that holds the doctor's time between two aware moments, 62 days at most."""
        span: dict[str, str | None] = {"from": start.isoformat(), "to": end.isoformat()}
        entries: list[ScheduleEntry] = []
        cursor: str | None = None
        while True:
            params = page_params(cursor, LARGEST_PAGE, **span)
            page = await self._transport.get("/schedule", Schedule, params)
            entries += page.entries
            cursor = page.next_cursor
            if cursor is None:
                return Schedule(time_zone=page.time_zone, entries=entries)

    async def propose(
        self,
        request_id: RequestId,
        times: Sequence[SlotTime],
        *,
        version: int = 0,
        key: str | None = None,
    ) -> RequestCard:
        """Offers one to three times to the patient, in place of those offered before.

        `version` is the row's that the window shows; 0: whatever it is now. Raises Conflict
        (STALE_VERSION, SLOT_TAKEN, SLOT_IN_PAST, MOVE_NOT_ALLOWED, CLAIMED_BY_OTHER).
        """
        body = ProposeSlots(version=version, times=list(times))
        path = request_path(request_id) + "/slots"
        return await self._transport.post(path, RequestCard, body, key=key)

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """A new link to the patient's page. It is a secret: never log or keep it."""
        path = request_path(request_id) + "/patient-link"
        return await self._transport.post(path, PatientLink, once=True)

    async def revoke_patient_links(self, request_id: RequestId) -> None:
        """None of the request's links is good any more."""
        await self._transport.delete(request_path(request_id) + "/patient-link")
