"""What journeys through the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from workstation.resources import resource


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    """The window speaks Russian, as the program does."""
    translator = QTranslator()
    assert translator.load(str(resource("i18n", "ru.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
