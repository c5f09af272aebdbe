"""A case that was fetched ahead is shown while its claim is on the way; the answer decides."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.models.requests import RequestStatus
from tests.factories import make_owner, make_row
from tests.ui.queue_desk import Surroundings
from tests.ui.test_claim_in_hand import OTHER
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until


def shown(place: Place) -> None:
    """The case is on the screen, and the server has not answered yet."""
    requests = place.desk.requests
    requests.at_hand.add(place.row.id)
    requests.claims_go.clear()
    place.press(Qt.Key.Key_Return)
    assert place.sees("reviewView"), "painted with this very key"


async def test_a_case_that_is_at_hand_waits_for_no_claim(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        shown(place)
        assert place.desk.claims.in_hand == frozenset(), "no heartbeat before the claim"
        assert place.screens.review_model.steps == (), "nothing can be done with it yet"
        place.desk.requests.claims_go.set()
        await until(lambda: place.screens.review_model.steps != ())
        assert place.status() is RequestStatus.CLAIMED
        assert place.sees("reviewView")


async def test_a_step_that_was_asked_for_meanwhile_is_made_with_the_answer(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-8: Enter, T, quicker than the server answers."""
    async with placed(qtbot, around, make_row()) as place:
        shown(place)
        place.press("T")
        assert place.sees("reviewView")
        place.desk.requests.claims_go.set()
        await until(lambda: place.sees("slotView"))


async def test_a_step_that_was_asked_for_in_vain_is_forgotten(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        requests = place.desk.requests
        shown(place)
        place.press("T")
        requests.rows[place.row.id] = make_row(owner=OTHER, allowed_actions=[])
        requests.claims_go.set()
        await until(lambda: place.sees("queue"))
        assert not place.sees("slotView")


async def test_who_was_quicker_is_told_and_the_case_goes_from_the_screen(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: never two doctors at one case."""
    async with placed(qtbot, around, make_row()) as place:
        requests = place.desk.requests
        shown(place)
        requests.rows[place.row.id] = make_row(owner=OTHER, allowed_actions=[])
        requests.claims_go.set()
        await until(lambda: place.sees("queue"))
        assert place.window.notice.isVisible()
        assert "Орлов П. И." in place.screens.queue.card.footer.problem.text()
        assert "release" not in place.orders()
        assert place.desk.claims.in_hand == frozenset()


async def test_a_case_that_was_left_before_the_answer_is_given_back_behind_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        shown(place)
        place.press(Qt.Key.Key_Escape)
        assert place.sees("queue")
        assert "release" not in place.orders(), "there is nothing to give back yet"
        place.desk.requests.claims_go.set()
        await until(lambda: place.orders()[-1] == "release")
        assert place.status() is RequestStatus.READY
        assert place.desk.claims.in_hand == frozenset()


async def test_the_next_case_waits_for_no_claim_of_the_one_before(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Enter, Esc, J, Enter, quicker than the server answers."""
    first, second = make_row(), make_row()
    async with placed(qtbot, around, first, second) as place:
        requests = place.desk.requests
        requests.at_hand.add(second.id)
        shown(place)
        place.press(Qt.Key.Key_Escape)
        place.press("J")
        place.press(Qt.Key.Key_Return)
        assert place.screens.review_model.request_id == second.id
        requests.claims_go.set()
        await until(lambda: requests.rows[second.id].status is RequestStatus.CLAIMED)
        await until(lambda: "release" in place.orders())
        assert requests.rows[first.id].status is RequestStatus.READY
        assert requests.rows[second.id].status is RequestStatus.CLAIMED


async def test_ones_own_case_asks_for_nothing(qtbot: QtBot, around: Surroundings) -> None:
    async with placed(qtbot, around, make_row(owner=make_owner())) as place:
        place.desk.requests.at_hand.add(place.row.id)
        place.press(Qt.Key.Key_Return)
        assert place.sees("reviewView")
        assert "claim" not in place.orders()
        assert place.desk.claims.in_hand == {place.row.id}
