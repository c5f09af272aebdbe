"""Copies of the server's answers: newest version counts, searchable, and never in the way."""

from datetime import timedelta

import msgspec

from backend_client.models.common import RequestId
from backend_client.models.requests import (
    Diagnosis,
    QueueCounts,
    QueueGroup,
    RequestRow,
    RequestStatus,
)
from tests.factories import NOW, changed_row, make_card, make_document, make_owner, make_row
from tests.unit.store.opening import Opened
from workstation.store.cache import MOST_CARDS, MOST_LISTED, Cache

ALL = QueueGroup.ALL


async def shown(cache: Cache, group: QueueGroup = ALL, search: str = "") -> list[RequestRow]:
    kept = await cache.page(group, search)
    return [] if kept is None else kept.rows


def later(row: RequestRow, **changes: object) -> RequestRow:
    return msgspec.structs.replace(row, version=row.version + 1, **changes)


async def test_a_list_comes_back_as_it_was_with_its_time(opened: Opened) -> None:
    rows = [make_row() for _ in range(5)]
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(ALL, rows[:3], True, NOW)
        await cache.keep_page(ALL, rows[3:], False, NOW + timedelta(minutes=1))
    async with opened() as database:
        kept = await Cache(database).page(ALL)
    assert kept is not None
    assert kept.rows == rows
    assert kept.as_of == NOW


async def test_a_list_that_was_never_read_is_unknown_and_an_empty_one_is_empty(
    opened: Opened,
) -> None:
    async with opened() as database:
        cache = Cache(database)
        assert await cache.page(QueueGroup.MINE) is None
        await cache.keep_page(QueueGroup.MINE, [], True, NOW)
        assert await shown(cache, QueueGroup.MINE) == []


async def test_of_a_list_its_beginning_is_kept_however_far_it_is_scrolled(opened: Opened) -> None:
    rows = [make_row() for _ in range(MOST_LISTED + 30)]
    async with opened() as database:
        cache = Cache(database)
        for first in range(0, len(rows), 50):
            await cache.keep_page(ALL, rows[first : first + 50], first == 0, NOW)
        assert await shown(cache) == rows[:MOST_LISTED]


async def test_a_first_page_begins_the_list_anew(opened: Opened) -> None:
    old, new = make_row(), make_row()
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(ALL, [old], True, NOW)
        await cache.keep_page(QueueGroup.MINE, [old], True, NOW)
        await cache.keep_page(ALL, [new], True, NOW)
        assert await shown(cache) == [new]
        assert await shown(cache, QueueGroup.MINE) == [old]


async def test_an_older_answer_does_not_hide_a_newer_one(opened: Opened) -> None:
    row = make_row()
    newer = later(row, status=RequestStatus.CLAIMED)
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(ALL, [newer], True, NOW)
        await cache.keep_heard({row.id: row})
        assert await shown(cache) == [newer]


async def test_what_was_heard_changes_lists_and_cards(opened: Opened) -> None:
    kept, gone, new = make_row(), make_row(), make_row()
    changed = later(kept, status=RequestStatus.CLAIMED)
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(ALL, [kept, gone], True, NOW)
        await cache.keep_card(make_card(kept), NOW)
        await cache.keep_card(make_card(gone), NOW)
        await cache.keep_heard({kept.id: changed, gone.id: None, new.id: new})
        assert await shown(cache) == [changed, new]
        card = await cache.card(kept.id)
        assert await cache.card(gone.id) is None
    assert card is not None
    assert card.card.row == changed


async def test_the_cache_is_searched_without_case_and_with_e_for_yo(opened: Opened) -> None:
    heart = Diagnosis(icd10="I48.0", text="Фибрилляция предсердий")
    rows = [
        make_row(full_name="Семёнова Ольга", number="20-7001", diagnosis=heart),
        make_row(full_name="Иванов Пётр", number="20-7002", diagnosis=heart),
        make_row(full_name="Иванова Анна", number="20-7003", diagnosis=heart),
    ]
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(ALL, rows, True, NOW)
        for search, found in {
            "семенова": [0],
            "СЕМЁН": [0],
            "иванов": [1, 2],
            "петр иванов": [1],
            "7003": [2],
            "фибрил": [0, 1, 2],
            "i48": [0, 1, 2],
            "%": [],
        }.items():
            assert await shown(cache, search=search) == [rows[place] for place in found], search


async def test_a_card_comes_back_and_a_document_s_mark_with_it(opened: Opened) -> None:
    document = make_document(request_id=RequestId("request-x"))
    card = make_card(make_row(id=RequestId("request-x")), documents=[document, make_document()])
    seen = msgspec.structs.replace(document, opened=True)
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_card(card, NOW)
        await cache.keep_documents([seen])
        await cache.keep_documents([make_document(request_id=RequestId("unknown"))])
        kept = await cache.card(card.row.id)
    assert kept is not None
    assert kept.as_of == NOW
    assert kept.card.documents == [seen, card.documents[1]]


async def test_only_so_many_cards_are_kept(opened: Opened) -> None:
    cards = [make_card() for _ in range(MOST_CARDS + 3)]
    async with opened() as database:
        cache = Cache(database)
        for number, card in enumerate(cards):
            await cache.keep_card(card, NOW + timedelta(seconds=number))
        assert await cache.card(cards[2].row.id) is None
        assert await cache.card(cards[3].row.id) is not None


async def test_counts_come_back(opened: Opened) -> None:
    counts = QueueCounts(counts={ALL: 5, QueueGroup.MINE: 1})
    async with opened() as database:
        cache = Cache(database)
        assert await cache.counts() is None
        await cache.keep_counts(counts, NOW)
        assert await cache.counts() == counts


async def test_a_row_kept_under_another_contract_is_left_out(opened: Opened) -> None:
    row = make_row()
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(ALL, [row], True, NOW)
        await database.run(
            lambda connection: connection.exec_driver_sql("UPDATE requests SET \"row\" = '{}'")
        )
        assert await shown(cache) == []


async def test_a_store_that_fails_is_no_error_of_the_cache(opened: Opened) -> None:
    async with opened() as database:
        cache = Cache(database)
    await cache.keep_page(ALL, [make_row()], True, NOW)
    await cache.keep_card(make_card(), NOW)
    assert await cache.page(ALL) is None
    assert await cache.card(RequestId("request-1")) is None
    assert await cache.counts() is None


async def test_a_row_heard_joins_and_leaves_lists_as_the_server_says(opened: Opened) -> None:
    mine, free = make_row(), make_row()
    async with opened() as database:
        cache = Cache(database)
        await cache.keep_page(QueueGroup.UNCLAIMED, [mine, free], True, NOW)
        await cache.keep_page(QueueGroup.MINE, [], True, NOW)
        taken = changed_row(mine, version=2, owner=make_owner(is_me=True))
        await cache.keep_heard({taken.id: taken})
        assert await shown(cache, QueueGroup.UNCLAIMED) == [free]
        assert await shown(cache, QueueGroup.MINE) == [taken]
