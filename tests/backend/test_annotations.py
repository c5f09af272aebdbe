"""Measurements that are kept with a request, and whose its files are."""

import hashlib
from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import func, select, update

from backend.settings import Settings
from backend.tables import annotations, consents, requests
from backend_client.models.annotations import (
    MOST_ANNOTATIONS,
    Annotation,
    AnnotationId,
    CalibrationMark,
    MarkKind,
    PutAnnotation,
)
from backend_client.models.common import DocumentId, Page, ProblemCode
from backend_client.models.conclusions import Conclusion, SaveDraft
from backend_client.models.documents import AnswerWhoseFile, Document, WhoseFile
from backend_client.models.events import AnnotationChanged, DocumentChanged, RequestChanged
from backend_client.models.evidence import (
    EcgPlace,
    Figure,
    FramePlace,
    Origin,
    PicturePlace,
    Place,
    ReportPlace,
    TextPlace,
)
from backend_client.models.patient import PatientChanged
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import (
    START,
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    document_id,
    problem,
    read,
)
from tests.backend.consultation import ONE, consult
from tests.backend.live import hello, live, patient_told, patients_stream, subscribed, told
from tests.backend.test_conclusion_sources import ECG, FOREIGN, WITH_FILE, WITH_FOREIGN, a_form
from tests.backend.test_conclusion_sources import a_source as source_of
from tests.backend.test_conclusions import PATH, SIGNED, CountingChecker, draft
from tests.backend.test_consents import GIVEN

LIST = f"/requests/{ONE}/annotations"
OWN = DocumentId(document_id("20-0001", ECG))
DIGEST = hashlib.sha256(b"an ecg").hexdigest()
WHOSE = f"/documents/{OWN}/whose"
LINE = FramePlace(part="1.2.3", frame=4, figure=Figure.LINE, points=((1.5, 2.25), (30.125, 44.0)))


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


def a_line(name: str = "a-1", **changes: object) -> PutAnnotation:
    """A distance on the fifth frame of the request's own file."""
    made = PutAnnotation(
        id=AnnotationId(name),
        document_id=OWN,
        sha256=DIGEST,
        place=LINE,
        quantity="line",
        label="Расстояние",
        value=12.4,
        unit="mm",
        origin=Origin.BY_HAND,
        scale="region 1",
        text="Расстояние 12,4 мм",
    )
    return msgspec.structs.replace(made, **changes)


def whose(answer: WhoseFile = WhoseFile.OTHER, reason: str = "") -> AnswerWhoseFile:
    return AnswerWhoseFile(whose=answer, sha256=DIGEST, reason=reason)


async def put(caller: Caller, made: PutAnnotation | None = None) -> Annotation:
    return read(await caller.post(LIST, made or a_line()), Annotation)


async def listed(caller: Caller, query: str = "") -> Page[Annotation]:
    return read(await caller.get(f"{LIST}{query}"), Page[Annotation])


async def set_request(clinic: Clinic, **values: object) -> None:
    async with clinic.parts.database.write() as connection:
        await connection.execute(update(requests).where(requests.c.id == ONE).values(values))


# Measurements


@pytest.mark.parametrize(
    "place",
    [
        LINE,
        EcgPlace(recording="1", lead="II", start_s=3.52, stop_s=3.92, filter="band"),
        PicturePlace(page=1, start=(10.5, 20.0), stop=(30.0, 40.25)),
        FramePlace(part="\0"),
        PicturePlace(part="ECG/photo.jpg", start=(10.5, 20.0), stop=(30.0, 40.25)),
        EcgPlace(part="ЭКГ/1.dcm", start_s=0.0, stop_s=1.0),
        TextPlace(part="a.pdf", page=2, start=(1.0, 2.0), stop=(3.0, 4.0)),
        ReportPlace(part="1.2.840.1", item=4),
    ],
)
async def test_a_measurement_is_kept_as_it_was_made_and_read_by_the_centre(
    clinics: ClinicMaker, place: Place
) -> None:
    """OZ-12: who, when, on which bytes and where; the approver sees it as a colleague does."""
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        kept = await put(doctor, a_line(place=place, label="Нос\0"))
        for login in ("levashova", "orlov", "admin"):
            assert (await listed(await clinic.caller(login))).items == [kept]
    assert (kept.place, kept.label, kept.value, kept.unit) == (place, "Нос", 12.4, "mm")
    assert (kept.sha256, kept.scale, kept.origin) == (DIGEST, "region 1", Origin.BY_HAND)
    assert (kept.version, kept.removed, kept.made_by_name) == (1, False, "Левашова М. О.")
    assert kept.made_at == clinics.clock()


async def test_its_calibration_is_kept_with_it_and_another_one_is_another_version(
    clinics: ClinicMaker,
) -> None:
    """By which marks of the doctor's a value was found, so that it can be found again."""
    mark = CalibrationMark(
        kind=MarkKind.LENGTH,
        points=((10.125, 20.0), (10.125, 80.75)),
        blurs=(0.5, 0.25),
        values=(50.0,),
        unit="mm",
        frame=3,
    )
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        by_hand = a_line(origin=Origin.HAND_CALIBRATED, calibration=(mark,))
        first, again = await put(doctor, by_hand), await put(doctor, by_hand)
        longer = msgspec.structs.replace(mark, values=(60.0,))
        second = await put(doctor, msgspec.structs.replace(by_hand, calibration=(longer,)))
        assert (await listed(await clinic.caller("admin"))).items == [second]
        too_many = a_line("c", calibration=(mark,) * 13)
        refused = problem(await doctor.post(LIST, too_many))
        old = await put(doctor, a_line("d"))
    assert first == again
    assert (first.calibration, second.calibration) == ((mark,), (longer,))
    assert second.version == 2
    assert refused.code is ProblemCode.INVALID
    assert old.calibration == ()


async def test_the_same_one_put_again_is_the_same_and_a_moved_one_has_the_next_version(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        first = await put(doctor)
        clinic.clock.advance(minutes=1)
        assert await put(doctor) == first
        moved = await put(doctor, a_line(value=None, unit="", text="Расстояние: нет масштаба"))
        assert (await listed(doctor)).items == [moved]
    assert (moved.version, moved.value) == (2, None)
    assert moved.made_at > first.made_at


async def test_what_was_removed_stays_removed_whatever_comes_late(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        await put(doctor)
        removed = read(await doctor.post(f"{LIST}/a-1/remove"), Annotation)
        again = read(await doctor.post(f"{LIST}/a-1/remove"), Annotation)
        late = await put(doctor, a_line(value=9.0))
        assert (await listed(doctor)).items == []
        unknown = problem(await doctor.post(f"{LIST}/a-2/remove"))
    assert removed.removed
    assert removed == again == late
    assert unknown.code is ProblemCode.NOT_FOUND


async def test_the_list_is_a_page_in_the_order_of_making(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        for name in "cba":
            await put(doctor, a_line(name))
        first = await listed(doctor, "?limit=2")
        last = await listed(doctor, f"?limit=2&cursor={first.next_cursor}")
    assert [one.id for one in first.items + last.items] == ["c", "b", "a"]
    assert last.next_cursor is None


@pytest.mark.parametrize(
    "wrong",
    [a_line(sha256="00" * 32), a_line(document_id=DocumentId("none"))],
    ids=["bytes", "file"],
)
async def test_only_the_bytes_that_were_measured_are_named(
    clinics: ClinicMaker, wrong: PutAnnotation
) -> None:
    async with clinics.open(WITH_FILE, WITH_FOREIGN) as clinic:
        doctor = await clinic.caller()
        refusal = problem(await doctor.post(LIST, wrong))
        foreign = DocumentId(document_id("20-0002", FOREIGN))
        digest = hashlib.sha256(b"another patient's").hexdigest()
        other = problem(await doctor.post(LIST, a_line(document_id=foreign, sha256=digest)))
        assert (await listed(doctor)).items == []
    assert (refusal.code, other.code) == (ProblemCode.INVALID, ProblemCode.INVALID)


async def test_only_the_doctor_of_the_case_writes_and_only_before_the_signature(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        await put(doctor)
        theirs = problem(await colleague.post(LIST, a_line("b")))
        gone = problem(await colleague.post(f"{LIST}/a-1/remove"))
        await set_request(clinic, status=RequestStatus.SIGNED)
        late = problem(await doctor.post(LIST, a_line("b")))
        kept = problem(await doctor.post(f"{LIST}/a-1/remove"))
        assert len((await listed(await clinic.caller("admin"))).items) == 1
    assert {theirs.code, gone.code} == {ProblemCode.CLAIMED_BY_OTHER}
    assert {late.code, kept.code} == {ProblemCode.MOVE_NOT_ALLOWED}


async def test_there_is_an_end_to_their_number(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        await put(doctor)
        async with clinic.parts.database.write() as connection:
            row = dict((await connection.execute(select(annotations))).mappings().one())
            more = [
                {**row, "id": f"m-{number}", "number": number}
                for number in range(2, MOST_ANNOTATIONS + 1)
            ]
            await connection.execute(annotations.insert(), more)
        refusal = problem(await doctor.post(LIST, a_line("one-more")))
        assert (await put(doctor, a_line(value=1.0))).version == 2
        await doctor.post(f"{LIST}/m-2/remove")
        assert (await put(doctor, a_line("one-more"))).version == 1
    assert refusal.code is ProblemCode.INVALID


async def test_the_centre_is_told_of_each_and_the_patient_of_none(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        colleague = await clinic.caller("orlov")
        async with (  # the patient's coming is told as well
            subscribed(address, colleague.headers) as stream,
            patients_stream(address, patient.token) as theirs,
        ):
            await hello(stream)
            await patient_told(theirs)
            kept = await put(doctor)
            while isinstance(made := await told(stream), RequestChanged):
                pass
            removed = read(await doctor.post(f"{LIST}/a-1/remove"), Annotation)
            gone = await told(stream)
            document = read(await doctor.post(WHOSE, whose()), Document)
            history, answered = await told(stream), await told(stream)
            heard = await patient_told(theirs)
    assert isinstance(made, AnnotationChanged)
    assert isinstance(gone, AnnotationChanged)
    assert (made.annotation, gone.annotation) == (kept, removed)
    assert isinstance(history, RequestChanged)
    assert isinstance(answered, DocumentChanged)
    assert answered.document == document
    assert isinstance(heard, PatientChanged), "and not a word of the files"


async def test_a_withdrawn_consent_closes_them_with_the_files(clinics: ClinicMaker) -> None:
    """SPB-13"""
    async with clinics.open(replace(WITH_FILE, consents=GIVEN)) as clinic:
        doctor = await clinic.caller()
        await put(doctor)
        async with clinic.parts.database.write() as connection:
            await connection.execute(update(consents).values(withdrawn_at=START))
        link = problem(await doctor.get(f"/documents/{OWN}/link"))
        refusal = problem(await doctor.get(LIST))
    assert refusal.code is link.code is ProblemCode.CONSENT_MISSING


# Whose a file is


async def test_the_answer_is_kept_and_seen_by_colleagues_and_the_approver(
    clinics: ClinicMaker,
) -> None:
    """Who, when, on which bytes, why; with a line of history for the clinic."""
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        said = read(await doctor.post(WHOSE, whose(WhoseFile.PATIENT, " Девичья\0 ")), Document)
        for login in ("orlov", "admin"):
            caller = await clinic.caller(login)
            card = read(await caller.get(f"/requests/{ONE}"), RequestCard)
            assert card.documents[0].answer == said.answer
        line = card.history[0].text
        await put(doctor)
    assert said.answer is not None
    assert (said.answer.whose, said.answer.reason) == (WhoseFile.PATIENT, "Девичья")
    assert (said.answer.by_name, said.answer.sha256) == ("Левашова М. О.", DIGEST)
    assert said.answer.at == clinics.clock()
    assert line.startswith("Левашова М. О.: файл этого пациента, хотя назван иначе: «ecg.pdf»")
    assert line.endswith("Девичья")


async def test_nothing_of_another_patients_file_is_measured_or_cited(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        document = read(await doctor.post(WHOSE, whose()), Document)
        body = SaveDraft(version=0, form=a_form(source_of()))
        cited = problem(await doctor.put(PATH, body))
        measured = problem(await doctor.post(LIST, a_line()))
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
    assert document.is_anothers
    assert cited.code is measured.code is ProblemCode.SOURCE_NOT_OF_CASE
    assert card.history[0].text == "Левашова М. О.: файл другого пациента: «ecg.pdf»"


async def test_a_text_that_names_such_a_file_is_not_signed(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor = await clinic.caller()
        await consult(doctor, await clinic.patient(doctor, ONE))
        await draft(doctor, form=a_form(source_of()))
        await doctor.post(WHOSE, whose())
        refusal = problem(await doctor.upload(f"{PATH}/signed?version=1", SIGNED))
        await doctor.post(WHOSE, whose(WhoseFile.PATIENT, "Ошиблась"))
        read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
    assert refusal.code is ProblemCode.SOURCE_NOT_OF_CASE
    assert refusal.detail == "numbers: 1"


async def test_an_answer_needs_its_reason_its_bytes_and_its_doctor(clinics: ClinicMaker) -> None:
    async with clinics.open(WITH_FILE) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        silent = problem(await doctor.post(WHOSE, whose(WhoseFile.PATIENT, "\0 ")))
        unknown = problem(await doctor.post(WHOSE, whose(WhoseFile.UNKNOWN, "x")))
        other = AnswerWhoseFile(whose=WhoseFile.OTHER, sha256="00" * 32)
        changed = problem(await doctor.post(WHOSE, other))
        theirs = problem(await colleague.post(WHOSE, whose()))
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        strangers = problem(await (await clinic.caller("mironova")).post(WHOSE, whose()))
        async with clinic.parts.database.read() as connection:
            count = (await connection.execute(select(func.count(annotations.c.id)))).scalar()
    assert silent.code is unknown.code is ProblemCode.INVALID
    assert changed.code is ProblemCode.FILE_CHANGED
    assert theirs.code is ProblemCode.CLAIMED_BY_OTHER
    assert strangers.code is ProblemCode.NOT_FOUND
    assert card.documents[0].answer is None
    assert count == 0
