"""Conclusions: drafted, signed, approved or returned, delivered."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace as with_fields

from backend.conclusions.signatures import Expected, SignatureVerdict
from backend.demo_data.rows import demo_id
from backend.settings import CATALOGUES, Settings
from backend_client.models.accounts import Role
from backend_client.models.common import Page, ProblemCode, UserId
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionDiagnosis,
    ConclusionForm,
    ConclusionState,
    Decision,
    DiagnosisPlace,
    FurtherDiagnosis,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.models.messages import NewMessage
from backend_client.models.request_actions import TakeOver
from backend_client.models.requests import Action, RequestCard, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import (
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    a_catalogue,
    a_doctor,
    demo_of,
    id_of,
    problem,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, consult, ring

S = RequestStatus
ROUTES = (Route.CENTRE, Route.REFERRAL, Route.DUTY, Route.JOURNAL)
PATH = f"/requests/{ONE}/conclusion"
FORM = ConclusionForm(
    complaints="Перебои",
    diagnosis=ConclusionDiagnosis(icd10="I47.2", text="Желудочковая тахикардия"),
    recommendations="Холтер",
)
SIGNED = b"%PDF-1.7 one signature"
COUNTERSIGNED = SIGNED + b" and another"


class CountingChecker:
    """Takes the word "signature" and "another" for signatures."""

    async def check(self, pdf: bytes, signers: Expected) -> SignatureVerdict:
        found = pdf.count(b"signature") + pdf.count(b"another")
        return SignatureVerdict(found == len(signers), "wrong_signer_count")


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


async def draft(doctor: Caller, version: int = 0, form: ConclusionForm = FORM) -> Conclusion:
    return read(await doctor.put(PATH, SaveDraft(version=version, form=form)), Conclusion)


async def signed(clinic: Clinic) -> tuple[Caller, Caller]:
    """A consultation whose conclusion waits for the clinic: its doctor and the admin."""
    doctor, admin = await clinic.caller(), await clinic.caller("admin")
    await consult(doctor, await clinic.patient(doctor, ONE))
    await draft(doctor)
    read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
    return doctor, admin


async def test_refused_signature_is_the_first_result_of_its_key(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, path = await clinic.caller(), f"{PATH}/signed?version=1"
        await consult(doctor, await clinic.patient(doctor, ONE))
        await draft(doctor)
        doctor.headers["Idempotency-Key"] = "one"
        two = [await doctor.upload(path, b"%PDF-1.7 unsigned") for _ in range(2)]
        other = await doctor.upload(path, SIGNED)
        del doctor.headers["Idempotency-Key"]
        assert (await doctor.upload(path, SIGNED)).is_success
    assert [problem(one).code for one in two] == [ProblemCode.BAD_SIGNATURE] * 2
    assert problem(other).code is ProblemCode.INVALID


async def test_call_that_rings_is_stopped_by_the_signature(clinics: ClinicMaker) -> None:
    """OZ-12: nobody could take it any more, and nobody says later that it was not answered."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await consult(doctor, patient)
        await draft(doctor)
        await ring(doctor)
        read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
        state = await patient.state()
        clinic.clock.advance(minutes=1)
        assert await clinic.parts.deadlines.sweep()
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert state.call is None
    assert card.row.status is RequestStatus.SIGNED
    assert not any("не ответил" in line.text for line in card.history)


async def test_draft_is_kept_by_version_and_a_stale_one_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        first = await draft(doctor)
        second = await draft(doctor, 1, ConclusionForm(complaints="Одышка"))
        stale = await doctor.put(PATH, SaveDraft(version=1, form=FORM))
        present = read(await doctor.get(PATH), Conclusion)
        other = await (await clinic.caller("orlov")).put(PATH, SaveDraft(version=2, form=FORM))
    assert (first.version, first.form, first.state) == (1, FORM, ConclusionState.DRAFTING)
    assert problem(stale).code is ProblemCode.STALE_VERSION
    assert msgspec.convert(problem(stale).present, Conclusion) == second
    assert present == second
    assert problem(other).code is ProblemCode.CLAIMED_BY_OTHER


@pytest.mark.parametrize(
    "form",
    [
        ConclusionForm(decision=Decision.UNKNOWN),
        ConclusionForm(further=(FurtherDiagnosis(place=DiagnosisPlace.UNKNOWN),)),
    ],
    ids=["decision", "place"],
)
async def test_a_draft_with_a_word_that_cannot_be_printed_is_refused(
    clinics: ClinicMaker, form: ConclusionForm
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await draft(doctor)
        refused = await doctor.put(PATH, SaveDraft(version=1, form=form))
        kept = read(await doctor.get(PATH), Conclusion)
    assert problem(refused).code is ProblemCode.INVALID
    assert kept.version == 1


async def test_signed_approved_and_in_the_patients_hands(clinics: ClinicMaker) -> None:
    """OZ-12, DRC-13, SPB-21"""
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        patient = await clinic.patient(doctor, ONE)
        early = await patient.get("/conclusion")
        waiting = read(await admin.get("/approvals"), Page[Approval]).items
        card = read(await admin.get(f"/requests/{ONE}"), RequestCard)
        assert (await admin.get(f"{PATH}/pdf")).content == SIGNED
        done = read(await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED), Conclusion)
        delivered = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row.status
        ready = (await patient.state()).conclusion_ready
        pdf = await patient.get("/conclusion")
        read_only = await patient.post("/messages", NewMessage(text="Спасибо"))
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        assert read(await admin.get("/approvals"), Page[Approval]).items == []
    assert problem(early).code is ProblemCode.NOT_FOUND
    assert [(one.request_number, one.version) for one in waiting] == [("20-0001", 2)]
    assert card.row.allowed_actions == [Action.APPROVE, Action.RETURN]
    assert (done.state, done.signers, done.approved_by) == (
        ConclusionState.DELIVERED,
        2,
        "Агапова Е. С.",
    )
    assert delivered is RequestStatus.DELIVERED
    assert ready
    assert pdf.content == COUNTERSIGNED
    assert pdf.headers["content-disposition"].startswith("attachment")
    assert row.status is RequestStatus.CLOSED
    assert problem(read_only).code is ProblemCode.CHAT_CLOSED


async def test_returned_conclusion_is_written_and_signed_anew(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        body = ReturnConclusion(version=2, reason="Нет дозы")
        returned = read(await admin.post(f"{PATH}/returned", body), Conclusion)
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        again = await draft(doctor, returned.version)
        anew = read(
            await doctor.upload(f"{PATH}/signed?version={again.version}", SIGNED), Conclusion
        )
    assert (returned.state, returned.return_reason) == (ConclusionState.RETURNED, "Нет дозы")
    assert row.status is RequestStatus.RETURNED
    assert Action.SIGN_CONCLUSION in row.allowed_actions
    assert (anew.state, anew.return_reason) == (ConclusionState.SIGNED, "")


async def test_who_signs_a_colleagues_draft_is_its_author(clinics: ClinicMaker) -> None:
    """The case was taken over: whoever signs answers for every word."""
    async with clinics.open(MINE) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        await consult(doctor, await clinic.patient(doctor, ONE))
        await draft(doctor)
        body = TakeOver(reason="Больничный", doctor_id=UserId(demo_id("account", "orlov")))
        read(await admin.post(f"/requests/{ONE}/take-over", body), RequestCard)
        other = await clinic.caller("orlov")
        written = read(await other.get(PATH), Conclusion)
        done = read(await other.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
        waiting = read(await admin.get("/approvals"), Page[Approval]).items
    assert written.author_name == "Левашова Мария Олеговна"
    assert (done.author_name, done.author_id) == ("Орлов Пётр Ильич", body.doctor_id)
    assert [one.author_name for one in waiting] == ["Орлов П. И."]


async def test_return_of_a_version_that_was_signed_anew_is_refused(clinics: ClinicMaker) -> None:
    """Two admins look at version 2; what the second returns the doctor has mended meanwhile."""
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        seen = ReturnConclusion(version=2, reason="Нет дозы")
        returned = read(await admin.post(f"{PATH}/returned", seen), Conclusion)
        anew = read(
            await doctor.upload(f"{PATH}/signed?version={returned.version}", SIGNED), Conclusion
        )
        refusal = problem(await admin.post(f"{PATH}/returned", seen))
        now = read(await doctor.get(PATH), Conclusion)
    assert refusal.code is ProblemCode.STALE_VERSION
    assert msgspec.convert(refusal.present, Conclusion) == anew
    assert (now, now.state) == (anew, ConclusionState.SIGNED)


async def test_file_that_was_changed_on_the_servers_disk_is_not_approved(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        (kept,) = (tmp_path / "files" / "conclusions" / ONE).glob("*.pdf")
        kept.write_bytes(SIGNED.replace(b"one", b"two"))
        approval = await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED)
        reading = await doctor.get(f"{PATH}/pdf")
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
    assert problem(approval).code is ProblemCode.FILE_CHANGED
    assert problem(reading).code is ProblemCode.FILE_CHANGED
    assert row.status is RequestStatus.SIGNED


@pytest.mark.parametrize("pdf", [b"", b"MZ", b"%PDF-1.7 unsigned", b"%PDF- signature signature"])
async def test_pdf_without_exactly_the_doctors_signature_is_refused(
    clinics: ClinicMaker, pdf: bytes
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await consult(doctor, await clinic.patient(doctor, ONE))
        await draft(doctor)
        refusal = await doctor.upload(f"{PATH}/signed?version=1", pdf)
    assert problem(refusal).code is ProblemCode.BAD_SIGNATURE


@pytest.mark.parametrize("pdf", [SIGNED, b"%PDF-1.7 signature and another", COUNTERSIGNED * 2])
async def test_approval_goes_on_where_the_doctors_file_ends(
    clinics: ClinicMaker, pdf: bytes
) -> None:
    async with clinics.open(MINE) as clinic:
        _, admin = await signed(clinic)
        refusal = await admin.upload(f"{PATH}/approved?version=2", pdf)
    assert problem(refusal).code is ProblemCode.BAD_SIGNATURE


async def test_approval_whose_answer_was_lost_is_answered_again(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        _, admin = await signed(clinic)
        admin.headers["Idempotency-Key"] = "k"
        first, again = [
            read(await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED), Conclusion)
            for _ in range(2)
        ]
        del admin.headers["Idempotency-Key"]
        another = await admin.upload(f"{PATH}/approved?version=3", COUNTERSIGNED)
    assert first == again
    assert problem(another).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_where_no_approval_is_needed_signing_delivers_and_closes(
    clinics: ClinicMaker,
) -> None:
    """SPB-21, DRC-17"""
    async with clinics.open(replace(MINE, route=Route.DUTY)) as clinic:
        doctor, _ = await signed(clinic)
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        patient = await clinic.patient(doctor, ONE)
        assert (await patient.get("/conclusion")).content == SIGNED
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert row.status is RequestStatus.CLOSED
    assert card.outcome is not None
    assert card.outcome.rendered
    assert (card.quota_left, card.quota_total) == (1, 3)


async def test_catalogue_says_where_the_clinic_approves(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """SPB-21: here the duty doctor's answers are approved and centre applications are not."""
    catalogue = with_fields(a_catalogue(), approval_routes=[Route.DUTY])
    folder = write_catalogues(tmp_path / "own", catalogue, a_catalogue("perinatal"))
    other = replace(clinics, settings=replace(clinics.settings, catalogues=folder))
    async with other.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        conclusion = read(await doctor.get(PATH), Conclusion)
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        waiting = read(await admin.get("/approvals"), Page[Approval]).items
    assert not conclusion.needs_approval
    assert conclusion.state is ConclusionState.DELIVERED
    assert row.status is RequestStatus.CLOSED
    assert waiting == []


@pytest.mark.parametrize("centre_id", ["cardio", "perinatal"])
async def test_catalogues_that_come_with_the_server_say_where_the_clinic_approves(
    clinics: ClinicMaker, centre_id: str
) -> None:
    """SPB-21: a centre application and a referral wait for it, a duty question and a journal's
    case are delivered and closed by the doctor's signature."""
    shipped = replace(clinics, settings=replace(clinics.settings, catalogues=CATALOGUES))
    staff = [
        a_doctor("doctor", "Левашова Мария Олеговна", centre_id=centre_id),
        a_doctor("head", "Агапова Елена Сергеевна", Role.CLINIC_ADMIN, centre_id=centre_id),
    ]
    drafting = replace(MINE, status=S.DRAFTING, centre_id=centre_id, owner_key="doctor")
    cases = [replace(drafting, number=route, route=route) for route in ROUTES]
    ends: dict[Route, tuple[RequestStatus, ConclusionState, bool]] = {}
    async with shipped.open_demo(demo_of(cases, staff)) as clinic:
        doctor, head = await clinic.caller("doctor"), await clinic.caller("head")
        for route in ROUTES:
            path = f"/requests/{id_of(route)}"
            body = SaveDraft(version=0, form=FORM)
            read(await doctor.put(f"{path}/conclusion", body), Conclusion)
            signing = await doctor.upload(f"{path}/conclusion/signed?version=1", SIGNED)
            done = read(signing, Conclusion)
            status = read(await doctor.get(path), RequestCard).row.status
            ends[route] = (status, done.state, done.needs_approval)
        waiting = read(await head.get("/approvals"), Page[Approval]).items
    waits = (S.SIGNED, ConclusionState.SIGNED, True)
    closes = (S.CLOSED, ConclusionState.DELIVERED, False)
    assert ends == {
        Route.CENTRE: waits,
        Route.REFERRAL: waits,
        Route.DUTY: closes,
        Route.JOURNAL: closes,
    }
    assert {one.request_number for one in waiting} == {Route.CENTRE, Route.REFERRAL}


async def test_doctors_do_not_approve_and_admins_do_not_sign(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        refused = [
            await doctor.upload(f"{PATH}/approved?version=2", COUNTERSIGNED),
            await doctor.post(f"{PATH}/returned", ReturnConclusion(version=2, reason="x")),
            await doctor.get("/approvals"),
            await admin.upload(f"{PATH}/signed?version=2", SIGNED),
        ]
    assert {problem(one).code for one in refused} == {ProblemCode.FORBIDDEN}


async def test_server_that_cannot_check_takes_no_signature(settings: Settings) -> None:
    async with ClinicMaker(settings, SetClock()).open(MINE) as clinic:
        doctor = await clinic.caller()
        await consult(doctor, await clinic.patient(doctor, ONE))
        await draft(doctor)
        refusal = await doctor.upload(f"{PATH}/signed?version=1", SIGNED)
    assert problem(refusal).status == 503
