"""What every test gets: async tests on one loop, skips that fail where the real parts must run."""

import asyncio
import gc
import inspect
import itertools
import os
from collections.abc import Callable, Coroutine, Generator
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests import qt_classes

if TYPE_CHECKING:  # it cannot be imported before pytest-qt has chosen its binding
    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

qt_classes.watch()

_ENDS_OF_ITSELF: Final = 5.0
"""Seconds that a task has after its test: on a busy machine the last one may have just begun."""


def pytest_collection_finish(session: pytest.Session) -> None:
    """What the imports have made stays: a collection after a test need not walk over it.

    Where windows are tested, Python never collects by itself: in a thread of whatever test comes
    next it would destroy a widget, and the process with it.
    """
    gc.collect()
    gc.freeze()
    if any(_uses_qt(item) for item in session.items):
        gc.disable()


@pytest.fixture(autouse=True)
def collector_stays_as_it_was() -> Generator[None]:
    """A test that switches Python's collector on for all later ones is found here, not by them."""
    was_enabled = gc.isenabled()
    yield
    assert gc.isenabled() == was_enabled, "the test left Python's collector otherwise than it was"


@pytest.fixture(autouse=True)
def no_thread_makes_classes_of_qt() -> Generator[None]:
    """It would take the process with it, now and then."""
    yield
    made = qt_classes.made_by_threads()
    assert not made, f"made in a thread: {made}"


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "Generator[QApplication]":
    """As the program has it: the last window of one test does not stop the loop of the next."""
    qapp.setQuitOnLastWindowClosed(False)
    yield qapp
    qapp.clipboard().clear()  # what Python has put there must not be there when Python has ended


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs `async def` tests: on the qasync loop where the test uses Qt, else on asyncio's own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    with asyncio.Runner(loop_factory=_qt_loop if _uses_qt(pyfuncitem) else None) as runner:
        runner.run(_leaving_no_task(pyfuncitem.obj, arguments))
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a test of the window leaves is destroyed after it, by the loop's own thread."""
    if gc.isenabled():
        return (yield)
    if item.get_closest_marker("journey") is not None:
        gc.collect()  # the program itself restyles every widget that there is
    try:
        return (yield)
    finally:
        left = _uses_qt(item) and _destroy_windows()
        if left or next(_tests) % WHOLE == 0:
            gc.collect()
            gc.freeze()  # what outlives a test is not walked over after every later one
        else:
            gc.collect(OLDEST - 1)


OLDEST = 2
"""Python's oldest generation: walking over it is dear."""
WHOLE = 40
"""Tests from one whole collection to the next."""
_tests = itertools.count(1)


def _destroy_windows() -> bool:
    """Destroys the windows that the test forgot, in Qt's order, and says whether there were any."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    forgotten = [window for window in QApplication.topLevelWidgets() if window.parent() is None]
    for window in forgotten:
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return bool(forgotten)


def _uses_qt(item: pytest.Item) -> bool:
    names = item.fixturenames if isinstance(item, pytest.Function) else ()
    return "qapp" in names or "qtbot" in names


def _qt_loop() -> asyncio.AbstractEventLoop:
    import PySide6.QtWidgets
    import qasync

    application = PySide6.QtWidgets.QApplication.instance()
    assert isinstance(application, PySide6.QtWidgets.QApplication)
    return qasync.QEventLoop(application)


async def _leaving_no_task(
    test: Callable[..., Coroutine[Any, Any, None]], arguments: dict[str, Any]
) -> None:
    await test(**arguments)
    await asyncio.sleep(0)
    left = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
    if left:  # what was only just begun ends of itself; what waits for ever does not
        _, left = await asyncio.wait(left, timeout=_ENDS_OF_ITSELF)
    assert not left, f"the test left tasks running: {[task.get_name() for task in left]}"


_MAY_BE_SKIPPED = ("shared_data", "firefox")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Any:  # pluggy's wrapper: what comes back is pytest's report
    """With REQUIRE_REAL=1 a skipped test is a failure, but for those of `_MAY_BE_SKIPPED`."""
    report = yield
    strict = os.environ.get("REQUIRE_REAL") == "1"
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if strict and skipped and not any(map(item.get_closest_marker, _MAY_BE_SKIPPED)):
        report.outcome = "failed"
        report.longrepr = f"skipped where the real parts must run: {report.longrepr}"
    return report
