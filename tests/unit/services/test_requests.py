"""The queue's service: the server's word, the cache without it, one road in for changes."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from backend_client.errors import Conflict, Forbidden, NotFound, ServerFault, Unreachable
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.listing import Listing, QueueSort
from backend_client.models.requests import QueueCounts, QueueGroup, RequestRow, RequestStatus
from tests.client.answering import refusal
from tests.factories import NOW, make_owner, make_row
from tests.unit.services.house import house, running, until
from tests.unit.services.scripted_server import ME, ScriptedServer

ALL = QueueGroup.ALL


def later(row: RequestRow, **changes: object) -> RequestRow:
    return msgspec.structs.replace(row, version=row.version + 1, **changes)


async def test_a_page_is_the_server_s_word(tmp_path: Path) -> None:
    rows = [make_row() for _ in range(60)]
    async with house(tmp_path, ScriptedServer(*rows)) as home:
        first = await home.requests.page(ALL)
        second = await home.requests.page(ALL, cursor=first.next_cursor)
    assert first.rows + second.rows == rows
    assert first.as_of is None
    assert second.next_cursor is None


async def test_without_the_server_the_list_is_read_from_the_cache_with_its_time(
    tmp_path: Path,
) -> None:
    rows = [make_row(full_name="Семёнова Ольга"), make_row()]
    server = ScriptedServer(*rows)
    async with house(tmp_path, server) as home:
        await home.requests.page(ALL)
    server.is_down = True
    async with house(tmp_path, server) as home:
        page = await home.requests.page(ALL)
        found = await home.requests.page(ALL, "семенова")
        with pytest.raises(Unreachable):
            await home.requests.page(QueueGroup.MINE)
        with pytest.raises(Unreachable):
            await home.requests.page(ALL, cursor="50")
    assert (page.rows, page.as_of, page.next_cursor) == (rows, NOW, None)
    assert found.rows == rows[:1]


async def test_without_the_server_a_list_stands_in_the_order_that_its_header_claims(
    tmp_path: Path,
) -> None:
    names = ["Шубин", "Ёлкин", "Жуков"]
    server = ScriptedServer(*(make_row(full_name=name) for name in names))
    async with house(tmp_path, server) as home:
        await home.requests.page(ALL)
        home.go_offline()
        by_name = Listing(sort=QueueSort.PATIENT)
        page = await home.requests.listed(by_name)
        back = await home.requests.listed(msgspec.structs.replace(by_name, descending=True))
    assert [row.patient.full_name for row in page.rows] == ["Ёлкин", "Жуков", "Шубин"]
    assert back.rows == page.rows[::-1]
    assert page.as_of == NOW


async def test_while_the_server_is_known_to_be_away_nobody_waits_for_it(tmp_path: Path) -> None:
    server = ScriptedServer(make_row())
    async with house(tmp_path, server) as home:
        await home.requests.page(ALL)
        row_id = next(iter(server.rows))
        await home.requests.card(row_id)
        home.go_offline()
        server.is_down = False
        asked = len(server.asked)
        assert (await home.requests.page(ALL)).as_of == NOW
        assert (await home.requests.card(row_id)).as_of == NOW
        assert len(server.asked) == asked


async def test_a_server_that_refuses_is_not_covered_up_by_the_cache(tmp_path: Path) -> None:
    server = ScriptedServer(make_row())
    async with house(tmp_path, server) as home:
        await home.requests.page(ALL)
        server.fault = refusal(403, ProblemCode.FORBIDDEN)
        with pytest.raises(Forbidden):
            await home.requests.page(ALL)
        server.fault = refusal(500)
        assert (await home.requests.page(ALL)).as_of == NOW


async def test_a_card_and_the_counts_are_kept_too(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home:
        fresh = await home.requests.card(row.id)
        counts = await home.requests.counts()
        server.is_down = True
        kept = await home.requests.card(row.id)
        assert await home.requests.counts() == counts
        with pytest.raises(Unreachable):
            await home.requests.card(RequestId("never-read"))
        server.is_down = False
        with pytest.raises(NotFound):
            await home.requests.card(RequestId("never-read"))
    assert fresh.as_of is None
    assert kept.card == fresh.card
    assert kept.as_of == NOW


async def test_one_s_own_claim_comes_back_by_the_road_of_all_changes(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as home:
        heard: list[RequestRow] = []
        home.requests.changed.subscribe(heard.append)
        card = await home.requests.claim(row.id)
    assert heard == [card.row]
    assert card.row.status is RequestStatus.CLAIMED


async def test_a_claim_that_came_too_late_names_the_owner(tmp_path: Path) -> None:
    row = make_row(owner=make_owner("Орлов П. И.", is_me=False))
    async with house(tmp_path, ScriptedServer(row)) as home:
        with pytest.raises(Conflict) as raised:
            await home.requests.claim(row.id)
    assert raised.value.owner_name == "Орлов П. И."


async def test_a_claim_is_refused_without_the_server_and_nothing_waits(tmp_path: Path) -> None:
    """It would surprise the doctor who has gone on to another case."""
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as home:
        home.go_offline()
        with pytest.raises(Unreachable):
            await home.requests.claim(row.id)
        assert await home.outgoing.waiting() == ()


async def test_a_release_waits_for_the_server_and_goes_before_a_new_claim(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home:
        home.go_offline()
        assert await home.requests.release(row.id) is False
        server.is_down = False
        card = await home.requests.claim(row.id)
        assert await home.outgoing.waiting() == ()
    assert server.done == [f"release {row.id}", f"claim {row.id}"]
    assert card.row.owner is not None


async def test_a_release_that_the_server_refuses_is_told_to_who_asked(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as home:
        refusals: list[object] = []
        home.outgoing.refused.subscribe(refusals.append)
        with pytest.raises(Conflict):
            await home.requests.release(row.id)
        assert await home.outgoing.waiting() == ()
    assert refusals == []


async def test_an_event_that_overtakes_a_list_counts_for_more(tmp_path: Path) -> None:
    """The list was made before the changes, and arrives after them."""
    changed, gone, same = make_row(), make_row(), make_row()
    server = ScriptedServer(changed, gone, same)
    new = later(changed, status=RequestStatus.CLAIMED)
    async with house(tmp_path, server) as home:
        server.may_answer.clear()
        reading = asyncio.create_task(home.requests.page(ALL))
        await until(lambda: server.calls_of("/requests") == 1)
        home.requests.hear(changed.id, new)
        home.requests.hear(gone.id, None)
        home.requests.hear(same.id, msgspec.structs.replace(same, version=0))
        server.may_answer.set()
        page = await reading
    assert page.rows == [new, same]


async def test_an_event_that_comes_after_a_newer_answer_does_not_turn_the_row_back(
    tmp_path: Path,
) -> None:
    row = make_row()
    versions: list[int] = []
    async with house(tmp_path, ScriptedServer(row)) as home:
        home.requests.changed.subscribe(lambda row: versions.append(row.version))
        await home.requests.claim(row.id)
        home.requests.hear(row.id, row)
        home.requests.missed_something()  # the server was set back to an older copy
        home.requests.hear(row.id, row)
    assert versions == [2, 1]


async def test_of_two_states_of_one_version_the_later_number_stays(tmp_path: Path) -> None:
    """The patient came and went: neither makes what a doctor has seen stale, so neither counts as
    a version."""
    row = make_row(seq=10)
    came, went = (msgspec.structs.replace(row, seq=number) for number in (11, 12))
    server = ScriptedServer(row)
    told: list[int] = []
    async with house(tmp_path, server) as home:
        home.requests.changed.subscribe(lambda row: told.append(row.seq))
        server.may_answer.clear()
        reading = asyncio.create_task(home.requests.page(ALL))
        await until(lambda: server.calls_of("/requests") == 1)
        home.requests.hear(row.id, went)
        home.requests.hear(row.id, came)
        server.may_answer.set()
        page = await reading
    assert told == [12]
    assert page.rows == [went]


async def test_what_was_heard_is_kept_for_the_next_start(tmp_path: Path) -> None:
    kept, gone = make_row(), make_row()
    server = ScriptedServer(kept, gone)
    new = later(kept, status=RequestStatus.CLAIMED)
    async with house(tmp_path, server) as home:
        await home.requests.page(ALL)
        home.requests.hear(kept.id, new)
        home.requests.hear(gone.id, None)
        await home.requests.save_heard()
    server.is_down = True
    async with house(tmp_path, server) as home:
        assert (await home.requests.page(ALL)).rows == [new]


async def test_gone_and_changed_are_told_apart(tmp_path: Path) -> None:
    row = make_row()
    told: list[object] = []
    async with house(tmp_path, ScriptedServer()) as home:
        home.requests.changed.subscribe(told.append)
        home.requests.gone.subscribe(told.append)
        home.requests.hear(row.id, row)
        home.requests.hear(row.id, None)
    assert told == [row, row.id]


async def test_counts_are_read_once_a_second_however_many_changes_come(tmp_path: Path) -> None:
    rows = [make_row() for _ in range(20)]
    server = ScriptedServer(*rows)
    told: list[QueueCounts] = []
    async with house(tmp_path, server) as home, running(home.requests.keep_up()):
        home.requests.counts_changed.subscribe(told.append)
        for row in rows:
            home.requests.hear(row.id, row)
        await until(lambda: home.counts_sleep.asked == [1.0])
        for row in rows:
            home.requests.hear(row.id, later(row))
        await home.settle()
        assert server.calls_of("/counts") == 1
        home.counts_sleep.pass_time()
        await until(lambda: home.counts_sleep.asked == [1.0, 1.0])
        home.counts_sleep.pass_time()
        await home.settle()
    assert server.calls_of("/counts") == 2
    assert len(told) == 2


async def test_counts_that_cannot_be_read_do_not_end_the_keeping_up(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    server.fault = refusal(403, ProblemCode.FORBIDDEN)
    told: list[QueueCounts] = []
    async with house(tmp_path, server) as home, running(home.requests.keep_up()):
        home.requests.counts_changed.subscribe(told.append)
        home.requests.hear(row.id, row)
        await until(lambda: home.counts_sleep.asked == [1.0])
        server.fault = None
        home.requests.hear(row.id, later(row))
        home.counts_sleep.pass_time()
        await until(lambda: len(told) == 1)


async def test_lists_are_read_again_only_where_they_were_read_before(tmp_path: Path) -> None:
    told: list[None] = []
    async with house(tmp_path, ScriptedServer(make_row())) as home:
        home.requests.reload_needed.subscribe(told.append)
        home.requests.missed_something()
        assert told == []
        await home.requests.page(ALL)
        home.requests.missed_something()
    assert told == [None]


async def test_a_damaged_store_does_not_hide_the_server(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as home:
        await home.database.close()
        assert (await home.requests.page(ALL)).rows == [row]
        assert (await home.requests.card(row.id)).as_of is None
        home.server.fault = refusal(500)
        with pytest.raises(ServerFault):
            await home.requests.page(ALL)
