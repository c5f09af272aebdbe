"""The averaged beat on screen: what is written, what keys and mouse do, how it finds its place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import EcgPlace
from tests.ui.keys import press
from tests.ui.viewers.beat_desk import record_of
from tests.ui.viewers.made_up import make_ecg
from tests.ui.waiting import until
from tests.unit.studies.measure.ecg.hearts import heart
from workstation.studies.ecg import (
    DeviceMeasurement,
    DeviceQuantity,
    EcgRecord,
    RecordingKind,
    SampleUnit,
)
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.beat.panel import BeatPanel
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView

MEASURED = ScreenCalibration(4.0, calibrated=True)
SMALL, LARGE = (866, 344), (1320, 900)
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@dataclass(slots=True)
class Desk:
    """The whole viewer with the panel in it."""

    view: EcgView
    tasks: TaskScope

    @property
    def panel(self) -> BeatPanel:
        return self.view.beat

    async def show(self, record: EcgRecord) -> None:
        self.view.show_record(record, self.tasks)
        await until(lambda: not self.panel.model.is_working)

    async def open(self) -> None:
        self.view.key_actions()["ecg.beat"]()
        await until(lambda: not self.panel.model.is_working)

    def x(self, landmark: Landmark) -> int:
        scale = self.panel.paper.scale
        assert scale is not None
        return round(scale.x(self.panel.model.bounds.sample(landmark) or 0))


@asynccontextmanager
async def desk_of(
    qtbot: QtBot, theme: Theme, record: EcgRecord, size: tuple[int, int] = SMALL
) -> AsyncIterator[Desk]:
    errors: list[BaseException] = []
    desk = Desk(EcgView(theme, MEASURED), TaskScope(errors.append))
    qtbot.addWidget(desk.view)
    desk.view.resize(*size)
    desk.view.show()
    desk.view.activateWindow()
    desk.view.show_record(record, desk.tasks)
    await desk.open()
    yield desk
    await desk.tasks.close()
    desk.view.hide()
    assert errors == []


def said(desk: Desk) -> str:
    return "\n".join(desk.panel.texts())


async def test_speed_gain_and_filter_are_written_on_the_paper(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        foot = desk.panel.paper.written()[1]
        assert foot.startswith("100\u00a0mm/s, ")
        assert "mm/mV" in foot
        assert foot.endswith("filter: none")
        desk.view.resize(*LARGE)
        QApplication.processEvents()
        assert desk.panel.paper.written()[1] != foot


async def test_ours_and_the_devices_values_stand_apart(qtbot: QtBot, viewer_theme: Theme) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        assert "QT 390\u00a0ms proposed 396\u00a0ms" in said(desk)
        assert "RR 855\u00a0ms proposed" in said(desk)
        assert "Device: «Sinus rhythm»" in said(desk)
        desk.panel.model.confirm_all()
        assert "QT 390\u00a0ms confirmed 396\u00a0ms" in said(desk)


async def test_several_values_of_the_device_keep_their_own_names(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    """Which formula a device means only its own name for the value can say."""
    values = (
        DeviceMeasurement(DeviceQuantity.QTC, "QTcB", 443, "ms"),
        DeviceMeasurement(DeviceQuantity.QTC, "<b>QTcF</b>", 431, "ms"),
        DeviceMeasurement(DeviceQuantity.P_DURATION, "P", 0.11, "s"),
    )
    record = replace(record_of("normal"), device_measurements=values, statements=())
    async with desk_of(qtbot, viewer_theme, record) as desk:
        line = "Device: QTcB 443\u00a0ms, <b>QTcF</b> 431\u00a0ms, P 0,11\u00a0s"
        assert line in said(desk)


async def test_each_formula_says_where_it_misleads(qtbot: QtBot, viewer_theme: Theme) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        assert "Bazett 422\u00a0ms misleads outside 60–100" in said(desk)
        assert "Hodges 408\u00a0ms proven for 60–100" in said(desk)
        assert "QTc at 70\u00a0per min proposed" in said(desk)


async def test_a_fast_heart_makes_bazett_too_long(qtbot: QtBot, viewer_theme: Theme) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("infant")) as desk:
        assert desk.panel.model.values.qtc
        assert "too long: from 100" in said(desk)
        assert "not proven outside 60–100" in said(desk)


async def test_an_unsteady_rhythm_says_what_it_forbids(qtbot: QtBot, viewer_theme: Theme) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("fibrillation")) as desk:
        assert "RR varies: QT is not corrected" in said(desk)
        assert "PR not set" in said(desk)
        assert "1\u00a0P" not in said(desk)


async def test_uncalibrated_leads_have_no_millivolts(qtbot: QtBot, viewer_theme: Theme) -> None:
    leads = [replace(one, unit=SampleUnit.UNCALIBRATED) for one in heart()]
    async with desk_of(qtbot, viewer_theme, make_ecg(leads)) as desk:
        model = desk.panel.model
        model.place(Landmark.QRS_ONSET, 170)
        model.place(Landmark.QRS_OFFSET, 215)
        assert "QRS 90\u00a0ms by hand" in said(desk)
        assert "no calibration" in said(desk)
        assert "mV I" not in said(desk)
        assert "mm/mV" not in said(desk)


async def test_a_filtered_baseline_has_no_st(qtbot: QtBot, viewer_theme: Theme) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        assert "ST, mV V6" in said(desk)
        desk.view.choose_filter(TraceFilter(baseline=True))
        await until(lambda: not desk.panel.model.is_working)
        assert "not measured: the baseline is filtered" in said(desk)
        assert desk.panel.paper.written()[1].endswith("filter: baseline 0,5 Hz")


async def test_ways_to_the_axis_that_differ_determine_none(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    record = make_ecg([one for one in heart() if one.name != "aVF"])
    async with desk_of(qtbot, viewer_theme, record) as desk:
        assert "QRS axis not determined −61°" in said(desk)


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (make_ecg(heart()[:2], sampling_rate_hz=40.0), "Sampled too slowly to find beats"),
        (make_ecg(heart(), kind=RecordingKind.MEDIAN_BEAT), "The device averaged this beat itself"),
    ],
)
async def test_where_there_is_no_beat_it_is_said_why(
    qtbot: QtBot, viewer_theme: Theme, record: EcgRecord, title: str
) -> None:
    async with desk_of(qtbot, viewer_theme, record) as desk:
        assert desk.panel.instead() == title
        assert desk.panel.paper.written() == []


async def test_keys_act_while_the_panel_has_the_focus(
    qtbot: QtBot, viewer_theme: Theme, qapp: QApplication
) -> None:
    """The whole panel without a mouse."""
    router = ShortcutRouter(qapp)
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        model, paper = desk.panel.model, desk.panel.paper
        desk.panel.bind(router)
        press(paper, "4")
        assert model.chosen is Landmark.T_END
        before = model.bounds.sample(Landmark.T_END) or 0
        press(paper, Qt.Key.Key_Right)
        press(paper, Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.ShiftModifier)
        assert model.bounds.sample(Landmark.T_END) == before + 1 - 5
        press(paper, Qt.Key.Key_Delete)
        assert model.bounds.sample(Landmark.T_END) == before
        press(paper, Qt.Key.Key_Down)
        assert model.lead == "III"
        press(paper, Qt.Key.Key_Space)
        assert model.settled.st_leads == {"III"}
        press(paper, Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert not model.has_proposals
        press(paper, Qt.Key.Key_Escape)
        assert not model.is_open
        assert desk.view.sheet.isVisible()
        assert desk.view.sheet.hasFocus()
    router.release()


async def test_the_mouse_drags_the_nearest_bound(qtbot: QtBot, viewer_theme: Theme) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        paper, model = desk.panel.paper, desk.panel.model
        here = QPoint(desk.x(Landmark.T_END) + 2, 100)
        before = model.bounds.sample(Landmark.T_END) or 0
        QTest.mousePress(paper, LEFT, NONE, here)
        assert model.chosen is Landmark.T_END
        assert model.bounds.is_proposed(Landmark.T_END)
        drag(paper, here + QPoint(30, 0))
        QTest.mouseRelease(paper, LEFT, NONE, here + QPoint(30, 0))
        assert (model.bounds.sample(Landmark.T_END) or 0) > before + 20
        assert not model.bounds.is_proposed(Landmark.T_END)


async def test_a_click_sets_what_is_not_known_and_chooses_leads(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("left_bundle")) as desk:
        paper, model, scale = desk.panel.paper, desk.panel.model, desk.panel.paper.scale
        assert scale is not None
        model.choose(Landmark.T_END)
        QTest.mouseClick(paper, LEFT, NONE, QPoint(round(scale.x(420)), 60))
        assert abs((model.bounds.sample(Landmark.T_END) or 0) - 420) <= 1
        beat, study = model.beat, model.study
        assert beat is not None
        assert study is not None
        lead = beat.leads[7]
        height = float(lead.samples[beat.r_at]) - study.levels[7]
        at = QPoint(round(scale.x(beat.r_at)), round(scale.y(height)))
        QTest.mouseClick(paper, LEFT, NONE, at)
        assert model.lead == lead.name


async def test_the_panel_takes_the_place_of_a_small_sheet(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        assert not desk.view.sheet.isVisible()
        assert not desk.view.header.isVisible()
        assert desk.panel.paper.height() > 250
        assert desk.view.focusProxy() is desk.panel
        desk.view.resize(*LARGE)
        QApplication.processEvents()
        assert desk.view.sheet.isVisible()
        assert desk.panel.y() >= desk.view.sheet.geometry().bottom()
        desk.view.resize(1700, 500)
        QApplication.processEvents()
        assert desk.view.sheet.isVisible()
        assert desk.panel.x() >= desk.view.sheet.geometry().right()


async def test_the_key_turns_to_an_open_panel_before_it_closes_it(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal"), LARGE) as desk:
        desk.view.sheet.setFocus()
        await desk.open()
        assert desk.panel.paper.hasFocus()
        assert desk.panel.isVisible()
        await desk.open()
        assert not desk.panel.isVisible()
        assert desk.view.sheet.hasFocus()


async def test_a_place_on_the_beat_opens_it_through_its_filter(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        desk.panel.close_beat()
        place = EcgPlace(
            lead="V5",
            start_s=0.3,
            stop_s=0.7,
            median_beat=True,
            recording="normal",
            filter="0.05-40",
        )
        assert desk.view.show_place(place)
        await until(lambda: not desk.panel.model.is_working)
        assert desk.panel.model.lead == "V5"
        assert desk.panel.model.chosen_filter.code == "0.05-40"
        assert desk.panel.isVisible()
        desk.view.grab()
        desk.panel.close_beat()
        elsewhere = EcgPlace(start_s=0, stop_s=1, median_beat=True, recording="another")
        assert not desk.view.show_place(elsewhere)
        assert not desk.panel.isVisible()


async def test_no_strip_goes_into_the_conclusion_while_none_is_seen(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        assert desk.view.finding() is None
        measurements = desk.view.measurements
        measurements.choose(measurements.lines[0].id)
        assert desk.view.finding() is None
        desk.panel.model.confirm_all()
        finding = desk.view.finding()
        assert finding is not None
        assert "855" in finding.text
        measurements.choose(None)
        desk.panel.close_beat()
        assert desk.view.finding() is not None


async def test_another_record_is_studied_while_the_panel_is_open(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        await desk.show(record_of("left_bundle"))
        assert "the bounds of QRS are not clear" in said(desk)
        desk.view.show_record(None)
        assert desk.panel.paper.written() == []
        assert "left" not in said(desk)


async def test_nothing_is_painted_outside_its_room(qtbot: QtBot, viewer_theme: Theme) -> None:
    """At every size the bounds lie on the paper, the table's columns beside one another."""
    async with desk_of(qtbot, viewer_theme, record_of("normal")) as desk:
        for size in ((420, 300), SMALL, (1320, 490), LARGE):
            desk.view.resize(*size)
            QApplication.processEvents()
            assert 0 < desk.x(Landmark.P_ONSET) < desk.x(Landmark.T_END) < desk.panel.paper.width()
            desk.view.grab()


def drag(widget: QWidget, to: QPoint) -> None:
    """As a hand does: the button stays down."""
    place = QPointF(to)
    kind = QEvent.Type.MouseMove
    event = QMouseEvent(kind, place, widget.mapToGlobal(place), LEFT, LEFT, NONE)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("height", [699, 705, 720, 727])
async def test_near_the_limit_the_place_is_settled_at_once(
    qtbot: QtBot, viewer_theme: Theme, height: int
) -> None:
    """The header's own height does not decide whether the header is there."""
    async with desk_of(qtbot, viewer_theme, record_of("normal"), (866, height)) as desk:
        QApplication.processEvents()
        for _ in range(3):
            shown = desk.view.header.isVisible()
            desk.view.resize(867, height)
            QApplication.processEvents()
            assert desk.view.header.isVisible() == shown == desk.view.sheet.isVisible()
        assert desk.panel.parent() is desk.view.sheet.parent()
        assert desk.panel.geometry().bottom() <= desk.view.height()


async def test_speed_gain_and_filter_stand_whole_on_a_narrow_beat(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    async with desk_of(qtbot, viewer_theme, record_of("normal"), (620, 344)) as desk:
        paper = desk.panel.paper
        desk.view.choose_filter(TraceFilter(Band.DIAGNOSTIC, Mains.HZ_50, baseline=True))
        await until(lambda: not desk.panel.model.is_working)
        lines = paper.foot_lines()
        assert ", ".join(lines) in paper.written()
        assert all(viewer_theme.text_width("micro", line) < paper.width() for line in lines)
