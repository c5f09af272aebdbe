"""Pages of the queue come in order out of an index, however deep, filtered or searched."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import event, insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.engine.interfaces import _DBAPIAnyExecuteParams as Parameters

from backend.requests.listed import WALKED, page_of
from backend.search import search_text
from backend.tables import accounts, requests
from backend_client.models.accounts import Account
from backend_client.models.listing import (
    MOST_COUNTED,
    FilterCounts,
    FilterId,
    Listing,
    NewFilter,
    SavedFilter,
)
from backend_client.models.requests import QueueGroup, RequestStatus
from tests.backend.clinic import REQUEST, START, Caller, Clinic, ClinicMaker, read

MANY = 3000
LONG = WALKED + 200
PAGE = 50
STATUSES = (RequestStatus.READY, RequestStatus.AWAITING_DOCUMENTS, RequestStatus.CLAIMED)


@dataclass
class Statements:
    """What was sent to the database while it was listened to."""

    sent: list[tuple[str, Parameters]] = field(default_factory=list)

    def keep(
        self,
        connection: Connection,
        cursor: DBAPICursor,
        statement: str,
        parameters: Parameters,
        context: object,
        executemany: bool,
    ) -> None:
        """SQLAlchemy's hook."""
        self.sent.append((statement, parameters))


@contextmanager
def listening(clinic: Clinic) -> Iterator[Statements]:
    statements = Statements()
    engine = clinic.parts.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", statements.keep)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", statements.keep)


async def fill(clinic: Clinic, count: int = MANY) -> None:
    """So many requests like the one that is there; a third is the first doctor's."""
    async with clinic.parts.database.write() as connection:
        row = dict((await connection.execute(select(requests))).mappings().one())
        owner = (
            await connection.execute(select(accounts.c.id).where(accounts.c.login == "levashova"))
        ).scalar_one()
        rows = [
            {
                **row,
                "id": f"{number:06}",
                "number": f"30-{number:06}",
                "status": STATUSES[number % 3],
                "owner_id": owner if number % 3 == 2 else None,
                "due_rank": START + timedelta(minutes=number % 97),
                "search_text": search_text([f"30-{number:06}", f"слово{number % 50}"]),
            }
            for number in range(count)
        ]
        await connection.execute(insert(requests), rows)
        await connection.execute(text("ANALYZE"))


async def plan_of_page(
    clinic: Clinic, caller: Caller, query: str, *, tables_are_large: bool = False
) -> str:
    """What the database did for the last page asked for, in its own words."""
    with listening(clinic) as statements:
        await caller.page(query)
    [(statement, parameters)] = [one for one in statements.sent if "ORDER BY" in one[0]]
    is_sqlite = clinic.parts.database.engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    async with clinic.parts.database.read() as connection:
        if tables_are_large and not is_sqlite:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        return "\n".join(str(row[-1]) for row in rows)


async def explained(clinic: Clinic, account: Account, group: QueueGroup) -> str:
    """What the database does for a page behind the middle of a group."""
    engine = clinic.parts.database.engine
    is_sqlite = engine.dialect.name == "sqlite"
    compiled = page_of(group, 1, PAGE).compile(dialect=engine.dialect)
    middle = START + timedelta(minutes=48)
    given = compiled.params | {
        "centre_id": account.centre_id,
        "account_id": account.id,
        "behind_due_rank": middle.strftime("%Y-%m-%d %H:%M:%S") if is_sqlite else middle,
        "behind_id": "",
        "now": START.strftime("%Y-%m-%d %H:%M:%S") if is_sqlite else START,
    }
    values = tuple(given[name] for name in compiled.positiontup or ())
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)"
    async with clinic.parts.database.read() as connection:
        rows = await connection.exec_driver_sql(f"{explain} {compiled}", values)
        return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("group", "index"),
    [
        (QueueGroup.ALL, "ix_requests_queue"),
        (QueueGroup.UNCLAIMED, "ix_requests_(unclaimed|owner)_queue"),
        (QueueGroup.MINE, "ix_requests_owner_queue"),
        (QueueGroup.AWAITING_DOCUMENTS, "ix_requests_status_queue"),
    ],
)
async def test_deep_page_reads_no_more_than_itself(
    clinics: ClinicMaker, group: QueueGroup, index: str
) -> None:
    async with clinics.open(REQUEST) as clinic:
        await fill(clinic)
        account = (await clinic.sign_in()).account
        plan = await explained(clinic, account, group)
    assert re.search(index, plan)
    assert "Seq Scan on requests" not in plan
    assert "SCAN requests" not in plan
    assert "(due_rank,id)>" in plan or "ROW(" in plan  # begins behind the cursor
    read = [int(rows) for rows in re.findall(r"actual rows=(\d+)", plan)]
    assert max(read, default=0) <= PAGE + 1


async def test_search_reads_its_index(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        await fill(clinic)
        query = f"search={quote('слово7')}"
        caller = await clinic.caller()
        plan = await plan_of_page(clinic, caller, query, tables_are_large=True)
    # PostgreSQL looks at the words of one row after the other first, where many may hold them.
    assert "request_words_index VIRTUAL TABLE INDEX" in plan or "request_words_pkey" in plan
    assert "Seq Scan on requests" not in plan
    assert "SCAN requests" not in plan


@pytest.mark.parametrize("sort", ["patient", "diagnosis", "route", "documents", "state"])
@pytest.mark.parametrize("descending", ["", "&descending=true"])
async def test_any_order_comes_out_of_an_index(
    clinics: ClinicMaker, sort: str, descending: str
) -> None:
    async with clinics.open(REQUEST) as clinic:
        await fill(clinic)
        caller = await clinic.caller()
        query = f"sort={sort}{descending}&limit=50"
        behind = (await caller.page(query)).next_cursor
        plan = await plan_of_page(
            clinic,
            caller,
            f"{query}&cursor={quote(behind or '')}",
            tables_are_large=True,
        )
    assert f"ix_requests_by_{sort}" in plan
    assert "Seq Scan on requests" not in plan
    assert "SCAN requests" not in plan


@pytest.mark.parametrize("sort", ["patient", "diagnosis", "route", "documents", "state"])
async def test_a_search_in_any_order_walks_along_its_index(clinics: ClinicMaker, sort: str) -> None:
    """What many hold is met soon; to find all of them first took seconds in a million."""
    async with clinics.open(REQUEST) as clinic:
        await fill(clinic)
        caller = await clinic.caller()
        query = f"sort={sort}&search={quote('слово7')}"
        plan = await plan_of_page(clinic, caller, query, tables_are_large=True)
    by_walk = f"ix_requests_by_{sort}" in plan and "request_words_pkey" in plan
    assert by_walk or "request_words_index VIRTUAL TABLE INDEX" in plan  # SQLite: one clinic's
    assert "Seq Scan on requests" not in plan
    assert "SCAN requests" not in plan


async def test_a_filters_count_is_its_list_however_long_the_walk(clinics: ClinicMaker) -> None:
    """What all hold, what some hold, what one holds behind everything that is walked along."""
    searches = {"30-": MOST_COUNTED, "слово7": LONG // 50, f"30-{LONG - 1:06}": 1, "нет такого": 0}
    async with clinics.open(REQUEST) as clinic:
        await fill(clinic, LONG)
        caller = await clinic.caller()
        names = {}
        for search in searches:
            new = NewFilter(name=search, listing=Listing(search=search))
            names[read(await caller.post("/queue-filters", new), SavedFilter).id] = search
        counted = read(await caller.get("/queue-filters/counts"), FilterCounts).counts
        listed = {one: (await caller.page(f"search={quote(one)}&limit=200")) for one in searches}
    assert {names[FilterId(key)]: count for key, count in counted.items()} == searches
    assert [len(page.items) for page in listed.values()] == [200, LONG // 50, 1, 0]
