"""The client against the real backend: what it says is what the server does."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, cast

import httpx
import pytest

from backend_client.client import BackendClient
from backend_client.errors import (
    Conflict,
    NotFound,
    NotSignedIn,
    Rejected,
    TooManyAttempts,
    WrongPassword,
)
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.events import Hello, RequestChanged
from backend_client.models.requests import Action, QueueGroup, RequestStatus
from tests.backend.clinic import (
    PASSWORD,
    REQUEST,
    Clinic,
    ClinicMaker,
    a_file,
    document_id,
    id_of,
)
from tests.backend.live import live
from tests.unit.studies import slices
from workstation.core.case_file import case_files

if TYPE_CHECKING:
    from httpx._transports.asgi import _ASGIApp

CONTENT = bytes(range(256)) * 1000
FILE = a_file("ecg", CONTENT)
REQUESTS = (
    replace(REQUEST, files=(FILE,)),
    *(replace(REQUEST, number=f"20-{number:04}") for number in range(2, 6)),
)
ONE = RequestId(id_of("20-0001"))
DOCUMENT = DocumentId(document_id("20-0001", FILE))


def client_of(clinic: Clinic) -> BackendClient:
    application = cast("_ASGIApp", clinic.app)
    return BackendClient(
        "http://clinic", transport=httpx.ASGITransport(application), now=clinic.clock
    )


@asynccontextmanager
async def signed_in(clinics: ClinicMaker, login: str = "levashova") -> AsyncIterator[BackendClient]:
    async with clinics.open(*REQUESTS) as clinic:
        client = client_of(clinic)
        await client.account.sign_in(login, PASSWORD)
        yield client
        await client.aclose()


async def test_a_doctor_signs_in_works_and_signs_out(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic:
        client = client_of(clinic)
        info = await client.server.info()
        assert info.demo
        accounts = await client.account.demo_accounts()
        assert "levashova" in [account.login for account in accounts]
        account = await client.account.sign_in("Levashova", PASSWORD)
        assert await client.account.me() == account
        assert (await client.catalogue.read()).centre_id == account.centre_id
        await client.account.sign_out()
        with pytest.raises(NotSignedIn):
            await client.account.me()
        await client.aclose()


async def test_a_wrong_password_and_then_too_many(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        client = client_of(clinic)
        for _ in range(5):
            with pytest.raises(WrongPassword):
                await client.account.sign_in("levashova", "wrong")
        with pytest.raises(TooManyAttempts) as raised:
            await client.account.sign_in("levashova", "wrong")
        assert raised.value.retry_after is not None
        await client.aclose()


async def test_pages_follow_each_other(clinics: ClinicMaker) -> None:
    async with signed_in(clinics) as client:
        first = await client.requests.page(QueueGroup.ALL, limit=3)
        rest = await client.requests.page(QueueGroup.ALL, "", first.next_cursor, limit=3)
        found = await client.requests.page(QueueGroup.ALL, "ВЕРЕЩАГИН")
        counts = await client.requests.counts()
    assert len({row.id for row in [*first.items, *rest.items]}) == 5
    assert rest.next_cursor is None
    assert len(found.items) == 5
    assert counts.counts[QueueGroup.ALL] == 5


async def test_a_claim_is_taken_once_and_the_other_doctor_is_told_by_whom(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(*REQUESTS) as clinic:
        mine, theirs = client_of(clinic), client_of(clinic)
        await mine.account.sign_in("levashova", PASSWORD)
        await theirs.account.sign_in("orlov", PASSWORD)
        card = await mine.requests.claim(ONE)
        assert card.row.status is RequestStatus.CLAIMED
        assert Action.RELEASE in card.row.allowed_actions
        with pytest.raises(Conflict) as raised:
            await theirs.requests.claim(ONE)
        assert raised.value.owner_name == "Левашова М. О."
        assert (await mine.requests.release(ONE)).row.owner is None
        await mine.aclose()
        await theirs.aclose()


async def test_an_order_under_one_key_is_done_once(clinics: ClinicMaker) -> None:
    async with signed_in(clinics) as client:
        first = await client.requests.claim(ONE, key="one-order")
        await client.requests.release(ONE)
        again = await client.requests.claim(ONE, key="one-order")
        assert again == first  # the first answer, though the request has moved on
        assert (await client.requests.card(ONE)).row.owner is None
        with pytest.raises(Rejected):
            await client.requests.release(ONE, key="one-order")


async def test_a_request_that_is_not_there(clinics: ClinicMaker) -> None:
    async with signed_in(clinics) as client:
        for wrong in ("no-such", "../server", "a/b?c#d"):
            with pytest.raises(NotFound):
                await client.requests.card(RequestId(wrong))


async def test_a_document_is_fetched_and_marked_as_opened(clinics: ClinicMaker) -> None:
    async with signed_in(clinics) as client:
        (document,) = (await client.requests.card(ONE)).documents
        taken = bytearray()

        async def take(chunk: bytes) -> None:
            taken.extend(chunk)

        await client.documents.download(document, take)
        assert bytes(taken) == CONTENT
        assert not document.opened
        assert (await client.documents.mark_opened(DOCUMENT)).opened


async def test_slices_that_were_sent_are_a_series_and_are_marked_in_one_call(
    clinics: ClinicMaker,
) -> None:
    """What the server finds in uploads is what the review makes one file of."""
    async with signed_in(clinics) as client:
        await client.requests.claim(ONE)
        for number in range(1, 4):
            content = BytesIO(slices.ct_file(number))
            await client.uploads.send(ONE, "ecg", content, f"IM{number}")
        card = await client.requests.card(ONE)
        (series,) = [file for file in case_files(card.documents) if file.is_series]
        first, *others = (one.id for one in series.parts)
        marked = await client.documents.mark_opened(first, others)
        again = case_files((await client.requests.card(ONE)).documents)
    assert {(one.series_uid, one.modality) for one in series.parts} == {("1.2.3", "CT")}
    assert marked.opened
    assert [file.is_opened() for file in again if file.is_series] == [True]


async def test_a_cut_download_goes_on_by_range(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic:
        cutting = CuttingTransport(httpx.ASGITransport(cast("_ASGIApp", clinic.app)))
        client = BackendClient("http://clinic", transport=cutting, now=clinic.clock)
        await client.account.sign_in("levashova", PASSWORD)
        (document,) = (await client.requests.card(ONE)).documents
        taken = bytearray()

        async def take(chunk: bytes) -> None:
            taken.extend(chunk)

        await client.documents.download(document, take)
        await client.aclose()
    assert bytes(taken) == CONTENT
    assert cutting.ranges == [None, "bytes=100000-", "bytes=200000-"]


async def test_a_session_is_continued_after_a_restart_and_tokens_rotate(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(*REQUESTS) as clinic:
        kept: list[str] = []

        async def keep(token: str) -> None:
            kept.append(token)

        first = client_of(clinic)
        first.session.watch(renewed=keep, ended=lambda: None)
        account = await first.account.sign_in("levashova", PASSWORD)
        await first.aclose()

        second = client_of(clinic)
        second.session.watch(renewed=keep, ended=lambda: None)
        assert await second.account.resume(kept[-1]) == account
        clinic.clock.advance(minutes=20)  # the access token is over on the server
        assert await second.account.me() == account
        assert len(set(kept)) == 3

        stolen = client_of(clinic)
        with pytest.raises(NotSignedIn):
            await stolen.account.resume(kept[0])
        for client in (second, stolen):
            await client.aclose()


async def test_changes_come_as_events(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic, live(clinic.app) as address:
        client = BackendClient(f"http://{address}", now=clinic.clock)
        await client.account.sign_in("levashova", PASSWORD)
        async with aclosing(client.events()) as events:
            hello = await anext(events)
            await client.requests.claim(ONE)
            changed = await anext(events)
        assert isinstance(hello, Hello)
        assert isinstance(changed, RequestChanged)
        assert changed.prev == hello.seq
        assert changed.row is not None
        assert changed.row.owner is not None
        assert changed.row.owner.is_me
        await client.requests.release(ONE)
        async with aclosing(client.events(since=changed.seq)) as events:
            again, missed = await anext(events), await anext(events)
        assert isinstance(again, Hello)
        assert again.resumed
        assert isinstance(missed, RequestChanged)
        assert missed.prev == changed.seq
        await client.aclose()


class CuttingTransport(httpx.AsyncBaseTransport):
    """Breaks each answer with a file after 100,000 bytes."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.ranges: list[str | None] = []
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        if request.url.path.endswith("/content"):
            self.ranges.append(request.headers.get("Range"))
            assert isinstance(response.stream, httpx.AsyncByteStream)
            response.stream = _Cut(response.stream)
        return response


class _Cut(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = b"".join([chunk async for chunk in self._inner])
        yield content[:100_000]
        if len(content) > 100_000:
            raise httpx.ReadError("cut")
