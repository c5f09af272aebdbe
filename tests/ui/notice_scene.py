"""The whole window on fakes, with notices that the server tells of and a tray that remembers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.common import RequestId
from backend_client.models.requests import Action, QueueGroup, RequestRow, RequestStatus
from tests.factories import changed_row, make_owner, make_row
from tests.fakes import FakeAccountService, FakeRequestService
from tests.ui.fake_desk import FakeDesk
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW, scene_card
from tests.ui.waiting import until
from tests.unit.services.house import running
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.screens import Screens
from workstation.services.link import LinkState
from workstation.services.notices import NoticeService
from workstation.ui.choices import NoticeChoices, QueueChoices
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.notifications.line import NoticeBar
from workstation.ui.notifications.room import NoticeRoom
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.widgets.patient_plate import NextPatientPlate

SHORT_S = 60.0
PATIENT, OTHER = "Верещагин Павел Никитич", "Лунёва Тамара Андреевна"


class FakeTray(QObject):
    """Remembers what the system would show."""

    pressed = Signal()
    balloon_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count, self.is_grave = 0, False
        self.words = ""
        self.balloons: list[tuple[str, str]] = []
        self.is_closed = False

    def show_count(self, count: int, words: str, *, is_grave: bool) -> None:
        """The icon of now."""
        self.count, self.words, self.is_grave = count, words, is_grave

    def tell(self, title: str, text: str) -> None:
        """A balloon more."""
        self.balloons.append((title, text))

    def close(self) -> None:
        """Taken away."""
        self.is_closed = True


class QuietCalls:
    """A call that is on when the test says so."""

    def __init__(self) -> None:
        self.live: LiveCall | None = None
        self.changed: Event[LiveCall] = Event()

    def become(self, phase: CallPhase) -> None:
        """The call stands there now."""
        self.live = LiveCall(RequestId("talked-to"), phase)
        self.changed.emit(self.live)


class NoticeDesk(FakeDesk):
    """A desk whose notices are read from the requests, with a clock that jumps at each sleep."""

    def __init__(self, requests: FakeRequestService) -> None:
        super().__init__(requests)
        self.now: datetime = SCENE_NOW
        self.elsewhere: list[QWidget] = []
        """Windows of other programs."""
        self.quiet_calls = QuietCalls()
        self.link = LinkState(ConnectionState(Link.ONLINE, SCENE_NOW))
        self.notices = NoticeService(
            requests, self.quiet_calls, self.link, lambda: self.now, self._sleep
        )

    async def _sleep(self, seconds: float) -> None:
        """A short wait is over at once; a term does not come."""
        if seconds > SHORT_S:
            await asyncio.get_running_loop().create_future()
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class NoticeScene:
    """The window, its rooms, and what the system shows."""

    desk: NoticeDesk
    window: MainWindow
    screens: Screens
    tray: FakeTray
    choices: NoticeChoices

    @property
    def bar(self) -> NoticeBar:
        """Where the line stands."""
        return self.screens.notices.bar

    @property
    def room(self) -> NoticeRoom:
        """The room of notices."""
        found = self.window.findChild(NoticeRoom, "notices")
        assert found is not None
        return found

    def change(self, row: RequestRow, **changes: object) -> None:
        """The server tells that the request is another now."""
        self.desk.now += timedelta(seconds=1)
        known = self.desk.requests.rows.get(row.id, row)
        self.desk.requests.upsert(changed_row(known, version=known.version + 1, **changes))

    async def told(self, row: RequestRow, **changes: object) -> None:
        """The same, and the line says it."""
        before = self.bar.text
        self.change(row, **changes)
        await until(lambda: self.bar.text not in ("", before))

    def press(self, letter: str) -> None:
        """Ctrl and a letter."""
        modifiers = Qt.KeyboardModifier.ControlModifier
        press(self.window, letter, scan_code=scan_code("J"), modifiers=modifiers)

    def plate_goes(self) -> None:
        """The moment in which the patient's name stands large is over."""
        plate = self.window.findChild(NextPatientPlate, "nextPatient")
        assert plate is not None
        assert plate.isVisible()
        plate.dismiss()

    def sees(self, name: str) -> bool:
        """Whether the widget of that name is on the screen."""
        found = self.window.findChild(QWidget, name)
        return found is not None and found.isVisible()


def mine(full_name: str = PATIENT, **changes: object) -> RequestRow:
    """A case of the doctor that is scheduled, without a term."""
    actions = [Action.CALL, Action.WRITE_MESSAGE, Action.WRITE_CONCLUSION, Action.PROPOSE_SLOT]
    defaults: dict[str, object] = {
        "full_name": full_name,
        "owner": make_owner("Левашова М. О."),
        "status": RequestStatus.SCHEDULED,
        "due_at": None,
        "soon_at": None,
        "allowed_actions": actions,
    }
    return make_row(**(defaults | changes))


@asynccontextmanager
async def noticing(
    qtbot: QtBot,
    around: Surroundings,
    *rows: RequestRow,
    size: tuple[int, int] = (1366, 768),
    kept: dict[str, str] | None = None,
) -> AsyncIterator[NoticeScene]:
    """Shows the queue's room; the service of notices has read how all stands."""
    requests = FakeRequestService(rows)
    requests.cards.update({row.id: scene_card(row) for row in rows})
    desk, tray, choices = NoticeDesk(requests), FakeTray(), NoticeChoices()
    model = MainWindowModel(FakeAccountService(), around.words.time)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    window.resize(*size)
    screens = Screens(
        desk,
        window,
        around.theme,
        around.words,
        around.shortcuts,
        around.look,
        QueueChoices(QueueGroup.ALL),
        kept or {},
        notice_choices=choices,
        tray=tray,
    )
    window.show_desk()
    window.show()
    window.activateWindow()
    screens.start()
    wanted = ListState.ROWS if rows else ListState.EMPTY
    await until(lambda: screens.queue_model.state is wanted and window.isActiveWindow())
    scene = NoticeScene(desk, window, screens, tray, choices)
    try:
        async with running(desk.notices.run()):
            await until(lambda: desk.notices.is_ready)
            yield scene
    finally:
        await screens.close()
        model.close()
        window.hide()
