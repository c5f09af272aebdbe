"""Keys by their physical position: alike under ЙЦУКЕН and QWERTY, with or without scan codes."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keys import press
from workstation.ui.shortcuts import (
    _EVDEV,
    _PC,
    KEY_OF,
    SHORTCUTS,
    ShortcutRouter,
    key_label,
    pressed_key,
)

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
    yield pad
    pad.hide()


def scan_code(key: str) -> int:
    """The code that this system's keyboards send for a position."""
    return next(code for table in (_EVDEV, _PC) for code, name in table.items() if name == key)


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
    known = set(_EVDEV.values()) | {"Enter", "Esc", "Space", "PageUp", "PageDown", "Left", "Right"}
    known |= {"+", "-", "Up", "Down", "Home", "End", "Ins"} | {f"F{n}" for n in range(1, 13)}
    for shortcut in SHORTCUTS:
        assert shortcut.key.split("+")[-1] in known or shortcut.key == "+", shortcut


def test_a_keycap_says_its_key(russian: object) -> None:
    assert key_label("queue.take_next") == KEY_OF["queue.take_next"] == "N"
    assert key_label("clip.play") == "Пробел"
