"""Brings a pressed key to the screen that bound it, before the focused widget sees it.

Keys come to the window that has the keyboard (a QWindow), which hands them on to the focused
widget. Only that window is watched: a filter of the whole application would be asked about every
event of every object, which costs more than building the screens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from workstation.ui.shortcuts.physical_keys import is_modifier, physical_place, pressed_key
from workstation.ui.shortcuts.table import SHORTCUT_OF, SHORTCUTS, Shortcut

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_PLACE = {shortcut.action: place for place, shortcut in enumerate(SHORTCUTS)}
_ELSEWHERE = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """What a widget does at an action's key. `can` tells whether it would do anything now; where it
    would not, `explain` says why."""

    shortcut: Shortcut
    widget: QWidget
    act: Callable[[], None]
    can: Callable[[], bool] | None = None
    explain: Callable[[], None] | None = None
    focused: bool = False
    """Whether its key is its own only while the focus is in the widget."""
    yields: bool = False
    """Whether its key is another action's of the same widget where this one can do nothing."""

    def is_here(self) -> bool:
        """Whether the widget is there to be used: then the key is its own."""
        widget = self.widget
        return widget.isVisible() and widget.isEnabled() and widget.window().isEnabled()

    def is_possible(self) -> bool:
        """Whether, besides, the action has something to act upon now."""
        return self.is_here() and (self.can is None or self.can())


@dataclass(slots=True)
class _Held:
    """A key that is down: what it has done; "" for one that was dropped or has pressed a button."""

    place: int
    action: str


class ShortcutRouter(QObject):
    """Binds actions to widgets, and watches the keys of the window that has the keyboard.

    The innermost visible widget that holds the focus (or, without one, any visible widget of the
    same window) wins, so a viewer's digits act in the viewer and the card's digits on the card.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._bound: dict[str, list[Bound]] = {}
        self._known: set[int] = set()
        self._held: _Held | None = None
        self._cover: QWidget | None = None
        self._dropping: QWidget | None = None
        self._joined: tuple[QWidget, QWidget] | None = None
        self._application = application
        application.focusWindowChanged.connect(self._watch)
        self._watch(application.focusWindow())

    def release(self) -> None:
        """Lets go of every window: no key acts any more."""
        self._application.focusWindowChanged.disconnect(self._watch)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
        self._bound.clear()

    def bind(
        self,
        widget: QWidget,
        action: str,
        act: Callable[[], None],
        can: Callable[[], bool] | None = None,
        explain: Callable[[], None] | None = None,
        *,
        focused: bool = False,
        yields: bool = False,
    ) -> None:
        """While `widget` is visible and enabled and `can` agrees, the action's key calls `act`;
        where it disagrees, `explain`. With `focused` the key is the widget's only while the focus
        is in it: lists beside it keep their arrows. With `yields` it is kept for `act` alone: where
        `can` disagrees, another action may have it."""
        shortcut = SHORTCUT_OF[action]
        entries = self._bound.setdefault(shortcut.key, [])
        entries.append(Bound(shortcut, widget, act, can, explain, focused, yields))
        if id(widget) not in self._known:  # an id stays taken while an entry holds the widget
            self._known.add(id(widget))
            widget.destroyed.connect(partial(self._forget, id(widget)))

    def cover(self, widget: QWidget | None) -> None:
        """While that widget is visible only its own actions act, and those that are `over_all`."""
        self._cover = widget

    def join(self, window: QWidget, home: QWidget) -> None:
        """That window stands beside another one: while `home` is seen there, keys in either reach
        what is bound in both, of the other window only what is home's or around it. Under a dialog
        each window has its own alone."""
        self._joined = (window, home)
        window.destroyed.connect(lambda: self._part(window))

    def drop_keys_while_visible(self, widget: QWidget) -> None:
        """Until that widget is hidden again, every typed key is dropped."""
        if widget is not self._dropping:
            self._dropping = widget
            widget.destroyed.connect(partial(self._drop_no_more, id(widget)))

    @property
    def drops_keys(self) -> bool:
        """Whether typed keys are dropped now."""
        return self._dropping is not None and self._dropping.isVisible()

    def bound_in(self, root: QWidget) -> list[Bound]:
        """All that is bound to the widget and to what stands in it, seen or not."""
        entries = [entry for entries in self._bound.values() for entry in entries]
        return [one for one in entries if one.widget is root or root.isAncestorOf(one.widget)]

    def possible(self, window: QWidget) -> list[Bound]:
        """What can be done in the window now, each action once, the nearest to the focus first.

        An action counts also where its key would not reach it: see `reached`.
        """
        first: dict[str, Bound] = {}
        for entry in self._here(window):
            if entry.is_possible():
                first.setdefault(entry.shortcut.action, entry)
        return list(first.values())

    def reached(self, window: QWidget) -> list[Bound]:
        """What the keys do in the window now: of those with the same key only the nearest."""
        first: dict[str, Bound] = {}
        focus = window.focusWidget()
        for entry in self._here(window):
            given = entry.yields and not entry.is_possible()
            if self._is_reached(entry, focus) and not given:
                first.setdefault(entry.shortcut.key, entry)
        return [entry for entry in first.values() if entry.is_possible()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if is_modifier(event) or not isinstance(watched, QWindow):
            return False
        if event.isAutoRepeat():
            return self._repeated(watched, event)
        return self._pressed(watched, event)

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        key, place = pressed_key(event), physical_place(event)
        self._held = None
        if self.drops_keys:
            self._held = _Held(place, "")
            return True
        focus = _focus_of(window)
        if isinstance(focus, QAbstractButton) and key in ("Enter", "Space"):
            if key == "Enter":  # Qt knows Space itself
                self._held = _Held(place, "")
                focus.click()
            return key == "Enter"
        entry = self._entry_for(key, window)
        if entry is None:
            return False
        if entry.is_possible():
            self._held = _Held(place, entry.shortcut.action)
            entry.act()
        else:  # the key stays its own: nobody else's action is carried out in its place
            self._held = _Held(place, "")
            if entry.explain is not None:
                entry.explain()
        return True

    def _repeated(self, window: QWindow, event: QKeyEvent) -> bool:
        """A key held down goes on with what its press has begun, or does nothing more.

        So a held A approves once, a held "/" types nothing into the field that it leads to, and a
        held Enter does not press what comes under it.
        """
        held, entry = self._held, self._entry_for(pressed_key(event), window)
        if held is None or held.place != physical_place(event):
            return self.drops_keys or entry is not None
        if entry is None or entry.shortcut.action != held.action or self.drops_keys:
            return True
        if entry.shortcut.repeats and entry.is_possible():
            entry.act()
        return True

    def _entry_for(self, key: str, window: QWindow) -> Bound | None:
        if not key or QApplication.activePopupWidget() is not None:
            return None
        focus = _focus_of(window)
        typing = isinstance(focus, _TEXT_FIELDS)
        found = [
            entry
            for entry in self._bound.get(key, ())
            if (not typing or entry.shortcut.while_typing)
            and self._is_reached(entry, focus)
            and self._acts(entry, window)
        ]
        return min(found, key=lambda entry: self._rank(entry, focus)) if found else None

    def _acts(self, entry: Bound, window: QWindow) -> bool:
        """A key means its own window: under a dialog nothing is done in the window behind it."""
        here = entry.widget.window().windowHandle() is window or self._is_beside(entry, window)
        given = entry.yields and not entry.is_possible()
        return here and not given and not self._is_covered(entry) and entry.is_here()

    def _is_beside(self, entry: Bound, window: QWindow) -> bool:
        """Whether it is bound in the window that stands beside that one, and is reached from it."""
        if self._joined is None or QApplication.activeModalWidget() is not None:
            return False
        beside, home = self._joined
        if not beside.isVisible():
            return False
        own, widget = entry.widget.window(), entry.widget
        if own is beside:
            return home.isVisible() and home.window().windowHandle() is window
        around = widget is home or home.isAncestorOf(widget) or widget.isAncestorOf(home)
        return around and own is home.window() and beside.windowHandle() is window

    def _here(self, window: QWidget) -> list[Bound]:
        """All that is there to be used in the window, the nearest to its focus first."""
        focus, found = window.focusWidget(), self.bound_in(window)
        if self._joined is not None and self._joined[1].window() is window:
            beside, home = self._joined
            found += self.bound_in(beside) if home.isVisible() else []
        entries = (entry for entry in found if entry.is_here())
        return sorted(entries, key=lambda entry: self._rank(entry, focus))

    def _is_covered(self, entry: Bound) -> bool:
        cover = self._cover
        if cover is None or not cover.isVisible() or entry.shortcut.over_all:
            return False
        return entry.widget is not cover and not cover.isAncestorOf(entry.widget)

    @staticmethod
    def _is_reached(entry: Bound, focus: QWidget | None) -> bool:
        """Whether a key comes to it from where the focus is."""
        widget = entry.widget
        inside = focus is not None and (focus is widget or widget.isAncestorOf(focus))
        return inside or not entry.focused

    @staticmethod
    def _rank(entry: Bound, focus: QWidget | None) -> tuple[int, int]:
        """How many parents lie between the focus and the widget; then the table's order."""
        widget, steps = focus, 0
        while widget is not None and widget is not entry.widget:
            widget, steps = widget.parentWidget(), steps + 1
        return (_ELSEWHERE if widget is None else steps), _PLACE[entry.shortcut.action]

    def _watch(self, window: QWindow | None) -> None:
        """Dialogs come by themselves: whatever gets the keyboard is watched from then on."""
        if window is not None:
            window.installEventFilter(self)

    def _forget(self, widget: int) -> None:
        self._known.discard(widget)
        for key, entries in self._bound.items():
            self._bound[key] = [entry for entry in entries if id(entry.widget) != widget]

    def _part(self, window: QWidget) -> None:
        if self._joined is not None and self._joined[0] is window:
            self._joined = None

    def _drop_no_more(self, widget: int) -> None:
        if self._dropping is not None and id(self._dropping) == widget:
            self._dropping = None


def _focus_of(window: QWindow) -> QWidget | None:
    """Where the window would send the key; a widget that has left it keeps Qt's focus for long."""
    focus = window.focusObject()
    return focus if isinstance(focus, QWidget) else None
