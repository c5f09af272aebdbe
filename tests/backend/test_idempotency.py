"""Idempotency-Key: a repeated POST is done once."""

import asyncio
from dataclasses import replace

import pytest

from backend_client.models.common import ProblemCode
from backend_client.models.documents import Document
from backend_client.models.requests import RequestCard
from tests.backend.clinic import (
    REQUEST,
    Caller,
    ClinicMaker,
    a_file,
    document_id,
    id_of,
    problem,
    read,
)

CLAIM = f"/requests/{id_of('20-0001')}/claim"
RELEASE = f"/requests/{id_of('20-0001')}/release"


def key(text: str = "k1") -> dict[str, str]:
    return {"Idempotency-Key": text}


async def version(caller: Caller) -> int:
    return (await caller.page()).items[0].version


async def test_repeat_answers_the_first_result_and_does_nothing(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        first = read(await caller.post(CLAIM, headers=key()), RequestCard)
        await caller.post(RELEASE, headers=key("k2"))
        clinic.clock.advance(hours=47)
        renewed = await clinic.caller()
        assert read(await renewed.post(CLAIM, headers=key()), RequestCard) == first
        assert await version(renewed) == 3


async def test_refusal_is_a_first_result_too(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        owner, late = await clinic.caller(), await clinic.caller("orlov")
        await owner.post(CLAIM)
        assert problem(await late.post(CLAIM, headers=key())).owner_name == "Левашова М. О."
        await owner.post(RELEASE)
        again = problem(await late.post(CLAIM, headers=key()))
        assert again.code is ProblemCode.CLAIMED_BY_OTHER
        assert read(await late.post(CLAIM, headers=key("k2")), RequestCard).row.owner is not None


async def test_same_key_for_another_request_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        await caller.post(CLAIM, headers=key())
        other_path = await caller.post(RELEASE, headers=key())
        assert other_path.status_code == 422
        assert problem(other_path).code is ProblemCode.INVALID
        assert await version(caller) == 2


async def test_same_key_with_another_body_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        await caller.post(CLAIM, headers=key())
        url, headers = f"/api/v1{CLAIM}", caller.headers | key()
        answer = await clinic.client.post(url, content=b"{}", headers=headers)
        assert answer.status_code == 422


async def test_keys_belong_to_the_account(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        first, other = await clinic.caller(), await clinic.caller("orlov")
        await first.post(CLAIM, headers=key())
        assert (await other.post(CLAIM, headers=key())).status_code == 409


async def test_key_is_forgotten_after_two_days(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        await caller.post(CLAIM, headers=key())
        await caller.post(RELEASE)
        clinic.clock.advance(hours=49)
        renewed = await clinic.caller()
        read(await renewed.post(CLAIM, headers=key()), RequestCard)
        assert await version(renewed) == 4


async def test_many_at_once_with_one_key_are_one(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        answers = await asyncio.gather(*(caller.post(CLAIM, headers=key()) for _ in range(10)))
        cards = [read(answer, RequestCard) for answer in answers]
        assert await version(caller) == 2
    assert all(card == cards[0] for card in cards)


async def test_opening_a_document_takes_a_key_too(clinics: ClinicMaker) -> None:
    file = a_file("ecg")
    async with clinics.open(replace(REQUEST, files=(file,))) as clinic:
        caller = await clinic.caller()
        path = f"/documents/{document_id('20-0001', file)}/opened"
        first = read(await caller.post(path, headers=key()), Document)
        assert read(await caller.post(path, headers=key()), Document) == first


@pytest.mark.parametrize("bad", ["", "x" * 201, "a\tb"])
async def test_keys_that_cannot_be_kept_are_refused(clinics: ClinicMaker, bad: str) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        answer = await caller.post(CLAIM, headers=key(bad))
        assert answer.status_code == 400
        assert problem(answer).code is ProblemCode.INVALID
        assert await version(caller) == 1
