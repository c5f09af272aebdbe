"""What was ordered in the queue, as every other place sees it: taken back there, a refusal told."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workstation.ui.error_text import user_message
from workstation.ui.main_window import MainWindow
from workstation.ui.screens.triage.undo_line import UndoLine
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme

if TYPE_CHECKING:
    from workstation.services.kept_orders import RefusedOrder
    from workstation.services.triage import TriageService

QUEUE = "queue"
"""The room that has its own lines, with what was refused and the keys to order it again."""


class OrdersElsewhere:
    """The undo line below whatever is shown, for as long as something can be taken back."""

    def __init__(
        self,
        triage: "TriageService",
        model: TriageViewModel,
        window: MainWindow,
        theme: Theme,
        shortcuts: ShortcutRouter,
    ) -> None:
        self._model, self._window = model, window
        self.line = UndoLine(model, theme, shortcuts, is_wanted=self._is_elsewhere)
        window.add_line(self.line)
        window.room_shown.connect(self.look_again)
        self._deaf = triage.refused.subscribe(self._refused)

    def look_again(self) -> None:
        """Another room or screen is seen."""
        self.line.look_again()

    def close(self) -> None:
        """Takes the line out of the window."""
        self._deaf()
        self._window.room_shown.disconnect(self.look_again)
        self._window.remove_bar(self.line)

    def _is_elsewhere(self) -> bool:
        return self._window.seen_room != QUEUE

    def _refused(self, refused: "RefusedOrder") -> None:
        """Nothing that was ordered may fail in silence: the queue keeps its words."""
        if not self._is_elsewhere():
            return
        words, held = self._model.words, refused.order
        told = QCoreApplication.translate(
            "Rooms", "Not done \u00b7 {} \u00b7 {} \u00b7 {}. It waits in the queue."
        )
        what, why = words.name(held.order.action), user_message(refused.error).title
        self._window.notify(told.format(words.number(held.number), what, why), "warning")
