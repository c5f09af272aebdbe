"""Values that no program of ours sends, in every body of the contract: refused, never a fault."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest

from backend.settings import Settings
from backend_client.models.common import UserId, Wire
from backend_client.models.patient import SlotAnswer
from backend_client.models.request_actions import TakeOver
from tests.backend.clinic import ClinicMaker, demo_of, id_of, problem
from tests.backend.consultation import MINE, ONE
from tests.backend.operations import OWN, REQUESTS, arranged
from tests.backend.world import EVERYBODY, World, clinic_maker, described

PlacePath = tuple[str | int, ...]
MOMENTS = ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00")
"""No UTC has the first and the last; Moscow's clocks do not have the one between."""
LATER = "2026-11-21T09:00:00Z"
TEXTS = ("\0", "a\0b")
"""PostgreSQL keeps no such text."""


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


def leaves(part: object, place: PlacePath = ()) -> Iterator[tuple[PlacePath, object]]:
    """Every value of a body that holds no others."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from leaves(inner, (*place, name))
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from leaves(inner, (*place, number))
    else:
        yield place, part


def hostile(value: object) -> tuple[object, ...]:
    """What to send in its place."""
    if isinstance(value, str):
        return MOMENTS if value.endswith("Z") else TEXTS
    return (2**53, -1) if isinstance(value, int) and not isinstance(value, bool) else TEXTS


def bodies(body: Wire) -> Iterator[tuple[PlacePath, bytes]]:
    """The body with one value exchanged."""
    whole: object = msgspec.json.decode(msgspec.json.encode(body))
    for place, value in leaves(whole):
        for bad in hostile(value):
            changed = copy.deepcopy(whole)
            inner = changed
            for step in place[:-1]:
                inner = inner[step]  # type: ignore[index]  # a step is its container's own key
            inner[place[-1]] = bad  # type: ignore[index]  # as above
            yield place, msgspec.json.encode(changed)


async def test_no_body_is_a_fault(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world, wrong, tried = World(clinic), [], 0
        for name, operation in described().items():
            case = await arranged(world, name)
            if not isinstance(case.body, Wire):
                continue
            for place, body in bodies(case.body):
                answer = await world.call(operation, replace(case, body=body))
                tried += 1
                if answer.status_code >= 500:
                    wrong.append(f"{name} {place}: {answer.status_code}")
    assert wrong == []
    assert tried > 100


@pytest.mark.parametrize("start", MOMENTS)
async def test_time_outside_of_all_years_is_refused(clinics: ClinicMaker, start: str) -> None:
    async with clinics.open_demo(demo_of((MINE,), EVERYBODY)) as clinic:
        doctor = await clinic.caller()
        answer = await clinic.client.post(
            f"/api/v1/requests/{ONE}/slots",
            json={"times": [{"start": start}]},
            headers=doctor.headers,
        )
    assert problem(answer).status in (400, 409)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("login", "path"), [("levashova", "/schedule"), ("auditor", "/audit")])
async def test_moment_of_a_list_outside_of_all_years_is_no_fault(
    clinics: ClinicMaker, login: str, path: str, moment: str
) -> None:
    async with clinics.open_demo(demo_of((), EVERYBODY)) as clinic:
        caller = await clinic.caller(login)
        answers = [
            await caller.get(f"{path}?from={quote(first)}&to={quote(last)}")
            for first, last in ((moment, moment), (moment, LATER), (LATER, moment))
        ]
    assert {answer.status_code for answer in answers} <= {200, 400}


@pytest.mark.parametrize("bad", ["\0", "a\0b", "", "a b", "x" * 37])
async def test_id_in_a_body_that_is_none_is_refused(clinics: ClinicMaker, bad: str) -> None:
    takes_over, accepts = id_of(OWN["take_over_request"]), id_of(OWN["accept_slot"])
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        patient = await world.patient(accepts)
        body = TakeOver(reason="x", doctor_id=UserId(bad))
        answers = [
            await (await world.caller("admin")).post(f"/requests/{takes_over}/take-over", body),
            await patient.post("/slots/accept", SlotAnswer(slot_id=bad)),
        ]
    assert [problem(answer).status for answer in answers] == [400, 400]
