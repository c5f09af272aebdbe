"""A viewer comes up inside its window: a window of its own would take the keys away."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.picture_view import PictureView

Maker = Callable[[Theme, QWidget], QWidget]
CALIBRATED = ScreenCalibration(4.0, calibrated=True)
VIEWERS: dict[str, Maker] = {
    "ecg": lambda theme, parent: EcgView(theme, CALIBRATED, parent),
    "long ecg": lambda theme, parent: LongEcgView(
        theme, EcgView(theme, CALIBRATED, parent), parent
    ),
    "clip": CineView,
    "picture": PictureView,
    "document": DocumentView,
}


class Windows(QObject):
    """Names what comes up as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() is QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched.objectName() or type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    windows = Windows()
    qapp.installEventFilter(windows)
    yield windows
    qapp.removeEventFilter(windows)


@pytest.mark.parametrize("name", VIEWERS)
def test_a_viewer_is_part_of_its_window(windows: Windows, viewer_theme: Theme, name: str) -> None:
    window = QWidget()
    window.setObjectName("desk")
    window.show()
    viewer = VIEWERS[name](viewer_theme, window)
    viewer.show()
    window.hide()
    assert windows.shown == ["desk"]
