"""What journeys through the window share."""

import fcntl
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Server, demo_server
from workstation.resources import resource


@pytest.fixture(scope="session", autouse=True)
def _why_a_connection_was_lost() -> None:
    """Stands in the report of a journey that failed: a busy machine loses what it should not."""
    logging.getLogger("workstation").setLevel(logging.INFO)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> DemoShelf:
    """The demonstration's files, for servers of their own; one for all processes of `make test`."""
    shared = os.environ.get("TESTS_SHARED")
    if shared is None:
        return DemoShelf.make(tmp_path_factory.mktemp("shelf"))
    folder = Path(shared) / "shelf"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            made = DemoShelf.make(Path(shared) / "shelf.new")
            made.folder.rename(folder)
    return DemoShelf(folder)


@pytest.fixture
def server(shelf: DemoShelf) -> Iterator[Server]:
    """A demo server of the test's own."""
    with demo_server(shelf) as started:
        yield started


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    """The window speaks Russian, as the program does."""
    translator = QTranslator()
    assert translator.load(str(resource("i18n", "ru.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
