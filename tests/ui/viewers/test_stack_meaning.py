"""Slices as the device meant them: tables of greys, lines over the picture, films at their pace."""

import asyncio
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

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
from tests.ui.viewers.test_stack_view import do, opened, pull, raise_it, shown_grey, wheel, words
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.film import Film
from workstation.studies.imaging import FrameTimeSource
from workstation.studies.stack import (
    GreyLut,
    GreyNumbers,
    GreyWindow,
    Rescale,
    StackInfo,
    StackSlice,
)
from workstation.studies.warnings import StudyWarning
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.picture_marks import OTHER_MARK
from workstation.ui.viewers.stack.view import StackView

RIGHT, NONE = Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
SQUARES = GreyLut(0, 8, (np.arange(16) ** 2).astype("<u2").tobytes(), "МЯГКАЯ")
FALLING = GreyLut(0, 8, (np.arange(15, -1, -1) * 17).astype("<u2").tobytes(), "НЕГАТИВ")


def tabled(number: int, **changes: object) -> StackSlice:
    """A slice whose every value is number + 1, without a unit, with tables of its own."""
    values: dict[str, object] = {
        "rescale": Rescale(1, -1024),
        "windows": (GreyWindow(8, 16, "ОКНО"),),
        "luts": (SQUARES, FALLING),
    }
    return make_slice(number, **(values | changes))


def tabled_stack() -> StackInfo:
    return make_stack(slices=[tabled(number) for number in range(9)], modality="DX")


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[StackView]:
    view = StackView(viewer_theme, now_ms=Clock())
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    yield view
    view.clear()
    view.hide()


async def test_a_table_of_the_device_comes_first_and_makes_the_greys(view: StackView) -> None:
    """Slice 5 of 9: every value is 5, its square is 25 of 255."""
    opened(view, tabled_stack())
    assert "the device's table МЯГКАЯ" in words(view)
    assert shown_grey(view) == 25
    do(view, "stack.next")
    assert shown_grey(view) == 36


async def test_all_that_the_file_offers_is_chosen_by_name(view: StackView) -> None:
    """The key of the file's second goes on through the others."""
    opened(view, tabled_stack())
    do(view, "stack.window_9")
    assert "the device's table НЕГАТИВ" in words(view)
    assert shown_grey(view) == 170
    do(view, "stack.window_9")
    assert "window 16,00 / 8,00, ОКНО" in words(view) or "window 16 / 8, ОКНО" in words(view)
    do(view, "stack.window_9")
    assert "the device's table НЕГАТИВ" in words(view)
    do(view, "stack.invert")
    assert shown_grey(view) == 85
    do(view, "stack.window_1")
    assert "the device's table МЯГКАЯ, inverted" in words(view)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_the_menu_lists_every_table_and_window_of_the_file(view: StackView) -> None:
    opened(view, tabled_stack())
    QTest.mouseClick(view.canvas, RIGHT, NONE, QPoint(100, 100))
    menu = view.findChild(QMenu, "stackMenu")
    assert menu is not None
    lines = {line.text().split("\t")[0]: line for line in menu.actions() if line.text()}
    assert list(lines)[:1] == ["МЯГКАЯ, the device's table"]
    assert lines["МЯГКАЯ, the device's table"].isChecked()
    lines["ОКНО, 16 / 8"].trigger()
    assert shown_grey(view) == round(255 * ((5 - 7.5) / 15 + 0.5))
    menu.close()


async def test_the_mouse_makes_a_window_of_a_table_and_that_is_said(view: StackView) -> None:
    opened(view, tabled_stack())
    pull(view, QPoint(200, 200), QPoint(200, 220))
    assert view.model is not None
    assert view.model.choice.window is not None
    said = next(text for text in words(view) if text.startswith("window"))
    assert said.endswith("without the device's table")
    pull(view, QPoint(200, 200), QPoint(200, 220))
    assert any(text.endswith("without the device's table") for text in words(view))
    do(view, "stack.window_1")
    assert "the device's table МЯГКАЯ" in words(view)


@pytest.mark.parametrize(
    ("unit", "said"), [("HU", "5 HU"), ("OD", "5 × 10⁻³ OD"), ("", "5 arb. units")]
)
async def test_values_are_the_modality_tables_in_its_own_unit(
    view: StackView, unit: str, said: str
) -> None:
    """Never the VOI LUT's, and HU only where the table says so."""
    table = GreyLut(1024, 16, np.arange(16).astype("<u2").tobytes())
    one = tabled(4, rescale=Rescale(unit=unit, lut=table))
    view_of = [one] * 9
    opened(view, make_stack(slices=view_of))
    at = view.canvas.viewport.view_point(QPointF(3, 3)).toPoint()
    pull(view, at, at)
    assert said.replace(" ", "\u00a0", 1) in [text.replace("\u202f", " ") for text in words(view)]


async def test_what_could_not_be_applied_stands_below_the_picture(view: StackView) -> None:
    info = make_stack(3)
    warnings = (StudyWarning.VOI_LUT_UNUSABLE, StudyWarning.MASK_NOT_APPLIED)
    opened(view, StackInfo(info.slices, info.series, 0, warnings))
    said = view.note_texts()
    assert said.startswith("The device's table of shades is damaged")
    assert "the device's mask is not subtracted" in said


class Overlaid(MadeUpStack):
    """Slices 4 and on have a row of lines, each its own; `bits` says what comes."""

    def __init__(self, info: StackInfo) -> None:
        super().__init__(info)
        self.overlays_asked: list[int] = []
        self.gate = asyncio.Event()
        self.error: UnreadableFile | None = None

    async def overlay(self, index: int) -> bytes:
        self.overlays_asked.append(index)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        mask = np.zeros((ROWS, COLUMNS), np.uint8)
        mask[index] = 1
        return np.packbits(mask.reshape(-1), bitorder="little").tobytes()


def overlaid(view: StackView) -> Overlaid:
    slices = [make_slice(n, overlay=n if n >= 4 else None) for n in range(9)]
    source = Overlaid(make_stack(slices=slices))
    view.show_stack(source.info, source, TaskScope(on_error=raise_it))
    return source


def painted(view: StackView, x: float, y: float) -> int:
    """The brightness of what is painted over a pixel of the slice."""
    at = view.canvas.viewport.view_point(QPointF(x, y)).toPoint()
    return view.canvas.grab().toImage().pixelColor(at).lightness()


async def test_lines_of_the_device_lie_over_the_picture_and_are_no_part_of_it(
    view: StackView, viewer_theme: Theme
) -> None:
    source = overlaid(view)
    source.gate.set()
    await until(lambda: view.canvas.laid_over is not None)
    assert "device's lines: shown (O)" in words(view)
    line = viewer_theme.color(OTHER_MARK).lightness()
    assert painted(view, 20.5, 4.5) == pytest.approx(line, abs=12)
    pixels = view.canvas.image
    assert pixels.pixelColor(20, 4) == pixels.pixelColor(20, 20)
    do(view, "view.lines")
    assert "device's lines: hidden (O)" in words(view)
    assert painted(view, 20.5, 4.5) == painted(view, 20.5, 20.5)
    do(view, "view.lines")
    assert painted(view, 20.5, 4.5) == pytest.approx(line, abs=12)


async def test_lines_turn_with_the_picture(view: StackView, viewer_theme: Theme) -> None:
    source = overlaid(view)
    source.gate.set()
    await until(lambda: view.canvas.laid_over is not None)
    do(view, "view.rotate")
    line = viewer_theme.color(OTHER_MARK).lightness()
    assert painted(view, 20.5, 4.5) == pytest.approx(line, abs=12)


async def test_lines_never_lie_over_another_slice(view: StackView) -> None:
    source = overlaid(view)
    do(view, "stack.next")
    await rest()
    do(view, "stack.first")
    source.gate.set()
    await rest()
    await rest()
    assert view.canvas.laid_over is None
    assert not [text for text in words(view) if "lines" in text]
    assert "view.lines" not in view.key_actions()
    view.model.go_to(4) if view.model is not None else None
    await until(lambda: view.canvas.laid_over is not None)
    assert source.overlays_asked.count(4) == 1


async def test_lines_come_back_with_a_slice_that_was_late(view: StackView) -> None:
    """Words stood in its place meanwhile, without lines; both slices share theirs."""
    slices = [make_slice(n, overlay=7) for n in range(9)]
    source = Overlaid(make_stack(slices=slices))
    source.late = {5}
    source.gate.set()
    view.show_stack(source.info, source, TaskScope(on_error=raise_it))
    await until(lambda: view.canvas.laid_over is not None)
    do(view, "stack.next")
    view._say_slow()  # its time has come
    assert view.canvas.laid_over is None
    source.let(5)
    await rest()
    assert view.canvas.laid_over is not None


async def test_lines_that_cannot_be_read_are_said(view: StackView) -> None:
    source = overlaid(view)
    source.error = UnreadableFile(Unreadable.DAMAGED)
    source.gate.set()
    await until(lambda: "the device's lines cannot be read" in words(view))
    assert view.canvas.laid_over is None


async def test_the_key_of_lines_acts_in_the_viewer(view: StackView, qapp: QApplication) -> None:
    source = overlaid(view)
    source.gate.set()
    await until(lambda: view.canvas.laid_over is not None)
    router = ShortcutRouter(qapp)
    view.bind(router)
    view.activateWindow()
    await until(view.isActiveWindow)
    view.setFocus()
    press(view, "O")
    assert view.canvas.laid_over is None
    router.release()
    router.deleteLater()


TIMES = (0.0, 40.0, 80.0, 200.0, 240.0)
"""A frame time vector: the third frame stays three times as long."""


def film_of(times: tuple[float, ...] = TIMES, **changes: object) -> StackInfo:
    count = len(times) - 1
    slices = [
        make_slice(
            n,
            part=0,
            frame=n,
            uid="1.2",
            location_mm=None,
            numbers=GreyNumbers(12, signed=False, inverted=False),
        )
        for n in range(count)
    ]
    film = Film(times, FrameTimeSource.FRAME_TIME_VECTOR)
    series = make_series(0, count, film=film, modality="XA", step_mm=None, **changes)
    return StackInfo(tuple(slices), (series,), 0, ())


def ticked(view: StackView, clock: Clock, ms: float) -> int:
    """Which frame is on so much later."""
    clock.ms += ms
    view.film.playback.tick()
    assert view.model is not None
    return view.model.index


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def film(qtbot: QtBot, viewer_theme: Theme, clock: Clock) -> Iterator[StackView]:
    """A film that plays since it was opened."""
    view = StackView(viewer_theme, now_ms=clock)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    opened(view, film_of())
    yield view
    view.clear()
    view.hide()


async def test_a_film_plays_by_its_own_frame_times(film: StackView, clock: Clock) -> None:
    assert film.film.playback.is_playing
    assert film.bar_is_seen
    seen = [ticked(film, clock, 20) for _ in range(12)]
    assert seen == [0, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 0]
    assert film.film.bar.rate_text().startswith("16,7 fps on average, each frame by the file")


async def test_the_wheel_stops_a_film_and_goes_frame_by_frame(
    film: StackView, clock: Clock
) -> None:
    ticked(film, clock, 90)
    wheel(film, -120)
    assert not film.film.playback.is_playing
    assert film.model is not None
    assert film.model.index == 3
    assert film.film.playback.index == 3
    assert "frame 4, 0,20 s" in words(film)
    do(film, "clip.previous_frame")
    assert film.film.playback.index == 2
    do(film, "clip.play")
    assert ticked(film, clock, 119) == 2
    assert ticked(film, clock, 2) == 3


async def test_window_and_level_are_pulled_while_it_plays(film: StackView, clock: Clock) -> None:
    before = shown_grey(film)
    pull(film, QPoint(300, 200), QPoint(300, 320))
    assert film.film.playback.is_playing
    assert shown_grey(film) != before
    assert ticked(film, clock, 50) == 1
    assert film.model is not None
    assert film.model.choice.window is not None


async def test_speed_loop_and_marks_are_the_clips(film: StackView, clock: Clock) -> None:
    do(film, "clip.slower")
    assert [ticked(film, clock, 40) for _ in range(3)] == [0, 1, 1]
    do(film, "clip.own_pace")
    do(film, "clip.sweep")
    do(film, "stack.last")
    do(film, "clip.mark_last")
    do(film, "stack.first")
    do(film, "stack.next")
    do(film, "clip.mark_first")
    assert "frames 2–4, 0,20 s" in words(film)
    do(film, "clip.cycle")
    assert "no whole heart cycle is known: mark it by hand" in words(film)


async def test_a_frame_that_is_late_is_skipped_and_counted(
    qtbot: QtBot, viewer_theme: Theme, clock: Clock
) -> None:
    view = StackView(viewer_theme, now_ms=clock)
    qtbot.addWidget(view)
    view.show()
    source = opened(view, film_of(), 1)
    assert ticked(view, clock, 50) == 0
    assert source.looked_at[-1] == 1
    assert ticked(view, clock, 40) == 2
    assert "skipped: 1" in view.film.bar.rate_text()
    view.clear()
    view.hide()


async def test_a_film_plays_in_step_with_another(
    qtbot: QtBot, viewer_theme: Theme, clock: Clock
) -> None:
    together = ClipsInStep()
    views = [StackView(viewer_theme, now_ms=clock, in_step=together) for _ in range(2)]
    for view in views:
        qtbot.addWidget(view)
        view.resize(500, 400)
        view.show()
    opened(views[0], film_of())
    opened(views[1], film_of((0.0, 100.0, 200.0)))
    do(views[0], "clip.in_step")
    assert [ticked(view, clock, 0) for view in views] == [0, 0]
    assert [ticked(views[0], clock, 60), ticked(views[1], clock, 0)] == [1, 0]
    assert [ticked(views[0], clock, 60), ticked(views[1], clock, 0)] == [2, 1]
    do(views[0], "clip.play")
    assert not views[1].film.playback.is_playing
    for view in views:
        view.clear()
        view.hide()


async def test_a_stack_of_places_is_no_company_for_clips(
    qtbot: QtBot, viewer_theme: Theme, clock: Clock
) -> None:
    together = ClipsInStep()
    view = StackView(viewer_theme, now_ms=clock, in_step=together)
    qtbot.addWidget(view)
    view.show()
    opened(view)
    assert together.clips == []
    assert not view.bar_is_seen
    assert "clip.slower" not in view.key_actions()
    view.clear()
    view.hide()


async def test_a_place_of_a_film_is_gone_to_and_stands(film: StackView) -> None:
    finding = film.finding()
    assert finding is not None
    assert finding.text.endswith("frame 1 of 4") or "frame 1 of 4" in finding.text
    place = finding.place
    do(film, "stack.last")
    assert film.show_place(place)  # type: ignore[arg-type]  # a FramePlace
    assert film.model is not None
    assert (film.model.index, film.film.playback.index) == (0, 0)


async def test_a_film_stands_while_something_is_drawn_on_it(film: StackView, clock: Clock) -> None:
    """By a tool that is taken, and by a press once it plays again."""
    do(film, "stack.distance")
    assert not film.film.playback.is_playing
    do(film, "clip.play")
    ticked(film, clock, 50)
    pull(film, QPoint(300, 200), QPoint(380, 200))
    assert not film.film.playback.is_playing
    (figure,) = film.layer.figures.every
    assert figure.index == 1
