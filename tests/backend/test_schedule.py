"""Slots: proposed, held, accepted, refused, cancelled; a doctor's times never overlap."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

import msgspec
import pytest
from msgspec.structs import replace as with_fields

from backend_client.models.common import ProblemCode
from backend_client.models.events import RequestChanged
from backend_client.models.patient import PatientState, SlotAnswer, SlotsRefusal, Stage
from backend_client.models.requests import Action, RequestCard, RequestStatus
from backend_client.models.schedule import Schedule, SlotState
from tests.backend.clinic import START, Caller, ClinicMaker, id_of, problem, read
from tests.backend.consultation import (
    MINE,
    ONE,
    OTHERS,
    TOMORROW,
    TWO,
    propose,
    refuse_all,
    schedule,
    times,
)
from tests.backend.live import hello, live, subscribed, told


async def day(doctor: Caller) -> Schedule:
    start, end = quote(START.isoformat()), quote((START + timedelta(days=7)).isoformat())
    return read(await doctor.get(f"/schedule?from={start}&to={end}"), Schedule)


async def test_proposed_times_are_held_and_stand_in_the_doctors_day(clinics: ClinicMaker) -> None:
    """OZ-8, OZ-24"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        card = read(await propose(doctor, TOMORROW, TOMORROW + timedelta(hours=2)), RequestCard)
        own, colleagues = await day(doctor), await day(await clinic.caller("orlov"))
    assert card.row.status is RequestStatus.SLOT_PROPOSED
    assert [slot.state for slot in card.slots] == [SlotState.PROPOSED] * 2
    assert card.slots[0].held_until == START + timedelta(days=1)
    assert "21.11.2026 12:00" in card.history[0].text  # Moscow's time
    assert own.time_zone == "Europe/Moscow"
    assert [entry.patient_time_zone for entry in own.entries] == ["Asia/Yekaterinburg"] * 2
    assert colleagues.entries == []


async def test_accepted_time_is_the_appointment_and_the_others_are_free(
    clinics: ClinicMaker,
) -> None:
    """OZ-10, OZ-24"""
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        second = TOMORROW + timedelta(hours=2)
        card = read(await propose(doctor, TOMORROW, second), RequestCard)
        chosen = SlotAnswer(slot_id=card.slots[1].id)
        state = read(await patient.post("/slots/accept", chosen), PatientState)
        again = read(await patient.post("/slots/accept", chosen), PatientState)
        freed = await propose(doctor, TOMORROW, request_id=TWO)
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
    assert state.stage is again.stage is Stage.SCHEDULED
    assert [slot.start for slot in state.slots] == [second]
    assert (state.centre_time_zone, state.patient_time_zone) == (
        "Europe/Moscow",
        "Asia/Yekaterinburg",
    )
    assert row.status is RequestStatus.SCHEDULED
    assert row.appointment_at == second
    assert freed.is_success


async def test_times_for_a_request_that_has_changed_are_refused(clinics: ClinicMaker) -> None:
    """The window shows an earlier version; the refusal has the present card."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        seen = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row.version
        offer = with_fields(times(TOMORROW), version=seen)
        first = await doctor.post(f"/requests/{ONE}/slots", offer)
        stale = problem(await doctor.post(f"/requests/{ONE}/slots", offer))
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert first.is_success
    assert stale.code is ProblemCode.STALE_VERSION
    assert stale.present == msgspec.to_builtins(card)
    assert card.slots == read(first, RequestCard).slots


async def test_times_of_one_doctor_never_overlap(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        await propose(doctor)
        clash = await propose(doctor, TOMORROW + timedelta(minutes=29), request_id=TWO)
        beside = await propose(doctor, TOMORROW + timedelta(minutes=30), request_id=TWO)
        anew = await propose(doctor)
    assert problem(clash).code is ProblemCode.SLOT_TAKEN
    assert beside.is_success
    assert anew.is_success  # its own earlier proposal is no obstacle


async def test_of_many_bookings_of_one_time_one_wins(clinics: ClinicMaker) -> None:
    requests = [replace(MINE, number=f"{number:02}") for number in range(20)]
    async with clinics.open(*requests) as clinic:
        doctor = await clinic.caller()
        answers = await asyncio.gather(
            *(propose(doctor, request_id=id_of(one.number)) for one in requests)
        )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19


async def test_two_proposals_that_exchange_their_times_end_without_a_fault(
    clinics: ClinicMaker,
) -> None:
    """Each waits for the time that the other is giving up: a deadlock, tried again."""
    one, other = TOMORROW, TOMORROW + timedelta(hours=2)
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        for _ in range(3):
            assert (await propose(doctor, TOMORROW + timedelta(hours=5))).is_success
            assert (await propose(doctor, other, request_id=TWO)).is_success
            assert (await propose(doctor, one)).is_success
            answers = await asyncio.gather(
                propose(doctor, other), propose(doctor, one, request_id=TWO)
            )
            assert {answer.status_code for answer in answers} <= {200, 409}
        entries = (await day(doctor)).entries
    spans = [(entry.slot.start, entry.slot.minutes) for entry in entries]
    assert len(set(spans)) == len(spans)


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        ((START,), ProblemCode.SLOT_IN_PAST),
        ((START + timedelta(days=400),), ProblemCode.SLOT_IN_PAST),
        ((TOMORROW, TOMORROW + timedelta(minutes=10)), ProblemCode.INVALID),
        ((TOMORROW,) * 4, ProblemCode.INVALID),
    ],
)
async def test_impossible_times_are_refused(
    clinics: ClinicMaker, starts: tuple[datetime, ...], code: ProblemCode
) -> None:
    async with clinics.open(MINE) as clinic:
        refusal = await propose(await clinic.caller(), *starts)
    assert problem(refusal).code is code


async def test_only_who_holds_the_request_proposes(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        other, admin = await clinic.caller("orlov"), await clinic.caller("admin")
        assert problem(await propose(other)).owner_name == "Левашова М. О."
        assert problem(await propose(admin)).code is ProblemCode.FORBIDDEN


async def test_another_time_is_asked_for_and_counted(clinics: ClinicMaker) -> None:
    """SPB-6"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await propose(doctor)
        state = read(await refuse_all(patient), PatientState)
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert (state.stage, state.refusals, state.slots) == (Stage.WAITING_FOR_TIMES, 1, [])
    assert card.slot_refusals == 1
    assert Action.PROPOSE_SLOT in card.row.allowed_actions


async def test_offer_that_the_page_does_not_show_is_neither_refused_nor_counted(
    clinics: ClinicMaker,
) -> None:
    """SPB-6: an old page refuses what was offered before; it is told what is offered now."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        old = SlotsRefusal(slot_ids=[slot.id for slot in (await offered(doctor, TOMORROW)).slots])
        later = TOMORROW + timedelta(hours=2)
        newer = await offered(doctor, later, later + timedelta(hours=1))
        stale = problem(await patient.post("/slots/refuse", old))
        part = SlotsRefusal(slot_ids=[newer.slots[0].id])
        halfway = problem(await patient.post("/slots/refuse", part))
        state, card = await patient.state(), read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        refused = await refuse_all(patient)
        over, then = problem(await patient.post("/slots/refuse", old)), await patient.state()
    assert stale.code is halfway.code is over.code is ProblemCode.STALE_VERSION
    assert stale.present == halfway.present == msgspec.to_builtins(state)
    assert (state.stage, state.refusals) == (Stage.CHOOSE_TIME, 0)
    assert (card.row.version, card.slots) == (newer.row.version, newer.slots)
    assert refused.is_success
    assert over.present == msgspec.to_builtins(then)
    assert then.refusals == 1


async def offered(doctor: Caller, *starts: datetime) -> RequestCard:
    return read(await propose(doctor, *starts), RequestCard)


async def test_cancelled_consultation_frees_the_time_and_the_doctor_sees_it_live(
    clinics: ClinicMaker,
) -> None:
    """OZ-10"""
    async with clinics.open(MINE, OTHERS) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        async with subscribed(address, doctor.headers) as stream:
            await hello(stream)
            state = read(await patient.post("/cancel"), PatientState)
            event = await told(stream)
        assert (await day(doctor)).entries == []
        assert (await propose(doctor, request_id=TWO)).is_success
    assert state.stage is Stage.CANCELLED
    assert isinstance(event, RequestChanged)
    assert event.row is not None
    assert event.row.status is RequestStatus.CANCELLED
    assert event.row.groups == []


async def test_nothing_is_cancelled_once_it_has_begun(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        clinic.clock.advance(days=1)
        state = await patient.state()
        refusal = await patient.post("/cancel")
    assert not state.can_cancel
    assert problem(refusal).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_time_that_nobody_answers_is_free_again(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        later = TOMORROW + timedelta(days=3)
        card = read(await propose(doctor, later), RequestCard)
        clinic.clock.advance(days=1)
        late = await patient.post("/slots/accept", SlotAnswer(slot_id=card.slots[0].id))
        await clinic.parts.deadlines.sweep()
        row = read(await (await clinic.caller()).get(f"/requests/{ONE}"), RequestCard).row
        assert (await propose(await clinic.caller(), later, request_id=TWO)).is_success
    assert problem(late).code is ProblemCode.SLOT_GONE
    assert msgspec.convert(problem(late).present, PatientState).request_number == MINE.number
    assert row.status is RequestStatus.CLAIMED


@pytest.mark.parametrize("query", ["", "from=x&to=y", "from=2026-11-20T00:00:00&to=2026-11-21"])
async def test_days_that_cannot_be_read_are_refused(clinics: ClinicMaker, query: str) -> None:
    async with clinics.open() as clinic:
        answer = await (await clinic.caller()).get(f"/schedule?{query}")
    assert problem(answer).code is ProblemCode.INVALID
