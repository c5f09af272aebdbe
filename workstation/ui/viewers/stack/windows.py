"""Windows that doctors choose by a key: the file's own, by the content, and the usual ones of CT.

The usual ones after Radiopaedia, "Windowing (CT)" (rID 45405): brain 80/40, subdural 130 to 300
about 50 to 100, bone 1800/400, lung 1500/-600, abdomen 400/50, mediastinum 350/50 (width/level).
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.stack import HOUNSFIELD, GreyWindow, StackSlice


class Preset(Enum):
    """Its value is the digit that chooses it."""

    FILE = 1
    """The first window that each slice names itself; by the content where there is none."""
    BRAIN = 2
    SUBDURAL = 3
    BONE = 4
    LUNG = 5
    ABDOMEN = 6
    MEDIASTINUM = 7
    CONTENT = 8
    """Over the values that there are."""
    FILE_SECOND = 9
    """The second window that each slice names."""


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


def presets_of(one: StackSlice) -> tuple[Preset, ...]:
    """Which can be chosen for a slice; those in Hounsfield units where its values are in these."""
    found = [Preset.FILE] if one.windows else []
    if one.rescale.unit == HOUNSFIELD:
        found += USUAL
    found.append(Preset.CONTENT)
    if len(one.windows) > 1:
        found.append(Preset.FILE_SECOND)
    return tuple(found)


def window_by(choice: WindowChoice, one: StackSlice, content: GreyWindow) -> GreyWindow:
    """The window in which a slice is shown; `content` spans the values that there are."""
    if choice.window is not None:
        return choice.window
    if choice.preset in USUAL:
        return USUAL[choice.preset]
    place = {Preset.FILE: 0, Preset.FILE_SECOND: 1}.get(choice.preset or Preset.CONTENT)
    if place is not None and place < len(one.windows):
        return one.windows[place]
    return content


def dragged(window: GreyWindow, right: float, down: float, span: float) -> GreyWindow:
    """A window that was pulled: to the right wider, downwards a higher level (darker).

    `right`, `down`: way of the mouse as a share of the picture's place. `span`: width of the
    values that there are; a wide window moves faster than a narrow one.
    """
    pace = max(window.width, span / 8)
    least = 1.0 if span >= 64 else span / 64
    width = min(max(window.width + 1.5 * right * pace, least), 4 * max(span, window.width))
    return GreyWindow(window.centre + 0.75 * down * pace, width, curve=window.curve)
