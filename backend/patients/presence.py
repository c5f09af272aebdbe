"""Whether the patient waits in the lobby, which opens before the appointment (SPB-11).

Presence is on a lease, which the process that has the patient's stream renews: where a process was
killed the patient leaves by itself, at the latest a minute later (docs/decisions/0025).
"""

import asyncio
import logging
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from backend.changes import Change, Changes
from backend.database import Database
from backend.patients.links import PatientAccess
from backend.problems import Refused, log_fault
from backend.requests.moving import Standing, move, standing_of
from backend.rules.contact import is_online
from backend.rules.status import Step, can_move
from backend.settings import Clock
from backend.tables import patient_presence, requests

log = logging.getLogger(__name__)

LOBBY_OPENS = timedelta(minutes=15)
LEASE = timedelta(seconds=45)
"""Two renewals may fail."""
RENEWAL_SECONDS = 15.0


class Presence:
    """The patients' streams of this process; the last to close, anywhere, leaves the lobby."""

    def __init__(self, database: Database, changes: Changes, now: Clock) -> None:
        self._database = database
        self._changes = changes
        self._now = now
        self._process = str(uuid.uuid4())
        self._streams: Counter[str] = Counter()
        self._centres: dict[str, str] = {}
        self._closing = asyncio.Event()

    def opened(self, access: PatientAccess) -> None:
        """A stream of the patient has opened."""
        self._streams[access.request_id] += 1
        self._centres[access.request_id] = access.centre_id

    async def come(self, access: PatientAccess) -> None:
        """The patient is there: told once the lobby is open."""
        await self._come(access.request_id, access.centre_id)

    async def closed(self, access: PatientAccess) -> None:
        """A stream of the patient has closed."""
        request_id = access.request_id
        self._streams[request_id] -= 1
        if self._streams[request_id]:
            return
        del self._streams[request_id], self._centres[request_id]
        async with self._changes.change(access.centre_id) as change:
            standing = await _standing(change, request_id)
            # Asked behind the lock: another stream may have opened in the meantime.
            if standing is not None and request_id not in self._streams:
                await self._drop_lease(change, request_id)
                await _leave(change, standing, self._now(), left_at=self._now())

    async def renew(self) -> None:
        """The streams are still open; a patient who was taken for gone has come again."""
        centres = dict(self._centres)
        if not centres:
            return
        mine = patient_presence.c.process == self._process
        renewed = (
            update(patient_presence)
            .where(mine, patient_presence.c.request_id.in_(centres))
            .values(until=self._now() + LEASE)
            .returning(patient_presence.c.request_id)
        )
        async with self._database.write() as connection:
            known = set((await connection.execute(renewed)).scalars())
        for request_id in centres.keys() - known:
            await self._come(request_id, centres[request_id])

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Renews for the time of the block."""
        task = asyncio.create_task(self._keep(), name="presence")
        try:
            yield
        finally:
            self._closing.set()
            await task

    async def _keep(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEWAL_SECONDS):
                    await self._closing.wait()
                    return
            try:
                await self.renew()
            # Whatever it is: the next renewal tries again, and the log says where it was.
            except Exception as error:  # noqa: BLE001
                log_fault(log, error)

    async def _come(self, request_id: str, centre_id: str) -> None:
        async with self._changes.change(centre_id) as change:
            standing = await _standing(change, request_id)
            # Asked behind the lock: the last stream may have closed in the meantime.
            if standing is None or request_id not in self._streams:
                return
            now, start = self._now(), standing.appointment_at
            await self._drop_lease(change, request_id)
            lease = {"process": self._process, "request_id": request_id, "until": now + LEASE}
            await change.connection.execute(insert(patient_presence).values(lease))
            if not is_online(standing.patient_came_at, standing.patient_left_at):
                await _keep(change, request_id, patient_came_at=now, patient_left_at=None)
            if start is not None and now >= start - LOBBY_OPENS:
                await _move(change, standing, Step.COME, now)

    async def _drop_lease(self, change: Change, request_id: str) -> None:
        mine = patient_presence.c.process == self._process
        this = patient_presence.c.request_id == request_id
        await change.connection.execute(delete(patient_presence).where(mine, this))


async def lapse(change: Change, request_id: str, now: datetime) -> None:
    """Ends the leases of the request that nobody has renewed. Raises Refused (not_found)."""
    standing = await standing_of(change, request_id)
    # Conditional: a renewal that came in between keeps the lease.
    over = (patient_presence.c.request_id == request_id) & (patient_presence.c.until <= now)
    ended = delete(patient_presence).where(over).returning(patient_presence.c.until)
    ends = (await change.connection.execute(ended)).scalars().all()
    if ends:
        await _leave(change, standing, now, left_at=max(ends))


async def _standing(change: Change, request_id: str) -> Standing | None:
    """Locked; None: the request is gone, and so is the lobby."""
    try:
        return await standing_of(change, request_id)
    except Refused:
        return None


async def _leave(change: Change, standing: Standing, now: datetime, *, left_at: datetime) -> None:
    """Unless the patient has a stream of another process."""
    there = patient_presence.c.request_id == standing.id
    alive = select(patient_presence.c.process).where(there, patient_presence.c.until > now)
    if (await change.connection.execute(alive.limit(1))).first() is not None:
        return
    if is_online(standing.patient_came_at, standing.patient_left_at):
        await _keep(change, standing.id, patient_left_at=left_at)
    await _move(change, standing, Step.LEAVE, now)


async def _keep(change: Change, request_id: str, **values: datetime | None) -> None:
    """When the patient was there last: what closing without contact asks about (DRC-11), so that
    whoever has the request on the screen is told."""
    which = requests.c.id == request_id
    await change.connection.execute(update(requests).where(which).values(values))
    change.touch(request_id)


async def _move(change: Change, standing: Standing, step: Step, now: datetime) -> None:
    if can_move(step, standing.status):
        await move(change, standing, step, now)
