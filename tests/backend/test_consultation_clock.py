"""The consultation's clock: length and warnings by the route's data, more time by the doctor."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from backend.rules.catalogues import Catalogues
from backend.rules.consultation_clock import CannotExtend, extended, length_of, started
from backend.settings import CATALOGUES
from backend_client.models.calls import (
    AnswerCall,
    Call,
    CallState,
    Channel,
    ConsultationClock,
    ExtendConsultation,
)
from backend_client.models.catalogue import ConsultationLength
from backend_client.models.common import ProblemCode
from backend_client.models.events import CallChanged
from backend_client.models.requests import RequestCard
from backend_client.models.routes import Route
from tests.backend.clinic import Caller, ClinicMaker, PatientCaller, a_catalogue, problem, read
from tests.backend.consultation import MINE, ONE, ring, schedule, talk
from tests.backend.live import live, patient_told, patients_stream

BEGUN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def minutes(clock: ConsultationClock) -> tuple[float, ...]:
    """From the start to both warnings and to the end."""
    moments = (clock.soon_at, clock.last_at, clock.ends_at)
    return tuple((moment - clock.started_at) / MINUTE for moment in moments)


def a_length(**changes: int) -> ConsultationLength:
    """Of the duty doctor's route."""
    facts = {"minutes": 15, "soon_after_minutes": 10, "last_after_minutes": 14} | changes
    return ConsultationLength(
        route=Route.DUTY, extension_minutes=facts.pop("extension_minutes", 5), source="", **facts
    )


@pytest.mark.parametrize("centre", ["cardio", "perinatal"])
@pytest.mark.parametrize("route", [one for one in Route if one is not Route.UNKNOWN])
def test_half_an_hour_is_warned_of_twice_on_every_route(centre: str, route: Route) -> None:
    """DRC-8: 30:00, warnings at 25:00 and 29:00."""
    catalogue = Catalogues.from_folder(CATALOGUES).newest(centre)
    clock = started(length_of(catalogue, route), BEGUN)
    assert clock.started_at == BEGUN
    assert minutes(clock) == (25, 29, 30)


def test_length_is_the_routes_own_where_the_catalogue_names_it() -> None:
    """DRC-8: data, not code; a route that is not named has drclinics' half an hour."""
    catalogue = msgspec.structs.replace(a_catalogue("cardio"), consultations=[a_length()])
    assert minutes(started(length_of(catalogue, Route.DUTY), BEGUN)) == (10, 14, 15)
    assert minutes(started(length_of(catalogue, Route.CENTRE), BEGUN)) == (25, 29, 30)


def test_more_time_moves_the_warnings_with_the_end() -> None:
    clock = extended(started(a_length(), BEGUN), BEGUN + 12 * MINUTE)
    assert minutes(clock) == (15, 19, 20)
    assert minutes(extended(clock, BEGUN + 13 * MINUTE)) == (20, 24, 25)


@pytest.mark.parametrize(("passed", "ends"), [(15, 20), (19, 20), (20, 25), (29, 30)])
def test_more_time_after_the_end_leads_beyond_the_present(passed: int, ends: int) -> None:
    clock = extended(started(a_length(), BEGUN), BEGUN + passed * MINUTE)
    assert minutes(clock)[2] == ends


def test_a_route_may_know_no_extension() -> None:
    with pytest.raises(CannotExtend):
        extended(started(a_length(extension_minutes=0), BEGUN), BEGUN)


async def more(doctor: Caller, call: Call) -> Call:
    assert call.clock is not None
    body = ExtendConsultation(ends_at=call.clock.ends_at)
    return read(await doctor.post(f"/requests/{ONE}/calls/{call.id}/extend", body), Call)


async def at_the_page(clinic_patient: PatientCaller) -> ConsultationClock:
    call = (await clinic_patient.state()).call
    assert call is not None
    assert call.clock is not None
    return call.clock


async def test_doctor_takes_more_time_and_both_sides_see_it(clinics: ClinicMaker) -> None:
    """DRC-8: logged, told to the patient's page at once."""
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        rings = await ring(doctor)
        clinic.clock.advance(seconds=20)
        answer = AnswerCall(channel=Channel.TEXT)
        talks = read(await patient.post(f"/calls/{rings.id}/answer", answer), Call)
        clinic.clock.advance(minutes=26)
        doctor = await clinic.caller()
        async with patients_stream(address, patient.token) as stream:
            await patient_told(stream)
            longer = await more(doctor, talks)
            heard = await patient_told(stream)
            while not isinstance(heard, CallChanged):
                heard = await patient_told(stream)
        seen = await at_the_page(patient)
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert rings.clock is None
    assert talks.clock is not None
    assert longer.clock is not None
    assert talks.clock.started_at == talks.answered_at
    assert minutes(talks.clock) == (25, 29, 30)
    assert minutes(longer.clock) == (35, 39, 40)
    assert heard.call.clock == seen == longer.clock
    assert any("консультация продлена до 40 мин" in line.text for line in card.history)


async def test_two_presses_of_one_end_are_one_extension(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        talks = await talk(doctor, patient)
        assert talks.clock is not None
        await more(doctor, talks)
        again = ExtendConsultation(ends_at=talks.clock.ends_at)
        path = f"/requests/{ONE}/calls/{talks.id}"
        refused = problem(await doctor.post(f"{path}/extend", again))
        shown = await at_the_page(patient)
        read(await doctor.post(f"{path}/hang-up"), Call)
        over = ExtendConsultation(ends_at=shown.ends_at)
        late = problem(await doctor.post(f"{path}/extend", over))
    assert refused.code is ProblemCode.STALE_VERSION
    assert minutes(shown)[2] == 40
    assert late.code is ProblemCode.CALL_OVER


async def test_clock_goes_on_in_the_next_call_and_cuts_nothing_off(clinics: ClinicMaker) -> None:
    """DRC-8: a talk that broke off is one consultation; beyond its end it goes on."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        first = await talk(doctor, patient)
        clinic.clock.advance(minutes=7)
        read(await doctor.post(f"/requests/{ONE}/calls/{first.id}/hang-up"), Call)
        second = await talk(doctor, patient)
        clinic.clock.advance(minutes=50)
        await clinic.parts.deadlines.sweep()
        running = (await patient.state()).call
        doctor = await clinic.caller()
        read(await doctor.post(f"/requests/{ONE}/calls/{second.id}/hang-up"), Call)
        third = await talk(doctor, patient)
    assert second.clock == first.clock
    assert running is not None
    assert running.state is CallState.ACTIVE
    assert third.clock is not None
    assert third.clock.started_at == third.answered_at
