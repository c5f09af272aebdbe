"""The PIN's field: nothing brings the PIN back once it is gone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.keys import press
from workstation.ui.theme import Theme
from workstation.ui.widgets.pin_field import PinField

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> Iterator[PinField]:
    field = PinField(theme, "pin", key="P")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.isActiveWindow)
    for digit in "2026":
        press(field.edit, digit)
    yield field
    field.hide()


def test_it_is_not_shown_and_not_copied(field: PinField) -> None:
    assert field.pin == "2026"
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert "2026" not in field.edit.displayText()
    QApplication.clipboard().setText("")
    field.edit.selectAll()
    field.edit.copy()
    field.edit.cut()
    assert QApplication.clipboard().text() == ""
    reason = QContextMenuEvent.Reason.Keyboard
    place = field.edit.rect().center()
    menu = QContextMenuEvent(reason, place, field.edit.mapToGlobal(place))
    QApplication.sendEvent(field.edit, menu)
    assert QApplication.activePopupWidget() is None


def test_a_forgotten_pin_does_not_come_back(field: PinField) -> None:
    field.forget()
    assert field.is_empty
    field.edit.undo()
    field.edit.redo()
    press(field.edit, "z", modifiers=CTRL)
    assert "2026" not in field.pin


def test_it_goes_when_it_is_not_seen_any_more(field: PinField) -> None:
    field.hide()
    assert field.is_empty


def test_a_wrong_one_is_typed_over(field: PinField) -> None:
    field.ask_again()
    assert field.edit.property("invalid")
    assert field.edit.hasSelectedText()
    press(field.edit, "7")
    assert field.pin == "7"
    assert not field.edit.property("invalid")


def test_enter_and_typing_are_told(field: PinField) -> None:
    told: list[str] = []
    field.entered.connect(lambda: told.append("entered"))
    field.changed.connect(lambda: told.append("changed"))
    press(field.edit, "5")
    press(field.edit, Qt.Key.Key_Return)
    assert told == ["changed", "entered"]
