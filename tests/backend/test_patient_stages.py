"""What a patient sees: a stage for each status, and the documents that are asked for."""

import re
from dataclasses import replace

import pytest

from backend.routes.patient_page import PAGE
from backend.rules.stages import STAGES, stage_of
from backend_client.models.patient import PatientItem, PatientState, Stage
from backend_client.models.request_actions import AskDocuments, MarkItem
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import REQUEST, Caller, ClinicMaker, a_file, read
from tests.backend.consultation import MINE, ONE, schedule

S = RequestStatus
KNOWN = [one for one in S if one is not S.UNKNOWN]


@pytest.mark.parametrize("status", KNOWN)
def test_every_status_is_of_one_stage(status: RequestStatus) -> None:
    found = [stage for stage, statuses in STAGES.items() if status in statuses]
    assert found == [stage_of(status, None, conclusion_ready=False)]
    assert stage_of(status, None, conclusion_ready=True) is Stage.CONCLUSION_READY


def test_a_status_of_a_newer_server_is_over() -> None:
    assert stage_of(S.UNKNOWN, None, conclusion_ready=False) is Stage.OVER


def test_who_is_asked_for_documents_is_asked_while_a_doctor_looks_at_the_request() -> None:
    held = stage_of(S.CLAIMED, S.AWAITING_DOCUMENTS, conclusion_ready=False)
    assert held is Stage.DOCUMENTS
    assert stage_of(S.CLAIMED, S.READY, conclusion_ready=False) is Stage.WAITING_FOR_TIMES
    assert stage_of(S.SCHEDULED, S.AWAITING_DOCUMENTS, conclusion_ready=False) is Stage.SCHEDULED


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.UNKNOWN])
def test_the_page_has_words_for_every_stage(stage: Stage) -> None:
    page = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in ("stages.js", "ends.js"))
    assert re.search(rf"^  {stage.value}: ", page, re.MULTILINE)


async def act(doctor: Caller, action: str, body: AskDocuments | MarkItem) -> RequestCard:
    return read(await doctor.post(f"/requests/{ONE}/{action}", body), RequestCard)


async def test_asked_documents_are_named_to_the_patient_with_the_doctors_words(
    clinics: ClinicMaker,
) -> None:
    """OZ-4: needed first of all is what the catalogue demands and what the doctor asks for."""
    request = replace(MINE, files=(a_file("ecg"),))
    async with clinics.open(request) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = await patient.state()
        await act(doctor, "ask-documents", AskDocuments(items=["ct"], text="Нужна КТ"))
        asked = await patient.state()
    assert (before.stage, before.why_asked) == (Stage.WAITING_FOR_TIMES, "")
    assert (asked.stage, asked.why_asked) == (Stage.DOCUMENTS, "Нужна КТ")
    assert asked.items == [
        PatientItem(code="ecg", title="Ecg", is_needed=False, is_asked=False, file_count=1),
        PatientItem(code="echo", title="Echo", is_needed=True, is_asked=False, file_count=0),
        PatientItem(code="ct", title="Ct", is_needed=True, is_asked=True, file_count=0),
    ]


async def test_what_does_not_apply_is_not_asked_for(clinics: ClinicMaker) -> None:
    """OZ-6"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await act(doctor, "not-applicable", MarkItem(item="echo", reason="сделают у нас"))
        codes = [item.code for item in (await patient.state()).items]
    assert codes == ["ecg", "ct"]


async def test_when_it_is_over_nothing_can_be_sent(clinics: ClinicMaker) -> None:
    async with clinics.open(replace(REQUEST, status=S.DECLINED)) as clinic:
        patient = await clinic.patient(await clinic.caller(), ONE)
        state = await patient.state()
    assert (state.stage, state.items) == (Stage.DECLINED, [])


@pytest.mark.parametrize(
    ("status", "owner"),
    [(S.NEW, None), (S.AWAITING_DOCUMENTS, None), (S.READY, None), (S.CLAIMED, "levashova")],
)
async def test_a_request_is_withdrawn_while_nobody_has_an_appointment(
    clinics: ClinicMaker, status: RequestStatus, owner: str | None
) -> None:
    """OZ-10: the patient needs no doctor's word to give it up, and loses nothing (DRC-17)."""
    request = replace(REQUEST, status=status, owner_key=owner)
    async with clinics.open(request) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = await patient.state()
        after = read(await patient.post("/cancel"), PatientState)
        seen = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert before.can_cancel
    assert (after.stage, after.can_cancel, after.quota_left) == (Stage.CANCELLED, False, 2)
    assert seen.row.status is S.CANCELLED
    assert seen.row.groups == []
    assert seen.row.allowed_actions == []


async def test_who_cancels_too_late_has_been_told_what_is_left(clinics: ClinicMaker) -> None:
    """DRC-12, DRC-17"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = await schedule(doctor, patient)
        clinic.clock.advance(days=1)
        await patient.post("/cancel-late")
        after = await patient.state()
    assert (before.quota_left, before.quota_total) == (2, 3)
    assert (after.stage, after.quota_left) == (Stage.CANCELLED_LATE, 1)
