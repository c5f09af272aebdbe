"""Modules that come after the first paint: a thread reads them, the loop makes what has Qt in it.

Shiboken keeps what it knows of its classes in one map without a lock (Python before 3.12), and Qt
asks it, without the interpreter's lock, at every event. A class of Qt that a thread makes meanwhile
takes the process with it (decision 0083).
"""

import asyncio
import re
import sys
import threading
import time
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Final

QT: Final = ("PySide6", "shiboken6", "qasync")
ROOMS_WITHOUT_QT: Final = (
    "composition",
    "core",
    "desktop",
    "documents",
    "media",
    "services",
    "store",
    "studies",
)
"""Held by the contracts in pyproject.toml; every other room and module of ours may have it."""
PIECE_S: Final = 0.008
"""How long the loop imports in one go, but for a single module that takes longer."""
_TOP: Final = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)
_READING: Final = threading.Lock()


async def bring(name: str) -> ModuleType:
    """The module of that name and all that it imports. Raises what they raise."""
    order = await asyncio.to_thread(_prepared, name)
    begun = time.perf_counter()
    for one in order:
        if time.perf_counter() - begun > PIECE_S:
            await asyncio.sleep(0)
            begun = time.perf_counter()
        import_module(one)
    return import_module(name)


def _prepared(name: str) -> list[str]:
    """What the loop has to import, each after those that it needs; imports the rest itself."""
    order: list[str] = []
    with _READING:  # two threads that begin at different ends of a circle find half a module
        _read(name, order, set())
    return order


def _read(name: str, order: list[str], seen: set[str]) -> None:
    if name in seen or name in sys.modules:
        return
    seen.add(name)
    if not is_of_the_loop(name):
        import_module(name)
        return
    for one in _imported(name):
        _read(one, order, seen)
    order.append(name)


def is_of_the_loop(name: str) -> bool:
    """Whether the module may have classes of Qt in it."""
    package, *inner = name.split(".")
    if package != "workstation":
        return package in QT
    return not inner or inner[0] not in ROOMS_WITHOUT_QT


def _imported(name: str) -> list[str]:
    """What a module of ours imports at its top, the packages around it first."""
    if name.split(".")[0] in QT:
        return []
    spec = _spec(name)
    if spec is None or not isinstance(spec.loader, InspectLoader):
        return []
    if spec.cached is None or not Path(spec.cached).exists():
        spec.loader.get_code(name)  # compiled here, and kept for the loop
    package, _, _ = name.rpartition(".")
    return [package, *_TOP.findall(spec.loader.get_source(name) or "")]


def _spec(name: str) -> ModuleSpec | None:
    """Where it lies. `importlib.util.find_spec` would import the packages around it."""
    package, _, _ = name.rpartition(".")
    if package in sys.modules:
        return PathFinder.find_spec(name, sys.modules[package].__path__)
    around = _spec(package)
    places = None if around is None else around.submodule_search_locations
    return None if places is None else PathFinder.find_spec(name, places)
