"""Where a doctor can go on with a case, and what comes next."""

import pytest

from backend_client.models.requests import Action, RequestStatus
from tests.factories import make_owner, make_row
from workstation.ui.case_steps import CaseStep, next_step, possible_steps

EVERYTHING = [
    Action.PROPOSE_SLOT,
    Action.CALL,
    Action.WRITE_MESSAGE,
    Action.WRITE_CONCLUSION,
    Action.SIGN_CONCLUSION,
]


@pytest.mark.parametrize(
    ("allowed", "steps"),
    [
        ([Action.PROPOSE_SLOT], (CaseStep.TIME,)),
        ([Action.WRITE_MESSAGE], (CaseStep.CALL,)),
        ([Action.CALL], (CaseStep.CALL,)),
        ([Action.WRITE_CONCLUSION], (CaseStep.CONCLUSION,)),
        (EVERYTHING, (CaseStep.TIME, CaseStep.CALL, CaseStep.CONCLUSION)),
        ([], ()),
    ],
)
def test_the_server_says_what_may_be(allowed: list[Action], steps: tuple[CaseStep, ...]) -> None:
    row = make_row(owner=make_owner(), allowed_actions=allowed)
    assert possible_steps(row) == steps


def test_a_colleagues_case_leads_nowhere() -> None:
    row = make_row(owner=make_owner(is_me=False), allowed_actions=EVERYTHING)
    assert possible_steps(row) == ()
    assert next_step(row) is None


def test_a_signed_conclusion_can_still_be_read() -> None:
    row = make_row(owner=make_owner(), status=RequestStatus.SIGNED, allowed_actions=[])
    assert possible_steps(row) == (CaseStep.CONCLUSION,)


@pytest.mark.parametrize(
    ("status", "allowed", "step"),
    [
        (RequestStatus.CLAIMED, [Action.PROPOSE_SLOT, Action.WRITE_CONCLUSION], CaseStep.TIME),
        (RequestStatus.SCHEDULED, [Action.CALL, Action.WRITE_CONCLUSION], CaseStep.CALL),
        (RequestStatus.IN_CALL, [Action.CALL, Action.WRITE_CONCLUSION], CaseStep.CALL),
        (RequestStatus.DRAFTING, [Action.CALL, Action.WRITE_CONCLUSION], CaseStep.CONCLUSION),
        (RequestStatus.RETURNED, [Action.WRITE_CONCLUSION], CaseStep.CONCLUSION),
    ],
)
def test_one_step_comes_next(status: RequestStatus, allowed: list[Action], step: CaseStep) -> None:
    row = make_row(owner=make_owner(), status=status, allowed_actions=allowed)
    assert next_step(row) is step
