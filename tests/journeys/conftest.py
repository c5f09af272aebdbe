"""What journeys through the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from tests.journeys.demo_shelf import DemoShelf
from workstation.resources import resource


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> DemoShelf:
    """The demonstration's files, for servers of their own."""
    return DemoShelf.make(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    """The window speaks Russian, as the program does."""
    translator = QTranslator()
    assert translator.load(str(resource("i18n", "ru.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
