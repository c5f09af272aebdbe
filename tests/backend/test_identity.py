"""Who the patient is, and personal data that were changed (SPB-1, SPB-12, DRC-14, DRC-16)."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from backend.settings import Settings
from backend.tables import audit_entries, patient_changes, requests
from backend_client.models.common import ProblemCode, Wire
from backend_client.models.conclusions import ConclusionForm, SaveDraft
from backend_client.models.identity import (
    ConfirmIdentity,
    DataField,
    DataSource,
    DecideData,
    IdentityMark,
    IdentityProof,
)
from backend_client.models.personal_data import BringData, NewPersonalData, PersonalData
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import Action, IdentityLevel, RequestCard, RequestStatus, Sex
from tests.backend.clinic import (
    PATIENT,
    REQUEST,
    Caller,
    ClinicMaker,
    SetClock,
    demo_of,
    id_of,
    problem,
    read,
)
from tests.backend.test_conclusions import CountingChecker
from tests.backend.world import EVERYBODY, SIGNED

UNKNOWN = replace(PATIENT, identity_level=IdentityLevel.NOT_IDENTIFIED)
MINE = replace(
    REQUEST,
    patient=UNKNOWN,
    status=RequestStatus.DRAFTING,
    owner_key="levashova",
)
SECOND = replace(MINE, number="20-0002", status=RequestStatus.READY, owner_key=None)
OLD = replace(MINE, number="20-0003", status=RequestStatus.CLOSED)
ONE, TWO, THREE = id_of("20-0001"), id_of("20-0002"), id_of("20-0003")
PASSPORT = ConfirmIdentity(proof=IdentityProof.PASSPORT, note="показал на звонке")
MOVED = NewPersonalData(
    full_name="Ёлкин  Павел Никитич", place="Пермь", birth_date=PATIENT.birth_date
)
REASON = EndWithNote(note="Паспорт чужой")


DEMO = demo_of((MINE, SECOND, OLD), EVERYBODY)
"""One patient, whom nobody knows, with three requests."""


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


async def card(caller: Caller, request_id: str = ONE) -> RequestCard:
    return read(await caller.get(f"/requests/{request_id}"), RequestCard)


async def act(caller: Caller, path: str, body: Wire, request_id: str = ONE) -> RequestCard:
    return read(await caller.post(f"/requests/{request_id}/{path}", body), RequestCard)


async def code_of(caller: Caller, path: str, body: Wire, request_id: str = ONE) -> ProblemCode:
    return problem(await caller.post(f"/requests/{request_id}/{path}", body)).code


async def sign(doctor: Caller) -> ProblemCode | None:
    """The refusal; None: signed."""
    answer = await doctor.upload(f"/requests/{ONE}/conclusion/signed?version=1", SIGNED)
    return None if answer.is_success else problem(answer).code


async def test_nothing_is_signed_before_a_named_person_has_confirmed_who_it_is(
    clinics: ClinicMaker,
) -> None:
    """DRC-16, SPB-12: the server refuses, and offers no signature; then it takes one."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor = await clinic.caller()
        draft = SaveDraft(version=0, form=ConclusionForm(findings="-"))
        assert (await doctor.put(f"/requests/{ONE}/conclusion", draft)).is_success
        before = await card(doctor)
        assert before.row.identity_marks == [IdentityMark.NOT_IDENTIFIED]
        assert before.identity is None
        assert Action.CONFIRM_IDENTITY in before.row.allowed_actions
        assert Action.SIGN_CONCLUSION not in before.row.allowed_actions
        assert await sign(doctor) is ProblemCode.NOT_IDENTIFIED
        after = await act(doctor, "confirm-identity", PASSPORT)
        assert after.row.identity_marks == [IdentityMark.BY_PERSON]
        assert after.identity_level is IdentityLevel.NOT_IDENTIFIED, (
            "the service still does not know"
        )
        assert after.identity is not None
        assert (after.identity.by_name, after.identity.proof) == ("Левашова М. О.", PASSPORT.proof)
        assert (after.identity.at, after.identity.note) == (clinic.clock(), PASSPORT.note)
        assert "Левашова М. О.: личность пациента подтверждена: паспорт" in after.history[0].text
        assert Action.SIGN_CONCLUSION in after.row.allowed_actions
        assert await sign(doctor) is None


async def test_confirmation_counts_for_all_requests_of_the_patient(clinics: ClinicMaker) -> None:
    """DRC-16: each open one has its line and its event; what has ended is not touched anew."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        seq = (await card(doctor)).row.seq
        ended = (await card(admin, THREE)).row.version
        await act(admin, "confirm-identity", PASSPORT)
        other = await card(doctor, TWO)
        assert other.row.identity_marks == [IdentityMark.BY_PERSON]
        assert other.row.version == 2
        assert "Агапова Е. С.: личность пациента подтверждена" in other.history[0].text
        assert other.row.seq == seq + 2
        closed = await card(admin, THREE)
        assert (closed.row.version, closed.row.identity_marks) == (ended, other.row.identity_marks)


async def test_only_the_clinics_admin_withdraws_a_confirmation(clinics: ClinicMaker) -> None:
    """DRC-16: with a reason; afterwards nothing is signed, nor approved."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        assert await code_of(admin, "withdraw-identity", REASON) is ProblemCode.MOVE_NOT_ALLOWED
        await act(doctor, "confirm-identity", PASSPORT)
        assert await code_of(doctor, "confirm-identity", PASSPORT) is ProblemCode.MOVE_NOT_ALLOWED
        assert await code_of(doctor, "withdraw-identity", REASON) is ProblemCode.FORBIDDEN
        draft = SaveDraft(version=0, form=ConclusionForm(findings="-"))
        assert (await doctor.put(f"/requests/{ONE}/conclusion", draft)).is_success
        assert await sign(doctor) is None
        offered = (await card(admin)).row.allowed_actions
        assert {Action.APPROVE, Action.WITHDRAW_IDENTITY} <= set(offered)
        after = await act(admin, "withdraw-identity", REASON)
        assert "Паспорт чужой" in after.history[0].text
        assert after.identity is None
        assert Action.APPROVE not in after.row.allowed_actions
        path = f"/requests/{ONE}/conclusion/approved?version=2"
        answer = await admin.upload(path, SIGNED + b" and another")
        assert problem(answer).code is ProblemCode.NOT_IDENTIFIED


async def test_who_does_not_hold_the_request_confirms_nobody(clinics: ClinicMaker) -> None:
    """DRC-16: the doctor who answers for the case, or the clinic."""
    async with clinics.open_demo(DEMO) as clinic:
        other = await clinic.caller("orlov")
        assert await code_of(other, "confirm-identity", PASSPORT) is ProblemCode.CLAIMED_BY_OTHER
        assert (
            await code_of(other, "confirm-identity", PASSPORT, TWO) is ProblemCode.MOVE_NOT_ALLOWED
        )
        no_proof = ConfirmIdentity(proof=IdentityProof.UNKNOWN)
        assert (
            await code_of(await clinic.caller(), "confirm-identity", no_proof)
            is ProblemCode.INVALID
        )


async def test_patients_words_stand_beside_the_confirmed_ones(clinics: ClinicMaker) -> None:
    """DRC-14: both values on the card, and the row, the order and the search know the old one."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        kept = read(await patient.get("/personal-data"), PersonalData)
        assert (kept.full_name, kept.changed) == (PATIENT.full_name, [])
        said = read(await patient.post("/personal-data", MOVED), PersonalData)
        assert said.full_name == PATIENT.full_name
        shown = await card(doctor)
        assert shown.changed_data == said.changed
        name, place = shown.changed_data
        assert (name.confirmed, name.changed) == (PATIENT.full_name, "Ёлкин Павел Никитич")
        assert (place.field, place.confirmed, place.changed) == (
            DataField.PLACE,
            PATIENT.place,
            "Пермь",
        )
        assert (name.source, name.by_name, name.at) == (DataSource.PATIENT, "", clinic.clock())
        assert shown.row.patient.full_name == PATIENT.full_name
        assert IdentityMark.DATA_CHANGED in shown.row.identity_marks
        assert IdentityMark.DATA_CHANGED in (await card(doctor, TWO)).row.identity_marks
        assert "Пациент сообщил новые данные" in shown.history[0].text
        assert len((await doctor.page("search=елкин")).items) == 0


async def test_confirmed_change_is_the_patients_in_every_request(clinics: ClinicMaker) -> None:
    """DRC-14: name, sorting and search of all open requests; who has decided, and when."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await patient.post("/personal-data", MOVED)
        both = DecideData(fields=[DataField.FULL_NAME, DataField.PLACE], confirm=True)
        after = await act(doctor, "personal-data/decide", both)
        assert after.row.patient.full_name == "Ёлкин Павел Никитич"
        assert (after.row.patient.place, after.changed_data) == ("Пермь", [])
        assert IdentityMark.DATA_CHANGED not in after.row.identity_marks
        assert "данные подтверждены" in after.history[0].text
        assert "Екатеринбург → Пермь" in after.history[0].text
        found = await doctor.page("search=елкин")
        assert {row.id for row in found.items} >= {ONE, TWO}
        assert not (await doctor.page("search=верещагин")).items
        async with clinic.parts.database.read() as connection:
            keys = set((await connection.execute(select(requests.c.patient_key))).scalars())
            rows = (await connection.execute(select(patient_changes))).mappings().all()
        assert keys == {"елкин павел никитич"}
        assert {(row["confirmed"], row["decided_at"], row["before"]) for row in rows} == {
            (True, clinic.clock(), PATIENT.full_name),
            (True, clinic.clock(), PATIENT.place),
        }


async def test_dropped_change_leaves_what_was_confirmed(clinics: ClinicMaker) -> None:
    """DRC-14: field by field; the word stays in the history and in the audit."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await patient.post("/personal-data", MOVED)
        drop = DecideData(fields=[DataField.FULL_NAME], confirm=False, note="Опечатка")
        after = await act(doctor, "personal-data/decide", drop)
        assert [one.field for one in after.changed_data] == [DataField.PLACE]
        assert after.row.patient.full_name == PATIENT.full_name
        assert "новые данные отклонены" in after.history[0].text
        assert "Опечатка" in after.history[0].text
        assert await code_of(doctor, "personal-data/decide", drop) is ProblemCode.MOVE_NOT_ALLOWED
        await clinic.parts.audit.flush()
        async with clinic.parts.database.read() as connection:
            which = audit_entries.c.action == "decide_personal_data"
            roles = (await connection.execute(select(audit_entries.c.role).where(which))).scalars()
            assert list(roles) == ["consultant", "consultant"]


async def test_word_taken_back_is_no_change(clinics: ClinicMaker) -> None:
    """DRC-14: the old value said again; saying the same twice tells nobody anything."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await patient.post("/personal-data", NewPersonalData(place="Пермь"))
        version = (await card(doctor)).row.version
        await patient.post("/personal-data", NewPersonalData(place="Пермь"))
        assert (await card(doctor)).row.version == version
        await patient.post("/personal-data", NewPersonalData(place=PATIENT.place))
        after = await card(doctor)
        assert after.changed_data == []
        assert after.row.identity_marks == [IdentityMark.NOT_IDENTIFIED]


async def test_clinic_brings_a_referrals_data_and_a_representative(clinics: ClinicMaker) -> None:
    """DRC-14, SPB-1: they wait as the patient's do; a confirmed number is a confirmed one."""
    async with clinics.open_demo(DEMO) as clinic:
        admin = await clinic.caller("admin")
        data = NewPersonalData(
            birth_date=date(2014, 5, 1),
            sex=Sex.FEMALE,
            phone="+7 900 000-00-01",
            representative_name="Верещагина Ольга Ильинична",
            representative_relation="мать",
        )
        shown = await act(admin, "personal-data", BringData(data=data))
        assert {one.by_name for one in shown.changed_data} == {"Агапова Е. С."}
        assert {one.source for one in shown.changed_data} == {DataSource.CLINIC}
        assert shown.representative is None
        fields = [one.field for one in shown.changed_data]
        after = await act(admin, "personal-data/decide", DecideData(fields=fields, confirm=True))
        patient, helper = after.row.patient, after.representative
        assert (patient.birth_date, patient.sex) == (date(2014, 5, 1), Sex.FEMALE)
        assert (after.phone, after.phone_confirmed) == ("+7 900 000-00-01", True)
        assert helper is not None
        assert (helper.full_name, helper.relation) == ("Верещагина Ольга Ильинична", "мать")
        nobody = BringData(data=NewPersonalData(representative_name=""))
        await act(admin, "personal-data", nobody)
        gone = DecideData(fields=[DataField.REPRESENTATIVE_NAME], confirm=True)
        assert (await act(admin, "personal-data/decide", gone)).representative is None


@pytest.mark.parametrize(
    "wrong",
    [
        NewPersonalData(full_name=" \0 "),
        NewPersonalData(place=""),
        NewPersonalData(birth_date=date(2027, 1, 1)),
        NewPersonalData(birth_date=date(1066, 1, 1)),
        NewPersonalData(sex=Sex.UNKNOWN),
        NewPersonalData(phone="позвоните"),
    ],
)
async def test_what_no_person_has_is_refused(clinics: ClinicMaker, wrong: NewPersonalData) -> None:
    async with clinics.open_demo(DEMO) as clinic:
        patient = await clinic.patient(await clinic.caller(), ONE)
        answer = await patient.post("/personal-data", wrong)
        assert problem(answer).code is ProblemCode.INVALID


async def test_link_of_a_request_that_is_over_changes_nothing(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open_demo(DEMO) as clinic:
        patient = await clinic.patient(await clinic.caller("admin"), THREE)
        answer = await patient.post("/personal-data", MOVED)
        assert problem(answer).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_two_who_act_on_one_person_do_not_wait_in_a_circle(clinics: ClinicMaker) -> None:
    """By two of the person's requests at once: both are done, one after the other."""
    async with clinics.open_demo(DEMO) as clinic:
        doctor = await clinic.caller()
        async with clinic.parts.database.write() as connection:
            owner = select(requests.c.owner_id).where(requests.c.id == ONE).scalar_subquery()
            claimed = {"owner_id": owner, "status": RequestStatus.CLAIMED}
            await connection.execute(update(requests).where(requests.c.id == TWO).values(claimed))
        first, second = await clinic.patient(doctor, ONE), await clinic.patient(doctor, TWO)
        for turn in range(4):
            answers = await asyncio.gather(
                first.post("/personal-data", NewPersonalData(place=f"А{turn}")),
                second.post("/personal-data", NewPersonalData(phone=f"+7 900 00{turn}")),
            )
            assert [answer.status_code for answer in answers] == [200, 200]
        fields = [one.field for one in (await card(doctor)).changed_data]
        assert fields == [DataField.PHONE, DataField.PLACE]
