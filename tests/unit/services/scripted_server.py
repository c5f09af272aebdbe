"""A small server in memory behind the real client: it can be down, faulty or slow on demand."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import datetime, timedelta
from functools import partial

import httpx
import msgspec

from backend_client.errors import BackendError
from backend_client.models.accounts import DemoAccount, RefreshRequest, SignedIn, SignIn
from backend_client.models.common import (
    OLDEST_CLIENT,
    VERSION,
    DocumentId,
    Page,
    ProblemCode,
    RequestId,
)
from backend_client.models.documents import AlsoOpened, Document
from backend_client.models.events import Hello, RequestChanged, ServerEvent
from backend_client.models.request_actions import Lease
from backend_client.models.requests import (
    Action,
    ChecklistItem,
    ItemState,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from backend_client.models.server import ServerInfo
from backend_client.models.snoozing import Snooze
from tests.client.answering import StreamOf, ok, refusal
from tests.factories import NOW, make_account, make_card, make_demo_account, make_owner

ME = "Левашова М. О."
BEAT_S = 7
STATUS_AFTER = {
    "ask-documents": RequestStatus.AWAITING_DOCUMENTS,
    "convert": RequestStatus.READY,
    "decline": RequestStatus.DECLINED,
    "out-of-profile": RequestStatus.OUT_OF_PROFILE,
    "invite-in-person": RequestStatus.INVITED_IN_PERSON,
    "recommend-inpatient": RequestStatus.INPATIENT_CARE,
    "close-without-conclusion": RequestStatus.CLOSED_WITHOUT_CONCLUSION,
}
ENDS = frozenset(STATUS_AFTER.values()) - {RequestStatus.AWAITING_DOCUMENTS, RequestStatus.READY}
"""Of these the request keeps its doctor."""


class ScriptedServer:
    """Requests, documents and one account. Orders are remembered by their keys."""

    def __init__(self, *rows: RequestRow) -> None:
        self.rows: dict[RequestId, RequestRow] = {row.id: row for row in rows}
        self.documents: dict[DocumentId, tuple[Document, bytes]] = {}
        self.asked: list[str] = []
        """Method and path of each call that arrived."""
        self.done: list[str] = []
        """Orders that were carried out."""
        self.said: list[dict[str, object]] = []
        """Words of those that had some."""
        self.opened_together: list[list[str]] = []
        """Documents that were marked as opened, call by call."""
        self.refused_content: dict[DocumentId, httpx.Response] = {}
        """Files that are not given."""
        self.not_offered: set[Action] = set()
        """What not even the owner may do."""
        self.is_down = False
        self.fault: httpx.Response | None = None
        """What every call is answered with instead."""
        self.loses_answers = False
        """Orders are done, and their answers never arrive."""
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.password = "demo"
        self.token = 1
        self._answers: dict[str, httpx.Response] = {}

    def add_document(self, document: Document, content: bytes) -> None:
        """A file that can be fetched."""
        self.documents[document.id] = (document, content)

    def calls_of(self, path: str) -> int:
        """How often the path was asked for."""
        return sum(path in one for one in self.asked)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        if self.is_down:
            raise httpx.ConnectError("refused")
        self.asked.append(f"{request.method} {path}")
        await self.may_answer.wait()
        if self.fault is not None:
            return self.fault
        answer = self._answer(request, path)
        if self.loses_answers and request.method == "POST":
            raise httpx.ReadError("reset")
        return answer

    def _answer(self, request: httpx.Request, path: str) -> httpx.Response:
        if request.method == "POST" and path.split("/")[1] in ("requests", "documents"):
            key = request.headers["Idempotency-Key"]
            if key not in self._answers:
                self._answers[key] = self._order(path, request.content)
            return self._answers[key]
        return self._read(request, path)

    def _order(self, path: str, content: bytes) -> httpx.Response:
        _, _, target, action = path.split("/")
        orders: dict[str, Callable[[str], httpx.Response]]
        orders = {"claim": self._claim, "release": self._release}
        orders["heartbeat"] = self._beat
        lay = partial(self._lay, content=content)
        orders |= {"snooze": lay, "wake": lay}
        orders["opened"] = partial(self._opened, content=content)
        known = orders.get(action)
        answer = self._act(target, action, content) if known is None else known(target)
        if answer.is_success:
            self.done.append(f"{action} {target}")
        return answer

    def _act(self, target: str, action: str, content: bytes) -> httpx.Response:
        """What is done with words: by the owner, upon the version that was seen."""
        row = self.rows.get(RequestId(target))
        if row is None:
            return refusal(404)
        if row.owner is None or not row.owner.is_me:
            return refusal(409, ProblemCode.MOVE_NOT_ALLOWED)
        given = msgspec.json.decode(content, type=dict[str, object])
        if given.get("version", 0) not in (0, row.version):
            card = msgspec.to_builtins(self.card_of(row))
            return refusal(409, ProblemCode.STALE_VERSION, present=card)
        self.said.append(given)
        if action == "life-threat":
            return self._changed(row, life_threat=given["life_threat"])
        if action == "not-applicable":
            return self._changed(row, checklist=marked(row, given))
        owner = row.owner if STATUS_AFTER[action] in ENDS else None
        return self._changed(row, owner=owner, status=STATUS_AFTER[action])

    def _lay(self, target: str, content: bytes) -> httpx.Response:
        """For the asking doctor alone: no version is made; a bare claim is given back."""
        row, given = self.rows[RequestId(target)], msgspec.json.decode(content)
        if given.get("version", 0) not in (0, row.version):
            card = msgspec.to_builtins(self.card_of(row))
            return refusal(409, ProblemCode.STALE_VERSION, present=card)
        lay = None
        if "until" not in given and row.snooze is None:
            return refusal(409, ProblemCode.MOVE_NOT_ALLOWED)
        if "until" in given:
            lay = Snooze(until=datetime.fromisoformat(given["until"]), note=given["note"])
            if row.owner is not None and row.status is RequestStatus.CLAIMED:
                row = msgspec.structs.replace(row, owner=None, status=RequestStatus.READY)
        self.rows[row.id] = msgspec.structs.replace(row, snooze=lay, seq=row.seq + 1)
        return ok(self.card_of(self.rows[row.id]))

    def _claim(self, target: str) -> httpx.Response:
        row = self.rows[RequestId(target)]
        if row.owner is not None and not row.owner.is_me:
            return refusal(409, ProblemCode.CLAIMED_BY_OTHER, owner_name=row.owner.name)
        mine = msgspec.structs.replace(make_owner(ME), lease_until=NOW + timedelta(minutes=5))
        offered = [one for one in Action if one not in self.not_offered]
        return self._changed(row, owner=mine, status=RequestStatus.CLAIMED, allowed_actions=offered)

    def _release(self, target: str) -> httpx.Response:
        row = self.rows[RequestId(target)]
        if row.owner is None or not row.owner.is_me:
            return refusal(409, ProblemCode.MOVE_NOT_ALLOWED)
        return self._changed(row, owner=None, status=RequestStatus.READY)

    def _beat(self, target: str) -> httpx.Response:
        row = self.rows[RequestId(target)]
        if row.owner is None:
            return refusal(409, ProblemCode.MOVE_NOT_ALLOWED)
        if not row.owner.is_me:
            return refusal(409, ProblemCode.CLAIMED_BY_OTHER, owner_name=row.owner.name)
        return ok(Lease(lease_until=row.owner.lease_until, beat_seconds=BEAT_S))

    def _opened(self, target: str, content: bytes = b"") -> httpx.Response:
        also = msgspec.json.decode(content, type=AlsoOpened).also if content else []
        if not {DocumentId(target), *also} <= self.documents.keys():
            return refusal(404)
        for name in (*also, DocumentId(target)):
            document, held = self.documents[name]
            self.documents[name] = (msgspec.structs.replace(document, opened=True), held)
        self.opened_together.append([target, *also])
        return ok(self.documents[DocumentId(target)][0])

    def _changed(self, row: RequestRow, **changes: object) -> httpx.Response:
        new = msgspec.structs.replace(row, version=row.version + 1, **changes)
        self.rows[row.id] = new
        return ok(self.card_of(new))

    def card_of(self, row: RequestRow) -> RequestCard:
        """The card with the request's documents."""
        files = [one for one, _ in self.documents.values() if one.request_id == row.id]
        return make_card(row, documents=files)

    def _read(self, request: httpx.Request, path: str) -> httpx.Response:
        parts = path.split("/")[1:]
        match parts:
            case ["server"]:
                return ok(ServerInfo(version=VERSION, oldest_client=OLDEST_CLIENT, time=NOW))
            case ["demo-accounts"]:
                accounts: list[DemoAccount] = [make_demo_account()]
                return ok(raw=msgspec.json.encode(accounts))
            case ["sign-in"]:
                return self._sign_in(msgspec.json.decode(request.content, type=SignIn))
            case ["token", "refresh"]:
                return self._refresh(msgspec.json.decode(request.content, type=RefreshRequest))
            case ["sign-out"]:
                return httpx.Response(204)
            case ["me"]:
                return ok(make_account())
            case ["requests"]:
                return self._page(request.url.params)
            case ["requests", "counts"]:
                return ok(QueueCounts(counts={QueueGroup.ALL: len(self.rows)}))
            case ["requests", request_id] if RequestId(request_id) in self.rows:
                return ok(self.card_of(self.rows[RequestId(request_id)]))
            case ["documents", lost, "content"] if DocumentId(lost) in self.refused_content:
                return self.refused_content[DocumentId(lost)]
            case ["documents", document_id, "content"]:
                document, content = self.documents[DocumentId(document_id)]
                etag = {"ETag": f'"{document.sha256}"'}
                return httpx.Response(200, stream=StreamOf(content), headers=etag)
        return refusal(404)

    def _page(self, params: httpx.QueryParams) -> httpx.Response:
        rows, start = list(self.rows.values()), int(params.get("cursor", "0"))
        end = start + int(params["limit"])
        following = str(end) if end < len(rows) else None
        return ok(Page[RequestRow](items=rows[start:end], next_cursor=following))

    def _sign_in(self, given: SignIn) -> httpx.Response:
        if given.password != self.password:
            return refusal(401, ProblemCode.WRONG_PASSWORD)
        return self._signed_in()

    def _refresh(self, given: RefreshRequest) -> httpx.Response:
        if given.refresh_token != f"refresh-{self.token}":
            return refusal(401, ProblemCode.NOT_SIGNED_IN)
        self.token += 1
        return self._signed_in()

    def _signed_in(self) -> httpx.Response:
        return ok(
            SignedIn(
                access_token=f"access-{self.token}",
                refresh_token=f"refresh-{self.token}",
                access_expires_at=NOW + timedelta(minutes=15),
                account=make_account(),
            )
        )


def marked(row: RequestRow, given: dict[str, object]) -> list[ChecklistItem]:
    """The checklist with an item that does not apply, or does after all."""
    state = ItemState.NOT_APPLICABLE if given["reason"] else ItemState.MISSING
    return [
        msgspec.structs.replace(one, state=state, reason=given["reason"])
        if one.code == given["item"]
        else one
        for one in row.checklist
    ]


class ScriptedEvents:
    """An event stream that a test speaks through."""

    def __init__(self) -> None:
        self.since: list[int | None] = []
        """Behind which number each connection began."""
        self.seq = 7
        self.is_resuming = True
        self._queue: asyncio.Queue[ServerEvent | BackendError] = asyncio.Queue()
        self._greeting: list[BackendError] = []

    def fail_next(self, *errors: BackendError) -> None:
        """The next connections fail like this, before a greeting."""
        self._greeting.extend(errors)

    def say(self, row: RequestRow, *, prev: int | None = None) -> None:
        """Tells of a row; `prev` makes a gap."""
        before, self.seq = self.seq, self.seq + 1
        seen = before if prev is None else prev
        self.tell(RequestChanged(seq=self.seq, prev=seen, request_id=row.id, row=row))

    def say_gone(self, request_id: RequestId) -> None:
        """Tells that a request is out of sight."""
        before, self.seq = self.seq, self.seq + 1
        self.tell(RequestChanged(seq=self.seq, prev=before, request_id=request_id, row=None))

    def tell(self, event: ServerEvent | BackendError) -> None:
        """An event, or the error that ends the connection."""
        self._queue.put_nowait(event)

    async def events(self, since: int | None) -> AsyncGenerator[ServerEvent, None]:
        """As the backend client's."""
        self.since.append(since)
        if self._greeting:
            raise self._greeting.pop(0)
        yield Hello(seq=self.seq, time=NOW, resumed=since is not None and self.is_resuming)
        while True:
            event = await self._queue.get()
            if isinstance(event, BackendError):
                raise event
            yield event


class ManualSleep:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._sleepers: list[asyncio.Future[None]] = []
        self._asked = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(round(seconds, 3))
        self._asked.set()
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append(sleeper)
        await sleeper

    async def asked_for(self, times: int) -> None:
        """Waits until so many waits have begun in all."""
        async with asyncio.timeout(60):
            while len(self.asked) < times:
                self._asked.clear()
                await self._asked.wait()

    def pass_time(self) -> None:
        """All who sleep wake up."""
        sleepers, self._sleepers = self._sleepers, []
        for sleeper in sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
