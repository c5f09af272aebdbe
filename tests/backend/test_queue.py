"""The queue: order, groups, counts, search, pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.status import ENDED
from backend.search import normal
from backend_client.models.common import Page
from backend_client.models.requests import (
    ClockState,
    ItemState,
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
    START,
    Caller,
    ClinicMaker,
    a_file,
    id_of,
    read,
)

GROUPS = tuple(group for group in QueueGroup if group is not QueueGroup.UNKNOWN)


def numbers(rows: Sequence[RequestRow]) -> list[str]:
    return [row.number for row in rows]


async def whole_list(caller: Caller, query: str, limit: int = 3) -> list[RequestRow]:
    rows: list[RequestRow] = []
    page: Page[RequestRow] = await caller.page(f"{query}&limit={limit}")
    rows += page.items
    while page.next_cursor is not None:
        page = await caller.page(f"{query}&limit={limit}&cursor={quote(page.next_cursor)}")
        rows += page.items
    return rows


async def test_threats_to_life_first_then_by_term_and_without_one_last(
    clinics: ClinicMaker,
) -> None:
    started = START - timedelta(days=1)
    requests = [
        replace(REQUEST, number="no clock", route=Route.DUTY, clock_started_at=None),
        replace(REQUEST, number="later", clock_started_at=started + timedelta(hours=1)),
        replace(REQUEST, number="sooner", clock_started_at=started),
        replace(REQUEST, number="threat", life_threat=True, clock_started_at=None),
    ]
    async with clinics.open(*requests) as clinic:
        rows = (await (await clinic.caller()).page()).items
    assert numbers(rows) == ["threat", "sooner", "later", "no clock"]


async def test_row_carries_the_rules_answers(clinics: ClinicMaker) -> None:
    """OZ-3, OZ-4, OZ-9"""
    request = replace(REQUEST, files=(a_file("ecg"),), not_applicable=(("ct", "беременность"),))
    async with clinics.open(request) as clinic:
        row = (await (await clinic.caller()).page()).items[0]
    assert row.missing_documents == ["conclusion", "echo"]
    assert [item.state for item in row.checklist] == [
        ItemState.PRESENT,
        ItemState.MISSING,
        ItemState.NOT_APPLICABLE,
    ]
    assert row.checklist[0].unopened_count == 1
    assert row.profile_match is ProfileMatch.IN_PROFILE
    assert row.due_at == REQUEST.created_at + timedelta(days=3)
    assert (row.clock_name, row.clock_state) == ("Срок", ClockState.SOON)
    assert (row.owner, row.version) == (None, 1)


async def test_counts_equal_the_lists(clinics: ClinicMaker) -> None:
    statuses = [*RequestStatus]
    requests = [
        replace(REQUEST, number=f"{status}-{owner}", status=status, owner_key=owner)
        for status in statuses
        for owner in (None, "levashova", "orlov")
    ]
    async with clinics.open(*requests) as clinic:
        caller = await clinic.caller()
        counts = read(await caller.get("/requests/counts"), QueueCounts).counts
        lists = {group: await whole_list(caller, f"group={group}", 50) for group in GROUPS}
    assert counts == {group: len(rows) for group, rows in lists.items()}
    assert len(lists[QueueGroup.ALL]) == 3 * (len(statuses) - len(ENDED))
    assert all(row.owner is None for row in lists[QueueGroup.UNCLAIMED])
    assert all(row.owner and row.owner.is_me for row in lists[QueueGroup.MINE])
    waiting = {row.status for row in lists[QueueGroup.AWAITING_DOCUMENTS]}
    assert waiting == {RequestStatus.AWAITING_DOCUMENTS}
    debts = {row.status for row in lists[QueueGroup.MY_DEBTS]}
    assert debts == {RequestStatus.DRAFTING, RequestStatus.RETURNED}
    for row in lists[QueueGroup.ALL]:
        assert row.groups == [group for group in GROUPS if row in lists[group]]


@pytest.mark.parametrize("group", GROUPS[:4])
async def test_pages_are_complete_and_without_doubles(
    clinics: ClinicMaker, group: QueueGroup
) -> None:
    status = RequestStatus.AWAITING_DOCUMENTS
    owner = "levashova" if group is QueueGroup.MINE else None
    requests = [
        replace(
            REQUEST,
            number=f"{number:02}",
            status=status,
            owner_key=owner,
            life_threat=number % 5 == 0,
            # Many share a term, and some have none: the order must not depend on it alone.
            clock_started_at=None if number % 3 == 0 else START - timedelta(days=number % 2),
        )
        for number in range(20)
    ]
    async with clinics.open(*requests) as clinic:
        caller = await clinic.caller()
        pages = numbers(await whole_list(caller, f"group={group}"))
        at_once = numbers((await caller.page(f"group={group}&limit=200")).items)
    assert pages == at_once
    assert sorted(pages) == [f"{number:02}" for number in range(20)]


async def test_paging_goes_on_behind_its_place_while_others_claim(clinics: ClinicMaker) -> None:
    requests = [replace(REQUEST, number=f"{number:02}") for number in range(12)]
    async with clinics.open(*requests) as clinic:
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        order = numbers((await caller.page("limit=200")).items)
        first = await caller.page("group=unclaimed&limit=4")
        for taken in (order[0], order[3], order[5]):  # the cursor's own row among them
            read_ok = await other.post(f"/requests/{id_of(taken)}/claim")
            assert read_ok.is_success
        cursor = quote(first.next_cursor or "")
        rest = await caller.page(f"group=unclaimed&limit=200&cursor={cursor}")
    assert numbers(first.items) == order[:4]
    assert numbers(rest.items) == [order[4], *order[6:]]
    assert rest.next_cursor is None


@pytest.mark.parametrize(
    "search",
    [
        "вереща",
        "ВЕРЕЩАГИН павел",
        "4817",
        "тахикард",
        "одышка лунев",
        "лунЁв",
        "i47",
        "100%",
        "20-4",
    ],
)
async def test_search_finds_parts_of_words_in_any_case(clinics: ClinicMaker, search: str) -> None:
    other = replace(
        REQUEST,
        number="30-1111",
        patient=replace(PATIENT, full_name="Маслова Анна"),
        icd10="Q21",
        diagnosis="Порок сердца",
        complaints="Слабость",
    )
    wanted = replace(REQUEST, number="20-4817", complaints="Одышка 100%. Направлен врачом Лунёвым")
    async with clinics.open(wanted, other) as clinic:
        rows = (await (await clinic.caller()).page(f"search={quote(search)}")).items
    assert numbers(rows) == ["20-4817"]


@pytest.mark.parametrize(
    "search", ["иванов", "верещагин маслов", "вощагин", "_", "%", "\\", "' OR", "4817\0x"]
)
async def test_search_finds_nothing_else(clinics: ClinicMaker, search: str) -> None:
    async with clinics.open(replace(REQUEST, number="20-4817")) as clinic:
        assert (await (await clinic.caller()).page(f"search={quote(search)}")).items == []


@given(st.text())
def test_normal_form_is_stable_and_has_no_case(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert "ё" not in once
    assert "\0" not in once


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=many",
        "limit=99999999999999999999",
        "group=nonsense",
        "group=unknown",
        "cursor=nonsense",
        "cursor=bm9uc2Vuc2U%3D",
        "cursor=WzEsIjIwMjYtMTEtMjBUMDk6MDA6MDAiLCJhIl0%3D",
        "search=" + "a" * 201,
    ],
)
async def test_bad_queries_are_refused_in_words(clinics: ClinicMaker, query: str) -> None:
    async with clinics.open() as clinic:
        answer = await (await clinic.caller()).get(f"/requests?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert query.partition("=")[0] in answer.text
