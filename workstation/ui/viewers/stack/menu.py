"""What can be done with a slice, each with its key: windows, figures, turning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from workstation.studies.stack import StackSlice
from workstation.ui.shortcuts import action_name, key_label
from workstation.ui.viewers.stack.windows import Preset, WindowChoice, others_of, presets_of
from workstation.ui.viewers.stack.words import StackWords

Acts = Mapping[str, Callable[[], None]]

FIGURE_ACTIONS = ("stack.distance", "stack.angle", "stack.ellipse", "stack.rectangle")
_GROUPS = (
    FIGURE_ACTIONS,
    ("stack.next_figure", "stack.remove"),
    ("stack.invert", "view.lines", "view.rotate", "view.fit"),
)


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A window or a table that can be chosen."""

    action: str
    """Whose key chooses it; "" for one without a key of its own."""
    name: str
    is_present: bool
    act: Callable[[], None]


def window_lines(
    words: StackWords, one: StackSlice, choice: WindowChoice, choose: Callable[..., None]
) -> list[WindowLine]:
    """What shades can be chosen for a slice, all of the file's own by their names. `choose` is
    given a `Preset`, and which of the file's own."""
    lines = [
        WindowLine(
            f"stack.window_{preset.value}",
            words.preset_line(preset, one),
            choice.preset is preset,
            partial(choose, preset),
        )
        for preset in presets_of(one)
        if preset is not Preset.FILE_SECOND
    ]
    second = Preset.FILE_SECOND
    for place in others_of(one):
        name = words.preset_line(second, one, place)
        is_present = choice.preset is second and choice.other == place
        action = f"stack.window_{second.value}" if place == 1 else ""
        lines.append(WindowLine(action, name, is_present, partial(choose, second, place)))
    return lines


def stack_menu(windows: Sequence[WindowLine], acts: Acts, parent: QWidget) -> QMenu:
    """`windows`: what shades can be chosen; `acts`: what else can be done."""
    menu = QMenu(parent)
    menu.setObjectName("stackMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for one in windows:
        # A tab would begin the column of keys, an ampersand is Qt's mark of one.
        text = one.name.replace("\t", " ").replace("&", "&&")
        line = menu.addAction(f"{text}\t{key_label(one.action)}" if one.action else text)
        line.setData(one.action)
        line.setCheckable(True)
        line.setChecked(one.is_present)
        line.triggered.connect(_doer(one.act))
    for group in _GROUPS:
        menu.addSeparator()
        for action in (one for one in group if one in acts):
            line = menu.addAction(f"{action_name(action)}\t{key_label(action)}")
            line.setData(action)
            line.triggered.connect(_doer(acts[action]))
    return menu


def _doer(act: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _: act()
