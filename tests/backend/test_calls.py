"""Calls: placed by the doctor, answered by the patient, signalled through the backend."""

from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import product

import msgspec
import pytest

from backend.rules.calls import RUNNING, STEPS, CallIsOver, CallStep, after
from backend_client.models.calls import (
    AnswerCall,
    Call,
    CallState,
    Channel,
    NewSignal,
    Signal,
    SignalKind,
    Signals,
    TakeCall,
)
from backend_client.models.common import Page, ProblemCode
from backend_client.models.events import CallChanged, CallSignalled
from backend_client.models.messages import Side
from backend_client.models.patient import PatientState, SlotAnswer
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import Caller, Clinic, ClinicMaker, PatientCaller, problem, read
from tests.backend.consultation import (
    MINE,
    ONE,
    OTHERS,
    TWO,
    propose,
    ring,
    schedule,
    talk,
)
from tests.backend.live import hello, live, patient_told, patients_stream, subscribed, told

CALLS = f"/requests/{ONE}/calls"


@pytest.mark.parametrize(("state", "step"), list(product(CallState, CallStep)))
def test_calls_move_by_their_table_alone(state: CallState, step: CallStep) -> None:
    if (state, step) in STEPS:
        assert state in RUNNING
        assert after(state, step) is not state
    else:
        with pytest.raises(CallIsOver):
            after(state, step)


async def test_call_rings_is_answered_and_ends(clinics: ClinicMaker) -> None:
    """DRC-4, DRC-7, DRC-8"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        rings = await ring(doctor)
        at_page = (await patient.state()).call
        clinic.clock.advance(seconds=5)
        active = await talk_on(patient, rings, Channel.AUDIO)
        during = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row.status
        state = await patient.state()
        ended = read(await doctor.post(f"{CALLS}/{rings.id}/hang-up"), Call)
        again = read(await doctor.post(f"{CALLS}/{rings.id}/hang-up"), Call)
        afterwards = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row.status
    assert at_page == rings
    assert rings.state is CallState.RINGING
    assert (active.state, active.channel) == (CallState.ACTIVE, Channel.AUDIO)
    assert state.call == active
    assert active.clock is not None
    assert active.clock.started_at == active.answered_at
    assert during is RequestStatus.IN_CALL
    assert (ended.state, ended.ended_by) == (CallState.ENDED, Side.DOCTOR)
    assert again == ended
    assert afterwards is RequestStatus.DRAFTING


async def talk_on(patient: PatientCaller, call: Call, channel: Channel) -> Call:
    return read(await patient.post(f"/calls/{call.id}/answer", AnswerCall(channel=channel)), Call)


async def days_later(clinic: Clinic, days: int) -> tuple[Caller, PatientCaller]:
    """The doctor and the patient of an appointment that was made so many days ago."""
    doctor = await clinic.caller()
    patient = await clinic.patient(doctor, ONE)
    await schedule(doctor, patient)
    clinic.clock.advance(days=days)
    return await clinic.caller(), patient


@pytest.mark.parametrize(("way", "days"), [("/cancel", 0), ("/cancel-late", 1)])
async def test_request_that_the_patient_cancels_rings_no_more(
    clinics: ClinicMaker, way: str, days: int
) -> None:
    """OZ-10, DRC-12: at once, for both sides; nobody says later that it was not answered."""
    async with clinics.open(MINE) as clinic:
        doctor, patient = await days_later(clinic, days)
        rings = await ring(doctor)
        read(await patient.post(way), PatientState)
        state = await patient.state()
        answer = AnswerCall(channel=Channel.VIDEO)
        late = problem(await patient.post(f"/calls/{rings.id}/answer", answer))
        clinic.clock.advance(minutes=1)
        assert await clinic.parts.deadlines.sweep()
        call = read(await doctor.get(CALLS), Page[Call]).items[0]
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert state.call is None
    assert late.code in {ProblemCode.CALL_OVER, ProblemCode.MOVE_NOT_ALLOWED}
    assert (call.state, call.ended_by) == (CallState.DECLINED, Side.PATIENT)
    assert card.row.status in {RequestStatus.CANCELLED, RequestStatus.CANCELLED_LATE}
    assert not any("не ответил" in line.text for line in card.history)


@pytest.mark.parametrize(("way", "days"), [("/cancel", 0), ("/cancel-late", 1)])
async def test_consultation_that_runs_is_not_cancelled_and_goes_on(
    clinics: ClinicMaker, way: str, days: int
) -> None:
    """OZ-10: what has begun is hung up, not cancelled."""
    async with clinics.open(MINE) as clinic:
        doctor, patient = await days_later(clinic, days)
        await talk(doctor, patient)
        refused = problem(await patient.post(way))
        call = (await patient.state()).call
    assert refused.code is ProblemCode.MOVE_NOT_ALLOWED
    assert call is not None
    assert call.state is CallState.ACTIVE


async def test_one_call_of_a_request_at_a_time_and_every_attempt_is_kept(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        first = await ring(doctor)
        assert problem(await doctor.post(CALLS)).code is ProblemCode.CALL_RUNNING
        read(await patient.post(f"/calls/{first.id}/decline"), Call)
        second = await ring(doctor)
        clinic.clock.advance(seconds=46)
        late = await patient.post(f"/calls/{second.id}/answer", AnswerCall(channel=Channel.VIDEO))
        assert problem(late).code is ProblemCode.CALL_OVER
        await clinic.parts.deadlines.sweep()
        third = await ring(doctor)
        read(await doctor.post(f"{CALLS}/{third.id}/hang-up"), Call)
        log = read(await doctor.get(CALLS), Page[Call]).items
    assert [(one.attempt, one.state) for one in log] == [
        (3, CallState.CANCELLED),
        (2, CallState.TIMED_OUT),
        (1, CallState.DECLINED),
    ]


async def test_a_second_tab_takes_the_call_over_and_the_first_is_told(
    clinics: ClinicMaker,
) -> None:
    """One page of the patient's has the call: the server says to all which."""
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        rings = await ring(doctor)
        early = await patient.post(f"/calls/{rings.id}/take", TakeCall(page="second"))
        given = AnswerCall(channel=Channel.VIDEO, page="first")
        answered = read(await patient.post(f"/calls/{rings.id}/answer", given), Call)
        again = await patient.post(
            f"/calls/{rings.id}/answer", AnswerCall(channel=Channel.VIDEO, page="second")
        )
        async with patients_stream(address, patient.token) as first:
            await patient_told(first)
            taken = await patient.post(f"/calls/{rings.id}/take", TakeCall(page="second"))
            event = await patient_told(first)
        state = await patient.state()
        read(await patient.post(f"/calls/{rings.id}/hang-up"), Call)
        late = await patient.post(f"/calls/{rings.id}/take", TakeCall(page="first"))
    assert problem(early).code is ProblemCode.CALL_OVER
    assert answered.page == "first"
    assert problem(again).code is ProblemCode.CALL_OVER
    assert read(taken, Call).page == "second"
    assert isinstance(event, CallChanged)
    assert (event.call.page, event.call.state) == ("second", CallState.ACTIVE)
    assert state.call is not None
    assert state.call.page == "second"
    assert problem(late).code is ProblemCode.CALL_OVER


async def test_two_doctors_who_call_one_patient_ring_once(clinics: ClinicMaker) -> None:
    """DRC-4: of one request its doctor alone, and of two requests of a patient one at a time."""
    theirs = replace(OTHERS, owner_key="orlov")
    async with clinics.open(MINE, theirs) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        patient = await clinic.patient(doctor, ONE)
        page_of_two = await clinic.patient(colleague, TWO)
        await schedule(doctor, patient)
        card = read(await propose(colleague, request_id=TWO), RequestCard)
        slot = SlotAnswer(slot_id=card.slots[0].id)
        assert (await page_of_two.post("/slots/accept", slot)).is_success
        rings = await ring(doctor)
        same = problem(await colleague.post(CALLS))
        other = problem(await colleague.post(f"/requests/{TWO}/calls"))
        silent = (await page_of_two.state()).call
        read(await patient.post(f"/calls/{rings.id}/decline"), Call)
        then = read(await colleague.post(f"/requests/{TWO}/calls"), Call)
    assert (same.code, same.owner_name) == (ProblemCode.CLAIMED_BY_OTHER, rings.doctor_name)
    assert other.code is ProblemCode.PATIENT_IN_CALL
    assert silent is None
    assert then.state is CallState.RINGING


async def test_a_colleagues_ringing_that_is_over_holds_nobody_up(clinics: ClinicMaker) -> None:
    """Before its end was written down, too."""
    async with clinics.open(MINE, replace(OTHERS, owner_key="orlov")) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        patient = await clinic.patient(doctor, ONE)
        page_of_two = await clinic.patient(colleague, TWO)
        await schedule(doctor, patient)
        card = read(await propose(colleague, request_id=TWO), RequestCard)
        slot = SlotAnswer(slot_id=card.slots[0].id)
        assert (await page_of_two.post("/slots/accept", slot)).is_success
        await ring(doctor)
        clinic.clock.advance(seconds=46)
        then = read(await colleague.post(f"/requests/{TWO}/calls"), Call)
    assert then.state is CallState.RINGING


async def test_signals_reach_the_other_peer_and_nobody_else(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        call = await talk(doctor, patient)
        async with AsyncExitStack() as streams:
            page = await streams.enter_async_context(patients_stream(address, patient.token))
            await patient_told(page)  # and all have been told that the patient is there
            desk = await streams.enter_async_context(subscribed(address, doctor.headers))
            other_desk = await streams.enter_async_context(subscribed(address, colleague.headers))
            greeted = await hello(desk)
            await hello(other_desk)
            offer = NewSignal(kind=SignalKind.OFFER, connection=1, payload='{"sdp":"v=0"}')
            read(await doctor.post(f"{CALLS}/{call.id}/signals", offer), Signal)
            at_page = await patient_told(page)
            answer = NewSignal(kind=SignalKind.ANSWER, connection=1, payload="{}")
            read(await patient.post(f"/calls/{call.id}/signals", answer), Signal)
            at_desk = await told(desk)
            read(await doctor.post(f"{CALLS}/{call.id}/reconnect"), Call)
            for_all = await told(other_desk)
        missed = read(await patient.get(f"/calls/{call.id}/signals"), Signals)
        stale = await patient.post(f"/calls/{call.id}/signals", answer)
    assert isinstance(at_page, CallSignalled)
    assert at_page.signal.payload == '{"sdp":"v=0"}'
    assert isinstance(at_desk, CallSignalled)
    assert (at_desk.signal.side, at_desk.prev) == (Side.PATIENT, greeted.seq)
    assert isinstance(for_all, CallChanged)  # the first thing that a colleague hears
    assert for_all.prev == greeted.seq
    assert for_all.call.connection == 2
    assert missed.signals == []
    assert problem(stale).code is ProblemCode.STALE_VERSION
    present = msgspec.convert(problem(stale).present, Call)
    assert (present.id, present.connection) == (call.id, 2)


async def test_signals_are_bounded(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        call = await talk(doctor, patient)
        long = NewSignal(kind=SignalKind.OFFER, connection=1, payload="x" * (64 * 1024 + 1))
        refusal = await doctor.post(f"{CALLS}/{call.id}/signals", long)
        read(await patient.post(f"/calls/{call.id}/hang-up"), Call)
        short = NewSignal(kind=SignalKind.OFFER, connection=1, payload="x")
        over = await doctor.post(f"{CALLS}/{call.id}/signals", short)
    assert problem(refusal).status == 400
    assert problem(over).code is ProblemCode.CALL_OVER


async def test_no_call_without_an_appointment(clinics: ClinicMaker) -> None:
    """DRC-4"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        assert problem(await doctor.post(CALLS)).code is ProblemCode.MOVE_NOT_ALLOWED
