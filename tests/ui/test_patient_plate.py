"""The next patient is said large for a moment, and what is typed meanwhile acts on nobody."""

from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeAccountService
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.patient_plate import NextPatientPlate

NAME, BORN = "Верещагин Павел Никитич", "14.03.1961, 65 лет"


class Desk(QWidget):
    """A case with a field and a button, and the plate over it."""

    def __init__(self, theme: Theme, shortcuts: ShortcutRouter) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.field, self.button = QLineEdit(), QPushButton("Sign")
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.plate = NextPatientPlate(self, theme, shortcuts, hold_ms=60)
        self.done: list[str] = []
        self.button.clicked.connect(lambda: self.done.append("pressed"))
        for action in ("queue.next", "conclusion.sign", "review.back", "call.microphone"):
            shortcuts.bind(self, action, partial(self.done.append, action))


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, shortcuts: ShortcutRouter) -> Iterator[Desk]:
    desk = Desk(theme, shortcuts)
    qtbot.addWidget(desk)
    desk.resize(900, 500)
    desk.show()
    desk.activateWindow()
    desk.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    desk.setFocus()
    qtbot.waitUntil(desk.isActiveWindow)
    yield desk
    desk.hide()


@pytest.mark.parametrize(("letter", "position"), [("j", "J"), ("о", "J"), ("о", "")])
def test_what_is_typed_in_that_moment_is_dropped(
    qtbot: QtBot, desk: Desk, letter: str, position: str
) -> None:
    code = scan_code(position) if position else 0
    desk.plate.reveal(NAME, BORN)
    press(desk, letter, scan_code=code)
    press(desk, Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    press(desk, Qt.Key.Key_F2)
    assert desk.done == []
    qtbot.waitUntil(lambda: not desk.plate.isVisible())
    press(desk, letter, scan_code=code)
    assert desk.done == ["queue.next"]


def test_text_and_buttons_get_nothing_either(qtbot: QtBot, desk: Desk) -> None:
    desk.field.setFocus()
    desk.plate.reveal(NAME, BORN)
    press(desk, "а")
    desk.button.setFocus()
    press(desk, Qt.Key.Key_Return)
    press(desk, Qt.Key.Key_Space)
    assert desk.field.text() == ""
    assert desk.done == []


def test_esc_gives_the_case_that_has_just_come_to_nobody(qtbot: QtBot, desk: Desk) -> None:
    """It was meant for the patient before; once the name is gone it leads back as ever."""
    desk.plate.reveal(NAME, BORN)
    press(desk, Qt.Key.Key_Escape)
    assert desk.done == []
    qtbot.waitUntil(lambda: not desk.plate.isVisible())
    press(desk, Qt.Key.Key_Escape)
    assert desk.done == ["review.back"]


def test_a_key_held_through_the_moment_does_not_go_on_after_it(qtbot: QtBot, desk: Desk) -> None:
    """J was held when the patient changed: the repeats behind the plate are for nobody."""

    def send(kind: QEvent.Type, again: bool) -> None:
        code, plain = Qt.Key.Key_J.value, Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(kind, code, plain, scan_code("J"), 0, 0, "j", again)
        QApplication.sendEvent(desk.windowHandle(), event)

    desk.plate.reveal(NAME, BORN)
    send(QEvent.Type.KeyPress, False)
    qtbot.waitUntil(lambda: not desk.plate.isVisible())
    send(QEvent.Type.KeyPress, True)
    assert desk.done == []
    send(QEvent.Type.KeyRelease, False)
    send(QEvent.Type.KeyPress, False)
    assert desk.done == ["queue.next"]


def test_a_click_is_not_meant_for_what_has_come_under_it(desk: Desk) -> None:
    desk.plate.reveal(NAME, BORN)
    spot = desk.button.geometry().center()
    assert desk.childAt(spot) is desk.plate
    QTest.mouseClick(desk.plate, Qt.MouseButton.LeftButton, pos=spot)
    assert desk.done == []


def test_the_moment_begins_when_the_name_is_seen(qtbot: QtBot, desk: Desk) -> None:
    """A window that is busy does not take the name from the doctor: the timer waits for it."""
    desk.plate.reveal(NAME, BORN)
    assert not desk.plate._timer.isActive()
    desk.plate.repaint()
    assert desk.plate._timer.isActive()


def test_it_covers_its_place_also_when_that_grows(desk: Desk) -> None:
    desk.plate.reveal(NAME, BORN)
    desk.resize(1000, 600)
    assert desk.plate.geometry() == desk.rect()
    assert desk.plate.accessibleName() == f"Next patient: {NAME}, {BORN}"


def test_the_design_s_moment_is_900_ms(desk: Desk, theme: Theme, shortcuts: ShortcutRouter) -> None:
    assert NextPatientPlate(desk, theme, shortcuts)._timer.interval() == 900


def test_a_plate_that_is_deleted_gives_the_keys_back(desk: Desk, shortcuts: ShortcutRouter) -> None:
    desk.plate.reveal(NAME, BORN)
    assert shortcuts.drops_keys
    shiboken6.delete(desk.plate)
    assert not shortcuts.drops_keys


def test_in_the_window_it_goes_when_the_case_is_left(qtbot: QtBot, around: Surroundings) -> None:
    model = MainWindowModel(FakeAccountService(), around.words.time)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    window.add_room(Room("queue", lambda: "Очередь", "tray"), QWidget())
    window.show_desk()
    window.show()
    window.show_case(QWidget())
    window.reveal_patient(NAME, BORN)
    plate = window.findChild(NextPatientPlate, "nextPatient")
    assert plate is not None
    assert plate.isVisible()
    assert window.rail.isVisible(), "the rail stays"
    window.leave_case()
    assert not plate.isVisible()
    assert not around.shortcuts.drops_keys
    model.close()
