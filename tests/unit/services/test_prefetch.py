"""The next cases, fetched ahead: in order, within limits, never before what the doctor wants."""

import asyncio
from pathlib import Path
from typing import cast

import msgspec
import pytest

from backend_client.errors import TimedOut
from backend_client.models.common import RequestId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import Consent, ConsentKind, RequestCard, RequestRow
from tests.factories import NOW, make_row
from tests.unit.services.house import until
from tests.unit.services.prefetch_scene import PIECES, SlowServer, a_file, scene
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import CallPhase
from workstation.services.annotations import AnnotationService
from workstation.services.answers import CasesAhead
from workstation.services.case_ahead import PrefetchLimits
from workstation.services.open_ahead import OpenAhead
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile

KIB = 1024


def three() -> tuple[SlowServer, list[RequestRow], list[Document]]:
    """Three cases of one ECG each."""
    rows = [make_row() for _ in range(3)]
    server = SlowServer(*rows)
    return server, rows, [a_file(server, row, row.id.encode() * 100) for row in rows]


def ids(rows: list[RequestRow]) -> list[RequestId]:
    return [row.id for row in rows]


async def test_three_cases_come_cards_first_then_files_and_each_step_is_told(
    tmp_path: Path,
) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
    cards = [f"GET /requests/{row.id}" for row in rows]
    files = [f"GET /documents/{document.id}/content" for document in documents]
    assert server.asked == cards + files
    assert [(one.ready, one.wanted) for one in at.told] == [(0, 3), (1, 3), (2, 3), (3, 3)]


class MeasuredAhead:
    """Of the first case the server says nothing."""

    def __init__(self) -> None:
        self.asked: list[RequestId] = []

    async def keep_ahead(self, request_id: RequestId) -> None:
        self.asked.append(request_id)
        if len(self.asked) == 1:
            raise TimedOut("x")


async def test_what_was_measured_comes_with_the_cards(tmp_path: Path) -> None:
    """So that it is seen without a connection; without it a case is as ready."""
    server, rows, _ = three()
    measured = MeasuredAhead()
    async with scene(tmp_path, server, annotations=cast(AnnotationService, measured)) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
    assert measured.asked == ids(rows)


async def test_what_is_fetched_ahead_is_not_marked_as_opened(tmp_path: Path) -> None:
    """The doctor has not seen it."""
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        await at.home.outgoing.drain()
        assert server.done == []
        await at.home.studies.open(documents[0])
        await at.home.settle()
        await at.home.outgoing.drain()
    assert server.done == [f"opened {documents[0].id}"]


async def test_a_prefetched_case_opens_without_the_server_and_without_the_decoder(
    tmp_path: Path,
) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        server.may_answer.clear()
        given = list(at.opener.given)
        card = (await at.home.requests.card(rows[1].id)).card
        assert card.documents == [documents[1]]
        study = await at.home.studies.open(documents[1])
        assert at.opener.given == given
        await study.close()
        server.may_answer.set()
    assert at.opener.closed.count(rows[1].id.encode() * 100) == 1


async def test_files_come_in_the_order_in_which_the_review_opens_them(tmp_path: Path) -> None:
    row = make_row()
    server = SlowServer(row)
    kinds = (DocumentKind.PDF, DocumentKind.ECG, DocumentKind.CLIP, DocumentKind.PDF)
    for place, kind in enumerate(kinds):
        a_file(server, row, bytes([place]) * 100, kind)
    async with scene(tmp_path, server, limits=PrefetchLimits(open_files=3)) as at:
        at.prefetch.show_next([row.id])
        await until(lambda: at.is_ready(1))
    assert [content[0] for content in at.opener.given] == [2, 1, 0]  # the last one is fetched only
    assert server.calls_of("/content") == 4


@pytest.mark.parametrize(
    ("limits", "fetched_kib"),
    [
        (PrefetchLimits(file_bytes=20 * KIB), [10, 20, 20]),
        (PrefetchLimits(case_bytes=50 * KIB), [10, 30, 20, 30]),
        (PrefetchLimits(total_bytes=70 * KIB), [10, 30, 20]),
        (PrefetchLimits(cases=1), [10, 30, 20]),
    ],
)
async def test_what_is_beyond_a_limit_is_left_to_opening(
    tmp_path: Path, limits: PrefetchLimits, fetched_kib: list[int]
) -> None:
    rows = [make_row(), make_row()]
    server = SlowServer(*rows)
    for row, sizes in zip(rows, ([10, 30, 20], [20, 30]), strict=True):
        for place, size in enumerate(sizes):
            kind = DocumentKind.PDF if place else DocumentKind.CLIP
            a_file(server, row, bytes([place]) * size * KIB, kind)
    async with scene(tmp_path, server, limits=limits) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(min(limits.cases, 2)))
        assert [len(content) // KIB for content in at.opener.given] == fetched_kib


async def test_without_room_in_memory_the_bytes_on_the_disk_have_to_do(tmp_path: Path) -> None:
    """What comes sooner is not closed for what comes later."""
    server, rows, documents = three()
    size = documents[0].size
    async with scene(tmp_path, server, ahead=OpenAhead(most_bytes=2 * size)) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        shelf = at.home.studies.ahead
        assert [shelf.has(one) for one in documents] == [True, True, False]
        assert shelf.held_bytes <= 2 * size
        server.is_down = True
        await at.home.studies.open(documents[2])


async def test_what_is_wanted_no_more_goes_when_its_room_is_needed(tmp_path: Path) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server, ahead=OpenAhead(most=1)) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: at.is_ready(1))
        at.prefetch.show_next([rows[1].id])
        await until(lambda: at.is_ready(1) and at.home.studies.ahead.has(documents[1]))
        await until(lambda: at.opener.closed == [rows[0].id.encode() * 100])


async def test_a_transfer_ahead_stops_while_the_doctor_opens_another_file(tmp_path: Path) -> None:
    """It is gone on with where it stopped, once the doctor has what he asked for."""
    server, rows, documents = three()
    ahead, wanted = documents[0], documents[2]
    let_ahead_go, let_wanted_go = server.hold(ahead), server.hold(wanted)
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: server.sent.get(ahead.id) == 1)
        opening = asyncio.create_task(at.home.studies.open(wanted))
        await until(lambda: server.sent.get(wanted.id) == 1)
        await until(lambda: ahead.id in server.left)
        let_ahead_go.set()
        asked = len(server.asked)
        await at.home.settle()
        assert len(server.asked) == asked  # nothing else is begun
        let_wanted_go.set()
        await opening
        await until(lambda: at.is_ready(1))
    assert server.ranges == [f"bytes={-(-ahead.size // PIECES)}-"]
    assert at.opener.given[-1] == rows[0].id.encode() * 100


async def test_opening_the_very_file_that_is_on_its_way_joins_it(tmp_path: Path) -> None:
    server, rows, documents = three()
    let_go = server.hold(documents[0])
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: server.sent.get(documents[0].id) == 1)
        opening = asyncio.create_task(at.home.studies.open(documents[0]))
        await until(lambda: at.home.studies.is_opening)
        at.prefetch.show_next([rows[1].id])  # it is the doctor's now
        let_go.set()
        study = await opening
        await study.close()
    assert server.calls_of(f"{documents[0].id}/content") == 1
    assert server.left == []
    assert at.opener.given.count(rows[0].id.encode() * 100) == 1


async def test_a_doctor_who_gives_up_leaves_the_transfer_to_the_prefetch(tmp_path: Path) -> None:
    server, rows, documents = three()
    let_go = server.hold(documents[0])
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: server.sent.get(documents[0].id) == 1)
        opening = asyncio.create_task(at.home.studies.open(documents[0]))
        await until(lambda: at.home.studies.is_opening)
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        let_go.set()
        await until(lambda: at.is_ready(1))
    assert server.calls_of(f"{documents[0].id}/content") == 1


async def test_a_case_that_is_let_go_stops_its_transfer(tmp_path: Path) -> None:
    server, rows, documents = three()
    server.hold(documents[0])
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: server.sent.get(documents[0].id) == 1)
        at.prefetch.show_next([rows[1].id])
        await until(lambda: at.is_ready(1))
    assert server.left == [documents[0].id]
    assert [file.suffix for file in at.home.blobs_folder.iterdir()] == [".blob"]


async def test_the_other_files_of_the_open_case_come_first_and_are_not_opened(
    tmp_path: Path,
) -> None:
    server, rows, documents = three()
    paper = a_file(server, rows[2], b"paper" * 100, DocumentKind.PDF)
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows), current=rows[2].id)
        await until(lambda: at.is_ready(2))
        files = [one.split("/")[2] for one in server.asked if one.endswith("/content")]
        assert files == [one.id for one in (documents[2], paper, *documents[:2])]
        assert [at.home.studies.ahead.has(one) for one in documents] == [True, True, False]


async def test_a_case_that_was_left_is_opened_ahead_again(tmp_path: Path) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        await (await at.home.studies.open(documents[0])).close()
        at.prefetch.show_next(ids(rows), current=rows[0].id)
        await until(lambda: at.is_ready(2))
        at.prefetch.show_next(ids(rows))
        assert at.prefetch.ahead == CasesAhead(2, 3)
        await until(lambda: at.is_ready(3))
        assert at.home.studies.ahead.has(documents[0])


async def test_nothing_is_fetched_ahead_in_a_call(tmp_path: Path) -> None:
    """The link is the call's."""
    server, rows, documents = three()
    let_go = server.hold(documents[0])
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: server.sent.get(documents[0].id) == 1)
        at.calls.become(CallPhase.RINGING, rows[0])
        await until(lambda: server.left == [documents[0].id])
        asked = len(server.asked)
        at.prefetch.show_next(ids(rows))
        await at.home.settle()
        assert len(server.asked) == asked
        let_go.set()
        at.calls.become(CallPhase.OVER, rows[0])
        await until(lambda: at.is_ready(3))


async def test_nothing_is_fetched_ahead_without_a_connection(tmp_path: Path) -> None:
    server, rows, _ = three()
    async with scene(tmp_path, server) as at:
        at.home.go_offline()
        at.prefetch.show_next(ids(rows))
        await at.home.settle()
        assert server.asked == []
        assert at.prefetch.ahead == CasesAhead(0, 3)
        server.is_down = False
        at.home.link.set(ConnectionState(Link.ONLINE, NOW))
        await until(lambda: at.is_ready(3))


async def test_what_failed_is_tried_again_when_the_connection_is_back(tmp_path: Path) -> None:
    server, rows, _ = three()
    server.is_down = True
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await at.home.settle()
        at.home.go_offline()
        server.is_down = False
        at.home.link.set(ConnectionState(Link.ONLINE, NOW))
        await until(lambda: at.is_ready(3))


async def test_a_changed_row_has_its_card_read_again(tmp_path: Path) -> None:
    server, rows, _ = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        newer = msgspec.structs.replace(rows[0], version=2, life_threat=True)
        server.rows[newer.id] = newer
        at.home.requests.hear(newer.id, newer)
        assert at.prefetch.ahead == CasesAhead(2, 3)
        await until(lambda: at.is_ready(3))
        asked = len(server.asked)
        assert (await at.home.requests.card(newer.id)).card.row.life_threat
        assert len(server.asked) == asked
    assert server.calls_of("/content") == 3


async def test_a_card_that_was_overtaken_by_an_event_is_not_trusted(tmp_path: Path) -> None:
    server, rows, _ = three()
    newer = msgspec.structs.replace(rows[0], version=2)
    server.may_answer.clear()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([rows[0].id])
        await until(lambda: server.asked != [])
        at.home.requests.hear(newer.id, newer)
        server.may_answer.set()
        await until(lambda: server.calls_of(f"/requests/{newer.id}") == 2)
        server.rows[newer.id] = newer
        at.home.requests.hear(newer.id, msgspec.structs.replace(newer, version=3))
        await until(lambda: server.calls_of(f"/requests/{newer.id}") >= 3)


async def test_what_is_out_of_sight_is_closed_and_forgotten(tmp_path: Path) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        at.home.requests.hear(rows[1].id, None)
        assert at.prefetch.ahead == CasesAhead(2, 2)
        assert not at.home.studies.ahead.has(documents[1])
        await until(lambda: at.opener.closed == [rows[1].id.encode() * 100])
        del server.rows[rows[1].id]
        asked = len(server.asked)
        await at.home.settle()
        assert len(server.asked) == asked


class WithdrawnServer(SlowServer):
    """The patient has withdrawn a consent of every request of version 2."""

    def card_of(self, row: RequestRow) -> RequestCard:
        card = super().card_of(row)
        if row.version < 2:
            return card
        kind = ConsentKind.INTERVENTION
        withdrawn = Consent(kind=kind, text_version="1", given_at=NOW, withdrawn_at=NOW)
        return msgspec.structs.replace(card, consents=[withdrawn])


async def test_a_withdrawn_consent_closes_what_was_opened_ahead(tmp_path: Path) -> None:
    """SPB-13: at once, and nothing is fetched again."""
    row = make_row()
    server = WithdrawnServer(row)
    document = a_file(server, row, b"x" * 100)
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next([row.id])
        await until(lambda: at.is_ready(1))
        missing = [ConsentKind.INTERVENTION]
        newer = msgspec.structs.replace(row, version=2, missing_consents=missing)
        server.rows[row.id] = newer
        at.home.requests.hear(row.id, newer)
        assert not at.home.studies.ahead.has(document)
        await until(lambda: at.is_ready(1))
        assert not at.home.studies.ahead.has(document)
    assert len(at.opener.given) == 1


async def test_a_consent_that_was_never_there_takes_nothing_away(tmp_path: Path) -> None:
    server, rows, documents = three()
    lacking = msgspec.structs.replace(rows[0], missing_consents=[ConsentKind.INTERVENTION])
    server.rows[lacking.id] = lacking
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        newer = msgspec.structs.replace(lacking, version=2)
        server.rows[newer.id] = newer
        at.home.requests.hear(newer.id, newer)
        assert at.home.studies.ahead.has(documents[0])
        await until(lambda: at.is_ready(3))
    assert len(at.opener.given) == 3


async def test_a_restarted_decoder_opens_what_is_wanted_again(tmp_path: Path) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        at.opener.restarted.emit(DecoderStopped(StopReason.CRASHED))
        assert not any(at.home.studies.ahead.has(one) for one in documents)
        await until(lambda: at.is_ready(3))
        assert all(at.home.studies.ahead.has(one) for one in documents)
    assert server.calls_of("/content") == 3


@pytest.mark.parametrize(
    "error", [DecoderStopped(StopReason.CRASHED), UnreadableFile(Unreadable.TRUNCATED)]
)
async def test_a_file_that_cannot_be_opened_is_left_to_the_doctor(
    tmp_path: Path, error: Exception
) -> None:
    """It is not given to the decoder again and again, and costs the others nothing."""
    server, rows, _ = three()
    async with scene(tmp_path, server) as at:
        bad = rows[0].id.encode() * 100
        at.opener.errors[bad] = error
        at.prefetch.show_next(ids(rows))
        await until(lambda: at.is_ready(3))
        assert at.opener.given.count(bad) == 1
        at.opener.restarted.emit(DecoderStopped(StopReason.CRASHED))
        await until(lambda: at.is_ready(3))
        assert at.opener.given.count(bad) == 1


async def test_memory_that_is_short_is_taken_from_what_nobody_asked_for(tmp_path: Path) -> None:
    server, rows, documents = three()
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows[:2]))
        await until(lambda: at.is_ready(2))
        content = rows[2].id.encode() * 100
        at.opener.errors[content] = UnreadableFile(Unreadable.OUT_OF_MEMORY)
        study = await at.home.studies.open(documents[2])
        assert len(at.opener.closed) == 2
        await study.close()


async def test_a_mistake_in_what_is_ahead_does_not_end_the_rest(tmp_path: Path) -> None:
    server, rows, _ = three()
    async with scene(tmp_path, server) as at:
        at.opener.errors[rows[0].id.encode() * 100] = KeyError("made up")
        at.prefetch.show_next([rows[0].id])
        await until(lambda: len(at.opener.given) == 1)
        await at.home.settle()
        at.prefetch.show_next(ids(rows[1:]))
        await until(lambda: at.is_ready(2))


async def test_with_the_account_everything_is_closed(tmp_path: Path) -> None:
    server, rows, documents = three()
    server.hold(documents[2])
    async with scene(tmp_path, server) as at:
        at.prefetch.show_next(ids(rows))
        await until(lambda: server.sent.get(documents[2].id) == 1)
    assert len(at.opener.closed) == 2
    assert at.home.studies.ahead.count == 0
    assert {file.suffix for file in at.home.blobs_folder.iterdir()} == {".blob"}
