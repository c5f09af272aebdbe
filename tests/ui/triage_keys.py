"""Keys of decisions as keyboards send them: a place, and what the layout makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backend_client.models.requests import Action, RequestRow, RequestStatus
from tests.factories import make_owner, make_row
from tests.ui.keys import NO_MODIFIER, press, scan_code
from tests.ui.queue_desk import QueueDesk
from tests.ui.queue_scene import checklist
from tests.ui.waiting import until
from workstation.core.triage_order import Said
from workstation.ui.screens.triage.view_model import TriageViewModel

CYRILLIC = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "йцукенгшщзфывапролдячсмить", strict=True))
NAMED = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Space": Qt.Key.Key_Space,
    "F9": Qt.Key.Key_F9,
    "Tab": Qt.Key.Key_Tab,
    "Down": Qt.Key.Key_Down,
}
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(slots=True)
class Keyboard:
    """A doctor's keyboard under one of the layouts; it counts what was pressed."""

    desk: QueueDesk
    cyrillic: bool = False
    pressed: int = 0

    def press(self, *places: str) -> None:
        """Presses keys by their places: "A", "2", "Enter", "Ctrl+Enter"."""
        for place in places:
            self.pressed += 1
            name = place.removeprefix("Ctrl+")
            modifiers = CTRL if place != name else NO_MODIFIER
            if name in NAMED:
                press(self.focus, NAMED[name], modifiers=modifiers)
            else:
                letter = CYRILLIC.get(name, name) if self.cyrillic else name.lower()
                press(self.focus, letter, scan_code=scan_code(name), modifiers=modifiers)

    def type(self, text: str) -> None:
        """Types a text into whatever has the focus."""
        for letter in text:
            press(self.focus, letter)

    @property
    def focus(self) -> QWidget:
        """Where the keys go."""
        return self.desk.view.window().focusWidget() or self.desk.view

    @property
    def model(self) -> TriageViewModel:
        """What is decided on the card."""
        return self.desk.card.triage

    async def settled(self) -> None:
        """Waits until what was begun is ordered."""
        await until(lambda: not self.model.is_busy)


def own_row(**changes: object) -> RequestRow:
    """A request of the doctor's own, with all its documents."""
    own: dict[str, object] = {
        "owner": make_owner(),
        "status": RequestStatus.CLAIMED,
        "allowed_actions": [Action.ASK_DOCUMENTS, Action.DECLINE, Action.RELEASE],
        "checklist": checklist(),
    }
    return make_row(**(own | changes))


def ordered(desk: QueueDesk) -> list[object]:
    """The actions that were ordered, in their order."""
    return [call[2] for call in _orders(desk)]


def said(desk: QueueDesk) -> Said | None:
    """The words of the newest order."""
    words = _orders(desk)[-1][3]
    assert words is None or isinstance(words, Said)
    return words


def _orders(desk: QueueDesk) -> Sequence[tuple[object, ...]]:
    return [call for call in desk.triage.backend.calls if call[0] == "order"]
