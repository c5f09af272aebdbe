"""Slices on the screen: scroll, window and level, values, figures, series, and what is late."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Figure, FramePlace, Origin
from tests.ui.keys import press
from tests.ui.viewers.made_up import Clock, rest, until
from tests.ui.viewers.made_up_stack import (
    COLUMNS,
    ROWS,
    MadeUpStack,
    make_series,
    make_slice,
    make_stack,
)
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.series_plane import NO_MARKS, SlicePlane
from workstation.studies.series_spacing import SeriesFault, SeriesNote
from workstation.studies.stack import GreyWindow, Rescale, StackInfo
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.stack.captions import StackCaptions
from workstation.ui.viewers.stack.model import StackModel
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.viewers.stack.windows import (
    USUAL,
    Preset,
    WindowChoice,
    dragged,
    presets_of,
    window_by,
)

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
FIGURE_SPACE = "\u2007"


def raise_it(error: BaseException) -> None:
    raise error


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[StackView]:
    view = StackView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    yield view
    view.clear()
    view.hide()


def opened(view: StackView, info: StackInfo | None = None, *late: int) -> MadeUpStack:
    source = MadeUpStack(info or make_stack(), late)
    view.show_stack(source.info, source, TaskScope(on_error=raise_it))
    return source


def words(view: StackView) -> list[str]:
    """All words at the corners."""
    corners = view.canvas._corners  # as it is painted
    groups = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    return [line.text.strip(FIGURE_SPACE + " ") for group in groups for line in group]


def shown_grey(view: StackView) -> int:
    """The grey of the picture's first pixel."""
    return view.canvas.image.pixelColor(0, 0).red()


def do(view: StackView, action: str) -> None:
    view.key_actions()[action]()


def drag(view: StackView, start: tuple[float, float], stop: tuple[float, float]) -> None:
    """With the left button, from one point of the slice to another."""
    viewport = view.canvas.viewport
    first, last = (viewport.view_point(QPointF(*point)).toPoint() for point in (start, stop))
    pull(view, first, last)


def pull(view: StackView, start: QPoint, stop: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """Across the canvas."""
    canvas = view.canvas
    QTest.mousePress(canvas, button, NONE, start)
    at, where = QPointF(stop), QPointF(canvas.mapToGlobal(stop))
    move = QMouseEvent(QEvent.Type.MouseMove, at, where, Qt.MouseButton.NoButton, button, NONE)
    QApplication.sendEvent(canvas, move)
    QTest.mouseRelease(canvas, button, NONE, stop)


def wheel(view: StackView, delta: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    at = QPointF(view.canvas.rect().center())
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifiers, phase, False
    )
    QApplication.sendEvent(view.canvas, event)


async def test_a_stack_opens_in_its_middle_with_the_files_own_window(view: StackView) -> None:
    source = opened(view)
    assert view.model is not None
    assert view.model.index == 4
    assert source.looked_at == [4]
    said = words(view)
    assert said[0] == "Иванова Анна Петровна"
    assert "09.03.1984, 11.11.2026 10:24" in said
    assert "CT, series 2: Голова 1" in said
    assert "thickness 5 mm, step 5 mm" in said
    assert "slice 5 of 9" in said
    assert "position 120,0 mm" in said
    assert "window 90 / 35, ГОЛОВА" in said
    assert view.canvas.shown_marks().left == "R"


async def test_wheel_and_keys_go_through_the_slices(view: StackView) -> None:
    """The wheel forward shows the slices above; parts of a notch add up (touch pads)."""
    opened(view)
    assert view.model is not None
    wheel(view, -120)
    assert view.model.index == 5
    wheel(view, 60)
    assert view.model.index == 5
    wheel(view, 60)
    assert view.model.index == 4
    for action, index in (
        ("stack.next", 5),
        ("stack.previous", 4),
        ("clip.next_frame", 5),
        ("clip.previous_frame", 4),
        ("stack.far_on", 8),
        ("stack.next", 8),
        ("stack.far_back", 0),
        ("stack.last", 8),
        ("stack.first", 0),
    ):
        do(view, action)
        assert view.model.index == index, action
    assert "slice 1 of 9" in words(view)


async def test_ctrl_and_the_wheel_zoom(view: StackView) -> None:
    opened(view)
    before = view.canvas.viewport.scale
    wheel(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.viewport.scale > before
    assert view.model is not None
    assert view.model.index == 4


@pytest.mark.parametrize("button", [LEFT, RIGHT])
async def test_pulling_changes_window_and_level(view: StackView, button: Qt.MouseButton) -> None:
    """To the right wider, downwards a higher level: darker."""
    opened(view)
    before = shown_grey(view)
    pull(view, QPoint(200, 200), QPoint(200, 300), button)
    assert shown_grey(view) < before
    assert view.model is not None
    pulled = view.model.choice.window
    assert pulled is not None
    assert pulled.centre > 35
    assert pulled.width == pytest.approx(90)
    pull(view, QPoint(200, 200), QPoint(320, 200), button)
    wider = view.model.choice.window
    assert wider is not None
    assert wider.width > 90
    assert wider.centre == pytest.approx(pulled.centre)


async def test_presets_by_digit_and_inversion(view: StackView) -> None:
    opened(view)
    do(view, "stack.window_2")
    assert "window 80 / 40, brain" in words(view)
    do(view, "stack.window_5")
    assert "window 1500 / −600, lung" in words(view)
    do(view, "stack.invert")
    assert "window 1500 / −600, lung, inverted" in words(view)
    do(view, "stack.invert")
    do(view, "stack.window_1")
    assert "window 90 / 35, ГОЛОВА" in words(view)


def test_presets_in_hounsfield_units_only_for_such_values() -> None:
    mr = make_slice(0, rescale=Rescale(), windows=())
    assert presets_of(mr) == (Preset.CONTENT,)
    two = make_slice(0, windows=(GreyWindow(1, 2), GreyWindow(3, 4)), rescale=Rescale())
    assert presets_of(two) == (Preset.FILE, Preset.CONTENT, Preset.FILE_SECOND)
    ct = presets_of(make_slice(0))
    assert set(USUAL) < set(ct)
    assert (USUAL[Preset.BRAIN].centre, USUAL[Preset.BRAIN].width) == (40, 80)
    assert (USUAL[Preset.LUNG].centre, USUAL[Preset.LUNG].width) == (-600, 1500)


def test_without_a_window_in_the_file_the_content_gives_one() -> None:
    content = GreyWindow(500, 900)
    bare = make_slice(0, windows=())
    assert window_by(WindowChoice(Preset.FILE), bare, content) == content
    assert window_by(WindowChoice(None, GreyWindow(1, 2)), bare, content) == GreyWindow(1, 2)


def test_a_window_never_gets_narrower_than_nothing() -> None:
    assert dragged(GreyWindow(40, 80), -9, 0, 4000).width == 1
    assert 0 < dragged(GreyWindow(0.5, 1), -9, 0, 1).width <= 1


async def test_each_series_keeps_its_place_and_window(view: StackView) -> None:
    opened(view, make_stack(5, 3))
    assert view.model is not None
    assert view.list.isVisibleTo(view)
    do(view, "stack.window_4")
    do(view, "stack.last")
    do(view, "stack.next_series")
    assert (view.model.series, view.model.index) == (1, 6)
    assert "window 90 / 35, ГОЛОВА" in words(view)
    assert "CT, series 3: Голова 2" in words(view)
    do(view, "stack.previous_series")
    assert view.model.index == 4
    assert "window 1800 / 400, bone" in words(view)
    QTest.mouseClick(view.list, LEFT, NONE, view.list.box(1).center().toPoint())
    assert view.model.series == 1


async def test_times_at_one_place_are_told_from_places(view: StackView) -> None:
    info = make_stack(6)
    series = (make_series(0, 6, repeats=3),)
    opened(view, StackInfo(info.slices, series, 0, ()))
    assert "slice 2 of 2, repeat 2 of 3" in words(view)


async def test_a_single_slice_needs_no_rail(view: StackView) -> None:
    opened(view, make_stack(1, 3))
    assert not view.rail.isVisibleTo(view)
    do(view, "stack.next_series")
    assert view.rail.isVisibleTo(view)


async def test_one_series_needs_no_list(view: StackView) -> None:
    opened(view)
    assert not view.list.isVisibleTo(view)
    assert "stack.next_series" not in view.key_actions()


async def test_what_is_said_of_a_series_stands_below_it(view: StackView) -> None:
    notes = (
        SeriesNote(SeriesFault.TILT, most=15),
        SeriesNote(SeriesFault.MISSING, 2, (3, 7)),
    )
    opened(view, make_stack(9, notes=notes))
    said = view.note_texts()
    assert said.startswith("2 slice(s) missing, between 3–4, 7–8")
    assert "tilted by 15°" in said
    view.clear()
    opened(view)
    assert view.note_texts() == ""


@pytest.mark.parametrize("fault", list(SeriesFault))
async def test_a_gap_a_tilt_and_an_unsure_order_are_warnings(
    view: StackView, fault: SeriesFault
) -> None:
    opened(view, make_stack(9, notes=(SeriesNote(fault, 2, (1,), 1, 2),)))
    assert view.model is not None
    captions = StackCaptions(view.words)
    assert captions.are_grave(view.model) is (fault is not SeriesFault.DOUBLED)


@pytest.mark.parametrize("fault", list(SeriesFault))
def test_every_statement_has_words(view: StackView, fault: SeriesFault) -> None:
    assert view.words.note(SeriesNote(fault, 2, (1,), 1, 2))


async def test_no_marks_where_the_orientation_is_unknown(view: StackView) -> None:
    plane = SlicePlane(ROWS, COLUMNS)
    bare = make_slice(0, plane=plane, marks=NO_MARKS, location_mm=None)
    opened(view, make_stack(slices=[bare]))
    assert view.canvas.shown_marks().is_empty
    assert not [text for text in words(view) if text.startswith("position")]


async def test_marks_turn_with_the_picture(view: StackView) -> None:
    opened(view)
    do(view, "view.rotate")
    assert (view.canvas.shown_marks().top, view.canvas.shown_marks().right) == ("R", "A")


async def test_pixels_keep_their_true_aspect(view: StackView) -> None:
    plane = SlicePlane(ROWS, COLUMNS, None, None, (1.0, 0.5))
    opened(view, make_stack(slices=[make_slice(0, plane=plane)]))
    target = view.canvas.viewport.target
    assert target.height() / target.width() == pytest.approx(ROWS * 1.0 / (COLUMNS * 0.5))


async def test_the_value_under_the_mouse(view: StackView) -> None:
    """«HU» only where the values are in these."""
    opened(view)
    at = view.canvas.viewport.view_point(QPointF(3, 3)).toPoint()
    pull(view, at, at)
    assert "5\u00a0HU" in words(view)
    mr = [make_slice(0, rescale=Rescale(), windows=())]
    opened(view, make_stack(slices=mr, modality="MR"))
    pull(view, at, at)
    assert "1025\u00a0arb. units" in words(view)


async def test_a_late_slice_never_stands_under_another_number(view: StackView) -> None:
    source = opened(view, None, 5)
    do(view, "stack.next")
    await until(lambda: source.asked == [5])
    assert "slice 5 of 9" in words(view)
    view._say_slow()  # its time has come
    assert not view.canvas.has_picture
    assert words(view) == []
    assert view.finding() is None
    source.let(5)
    await rest()
    assert "slice 6 of 9" in words(view)
    assert view.canvas.has_picture


async def test_a_late_slice_that_nobody_waits_for_is_not_shown(view: StackView) -> None:
    source = opened(view, None, 5)
    do(view, "stack.next")
    do(view, "stack.next")
    assert "slice 7 of 9" in words(view)
    source.let(5)
    await rest()
    assert "slice 7 of 9" in words(view)


async def test_a_damaged_slice_says_so_and_the_others_go_on(view: StackView) -> None:
    source = opened(view, None, 5)
    source.errors[5] = [UnreadableFile(Unreadable.DAMAGED) for _ in range(3)]
    errors: list[object] = []
    view.failed.connect(errors.append)
    do(view, "stack.next")
    await until(lambda: not view.canvas.has_picture)
    assert errors
    do(view, "stack.next")
    assert "slice 7 of 9" in words(view)
    assert view.canvas.has_picture


async def test_where_the_decoder_stopped_a_slice_is_asked_for_again(view: StackView) -> None:
    source = opened(view, None, 5)
    source.errors[5] = [DecoderStopped(StopReason.CRASHED)]
    do(view, "stack.next")
    await until(lambda: source.asked == [5, 5])
    source.let(5)
    await rest()
    assert "slice 6 of 9" in words(view)


async def test_the_rail_shows_what_is_there(view: StackView) -> None:
    source = opened(view, None, 7, 8)
    assert list(view.rail.ready) == [True] * 7 + [False] * 2
    source.let(8)
    assert list(view.rail.ready) == [True] * 7 + [False, True]
    QTest.mouseClick(view.rail, LEFT, NONE, QPoint(3, 2))
    assert view.model is not None
    assert view.model.index == 0


async def test_a_distance_is_in_mm_and_leads_back(view: StackView) -> None:
    opened(view)
    do(view, "stack.distance")
    drag(view, (10.0, 10.0), (30.0, 10.0))
    finding = view.finding()
    assert finding is not None
    assert finding.text.startswith("distance 10\u00a0mm (CT, series 2: Голова 1, slice 5 of 9")
    place = finding.place
    assert isinstance(place, FramePlace)
    assert (place.part, place.frame, place.figure) == ("1.2.4", 0, Figure.LINE)
    assert place.points[1][0] == pytest.approx(30, abs=0.2)
    assert finding.origin is Origin.BY_HAND
    do(view, "stack.first")
    assert view.show_place(place)
    assert view.model is not None
    assert view.model.index == 4
    assert view.layer.led_to == Drawing(Figure.LINE, place.points)


async def test_values_in_an_ellipse(view: StackView) -> None:
    opened(view)
    do(view, "stack.ellipse")
    drag(view, (10.0, 10.0), (30.0, 20.0))
    finding = view.finding()
    assert finding is not None
    assert finding.text.startswith("mean 5 HU, SD 0, 5 to 5; area ")
    assert "pixel(s)" in finding.text


async def test_without_a_scale_only_pixels_with_the_reason(view: StackView) -> None:
    plane = SlicePlane(ROWS, COLUMNS)
    bare = make_slice(0, plane=plane, spacing_source=ScaleSource.NONE)
    opened(view, make_stack(slices=[bare]))
    view.layer.add(Drawing(Figure.LINE, ((1.0, 1.0), (11.0, 1.0))))
    finding = view.finding()
    assert finding is not None
    assert finding.text.startswith("distance 10\u00a0pix., no calibration")


async def test_a_length_at_the_detector_is_named_so(view: StackView) -> None:
    bare = make_slice(0, spacing_source=ScaleSource.IMAGER_SPACING)
    opened(view, make_stack(slices=[bare]))
    view.layer.add(Drawing(Figure.LINE, ((1.0, 1.0), (11.0, 1.0))))
    finding = view.finding()
    assert finding is not None
    assert "5\u00a0mm at the detector" in finding.text


async def test_an_angle_by_three_clicks(view: StackView) -> None:
    opened(view)
    do(view, "stack.angle")
    for point in ((10.0, 10.0), (10.0, 30.0), (30.0, 30.0)):
        drag(view, point, point)
    finding = view.finding()
    assert finding is not None
    assert finding.text.startswith("angle 90°") or finding.text.startswith("angle 89,")


async def test_figures_belong_to_their_slice_and_can_go(view: StackView) -> None:
    opened(view)
    view.layer.add(Drawing(Figure.LINE, ((1.0, 1.0), (11.0, 1.0))))
    do(view, "stack.next")
    finding = view.finding()
    assert finding is not None
    assert isinstance(finding.place, FramePlace)
    assert finding.place.figure is Figure.FRAME
    assert finding.text.startswith("CT, series 2: Голова 1, slice 6 of 9")
    do(view, "stack.previous")
    assert view.layer.chosen_on(4) is not None
    do(view, "stack.remove")
    assert view.layer.figures.on(4) == []
    assert "stack.remove" not in view.key_actions()


async def test_a_point_of_a_figure_can_be_moved(view: StackView) -> None:
    opened(view)
    view.layer.add(Drawing(Figure.LINE, ((10.0, 10.0), (20.0, 10.0))))
    drag(view, (20.0, 10.0), (30.0, 10.0))
    (figure,) = view.layer.figures.on(4)
    assert figure.drawing.points[1][0] == pytest.approx(30, abs=0.2)


async def test_esc_lets_go_of_the_tool_then_of_the_figure(view: StackView) -> None:
    opened(view)
    do(view, "stack.distance")
    assert view.put_away()
    assert view.layer.tool.figure is None
    assert not view.put_away()


async def test_a_place_that_is_not_here_is_refused(view: StackView) -> None:
    opened(view)
    assert not view.show_place(FramePlace(part="9.9.9"))
    assert not view.show_place(FramePlace(part="1.2.4", figure=Figure.LINE, points=((1, 1),)))
    view.clear()
    assert not view.show_place(FramePlace(part="1.2.4"))
    assert view.finding() is None
    assert view.key_actions() == {}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_the_right_button_without_a_pull_opens_the_menu(view: StackView) -> None:
    opened(view)
    QTest.mouseClick(view.canvas, RIGHT, NONE, QPoint(100, 100))
    menu = view.findChild(QMenu, "stackMenu")
    assert menu is not None
    lines = [line.text() for line in menu.actions() if not line.isSeparator()]
    assert lines[0].startswith("ГОЛОВА, 90 / 35\t")
    assert any(line.startswith("Brain, 80 / 40\t") for line in lines)
    menu.close()


def test_the_model_finds_slices_by_uid_and_frame() -> None:
    model = StackModel(make_stack(5, 3))
    assert model.find("1.2.6", 0) == 6
    assert model.find("1.2.6", 1) is None
    assert model.find("", 0) == 0


async def test_everything_is_painted(view: StackView) -> None:
    opened(view, make_stack(5, 3))
    view.layer.add(Drawing(Figure.RECTANGLE, ((5.0, 5.0), (20.0, 15.0))))
    view.layer.add(Drawing(Figure.ELLIPSE, ((5.0, 20.0), (20.0, 20.0), (12.0, 25.0))))
    view.layer.add(Drawing(Figure.ANGLE, ((5.0, 30.0), (20.0, 30.0), (20.0, 20.0))))
    assert not view.grab().isNull()


async def test_its_keys_win_over_those_of_an_ecg_beside_it(
    qtbot: QtBot, viewer_theme: Theme, qapp: QApplication
) -> None:
    """Digits, K, N, B, Home and End are an ECG's too: the viewer with the focus has them."""
    screen = QWidget()
    qtbot.addWidget(screen)
    view = StackView(viewer_theme, screen)
    view.resize(640, 480)
    screen.show()
    opened(view)
    router = ShortcutRouter(qapp)
    taken: list[str] = []
    for action in ("ecg.layout_2", "caliper.time", "ecg.beginning"):
        router.bind(screen, action, partial(taken.append, action))
    view.bind(router)
    screen.activateWindow()
    await until(screen.isActiveWindow)
    view.setFocus()
    press(view, Qt.Key.Key_2)
    press(view, Qt.Key.Key_Home)
    press(view, "K")
    assert "window 80 / 40, brain" in words(view)
    assert "slice 1 of 9" in words(view)
    assert view.layer.tool.figure is Figure.LINE
    assert taken == []
    router.release()
    router.deleteLater()
    view.clear()
    screen.hide()


async def test_playing_goes_round_at_the_files_own_pace(qtbot: QtBot, viewer_theme: Theme) -> None:
    """Missed time is skipped, never made up for; a hand on the wheel stops it."""
    clock = Clock()
    view = StackView(viewer_theme, now_ms=clock)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    info = make_stack(4)
    opened(view, StackInfo(info.slices, (make_series(0, 4, slice_ms=40.0),), 0, ()))
    assert view.model is not None
    do(view, "clip.play")
    assert view.note_texts() == "25 slices a second by the file"
    seen = []
    for _ in range(4):
        clock.ms += 40
        view.play.tick()
        seen.append(view.model.index)
    assert seen == [3, 0, 1, 2]
    clock.ms += 120
    view.play.tick()
    assert view.model.index == 1
    wheel(view, -120)
    assert not view.play.is_playing
    assert view.note_texts() == ""
    view.clear()
    view.hide()


async def test_a_pace_that_the_file_does_not_say_is_named_so(view: StackView) -> None:
    opened(view)
    do(view, "clip.play")
    assert view.note_texts() == "10 slices a second: the file does not say how fast"
    do(view, "clip.play")
    assert not view.play.is_playing


async def test_a_late_slice_is_waited_for_while_playing(view: StackView) -> None:
    source = opened(view, None, 5)
    assert view.model is not None
    do(view, "clip.play")
    view.play.due.emit(1)
    view.play.due.emit(1)
    assert view.model.index == 5
    source.let(5)
    view.play.due.emit(1)
    assert view.model.index == 6
    view.play.stop()
    await rest()
