"""What is enabled for a request that nobody has is what the server lets its owner do."""

import pytest

from backend.rules.actions import Circumstances, allowed_actions
from backend_client.models.accounts import Role
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route
from tests.factories import make_item, make_owner, make_row
from workstation.core.triage_order import HELD
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.possible import Why, why_not

ROUTES = [Route.CENTRE, Route.REFERRAL, Route.DUTY, Route.JOURNAL]


@pytest.mark.parametrize("route", ROUTES)
def test_an_unclaimed_request_offers_what_its_owner_may(route: Route) -> None:
    """The window guesses nothing that the rules would refuse after the claim, and hides nothing."""
    after = allowed_actions(
        Role.CONSULTANT, RequestStatus.CLAIMED, "me", "me", Circumstances(route=route)
    )
    free = [Action.CLAIM, Action.SNOOZE]
    row = make_row(route=route, checklist=[make_item()], allowed_actions=free)
    offered = {action for action in ACTION_KEYS if why_not(action, row) is None}
    assert offered - {Action.CLAIM} == (set(after) & set(ACTION_KEYS)) - {Action.RELEASE}


@pytest.mark.parametrize("action", list(ACTION_KEYS))
def test_ones_own_request_follows_the_server(action: Action) -> None:
    own = {"owner": make_owner(), "status": RequestStatus.CLAIMED, "route": Route.DUTY}
    allowed = make_row(allowed_actions=[action], **own)
    refused = make_row(allowed_actions=[], **own)
    assert why_not(action, allowed) is None
    assert why_not(action, refused) is not None


def test_a_lapsed_claim_of_a_colleague_can_be_taken() -> None:
    owner = make_owner("Сафонов Д. В.", is_me=False)
    row = make_row(owner=owner, status=RequestStatus.CLAIMED, allowed_actions=[Action.CLAIM])
    assert why_not(Action.DECLINE, row) is None
    taken = make_row(owner=owner, status=RequestStatus.CLAIMED, allowed_actions=[])
    assert why_not(Action.DECLINE, taken) is Why.TAKEN


def test_only_a_threat_to_life_goes_past_an_order_that_waits() -> None:
    row = make_row()
    threat = Action.MARK_LIFE_THREAT
    assert why_not(Action.DECLINE, row, waits=Action.ASK_DOCUMENTS) is Why.ORDER_WAITS
    assert why_not(Action.DECLINE, row, waits=threat) is Why.ORDER_WAITS
    assert why_not(threat, row, waits=Action.DECLINE) is None
    assert why_not(threat, row, waits=threat) is Why.THREAT_WAITS


def test_every_order_that_is_held_has_a_key() -> None:
    assert set(ACTION_KEYS) >= HELD
