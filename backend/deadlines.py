"""What ends by itself: calls that nobody answers or that the patient has left, times held no
longer, claims and presences that nobody renews, requests laid aside."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, Select, Table, false, func, select
from sqlalchemy.exc import DBAPIError

from backend.calls.left import end_left, is_left
from backend.calls.ringing import miss
from backend.changes import Change, Changes
from backend.database import Database
from backend.patients.presence import lapse
from backend.problems import Refused, log_fault
from backend.requests.claims import BARE, expire_claim, lease_is_over
from backend.requests.snoozing import come_back
from backend.rules.calls import LEFT_FOR
from backend.rules.catalogues import Catalogues
from backend.schedule.booking import expire
from backend.settings import Clock
from backend.tables import calls, patient_presence, requests, slots, snoozes
from backend_client.models.calls import CallState
from backend_client.models.schedule import SlotState

log = logging.getLogger(__name__)

RINGING = calls.c.state == CallState.RINGING
LIES_ASIDE = snoozes.c.back_at.is_(None)
PROPOSED = slots.c.state == SlotState.PROPOSED
LONGEST_WAIT = 60.0
"""Seconds; another process may have set a nearer deadline that this one does not know of."""
AGAIN_SECONDS = 2.0
"""Until what could not be ended is tried again; twice as long each time that it still cannot."""
RAREST_SECONDS = 3600.0
Work = Callable[[Change, str, datetime], Awaitable[object]]


class PutOff:
    """What could not be ended, and when each is tried again."""

    def __init__(self) -> None:
        self._waits: dict[tuple[Work, str], tuple[datetime, float]] = {}

    def waits(self, work: Work, request_id: str, now: datetime) -> bool:
        """Whether it is not yet tried again."""
        until, _ = self._waits.get((work, request_id), (now, 0.0))
        return until > now

    def failed(self, work: Work, request_id: str, now: datetime) -> None:
        """It could not be ended this time."""
        _, before = self._waits.get((work, request_id), (now, AGAIN_SECONDS / 2))
        seconds = min(before * 2, RAREST_SECONDS)
        self._waits[work, request_id] = now + timedelta(seconds=seconds), seconds

    def keep(self, work: Work, due: set[str]) -> None:
        """Forgets what is due no more: it has ended after all."""
        over = [key for key in self._waits if key[0] is work and key[1] not in due]
        for key in over:
            del self._waits[key]


class Deadlines:
    """Waits for the nearest one; every process does, and of two that come only one finds work."""

    def __init__(
        self, database: Database, changes: Changes, catalogues: Catalogues, now: Clock
    ) -> None:
        self._database = database
        self._changes = changes
        self._now = now
        self._expire = partial(expire, catalogues=catalogues)
        self._nearer = asyncio.Event()
        self._put_off = PutOff()
        self._began = now()

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
            await self._end(calls, self._is_left(now), end_left),
            await self._end(slots, PROPOSED & (slots.c.held_until <= now), self._expire),
            await self._end(patient_presence, patient_presence.c.until <= now, lapse),
            await self._each(leases, expire_claim),
            await self._end(snoozes, LIES_ASIDE & (snoozes.c.until <= now), come_back),
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
                select(func.min(snoozes.c.until)).where(LIES_ASIDE),
            )
            ends = [(await connection.execute(one)).scalar() for one in found]
        left = [(end - self._now()).total_seconds() for end in ends if end is not None]
        return min(max(min(left, default=LONGEST_WAIT), 0.05), LONGEST_WAIT)

    def _is_left(self, now: datetime) -> ColumnElement[bool]:
        """Whom the server's own absence has cut off has the same time to come back."""
        return is_left(now) if now >= self._began + LEFT_FOR else false()

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
        self._put_off.keep(work, {request_id for request_id, _ in due})
        now = self._now()
        is_done = True
        for request_id, centre_id in due:
            if self._put_off.waits(work, request_id, now):
                is_done = False
            elif not await self._ended(work, request_id, centre_id):
                self._put_off.failed(work, request_id, now)
                is_done = False
        return is_done

    async def _ended(self, work: Work, request_id: str, centre_id: str) -> bool:
        try:
            async with self._changes.change(centre_id) as change:
                await work(change, request_id, self._now())
        except Refused as refusal:  # another was quicker, or what is due does not fit the request
            log.warning("request %s: deadline refused: %s", request_id, refusal.problem.code)
            return False
        except DBAPIError as error:  # such as a transaction that has lost to others
            log_fault(log, error)
            return False
        return True
