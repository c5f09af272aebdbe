"""Corrections and the page that says whether a file is the signed one (SPB-21, DRC-13, DRC-17)."""

import hashlib

import pytest

from backend.settings import Settings
from backend_client.models.common import Page, ProblemCode
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionForm,
    ConclusionState,
    CorrectConclusion,
    Edition,
    ReturnConclusion,
)
from backend_client.models.requests import Action, RequestCard, RequestStatus
from tests.backend.clinic import Caller, Clinic, ClinicMaker, SetClock, problem, read
from tests.backend.consultation import MINE, ONE
from tests.backend.test_conclusions import (
    COUNTERSIGNED,
    FORM,
    PATH,
    SIGNED,
    CountingChecker,
    draft,
    signed,
)

CORRECTED = SIGNED.replace(b"%PDF-1.7", b"%PDF-1.7 anew")
BOTH = CORRECTED + COUNTERSIGNED.removeprefix(SIGNED)
ANEW = ConclusionForm(findings="Иначе")


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


def sha256(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


async def delivered(clinic: Clinic) -> tuple[Caller, Caller, Conclusion]:
    """In the patient's hands, and the request closed."""
    doctor, admin = await signed(clinic)
    done = read(await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED), Conclusion)
    assert (await (await clinic.patient(doctor, ONE)).get("/conclusion")).is_success
    return doctor, admin, done


async def corrected(doctor: Caller, done: Conclusion) -> Conclusion:
    """A new edition that the clinic has not seen yet."""
    why = CorrectConclusion(version=done.version, reason="Описка в дозе")
    begun = read(await doctor.post(f"{PATH}/corrected", why), Conclusion)
    again = await draft(doctor, begun.version, ANEW)
    return read(
        await doctor.upload(f"{PATH}/signed?version={again.version}", CORRECTED), Conclusion
    )


async def editions(caller: Caller) -> list[Edition]:
    return read(await caller.get(f"{PATH}/editions"), Page[Edition]).items


async def test_corrected_conclusion_is_a_new_edition_and_the_old_one_stays(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin, done = await delivered(clinic)
        patient = await clinic.patient(doctor, ONE)
        second = await corrected(doctor, done)
        (waiting,) = read(await admin.get("/approvals"), Page[Approval]).items
        meanwhile = (await patient.get("/conclusion")).content
        ready = (await patient.state()).conclusion_ready
        path = f"{PATH}/approved?version={second.version}"
        last = read(await admin.upload(path, BOTH), Conclusion)
        after = (await patient.get("/conclusion")).content
        known = await editions(admin)
        files = [(await doctor.get(f"{PATH}/editions/{n}/pdf")).content for n in (1, 2)]
    assert (second.edition, second.correction, waiting.edition) == (2, "Описка в дозе", 2)
    assert second.code != done.code
    assert meanwhile == COUNTERSIGNED
    assert ready
    assert last.state is ConclusionState.DELIVERED
    assert after == BOTH
    assert files == [COUNTERSIGNED, BOTH]
    assert [(one.edition, one.form, one.signers) for one in known] == [(1, FORM, 2), (2, ANEW, 2)]
    assert all(one.delivered_at is not None for one in known)


async def test_correction_takes_no_second_consultation_off_the_quota(clinics: ClinicMaker) -> None:
    """DRC-17"""
    async with clinics.open(MINE) as clinic:
        doctor, admin, done = await delivered(clinic)
        patient = await clinic.patient(doctor, ONE)
        before = (await patient.state()).quota_left
        second = await corrected(doctor, done)
        path = f"{PATH}/approved?version={second.version}"
        assert (await admin.upload(path, BOTH)).is_success
        assert (await patient.state()).quota_left == before


async def test_only_the_doctor_corrects_and_only_what_was_delivered(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        early = await doctor.post(f"{PATH}/corrected", CorrectConclusion(version=2, reason="-"))
        assert (await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED)).is_success
        why = CorrectConclusion(version=3, reason="-")
        clinics_own = await admin.post(f"{PATH}/corrected", why)
        stale = await doctor.post(f"{PATH}/corrected", CorrectConclusion(version=2, reason="-"))
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        assert (await doctor.post(f"{PATH}/corrected", why)).is_success
        now = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
    assert problem(early).code is ProblemCode.MOVE_NOT_ALLOWED
    assert problem(clinics_own).code is ProblemCode.FORBIDDEN
    assert problem(stale).code is ProblemCode.STALE_VERSION
    assert Action.CORRECT_CONCLUSION in row.allowed_actions
    assert now.status is RequestStatus.RETURNED


async def test_returned_file_stays_too_and_was_given_to_nobody(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin = await signed(clinic)
        body = ReturnConclusion(version=2, reason="Нет дозы")
        returned = read(await admin.post(f"{PATH}/returned", body), Conclusion)
        again = await draft(doctor, returned.version)
        path = f"{PATH}/signed?version={again.version}"
        assert (await doctor.upload(path, CORRECTED)).is_success
        first, second = await editions(admin)
    assert (returned.edition, returned.correction) == (2, "")
    assert (first.sha256, second.sha256) == (sha256(SIGNED), sha256(CORRECTED))
    assert first.delivered_at is None


async def test_anybody_may_ask_whether_a_file_is_the_signed_one(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, admin, done = await delivered(clinic)
        path = f"/verify/{done.code}/proof"
        held = {
            "same": COUNTERSIGNED,
            "without_approval": SIGNED,
            "other": COUNTERSIGNED.replace(b"signature", b"sIgnature"),
        }
        found = {
            word: (await clinic.client.get(f"{path}?sha256={sha256(pdf)}")).json()["match"]
            for word, pdf in held.items()
        }
        known = (await clinic.client.get(path)).json()
        second = await corrected(doctor, done)
        assert (await admin.upload(f"{PATH}/approved?version={second.version}", BOTH)).is_success
        replaced = (await clinic.client.get(f"{path}?sha256={sha256(BOTH)}")).json()
        page = await clinic.client.get(f"/verify/{done.code}")
        nobody = await clinic.client.get("/verify/2222-2222-2222-2222/proof")
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert found == {word: word for word in held}
    assert (known["number"], known["signers"], known["signers_needed"]) == ("20-0001 / 1", 2, 2)
    assert (known["is_kept"], known["is_delivered"], known["replaced_by"]) == (True, True, "")
    assert (replaced["match"], replaced["replaced_by"]) == ("other_edition", "20-0001 / 2")
    assert (replaced["file_number"], replaced["stands"]) == ("20-0001 / 2", "20-0001 / 2")
    assert "Проверка заключения" in page.text
    assert nobody.status_code == 404
    patient = card.row.patient
    assert not any(part in str(known) for part in patient.full_name.split())


async def test_page_says_where_the_kept_file_is_another_one(
    clinics: ClinicMaker, settings: Settings
) -> None:
    async with clinics.open(MINE) as clinic:
        _, _, done = await delivered(clinic)
        kept = f"conclusions/{ONE}/{done.sha256}.pdf"
        await clinic.parts.files.write(kept, b"%PDF-1.7 forged")
        known = (await clinic.client.get(f"/verify/{done.code}/proof")).json()
    assert not known["is_kept"]
