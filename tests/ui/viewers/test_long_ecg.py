"""A long ECG on screen: no peak is lost at any zoom, the day at a glance, the road to the paper."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import EcgPlace
from tests.ui.keys import press
from tests.ui.viewers.made_up import click, rest, until
from tests.ui.viewers.made_up_long import BEGAN, RATE, MadeUpLong, beating, make_long
from workstation.studies.ecg import SampleUnit
from workstation.studies.errors import DecoderStopped, StopReason
from workstation.studies.long_ecg import LongEcg
from workstation.studies.measure.ecg.envelope import Envelope
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.long.columns import Points, Window, extremes, lines, row_scales
from workstation.ui.viewers.ecg.long.times import moment_text, tick_text, ticks, typed_second
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView

SECONDS = 1500
WIDTH, HEIGHT = 900, 420


@pytest.fixture(scope="module")
def ecg() -> LongEcg:
    """25 minutes, a pause, a gap."""
    one = beating(SECONDS, pauses=[400])
    return make_long({"II": one, "V5": one}, [(700 * RATE, 760 * RATE)])


class Desk:
    """A view with an owner of what it starts."""

    def __init__(self, theme: Theme) -> None:
        self.errors: list[BaseException] = []
        self.tasks = TaskScope(self.errors.append)
        self.view = LongEcgView(theme, EcgView(theme, ScreenCalibration(4.0, calibrated=True)))
        self.view.resize(WIDTH, HEIGHT)

    def seen(self) -> tuple[float, float]:
        """From, to, seconds."""
        model = self.view.model
        return model.start_s, model.start_s + model.length_s

    def is_on_paper(self) -> bool:
        """Now; a method, for it changes under the test's hands."""
        return self.view.model.is_paper

    async def close(self) -> None:
        """As a pane does."""
        self.view.clear()
        await self.tasks.close()


@pytest.fixture
def desk(qtbot: QtBot, viewer_theme: Theme) -> Iterator[Desk]:
    desk = Desk(viewer_theme)
    qtbot.addWidget(desk.view)
    desk.view.show()
    yield desk
    desk.view.hide()


async def opened(desk: Desk, ecg: LongEcg, *, surveyed: bool = True) -> MadeUpLong:
    source = MadeUpLong(ecg, at_once=surveyed)
    desk.view.show_long(source, desk.tasks)
    if surveyed:
        await until(lambda: not desk.view.model.is_surveying)
    return source


def wheel(widget: QWidget, steps: int, place: QPointF, *, ctrl: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    turned = QPoint(0, 120 * steps)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    at = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QWheelEvent(place, at, QPoint(), turned, buttons, modifiers, phase, False)
    QApplication.sendEvent(widget, event)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_rise_of_one_sample_is_seen_at_every_zoom(data: st.DataObject) -> None:
    """NUMBERS: no R peak is lost. From the whole recording to ten seconds, wherever it lies."""
    count = data.draw(st.integers(10 * RATE, 100_000))
    place = data.draw(st.integers(0, count - 1))
    samples = np.random.default_rng(count).integers(-20, 20, count).astype(np.int16)
    samples[place] = 600
    ecg = make_long({"II": samples})
    length_s = data.draw(st.floats(10.0, ecg.duration_s))
    width = data.draw(st.integers(50, 3840))
    start_s = max(0.0, place / RATE - data.draw(st.floats(0, 1)) * length_s)
    window = Window.of(ecg, min(start_s, ecg.duration_s - length_s), length_s, width)
    assert window.columns <= width
    if not window.start <= place < window.stop:
        return
    lead, scale = ecg.leads[0], row_scales(ecg)[0]
    for envelope in (None, Envelope(lead.samples)):
        found = extremes(lead, envelope, window)
        assert found is not None
        without = np.minimum(found[0], 0.1), np.minimum(found[1], 0.1)
        assert highest(lines(*found, scale, 0, 200, 1)) + 10 < highest(
            lines(*without, scale, 0, 200, 1)
        )


def highest(drawn: Iterable[Points]) -> float:
    return min(float(line[:, 1].min()) for line in drawn)


def test_neighbouring_columns_meet_and_gaps_part_them() -> None:
    """Level steps only: a slope would draw half an R peak beside it."""
    low = np.array([0.0, 1.0, np.nan, 0.1, 0.0, 0.0])
    high = np.array([0.5, 1.5, np.nan, 0.2, 1.0, 0.1])
    scale = row_scales(make_long({"II": beating(30)}))[0]
    first, second = lines(low, high, scale, 100, 200, 2.0)
    assert sorted(set(first[:, 0].tolist())) == [0.25, 0.75]
    assert sorted(set(second[:, 0].tolist())) == [1.75, 2.25, 2.75]
    assert np.all((first[:, 1] >= 100) & (first[:, 1] < 300))
    for line in (first, second):
        moves = np.diff(line, axis=0)
        assert np.all((moves[:, 0] == 0) | (moves[:, 1] == 0))
    tops = [float(second[second[:, 0] == x, 1].min()) for x in (1.75, 2.25, 2.75)]
    to_px = 200 * 0.8 / scale.span
    assert tops[0] - tops[1] == pytest.approx(0.8 * to_px)
    assert tops[2] - tops[1] == pytest.approx(0.9 * to_px)
    left, right = first[first[:, 0] == 0.25, 1], first[first[:, 0] == 0.75, 1]
    assert right.max() == left.min()  # what was jumped over is drawn once


def test_a_trace_that_moves_does_not_change_its_columns() -> None:
    ecg = make_long({"II": beating(600)})
    one = Window.of(ecg, 100.0, 120.0, 1000)
    other = Window.of(ecg, 100.6, 120.0, 1000)
    step = 120 * RATE / 1000
    assert (one.start / step) == pytest.approx(round(one.start / step), abs=0.05)
    assert (other.start - one.start) % step == pytest.approx(0, abs=0.05)


def test_noise_for_a_while_does_not_flatten_the_day() -> None:
    calm = beating(600)
    noisy = calm.copy()
    noisy[20_000:22_000] = 30_000
    assert row_scales(make_long({"II": noisy})) == row_scales(make_long({"II": calm}))


def test_moments_by_the_clock_and_without_one(ecg: LongEcg) -> None:
    assert moment_text(ecg, 0) == "10:59:19"
    late = make_long({"II": beating(20)}, began=datetime(2026, 11, 21, 23, 59, 50))
    assert moment_text(late, 15) == "22.11 00:00:05"
    unknown = make_long({"II": beating(20)}, began=None)
    assert moment_text(unknown, 5000) == "1:23:20"
    moments, step = ticks(ecg, 0, SECONDS, 8)
    assert step == 300
    assert [tick_text(ecg, one, step) for one in moments[:2]] == ["11:00", "11:05"]
    moments, step = ticks(late, 0, 20, 10)
    assert [tick_text(late, one, step) for one in moments] == [
        *("23:59:50", "23:59:52", "23:59:54", "23:59:56", "23:59:58"),
        *("22.11", "00:00:02", "00:00:04", "00:00:06", "00:00:08"),
    ]


@pytest.mark.parametrize(
    ("typed", "second"),
    [
        ("11:00", 41.0),
        ("11:00:10", 51.0),
        ("21.11 11:05", 341.0),
        ("600", 600.0),
        (" 600,5 с ", 600.5),
        ("+90s", 90.0),
        ("10:00", 82_841.0),
        ("22.11 10:00", 82_841.0),
        ("25:00", None),
        ("11:75", None),
        ("31.02 11:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_a_doctor_types(ecg: LongEcg, typed: str, second: float | None) -> None:
    """What lies outside is found as well, so that it can be said."""
    assert typed_second(typed, ecg, 0.0) == second


def test_a_time_of_the_day_is_the_next_one() -> None:
    two_days = make_long({"II": np.zeros(172_800 * 2, np.int16)})
    two_days = LongEcg(two_days.facts, two_days.leads, 172_800 * RATE)
    assert typed_second("12:59:19", two_days, 0.0) == 7200
    assert typed_second("12:59:19", two_days, 7200.0) == 7200 + 86_400
    assert typed_second("12:59:19", two_days, 100_000.0) == 7200
    unknown = make_long({"II": beating(20)}, began=None)
    assert typed_second("1:30:00", unknown, 0.0) == 5400


async def test_the_first_minute_is_seen_before_anything_is_surveyed(
    desk: Desk, ecg: LongEcg
) -> None:
    source = await opened(desk, ecg, surveyed=False)
    assert desk.seen() == (0.0, 60.0)
    window = desk.view.trace.window_now()
    assert window is not None
    assert extremes(ecg.leads[0], None, window) is not None
    assert "10:59:19–11:00:19" in desk.view.header.texts()
    await until(lambda: source.asked)
    desk.view.clear()
    source.let()
    await desk.close()
    assert desk.errors == []


async def test_the_survey_counts_beats_rates_and_pauses(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    survey = desk.view.model.survey
    assert survey is not None
    assert survey.is_complete
    assert len(survey.rates) == SECONDS / 60
    assert survey.beats == pytest.approx((SECONDS - 60) / 0.8, rel=0.03)
    assert [round(one.seconds, 1) for one in survey.pauses] == [2.5]
    assert survey.pauses[0].start / RATE == pytest.approx(400.5, abs=1.5)
    assert survey.rates[3].mean == pytest.approx(75, abs=1)
    assert survey.rates[12].recorded_s == pytest.approx(20, abs=0.1)
    assert desk.view.strip.hint_at(desk.view.strip.x_of(200)).startswith("11:02:")
    await desk.close()


async def test_the_survey_can_be_stopped_and_gone_on_with(desk: Desk, ecg: LongEcg) -> None:
    source = await opened(desk, ecg, surveyed=False)
    await until(lambda: source.asked)
    model = desk.view.model
    desk.view.strip.stop_wanted.emit()
    assert not model.is_surveying
    await rest()
    asked = len(source.asked)
    source.let()
    desk.view.strip.stop_wanted.emit()
    await until(lambda: not model.is_surveying)
    assert model.survey is not None
    assert model.survey.is_complete
    assert source.asked[asked:][0] == source.asked[0]
    await desk.close()


async def test_the_survey_goes_on_after_the_decoder_stopped(desk: Desk, ecg: LongEcg) -> None:
    source = MadeUpLong(ecg)
    source.errors = [DecoderStopped(StopReason.CRASHED), DecoderStopped(StopReason.TIME)]
    desk.view.show_long(source, desk.tasks)
    await until(lambda: not desk.view.model.is_surveying)
    assert len(desk.view.model.envelopes) == 2
    assert desk.errors == []
    await desk.close()


async def test_the_wheel_is_time_and_with_ctrl_zoom_at_the_mouse(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    trace, model = desk.view.trace, desk.view.model
    wheel(trace, -1, QPointF(400, 50))
    assert desk.seen() == (6.0, 66.0)
    wheel(trace, 5, QPointF(400, 50))
    assert desk.seen() == (0.0, 60.0)
    model.look_at(600, 120)
    place = QPointF(300, 50)
    second = trace.second_at(place.x())
    for steps in (1, -1, -1, -1):
        wheel(trace, steps, place, ctrl=True)
        assert trace.second_at(place.x()) == pytest.approx(second, abs=0.01)
    for _ in range(12):
        wheel(trace, -1, place, ctrl=True)
    assert desk.seen() == (0.0, SECONDS)
    await desk.close()


async def test_a_drag_moves_the_trace_and_a_click_leads_to_the_paper(
    desk: Desk, ecg: LongEcg
) -> None:
    await opened(desk, ecg)
    trace, model = desk.view.trace, desk.view.model
    model.look_at(600, 120)
    second = trace.second_at(500)
    click(trace, QPoint(500, 60))
    assert desk.is_on_paper()
    sheet = desk.view.paper.sheet
    assert sheet.page is not None
    begin = sheet.offset_s + sheet.page.start_s
    assert begin <= second <= begin + sheet.page.duration_s
    assert desk.view.paper.isVisible()
    assert not trace.isVisible()
    await desk.close()


async def test_zooming_in_ends_on_paper_and_out_on_the_trace(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    model = desk.view.model
    model.whole()
    for _ in range(12):
        desk.view.key_actions().get("view.zoom_in", lambda: None)()
        if model.is_paper:
            break
    assert desk.is_on_paper()
    middle = sum(desk.seen()) / 2
    assert middle == pytest.approx(SECONDS / 2, abs=6)
    desk.view.key_actions()["view.zoom_out"]()
    assert not desk.is_on_paper()
    assert sum(desk.seen()) / 2 == pytest.approx(middle, abs=1)
    await desk.close()


async def test_the_paper_goes_through_the_whole_recording(desk: Desk, ecg: LongEcg) -> None:
    """In mV, part after part; the frame on the day follows."""
    await opened(desk, ecg)
    view, model = desk.view, desk.view.model
    model.to_paper(300)
    sheet = view.paper.sheet
    offsets = set()
    for _ in range(15):
        for _ in range(10):
            wheel(sheet.viewport(), -1, QPointF(100, 100))
        await rest()
        offsets.add(sheet.offset_s)
    assert len(offsets) > 1
    assert model.start_s == pytest.approx(445, abs=2)
    record = sheet.record
    assert record is not None
    assert record.calibrated
    first = round(sheet.offset_s * RATE)
    stored = ecg.leads[0].in_unit(first, first + record.sample_count)
    np.testing.assert_array_equal(record.leads[0].samples, stored)
    assert view.strip.frame.center().x() == pytest.approx(view.strip.x_of(450), abs=8)
    view.key_actions()["ecg.end"]()
    assert model.start_s + model.length_s == pytest.approx(SECONDS, abs=0.5)
    view.key_actions()["ecg.beginning"]()
    assert model.start_s == 0
    await desk.close()


async def test_the_filter_stays_from_part_to_part(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    view = desk.view
    view.model.to_paper(300)
    view.paper.key_actions()["ecg.mains"]()
    chosen = view.paper.choices
    assert not chosen.filter.off
    view.model.centre(1200)
    assert view.paper.sheet.offset_s > 1000
    assert view.paper.choices == chosen
    assert "Filter: none" not in view.header.texts()
    await desk.close()


async def test_a_press_on_the_day_goes_there(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    strip = desk.view.strip
    click(strip, QPoint(round(strip.x_of(900)), 50))
    assert sum(desk.seen()) / 2 == pytest.approx(900, abs=2)
    assert strip.frame.width() >= 8
    await desk.close()


async def test_a_press_on_a_triangle_goes_to_its_pause(desk: Desk, ecg: LongEcg) -> None:
    """Exactly: in a day a pixel is more than a minute."""
    await opened(desk, ecg)
    strip, survey = desk.view.strip, desk.view.model.survey
    assert survey is not None
    (pause,) = survey.pauses
    middle = (pause.start + pause.stop) / 2 / RATE
    click(strip, QPoint(round(strip.x_of(middle)) + 3, round(strip.graph.top()) + 3))
    assert sum(desk.seen()) / 2 == pytest.approx(middle)
    await desk.close()


async def test_pages_arrows_home_and_end(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    view = desk.view
    assert view.turn_page(1)
    assert desk.seen() == (54.0, 114.0)
    view.key_actions()["clip.next_frame"]()
    assert desk.seen() == (60.0, 120.0)
    view.key_actions()["clip.previous_frame"]()
    view.key_actions()["ecg.end"]()
    assert desk.seen() == (SECONDS - 60, SECONDS)
    assert not view.turn_page(1)
    view.key_actions()["ecg.beginning"]()
    assert not view.turn_page(-1)
    view.key_actions()["view.fit"]()
    assert desk.seen() == (0, SECONDS)
    await desk.close()


async def test_a_typed_moment(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    view = desk.view
    view.key_actions()["ecg.to_moment"]()
    assert view.jump.isVisible()
    view.jump.field.setText("11:10")
    view.jump.field.returnPressed.emit()
    assert sum(desk.seen()) / 2 == pytest.approx(641)
    assert not view.jump.isVisible()
    for typed, said in (("12:40", "Not in the recording: 10:59:19–11:24:19"), ("?", "no moment")):
        view.ask_moment()
        view.jump.field.setText(typed)
        view.jump.field.returnPressed.emit()
        assert said in view.jump.answer.accessibleName()
        assert view.jump.isVisible()
    view.jump.leave()
    assert sum(desk.seen()) / 2 == pytest.approx(641)
    await desk.close()


async def test_esc_leaves_the_line_and_nothing_behind_it(
    desk: Desk, ecg: LongEcg, qapp: QApplication
) -> None:
    await opened(desk, ecg)
    router = ShortcutRouter(qapp)
    left: list[str] = []
    router.bind(desk.view, "review.back", lambda: left.append("review"))
    router.bind(desk.view, "ecg.to_moment", desk.view.ask_moment)
    desk.view.bind(router)
    desk.view.trace.setFocus()
    press(desk.view, "G", modifiers=Qt.KeyboardModifier.ControlModifier)
    assert desk.view.jump.isVisible()
    press(desk.view, Qt.Key.Key_Escape)
    assert not desk.view.jump.isVisible()
    assert left == []
    press(desk.view, Qt.Key.Key_Escape)
    assert left == ["review"]
    router.release()
    await desk.close()


async def test_places_are_in_seconds_of_the_whole_recording(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg)
    view = desk.view
    view.model.look_at(600, 120)
    found = view.finding()
    assert found is not None
    assert found.place == EcgPlace(start_s=600, stop_s=720)
    assert "11:09:19–11:11:19" in found.text
    view.model.look_at(0, 60)
    assert view.show_place(EcgPlace(start_s=600, stop_s=720))
    assert desk.seen() == (600, 720)
    assert view.show_place(EcgPlace(lead="II", start_s=1000, stop_s=1000.4))
    assert desk.is_on_paper()
    start, stop = desk.seen()
    assert start <= 1000 <= stop
    strip = view.finding()
    assert strip is not None
    assert isinstance(strip.place, EcgPlace)
    assert start - 11 <= strip.place.start_s <= stop
    assert not view.show_place(EcgPlace(lead="II", start_s=9000, stop_s=9001))
    assert not view.show_place(EcgPlace(recording="other", start_s=1, stop_s=2))
    await desk.close()


async def test_without_a_calibration_there_is_no_millivolt(desk: Desk) -> None:
    """Never uncalibrated shown as mV."""
    ecg = make_long({"?": beating(100)}, unit=SampleUnit.UNCALIBRATED)
    await opened(desk, ecg)
    assert "no calibration" in desk.view.header.texts()
    desk.view.model.to_paper(50)
    record = desk.view.paper.sheet.record
    assert record is not None
    assert not record.calibrated
    desk.view.grab()
    await desk.close()


async def test_the_next_file_takes_the_place(desk: Desk, ecg: LongEcg) -> None:
    """Nothing of the one before stays, neither seconds nor beats; empty hands at the end."""
    await opened(desk, ecg, surveyed=False)
    desk.view.model.to_paper(300)
    other = make_long({"V1": beating(90)})
    await opened(desk, other)
    model = desk.view.model
    assert model.ecg is other
    assert not desk.is_on_paper()
    assert set(model.envelopes) == {"V1"}
    desk.view.clear()
    assert desk.view.key_actions() == {}
    assert desk.view.finding() is None
    assert not desk.view.show_place(EcgPlace(start_s=1, stop_s=2))
    desk.view.grab()
    await desk.close()


async def test_gaps_and_pauses_are_painted(desk: Desk, ecg: LongEcg) -> None:
    """Hatched where nothing was recorded, no line of a heart there."""
    await opened(desk, ecg)
    view = desk.view
    view.model.look_at(650, 200)
    picture = view.trace.grab().toImage()
    left, right = (round(view.trace.x_of(second)) for second in (705, 755))
    dark = sum(
        picture.pixelColor(x, y).lightness() < 60
        for x in range(left, right, 3)
        for y in range(0, 60)
        if y < 40
    )
    assert dark == 0
    recorded = range(round(view.trace.x_of(655)), round(view.trace.x_of(695)))
    assert any(picture.pixelColor(x, y).lightness() < 60 for x in recorded for y in range(10, 150))
    await desk.close()


def test_the_beginning_is_said_by_the_device_clock(ecg: LongEcg) -> None:
    assert ecg.clock(0) == BEGAN
