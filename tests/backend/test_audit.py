"""The audit: who did what, to which ids; only ever added to, and any gap in it is found."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from websockets.exceptions import ConnectionClosed

from backend.__main__ import main
from backend.audit.log import BUFFER_SECONDS, AuditLog
from backend.audit.reading import AuditFilter, audit_page
from backend.audit.trace import Trace, servers_own
from backend.audit.verify import Report, verify
from backend.database import Database
from backend.tables import audit_chains, audit_entries, requests
from backend_client.models.accounts import Role, SignIn
from backend_client.models.audit import AuditEntry, Outcome
from backend_client.models.common import Page, ProblemCode
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import (
    REQUEST,
    STAFF,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    a_doctor,
    a_file,
    demo_of,
    document_id,
    id_of,
    problem,
    read,
)
from tests.backend.consultation import MINE, TOMORROW, schedule
from tests.backend.live import live, patient_told, patients_stream, subscribed
from tests.backend.server_process import command, serving
from tests.backend.test_crash import claim_until_killed, prepare

FILE = a_file("ecg")
ONE = replace(REQUEST, files=(FILE,))
TWO = replace(REQUEST, number="20-0002")
AUDITOR = a_doctor("auditor", "Ревизоров Иван Иванович", Role.AUDITOR)
THEIRS = a_doctor("other", "Строгов Пётр Петрович", Role.AUDITOR, centre_id="perinatal")
SECRETS = ("Верещагин", "тахикардия", "Перебои")


@asynccontextmanager
async def audited(clinics: ClinicMaker) -> AsyncIterator[tuple[Clinic, Caller]]:
    """Two requests, and auditors of both centres."""
    async with clinics.open_demo(demo_of((ONE, TWO), (*STAFF, AUDITOR, THEIRS))) as clinic:
        yield clinic, await clinic.caller("auditor")


async def entries(clinic: Clinic, auditor: Caller, query: str = "limit=200") -> list[AuditEntry]:
    """Newest first, with what was waiting to be written."""
    await clinic.parts.audit.flush()
    return read(await auditor.get(f"/audit?{query}"), Page[AuditEntry]).items


async def last(clinic: Clinic, auditor: Caller, action: str) -> AuditEntry:
    """The newest of an action."""
    found = [one for one in await entries(clinic, auditor) if one.action == action]
    assert found, f"no entry of {action}"
    return found[0]


async def report(clinics: ClinicMaker) -> Report:
    database = Database(clinics.settings.database_url)
    try:
        return await verify(database)
    finally:
        await database.close()


async def tamper(clinics: ClinicMaker, *statements: object) -> None:
    """What somebody does who may take the guards away."""
    database = Database(clinics.settings.database_url)
    async with database.write() as connection:
        guards = ["entries_behind", "entries_added", "entries_altered", "entries_removed"]
        guards += ["chains_altered", "chains_removed", "chains_behind"]
        if database.is_shared:
            for name in ("entries", "chains"):
                await connection.execute(text(f"ALTER TABLE audit_{name} DISABLE TRIGGER ALL"))
        else:
            for name in guards:
                await connection.execute(text(f"DROP TRIGGER IF EXISTS audit_{name}"))
        for statement in statements:
            await connection.execute(statement)  # type: ignore[call-overload]  # any of Core's
    await database.close()


async def some_entries(clinics: ClinicMaker) -> None:
    """A chain of at least eight."""
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        for _ in range(4):
            await caller.post(f"/requests/{id_of('20-0001')}/claim")
            await caller.post(f"/requests/{id_of('20-0001')}/release")


async def test_change_is_written_with_who_what_and_ids(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.sign_in()
        await Caller(clinic.client, doctor.access_token).post(f"/requests/{id_of('20-0001')}/claim")
        entry = await last(clinic, auditor, "claim_request")
    assert (entry.account_id, entry.role) == (doctor.account.id, "consultant")
    assert (entry.outcome, entry.status) == (Outcome.DONE, 200)
    assert entry.request_ids == [id_of("20-0001")]
    assert entry.at == clinics.clock.now


async def test_reading_a_page_is_one_entry_with_all_its_ids(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.caller()
        await doctor.page()
        await doctor.get(f"/requests/{id_of('20-0002')}")
        await doctor.get(f"/documents/{document_id('20-0001', FILE)}/content")
        found = await entries(clinic, auditor)
    pages = [one for one in found if one.action == "list_requests"]
    assert [set(one.request_ids) for one in pages] == [{id_of("20-0001"), id_of("20-0002")}]
    assert [one.request_ids for one in found if one.action == "request_card"] == [
        [id_of("20-0002")]
    ]
    assert [one.document_ids for one in found if one.action == "content"] == [
        [document_id("20-0001", FILE)]
    ]


async def test_downloads_are_found_by_their_request(clinics: ClinicMaker) -> None:
    """OZ-28: what was opened again, and what was refused, too."""
    path = f"/documents/{document_id('20-0001', FILE)}"
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.caller()
        for word in ("content", "link"):
            assert (await doctor.get(f"{path}/{word}")).is_success
        for _ in range(2):
            assert (await doctor.post(f"{path}/opened")).is_success
        about = await entries(clinic, auditor, f"request={id_of('20-0001')}")
    assert sorted(one.action for one in about) == ["content", "file_link", "opened", "opened"]


async def test_auditor_asks_by_account_request_action_and_time(clinics: ClinicMaker) -> None:
    """OZ-28"""
    async with audited(clinics) as (clinic, auditor):
        doctor, other = await clinic.sign_in(), await clinic.sign_in("orlov")
        callers = [Caller(clinic.client, one.access_token) for one in (doctor, other)]
        for caller in callers:
            await caller.get(f"/requests/{id_of('20-0001')}")
            clinic.clock.advance(minutes=1)
        await callers[0].page()
        await callers[0].get(f"/requests/{id_of('20-0002')}")
        await clinic.parts.audit.flush()
        mine = await entries(clinic, auditor, f"account={doctor.account.id}&action=request_card")
        about = await entries(clinic, auditor, f"request={id_of('20-0001')}")
        at = [f"2026-11-20T09:0{minute}:00%2B00:00" for minute in (1, 2)]
        then = await entries(clinic, auditor, f"from={at[0]}&to={at[1]}&action=request_card")
        nothing = await entries(clinic, auditor, "request=x&account=x&action=x")
    assert [one.request_ids for one in mine] == [[id_of("20-0002")], [id_of("20-0001")]]
    assert [one.action for one in about] == ["list_requests", "request_card", "request_card"]
    assert [one.account_id for one in then] == [other.account.id]
    assert nothing == []


async def test_few_entries_among_many_are_found_window_by_window(clinics: ClinicMaker) -> None:
    """A page looks through so many entries and no more; its cursor goes on behind them."""
    async with audited(clinics) as (clinic, _):
        doctor, admin = await clinic.caller(), await clinic.sign_in("auditor")
        for name in ("20-0001", "20-0002", "20-0002", "20-0001", "20-0002", "20-0001"):
            await doctor.get(f"/requests/{id_of(name)}")
        await clinic.parts.audit.flush()
        asked = AuditFilter(request_id=id_of("20-0001"))
        cursor: str | None = None
        pages: list[list[tuple[int, int]]] = []
        async with clinic.parts.database.read() as connection:
            while not pages or cursor is not None:
                page = await audit_page(connection, admin.account, asked, cursor, 1, window=3)
                cursor = page.next_cursor
                pages.append([(one.chain, one.number) for one in page.items])
            whole = await audit_page(connection, admin.account, asked, None, 200)
    found = [one for page in pages for one in page]
    assert found == [(one.chain, one.number) for one in whole.items]
    assert len(found) == len(set(found)) == 3
    assert [] in pages


@pytest.mark.parametrize(
    "query",
    ["from=2026-11-20T09:00:00", "to=0001-01-01T00:00:00%2B14:00", "account=a%20b", "action=A-b"],
)
async def test_question_that_cannot_be_is_refused(clinics: ClinicMaker, query: str) -> None:
    async with audited(clinics) as (_, auditor):
        refusal = problem(await auditor.get(f"/audit?{query}"))
    assert (refusal.status, refusal.code) == (400, ProblemCode.INVALID)


async def test_readings_are_written_within_a_second(clinics: ClinicMaker) -> None:
    assert BUFFER_SECONDS < 1
    async with audited(clinics) as (clinic, _):
        await (await clinic.caller()).page()
        async with asyncio.timeout(60):
            while "list_requests" not in await actions_of(clinic.parts.database):
                pass


async def actions_of(database: Database) -> list[str]:
    """As they stand in the table."""
    async with database.read() as connection:
        return list((await connection.execute(select(audit_entries.c.action))).scalars())


async def test_end_of_the_server_writes_what_waits(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, _):
        await (await clinic.caller()).page()
    assert (await report(clinics)).findings == []
    database = Database(clinics.settings.database_url)
    actions = await actions_of(database)
    await database.close()
    assert "list_requests" in actions


class TroubledDatabase(Database):
    """Something happens in the middle of each of the next writing transactions."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.troubles: list[Callable[[], Awaitable[None]]] = []

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """As always, and then the next trouble."""
        async with super().write() as connection:
            yield connection
            if self.troubles:
                await self.troubles.pop(0)()


@asynccontextmanager
async def troubled(database_url: str) -> AsyncIterator[tuple[TroubledDatabase, AuditLog]]:
    """An audit that is closed with this block, and its database after it."""
    database = TroubledDatabase(database_url)
    try:
        audit = AuditLog(database, SetClock())
        async with audit.kept():
            yield database, audit
    finally:
        await database.close()


def reading(action: str) -> Trace:
    return replace(servers_own("cardio"), action=action)


async def breaks() -> None:
    raise OSError(SECRETS[0])


async def in_table(database_url: str) -> list[str]:
    database = Database(database_url)
    actions = await actions_of(database)
    await database.close()
    return actions


async def test_reading_that_ends_while_the_last_ones_are_written_is_written_too(
    database_url: str,
) -> None:
    async with troubled(database_url) as (database, audit):

        async def meanwhile() -> None:
            await audit.note(reading("second"), 200)

        await audit.note(reading("first"), 200)
        database.troubles.append(meanwhile)
        await asyncio.sleep(0)  # the audit's task waits for more by now
    assert await in_table(database_url) == ["first", "second"]


async def test_last_readings_are_tried_again_and_their_loss_is_said(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with troubled(database_url) as (database, audit):
        database.troubles += [breaks, breaks]
        await audit.note(reading("late"), 200)
    assert await in_table(database_url) == ["late"]
    async with troubled(database_url) as (database, audit):
        database.troubles += [breaks] * 10
        await audit.note(reading("lost"), 200)
    assert await in_table(database_url) == ["late"]
    assert "the audit lacks the last 1 entries of readings" in caplog.text
    assert SECRETS[0] not in caplog.text


async def test_refusals_are_written_too(clinics: ClinicMaker) -> None:
    """OZ-28: who tries another centre's request leaves a line."""
    async with audited(clinics) as (clinic, auditor):
        stranger = await clinic.caller("mironova")
        await stranger.get(f"/requests/{id_of('20-0001')}")
        other = await clinic.caller("other")
        entry = await last(clinic, other, "request_card")
        mine = [one.action for one in await entries(clinic, auditor)]
    assert (entry.outcome, entry.status) == (Outcome.REFUSED, 404)
    assert "request_card" not in mine


async def test_refused_change_and_repeat_of_a_key_are_told_apart(clinics: ClinicMaker) -> None:
    claim = f"/requests/{id_of('20-0001')}/claim"
    async with audited(clinics) as (clinic, auditor):
        owner, late = await clinic.caller(), await clinic.caller("orlov")
        for _ in range(2):
            await owner.post(claim, headers={"Idempotency-Key": "k"})
            await late.post(claim, headers={"Idempotency-Key": "k"})
        await late.post(claim)
        found = await entries(clinic, auditor)
    outcomes = [(one.outcome, one.status) for one in found if one.action == "claim_request"]
    assert sorted(outcomes) == sorted(
        [(Outcome.DONE, 200), (Outcome.REPEATED, 200), *[(Outcome.REFUSED, 409)] * 3]
    )


async def test_patient_by_a_link_is_named_by_the_request(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, id_of("20-0001"))
        await patient.state()
        entry = await last(clinic, auditor, "patient_state")
        given = await last(clinic, auditor, "give_patient_link")
    assert (entry.account_id, entry.role) == (None, "patient")
    assert entry.request_ids == given.request_ids == [id_of("20-0001")]


async def test_signing_in_and_out_and_wrong_passwords_are_written(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        await clinic.nobody.post("/sign-in", SignIn(login="orlov", password="wrong"))
        await (await clinic.caller("orlov")).post("/sign-out")
        found = await entries(clinic, auditor)
    who = next(one.account_id for one in found if one.action == "sign_out")
    assert {(one.action, one.outcome) for one in found if one.account_id == who} == {
        ("sign_in", Outcome.REFUSED),
        ("sign_in", Outcome.DONE),
        ("sign_out", Outcome.DONE),
    }


async def test_opening_the_stream_is_written(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor), live(clinic.app) as address:
        doctor = await clinic.caller()
        async with subscribed(address, doctor.headers) as stream:
            await stream.recv()
            entry = await last(clinic, auditor, "events")
    assert entry.role == "consultant"


async def test_patients_stream_is_written_when_it_is_opened(clinics: ClinicMaker) -> None:
    """Far from any appointment, when nothing is changed by it."""
    async with audited(clinics) as (clinic, auditor), live(clinic.app) as address:
        patient = await clinic.patient(await clinic.caller(), id_of("20-0001"))
        async with patients_stream(address, patient.token) as stream:
            await patient_told(stream)
            entry = await last(clinic, auditor, "patient_events")
        async with patients_stream(address, "no link's token") as stream:
            with pytest.raises(ConnectionClosed):
                await stream.recv()
        of_stream = [one for one in await entries(clinic, auditor) if one.role != "patient"]
    assert (entry.account_id, entry.role, entry.outcome) == (None, "patient", Outcome.DONE)
    assert entry.request_ids == [id_of("20-0001")]
    assert "patient_events" not in {one.action for one in of_stream}


async def test_patient_who_comes_to_the_lobby_and_leaves_is_named(clinics: ClinicMaker) -> None:
    """SPB-11: the opening, the coming and the leaving; none of them without who and where."""
    demo = demo_of((MINE,), (*STAFF, AUDITOR, THEIRS))
    async with clinics.open_demo(demo) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, id_of("20-0001"))
        await schedule(doctor, patient)
        clinic.clock.now = TOMORROW
        doctor, auditor = await clinic.caller(), await clinic.caller("auditor")
        async with patients_stream(address, patient.token) as stream:
            await patient_told(stream)
            assert await status(doctor) is RequestStatus.WAITING
        for _ in range(500):  # the server sees that the stream is closed
            if await status(doctor) is RequestStatus.SCHEDULED:
                break
        found = [one for one in await entries(clinic, auditor) if one.action == "patient_events"]
        nowhere = (audit_entries.c.centre_id == "") | (audit_entries.c.role == "")
        async with clinic.parts.database.read() as connection:
            unknown = (await connection.execute(select(audit_entries).where(nowhere))).all()
    assert unknown == []
    assert [one.role for one in found] == ["patient"] * 3
    assert {tuple(one.request_ids) for one in found} == {(id_of("20-0001"),)}


async def status(doctor: Caller) -> RequestStatus:
    card = read(await doctor.get(f"/requests/{id_of('20-0001')}"), RequestCard)
    return card.row.status


async def test_what_ends_by_itself_is_the_servers_doing(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.caller()
        await doctor.post(f"/requests/{id_of('20-0001')}/claim")
        await doctor.post(f"/requests/{id_of('20-0001')}/heartbeat")
        clinic.clock.advance(minutes=6)
        await clinic.parts.deadlines.sweep()
        entry = await last(clinic, auditor, "server")
    assert (entry.role, entry.account_id) == ("server", None)
    assert entry.request_ids == [id_of("20-0001")]


async def test_no_word_about_a_patient_stands_in_it(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.caller()
        await doctor.get("/requests?search=Верещагин")
        await doctor.get("/requests/Верещагин")
        await clinic.parts.audit.flush()
        body = (await auditor.get("/audit?limit=200")).text
    assert "list_requests" in body
    assert "request_card" in body
    assert not [word for word in SECRETS if word in body]


async def test_pages_continue_without_gap_or_repeat(clinics: ClinicMaker) -> None:
    async with audited(clinics) as (clinic, auditor):
        doctor = await clinic.caller()
        for _ in range(5):
            await doctor.get("/requests/counts")
        await clinic.parts.audit.flush()
        whole = read(await auditor.get("/audit?limit=200"), Page[AuditEntry]).items
        seen: list[AuditEntry] = []
        page = read(await auditor.get("/audit?limit=3"), Page[AuditEntry])
        while True:
            seen += page.items
            if page.next_cursor is None:
                break
            query = f"/audit?limit=3&cursor={page.next_cursor}"
            page = read(await auditor.get(query), Page[AuditEntry])
        assert problem(await auditor.get("/audit?cursor=x")).code is ProblemCode.INVALID
    kept = [one for one in seen if one.action != "read_audit"]
    assert kept == [one for one in whole if one.action != "read_audit"]


async def test_auditor_sees_nothing_of_patients_and_others_nothing_of_the_audit(
    clinics: ClinicMaker,
) -> None:
    async with audited(clinics) as (clinic, auditor):
        for path in ("/requests", "/requests/counts", f"/requests/{id_of('20-0001')}"):
            assert (await auditor.get(path)).status_code == 403
        for login in ("levashova", "duty", "admin", "patient"):
            assert (await (await clinic.caller(login)).get("/audit")).status_code == 403


async def test_database_itself_refuses_to_alter_or_remove(clinics: ClinicMaker) -> None:
    await some_entries(clinics)
    database = Database(clinics.settings.database_url)
    first = {"chain": 1, "number": 1}
    async with database.read() as connection:
        row = (await connection.execute(select(audit_entries).filter_by(**first))).mappings().one()
    attempts = (
        update(audit_entries).values(role="nobody"),
        delete(audit_entries),
        update(audit_chains).values(length=1),
        delete(audit_chains),
        insert(audit_entries).values({**row, "number": 1000}),
        insert(audit_entries).prefix_with("OR REPLACE", dialect="sqlite").values(dict(row)),
    )
    for attempt in attempts:
        with pytest.raises(DBAPIError):
            await _execute(database, attempt)
    await database.close()
    assert (await report(clinics)).findings == []


async def _execute(database: Database, statement: object) -> None:
    async with database.write() as connection:
        await connection.execute(statement)  # type: ignore[call-overload]  # any of Core's


async def test_whole_audit_is_found_whole_over_several_starts(clinics: ClinicMaker) -> None:
    await some_entries(clinics)
    await some_entries(clinics)
    found = await report(clinics)
    assert found.findings == []
    assert found.chains == 2
    assert found.entries >= 16


async def test_altered_row_is_named(clinics: ClinicMaker) -> None:
    await some_entries(clinics)
    which = (audit_entries.c.chain == 1) & (audit_entries.c.number == 3)
    await tamper(clinics, update(audit_entries).where(which).values(account_id="somebody"))
    assert (await report(clinics)).findings == ["chain 1 entry 3: altered"]


async def test_removed_rows_are_named_the_last_one_too(clinics: ClinicMaker) -> None:
    await some_entries(clinics)
    count = (await report(clinics)).entries
    which = audit_entries.c.number.in_([2, 3, count])
    await tamper(clinics, delete(audit_entries).where(which))
    assert (await report(clinics)).findings == [
        "chain 1 entries 2 to 3: removed",
        f"chain 1 entry {count}: removed",
    ]


async def test_row_put_in_at_the_end_is_named(clinics: ClinicMaker) -> None:
    await some_entries(clinics)
    count = (await report(clinics)).entries
    database = Database(clinics.settings.database_url)
    async with database.read() as connection:
        row = (await connection.execute(select(audit_entries).limit(1))).mappings().one()
    await database.close()
    await tamper(clinics, insert(audit_entries).values({**row, "number": count + 1}))
    findings = (await report(clinics)).findings
    assert f"chain 1 entry {count + 1}: put in behind the chain's end" in findings


async def test_replaced_row_is_named_by_the_one_behind_it(clinics: ClinicMaker) -> None:
    """Altered together with its own hash."""
    await some_entries(clinics)
    which = (audit_entries.c.chain == 1) & (audit_entries.c.number == 3)
    await tamper(clinics, update(audit_entries).where(which).values(hash=bytes(32)))
    findings = (await report(clinics)).findings
    assert "chain 1 entry 3: altered" in findings
    assert any(one.startswith("chain 1 entry 4: does not follow") for one in findings)


async def test_removed_chain_is_named(clinics: ClinicMaker) -> None:
    await some_entries(clinics)
    await some_entries(clinics)
    await tamper(clinics, delete(audit_chains).where(audit_chains.c.number == 1))
    assert "chains 1 to 1: removed" in (await report(clinics)).findings


async def test_two_processes_write_two_chains_at_once(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as first, clinics.open(REQUEST) as second:
        callers = [await first.caller(), await second.caller("orlov")]
        await asyncio.gather(*(one.get("/requests/counts") for one in callers * 20))
        await asyncio.gather(*(one.post("/requests/x/claim") for one in callers * 5))
    found = await report(clinics)
    assert (found.findings, found.chains) == ([], 2)


async def test_transaction_that_fails_leaves_no_gap(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        with pytest.raises(DBAPIError):
            await _write_too_much(clinic)
        await caller.post(f"/requests/{id_of('20-0001')}/claim")
    assert (await report(clinics)).findings == []


async def _write_too_much(clinic: Clinic) -> None:
    """The first entry is good, the second cannot be kept, so both are undone."""
    good = servers_own("cardio").entry(START, Outcome.DONE, 200)
    async with clinic.parts.audit.write() as written:
        written.entries.extend([good, replace(good, role=cast(str, None))])


def test_command_says_whole_altered_and_unreadable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-audit", "--database", f"sqlite:///{tmp_path}/none.db"]) == 2
    assert not (tmp_path / "none.db").exists()
    assert main(["verify-audit", "--database", "mysql://x/y"]) == 2
    assert "Traceback" not in capsys.readouterr().err


async def test_command_ends_with_one_where_it_is_not_whole(
    clinics: ClinicMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    await some_entries(clinics)
    words = ["verify-audit", "--database", clinics.settings.database_url]
    assert await asyncio.to_thread(main, words) == 0
    assert "the audit is whole" in capsys.readouterr().out
    await tamper(clinics, update(audit_entries).values(role="nobody"))
    assert await asyncio.to_thread(main, words) == 1
    assert "chain 1 entry 1: altered" in capsys.readouterr().out


async def test_killed_process_loses_no_change(
    clinics: ClinicMaker, tmp_path: Path, database_url: str
) -> None:
    """`kill -9` among claims: whatever was answered, or done, stands in the audit."""
    await prepare(clinics)
    arguments = command(tmp_path)
    arguments[arguments.index("--database") + 1] = database_url
    async with serving(arguments) as server:
        acknowledged = await claim_until_killed(server)
    assert (await report(clinics)).findings == []
    database = Database(database_url)
    async with database.read() as connection:
        which = (audit_entries.c.action == "claim_request") & (audit_entries.c.status == 200)
        found = await connection.execute(select(audit_entries.c.request_ids).where(which))
        written = set(found.scalars())
        claimed = select(requests.c.id).where(requests.c.owner_id.is_not(None))
        done = set((await connection.execute(claimed)).scalars())
    await database.close()
    assert {id_of(number) for number in acknowledged} <= done
    assert written == done
