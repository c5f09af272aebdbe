"""Clocks of the routes as a doctor sees them: what they wait for, from when, in whose working time.

With the catalogues that come with the program, where nothing else is said.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace as with_fields

from backend.rules.catalogues import CALENDARS
from backend.rules.working_calendar import CalendarPeriod
from backend_client.models.calls import Call
from backend_client.models.catalogue import Counting, WorkingHours
from backend_client.models.common import Wire
from backend_client.models.patient import PatientState, SlotAnswer
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
    NewPhoneAttempt,
    PhoneAttempt,
    PhoneOutcome,
)
from backend_client.models.requests import (
    ClockState,
    ConsentKind,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from backend_client.models.routes import Route
from tests.backend.clinic import (
    REQUEST,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    PatientCaller,
    a_catalogue,
    a_clock,
    a_file,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, TWO, propose, refuse_all, talk
from tests.backend.test_uploads import PDF, doctor_of

REGISTERED = START - timedelta(days=1)
"""Thursday noon in Moscow: when the requests were made, and when their clocks begin."""
KINDS = (ConsentKind.PERSONAL_DATA, ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION)
CONSENTS = tuple((kind, "2026-03", REGISTERED) for kind in KINDS)
COMPLETE = tuple(a_file(item) for item in ("conclusion", "summary", "ecg", "echo"))
APPLICATION = replace(MINE, files=COMPLETE, consents=CONSENTS)
JOURNAL = replace(MINE, route=Route.JOURNAL, documents_complete_at=None, consents=CONSENTS)
DUTY = replace(JOURNAL, route=Route.DUTY, clock_started_at=None)
TERMS = [(Route.CENTRE, timedelta(days=3)), (Route.REFERRAL, timedelta(days=4))]


async def row(clinic: Clinic, request_id: str = ONE) -> RequestRow:
    """As its doctor sees it now; the session may be over, so it is a new one."""
    doctor = await clinic.caller()
    return read(await doctor.get(f"/requests/{request_id}"), RequestCard).row


async def act(doctor: Caller, action: str, body: Wire) -> RequestRow:
    return read(await doctor.post(f"/requests/{ONE}/{action}", body), RequestCard).row


async def agree(doctor: Caller, patient: PatientCaller, start: datetime) -> None:
    """A time that the doctor proposes and the patient takes."""
    card = read(await propose(doctor, start), RequestCard)
    body = SlotAnswer(slot_id=card.slots[0].id)
    read(await patient.post("/slots/accept", body), PatientState)


async def phone(doctor: Caller, outcome: PhoneOutcome) -> None:
    body = NewPhoneAttempt(outcome=outcome, note="")
    read(await doctor.post(f"/requests/{ONE}/phone-attempts", body), PhoneAttempt)


def shown(one: RequestRow) -> tuple[datetime | None, ClockState]:
    """What is due, and how it stands; without a term there is nothing else of a clock either."""
    if one.due_at is None:
        assert (one.soon_at, one.clock_name) == (None, "")
    return one.due_at, one.clock_state


NOTHING_DUE = (None, ClockState.NONE)


@pytest.mark.parametrize(("route", "days"), TERMS)
async def test_proposed_time_is_the_answer_and_nothing_is_due_behind_it(
    shipped: ClinicMaker, route: Route, days: timedelta
) -> None:
    """OZ-9, OZ-21: the patient has the notice of the date and time."""
    answered = replace(APPLICATION, route=route)
    waiting = replace(answered, number="20-0002", clock_started_at=START)
    async with shipped.open(answered, waiting) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = [one.id for one in (await doctor.page()).items]
        asked = shown(await row(clinic))
        card = read(await propose(doctor, START + timedelta(hours=20)), RequestCard)
        proposed = shown(card.row)
        after = [one.id for one in (await doctor.page()).items]
        body = SlotAnswer(slot_id=card.slots[0].id)
        read(await patient.post("/slots/accept", body), PatientState)
        clinic.clock.advance(days=7)
        late = {str(one.id): shown(one) for one in (await (await clinic.caller()).page()).items}
    assert asked[0] == REGISTERED + days
    assert (before, after) == ([ONE, TWO], [TWO, ONE])
    assert proposed == late[ONE] == NOTHING_DUE
    assert late[TWO] == (START + days, ClockState.BREACHED)


@pytest.mark.parametrize("is_refused", [True, False])
@pytest.mark.parametrize(("route", "days"), TERMS)
async def test_times_that_are_not_taken_give_the_term_for_another_answer(
    shipped: ClinicMaker, route: Route, days: timedelta, is_refused: bool
) -> None:
    """OZ-9, OZ-21: refused by the patient, or not answered in time; the case is not forgotten."""
    async with shipped.open(replace(APPLICATION, route=route)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        read(await propose(doctor, START + timedelta(days=6)), RequestCard)
        clinic.clock.advance(hours=23 if is_refused else 25)
        if is_refused:
            read(await refuse_all(patient), PatientState)
        else:
            await clinic.parts.deadlines.sweep()
        left = await row(clinic)
        anew = clinic.clock.now
        read(await propose(await clinic.caller(), anew + timedelta(hours=5)), RequestCard)
        again = shown(await row(clinic))
    assert left.status is RequestStatus.CLAIMED
    assert shown(left) == (anew + days, ClockState.RUNNING)
    assert again == NOTHING_DUE


ENDS: list[tuple[str, Wire]] = [
    ("decline", Decline(reason=DeclineReason.DUPLICATE, note="")),
    ("out-of-profile", EndWithNote(note="-")),
    ("invite-in-person", EndWithNote(note="-")),
    ("cancel", ActWithNote()),
]


@pytest.mark.parametrize(("action", "body"), ENDS)
async def test_request_that_has_ended_is_never_breached(
    shipped: ClinicMaker, action: str, body: Wire
) -> None:
    """OZ-9, OZ-22: an end is an answer."""
    async with shipped.open(APPLICATION) as clinic:
        ended = await act(await clinic.caller(), action, body)
        clinic.clock.advance(days=7)
        later = await row(clinic)
    assert shown(ended) == shown(later) == NOTHING_DUE


async def test_request_that_the_patient_withdraws_is_never_breached(shipped: ClinicMaker) -> None:
    """OZ-10"""
    async with shipped.open(JOURNAL) as clinic:
        patient = await clinic.patient(await clinic.caller(), ONE)
        read(await patient.post("/cancel"), PatientState)
        clinic.clock.advance(days=20)
        assert shown(await row(clinic)) == NOTHING_DUE


async def test_journals_visit_that_was_held_is_never_breached(shipped: ClinicMaker) -> None:
    """SPB-5, SPB-10: telephoned on the second day, seen on the sixth, looked at on the twelfth."""
    async with shipped.open(JOURNAL) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        registered = await row(clinic)
        await phone(doctor, PhoneOutcome.BUSY)
        missed = await row(clinic)
        await phone(doctor, PhoneOutcome.REACHED)
        reached = await row(clinic)
        visit = REGISTERED + timedelta(days=6)
        await agree(doctor, patient, visit)
        agreed = await row(clinic)
        clinic.clock.now = visit
        doctor = await clinic.caller()
        call = await talk(doctor, patient)
        seen = await row(clinic)
        read(await doctor.post(f"/requests/{ONE}/calls/{call.id}/hang-up"), Call)
        clinic.clock.now = REGISTERED + timedelta(days=12)
        later = await row(clinic)
    five_working_days = REGISTERED + timedelta(days=7)
    assert registered.due_at == missed.due_at == five_working_days
    assert registered.clock_name == missed.clock_name == "Журнал: связаться за 5 рабочих дней"
    assert reached.due_at == agreed.due_at == REGISTERED + timedelta(days=10)
    assert reached.clock_name == agreed.clock_name == "Журнал: приём за 10 дней"
    assert shown(seen) == shown(later) == NOTHING_DUE
    assert later.status is RequestStatus.DRAFTING


async def test_journals_patient_who_agrees_to_a_time_was_reached_by_that(
    shipped: ClinicMaker,
) -> None:
    """SPB-5: the call is made to agree on a time; one that is proposed reaches nobody yet."""
    async with shipped.open(JOURNAL) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        read(await propose(doctor), RequestCard)
        proposed = await row(clinic)
        read(await refuse_all(patient), PatientState)
        refused = await row(clinic)
        await agree(doctor, patient, START + timedelta(days=12))
        agreed = await row(clinic)
        clinic.clock.now = REGISTERED + timedelta(days=10)
        late = await row(clinic)
    assert proposed.due_at == refused.due_at == REGISTERED + timedelta(days=7)
    assert agreed.due_at == REGISTERED + timedelta(days=10)
    assert late.clock_state is ClockState.BREACHED  # the visit is later than the rule wants it


async def test_duty_is_due_at_the_appointment_and_over_with_the_call(shipped: ClinicMaker) -> None:
    """OZ-15"""
    async with shipped.open(DUTY) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = shown(await row(clinic))
        time_agreed = START + timedelta(hours=20)
        await agree(doctor, patient, time_agreed)
        agreed = await row(clinic)
        clinic.clock.now = time_agreed + timedelta(minutes=1)
        waited = await row(clinic)
        doctor = await clinic.caller()
        await talk(doctor, patient)
        seen = await row(clinic)
    assert before == NOTHING_DUE
    assert shown(agreed) == (time_agreed, ClockState.RUNNING)
    assert agreed.clock_name == "Дежурный врач: к времени записи"
    assert shown(waited) == (time_agreed, ClockState.BREACHED)
    assert shown(seen) == NOTHING_DUE


@pytest.mark.parametrize("booked", [None, START + timedelta(days=2)])
async def test_duty_clock_stays_at_the_booked_time_whatever_documents_are_asked_for(
    shipped: ClinicMaker, booked: datetime | None
) -> None:
    """OZ-14, OZ-15: a document that arrives is no appointment, and breaches nothing."""
    async with shipped.open(replace(DUTY, clock_started_at=booked)) as clinic:
        doctor = await clinic.caller()
        asked = await act(doctor, "ask-documents", AskDocuments(items=["ct"], text="КТ"))
        sender = await doctor_of(clinic)
        upload = await sender.begin(item="ct")
        await sender.send(upload, 0, PDF)
        assert (await sender.finish(upload)).is_success
        arrived = await row(clinic)
        read(await doctor.post(f"/requests/{ONE}/claim"), RequestCard)
        taken = await row(clinic)
    state = ClockState.NONE if booked is None else ClockState.RUNNING
    assert (asked.status, arrived.status) == (
        RequestStatus.AWAITING_DOCUMENTS,
        RequestStatus.READY,
    )
    assert shown(asked) == shown(arrived) == shown(taken) == (booked, state)


@pytest.mark.parametrize("is_held", [True, False])
@pytest.mark.parametrize(("route", "days"), TERMS)
async def test_clock_stops_while_an_item_is_missing_again_and_begins_anew(
    shipped: ClinicMaker, route: Route, days: timedelta, is_held: bool
) -> None:
    """OZ-6, OZ-9, OZ-21: the term is the centre's, not the patient's (decision 0013)."""
    lacking = replace(APPLICATION, files=COMPLETE[:3], not_applicable=(("echo", "Нет окна"),))
    async with shipped.open(replace(lacking, route=route)) as clinic:
        doctor = await clinic.caller()
        before = await row(clinic)
        unmarked = await act(doctor, "not-applicable", MarkItem(item="echo", reason=""))
        if not is_held:
            read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
        waiting = await row(clinic)
        clinic.clock.advance(minutes=5)
        sender = await doctor_of(clinic)
        upload = await sender.begin(item="echo")
        await sender.send(upload, 0, PDF)
        assert (await sender.finish(upload)).is_success
        ready = await row(clinic)
    assert before.due_at == REGISTERED + days
    assert unmarked.missing_documents == ["echo"]
    assert shown(unmarked) == shown(waiting) == NOTHING_DUE
    assert waiting.status is (
        RequestStatus.CLAIMED if is_held else RequestStatus.AWAITING_DOCUMENTS
    )
    assert shown(ready) == (START + timedelta(minutes=5) + days, ClockState.RUNNING)


def far_east(folder: Path, days_off: Sequence[date] = (date(2026, 11, 23),)) -> Path:
    """A centre in Vladivostok, open from 9 to 18; an answer is due in one working day."""
    calendar = CalendarPeriod(
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        source="-",
        is_final=True,
        days_off=list(days_off),
        working_weekends=[],
        short_days=[],
    )
    centre = with_fields(
        a_catalogue(),
        time_zone="Asia/Vladivostok",
        clocks=[a_clock(Route.CENTRE, 0, 1, Counting.WORKING)],
        working_calendar="house",
        working_hours=WorkingHours(opens=time(9), closes=time(18)),
    )
    write_catalogues(folder, centre, a_catalogue("perinatal"))
    (folder / CALENDARS).mkdir()
    (folder / CALENDARS / "house.json").write_bytes(msgspec.json.encode([calendar]))
    return folder


async def test_server_counts_in_the_organisations_zone_hours_and_holidays(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """SPB-4: asked on Friday at 19:00 there, behind the closing; Monday is a holiday, and Tuesday's
    day ends at 18:00."""
    settings = replace(clinics.settings, catalogues=far_east(tmp_path / "far"))
    question = replace(DUTY, files=COMPLETE)
    async with replace(clinics, settings=settings).open(question) as clinic:
        converted = await act(await clinic.caller(), "convert", ActWithNote())
    assert converted.due_at == datetime(2026, 11, 24, 8, tzinfo=UTC)


async def test_loaded_requests_are_due_by_the_organisations_calendar(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """SPB-4: registered on Thursday at 19:00 there, Friday is a holiday, so Monday at 18:00."""
    folder = far_east(tmp_path / "far", [date(2026, 11, 20)])
    settings = replace(clinics.settings, catalogues=folder)
    async with replace(clinics, settings=settings).open(REQUEST) as clinic:
        loaded = (await (await clinic.caller()).page()).items[0]
    assert loaded.due_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
