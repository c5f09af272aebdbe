"""What comes after the first paint: read by a thread, made by the loop, in pieces."""

import subprocess
import sys
import threading

from tests import qt_classes

BROUGHT = """
import asyncio, sys
from tests import qt_classes
from workstation import imports

qt_classes.watch()
import_module, long = imports.import_module, []

def ours():
    return {name for name in sys.modules if imports.is_of_the_loop(name)}

def watched(name):
    before = ours()
    module = import_module(name)
    made = ours() - before
    package = name.rpartition(".")[0]
    around = package if package in made else name  # a package brings what it offers
    with_it = {one for one in made if not one.startswith(around) and not name.startswith(one)}
    if with_it and not name.startswith(imports.QT):
        long.append((name, sorted(with_it)))
    return module

imports.import_module = watched
for name in sys.argv[1:]:
    module = asyncio.run(imports.bring(name))
    assert module is sys.modules[name]
assert len(ours()) > 300, len(ours())
assert not long, long
assert not qt_classes.made_by_threads()
"""
"""A process of its own: here everything is imported already."""
NAMES = (
    "workstation.composition",
    "workstation.screens",
    "workstation.ui.screens.review.view",
    "workstation.ui.screens.conclusion.view",
    "workstation.ui.screens.approvals.view",
)


def test_what_has_qt_in_it_is_made_by_the_loop_one_module_at_a_time() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROUGHT, *NAMES], capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr


def test_a_class_of_qt_that_a_thread_makes_is_found(qapp: object) -> None:
    from PySide6.QtCore import QObject

    def make() -> None:
        class InAThread(QObject):
            pass

        class WithoutQt:
            pass

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert qt_classes.made_by_threads() == [f"{__name__}.InAThread"]
