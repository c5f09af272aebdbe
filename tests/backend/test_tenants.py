"""Centres are strangers to each other (OZ-28)."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from litestar.handlers import HTTPRouteHandler

from backend.main import ROUTES
from backend_client.models.annotations import AnnotationId, PutAnnotation
from backend_client.models.calls import ExtendConsultation, NewSignal, SignalKind
from backend_client.models.catalogue import Catalogue
from backend_client.models.common import API_PREFIX, DocumentId, ProblemCode, Wire
from backend_client.models.conclusions import (
    ConclusionForm,
    CorrectConclusion,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.models.evidence import FramePlace, Origin
from backend_client.models.identity import (
    ConfirmIdentity,
    DataField,
    DecideData,
    IdentityProof,
)
from backend_client.models.messages import NewMessage, ReadMark
from backend_client.models.personal_data import BringData, NewPersonalData
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    CloseReason,
    CloseWithoutConclusion,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
    NewPhoneAttempt,
    PhoneOutcome,
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import QueueCounts, QueueGroup
from backend_client.models.schedule import ProposeSlots, SlotTime
from backend_client.models.snoozing import LayAside, TakeUp
from backend_client.models.uploads import NewUpload
from tests.backend.clinic import (
    REQUEST,
    START,
    ClinicMaker,
    a_file,
    document_id,
    id_of,
    problem,
    read,
)

FILE = a_file("ecg")
ONE = id_of("20-0001")
DOCUMENT = document_id("20-0001", FILE)
PATHS = [
    ("GET", f"/requests/{ONE}"),
    ("POST", f"/requests/{ONE}/claim"),
    ("POST", f"/requests/{ONE}/release"),
    ("GET", f"/documents/{DOCUMENT}/content"),
    ("POST", f"/documents/{DOCUMENT}/opened"),
]
BODIES: dict[str, Wire] = {
    "propose_slots": ProposeSlots(times=[SlotTime(start=START + timedelta(days=1))]),
    "write_message": NewMessage(text="x"),
    "read_messages": ReadMark(number=1),
    "send_signal": NewSignal(kind=SignalKind.OFFER, connection=1, payload="x"),
    "extend_consultation": ExtendConsultation(ends_at=START),
    "save_conclusion": SaveDraft(version=0, form=ConclusionForm()),
    "correct_conclusion": CorrectConclusion(version=1, reason="x"),
    "return_conclusion": ReturnConclusion(version=1, reason="x"),
    "begin_upload": NewUpload(item_code="ecg", title="x", size=1),
    "take_over_request": TakeOver(reason="x"),
    "confirm_patient": ConfirmIdentity(proof=IdentityProof.PASSPORT),
    "withdraw_confirmation": EndWithNote(note="x"),
    "bring_personal_data": BringData(data=NewPersonalData(place="x")),
    "decide_personal_data": DecideData(fields=[DataField.PLACE], confirm=True),
    "ask_for_documents": AskDocuments(items=["ecg"], text="x"),
    "mark_item_not_applicable": MarkItem(item="ecg", reason="x"),
    "decline_request": Decline(reason=DeclineReason.OTHER),
    "end_out_of_profile": EndWithNote(note="x"),
    "invite_in_person": EndWithNote(note="x"),
    "recommend_inpatient": EndWithNote(note="x"),
    "close_request_without_conclusion": CloseWithoutConclusion(reason=CloseReason.OTHER, note="x"),
    "close_request_no_contact": ActWithNote(),
    "cancel_for_patient": ActWithNote(),
    "annul_request": ActWithNote(),
    "convert_to_application": ActWithNote(),
    "mark_threat_to_life": MarkLifeThreat(life_threat=True),
    "set_medical_record_number": SetRecordNumber(number="x"),
    "log_phone_attempt": NewPhoneAttempt(outcome=PhoneOutcome.BUSY),
    "keep_annotation": PutAnnotation(
        id=AnnotationId("x"),
        document_id=DocumentId(DOCUMENT),
        sha256="x",
        place=FramePlace(),
        quantity="line",
        label="x",
        origin=Origin.BY_HAND,
        text="x",
    ),
    "snooze_request": LayAside(until=START + timedelta(hours=1)),
    "wake_request": TakeUp(),
}
OF_A_REQUEST = [route for route in ROUTES if "{request_id:str}" in next(iter(route.paths))]


@pytest.mark.parametrize("login", ["mironova", "levashova"])
@pytest.mark.parametrize("route", OF_A_REQUEST, ids=lambda route: route.handler_name)
async def test_every_endpoint_of_a_request_knows_no_other_centres(
    clinics: ClinicMaker, route: HTTPRouteHandler, login: str
) -> None:
    """OZ-28"""
    theirs = replace(REQUEST, number="30-0001", centre_id="perinatal")
    async with clinics.open(REQUEST, theirs) as clinic:
        stranger = await clinic.caller(login)
        other = id_of("20-0001" if login == "mironova" else "30-0001")
        path = next(iter(route.paths)).replace("{request_id:str}", other)
        answer = await clinic.client.request(
            next(iter(route.http_methods)),
            API_PREFIX
            + path.replace("{call_id:str}", "x").replace("{annotation_id:str}", "x")
            + "?version=1",
            headers=stranger.headers,
            content=msgspec.json.encode(BODIES[route.handler_name])
            if route.handler_name in BODIES
            else b"",
        )
    assert problem(answer).code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_other_centres_ids_are_as_unknown_as_made_up_ones(
    clinics: ClinicMaker, method: str, path: str
) -> None:
    """OZ-28"""
    made_up = path.replace(ONE, "made-up").replace(DOCUMENT, "made-up")
    async with clinics.open(replace(REQUEST, files=(FILE,))) as clinic:
        stranger = await clinic.caller("mironova")
        call = stranger.get if method == "GET" else stranger.post
        other, unknown = await call(path), await call(made_up)
    assert problem(other).code is ProblemCode.NOT_FOUND
    assert (other.status_code, other.content) == (unknown.status_code, unknown.content)


async def test_lists_and_counts_hold_ones_own_centre_alone(clinics: ClinicMaker) -> None:
    """OZ-28"""
    theirs = replace(REQUEST, number="30-0001", centre_id="perinatal")
    async with clinics.open(REQUEST, theirs) as clinic:
        stranger = await clinic.caller("mironova")
        rows = (await stranger.page()).items
        counts = read(await stranger.get("/requests/counts"), QueueCounts).counts
    assert [row.number for row in rows] == ["30-0001"]
    assert counts[QueueGroup.ALL] == 1


async def test_catalogue_is_that_of_ones_own_centre(clinics: ClinicMaker) -> None:
    """OZ-28"""
    async with clinics.open() as clinic:
        stranger = await clinic.caller("mironova")
        catalogue = read(await stranger.get("/catalogue"), Catalogue)
    assert catalogue.centre_id == "perinatal"
