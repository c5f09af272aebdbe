"""Windows that doctors choose by a key: the file's own, by the content, and the usual ones of CT.

The usual ones after Radiopaedia, "Windowing (CT)" (rID 45405): brain 80/40, subdural 130 to 300
about 50 to 100, bone 1800/400, lung 1500/-600, abdomen 400/50, mediastinum 350/50 (width/level).
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.stack import HOUNSFIELD, GreyLut, GreyView, GreyWindow, StackSlice
from workstation.studies.stack_greys import window_like


class Preset(Enum):
    """Its value is the digit that chooses it."""

    FILE = 1
    """The first window or table that each slice names itself; by the content where there is none.
    """
    BRAIN = 2
    SUBDURAL = 3
    BONE = 4
    LUNG = 5
    ABDOMEN = 6
    MEDIASTINUM = 7
    CONTENT = 8
    """Over the values that there are."""
    FILE_SECOND = 9
    """Another one that each slice names: the second, then the third, ..."""


USUAL: Final = {
    Preset.BRAIN: GreyWindow(40, 80),
    Preset.SUBDURAL: GreyWindow(75, 215),
    Preset.BONE: GreyWindow(400, 1800),
    Preset.LUNG: GreyWindow(-600, 1500),
    Preset.ABDOMEN: GreyWindow(50, 400),
    Preset.MEDIASTINUM: GreyWindow(50, 350),
}
"""Windows in Hounsfield units."""


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """What the doctor chose for a series: a preset, or what the mouse made of it."""

    preset: Preset | None = Preset.FILE
    window: GreyWindow | None = None
    inverted: bool = False
    other: int = 1
    """Which of the file's own is meant by `Preset.FILE_SECOND`, from 0."""
    left_table: bool = False
    """Whether the mouse took a window in the place of a table of the device's own."""


def presets_of(one: StackSlice) -> tuple[Preset, ...]:
    """Which can be chosen for a slice; those in Hounsfield units where its values are in these."""
    found = [Preset.FILE] if one.views else []
    if one.rescale.unit == HOUNSFIELD:
        found += USUAL
    found.append(Preset.CONTENT)
    if len(one.views) > 1:
        found.append(Preset.FILE_SECOND)
    return tuple(found)


def others_of(one: StackSlice) -> tuple[int, ...]:
    """Places of the file's own windows and tables behind the first one."""
    return tuple(range(1, len(one.views)))


def next_other(choice: WindowChoice, one: StackSlice) -> int:
    """The place of the one that the key of `Preset.FILE_SECOND` chooses: each time the next."""
    count = len(one.views) - 1
    if choice.preset is not Preset.FILE_SECOND or count < 1:
        return 1
    return choice.other % count + 1


def window_by(choice: WindowChoice, one: StackSlice, content: GreyWindow) -> GreyView:
    """The window or the table by which a slice is shown; `content` spans the values that there
    are."""
    if choice.window is not None:
        return choice.window
    if choice.preset in USUAL:
        return USUAL[choice.preset]
    place = {Preset.FILE: 0, Preset.FILE_SECOND: choice.other}.get(choice.preset or Preset.CONTENT)
    if place is not None and place < len(one.views):
        return one.views[place]
    return content


def kept_window(choice: WindowChoice, view: GreyView) -> tuple[float, float] | None:
    """Centre and width that a place in a conclusion keeps, so that its picture is printed as it was
    seen; None: as the file says, or by a table."""
    if choice.preset is Preset.FILE or not isinstance(view, GreyWindow):
        return None
    return view.centre, view.width


def straight(view: GreyView, content: GreyWindow) -> GreyWindow:
    """The window from which the mouse pulls: of a table one that is like it."""
    return (window_like(view) or content) if isinstance(view, GreyLut) else view


def dragged(window: GreyWindow, right: float, down: float, span: float) -> GreyWindow:
    """A window that was pulled: to the right wider, downwards a higher level (darker).

    `right`, `down`: way of the mouse as a share of the picture's place. `span`: width of the
    values that there are; a wide window moves faster than a narrow one.
    """
    pace = max(window.width, span / 8)
    least = 1.0 if span >= 64 else span / 64
    width = min(max(window.width + 1.5 * right * pace, least), 4 * max(span, window.width))
    return GreyWindow(window.centre + 0.75 * down * pace, width, curve=window.curve)
