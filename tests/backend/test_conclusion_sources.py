"""Sources of a conclusion: kept with every version, of the request's own files alone (OZ-12)."""

import hashlib
from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.settings import Settings
from backend.tables import conclusions, documents
from backend_client.models.common import DocumentId, ProblemCode
from backend_client.models.conclusions import Conclusion, ConclusionForm, SaveDraft
from backend_client.models.evidence import Evidence, PicturePlace
from tests.backend.clinic import ClinicMaker, SetClock, a_file, document_id, problem, read
from tests.backend.consultation import MINE, ONE, OTHERS, consult
from tests.backend.test_conclusions import PATH, SIGNED, CountingChecker, draft
from tests.made_up_findings import QT, RR, make_evidence

ECG = a_file("ecg", b"an ecg", key="own")
FOREIGN = a_file("ecg", b"another patient's", key="foreign")
WITH_FILE, WITH_FOREIGN = replace(MINE, files=(ECG,)), replace(OTHERS, files=(FOREIGN,))


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


def a_source(number: int = 1, **changes: object) -> Evidence:
    """Of the request's own ECG."""
    own = {
        "document_id": DocumentId(document_id("20-0001", ECG)),
        "sha256": hashlib.sha256(b"an ecg").hexdigest(),
    }
    return make_evidence(number, **(own | changes))


def a_form(*sources: Evidence) -> ConclusionForm:
    lines = [f"{source.text} [{source.number}]" for source in sources]
    return ConclusionForm(findings="\n".join(lines), evidence=sources)


async def test_sources_stay_with_the_draft_and_with_the_signed_version(
    clinics: ClinicMaker,
) -> None:
    """DRC-13"""
    place = PicturePlace(page=1, start=(10.5, 20.0), stop=(30.0, 40.25))
    form = a_form(a_source(), a_source(2, text=RR, place=place))
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        await consult(doctor, await clinic.patient(doctor, ONE))
        saved = await draft(doctor, form=form)
        again = read(await doctor.get(PATH), Conclusion)
        signed = read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
        kept = read(await doctor.get(PATH), Conclusion)
    assert saved.form == again.form == signed.form == kept.form == form


async def test_a_file_of_another_request_is_refused(clinics: ClinicMaker) -> None:
    foreign = a_source(
        7,
        document_id=DocumentId(document_id("20-0002", FOREIGN)),
        sha256=hashlib.sha256(b"another patient's").hexdigest(),
    )
    async with clinics.open(WITH_FILE, WITH_FOREIGN) as clinic:
        doctor = await clinic.caller()
        body = SaveDraft(version=0, form=a_form(a_source(), foreign))
        refusal = problem(await doctor.put(PATH, body))
        assert (await doctor.get(PATH)).status_code == 404, "nothing was kept"
    assert (refusal.status, refusal.code) == (422, ProblemCode.SOURCE_NOT_OF_CASE)
    assert refusal.detail == "numbers: 7"


@pytest.mark.parametrize(
    "source",
    [
        a_source(document_id=DocumentId("no-such-document")),
        a_source(sha256="00" * 32),
        a_source(sha256=""),
    ],
    ids=["unknown file", "other bytes", "no digest"],
)
async def test_a_file_that_is_not_that_file_is_refused(
    clinics: ClinicMaker, source: Evidence
) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        refusal = problem(await doctor.put(PATH, SaveDraft(version=0, form=a_form(source))))
    assert (refusal.status, refusal.code) == (422, ProblemCode.SOURCE_NOT_OF_CASE)


async def test_a_number_stands_for_one_source(clinics: ClinicMaker) -> None:
    twice = a_form(a_source(), a_source(1, text=RR))
    many = a_form(*(a_source(number) for number in range(1, 202)))
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        repeated = problem(await doctor.put(PATH, SaveDraft(version=0, form=twice)))
        too_many = problem(await doctor.put(PATH, SaveDraft(version=0, form=many)))
    assert (repeated.code, too_many.code) == (ProblemCode.INVALID, ProblemCode.INVALID)


async def test_a_file_that_has_gone_since_is_in_no_texts_way(clinics: ClinicMaker) -> None:
    form = a_form(a_source())
    more = msgspec.structs.replace(form, findings=f"{form.findings}\nРитм синусовый.")
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        await draft(doctor, form=form)
        async with clinic.parts.database.write() as connection:
            await _lose_files(connection)
        written = await draft(doctor, 1, more)
        new = a_form(a_source(), a_source(2, text=RR))
        refusal = problem(await doctor.put(PATH, SaveDraft(version=2, form=new)))
    assert written.form == more
    assert refusal.detail == "numbers: 2"


async def test_a_draft_of_before_has_no_sources(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        await draft(doctor, form=ConclusionForm(findings=QT))
        async with clinic.parts.database.write() as connection:
            await _forget_evidence(connection)
        old = read(await doctor.get(PATH), Conclusion)
        newer = await draft(doctor, 1, a_form(a_source()))
    assert old.form == ConclusionForm(findings=QT)
    assert newer.form.evidence == (a_source(),)


async def _lose_files(connection: AsyncConnection) -> None:
    await connection.execute(delete(documents))


async def _forget_evidence(connection: AsyncConnection) -> None:
    """As an older server has kept it."""
    form = dict((await connection.execute(select(conclusions.c.form))).scalar_one())
    del form["evidence"]
    await connection.execute(update(conclusions).values(form=form))
