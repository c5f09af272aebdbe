"""Documents: bytes by range, and who has opened them."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import httpx
import msgspec
import pytest

from backend_client.models.common import API_PREFIX, DocumentId, ProblemCode, Wire
from backend_client.models.documents import MOST_ALSO, AlsoOpened, Document
from backend_client.models.requests import RequestCard
from tests.backend.clinic import (
    REQUEST,
    Caller,
    Clinic,
    ClinicMaker,
    a_catalogue,
    a_file,
    document_id,
    id_of,
    problem,
    read,
    write_catalogues,
)
from tests.backend.live import live
from tests.backend.test_consents import AGREED, KINDS, asking, say

CONTENT = bytes(range(256)) * 4096
FILE = a_file("ecg", CONTENT)
ETAG = f'"{hashlib.sha256(CONTENT).hexdigest()}"'
PATH = f"/documents/{document_id('20-0001', FILE)}"
LONG = a_file("ecg", bytes(32 * 1024 * 1024))
"""Far more than what lies between the server and its reader at any time."""


@asynccontextmanager
async def clinic_with_file(clinics: ClinicMaker) -> AsyncIterator[tuple[Clinic, Caller]]:
    async with clinics.open(replace(REQUEST, files=(FILE,))) as clinic:
        yield clinic, await clinic.caller()


async def ranged(caller: Caller, asked: str, if_range: str | None = None) -> httpx.Response:
    headers = {"Range": asked} | ({} if if_range is None else {"If-Range": if_range})
    return await caller.get(f"{PATH}/content", headers=headers)


async def test_whole_file_comes_as_nothing_that_a_browser_runs(clinics: ClinicMaker) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        answer = await caller.get(f"{PATH}/content")
    assert answer.status_code == 200
    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["etag"] == ETAG


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=1048000-", 1048000, 1048576), ("bytes=-7", 1048569, 1048576)],
)
async def test_range_comes_alone(clinics: ClinicMaker, asked: str, start: int, end: int) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        answer = await ranged(caller, asked)
    assert answer.status_code == 206
    assert answer.content == CONTENT[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(end - start)


async def test_download_cut_in_pieces_is_the_same_file(clinics: ClinicMaker) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        pieces = b""
        while len(pieces) < len(CONTENT):
            end = len(pieces) + 300_000
            piece = await ranged(caller, f"bytes={len(pieces)}-{end - 1}", if_range=ETAG)
            assert piece.status_code == 206
            pieces += piece.content
    assert pieces == CONTENT


async def test_file_that_has_changed_is_sent_whole(clinics: ClinicMaker) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        answer = await ranged(caller, "bytes=5-9", if_range='"old"')
    assert (answer.status_code, answer.content) == (200, CONTENT)


async def test_range_behind_the_end_says_how_long_the_file_is(clinics: ClinicMaker) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        answer = await ranged(caller, f"bytes={len(CONTENT)}-")
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(CONTENT)}"
    assert problem(answer).code is ProblemCode.RANGE


async def test_empty_file_comes_empty(clinics: ClinicMaker) -> None:
    empty = a_file("ecg", b"")
    async with clinics.open(replace(REQUEST, files=(empty,))) as clinic:
        caller = await clinic.caller()
        answer = await caller.get(f"/documents/{document_id('20-0001', empty)}/content")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_file_lost_from_the_store_is_a_fault_and_not_an_empty_file(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        for path in (tmp_path / "files").rglob("*"):
            if path.is_file():
                path.unlink()
        answer = await caller.get(f"{PATH}/content")
    assert answer.status_code == 500
    assert problem(answer).code is ProblemCode.INTERNAL


async def test_opened_counts_for_the_one_who_opened_it(clinics: ClinicMaker) -> None:
    async with clinic_with_file(clinics) as (clinic, caller):
        other = await clinic.caller("orlov")
        first = read(await caller.post(f"{PATH}/opened"), Document)
        assert first.opened
        assert read(await caller.post(f"{PATH}/opened"), Document) == first
        card = f"/requests/{id_of('20-0001')}"
        mine = read(await caller.get(card), RequestCard)
        theirs = read(await other.get(card), RequestCard)
    assert mine.row.checklist[0].unopened_count == 0
    assert mine.documents[0].opened
    assert theirs.row.checklist[0].unopened_count == 1
    assert not theirs.documents[0].opened


SLICES = tuple(a_file("ecg", b"slice %d" % number) for number in range(3))


def slice_id(number: int) -> str:
    return document_id("20-0001", SLICES[number], number)


async def test_slices_of_a_series_are_opened_in_one_call(clinics: ClinicMaker) -> None:
    """OZ-4: 500 slices are one order, and repeating it changes nothing."""
    also = AlsoOpened(also=[DocumentId(slice_id(1)), DocumentId(slice_id(2))])
    async with clinics.open(replace(REQUEST, files=SLICES)) as clinic:
        caller = await clinic.caller()
        path = f"/documents/{slice_id(0)}/opened"
        assert read(await caller.post(path, also), Document).opened
        once = read(await caller.get(f"/requests/{id_of('20-0001')}"), RequestCard)
        assert read(await caller.post(path, also), Document).opened
        again = read(await caller.get(f"/requests/{id_of('20-0001')}"), RequestCard)
    assert all(one.opened for one in once.documents)
    assert once.row.checklist[0].unopened_count == 0
    assert again == once


async def test_files_of_other_requests_are_refused_and_none_is_marked(
    clinics: ClinicMaker,
) -> None:
    other = replace(REQUEST, number="20-0002", files=(FILE,))
    foreign = DocumentId(document_id("20-0002", FILE))
    async with clinics.open(replace(REQUEST, files=SLICES), other) as clinic:
        caller = await clinic.caller()
        body = AlsoOpened(also=[DocumentId(slice_id(1)), foreign])
        refusal = problem(await caller.post(f"/documents/{slice_id(0)}/opened", body))
        card = read(await caller.get(f"/requests/{id_of('20-0001')}"), RequestCard)
        theirs = read(await caller.get(f"/requests/{id_of('20-0002')}"), RequestCard)
    assert refusal.code is ProblemCode.NOT_FOUND
    assert not any(one.opened for one in (*card.documents, *theirs.documents))


async def test_more_files_at_once_than_a_request_holds_are_refused(clinics: ClinicMaker) -> None:
    body = AlsoOpened(also=[DocumentId(f"x{number}") for number in range(MOST_ALSO + 1)])
    async with clinic_with_file(clinics) as (_, caller):
        refusal = await caller.post(f"{PATH}/opened", body)
    assert refusal.status_code in (400, 422)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"null", 200),
        (b"{}", 200),
        (b'{"also": []}', 200),
        (b"[]", 400),
        (b'"x"', 400),
        (b'{"also": 5}', 400),
        (b'{"also": [5]}', 400),
        (b'{"also": ["' + b"x" * 5000 + b'"]}', 404),
        (b"\xff{", 400),
    ],
)
async def test_a_body_is_a_list_of_files_or_none(
    clinics: ClinicMaker, body: bytes, status: int
) -> None:
    """Older programs send none."""
    async with clinic_with_file(clinics) as (_, caller):
        raw = cast(Wire, msgspec.Raw(body))  # as it stands
        answer = await caller.post(f"{PATH}/opened", raw)
    assert answer.status_code == status


async def test_unknown_document_is_not_found(clinics: ClinicMaker) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        answer = await caller.get("/documents/x/content")
    assert problem(answer).code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize("name", ["%00", "a%00b", "%2e%2e", "x" * 37, "%d1%8f", "a'b"])
async def test_what_cannot_be_an_id_is_refused(clinics: ClinicMaker, name: str) -> None:
    async with clinic_with_file(clinics) as (_, caller):
        for path in (f"/documents/{name}/content", f"/requests/{name}"):
            answer = await caller.get(path)
            assert problem(answer).code in (ProblemCode.INVALID, ProblemCode.NOT_FOUND)


@pytest.fixture
def agreed(clinics: ClinicMaker, tmp_path: Path) -> ClinicMaker:
    """Clinics whose centre asks for consents."""
    folder = write_catalogues(tmp_path / "asking", asking(), a_catalogue("perinatal"))
    return replace(clinics, settings=replace(clinics.settings, catalogues=folder))


async def test_withdrawn_consent_closes_the_file_and_its_link(agreed: ClinicMaker) -> None:
    """SPB-13"""
    async with agreed.open(replace(AGREED, files=(FILE,))) as clinic:
        caller = await clinic.caller()
        patient = await clinic.patient(caller, id_of("20-0001"))
        before = [await caller.get(f"{PATH}/{word}") for word in ("link", "content")]
        await say(patient, KINDS[0], "withdraw")
        after = [await caller.get(f"{PATH}/{word}") for word in ("link", "content")]
        await say(patient, KINDS[0], "give")
        again = [await caller.get(f"{PATH}/{word}") for word in ("link", "content")]
    assert [one.status_code for one in (*before, *again)] == [200] * 4
    assert [problem(one).code for one in after] == [ProblemCode.CONSENT_MISSING] * 2


@pytest.mark.parametrize("word", ["give", "withdraw"])
async def test_withdrawal_at_another_process_cuts_off_what_is_being_sent(
    agreed: ClinicMaker, word: str
) -> None:
    """SPB-13: within a second and the piece that is under way; else the file comes whole."""
    request = replace(AGREED, files=(LONG,))
    path = f"/documents/{document_id('20-0001', LONG)}/content"
    async with (
        agreed.open(request) as clinic,
        agreed.open(request) as other,
        live(clinic.app) as address,
        httpx.AsyncClient(base_url=f"http://{address}{API_PREFIX}", timeout=60) as client,
    ):
        caller = await clinic.caller()
        patient = await other.patient(await other.caller(), id_of("20-0001"))
        async with client.stream("GET", path, headers=caller.headers) as answer:
            pieces = answer.aiter_bytes()
            received = len(await anext(pieces))
            await say(patient, KINDS[0], word)
            agreed.clock.advance(seconds=2)
            cut = False
            try:
                async for piece in pieces:
                    received += len(piece)
            except httpx.RemoteProtocolError:
                cut = True
        after = await caller.get(path)
    assert answer.status_code == 200
    assert cut is (word == "withdraw")
    assert (received == len(LONG.content())) is not cut
    assert after.is_success is not cut
