"""The menu of all decisions, with their keys; what is not possible says why."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from workstation.ui.screens.triage.decisions import Decisions
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.shortcuts import KEY_OF, key_label, pressed_key, with_key


class MoreMenu(QMenu):
    """Made anew each time. While it is open its keys act in it, alike under both layouts."""

    def __init__(self, decisions: Decisions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("triage.menu")
        self.setToolTipsVisible(True)
        self._decisions = decisions
        for action, key in ACTION_KEYS.items():
            entry = self.addAction(f"{decisions.name(action)}\t{key_label(key)}")
            entry.setObjectName(key)
            reason = decisions.why_not(action)
            entry.setEnabled(not reason)
            entry.setToolTip(reason or with_key(decisions.name(action), key))
            entry.triggered.connect(lambda _=False, one=action: decisions.begin(one))

    def open_over(self, widget: QWidget) -> None:
        """Opens above the button, its right edges in line; the caller goes on at once."""
        size = self.sizeHint()
        corner = widget.mapToGlobal(QPoint(widget.width() - size.width(), -size.height()))
        self.popup(corner)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of a decision carries it out or, where it is not possible, says why."""
        pressed = pressed_key(event)
        for action, key in ACTION_KEYS.items():
            if pressed == KEY_OF[key] and key != ACTION_OF_SPACE:
                self.close()
                self._decisions.press(action)
                return
        super().keyPressEvent(event)


ACTION_OF_SPACE = "triage.take"
"""Space presses the marked line of a menu."""
