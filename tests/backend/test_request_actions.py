"""What the staff do with a request: documents, marks, ends; each by its rule and with its words."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from backend.demo_data.rows import demo_id
from backend.requests.gate import uploaded
from backend_client.models.common import ProblemCode, UserId, Wire
from backend_client.models.messages import Chat
from backend_client.models.patient import PatientState, Stage
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
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import Action, ItemState, RequestCard, RequestStatus
from backend_client.models.routes import Route
from backend_client.models.schedule import Schedule
from tests.backend.clinic import (
    REQUEST,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    a_file,
    problem,
    read,
)
from tests.backend.consultation import (
    MINE,
    ONE,
    OTHERS,
    TOMORROW,
    TWO,
    consult,
    propose,
    refuse_all,
    schedule,
    talk,
)

S = RequestStatus
COMPLETE = (a_file("conclusion"), a_file("ecg"), a_file("echo"))
GATED = replace(MINE, status=S.CLAIMED, files=COMPLETE)
DUTY = replace(MINE, route=Route.DUTY, topic="Профилактика")
NOTE = "Приезжайте во вторник"


async def act(
    caller: Caller, action: str, body: Wire | None = None, request_id: str = ONE
) -> RequestCard:
    answer = await caller.post(f"/requests/{request_id}/{action}", body or ActWithNote())
    return read(answer, RequestCard)


async def refused(caller: Caller, action: str, body: Wire | None = None) -> tuple[str, str]:
    refusal = problem(await caller.post(f"/requests/{ONE}/{action}", body or ActWithNote()))
    return refusal.code.value, refusal.detail


async def test_asked_documents_send_the_request_back_to_wait_and_tell_the_patient(
    clinics: ClinicMaker,
) -> None:
    """OZ-4, OZ-19"""
    async with clinics.open(GATED) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await propose(doctor)
        body = AskDocuments(items=["ct", "echo", "ct"], text="Пришлите, пожалуйста, КТ")
        card = await act(doctor, "ask-documents", body)
        state = await patient.state()
        chat = read(await patient.get("/messages"), Chat)
        day = read(
            await doctor.get("/schedule?from=2026-11-20T00:00:00Z&to=2026-11-30T00:00:00Z"),
            Schedule,
        )
    assert card.row.status is S.AWAITING_DOCUMENTS
    assert card.row.owner is None
    assert card.row.due_at is None
    assert card.asked_documents == ["ct", "echo"]
    assert card.slots == []
    assert "Ct, Echo" in card.history[0].text
    assert state.asked_documents == ["ct", "echo"]
    assert [(one.author_name, one.text) for one in chat.messages] == [
        ("Левашова М. О.", "Пришлите, пожалуйста, КТ")
    ]
    assert day.entries == []


async def test_asked_documents_that_arrive_make_the_request_ready_and_start_its_clock(
    clinics: ClinicMaker,
) -> None:
    """OZ-20"""
    async with clinics.open(GATED) as clinic:
        doctor = await clinic.caller()
        await act(doctor, "ask-documents", AskDocuments(items=["ct"], text="КТ"))
        clinic.clock.advance(minutes=10)
        await upload(clinic, "echo")
        waiting = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        await upload(clinic, "ct")
        ready = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert waiting.row.status is S.AWAITING_DOCUMENTS
    assert ready.row.status is S.READY
    assert ready.asked_documents == []
    assert ready.documents_complete_at == START + timedelta(minutes=10)
    assert ready.row.due_at == START + timedelta(days=3, minutes=10)


async def upload(clinic: Clinic, item: str) -> None:
    """What the end of an upload says."""
    async with clinic.parts.changes.change("cardio") as change:
        await uploaded(change, clinic.parts.catalogues, ONE, item, clinic.clock())


async def test_doctor_takes_what_waits_for_documents_and_proposes_no_time_before_they_are_there(
    clinics: ClinicMaker,
) -> None:
    """OZ-2, OZ-6, OZ-8, OZ-20: the doctor works at the gate, and the time comes behind it."""
    lacking = replace(REQUEST, files=COMPLETE[:2], status=S.AWAITING_DOCUMENTS)
    async with clinics.open(replace(lacking, documents_complete_at=None)) as clinic:
        doctor = await clinic.caller()
        taken = read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard).row
        early = problem(await propose(doctor))
        card = await act(doctor, "not-applicable", MarkItem(item="echo", reason="Есть КТ"))
        read(await propose(doctor), RequestCard)
    assert taken.status is S.CLAIMED
    assert {Action.ASK_DOCUMENTS, Action.MARK_ITEM, Action.DECLINE} <= set(taken.allowed_actions)
    assert Action.PROPOSE_SLOT not in taken.allowed_actions
    assert (early.code, early.detail) == (
        ProblemCode.MOVE_NOT_ALLOWED,
        "a time is proposed once the documents are complete",
    )
    assert Action.PROPOSE_SLOT in card.row.allowed_actions


async def test_new_request_whose_documents_are_all_there_is_at_once_ready_in_the_doctors_hands(
    clinics: ClinicMaker,
) -> None:
    """OZ-2"""
    complete = replace(REQUEST, files=COMPLETE, status=S.NEW, documents_complete_at=None)
    async with clinics.open(complete) as clinic:
        doctor = await clinic.caller()
        taken = read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        given_back = read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
    assert Action.PROPOSE_SLOT in taken.row.allowed_actions
    assert taken.documents_complete_at == START
    assert given_back.row.status is S.READY


async def test_duty_doctor_goes_on_when_what_was_asked_for_arrives_in_the_claim(
    clinics: ClinicMaker,
) -> None:
    """OZ-13, OZ-14: nothing is demanded there but what a doctor has asked for."""
    async with clinics.open(replace(MINE, route=Route.DUTY, documents_complete_at=None)) as clinic:
        doctor = await clinic.caller()
        free = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        await act(doctor, "ask-documents", AskDocuments(items=["ct"], text="КТ"))
        taken = read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard).row
        await upload(clinic, "ct")
        later = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        given_back = read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
    assert Action.PROPOSE_SLOT in free.allowed_actions
    assert Action.PROPOSE_SLOT not in taken.allowed_actions
    assert Action.PROPOSE_SLOT in later.allowed_actions
    assert given_back.row.status is S.READY


async def test_file_more_never_closes_the_gate(clinics: ClinicMaker) -> None:
    async with clinics.open(replace(REQUEST, files=COMPLETE[1:])) as clinic:
        await upload(clinic, "ecg")
        card = read(await (await clinic.caller()).get(f"/requests/{ONE}"), RequestCard)
    assert card.row.status is S.READY


@pytest.mark.parametrize("route", [Route.CENTRE, Route.REFERRAL])
async def test_nothing_is_ready_without_the_treating_doctors_conclusion(
    clinics: ClinicMaker, route: Route
) -> None:
    """OZ-2"""
    tests_only = replace(REQUEST, route=route, files=COMPLETE[1:], status=S.AWAITING_DOCUMENTS)
    async with clinics.open(replace(tests_only, documents_complete_at=None)) as clinic:
        doctor = await clinic.caller()
        await upload(clinic, "echo")
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        marking = await refused(doctor, "not-applicable", MarkItem(item="conclusion", reason="нет"))
        given_back = read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
    assert card.row.missing_documents == ["conclusion"]
    assert card.row.status is S.AWAITING_DOCUMENTS
    assert marking[0] == "invalid"
    assert given_back.row.status is S.AWAITING_DOCUMENTS


async def test_item_that_does_not_apply_opens_the_gate_and_closes_it_again(
    clinics: ClinicMaker,
) -> None:
    """OZ-6"""
    lacking = replace(REQUEST, files=COMPLETE[:2], status=S.NEW, documents_complete_at=None)
    async with clinics.open(lacking) as clinic:
        doctor = await clinic.caller()
        read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        body = MarkItem(item="echo", reason="  Нет эхо-окна ")
        card = await act(doctor, "not-applicable", body)
        ready = read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
        read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        again = await act(doctor, "not-applicable", MarkItem(item="echo", reason=""))
        waiting = read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
    item = card.row.checklist[1]
    assert (item.state, item.reason) == (ItemState.NOT_APPLICABLE, "Нет эхо-окна")
    assert card.row.missing_documents == []
    assert ready.row.status is S.READY
    assert again.row.missing_documents == ["echo"]
    assert waiting.row.status is S.AWAITING_DOCUMENTS


ENDS = [
    (
        "decline",
        Decline(reason=DeclineReason.DUPLICATE, note=NOTE),
        S.DECLINED,
        DeclineReason.DUPLICATE,
    ),
    ("out-of-profile", EndWithNote(note=NOTE), S.OUT_OF_PROFILE, ""),
    ("invite-in-person", EndWithNote(note=NOTE), S.INVITED_IN_PERSON, ""),
    ("recommend-inpatient", EndWithNote(note=NOTE), S.INPATIENT_CARE, ""),
    (
        "close-without-conclusion",
        CloseWithoutConclusion(reason=CloseReason.NOT_ENOUGH_DATA, note=NOTE),
        S.CLOSED_WITHOUT_CONCLUSION,
        CloseReason.NOT_ENOUGH_DATA,
    ),
]


@pytest.mark.parametrize(("action", "body", "status", "code"), ENDS)
async def test_end_tells_the_patient_why_frees_the_time_and_closes_the_chat(
    clinics: ClinicMaker, action: str, body: Wire, status: RequestStatus, code: str
) -> None:
    """OZ-22, SPB-14, SPB-22"""
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await propose(doctor)
        card = await act(doctor, action, body)
        state = await patient.state()
        chat = read(await patient.get("/messages"), Chat)
        write = await doctor.post(f"/requests/{ONE}/messages", ActWithNote())
        assert (await propose(doctor, TOMORROW, request_id=TWO)).is_success
    assert card.row.status is status
    assert card.row.allowed_actions == []
    assert card.row.groups == []
    assert card.outcome is not None
    assert (card.outcome.code, card.outcome.note, card.outcome.at) == (code, NOTE, START)
    assert not card.outcome.rendered
    assert not card.outcome.patients_fault
    assert NOTE in card.history[0].text
    assert (state.stage, state.outcome) == (Stage(status.value), card.outcome)
    assert not chat.can_write
    assert not write.is_success


async def test_consultation_that_was_held_may_end_without_a_conclusion(
    clinics: ClinicMaker,
) -> None:
    """SPB-22"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await consult(doctor, patient)
        reason = CloseWithoutConclusion(reason=CloseReason.NOT_ENOUGH_DATA, note=NOTE)
        card = await act(doctor, "close-without-conclusion", reason)
    assert card.row.status is S.CLOSED_WITHOUT_CONCLUSION


async def test_reason_that_is_not_known_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        body = Decline(reason=DeclineReason.UNKNOWN)
        assert (await refused(doctor, "decline", body))[0] == "invalid"


async def test_move_that_the_table_does_not_know_is_refused_with_its_reason(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(replace(MINE, status=S.IN_CALL)) as clinic:
        doctor = await clinic.caller()
        code, reason = await refused(doctor, "decline", Decline(reason=DeclineReason.OTHER))
    assert code == "move_not_allowed"
    assert reason == "decline is not possible while the request is in_call"


async def test_patient_who_cancels_in_time_loses_nothing(clinics: ClinicMaker) -> None:
    """OZ-10"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await schedule(doctor, await clinic.patient(doctor, ONE))
        card = await act(doctor, "cancel", ActWithNote(note="позвонил"))
    assert card.row.status is S.CANCELLED
    assert card.quota_left == 2
    assert card.slots == []


@pytest.mark.parametrize("by_patient", [True, False])
async def test_patient_who_cancels_too_late_is_at_fault_and_the_quota_pays(
    clinics: ClinicMaker, by_patient: bool
) -> None:
    """DRC-12, DRC-17"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = await schedule(doctor, patient)
        early = await patient.post("/cancel-late")
        clinic.clock.advance(days=1)
        late = await patient.state()
        doctor = await clinic.caller()
        if by_patient:
            read(await patient.post("/cancel-late"), PatientState)
        else:
            await act(doctor, "cancel")
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert (before.can_cancel, before.can_cancel_late) == (True, False)
    assert (late.can_cancel, late.can_cancel_late) == (False, True)
    assert problem(early).code is ProblemCode.MOVE_NOT_ALLOWED
    assert card.row.status is S.CANCELLED_LATE
    assert card.outcome is not None
    assert card.outcome.patients_fault
    assert not card.outcome.rendered
    assert (card.quota_left, card.quota_total) == (1, 3)


async def test_request_is_annulled_after_three_refusals_of_times_and_not_before(
    clinics: ClinicMaker,
) -> None:
    """SPB-6"""
    async with clinics.open(replace(MINE, route=Route.JOURNAL)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        for count in range(3):
            early = await refused(doctor, "annul")
            assert early[0] == "move_not_allowed"
            assert "3" in early[1]
            read(await propose(doctor, TOMORROW + timedelta(hours=count)), RequestCard)
            read(await refuse_all(patient), PatientState)
        admin = await clinic.caller("admin")
        offered = read(await admin.get(f"/requests/{ONE}"), RequestCard).row.allowed_actions
        card = await act(admin, "annul", ActWithNote(note="Три отказа"))
    assert Action.ANNUL in offered
    assert card.row.status is S.ANNULLED


async def test_duty_question_becomes_a_centre_application_with_its_gate_and_clock(
    clinics: ClinicMaker,
) -> None:
    """OZ-13, OZ-2, OZ-9"""
    complete = replace(DUTY, number="20-0002", files=COMPLETE)
    async with clinics.open(DUTY, complete) as clinic:
        doctor = await clinic.caller()
        waiting = await act(doctor, "convert")
        ready = await act(doctor, "convert", request_id=TWO)
    assert (waiting.row.route, waiting.row.status) == (Route.CENTRE, S.AWAITING_DOCUMENTS)
    assert waiting.row.owner is None
    assert waiting.row.due_at is None
    assert ready.row.status is S.READY
    assert ready.row.due_at == START + timedelta(days=3)


async def test_only_a_duty_question_is_converted(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        code, reason = await refused(doctor, "convert")
    assert code == "move_not_allowed"
    assert "duty" in reason


async def test_threat_to_life_goes_to_the_top_of_the_list_and_back(clinics: ClinicMaker) -> None:
    urgent = replace(OTHERS, clock_started_at=START - timedelta(days=2))
    async with clinics.open(MINE, urgent) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await act(doctor, "life-threat", MarkLifeThreat(life_threat=True, note="Обморок"))
        assert (await patient.state()).life_threat, "the patient's page says to call 103"
        first = (await doctor.page()).items[0]
        card = await act(doctor, "life-threat", MarkLifeThreat(life_threat=False))
        assert not (await patient.state()).life_threat
        assert (await doctor.page()).items[0].id == TWO
    assert (first.id, first.life_threat) == (ONE, True)
    assert "Обморок" in card.history[1].text


async def test_medical_record_number_stands_on_the_case(clinics: ClinicMaker) -> None:
    """SOK-1"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        card = await act(doctor, "record-number", SetRecordNumber(number=" 122-77 "))
    assert card.medical_record_number == "122-77"


async def test_admin_takes_a_case_over_for_another_doctor_with_the_times_held(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        admin = await clinic.caller("admin")
        await schedule(doctor, await clinic.patient(doctor, ONE))
        body = TakeOver(reason="Больничный", doctor_id=UserId(demo_id("account", "orlov")))
        await act(admin, "take-over", body)
        card = read(await other.get(f"/requests/{ONE}"), RequestCard)
    assert card.row.status is S.SCHEDULED
    assert card.row.owner is not None
    assert card.row.owner.is_me
    assert [slot.doctor_name for slot in card.slots] == ["Орлов П. И."]
    assert "Левашова М. О. → Орлов П. И.: Больничный" in card.history[0].text


async def test_admin_takes_a_bare_claim_back_to_the_queue_and_nothing_that_was_begun(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        back = TakeOver(reason="Ушла домой")
        card = await act(admin, "take-over", back)
        nobodys = await refused(admin, "take-over", back)
        read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        read(await propose(doctor), RequestCard)
        begun = await refused(admin, "take-over", back)
    assert (card.row.status, card.row.owner) == (S.READY, None)
    assert "Ушла домой" in card.history[0].text
    assert nobodys[0] == "move_not_allowed"
    assert begun[0] == "invalid"


async def test_admin_takes_over_a_case_whose_call_goes_on(clinics: ClinicMaker) -> None:
    """The doctor's program is gone in the middle of the talk: the call ends, the case goes on."""
    async with clinics.open(MINE) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        admin, patient = await clinic.caller("admin"), await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        await talk(doctor, patient)
        offered = read(await admin.get(f"/requests/{ONE}"), RequestCard).row.allowed_actions
        to_nobody = await refused(admin, "take-over", TakeOver(reason="-"))
        still = (await patient.state()).call
        body = TakeOver(reason="Больничный", doctor_id=UserId(demo_id("account", "orlov")))
        await act(admin, "take-over", body)
        row = read(await other.get(f"/requests/{ONE}"), RequestCard).row
        ended = (await patient.state()).call
    assert offered == [Action.TAKE_OVER]
    assert to_nobody[0] == "invalid"
    assert still is not None
    assert ended is None
    assert (row.status, row.owner is not None and row.owner.is_me) == (S.DRAFTING, True)
    assert {Action.CALL, Action.WRITE_CONCLUSION} <= set(row.allowed_actions)


async def test_time_of_the_new_doctor_may_be_taken(clinics: ClinicMaker) -> None:
    theirs = replace(OTHERS, owner_key="orlov")
    async with clinics.open(MINE, theirs) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        read(await propose(doctor), RequestCard)
        read(await propose(other, request_id=TWO), RequestCard)
        body = TakeOver(reason="Отпуск", doctor_id=UserId(demo_id("account", "orlov")))
        code, _ = await refused(await clinic.caller("admin"), "take-over", body)
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert code == "slot_taken"
    assert card.row.owner is not None
    assert card.row.owner.is_me


@pytest.mark.parametrize("whom", ["admin", "mironova", "levashova", "nobody"])
async def test_case_is_handed_to_another_doctor_of_the_centre_alone(
    clinics: ClinicMaker, whom: str
) -> None:
    """OZ-28"""
    async with clinics.open(MINE) as clinic:
        body = TakeOver(reason="-", doctor_id=UserId(demo_id("account", whom)))
        code, _ = await refused(await clinic.caller("admin"), "take-over", body)
    assert code == "invalid"


@pytest.mark.parametrize(
    ("login", "code"),
    [("orlov", "claimed_by_other"), ("admin", "forbidden"), ("mironova", "not_found")],
)
@pytest.mark.parametrize("action", ["convert", "close-no-contact", "cancel"])
async def test_action_is_the_owners(
    clinics: ClinicMaker, login: str, code: str, action: str
) -> None:
    async with clinics.open(DUTY) as clinic:
        assert (await refused(await clinic.caller(login), action))[0] == code


async def test_takeover_is_the_admins(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        for login in ("levashova", "orlov"):
            code, _ = await refused(await clinic.caller(login), "take-over", TakeOver(reason="-"))
            assert code == "forbidden"


async def test_stale_action_is_refused_with_the_present_card(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        seen = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row.version
        now = await act(doctor, "record-number", SetRecordNumber(number="1", version=seen))
        body = SetRecordNumber(number="2", version=seen)
        refusal = problem(await doctor.post(f"/requests/{ONE}/record-number", body))
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert refusal.code is ProblemCode.STALE_VERSION
    assert refusal.present is not None
    assert refusal.present == msgspec.to_builtins(card)
    assert card.medical_record_number == "1"
    assert card.row.version == now.row.version


async def test_repeated_end_is_done_once(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        body, key = EndWithNote(note=NOTE), {"Idempotency-Key": "end"}
        path = f"/requests/{ONE}/invite-in-person"
        first = await doctor.post(path, body, key)
        again = await doctor.post(path, body, key)
    assert read(first, RequestCard) == read(again, RequestCard)
