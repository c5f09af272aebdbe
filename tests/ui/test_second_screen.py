"""Pictures on a second screen: there, back, remembered; keys in both windows."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Consent, ConsentKind
from tests.factories import NOW, make_card
from tests.fakes import FakeTriageService
from tests.ui.case_desk import open_case
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import rest, until
from workstation.services.kept_panels import KeptPanels
from workstation.ui.case_steps import CaseStep
from workstation.ui.screens.review.pane_model import PaneKind, PaneState
from workstation.ui.screens.review.second_screen import SecondScreen
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.widgets.placeholder import Placeholder

OTHER = QRect(1366, 0, 1920, 1080)
F12, ESC = Qt.Key.Key_F12, Qt.Key.Key_Escape


class FakeMonitors(QObject):
    """One other screen that can be plugged in and out."""

    changed = Signal()

    def __init__(self, other: QRect | None = OTHER) -> None:
        super().__init__()
        self.other = other

    def beside(self, widget: QWidget) -> QRect | None:
        return self.other

    def plug(self, other: QRect | None) -> None:
        """Another screen, or none."""
        self.other = other
        self.changed.emit()


class Stage:
    """The review of a made-up case with two screens."""

    def __init__(self, around: Surroundings, other: QRect | None, kinds: list[str] | None) -> None:
        self.scene = Scene(kinds)
        self.monitors = FakeMonitors(other)
        self.model = ReviewViewModel(self.scene.requests, self.scene.studies)
        self.triage = TriageViewModel(
            FakeTriageService(self.scene.requests), KeptPanels(None), around.words
        )
        self.view = ReviewView(
            self.model,
            self.triage,
            around.theme,
            around.shortcuts,
            around.words,
            monitors=self.monitors,
        )
        self.view.resize(1366, 742)
        self.view.show()
        self.view.activateWindow()

    @property
    def window(self) -> QWidget | None:
        """The second window while it is seen."""
        window = self.view.second.window
        return window if window is not None and window.isVisible() else None

    @property
    def is_open(self) -> bool:
        """Whether it is seen."""
        return self.window is not None

    def fill(self) -> None:
        """The window as large as the other screen: the platform of the tests has none."""
        window = self.window
        assert window is not None
        window.showNormal()
        window.resize(OTHER.size())

    def there(self) -> list[str]:
        """Titles of the files in the second window."""
        return self._titles(away=True)

    def here(self) -> list[str]:
        """Titles of the files in the window of the case."""
        return self._titles(away=False)

    async def open(self) -> None:
        """Opens the case."""
        self.model.open(self.scene.row.id)
        await until(lambda: self.model.card is not None)
        await rest()

    async def press_there(self, key: Qt.Key | str, ctrl: bool = False) -> None:
        """A key in the second window, which has the keyboard then."""
        window = self.window
        assert window is not None
        await has_keyboard(window)
        modifier = Qt.KeyboardModifier
        press(window, key, modifiers=modifier.ControlModifier if ctrl else modifier.NoModifier)
        await rest()

    def _titles(self, *, away: bool) -> list[str]:
        return [
            pane.model.document.title
            for pane in self.view.panes
            if pane.isVisible() and pane.model.document is not None
            if away is (self.window is not None and pane.window() is self.window)
        ]


async def has_keyboard(window: QWidget) -> None:
    """As when the doctor presses a key there."""
    window.activateWindow()
    await until(lambda: QGuiApplication.focusWindow() is window.windowHandle())


@asynccontextmanager
async def staged(
    qtbot: QtBot,
    around: Surroundings,
    other: QRect | None = OTHER,
    kinds: list[str] | None = None,
) -> AsyncIterator[Stage]:
    stage = Stage(around, other, kinds)
    qtbot.addWidget(stage.view)
    try:
        yield stage
    finally:
        stage.view.hide()
        stage.model.leave()
        await stage.model.close()
        await stage.triage.close()


async def test_the_pictures_go_to_the_other_screen_and_the_ecg_stays(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        press(stage.view, F12)
        await rest()
        assert stage.window is not None
        assert stage.window.isMaximized()
        stage.fill()
        await rest()
        assert stage.there() == ["Парастернально", "Апикально"], "two: that screen is wide"
        assert stage.here() == ["ЭКГ 12.11"]
        press(stage.view, F12)
        await rest()
        assert not stage.is_open
        assert stage.here() == ["Парастернально", "ЭКГ 12.11"], "one on the narrow screen"


async def test_no_patient_stands_in_the_system_s_title(qtbot: QtBot, around: Surroundings) -> None:
    """The window says whose pictures they are, its title in the system's bar does not."""
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        assert stage.window is not None
        name = stage.window.findChild(QWidget, "secondWindow.name")
        assert name is not None
        assert "Иванова Анна Петровна" in name.accessibleName()
        assert "Иванова" not in stage.window.windowTitle()
        assert stage.window.windowTitle()


@pytest.mark.parametrize("how", ["F12", "Esc", "close", "button"])
async def test_it_comes_back_by_the_key_by_esc_and_by_the_window_itself(
    qtbot: QtBot, around: Surroundings, how: str
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        window = stage.window
        assert window is not None
        if how == "close":
            window.close()
        elif how == "button":
            button = window.findChild(QAbstractButton, "review.second_screen")
            assert button is not None
            button.click()
        else:
            await stage.press_there(F12 if how == "F12" else ESC)
        assert not stage.is_open
        assert stage.here() == ["Парастернально", "ЭКГ 12.11"]
        assert stage.model.request_id is not None, "the case is not left"


async def test_keys_act_in_both_windows(qtbot: QtBot, around: Surroundings) -> None:
    """Decision 0026: a key belongs to the window that has the keyboard, and these two are one
    desk."""
    async with staged(qtbot, around) as stage:
        await stage.open()
        press(stage.view, F12)
        await rest()
        await stage.press_there(Qt.Key.Key_PageDown)
        assert stage.model.active.document == stage.scene.second_clip
        await stage.press_there("4", ctrl=True)
        assert sorted(stage.there()) == ["Апикально", "Допплер", "Парастернально"]
        await stage.press_there("1", ctrl=True)
        assert len(stage.there()) == 1
        await has_keyboard(stage.view)
        press(stage.view, "2", modifiers=Qt.KeyboardModifier.ControlModifier)
        await rest()
        assert len(stage.there()) == 2
        press(stage.view, Qt.Key.Key_PageDown)
        assert stage.model.active.document is not None


async def test_a_document_goes_there_while_the_doctor_reads_one(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.model.choose(stage.scene.pdf.id)
        await rest()
        assert stage.here() == ["Заключение"]
        press(stage.view, F12)
        await rest()
        assert stage.there() == ["Заключение"]
        assert stage.here() == ["Парастернально", "ЭКГ 12.11"], "beside the pictures and the ECG"
        stage.model.choose(stage.scene.photo.id)
        await rest()
        assert stage.there() == ["Выписка"]


async def test_where_nothing_is_left_here_it_is_said_how_to_bring_it_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around, kinds=["clip"]) as stage:
        await stage.open()
        stage.view.second.toggle()
        said = [x for x in stage.view.area.findChildren(Placeholder) if x.isVisible()]
        (nothing,) = [x for x in said if x.parent() is not None]
        texts = [label.text() for label in nothing.findChildren(QLabel)]
        assert any("other window" in text for text in texts)
        nothing.pressed.emit()
        assert stage.here() == ["Парастернально"]


async def test_an_unplugged_screen_gives_the_pictures_back_and_a_plugged_one_takes_them(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        stage.monitors.plug(None)
        assert not stage.is_open
        assert stage.here() == ["Парастернально", "ЭКГ 12.11"]
        stage.monitors.plug(OTHER)
        assert stage.window is not None, "the doctor wants them there"


async def test_on_one_screen_it_is_a_window_that_can_be_moved(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around, other=None) as stage:
        await stage.open()
        stage.view.second.toggle()
        assert stage.window is not None
        assert not stage.window.isMaximized()
        assert stage.there() == ["Парастернально"]


async def test_leaving_the_case_closes_it_and_the_next_case_opens_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        stage.model.abandon()
        assert not stage.is_open
        assert stage.model.hung.aside is None
        await stage.open()
        # How many hang beside it follows from the width, which may be known by now or not yet.
        assert stage.there()[:1] == ["Парастернально"]


async def test_spb_13_a_withdrawn_consent_closes_it_with_its_content(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-13."""
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        kinds = [ConsentKind.PERSONAL_DATA]
        gone = Consent(kind=kinds[0], text_version="1", given_at=None, withdrawn_at=NOW)
        row = stage.scene.change_row(missing_consents=kinds)
        stage.scene.requests.cards[row.id] = make_card(
            row, documents=stage.scene.files, consents=[gone]
        )
        await rest()
        assert not stage.is_open
        assert {pane.state for pane in stage.model.panes} == {PaneState.EMPTY}


async def test_what_is_wanted_is_remembered(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        kept = stage.view.state()
    async with staged(qtbot, around) as stage:
        stage.view.restore(kept)
        assert not stage.is_open, "there is no case yet"
        await stage.open()
        assert stage.there() == ["Парастернально"]
    async with staged(qtbot, around, other=None) as stage:
        stage.view.restore(kept)
        await stage.open()
        assert not stage.is_open, "there is no other screen"
        stage.view.restore(msgspec.json.encode({"aside": "nonsense"}))
        assert stage.view.second.wanted is None


async def test_back_to_the_centres_layout(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        usual = stage.view.state()
        stage.view.second.toggle()
        stage.model.hung.show_places(4)
        stage.view.area.choose_shares(type(stage.view.area.shares)(0.2, 0.3, 0.4))
        offers = {offer.id: offer.act for offer in stage.view.offers()}
        offers["review.centre_layout"]()
        assert not stage.is_open
        assert stage.model.hung.places == 1
        before, now = (msgspec.json.decode(x) for x in (usual, stage.view.state()))
        assert {**now, "across": 0} == {**before, "across": 0}


def is_open(second: SecondScreen) -> bool:
    """Whether its window is seen."""
    return second.window is not None and second.window.isVisible()


async def test_with_the_desk_it_is_hidden_and_in_the_conclusion_it_stays(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Whatever covers the desk (the sign-in screen, a lock) covers the pictures; another screen of
    the same case does not."""
    async with open_case(qtbot, around) as place:
        place.press("PageDown")
        press(place.window, F12)
        second = place.view.second
        assert is_open(second)
        place.screens.review_model.step_wanted.emit(place.scene.row.id, CaseStep.CONCLUSION)
        await rest()
        assert not place.view.isVisible()
        assert is_open(second), "the doctor writes and looks"
        press(place.window, F12)
        assert not is_open(second)
        press(place.window, F12)
        assert is_open(second), "the key is the same where the conclusion is written"
        sign_in = QWidget()
        place.window.show_sign_in(sign_in)
        assert not is_open(second)
        assert not any(
            one.isVisible()
            for one in QApplication.topLevelWidgets()
            if one.objectName() == "secondWindow"
        )
        place.window.show_desk()
        await rest()
        assert is_open(second)
        place.screens._road.leave()
        assert not is_open(second)


async def test_under_a_dialog_the_other_window_gives_the_case_no_orders(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.open()
        stage.view.second.toggle()
        dialog = QDialog(stage.view)
        dialog.open()
        assert QApplication.activeModalWidget() is dialog
        before = stage.model.active.document
        await stage.press_there("c")
        assert stage.model.active.document is before
        dialog.close()


def test_kinds_have_names_that_can_be_kept() -> None:
    assert {kind.value for kind in PaneKind} == {"pictures", "ecg", "document"}


SCREENS = [
    {"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 768},
    {"name": "wall", "x": 1366, "y": 0, "width": 1920, "height": 1080},
]


def test_with_two_real_screens_it_fills_the_other_one(tmp_path: Path) -> None:
    """In a process of its own: Qt's platform without a display takes its screens from a file."""
    more = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    layout = {
        "synchronousWindowSystemEvents": False,
        "windowFrameMargins": True,
        "screens": [{**screen, **more} for screen in SCREENS],
    }
    file = tmp_path / "screens.json"
    file.write_bytes(msgspec.json.encode(layout))
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.two_screens"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert msgspec.json.decode(done.stdout) == {
        "screens": 2,
        "first": "desk",
        "second": "wall",
        "is_filled": True,
        "is_back": True,
        "is_wanted": True,
    }
