"""What an ECG hands to the conclusion, and the way back to the place it came from."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import EcgPlace, Origin
from tests.ui.viewers.made_up import make_ecg, make_lead, uncalibrated
from workstation.core.findings import Finding
from workstation.studies.ecg import STANDARD_LEADS, EcgRecord, EcgRecording, RecordingKind
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.placed_caliper import PlacedCaliper, measured_by
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.layout import EcgLayout
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.ecg.measurements import EcgMeasurements, Line
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.place_seeker import boxes_of
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView

NBSP = "\u00a0"
PLACE = EcgPlace(lead="II", start_s=3.52, stop_s=3.916)
QT = Measured(Quantity.QT, 396.0, "ms", PLACE, Origin.BY_HAND)


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[EcgView]:
    view = EcgView(viewer_theme, ScreenCalibration(4.0, calibrated=True))
    qtbot.addWidget(view)
    view.resize(1300, 640)
    view.show_record(make_ecg())
    view.choose(EcgChoices(layout=EcgLayout.THREE_BY_FOUR))
    view.show()
    yield view
    view.hide()


def finding_of(view: EcgView) -> Finding:
    finding = view.finding()
    assert finding is not None
    return finding


def look_at(view: EcgView, lead: str) -> None:
    """The mouse over the first strip of a lead."""
    sight = view.sheet.sight
    assert sight is not None
    strip = next(strip for strip in sight.page.strips if strip.ref.name == lead)
    at = sight.point(strip, strip.start_s + 0.5, 0.0)
    none, kind = Qt.MouseButton.NoButton, QEvent.Type.MouseMove
    modifiers = Qt.KeyboardModifier.NoModifier
    viewport = view.sheet.viewport()
    event = QMouseEvent(kind, at, viewport.mapToGlobal(at), none, none, modifiers)
    QApplication.sendEvent(viewport, event)


def seen_of(view: EcgView, place: EcgPlace) -> bool:
    """Whether the place is on screen."""
    sight = view.sheet.sight
    assert sight is not None
    room = view.sheet.viewport().rect()
    corners = [QPointF(box.left(), box.center().y()) for box in boxes_of(sight, place)]
    return any(room.contains(corner.toPoint()) for corner in corners)


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("measured", "text"),
    [
        (QT, f"QT 396{NBSP}мс (II, 3,52–3,92{NBSP}с, фильтр: нет)"),
        (
            Measured(Quantity.RR, 882.0, "ms", PLACE, Origin.BY_HAND),
            f"RR 882{NBSP}мс, 68{NBSP}в мин (II, 3,52–3,92{NBSP}с, фильтр: нет)",
        ),
        (
            Measured(Quantity.RR, 860.0, "ms", PLACE, Origin.BY_HAND, cycles=3),
            f"RR, среднее из 3, 860{NBSP}мс, 70{NBSP}в мин (II, 3,52–3,92{NBSP}с, фильтр: нет)",
        ),
        (
            Measured(
                Quantity.QTC,
                413.4,
                "ms",
                EcgPlace(start_s=0.1, stop_s=0.5, filter="0.05-40+50hz", median_beat=True),
                Origin.CONFIRMED,
                "fridericia",
                rr_ms=880.2,
            ),
            f"QTc Фридериция 413{NBSP}мс при RR 880{NBSP}мс (все отведения, усреднённый комплекс, "
            f"фильтр: 0,05–40 Гц, сеть 50 Гц)",
        ),
        (
            Measured(Quantity.ST, -0.144, "mV", PLACE, Origin.BY_HAND, "J+60"),
            f"ST (J+60) −0,14{NBSP}мВ (II, 3,52–3,92{NBSP}с, фильтр: нет)",
        ),
        (
            Measured(Quantity.AMPLITUDE, 1234.0, "", PLACE, Origin.BY_HAND),
            f"Амплитуда 1234, нет калибровки (II, 3,52–3,92{NBSP}с, фильтр: нет)",
        ),
        (
            Measured(Quantity.AXIS, -61.2, "deg", PLACE, Origin.CONFIRMED),
            f"Ось QRS −61° (II, 3,52–3,92{NBSP}с, фильтр: нет)",
        ),
    ],
)
def test_a_finding_is_complete(view: EcgView, measured: Measured, text: str) -> None:
    """Lead, second, filter and value are in the words."""
    view.measurements.add(measured)
    finding = finding_of(view)
    assert finding.text == text
    assert (finding.place, finding.origin) == (measured.place, measured.origin)


def test_an_unknown_value_is_said_and_not_offered(view: EcgView) -> None:
    unknown = Measured(Quantity.AMPLITUDE, None, "mV", PLACE, Origin.BY_HAND)
    view.measurements.add(unknown)
    assert MeasuredWords().value(unknown) == "unknown"
    assert view.finding() is None


def test_a_filter_that_we_do_not_know_is_named_as_it_is() -> None:
    assert MeasuredWords().filter("0.3-90") == "filter: 0.3-90"


def test_without_a_chosen_line_the_strip_that_is_looked_at_goes(view: EcgView) -> None:
    rhythm = finding_of(view)
    assert rhythm.place == EcgPlace(lead="II", start_s=0.0, stop_s=10.0)
    assert rhythm.text == (
        f"ECG strip (II, 0,00–10,00{NBSP}s, filter: none, 25{NBSP}mm/s, 10{NBSP}mm/mV)"
    )
    look_at(view, "V5")
    under_mouse = finding_of(view)
    assert under_mouse.place == EcgPlace(lead="V5", start_s=7.5, stop_s=10.0)
    QApplication.sendEvent(view.sheet.viewport(), QEvent(QEvent.Type.Leave))
    assert finding_of(view) == rhythm


def test_only_the_seconds_on_screen_go(view: EcgView) -> None:
    view.choose(EcgChoices(layout=EcgLayout.TWELVE_BY_ONE, speed=50.0, zoom=1.0))
    place = finding_of(view).place
    assert isinstance(place, EcgPlace)
    assert (place.start_s, 5.0 < place.stop_s < 7.0) == (0.0, True)


def test_an_uncalibrated_strip_has_no_gain(view: EcgView) -> None:
    view.show_record(make_ecg([uncalibrated(make_lead(name)) for name in STANDARD_LEADS]))
    text = finding_of(view).text
    assert "no calibration" in text
    assert "mm/mV" not in text


def test_an_empty_sheet_has_nothing_to_offer(view: EcgView) -> None:
    view.show_record(None)
    assert view.finding() is None
    assert not view.show_place(PLACE)


@pytest.mark.parametrize("start_s", [0.2, 4.9, 9.5])
def test_every_second_of_every_lead_is_found(view: EcgView, start_s: float) -> None:
    for lead in STANDARD_LEADS:
        place = EcgPlace(lead=lead, start_s=start_s, stop_s=start_s + 0.4)
        assert view.show_place(place)
        assert seen_of(view, place)


def test_a_place_is_found_on_a_narrow_screen_at_a_large_zoom(view: EcgView) -> None:
    view.resize(500, 300)
    view.choose(EcgChoices(layout=EcgLayout.TWELVE_BY_ONE, zoom=3.0))
    place = EcgPlace(lead="V6", start_s=8.0, stop_s=8.4)
    assert not seen_of(view, place)
    assert view.show_place(place)
    assert seen_of(view, place)
    assert view.choices.zoom == 3.0


def test_a_place_of_a_long_record_turns_the_page(view: EcgView) -> None:
    leads = [make_lead(name, 100, 60) for name in STANDARD_LEADS]
    view.show_record(make_ecg(leads, sampling_rate_hz=100.0))
    place = EcgPlace(lead="V1", start_s=42.0, stop_s=42.5)
    assert view.show_place(place)
    assert seen_of(view, place)
    assert view.sheet.layout_now is EcgLayout.THREE_BY_FOUR


def test_it_is_seen_again_through_the_filter_that_it_names(view: EcgView) -> None:
    assert view.show_place(EcgPlace(lead="V6", start_s=8.0, stop_s=8.4, filter="0.05-40"))
    sight = view.sheet.sight
    assert sight is not None
    assert sight.chosen_filter.code == "0.05-40"


@pytest.mark.parametrize(
    "place",
    [
        EcgPlace(lead="V9", start_s=1.0, stop_s=2.0),
        EcgPlace(lead="II", start_s=11.0, stop_s=12.0),
        EcgPlace(lead="II", start_s=1.0, stop_s=2.0, recording="SECOND"),
    ],
)
def test_what_the_file_does_not_hold_is_not_shown_elsewhere(view: EcgView, place: EcgPlace) -> None:
    before = view.choices
    assert not view.show_place(place)
    assert view.choices == before


def test_another_recording_of_the_file_is_turned_to(view: EcgView) -> None:
    """Also where a broken file gives two of them one name."""
    second = tuple(make_lead(name, peak=0.5) for name in STANDARD_LEADS)
    other = EcgRecording("", RecordingKind.RHYTHM, second, 500.0)
    view.show_record(make_ecg(others=(other,)))
    view.next_recording()
    caliper = PlacedCaliper("II", 180, 200, Quantity.AMPLITUDE)
    line = measured_by(caliper, record_of(view))
    assert line is not None
    view.measurements.add(line)
    assert line.value == 0.5
    view.next_recording()
    sight = view.sheet.sight
    assert sight is not None
    assert not view.measuring.tool.drawn(sight), "it was measured on the other one"
    assert view.show_place(line.place)
    assert measured_by(caliper, record_of(view)) == line


def record_of(view: EcgView) -> EcgRecord:
    record = view.sheet.record
    assert record is not None
    return record


def test_the_place_is_marked_for_a_moment(view: EcgView) -> None:
    place = EcgPlace(lead="II", start_s=3.5, stop_s=4.0)
    before = view.sheet.viewport().grab().toImage()
    assert view.show_place(place)
    marked = view.sheet.viewport().grab().toImage()
    assert marked != before
    view.measuring.tool.mark(None)
    assert view.sheet.viewport().grab().toImage() == before


def test_the_list_keeps_its_ids_and_its_chosen_line() -> None:
    lines = EcgMeasurements()
    first, second = lines.add(QT), lines.add(QT)
    lines.remove(first)
    third = lines.add(QT, choose=False)
    assert [line.id for line in lines.lines] == [second, third]
    assert lines.chosen == Line(second, QT)
    lines.choose_next()
    assert lines.chosen == Line(third, QT)
    lines.choose_next()
    assert lines.chosen == Line(second, QT)
    lines.choose_next(-1)
    assert lines.chosen == Line(third, QT)
    kept = lines.kept
    lines.clear()
    assert not lines.lines
    lines.restore(kept)
    assert lines.chosen == Line(third, QT)


def test_a_line_that_was_changed_is_not_in_the_conclusion_any_more() -> None:
    lines = EcgMeasurements()
    number = lines.add(QT)
    lines.note(number)
    assert lines.lines[0].is_noted
    lines.replace(number, Measured(Quantity.QT, 398.0, "ms", PLACE, Origin.BY_HAND))
    assert not lines.lines[0].is_noted


def test_nothing_is_told_where_nothing_changed(qtbot: QtBot) -> None:
    lines = EcgMeasurements()
    number = lines.add(QT)
    with qtbot.assertNotEmitted(lines.changed):
        lines.choose(number)
        lines.confirm(number)
        lines.replace(number, QT)
    with qtbot.waitSignal(lines.changed):
        lines.choose(None)
