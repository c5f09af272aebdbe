"""What tests of the window get: the look, the keys, and Russian as it is written.

The style sheet stands on each window that a test adds, not on the application: there Qt goes
through all widgets below one whenever it gets a parent, which is half of a test's work.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from workstation.core.server_clock import ServerClock
from workstation.resources import resource
from workstation.ui.choices import LookChoices
from workstation.ui.request_words import RequestWords
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.wording import Wording

if TYPE_CHECKING:  # it cannot be imported before pytest-qt has chosen its binding
    from pytestqt.modeltest import ModelTester


SHEET = "sheet"
"""A property of the application: the style sheet of the windows that are added."""


class DressingBot(QtBot):
    """Gives each window the style sheet as soon as it is added."""

    def addWidget(
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        """Closed at the end of the test, as by pytest-qt."""
        super().addWidget(widget, before_close_func=before_close_func)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        sheet = str(application.property(SHEET) or "")
        if widget.styleSheet():  # its own one stays, and changes
            application.setStyleSheet(sheet)
        elif sheet and widget.isWindow():
            widget.setStyleSheet(sheet)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The hand at keys and mouse."""
    return DressingBot(request)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look with the shipped fonts and the style sheet."""
    load_fonts()
    qapp.setStyle("Fusion")
    theme = Theme(load_tokens(), Scheme.LIGHT)
    qapp.setPalette(theme.palette())
    qapp.setProperty(SHEET, theme.stylesheet())
    yield theme
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setProperty(SHEET, None)
    if qapp.styleSheet():
        qapp.setStyleSheet("")  # of windows that are gone by now nothing is worked out anew


@pytest.fixture
def check_model(qtmodeltester: "ModelTester") -> Callable[[QAbstractItemModel], None]:
    """Fails where a model breaks Qt's rules, now or later in the test."""
    check: Callable[[QAbstractItemModel], None] = qtmodeltester.check
    return check


@pytest.fixture
def look(theme: Theme) -> LookChoices:
    """Choices as they are before the doctor has made any."""
    return LookChoices(theme)


@pytest.fixture
def shortcuts(qapp: QApplication) -> Iterator[ShortcutRouter]:
    """The table of keys, installed for this test."""
    router = ShortcutRouter(qapp)
    yield router
    router.release()
    router.deleteLater()


@pytest.fixture
def wording(qapp: QApplication) -> Wording:
    """Words of a moment that stands still."""
    return Wording(ServerClock(lambda: SCENE_NOW))


@pytest.fixture
def words(wording: Wording) -> RequestWords:
    """Words of requests at that moment."""
    return RequestWords(wording)


@pytest.fixture(scope="session")
def russian_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All .ts files released into one, as the program ships them."""
    target = tmp_path_factory.mktemp("i18n") / "ru.qm"
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert tool is not None, "pyside6-lrelease is missing: run `make setup`"
    sources = sorted(str(path) for path in resource("i18n", "ru").glob("*.ts"))
    subprocess.run([tool, "-silent", *sources, "-qm", str(target)], check=True)
    return target


@pytest.fixture
def russian(qapp: QApplication, russian_file: Path) -> Iterator[QTranslator]:
    """The window speaks Russian."""
    translator = QTranslator()
    assert translator.load(str(russian_file))
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


@pytest.fixture
def around(
    theme: Theme, words: RequestWords, shortcuts: ShortcutRouter, look: LookChoices
) -> Surroundings:
    """What every screen is given."""
    return Surroundings(theme, words, shortcuts, look)
