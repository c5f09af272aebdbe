"""Documents as studies: fetched once, kept encrypted, opened by the decoder, marked as seen."""

import asyncio
from pathlib import Path

import httpx
import pytest

from backend_client.errors import Corrupted, Unreachable
from backend_client.models.documents import Document
from tests.factories import make_document, make_row
from tests.unit.services.house import house, until
from tests.unit.services.scripted_server import ScriptedServer
from workstation.core.pending_action import PendingKind
from workstation.services.answers import DownloadProgress
from workstation.studies.errors import (
    DecoderStopped,
    StopReason,
    Unreadable,
    UnreadableFile,
)

CONTENT = b"made-up bytes" * 5000
ROW = make_row()
DOCUMENT = make_document(content=CONTENT, request_id=ROW.id)


def server_with(content: bytes = CONTENT) -> ScriptedServer:
    server = ScriptedServer(ROW)
    server.add_document(DOCUMENT, content)
    return server


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_document_is_fetched_opened_and_marked_as_seen(tmp_path: Path) -> None:
    server = server_with()
    progress: list[DownloadProgress] = []
    seen: list[Document] = []
    async with house(tmp_path, server) as home:
        home.studies.progress.subscribe(progress.append)
        home.studies.opened.subscribe(seen.append)
        study = await home.studies.open(DOCUMENT)
        assert study.kind.value == "ecg"
        assert home.opener.given == [CONTENT]
        await home.outgoing.drain()
    assert progress[-1] == DownloadProgress(DOCUMENT.id, len(CONTENT), len(CONTENT))
    assert server.done == [f"opened {DOCUMENT.id}"]
    assert [document.opened for document in seen] == [True]


async def test_a_document_that_was_fetched_opens_without_the_server(tmp_path: Path) -> None:
    server = server_with()
    async with house(tmp_path, server) as home:
        await home.requests.card(ROW.id)
        await home.studies.open(DOCUMENT)
    server.is_down = True
    async with house(tmp_path, server) as home:
        home.go_offline()
        (document,) = (await home.requests.card(ROW.id)).card.documents
        await home.studies.open(document)
        assert home.opener.given == [CONTENT]
    assert server.calls_of("/content") == 1
    for file in files_in(home.blobs_folder):
        assert CONTENT[:26] not in await asyncio.to_thread(file.read_bytes)


async def test_what_was_seen_offline_is_told_later_and_once(tmp_path: Path) -> None:
    server = server_with()
    async with house(tmp_path, server) as home:
        await home.studies.content(DOCUMENT)
        home.go_offline()
        for _ in range(2):
            await home.studies.open(DOCUMENT)
        waiting = await home.outgoing.waiting()
        assert [(one.kind, one.target) for one in waiting] == [
            (PendingKind.MARK_OPENED, DOCUMENT.id)
        ]
        server.is_down = False
        await home.outgoing.drain()
    assert server.done == [f"opened {DOCUMENT.id}"]


async def test_the_mark_comes_back_with_the_kept_card(tmp_path: Path) -> None:
    server = server_with()
    async with house(tmp_path, server) as home:
        await home.requests.card(ROW.id)
        await home.studies.open(DOCUMENT)
        await home.outgoing.drain()
        home.go_offline()
        (document,) = (await home.requests.card(ROW.id)).card.documents
        assert document.opened
        await home.studies.open(document)
        assert await home.outgoing.waiting() == ()


async def test_a_document_that_is_out_of_sight_costs_no_word_to_the_doctor(tmp_path: Path) -> None:
    server = server_with()
    refusals: list[object] = []
    async with house(tmp_path, server) as home:
        home.outgoing.refused.subscribe(refusals.append)
        await home.studies.open(DOCUMENT)
        server.documents.clear()
        await home.outgoing.drain()
        assert await home.outgoing.waiting() == ()
    assert refusals == []


async def test_opening_does_not_wait_for_the_mark(tmp_path: Path) -> None:
    server = server_with()
    async with house(tmp_path, server) as home:
        await home.studies.content(DOCUMENT)
        server.may_answer.clear()
        await home.studies.open(DOCUMENT)
        server.may_answer.set()
    assert server.done == []


async def test_one_document_asked_for_twice_at_once_is_fetched_once(tmp_path: Path) -> None:
    server = server_with()
    async with house(tmp_path, server) as home:
        await asyncio.gather(*(home.studies.open(DOCUMENT) for _ in range(3)))
        assert home.opener.given == [CONTENT] * 3
    assert server.calls_of("/content") == 1


async def test_a_damaged_arrival_is_fetched_again_and_then_reported(tmp_path: Path) -> None:
    server = server_with(CONTENT[:-1] + b"x")
    async with house(tmp_path, server) as home:
        with pytest.raises(Corrupted):
            await home.studies.open(DOCUMENT)
        assert home.opener.given == []
        assert files_in(home.blobs_folder) == []
    assert server.calls_of("/content") == 2


async def test_a_damaged_cached_file_is_fetched_anew(tmp_path: Path) -> None:
    server = server_with()
    async with house(tmp_path, server) as home:
        await home.studies.open(DOCUMENT)
        (file,) = files_in(home.blobs_folder)
        cut = (await asyncio.to_thread(file.read_bytes))[:-3]
        await asyncio.to_thread(file.write_bytes, cut)
        await home.studies.open(DOCUMENT)
        assert home.opener.given == [CONTENT] * 2
    assert server.calls_of("/content") == 2


async def test_a_disk_that_is_full_is_no_reason_not_to_show_the_file(tmp_path: Path) -> None:
    async with house(tmp_path, server_with()) as home:
        await asyncio.to_thread(home.blobs_folder.rmdir)
        await home.studies.open(DOCUMENT)
        assert home.opener.given == [CONTENT]


async def test_what_is_not_cached_cannot_be_opened_offline(tmp_path: Path) -> None:
    async with house(tmp_path, server_with()) as home:
        home.go_offline()
        with pytest.raises(Unreachable):
            await home.studies.open(DOCUMENT)
        assert await home.outgoing.waiting() == ()


async def test_a_file_that_cannot_be_shown_is_not_marked_as_seen(tmp_path: Path) -> None:
    async with house(tmp_path, server_with()) as home:
        home.opener.error = UnreadableFile(Unreadable.TRUNCATED)
        with pytest.raises(UnreadableFile):
            await home.studies.open(DOCUMENT)
        assert await home.outgoing.waiting() == ()


async def test_a_file_beyond_all_measure_is_not_fetched(tmp_path: Path) -> None:
    server = server_with()
    huge = make_document(id=DOCUMENT.id, size=2 * 1024**3)
    async with house(tmp_path, server) as home:
        with pytest.raises(UnreadableFile) as raised:
            await home.studies.open(huge)
    assert raised.value.reason is Unreadable.TOO_LARGE
    assert server.asked == []


async def test_the_least_recently_used_files_make_room(tmp_path: Path) -> None:
    other = make_document(content=b"other" * 5000)
    server = server_with()
    server.add_document(other, b"other" * 5000)
    async with house(tmp_path, server, blobs_limit=80_000) as home:
        await home.studies.content(DOCUMENT)
        await home.studies.content(other)
        assert len(files_in(home.blobs_folder)) == 1


async def test_a_doctor_who_goes_on_leaves_nothing_half_fetched(tmp_path: Path) -> None:
    server = server_with()
    server.may_answer.clear()
    async with house(tmp_path, server) as home:
        task = asyncio.create_task(home.studies.open(DOCUMENT))
        await until(lambda: server.calls_of("/content") == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert files_in(home.blobs_folder) == []
        server.may_answer.set()
        await home.studies.open(DOCUMENT)


async def test_the_decoder_s_restarts_are_passed_on(tmp_path: Path) -> None:
    told: list[DecoderStopped] = []
    async with house(tmp_path, server_with()) as home:
        home.studies.decoder_restarted.subscribe(told.append)
        stopped = DecoderStopped(StopReason.CRASHED)
        home.opener.restarted.emit(stopped)
    assert told == [stopped]


async def test_a_glance_is_not_seeing_and_is_over_at_once(tmp_path: Path) -> None:
    """For a small picture beside another file: nobody is told that it was opened."""
    server = server_with()
    async with house(tmp_path, server) as home:
        async with home.studies.glance(DOCUMENT) as study:
            assert home.opener.given == [CONTENT]
            assert study.kind.value == "ecg"
        await home.outgoing.drain()
    assert server.done == []


class HoldsBack(ScriptedServer):
    """Answers at once, but for one document."""

    def __init__(self, held: Document) -> None:
        super().__init__(ROW)
        self.may_give = asyncio.Event()
        self._held = held.id

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self._held in request.url.path:
            await self.may_give.wait()
        return await super().__call__(request)


@pytest.mark.parametrize("is_kept", [False, True], ids=["comes-in-one-piece", "is-on-the-disk"])
async def test_a_glance_gives_way_to_what_the_doctor_waits_for(
    tmp_path: Path, *, is_kept: bool
) -> None:
    """Though its bytes could be had before: it is gone on with when the doctor's file is here."""
    other = make_document(content=b"other" * 9, request_id=ROW.id)
    server = HoldsBack(other)
    server.add_document(DOCUMENT, CONTENT)
    server.add_document(other, b"other" * 9)
    async with house(tmp_path, server) as home, asyncio.TaskGroup() as tasks:

        async def glance() -> None:
            async with home.studies.glance(DOCUMENT):
                pass

        if is_kept:
            await home.studies.content(DOCUMENT)
        waited = tasks.create_task(home.studies.open(other))
        await until(lambda: home.studies.is_opening)
        small = tasks.create_task(glance())
        for _ in range(20):  # long enough to be fetched and opened
            await home.settle()
        assert home.opener.given == []
        server.may_give.set()
        await waited
        await small
        assert home.opener.given == [b"other" * 9, CONTENT]
