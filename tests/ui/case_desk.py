"""A case that is open in the window with its files, and a doctor's keyboard before it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action, QueueGroup, RequestRow, RequestStatus
from tests.factories import make_card, make_owner
from tests.fakes import FakeAccountService, FakeStudyService
from tests.ui.fake_desk import FakeDesk
from tests.ui.keys import NO_MODIFIER, press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import checklist
from tests.ui.review_scene import Scene
from tests.ui.triage_keys import CTRL, CYRILLIC, NAMED
from tests.ui.waiting import until
from workstation.core.triage_order import Said
from workstation.screens import Screens
from workstation.ui.choices import QueueChoices
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.triage.content import Panel
from workstation.ui.screens.triage.view_model import TriageViewModel

KEYS = NAMED | {"F10": Qt.Key.Key_F10, "PageDown": Qt.Key.Key_PageDown, "Left": Qt.Key.Key_Left}
ALL = (
    *(Action.ASK_DOCUMENTS, Action.DECLINE, Action.OUT_OF_PROFILE, Action.MARK_ITEM),
    *(Action.INVITE_IN_PERSON, Action.RECOMMEND_INPATIENT, Action.CLOSE_WITHOUT_CONCLUSION),
    *(Action.SNOOZE, Action.RELEASE, Action.MARK_LIFE_THREAT, Action.PROPOSE_SLOT),
)
LACKS: dict[str, object] = {
    "checklist": checklist(ecg="present", conclusion="missing", mri="not_applicable"),
    "missing_documents": ["conclusion"],
}
OWN: dict[str, object] = {
    "owner": make_owner(),
    "status": RequestStatus.CLAIMED,
    "allowed_actions": list(ALL),
    **LACKS,
}


@dataclass(slots=True)
class CaseDesk:
    """The window with an open case."""

    scene: Scene
    desk: FakeDesk
    window: MainWindow
    screens: Screens
    cyrillic: bool = False

    @property
    def view(self) -> ReviewView:
        """The files."""
        return self.screens.review

    @property
    def triage(self) -> TriageViewModel:
        """What is decided."""
        return self.screens.triage_model

    @property
    def panel(self) -> Panel:
        """The decision that is open in the case."""
        panel = self.triage.panel
        assert panel is not None
        assert self.view.side.panel.isVisible()
        return panel

    @property
    def focus(self) -> QWidget | None:
        """Where the keys go."""
        return self.window.focusWidget()

    def press(self, *places: str) -> None:
        """Presses keys by their places: in the menu that is open, else in the window."""
        for place in places:
            name = place.removeprefix("Ctrl+")
            modifiers = CTRL if place != name else NO_MODIFIER
            letter = CYRILLIC.get(name, name) if self.cyrillic else name.lower()
            menu = QApplication.activePopupWidget()
            if menu is not None:
                code = 0 if name in KEYS else scan_code(name)
                key = KEYS[name] if name in KEYS else Qt.Key(ord(letter.upper()))
                kind = QKeyEvent.Type.KeyPress
                event = QKeyEvent(kind, key.value, modifiers, code, 0, 0, letter)
                QApplication.sendEvent(menu, event)
            elif name in KEYS:
                press(self.window, KEYS[name], modifiers=modifiers)
            else:
                press(self.window, letter, scan_code=scan_code(name), modifiers=modifiers)

    async def decide(self, *places: str) -> None:
        """F10 and what follows in the menu; then the window has the keyboard again."""
        self.press("F10", *places)
        await until(lambda: QApplication.activePopupWidget() is None)
        await self.has_keyboard()

    async def has_keyboard(self) -> None:
        """As the system gives it back when a menu is gone."""
        self.window.activateWindow()
        handle = self.window.windowHandle()
        await until(lambda: handle is not None and handle.isActive())

    def type(self, text: str) -> None:
        """Types a text into whatever has the focus."""
        for letter in text:
            press(self.window, letter)

    def orders(self) -> Sequence[tuple[object, ...]]:
        """What was ordered: id, action, words."""
        return [call[1:] for call in self.desk.triage.backend.calls if call[0] == "order"]

    def ordered(self) -> list[object]:
        """The actions that were ordered, in their order."""
        return [order[1] for order in self.orders()]

    def said(self) -> Said | None:
        """The words of the newest order."""
        words = self.orders()[-1][2]
        assert words is None or isinstance(words, Said)
        return words

    async def opened(self) -> None:
        """Waits until the files hang, and the keys go to them."""
        await until(lambda: self.screens.review_model.card is not None)
        await until(lambda: any(pane.viewer is not None for pane in self.view.panes))
        await until(lambda: self.focus is not None and self.view.isAncestorOf(self.focus))


def own(scene: Scene, changes: Mapping[str, object]) -> RequestRow:
    """The scene's request as the doctor's own, with its card."""
    row = msgspec.structs.replace(scene.row, **(OWN | dict(changes)))
    scene.row = row
    scene.requests.rows[row.id] = row
    scene.requests.cards[row.id] = make_card(row, documents=scene.files)
    return row


@asynccontextmanager
async def open_case(
    qtbot: QtBot,
    around: Surroundings,
    *,
    cyrillic: bool = False,
    is_opened: bool = True,
    others: Sequence[RequestRow] = (),
    changes: Mapping[str, object] | None = None,
    furnish: Callable[[FakeDesk], None] | None = None,
) -> AsyncIterator[CaseDesk]:
    """The case in a window of 1366x768, the doctor's own but for `changes`; `is_opened`: else the
    queue stands before it. `furnish` gives the desk other services before its screens are built."""
    scene = Scene()
    own(scene, changes or {})
    scene.requests.rows |= {row.id: row for row in others}
    desk = FakeDesk(scene.requests)
    desk.studies = cast(FakeStudyService, scene.studies)  # its files are made up, open at once
    if furnish is not None:
        furnish(desk)
    model = MainWindowModel(FakeAccountService(), around.words.time)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    look, choices = around.look, QueueChoices(QueueGroup.ALL)
    screens = Screens(desk, window, around.theme, around.words, around.shortcuts, look, choices, {})
    window.show_desk()
    window.show()
    window.activateWindow()
    screens.start()
    place = CaseDesk(scene, desk, window, screens, cyrillic)
    try:
        await until(lambda: screens.queue_model.state is ListState.ROWS)
        if is_opened:
            press(window, Qt.Key.Key_Return)
            await place.opened()
        yield place
    finally:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            menu.close()
        await screens.close()
        model.close()
        window.hide()
