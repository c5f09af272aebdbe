"""The table of moves, and who may make them."""

from itertools import product

import pytest

from backend.rules.actions import allowed_actions
from backend.rules.status import BEFORE_CLAIM, ENDED, MoveNotAllowed, can_move, is_open, moved
from backend_client.models.accounts import Role
from backend_client.models.requests import Action, RequestStatus

DOCTORS = (Role.CONSULTANT, Role.DUTY_DOCTOR)
OTHERS = tuple(set(Role) - set(DOCTORS))


@pytest.mark.parametrize("status", sorted(BEFORE_CLAIM))
def test_claim_and_release_lead_back_to_where_it_was(status: RequestStatus) -> None:
    assert moved(Action.CLAIM, status) is RequestStatus.CLAIMED
    assert moved(Action.RELEASE, RequestStatus.CLAIMED, status) is status


@pytest.mark.parametrize("status", sorted(set(RequestStatus) - BEFORE_CLAIM))
def test_nothing_else_can_be_claimed(status: RequestStatus) -> None:
    with pytest.raises(MoveNotAllowed):
        moved(Action.CLAIM, status)


@pytest.mark.parametrize("remembered", [None, RequestStatus.CLOSED, RequestStatus.CLAIMED])
def test_release_leads_nowhere_but_to_where_a_claim_can_start(
    remembered: RequestStatus | None,
) -> None:
    with pytest.raises(MoveNotAllowed):
        moved(Action.RELEASE, RequestStatus.CLAIMED, remembered)


def test_ended_requests_move_no_more() -> None:
    moves = [can_move(action, status) for action, status in product(Action, ENDED)]
    assert not any(moves)
    assert not any(is_open(status) for status in ENDED)


@pytest.mark.parametrize("role", DOCTORS)
def test_doctor_claims_what_is_free_and_releases_what_is_his(role: Role) -> None:
    assert allowed_actions(role, RequestStatus.READY, None, "me") == [Action.CLAIM]
    mine = allowed_actions(role, RequestStatus.CLAIMED, "me", "me")
    assert mine[0] is Action.PROPOSE_SLOT
    assert mine[-1] is Action.RELEASE
    assert allowed_actions(role, RequestStatus.CLAIMED, "other", "me") == []
    assert Action.RELEASE not in allowed_actions(role, RequestStatus.IN_CALL, "me", "me")


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_who_is_no_doctor_may_claim_nothing(role: Role) -> None:
    for status, owner in product(RequestStatus, (None, "me", "other")):
        assert Action.CLAIM not in allowed_actions(role, status, owner, "me")


@pytest.mark.parametrize("status", sorted(RequestStatus))
def test_offered_actions_are_those_that_the_table_has(status: RequestStatus) -> None:
    for owner in (None, "me"):
        offered = allowed_actions(Role.CONSULTANT, status, owner, "me")
        assert all(can_move(action, status) for action in offered)
