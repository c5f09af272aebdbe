"""A process with two screens: pictures on the second, then a layout of the screens that lacks it.

Run with QT_QPA_PLATFORM=offscreen:configfile=...; writes what it found.
"""

import json
import sys

import qasync
from PySide6.QtWidgets import QApplication

from tests.factories import NOW
from tests.fakes import FakeTriageService
from tests.ui.review_scene import Scene
from tests.ui.waiting import until
from workstation.core.server_clock import ServerClock
from workstation.services.kept_panels import KeptPanels
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.monitors import SystemMonitors
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.wording import Wording


async def look(application: QApplication) -> None:
    """Sends the pictures over, and takes the screen away."""
    load_fonts()
    scene, theme = Scene(), Theme(load_tokens(), Scheme.DARK)
    words = RequestWords(Wording(ServerClock(lambda: NOW)))
    model = ReviewViewModel(scene.requests, scene.studies)
    triage = TriageViewModel(FakeTriageService(scene.requests), KeptPanels(None), words)
    monitors = SystemMonitors(application)
    view = ReviewView(model, triage, theme, ShortcutRouter(application), words, monitors=monitors)
    view.resize(1366, 740)
    view.show()
    model.open(scene.row.id)
    await until(lambda: model.pictures[0].state is PaneState.READY)
    view.second.toggle()
    window = view.second.window
    assert window is not None
    await until(lambda: model.hung.places == 2)
    found = {
        "screens": len(application.screens()),
        "first": view.screen().name(),
        "second": window.screen().name(),
        "is_filled": window.isMaximized(),
    }
    monitors.screen_removed(window.screen())
    found["is_back"] = view.second.window is None
    found["is_wanted"] = view.second.wanted is not None
    sys.stdout.write(json.dumps(found))
    view.hide()
    model.leave()
    await model.close()
    await triage.close()


def main() -> None:
    """Runs it."""
    application = QApplication([])
    loop = qasync.QEventLoop(application)
    loop.run_until_complete(look(application))
    loop.close()


if __name__ == "__main__":
    main()
