"""Keys of a viewer that others have, too: they are its own while the focus is in it.

The review binds the keys of all viewers to itself. Of two with one letter the earlier in the table
has the key there, also where it can do nothing: clips and documents share H and U.
"""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from workstation.ui.shortcuts import ShortcutRouter

PAGE_KEYS = (
    *("document.page", "document.thumbnails", "document.contrast"),
    *("document.lighter", "document.darker", "document.invert"),
)
Keys = Callable[[], dict[str, Callable[[], None]]]
"""What keys do now, by the names of the table of shortcuts: asked anew at each press."""


def bind_own_keys(
    viewer: QWidget,
    keys: Keys,
    actions: Iterable[str],
    shortcuts: ShortcutRouter,
    *,
    yields: bool = False,
) -> None:
    """Binds these actions to a viewer whose keys are `keys`. `yields`: of two with one key the one
    that can act has it."""
    for action in actions:
        do, can = partial(_do, keys, action), partial(_can, keys, action)
        shortcuts.bind(viewer, action, do, can, focused=True, yields=yields)


def _do(keys: Keys, action: str) -> None:
    keys()[action]()


def _can(keys: Keys, action: str) -> bool:
    return action in keys()
