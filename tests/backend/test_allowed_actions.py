"""What a row offers and what the server does when it is asked: the same, in both directions."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import httpx
import pytest
from sqlalchemy import select

from backend.demo_data.rows import demo_id
from backend.rules.status import MOVES
from backend.settings import Settings
from backend.tables import requests
from backend_client.models.common import ProblemCode, UserId
from backend_client.models.conclusions import (
    ConclusionForm,
    CorrectConclusion,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.models.request_actions import MarkItem, TakeOver
from backend_client.models.requests import Action, RequestCard
from tests.backend.circumstances import SIGNED, Case, Shelf, drawn
from tests.backend.clinic import (
    REQUEST,
    STAFF,
    Caller,
    Clinic,
    ClinicMaker,
    SetClock,
    a_doctor,
    demo_of,
    problem,
    read,
)
from tests.backend.consultation import propose
from tests.backend.test_conclusions import COUNTERSIGNED, CountingChecker
from tests.backend.test_request_walk import BODIES

THIRD = a_doctor("third", "Третьяков Ян Ильич")
ACTIONS = tuple(action for action in MOVES if isinstance(action, Action))
REFUSALS_TRIED = {"levashova": 8, "duty": 4}
"""Of the actions that are not offered; of others' requests the same word refuses almost all."""
OF_THE_STATE = frozenset(
    {
        ProblemCode.MOVE_NOT_ALLOWED,
        ProblemCode.CLAIMED_BY_OTHER,
        ProblemCode.FORBIDDEN,
        ProblemCode.CONSENT_MISSING,
        ProblemCode.NOT_IDENTIFIED,
        ProblemCode.CALL_RUNNING,
        ProblemCode.CHAT_CLOSED,
        ProblemCode.NOT_FOUND,  # of a draft: there is nothing to be signed
    }
)
"""Refusals that no other body would avoid."""


@dataclass
class Desk:
    """Everybody who asks, and the days that were not proposed yet."""

    clinic: Clinic
    callers: dict[str, Caller]
    hours: Iterator[int]

    async def card(self, request_id: str, case: Case) -> RequestCard:
        """As the asker sees it."""
        return read(await self.callers[case.asker].get(f"/requests/{request_id}"), RequestCard)

    async def was_swept(self, request_id: str, case: Case) -> bool:
        """Whether the server itself has ended a lease that is over before it was asked."""
        return case.lease_is_over and (await self.card(request_id, case)).row.owner is None

    async def ask(self, action: Action, request_id: str, case: Case) -> httpx.Response:
        """Asks with a body in which nothing is wrong."""
        caller, path = self.callers[case.asker], f"/requests/{request_id}"
        match action:
            case Action.PROPOSE_SLOT:
                start = self.clinic.clock() + timedelta(hours=next(self.hours))
                return await propose(caller, start, request_id=request_id)
            case Action.WRITE_CONCLUSION:
                draft = SaveDraft(version=int(case.has_draft), form=ConclusionForm(findings="-"))
                return await caller.put(f"{path}/conclusion", draft)
            case Action.SIGN_CONCLUSION:
                return await caller.upload(f"{path}/conclusion/signed?version=1", SIGNED)
            case Action.APPROVE:
                return await caller.upload(f"{path}/conclusion/approved?version=1", COUNTERSIGNED)
            case Action.RETURN:
                body = ReturnConclusion(version=1, reason="-")
                return await caller.post(f"{path}/conclusion/returned", body)
            case Action.CORRECT_CONCLUSION:
                why = CorrectConclusion(version=1, reason="-")
                return await caller.post(f"{path}/conclusion/corrected", why)
            case Action.TAKE_OVER:
                doctor = TakeOver(reason="-", doctor_id=UserId(demo_id("account", THIRD.key)))
                return await caller.post(f"{path}/take-over", doctor)
            case Action.MARK_ITEM:
                return await caller.post(f"{path}/not-applicable", MarkItem(item="ct", reason="-"))
        name, given = BODIES[action]
        return await caller.post(f"{path}/{name}", given)


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


async def versions_of(clinic: Clinic, request_ids: Sequence[str]) -> list[int]:
    """As the table has them, in the order of the ids."""
    found = select(requests.c.id, requests.c.version).where(requests.c.id.in_(request_ids))
    async with clinic.parts.database.read() as connection:
        versions = {row.id: row.version for row in await connection.execute(found)}
    return [versions[request_id] for request_id in request_ids]


async def test_every_offered_action_is_done_and_every_other_one_refused(
    clinics: ClinicMaker,
) -> None:
    """OZ-2, SPB-6, SPB-13, SPB-14, DRC-11: of a row's `allowed_actions` nothing is too much."""
    dice = random.Random(11)
    cases = list(drawn(dice))
    wrong: list[str] = []
    async with clinics.open_demo(demo_of([REQUEST], (*STAFF, THIRD))) as clinic:
        logins = dict.fromkeys(case.asker for case in cases)
        callers = {login: await clinic.caller(login) for login in logins}
        desk, shelf = Desk(clinic, callers, count(24)), Shelf(clinic)
        bases = await shelf.put(cases)
        before = await versions_of(clinic, bases)
        offers: list[tuple[Case, Action]] = []
        for request_id, case in zip(bases, cases, strict=True):
            offered = (await desk.card(request_id, case)).row.allowed_actions
            offers += [(case, action) for action in offered]
            others = [action for action in ACTIONS if action not in offered]
            tried = dice.sample(others, min(len(others), REFUSALS_TRIED.get(case.asker, 3)))
            for action in tried:
                answer = await desk.ask(action, request_id, case)
                if not answer.is_success and problem(answer).code not in OF_THE_STATE:
                    wrong.append(f"{action} is refused for its body: {answer.text} {case}")
        changed = zip(cases, before, await versions_of(clinic, bases), strict=True)
        wrong += [
            f"done, and not offered: {case}"
            for case, was, now in changed
            if was != now and not case.lease_is_over
        ]
        copies = await shelf.put([case for case, _ in offers])
        for (case, action), request_id in zip(offers, copies, strict=True):
            answer = await desk.ask(action, request_id, case)
            if answer.is_success or await desk.was_swept(request_id, case):
                continue
            wrong.append(f"{action} is offered and refused: {answer.text} {case}")
    assert not wrong, "\n".join(wrong)
    assert {action for _, action in offers} == set(ACTIONS)
