"""True millimetres: a card on the screen, once for each screen, for every ECG."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import click, make_ecg
from workstation.studies.measure.ecg.paper import CARD_MM
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations, name_of
from workstation.ui.viewers.ecg.card_dialog import CardDialog
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView

BY_DATA = ScreenCalibration(4.0, calibrated=False)


@pytest.fixture
def screens(qapp: QApplication) -> ScreenCalibrations:
    return ScreenCalibrations()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    window.hide()


@pytest.fixture
def dialog(viewer_theme: Theme, screens: ScreenCalibrations, window: QWidget) -> CardDialog:
    dialog = CardDialog(viewer_theme, screens, window)
    dialog.open()
    return dialog


def test_arrows_make_the_outline_larger_by_a_pixel_of_the_screen(dialog: CardDialog) -> None:
    outline = dialog.outline
    before = outline.px_per_mm * CARD_MM[0]
    QTest.keyClick(outline, Qt.Key.Key_Right)
    assert outline.px_per_mm * CARD_MM[0] == pytest.approx(before + 1)
    QTest.keyClick(outline, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert outline.px_per_mm * CARD_MM[0] == pytest.approx(before - 9)


def test_the_edge_can_be_dragged(dialog: CardDialog) -> None:
    outline = dialog.outline
    edge = QPoint(12 + round(outline.px_per_mm * CARD_MM[0]), 60)
    QTest.mousePress(outline, Qt.MouseButton.LeftButton, pos=edge)
    place = QPointF(12 + 400, 60)
    held, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(
        QMouseEvent.Type.MouseMove, place, outline.mapToGlobal(place), held, held, none
    )
    QApplication.sendEvent(outline, moved)
    assert outline.px_per_mm == pytest.approx(400 / CARD_MM[0])


def test_what_no_screen_is_like_is_not_taken(dialog: CardDialog) -> None:
    before = dialog.outline.px_per_mm
    for absurd in (0.1, 60.0):
        dialog.outline.fit(absurd)
    assert dialog.outline.px_per_mm == before


def test_enter_keeps_what_was_found_for_this_screen(
    dialog: CardDialog, screens: ScreenCalibrations, window: QWidget
) -> None:
    dialog.outline.fit(4.25)
    QTest.keyClick(dialog.outline, Qt.Key.Key_Return)
    found = screens.of(window.screen())
    assert found.px_per_mm == pytest.approx(4.25)
    assert found.calibrated


def test_esc_leaves_all_as_it_was(
    dialog: CardDialog, screens: ScreenCalibrations, window: QWidget
) -> None:
    dialog.outline.fit(4.25)
    QTest.keyClick(dialog.outline, Qt.Key.Key_Escape)
    assert not screens.of(window.screen()).calibrated


def test_a_measure_can_be_forgotten(
    viewer_theme: Theme, screens: ScreenCalibrations, window: QWidget
) -> None:
    screens.keep(window.screen(), 4.25)
    dialog = CardDialog(viewer_theme, screens, window)
    dialog.open()
    assert dialog.forget.isVisible()
    click(dialog.forget, dialog.forget.rect().center())
    assert not screens.of(window.screen()).calibrated


def test_a_measure_outlives_the_program(qapp: QApplication, screens: ScreenCalibrations) -> None:
    screen = qapp.primaryScreen()
    screens.keep(screen, 4.25)
    later = ScreenCalibrations()
    later.restore(screens.state())
    found = later.of(screen)
    assert found.px_per_mm == pytest.approx(4.25)
    assert found.calibrated


@pytest.mark.parametrize(
    "state", ["", "{", "[1]", '{"px_per_mm": {"a": "b"}}', '{"px_per_mm": {"a": -1}}']
)
def test_what_was_not_kept_by_us_is_ignored(
    qapp: QApplication, screens: ScreenCalibrations, state: str
) -> None:
    screens.restore(state)
    assert not screens.of(qapp.primaryScreen()).calibrated


def test_another_screen_is_another_one(qapp: QApplication, screens: ScreenCalibrations) -> None:
    other = screens.state().replace("{}", '{"some other screen": 9.0}')
    screens.restore(other)
    assert name_of(qapp.primaryScreen()) != "some other screen"
    assert not screens.of(qapp.primaryScreen()).calibrated


def test_every_ecg_follows_and_says_so(
    qtbot: QtBot, viewer_theme: Theme, screens: ScreenCalibrations
) -> None:
    view = EcgView(viewer_theme, BY_DATA, screens=screens)
    qtbot.addWidget(view)
    view.resize(1300, 600)
    view.show_record(make_ecg())
    view.show()
    assert any(text.startswith("scale by the screen's data") for text in view.header.texts())
    screens.keep(view.screen(), 5.0)
    assert view.sheet.calibration == ScreenCalibration(5.0, calibrated=True)
    assert any(text.startswith("screen calibrated") for text in view.header.texts())
    screens.forget(view.screen())
    assert view.sheet.calibration == BY_DATA
    view.hide()


def test_a_screen_that_the_window_moves_to_has_its_own_measure(
    qtbot: QtBot, viewer_theme: Theme, screens: ScreenCalibrations
) -> None:
    view = EcgView(viewer_theme, BY_DATA, screens=screens)
    qtbot.addWidget(view)
    view.show_record(make_ecg())
    view.show()
    known = ScreenCalibrations()
    known.keep(view.screen(), 5.0)
    screens.restore(known.state())
    assert view.sheet.calibration == BY_DATA
    window = view.windowHandle()
    window.screenChanged.emit(view.screen())
    assert view.sheet.calibration == ScreenCalibration(5.0, calibrated=True)
    screens.restore("{}")
    window.screenChanged.emit(view.screen())
    assert view.sheet.calibration == ScreenCalibration.from_screen(view.screen())
    view.hide()


def test_the_header_leads_to_the_card(
    qtbot: QtBot, viewer_theme: Theme, screens: ScreenCalibrations
) -> None:
    view = EcgView(viewer_theme, BY_DATA, screens=screens)
    qtbot.addWidget(view)
    view.resize(1366, 600)
    view.show_record(make_ecg())
    view.show()
    click(view.header, view.header.box_of("scale").center().toPoint())
    dialogs = view.findChildren(CardDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    dialogs[0].reject()
    view.hide()
