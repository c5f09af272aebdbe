"""A patient who comes and goes, as the doctor's program is told of it."""

from contextlib import aclosing
from pathlib import Path

from backend.patients.links import PatientAccess
from backend.patients.presence import Presence
from backend_client.models.events import Hello, RequestChanged
from backend_client.models.requests import RequestRow
from tests.backend.clinic import ClinicMaker
from tests.backend.consultation import MINE, ONE, TOMORROW, schedule
from tests.unit.services.house import house
from tests.unit.services.scripted_server import ScriptedServer


async def test_two_changes_of_presence_that_arrive_out_of_order_end_in_the_newer_state(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """DRC-11: neither is a version, or what the doctor writes meanwhile would be stale for no
    reason to be seen; the log's number orders them."""
    told = await came_and_went(clinics)
    came, went = (one.row for one in told)
    assert came is not None
    assert went is not None
    assert came.version == went.version
    assert came.age < went.age
    assert (came.seq, went.seq) == (told[0].seq, told[1].seq)
    heard: list[RequestRow] = []
    async with house(tmp_path, ScriptedServer(came)) as home:
        home.requests.changed.subscribe(heard.append)
        home.requests.hear_event(told[1])
        home.requests.hear_event(told[0])
    assert heard == [went]


async def came_and_went(clinics: ClinicMaker) -> tuple[RequestChanged, RequestChanged]:
    """What a doctor is told, long before the lobby opens: only what may be done changes."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await schedule(doctor, await clinic.patient(doctor, ONE))
        account = (await clinic.sign_in()).account
        parts, access = clinic.parts, PatientAccess(ONE, "cardio", TOMORROW)
        presence = Presence(parts.database, parts.changes, clinic.clock)
        presence.opened(access)
        async with aclosing(clinic.messages(account, None)) as messages:
            assert isinstance(await anext(messages), Hello)
            await presence.come(access)
            came = await anext(messages)
            await presence.closed(access)
            went = await anext(messages)
    assert isinstance(came, RequestChanged)
    assert isinstance(went, RequestChanged)
    return came, went
