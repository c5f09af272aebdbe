"""What the mouse does in each viewer, for the page of keys (`?`) and the guide: one table.

A widget that the mouse acts upon says so once, by `tell_mouse`; what is seen is what is listed.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from workstation.ui.shortcuts.rows import KeyGroup, KeyRow
from workstation.ui.shortcuts.table import QT_TRANSLATE_NOOP
from workstation.ui.shortcuts.words import key_label

_PROPERTY = "mouseSurface"


class Surface(Enum):
    """What the mouse can be on, in the order of the guide."""

    ECG = "ecg"
    BEAT = "beat"
    LONG = "long"
    MARKS = "marks"
    """A picture on which points are put."""
    PICTURE = "picture"
    CLIP = "clip"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class _Move:
    """What the hand does and what comes of it, in English; "{}" in `text` is the key `action`."""

    hand: str
    text: str
    held: str = ""
    action: str = ""


_WHEEL = QT_TRANSLATE_NOOP("Mouse", "wheel")
_DRAG = QT_TRANSLATE_NOOP("Mouse", "drag")
_CLICK = QT_TRANSLATE_NOOP("Mouse", "click")
_RIGHT = QT_TRANSLATE_NOOP("Mouse", "right button")
_MIDDLE = QT_TRANSLATE_NOOP("Mouse", "middle button")
_RIGHT_DRAG = QT_TRANSLATE_NOOP("Mouse", "right button, drag")
_ZOOM = _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Zoom at the pointer"), "Ctrl")
_PAN = _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "Move the enlarged picture"))
_TITLES = {
    Surface.ECG: QT_TRANSLATE_NOOP("Mouse", "Mouse on the ECG"),
    Surface.BEAT: QT_TRANSLATE_NOOP("Mouse", "Mouse on the averaged beat"),
    Surface.LONG: QT_TRANSLATE_NOOP("Mouse", "Mouse on a long recording"),
    Surface.MARKS: QT_TRANSLATE_NOOP("Mouse", "Mouse on an ECG on paper"),
    Surface.PICTURE: QT_TRANSLATE_NOOP("Mouse", "Mouse on a picture"),
    Surface.CLIP: QT_TRANSLATE_NOOP("Mouse", "Mouse on a clip"),
    Surface.PAGES: QT_TRANSLATE_NOOP("Mouse", "Mouse on a document"),
}
_MOVES = {
    Surface.ECG: (
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Later or earlier")),
        _ZOOM,
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Rows up and down"), "Shift"),
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "Move the paper")),
        _Move(_MIDDLE, QT_TRANSLATE_NOOP("Mouse", "Move the paper, calipers in hand or not")),
        _Move(
            _DRAG,
            QT_TRANSLATE_NOOP("Mouse", "After {}: measure; on a caliper: move it"),
            action="caliper.time",
        ),
        _Move(_RIGHT, QT_TRANSLATE_NOOP("Mouse", "On a caliper: say what it measures, remove")),
        _Move(_CLICK, QT_TRANSLATE_NOOP("Mouse", "On a word above: change what it names")),
    ),
    Surface.BEAT: (
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "Move the bound of a wave")),
        _Move(_CLICK, QT_TRANSLATE_NOOP("Mouse", "Set the bound, or choose a lead")),
    ),
    Surface.LONG: (
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Later or earlier")),
        _ZOOM,
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "Move in time")),
        _Move(_CLICK, QT_TRANSLATE_NOOP("Mouse", "Open the paper from that moment")),
        _Move(_CLICK, QT_TRANSLATE_NOOP("Mouse", "On the strip: go there, or to a pause")),
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "On the strip: take the frame along")),
    ),
    Surface.MARKS: (
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Zoom at the pointer")),
        _Move(_CLICK, QT_TRANSLATE_NOOP("Mouse", "Put a point")),
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "Draw a line; on a point: move it")),
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "Slowly and exactly"), "Shift"),
        _Move(_RIGHT_DRAG, QT_TRANSLATE_NOOP("Mouse", "Move the picture")),
    ),
    Surface.PICTURE: (
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Larger or smaller")),
        _ZOOM,
        _PAN,
    ),
    Surface.CLIP: (
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Next or previous frame")),
        _ZOOM,
        _PAN,
        _Move(_DRAG, QT_TRANSLATE_NOOP("Mouse", "On the bar: to that moment of the clip")),
    ),
    Surface.PAGES: (
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Up and down the pages")),
        _Move(_WHEEL, QT_TRANSLATE_NOOP("Mouse", "Larger or smaller"), "Ctrl"),
    ),
}
_COVERED = {Surface.MARKS: Surface.PICTURE}
"""What lies over what: the mouse does not reach the lower one."""


def tell_mouse(widget: QWidget, surface: Surface | None) -> None:
    """The mouse acts upon this widget, where it is seen; None: it goes through."""
    widget.setProperty(_PROPERTY, surface.value if surface is not None else None)


def mouse_groups(window: QWidget) -> list[KeyGroup]:
    """What the mouse does upon all that is seen in the window; what has the focus comes first."""
    seen = [one for one in window.findChildren(QWidget) if _surface(one) and one.isVisible()]
    focus = window.focusWidget()
    seen.sort(key=lambda one: focus is None or not (one is focus or one.isAncestorOf(focus)))
    surfaces = dict.fromkeys(Surface(_surface(one)) for one in seen)
    covered = {_COVERED[one] for one in surfaces if one in _COVERED}
    return [mouse_group(one) for one in surfaces if one not in covered]


def mouse_group(surface: Surface) -> KeyGroup:
    """What the mouse does there."""
    rows = tuple(_row(move) for move in _MOVES[surface])
    return KeyGroup(f"mouse.{surface.value}", _translated(_TITLES[surface]), rows)


def _row(move: _Move) -> KeyRow:
    hand = _translated(move.hand)
    text = _translated(move.text).format(key_label(move.action) if move.action else "")
    return KeyRow(f"{move.held}+{hand}" if move.held else hand, text)


def _surface(widget: QWidget) -> str:
    return str(widget.property(_PROPERTY) or "")


def _translated(text: str) -> str:
    return QCoreApplication.translate("Mouse", text)
