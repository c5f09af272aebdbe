"""What every test gets: async tests on one loop, skips that fail where the real parts must run."""

import asyncio
import gc
import inspect
import os
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_finish() -> None:
    """What the imports have made stays: a collection after a test need not walk over it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs `async def` tests: on the qasync loop where the test uses Qt, else on asyncio's own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    uses_qt = "qapp" in pyfuncitem.fixturenames or "qtbot" in pyfuncitem.fixturenames
    with asyncio.Runner(loop_factory=_qt_loop if uses_qt else None) as runner:
        runner.run(_leaving_no_task(pyfuncitem.obj, arguments))
    if uses_qt:
        gc.collect()  # a loop of qasync must not be left for a thread that happens to clean up
    return True


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
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert not left, f"the test left tasks running: {[task.get_name() for task in left]}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Any:  # pluggy's wrapper: what comes back is pytest's report
    """With REQUIRE_REAL=1 a skipped test is a failure, but for those that read shared data."""
    report = yield
    strict = os.environ.get("REQUIRE_REAL") == "1"
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if strict and skipped and item.get_closest_marker("shared_data") is None:
        report.outcome = "failed"
        report.longrepr = f"skipped where the real parts must run: {report.longrepr}"
    return report
