"""The main window: rooms, connection, status, and what it must never show."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import NOW
from tests.fakes import FakeAccountService, FakePrefetch, FakeSyncService
from tests.ui.keys import press
from tests.ui.waiting import until
from workstation.core.connection import Link
from workstation.core.server_clock import ServerClock
from workstation.services.answers import CasesAhead
from workstation.ui.choices import LookChoices
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.wording import Wording

pytestmark = pytest.mark.usefixtures("russian")


QUEUE = Room("queue", lambda: "Очередь", "tray")
SETTINGS = Room("settings", lambda: "Настройки", "gear", at_bottom=True)


class Desk:
    """The window on fakes, with two rooms."""

    def __init__(
        self, theme: Theme, shortcuts: ShortcutRouter, look: LookChoices, *, is_demo: bool = False
    ) -> None:
        self.account, self.sync = FakeAccountService(), FakeSyncService()
        wording = Wording(ServerClock(lambda: NOW))
        self.model = MainWindowModel(self.account, wording, is_demo=is_demo)
        self.window = MainWindow(self.model, theme, shortcuts, look)
        self.queue, self.settings = QLineEdit(), QWidget()
        self.window.add_room(QUEUE, self.queue)
        self.window.add_room(SETTINGS, self.settings)
        self.model.follow(self.sync)

    def facts(self) -> str:
        """What the status bar says."""
        return self.window.status.accessibleName()

    def rail(self, key: str) -> QAbstractButton:
        """A room's button."""
        button = self.window.findChild(QAbstractButton, f"rail.{key}")
        assert button is not None
        return button


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, shortcuts: ShortcutRouter, look: LookChoices
) -> Iterator[Desk]:
    desk = Desk(theme, shortcuts, look)
    qtbot.addWidget(desk.window)
    desk.window.resize(1366, 768)
    desk.window.show()
    desk.window.activateWindow()
    yield desk
    desk.model.close()


def test_rooms_change_by_the_rail_and_by_keyboard(desk: Desk) -> None:
    assert desk.queue.isVisible()
    QTest.mouseClick(desk.rail("settings"), Qt.MouseButton.LeftButton)
    assert desk.settings.isVisible()
    assert desk.rail("settings").isChecked()
    button = desk.rail("queue")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(button, Qt.Key.Key_Return)
    assert desk.queue.isVisible()
    assert desk.queue.hasFocus()


def test_inside_a_case_the_rail_is_glyphs_and_leads_back(desk: Desk) -> None:
    case = QWidget()
    wide = desk.window.rail.sizeHint().width()
    desk.window.show_case(case)
    assert case.isVisible()
    assert desk.window.rail.sizeHint().width() < wide
    assert desk.rail("queue").toolTip() == "Очередь"
    assert desk.rail("queue").accessibleName() == "Очередь"
    desk.window.leave_case()
    assert desk.queue.isVisible()
    assert not case.isVisible()
    assert desk.window.rail.sizeHint().width() == wide


def test_a_room_of_the_rail_leaves_the_case(desk: Desk) -> None:
    case = QWidget()
    desk.window.show_case(case)
    desk.rail("settings").click()
    assert desk.settings.isVisible()
    assert not case.isVisible()


def test_a_lost_connection_is_a_banner_that_pushes_the_content(desk: Desk) -> None:
    before = desk.queue.mapTo(desk.window, desk.queue.rect().topLeft()).y()
    desk.sync.become(Link.OFFLINE, timedelta(seconds=8))
    banner = desk.window.banner
    assert banner.isVisible()
    assert banner._title.text() == "Нет связи с сервером с 12:30"
    assert banner._count.text() == "повтор через 8\u00a0с"
    QApplication.sendPostedEvents()
    desk.window.grab()
    assert desk.queue.mapTo(desk.window, desk.queue.rect().topLeft()).y() > before
    assert "Связи нет" in desk.facts()


def test_f5_and_the_button_try_at_once(desk: Desk) -> None:
    desk.sync.become(Link.OFFLINE, timedelta(seconds=8))
    press(desk.queue, Qt.Key.Key_F5)
    QTest.mouseClick(desk.window.banner._button, Qt.MouseButton.LeftButton)
    assert desk.sync.retries == 2


def test_the_banner_goes_when_the_server_is_back(desk: Desk) -> None:
    desk.sync.become(Link.OFFLINE)
    assert desk.window.banner._count.text() == "пробую сейчас"
    desk.sync.become(Link.ONLINE)
    assert not desk.window.banner.isVisible()
    assert "Связь есть" in desk.facts()


def test_a_notice_is_one_line_that_can_be_closed(desk: Desk) -> None:
    desk.window.notify("Декодер запущен снова")
    notice = desk.window.notice
    assert notice.isVisible()
    assert notice.accessibleName() == "Декодер запущен снова"
    notice._close.click()
    assert not notice.isVisible()


def test_the_status_bar_says_time_and_where_the_data_are(desk: Desk) -> None:
    assert "Время сервера 12:30 МСК" in desk.facts()
    assert "Данные на диске зашифрованы" in desk.facts()


def test_the_status_bar_says_how_many_cases_are_prepared(desk: Desk) -> None:
    prefetch = FakePrefetch()
    desk.model.follow(desk.sync, prefetch)
    assert "Подготовлено" not in desk.facts()
    prefetch.become(CasesAhead(1, 3))
    assert "Время сервера 12:30 МСК, Подготовлено дел: 1 из 3" in desk.facts()
    prefetch.become(CasesAhead(3, 3))
    assert "Подготовлено дел: 3 из 3" in desk.facts()
    desk.model.follow(None)
    assert "Подготовлено" not in desk.facts()


def test_a_demonstration_says_where_its_key_is(
    qtbot: QtBot, theme: Theme, shortcuts: ShortcutRouter, look: LookChoices
) -> None:
    desk = Desk(theme, shortcuts, look, is_demo=True)
    qtbot.addWidget(desk.window)
    assert "Демонстрация: ключ в памяти" in desk.facts()
    assert "зашифрованы" not in desk.facts()
    desk.model.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_the_account_is_named_and_can_leave(desk: Desk) -> None:
    await desk.account.sign_in("levashova", "demo")
    button = desk.window.status._account
    assert button.text().strip() == "Левашова М. О., кардиолог"
    asked: list[bool] = []
    desk.window.sign_out_wanted.connect(lambda: asked.append(True))
    button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    await until(lambda: bool(asked))
    assert menu.actions()[0].text() == "Выйти"


async def test_the_title_never_names_a_patient(desk: Desk) -> None:
    case = QWidget()
    case.setWindowTitle("Верещагин Павел Никитич")
    desk.window.show_case(case)
    assert desk.window.windowTitle() == "Рабочее место консультанта"


def test_behind_the_sign_in_screen_nothing_is_seen(desk: Desk) -> None:
    sign_in = QWidget()
    desk.window.show_sign_in(sign_in)
    assert sign_in.isVisible()
    assert not desk.queue.isVisible()
    assert not desk.window.status.isVisible()
    desk.window.show_desk()
    assert desk.queue.isVisible()


def test_rooms_leave_with_their_account(desk: Desk) -> None:
    desk.window.remove_rooms()
    other = QWidget()
    desk.window.add_room(Room("queue", lambda: "Очередь", "tray"), other)
    assert other.isVisible()


def test_the_window_is_no_smaller_than_the_smallest_screen(desk: Desk) -> None:
    assert (desk.window.minimumWidth(), desk.window.minimumHeight()) == (1024, 640)


def test_its_place_is_remembered(desk: Desk) -> None:
    desk.window.showMaximized()
    kept = desk.window.state()
    desk.window.showNormal()
    desk.window.restore(kept)
    assert desk.window.isMaximized()
    desk.window.restore(b"{")
    assert desk.window.isMaximized(), "what is not its own is ignored"


def test_closing_is_told(desk: Desk) -> None:
    told: list[bool] = []
    desk.window.closing.connect(lambda: told.append(True))
    desk.window.closeEvent(QCloseEvent())
    assert told == [True]


def test_the_theme_changes_at_a_key(desk: Desk, theme: Theme) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(desk.queue, Qt.Key.Key_L, modifiers=both)
    assert theme.is_dark
    press(desk.queue, Qt.Key.Key_L, modifiers=both)
    assert not theme.is_dark
