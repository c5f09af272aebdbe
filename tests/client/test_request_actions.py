"""The doctor's and the clinic's actions through the typed client, against the real backend."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from backend.demo_data.rows import demo_id
from backend_client.client import BackendClient
from backend_client.errors import Conflict, Forbidden, Rejected
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.conclusions import Conclusion, ConclusionForm
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
from backend_client.models.requests import RequestCard, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import PASSWORD, REQUEST, Clinic, ClinicMaker, id_of
from tests.backend.consultation import MINE
from tests.client.test_against_backend import client_of

ONE = RequestId(id_of("20-0001"))
NOTE = EndWithNote(note="Приезжайте")


@asynccontextmanager
async def signed_in(clinic: Clinic, login: str = "levashova") -> AsyncIterator[BackendClient]:
    client = client_of(clinic)
    await client.account.sign_in(login, PASSWORD)
    try:
        yield client
    finally:
        await client.aclose()


async def test_heartbeats_keep_a_claim(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic, signed_in(clinic) as doctor:
        with pytest.raises(Conflict) as nobodys:
            await doctor.requests.heartbeat(ONE)
        await doctor.requests.claim(ONE)
        lease = await doctor.requests.heartbeat(ONE)
    assert nobodys.value.code is ProblemCode.MOVE_NOT_ALLOWED
    assert lease.lease_until is not None


async def test_marks_and_the_log_of_the_telephone(clinics: ClinicMaker) -> None:
    """OZ-4, OZ-6, SOK-1, DRC-11"""
    async with clinics.open(MINE) as clinic, signed_in(clinic) as doctor:
        await doctor.actions.mark_item(ONE, MarkItem(item="echo", reason="нет окна"))
        await doctor.actions.mark_life_threat(ONE, MarkLifeThreat(life_threat=True))
        await doctor.actions.set_record_number(ONE, SetRecordNumber(number="7"))
        await doctor.contact.log_phone_attempt(ONE, NewPhoneAttempt(outcome=PhoneOutcome.BUSY))
        log = await doctor.contact.phone_attempts(ONE)
        consents = await doctor.contact.consents(ONE)
        card = await doctor.actions.ask_documents(ONE, AskDocuments(items=["ecg"], text="ЭКГ"))
    assert [one.outcome for one in log] == [PhoneOutcome.BUSY]
    assert consents.consents == []
    assert card.row.life_threat
    assert card.medical_record_number == "7"
    assert card.row.status is RequestStatus.AWAITING_DOCUMENTS


async def test_ends(clinics: ClinicMaker) -> None:
    """OZ-22, SPB-22"""
    cases = [replace(MINE, number=f"{one}") for one in range(6)]
    ids = [RequestId(id_of(one.number)) for one in cases]
    async with clinics.open(*cases) as clinic, signed_in(clinic) as doctor:
        acts = doctor.actions
        ends = [
            await acts.decline(ids[0], Decline(reason=DeclineReason.OTHER)),
            await acts.out_of_profile(ids[1], NOTE),
            await acts.invite_in_person(ids[2], NOTE),
            await acts.recommend_inpatient(ids[3], NOTE),
            await acts.close_without_conclusion(
                ids[4], CloseWithoutConclusion(reason=CloseReason.OTHER, note="-")
            ),
            await acts.cancel(ids[5], ActWithNote()),
        ]
    assert [card.row.status for card in ends] == [
        RequestStatus.DECLINED,
        RequestStatus.OUT_OF_PROFILE,
        RequestStatus.INVITED_IN_PERSON,
        RequestStatus.INPATIENT_CARE,
        RequestStatus.CLOSED_WITHOUT_CONCLUSION,
        RequestStatus.CANCELLED,
    ]


async def test_conditions_are_refused_with_their_reason(clinics: ClinicMaker) -> None:
    """SPB-6, DRC-11, OZ-2, OZ-13"""
    scheduled = replace(MINE, status=RequestStatus.SCHEDULED)
    async with clinics.open(scheduled) as clinic, signed_in(clinic) as doctor:
        with pytest.raises(Conflict) as contact:
            await doctor.actions.close_no_contact(ONE, ActWithNote())
        with pytest.raises(Conflict) as annul:
            await doctor.actions.annul(ONE, ActWithNote())
        with pytest.raises(Conflict):
            await doctor.actions.convert(ONE, ActWithNote())
        with pytest.raises(Rejected):
            await doctor.actions.mark_item(ONE, MarkItem(item="nothing", reason="-"))
        with pytest.raises(Forbidden):
            await doctor.actions.take_over(ONE, TakeOver(reason="-"))
    assert "telephone attempts" in contact.value.detail
    assert "scheduled" in annul.value.detail
    assert contact.value.detail not in str(contact.value)


async def test_admin_hands_a_duty_question_on_and_the_next_doctor_converts_it(
    clinics: ClinicMaker,
) -> None:
    """OZ-13"""
    duty = replace(MINE, route=Route.DUTY)
    orlov = UserId(demo_id("account", "orlov"))
    async with (
        clinics.open(duty) as clinic,
        signed_in(clinic, "admin") as admin,
        signed_in(clinic, "orlov") as other,
    ):
        await admin.actions.take_over(ONE, TakeOver(reason="Отпуск", doctor_id=orlov))
        card = await other.actions.convert(ONE, ActWithNote())
    assert card.row.route is Route.CENTRE


async def test_stale_write_brings_the_present_state(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, signed_in(clinic) as doctor:
        await doctor.conclusions.save(ONE, 0, ConclusionForm(findings="один"))
        with pytest.raises(Conflict) as draft:
            await doctor.conclusions.save(ONE, 0, ConclusionForm(findings="два"))
        seen = (await doctor.requests.card(ONE)).row.version
        await doctor.actions.set_record_number(ONE, SetRecordNumber(number="1", version=seen))
        stale = SetRecordNumber(number="2", version=seen)
        with pytest.raises(Conflict) as action:
            await doctor.actions.set_record_number(ONE, stale)
    kept = draft.value.present_as(Conclusion)
    card = action.value.present_as(RequestCard)
    assert kept is not None
    assert kept.form.findings == "один"
    assert card is not None
    assert card.row.id == ONE
    assert action.value.present_as(Conclusion) is None
