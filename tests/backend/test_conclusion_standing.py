"""What approver and card are told of a signed conclusion beside its text (OZ-12, DRC-13)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields
from sqlalchemy import update

from backend.settings import Settings
from backend.tables import documents
from backend_client.models.catalogue import SigningLevel, SigningPolicy
from backend_client.models.common import Page
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionForm,
    ConclusionStanding,
    ConclusionState,
)
from backend_client.models.documents import Document
from backend_client.models.requests import RequestCard
from backend_client.models.routes import Route
from tests.backend.clinic import (
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    a_catalogue,
    a_file,
    document_id,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, consult
from tests.backend.test_conclusions import (
    COUNTERSIGNED,
    FORM,
    PATH,
    SIGNED,
    CountingChecker,
    draft,
)

FILES = (a_file("ecg"), a_file("echo"), a_file("summary", b"one"), a_file("summary", b"three"))
REASON = "Старше года"


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    catalogue = with_fields(a_catalogue(), signing=SigningPolicy(level=SigningLevel.B_LT))
    catalogues = write_catalogues(tmp_path / "own", catalogue, a_catalogue("perinatal"))
    return ClinicMaker(replace(settings, catalogues=catalogues), SetClock(), CountingChecker())


def file_id(place: int) -> str:
    return document_id(MINE.number, FILES[place], place)


@asynccontextmanager
async def signed(clinics: ClinicMaker) -> AsyncIterator[tuple[Clinic, Caller, Caller]]:
    """One of four files was opened before the signature, another one after it; the last two are
    slices of one series."""
    async with clinics.open(replace(MINE, files=FILES)) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        async with clinic.parts.database.write() as connection:
            slices = documents.c.id.in_([file_id(2), file_id(3)])
            await connection.execute(update(documents).where(slices).values(series_uid="1.2.3"))
        await consult(doctor, await clinic.patient(doctor, ONE))
        read(await doctor.post(f"/documents/{file_id(0)}/opened"), Document)
        read(await admin.post(f"/documents/{file_id(1)}/opened"), Document)
        await draft(doctor, form=with_reason(FORM))
        read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
        clinic.clock.advance(minutes=1)
        read(await doctor.post(f"/documents/{file_id(1)}/opened"), Document)
        yield clinic, doctor, admin


def with_reason(form: ConclusionForm) -> ConclusionForm:
    return ConclusionForm(findings=form.findings or "Норма", unopened_reason=REASON)


async def standing(caller: Caller) -> ConclusionStanding | None:
    return read(await caller.get(f"/requests/{ONE}"), RequestCard).conclusion


async def test_list_says_level_signatures_and_what_the_doctor_left_unopened(
    clinics: ClinicMaker,
) -> None:
    """Files are counted as the doctor sees them (a series is one), as of the signature, by what
    the author has opened and nobody else."""
    async with signed(clinics) as (_, _, admin):
        (one,) = read(await admin.get("/approvals"), Page[Approval]).items
    assert (one.unopened, one.unopened_reason) == (2, REASON)
    assert (one.level, one.wanted) == ("", "B-LT")
    assert (one.signers, one.signers_wanted) == (1, 2)
    assert one.route is Route.CENTRE
    assert one.author_post
    assert one.centre_name


async def test_card_says_how_the_conclusion_stands_to_doctor_and_approver(
    clinics: ClinicMaker,
) -> None:
    async with signed(clinics) as (_, doctor, admin):
        waits = await standing(doctor)
        assert (await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED)).is_success
        given = await standing(admin)
    assert waits is not None
    assert (waits.state, waits.signers, waits.signers_wanted) == (ConclusionState.SIGNED, 1, 2)
    assert set(waits.unopened) == {file_id(1), file_id(2), file_id(3)}
    assert (waits.unopened_reason, waits.wanted, waits.approved_at) == (REASON, "B-LT", None)
    assert given is not None
    assert (given.state, given.signers, given.edition) == (ConclusionState.DELIVERED, 2, 1)
    assert given.approved_by
    assert given.delivered_at is not None
    assert given.unopened == waits.unopened


async def test_card_of_an_unsigned_conclusion_says_nothing(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await draft(doctor)
        assert await standing(doctor) is None
