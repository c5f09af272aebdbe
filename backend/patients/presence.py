"""Whether the patient waits in the lobby, which opens before the appointment (SPB-11)."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from backend.changes import Change, Changes
from backend.patients.links import PatientAccess
from backend.problems import Refused
from backend.requests.moving import move, standing_of
from backend.rules.status import Step, can_move
from backend.settings import Clock
from backend.tables import requests

LOBBY_OPENS = timedelta(minutes=15)


def away(access: PatientAccess) -> ColumnElement[bool]:
    """A condition: as far as the tables know the patient is not there."""
    never, left = requests.c.patient_came_at.is_(None), requests.c.patient_left_at.is_not(None)
    return (requests.c.id == access.request_id) & (never | left)


async def _keep(change: Change, which: ColumnElement[bool], **values: datetime | None) -> None:
    """When the patient was there last: what closing without contact asks about (DRC-11)."""
    await change.connection.execute(update(requests).where(which).values(values))


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
            await _keep(change, away(access), patient_came_at=self._now(), patient_left_at=None)
            if await self._lobby_is_open(change, access.request_id):
                await self._move(change, access.request_id, Step.COME)

    async def closed(self, access: PatientAccess) -> None:
        """A stream of the patient has closed."""
        self._streams[access.request_id] -= 1
        if self._streams[access.request_id] > 0:
            return
        del self._streams[access.request_id]
        async with self._changes.change(access.centre_id) as change:
            there = requests.c.id == access.request_id
            await _keep(change, there, patient_left_at=self._now())
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
