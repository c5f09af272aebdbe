"""Stand-ins for the services: small real classes that remember what they were asked."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec

from backend_client.errors import BackendError, Conflict, NotFound, Unreachable, WrongPassword
from backend_client.models.accounts import Account, DemoAccount
from backend_client.models.common import DocumentId, Page, ProblemCode, RequestId
from backend_client.models.documents import Document
from backend_client.models.identity import DataField, IdentityProof
from backend_client.models.listing import (
    MOST_FILTERS,
    Advice,
    AdviceReason,
    FilterId,
    Listing,
    QueueSort,
    SavedFilter,
    TakenNext,
)
from backend_client.models.patient import PatientLink
from backend_client.models.requests import (
    Action,
    HistoryEntry,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from backend_client.models.schedule import Schedule, ScheduleEntry, SlotState
from backend_client.models.server import ServerInfo
from backend_client.models.snoozing import LayAside, Snooze
from tests.factories import (
    NOW,
    changed_row,
    make_account,
    make_card,
    make_demo_account,
    make_entry,
    make_owner,
)
from workstation.core.connection import ConnectionState, Link
from workstation.core.kept_filters import KeptFilters, lets_through
from workstation.core.pending_action import PendingAction
from workstation.core.subscription import Event
from workstation.core.triage_order import FOR_ONESELF, HELD, HELD_S, HeldOrder, TriageOrder
from workstation.services.account import AccountService
from workstation.services.answers import CardView, CasesAhead, DownloadProgress, QueuePage, Refusal
from workstation.services.filters import FilterService
from workstation.services.identity import IdentityService
from workstation.services.kept_orders import RefusedOrder
from workstation.services.open_ahead import OpenAhead
from workstation.services.open_series import OpenedSeries, opened_series
from workstation.services.prefetch import PrefetchService
from workstation.services.requests import RequestService
from workstation.services.schedule import ScheduleService
from workstation.services.series_bytes import SeriesContent
from workstation.services.studies import StudyService
from workstation.services.sync import SyncService
from workstation.services.triage import TriageService
from workstation.studies.errors import DecoderStopped
from workstation.studies.study import Study


class Failing:
    """`fail_with`: the next calls raise these errors, one each."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        """Name and arguments of each call."""
        self._errors: list[BackendError] = []

    def fail_with(self, *errors: BackendError) -> None:
        """Makes the next calls fail."""
        self._errors.extend(errors)

    def forgive(self) -> None:
        """The next calls succeed again."""
        self._errors.clear()

    def note(self, *call: object) -> None:
        """Remembers a call; raises what it was told to raise."""
        self.calls.append(call)
        if self._errors:
            raise self._errors.pop(0)


class FakeAccountService(AccountService):
    """One demo account, password "demo"."""

    def __init__(
        self,
        accounts: Iterable[DemoAccount] | None = None,
        *,
        kept: Account | None = None,
        demo: bool = True,
    ) -> None:
        self.changed: Event[Account | None] = Event()
        self.backend = Failing()
        self.accounts = list(accounts) if accounts is not None else [make_demo_account()]
        self.kept = kept
        """Whom `resume` brings back."""
        self.info = ServerInfo(version="0.1.0", oldest_client="0.1.0", time=NOW, demo=demo)
        self._account: Account | None = None

    async def server(self) -> ServerInfo:
        """Always the same facts."""
        self.backend.note("server")
        return self.info

    async def demo_accounts(self) -> list[DemoAccount]:
        """The accounts it was made with."""
        self.backend.note("demo_accounts")
        return self.accounts if self.info.demo else []

    async def sign_in(self, login: str, password: str) -> Account:
        """Accepts what is among the accounts."""
        self.backend.note("sign_in", login)
        for account in self.accounts:
            if (account.login, account.password) == (login, password):
                return self._now(make_account(login=login, full_name=account.full_name))
        raise WrongPassword("wrong")

    async def resume(self) -> Account | None:
        """The kept account."""
        self.backend.note("resume")
        return None if self.kept is None else self._now(self.kept)

    async def sign_out(self) -> None:
        """Nobody is signed in afterwards."""
        self.backend.note("sign_out")
        self.end()

    def end(self) -> None:
        """As when the server ends the session."""
        self._account = None
        self.changed.emit(None)

    def _now(self, account: Account) -> Account:
        self._account = account
        self.changed.emit(account)
        return account


class FakeSyncService(SyncService):
    """A connection that is what the test says."""

    def __init__(self, state: ConnectionState | None = None) -> None:
        self.retries = 0
        self.orders: tuple[PendingAction, ...] = ()
        self._state = state or ConnectionState(Link.ONLINE, NOW)
        self._state_changed: Event[ConnectionState] = Event()
        self._waiting_changed: Event[tuple[PendingAction, ...]] = Event()
        self._refused: Event[Refusal] = Event()

    @property
    def state(self) -> ConnectionState:
        """What was last set."""
        return self._state

    @property
    def state_changed(self) -> Event[ConnectionState]:
        """Told by `become`."""
        return self._state_changed

    @property
    def waiting_changed(self) -> Event[tuple[PendingAction, ...]]:
        """Told by `wait_for`."""
        return self._waiting_changed

    @property
    def refused(self) -> Event[Refusal]:
        """Told by the test."""
        return self._refused

    def become(self, link: Link, next_try_in: timedelta | None = None) -> None:
        """Sets the state and tells of it."""
        next_try_at = None if next_try_in is None else NOW + next_try_in
        self._state = ConnectionState(link, NOW, next_try_at)
        self._state_changed.emit(self._state)

    def wait_for(self, *orders: PendingAction) -> None:
        """Orders wait from now on."""
        self.orders = orders
        self._waiting_changed.emit(orders)

    async def waiting(self) -> tuple[PendingAction, ...]:
        """What `wait_for` said."""
        return self.orders

    async def run(self) -> None:
        """Nothing to keep alive."""

    def retry_now(self) -> None:
        """Counted in `retries`."""
        self.retries += 1


class FakeStudyService(StudyService):
    """Studies put into `studies` by document; each download comes in two steps of progress."""

    def __init__(self, studies: Mapping[DocumentId, Study] | None = None) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.opened: Event[Document] = Event()
        self.ahead = OpenAhead()
        self.backend = Failing()
        self.studies: dict[DocumentId, Study] = dict(studies or {})
        self.contents: dict[DocumentId, bytes] = {}
        self.may_arrive = asyncio.Event()
        """Clear it to hold downloads in their middle."""
        self.may_arrive.set()
        self._decoder_restarted: Event[DecoderStopped] = Event()

    @property
    def decoder_restarted(self) -> Event[DecoderStopped]:
        """Told by the test."""
        return self._decoder_restarted

    @property
    def opening_changed(self) -> Event[None]:
        """Nobody tells of it."""
        return Event()

    async def open(self, document: Document) -> Study:
        """The study of the document; Unreachable where there is none."""
        self.backend.note("open", document.id)
        self.progress.emit(DownloadProgress(document.id, document.size // 2, document.size))
        await self.may_arrive.wait()
        if document.id not in self.studies:
            raise Unreachable()
        self.progress.emit(DownloadProgress(document.id, document.size, document.size))
        self.opened.emit(msgspec.structs.replace(document, opened=True))
        return self.studies[document.id]

    async def open_series(self, parts: Sequence[Document]) -> OpenedSeries:
        """The study of the first part."""
        return opened_series(await self.open(parts[0]), SeriesContent(tuple(parts), (), ()))

    @asynccontextmanager
    async def glance(self, document: Document, most: int = 0) -> AsyncIterator[Study]:
        """The study of the document, not seen by that; Unreachable where there is none."""
        self.backend.note("glance", document.id)
        if document.id not in self.studies:
            raise Unreachable()
        yield self.studies[document.id]

    def look_again_ahead(self) -> None:
        """Nothing is on its way."""

    async def content(self, document: Document) -> memoryview:
        """The bytes put into `contents`."""
        self.backend.note("content", document.id)
        return memoryview(self.contents[document.id])


class FakePrefetch(PrefetchService):
    """As far ahead as the test says; `shown` is what it was told to fetch, each time."""

    def __init__(self) -> None:
        self.progress: Event[CasesAhead] = Event()
        self.shown: list[list[RequestId]] = []
        self.current: RequestId | None = None
        self._told = CasesAhead()

    def show_next(self, ids: Iterable[RequestId], current: RequestId | None = None) -> None:
        """Noted."""
        self.shown.append(list(ids))
        self.current = current

    def become(self, ahead: CasesAhead) -> None:
        """It is so far now."""
        self._told = ahead
        self.progress.emit(ahead)


class FakeScheduleService(ScheduleService):
    """A doctor's time in memory; a proposal changes the request in `requests`, as the server's."""

    def __init__(
        self, requests: "FakeRequestService", entries: Iterable[ScheduleEntry] = ()
    ) -> None:
        self.backend = Failing()
        self.entries = list(entries)
        self.may_answer = asyncio.Event()
        """Clear it to hold proposals on their way."""
        self.may_answer.set()
        self._requests = requests

    async def between(self, start: datetime, end: datetime) -> Schedule:
        """The entries that start then."""
        self.backend.note("between", start, end)
        shown = [entry for entry in self.entries if start <= entry.slot.start < end]
        return Schedule(time_zone="Europe/Moscow", entries=shown)

    async def propose(self, request_id: RequestId, version: int, start: datetime) -> RequestCard:
        """Holds the time; Conflict where it is taken, or the version is not the present one."""
        await self.may_answer.wait()
        self.backend.note("propose", request_id, start)
        if version != self._requests.rows[request_id].version:
            raise Conflict(ProblemCode.STALE_VERSION)
        others = [one for one in self.entries if one.slot.request_id != request_id]
        if any(one.slot.start == start for one in others):
            raise Conflict(ProblemCode.SLOT_TAKEN)
        row = changed_row(
            self._requests.rows[request_id],
            status=RequestStatus.SLOT_PROPOSED,
            allowed_actions=[Action.PROPOSE_SLOT],
        )
        self.entries = [*others, make_entry(start, row, SlotState.PROPOSED)]
        self._requests.upsert(row)
        return (await self._requests.card(request_id)).card

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """A new link each time."""
        self.backend.note("give_patient_link", request_id)
        number = len(self.backend.calls)
        return PatientLink(url=f"http://clinic/p/#{number}", expires_at=NOW + timedelta(days=30))


class FakeFilters(FilterService):
    """Filters in memory, refused as the server refuses them."""

    def __init__(self, requests: "FakeRequestService") -> None:
        self.backend = Failing()
        self.all: list[SavedFilter] = []
        self._requests = requests

    async def read(self) -> KeptFilters:
        """All of them, counted; the same while offline, marked with its time."""
        self.backend.note("read")
        counts = {str(one.id): self._requests.count(one.listing) for one in self.all}
        as_of = NOW if self._requests.is_offline else None
        return KeptFilters(filters=tuple(self.all), counts=counts, as_of=as_of)

    async def save(
        self, name: str, listing: Listing, was: SavedFilter | None = None
    ) -> SavedFilter:
        """As the server; Unreachable while offline."""
        self.backend.note("save", name, listing, was)
        if self._requests.is_offline:
            raise Unreachable()
        self._refuse(name, was)
        number = len(self.backend.calls)
        saved = SavedFilter(id=FilterId(f"f{number}"), name=name, listing=listing)
        if was is not None:
            saved = msgspec.structs.replace(saved, id=was.id)
        others = [one for one in self.all if one.id != saved.id]
        self.all = sorted([*others, saved], key=lambda one: one.name)
        return saved

    async def drop(self, filter_id: FilterId) -> None:
        """Keeps it no more."""
        self.backend.note("drop", filter_id)
        if self._requests.is_offline:
            raise Unreachable()
        self.all = [one for one in self.all if one.id != filter_id]

    def _refuse(self, name: str, was: SavedFilter | None) -> None:
        present = {one.id: one for one in self.all}
        if was is not None and was.id not in present:
            raise NotFound("404")
        if was is not None and present[was.id] != was:
            there = msgspec.to_builtins(present[was.id])
            raise Conflict(ProblemCode.STALE_VERSION, present=there)
        if was is None and len(self.all) >= MOST_FILTERS:
            raise Conflict(ProblemCode.TOO_MANY_FILTERS)
        others = (one for one in self.all if was is None or one.id != was.id)
        if any(one.name.casefold() == name.casefold() for one in others):
            raise Conflict(ProblemCode.NAME_TAKEN)


class FakeRequestService(RequestService):
    """Requests in memory, in the order given; `as_of` makes answers come from the cache."""

    def __init__(
        self, rows: Iterable[RequestRow] = (), *, page_size: int = 50, me: str = "Левашова М. О."
    ) -> None:
        self.changed: Event[RequestRow] = Event()
        self.gone: Event[RequestId] = Event()
        self.reload_needed: Event[None] = Event()
        self.counts_changed: Event[QueueCounts] = Event()
        self.taken: Event[RequestRow] = Event()
        self.given_back: Event[RequestId] = Event()
        self.backend = Failing()
        self.rows: dict[RequestId, RequestRow] = {row.id: row for row in rows}
        self.cards: dict[RequestId, RequestCard] = {}
        """Cards that are not just made from the row."""
        self.history_pages: dict[str, Page[HistoryEntry]] = {}
        """What comes behind each cursor of a card's history."""
        self.as_of: datetime | None = None
        self.is_offline = False
        """Claims are refused, releases wait."""
        self.at_hand: set[RequestId] = set()
        """Cards that were fetched ahead."""
        self.claims_go = asyncio.Event()
        """Cleared, the server's answers to claims are on their way."""
        self.claims_go.set()
        self.kept = FakeFilters(self)
        self.filters = self.kept
        self._page_size = page_size
        self._me = me

    async def page(
        self,
        group: QueueGroup,
        search: str = "",
        cursor: str | None = None,
        until: str | None = None,
    ) -> QueuePage:
        """As a plain listing."""
        return await self.listed(Listing(group=group, search=search), cursor, until)

    async def listed(
        self, listing: Listing, cursor: str | None = None, until: str | None = None
    ) -> QueuePage:
        """Rows of the group whose patient, diagnosis or number contain the text; sorted by name
        where they are to be sorted at all."""
        self.backend.note("page", listing, cursor, until)
        found = self._found(listing)
        if listing.sort is not QueueSort.TERM:
            found.sort(key=lambda row: row.patient.full_name)
        if listing.descending:
            found.reverse()
        last = len(found) if until is None else int(until)
        start = int(cursor or 0)
        end = min(start + self._page_size, last)
        next_cursor = str(end) if end < last else None
        return QueuePage(found[start:end], next_cursor, self.as_of)

    def count(self, listing: Listing) -> int:
        """How many requests the list holds."""
        return len(self._found(listing))

    def _found(self, listing: Listing) -> list[RequestRow]:
        group, search, asked = listing.group, listing.search, listing.filter
        found = [row for row in self.rows.values() if _is_in(row, group) and _has(row, search)]
        return [row for row in found if lets_through(asked, row, NOW)]

    async def glance(self, group: QueueGroup, cursor: str | None = None) -> QueuePage:
        """As a page."""
        return await self.page(group, cursor=cursor)

    async def counts(self) -> QueueCounts:
        """Counted from the rows."""
        self.backend.note("counts")
        return self._counts()

    async def card(self, request_id: RequestId) -> CardView:
        """The card put into `cards`, else one made from the row."""
        self.backend.note("card", request_id)
        if request_id not in self.rows:
            raise NotFound("404")
        return CardView(self._card(request_id), self.as_of)

    async def history(self, request_id: RequestId, cursor: str) -> Page[HistoryEntry]:
        """The page put under the cursor."""
        self.backend.note("history", request_id, cursor)
        return self.history_pages[cursor]

    async def look_again(self, request_id: RequestId) -> RequestRow:
        """As a card, told to all."""
        row = (await self.card(request_id)).card.row
        self.changed.emit(row)
        return row

    def is_at_hand(self, request_id: RequestId) -> bool:
        """As was said."""
        return request_id in self.at_hand

    async def claim(self, request_id: RequestId) -> RequestCard:
        """Conflict where somebody else has it."""
        self.backend.note("claim", request_id)
        await self.claims_go.wait()
        if self.is_offline:
            raise Unreachable()
        owner = self.rows[request_id].owner
        if owner is not None and not owner.is_me:
            raise Conflict(owner_name=owner.name)
        self._become(
            request_id,
            status=RequestStatus.CLAIMED,
            owner=msgspec.structs.replace(
                make_owner(self._me), lease_until=NOW + timedelta(minutes=5)
            ),
            allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE, Action.MARK_LIFE_THREAT],
        )
        return self._card(request_id)

    async def advice(self) -> Advice:
        """The first that is nobody's."""
        self.backend.note("advice")
        row = next((row for row in self.rows.values() if row.owner is None), None)
        reasons = [] if row is None else [AdviceReason.DUE_SOON, AdviceReason.YOUR_PATIENT]
        return Advice(row=row, reasons=reasons)

    async def take_next(self) -> TakenNext:
        """What is advised."""
        advice = await self.advice()
        card = None if advice.row is None else await self.claim(advice.row.id)
        return TakenNext(card=card, reasons=advice.reasons)

    async def release(self, request_id: RequestId) -> bool:
        """False, and nothing done, while offline."""
        self.backend.note("release", request_id)
        if self.is_offline:
            return False
        self._become(
            request_id, status=RequestStatus.READY, owner=None, allowed_actions=[Action.CLAIM]
        )
        return True

    def upsert(self, row: RequestRow) -> None:
        """As when the server tells of a new or changed request."""
        self.rows[row.id] = row
        self.changed.emit(row)
        self.counts_changed.emit(self._counts())

    def remove(self, request_id: RequestId) -> None:
        """As when a request leaves this account's sight."""
        del self.rows[request_id]
        self.gone.emit(request_id)
        self.counts_changed.emit(self._counts())

    def _become(self, request_id: RequestId, **changes: object) -> None:
        row = self.rows[request_id]
        self.upsert(changed_row(row, version=row.version + 1, **changes))

    def _card(self, request_id: RequestId) -> RequestCard:
        row = self.rows[request_id]
        return msgspec.structs.replace(self.cards.get(request_id) or make_card(row), row=row)

    def _counts(self) -> QueueCounts:
        groups = [group for group in QueueGroup if group is not QueueGroup.UNKNOWN]
        rows = self.rows.values()
        return QueueCounts(counts={g: sum(_is_in(row, g) for row in rows) for g in groups})


class FakeIdentityService(IdentityService):
    """Notes what was decided; the server's answer is the test's own."""

    def __init__(self) -> None:
        self.backend = Failing()

    async def confirm(self, row: RequestRow, proof: IdentityProof) -> None:
        """Notes it."""
        self.backend.note("confirm", row.id, proof)

    async def withdraw(self, row: RequestRow, reason: str) -> None:
        """Notes it."""
        self.backend.note("withdraw", row.id, reason)

    async def decide_data(
        self, row: RequestRow, fields: Sequence[DataField], *, confirm: bool
    ) -> None:
        """Notes it."""
        self.backend.note("decide_data", row.version, tuple(fields), confirm)


class FakeTriageService(TriageService):
    """Orders in memory. Time stands still: `left` says how long an order can be taken back, and
    `carry_out` and `refuse` say what became of it."""

    def __init__(self, requests: FakeRequestService | None = None) -> None:
        self.changed: Event[tuple[HeldOrder, ...]] = Event()
        self.refused: Event[RefusedOrder] = Event()
        self.backend = Failing()
        self.left = HELD_S
        self.kept: list[RefusedOrder] = []
        """What was refused and not forgotten."""
        self._rows = requests or FakeRequestService()
        self._requests = self._rows
        self._waiting: tuple[HeldOrder, ...] = ()
        self._newest: list[HeldOrder] = []

    async def order(self, order: TriageOrder, row: RequestRow) -> HeldOrder:
        """Claims what is nobody's; what is HELD waits for `carry_out`, the rest is just noted."""
        self.backend.note("order", order.request_id, order.action, order.said)
        waiting, threat = self.held_for(order.request_id), Action.MARK_LIFE_THREAT
        goes_before = waiting is not None and order.action is threat is not waiting.order.action
        if waiting is not None and order.action in HELD and not goes_before:
            raise Conflict(ProblemCode.MOVE_NOT_ALLOWED)
        if order.action in FOR_ONESELF:
            self._lay_row(order)
        elif order.action is Action.RELEASE:
            await self._requests.release(order.request_id)
        elif row.owner is None or not row.owner.is_me:
            await self._requests.claim(order.request_id)
        is_held = order.action in HELD and not goes_before
        moment = NOW + timedelta(seconds=HELD_S) if is_held else None
        held = HeldOrder(f"key-{len(self.backend.calls)}", order, row.number, moment)
        self._newest.append(held)
        if is_held:
            self._wait_for(*self._waiting, held)
        return held

    async def undo(self) -> HeldOrder | None:
        """The newest that was neither carried out nor refused, while time is `left`."""
        self.backend.note("undo")
        if not self._newest or self.left <= 0:
            return None
        held = self._newest.pop()
        self._end(held)
        return held

    def seconds_left(self, order: HeldOrder) -> float:
        """`left`, of what can be taken back."""
        return self.left if order in self._newest else 0.0

    async def refused_kept(self) -> tuple[RefusedOrder, ...]:
        """What is in `kept`."""
        return tuple(self.kept)

    async def forget_refused(self, key: str) -> None:
        """Takes it out of `kept`."""
        self.backend.note("forget_refused", key)
        self.kept = [one for one in self.kept if one.order.key != key]

    def carry_out(self, held: HeldOrder) -> None:
        """As when its moment has come and the server has done it."""
        self._end(held)

    def refuse(self, held: HeldOrder, error: BackendError) -> None:
        """As when its moment has come and the server does not do it."""
        self._end(held)
        self.kept.append(RefusedOrder(held, error))
        self.refused.emit(self.kept[-1])

    def _lay_row(self, order: TriageOrder) -> None:
        said = order.said
        lay = Snooze(until=said.until, note=said.note) if isinstance(said, LayAside) else None
        row = self._rows.rows[order.request_id]
        self._rows.upsert(changed_row(row, snooze=lay))

    def _end(self, held: HeldOrder) -> None:
        self._newest = [one for one in self._newest if one != held]
        self._wait_for(*(one for one in self._waiting if one != held))

    def _wait_for(self, *orders: HeldOrder) -> None:
        if orders != self._waiting:
            self._waiting = orders
            self.changed.emit(orders)


def _is_in(row: RequestRow, group: QueueGroup) -> bool:
    owner, status = row.owner, row.status
    if row.snooze is not None and row.snooze.is_aside:
        return group is QueueGroup.SNOOZED
    return {
        QueueGroup.ALL: True,
        QueueGroup.UNCLAIMED: owner is None,
        QueueGroup.MINE: owner is not None and owner.is_me,
        QueueGroup.AWAITING_DOCUMENTS: status is RequestStatus.AWAITING_DOCUMENTS,
    }.get(group, False)


def _has(row: RequestRow, search: str) -> bool:
    text = f"{row.patient.full_name} {row.diagnosis.text} {row.number}".casefold()
    return search.casefold() in text
