"""What can be done with a slice, each with its key: windows, figures, turning."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from workstation.ui.shortcuts import action_name, key_label
from workstation.ui.viewers.stack.windows import Preset

Acts = Mapping[str, Callable[[], None]]

FIGURE_ACTIONS = ("stack.distance", "stack.angle", "stack.ellipse", "stack.rectangle")
_GROUPS = (
    FIGURE_ACTIONS,
    ("stack.next_figure", "stack.remove"),
    ("stack.invert", "view.rotate", "view.fit"),
)


def stack_menu(presets: Sequence[tuple[Preset, str, bool]], acts: Acts, parent: QWidget) -> QMenu:
    """`presets`: each with its name, and whether it is the present one."""
    menu = QMenu(parent)
    menu.setObjectName("stackMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for preset, name, is_present in presets:
        action = f"stack.window_{preset.value}"
        # A tab would begin the column of keys, an ampersand is Qt's mark of one.
        text = name.replace("\t", " ").replace("&", "&&")
        line = menu.addAction(f"{text}\t{key_label(action)}")
        line.setData(action)
        line.setCheckable(True)
        line.setChecked(is_present)
        line.triggered.connect(_doer(acts[action]))
    for group in _GROUPS:
        menu.addSeparator()
        for action in (one for one in group if one in acts):
            line = menu.addAction(f"{action_name(action)}\t{key_label(action)}")
            line.setData(action)
            line.triggered.connect(_doer(acts[action]))
    return menu


def _doer(act: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _: act()
