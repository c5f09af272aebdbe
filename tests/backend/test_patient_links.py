"""Links to the patient's page: what they open, and for how long."""

from contextlib import aclosing
from dataclasses import replace

import pytest
from litestar.handlers import HTTPRouteHandler
from sqlalchemy import select
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from backend.problems import Refused
from backend.routes.patient import PATIENT_ROUTES
from backend.routes.patient_events import patients_messages
from backend.tables import patient_links
from backend_client.models.common import ProblemCode
from backend_client.models.events import Hello, MessagePosted, PatientEvent
from backend_client.models.messages import NewMessage
from backend_client.models.patient import (
    PATIENT_PREFIX,
    PatientChanged,
    PatientLink,
    Stage,
    StreamGreeting,
)
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import REQUEST, Caller, ClinicMaker, PatientCaller, id_of, problem, read
from tests.backend.consultation import MINE, ONE, OTHERS, TWO, propose, schedule
from tests.backend.live import live, patient_told, patients_stream


async def test_link_opens_its_own_request_and_its_token_is_not_kept(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        link = read(await doctor.post(f"/requests/{ONE}/patient-link"), PatientLink)
        address, _, token = link.url.partition("#")
        state = await PatientCaller(clinic.client, token).state()
        async with clinic.parts.database.read() as connection:
            kept = (await connection.execute(select(patient_links.c.token_hash))).scalars().all()
    assert address == "http://clinic/p/"
    assert len(token) >= 43  # 256 bits
    assert token not in kept
    assert (state.request_number, state.stage) == ("20-0001", Stage.WAITING_FOR_TIMES)
    assert state.doctor_name == "Левашова Мария Олеговна"


async def test_link_ends_by_time_and_by_order(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        revoked = await clinic.patient(doctor, ONE)
        assert (await doctor.delete(f"/requests/{ONE}/patient-link")).status_code == 204
        assert problem(await revoked.get("/state")).code is ProblemCode.LINK_NOT_GOOD
        over = await clinic.patient(doctor, ONE)
        clinic.clock.advance(days=31)
        assert problem(await over.get("/state")).code is ProblemCode.LINK_NOT_GOOD


async def test_who_tries_links_has_to_wait(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        guesser = PatientCaller(clinic.client, "guess")
        for _ in range(clinics.settings.wrong_links_a_minute):
            assert (await guesser.get("/state")).status_code == 401
        refusal = problem(await guesser.get("/state"))
        assert refusal.code is ProblemCode.TOO_MANY_ATTEMPTS
        assert refusal.retry_after == 60
        clinic.clock.advance(minutes=1)
        assert (await guesser.get("/state")).status_code == 401


async def test_links_that_are_wrong_over_or_revoked_cannot_be_told_apart(
    clinics: ClinicMaker,
) -> None:
    """A guesser learns nothing: not of a link that was good, and not how near a guess came."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        over = await clinic.patient(doctor, ONE)
        clinic.clock.advance(days=31)
        doctor = await clinic.caller()
        revoked, near = await clinic.patient(doctor, ONE), await clinic.patient(doctor, ONE)
        await doctor.delete(f"/requests/{ONE}/patient-link")
        wrong = PatientCaller(clinic.client, near.token[:-1])
        answers = [await one.get("/state") for one in (over, revoked, wrong)]
        good = await clinic.patient(doctor, ONE)
        for _ in range(clinics.settings.wrong_links_a_minute):
            await wrong.get("/state")
        waiting = [await one.get("/state") for one in (over, revoked, wrong, good)]
    assert len({(one.status_code, one.content) for one in answers}) == 1
    assert answers[0].status_code == 401
    assert {one.status_code for one in waiting} == {429}
    assert len({one.content for one in waiting}) == 1


async def test_a_link_that_is_used_twice_opens_the_same_request(clinics: ClinicMaker) -> None:
    """On a second device, and a second link beside the first: the same patient (decision 0085)."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        first, second = await clinic.patient(doctor, ONE), await clinic.patient(doctor, ONE)
        elsewhere = PatientCaller(clinic.client, first.token)
        states = [await one.state() for one in (first, elsewhere, second)]
    assert len({state.request_number for state in states}) == 1


@pytest.mark.parametrize("route", PATIENT_ROUTES, ids=lambda route: route.handler_name)
async def test_nothing_is_open_without_a_link(
    clinics: ClinicMaker, route: HTTPRouteHandler
) -> None:
    path = next(iter(route.paths)).replace("{call_id:str}", "x")
    method = next(iter(route.http_methods))
    async with clinics.open(MINE) as clinic:
        session = (await clinic.caller()).headers
        for headers in ({}, session):
            answer = await clinic.client.request(method, PATIENT_PREFIX + path, headers=headers)
            assert problem(answer).code in (ProblemCode.LINK_NOT_GOOD, ProblemCode.INVALID)


async def test_patient_hears_of_the_own_request_alone(clinics: ClinicMaker) -> None:
    """OZ-28"""
    async with clinics.open(MINE, OTHERS) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        async with patients_stream(address, patient.token) as stream:
            first = await patient_told(stream)
            assert isinstance(first, Hello)
            other = first.seq
            await clinic.patient(doctor, TWO)  # an event of another patient
            card = read(await propose(doctor), RequestCard)
            event = await patient_told(stream)
    assert isinstance(event, PatientChanged)
    assert (event.prev, event.seq) == (other, other + 2)
    assert event.state.stage is Stage.CHOOSE_TIME
    assert event.state.slots == card.slots


async def test_patient_told_of_what_is_missed_sees_no_gap_where_others_events_are(
    clinics: ClinicMaker,
) -> None:
    """Each message names the last one that this patient could see, live and after a break."""
    async with clinics.open(MINE, OTHERS) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        async with patients_stream(address, patient.token) as stream:
            first = await patient_told(stream)
            told: list[PatientEvent] = []
            for text in ("a", "b"):
                await _say(doctor, ONE, text)
                told += await _until(stream, text)
                await _say(doctor, TWO, "hidden")
        for request, text in ((ONE, "c"), (TWO, "hidden"), (ONE, "d")):
            await _say(doctor, request, text)
        async with patients_stream(address, patient.token, since=told[-1].seq) as stream:
            again = await patient_told(stream)
            told += await _until(stream, "d")
            await _say(doctor, TWO, "hidden")
            await _say(doctor, ONE, "e")
            told += await _until(stream, "e")
    assert isinstance(first, Hello)
    assert isinstance(again, Hello)
    assert again.resumed
    said = [one.message.text for one in told if isinstance(one, MessagePosted)]
    assert said == ["a", "b", "c", "d", "e"]
    assert [one.prev for one in told] == [first.seq, *(one.seq for one in told[:-1])]
    # Of each hidden message the others are told twice: itself, and the row of its request.
    assert sum(one.seq - one.prev - 1 for one in told) == 2 * 4


async def _until(stream: ClientConnection, text: str) -> list[PatientEvent]:
    """What is told, up to a message with this text."""
    told: list[PatientEvent] = []
    while not (told and isinstance(told[-1], MessagePosted) and told[-1].message.text == text):
        event = await patient_told(stream)
        assert not isinstance(event, Hello)
        told.append(event)
    return told


async def _say(doctor: Caller, request_id: str, text: str) -> None:
    body = NewMessage(text=text)
    assert (await doctor.post(f"/requests/{request_id}/messages", body)).is_success


async def test_revoked_link_ends_its_open_stream(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        async with patients_stream(address, patient.token) as stream:
            await patient_told(stream)
            await doctor.delete(f"/requests/{ONE}/patient-link")
            with pytest.raises(ConnectionClosed):
                await stream.recv()
        assert stream.close_code == 4401


async def test_link_revoked_while_its_stream_opens_ends_it(clinics: ClinicMaker) -> None:
    """Between the greeting and the number from which the stream tells, nobody is told of it."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        access = await clinic.parts.links.access(patient.token, "here")
        greeting = StreamGreeting(token=patient.token)
        await doctor.delete(f"/requests/{ONE}/patient-link")
        async with aclosing(patients_messages(clinic.parts, access, greeting, "here")) as told:
            with pytest.raises(Refused) as refusal:
                await anext(told)
    assert refusal.value.problem.code is ProblemCode.LINK_NOT_GOOD


async def test_stream_with_a_made_up_token_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        async with patients_stream(address, "made-up") as stream:
            with pytest.raises(ConnectionClosed):
                await stream.recv()
        assert stream.close_code == 4401


async def test_doctor_sees_that_the_patient_waits(clinics: ClinicMaker) -> None:
    """SPB-11"""
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        clinic.clock.advance(hours=23, minutes=50)
        doctor = await clinic.caller()
        async with patients_stream(address, patient.token) as stream:
            await patient_told(stream)
            there = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row.status
    assert there is RequestStatus.WAITING


async def test_auditor_and_strangers_give_no_links(clinics: ClinicMaker) -> None:
    async with clinics.open(replace(REQUEST)) as clinic:
        stranger = await clinic.caller("mironova")
        answer = await stranger.post(f"/requests/{id_of('20-0001')}/patient-link")
    assert problem(answer).code is ProblemCode.NOT_FOUND
