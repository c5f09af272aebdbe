"""Classes of Qt that a thread has made; only the main one may (decision 0083)."""

import builtins
import threading
from collections.abc import Callable
from typing import Any

_MAIN = threading.main_thread()
_made: list[str] = []
_build = builtins.__build_class__


def _watched(body: Callable[[], Any], name: str, /, *bases: Any, **words: Any) -> Any:
    made = _build(body, name, *bases, **words)
    if type(made).__module__ == "Shiboken" and threading.current_thread() is not _MAIN:
        _made.append(f"{made.__module__}.{name}")
    return made


def watch() -> None:
    """From now on; the second time nothing happens."""
    builtins.__build_class__ = _watched


def made_by_threads() -> list[str]:
    """Their names since the last time it was asked."""
    found = _made.copy()
    _made.clear()
    return found
