"""Stand-ins for the services: small real classes that remember what they were asked."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from backend_client.errors import BackendError, Conflict, NotFound, Unreachable, WrongPassword
from backend_client.models.accounts import Account, DemoAccount
from backend_client.models.common import DocumentId, Page, ProblemCode, RequestId
from backend_client.models.documents import Document
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
from workstation.core.pending_action import PendingAction
from workstation.core.subscription import Event
from workstation.services.account import AccountService
from workstation.services.answers import CardView, DownloadProgress, QueuePage, Refusal
from workstation.services.requests import RequestService
from workstation.services.schedule import ScheduleService
from workstation.services.studies import StudyService
from workstation.services.sync import SyncService
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

    async def content(self, document: Document) -> memoryview:
        """The bytes put into `contents`."""
        self.backend.note("content", document.id)
        return memoryview(self.contents[document.id])


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
        self._page_size = page_size
        self._me = me

    async def page(
        self, group: QueueGroup, search: str = "", cursor: str | None = None
    ) -> QueuePage:
        """Rows of the group whose patient, diagnosis or number contain the text."""
        self.backend.note("page", group, search, cursor)
        found = [row for row in self.rows.values() if _is_in(row, group) and _has(row, search)]
        start = int(cursor or 0)
        end = start + self._page_size
        next_cursor = str(end) if end < len(found) else None
        return QueuePage(found[start:end], next_cursor, self.as_of)

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

    async def claim(self, request_id: RequestId) -> RequestCard:
        """Conflict where somebody else has it."""
        self.backend.note("claim", request_id)
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
            allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE],
        )
        return self._card(request_id)

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


def _is_in(row: RequestRow, group: QueueGroup) -> bool:
    owner, status = row.owner, row.status
    return {
        QueueGroup.ALL: True,
        QueueGroup.UNCLAIMED: owner is None,
        QueueGroup.MINE: owner is not None and owner.is_me,
        QueueGroup.AWAITING_DOCUMENTS: status is RequestStatus.AWAITING_DOCUMENTS,
    }.get(group, False)


def _has(row: RequestRow, search: str) -> bool:
    text = f"{row.patient.full_name} {row.diagnosis.text} {row.number}".casefold()
    return search.casefold() in text
