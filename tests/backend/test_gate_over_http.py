"""The gate of documents as a doctor and a patient see it: what is missing, what does not apply."""

from dataclasses import replace

import pytest

from backend_client.models.common import ProblemCode, Wire
from backend_client.models.request_actions import ActWithNote, AskDocuments, MarkItem
from backend_client.models.requests import Action, ItemState, RequestCard, RequestRow, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import Caller, Clinic, ClinicMaker, a_file, problem, read
from tests.backend.consultation import MINE, ONE
from tests.backend.test_clocks_over_http import COMPLETE, DUTY
from tests.backend.test_uploads import PDF, doctor_of

CONCLUSION = MarkItem(item="conclusion", reason="Вопрос общий")
WITHOUT_CONCLUSION = tuple(a_file(item) for item in ("summary", "ecg", "echo"))


async def act(doctor: Caller, action: str, body: Wire) -> RequestRow:
    return read(await doctor.post(f"/requests/{ONE}/{action}", body), RequestCard).row


async def send(clinic: Clinic, item: str) -> None:
    """A file of the item, in one piece."""
    sender = await doctor_of(clinic)
    upload = await sender.begin(item=item)
    await sender.send(upload, 0, PDF)
    assert (await sender.finish(upload)).is_success


async def seen(doctor: Caller) -> RequestRow:
    """The row in the queue, which is the card's."""
    row = (await doctor.page()).items[0]
    card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert card.row.missing_documents == row.missing_documents
    return row


@pytest.mark.parametrize("route", [Route.DUTY, Route.CENTRE, Route.REFERRAL])
async def test_what_was_asked_for_is_missing_until_it_arrives(
    shipped: ClinicMaker, route: Route
) -> None:
    """OZ-4, OZ-14, OZ-19: the CT is optional, and the gate is shut without it all the same."""
    async with shipped.open(replace(MINE, route=route, files=COMPLETE)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = await seen(doctor)
        await act(doctor, "ask-documents", AskDocuments(items=["ct", "ecg"], text="-"))
        asked = await seen(doctor)
        needed = [one.code for one in (await patient.state()).items if one.is_needed]
        await send(clinic, "ecg")
        left = await seen(doctor)
        await send(clinic, "ct")
        ready = await seen(doctor)
    assert before.missing_documents == []
    assert asked.missing_documents == needed == ["ecg", "ct"]
    assert (left.status, left.missing_documents) == (RequestStatus.AWAITING_DOCUMENTS, ["ct"])
    assert (ready.status, ready.missing_documents) == (RequestStatus.READY, [])


@pytest.mark.parametrize("route", [Route.CENTRE, Route.REFERRAL])
async def test_conclusion_that_keeps_a_request_from_ready_is_named_though_no_list_has_it(
    clinics: ClinicMaker, route: Route
) -> None:
    """OZ-2: the small catalogue asks for ECG and echo alone."""
    waiting = replace(
        MINE,
        route=route,
        status=RequestStatus.AWAITING_DOCUMENTS,
        owner_key=None,
        files=WITHOUT_CONCLUSION[1:],
        documents_complete_at=None,
        clock_started_at=None,
    )
    async with clinics.open(waiting) as clinic:
        row = await seen(await clinic.caller())
    assert (row.status, row.missing_documents) == (
        RequestStatus.AWAITING_DOCUMENTS,
        ["conclusion"],
    )


async def test_conclusion_that_did_not_apply_to_a_question_is_missing_of_the_application(
    shipped: ClinicMaker,
) -> None:
    """OZ-2, OZ-13: the patient is told to send it; other reasons stay."""
    async with shipped.open(replace(DUTY, files=WITHOUT_CONCLUSION)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await act(doctor, "not-applicable", MarkItem(item="mri", reason="Кардиостимулятор"))
        question = await act(doctor, "not-applicable", CONCLUSION)
        application = await act(doctor, "convert", ActWithNote())
        items = {one.code: one.is_needed for one in (await patient.state()).items}
        await send(clinic, "conclusion")
        ready = await seen(doctor)
    states = [{one.code: one.state for one in row.checklist} for row in (question, application)]
    assert [one["conclusion"] for one in states] == [ItemState.NOT_APPLICABLE, ItemState.MISSING]
    assert [one["mri"] for one in states] == [ItemState.NOT_APPLICABLE, ItemState.NOT_APPLICABLE]
    assert question.missing_documents == []
    assert application.missing_documents == ["conclusion"]
    assert application.status is RequestStatus.AWAITING_DOCUMENTS
    assert items["conclusion"]
    assert ready.status is RequestStatus.READY


async def test_mark_is_taken_away_wherever_it_stands_and_never_put_on_the_conclusion(
    shipped: ClinicMaker,
) -> None:
    """OZ-2, OZ-6: an application that was converted with such a mark keeps it no longer."""
    marked = replace(
        MINE, files=WITHOUT_CONCLUSION, not_applicable=(("conclusion", "Вопрос общий"),)
    )
    async with shipped.open(marked) as clinic:
        doctor = await clinic.caller()
        again = problem(await doctor.post(f"/requests/{ONE}/not-applicable", CONCLUSION))
        taken = await act(doctor, "not-applicable", MarkItem(item="conclusion", reason=" "))
    assert again.code is ProblemCode.INVALID
    assert taken.checklist[0].state is ItemState.MISSING
    assert taken.missing_documents == ["conclusion"]


async def test_what_does_not_apply_is_not_asked_for_and_what_is_asked_for_applies(
    shipped: ClinicMaker,
) -> None:
    """OZ-4, OZ-6: no doctor waits for what was said not to come, no patient is asked in vain."""
    mark = MarkItem(item="ct", reason="Беременность")
    async with shipped.open(replace(MINE, files=COMPLETE)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await act(doctor, "not-applicable", mark)
        await act(doctor, "ask-documents", AskDocuments(items=["ct"], text="КТ всё же нужна"))
        items = {one.code: one.is_asked for one in (await patient.state()).items}
        read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        waits = await seen(doctor)
        goes_on = await act(doctor, "not-applicable", mark)
        state = await patient.state()
    assert items["ct"]
    assert waits.missing_documents == ["ct"]
    assert Action.PROPOSE_SLOT not in waits.allowed_actions
    assert goes_on.missing_documents == []
    assert Action.PROPOSE_SLOT in goes_on.allowed_actions
    assert state.asked_documents == []
