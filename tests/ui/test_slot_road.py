"""From the queue to a proposed time and back, by keys alone, in the window (OZ-8)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action, QueueGroup, RequestRow, RequestStatus
from tests.factories import make_owner, make_row
from tests.fakes import FakeAccountService, FakeRequestService
from tests.ui.fake_desk import FakeDesk
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.screens import Screens
from workstation.services.appointed_calls import AppointedCalls
from workstation.services.calls import CallService
from workstation.ui.choices import QueueChoices
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.screens.queue.view_model import ListState


@dataclass(frozen=True, slots=True)
class Place:
    """The window with its rooms."""

    desk: FakeDesk
    window: MainWindow
    screens: Screens
    row: RequestRow

    def press(self, key: Qt.Key | str) -> None:
        """Presses a key where the focus is."""
        press(self.window, key)

    def sees(self, name: str) -> bool:
        """Whether the widget of that name is on the screen."""
        found = self.window.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def status(self) -> RequestStatus:
        """Where the request stands by the server."""
        return self.desk.requests.rows[self.row.id].status

    def orders(self) -> list[object]:
        """What was asked of the requests' service, by name."""
        return [call[0] for call in self.desk.requests.backend.calls]


@asynccontextmanager
async def placed(
    qtbot: QtBot,
    around: Surroundings,
    row: RequestRow,
    *others: RequestRow,
    calls: CallService | None = None,
    appointed: AppointedCalls | None = None,
) -> AsyncIterator[Place]:
    requests = FakeRequestService([row, *others])
    desk = FakeDesk(requests, calls, appointed)
    model = MainWindowModel(FakeAccountService(), around.words.time)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    screens = Screens(
        desk,
        window,
        around.theme,
        around.words,
        around.shortcuts,
        around.look,
        QueueChoices(QueueGroup.ALL),
        {},
    )
    window.show_desk()
    window.show()
    window.activateWindow()
    screens.start()
    place = Place(desk, window, screens, row)
    await until(lambda: screens.queue_model.state is ListState.ROWS)
    try:
        yield place
    finally:
        await screens.close()
        model.close()
        window.hide()


async def test_queue_to_proposal_is_four_keys(qtbot: QtBot, around: Surroundings) -> None:
    """Enter, T, 1, Enter: taken, its times, the first of them, proposed; then the queue again."""
    async with placed(qtbot, around, make_row()) as place:
        place.press(Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)
        place.press("T")
        await until(lambda: place.sees("slotView"))
        button = place.window.findChild(QWidget, "slot.propose")
        assert button is not None
        await until(button.isEnabled)
        place.press("1")
        place.press(Qt.Key.Key_Return)
        await until(lambda: place.status() is RequestStatus.SLOT_PROPOSED)
        await until(lambda: place.sees("queue") and place.window.notice.isVisible())
        assert "release" not in place.orders(), "the case stays the doctor's"


async def test_the_russian_key_is_the_same_key(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row(owner=make_owner(), allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.sees("card.time"))
        place.press("Е")
        assert place.sees("slotView")


async def test_from_the_card_esc_leads_back_to_the_queue(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(owner=make_owner(), allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.sees("card.time"))
        place.press("T")
        assert place.sees("slotView")
        place.press(Qt.Key.Key_Escape)
        assert place.sees("queue")
        assert "release" not in place.orders()


async def test_from_the_review_esc_leads_back_to_the_review(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        place.press(Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)
        place.press("T")
        place.press(Qt.Key.Key_Escape)
        assert place.sees("reviewView")


async def test_without_the_servers_leave_there_is_no_time_to_propose(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, make_row()) as place:
        await until(lambda: place.sees("card"))
        assert not place.sees("card.time")
        place.press("T")
        assert not place.sees("slotView")


async def test_a_case_with_a_proposed_time_is_not_given_back_by_looking_at_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(
        owner=make_owner(),
        status=RequestStatus.SLOT_PROPOSED,
        allowed_actions=[Action.PROPOSE_SLOT],
    )
    async with placed(qtbot, around, row) as place:
        place.press(Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)
        place.press(Qt.Key.Key_Escape)
        await until(lambda: place.sees("queue"))
    assert "release" not in place.orders()


async def test_another_room_ends_the_choice_of_a_time(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row(owner=make_owner(), allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.sees("card.time"))
        place.press("T")
        place.window.show_room("week")
        assert place.sees("weekView")
        assert not place.sees("slotView")
