"""Whose the slices of a series are: one answer for those that name the same person."""

import hashlib
from dataclasses import replace

import msgspec
from sqlalchemy import update

from backend.tables import documents
from backend_client.models.common import DocumentId, ProblemCode
from backend_client.models.documents import AnswerWhoseFile, Document, WhoseFile
from backend_client.models.requests import RequestCard
from tests.backend.clinic import ClinicMaker, a_file, document_id, problem, read
from tests.backend.consultation import ONE
from tests.backend.test_conclusion_sources import WITH_FILE

SLICES = tuple(a_file("ecg", b"slice %d" % number) for number in range(3))
FIRST = DocumentId(document_id("20-0001", SLICES[0]))
OTHERS = [DocumentId(document_id("20-0001", one, n)) for n, one in enumerate(SLICES[1:], 1)]


async def test_one_answer_for_the_slices_of_a_series_that_name_the_same_person(
    clinics: ClinicMaker,
) -> None:
    """One line of history, and each slice is refused as a source from then on."""
    async with clinics.open(replace(WITH_FILE, files=SLICES)) as clinic:
        doctor = await clinic.caller()
        digest = hashlib.sha256(b"slice 0").hexdigest()
        told = AnswerWhoseFile(whose=WhoseFile.OTHER, sha256=digest, also=OTHERS[:1])
        apart = problem(await doctor.post(f"/documents/{FIRST}/whose", told))
        async with clinic.parts.database.write() as connection:
            of_one = update(documents).where(documents.c.id.in_([FIRST, OTHERS[0]]))
            await connection.execute(of_one.values(series_uid="1.2.3"))
        foreign = msgspec.structs.replace(told, also=OTHERS)
        refused = problem(await doctor.post(f"/documents/{FIRST}/whose", foreign))
        read(await doctor.post(f"/documents/{FIRST}/whose", told), Document)
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert apart.code is refused.code is ProblemCode.INVALID
    found = {one.id: one.is_anothers for one in card.documents}
    assert found == {FIRST: True, OTHERS[0]: True, OTHERS[1]: False}
    assert sum("другого пациента" in one.text for one in card.history) == 1
