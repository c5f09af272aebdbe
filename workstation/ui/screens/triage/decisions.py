"""What the keys, the buttons and the menu of the card do: begin a decision, or say why not."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from backend_client.models.requests import Action
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter


class Decisions:
    """Decisions on the card's request. `item`: code of the checklist's current line, or ""."""

    def __init__(self, model: TriageViewModel, item: Callable[[], str]) -> None:
        self._model, self._item = model, item

    def name(self, action: Action) -> str:
        """What it is called."""
        return self._model.words.name(action)

    def why_not(self, action: Action) -> str:
        """Why it is not possible; "": it is."""
        reason = self._model.why_not(action)
        if not reason and action is Action.MARK_ITEM and not self._item():
            return self._model.words.no_item()
        return reason

    def can(self, action: Action) -> bool:
        """Whether it can be begun now."""
        return self._model.can(action) and not self.why_not(action)

    def begin(self, action: Action) -> None:
        """Opens its panel, or does it."""
        if self.can(action):
            self._model.begin(action, self._item() if action is Action.MARK_ITEM else "")

    def explain(self, action: Action) -> None:
        """Says why it is not possible."""
        reason = self.why_not(action)
        if reason and self._model.panel is None:
            self._model.failed.emit(UserMessage(reason))

    def press(self, action: Action) -> None:
        """Begins it, or says why not."""
        if self.can(action):
            self.begin(action)
        else:
            self.explain(action)

    def bind(self, widget: QWidget, shortcuts: ShortcutRouter) -> None:
        """Their keys, while the widget is there to be used."""
        for action, key in ACTION_KEYS.items():
            act, can = partial(self.begin, action), partial(self.can, action)
            shortcuts.bind(widget, key, act, can, partial(self.explain, action))
