"""What is on the screen is in hand, and a claim that was lost is told in the window (OZ-12)."""

from datetime import timedelta

from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action, RequestRow, RequestStatus
from tests.factories import make_owner, make_row
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until
from workstation.ui.screens.request_card.opening import Opening, Refused, verdict

OTHER = replace(make_owner("Орлов П. И."), is_me=False)


async def opened(place: Place) -> None:
    """The case is taken and shown."""
    place.press(Qt.Key.Key_Return)
    await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)


def heard(place: Place, **changes: object) -> None:
    """Another state of the request comes from the server."""
    row = place.desk.requests.rows[place.row.id]
    new: RequestRow = replace(row, version=row.version + 1, **changes)
    place.desk.requests.rows[row.id] = new
    place.desk.requests.changed.emit(new)


async def test_a_case_on_the_screen_is_in_hand_until_it_is_left(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        await opened(place)
        assert place.desk.claims.in_hand == {place.row.id}
        place.press(Qt.Key.Key_Escape)
        assert place.desk.claims.in_hand == frozenset()
        await until(lambda: "release" in place.orders())


async def test_ones_own_case_that_the_card_leads_into_is_in_hand_too(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(owner=make_owner(), allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.sees("card.time"))
        place.press("T")
        assert place.desk.claims.in_hand == {row.id}
        place.press(Qt.Key.Key_Escape)
        assert place.desk.claims.in_hand == frozenset()


async def test_a_bare_claim_is_given_back_by_whatever_road_it_was_come_to(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Accepted without opening, its time looked at from the card, left: a colleague can take it."""
    on_lease = replace(make_owner(), lease_until=SCENE_NOW + timedelta(minutes=5))
    row = make_row(owner=on_lease, allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.sees("card.time"))
        place.press("T")
        place.press(Qt.Key.Key_Escape)
        await until(lambda: "release" in place.orders())


async def test_what_was_begun_from_the_card_stays_the_doctors(
    qtbot: QtBot, around: Surroundings
) -> None:
    """A lease that ends while the case is open, as with a time that was proposed."""
    on_lease = replace(make_owner(), lease_until=SCENE_NOW + timedelta(minutes=5))
    row = make_row(owner=on_lease, allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.sees("card.time"))
        place.press("T")
        heard(place, owner=make_owner())
        place.press(Qt.Key.Key_Escape)
        await until(lambda: place.sees("queue"))
        assert "release" not in place.orders()


async def test_a_case_with_a_draft_is_left_and_stays_the_doctors(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: what was begun is on no lease, and is not given back by looking elsewhere."""
    async with placed(qtbot, around, make_row()) as place:
        await opened(place)
        heard(place, owner=make_owner())
        place.press(Qt.Key.Key_Escape)
        await until(lambda: place.sees("queue"))
        assert "release" not in place.orders()


async def test_a_lost_case_is_told_with_who_has_it_and_is_not_given_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        await opened(place)
        heard(place, owner=OTHER, allowed_actions=[])
        told = place.window.notice.accessibleName()
        assert place.row.number in told
        assert "Орлов П. И." in told
        assert place.screens.review_model.steps == ()
        place.press(Qt.Key.Key_Escape)
        await until(lambda: place.sees("queue"))
        assert "release" not in place.orders()


async def test_a_case_that_went_back_to_the_queue_is_told(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        await opened(place)
        heard(place, owner=None, status=RequestStatus.READY, allowed_actions=[Action.CLAIM])
        assert "went back to the queue" in place.window.notice.accessibleName()


async def test_what_waits_for_documents_is_opened_and_no_time_is_offered(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-2, OZ-20: the server offers no time before the documents are complete."""
    held = [Action.ASK_DOCUMENTS, Action.MARK_ITEM, Action.RELEASE]
    row = make_row(owner=make_owner(), status=RequestStatus.CLAIMED, allowed_actions=held)
    async with placed(qtbot, around, row) as place:
        await opened(place)
        place.press("T")
        assert place.sees("reviewView")
        assert not place.sees("slotView")
        heard(place, allowed_actions=[Action.PROPOSE_SLOT, *held])
        place.press("T")
        assert place.sees("slotView")


def test_a_colleagues_claim_that_has_run_out_can_be_taken() -> None:
    taken = make_row(owner=OTHER, allowed_actions=[])
    assert verdict(taken).refused is Refused.TAKEN
    assert verdict(replace(taken, allowed_actions=[Action.CLAIM])).opening is Opening.TAKE
