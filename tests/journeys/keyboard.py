"""A doctor's keyboard at the whole window, under one of the layouts: places, not letters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.driver import Desk, DoesNotHold
from tests.ui.keys import press, scan_code
from tests.ui.triage_keys import CYRILLIC, NAMED
from workstation.ui.shortcuts.physical_keys import EVDEV

LATIN = {letter: place for place, letter in CYRILLIC.items()}
PLACES = frozenset(EVDEV.values())
KEYS = NAMED | {"Up": Qt.Key.Key_Up, "Left": Qt.Key.Key_Left, "F6": Qt.Key.Key_F6}
KEYS |= {"F10": Qt.Key.Key_F10, "Ins": Qt.Key.Key_Insert, "Right": Qt.Key.Key_Right}
KEYS |= {"PageDown": Qt.Key.Key_PageDown}
MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
MOST_STOPS = 40


class DeskKeyboard:
    """Presses keys as the system sends them: to the window or the menu over it, with the code of
    their place and with what the layout makes of it."""

    def __init__(self, desk: Desk, *, cyrillic: bool) -> None:
        self.desk = desk
        self.is_cyrillic = cyrillic
        self.pressed = 0

    def press(self, *places: str) -> None:
        """Presses keys by their places: "A", "2", "Enter", "Ctrl+Enter", "Alt+Z"."""
        for place in places:
            self.pressed += 1
            *held, name = place.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= MODIFIERS[one]
            where = QApplication.activePopupWidget() or self.desk.window
            if name in KEYS:
                press(where, KEYS[name], modifiers=modifiers)
            else:
                letter = CYRILLIC.get(name, name) if self.is_cyrillic else name.lower()
                press(where, letter, scan_code=scan_code(name), modifiers=modifiers)

    def type(self, text: str) -> None:
        """Types a text, each letter from its place."""
        for letter in text:
            self.pressed += 1
            place = LATIN.get(letter.lower(), letter.upper())
            code = scan_code(place) if place in PLACES else 0
            press(self.desk.window, letter, scan_code=code)

    async def close_menu(self, *places: str) -> None:
        """Presses keys, the last of which closes a menu; then the window has the keyboard."""
        self.press(*places)
        window = self.desk.window
        await self.desk.until(lambda: QApplication.activePopupWidget() is None, "a menu stays")
        window.activateWindow()
        await self.desk.until(window.isActiveWindow, "the window has not the keyboard")

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Tab, or Shift+Tab, until the name of what has the focus begins so. Raises DoesNotHold."""
        for _ in range(MOST_STOPS):
            if self.focus_name.startswith(name):
                return
            self.pressed += 1
            key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
            press(self.desk.window, key)
        raise DoesNotHold(f"Tab does not lead to {name}, but to {self.focus_name}")

    @property
    def focus(self) -> QWidget | None:
        """Where the keys go."""
        return self.desk.window.focusWidget()

    @property
    def focus_name(self) -> str:
        """Object name of where the keys go."""
        return "" if self.focus is None else self.focus.objectName()
