"""What can be done with the caliper under the mouse, each with its key."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from workstation.studies.measure.ecg.placed_caliper import INTERVALS
from workstation.ui.shortcuts import action_name, key_label

Acts = Mapping[str, Callable[[], None]]

KIND_ACTIONS = {quantity: f"caliper.{quantity.value}" for quantity in INTERVALS}
"""Which key says what an interval is."""
_GROUPS = (
    tuple(KIND_ACTIONS.values()),
    ("caliper.more_cycles", "caliper.fewer_cycles", "caliper.march"),
    ("caliper.confirm", "caliper.remove"),
)


def caliper_menu(acts: Acts, parent: QWidget) -> QMenu:
    """Only what can be done now."""
    menu = QMenu(parent)
    menu.setObjectName("caliperMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in _GROUPS:
        possible = [action for action in group if action in acts]
        for action in possible:
            line = menu.addAction(f"{action_name(action)}\t{key_label(action)}")
            line.setData(action)
            line.triggered.connect(_doer(acts[action]))
        if possible:
            menu.addSeparator()
    return menu


def _doer(act: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _: act()
