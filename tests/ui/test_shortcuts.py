"""Keys by their physical position: alike under ЙЦУКЕН and QWERTY, with or without scan codes."""

from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keys import press, scan_code, window_of
from workstation.ui.shortcuts import KEY_OF, SHORTCUTS, ShortcutRouter, key_label, pressed_key
from workstation.ui.shortcuts.physical_keys import EVDEV

LETTERS = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True))


class Pad(QWidget):
    """A screen with a field, a button and a part of its own."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.field, self.button, self.part = QLineEdit(), QPushButton("Press"), QPushButton("In")
        self.inner = QWidget()
        QVBoxLayout(self.inner).addWidget(self.part)
        for widget in (self.field, self.button, self.inner):
            column.addWidget(widget)
        self.done: list[str] = []


@pytest.fixture
def pad(qtbot: QtBot, shortcuts: ShortcutRouter) -> Iterator[Pad]:
    pad = Pad()
    qtbot.addWidget(pad)
    pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for action in ("queue.take_next", "queue.search", "card.item_1", "queue.open", "clip.play"):
        shortcuts.bind(pad, action, partial(pad.done.append, action))
    shortcuts.bind(pad, "app.connect", lambda: pad.done.append("app.connect"))
    pad.show()
    pad.activateWindow()
    pad.setFocus()
    qtbot.waitUntil(pad.isActiveWindow)
    yield pad
    pad.hide()


@pytest.mark.parametrize("letter", ["N", "n", "Т", "т"])
def test_a_letter_of_either_layout_acts(pad: Pad, letter: str) -> None:
    press(pad, letter)
    assert pad.done == ["queue.take_next"]


@pytest.mark.parametrize("letter", ["N", "Т", "ñ"])
def test_the_position_counts_where_it_is_known(pad: Pad, letter: str) -> None:
    press(pad, letter, scan_code=scan_code("N"))
    assert pad.done == ["queue.take_next"]


def test_the_slash_is_a_dot_under_the_russian_layout(pad: Pad) -> None:
    press(pad, "/")
    press(pad, ".")
    press(pad, ".", scan_code=scan_code("/"))
    assert pad.done == ["queue.search"] * 3


@pytest.mark.parametrize("latin", list(LETTERS))
def test_every_letter_has_its_pair(latin: str) -> None:
    def key(code: int, scan: int) -> str:
        kind = QEvent.Type.KeyPress
        return pressed_key(QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, scan, 0, 0))

    cyrillic = LETTERS[latin]
    assert key(ord(latin), 0) == key(ord(cyrillic), 0) == latin
    assert key(ord(cyrillic), scan_code(latin)) == latin


def test_with_a_modifier_it_is_another_key(pad: Pad) -> None:
    press(pad, "n", modifiers=Qt.KeyboardModifier.ControlModifier)
    assert pad.done == []


def test_a_text_field_keeps_its_letters_and_gives_its_function_keys(pad: Pad) -> None:
    pad.field.setFocus()
    for key in ("n", "1", "/"):
        press(pad.field, key)
    press(pad.field, Qt.Key.Key_F5)
    assert pad.field.text() == "n1/"
    assert pad.done == ["app.connect"]


def test_enter_and_space_press_the_button_that_has_the_focus(pad: Pad) -> None:
    pressed: list[bool] = []
    pad.button.clicked.connect(lambda: pressed.append(True))
    pad.button.setFocus()
    press(pad.button, Qt.Key.Key_Return)
    press(pad.button, Qt.Key.Key_Space)
    assert pressed == [True, True]
    assert pad.done == []


def test_the_part_that_has_the_focus_is_nearer(pad: Pad, shortcuts: ShortcutRouter) -> None:
    shortcuts.bind(pad.inner, "card.item_1", lambda: pad.done.append("inner"))
    press(pad, "1")
    pad.part.setFocus()
    press(pad.part, "1")
    assert pad.done == ["card.item_1", "inner"]


def test_what_is_hidden_or_disabled_does_not_act(pad: Pad) -> None:
    pad.setEnabled(False)
    press(pad, "n")
    pad.setEnabled(True)
    pad.hide()
    press(pad, "n")
    assert pad.done == []


def test_every_key_of_the_table_can_be_pressed() -> None:
    known = set(EVDEV.values()) | {"Enter", "Esc", "Space", "PageUp", "PageDown", "Left", "Right"}
    known |= {"+", "-", "Up", "Down", "Home", "End", "Ins", "Delete", "Backspace"}
    known |= {f"F{n}" for n in range(1, 13)}
    for shortcut in SHORTCUTS:
        assert shortcut.key.split("+")[-1] in known or shortcut.key == "+", shortcut


def test_a_keycap_says_its_key(russian: object) -> None:
    assert key_label("queue.take_next") == KEY_OF["queue.take_next"] == "N"
    assert key_label("clip.play") == "Пробел"
    assert key_label("app.keys") == "?"
    assert key_label("slot.day_before") == "←"


def test_only_the_window_is_watched_not_what_stands_in_it(
    pad: Pad, shortcuts: ShortcutRouter
) -> None:
    """A filter on every object would be asked about every event; a key sent past the window to a
    widget, as no keyboard does it, therefore acts on nothing.
    """
    QTest.keyClick(pad.field, Qt.Key.Key_F5)
    assert pad.done == []
    QTest.keyClick(window_of(pad), Qt.Key.Key_F5)
    assert pad.done == ["app.connect"]


@pytest.mark.parametrize(("letter", "position"), [("j", "J"), ("о", "J"), ("j", ""), ("о", "")])
def test_a_held_key_goes_on_with_what_scrolls(
    pad: Pad, shortcuts: ShortcutRouter, letter: str, position: str
) -> None:
    shortcuts.bind(pad, "queue.next", lambda: pad.done.append("next"))
    press(pad, letter, scan_code=scan_code(position) if position else 0, repeats=4)
    assert pad.done == ["next"] * 5


@pytest.mark.parametrize(("letter", "position"), [("a", "A"), ("ф", "A"), ("ф", "")])
def test_a_held_key_decides_once(
    pad: Pad, shortcuts: ShortcutRouter, letter: str, position: str
) -> None:
    shortcuts.bind(pad, "approvals.approve", lambda: pad.done.append("approved"))
    code = scan_code(position) if position else 0
    press(pad, letter, scan_code=code, repeats=4)
    assert pad.done == ["approved"]
    press(pad, letter, scan_code=code)
    assert pad.done == ["approved"] * 2


def test_a_held_key_types_nothing_into_the_field_that_it_leads_to(
    pad: Pad, shortcuts: ShortcutRouter
) -> None:
    shortcuts.bind(pad, "approvals.approve", pad.field.setFocus)
    press(pad, "ф", scan_code=scan_code("A"), repeats=5)
    assert pad.field.hasFocus()
    assert pad.field.text() == ""
    press(pad, "1")
    assert pad.field.text() == "1"


def test_a_held_enter_presses_a_button_once_and_not_what_comes_next(pad: Pad) -> None:
    pressed: list[str] = []
    pad.button.clicked.connect(lambda: pressed.append("button"))
    pad.button.clicked.connect(pad.part.setFocus)
    pad.part.clicked.connect(lambda: pressed.append("part"))
    pad.button.setFocus()
    press(pad, Qt.Key.Key_Return, repeats=5)
    assert pressed == ["button"]


def test_a_letter_held_in_a_text_field_is_typed(pad: Pad) -> None:
    pad.field.setFocus()
    press(pad, "n", repeats=3)
    assert pad.field.text() == "nnnn"
    assert pad.done == []


def test_a_repeat_of_a_key_that_went_elsewhere_does_not_act(pad: Pad) -> None:
    """Held in the field; then the focus leaves it, and the repeats find the screen's actions."""
    pad.field.setFocus()
    pad.field.textEdited.connect(lambda: pad.setFocus())
    press(pad, "n", repeats=3)
    assert pad.field.text() == "n"
    assert pad.done == []


def test_with_nothing_to_act_upon_the_key_still_is_its_own(
    pad: Pad, shortcuts: ShortcutRouter
) -> None:
    there: list[bool] = []
    shortcuts.bind(pad.inner, "card.item_1", lambda: pad.done.append("in"), lambda: bool(there))
    pad.part.setFocus()
    press(pad, "1")
    assert pad.done == [], "the outer widget's action is not carried out in its place"
    there.append(True)
    press(pad, "1")
    assert pad.done == ["in"]


def test_a_dialog_keeps_its_keys_from_the_window_behind_it(
    qtbot: QtBot, pad: Pad, shortcuts: ShortcutRouter
) -> None:
    dialog = QDialog(pad)
    shortcuts.bind(dialog, "approvals.approve", lambda: pad.done.append("in the dialog"))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(dialog, "n")
    press(dialog, "ф", scan_code=scan_code("A"))
    assert pad.done == ["in the dialog"]
    dialog.close()
    dialog.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_open_menu_has_the_keys_for_itself(qtbot: QtBot, pad: Pad) -> None:
    menu = QMenu(pad)
    menu.addAction("One")
    menu.popup(pad.mapToGlobal(pad.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(window_of(pad), Qt.Key.Key_F5)
    assert pad.done == []
    menu.close()
    menu.deleteLater()


def test_under_a_cover_only_its_own_actions_act_and_those_of_a_call(
    pad: Pad, shortcuts: ShortcutRouter
) -> None:
    shortcuts.bind(pad, "call.microphone", lambda: pad.done.append("microphone"))
    shortcuts.bind(pad.inner, "palette.close", lambda: pad.done.append("close"))
    shortcuts.cover(pad.inner)
    press(pad, "n")
    press(pad, Qt.Key.Key_F5)
    press(pad, Qt.Key.Key_F2)
    press(pad, Qt.Key.Key_Escape)
    assert pad.done == ["microphone", "close"]
    pad.inner.hide()
    press(pad, "n")
    assert pad.done == ["microphone", "close", "queue.take_next"]


def test_what_keys_reach_is_told_nearest_first(pad: Pad, shortcuts: ShortcutRouter) -> None:
    shortcuts.bind(pad.inner, "review.item_1", lambda: None)
    pad.part.setFocus()
    reached = [entry.shortcut.action for entry in shortcuts.reached(pad)]
    assert reached[0] == "review.item_1"
    assert "card.item_1" not in reached, "the nearer one has the key"
    possible = [entry.shortcut.action for entry in shortcuts.possible(pad)]
    assert "card.item_1" in possible


def test_who_is_gone_is_forgotten(pad: Pad, shortcuts: ShortcutRouter) -> None:
    child = QWidget(pad)
    child.show()
    shortcuts.bind(child, "queue.next", lambda: pad.done.append("next"))
    shortcuts.bind(child, "queue.previous", lambda: pad.done.append("previous"))
    shiboken6.delete(child)
    press(pad, "j")
    press(pad, "k")
    assert pad.done == []


@pytest.mark.parametrize("digit", ["1", "4"])
def test_the_digits_at_the_right_are_the_same_digits(digit: str) -> None:
    keypad = Qt.KeyboardModifier.KeypadModifier
    event = QKeyEvent(QEvent.Type.KeyPress, ord(digit), keypad, 87, 0, 0)
    assert pressed_key(event) == digit
