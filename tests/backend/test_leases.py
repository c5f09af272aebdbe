"""Claims on a lease: renewed by heartbeats, over without them, kept by work that was begun."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.demo_data.rows import demo_id
from backend.requests.gate import uploaded
from backend.rules.history import LEASE_OVER
from backend_client.models.common import ProblemCode, UserId
from backend_client.models.conclusions import ConclusionForm, SaveDraft
from backend_client.models.events import RequestChanged
from backend_client.models.patient import PatientState
from backend_client.models.request_actions import Lease, TakeOver
from backend_client.models.requests import Action, RequestCard, RequestStatus
from tests.backend.clinic import (
    REQUEST,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    a_file,
    problem,
    read,
)
from tests.backend.consultation import MINE, ONE, TOMORROW, propose, refuse_all, schedule
from tests.backend.live import hello, live, subscribed, told
from tests.backend.waiting import somebody_waits

MINUTE = timedelta(minutes=1)


async def claim(caller: Caller) -> RequestCard:
    return read(await caller.post(f"/requests/{ONE}/claim"), RequestCard)


async def beat(caller: Caller) -> Lease:
    return read(await caller.post(f"/requests/{ONE}/heartbeat"), Lease)


async def card(caller: Caller) -> RequestCard:
    return read(await caller.get(f"/requests/{ONE}"), RequestCard)


async def test_heartbeat_gives_the_claim_five_minutes_and_tells_nobody(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        claimed = await claim(doctor)
        clinic.clock.advance(minutes=1)
        lease = await beat(doctor)
        after = await card(doctor)
    assert lease.lease_until == START + 6 * MINUTE
    assert lease.beat_seconds == 60
    assert after.row.version == claimed.row.version
    assert after.row.owner is not None
    assert after.row.owner.lease_until == lease.lease_until


async def test_claim_that_nobody_renews_goes_back_to_the_queue_and_all_are_told(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic, live(clinic.app) as address:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        await claim(doctor)
        await beat(doctor)
        async with subscribed(address, other.headers) as stream:
            await hello(stream)
            clinic.clock.advance(minutes=5)
            await clinic.parts.deadlines.sweep()
            event = await told(stream)
        late = await doctor.post(f"/requests/{ONE}/heartbeat")
        history = (await card(other)).history
    assert isinstance(event, RequestChanged)
    assert event.row is not None
    assert (event.row.status, event.row.owner) == (RequestStatus.READY, None)
    assert history[0].text == LEASE_OVER
    assert problem(late).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_next_doctor_need_not_wait_for_the_sweep(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        await claim(doctor)
        await beat(doctor)
        clinic.clock.advance(minutes=4.9)
        early = await other.post(f"/requests/{ONE}/claim")
        clinic.clock.advance(minutes=0.1)
        taken = await claim(other)
        late = await doctor.post(f"/requests/{ONE}/heartbeat")
    assert problem(early).owner_name == "Левашова М. О."
    assert taken.row.owner is not None
    assert taken.row.owner.is_me
    assert [line.text for line in taken.history[:2]] == ["Орлов П. И.: взята в работу", LEASE_OVER]
    assert problem(late).owner_name == "Орлов П. И."


async def test_of_a_heartbeat_and_a_takeover_at_the_end_of_the_lease_one_wins(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        await claim(doctor)
        await beat(doctor)
        clinic.clock.advance(minutes=5)
        answers = await asyncio.gather(
            doctor.post(f"/requests/{ONE}/heartbeat"),
            other.post(f"/requests/{ONE}/claim"),
            clinic.parts.deadlines.sweep(),
        )
        owner = (await card(doctor)).row.owner
    assert sum(answer.is_success for answer in answers[:2]) <= 1
    assert all(answer.status_code in (200, 409) for answer in answers[:2])
    if answers[0].is_success:
        assert owner is not None
        assert owner.is_me


async def test_claim_is_on_a_lease_before_its_first_heartbeat(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        claimed = await claim(doctor)
        clinic.clock.advance(minutes=4.9)
        await clinic.parts.deadlines.sweep()
        kept = (await card(other)).row
        clinic.clock.advance(minutes=0.1)
        offered = (await card(other)).row.allowed_actions
        await clinic.parts.deadlines.sweep()
        over = (await card(other)).row.status
    assert claimed.row.owner is not None
    assert claimed.row.owner.lease_until == START + 5 * MINUTE
    assert (kept.status, kept.allowed_actions) == (RequestStatus.CLAIMED, [])
    assert (offered, over) == ([Action.CLAIM], RequestStatus.READY)


async def test_document_that_arrives_as_the_lease_ends_is_counted(clinics: ClinicMaker) -> None:
    """OZ-2: the request goes back to where it belongs by now, not to where it was."""
    files = (a_file("conclusion"), a_file("ecg"), a_file("echo"))
    waits = RequestStatus.AWAITING_DOCUMENTS
    unready = replace(REQUEST, status=waits, documents_complete_at=None, files=files)
    async with clinics.open(unready) as clinic:
        doctor, parts = await clinic.caller(), clinic.parts
        await claim(doctor)
        clinic.clock.advance(minutes=5)
        async with parts.changes.change("cardio") as change:
            await uploaded(change, parts.catalogues, ONE, "echo", clinic.clock())
            sweep = asyncio.create_task(parts.deadlines.sweep())
            await somebody_waits(parts.database)
        assert await sweep
        row = (await claim(await clinic.caller("orlov"))).row
    assert Action.PROPOSE_SLOT in row.allowed_actions


async def hand_over(clinic: Clinic) -> RequestCard:
    """The admin gives the case to the other doctor, who looks at it."""
    body = TakeOver(reason="-", doctor_id=UserId(demo_id("account", "orlov")))
    admin, other = await clinic.caller("admin"), await clinic.caller("orlov")
    read(await admin.post(f"/requests/{ONE}/take-over", body), RequestCard)
    return await card(other)


async def test_bare_claim_that_is_handed_over_is_on_a_lease_too(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        await claim(await clinic.caller())
        clinic.clock.advance(minutes=2)
        handed = await hand_over(clinic)
        later = await much_later(clinic)
    assert handed.row.owner is not None
    assert handed.row.owner.is_me
    assert handed.row.owner.lease_until == START + 7 * MINUTE
    assert (later.row.status, later.row.owner) == (RequestStatus.READY, None)


async def test_begun_work_that_is_handed_over_stays_with_its_doctor(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        await claim(doctor)
        draft = SaveDraft(version=0, form=ConclusionForm(findings="АД 120/80"))
        assert (await doctor.put(f"/requests/{ONE}/conclusion", draft)).is_success
        handed = await hand_over(clinic)
        later = await much_later(clinic)
    assert handed.row.owner is not None
    assert handed.row.owner.lease_until is None
    assert later.row.owner is not None


async def much_later(clinic: Clinic) -> RequestCard:
    """A day on, without a heartbeat."""
    clinic.clock.advance(hours=20)
    await clinic.parts.deadlines.sweep()
    return await card(await clinic.caller())


async def test_case_with_an_appointment_stays_its_doctors(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        await claim(doctor)
        await beat(doctor)
        await schedule(doctor, await clinic.patient(doctor, ONE))
        assert (await beat(doctor)).lease_until is None
        later = await much_later(clinic)
    assert later.row.owner is not None
    assert later.row.owner.is_me
    assert later.row.owner.lease_until is None


async def test_case_whose_patient_asks_for_another_time_stays_its_doctors(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await claim(doctor)
        read(await propose(doctor, TOMORROW), RequestCard)
        read(await refuse_all(patient), PatientState)
        later = await much_later(clinic)
    assert later.row.status is RequestStatus.CLAIMED
    assert later.row.owner is not None


async def test_case_with_a_draft_stays_its_doctors(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        await claim(doctor)
        await beat(doctor)
        draft = SaveDraft(version=0, form=ConclusionForm(findings="АД 120/80"))
        assert (await doctor.put(f"/requests/{ONE}/conclusion", draft)).is_success
        assert (await beat(doctor)).lease_until is None
        later = await much_later(clinic)
    assert later.row.status is RequestStatus.CLAIMED
    assert later.row.owner is not None
    assert later.row.owner.lease_until is None


async def test_colleagues_draft_keeps_nobodys_claim(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor, other = await clinic.caller(), await clinic.caller("orlov")
        await claim(doctor)
        draft = SaveDraft(version=0, form=ConclusionForm(findings="АД 120/80"))
        assert (await doctor.put(f"/requests/{ONE}/conclusion", draft)).is_success
        read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
        await claim(other)
        later = await much_later(clinic)
    assert later.row.status is RequestStatus.READY


@pytest.mark.parametrize("login", ["orlov", "admin"])
async def test_heartbeat_is_the_owners(clinics: ClinicMaker, login: str) -> None:
    async with clinics.open(MINE) as clinic:
        refusal = await (await clinic.caller(login)).post(f"/requests/{ONE}/heartbeat")
    codes = {"orlov": ProblemCode.CLAIMED_BY_OTHER, "admin": ProblemCode.FORBIDDEN}
    assert problem(refusal).code is codes[login]


async def test_claim_that_was_loaded_is_on_no_lease(clinics: ClinicMaker) -> None:
    async with clinics.open(replace(MINE, status=RequestStatus.CLAIMED)) as clinic:
        doctor = await clinic.caller()
        assert (await beat(doctor)).lease_until is None
        assert (await much_later(clinic)).row.owner is not None
