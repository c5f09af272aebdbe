"""Requests that a doctor lays aside: until when, out of which lists, and what brings them back."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from backend.rules.snoozing import Terms, latest, offered
from backend.rules.working_calendar import WorkingTime
from backend.tables import audit_entries, requests, snoozes
from backend_client.models.catalogue import WorkingHours
from backend_client.models.common import ProblemCode
from backend_client.models.events import RequestChanged
from backend_client.models.listing import Advice
from backend_client.models.messages import NewMessage
from backend_client.models.request_actions import MarkLifeThreat, TakeOver
from backend_client.models.requests import (
    Action,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from backend_client.models.snoozing import LayAside, SnoozeChoice, SnoozeEnd, TakeUp
from tests.backend.clinic import (
    PATIENT,
    REQUEST,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    id_of,
    problem,
    read,
)
from tests.backend.consultation import MINE, ONE, propose

MOSCOW = WorkingTime(ZoneInfo("Europe/Moscow"), hours=WorkingHours(opens=time(8), closes=time(18)))
HOUR = timedelta(hours=1)
NOTHING_DUE = Terms(None, None, None)
OTHER = replace(REQUEST, number="20-0002", patient=replace(PATIENT, full_name="Иной Илья Ильич"))
TWO = id_of("20-0002")


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    local = datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Moscow"))
    return local.astimezone(UTC)


# Until when


def test_moments_are_those_of_the_organisations_calendar_and_zone() -> None:
    """On a Friday the next morning is Monday's."""
    found = [(one.choice, one.at) for one in offered(moscow(20, 12), MOSCOW, None)]
    assert found == [
        (SnoozeChoice.HOUR, moscow(20, 13)),
        (SnoozeChoice.AFTERNOON, moscow(20, 14)),
        (SnoozeChoice.MORNING, moscow(23, 8)),
    ]
    late = [one.choice for one in offered(moscow(20, 13, 45), MOSCOW, None)]
    assert late == [SnoozeChoice.HOUR, SnoozeChoice.MORNING]


def test_organisation_without_hours_opens_at_nine() -> None:
    whole_days = WorkingTime(ZoneInfo("Europe/Moscow"))
    assert offered(moscow(23, 20), whole_days, None)[-1].at == moscow(24, 9)


def test_nothing_is_offered_behind_the_term_and_that_is_said_once() -> None:
    last = moscow(20, 13, 30)
    found = offered(moscow(20, 12), MOSCOW, last)
    assert [(one.choice, one.at, one.for_term) for one in found] == [
        (SnoozeChoice.HOUR, moscow(20, 13), False),
        (SnoozeChoice.AFTERNOON, last, True),
    ]


@pytest.mark.parametrize(
    ("soon", "due", "appointment", "expected"),
    [
        (2.0, 5.0, None, 2.0),  # before it turns amber
        (-1.0, 5.0, None, 4.5),  # amber: half an hour before it is breached
        (-1.0, 0.5, None, 0.25),  # less is left: half of it
        (-5.0, -1.0, None, 1.0),  # late already: for an hour
        (None, None, 3.0, 2.5),
        (2.0, 5.0, 1.5, 1.0),
        (None, None, -1.0, None),
        (None, None, None, None),
    ],
)
def test_it_comes_back_before_its_term_turns_or_ends(
    soon: float | None, due: float | None, appointment: float | None, expected: float | None
) -> None:
    ends = [None if one is None else START + one * HOUR for one in (soon, due, appointment)]
    found = latest(START, Terms(*ends))
    assert found == (None if expected is None else START + expected * HOUR)


# Lists


async def lay_aside(
    caller: Caller, request_id: str = ONE, hours: float = 1, note: str = ""
) -> RequestCard:
    body = LayAside(until=START + hours * HOUR, note=note)
    return read(await caller.post(f"/requests/{request_id}/snooze", body), RequestCard)


async def row_of(caller: Caller, request_id: str = ONE) -> RequestRow:
    return read(await caller.get(f"/requests/{request_id}"), RequestCard).row


async def lists_of(caller: Caller) -> dict[QueueGroup, set[str]]:
    """What each list holds, which its count must equal."""
    found: dict[QueueGroup, set[str]] = {}
    counts = read(await caller.get("/requests/counts"), QueueCounts).counts
    for group, count in counts.items():
        for order in ("", "&sort=patient&descending=true"):
            page = await caller.page(f"group={group.value}{order}")
            found[group] = {row.id for row in page.items}
            assert len(found[group]) == count, group
            assert all(group in row.groups for row in page.items), group
    return found


async def test_what_is_laid_aside_leaves_the_lists_of_that_doctor_alone(
    clinics: ClinicMaker,
) -> None:
    """A colleague sees it as before: nobody loses a case because somebody laid it aside."""
    async with clinics.open(REQUEST, OTHER) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        before = await lists_of(colleague)
        card = await lay_aside(doctor, note="  Ждём анализ ")
        mine, theirs = await lists_of(doctor), await lists_of(colleague)
        advised = read(await doctor.get("/requests/next"), Advice)
        search = await doctor.page("search=Верещагин")
        other = await row_of(colleague)
    assert card.row.snooze is not None
    assert (card.row.snooze.until, card.row.snooze.note) == (START + HOUR, "Ждём анализ")
    assert card.row.groups == [QueueGroup.SNOOZED]
    assert mine[QueueGroup.SNOOZED] == {ONE}
    assert all(ONE not in ids for group, ids in mine.items() if group is not QueueGroup.SNOOZED)
    assert TWO in mine[QueueGroup.ALL]
    assert theirs == before
    assert advised.row is not None
    assert advised.row.id == TWO
    assert [row.id for row in search.items] == [ONE], "whoever searches finds it"
    assert other.snooze is None
    assert Action.WAKE not in other.allowed_actions


async def test_request_is_never_laid_aside_past_its_term(clinics: ClinicMaker) -> None:
    """It was due in 2 days, amber from now on: the answer says that it comes back sooner."""
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        card = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        row = (await lay_aside(doctor, hours=24 * 7)).row
    assert row.due_at is not None
    assert row.snooze is not None
    assert row.snooze.for_term
    assert row.snooze.until == card.snooze_latest == row.due_at - HOUR / 2
    assert [one.choice for one in card.snooze_moments][:1] == [SnoozeChoice.HOUR]


@pytest.mark.parametrize("days", [32, 4000])
async def test_request_is_not_laid_aside_for_ever(clinics: ClinicMaker, days: int) -> None:
    async with clinics.open(REQUEST) as clinic:
        body = LayAside(until=START + timedelta(days=days))
        answer = await (await clinic.caller()).post(f"/requests/{ONE}/snooze", body)
    assert problem(answer).code is ProblemCode.INVALID


async def test_moment_outside_of_all_years_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        body = LayAside(until=datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo")))
        answer = await (await clinic.caller()).post(f"/requests/{ONE}/snooze", body)
    assert problem(answer).code is ProblemCode.INVALID


async def test_order_that_comes_late_is_over_at_once(clinics: ClinicMaker) -> None:
    """It waited for the connection; the note is not lost."""
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        row = (await lay_aside(doctor, hours=-1, note="x")).row
        held = await lists_of(doctor)
    assert row.snooze is not None
    assert (row.snooze.back_at, row.snooze.why) == (START, SnoozeEnd.TIME)
    assert held[QueueGroup.SNOOZED] == set()
    assert ONE in held[QueueGroup.ALL]


async def test_stale_order_and_colleagues_case_and_threat_are_refused(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(replace(MINE, life_threat=True), OTHER) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        until = START + HOUR
        threat = await doctor.post(f"/requests/{ONE}/snooze", LayAside(until=until))
        theirs = await colleague.post(f"/requests/{ONE}/snooze", LayAside(until=until))
        stale = await doctor.post(f"/requests/{TWO}/snooze", LayAside(until=until, version=99))
        awake = await doctor.post(f"/requests/{TWO}/wake", TakeUp())
        admin = await (await clinic.caller("admin")).post(
            f"/requests/{TWO}/snooze", LayAside(until=until)
        )
    codes = [problem(one).code for one in (threat, theirs, stale, awake, admin)]
    assert codes == [
        ProblemCode.MOVE_NOT_ALLOWED,
        ProblemCode.CLAIMED_BY_OTHER,
        ProblemCode.STALE_VERSION,
        ProblemCode.MOVE_NOT_ALLOWED,
        ProblemCode.FORBIDDEN,
    ]


async def test_bare_claim_is_given_back_and_begun_work_stays(clinics: ClinicMaker) -> None:
    """A colleague waits for nobody who works on something else."""
    begun = replace(REQUEST, number="20-0002", status=RequestStatus.DRAFTING, owner_key="levashova")
    async with clinics.open(REQUEST, begun) as clinic:
        doctor = await clinic.caller()
        assert (await doctor.post(f"/requests/{ONE}/claim")).is_success
        bare = (await lay_aside(doctor)).row
        drafting = (await lay_aside(doctor, TWO)).row
        lists = await lists_of(doctor)
    assert (bare.owner, bare.status) == (None, RequestStatus.READY)
    assert drafting.owner is not None
    assert lists[QueueGroup.SNOOZED] == {ONE, TWO}
    assert not lists[QueueGroup.MINE] | lists[QueueGroup.MY_DEBTS]


# Coming back


async def test_it_comes_back_by_itself_and_its_doctor_alone_is_told(
    clinics: ClinicMaker,
) -> None:
    """Its note with it; what one doctor lays aside is no event of another's."""
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        await lay_aside(doctor, hours=0.1, note="Позвонить")
        accounts = [(await clinic.sign_in(one)).account for one in ("levashova", "orlov")]
        since = await last_number(clinic)
        clinic.clock.advance(minutes=6)
        early = (await row_of(doctor)).snooze
        assert await clinic.parts.deadlines.sweep()
        back = await row_of(doctor)
        assert (await doctor.post(f"/requests/{ONE}/claim")).is_success
        streams = [clinic.messages(one, since) for one in accounts]
        greetings = [await anext(one) for one in streams]
        mine, theirs = [await anext(one) for one in streams]
        for stream in streams:
            await stream.aclose()
        lists = await lists_of(doctor)
    assert early is not None
    assert not early.is_aside, "its moment has come, whether or not it was told yet"
    assert back.snooze is not None
    assert (back.snooze.why, back.snooze.note) == (SnoozeEnd.TIME, "Позвонить")
    assert back.snooze.back_at == START + HOUR / 10
    assert QueueGroup.ALL in back.groups
    assert len(greetings) == 2
    assert isinstance(mine, RequestChanged)
    assert isinstance(theirs, RequestChanged)
    assert (mine.seq, mine.prev) == (since + 1, since)
    assert (theirs.seq, theirs.prev) == (since + 2, since)
    assert ONE in lists[QueueGroup.MINE]


async def last_number(clinic: Clinic) -> int:
    stream = clinic.messages((await clinic.sign_in()).account, None)
    hello = await anext(stream)
    await stream.aclose()
    return hello.seq


async def test_patients_message_brings_it_back_and_a_doctors_does_not(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(replace(MINE, status=RequestStatus.DRAFTING)) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await lay_aside(doctor)
        written = await doctor.post(f"/requests/{ONE}/messages", NewMessage(text="Пришлите ЭКГ"))
        assert written.is_success
        still = await row_of(doctor)
        assert (await patient.post("/messages", NewMessage(text="Готово"))).is_success
        row = await row_of(doctor)
    assert still.groups == [QueueGroup.SNOOZED]
    assert row.snooze is not None
    assert row.snooze.why is SnoozeEnd.MESSAGE
    assert QueueGroup.MINE in row.groups


async def test_begun_work_that_has_come_back_is_taken_up_by_working_on_it(
    clinics: ClinicMaker,
) -> None:
    """Its doctor opens it: a heartbeat, and no claim. What lies aside still does so."""
    async with clinics.open(replace(MINE, status=RequestStatus.DRAFTING)) as clinic:
        doctor = await clinic.caller()
        await lay_aside(doctor)
        assert (await doctor.post(f"/requests/{ONE}/heartbeat")).is_success
        aside = await row_of(doctor)
        await lay_aside(doctor, hours=-1)
        back = await row_of(doctor)
        assert (await doctor.post(f"/requests/{ONE}/heartbeat")).is_success
        open_now = await row_of(doctor)
        kept = await all_snoozes(clinic)
    assert aside.groups == [QueueGroup.SNOOZED]
    assert back.snooze is not None
    assert back.snooze.why is SnoozeEnd.TIME
    assert open_now.snooze is None
    assert kept == 0


async def test_threat_and_takeover_bring_it_back(clinics: ClinicMaker) -> None:
    drafting = replace(MINE, status=RequestStatus.DRAFTING)
    async with clinics.open(drafting, replace(drafting, number="20-0002")) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        for one in (ONE, TWO):
            await lay_aside(doctor, one)
        marked = await doctor.post(f"/requests/{ONE}/life-threat", MarkLifeThreat(life_threat=True))
        orlov = (await clinic.sign_in("orlov")).account
        taken = await admin.post(
            f"/requests/{TWO}/take-over", TakeOver(reason="x", doctor_id=orlov.id)
        )
        assert marked.is_success, marked.text
        assert taken.is_success, taken.text
        ends = [(await row_of(doctor, one)).snooze for one in (ONE, TWO)]
    assert [end and end.why for end in ends] == [SnoozeEnd.LIFE_THREAT, SnoozeEnd.CLAIM_LOST]


async def test_colleague_who_looks_at_it_changes_nothing_and_who_works_on_it_ends_it(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        doctor, colleague = await clinic.caller(), await clinic.caller("orlov")
        await lay_aside(doctor)
        assert (await colleague.post(f"/requests/{ONE}/claim")).is_success
        held = await row_of(doctor)
        assert (await colleague.post(f"/requests/{ONE}/release")).is_success
        given_back = await row_of(doctor)
        assert (await colleague.post(f"/requests/{ONE}/claim")).is_success
        assert (await propose(colleague, START + timedelta(days=1))).is_success
        theirs = await row_of(doctor)
    assert held.groups == given_back.groups == [QueueGroup.SNOOZED]
    assert held.allowed_actions == [Action.WAKE]
    assert theirs.snooze is None
    assert QueueGroup.ALL in theirs.groups


async def test_own_claim_and_waking_take_it_up(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST, OTHER) as clinic:
        doctor = await clinic.caller()
        for one in (ONE, TWO):
            await lay_aside(doctor, one)
        assert (await doctor.post(f"/requests/{ONE}/claim")).is_success
        woken = read(await doctor.post(f"/requests/{TWO}/wake", TakeUp()), RequestCard).row
        rows = [await row_of(doctor), woken]
        kept = await all_snoozes(clinic)
    assert [row.snooze for row in rows] == [None, None]
    assert all(QueueGroup.ALL in row.groups for row in rows)
    assert kept == 0


async def all_snoozes(clinic: Clinic) -> int:
    async with clinic.parts.database.read() as connection:
        return len((await connection.execute(select(snoozes))).all())


async def test_term_that_comes_sooner_than_it_did_brings_it_back(clinics: ClinicMaker) -> None:
    endless = replace(MINE, status=RequestStatus.DRAFTING, clock_started_at=None)
    async with clinics.open(endless) as clinic:
        doctor = await clinic.caller()
        await lay_aside(doctor, hours=48)
        async with clinic.parts.changes.change("cardio") as change:
            which = update(requests).where(requests.c.id == ONE)
            await change.connection.execute(which.values(due_at=START + 2 * HOUR))
            change.touch(ONE)
        row = await row_of(doctor)
    assert row.snooze is not None
    assert row.snooze.why is SnoozeEnd.TERM


async def test_laying_aside_is_written_into_the_audit(clinics: ClinicMaker) -> None:
    """The note is the doctor's own: it stands in no line of it, nor in the case's history."""
    async with clinics.open(REQUEST) as clinic:
        doctor = await clinic.caller()
        card = await lay_aside(doctor, note="Личное")
        async with clinic.parts.database.read() as connection:
            entries = (await connection.execute(select(audit_entries))).mappings().all()
    written = [one for one in entries if "snooze_request" in str(one)]
    assert len(written) == 1
    assert "Личное" not in str(entries)
    assert "Личное" not in str(card.history)
