"""The window speaks Russian: nothing is left untranslated, and no English word is seen."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeAccountService, FakeSyncService
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.queue_scene import scene_rows
from tests.ui.waiting import until
from tools import strings
from workstation.core.connection import Link
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.screens.sign_in.view import SignInView
from workstation.ui.screens.sign_in.view_model import SignInViewModel
from workstation.ui.widgets.labels import SignLabel, TextBlock

ROOMS = (
    "main_window",
    "sign_in",
    "queue",
    "request_card",
    "settings",
    "slot",
    "approvals",
    "call",
    "conclusion",
    "review",
    "app",
    "errors",
    "wording",
    "keys",
    "palette",
)
NOT_WORDS = re.compile(
    r"\b(?:Ctrl|Alt|Shift|Enter|Esc|Page(?:Up|Down)|F\d+|Caps Lock|WPW|[A-Z]\d\d(?:\.\d)?"
    r"|I+|IIБ|levashova|v?\d+(?:\.\d+)+)\b"
)
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.mark.parametrize("room", ROOMS)
def test_every_string_is_translated(room: str) -> None:
    assert strings.unfinished(strings.FOLDER / f"{room}.ts") == []


def seen(root: QWidget) -> Iterator[str]:
    """Every text that the widgets show, hint at, or tell a screen reader."""
    for widget in [root, *root.findChildren(QWidget)]:
        yield widget.toolTip()
        yield widget.accessibleName()
        if isinstance(widget, QAbstractButton | QLabel | SignLabel | TextBlock | QLineEdit):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()


def english(root: QWidget) -> set[str]:
    """Texts with an English word in them."""
    texts = (re.sub(r"<[^>]*>", "", text) for text in seen(root))
    return {text for text in texts if LATIN.search(NOT_WORDS.sub("", text))}


async def test_the_queue_and_its_card(qtbot: QtBot, around: Surroundings, russian: object) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        await desk.card_is_read()
        assert english(desk.view) == set()
        model = desk.model.rows
        cells = [
            str(model.index(row, column).data())
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
        titles = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(6)]
        assert [t for t in cells + titles if LATIN.search(NOT_WORDS.sub("", t))] == []


async def test_sign_in(qtbot: QtBot, around: Surroundings, russian: object) -> None:
    model = SignInViewModel(FakeAccountService(), offers_demo=True)
    view = SignInView(model, around.theme, around.words.time, around.shortcuts)
    qtbot.addWidget(view)
    view.show()
    model.start()
    await until(view.accounts.isVisible)
    view.password.edit.setText("x")
    view.login.edit.setText("levashova")
    view.button.click()
    await until(view.problem.isVisible)
    view.login.edit.clear()
    view.password.edit.clear()
    assert english(view) == set()
    await model.close()


async def test_the_main_window(qtbot: QtBot, around: Surroundings, russian: object) -> None:
    account, sync = FakeAccountService(), FakeSyncService()
    await account.sign_in("levashova", "demo")
    model = MainWindowModel(account, around.words.time, is_demo=True)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    room = Room("settings", lambda: "Настройки", "gear")
    window.add_room(room, SettingsView(around.look, around.theme))
    model.follow(sync)
    for link in Link:
        sync.become(link)
        assert english(window) == set()
    model.close()
