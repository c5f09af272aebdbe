"""What keys, buttons and the menu of a place do: begin a decision, or say why not."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from backend_client.models.requests import Action
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter


class Decisions:
    """Decisions on the request that is shown.

    `item`: code of the checklist's current line, or "". `ask_item`: where there are no such lines,
    asks for the item and goes on with `begin_item`.
    """

    def __init__(
        self,
        model: TriageViewModel,
        item: Callable[[], str] = lambda: "",
        ask_item: Callable[[], None] | None = None,
    ) -> None:
        self._model, self._item, self._ask_item = model, item, ask_item

    def name(self, action: Action) -> str:
        """What it is called."""
        return self._model.words.name(action)

    def why_not(self, action: Action) -> str:
        """Why it is not possible; "": it is."""
        reason = self._model.why_not(action)
        if reason or action is not Action.MARK_ITEM or self._ask_item is not None:
            return reason
        return "" if self._item() else self._model.words.no_item()

    def can(self, action: Action) -> bool:
        """Whether it can be begun now."""
        return self._model.can(action) and not self.why_not(action)

    def begin(self, action: Action) -> None:
        """Opens its panel, or does it."""
        if not self.can(action):
            return
        if action is not Action.MARK_ITEM:
            self._model.begin(action)
        elif self._ask_item is not None:
            self._ask_item()
        else:
            self.begin_item(self._item())

    def begin_item(self, code: str) -> None:
        """Says of that checklist item that it does not apply, or does after all."""
        self._model.begin(Action.MARK_ITEM, code)

    def explain(self, action: Action) -> None:
        """Says why it is not possible."""
        reason = self.why_not(action)
        if reason and (self._model.panel is None or action is Action.MARK_LIFE_THREAT):
            self._model.tell(UserMessage(reason))

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
