"""The table of moves, and who may make them."""

import random
from dataclasses import replace
from itertools import product

import pytest

from backend.rules.actions import CONDITIONS, Circumstances, allowed_actions, refusal
from backend.rules.status import (
    BEFORE_CLAIM,
    ENDED,
    MoveNotAllowed,
    Step,
    can_move,
    is_open,
    moved,
)
from backend_client.models.accounts import Role
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route
from tests.backend.life import ENDS, LIFE, NEXT, next_of

DOCTORS = (Role.CONSULTANT, Role.DUTY_DOCTOR)
OTHERS = tuple(set(Role) - set(DOCTORS))
S = RequestStatus
LOST = Circumstances(phone_attempts=3, call_failed=True)
"""All three conditions of closing without contact (DRC-11)."""


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_random_steps_never_leave_the_table(seed: int) -> None:
    """Each step goes where the written-down life says of this very action, or is refused with a
    reason."""
    dice = random.Random(seed)
    status, seen = S.NEW, {S.NEW}
    alive = sorted(set(S) - ENDS - {S.UNKNOWN})
    for _ in range(10_000):
        # Half of the steps are tried from where they can start, half from anywhere.
        known = [one for one in LIFE if next_of(one, status)]
        action = dice.choice(known if dice.random() < 0.5 else [*Action, *Step])
        after = held_against_life(action, status, dice.choice([None, *S])) or status
        seen.add(after)
        # A life that has ended begins anew, and not only at its beginning: every part is walked.
        status = dice.choice(alive) if after in ENDS else after
    assert seen == set(S) - {S.UNKNOWN}


@pytest.mark.parametrize("action", [*Action, *Step])
def test_every_action_leads_from_every_status_where_the_life_says(action: Action | Step) -> None:
    for status, chosen in product(S, (None, *S)):
        held_against_life(action, status, chosen)


def held_against_life(
    action: Action | Step, status: RequestStatus, chosen: RequestStatus | None
) -> RequestStatus | None:
    """The status after the step, which is the one of the life; None: refused as there."""
    wanted = next_of(action, status)
    if not wanted or (len(wanted) > 1 and chosen not in wanted):
        with pytest.raises(MoveNotAllowed, match=f"{action}.*{status}"):
            moved(action, status, chosen)
        return None
    after = moved(action, status, chosen)
    assert after in wanted, (action, status)
    assert after is chosen or len(wanted) == 1, (action, status)
    return after


def test_every_status_can_be_reached_and_left_until_the_end() -> None:
    reached, edge = {S.NEW}, {S.NEW}
    while edge:
        edge = {after for status in edge for after in NEXT[status]} - reached
        reached |= edge
    assert reached == set(S) - {S.UNKNOWN}
    assert ENDS == ENDED


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
    """But for a conclusion that its doctor corrects."""
    moves = [
        (action, status)
        for action, status in product([*Action, *Step], ENDED)
        if can_move(action, status)
    ]
    assert moves == [(Action.CORRECT_CONCLUSION, RequestStatus.CLOSED)]
    assert not any(is_open(status) for status in ENDED)


@pytest.mark.parametrize("role", DOCTORS)
def test_doctor_claims_what_is_free_and_releases_what_is_his(role: Role) -> None:
    free = allowed_actions(role, RequestStatus.READY, None, "me")
    assert free == [Action.CLAIM, Action.SNOOZE]
    mine = allowed_actions(role, RequestStatus.CLAIMED, "me", "me")
    assert mine[0] is Action.PROPOSE_SLOT
    assert mine[-1] is Action.RELEASE
    assert allowed_actions(role, RequestStatus.CLAIMED, "other", "me") == []
    assert Action.RELEASE not in allowed_actions(role, RequestStatus.IN_CALL, "me", "me")


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_who_is_no_doctor_may_claim_nothing(role: Role) -> None:
    for status, owner in product(RequestStatus, (None, "me", "other")):
        assert Action.CLAIM not in allowed_actions(role, status, owner, "me")


def test_only_the_clinics_admin_takes_over_approves_and_returns() -> None:
    clinics = {Action.APPROVE, Action.RETURN, Action.TAKE_OVER}
    for role, status in product(Role, RequestStatus):
        offered = set(allowed_actions(role, status, "other", "me"))
        assert not offered & clinics or role is Role.CLINIC_ADMIN
    admins = [set(allowed_actions(Role.CLINIC_ADMIN, one, "other", "me")) for one in RequestStatus]
    assert set.union(*admins) == clinics


@pytest.mark.parametrize("status", sorted(RequestStatus))
def test_offered_actions_are_those_that_the_table_has(status: RequestStatus) -> None:
    for owner in (None, "me"):
        offered = allowed_actions(Role.CONSULTANT, status, owner, "me")
        assert all(can_move(action, status) for action in offered)


@pytest.mark.parametrize(
    ("action", "status", "possible", "impossible"),
    [
        (Action.CALL, S.SCHEDULED, Circumstances(), Circumstances(lacks_consent=True)),
        (Action.CONVERT, S.CLAIMED, Circumstances(Route.DUTY), Circumstances(Route.CENTRE)),
        (Action.OUT_OF_PROFILE, S.CLAIMED, Circumstances(Route.CENTRE), Circumstances(Route.DUTY)),
        (Action.ASK_DOCUMENTS, S.CLAIMED, Circumstances(), Circumstances(Route.JOURNAL)),
        (Action.ANNUL, S.CLAIMED, Circumstances(refusals=3), Circumstances(refusals=2)),
        (Action.CALL, S.SCHEDULED, Circumstances(), Circumstances(is_ringing=True)),
        (Action.SNOOZE, S.CLAIMED, Circumstances(), Circumstances(is_threat=True)),
        (Action.WAKE, S.CLAIMED, Circumstances(was_aside=True), Circumstances()),
        (Action.MARK_ITEM, S.CLAIMED, Circumstances(), Circumstances(Route.JOURNAL)),
        (Action.PROPOSE_SLOT, S.CLAIMED, Circumstances(), Circumstances(lacks_documents=True)),
        (Action.CLOSE_NO_CONTACT, S.SCHEDULED, LOST, replace(LOST, phone_attempts=2)),
        (Action.CLOSE_NO_CONTACT, S.SCHEDULED, LOST, replace(LOST, patient_is_online=True)),
        (Action.CLOSE_NO_CONTACT, S.SCHEDULED, LOST, replace(LOST, call_failed=False)),
    ],
)
def test_action_is_offered_where_its_condition_holds_and_refused_with_a_reason(
    action: Action, status: RequestStatus, possible: Circumstances, impossible: Circumstances
) -> None:
    """OZ-2, OZ-3, OZ-13, SPB-6, SPB-13, DRC-11"""
    role = Role.CONSULTANT
    assert action in allowed_actions(role, status, "me", "me", possible)
    assert action not in allowed_actions(role, status, "me", "me", impossible)
    assert refusal(action, possible) is None
    assert refusal(action, impossible) in [reason for _, reason in CONDITIONS[action]]
    assert refusal(action, impossible)


def test_claim_whose_lease_is_over_is_free_to_every_other_doctor() -> None:
    over = Circumstances(lease_is_over=True)
    for role in DOCTORS:
        assert allowed_actions(role, S.CLAIMED, "other", "me", over) == [Action.CLAIM]
        assert Action.RELEASE in allowed_actions(role, S.CLAIMED, "me", "me", over)
    admins = allowed_actions(Role.CLINIC_ADMIN, S.CLAIMED, "other", "me", over)
    assert admins == [Action.TAKE_OVER]


def test_nobody_is_taken_over_from() -> None:
    assert allowed_actions(Role.CLINIC_ADMIN, S.CLAIMED, None, "me") == []


def test_older_client_sees_an_action_that_it_does_not_know_as_unknown() -> None:
    assert Action("teleport") is Action.UNKNOWN
