"""Lists page by page: nothing twice, nothing left out, whatever has the same place in the order."""

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote

import httpx
import msgspec
import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.requests.history import IN_A_CARD
from backend.tables import (
    accounts,
    call_signals,
    calls,
    conclusions,
    documents,
    history,
    phone_attempts,
    requests,
    slots,
)
from backend.uploads.receiving import MOST_FILES
from backend_client.models.calls import CallState, SignalKind, Signals
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionState
from backend_client.models.messages import Side
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import RequestCard
from backend_client.models.schedule import SlotState
from backend_client.models.uploads import NewUpload
from tests.backend.clinic import START, Caller, Clinic, ClinicMaker, a_file, problem, read
from tests.backend.consultation import MINE, ONE
from tests.backend.test_queue_plans import listening

MANY = 23
DAYS = {"from": START.isoformat(), "to": (START + timedelta(days=60)).isoformat()}
Row = dict[str, object]
Fill = Callable[[AsyncConnection, str, int], Awaitable[Table]]


async def fill_history(connection: AsyncConnection, doctor: str, many: int) -> Table:
    rows = [{"request_id": ONE, "at": moment(one // 4), "text": f"{one}"} for one in range(many)]
    return await put(connection, history, rows)


async def fill_calls(connection: AsyncConnection, doctor: str, many: int) -> Table:
    over: Row = {"state": CallState.ENDED, "is_on": False, "connection": 1}
    over |= {"placed_at": START, "rings_until": START, "request_id": ONE, "doctor_id": doctor}
    rows = [{**over, "id": f"call-{one}", "attempt": one + 1} for one in range(many)]
    return await put(connection, calls, rows)


async def fill_phone(connection: AsyncConnection, doctor: str, many: int) -> Table:
    tried: Row = {"request_id": ONE, "caller_id": doctor, "at": START, "note": ""}
    tried |= {"outcome": PhoneOutcome.BUSY}
    rows = [{**tried, "id": f"phone-{one}", "number": one + 1} for one in range(many)]
    return await put(connection, phone_attempts, rows)


async def fill_schedule(connection: AsyncConnection, doctor: str, many: int) -> Table:
    held: Row = {"request_id": ONE, "doctor_id": doctor, "state": SlotState.ACCEPTED}
    held |= {"is_held": True, "held_until": START, "proposed_at": START}
    spans = [(moment(60 * one), moment(60 * one + 60)) for one in range(many)]
    rows = [
        {**held, "id": f"slot-{one}", "starts_at": start, "ends_at": end}
        for one, (start, end) in enumerate(spans)
    ]
    return await put(connection, slots, rows)


async def fill_approvals(connection: AsyncConnection, doctor: str, many: int) -> Table:
    one_there = dict((await connection.execute(select(requests))).mappings().one())
    ids = [f"waiting-{one}" for one in range(many)]
    await put(connection, requests, [{**one_there, "id": one, "number": one} for one in ids])
    signed: Row = {"version": 1, "state": ConclusionState.SIGNED, "form": {}, "author_id": doctor}
    signed |= {"sha256": "0" * 64, "size": 1, "return_reason": "", "changed_at": START}
    rows = [
        {**signed, "request_id": one, "signed_at": moment(number // 4)}
        for number, one in enumerate(ids)
    ]
    return await put(connection, conclusions, rows)


async def fill_signals(connection: AsyncConnection, doctor: str, many: int) -> Table:
    """Both sides in turn, in the first of the calls."""
    said: Row = {"call_id": "call-0", "kind": SignalKind.OFFER, "connection": 1, "payload": ""}
    sides = (Side.PATIENT, Side.DOCTOR)
    return await put(
        connection, call_signals, [{**said, "side": sides[one % 2]} for one in range(many)]
    )


async def put(connection: AsyncConnection, table: Table, rows: list[Row]) -> Table:
    await connection.execute(insert(table), rows)
    return table


def moment(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@dataclass(frozen=True)
class List:
    """A route, what fills it, and where its items lie in the answer."""

    path: str
    fill: Fill
    items: str = "items"
    login: str = "levashova"

    def __str__(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2]


SCHEDULE = f"/schedule?from={quote(DAYS['from'])}&to={quote(DAYS['to'])}"
LISTS = (
    List(f"/requests/{ONE}/history", fill_history),
    List(f"/requests/{ONE}/calls", fill_calls),
    List(f"/requests/{ONE}/phone-attempts", fill_phone),
    List("/approvals", fill_approvals, login="admin"),
    List(SCHEDULE, fill_schedule, "entries"),
)
every_list = pytest.mark.parametrize("listed", LISTS, ids=str)


async def filled(clinic: Clinic, fill: Fill, many: int = MANY) -> Table:
    """Puts so many items into a list."""
    async with clinic.parts.database.write() as connection:
        found = select(accounts.c.id).where(accounts.c.login == "levashova")
        doctor = (await connection.execute(found)).scalar_one()
        return await fill(connection, doctor, many)


async def answered(caller: Caller, listed: List, **query: object) -> dict[str, object]:
    response = await caller.get(address(listed, **query))
    return read(response, dict[str, object])


def address(listed: List, **query: object) -> str:
    words = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
    return f"{listed.path}{'&' if '?' in listed.path else '?'}{words}"


def texts(page: dict[str, object], listed: List) -> list[str]:
    items = page[listed.items]
    assert isinstance(items, list)
    return [json.dumps(one, sort_keys=True) for one in items]


@every_list
async def test_pages_put_together_are_the_whole_list(clinics: ClinicMaker, listed: List) -> None:
    async with clinics.open(MINE) as clinic:
        await filled(clinic, listed.fill)
        caller = await clinic.caller(listed.login)
        whole = await answered(caller, listed, limit=200)
        page = await answered(caller, listed, limit=5)
        found = texts(page, listed)
        while page["next_cursor"] is not None:
            page = await answered(caller, listed, limit=5, cursor=page["next_cursor"])
            assert 0 < len(texts(page, listed)) <= 5
            found += texts(page, listed)
    assert whole["next_cursor"] is None
    assert found == texts(whole, listed)
    assert len(set(found)) == len(found) >= MANY


@every_list
async def test_cursor_that_is_not_of_this_list_is_refused(
    clinics: ClinicMaker, listed: List
) -> None:
    """Torn, of another list, with a moment, a number or an id that cannot be."""
    wrong: list[object] = [
        ["2026-11-20T09:00:00", 1],
        ["0001-01-01T00:00:00+14:00", "a"],
        ["0001-01-01T00:00:00+14:00", 1],
        [2**31],
        [-1],
        ["2026-11-20T09:00:00Z", "a\0"],
        [0, "2026-11-20T09:00:00Z", "a"],
        {"at": 1},
        [],
    ]
    cursors = [base64.urlsafe_b64encode(msgspec.json.encode(one)).decode() for one in wrong]
    async with clinics.open(MINE) as clinic:
        caller = await clinic.caller(listed.login)
        for cursor in [*cursors, "x", "", "ы", "W10", "A" * 301]:
            refusal = problem(await caller.get(address(listed, cursor=cursor)))
            assert (refusal.status, refusal.code) == (400, ProblemCode.INVALID)
        for limit in (0, 201, -1, "x"):
            assert problem(await caller.get(address(listed, limit=limit))).status == 400


async def test_what_comes_in_between_shifts_nothing(clinics: ClinicMaker) -> None:
    listed = LISTS[0]
    async with clinics.open(MINE) as clinic:
        await filled(clinic, listed.fill)
        doctor = await clinic.caller()
        whole = texts(await answered(doctor, listed, limit=200), listed)
        first = await answered(doctor, listed, limit=10)
        clinic.clock.advance(minutes=6)
        read(await doctor.post(f"/requests/{ONE}/release"), RequestCard)
        second = await answered(doctor, listed, limit=10, cursor=first["next_cursor"])
    assert texts(first, listed) + texts(second, listed) == whole[:20]


async def test_card_holds_the_newest_lines_and_says_where_the_others_are(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        short = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        for _ in range(3):
            await filled(clinic, fill_history)
        long = read(await doctor.get(f"/requests/{ONE}"), RequestCard)
        older = await answered(doctor, LISTS[0], cursor=long.history_cursor)
    assert short.history_cursor is None
    assert len(long.history) == IN_A_CARD
    assert len(texts(older, LISTS[0])) == 3 * MANY + len(short.history) - IN_A_CARD
    assert older["next_cursor"] is None


async def test_deep_page_of_a_history_is_read_in_order_out_of_its_index(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        for _ in range(3):
            await filled(clinic, fill_history)
        doctor = await clinic.caller()
        page = await answered(doctor, LISTS[0], limit=40)
        with listening(clinic) as statements:
            await answered(doctor, LISTS[0], limit=5, cursor=page["next_cursor"])
        [(statement, values)] = [one for one in statements.sent if "FROM history" in one[0]]
        is_sqlite = clinic.parts.database.engine.dialect.name == "sqlite"
        explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        async with clinic.parts.database.read() as connection:
            if not is_sqlite:
                await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
                await connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
            rows = await connection.exec_driver_sql(f"{explain} {statement}", values)
            plan = "\n".join(str(row[-1]) for row in rows)
    assert "ix_history_newest" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


async def test_signals_come_so_many_at_once_and_say_that_there_are_more(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(MINE) as clinic:
        await filled(clinic, fill_calls)
        await filled(clinic, fill_signals, 2 * MANY)
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        by_patient = await signals_behind(
            lambda after: doctor.get(f"/requests/{ONE}/calls/call-0/signals?limit=10&after={after}")
        )
        by_doctor = await signals_behind(
            lambda after: patient.get(f"/calls/call-0/signals?limit=10&after={after}")
        )
    assert by_patient == list(range(1, 2 * MANY, 2))
    assert by_doctor == list(range(2, 2 * MANY + 1, 2))


async def signals_behind(ask: Callable[[int], Awaitable[httpx.Response]]) -> list[int]:
    """Numbers of all, asked for until there are no more."""
    found: list[int] = []
    has_more = True
    while has_more:
        page = read(await ask(found[-1] if found else 0), Signals)
        assert len(page.signals) <= 10
        found += [one.number for one in page.signals]
        has_more = page.has_more
    return found


async def test_no_more_files_are_taken_than_a_card_holds(clinics: ClinicMaker) -> None:
    body = NewUpload(item_code="ecg", title="a.pdf", size=5)
    async with clinics.open(replace(MINE, files=(a_file("ecg"),))) as clinic:
        async with clinic.parts.database.write() as connection:
            there = dict((await connection.execute(select(documents))).mappings().one())
            rows = [{**there, "id": f"file-{one}"} for one in range(MOST_FILES - 2)]
            await put(connection, documents, rows)
        doctor = await clinic.caller()
        assert (await doctor.post(f"/requests/{ONE}/uploads", body)).is_success
        refusal = problem(await doctor.post(f"/requests/{ONE}/uploads", body))
    assert (refusal.status, refusal.code) == (409, ProblemCode.TOO_MANY_UPLOADS)
