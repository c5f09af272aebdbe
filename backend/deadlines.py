"""What ends by itself: calls that nobody answers, times held no longer, claims and presences that
nobody renews."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlalchemy.exc import DBAPIError

from backend.calls.ringing import miss
from backend.changes import Change, Changes
from backend.database import Database
from backend.patients.presence import lapse
from backend.problems import Refused, log_fault
from backend.requests.claims import BARE, expire_claim, lease_is_over
from backend.schedule.booking import expire
from backend.settings import Clock
from backend.tables import calls, patient_presence, requests, slots
from backend_client.models.calls import CallState
from backend_client.models.schedule import SlotState

log = logging.getLogger(__name__)

RINGING = calls.c.state == CallState.RINGING
PROPOSED = slots.c.state == SlotState.PROPOSED
LONGEST_WAIT = 60.0
"""Seconds; another process may have set a nearer deadline that this one does not know of."""
AGAIN_SECONDS = 2.0
"""Until what could not be ended is tried again."""
Work = Callable[[Change, str, datetime], Awaitable[object]]


class Deadlines:
    """Waits for the nearest one; every process does, and of two that come only one finds work."""

    def __init__(self, database: Database, changes: Changes, now: Clock) -> None:
        self._database = database
        self._changes = changes
        self._now = now
        self._nearer = asyncio.Event()

    def changed(self) -> None:
        """There may be a nearer one."""
        self._nearer.set()

    def due_in(self, seconds: float) -> None:
        """There is a new one in so many seconds; where it is looked at before, that is enough."""
        if seconds < LONGEST_WAIT:
            self.changed()

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keeps them for the time of the block."""
        task = asyncio.create_task(self._keep(), name="deadlines")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def sweep(self) -> bool:
        """Ends everything whose time has come; False: something of it could not be ended."""
        now = self._now()
        leases = select(requests.c.id, requests.c.centre_id).where(lease_is_over(now))
        done = (
            await self._end(calls, RINGING & (calls.c.rings_until <= now), miss),
            await self._end(slots, PROPOSED & (slots.c.held_until <= now), expire),
            await self._end(patient_presence, patient_presence.c.until <= now, lapse),
            await self._each(leases, expire_claim),
        )
        return all(done)

    async def _keep(self) -> None:
        while True:
            self._nearer.clear()
            try:
                is_done = await self.sweep()
                seconds = max(await self._seconds_left(), 0 if is_done else AGAIN_SECONDS)
            # Whatever it is: the next round tries again, and the log says where it was.
            except Exception as error:  # noqa: BLE001
                log_fault(log, error)
                seconds = LONGEST_WAIT
            # Not wait_for: in Python 3.11 it may swallow the cancellation that ends this.
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._nearer.wait()

    async def _seconds_left(self) -> float:
        async with self._database.read() as connection:
            found = (
                select(func.min(calls.c.rings_until)).where(RINGING),
                select(func.min(slots.c.held_until)).where(PROPOSED),
                select(func.min(requests.c.lease_until)).where(BARE),
                select(func.min(patient_presence.c.until)),
            )
            ends = [(await connection.execute(one)).scalar() for one in found]
        left = [(end - self._now()).total_seconds() for end in ends if end is not None]
        return min(max(min(left, default=LONGEST_WAIT), 0.05), LONGEST_WAIT)

    async def _end(self, table: Table, over: ColumnElement[bool], work: Work) -> bool:
        found = (
            select(requests.c.id, requests.c.centre_id)
            .join(table, table.c.request_id == requests.c.id)
            .where(over)
            .distinct()
        )
        return await self._each(found, work)

    async def _each(self, found: Select[str, str], work: Work) -> bool:
        """Each request by itself: one that fails keeps no other from its end."""
        async with self._database.read() as connection:
            due = [(row.id, row.centre_id) for row in await connection.execute(found)]
        is_done = True
        for request_id, centre_id in due:
            try:
                async with self._changes.change(centre_id) as change:
                    await work(change, request_id, self._now())
            except Refused:
                log.info("request %s moved on before its deadline", request_id)
            except DBAPIError as error:  # such as a transaction that has lost to others
                log_fault(log, error)
                is_done = False
        return is_done
