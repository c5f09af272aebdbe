"""The call screen on fakes, ready to be driven by keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.call_scene import CallScene
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.services.kept_messages import KeptMessages
from workstation.ui.screens.call.view import CallView
from workstation.ui.screens.review.monitors import Monitors


class CallDesk:
    """The view in a window of 1366x768, its model, and what the services were asked."""

    def __init__(
        self,
        qtbot: QtBot,
        around: Surroundings,
        unsent: KeptMessages | None = None,
        monitors: Monitors | None = None,
    ) -> None:
        self.scene = CallScene(around.words, unsent)
        self.model = self.scene.model
        self.calls, self.chats = self.scene.calls, self.scene.chats
        self.still = self.scene.still
        self.view = CallView(
            self.model, around.theme, around.shortcuts, around.words, self.still, monitors=monitors
        )
        qtbot.addWidget(self.view)
        self.view.resize(1314, 742)
        self.view.show()
        self.view.activateWindow()
        self.view.stage.setFocus()

    @property
    def card(self) -> str:
        """What the card in the middle says; "" where there is none."""
        card = self.view.stage.card
        return card.text().replace("\u00a0", " ") if card.isVisible() else ""

    @property
    def notice(self) -> str:
        """What the plate at the lower left says."""
        notice = self.view.stage.notice
        return notice.accessibleName() if notice.isVisible() else ""

    def press(
        self,
        key: Qt.Key | str,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Presses a key where the focus is."""
        press(QApplication.focusWidget() or self.view, key, modifiers=modifiers)

    def type(self, text: str) -> None:
        """Types letters where the focus is."""
        for letter in text:
            self.press(letter)

    def asked(self, name: str) -> list[tuple[object, ...]]:
        """The calls of that name to the telephone."""
        return [call for call in self.calls.backend.calls if call[0] == name]


@asynccontextmanager
async def open_call(
    qtbot: QtBot,
    around: Surroundings,
    unsent: KeptMessages | None = None,
    monitors: Monitors | None = None,
) -> AsyncIterator[CallDesk]:
    """The screen with its case and its chat read."""
    desk = CallDesk(qtbot, around, unsent, monitors)
    desk.model.open(desk.scene.row.id)
    await until(lambda: desk.model.row is not None and desk.model.chat.can_write is not None)
    try:
        yield desk
    finally:
        await desk.model.close()
        await desk.still.close()
        desk.view.hide()
