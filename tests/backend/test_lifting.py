"""Signed files that reach higher later, and what is not taken for one (OZ-12, OZ-22)."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace as with_fields
from sqlalchemy import select, update

from backend.conclusions.signatures import Expected, SignatureVerdict
from backend.demo_data.rows import demo_id
from backend.settings import Settings
from backend.tables import accounts, conclusion_editions, conclusions
from backend_client.models.accounts import Role
from backend_client.models.catalogue import SigningLevel, SigningPolicy
from backend_client.models.common import Page, ProblemCode
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    CorrectConclusion,
    Edition,
    Liftable,
    SaveDraft,
)
from backend_client.models.messages import NewMessage
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import (
    START,
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    a_catalogue,
    problem,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, consult
from tests.backend.test_conclusions import FORM

PATH = f"/requests/{ONE}/conclusion"
LIFTED = f"{PATH}/editions/1/lifted"
SIGNED = b"%PDF-1.7 text; [doctor]"
APPROVED = SIGNED + b" [head]"
HIGHER = APPROVED + b" +T"
HIGHEST = HIGHER + b" +LTA"
SERVICES = SigningPolicy(time_services=["http://tsa.example/"])


class ReadingChecker:
    """Reads the tests' own files: «[name]» is a signature, «+T» and «+LTA» raise the level, «!» is
    what was changed after signing."""

    async def check(self, pdf: bytes, signers: Expected) -> SignatureVerdict:
        """Whose names they are does not matter here."""
        names = tuple(part.split(b"]")[0].decode() for part in pdf.split(b"[")[1:])
        seals = pdf.count(b"+LTA")
        level = "B-LTA" if seals else "B-T" if b"+T" in pdf else "B-B"
        return SignatureVerdict(
            is_good=len(names) == len(signers) and b"!" not in pdf,
            reason="altered",
            level=level,
            certificates=names,
            doctor_sha256=hashlib.sha256(pdf.split(b"]")[0]).hexdigest(),
            sealed_until=START + timedelta(days=30 * seals) if seals else None,
        )


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return with_policy(settings, tmp_path, SERVICES)


def with_policy(settings: Settings, folder: Path, policy: SigningPolicy) -> ClinicMaker:
    catalogue = with_fields(a_catalogue(), signing=policy)
    catalogues = write_catalogues(folder / "own", catalogue, a_catalogue("perinatal"))
    return ClinicMaker(replace(settings, catalogues=catalogues), SetClock(), ReadingChecker())


@dataclass(frozen=True)
class Case:
    """A conclusion that was signed, and who works on it."""

    doctor: Caller
    admin: Caller

    async def lift(self, before: bytes, pdf: bytes, who: Caller | None = None) -> httpx.Response:
        """Hands in `pdf` for the kept file `before`."""
        replaces = hashlib.sha256(before).hexdigest()
        return await (who or self.doctor).upload(f"{LIFTED}?replaces={replaces}", pdf)

    async def waiting(self, who: Caller | None = None) -> list[Liftable]:
        """What is to be lifted."""
        return read(await (who or self.doctor).get("/signatures/to-lift"), Page[Liftable]).items

    async def editions(self) -> list[Edition]:
        """What was signed."""
        return read(await self.doctor.get(f"{PATH}/editions"), Page[Edition]).items


async def signed(clinic: Clinic) -> Case:
    case = Case(await clinic.caller(), await clinic.caller("admin"))
    await consult(case.doctor, await clinic.patient(case.doctor, ONE))
    read(await case.doctor.put(PATH, SaveDraft(version=0, form=FORM)), Conclusion)
    read(await case.doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
    return case


async def delivered(clinic: Clinic) -> Case:
    case = await signed(clinic)
    read(await case.admin.upload(f"{PATH}/approved?version=2", APPROVED), Conclusion)
    return case


async def test_what_was_signed_offline_is_lifted_step_by_step(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        (first,) = await case.waiting()
        once = read(await case.lift(APPROVED, HIGHER), Edition)
        (again,) = await case.waiting()
        twice = read(await case.lift(HIGHER, HIGHEST, case.admin), Edition)
        shown = read(await case.doctor.get(PATH), Conclusion)
        kept = await case.doctor.get(f"{PATH}/pdf")
        patients = await (await clinic.patient(case.doctor, ONE)).get("/conclusion")
        (edition,) = await case.editions()
    assert (first.level, first.wanted, first.signers) == ("B-B", "B-LTA", 2)
    assert first.sha256 == hashlib.sha256(APPROVED).hexdigest()
    assert (once.level, again.level, twice.level) == ("B-T", "B-T", "B-LTA")
    assert (shown.level, shown.sha256, shown.version) == ("B-LTA", edition.sha256, 3)
    assert kept.content == patients.content == HIGHEST
    assert edition == twice


@pytest.mark.parametrize(
    ("pdf", "why"),
    [
        (SIGNED + b" [other] +T", "another signature in the approver's place"),
        (APPROVED, "nothing was added"),
        (APPROVED + b" % more", "not higher"),
        (HIGHER + b"!", "altered"),
        (HIGHER + b" [third]", "one signature more"),
        (b"%PDF-1.7 other; [doctor] [head] +T", "another document"),
        (HIGHER[:-8], "cut off"),
        (b"", "no file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_not_the_kept_file_with_more_behind_it_is_refused(
    clinics: ClinicMaker, pdf: bytes, why: str
) -> None:
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        refused = problem(await case.lift(APPROVED, pdf))
        (edition,) = await case.editions()
        kept = await case.doctor.get(f"{PATH}/pdf")
    assert refused.code is ProblemCode.BAD_SIGNATURE, why
    assert (edition.level, kept.content) == ("B-B", APPROVED)


async def test_level_never_falls_and_the_highest_may_be_renewed(clinics: ClinicMaker) -> None:
    """A further time stamp before the certificate of the last one ends (EN 319 142-1, 5.5)."""
    renewed = HIGHEST + b" +LTA"
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        read(await case.lift(APPROVED, HIGHEST), Edition)
        same = problem(await case.lift(HIGHEST, HIGHEST + b" % more"))
        (ending,) = await case.waiting()
        read(await case.lift(HIGHEST, renewed), Edition)
        clinic.clock.advance(minutes=24 * 60 * 61)
        over = await case.waiting(await clinic.caller())
    assert same.code is ProblemCode.BAD_SIGNATURE
    assert (ending.level, ending.sealed_until) == ("B-LTA", START + timedelta(days=30))
    assert over == []  # its last time stamp has ended: nothing that is added now proves it


async def test_of_two_who_lift_the_same_file_the_later_one_is_told(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        read(await case.lift(APPROVED, HIGHER), Edition)
        late = problem(await case.lift(APPROVED, HIGHEST, case.admin))
        (edition,) = await case.editions()
    assert late.code is ProblemCode.STALE_VERSION
    assert edition.level == "B-T"


async def test_approver_looks_at_the_lifted_file_anew(clinics: ClinicMaker) -> None:
    """DRC-13: an approval of the file before is out of date, never a bad signature."""
    lifted = SIGNED + b" +T"
    async with clinics.open(MINE) as clinic:
        case = await signed(clinic)
        read(await case.lift(SIGNED, lifted), Edition)
        stale = problem(await case.admin.upload(f"{PATH}/approved?version=2", APPROVED))
        (waits,) = read(await case.admin.get("/approvals"), Page[Approval]).items
        body = lifted + b" [head]"
        path = f"{PATH}/approved?version={waits.version}"
        done = read(await case.admin.upload(path, body), Conclusion)
    assert stale.code is ProblemCode.STALE_VERSION
    assert (waits.level, waits.sha256) == ("B-T", hashlib.sha256(lifted).hexdigest())
    assert done.signers == 2


async def test_who_has_the_file_of_before_learns_that_it_is_genuine(clinics: ClinicMaker) -> None:
    """SOK-8: a patient who got it by e-mail holds what was lifted later."""
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        read(await case.lift(APPROVED, HIGHER), Edition)
        code = read(await case.doctor.get(PATH), Conclusion).code
        found = {
            name: (await clinic.client.get(f"/verify/{code}/proof?sha256={digest}")).json()["match"]
            for name, digest in {
                "kept": hashlib.sha256(HIGHER).hexdigest(),
                "before": hashlib.sha256(APPROVED).hexdigest(),
                "doctor's": hashlib.sha256(SIGNED).hexdigest(),
                "other": hashlib.sha256(b"x").hexdigest(),
            }.items()
        }
    assert found == {
        "kept": "same",
        "before": "before_lifting",
        "doctor's": "without_approval",
        "other": "other",
    }


async def test_doctors_lifted_file_stays_known_after_the_clinic_has_signed(
    clinics: ClinicMaker,
) -> None:
    """SOK-8: the doctor keeps what was lifted before the clinic countersigned it; the page knows
    it, says which document it is and what stands now."""
    lifted = SIGNED + b" +T"
    body = lifted + b" [head]"
    async with clinics.open(MINE) as clinic:
        case = await signed(clinic)
        read(await case.lift(SIGNED, lifted), Edition)
        (waits,) = read(await case.admin.get("/approvals"), Page[Approval]).items
        path = f"{PATH}/approved?version={waits.version}"
        done = read(await case.admin.upload(path, body), Conclusion)
        told = {
            pdf: (
                await clinic.client.get(
                    f"/verify/{done.code}/proof?sha256={hashlib.sha256(pdf).hexdigest()}"
                )
            ).json()
            for pdf in (SIGNED, lifted, body, b"%PDF-other")
        }
    assert [one["match"] for one in told.values()] == [
        "without_approval",
        "without_approval",
        "same",
        "other",
    ]
    assert {one["file_number"] for one in list(told.values())[:3]} == {told[body]["number"]}
    assert told[b"%PDF-other"]["file_number"] == ""
    assert {one["stands"] for one in told.values()} == {told[body]["number"]}


async def test_lifting_an_earlier_edition_leaves_the_text_that_is_written_alone(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        body = CorrectConclusion(version=3, reason="Опечатка")
        begun = read(await case.doctor.post(f"{PATH}/corrected", body), Conclusion)
        read(await case.lift(APPROVED, HIGHER), Edition)
        again = SaveDraft(version=begun.version, form=FORM)
        saved = read(await case.doctor.put(PATH, again), Conclusion)
        (edition,) = await case.editions()
    assert (saved.edition, edition.edition, edition.level) == (2, 1, "B-T")


async def test_one_signature_is_under_one_edition(clinics: ClinicMaker) -> None:
    """The file of an earlier edition, lifted or not, signs no later one."""
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        body = CorrectConclusion(version=3, reason="Опечатка")
        begun = read(await case.doctor.post(f"{PATH}/corrected", body), Conclusion)
        path = f"{PATH}/signed?version={begun.version}"
        answers = [await case.doctor.upload(path, pdf) for pdf in (SIGNED, SIGNED + b" +LTA")]
        anew = await case.doctor.upload(path, b"%PDF-1.7 corrected; [doctor]")
    assert [problem(one).code for one in answers] == [ProblemCode.BAD_SIGNATURE] * 2
    assert read(anew, Conclusion).edition == 2


async def test_chat_of_a_delivered_consultation_stays_closed_while_it_is_corrected(
    clinics: ClinicMaker,
) -> None:
    """SPB-14: the consultation is over; only its paper is written anew."""
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        patient = await clinic.patient(case.doctor, ONE)
        body = CorrectConclusion(version=3, reason="Опечатка")
        read(await case.doctor.post(f"{PATH}/corrected", body), Conclusion)
        row = read(await case.doctor.get(f"/requests/{ONE}"), RequestCard).row
        writes = await patient.post("/messages", NewMessage(text="Спасибо"))
        doctors = await case.doctor.post(f"/requests/{ONE}/messages", NewMessage(text="Минуту"))
        state = await patient.state()
    assert row.status is RequestStatus.RETURNED
    assert problem(writes).code is ProblemCode.CHAT_CLOSED
    assert problem(doctors).code is ProblemCode.CHAT_CLOSED
    assert not state.can_write


async def test_nobody_approves_what_is_their_own(clinics: ClinicMaker) -> None:
    """DRC-13: a doctor who was made the clinic's admin does not countersign the own conclusion."""
    async with clinics.open(MINE) as clinic:
        await signed(clinic)
        async with clinic.parts.database.write() as connection:
            whose = accounts.c.id == demo_id("account", "levashova")
            await connection.execute(update(accounts).where(whose).values(role=Role.CLINIC_ADMIN))
        answer = await (await clinic.caller()).upload(f"{PATH}/approved?version=2", APPROVED)
    assert problem(answer).code is ProblemCode.FORBIDDEN


async def test_file_replaced_on_the_disk_is_not_lifted(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        for kept in (tmp_path / "files" / "conclusions" / ONE).glob("*.pdf"):
            kept.write_bytes(kept.read_bytes().replace(b"text", b"lies"))
        forged = await case.lift(APPROVED, HIGHER.replace(b"text", b"lies"))
    assert problem(forged).code is ProblemCode.FILE_CHANGED


async def test_below_the_least_level_of_the_centre_nothing_is_taken(
    settings: Settings, tmp_path: Path
) -> None:
    policy = with_fields(SERVICES, at_least=SigningLevel.B_T)
    async with with_policy(settings, tmp_path, policy).open(MINE) as clinic:
        doctor = await clinic.caller()
        await consult(doctor, await clinic.patient(doctor, ONE))
        read(await doctor.put(PATH, SaveDraft(version=0, form=FORM)), Conclusion)
        low = await doctor.upload(f"{PATH}/signed?version=1", SIGNED)
        good = await doctor.upload(f"{PATH}/signed?version=1", SIGNED + b" +T")
    assert problem(low).code is ProblemCode.BAD_SIGNATURE
    assert read(good, Conclusion).level == "B-T"


async def test_who_is_asked_to_lift(clinics: ClinicMaker, settings: Settings) -> None:
    """The doctor who has signed, and the clinic's admin; no colleague, no other centre."""
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        found = {
            who: len(await case.waiting(await clinic.caller(who)))
            for who in ("levashova", "admin", "orlov", "mironova")
        }
    assert found == {"levashova": 1, "admin": 1, "orlov": 0, "mironova": 0}


async def test_without_a_time_service_nothing_is_asked_for(
    settings: Settings, tmp_path: Path
) -> None:
    async with with_policy(settings, tmp_path, SigningPolicy()).open(MINE) as clinic:
        case = await delivered(clinic)
        assert await case.waiting() == []


async def test_what_was_signed_before_levels_were_kept_is_lifted_too(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        case = await delivered(clinic)
        async with clinic.parts.database.write() as connection:
            for table in (conclusions, conclusion_editions):
                await connection.execute(update(table).values(level="", sealed_until=None))
        (old,) = await case.waiting()
        told = read(await case.lift(APPROVED, APPROVED), Edition)
        lifted = read(await case.lift(APPROVED, HIGHER), Edition)
        async with clinic.parts.database.read() as connection:
            kept: datetime | None = (
                await connection.execute(select(conclusion_editions.c.sealed_until))
            ).scalar()
    assert (old.level, told.level, lifted.level, kept) == ("", "B-B", "B-T", None)
