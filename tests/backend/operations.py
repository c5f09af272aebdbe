"""Every operation of the contract: who may call it, and a case in which it succeeds."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import insert, select, update

from backend.demo_data.shape import DemoRequest
from backend.icd10.kept import Import, keep
from backend.tables import calls, patients, requests
from backend_client.models.accounts import RefreshRequest, Role, SignIn
from backend_client.models.annotations import AnnotationId, PutAnnotation
from backend_client.models.calls import (
    AnswerCall,
    Call,
    CallState,
    Channel,
    ExtendConsultation,
    NewSignal,
    SignalKind,
    TakeCall,
)
from backend_client.models.common import DocumentId, Page, Wire
from backend_client.models.conclusions import (
    ConclusionForm,
    CorrectConclusion,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.models.delivery import EmailCode, MailFault, NewEmail
from backend_client.models.documents import AlsoOpened, AnswerWhoseFile, WhoseFile
from backend_client.models.evidence import FramePlace, Origin
from backend_client.models.icd10 import Icd10Code
from backend_client.models.identity import (
    ConfirmIdentity,
    DataField,
    DecideData,
    IdentityMark,
    IdentityProof,
)
from backend_client.models.listing import Listing, NewFilter, SavedFilter
from backend_client.models.messages import NewMessage, ReadMark
from backend_client.models.patient import SlotAnswer, SlotsRefusal
from backend_client.models.patient_check import CheckFinding, CheckPart, NewPatientCheck
from backend_client.models.personal_data import BringData, NewPersonalData
from backend_client.models.phrases import Phrase, Phrases
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
from backend_client.models.requests import IdentityLevel, RequestStatus
from backend_client.models.routes import Route
from backend_client.models.schedule import ProposeSlots, SlotTime
from backend_client.models.snoozing import LayAside, TakeUp
from backend_client.models.speed import Padding
from backend_client.models.uploads import PIECE_TYPE, FinishUpload, NewUpload
from tests.backend.clinic import (
    PASSWORD,
    PATIENT,
    REQUEST,
    START,
    PatientCaller,
    document_id,
    id_of,
    read,
)
from tests.backend.mailing import ADDRESS, CODE, confirm_address, fail_mail, say_address
from tests.backend.world import (
    COUNTERSIGNED,
    DIGEST,
    FILE,
    KIND,
    LINK,
    LOGINS,
    NOBODY,
    SIGNED,
    Case,
    World,
)

Arrange = Callable[[World, str], Awaitable[Case]]
Body = Wire | bytes | None


@dataclass(frozen=True)
class Recipe:
    """What an operation needs to succeed, and which roles may call it."""

    roles: frozenset[str]
    arrange: Arrange
    status: RequestStatus = RequestStatus.CLAIMED
    route: Route = Route.CENTRE

    def request(self, number: str) -> DemoRequest:
        """Of its own, of a patient of its own, in the status that it needs."""
        owner = None if self.status is RequestStatus.READY else "levashova"
        born = PATIENT.birth_date + timedelta(days=int(number[3:]))
        patient = replace(PATIENT, birth_date=born)
        chosen = replace(REQUEST, number=number, files=(FILE,), owner_key=owner, patient=patient)
        return replace(chosen, status=self.status, route=self.route)


CLINICAL = frozenset({Role.CONSULTANT, Role.DUTY_DOCTOR, Role.CLINIC_ADMIN})
DOCTORS = frozenset({Role.CONSULTANT, Role.DUTY_DOCTOR})
ADMIN = frozenset({Role.CLINIC_ADMIN})
FIGURES = CLINICAL | {Role.MANAGER}
ACCOUNTS = frozenset(LOGINS)
ANYBODY = ACCOUNTS | {LINK, NOBODY}
BY_LINK = frozenset({LINK})


def of(body: Body = None, login: str = "levashova", **query: str) -> Arrange:
    """A call on the operation's own request."""

    async def arrange(world: World, request: str) -> Case:
        document = document_id(NUMBERS.get(request, ""), FILE)
        path = {"request_id": request, "document_id": document}
        return Case(path, dict(query), body, login=login)

    return arrange


async def of_edition(world: World, request: str) -> Case:
    """The first signed file."""
    return Case({"request_id": request, "edition": "1"})


async def lifting(world: World, request: str) -> Case:
    """The first signed file with a time stamp behind it."""
    path = {"request_id": request, "edition": "1"}
    return Case(path, {"replaces": DIGEST}, SIGNED + b" stamp")


def by_patient(body: Body = None) -> Arrange:
    """A patient's call that needs nothing before it."""

    async def arrange(world: World, request: str) -> Case:
        return Case(body=body, token=(await world.patient(request)).token)

    return arrange


def in_call(body: Body = None, *, answered: bool, patients: bool = False) -> Arrange:
    """A call of a consultation that rings or runs."""

    async def arrange(world: World, request: str) -> Case:
        patient, call = await (world.talking if answered else world.ringing)(request)
        token = patient.token if patients else ""
        return Case({"request_id": request, "call_id": call}, body=body, token=token)

    return arrange


async def more_time(world: World, request: str) -> Case:
    """The end of a talk, which is to be moved."""
    case = await in_call(answered=True)(world, request)
    calls = read(await (await world.caller()).get(f"/requests/{request}/calls"), Page[Call])
    clock = calls.items[0].clock
    assert clock is not None
    return replace(case, body=ExtendConsultation(ends_at=clock.ends_at))


def after(step: Callable[[World, str], Awaitable[object]], then: Arrange) -> Arrange:
    """A step first."""

    async def arrange(world: World, request: str) -> Case:
        done = await step(world, request)
        case = await then(world, request)
        return replace(case, token=done.token) if isinstance(done, PatientCaller) else case

    return arrange


def with_upload(body: Body = None, *, sent: bool = False, patients: bool = False) -> Arrange:
    """An upload that was begun."""

    async def arrange(world: World, request: str) -> Case:
        patient = await world.patient(request) if patients else None
        upload = await world.upload(request, patient, sent=sent)
        token = "" if patient is None else patient.token
        piece = {"Upload-Offset": "0", "Content-Type": PIECE_TYPE}
        return Case({"upload_id": upload}, body=body, headers=piece, token=token)

    return arrange


async def answer_slot(world: World, request: str) -> Case:
    slot = await world.proposed(request)
    patient = await world.patient(request)
    return Case(body=SlotAnswer(slot_id=slot), token=patient.token)


async def refuse_slot(world: World, request: str) -> Case:
    slot = await world.proposed(request)
    patient = await world.patient(request)
    return Case(body=SlotsRefusal(slot_ids=[slot]), token=patient.token)


async def too_late(world: World, request: str) -> Case:
    patient = await world.scheduled(request)
    await world.set(request, appointment_at=START - timedelta(hours=1))
    return Case(token=patient.token)


async def refused_thrice(world: World, request: str) -> None:
    await world.set(request, slot_refusals=3)


async def no_contact(world: World, request: str) -> None:
    _, call = await world.ringing(request)
    async with world.clinic.parts.database.write() as connection:
        missed = {"state": CallState.TIMED_OUT, "is_on": False}
        await connection.execute(update(calls).where(calls.c.id == call).values(missed))
    now = world.clinic.clock()
    await world.set(request, appointment_at=now, missed_calls=1, rings_until=None)
    await world.set(request, missed_calls=1, rings_until=None)
    doctor = await world.caller()
    for _ in range(3):
        body = NewPhoneAttempt(outcome=PhoneOutcome.BUSY)
        assert (await doctor.post(f"/requests/{request}/phone-attempts", body)).is_success


async def out_of_reach(world: World, request: str) -> Case:
    """Closed for want of contact; its page is on its way."""
    await no_contact(world, request)
    doctor = await world.caller()
    assert (await doctor.post(f"/requests/{request}/close-no-contact", ActWithNote())).is_success
    return Case({"request_id": request}, body=b"%PDF-1.7 page")


async def own_session(world: World, request: str) -> Case:
    """Of a session that nobody else needs."""
    world.callers["leaving"] = await world.clinic.caller("orlov")
    return Case(login="leaving")


async def refresh_token(world: World, request: str) -> Case:
    token = (await world.clinic.sign_in("orlov")).refresh_token
    return Case(body=RefreshRequest(refresh_token=token))


async def mail_failed(world: World, request: str) -> None:
    database = world.clinic.parts.database
    await world.delivered(request)
    await unidentified(world, request)
    await confirm_address(database, request, world.clinic.clock())
    await fail_mail(database, request, MailFault.ADDRESS_REFUSED)


async def with_code(world: World, request: str) -> Case:
    await unidentified(world, request)
    await say_address(world.clinic.parts.database, request, world.clinic.clock())
    return Case(body=EmailCode(code=CODE), token=(await world.patient(request)).token)


async def unidentified(world: World, request: str) -> None:
    """A person of the request's own, whom nobody knows."""
    async with world.clinic.parts.database.write() as connection:
        mine = requests.c.id == request
        found = select(patients).join(requests).where(mine)
        whom = dict((await connection.execute(found)).mappings().one())
        if whom["id"] == request:
            return
        stranger = {"id": request, "identity_level": IdentityLevel.NOT_IDENTIFIED}
        await connection.execute(insert(patients).values({**whom, **stranger}))
        marked = {"patient_id": request, "identity_marks": IdentityMark.NOT_IDENTIFIED.value}
        await connection.execute(update(requests).where(mine).values(marked))


async def confirmed(world: World, request: str) -> None:
    await unidentified(world, request)
    body = ConfirmIdentity(proof=IdentityProof.PASSPORT)
    await (await world.caller()).post(f"/requests/{request}/confirm-identity", body)


async def changed(world: World, request: str) -> None:
    await unidentified(world, request)
    body = BringData(data=NewPersonalData(place="Пермь"))
    admin = await world.caller("admin")
    assert (await admin.post(f"/requests/{request}/personal-data", body)).is_success


async def aside(world: World, request: str) -> None:
    body = LayAside(until=START + timedelta(hours=1))
    assert (await (await world.caller()).post(f"/requests/{request}/snooze", body)).is_success


FILE_DIGEST = hashlib.sha256(FILE.content()).hexdigest()


def annotated(request: str) -> PutAnnotation:
    """A measurement in the request's own file."""
    number = NUMBERS.get(request, "")
    return PutAnnotation(
        id=AnnotationId(f"a-{number}"),
        document_id=DocumentId(document_id(number, FILE)),
        sha256=FILE_DIGEST,
        place=FramePlace(),
        quantity="line",
        label="x",
        origin=Origin.BY_HAND,
        text="x",
    )


async def measured(world: World, request: str) -> None:
    caller = await world.caller()
    assert (await caller.post(f"/requests/{request}/annotations", annotated(request))).is_success


async def new_annotation(world: World, request: str) -> Case:
    return Case({"request_id": request}, body=annotated(request))


async def drop(world: World, request: str) -> Case:
    return Case({"request_id": request, "annotation_id": annotated(request).id})


async def whose(world: World, request: str) -> Case:
    document = document_id(NUMBERS.get(request, ""), FILE)
    body = AnswerWhoseFile(whose=WhoseFile.OTHER, sha256=FILE_DIGEST)
    return Case({"document_id": document}, body=body)


async def first_of_all(world: World, request: str) -> Case:
    """Its own request is taken, and no other's."""
    nobodys = {"owner_id": None, "lease_until": None, "status_before_claim": None}
    await world.set(request, status=READY, life_threat=True, threat_rank=0, **nobodys)
    return Case()


async def imported(world: World, request: str) -> Case:
    """A version of the directory of its own."""
    async with world.clinic.parts.database.write() as connection:
        given = Import("2.27", START.date(), "0" * 64, (Icd10Code(code="I35.0", title="x"),))
        await keep(connection, given, START)
    return Case({"version": "2.27"})


async def with_filter(world: World, request: str) -> Case:
    body = NewFilter(name=request, listing=Listing())
    answer = await (await world.caller()).post("/queue-filters", body)
    return Case({"filter_id": read(answer, SavedFilter).id})


def consent(*, given: bool) -> Arrange:
    """The one that the journal asks for."""

    async def arrange(world: World, request: str) -> Case:
        patient = await world.patient(request)
        if given:
            assert (await patient.post(f"/consents/{KIND.value}/give")).is_success
        return Case({"kind": KIND.value}, token=patient.token)

    return arrange


async def new_time(world: World, request: str) -> Case:
    world.times += 1
    start = START + timedelta(days=1, hours=world.times)
    return Case({"request_id": request}, body=ProposeSlots(times=[SlotTime(start=start)]))


CHECK = NewPatientCheck(findings=[CheckFinding(part=CheckPart.CAMERA)])
SIGNAL = NewSignal(kind=SignalKind.OFFER, connection=1, payload="x")
DAY = {"from": START.isoformat(), "to": (START + timedelta(days=2)).isoformat()}
NOTE = EndWithNote(note="Приходите")
NEW_UPLOAD = NewUpload(item_code="ct", title="a.pdf", size=5)
READY = RequestStatus.READY
DRAFT = SaveDraft(version=0, form=ConclusionForm())
CLOSING = CloseWithoutConclusion(reason=CloseReason.OTHER, note="x")

RECIPES: dict[str, Recipe] = {
    "server": Recipe(ANYBODY, of()),
    "demo_accounts": Recipe(ANYBODY, of()),
    "sign_in": Recipe(ANYBODY, of(SignIn(login="orlov", password=PASSWORD))),
    "refresh": Recipe(ANYBODY, refresh_token),
    "sign_out": Recipe(ACCOUNTS, own_session),
    "me": Recipe(ACCOUNTS, of()),
    "catalogue": Recipe(FIGURES, of()),
    "list_requests": Recipe(FIGURES, of()),
    "count_requests": Recipe(FIGURES, of()),
    "advise_next": Recipe(DOCTORS, of()),
    "take_next_request": Recipe(DOCTORS, first_of_all),
    "icd10_versions": Recipe(FIGURES, of()),
    "icd10_directory": Recipe(FIGURES, imported),
    "read_phrases": Recipe(DOCTORS, of()),
    "save_phrases": Recipe(DOCTORS, of(Phrases(phrases=[Phrase(text="x")]))),
    "list_earlier_conclusions": Recipe(CLINICAL, of()),
    "list_filters": Recipe(CLINICAL, of()),
    "count_filters": Recipe(CLINICAL, of()),
    "save_filter": Recipe(CLINICAL, of(NewFilter(name="Все", listing=Listing()))),
    "delete_filter": Recipe(CLINICAL, with_filter),
    "read_audit": Recipe(frozenset({Role.AUDITOR}), of(login="auditor")),
    "request_card": Recipe(CLINICAL, of()),
    "request_history": Recipe(CLINICAL, of()),
    "claim_request": Recipe(DOCTORS, of(), READY),
    "release_request": Recipe(DOCTORS, of()),
    "keep_claim": Recipe(DOCTORS, of()),
    "content": Recipe(CLINICAL, of()),
    "file_link": Recipe(CLINICAL, of()),
    "opened": Recipe(CLINICAL, of(AlsoOpened())),
    "propose_slots": Recipe(DOCTORS, new_time),
    "schedule": Recipe(CLINICAL, of(None, "levashova", **DAY)),
    "give_patient_link": Recipe(CLINICAL, of()),
    "revoke_patient_links": Recipe(CLINICAL, of()),
    "list_messages": Recipe(CLINICAL, of()),
    "write_message": Recipe(DOCTORS, of(NewMessage(text="x"))),
    "read_messages": Recipe(DOCTORS, of(ReadMark(number=0))),
    "list_calls": Recipe(CLINICAL, of()),
    "place_call": Recipe(DOCTORS, after(World.scheduled, of())),
    "hang_up_call": Recipe(DOCTORS, in_call(answered=True)),
    "reconnect_call": Recipe(DOCTORS, in_call(answered=True)),
    "extend_consultation": Recipe(DOCTORS, more_time),
    "list_signals": Recipe(DOCTORS, in_call(answered=True)),
    "send_signal": Recipe(DOCTORS, in_call(SIGNAL, answered=True)),
    "staff_ice_servers": Recipe(CLINICAL, of()),
    "give_padding": Recipe(CLINICAL, of()),
    "take_padding": Recipe(CLINICAL, of(Padding(text="x"))),
    "read_conclusion": Recipe(CLINICAL, after(World.drafted, of())),
    "save_conclusion": Recipe(DOCTORS, of(DRAFT)),
    "conclusion_pdf": Recipe(CLINICAL, after(World.signed, of())),
    "sign_conclusion": Recipe(DOCTORS, after(World.drafted, of(SIGNED, version="1"))),
    "approvals": Recipe(ADMIN, of(login="admin")),
    "approve_conclusion": Recipe(
        ADMIN, after(World.signed, of(COUNTERSIGNED, "admin", version="2"))
    ),
    "return_conclusion": Recipe(
        ADMIN, after(World.signed, of(ReturnConclusion(version=2, reason="x"), "admin"))
    ),
    "correct_conclusion": Recipe(
        DOCTORS, after(World.delivered, of(CorrectConclusion(version=3, reason="x")))
    ),
    "conclusion_editions": Recipe(CLINICAL, after(World.signed, of())),
    "edition_pdf": Recipe(CLINICAL, after(World.signed, of_edition)),
    "signatures_to_lift": Recipe(CLINICAL, after(World.signed, of())),
    "lift_edition": Recipe(CLINICAL, after(World.signed, lifting)),
    "read_delivery": Recipe(CLINICAL, of()),
    "send_email_again": Recipe(CLINICAL, after(mail_failed, of())),
    "take_over_request": Recipe(ADMIN, of(TakeOver(reason="x"), "admin")),
    "ask_for_documents": Recipe(DOCTORS, of(AskDocuments(items=["ct"], text="x"))),
    "mark_item_not_applicable": Recipe(DOCTORS, of(MarkItem(item="echo", reason="x"))),
    "decline_request": Recipe(DOCTORS, of(Decline(reason=DeclineReason.OTHER, note="x"))),
    "end_out_of_profile": Recipe(DOCTORS, of(NOTE)),
    "invite_in_person": Recipe(DOCTORS, of(NOTE)),
    "recommend_inpatient": Recipe(DOCTORS, of(NOTE)),
    "close_request_without_conclusion": Recipe(DOCTORS, of(CLOSING)),
    "close_request_no_contact": Recipe(DOCTORS, after(no_contact, of(ActWithNote()))),
    "keep_no_contact_page": Recipe(DOCTORS, out_of_reach),
    "cancel_for_patient": Recipe(DOCTORS, of(ActWithNote())),
    "annul_request": Recipe(CLINICAL, after(refused_thrice, of(ActWithNote()))),
    "convert_to_application": Recipe(DOCTORS, of(ActWithNote()), route=Route.DUTY),
    "mark_threat_to_life": Recipe(DOCTORS, of(MarkLifeThreat(life_threat=True))),
    "set_medical_record_number": Recipe(DOCTORS, of(SetRecordNumber(number="7"))),
    "confirm_patient": Recipe(
        CLINICAL, after(unidentified, of(ConfirmIdentity(proof=IdentityProof.PASSPORT)))
    ),
    "withdraw_confirmation": Recipe(ADMIN, after(confirmed, of(NOTE, "admin"))),
    "bring_personal_data": Recipe(
        ADMIN, of(BringData(data=NewPersonalData(place="Пермь")), "admin")
    ),
    "decide_personal_data": Recipe(
        CLINICAL, after(changed, of(DecideData(fields=[DataField.PLACE], confirm=False)))
    ),
    "list_annotations": Recipe(CLINICAL, after(measured, of())),
    "keep_annotation": Recipe(DOCTORS, new_annotation),
    "drop_annotation": Recipe(DOCTORS, after(measured, drop)),
    "answer_whose_file": Recipe(DOCTORS, whose),
    "snooze_request": Recipe(DOCTORS, of(LayAside(until=START + timedelta(hours=1)))),
    "wake_request": Recipe(DOCTORS, after(aside, of(TakeUp()))),
    "list_phone_attempts": Recipe(CLINICAL, of()),
    "log_phone_attempt": Recipe(DOCTORS, of(NewPhoneAttempt(outcome=PhoneOutcome.BUSY))),
    "list_consents": Recipe(CLINICAL, of()),
    "begin_upload": Recipe(CLINICAL, of(NEW_UPLOAD)),
    "read_upload": Recipe(CLINICAL, with_upload()),
    "upload_offset": Recipe(CLINICAL, with_upload()),
    "send_piece": Recipe(CLINICAL, with_upload(SIGNED)),
    "finish_upload": Recipe(CLINICAL, with_upload(FinishUpload(sha256=DIGEST), sent=True)),
    "give_up_upload": Recipe(CLINICAL, with_upload()),
    "patient_state": Recipe(BY_LINK, by_patient()),
    "accept_slot": Recipe(BY_LINK, answer_slot),
    "refuse_slots": Recipe(BY_LINK, refuse_slot),
    "cancel_consultation": Recipe(BY_LINK, after(World.scheduled, by_patient())),
    "cancel_too_late": Recipe(BY_LINK, too_late),
    "patient_messages": Recipe(BY_LINK, by_patient()),
    "patient_writes": Recipe(BY_LINK, by_patient(NewMessage(text="x"))),
    "patient_reads": Recipe(BY_LINK, by_patient(ReadMark(number=0))),
    "answer_call": Recipe(
        BY_LINK, in_call(AnswerCall(channel=Channel.VIDEO), answered=False, patients=True)
    ),
    "take_call": Recipe(BY_LINK, in_call(TakeCall(page="x"), answered=True, patients=True)),
    "decline_call": Recipe(BY_LINK, in_call(answered=False, patients=True)),
    "patient_hangs_up": Recipe(BY_LINK, in_call(answered=True, patients=True)),
    "patient_signals": Recipe(BY_LINK, in_call(answered=True, patients=True)),
    "patient_signalled": Recipe(BY_LINK, in_call(SIGNAL, answered=True, patients=True)),
    "patient_ice_servers": Recipe(BY_LINK, by_patient()),
    "keep_patient_check": Recipe(BY_LINK, by_patient(CHECK)),
    "give_patient_padding": Recipe(BY_LINK, by_patient()),
    "take_patient_padding": Recipe(BY_LINK, by_patient(Padding(text="x"))),
    "patient_conclusion": Recipe(BY_LINK, after(World.delivered, by_patient())),
    "patient_consents": Recipe(BY_LINK, by_patient()),
    "give_consent": Recipe(BY_LINK, consent(given=False), route=Route.JOURNAL),
    "withdraw_consent": Recipe(BY_LINK, consent(given=True), route=Route.JOURNAL),
    "patient_data": Recipe(BY_LINK, by_patient()),
    "correct_own_data": Recipe(BY_LINK, by_patient(NewPersonalData(place="Омск"))),
    "patient_email": Recipe(BY_LINK, by_patient()),
    "say_email": Recipe(BY_LINK, by_patient(NewEmail(address=ADDRESS))),
    "confirm_email": Recipe(BY_LINK, with_code),
    "remove_email": Recipe(BY_LINK, by_patient()),
    "patient_begins_upload": Recipe(BY_LINK, by_patient(NEW_UPLOAD)),
    "patient_upload": Recipe(BY_LINK, with_upload(patients=True)),
    "patient_upload_offset": Recipe(BY_LINK, with_upload(patients=True)),
    "patient_sends_piece": Recipe(BY_LINK, with_upload(SIGNED, patients=True)),
    "patient_finishes_upload": Recipe(
        BY_LINK, with_upload(FinishUpload(sha256=DIGEST), sent=True, patients=True)
    ),
    "patient_gives_up_upload": Recipe(BY_LINK, with_upload(patients=True)),
}
STREAMS = {"events": CLINICAL, "patient_events": BY_LINK}
"""WebSockets, and who may open them (tests/backend/test_stream_roles.py)."""
PAGES = {"patient_page", "patient_page_file", "verify_page", "verify_proof"}
PAGES |= {"mail_page", "mailed_document"}
"""What a browser is given before anybody has shown a link: the same files for all."""
OWN = {name: f"20-{place:04}" for place, name in enumerate(RECIPES, start=1)}
"""Number of each operation's own request."""
NUMBERS = {id_of(number): number for number in OWN.values()}
REQUESTS = tuple(recipe.request(OWN[name]) for name, recipe in RECIPES.items())


async def arranged(world: World, name: str) -> Case:
    """A call of the operation that succeeds."""
    return await RECIPES[name].arrange(world, id_of(OWN[name]))
