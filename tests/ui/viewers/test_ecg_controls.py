"""Filters, recordings and columns of an ECG by keys and clicks; time and zoom by the mouse."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import click, make_ecg, make_lead
from tests.ui.viewers.test_ecg_view import MEASURED, turn_wheel
from workstation.studies.ecg import STANDARD_LEADS, EcgRecord, EcgRecording, RecordingKind
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.choices import EcgChoices, KeptEcgChoices
from workstation.ui.viewers.ecg.filter_menu import FilterMenu
from workstation.ui.viewers.ecg.recording_menu import RecordingMenu
from workstation.ui.viewers.ecg.view import EcgView

MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALL = TraceFilter(Band.MONITOR, Mains.HZ_50, baseline=True)


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[EcgView]:
    view = EcgView(viewer_theme, MEASURED)
    qtbot.addWidget(view)
    view.resize(1366, 600)
    view.show_record(make_ecg())
    view.show()
    yield view
    view.hide()


def long_record(seconds: float = 60) -> EcgRecord:
    return make_ecg([make_lead(name, seconds=seconds) for name in STANDARD_LEADS])


def with_beat() -> EcgRecord:
    """A rhythm, the device's averaged beat and a second rhythm of another rate."""
    beat = tuple(make_lead(name, seconds=1.2) for name in STANDARD_LEADS)
    second = tuple(make_lead(name, rate=250, seconds=20) for name in ("II", "V5"))
    return replace(
        make_ecg(),
        name="RHYTHM",
        others=(
            EcgRecording("MEDIAN BEAT", RecordingKind.MEDIAN_BEAT, beat, 500.0),
            EcgRecording("<b>SECOND</b>", RecordingKind.RHYTHM, second, 250.0),
        ),
    )


def page_start(view: EcgView) -> float:
    assert view.sheet.page is not None
    return view.sheet.page.start_s


def do(view: EcgView, *actions: str) -> None:
    for action in actions:
        view.key_actions()[action]()


def test_keys_choose_filters_and_the_header_warns(view: EcgView) -> None:
    assert view.choices.filter.off
    do(view, "ecg.band")
    assert "Filter: 0,05–150 Hz" in view.header.shown_texts()
    do(view, "ecg.band", "ecg.mains", "ecg.baseline")
    assert view.choices.filter == ALL
    said = "Filter: 0,5–40 Hz, mains 50 Hz, baseline 0,5 Hz"
    fields = {field.text: field for _, field in view.header.placed()}
    assert fields[said].warn
    view.resize(420, 600)
    assert said in view.header.shown_texts()
    do(view, "ecg.band", "ecg.mains", "ecg.mains", "ecg.baseline")
    assert "Filter: none" in view.header.shown_texts()
    assert not next(field for field in view.header.placed() if field[1].key == "filter")[1].warn


def test_what_is_painted_is_filtered_and_the_record_is_not(view: EcgView) -> None:
    stored = view.sheet.record
    assert stored is not None
    before = stored.leads[1].samples.copy()
    view.choose_filter(ALL)
    assert view.sheet.record is stored
    np.testing.assert_array_equal(stored.leads[1].samples, before)
    sight = view.sheet.sight
    assert sight is not None
    assert sight.chosen_filter == ALL
    assert np.abs(sight.record.leads[1].samples - before).max() > 0.1
    assert sight.page.strips[1].lead is not stored.leads[1]


def test_a_filter_is_made_once(view: EcgView) -> None:
    view.choose_filter(ALL)
    painted = view.sheet.painted
    do(view, "ecg.speed", "ecg.gain", "ecg.layout_2")
    assert view.sheet.painted is painted


def test_every_file_opens_as_it_was_recorded(view: EcgView) -> None:
    view.choose_filter(ALL)
    view.show_record(make_ecg())
    assert view.choices.filter.off
    assert "Filter: none" in view.header.texts()


def test_a_filter_that_can_do_nothing_says_so(view: EcgView) -> None:
    """50 Hz cannot be told from other waves in 100 samples a second."""
    leads = [make_lead(name, rate=100) for name in STANDARD_LEADS]
    view.show_record(make_ecg(leads, sampling_rate_hz=100.0))
    do(view, "ecg.mains")
    assert "mains filter does nothing at 100\u00a0Hz" in view.header.shown_texts()
    do(view, "ecg.mains", "ecg.mains")
    assert not any("does nothing" in text for text in view.header.texts())


@MENU
def test_a_click_on_the_filter_opens_its_menu(view: EcgView) -> None:
    click(view.header, view.header.box_of("filter").center().toPoint())
    menu = view.findChild(FilterMenu)
    assert menu is not None
    by_text = {one.text().partition("\t")[0]: one for one in menu.findChildren(QAction)}
    assert by_text["As recorded, no filter"].isChecked()
    by_text["0,05–40 Hz"].trigger()
    menu.close()
    assert view.choices.filter == TraceFilter(Band.MONITOR)


def test_words_of_a_filter_as_it_is_kept(view: EcgView) -> None:
    assert view.words.filter_code(ALL.code) == view.words.filter(ALL)
    assert view.words.filter_code("none") == "Filter: none"
    assert view.words.filter_code("<i>other</i>") == "Filter: <i>other</i>"


def test_the_recordings_of_a_file_are_offered_by_name(view: EcgView) -> None:
    view.show_record(with_beat())
    assert "1 of 3: rhythm «RHYTHM»" in view.header.shown_texts()
    do(view, "ecg.recording")
    assert "2 of 3: device's median beat «MEDIAN BEAT»" in view.header.shown_texts()
    assert view.sheet.record is not None
    assert view.sheet.record.kind is RecordingKind.MEDIAN_BEAT
    do(view, "ecg.recording")
    assert "3 of 3: rhythm «<b>SECOND</b>»" in view.header.shown_texts()
    assert view.sheet.record.sampling_rate_hz == 250
    do(view, "ecg.recording")
    assert "1 of 3: rhythm «RHYTHM»" in view.header.shown_texts()


@MENU
def test_a_click_names_all_recordings(view: EcgView) -> None:
    view.show_record(with_beat())
    click(view.header, view.header.box_of("recording").center().toPoint())
    menu = view.findChild(RecordingMenu)
    assert menu is not None
    texts = [action.text().replace("\u00a0", " ") for action in menu.actions()]
    assert texts == [
        "rhythm «RHYTHM», leads: 12, 10 s, 500 Hz",
        "device's median beat «MEDIAN BEAT», leads: 12, 1,2 s, 500 Hz\tO",
        "rhythm «<b>SECOND</b>», leads: 2, 20 s, 250 Hz",
    ]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[2].trigger()
    menu.close()
    assert view.recordings is not None
    assert view.recordings.shown == 2


def test_a_recording_is_found_by_its_name(view: EcgView) -> None:
    view.show_record(with_beat())
    assert view.turn_to_recording("MEDIAN BEAT")
    assert not view.turn_to_recording("nothing like it")
    assert view.recordings is not None
    assert view.recordings.shown == 1
    assert view.turn_to_recording("RHYTHM")
    assert view.recordings.shown == 0


def test_one_recording_needs_no_name(view: EcgView) -> None:
    do(view, "ecg.recording")
    assert not any("of 1" in text for text in view.header.texts())


def test_columns_are_a_choice_of_their_own(view: EcgView) -> None:
    view.choose_layout(EcgLayout.THREE_BY_FOUR)
    assert "columns: in turn" in view.header.texts()
    do(view, "ecg.columns")
    assert "columns: same time" in view.header.shown_texts()
    assert "0–2,5 of 10 s" in view.header.shown_texts()
    do(view, "ecg.layout_2")
    assert view.choices.simultaneous
    view.choose_layout(EcgLayout.TWELVE_BY_ONE)
    assert not any(text.startswith("columns") for text in view.header.texts())


def test_home_and_end_are_the_ends_of_the_record(view: EcgView) -> None:
    view.show_record(long_record())
    do(view, "ecg.end")
    assert page_start(view) == 50
    do(view, "ecg.beginning")
    assert page_start(view) == 0
    view.choose(EcgChoices(zoom=3.0))
    do(view, "ecg.end")
    bar = view.sheet.horizontalScrollBar()
    assert bar.value() == bar.maximum() > 0
    do(view, "ecg.beginning")
    assert bar.value() == 0


def test_dragging_moves_the_paper_and_then_the_record(view: EcgView) -> None:
    view.show_record(long_record())
    view.choose(EcgChoices(zoom=1.0))
    px_per_s = 25 * view.sheet.px_per_mm
    drag(view, QPointF(800, 300), QPointF(800 - 2 * px_per_s, 300))
    assert page_start(view) == pytest.approx(2.0, abs=0.02)
    drag(view, QPointF(300, 300), QPointF(300 + px_per_s, 300), Qt.MouseButton.MiddleButton)
    assert page_start(view) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("angle", [120, -120])
def test_ctrl_and_wheel_keep_the_place_under_the_mouse(view: EcgView, angle: int) -> None:
    view.choose(EcgChoices(EcgLayout.TWELVE_BY_ONE, gain=20.0, zoom=2.0))
    view.sheet.horizontalScrollBar().setValue(200)
    view.sheet.verticalScrollBar().setValue(800)
    place = QPointF(600, 260)
    before = view.sheet.sight
    assert before is not None
    spot = before.spot(place)
    assert spot is not None
    turn_wheel(view, angle, Qt.KeyboardModifier.ControlModifier, place)
    after = view.sheet.sight
    assert after is not None
    assert after.px_per_mm != before.px_per_mm
    strip = after.like(spot.strip)
    assert strip is not None
    moved = after.point(strip, spot.second, spot.level)
    assert moved.x() == pytest.approx(place.x(), abs=1.5)
    assert moved.y() == pytest.approx(place.y(), abs=1.5)


def test_a_window_of_a_longer_record_tells_its_own_time(view: EcgView) -> None:
    view.show_record(long_record(30), offset_s=3 * 3600 + 62.5)
    assert "3:01:02,5–3:01:12,5" in view.header.shown_texts()
    sight = view.sheet.sight
    assert sight is not None
    assert sight.offset_s == 10_862.5


def test_seconds_of_a_long_record_are_read_off_a_clock(view: EcgView) -> None:
    view.show_record(long_record(700))
    assert "0:00–0:10 of 11:40" in view.header.shown_texts()


def test_a_narrow_header_drops_the_rate_before_the_scale(view: EcgView) -> None:
    by_format = view.words.rate(make_ecg())
    for width in range(1366, 400, -20):
        view.resize(width, 600)
        fields = view.header.shown_texts()
        for always in ("25\u00a0mm/s", "10\u00a0mm/mV", "Filter: none"):
            assert always in fields
        has_rate = any(text.startswith(by_format) for text in fields)
        assert not has_rate or any(text.startswith("screen calibrated") for text in fields)


def test_the_end_of_a_record_is_told(view: EcgView) -> None:
    wanted: list[float] = []
    view.sheet.edge_reached.connect(wanted.append)
    view.show_record(long_record(12))
    view.choose(EcgChoices(zoom=1.0))
    view.sheet.scroll_time(1.0)
    view.sheet.scroll_time(5.0)
    assert wanted == []
    for _ in range(3):
        view.sheet.scroll_time(5.0)
    assert wanted
    assert set(wanted) == {5.0}


@pytest.mark.parametrize(
    ("size", "layout"),
    [((900, 640), EcgLayout.SIX_BY_TWO), ((1830, 640), EcgLayout.THREE_BY_FOUR)],
)
def test_a_small_screen_hangs_six_rows_and_a_wide_one_three(
    view: EcgView, size: tuple[int, int], layout: EcgLayout
) -> None:
    """UI.md 12: at full height or 6x2 on a small screen; 3x4 beside clips from 1600 px."""
    view.resize(*size)
    assert view.sheet.layout_now is layout


def test_choices_are_kept_but_for_the_filter() -> None:
    choices = EcgChoices(EcgLayout.CABRERA, 50.0, 20.0, 1.5, simultaneous=True, filter=ALL)
    kept = msgspec.json.encode(KeptEcgChoices.of(choices))
    again = msgspec.json.decode(kept, type=KeptEcgChoices).choices()
    assert again == replace(choices, filter=TraceFilter())


def test_choices_of_an_earlier_version_are_read() -> None:
    kept = b'{"layout":2,"speed":50.0,"gain":20.0,"zoom":null}'
    assert msgspec.json.decode(kept, type=KeptEcgChoices).layout is EcgLayout.SIX_BY_TWO


def drag(
    view: EcgView,
    start: QPointF,
    stop: QPointF,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Presses, moves half the way, then the rest, and lets go."""
    for kind, place, held in (
        (QEvent.Type.MouseButtonPress, start, button),
        (QEvent.Type.MouseMove, (start + stop) / 2, button),
        (QEvent.Type.MouseMove, stop, button),
        (QEvent.Type.MouseButtonRelease, stop, Qt.MouseButton.NoButton),
    ):
        pressed = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else button
        target = view.sheet.viewport()
        everywhere = target.mapToGlobal(place)
        event = QMouseEvent(kind, place, everywhere, pressed, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(target, event)
