"""Cases with files behind a server that sends them piece by piece, and studies that are counted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import RequestRow
from tests.factories import make_document
from tests.unit.services.house import EMPTY_ECG, FakeOpener, House, house, running
from tests.unit.services.scripted_server import ScriptedServer
from workstation.core.live_call import CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.services.annotations import AnnotationService
from workstation.services.answers import CasesAhead
from workstation.services.calls import CallService
from workstation.services.case_ahead import PrefetchLimits
from workstation.services.open_ahead import OpenAhead
from workstation.services.prefetch import PrefetchService
from workstation.studies.study import EcgStudy, Study

PIECES = 4


class SlowServer(ScriptedServer):
    """Files come in four pieces. What is in `held` stops before its next one until it is let go."""

    def __init__(self, *rows: RequestRow) -> None:
        super().__init__(*rows)
        self.held: dict[DocumentId, asyncio.Event] = {}
        self.sent: dict[DocumentId, int] = {}
        """Pieces of each file that have left."""
        self.ranges: list[str] = []
        self.left: list[DocumentId] = []
        """Files whose reader went away before their end."""

    def hold(self, document: Document) -> asyncio.Event:
        """Holds the file; set the event to let it go."""
        return self.held.setdefault(document.id, asyncio.Event())

    def _read(self, request: httpx.Request, path: str) -> httpx.Response:
        if not path.endswith("/content"):
            return super()._read(request, path)
        document, content = self.documents[DocumentId(path.split("/")[2])]
        asked = request.headers.get("Range", "")
        start = int(asked[6:-1]) if asked else 0
        headers = {"ETag": f'"{document.sha256}"'}
        if asked:
            self.ranges.append(asked)
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        pieces = _Pieces(self, document.id, content, start)
        return httpx.Response(206 if asked else 200, stream=pieces, headers=headers)


class _Pieces(httpx.AsyncByteStream):
    def __init__(
        self, server: SlowServer, document_id: DocumentId, content: bytes, start: int
    ) -> None:
        self._server, self._id = server, document_id
        size = -(-len(content) // PIECES)
        self._pieces = [content[n : n + size] for n in range(start, len(content), size)]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._pieces:
            if self._id in self._server.held and self._server.sent.get(self._id):
                await self._server.held[self._id].wait()
            self._server.sent[self._id] = self._server.sent.get(self._id, 0) + 1
            yield self._pieces.pop(0)

    async def aclose(self) -> None:
        if self._pieces:
            self._server.left.append(self._id)


@dataclass(frozen=True, slots=True)
class CountedStudy(EcgStudy):
    """Takes so much memory, and is noted once it is closed."""

    weight: int = 0
    closed: list[bytes] = field(default_factory=list)
    content: bytes = b""

    @property
    def held_bytes(self) -> int:
        return self.weight

    async def close(self) -> None:
        self.closed.append(self.content)


class CountingOpener(FakeOpener):
    """A decoder whose studies weigh as much as their files. `errors`: by content, once each."""

    def __init__(self) -> None:
        super().__init__()
        self.closed: list[bytes] = []
        self.errors: dict[bytes, Exception] = {}
        self.may_open = asyncio.Event()
        self.may_open.set()

    async def open(self, data: memoryview) -> Study:
        content = bytes(data)
        self.given.append(content)
        await self.may_open.wait()
        if content in self.errors:
            raise self.errors.pop(content)
        return CountedStudy(EMPTY_ECG, len(content), self.closed, content)


class FakeCalls(CallService):
    """A call that is on when the test says so."""

    def __init__(self) -> None:
        self.changed: Event[LiveCall] = Event()
        self._live: LiveCall | None = None

    @property
    def live(self) -> LiveCall | None:
        return self._live

    def become(self, phase: CallPhase, row: RequestRow) -> None:
        """The call is there now."""
        self._live = LiveCall(row.id, phase)
        self.changed.emit(self._live)


@dataclass(frozen=True)
class Scene:
    """One account whose next cases are fetched ahead."""

    home: House
    server: SlowServer
    opener: CountingOpener
    calls: FakeCalls
    prefetch: PrefetchService
    told: list[CasesAhead]

    def is_ready(self, cases: int) -> bool:
        """Whether so many are, and no more are wanted."""
        return self.prefetch.ahead == CasesAhead(cases, cases)


@asynccontextmanager
async def scene(
    folder: Path,
    server: SlowServer,
    *,
    limits: PrefetchLimits | None = None,
    ahead: OpenAhead | None = None,
    annotations: AnnotationService | None = None,
) -> AsyncIterator[Scene]:
    """Opens the house and runs the service in it."""
    opener, calls = CountingOpener(), FakeCalls()
    async with house(folder, server, opener=opener, ahead=ahead) as home:
        prefetch = PrefetchService(
            home.requests, home.studies, calls, home.link, limits, annotations
        )
        told: list[CasesAhead] = []
        prefetch.progress.subscribe(told.append)
        async with running(prefetch.run()):
            yield Scene(home, server, opener, calls, prefetch, told)


def a_file(
    server: SlowServer, row: RequestRow, content: bytes, kind: DocumentKind = DocumentKind.ECG
) -> Document:
    """A file of that request, at the server."""
    item = {DocumentKind.ECG: "ecg", DocumentKind.CLIP: "echo"}.get(kind, "papers")
    document = make_document(request_id=row.id, content=content, kind=kind, item_code=item)
    server.add_document(document, content)
    return document
