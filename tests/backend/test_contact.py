"""Closing without contact: only with all three conditions, and the evidence in words (DRC-11)."""

from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response
from msgspec.structs import replace as with_fields
from websockets.asyncio.client import ClientConnection

from backend_client.models.catalogue import ClockGoal
from backend_client.models.common import Page, ProblemCode
from backend_client.models.documents import NO_CONTACT_PAGE, Document, DocumentKind
from backend_client.models.events import Hello
from backend_client.models.patient import PatientChanged, PatientState
from backend_client.models.request_actions import (
    ActWithNote,
    NewPhoneAttempt,
    PhoneAttempt,
    PhoneOutcome,
)
from backend_client.models.requests import Action, Contact, RequestCard, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import (
    Caller,
    Clinic,
    ClinicMaker,
    PatientCaller,
    a_catalogue,
    a_clock,
    problem,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, TOMORROW, ring, schedule, talk
from tests.backend.live import live, patient_told, patients_stream

SILENT = (PhoneOutcome.NO_ANSWER, PhoneOutcome.SWITCHED_OFF, PhoneOutcome.BUSY)


async def phone(doctor: Caller, outcome: PhoneOutcome) -> PhoneAttempt:
    body = NewPhoneAttempt(outcome=outcome, note="")
    return read(await doctor.post(f"/requests/{ONE}/phone-attempts", body), PhoneAttempt)


async def nobody_answers(clinic: Clinic, doctor: Caller) -> None:
    """A call in the service that rings for its time."""
    await ring(doctor)
    clinic.clock.advance(seconds=46)
    await clinic.parts.deadlines.sweep()


async def close(doctor: Caller) -> tuple[int, str]:
    answer = await doctor.post(f"/requests/{ONE}/close-no-contact", ActWithNote())
    return answer.status_code, "" if answer.is_success else problem(answer).detail


async def card(doctor: Caller) -> RequestCard:
    return read(await doctor.get(f"/requests/{ONE}"), RequestCard)


async def scheduled(clinic: Clinic) -> tuple[Caller, PatientCaller]:
    """The appointed time has come."""
    doctor = await clinic.caller()
    patient = await clinic.patient(doctor, ONE)
    await schedule(doctor, patient)
    clinic.clock.now = TOMORROW
    return await clinic.caller(), patient


async def test_closed_as_rendered_with_all_three_conditions_in_words(
    clinics: ClinicMaker,
) -> None:
    """DRC-11, DRC-17"""
    async with clinics.open(MINE) as clinic:
        doctor, patient = await scheduled(clinic)
        await nobody_answers(clinic, doctor)
        for outcome in SILENT:
            clinic.clock.advance(minutes=1)
            logged = await phone(doctor, outcome)
        log = read(await doctor.get(f"/requests/{ONE}/phone-attempts"), Page[PhoneAttempt]).items
        before = await card(doctor)
        assert await close(doctor) == (200, "")
        after = await card(doctor)
        state = read(await patient.get("/state"), PatientState)
    assert logged == log[0]
    assert [(one.number, one.outcome) for one in log[::-1]] == list(enumerate(SILENT, 1))
    assert before.contact is not None
    assert before.contact.is_lost
    assert Action.CLOSE_NO_CONTACT in before.row.allowed_actions
    assert after.row.status is RequestStatus.NO_CONTACT
    assert after.outcome is not None
    assert after.outcome.rendered
    assert after.outcome.note == (
        "Пациент не заходил в личный кабинет. "
        "Звонок в сервисе без ответа: 21.11.2026 12:00. "
        "Звонки на телефон: 21.11.2026 12:01 не ответил; "
        "21.11.2026 12:02 телефон выключен; 21.11.2026 12:03 занято."
    )
    assert after.outcome.note in after.history[0].text
    assert after.quota_left == 1
    assert after.slots == []
    assert state.outcome == after.outcome


async def test_what_was_tried_before_the_appointed_time_proves_nothing(
    clinics: ClinicMaker,
) -> None:
    """DRC-11: nobody has missed a consultation that is tomorrow, and the quota stays as it is."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await schedule(doctor, await clinic.patient(doctor, ONE))
        await nobody_answers(clinic, doctor)
        for outcome in SILENT:
            await phone(doctor, outcome)
        early, refused = await card(doctor), await close(doctor)
        clinic.clock.now = TOMORROW
        doctor = await clinic.caller()
        then, refused_then = await card(doctor), await close(doctor)
        await nobody_answers(clinic, doctor)
        for outcome in SILENT:
            await phone(doctor, outcome)
        after, closed = await card(doctor), await close(doctor)
    none = Contact(
        patient_offline=True, call_failed=False, phone_attempts=0, phone_attempts_needed=3
    )
    assert early.contact == then.contact == none
    assert refused == (409, "the appointed time has not come")
    assert refused_then == (409, "no call in the service has failed; telephone attempts: 0 of 3")
    assert (early.quota_left, then.quota_left) == (2, 2)
    offered = [Action.CLOSE_NO_CONTACT in one.row.allowed_actions for one in (early, then, after)]
    assert offered == [False, False, True]
    assert closed == (200, "")


async def test_attempts_before_there_was_an_appointment_do_not_count_for_it(
    clinics: ClinicMaker,
) -> None:
    """DRC-11: telephoned to agree on a time."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        for outcome in SILENT:
            await phone(doctor, outcome)
        doctor, _ = await scheduled(clinic)
        await nobody_answers(clinic, doctor)
        found = await card(doctor)
        assert await close(doctor) == (409, "telephone attempts: 0 of 3")
    assert Action.CLOSE_NO_CONTACT not in found.row.allowed_actions


async def test_two_attempts_are_not_enough(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, _ = await scheduled(clinic)
        await nobody_answers(clinic, doctor)
        for outcome in SILENT[:2]:
            await phone(doctor, outcome)
        offered = (await card(doctor)).row.allowed_actions
        assert await close(doctor) == (409, "telephone attempts: 2 of 3")
    assert Action.CLOSE_NO_CONTACT not in offered


async def test_patient_who_was_reached_after_three_attempts_is_not_out_of_reach(
    clinics: ClinicMaker,
) -> None:
    """DRC-11: what failed before counts no more, and the quota stays as it is."""
    async with clinics.open(MINE) as clinic:
        doctor, _ = await scheduled(clinic)
        await nobody_answers(clinic, doctor)
        for outcome in (*SILENT, PhoneOutcome.REACHED):
            await phone(doctor, outcome)
        reached, refused = await card(doctor), await close(doctor)
        await phone(doctor, PhoneOutcome.BUSY)
        again = await card(doctor)
        refused_again = await close(doctor)
    assert [one.contact and one.contact.phone_attempts for one in (reached, again)] == [0, 1]
    assert refused == (409, "telephone attempts: 0 of 3")
    assert refused_again == (409, "telephone attempts: 1 of 3")
    for found in (reached, again):
        assert Action.CLOSE_NO_CONTACT not in found.row.allowed_actions
        assert found.quota_left == 2


async def test_three_attempts_after_the_patient_was_reached_are_enough(
    clinics: ClinicMaker,
) -> None:
    """DRC-11: reached once, and then not at all any more."""
    async with clinics.open(MINE) as clinic:
        doctor, _ = await scheduled(clinic)
        await nobody_answers(clinic, doctor)
        for outcome in (SILENT[0], PhoneOutcome.REACHED, *SILENT):
            await phone(doctor, outcome)
        before, closed = await card(doctor), await close(doctor)
        after = await card(doctor)
    assert before.contact is not None
    assert (before.contact.phone_attempts, before.contact.is_lost) == (3, True)
    assert Action.CLOSE_NO_CONTACT in before.row.allowed_actions
    assert closed == (200, "")
    assert after.row.status is RequestStatus.NO_CONTACT
    assert after.quota_left == 1


async def test_without_a_failed_call_in_the_service_it_stays_open(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, _ = await scheduled(clinic)
        for outcome in SILENT:
            await phone(doctor, outcome)
        contact = (await card(doctor)).contact
        assert await close(doctor) == (409, "no call in the service has failed")
    assert contact == Contact(
        patient_offline=True, call_failed=False, phone_attempts=3, phone_attempts_needed=3
    )


async def test_while_the_patient_is_online_it_stays_open(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor, patient = await scheduled(clinic)
        await nobody_answers(clinic, doctor)
        for outcome in SILENT:
            await phone(doctor, outcome)
        async with patients_stream(address, patient.token) as stream:
            await greeted(stream)
            there = await card(doctor)
            assert (await close(doctor))[0] == 409
        await until_left(clinic, doctor)
        gone = await card(doctor)
        assert (await close(doctor))[0] == 200
        closed = await card(doctor)
    assert there.row.status is RequestStatus.WAITING
    assert Action.CLOSE_NO_CONTACT not in there.row.allowed_actions
    assert Action.CLOSE_NO_CONTACT in gone.row.allowed_actions
    assert closed.outcome is not None
    assert closed.outcome.note.startswith("Пациент не в сети с 21.11.2026 12:00.")


async def greeted(stream: ClientConnection) -> None:
    message: Hello | object = await patient_told(stream)
    assert isinstance(message, Hello | PatientChanged)


async def until_left(clinic: Clinic, doctor: Caller) -> None:
    """The server has seen that the stream is closed."""
    for _ in range(500):
        contact = (await card(doctor)).contact
        if contact is not None and contact.patient_offline:
            return
    raise AssertionError("the patient has never left")


async def test_patient_who_has_talked_was_reached(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, patient = await scheduled(clinic)
        await talk(doctor, patient)
        assert (await close(doctor))[0] == 409


async def test_attempt_without_a_known_outcome_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        body = NewPhoneAttempt(outcome=PhoneOutcome.UNKNOWN)
        answer = await doctor.post(f"/requests/{ONE}/phone-attempts", body)
    assert problem(answer).code is ProblemCode.INVALID


@pytest.mark.parametrize(
    ("outcome", "clock"), [(PhoneOutcome.BUSY, "Звонок"), (PhoneOutcome.REACHED, "Приём")]
)
async def test_journal_waits_for_the_telephone_until_the_patient_is_reached(
    clinics: ClinicMaker, tmp_path: Path, outcome: PhoneOutcome, clock: str
) -> None:
    """SPB-5, SPB-10: then the visit's clock counts."""
    call = with_fields(a_clock(Route.JOURNAL, 3, 5, name="Звонок"), until=ClockGoal.CONTACT)
    visit = a_clock(Route.JOURNAL, 7, 10, name="Приём")
    two = with_fields(a_catalogue(), clocks=[call, visit])
    folder = write_catalogues(tmp_path / "two", two, a_catalogue("perinatal"))
    other = replace(clinics, settings=replace(clinics.settings, catalogues=folder))
    async with other.open(replace(MINE, route=Route.JOURNAL)) as clinic:
        doctor = await clinic.caller()
        await phone(doctor, outcome)
        row = (await card(doctor)).row
    assert row.clock_name == clock


PAGE = b"%PDF-1.7 the page"


async def keep(doctor: Caller, pdf: bytes = PAGE) -> Response:
    return await doctor.upload(f"/requests/{ONE}/no-contact-page", pdf)


async def closed(clinic: Clinic) -> Caller:
    """A request that has ended for want of contact."""
    doctor, _ = await scheduled(clinic)
    await nobody_answers(clinic, doctor)
    for outcome in SILENT:
        await phone(doctor, outcome)
    assert await close(doctor) == (200, "")
    return doctor


async def test_page_of_evidence_is_kept_once_among_the_requests_documents(
    clinics: ClinicMaker,
) -> None:
    """DRC-11: the first page stays; doctor and clinic read the very bytes."""
    async with clinics.open(MINE) as clinic:
        doctor = await closed(clinic)
        first = read(await keep(doctor), Document)
        second = read(await keep(doctor, PAGE + b" again"), Document)
        after = await card(doctor)
        admin = await clinic.caller("admin")
        seen = read(await admin.get(f"/requests/{ONE}"), RequestCard)
        content = await admin.get(f"/documents/{first.id}/content")
    assert first == second
    assert (first.item_code, first.kind, first.format) == (NO_CONTACT_PAGE, DocumentKind.PDF, "PDF")
    assert [one.id for one in after.documents if one.item_code == NO_CONTACT_PAGE] == [first.id]
    assert first.id in [one.id for one in seen.documents]
    assert content.content == PAGE
    assert "страница «Нет связи с пациентом»" in after.history[0].text


async def test_page_is_refused_of_an_open_request_and_where_it_is_no_pdf(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor, _ = await scheduled(clinic)
        early = problem(await keep(doctor))
        admin = await clinic.caller("admin")
        forbidden = problem(await keep(admin))
        text = problem(await keep(doctor, b"text"))
    assert (early.status, early.detail) == (409, "the request has not ended for want of contact")
    assert forbidden.status == 403
    assert text.status == 400
