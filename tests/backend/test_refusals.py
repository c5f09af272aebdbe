"""Every move that is refused is refused with a reason that a person can act upon."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import update

from backend.rules.actions import CONDITIONS
from backend.rules.status import MOVES
from backend.settings import Settings
from backend.tables import requests
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route
from tests.backend.circumstances import Case, Shelf
from tests.backend.clinic import REQUEST, ClinicMaker, SetClock, problem
from tests.backend.life import ENDS, next_of
from tests.backend.test_allowed_actions import Desk
from tests.backend.test_conclusions import CountingChecker

S = RequestStatus
STATUSES = [status for status in S if status is not S.UNKNOWN]
ACTIONS = [action for action in MOVES if isinstance(action, Action)]
CLINICS = frozenset({Action.APPROVE, Action.RETURN, Action.TAKE_OVER, Action.WITHDRAW_IDENTITY})
REASONS = frozenset(reason for one in CONDITIONS.values() for _, reason in one)
SAID_BY_THE_CODE = frozenset(
    {ProblemCode.CALL_RUNNING, ProblemCode.CHAT_CLOSED, ProblemCode.NOT_FOUND}
)
"""A call goes on; the chat is over with the case; there is no conclusion."""


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


def a_case(status: RequestStatus, asker: str = "levashova") -> Case:
    """As plain as it can be: a centre application, nothing tried, nothing missing."""
    return Case(
        status=status,
        asker=asker,
        route=Route.CENTRE,
        lacks_consent=False,
        refusals=0,
        phone_attempts=0,
        missed_calls=0,
        is_ringing=False,
        has_come=True,
        is_online=False,
        has_draft=status is not S.CLAIMED,
        before_claim=S.READY,
        lease_left=timedelta(minutes=4) if status is S.CLAIMED else None,
    )


def names_its_reason(refusal: Problem, status: RequestStatus) -> bool:
    """Whose it is, where it stands, or which condition does not hold."""
    if refusal.code is ProblemCode.CLAIMED_BY_OTHER:
        return bool(refusal.owner_name)
    if refusal.code is ProblemCode.MOVE_NOT_ALLOWED:
        return status.value in refusal.detail or refusal.detail in REASONS
    return refusal.code in SAID_BY_THE_CODE


async def test_every_action_that_a_status_does_not_allow_is_refused_with_the_reason(
    clinics: ClinicMaker,
) -> None:
    """By the doctor who holds the request, or by the clinic where the action is the clinic's."""
    wrong: list[str] = []
    async with clinics.open(REQUEST) as clinic:
        callers = {login: await clinic.caller(login) for login in ("levashova", "admin")}
        desk = Desk(clinic, callers, count(24))
        cases = [a_case(status) for status in STATUSES]
        for case, request_id in zip(cases, await Shelf(clinic).put(cases), strict=True):
            for action in (one for one in ACTIONS if not next_of(one, case.status)):
                if action is Action.CLAIM and case.status not in ENDS:
                    continue  # it is the asker's: what is claimed already is answered with the card
                asked = a_case(case.status, "admin" if action in CLINICS else "levashova")
                answer = await desk.ask(action, request_id, asked)
                if answer.is_success or not names_its_reason(problem(answer), case.status):
                    wrong.append(f"{action} while {case.status}: {answer.text}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("login", ["levashova", "orlov"])
async def test_who_does_not_hold_a_request_is_told_who_does_or_where_it_stands(
    clinics: ClinicMaker, login: str
) -> None:
    """A colleague's is a colleague's by name; of one that nobody holds the status is said."""
    tried = (Action.RELEASE, Action.PROPOSE_SLOT, Action.WRITE_CONCLUSION)
    async with clinics.open(REQUEST) as clinic:
        desk = Desk(clinic, {login: await clinic.caller(login)}, count(24))
        cases = [a_case(status) for status in STATUSES]
        made = await Shelf(clinic).put(cases)
        if login == "levashova":
            async with clinic.parts.database.write() as connection:
                await connection.execute(update(requests).values(owner_id=None))
        told = [
            (problem(await desk.ask(action, request_id, a_case(case.status, login))), case.status)
            for request_id, case in zip(made, cases, strict=True)
            for action in tried
        ]
    assert [one for one in told if not names_its_reason(*one)] == []
