"""The sweep of what ends by itself: no request keeps another from its end."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from backend.tables import requests
from backend_client.models.requests import RequestStatus
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, id_of
from tests.backend.consultation import ONE, TWO

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
