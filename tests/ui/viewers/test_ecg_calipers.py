"""Calipers on the ECG: what a drag measures, what keys do, where they are painted."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Origin
from tests.ui.viewers.made_up import make_ecg, make_lead, press, uncalibrated
from workstation.studies.ecg import STANDARD_LEADS
from workstation.studies.measure.ecg.filters import Band, TraceFilter
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.placed_caliper import End, PlacedCaliper, measured_by
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.caliper_labels import label_place
from workstation.ui.viewers.ecg.caliper_shape import shapes_of, trace_heights
from workstation.ui.viewers.ecg.caliper_tool import CaliperMode
from workstation.ui.viewers.ecg.layout import EcgLayout, Strip
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.sheet_tool import SheetSight
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView

CALIBRATED = ScreenCalibration(4.0, calibrated=True)
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[EcgView]:
    """An ECG with a peak of one sample 0.4 s after every second, the calipers in hand."""
    view = EcgView(viewer_theme, CALIBRATED)
    qtbot.addWidget(view)
    view.resize(1300, 640)
    view.show_record(make_ecg())
    view.choose(EcgChoices(layout=EcgLayout.THREE_BY_FOUR))
    view.show()
    do(view, "caliper.time")
    yield view
    view.hide()


def do(view: EcgView, action: str) -> None:
    """As if its key was pressed."""
    view.key_actions()[action]()


def sight_of(view: EcgView) -> SheetSight:
    sight = view.sheet.sight
    assert sight is not None
    return sight


def strip_of(view: EcgView, lead: str, longest: bool = False) -> Strip:
    strips = [strip for strip in sight_of(view).page.strips if strip.ref.name == lead]
    return max(strips, key=lambda strip: strip.duration_s) if longest else strips[0]


def spot(view: EcgView, lead: str, second: float, *, longest: bool = False) -> QPointF:
    """Where a moment of a lead is on the sheet, at the height of its base line."""
    return sight_of(view).point(strip_of(view, lead, longest), second, 0.0)


def drag(view: EcgView, start: QPointF, stop: QPointF) -> None:
    """Press, move, release, by the mouse that the tool sees."""
    tool = view.measuring.tool
    assert tool.press(sight_of(view), start, PLAIN)
    tool.move(sight_of(view), stop, pressed=True)
    tool.release(sight_of(view), stop)


def measure(view: EcgView, lead: str, start: float, stop: float, *, longest: bool = False) -> None:
    drag(view, spot(view, lead, start, longest=longest), spot(view, lead, stop, longest=longest))


def only(view: EcgView) -> Measured:
    (line,) = view.measurements.lines
    return line.measured


def written(view: EcgView) -> list[str]:
    """The words that are painted beside the calipers."""
    return [one.text for one in view.measuring.tool.drawn(sight_of(view))]


def test_a_drag_over_known_samples_gives_their_exact_time(view: EcgView) -> None:
    """The mouse is never exactly on a sample: both ends snap to the nearest."""
    measure(view, "I", 0.4004, 1.3997)
    line = only(view)
    assert (line.value, line.unit, line.place.lead) == (1000.0, "ms", "I")
    assert (line.place.start_s, line.place.stop_s) == (0.4, 1.4)
    assert (line.quantity, line.origin, line.place.filter) == (
        Quantity.INTERVAL,
        Origin.BY_HAND,
        "none",
    )
    assert view.measurements.chosen is not None


def test_the_mouse_of_the_system_draws_too(view: EcgView) -> None:
    start, stop = spot(view, "II", 2.0, longest=True), spot(view, "II", 2.4, longest=True)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, stop, none, left),
        (QEvent.Type.MouseButtonRelease, stop, left, none),
    )
    viewport = view.sheet.viewport()
    for kind, at, button, buttons in steps:
        there = viewport.mapToGlobal(at)
        QApplication.sendEvent(viewport, QMouseEvent(kind, at, there, button, buttons, PLAIN))
    assert only(view).value == pytest.approx(400.0, abs=2.0)


def test_the_second_of_two_quick_presses_draws(view: EcgView) -> None:
    """The system says "double click" then, and no press comes."""
    start, stop = spot(view, "II", 2.0, longest=True), spot(view, "II", 2.4, longest=True)
    kind, left = QEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton
    viewport = view.sheet.viewport()
    there = viewport.mapToGlobal(start)
    QApplication.sendEvent(viewport, QMouseEvent(kind, start, there, left, left, PLAIN))
    view.measuring.tool.move(sight_of(view), stop, pressed=True)
    view.measuring.tool.release(sight_of(view), stop)
    assert only(view).value == pytest.approx(400.0, abs=2.0)


@pytest.mark.parametrize("rate", [250.0, 360.0, 500.0, 1000.0])
def test_what_the_label_says_is_what_lies_between_the_samples(view: EcgView, rate: float) -> None:
    leads = [make_lead(name, rate) for name in STANDARD_LEADS]
    view.show_record(make_ecg(leads, sampling_rate_hz=rate))
    numbers = np.random.default_rng(11)
    for _ in range(40):
        start, stop = sorted(map(int, numbers.integers(0, round(10 * rate), 2)))
        if start == stop:
            continue
        measure(view, "II", start / rate, stop / rate, longest=True)
        (text,) = (one for one in written(view))
        assert text == f"{round((stop - start) / rate * 1000)}\u00a0ms"
        do(view, "caliper.remove")
    assert not view.measurements.lines


def test_a_click_that_goes_nowhere_measures_nothing(view: EcgView) -> None:
    measure(view, "II", 1.0, 1.0)
    assert not view.measurements.lines


def test_put_away_the_trace_is_only_looked_at(view: EcgView) -> None:
    assert view.measuring.put_away()
    tool = view.measuring.tool
    assert not tool.press(sight_of(view), spot(view, "I", 1.0), PLAIN)
    assert not view.measuring.put_away()


def test_it_stands_in_both_places_of_its_lead_and_moves_with_the_paper(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    for layout, shown in (
        (EcgLayout.THREE_BY_FOUR, 2),
        (EcgLayout.SIX_BY_TWO, 1),
        (EcgLayout.TWELVE_BY_ONE, 1),
    ):
        view.choose(EcgChoices(layout=layout, zoom=2.0))
        view.sheet.horizontalScrollBar().setValue(40)
        shapes = shapes_of(sight_of(view), PlacedCaliper("II", 200, 700))
        assert len(shapes) == shown
        for shape in shapes:
            sight = sight_of(view)
            assert shape.start.x() == pytest.approx(sight.point(shape.strip, 0.4, 0).x())
            assert shape.stop.x() == pytest.approx(sight.point(shape.strip, 1.4, 0).x())
    assert only(view).value == 1000.0


def test_out_of_sight_nothing_is_painted(view: EcgView) -> None:
    assert not shapes_of(sight_of(view), PlacedCaliper("V1", 0, 400))
    assert not shapes_of(sight_of(view), PlacedCaliper("V9", 2600, 2800))
    assert shapes_of(sight_of(view), PlacedCaliper("V1", 2600, 2800))


def test_an_end_can_be_dragged_again_and_so_can_all_of_it(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    (shape, _) = shapes_of(sight_of(view), PlacedCaliper("II", 200, 700))
    end, target = QPointF(shape.stop.x(), shape.top + 4), spot(view, "II", 1.8)
    drag(view, end, QPointF(target.x(), end.y()))
    assert (only(view).value, only(view).place.start_s) == (1400.0, 0.4)
    bar = QPointF((shape.left + shape.right) / 2, shape.top)
    moved = spot(view, "II", 0.5).x() - spot(view, "II", 0.2).x()
    drag(view, bar, bar + QPointF(moved, 0))
    assert only(view).value == 1400.0
    assert only(view).place.start_s == pytest.approx(0.7)


def test_esc_in_a_drag_leaves_everything_as_it_was(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    tool, before = view.measuring.tool, view.measurements.lines
    (shape, _) = shapes_of(sight_of(view), PlacedCaliper("II", 200, 700))
    tool.press(sight_of(view), QPointF(shape.stop.x(), shape.top), PLAIN)
    tool.move(sight_of(view), spot(view, "II", 2.0), pressed=True)
    assert view.measuring.put_away()
    tool.release(sight_of(view), spot(view, "II", 2.0))
    assert view.measurements.lines == before
    assert tool.mode is CaliperMode.TIME


def test_keys_move_the_chosen_end_sample_by_sample(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    do(view, "clip.next_frame")
    assert only(view).value == 1002.0
    do(view, "caliper.far_back")
    assert only(view).value == 982.0
    press(view.sheet, Qt.Key.Key_Tab)
    do(view, "clip.previous_frame")
    assert (only(view).value, only(view).place.start_s) == (984.0, 0.398)
    press(view.sheet, Qt.Key.Key_Tab)
    do(view, "caliper.far_on")
    assert only(view).value == 984.0
    assert only(view).place.start_s == pytest.approx(0.418)
    do(view, "caliper.remove")
    assert not view.measurements.lines


def test_without_a_chosen_caliper_the_arrows_scroll(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    view.choose(EcgChoices(speed=50.0))
    view.measuring.put_away()
    do(view, "clip.next_frame")
    assert only(view).value == 1000.0
    assert view.sheet.horizontalScrollBar().value() > 0
    assert "caliper.far_on" not in view.key_actions()
    press(view.sheet, Qt.Key.Key_Tab)
    assert view.measuring.tool.held_end is End.STOP


def test_without_a_mouse_a_second_press_sets_a_caliper(view: EcgView) -> None:
    do(view, "caliper.time")
    assert (only(view).value, only(view).place.lead) == (200.0, "II")
    do(view, "caliper.amplitude")
    do(view, "caliper.amplitude")
    assert view.measurements.lines[-1].measured.quantity is Quantity.AMPLITUDE


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("caliper.rr", "RR 1000\u00a0ms, 60\u00a0per min"),
        ("caliper.pp", "PP 1000\u00a0ms, 60\u00a0per min"),
        ("caliper.pr", "PR 1000\u00a0ms"),
        ("caliper.qrs", "QRS 1000\u00a0ms"),
        ("caliper.qt", "QT 1000\u00a0ms"),
        ("caliper.interval", "1000\u00a0ms"),
    ],
)
def test_a_key_says_what_the_interval_is(view: EcgView, action: str, words: str) -> None:
    measure(view, "II", 0.4, 1.4)
    do(view, action)
    assert written(view) == [words]
    measure(view, "II", 0.4, 2.4, longest=True)
    kind = Quantity(action.removeprefix("caliper."))
    assert view.measurements.lines[-1].measured.quantity is kind, "the next is of its kind"


def test_after_rr_and_qt_there_is_qtc_by_four_formulae(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    do(view, "caliper.rr")
    view.measuring.tool.choose_kind(Quantity.QT)
    do(view, "caliper.rr")
    do(view, "caliper.qt")
    do(view, "caliper.rr")
    assert not qtc_of(view)
    measure(view, "II", 1.3, 1.7)
    do(view, "caliper.qt")
    assert qtc_of(view) == {"bazett": 400, "fridericia": 400, "framingham": 400, "hodges": 400}
    do(view, "caliper.far_on")
    assert qtc_of(view)["hodges"] == 420, "it follows"
    ids = [line.id for line in view.measurements.lines if line.measured.detail == "hodges"]
    view.measurements.remove(ids[0])
    assert set(qtc_of(view)) == {"bazett", "fridericia", "framingham"}, "the doctor's word"
    kept = view.measurements.kept
    view.measurements.clear()
    view.measurements.restore(kept)
    assert view.measurements.kept == kept
    rr = next(line for line in view.measurements.lines if line.measured.quantity is Quantity.RR)
    view.measurements.remove(rr.id)
    assert not qtc_of(view)


def qtc_of(view: EcgView) -> dict[str, int]:
    found = [line.measured for line in view.measurements.lines]
    return {one.detail: round(one.value or 0) for one in found if one.quantity is Quantity.QTC}


def test_several_cycles_show_their_mean(view: EcgView) -> None:
    measure(view, "II", 0.4, 4.4, longest=True)
    assert "caliper.more_cycles" not in view.key_actions()
    do(view, "caliper.rr")
    for _ in range(3):
        do(view, "caliper.more_cycles")
    assert (only(view).value, only(view).cycles) == (1000.0, 4)
    assert written(view) == ["RR, mean of 4, 1000\u00a0ms, 60\u00a0per min"]
    do(view, "caliper.fewer_cycles")
    assert only(view).cycles == 3


def test_an_amplitude_reads_the_levels_of_two_samples(view: EcgView) -> None:
    do(view, "caliper.amplitude")
    measure(view, "V2", 5.2, 5.4)
    assert (only(view).value, only(view).unit, only(view).place.lead) == (1.0, "mV", "V2")
    assert written(view) == ["1\u00a0mV"]
    (shape,) = shapes_of(sight_of(view), PlacedCaliper("V2", 2600, 2700, Quantity.AMPLITUDE))
    assert shape.bottom - shape.top == pytest.approx(10 * view.sheet.px_per_mm)
    assert "caliper.march" not in view.key_actions()


def test_an_uncalibrated_amplitude_has_no_millivolts(view: EcgView) -> None:
    view.show_record(make_ecg([uncalibrated(make_lead(name)) for name in STANDARD_LEADS]))
    do(view, "caliper.amplitude")
    measure(view, "II", 0.2, 0.4)
    (text,) = written(view)
    assert text == "1000, no calibration"


def test_an_amplitude_says_the_filter_through_which_it_was_measured(view: EcgView) -> None:
    filtered = EcgChoices(layout=EcgLayout.THREE_BY_FOUR, filter=TraceFilter(Band.MONITOR))
    view.choose(filtered)
    do(view, "caliper.amplitude")
    measure(view, "II", 0.2, 0.4)
    value = only(view).value
    assert only(view).place.filter == "0.05-40"
    assert value is not None
    assert value < 0.9, "a filter of 40 Hz lowers a spike"
    view.choose(replace(filtered, filter=TraceFilter()))
    assert "filter: 0,05–40 Hz" in written(view)[0]
    assert only(view).value == value, "it stays as it was measured"


def test_the_march_repeats_the_interval_over_the_rows(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    do(view, "caliper.march")
    (drawn,) = view.measuring.tool.drawn(sight_of(view))
    assert drawn.marches
    with_marks = view.sheet.viewport().grab().toImage()
    do(view, "caliper.march")
    without = view.sheet.viewport().grab().toImage()
    strip = strip_of(view, "V6")
    at = sight_of(view).point(strip, 8.4, 0.0).toPoint()
    rows = range(at.y() - 30, at.y() + 30)
    assert any(with_marks.pixel(at.x(), y) != without.pixel(at.x(), y) for y in rows)


def test_a_proposed_line_is_marked_and_not_offered(view: EcgView) -> None:
    record = view.sheet.record
    assert record is not None
    line = measured_by(PlacedCaliper("II", 200, 260, Quantity.PR), record)
    assert line is not None
    number = view.measurements.propose(line)
    assert written(view) == ["PR 120\u00a0ms, proposed"]
    view.measurements.choose(number)
    assert view.finding() is None
    do(view, "caliper.confirm")
    finding = view.finding()
    assert finding is not None
    assert finding.origin is Origin.CONFIRMED
    assert "caliper.confirm" not in view.key_actions()


def test_a_proposed_line_that_was_moved_is_the_doctors(view: EcgView) -> None:
    record = view.sheet.record
    assert record is not None
    line = measured_by(PlacedCaliper("II", 200, 260, Quantity.PR), record)
    assert line is not None
    view.measurements.choose(view.measurements.propose(line))
    do(view, "clip.next_frame")
    (moved,) = view.measurements.lines
    assert (moved.is_proposed, moved.measured.origin) == (False, Origin.BY_HAND)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_a_caliper_names_keys_and_does_what_they_do(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    (shape, _) = shapes_of(sight_of(view), PlacedCaliper("II", 200, 700))
    at = QPoint(round((shape.left + shape.right) / 2), round(shape.top))
    viewport = view.sheet.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, at, viewport.mapToGlobal(at), PLAIN)
    QApplication.sendEvent(viewport, event)
    menu = view.sheet.findChild(QMenu, "caliperMenu")
    assert menu is not None
    acts = {line.data(): line for line in menu.actions() if line.data()}
    assert acts["caliper.qt"].text().endswith("\tAlt+5")
    acts["caliper.qt"].trigger()
    menu.close()
    assert only(view).quantity is Quantity.QT


def test_words_hide_no_peak_where_there_is_room_beside(view: EcgView) -> None:
    sight, size = sight_of(view), QSizeF(90, 18)
    seen = QRectF(view.sheet.viewport().rect())
    numbers = np.random.default_rng(3)
    for _ in range(60):
        start = int(numbers.integers(0, 4500))
        caliper = PlacedCaliper("II", start, start + int(numbers.integers(20, 450)), Quantity.QT)
        for shape in shapes_of(sight, caliper):
            place = label_place(sight, shape, size, seen, [])
            assert seen.contains(place)
            assert not any(_covers(sight, strip, place) for strip in sight.page.strips)


def _covers(sight: SheetSight, strip: Strip, place: QRectF) -> bool:
    first, last = round(strip.start_s * 500), round((strip.start_s + strip.duration_s) * 500) - 1
    heights = trace_heights(sight, strip, first, last)
    zero, px_per_s = sight.point(strip, 0.0, 0.0).x(), sight.page.speed * sight.px_per_mm
    across = zero + np.arange(first, first + len(heights)) / 500 * px_per_s
    inside = (across > place.left() + 1) & (across < place.right() - 1)
    return bool(((heights > place.top()) & (heights < place.bottom()) & inside).any())


def test_two_labels_never_stand_over_each_other(view: EcgView) -> None:
    for start in (0.4, 0.42, 0.44):
        measure_as_line(view, start, start + 0.3)
    sight, taken = sight_of(view), list[QRectF]()
    for drawn in view.measuring.tool.drawn(sight):
        for shape in shapes_of(sight, drawn.caliper):
            seen = QRectF(view.sheet.viewport().rect())
            place = label_place(sight, shape, QSizeF(80, 18), seen, taken)
            assert not any(place.intersects(other) for other in taken)
            taken.append(place)


def measure_as_line(view: EcgView, start: float, stop: float) -> None:
    record = view.sheet.record
    assert record is not None
    caliper = PlacedCaliper("II", round(start * 500), round(stop * 500))
    line = measured_by(caliper, record)
    assert line is not None
    view.measurements.add(line)


def test_another_record_starts_with_nothing(view: EcgView) -> None:
    measure(view, "II", 0.4, 1.4)
    view.show_record(None)
    view.show_record(make_ecg())
    assert not view.measurements.lines
    assert not view.measuring.tool.drawn(sight_of(view))


def test_a_window_of_a_long_record_measures_in_its_seconds(view: EcgView) -> None:
    view.show_record(make_ecg(), offset_s=3600.0)
    measure(view, "II", 0.4, 1.4)
    assert (only(view).place.start_s, only(view).place.stop_s) == (3600.4, 3601.4)
    view.show_record(make_ecg(), offset_s=3601.0)
    (drawn,) = view.measuring.tool.drawn(sight_of(view))
    assert (drawn.caliper.start, drawn.caliper.stop) == (-300, 200)
    assert only(view).value == pytest.approx(1000.0)


@pytest.mark.parametrize("simultaneous", [False, True])
@pytest.mark.parametrize("layout", list(EcgLayout))
def test_every_layout_zoom_scroll_and_filter_snaps_to_the_sample_under_the_mouse(
    view: EcgView, layout: EcgLayout, simultaneous: bool
) -> None:
    """Never a pixel: the value is the samples between the ends over the sampling rate."""
    lines, chooser, rate = view.measurements, np.random.default_rng(6), 437.0
    view.show_record(make_ecg(sampling_rate_hz=rate))
    for zoom, band in ((0.4, Band.AS_RECORDED), (1.0, Band.MONITOR), (5.0, Band.AS_RECORDED)):
        through = TraceFilter(band)
        view.choose(EcgChoices(layout=layout, zoom=zoom, simultaneous=simultaneous, filter=through))
        bar = view.sheet.horizontalScrollBar()
        bar.setValue(bar.maximum() // 2)
        sight = sight_of(view)
        strip = sight.page.strips[int(chooser.integers(len(sight.page.strips)))]
        ends = strip.start_s + strip.duration_s * np.sort(chooser.uniform(0.1, 0.9, 2))
        start, stop = (sight.point(strip, float(at), 0.0) for at in ends)
        lines.clear()
        drag(view, start, stop)
        (line,) = lines.lines
        first, last = (round(float(at) * rate) for at in ends)
        place = line.measured.place
        assert (round(place.start_s * rate, 6), round(place.stop_s * rate, 6)) == (first, last)
        assert line.measured.value == pytest.approx((last - first) * 1000 / rate, abs=1e-9)
        assert place.filter == through.code


def test_on_an_upside_down_strip_the_amplitude_names_its_lead(view: EcgView) -> None:
    """Cabrera shows -aVR: what is measured there is still aVR, and says so."""
    view.choose(EcgChoices(layout=EcgLayout.CABRERA))
    do(view, "caliper.amplitude")
    strip = strip_of(view, "aVR")
    assert strip.ref.sign < 0
    drag(view, spot(view, "aVR", 0.2), spot(view, "aVR", 0.4))
    (drawn,) = view.measuring.tool.drawn(sight_of(view))
    assert drawn.text.endswith(", aVR")


def test_no_level_is_read_where_the_filter_was_not_seen(view: EcgView) -> None:
    """Of a long record only what is seen is filtered: no drag takes an end beyond it."""
    view.show_record(make_ecg(make_lead(name, seconds=120) for name in STANDARD_LEADS))
    view.choose(EcgChoices(layout=EcgLayout.TWELVE_BY_ONE, filter=TraceFilter(Band.MONITOR)))
    assert view.sheet.turn_page(50.0)
    do(view, "caliper.amplitude")
    strip = strip_of(view, "II")
    end = strip.start_s + strip.duration_s
    drag(view, spot(view, "II", end - 2.0), spot(view, "II", end - 0.2))
    (before,) = view.measurements.lines
    tool, sight = view.measuring.tool, sight_of(view)
    caliper = tool.chosen
    assert caliper is not None
    (shape,) = shapes_of(sight, caliper)
    pole = QPointF(shape.stop.x(), (shape.top + shape.bottom) / 2)
    assert tool.press(sight, pole, PLAIN)
    tool.move(sight, spot(view, "II", strip.start_s + 0.1), pressed=True)
    tool.release(sight, spot(view, "II", strip.start_s + 0.1))
    (after,) = view.measurements.lines
    assert after.measured.place.start_s >= strip.start_s
    assert after.measured.value is not None
    assert before.id == after.id
