"""Consents gate the start; their withdrawal takes effect at once (SPB-13, SOK-2, DRC-2)."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from backend.demo_data.case import OWN_MEANS
from backend.demo_data.shape import DemoRequest
from backend_client.models.calls import Call, CallState
from backend_client.models.catalogue import Catalogue, ConsentText
from backend_client.models.common import Page, ProblemCode
from backend_client.models.events import CallChanged, RequestChanged
from backend_client.models.messages import Chat, Message, NewMessage, Side
from backend_client.models.patient import PatientState
from backend_client.models.request_actions import ConsentStates
from backend_client.models.requests import Action, ConsentKind, RequestCard, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import (
    START,
    Caller,
    ClinicMaker,
    PatientCaller,
    a_catalogue,
    a_file,
    document_id,
    problem,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, consult, schedule, talk
from tests.backend.live import hello, live, subscribed, told

CONTRACT = ConsentKind.PAID_SERVICES
KINDS = [ConsentKind.PERSONAL_DATA, ConsentKind.INTERVENTION]
FILE = a_file("ecg")
GIVEN = tuple((kind, "1", START) for kind in KINDS)
AGREED = replace(MINE, consents=GIVEN, files=(FILE,))
SILENT = replace(MINE, consents=tuple((kind, "1", None) for kind in KINDS))


def asking() -> Catalogue:
    """Asks for two consents on centre applications, and for a contract of who pays."""
    texts = [
        ConsentText(
            kind=kind,
            version="2",
            title_ru=kind.value,
            text_ru="Я согласен",
            routes=[Route.CENTRE],
        )
        for kind in KINDS
    ]
    contract = with_fields(texts[0], kind=CONTRACT, text_ru="Я плачу", payers=[OWN_MEANS])
    return with_fields(a_catalogue(), consents=[*texts, contract])


@pytest.fixture
def clinics(clinics: ClinicMaker, tmp_path: Path) -> ClinicMaker:
    """Clinics whose centre asks for consents."""
    folder = write_catalogues(tmp_path / "asking", asking(), a_catalogue("perinatal"))
    return replace(clinics, settings=replace(clinics.settings, catalogues=folder))


async def card(doctor: Caller) -> RequestCard:
    return read(await doctor.get(f"/requests/{ONE}"), RequestCard)


async def say(patient: PatientCaller, kind: ConsentKind, word: str) -> ConsentStates:
    return read(await patient.post(f"/consents/{kind.value}/{word}"), ConsentStates)


async def test_no_consultation_starts_before_all_consents_are_given(clinics: ClinicMaker) -> None:
    """SPB-13, DRC-2, SPB-8"""
    async with clinics.open(SILENT) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        before = await card(doctor)
        refusals = [await doctor.post(f"/requests/{ONE}/calls")]
        clinic.clock.advance(minutes=1)
        await say(patient, KINDS[0], "give")
        refusals.append(await doctor.post(f"/requests/{ONE}/calls"))
        states = await say(patient, KINDS[1], "give")
        after = await card(doctor)
        assert (await doctor.post(f"/requests/{ONE}/calls")).is_success
    assert [problem(one).code for one in refusals] == [ProblemCode.CONSENT_MISSING] * 2
    assert before.row.missing_consents == KINDS
    assert Action.CALL not in before.row.allowed_actions
    assert after.row.missing_consents == []
    assert Action.CALL in after.row.allowed_actions
    given = states.consents[1]
    assert (given.text, given.text_version, given.given_version) == ("Я согласен", "2", "2")
    assert given.given_at == START.replace(minute=1)


async def test_withdrawal_ends_the_call_tells_the_doctor_and_closes_the_files(
    clinics: ClinicMaker,
) -> None:
    """SPB-13, SOK-2, DRC-2"""
    content = f"/documents/{document_id('20-0001', FILE)}/content"
    async with clinics.open(AGREED) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        await talk(doctor, patient)
        assert (await doctor.get(content)).is_success
        async with subscribed(address, doctor.headers) as stream:
            await hello(stream)
            states = await say(patient, KINDS[0], "withdraw")
            events = [await told(stream), await told(stream)]
            assert {type(event) for event in events} == {RequestChanged, CallChanged}
        calls = read(await doctor.get(f"/requests/{ONE}/calls"), Page[Call]).items
        after = await card(doctor)
        refused = [await doctor.get(content), await doctor.post(f"/requests/{ONE}/calls")]
        again = await say(patient, KINDS[0], "give")
        assert (await doctor.get(content)).is_success
        assert (await doctor.post(f"/requests/{ONE}/calls")).is_success
    assert calls[0].state is CallState.ENDED
    assert after.row.status is RequestStatus.DRAFTING
    assert after.row.missing_consents == [KINDS[0]]
    assert after.consents[1].given_at is None
    assert after.consents[1].withdrawn_at == START
    assert [problem(one).code for one in refused] == [ProblemCode.CONSENT_MISSING] * 2
    assert (states.consents[0].given_at, states.consents[0].withdrawn_at) == (None, START)
    assert again.consents[0].withdrawn_at is None
    texts = [line.text for line in after.history]
    assert "Отозвано согласие на обработку персональных данных" in texts
    assert "Связь прервана: согласие отозвано" in texts


async def test_withdrawal_stops_a_call_that_rings(clinics: ClinicMaker) -> None:
    async with clinics.open(AGREED) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        await doctor.post(f"/requests/{ONE}/calls")
        await say(patient, KINDS[1], "withdraw")
        state = read(await patient.get("/state"), PatientState)
    assert state.call is None
    assert state.missing_consents == [KINDS[1]]


async def test_consent_that_is_withdrawn_twice_is_withdrawn_once_and_the_chat_goes_on(
    clinics: ClinicMaker,
) -> None:
    """SPB-13, SPB-14: only a finished consultation's chat is closed; both may ask why."""
    async with clinics.open(AGREED) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await consult(doctor, patient)
        first = await say(patient, KINDS[0], "withdraw")
        clinic.clock.advance(minutes=1)
        assert await say(patient, KINDS[0], "withdraw") == first
        lines = [line.text for line in (await card(doctor)).history]
        asked = NewMessage(text="Почему отозвано?")
        read(await doctor.post(f"/requests/{ONE}/messages", asked), Message)
        read(await patient.post("/messages", NewMessage(text="Передумала")), Message)
        chat = read(await patient.get("/messages"), Chat)
    assert lines.count("Отозвано согласие на обработку персональных данных") == 1
    assert [one.side for one in chat.messages] == [Side.DOCTOR, Side.PATIENT]
    assert chat.can_write


def paid(payer: str) -> DemoRequest:
    """Asked for the contract alone, where this payer is asked for it."""
    consents = (*GIVEN, (CONTRACT, "1", None))
    return replace(MINE, payer=payer, consents=consents, files=(FILE,))


async def test_paid_consultation_starts_with_the_contract_and_stops_without_it(
    clinics: ClinicMaker,
) -> None:
    """SOK-2: read, accepted and refused by the patient; the documents stay open (SPB-13)."""
    async with clinics.open(paid(OWN_MEANS)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        before = await card(doctor)
        asked = await patient.state()
        refusals = [await doctor.post(f"/requests/{ONE}/calls")]
        states = await say(patient, CONTRACT, "give")
        given = await card(doctor)
        await talk(doctor, patient)
        withdrawn = await say(patient, CONTRACT, "withdraw")
        after = await card(doctor)
        calls = read(await doctor.get(f"/requests/{ONE}/calls"), Page[Call]).items
        refusals.append(await doctor.post(f"/requests/{ONE}/calls"))
        assert (await doctor.get(f"/documents/{document_id('20-0001', FILE)}/content")).is_success
    assert [problem(one).code for one in refusals] == [ProblemCode.CONSENT_MISSING] * 2
    assert before.row.missing_consents == asked.missing_consents == [CONTRACT]
    assert Action.CALL not in before.row.allowed_actions
    assert Action.CALL in given.row.allowed_actions
    assert [one.kind for one in states.consents] == [*KINDS, CONTRACT]
    assert (states.consents[2].text, states.consents[2].given_at) == ("Я плачу", START)
    assert {one.kind: one.given_at for one in given.consents}[CONTRACT] == START
    assert (withdrawn.consents[2].given_at, withdrawn.consents[2].withdrawn_at) == (None, START)
    assert after.row.missing_consents == [CONTRACT]
    assert calls[0].state is CallState.ENDED
    texts = {line.text for line in after.history}
    assert texts >= {
        "Принят договор на оказание платных медицинских услуг",
        "Пациент отказался от договора на оказание платных медицинских услуг",
        "Связь прервана: отказ от договора",
    }


@pytest.mark.parametrize("payer", ["ОМС", ""])
async def test_contract_is_not_asked_of_whom_another_pays_for(
    clinics: ClinicMaker, payer: str
) -> None:
    """SOK-2"""
    async with clinics.open(replace(AGREED, payer=payer)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        states = read(await patient.get("/consents"), ConsentStates)
        refusal = await patient.post(f"/consents/{CONTRACT.value}/give")
        assert (await doctor.post(f"/requests/{ONE}/calls")).is_success
    assert [one.kind for one in states.consents] == KINDS
    assert problem(refusal).code is ProblemCode.INVALID


@pytest.mark.parametrize("kind", ["disclosure", "nothing", "unknown"])
async def test_consent_that_the_centre_does_not_ask_for_is_refused(
    clinics: ClinicMaker, kind: str
) -> None:
    async with clinics.open(SILENT) as clinic:
        patient = await clinic.patient(await clinic.caller(), ONE)
        answer = await patient.post(f"/consents/{kind}/give")
    assert problem(answer).code is ProblemCode.INVALID


async def test_staff_read_the_words_and_who_is_from_elsewhere_does_not(
    clinics: ClinicMaker,
) -> None:
    """SPB-13, OZ-28"""
    async with clinics.open(AGREED) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("mironova")
        states = read(await doctor.get(f"/requests/{ONE}/consents"), ConsentStates)
        refusal = await other.get(f"/requests/{ONE}/consents")
    assert [one.kind for one in states.consents] == KINDS
    assert all(one.text for one in states.consents)
    assert problem(refusal).code is ProblemCode.NOT_FOUND
