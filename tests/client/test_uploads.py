"""Files that are sent: in pieces, gone on with where they were cut, checked at the end."""

import asyncio
import hashlib
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from backend_client.errors import (
    BrokenAnswer,
    Conflict,
    Corrupted,
    NotFound,
    UnfitFile,
    Unreachable,
)
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.documents import Document
from backend_client.models.uploads import (
    LARGEST_FILE,
    OFFSET_HEADER,
    PIECE_TYPE,
    FinishUpload,
    NewUpload,
    Upload,
    UploadId,
)
from backend_client.uploads import UploadsResource
from tests.client.answering import Server, make_signed_in, ok, refusal, signed_in_client
from tests.factories import make_document

CONTENT = bytes(range(256)) * 40
REQUEST = RequestId("request-1")
UPLOAD = UploadId("upload-1")
PIECE = 3000


class UploadServer:
    """Keeps the pieces of one upload; loses the answers of those calls that it is told to."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.calls: list[str] = []
        self.keys: list[str] = []
        self.troubles: dict[str, list[Exception | httpx.Response]] = {}
        self.kept_of_cut = 0
        self.announced: NewUpload | None = None
        self.size = len(CONTENT)
        self.is_forgotten = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        self.calls.append(request.method)
        if "Idempotency-Key" in request.headers:
            self.keys.append(request.headers["Idempotency-Key"])
        if self.is_forgotten:
            return refusal(404, ProblemCode.NOT_FOUND)
        if troubles := self.troubles.get(request.method):
            return self._fail(troubles.pop(0), body)
        match request.method:
            case "PATCH":
                return self._take(request, body)
            case "DELETE":
                self.is_forgotten = True
                return httpx.Response(204)
            case "HEAD":
                return httpx.Response(200, headers={OFFSET_HEADER: str(len(self.data))})
            case "GET":
                return ok(self._upload())
        return self._ordered(request, body)

    def _fail(self, trouble: Exception | httpx.Response, body: bytes) -> httpx.Response:
        self.data += body[: self.kept_of_cut]
        if isinstance(trouble, Exception):
            raise trouble
        return trouble

    def _take(self, request: httpx.Request, body: bytes) -> httpx.Response:
        assert request.headers["Content-Type"] == PIECE_TYPE
        assert int(request.headers["Content-Length"]) == len(body)
        if int(request.headers[OFFSET_HEADER]) != len(self.data):
            return refusal(409, ProblemCode.UPLOAD_OFFSET)
        self.data += body
        return httpx.Response(204, headers={OFFSET_HEADER: str(len(self.data))})

    def _ordered(self, request: httpx.Request, body: bytes) -> httpx.Response:
        if not request.url.path.endswith("/finish"):
            self.announced = msgspec.json.decode(body, type=NewUpload)
            self.size = self.announced.size
            return ok(self._upload())
        finish = msgspec.json.decode(body, type=FinishUpload)
        if finish.sha256 != hashlib.sha256(self.data).hexdigest():
            self.is_forgotten = True
            return refusal(409, ProblemCode.HASH_MISMATCH)
        return ok(make_document(content=bytes(self.data)))

    def _upload(self) -> Upload:
        return Upload(
            id=UPLOAD,
            request_id=REQUEST,
            item_code="ecg",
            title="a.pdf",
            size=self.size,
            received=len(self.data),
            expires_at=datetime(2026, 11, 21, tzinfo=UTC),
            document_id=None,
        )


class Slow(io.BytesIO):
    """A file that something happens to before a certain reading."""

    def __init__(self, content: bytes, at: int, happens: "Happening") -> None:
        super().__init__(content)
        self._left = at
        self._happens = happens

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left == 0:
            self._happens(self)
        return super().read(size)


class Happening:
    """Writes these bytes at a place, cuts the file there, or both."""

    def __init__(self, place: int, data: bytes = b"", *, cuts: bool = False) -> None:
        self._place, self._data, self._cuts = place, data, cuts

    def __call__(self, file: io.BytesIO) -> None:
        was = file.tell()
        file.seek(self._place)
        file.write(self._data)
        if self._cuts:
            file.truncate()
        file.seek(was)


class OfSize(io.BytesIO):
    """A file that says it is so large."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._size if whence == os.SEEK_END else offset


@asynccontextmanager
async def uploading(server: Server) -> AsyncIterator[UploadsResource]:
    """The resource of a signed-in client that sends small pieces and waits for nothing."""
    async with signed_in_client(server) as client:
        client.uploads.piece = PIECE
        yield client.uploads


async def sent(server: UploadServer, source: Path | io.BytesIO | None = None) -> Document:
    async with uploading(server) as uploads:
        file = io.BytesIO(CONTENT) if source is None else source
        return await uploads.send(REQUEST, "ecg", file, "a.pdf")


async def test_a_file_is_announced_sent_in_pieces_and_finished_with_its_hash(
    tmp_path: Path,
) -> None:
    """OZ-4, OZ-20"""
    path = tmp_path / "a.pdf"
    path.write_bytes(CONTENT)
    server, told, begun = UploadServer(), list[tuple[int, int]](), list[Upload]()
    async with uploading(server) as uploads:
        document = await uploads.send(
            REQUEST,
            "ecg",
            path,
            "a.pdf",
            on_begun=begun.append,
            on_progress=lambda *numbers: told.append(numbers),
        )
    assert bytes(server.data) == CONTENT
    assert document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert server.calls == ["POST", "PATCH", "PATCH", "PATCH", "PATCH", "POST"]
    assert server.announced == NewUpload(item_code="ecg", title="a.pdf", size=len(CONTENT))
    assert told == [(at, len(CONTENT)) for at in (3000, 6000, 9000, 10240)]
    assert [one.id for one in begun] == [UPLOAD]


@pytest.mark.parametrize("kept", [0, 1, 2999, 3000])
async def test_a_cut_piece_goes_on_where_the_server_has_it(kept: int) -> None:
    server = UploadServer()
    server.kept_of_cut = kept
    server.troubles = {"PATCH": [httpx.WriteError("cut"), httpx.ReadTimeout("slow")]}
    await sent(server)
    assert bytes(server.data) == CONTENT
    assert server.calls.count("HEAD") == 2


async def test_another_offset_than_the_servers_is_put_right() -> None:
    server = UploadServer()
    server.troubles = {"PATCH": [refusal(409, ProblemCode.UPLOAD_OFFSET)]}
    server.kept_of_cut = 100
    await sent(server)
    assert bytes(server.data) == CONTENT


async def test_a_line_that_is_cut_in_every_piece_still_brings_the_file_over() -> None:
    """More cuts than one step has attempts: what the server has kept each time counts."""
    server = UploadServer()
    server.kept_of_cut = 700
    server.troubles = {"PATCH": [httpx.WriteError("cut") for _ in range(14)]}
    await sent(server)
    assert bytes(server.data) == CONTENT


async def test_without_any_progress_it_gives_up_and_leaves_what_was_sent() -> None:
    server = UploadServer()
    server.troubles = {"PATCH": [httpx.ConnectError("refused") for _ in range(9)]}
    with pytest.raises(Unreachable):
        await sent(server)
    assert not server.is_forgotten


async def test_a_lost_answer_to_the_finish_is_asked_for_again_under_the_same_key() -> None:
    server = UploadServer()
    async with uploading(server) as uploads:
        server.data += CONTENT
        server.troubles = {"POST": [httpx.ReadTimeout("slow"), refusal(503)]}
        await uploads.go_on(UPLOAD, io.BytesIO(CONTENT))
    assert server.calls.count("POST") == 3
    assert len(set(server.keys)) == 1


async def test_a_finish_that_came_too_early_is_asked_for_under_another_key() -> None:
    """The server keeps what it has answered to a key: the refusal, too."""
    server = UploadServer()
    async with uploading(server) as uploads:
        server.data += CONTENT
        server.troubles = {"POST": [refusal(409, ProblemCode.UPLOAD_OFFSET)]}
        await uploads.go_on(UPLOAD, io.BytesIO(CONTENT))
    assert server.calls == ["GET", "POST", "HEAD", "POST"]
    assert len(set(server.keys)) == 2


async def test_an_upload_is_gone_on_with_after_a_restart_of_the_program() -> None:
    """The hash is of the whole file: the first bytes are read again, and not sent."""
    server = UploadServer()
    server.data += CONTENT[:7000]
    told = list[tuple[int, int]]()
    async with uploading(server) as uploads:
        await uploads.go_on(
            UPLOAD, io.BytesIO(CONTENT), on_progress=lambda *numbers: told.append(numbers)
        )
    assert bytes(server.data) == CONTENT
    assert server.calls == ["GET", "PATCH", "PATCH", "POST"]
    assert told == [(10_000, len(CONTENT)), (10_240, len(CONTENT))]


async def test_another_file_of_the_same_size_is_found_at_the_end() -> None:
    server = UploadServer()
    server.data += CONTENT[:7000]
    async with uploading(server) as uploads:
        with pytest.raises(Corrupted):
            await uploads.go_on(UPLOAD, io.BytesIO(b"x" + CONTENT[1:]))
    assert server.is_forgotten


async def test_a_file_of_another_size_is_not_gone_on_with() -> None:
    server = UploadServer()
    async with uploading(server) as uploads:
        with pytest.raises(UnfitFile):
            await uploads.go_on(UPLOAD, io.BytesIO(CONTENT + b"x"))
    assert server.calls == ["GET"]


@pytest.mark.parametrize(
    "happening",
    [
        Happening(9000, cuts=True),
        Happening(len(CONTENT), b"grown"),
    ],
    ids=["shorter", "longer"],
)
async def test_a_file_that_changes_while_it_is_sent_leaves_nothing(happening: Happening) -> None:
    server = UploadServer()
    with pytest.raises(Corrupted):
        await sent(server, Slow(CONTENT, 2, happening))
    assert server.is_forgotten


async def test_bytes_that_change_between_two_readings_are_found_by_the_hash() -> None:
    """The second piece is cut, and is another when it is read again."""
    server = UploadServer()
    server.troubles = {"PATCH": [httpx.WriteError("cut")]}
    with pytest.raises(Corrupted):
        await sent(server, Slow(CONTENT, 2, Happening(10, b"changed")))
    assert server.is_forgotten


async def test_a_file_written_anew_in_place_is_found_by_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(CONTENT)
    server = UploadServer()

    def touch(upload: Upload) -> None:
        os.utime(path, ns=(1, 1))

    async with uploading(server) as uploads:
        with pytest.raises(Corrupted):
            await uploads.send(REQUEST, "ecg", path, "a.pdf", on_begun=touch)
    assert server.is_forgotten


@pytest.mark.parametrize("size", [0, LARGEST_FILE + 1])
async def test_an_impossible_file_is_refused_before_anything_is_sent(size: int) -> None:
    server = UploadServer()
    with pytest.raises(UnfitFile) as raised:
        await sent(server, OfSize(size))
    assert raised.value.size == size
    assert server.calls == []


async def test_a_file_that_is_not_there_is_the_callers_trouble(tmp_path: Path) -> None:
    server = UploadServer()
    with pytest.raises(FileNotFoundError):
        await sent(server, tmp_path / "no such file")
    assert server.calls == []


async def test_a_forgotten_upload_is_not_asked_for_twice() -> None:
    server = UploadServer()
    server.is_forgotten = True
    async with uploading(server) as uploads:
        with pytest.raises(NotFound):
            await uploads.go_on(UPLOAD, io.BytesIO(CONTENT))
    assert server.calls == ["GET"]


async def test_a_refusal_that_stays_is_raised_at_once() -> None:
    server = UploadServer()
    server.troubles = {"PATCH": [refusal(409, ProblemCode.MOVE_NOT_ALLOWED)]}
    with pytest.raises(Conflict):
        await sent(server)
    assert server.calls == ["POST", "PATCH"]


@pytest.mark.parametrize("offset", ["", "many", str(len(CONTENT) + 1)])
async def test_a_stranger_at_the_address_is_recognised(offset: str) -> None:
    server = UploadServer()
    stranger = httpx.Response(204, headers={OFFSET_HEADER: offset} if offset else {})
    server.troubles = {"PATCH": [stranger]}
    with pytest.raises(BrokenAnswer):
        await sent(server)


async def test_an_ended_access_token_is_renewed_and_the_whole_piece_sent_again() -> None:
    server = UploadServer()
    server.troubles = {"PATCH": [refusal(401)]}
    renewed = UploadServer()

    async def both(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/refresh"):
            renewed.calls.append(request.method)
            return ok(make_signed_in(2))
        return await server(request)

    async with uploading(both) as uploads:
        await uploads.send(REQUEST, "ecg", io.BytesIO(CONTENT), "a.pdf")
    assert bytes(server.data) == CONTENT
    assert renewed.calls == ["POST"]


async def test_who_cancels_the_coroutine_can_go_on_later() -> None:
    server, reached = UploadServer(), asyncio.Event()

    async def stuck(request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH" and len(server.data) >= 6000:
            reached.set()
            await asyncio.Event().wait()
        return await server(request)

    async with uploading(stuck) as uploads:
        task = asyncio.create_task(uploads.send(REQUEST, "ecg", io.BytesIO(CONTENT), "a.pdf"))
        await reached.wait()
        task.cancel()
        await asyncio.wait([task])
    assert not server.is_forgotten
    async with uploading(server) as uploads:
        await uploads.go_on(UPLOAD, io.BytesIO(CONTENT))
    assert bytes(server.data) == CONTENT


async def test_cancelling_makes_the_server_forget_what_was_sent() -> None:
    server = UploadServer()
    async with uploading(server) as uploads:
        server.data += CONTENT[:10]
        assert (await uploads.state(UPLOAD)).received == 10
        await uploads.cancel(UPLOAD)
    assert server.is_forgotten


async def test_a_kept_file_that_has_arrived_already_is_only_finished() -> None:
    """Its keeper sends it again under the same key: what the server has is asked for first."""
    server = UploadServer()
    async with uploading(server) as uploads:
        server.data += CONTENT
        await uploads.send_kept(REQUEST, "ecg", CONTENT, "a.pdf", "the-key")
    assert server.calls == ["POST", "HEAD", "POST"]
    assert server.keys[0] == "the-key"


async def test_a_kept_file_does_not_hold_up_what_waits_behind_it() -> None:
    """Whoever keeps it tries again later: three attempts, not thirty."""
    server = UploadServer()
    async with uploading(server) as uploads:
        server.troubles = {"PATCH": [httpx.ConnectError("refused") for _ in range(30)]}
        with pytest.raises(Unreachable):
            await uploads.send_kept(REQUEST, "ecg", CONTENT, "a.pdf", "the-key")
    assert server.calls.count("PATCH") == 3
