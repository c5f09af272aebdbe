"""The patient's presence: it lasts as long as a stream is open, and not longer than its process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from backend.database import Database
from backend.demo_data.load import LOADED
from backend.patients.links import PatientAccess
from backend.patients.presence import Presence
from backend.settings import Settings, utc_now
from backend.tables import events, facts, patient_presence, requests
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import START, Clinic, ClinicMaker, PatientCaller, SetClock, read
from tests.backend.consultation import MINE, ONE, schedule
from tests.backend.live import patient_told, patients_stream
from tests.backend.older_tables import build
from tests.backend.server_process import command, serving

TOMORROW = START + timedelta(days=1)
BEFORE_LEASES = "0008"


@dataclass(frozen=True)
class Lobby:
    """A clinic whose patient has an appointment now."""

    clinic: Clinic
    access: PatientAccess

    def process(self) -> Presence:
        """Of a process that nobody stops: it renews when it is told to, and may be killed."""
        parts = self.clinic.parts
        presence = Presence(parts.database, parts.changes, self.clinic.clock)
        presence.opened(self.access)
        return presence

    async def swept_after(self, seconds: float) -> RequestStatus:
        """Where the request stands so much later."""
        self.clinic.clock.advance(seconds=seconds)
        await self.clinic.parts.deadlines.sweep()
        return (await self.card()).row.status

    async def card(self) -> RequestCard:
        """As a doctor sees it."""
        return read(await (await self.clinic.caller()).get(f"/requests/{ONE}"), RequestCard)

    async def left_at(self) -> datetime | None:
        """As the tables have it."""
        async with self.clinic.parts.database.read() as connection:
            found = select(requests.c.patient_left_at).where(requests.c.id == ONE)
            left: datetime | None = (await connection.execute(found)).scalar_one()
        return left

    async def told(self) -> int:
        """Events up to now."""
        async with self.clinic.parts.database.read() as connection:
            return len((await connection.execute(select(events.c.seq))).all())


@asynccontextmanager
async def lobby(clinics: ClinicMaker) -> AsyncIterator[Lobby]:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await schedule(doctor, await clinic.patient(doctor, ONE))
        clinic.clock.now = TOMORROW
        yield Lobby(clinic, PatientAccess(ONE, "cardio", TOMORROW + timedelta(days=30)))


async def test_patient_of_a_killed_process_leaves_and_all_are_told(clinics: ClinicMaker) -> None:
    """SPB-11, DRC-3, DRC-11"""
    async with lobby(clinics) as one:
        await one.process().come(one.access)
        since = (await one.card()).row.waits_since
        before = await one.told()
        still = await one.swept_after(44)
        nobody_told = await one.told() - before
        gone = await one.swept_after(2)
        card = await one.card()
        contact = card.contact
        left_at, told = await one.left_at(), await one.told() - before
    assert (still, gone) == (RequestStatus.WAITING, RequestStatus.SCHEDULED)
    assert (since, card.row.waits_since) == (TOMORROW, None)
    assert (nobody_told, told) == (0, 1)
    assert left_at == TOMORROW + timedelta(seconds=45)
    assert contact is not None
    assert contact.patient_offline


async def test_page_opened_days_before_is_told_as_well(clinics: ClinicMaker) -> None:
    """DRC-11: whether the patient is there decides what the doctor may do."""
    async with lobby(clinics) as one:
        one.clinic.clock.now = START
        process, before = one.process(), await one.told()
        await process.come(one.access)
        come = await one.told() - before
        await process.closed(one.access)
        left = await one.told() - before - come
    assert (come, left) == (1, 1)


async def test_renewed_presence_lasts_and_tells_nobody(clinics: ClinicMaker) -> None:
    async with lobby(clinics) as one:
        process = one.process()
        await process.come(one.access)
        before = await one.told()
        states = []
        for _ in range(4):
            states.append(await one.swept_after(30))
            await process.renew()
        told = await one.told() - before
    assert states == [RequestStatus.WAITING] * 4
    assert told == 0


async def test_patient_is_there_while_any_process_has_a_stream(clinics: ClinicMaker) -> None:
    async with lobby(clinics) as one:
        here, there = one.process(), one.process()
        await here.come(one.access)
        await there.come(one.access)
        await here.closed(one.access)
        kept = await one.swept_after(1)
        await there.closed(one.access)
        over = await one.swept_after(0)
    assert (kept, over) == (RequestStatus.WAITING, RequestStatus.SCHEDULED)


async def test_killed_process_does_not_take_the_patient_from_another(clinics: ClinicMaker) -> None:
    async with lobby(clinics) as one:
        killed, alive = one.process(), one.process()
        await killed.come(one.access)
        await alive.come(one.access)
        one.clinic.clock.advance(seconds=30)
        await alive.renew()
        kept = await one.swept_after(20)
        over = await one.swept_after(30)
    assert (kept, over) == (RequestStatus.WAITING, RequestStatus.SCHEDULED)


async def test_who_was_taken_for_gone_comes_again_with_the_next_renewal(
    clinics: ClinicMaker,
) -> None:
    """The process could not reach the database for a minute."""
    async with lobby(clinics) as one:
        process = one.process()
        await process.come(one.access)
        gone = await one.swept_after(60)
        await process.renew()
        again = await one.swept_after(0)
        left_at = await one.left_at()
    assert (gone, again) == (RequestStatus.SCHEDULED, RequestStatus.WAITING)
    assert left_at is None


async def test_closed_stream_is_not_renewed(clinics: ClinicMaker) -> None:
    async with lobby(clinics) as one:
        process = one.process()
        await process.come(one.access)
        await process.closed(one.access)
        await process.renew()
        await process.come(one.access)  # a word that was on its way when the stream closed
        status = await one.swept_after(0)
        async with one.clinic.parts.database.read() as connection:
            leases = (await connection.execute(select(patient_presence))).all()
    assert (status, leases) == (RequestStatus.SCHEDULED, [])


async def test_killed_server_leaves_no_patient_waiting_for_ever(
    clinics: ClinicMaker, tmp_path: Path, database_url: str
) -> None:
    """A process and its stream, `kill -9`, and a start 46 s later."""
    clinics = replace(clinics, clock=SetClock(utc_now()))
    patient = await appointment_now(clinics)
    async with serving(command(tmp_path, database=database_url)) as server:
        address = server.address.removeprefix("http://")
        async with patients_stream(address, patient.token) as stream:
            await patient_told(stream)
            waiting = await status_of(database_url)
            server.process.kill()
    clinics.clock.now = utc_now() + timedelta(seconds=46)
    async with clinics.open_real() as clinic:
        await clinic.parts.deadlines.sweep()
    assert waiting is RequestStatus.WAITING
    assert await status_of(database_url) is RequestStatus.SCHEDULED


async def appointment_now(clinics: ClinicMaker) -> PatientCaller:
    """The patient of a clinic that is no demonstration any more."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await schedule_soon(clinic)
        async with clinic.parts.database.write() as connection:
            await connection.execute(delete(facts).where(facts.c.name == LOADED))
    return patient


async def schedule_soon(clinic: Clinic) -> None:
    values = {"status": RequestStatus.SCHEDULED, "appointment_at": clinic.clock.now}
    async with clinic.parts.database.write() as connection:
        await connection.execute(update(requests).where(requests.c.id == ONE).values(values))


async def status_of(url: str) -> RequestStatus:
    database = Database(url)
    async with database.read() as connection:
        found = select(requests.c.status).where(requests.c.id == ONE)
        status: RequestStatus = (await connection.execute(found)).scalar_one()
    await database.close()
    return status


def there_before_leases(connection: Connection) -> None:
    """Somebody whose end nobody has written."""
    build(connection, BEFORE_LEASES)
    connection.execute(update(requests).where(requests.c.id == ONE).values(patient_came_at=START))


async def test_who_stayed_from_before_leases_is_gone_with_the_first_sweep(
    empty_database_url: str, settings: Settings
) -> None:
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(there_before_leases)
    await database.migrate()
    await database.close()
    clinics = ClinicMaker(replace(settings, database_url=empty_database_url), SetClock())
    async with clinics.open_real() as clinic:
        await clinic.parts.deadlines.sweep()
        async with clinic.parts.database.read() as connection:
            left = await connection.execute(select(requests.c.patient_left_at))
            assert left.scalar_one() == START
            assert (await connection.execute(select(patient_presence))).all() == []
