"""Claims: one doctor has a request, the others are told who."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from msgspec.structs import replace as with_fields

from backend.chat.writing import post_message
from backend.requests.moving import standing_of
from backend_client.models.common import ProblemCode
from backend_client.models.messages import NewMessage, Side
from backend_client.models.requests import Action, RequestCard, RequestStatus
from tests.backend.clinic import (
    REQUEST,
    STAFF,
    Caller,
    ClinicMaker,
    a_doctor,
    demo_of,
    id_of,
    problem,
    read,
)
from tests.backend.waiting import somebody_waits

ONE = id_of("20-0001")
SHORT_NAMES = {"levashova": "Левашова М. О.", "orlov": "Орлов П. И."}


async def claim(caller: Caller, request_id: str = ONE) -> httpx.Response:
    return await caller.post(f"/requests/{request_id}/claim")


async def release(caller: Caller, request_id: str = ONE) -> httpx.Response:
    return await caller.post(f"/requests/{request_id}/release")


async def test_claimed_request_is_mine_and_others_see_whose(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        clinic.clock.advance(minutes=5)
        mine = read(await claim(caller), RequestCard)
        theirs = (await other.page()).items[0]
    assert mine.row.status is RequestStatus.CLAIMED
    assert mine.row.owner is not None
    assert mine.row.owner.is_me
    assert Action.RELEASE in mine.row.allowed_actions
    assert Action.PROPOSE_SLOT in mine.row.allowed_actions
    assert mine.row.version == 2
    assert mine.row.changed_at == clinics.clock.now
    assert mine.history[0].text.startswith("Левашова М. О.")
    assert theirs.owner is not None
    assert (theirs.owner.name, theirs.owner.is_me) == ("Левашова М. О.", False)
    assert theirs.allowed_actions == []


async def test_late_doctor_is_told_who_has_it(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        await claim(caller)
        for late in (await claim(other), await release(other)):
            assert late.status_code == 409
            refusal = problem(late)
            assert refusal.code is ProblemCode.CLAIMED_BY_OTHER
            assert refusal.owner_name == "Левашова М. О."


async def test_claiming_ones_own_again_changes_nothing(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        first = read(await claim(caller), RequestCard)
        again = read(await claim(caller), RequestCard)
    assert again.row.seq == first.row.seq + 1, "only the first was an event"
    assert with_fields(again, row=with_fields(again.row, seq=first.row.seq)) == first


@pytest.mark.parametrize(
    "status", [RequestStatus.NEW, RequestStatus.AWAITING_DOCUMENTS, RequestStatus.READY]
)
async def test_released_request_is_back_where_it_was(
    clinics: ClinicMaker, status: RequestStatus
) -> None:
    async with clinics.open(replace(REQUEST, status=status)) as clinic:
        caller = await clinic.caller()
        await claim(caller)
        card = read(await release(caller), RequestCard)
        again = await release(caller)
    assert card.row.status is status
    assert card.row.owner is None
    assert card.row.allowed_actions == [Action.CLAIM, Action.SNOOZE]
    assert problem(again).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_loaded_claim_can_be_released(clinics: ClinicMaker) -> None:
    claimed = replace(REQUEST, status=RequestStatus.CLAIMED, owner_key="levashova")
    unready = replace(claimed, number="20-0002", documents_complete_at=None)
    async with clinics.open(claimed, unready) as clinic:
        caller = await clinic.caller()
        statuses = [
            read(await release(caller, id_of(number)), RequestCard).row.status
            for number in ("20-0001", "20-0002")
        ]
    assert statuses == [RequestStatus.READY, RequestStatus.AWAITING_DOCUMENTS]


@pytest.mark.parametrize("status", [RequestStatus.CLOSED, RequestStatus.SCHEDULED])
async def test_ended_or_later_request_is_not_claimed(
    clinics: ClinicMaker, status: RequestStatus
) -> None:
    async with clinics.open(replace(REQUEST, status=status)) as clinic:
        refusal = await claim(await clinic.caller())
    assert problem(refusal).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_who_is_no_doctor_may_not_claim(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        admin = await clinic.caller("admin")
        assert problem(await claim(admin)).code is ProblemCode.FORBIDDEN
        assert (await admin.page()).items[0].allowed_actions == []


async def test_of_eight_doctors_one_wins_each_case_and_losers_are_told_whom(
    clinics: ClinicMaker,
) -> None:
    doctors = [a_doctor(f"d{number}", f"Врач{number} Анна Львовна") for number in range(8)]
    cases = [replace(REQUEST, number=f"{number:02}") for number in range(50)]
    async with clinics.open_demo(demo_of(cases, [*STAFF, *doctors])) as clinic:
        callers = [await clinic.caller(doctor.login) for doctor in doctors]
        answers = await asyncio.gather(
            *(claim_all(caller, cases_from=shift * 6) for shift, caller in enumerate(callers))
        )
        rows = (await callers[0].page("limit=200")).items
    owners = {row.number: row.owner.name for row in rows if row.owner is not None}
    assert len(owners) == 50
    won = Counter(number for mine in answers for number, refusal in mine.items() if not refusal)
    assert set(won.values()) == {1}
    assert len(won) == 50
    for mine in answers:
        for number, owner in mine.items():
            assert owner in ("", owners[number])


async def claim_all(caller: Caller, cases_from: int) -> dict[str, str]:
    """Owner's name by case; empty where the claim was won."""
    told = {}
    for step in range(50):
        number = f"{(cases_from + step) % 50:02}"
        answer = await claim(caller, id_of(number))
        told[number] = "" if answer.is_success else problem(answer).owner_name or "nobody"
    return told


async def test_claim_is_given_back_whatever_comes_in_between(clinics: ClinicMaker) -> None:
    """A patient's message makes a new version of the request while its doctor gives it back."""
    async with clinics.open(REQUEST) as clinic:
        caller, parts = await clinic.caller(), clinic.parts
        await claim(caller)
        caller.headers["Idempotency-Key"] = "one"
        async with parts.changes.change("cardio") as change:
            standing = await standing_of(change, ONE)
            message = NewMessage(text="Добрый день")
            await post_message(change, standing, Side.PATIENT, "-", message, clinic.clock())
            going = asyncio.create_task(release(caller))
            await somebody_waits(parts.database)
        card = read(await going, RequestCard)
    assert (card.row.status, card.row.owner) == (RequestStatus.READY, None)
    assert card.row.unread_messages == 1


async def test_who_gives_back_what_nobody_holds_is_told_so(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        refusals = [await release(caller), await caller.post(f"/requests/{ONE}/heartbeat")]
    for refusal in refusals:
        assert problem(refusal).detail == "nobody holds the request: it is ready"


async def test_time_of_the_claim_is_the_servers(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        clinic.clock.advance(minutes=10)
        card = read(await claim(caller), RequestCard)
    assert card.history[0].at - card.history[-1].at == timedelta(days=1, minutes=10)
