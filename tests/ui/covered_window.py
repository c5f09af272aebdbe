"""The whole window on fakes, with what Ctrl+K and `?` open over it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import QueueGroup, RequestRow
from tests.fakes import FakeAccountService, FakeRequestService
from tests.ui.fake_desk import FakeDesk
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_card
from tests.ui.waiting import until
from workstation.screens import Screens
from workstation.ui.choices import QueueChoices
from workstation.ui.covers import Covers
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.screens.queue.view_model import ListState

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, slots=True)
class CoveredWindow:
    """The window, its rooms, and the covers."""

    window: MainWindow
    screens: Screens
    covers: Covers

    def press(self, key: Qt.Key | str, position: str = "", *, ctrl: bool = False) -> None:
        """Presses a key; with `position` as a keyboard does that tells where it stands."""
        code = scan_code(position) if position else 0
        modifiers = CTRL if ctrl else Qt.KeyboardModifier.NoModifier
        press(self.window, key, scan_code=code, modifiers=modifiers)

    def type(self, text: str) -> None:
        """Types letters."""
        for letter in text:
            self.press(letter)

    def ask_keys(self, letter: str = "?") -> None:
        """Presses the key of `?`: "," is what it types under ЙЦУКЕН."""
        press(self.window, letter, scan_code=scan_code("/"), modifiers=SHIFT)

    @property
    def titles(self) -> list[str]:
        """The palette's lines from above."""
        palette = self.covers.palette
        model = palette.list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def sees(self, name: str) -> bool:
        """Whether the widget of that name is on the screen."""
        found = self.window.findChild(QWidget, name)
        return found is not None and found.isVisible()


@asynccontextmanager
async def covered(
    qtbot: QtBot,
    around: Surroundings,
    rows: Iterable[RequestRow],
    kept: dict[str, str] | None = None,
) -> AsyncIterator[CoveredWindow]:
    """Shows the queue's room in a window of 1366x768; `kept`: what was found on the computer."""
    rows = list(rows)
    requests = FakeRequestService(rows)
    requests.cards.update({row.id: scene_card(row) for row in rows})
    model = MainWindowModel(FakeAccountService(), around.words.time)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    covers = Covers(window, around.theme, around.shortcuts)
    choices = QueueChoices(QueueGroup.ALL)
    screens = Screens(
        FakeDesk(requests),
        window,
        around.theme,
        around.words,
        around.shortcuts,
        around.look,
        choices,
        kept or {},
    )
    window.show_desk()
    window.show()
    window.activateWindow()
    screens.start()
    wanted = ListState.ROWS if rows else ListState.EMPTY
    await until(lambda: screens.queue_model.state is wanted and window.isActiveWindow())
    try:
        yield CoveredWindow(window, screens, covers)
    finally:
        covers.close()
        await screens.close()
        model.close()
        window.hide()
