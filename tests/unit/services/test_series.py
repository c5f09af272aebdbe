"""A series that came in many files: fetched side by side, opened as one, marked in one call."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from backend_client.errors import Conflict, NotFound, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.documents import Document, DocumentKind
from tests.client.answering import refusal
from tests.factories import NOW, make_document, make_row
from tests.unit.services.house import DAMAGED, House, house, running, until
from tests.unit.services.scripted_server import ScriptedServer
from workstation.core.pending_action import PendingKind
from workstation.services.answers import DownloadProgress
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile

COUNT = 20
ROW = make_row()


def content_of(number: int) -> bytes:
    return b"slice %03d " % number * 500


def slice_document(number: int, content: bytes) -> Document:
    made = make_document(
        content=content, request_id=ROW.id, kind=DocumentKind.IMAGE, title=f"IM{number}"
    )
    when = NOW + timedelta(seconds=number)
    return msgspec.structs.replace(made, series_uid="1.2.3", modality="CT", uploaded_at=when)


class Series:
    """A server with the slices of one series."""

    def __init__(self, count: int = COUNT, damaged: tuple[int, ...] = ()) -> None:
        self.server = ScriptedServer(ROW)
        self.contents = [DAMAGED if n in damaged else content_of(n) for n in range(count)]
        self.parts = tuple(slice_document(n, one) for n, one in enumerate(self.contents))
        for part, content in zip(self.parts, self.contents, strict=True):
            self.server.add_document(part, content)

    @property
    def size(self) -> int:
        return sum(map(len, self.contents))


async def test_all_parts_are_given_to_the_decoder_at_once_and_in_order(tmp_path: Path) -> None:
    made = Series()
    async with house(tmp_path, made.server) as home:
        opened = await home.studies.open_series(made.parts)
    assert home.opener.given_series == [made.contents]
    assert (opened.parts, opened.shown, opened.not_fetched, opened.unreadable) == (
        made.parts,
        made.parts,
        (),
        0,
    )


async def test_progress_is_of_the_whole_in_bytes(tmp_path: Path) -> None:
    made, heard = Series(), list[DownloadProgress]()
    async with house(tmp_path, made.server) as home:
        home.studies.progress.subscribe(heard.append)
        await home.studies.open_series(made.parts)
    assert {one.document_id for one in heard} == {made.parts[0].id}
    assert {one.total for one in heard} == {made.size}
    received = [one.received for one in heard]
    assert received == sorted(received)
    assert received[-1] == made.size


async def test_slices_are_marked_in_one_call_and_come_back_opened(tmp_path: Path) -> None:
    """OZ-4: 500 slices are one order, also where it has waited for the connection."""
    made = Series()
    async with house(tmp_path, made.server) as home:
        await home.requests.card(ROW.id)
        await home.studies.open_series(made.parts)
        await home.studies.open_series(made.parts)
        (order,) = await home.outgoing.waiting()
        assert (order.kind, order.target) == (PendingKind.MARK_OPENED, made.parts[0].id)
        await home.outgoing.drain()
        home.go_offline()
        card = (await home.requests.card(ROW.id)).card
    assert made.server.opened_together == [[one.id for one in made.parts]]
    assert all(one.opened for one in card.documents)


async def test_a_mark_of_an_earlier_run_of_the_program_is_sent_whole(tmp_path: Path) -> None:
    made = Series(3)
    async with house(tmp_path, made.server) as home:
        await home.studies.open_series(made.parts)
    async with house(tmp_path, made.server) as home:
        await home.outgoing.drain()
    assert made.server.opened_together == [[one.id for one in made.parts]]


async def test_a_series_that_was_fetched_opens_without_the_server(tmp_path: Path) -> None:
    made = Series()
    async with house(tmp_path, made.server) as home:
        await home.studies.open_series(made.parts)
        home.go_offline()
        await home.studies.open_series(made.parts)
    assert home.opener.given_series == [made.contents] * 2
    assert made.server.calls_of("/content") == COUNT


async def test_what_cannot_be_had_or_read_is_named_and_not_marked(tmp_path: Path) -> None:
    """One is gone, one arrives changed, one holds no slice: the rest is shown."""
    made = Series(damaged=(7,))
    gone, changed, unreadable = made.parts[3], made.parts[5], made.parts[7]
    made.server.refused_content[gone.id] = refusal(404)
    made.server.documents[changed.id] = (changed, b"other bytes" * 500)
    async with house(tmp_path, made.server) as home:
        opened = await home.studies.open_series(made.parts)
        await home.outgoing.drain()
    assert opened.not_fetched == (gone, changed)
    assert opened.unreadable == 1
    assert opened.shown == tuple(
        one for one in made.parts if one not in (gone, changed, unreadable)
    )
    assert opened.parts[6] == made.parts[8]
    assert made.server.opened_together == [[one.id for one in opened.shown]]


async def test_a_slice_that_was_sent_twice_counts_as_seen(tmp_path: Path) -> None:
    made = Series(3)
    twin = slice_document(9, made.contents[1])
    made.server.add_document(twin, made.contents[1])
    async with house(tmp_path, made.server) as home:
        opened = await home.studies.open_series((*made.parts, twin))
    assert opened.shown == (*made.parts, twin)


async def test_without_the_link_what_is_on_the_disk_is_shown_and_the_rest_named(
    tmp_path: Path,
) -> None:
    made = Series()
    async with house(tmp_path, made.server) as home:
        await home.studies.open_series(made.parts[:4])
        home.go_offline()
        opened = await home.studies.open_series(made.parts)
    assert (opened.parts, opened.not_fetched) == (made.parts[:4], made.parts[4:])


@pytest.mark.parametrize("error", [Unreachable, NotFound])
async def test_where_nothing_can_be_had_it_is_said_why(
    tmp_path: Path, error: type[Exception]
) -> None:
    made = Series(3)
    made.server.is_down = error is Unreachable
    made.server.refused_content = {one.id: refusal(404) for one in made.parts}
    async with house(tmp_path, made.server) as home:
        with pytest.raises(error):
            await home.studies.open_series(made.parts)
    assert home.opener.given_series == []


async def test_a_withdrawn_consent_closes_the_whole_series(tmp_path: Path) -> None:
    """SPB-13: not even what is on the way is shown."""
    made = Series()
    closed = refusal(409, ProblemCode.CONSENT_MISSING)
    made.server.refused_content[made.parts[-1].id] = closed
    async with house(tmp_path, made.server) as home:
        with pytest.raises(Conflict):
            await home.studies.open_series(made.parts)
    assert home.opener.given_series == []


async def test_more_than_memory_holds_is_refused_before_anything_is_fetched(
    tmp_path: Path,
) -> None:
    made = Series()
    async with house(tmp_path, made.server, largest=made.size - 1) as home:
        with pytest.raises(UnreadableFile) as refused:
            await home.studies.open_series(made.parts)
    assert refused.value.reason is Unreadable.SERIES_TOO_LARGE
    assert made.server.calls_of("/content") == 0


async def test_cancelled_half_way_nothing_is_open_and_nothing_is_marked(tmp_path: Path) -> None:
    made = Series()
    made.server.may_answer.clear()
    async with house(tmp_path, made.server) as home:
        async with running(_open(home, made)):
            await until(lambda: bool(made.server.asked))
        assert not home.studies.is_opening
        assert await home.outgoing.waiting() == ()
        assert not [one for one in asyncio.all_tasks() if one.get_name() == "series.part"]
    assert home.opener.stacks == []


async def _open(home: House, made: Series) -> None:
    await home.studies.open_series(made.parts)


async def test_a_decoder_that_stops_over_a_series_leaves_nothing_marked(tmp_path: Path) -> None:
    made = Series(2)
    async with house(tmp_path, made.server) as home:
        home.opener.error = DecoderStopped(StopReason.CRASHED)
        with pytest.raises(DecoderStopped):
            await home.studies.open_series(made.parts)
        assert await home.outgoing.waiting() == ()
