"""Measurements and answers through services and the typed client into the real backend."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

from backend_client.client import BackendClient
from backend_client.models.annotations import AnnotationId, CalibrationMark, MarkKind, PutAnnotation
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import WhoseFile
from backend_client.models.events import AnnotationChanged, DocumentChanged, Hello, RequestChanged
from backend_client.models.evidence import Figure, FramePlace, Origin
from tests.backend.clinic import PASSWORD, Clinic, ClinicMaker, a_file, document_id, id_of
from tests.backend.consultation import MINE
from tests.backend.live import live
from tests.factories import NOW
from tests.memory_outbox import MemoryOutbox
from workstation.services.annotations import AnnotationService
from workstation.services.file_answers import FileAnswers
from workstation.services.outgoing import OutgoingActions

FILE = a_file("ecg", b"a clip")
ONE = RequestId(id_of("20-0001"))
LINE = PutAnnotation(
    id=AnnotationId("a-1"),
    document_id=DocumentId(document_id("20-0001", FILE)),
    sha256=hashlib.sha256(b"a clip").hexdigest(),
    place=FramePlace(frame=2, figure=Figure.LINE, points=((1.0, 2.0), (3.0, 4.5))),
    quantity="septum",
    label="МЖП",
    value=11.2,
    unit="mm",
    origin=Origin.HAND_CALIBRATED,
    scale="by_hand",
    calibration=(
        CalibrationMark(
            kind=MarkKind.LENGTH,
            points=((1.5, 2.0), (1.5, 40.125)),
            values=(30.0,),
            unit="mm",
            frame=2,
        ),
    ),
    text="МЖП 11,2 мм",
)


@asynccontextmanager
async def signed_in(clinic: Clinic, address: str, login: str) -> AsyncIterator[BackendClient]:
    client = BackendClient(f"http://{address}", now=clinic.clock)
    try:
        await client.account.sign_in(login, PASSWORD)
        yield client
    finally:
        await client.aclose()


async def test_a_colleague_hears_what_is_measured_and_whose_the_file_is(
    clinics: ClinicMaker,
) -> None:
    """OZ-12: the doctor's window, the server, and the approver's window."""
    async with (
        clinics.open(replace(MINE, files=(FILE,))) as clinic,
        live(clinic.app) as address,
        signed_in(clinic, address, "levashova") as doctor,
        signed_in(clinic, address, "admin") as approver,
    ):
        outgoing = OutgoingActions(MemoryOutbox(), lambda: NOW, asyncio.sleep)
        measured = AnnotationService(doctor.annotations, outgoing)
        answers = FileAnswers(doctor.documents, outgoing)
        theirs = AnnotationService(
            approver.annotations, OutgoingActions(MemoryOutbox(), lambda: NOW, asyncio.sleep)
        )
        assert await theirs.read(ONE) == ()
        (document,) = (await doctor.requests.card(ONE)).documents
        async with aclosing(approver.events()) as stream:
            assert isinstance(await anext(stream), Hello)
            await measured.put(ONE, LINE)
            await outgoing.drain()
            made = await anext(stream)
            assert isinstance(made, AnnotationChanged)
            theirs.hear_event(made)
            await answers.give(document, WhoseFile.OTHER)
            await outgoing.drain()
            assert isinstance(await anext(stream), RequestChanged)
            told = await anext(stream)
        assert isinstance(told, DocumentChanged)
        assert told.document.is_anothers
        assert answers.whose(document) is WhoseFile.OTHER
        assert [one.text for one in theirs.of(ONE)] == ["МЖП 11,2 мм"]
        assert await doctor.annotations.every(ONE) == list(theirs.of(ONE))
        await measured.read(ONE)
        await measured.remove(ONE, LINE.id)
        await outgoing.drain()
        assert measured.of(ONE) == ()
        assert await approver.annotations.every(ONE) == []
