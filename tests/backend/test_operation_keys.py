"""Idempotency-Key on every POST that changes something, by the contract."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backend.settings import Settings
from backend.tables import idempotency_keys, patient_keys
from tests.backend.clinic import Clinic, ClinicMaker, demo_of
from tests.backend.operations import REQUESTS, arranged
from tests.backend.world import (
    EVERYBODY,
    World,
    clinic_maker,
    described,
)

POSTS = {name: one for name, one in described().items() if one.method == "POST"}
KEYED = {name: one for name, one in POSTS.items() if one.takes_key}
EXEMPT = {
    "sign_in": "answers secrets, which are never stored",
    "refresh": "answers secrets; a lost answer is given again for half a minute",
    "sign_out": "a repeat comes without a session and is refused as such",
    "give_patient_link": "answers a secret, which is never stored",
    "take_padding": "keeps nothing: what comes is counted and forgotten",
    "take_patient_padding": "keeps nothing, as above",
}
KEY = {"Idempotency-Key": "the same"}


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


def test_every_post_takes_a_key_but_those_that_answer_secrets_or_keep_nothing() -> None:
    assert set(POSTS) - set(KEYED) == set(EXEMPT)


async def test_repeat_answers_the_first_result_of_every_post(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        wrong = []
        for name, operation in KEYED.items():
            case = await arranged(world, name)
            key = {"Idempotency-Key": name}
            answers = [await world.call(operation, case, key) for _ in range(2)]
            if not answers[0].is_success or answers[0].content != answers[1].content:
                wrong.append(f"{name}: {answers[0].status_code} and {answers[1].text}")
            # Another body that fits as well: a key that was used is looked at first.
            other = await world.call(operation, replace(case, body=case.content + b" "), key)
            if other.status_code != 422:
                wrong.append(f"{name} with another body: {other.status_code} {other.text}")
    assert not wrong, "\n".join(wrong)


async def test_two_at_once_with_one_key_are_one_for_every_post(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        wrong = []
        for name, operation in KEYED.items():
            case = await arranged(world, name)
            key = {"Idempotency-Key": name}
            two = [world.call(operation, case, key) for _ in range(2)]
            answers = await asyncio.gather(*two)
            if not answers[0].is_success or answers[0].content != answers[1].content:
                wrong.append(f"{name}: {[answer.text for answer in answers]}")
    assert not wrong, "\n".join(wrong)


async def test_what_takes_no_key_is_not_stored_even_where_one_is_sent(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        for name in EXEMPT:
            case = await arranged(world, name)
            assert (await world.call(POSTS[name], case, KEY)).is_success
        assert await _kept(clinic) == 0


async def _kept(clinic: Clinic) -> int:
    async with clinic.parts.database.read() as connection:
        counted = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (idempotency_keys, patient_keys)
        ]
    return sum(counted)
