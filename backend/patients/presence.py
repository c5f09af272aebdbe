"""Whether the patient waits in the lobby, which opens before the appointment (SPB-11)."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from backend.changes import Change, Changes
from backend.patients.links import PatientAccess
from backend.problems import Refused
from backend.requests.moving import move, standing_of
from backend.rules.status import Step, can_move
from backend.settings import Clock
from backend.tables import requests

LOBBY_OPENS = timedelta(minutes=15)


class Presence:
    """Counts the patients' streams of this process; the last to close leaves the lobby."""

    def __init__(self, changes: Changes, now: Clock) -> None:
        self._changes = changes
        self._now = now
        self._streams: Counter[str] = Counter()

    def opened(self, access: PatientAccess) -> None:
        """A stream of the patient has opened."""
        self._streams[access.request_id] += 1

    async def come(self, access: PatientAccess) -> None:
        """The patient is there: told once the lobby is open."""
        async with self._changes.change(access.centre_id) as change:
            if await self._lobby_is_open(change, access.request_id):
                await self._move(change, access.request_id, Step.COME)

    async def closed(self, access: PatientAccess) -> None:
        """A stream of the patient has closed."""
        self._streams[access.request_id] -= 1
        if self._streams[access.request_id] > 0:
            return
        del self._streams[access.request_id]
        async with self._changes.change(access.centre_id) as change:
            await self._move(change, access.request_id, Step.LEAVE)

    async def _lobby_is_open(self, change: Change, request_id: str) -> bool:
        found = select(requests.c.appointment_at).where(requests.c.id == request_id)
        start = (await change.connection.execute(found)).scalar()
        return start is not None and self._now() >= start - LOBBY_OPENS

    async def _move(self, change: Change, request_id: str, step: Step) -> None:
        try:
            standing = await standing_of(change, request_id)
            if can_move(step, standing.status):
                await move(change, standing, step, self._now())
        except Refused:  # the request is gone: so is the lobby
            return
