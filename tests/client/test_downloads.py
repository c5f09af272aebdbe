"""Files: whole, continued where they were cut off, and never taken on trust."""

import hashlib

import httpx
import pytest

from backend_client.errors import Corrupted, NotFound, Unreachable
from backend_client.models.documents import Document
from tests.client.answering import Answering, StreamOf, refusal, signed_in_client
from tests.factories import make_document

CONTENT = bytes(range(256)) * 40
DOCUMENT = make_document(content=CONTENT)


class Taken:
    """Where the bytes go."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, chunk: bytes) -> None:
        self.data += chunk


class FileServer:
    """Serves a file with ranges, and cuts it off after so many bytes of each answer."""

    def __init__(self, content: bytes = CONTENT, cuts: tuple[int, ...] = ()) -> None:
        self.content = content
        self.cuts = list(cuts)
        self.asked: list[str | None] = []
        self.knows_ranges = True
        self.etag = f'"{DOCUMENT.sha256}"'

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = request.headers.get("Range")
        self.asked.append(asked)
        start = int(asked[6:-1]) if asked and self.knows_ranges else 0
        headers = {"ETag": self.etag}
        if start:
            assert request.headers["If-Range"] == self.etag
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        return httpx.Response(
            206 if start else 200, headers=headers, stream=self._body(self.content[start:])
        )

    def _body(self, rest: bytes) -> StreamOf:
        if not self.cuts:
            return StreamOf(rest[:1000], rest[1000:])
        return StreamOf(rest[: self.cuts.pop(0)], httpx.ReadError("cut"))


async def fetched(server: FileServer, document: Document = DOCUMENT) -> bytes:
    taken = Taken()
    async with signed_in_client(server) as client:
        await client.documents.download(document, taken.write)
    return bytes(taken.data)


async def test_a_file_arrives_whole_and_tells_how_far_it_is() -> None:
    taken, told = Taken(), list[tuple[int, int]]()
    async with signed_in_client(FileServer()) as client:
        await client.documents.download(
            DOCUMENT, taken.write, on_progress=lambda *numbers: told.append(numbers)
        )
    assert bytes(taken.data) == CONTENT
    assert told == [(1000, len(CONTENT)), (len(CONTENT), len(CONTENT))]


async def test_a_download_that_is_cut_off_goes_on_where_it_was() -> None:
    server = FileServer(cuts=(100, 2000, 1, 3000))
    assert await fetched(server) == CONTENT
    assert server.asked == [None, "bytes=100-", "bytes=2100-", "bytes=2101-", "bytes=5101-"]


async def test_a_server_that_ignores_ranges_serves_too() -> None:
    server = FileServer(cuts=(100, 2000))
    server.knows_ranges = False
    assert await fetched(server) == CONTENT


async def test_without_any_progress_it_gives_up() -> None:
    server = FileServer(cuts=(100, 0, 0, 0, 0, 0))
    with pytest.raises(Unreachable):
        await fetched(server)
    assert len(server.asked) == 4


async def test_an_answer_that_ends_early_without_an_error_goes_on_too() -> None:
    """A proxy that loses its server closes the answer as if it were complete."""
    asked = list[str | None]()

    async def short(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("Range"))
        if asked == [None]:
            return httpx.Response(200, stream=StreamOf(CONTENT[:500]))
        headers = {"Content-Range": f"bytes 500-{len(CONTENT) - 1}/{len(CONTENT)}"}
        return httpx.Response(206, headers=headers, stream=StreamOf(CONTENT[500:]))

    taken = Taken()
    async with signed_in_client(short) as client:
        await client.documents.download(DOCUMENT, taken.write)
    assert bytes(taken.data) == CONTENT


async def test_a_download_is_continued_after_a_restart_of_the_program() -> None:
    taken = Taken()
    server = FileServer()
    async with signed_in_client(server) as client:
        await client.documents.download(
            DOCUMENT, taken.write, offset=4000, digest=hashlib.sha256(CONTENT[:4000])
        )
    assert bytes(taken.data) == CONTENT[4000:]
    assert server.asked == ["bytes=4000-"]


async def test_an_empty_file_is_a_file() -> None:
    empty = make_document(content=b"")
    server = FileServer(b"")
    assert await fetched(server, empty) == b""


async def test_changed_bytes_are_found() -> None:
    server = FileServer(CONTENT[:-1] + b"x")
    with pytest.raises(Corrupted):
        await fetched(server)


async def test_more_bytes_than_announced_are_refused() -> None:
    with pytest.raises(Corrupted):
        await fetched(FileServer(CONTENT + b"x"))


async def test_another_file_under_the_same_id_is_found_at_its_first_byte() -> None:
    server = FileServer()
    server.etag = '"of another file"'
    taken = Taken()
    async with signed_in_client(server) as client:
        with pytest.raises(Corrupted):
            await client.documents.download(DOCUMENT, taken.write)
    assert not taken.data


async def test_a_file_that_is_gone_is_not_asked_for_again() -> None:
    server = Answering(refusal(404))
    async with signed_in_client(server) as client:
        with pytest.raises(NotFound):
            await client.documents.download(DOCUMENT, Taken().write)
    assert len(server.requests) == 1


async def test_an_error_of_who_takes_the_bytes_stays_what_it_is() -> None:
    async def full(chunk: bytes) -> None:
        raise OSError("no space left")

    async with signed_in_client(FileServer()) as client:
        with pytest.raises(OSError, match="no space"):
            await client.documents.download(DOCUMENT, full)
