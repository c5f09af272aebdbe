"""The queue in every order, by key ranges, narrowed; filters that are kept, and their counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

import msgspec
import pytest
from sqlalchemy import insert, select, update

from backend.demo_data.shape import DemoRequest
from backend.tables import requests
from backend_client.models.accounts import Role
from backend_client.models.common import Page, ProblemCode
from backend_client.models.listing import (
    MOST_COUNTED,
    MOST_FILTERS,
    FilterCounts,
    Listing,
    NewFilter,
    QueueFilter,
    QueueSort,
    SavedFilter,
    SavedFilters,
)
from backend_client.models.requests import (
    ClockState,
    ProfileMatch,
    QueueCounts,
    QueueGroup,
    RequestRow,
    RequestStatus,
)
from backend_client.models.routes import Route
from tests.backend.clinic import (
    PATIENT,
    REQUEST,
    STAFF,
    START,
    Caller,
    ClinicMaker,
    a_doctor,
    demo_of,
    id_of,
    problem,
    read,
)

HEARTS = f"group=unclaimed&icd10=I&age_from=18&search={quote('иван')}"
SORTS = tuple(sort for sort in QueueSort if sort is not QueueSort.UNKNOWN)
NAMES = ("Яшин", "Ёлкин", "еремеев", "Абрамов", "Ежов", "Ярцев", "Жук")
CODES = ("Q21.1", None, "I10", "I48.0", None, "I47.2", "M16.1")
ROUTES = (Route.CENTRE, Route.DUTY, Route.REFERRAL, Route.JOURNAL)
STATUSES = (RequestStatus.READY, RequestStatus.AWAITING_DOCUMENTS, RequestStatus.CLAIMED)


def some_requests(count: int = 14) -> list[DemoRequest]:
    """Different in everything by which lists are sorted, with ties."""
    return [
        replace(
            REQUEST,
            number=f"{number:02}",
            patient=replace(PATIENT, full_name=f"{NAMES[number % 7]} Иван {number // 7}"),
            icd10=CODES[number % 7],
            route=ROUTES[number % 4],
            status=STATUSES[number % 3],
            owner_key="orlov" if number % 3 == 2 else None,
            life_threat=number % 6 == 5,
            clock_started_at=None if number % 5 == 0 else START - timedelta(hours=number % 4),
            documents_complete_at=START if number % 2 else None,
        )
        for number in range(count)
    ]


async def listed(caller: Caller, query: str, limit: int = 3) -> list[RequestRow]:
    """The whole list, page by page."""
    page: Page[RequestRow] = await caller.page(f"{query}&limit={limit}")
    rows = list(page.items)
    while page.next_cursor is not None:
        page = await caller.page(f"{query}&limit={limit}&cursor={quote(page.next_cursor)}")
        rows += page.items
    return rows


def numbers(rows: list[RequestRow]) -> list[str]:
    return [row.number for row in rows]


def folded(row: RequestRow) -> str:
    return row.patient.full_name.casefold().replace("ё", "е")


KEYS: dict[QueueSort, Callable[[RequestRow], object]] = {
    QueueSort.TERM: lambda row: not row.life_threat,
    QueueSort.PATIENT: folded,
    QueueSort.DIAGNOSIS: lambda row: row.diagnosis.icd10 or "я",
    QueueSort.ROUTE: lambda row: list(Route).index(row.route),
    QueueSort.STATE: lambda row: list(RequestStatus).index(row.status),
}


@pytest.mark.parametrize("sort", SORTS)
async def test_every_order_is_whole_either_way(clinics: ClinicMaker, sort: QueueSort) -> None:
    async with clinics.open(*some_requests()) as clinic:
        caller = await clinic.caller()
        up = await listed(caller, f"sort={sort}")
        down = await listed(caller, f"sort={sort}&descending=true")
        at_once = (await caller.page(f"sort={sort}&limit=200")).items
    assert numbers(up) == numbers(at_once)
    assert numbers(down) == numbers(up)[::-1]
    assert len(up) == 14
    if sort in KEYS:
        keys = [KEYS[sort](row) for row in up]
        assert keys == sorted(keys)  # type: ignore[type-var]  # one kind of key in each order
    same = [(one, other) for one, other in zip(up, up[1:], strict=False)]
    for one, other in same:
        if sort in KEYS and KEYS[sort](one) == KEYS[sort](other):
            assert (one.due_at is None, one.due_at or START) <= (
                other.due_at is None,
                other.due_at or START,
            )


@pytest.mark.parametrize("sort", SORTS)
async def test_a_range_is_read_again_whatever_has_come_or_gone_in_it(
    clinics: ClinicMaker, sort: QueueSort
) -> None:
    async with clinics.open(*some_requests()) as clinic:
        caller = await clinic.caller()
        first = await caller.page(f"sort={sort}&limit=4")
        after = quote(first.next_cursor or "")
        second = await caller.page(f"sort={sort}&limit=4&cursor={after}")
        until = quote(second.next_cursor or "")
        again = await caller.page(f"sort={sort}&limit=200&cursor={after}&until={until}")
        top = await caller.page(f"sort={sort}&limit=200&until={after}")
        async with clinic.parts.database.write() as connection:
            gone = requests.c.id == id_of(second.items[1].number)
            await connection.execute(update(requests).where(gone).values(is_open=False))
        less = await caller.page(f"sort={sort}&limit=200&cursor={after}&until={until}")
    assert (numbers(again.items), again.next_cursor) == (numbers(second.items), None)
    assert numbers(top.items) == numbers(first.items)
    assert numbers(less.items) == [
        row.number for row in second.items if row.number != second.items[1].number
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("route=duty_doctor", lambda row: row.route is Route.DUTY),
        (
            "route=duty_doctor&route=referral",
            lambda row: row.route in (Route.DUTY, Route.REFERRAL),
        ),
        ("status=claimed", lambda row: row.status is RequestStatus.CLAIMED),
        ("profile=in_profile", lambda row: row.profile_match is ProfileMatch.IN_PROFILE),
        ("profile=out_of_profile", lambda row: row.profile_match is ProfileMatch.OUT_OF_PROFILE),
        (
            "profile=not_determined&profile=in_profile",
            lambda row: row.profile_match is not ProfileMatch.OUT_OF_PROFILE,
        ),
        ("icd10=i4&icd10=Q", lambda row: (row.diagnosis.icd10 or "").startswith(("I4", "Q"))),
        (
            "due_within_hours=100",
            lambda row: row.due_at is not None and row.due_at <= START + timedelta(hours=100),
        ),
        ("clock=none", lambda row: row.clock_state is ClockState.NONE),
        ("clock=soon", lambda row: row.clock_state is ClockState.SOON),
        (
            "clock=breached&clock=running",
            lambda row: row.clock_state in (ClockState.BREACHED, ClockState.RUNNING),
        ),
        ("lacks_documents=true", lambda row: lacks_documents(row)),
        ("lacks_documents=false", lambda row: not lacks_documents(row)),
        ("due_within_hours=0", lambda row: row.due_at is not None and row.due_at <= START),
        ("age_to=0", lambda row: False),
        ("age_from=18", lambda row: True),
    ],
)
async def test_a_list_is_narrowed(
    clinics: ClinicMaker, query: str, expected: Callable[[RequestRow], bool]
) -> None:
    async with clinics.open(*some_requests()) as clinic:
        caller = await clinic.caller()
        everything = await listed(caller, "group=all", 50)
        found = await listed(caller, query)
    assert numbers(found) == [row.number for row in everything if expected(row)]


async def test_terms_are_found_as_the_rows_show_them(clinics: ClinicMaker) -> None:
    async with clinics.open(*some_requests()) as clinic:
        seen = set()
        for hours in (0, 48, 24):
            clinic.clock.advance(hours=hours)
            caller = await clinic.caller()
            everything = await listed(caller, "group=all", 50)
            for state in (one for one in ClockState if one is not ClockState.UNKNOWN):
                found = numbers(await listed(caller, f"clock={state}", 50))
                assert found == numbers([row for row in everything if row.clock_state is state])
                seen |= {state} if found else set()
    assert seen == set(ClockState) - {ClockState.UNKNOWN}


@pytest.mark.parametrize(
    ("born", "age_from", "age_to", "is_in"),
    [
        (date(2026, 11, 20), None, 0, True),
        (date(2025, 11, 21), None, 0, True),
        (date(2025, 11, 20), None, 0, False),
        (date(2025, 11, 20), 1, 1, True),
        (date(2008, 11, 20), 18, None, True),
        (date(2008, 11, 21), 18, None, False),
        (date(2008, 2, 29), 18, 18, True),
    ],
)
async def test_age_is_in_full_years_on_the_centres_day(
    clinics: ClinicMaker, born: date, age_from: int | None, age_to: int | None, is_in: bool
) -> None:
    ends = {"age_from": age_from, "age_to": age_to}
    query = "&".join(f"{name}={years}" for name, years in ends.items() if years is not None)
    one = replace(REQUEST, patient=replace(PATIENT, birth_date=born))
    async with clinics.open(one) as clinic:
        found = await listed(await clinic.caller(), query)
    assert bool(found) is is_in


@pytest.mark.parametrize(
    "query",
    [
        "sort=whim",
        "route=whim",
        "status=unknown",
        "icd10=%25",
        "icd10=ABCDEFGHI",
        "clock=whim",
        "lacks_documents=maybe",
        "age_from=-1",
        "age_to=200",
        "due_within_hours=99999999999",
        "cursor=xyz",
        "until=xyz",
        "sort=patient&cursor=xyz",
    ],
)
async def test_bad_words_are_refused(clinics: ClinicMaker, query: str) -> None:
    async with clinics.open(REQUEST) as clinic:
        answer = await (await clinic.caller()).get(f"/requests?{query}")
    assert answer.status_code == 400
    assert problem(answer).code is ProblemCode.INVALID


async def test_a_cursor_belongs_to_its_order(clinics: ClinicMaker) -> None:
    async with clinics.open(*some_requests()) as clinic:
        caller = await clinic.caller()
        cursor = quote((await caller.page("sort=patient&limit=2")).next_cursor or "")
        for other in ("sort=route", "sort=patient&descending=true", "sort=term"):
            answer = await caller.get(f"/requests?{other}&cursor={cursor}")
            assert answer.status_code == 400


async def test_the_longest_name_is_a_place_too(clinics: ClinicMaker) -> None:
    long = [
        replace(REQUEST, number=f"{n}", patient=replace(PATIENT, full_name="Щ" * 199 + str(n)))
        for n in range(5)
    ]
    async with clinics.open(*long) as clinic:
        assert len(await listed(await clinic.caller(), "sort=patient", 2)) == 5


async def test_today_and_debts_follow_the_clock(clinics: ClinicMaker) -> None:
    """A term or an appointment of today; a consultation whose hour is over."""
    status = RequestStatus.SCHEDULED
    mine = replace(REQUEST, number="talk", status=status, owner_key="levashova")
    tomorrow = replace(REQUEST, number="term", clock_started_at=START - timedelta(days=2))
    async with clinics.open(mine, tomorrow) as clinic:
        async with clinic.parts.database.write() as connection:
            talk = requests.c.number == "talk"
            at = {"appointment_at": START + timedelta(hours=2), "due_at": None}
            await connection.execute(update(requests).where(talk).values(at))
        seen = []
        for hours in (0, 4, 24):
            clinic.clock.advance(hours=hours)
            caller = await clinic.caller()
            rows = {row.number: row.groups for row in await listed(caller, "group=all")}
            for group in (QueueGroup.TODAY, QueueGroup.MY_DEBTS):
                found = numbers(await listed(caller, f"group={group}"))
                assert sorted(found) == sorted(n for n, groups in rows.items() if group in groups)
                seen.append(sorted(found))
    assert seen == [["talk"], [], ["talk"], ["talk"], ["talk", "term"], ["talk"]]


async def test_more_than_can_be_counted_is_said_to_be_so(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        async with clinic.parts.database.write() as connection:
            row = dict((await connection.execute(select(requests))).mappings().one())
            many = [{**row, "id": f"{n:06}", "number": f"30-{n:06}"} for n in range(MOST_COUNTED)]
            await connection.execute(insert(requests), many)
        caller = await clinic.caller()
        saved = await keep(caller, "Все", Listing())
        counts = read(await caller.get("/requests/counts"), QueueCounts).counts
        kept = read(await caller.get("/queue-filters/counts"), FilterCounts).counts
    assert counts[QueueGroup.ALL] == MOST_COUNTED
    assert kept == {saved.id: MOST_COUNTED}


async def keep(
    caller: Caller, name: str, listing: Listing, was: SavedFilter | None = None
) -> SavedFilter:
    answer = await caller.post("/queue-filters", NewFilter(name=name, listing=listing, was=was))
    return read(answer, SavedFilter)


async def test_a_filter_is_kept_counted_changed_and_dropped(clinics: ClinicMaker) -> None:
    duty = Listing(filter=QueueFilter(routes=[Route.DUTY]), sort=QueueSort.PATIENT)
    hearts = Listing(
        group=QueueGroup.UNCLAIMED, filter=QueueFilter(icd10=["I"], age_from=18), search="иван"
    )
    async with clinics.open(*some_requests()) as clinic:
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        was = await keep(caller, "Тоны", Listing())
        first, second = (
            await keep(caller, " Сердце ", hearts, was),
            await keep(caller, "Дежурные", duty),
        )
        found = read(await caller.get("/queue-filters"), SavedFilters).filters
        counts = read(await caller.get("/queue-filters/counts"), FilterCounts).counts
        lists = {
            first.id: await listed(caller, HEARTS),
            second.id: await listed(caller, "route=duty_doctor"),
        }
        theirs = read(await other.get("/queue-filters"), SavedFilters).filters
        refused = await other.delete(f"/queue-filters/{first.id}")
        await caller.delete(f"/queue-filters/{first.id}")
        left = read(await caller.get("/queue-filters"), SavedFilters).filters
    assert found == [second, first]
    assert first.id == was.id
    assert msgspec.structs.replace(first, listing=hearts) == first
    assert counts == {key: len(rows) for key, rows in lists.items()}
    assert all(lists.values())
    assert (theirs, refused.status_code, left) == ([], 404, [second])


async def test_no_more_filters_than_can_be_looked_through(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        caller = await clinic.caller()
        kept = [await keep(caller, f"{number}", Listing()) for number in range(MOST_FILTERS)]
        one_more = NewFilter(name="и ещё", listing=Listing())
        refused = await caller.post("/queue-filters", one_more)
        assert (refused.status_code, problem(refused).code) == (409, ProblemCode.TOO_MANY_FILTERS)
        await keep(caller, "0", Listing(group=QueueGroup.MINE), kept[0])
        await caller.delete(f"/queue-filters/{kept[1].id}")
        await keep(caller, "и ещё", Listing())


async def test_a_filter_has_a_name_of_its_own(clinics: ClinicMaker) -> None:
    """Nobody's filter is lost to another of the same name."""
    async with clinics.open() as clinic:
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        kept = await keep(caller, "Ёлки и палки", Listing())
        await keep(other, "Ёлки и палки", Listing())
        second = await keep(caller, "Вторые", Listing())
        for body in (
            NewFilter(name=" ёлки  и палки", listing=Listing()),
            NewFilter(name="ЁЛКИ И ПАЛКИ", listing=Listing(), was=second),
        ):
            refused = await caller.post("/queue-filters", body)
            assert (refused.status_code, problem(refused).code) == (409, ProblemCode.NAME_TAKEN)
        blank = await caller.post("/queue-filters", NewFilter(name=" ", listing=Listing()))
        assert (blank.status_code, problem(blank).code) == (400, ProblemCode.INVALID)
        renamed = await keep(caller, "ёлки и палки", Listing(), kept)
        found = read(await caller.get("/queue-filters"), SavedFilters).filters
    assert sorted(found, key=lambda one: one.name) == [second, renamed]


async def test_a_filter_that_is_another_by_now_is_not_changed(clinics: ClinicMaker) -> None:
    """Of two windows the later one is told what stands there now, and loses nothing of it."""
    async with clinics.open() as clinic:
        caller = await clinic.caller()
        was = await keep(caller, "Сердце", Listing())
        present = await keep(caller, "Сердце", Listing(group=QueueGroup.MINE), was)
        late = NewFilter(name="Сердца", listing=Listing(), was=was)
        refused = await caller.post("/queue-filters", late)
        assert (refused.status_code, problem(refused).code) == (409, ProblemCode.STALE_VERSION)
        assert msgspec.convert(problem(refused).present, SavedFilter) == present
        await caller.delete(f"/queue-filters/{was.id}")
        gone = NewFilter(name="Сердца", listing=Listing(), was=present)
        assert (await caller.post("/queue-filters", gone)).status_code == 404


def lacks_documents(row: RequestRow) -> bool:
    """As the demonstration's requests have it: those on the gated routes, by their even numbers."""
    gated = row.route in (Route.CENTRE, Route.REFERRAL)
    return row.status is RequestStatus.AWAITING_DOCUMENTS or (gated and int(row.number) % 2 == 0)


async def test_a_manager_neither_narrows_nor_keeps(clinics: ClinicMaker) -> None:
    """OZ-28: what is found would tell the diagnosis."""
    staff = (*STAFF, a_doctor("manager", "Счётов Иван Ильич", Role.MANAGER))
    async with clinics.open_demo(demo_of([REQUEST], staff)) as clinic:
        manager = await clinic.caller("manager")
        assert (await manager.get("/requests?group=all")).is_success
        for query in ("icd10=I", "sort=diagnosis", "descending=true", "age_to=3"):
            assert (await manager.get(f"/requests?{query}")).status_code == 403
        assert (await manager.get("/queue-filters")).status_code == 403
