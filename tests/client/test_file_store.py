"""Files from S3 itself, past the server: continued, never trusted, and left where it is no road."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from backend.settings import Settings
from backend_client.client import BackendClient
from backend_client.errors import Corrupted
from backend_client.models.common import RequestId
from backend_client.models.documents import FileLink
from tests.backend.clinic import PASSWORD, REQUEST, ClinicMaker, SetClock, a_file, id_of
from tests.backend.live import live
from tests.backend.s3_server import KEYS, S3Server, s3_server
from tests.client.answering import AT_ONCE, StreamOf, make_signed_in, ok
from tests.client.test_downloads import CONTENT, DOCUMENT, Taken
from tests.factories import NOW

STORE = "http://store/bucket/file?signature=secret"
ETAG = '"of the store"'


class Two:
    """A server and a store, in one; `cuts` ends the store's answers early."""

    def __init__(self, url: str | None = STORE, cuts: tuple[int, ...] = ()) -> None:
        self.asked: list[str] = []
        self.ranges: list[tuple[str | None, str | None]] = []
        self.store_says = 200
        self.store_is_there = True
        self.content = CONTENT
        self._url = url
        self._cuts = list(cuts)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != "store":
            return self._serve(request)
        self.asked.append("store")
        assert "Authorization" not in request.headers
        if not self.store_is_there:
            raise httpx.ConnectError("no road")
        return self._store(request.headers.get("Range"), request.headers.get("If-Range"))

    def _serve(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path.rsplit("/", 1)[1])
        if self.asked[-1] == "link":
            return ok(FileLink(url=self._url, expires_at=NOW, sha256=DOCUMENT.sha256))
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        return self._part(CONTENT, start, f'"{DOCUMENT.sha256}"')

    def _store(self, asked: str | None, if_range: str | None) -> httpx.Response:
        self.ranges.append((asked, if_range))
        if self.store_says != 200:
            return httpx.Response(self.store_says, content=b"<Error/>")
        start = int(asked[6:-1]) if asked else 0
        cut = self._cuts.pop(0) if self._cuts else None
        return self._part(self.content, start, ETAG, cut)

    @staticmethod
    def _part(content: bytes, start: int, etag: str, cut: int | None = None) -> httpx.Response:
        headers = {"ETag": etag}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        rest = content[start:]
        body = StreamOf(rest) if cut is None else StreamOf(rest[:cut], httpx.ReadError("cut"))
        return httpx.Response(206 if start else 200, headers=headers, stream=body)


@asynccontextmanager
async def client_of(two: Two, address: str = "http://server") -> AsyncIterator[BackendClient]:
    client = BackendClient(
        address,
        transport=httpx.MockTransport(two),
        now=lambda: NOW,
        retrying=AT_ONCE,
        from_store=True,
    )
    await client.session.accept(make_signed_in())
    try:
        yield client
    finally:
        await client.aclose()
        for _ in range(5):  # generators inside httpx that were left early end in the next turns
            await asyncio.sleep(0)


async def fetched(client: BackendClient) -> bytes:
    taken = Taken()
    await client.documents.download(DOCUMENT, taken.write)
    return bytes(taken.data)


async def test_the_bytes_come_from_the_store_and_no_token_goes_there() -> None:
    two = Two()
    async with client_of(two) as client:
        assert await fetched(client) == CONTENT
    assert two.asked == ["link", "store"]


async def test_what_was_cut_off_goes_on_at_the_store_by_its_own_tag() -> None:
    two = Two(cuts=(100, 2000))
    async with client_of(two) as client:
        assert await fetched(client) == CONTENT
    assert two.ranges == [(None, None), ("bytes=100-", ETAG), ("bytes=2100-", ETAG)]
    assert two.asked == ["link", "store"] * 3


async def test_a_store_that_ends_in_the_middle_leaves_the_rest_to_the_server() -> None:
    two = Two(cuts=(100, 0))
    async with client_of(two) as client:
        assert await fetched(client) == CONTENT
    assert two.asked == ["link", "store"] * 2 + ["content"]


async def test_an_address_that_is_over_costs_one_question() -> None:
    """The store is asked again for the next file. What is cut off needs a new address, too."""
    two = Two()
    async with client_of(two) as client:
        two.store_says = 403
        assert await fetched(client) == CONTENT
        two.store_says = 200
        assert await fetched(client) == CONTENT
    assert two.asked == ["link", "store", "content", "link", "store"]


async def test_a_store_out_of_reach_is_asked_once() -> None:
    two = Two()
    two.store_is_there = False
    async with client_of(two) as client:
        assert [await fetched(client), await fetched(client)] == [CONTENT, CONTENT]
    assert two.asked == ["link", "store", "content", "content"]


async def test_a_folder_is_asked_once() -> None:
    two = Two(url=None)
    async with client_of(two) as client:
        assert [await fetched(client), await fetched(client)] == [CONTENT, CONTENT]
    assert two.asked == ["link", "content", "content"]


@pytest.mark.parametrize("url", ["http://", "ftp://store/file", "no address"])
async def test_an_address_that_is_none_leads_to_the_server(url: str) -> None:
    two = Two(url=url)
    async with client_of(two) as client:
        assert await fetched(client) == CONTENT
    assert two.asked == ["link", "content"]


async def test_what_came_by_tls_leads_nowhere_without() -> None:
    two = Two()
    async with client_of(two, "https://server") as client:
        assert await fetched(client) == CONTENT
    assert two.asked == ["link", "content"]


@pytest.mark.parametrize("length", [10, len(CONTENT), 2 * len(CONTENT)])
async def test_other_bytes_are_found_and_the_next_try_is_the_servers(length: int) -> None:
    """A stranger on the way may answer anything for the store."""
    two = Two()
    two.content = b"x" * length
    async with client_of(two) as client:
        with pytest.raises(Corrupted):
            await fetched(client)
        two.asked.clear()
        assert await fetched(client) == CONTENT
    assert two.asked == ["content"]


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


@pytest.mark.parametrize("from_store", [True, False], ids=["s3-itself", "by-the-server"])
async def test_both_roads_lead_to_a_file_in_s3(
    settings: Settings, s3: S3Server, *, from_store: bool
) -> None:
    """Whole, and from the middle on."""
    in_s3 = replace(settings, files_url=s3.bucket(), s3_keys=KEYS)
    content = bytes(range(256)) * 1000
    request = replace(REQUEST, files=(a_file("ecg", content),))
    async with ClinicMaker(in_s3, SetClock()).open(request) as clinic, live(clinic.app) as address:
        client = BackendClient(f"http://{address}", now=clinic.clock, from_store=from_store)
        await client.account.sign_in("levashova", PASSWORD)
        (document,) = (await client.requests.card(RequestId(id_of("20-0001")))).documents
        whole, rest = Taken(), Taken()
        await client.documents.download(document, whole.write)
        half = hashlib.sha256(content[:1000])
        await client.documents.download(document, rest.write, offset=1000, digest=half)
        await client.aclose()
    assert (bytes(whole.data), bytes(rest.data)) == (content, content[1000:])
