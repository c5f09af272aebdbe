"""What happens to cases while the doctor looks elsewhere: told once, gathered, quiet during a call.

Unread counts come from it (OZ-16, SPB-15).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.requests import (
    Action,
    QueueGroup,
    RequestRow,
    RequestStatus,
)
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import LiveCall
from workstation.core.subscription import Event
from workstation.core.triage_order import HeldOrder
from workstation.services.case_news import (
    Notice,
    NoticeKind,
    is_mine,
    news,
    standing,
)
from workstation.services.case_terms import CaseTerms
from workstation.services.delays import Sleep
from workstation.services.notice_pile import NoticePile, Untold
from workstation.services.own_appointments import OwnAppointments

if TYPE_CHECKING:
    from workstation.services.link import LinkState
    from workstation.services.requests import RequestService

logger = logging.getLogger(__name__)

GATHER_AWAY = timedelta(seconds=5)
"""After the connection was lost: all that was missed comes in one summary."""
READ_AGAIN = timedelta(seconds=30)
"""After an attempt to read that has failed."""
MOST_PAGES = 20
_WITH_PATIENT = frozenset(
    {RequestStatus.SLOT_PROPOSED, RequestStatus.SCHEDULED, RequestStatus.WAITING}
)


class Calls(Protocol):
    """What is asked of the service of calls."""

    @property
    def live(self) -> LiveCall | None:
        """The call that rings or runs, or the last."""

    @property
    def changed(self) -> Event[LiveCall]:
        """Tells of each new state of it."""


class NoticeService:
    """What the doctor has not seen yet. The rows of requests are its only source.

    `told` brings what is to be said now: one notice, or all those that came together or were held
    back during a call; a threat to life never waits.
    """

    def __init__(
        self,
        requests: "RequestService",
        calls: Calls,
        link: "LinkState",
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`now`: by the server's clock, aware."""
        self.told: Event[tuple[Notice, ...]] = Event()
        self.appointments = OwnAppointments()
        """The doctor's own, as they were read and heard."""
        self._pile = NoticePile(now)
        self._untold = Untold(now)
        self._requests, self._calls, self._link = requests, calls, link
        self._now, self._sleep = now, sleep
        self._known: dict[RequestId, RequestRow] = {}
        """The doctor's own, those laid aside, under threat, or whose documents were asked for."""
        self._terms = CaseTerms(now)
        self._asked: set[RequestId] = set()
        self._being_asked: set[RequestId] = set()
        self._is_ready = False
        self._read_at: datetime | None = now()
        self._stirred = asyncio.Event()
        requests.changed.subscribe(self._heard)
        requests.gone.subscribe(self._gone)
        requests.reload_needed.subscribe(lambda _: self._read_soon())
        calls.changed.subscribe(self._call_changed)
        link.changed.subscribe(self._link_changed)

    @property
    def changed(self) -> Event[None]:
        """Tells that `unread` is another."""
        return self._pile.changed

    @property
    def unread(self) -> tuple[Notice, ...]:
        """What waits, one notice a case: threats to life first, then the newest."""
        return self._pile.unread

    @property
    def is_ready(self) -> bool:
        """Whether it is known how all stands: from then on changes are news."""
        return self._is_ready

    @property
    def asked(self) -> frozenset[RequestId]:
        """Requests whose documents this doctor waits for: `remember_asked` of the next start."""
        return frozenset(self._asked)

    def remember_asked(self, request_ids: Iterable[RequestId]) -> None:
        """Documents of these were asked for before this start of the program."""
        self._asked.update(request_ids)
        self._read_soon()

    def hear_orders(self, orders: tuple[HeldOrder, ...]) -> None:
        """Which orders wait to be carried out: whose documents are asked for."""
        asking = {
            one.order.request_id for one in orders if one.order.action is Action.ASK_DOCUMENTS
        }
        for ended in self._being_asked - asking:  # carried out by now, taken back or refused
            row = self._known.get(ended)
            if row is None or row.status is not RequestStatus.AWAITING_DOCUMENTS:
                self._asked.discard(ended)
        self._being_asked = asking
        self._asked |= asking

    def look_at(self, request_id: RequestId | None, *, is_call: bool = False) -> None:
        """Which case is before the doctor's eyes now, and whether on the call's screen.

        What is seen there is read, and not told. None: none, or the window is not looked at.
        """
        self._pile.look_at(request_id, is_call=is_call)

    def read(self, request_id: RequestId) -> None:
        """The doctor knows of all that is new of this case."""
        self._untold.forget(request_id, NoticeKind.MESSAGE)
        self._pile.read(request_id)

    def read_all(self) -> None:
        """The doctor knows of everything."""
        for notice in self.unread:
            self.read(notice.request_id)

    async def run(self) -> None:
        """Counts terms and tells what was gathered, until cancelled; owned by the account."""
        while True:
            self._stirred.clear()
            try:
                await self._read_if_due()
                self._count_terms()
                self._tell_if_due()
            # A listener's mistake, in the window or anywhere, must not end the account's tasks.
            except Exception:
                logger.exception("notices were not taken well")
            await self._rest()

    # what is heard

    def _heard(self, row: RequestRow) -> None:
        before, was_asked = self._known.get(row.id), row.id in self._asked
        found = news(before, row, was_asked=was_asked) if self._is_ready else set()
        self._keep(row, is_told=NoticeKind.DOCUMENTS in found)
        self._pile.refresh(row)
        if not row.unread_messages:
            self._untold.forget(row.id, NoticeKind.MESSAGE)
        self._add(row, found)

    def _keep(self, row: RequestRow, *, is_told: bool) -> None:
        if is_told or (row.owner is not None and not row.owner.is_me):
            self._asked.discard(row.id)
        if is_mine(row) or row.life_threat or row.snooze or row.id in self._asked:
            self._known[row.id] = row
        else:
            self._known.pop(row.id, None)
        if is_mine(row):
            self._terms.follow(row, as_known=not self._is_ready)
        else:
            self._terms.drop(row.id)
        self.appointments.follow(row)
        self._stirred.set()

    def _gone(self, request_id: RequestId) -> None:
        self._known.pop(request_id, None)
        self._terms.drop(request_id)
        self.appointments.drop(request_id)
        self._asked.discard(request_id)
        self._pile.read(request_id)

    def _add(self, row: RequestRow, kinds: Iterable[NoticeKind]) -> None:
        found = self._pile.add(row, kinds)
        if NoticeKind.LIFE_THREAT in found:
            self._untold.mark(row.id, {NoticeKind.LIFE_THREAT})
            self.told.emit(tuple(one for one in self.unread if one.request_id == row.id))
        self._untold.put(row.id, found)
        self._stirred.set()

    # telling

    def _count_terms(self) -> None:
        for row, kinds in self._terms.passed():
            self._pile.refresh(row)
            self._add(row, kinds)

    def _tell_if_due(self) -> None:
        due_at = self._untold.due_at
        if due_at is None or self._now() < due_at or self._is_talking:
            return
        notices = self._untold.take(self.unread)
        if notices:
            self.told.emit(notices)

    @property
    def _is_talking(self) -> bool:
        live = self._calls.live
        return live is not None and live.is_on

    def _call_changed(self, live: LiveCall) -> None:
        if not live.is_on:
            self._stirred.set()

    # reading

    def _link_changed(self, state: ConnectionState) -> None:
        if state.link is not Link.ONLINE:
            return
        self._untold.wait(GATHER_AWAY)
        if not self._is_ready:
            self._read_soon()
        self._stirred.set()

    def _read_soon(self) -> None:
        self._read_at = self._now()
        self._stirred.set()

    async def _read_if_due(self) -> None:
        if self._read_at is None or self._now() < self._read_at or self._link.is_offline:
            return
        self._read_at = None
        try:
            await self._read()
        except BackendError as error:
            logger.info("notices not read: %s", type(error).__name__)
            self._read_at = self._now() + READ_AGAIN

    async def _read(self) -> None:
        """How all stands that this service follows: at the start, and where events were missed."""
        listed = await self._list(QueueGroup.MINE, MOST_PAGES)
        listed |= await self._list(QueueGroup.SNOOZED, MOST_PAGES)
        listed |= await self._list(QueueGroup.ALL, 1)  # threats to life stand at its top
        for request_id in self._out_of_sight(listed):
            await self._look_again(request_id)
        if not self._is_ready:
            self._is_ready = True
            for row in list(self._known.values()):
                found = standing(row, self._now(), was_asked=row.id in self._asked)
                self._keep(row, is_told=NoticeKind.DOCUMENTS in found)
                self._add(row, found)

    async def _list(self, group: QueueGroup, most: int) -> set[RequestId]:
        """Takes each page as it comes: what is heard after it is newer."""
        listed: set[RequestId] = set()
        cursor: str | None = None
        for _ in range(most):
            page = await self._requests.glance(group, cursor)
            listed.update(row.id for row in page.rows)
            for row in page.rows:
                if self._follows(row):
                    self._heard(row)
            cursor = page.next_cursor
            if cursor is None:
                break
        return listed

    def _follows(self, row: RequestRow) -> bool:
        is_own = is_mine(row) or row.snooze is not None
        return is_own or row.life_threat or row.id in self._known.keys() | self._asked

    def _out_of_sight(self, listed: set[RequestId]) -> list[RequestId]:
        """What has to be asked for one by one: cancelled meanwhile, or with documents by now."""
        known = self._known.items()
        ended = {one for one, row in known if is_mine(row) and row.status in _WITH_PATIENT}
        return sorted((ended | self._asked) - listed)

    async def _look_again(self, request_id: RequestId) -> None:
        try:
            await self._requests.look_again(request_id)
        except BackendError as error:
            if error.is_temporary:
                raise
            self._gone(request_id)

    async def _rest(self) -> None:
        """Until something has happened, or the next moment that is waited for."""
        moments = [
            self._terms.next_at(),
            None if self._link.is_offline else self._read_at,
            None if self._is_talking else self._untold.due_at,
        ]
        due = min((one for one in moments if one is not None), default=None)
        waits: list[asyncio.Future[object]] = [asyncio.ensure_future(self._stirred.wait())]
        if due is not None:
            length = max(0.0, (due - self._now()).total_seconds())
            waits.append(asyncio.ensure_future(self._sleep(length)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
