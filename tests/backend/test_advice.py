"""What to take next: the order of the choice, why it is the one, and two who ask at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.rules.advice import Asking, Candidate, ranked, reasons
from backend_client.models.common import ProblemCode
from backend_client.models.listing import Advice, AdviceReason, TakenNext
from backend_client.models.requests import ProfileMatch, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import (
    PATIENT,
    REQUEST,
    START,
    Caller,
    ClinicMaker,
    id_of,
    problem,
    read,
)

ME, COLLEAGUE = "me", "colleague"
PLAIN = Candidate(
    request_id="plain",
    life_threat=False,
    due_at=START + timedelta(days=3),
    soon_at=START + timedelta(days=2),
    profile=ProfileMatch.IN_PROFILE,
    had_by=None,
)
SOON = replace(PLAIN, request_id="soon", due_at=START + timedelta(hours=3), soon_at=START)
LATE = replace(PLAIN, request_id="late", due_at=START - timedelta(hours=1), soon_at=START)
THREAT = replace(PLAIN, request_id="threat", life_threat=True, due_at=None, soon_at=None)
MINE = replace(PLAIN, request_id="mine", had_by=ME, due_at=START + timedelta(days=4))
THEIRS = replace(PLAIN, request_id="theirs", had_by=COLLEAGUE, due_at=START + timedelta(days=2))
OUTSIDE = replace(PLAIN, request_id="outside", profile=ProfileMatch.OUT_OF_PROFILE)
UNCLEAR = replace(PLAIN, request_id="unclear", profile=ProfileMatch.NOT_DETERMINED)
ENDLESS = replace(PLAIN, request_id="endless", due_at=None, soon_at=None)


def asking(**in_hand: int) -> Asking:
    return Asking(ME, START, in_hand)


def test_danger_then_term_then_whose_patient_then_profile() -> None:
    some = [OUTSIDE, THEIRS, ENDLESS, PLAIN, UNCLEAR, MINE, SOON, LATE, THREAT]
    found = [one.request_id for one in ranked(some, asking(me=1, colleague=1))]
    assert found == [
        "threat",
        "late",
        "soon",
        "mine",
        "plain",
        "endless",
        "unclear",
        "outside",
        "theirs",
    ]


def test_a_busier_colleagues_patient_is_anybodys() -> None:
    few, many = asking(me=2, colleague=2), asking(me=2, colleague=3)
    assert [one.request_id for one in ranked([THEIRS, PLAIN], few)] == ["plain", "theirs"]
    assert [one.request_id for one in ranked([THEIRS, PLAIN], many)] == ["theirs", "plain"]
    assert AdviceReason.COLLEAGUE_BUSY in reasons(THEIRS, many)
    assert AdviceReason.COLLEAGUE_BUSY not in reasons(THEIRS, few)


def test_a_term_that_presses_is_nobodys_to_wait_for() -> None:
    pressing = replace(THEIRS, due_at=START + timedelta(hours=1), soon_at=START)
    assert ranked([MINE, pressing], asking())[0] is pressing


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (replace(SOON, had_by=ME), [AdviceReason.DUE_SOON, AdviceReason.YOUR_PATIENT]),
        (LATE, [AdviceReason.BREACHED]),
        (THREAT, [AdviceReason.LIFE_THREAT]),
    ],
)
def test_the_reasons_are_said_weightiest_first(
    one: Candidate, expected: list[AdviceReason]
) -> None:
    assert reasons(one, asking()) == [*expected, AdviceReason.IN_PROFILE]
    assert reasons(OUTSIDE, asking()) == [AdviceReason.FIRST_BY_TERM]


async def advice(caller: Caller) -> Advice:
    return read(await caller.get("/requests/next"), Advice)


async def take(caller: Caller) -> TakenNext:
    return read(await caller.post("/requests/next"), TakenNext)


async def test_the_same_doctor_sees_the_patient_again(clinics: ClinicMaker) -> None:
    ended = RequestStatus.CLOSED
    early = START - timedelta(days=2)
    requests = [
        replace(REQUEST, number="before", status=ended, owner_key="levashova"),
        replace(REQUEST, number="again"),
        replace(REQUEST, number="sooner", patient=replace(PATIENT, full_name="Иной Илья Ильич"),
                clock_started_at=None, created_at=early),
    ]  # fmt: skip
    async with clinics.open(*requests) as clinic:
        mine, theirs = (
            await advice(await clinic.caller()),
            await advice(await clinic.caller("orlov")),
        )
    assert mine.row is not None
    assert theirs.row is not None
    assert mine.row.number == "again"
    assert AdviceReason.YOUR_PATIENT in mine.reasons
    assert AdviceReason.YOUR_PATIENT not in theirs.reasons


async def test_what_is_taken_is_what_was_advised_until_nothing_is_left(
    clinics: ClinicMaker,
) -> None:
    requests = [
        replace(REQUEST, number="held", owner_key="orlov", status=RequestStatus.CLAIMED),
        replace(REQUEST, number="waits", status=RequestStatus.AWAITING_DOCUMENTS),
        replace(REQUEST, number="threat", life_threat=True, clock_started_at=None),
        replace(REQUEST, number="new", status=RequestStatus.NEW, route=Route.DUTY),
        replace(REQUEST, number="ready"),
    ]
    async with clinics.open(*requests) as clinic:
        caller = await clinic.caller()
        taken = []
        for _ in range(3):
            advised = await advice(caller)
            got = await take(caller)
            assert got.card is not None
            assert advised.row is not None
            assert (got.card.row.id, got.reasons) == (advised.row.id, advised.reasons)
            assert got.card.row.owner is not None
            assert got.card.row.owner.is_me
            assert got.card.row.owner.lease_until is not None
            taken.append(got.card.row.number)
        assert await take(caller) == TakenNext(card=None, reasons=[])
        assert (await advice(caller)).row is None
    assert taken[0] == "threat"
    assert sorted(taken) == ["new", "ready", "threat"]


async def test_two_who_ask_at_once_get_two_requests(clinics: ClinicMaker) -> None:
    requests = [replace(REQUEST, number=f"{number:02}") for number in range(12)]
    async with clinics.open(*requests) as clinic:
        callers = [await clinic.caller(), await clinic.caller("orlov")]
        answers = await asyncio.gather(*(take(callers[n % 2]) for n in range(12)))
    taken = [one.card.row.id for one in answers if one.card is not None]
    assert sorted(taken) == sorted(id_of(f"{number:02}") for number in range(12))


async def test_a_repeat_takes_no_second_one(clinics: ClinicMaker) -> None:
    requests = [replace(REQUEST, number=f"{number:02}") for number in range(3)]
    key = {"Idempotency-Key": "n1"}
    async with clinics.open(*requests) as clinic:
        caller = await clinic.caller()
        first = read(await caller.post("/requests/next", headers=key), TakenNext)
        assert read(await caller.post("/requests/next", headers=key), TakenNext) == first
        mine = (await caller.page("group=mine")).items
    assert len(mine) == 1


async def test_only_doctors_take(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        admin = await clinic.caller("admin")
        for answer in (await admin.get("/requests/next"), await admin.post("/requests/next")):
            assert problem(answer).code is ProblemCode.FORBIDDEN
