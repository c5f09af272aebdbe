"""The sweep of what ends by itself: no request keeps another from its end, nor a call a case."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from backend.patients.links import PatientAccess
from backend.rules.history import CALL_ENDED, CALL_LEFT
from backend.tables import requests
from backend_client.models.calls import Call, CallState
from backend_client.models.common import Page
from backend_client.models.messages import Side
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, id_of, read
from tests.backend.consultation import MINE, ONE, OTHERS, TOMORROW, TWO, propose, schedule, talk

S = RequestStatus
HOUR = timedelta(hours=1)
THREE = id_of("20-0003")
ALL = tuple(replace(REQUEST, number=number) for number in ("20-0001", "20-0002", "20-0003"))


async def refuse_changes(clinic: Clinic, request_id: str) -> None:
    """The database fails every change of this request from now on."""
    database = clinic.parts.database
    this = f"OLD.id = '{request_id}'"
    if database.is_shared:
        statements = [
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE deadlock_detected; END $$",
            f"CREATE TRIGGER failing BEFORE UPDATE ON requests FOR EACH ROW WHEN ({this}) "
            "EXECUTE FUNCTION fail()",
        ]
    else:
        statements = [
            f"CREATE TRIGGER failing BEFORE UPDATE ON requests WHEN {this} "
            "BEGIN SELECT RAISE(ABORT, 'failing'); END"
        ]
    async with database.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def statuses(clinic: Clinic) -> dict[str, RequestStatus]:
    found = select(requests.c.id, requests.c.status)
    async with clinic.parts.database.read() as connection:
        return {row.id: row.status for row in await connection.execute(found)}


@pytest.mark.parametrize("failing", [ONE, TWO, THREE])
async def test_request_that_fails_keeps_no_other_from_its_end(
    clinics: ClinicMaker, caplog: pytest.LogCaptureFixture, failing: str
) -> None:
    async with clinics.open(*ALL) as clinic:
        doctor = await clinic.caller()
        for request_id in (ONE, TWO, THREE):
            assert (await doctor.post(f"/requests/{request_id}/claim")).is_success
            assert (await doctor.post(f"/requests/{request_id}/heartbeat")).is_success
        await refuse_changes(clinic, failing)
        clinic.clock.advance(minutes=6)
        with caplog.at_level(logging.ERROR):
            is_done = await clinic.parts.deadlines.sweep()
        left = {one for one, at in (await statuses(clinic)).items() if at is RequestStatus.CLAIMED}
    assert not is_done
    assert left == {failing}
    assert "fault" in caplog.text


async def held_for_ever(clinic: Clinic, request_id: str) -> None:
    """The request has ended in some way that has left its proposed time behind."""
    ended = update(requests).where(requests.c.id == request_id).values(status=S.CLOSED)
    async with clinic.parts.database.write() as connection:
        await connection.execute(ended)


async def test_deadline_that_its_request_refuses_is_tried_more_and_more_rarely(
    clinics: ClinicMaker, caplog: pytest.LogCaptureFixture
) -> None:
    """And the log does not fill with it; the time of another request ends as ever."""
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor = await clinic.caller()
        assert (await propose(doctor, TOMORROW)).is_success
        assert (await propose(doctor, TOMORROW + HOUR, request_id=TWO)).is_success
        await held_for_ever(clinic, ONE)
        clinic.clock.advance(hours=24)
        for _ in range(60):
            assert not await clinic.parts.deadlines.sweep()
            clinic.clock.advance(seconds=2)
        other = (await statuses(clinic))[TWO]
    lines = [one.getMessage() for one in caplog.records if one.name == "backend.deadlines"]
    assert set(lines) == {f"request {ONE}: deadline refused: move_not_allowed"}
    assert len(lines) < 15  # of 60; the server sweeps by itself meanwhile
    assert other is S.CLAIMED


async def test_deadline_that_was_refused_once_is_not_lost(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        assert (await propose(await clinic.caller(), TOMORROW)).is_success
        await held_for_ever(clinic, ONE)
        clinic.clock.advance(hours=24)
        assert not await clinic.parts.deadlines.sweep()
        mended = update(requests).where(requests.c.id == ONE).values(status=S.SLOT_PROPOSED)
        async with clinic.parts.database.write() as connection:
            await connection.execute(mended)
        clinic.clock.advance(hours=1)
        assert await clinic.parts.deadlines.sweep()
        assert await statuses(clinic) == {ONE: S.CLAIMED}


@asynccontextmanager
async def talking(clinics: ClinicMaker) -> AsyncIterator[tuple[Clinic, PatientAccess]]:
    """A call that runs, with the patient at an open page."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule(doctor, patient)
        access = PatientAccess(ONE, "cardio", TOMORROW + timedelta(days=30))
        clinic.parts.presence.opened(access)
        await clinic.parts.presence.come(access)
        await talk(doctor, patient)
        yield clinic, access


async def test_call_that_the_patient_has_left_ends_by_itself(clinics: ClinicMaker) -> None:
    """Both may be gone: the case waits for nobody for ever."""
    async with talking(clinics) as (clinic, access):
        clinic.clock.advance(minutes=20)
        await clinic.parts.presence.renew()
        await clinic.parts.presence.closed(access)
        clinic.clock.advance(minutes=14)
        await clinic.parts.deadlines.sweep()
        early = await statuses(clinic)
        clinic.clock.advance(minutes=1)
        await clinic.parts.deadlines.sweep()
        doctor = await clinic.caller()
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        calls = read(await doctor.get(f"/requests/{ONE}/calls"), Page[Call]).items
    assert early == {ONE: S.IN_CALL}
    assert card.row.status is S.DRAFTING
    assert {CALL_ENDED, CALL_LEFT} <= {line.text for line in card.history}
    assert [(call.state, call.ended_by) for call in calls] == [(CallState.ENDED, Side.PATIENT)]


async def test_call_whose_patient_is_there_goes_on_however_long_it_is(
    clinics: ClinicMaker,
) -> None:
    async with talking(clinics) as (clinic, _):
        for _ in range(30):
            clinic.clock.advance(seconds=40)
            await clinic.parts.presence.renew()
        await clinic.parts.deadlines.sweep()
        assert await statuses(clinic) == {ONE: S.IN_CALL}


async def test_who_was_cut_off_by_the_servers_absence_has_time_to_come_back(
    clinics: ClinicMaker,
) -> None:
    async with talking(clinics) as (clinic, access):
        await clinic.parts.presence.closed(access)
    clinics.clock.advance(minutes=20)
    async with clinics.open(MINE) as clinic:
        await clinic.parts.deadlines.sweep()
        at_once = await statuses(clinic)
        clinic.clock.advance(minutes=15)
        await clinic.parts.deadlines.sweep()
        later = await statuses(clinic)
    assert (at_once, later) == ({ONE: S.IN_CALL}, {ONE: S.DRAFTING})
