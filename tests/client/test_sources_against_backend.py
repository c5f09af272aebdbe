"""Findings through the services and the typed client into the real backend (OZ-12)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx
import pytest

from backend.settings import Settings
from backend_client.client import BackendClient
from backend_client.errors import BackendError, Rejected
from backend_client.models.common import DocumentId, ProblemCode, RequestId
from backend_client.models.conclusions import ConclusionForm
from backend_client.models.documents import Document
from tests.backend.clinic import PASSWORD, ClinicMaker, SetClock, a_file, document_id, id_of
from tests.backend.consultation import MINE, OTHERS
from tests.factories import NOW
from tests.fakes import FakeRequestService
from tests.made_up_findings import QT, make_evidence, make_finding
from tests.unit.services.house import KEY, FakeOpener
from workstation.core.connection import ConnectionState, Link
from workstation.services.answers import CardView
from workstation.services.certificates import KeptCertificates
from workstation.services.conclusions import ConclusionService
from workstation.services.evidence import EvidenceService
from workstation.services.evidence_doors import NotPut, Refusal, Sent
from workstation.services.link import LinkState
from workstation.store.database import Database
from workstation.store.drafts import Drafts

if TYPE_CHECKING:
    from httpx._transports.asgi import _ASGIApp

ECG = a_file("ecg", b"an ecg")
ONE, TWO = RequestId(id_of("20-0001")), RequestId(id_of("20-0002"))


class Cards(FakeRequestService):
    """Cards as the server has them, and as they were read last while it is away."""

    def __init__(self, client: BackendClient) -> None:
        super().__init__([])
        self._client = client
        self._read: dict[RequestId, CardView] = {}

    async def card(self, request_id: RequestId) -> CardView:
        try:
            self._read[request_id] = CardView(await self._client.requests.card(request_id))
        except BackendError:
            if request_id not in self._read:
                raise
        return self._read[request_id]


class Cable(httpx.AsyncBaseTransport):
    """The way to the server; it can be cut."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner, self.is_cut = inner, False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_cut:
            raise httpx.ConnectError("cut")
        return await self._inner.handle_async_request(request)


@dataclass
class Work:
    """A doctor's services against the real server."""

    client: BackendClient
    service: EvidenceService
    texts: ConclusionService
    cable: Cable
    link: LinkState

    async def file(self, request_id: RequestId) -> Document:
        """The request's one file."""
        (document,) = (await self.client.requests.card(request_id)).documents
        return document


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock())


@asynccontextmanager
async def at_work(clinics: ClinicMaker, folder: Path) -> AsyncIterator[Work]:
    async with clinics.open(replace(MINE, files=(ECG,)), replace(OTHERS, files=(ECG,))) as clinic:
        cable = Cable(httpx.ASGITransport(cast("_ASGIApp", clinic.app)))
        client = BackendClient("http://clinic", transport=cable, now=clinic.clock)
        account = await client.account.sign_in("levashova", PASSWORD)
        database = await Database.open(folder / "store.db", KEY)
        cards, link = Cards(client), LinkState(ConnectionState(Link.ONLINE, NOW))
        texts = ConclusionService(
            client.conclusions,
            client.calls,
            cards,
            FakeOpener(),
            KeptCertificates(Path("no-such-folder")),
            account,
            lambda: NOW,
            drafts=Drafts(database),
        )
        yield Work(client, EvidenceService(texts, cards, lambda: NOW, link), texts, cable, link)
        await database.close()
        await client.aclose()


async def test_from_the_viewers_finding_to_the_draft_on_the_server(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with at_work(clinics, tmp_path) as work:
        document = await work.file(ONE)
        placed = await work.service.put(ONE, document, make_finding())
        assert await work.service.send(ONE) is Sent.DONE
        form = (await work.client.conclusions.read(ONE)).form
        with pytest.raises(NotPut) as refused:
            await work.service.put(TWO, document, make_finding())
    assert form.findings == f"{QT} [1]"
    assert form.evidence == (placed.evidence,)
    assert refused.value.refusal is Refusal.OTHER_CASE


async def test_with_the_network_cut_it_lies_here_and_comes_with_the_network(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with at_work(clinics, tmp_path) as work:
        document = await work.file(ONE)
        await work.texts.open(ONE)
        work.cable.is_cut = True
        work.link.set(ConnectionState(Link.OFFLINE, NOW))
        placed = await work.service.put(ONE, document, make_finding())
        assert await work.service.send(ONE) is Sent.WAITS
        kept = (await work.texts.open_here(ONE)).kept
        work.cable.is_cut = False
        work.link.set(ConnectionState(Link.ONLINE, NOW))
        assert await work.service.send(ONE) is Sent.DONE
        form = (await work.client.conclusions.read(ONE)).form
        nothing_left = (await work.texts.open_here(ONE)).kept
    assert kept is not None
    assert kept.form == form
    assert form.evidence == (placed.evidence,)
    assert nothing_left is None


async def test_the_client_knows_the_refusal_by_its_code(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with at_work(clinics, tmp_path) as work:
        foreign = DocumentId(document_id("20-0002", ECG))
        document = await work.file(TWO)
        source = make_evidence(document_id=foreign, sha256=document.sha256)
        with pytest.raises(Rejected) as refused:
            await work.client.conclusions.save(ONE, 0, ConclusionForm(evidence=(source,)))
    assert refused.value.code is ProblemCode.SOURCE_NOT_OF_CASE
