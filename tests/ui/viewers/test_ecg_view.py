"""The ECG on screen: what is written on it, what keys and wheel do, how far it fits."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import click, make_ecg, make_lead, press, uncalibrated
from workstation.studies.ecg import STANDARD_LEADS, EcgRecord, RecordedFilter
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.layout import EcgLayout
from workstation.ui.viewers.ecg.paper import EcgGrid, ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView

LAYOUT_NAMES = ("3×4 + rhythm", "6×2", "12×1", "Rhythm", "Cabrera", "3×4 + 3 rhythms")
AT = QPointF(100, 100)
MEASURED = ScreenCalibration(4.0, calibrated=True)


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[EcgView]:
    view = EcgView(viewer_theme, MEASURED)
    qtbot.addWidget(view)
    view.resize(1100, 600)
    view.show_record(make_ecg())
    view.show()
    yield view
    view.hide()


def test_speed_gain_and_filter_are_always_written(view: EcgView) -> None:
    for width in (1100, 420):
        view.resize(width, 400)
        texts = view.header.shown_texts()
        assert {"25\u00a0mm/s", "10\u00a0mm/mV", "Filter: none"} <= set(texts)
    view.resize(1100, 400)
    assert "500\u00a0Hz, DICOM" in view.header.shown_texts()
    assert view.header.texts()[0] == "ECG 12.11.2026 08:52"


def test_a_narrow_header_takes_more_lines_and_nothing_overlaps(view: EcgView) -> None:
    one_line = view.header.height()
    view.resize(300, 500)
    QApplication.processEvents()
    assert view.header.height() > one_line
    boxes = [box for box, _ in view.header.placed()]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert all(view.header.height() >= box.bottom() for box in boxes)
    view.resize(1100, 500)
    QApplication.processEvents()
    assert view.header.height() == one_line


def test_the_header_says_what_a_millimetre_is_worth(view: EcgView) -> None:
    assert any(text.startswith("screen calibrated, 100") for text in view.header.texts())
    view.sheet.calibrate(ScreenCalibration(4.0, calibrated=False))
    assert any(text.startswith("scale by the screen's data") for text in view.header.texts())


def test_a_screen_that_tells_nonsense_is_not_believed(qapp: QApplication) -> None:
    calibration = ScreenCalibration.from_screen(qapp.primaryScreen())
    assert 2 < calibration.px_per_mm < 24
    assert not calibration.calibrated


def test_keys_change_layout_speed_and_gain(view: EcgView) -> None:
    keys = view.key_actions()
    for number, name in enumerate(LAYOUT_NAMES, 1):
        keys[f"ecg.layout_{number}"]()
        assert name in view.header.texts()
    keys["ecg.speed"]()
    assert "50\u00a0mm/s" in view.header.texts()
    keys["ecg.gain"]()
    assert "20\u00a0mm/mV" in view.header.texts()
    keys["ecg.gain"]()
    assert "2,5\u00a0mm/mV" in view.header.texts()


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_G, "g"), (Qt.Key(0x041F), "п")])
def test_the_gain_key_works_under_both_keyboards(
    view: EcgView, qapp: QApplication, key: Qt.Key, text: str
) -> None:
    router = ShortcutRouter(qapp)
    router.bind(view, "ecg.gain", view.key_actions()["ecg.gain"])
    press(view.sheet, key, text)
    router.release()
    assert view.choices.gain == 20.0


def test_speed_and_gain_do_not_shrink_the_millimetre(view: EcgView) -> None:
    before = view.sheet.px_per_mm
    view.choose(EcgChoices(speed=50, gain=20))
    assert view.sheet.px_per_mm == before
    assert view.sheet.horizontalScrollBar().maximum() > 0


def test_a_small_place_fits_the_page_and_says_the_zoom(view: EcgView) -> None:
    view.resize(700, 340)
    page = view.sheet.page
    assert page is not None
    assert page.width_mm * view.sheet.px_per_mm <= 700
    assert view.sheet.zoom < 1
    assert any(f"{round(view.sheet.zoom * 100)}\u00a0%" in text for text in view.header.texts())


def test_true_size_is_one_key_away(view: EcgView) -> None:
    view.resize(700, 340)
    view.key_actions()["ecg.true_size"]()
    assert view.sheet.px_per_mm == MEASURED.px_per_mm
    view.key_actions()["view.fit"]()
    assert view.sheet.zoom < 1
    view.key_actions()["view.zoom_in"]()
    assert view.choices.zoom is not None


def test_a_record_of_few_leads_shows_all_of_them(view: EcgView) -> None:
    view.show_record(make_ecg([make_lead("MLII"), make_lead("V5")]))
    page = view.sheet.page
    assert page is not None
    assert [strip.ref.name for strip in page.strips] == ["MLII", "V5"]


def test_without_calibration_nothing_is_called_millivolt(view: EcgView) -> None:
    view.show_record(make_ecg([uncalibrated(make_lead(name)) for name in STANDARD_LEADS]))
    assert "no calibration" in view.header.texts()
    assert not any("mV" in text for text in view.header.texts())


def test_leads_that_do_not_fit_are_named(view: EcgView) -> None:
    leads = [make_lead(name, peak=30 if name == "V3" else 1) for name in STANDARD_LEADS]
    view.show_record(make_ecg(leads))
    assert "does not fit: V3" in view.header.shown_texts()


def test_a_device_filter_is_said_in_words(view: EcgView) -> None:
    note = RecordedFilter(0.05, 150.0, 50.0)
    assert view.words.recorded_filter(note) == "0,05–150 Hz, mains 50 Hz"
    assert view.words.recorded_filter(None) == ""


def test_the_wheel_is_time(view: EcgView) -> None:
    view.show_record(make_ecg([make_lead(name, seconds=60) for name in STANDARD_LEADS]))
    turn_wheel(view, -120)
    page = view.sheet.page
    assert page is not None
    assert page.start_s > 0
    assert any("of 60 s" in text for text in view.header.texts())
    view.show_record(None)
    assert view.header.texts() == []


def test_ctrl_and_wheel_zoom(view: EcgView) -> None:
    before = view.sheet.zoom
    turn_wheel(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.sheet.zoom > before


def test_a_click_on_speed_changes_it(view: EcgView) -> None:
    click(view.header, view.header.box_of("speed").center().toPoint())
    assert view.choices.speed == 50


def test_the_trace_is_painted_where_its_peak_is(view: EcgView) -> None:
    page = view.sheet.page
    assert page is not None
    image = painted(view)
    strip = page.strips[-1]
    px = view.sheet.px_per_mm
    x = round(page.x_of(strip, 3.4) * px + 0.5)
    top = round((strip.baseline_mm - 9.5) * px)
    middle = round((strip.baseline_mm - 5) * px)
    assert darkest(image, x, top) < 110
    assert darkest(image, x, middle) < 110
    assert darkest(image, x + 20, middle) > 150


def test_html_in_lead_names_is_literal(view: EcgView) -> None:
    view.show_record(make_ecg([make_lead("<b>I</b>"), make_lead("<img src=x>")]))
    page = view.sheet.page
    assert page is not None
    assert page.strips[0].ref.label == "<b>I</b>"
    painted(view)


def test_paper_is_light_in_both_themes(view: EcgView) -> None:
    assert painted(view).pixelColor(3, 3).lightness() > 200


def test_the_grid_is_painted_once(viewer_theme: Theme, view: EcgView) -> None:
    grid = EcgGrid(viewer_theme)
    size = view.sheet.viewport().size()
    assert grid.picture(size, 4.0, 1.0) is grid.picture(size, 4.0, 1.0)
    assert grid.picture(size, 4.0, 1.0) is not grid.picture(size, 3.8, 1.0)


def test_a_grid_line_stands_at_every_five_millimetres(viewer_theme: Theme, view: EcgView) -> None:
    image = EcgGrid(viewer_theme).picture(view.sheet.viewport().size(), 4.0, 1.0).toImage()
    major = viewer_theme.color("ecg.grid.major").rgb()
    columns = [x for x in range(200) if image.pixel(x, 2) == major]
    assert columns == list(range(0, 200, 20))


@pytest.mark.parametrize("seconds", [0.002, 0.5, 3.0])
def test_short_records_are_shown(view: EcgView, seconds: float) -> None:
    record: EcgRecord = make_ecg([make_lead(name, seconds=seconds) for name in STANDARD_LEADS])
    view.show_record(record)
    for layout in EcgLayout:
        view.choose_layout(layout)
        assert np.isfinite(view.sheet.zoom)
        painted(view)


def painted(view: EcgView) -> QImage:
    return view.sheet.viewport().grab().toImage()


def darkest(image: QImage, x: int, y: int) -> int:
    around = range(-1, 2)
    return min(image.pixelColor(x + dx, y + dy).lightness() for dx in around for dy in around)


def turn_wheel(
    view: EcgView,
    angle: int,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    place: QPointF = AT,
) -> None:
    event = QWheelEvent(
        place,
        view.sheet.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.sheet.viewport(), event)
