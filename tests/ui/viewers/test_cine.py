"""Clips: the file's own frame times, nothing slowed, nothing held longer than it is seen."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import (
    Clock,
    MadeUpStudy,
    click,
    make_clip,
    make_picture,
    make_region,
    press,
    rest,
    until,
)
from workstation.studies.errors import (
    DecoderStopped,
    StopReason,
    StudyError,
    Unreadable,
    UnreadableFile,
)
from workstation.studies.imaging import FrameTimeSource, RegionUnit
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_player import CinePlayer
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.frame_feed import FrameFeed
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.picture_viewport import PictureViewport

UNEQUAL = (0, 20, 100, 130, 230, 250)


def raise_it(error: BaseException) -> None:
    raise error


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme, clock: Clock) -> Iterator[CineView]:
    view = CineView(viewer_theme, now_ms=clock)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    yield view
    view.clear()
    view.hide()


def test_frames_follow_an_unequal_time_vector(clock: Clock) -> None:
    player = CinePlayer(make_clip(UNEQUAL), clock)
    player.play()
    seen, waits = [], []
    for _ in range(11):
        seen.append(player.due())
        waits.append(player.wait_ms())
        player.shown(player.due())
        clock.ms += player.wait_ms()
    assert seen == list(range(11))
    assert waits == pytest.approx([20, 80, 30, 100, 20] * 2 + [20])
    assert player.dropped == 0


def test_late_frames_are_skipped_and_counted_never_made_up_for(clock: Clock) -> None:
    player = CinePlayer(make_clip(UNEQUAL), clock)
    player.play()
    player.shown(player.due())
    clock.ms += 140
    assert player.due() == 3
    player.shown(3)
    assert player.dropped == 2
    clock.ms += 250
    assert player.due() == 8
    assert player.index == 3


def test_skipped_frames_are_said_until_a_whole_pass_without_any(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.play()
    said = []
    for number in (0, 3, 4, 5, 6, 7, 8, 9, 10):
        player.shown(number)
        said.append(player.dropped_lately)
    assert said == [0, 2, 2, 2, 2, 2, 2, 0, 0]
    assert player.dropped == 2


def test_frames_that_a_short_hold_up_made_late_have_a_short_turn_each(clock: Clock) -> None:
    """60 frames a second, and the loop stands still for 45 ms: none is lost."""
    player = CinePlayer(make_clip([place * 1000 / 60 for place in range(61)]), clock)
    player.play()
    turns = []
    for wait in (0, 17, 45, 9, 9, 9, 9, 9, 9, 9):
        clock.ms += wait
        turns.append(player.turn())
        player.shown(turns[-1])
    assert turns == [0, 1, 2, 3, 4, 5, 5, 6, 6, 7]
    assert player.due() == 7
    assert player.dropped == 0


def test_what_is_too_late_has_no_turn(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.play()
    player.shown(player.turn())
    clock.ms += 190
    assert (player.due(), player.turn()) == (4, 3)
    player.shown(3)
    assert player.dropped == 2
    clock.ms += 1000
    assert player.due() - player.turn() == 1


def test_a_late_frame_stays_long_enough_to_be_seen(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.play()
    player.shown(player.turn())
    clock.ms += 85
    player.shown(player.turn())
    assert (player.due(), player.turn()) == (2, 2)
    assert player.turn_left_ms() == player.next_ms() == 20
    clock.ms += 20
    assert player.turn_left_ms() == 0
    player.shown(2)
    assert player.next_ms() == pytest.approx(15)


def test_until_it_was_painted_a_frame_stays_longer(clock: Clock) -> None:
    player = CinePlayer(make_clip([place * 16 for place in range(61)]), clock)
    player.play()
    player.shown(player.turn())
    player.waits_for_paint()
    clock.ms += 40
    player.shown(player.turn())
    clock.ms += 4
    assert player.turn_left_ms() == 12
    player.painted()
    assert player.turn_left_ms() == 4
    clock.ms += 4
    assert (player.turn(), player.turn_left_ms()) == (2, 0)


def test_an_older_frame_never_comes_after_a_newer_one(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.play()
    player.shown(2)
    assert [player.accepts(number) for number in (1, 2, 3)] == [False, True, True]


def test_pause_step_and_play_go_on_from_the_same_frame(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.play()
    clock.ms += 90
    player.pause()
    clock.ms += 5000
    assert player.index == 2
    player.step(-3)
    assert player.index == 4
    player.step(1)
    assert player.index == 0
    player.play()
    clock.ms += 45
    assert player.due() % 5 == 1


def test_a_still_picture_does_not_play(clock: Clock) -> None:
    player = CinePlayer(make_clip((0, 1)), clock)
    player.play()
    assert not player.is_playing


async def test_the_window_shows_each_frame_in_its_time(view: CineView, clock: Clock) -> None:
    study, tasks = MadeUpStudy(make_clip(UNEQUAL)), TaskScope(raise_it)
    shown: list[int] = []
    view.frame_shown.connect(shown.append)
    view.show_clip(make_clip(UNEQUAL), study, tasks)
    await until(lambda: shown == [0])
    for expected, time in ((1, 20), (2, 100), (3, 130), (4, 230), (0, 250)):
        clock.ms = 1000 + time
        view.tick()
        await rest()
        assert shown[-1] == expected
    assert shown == [0, 1, 2, 3, 4, 0]
    assert view.dropped == 0
    assert "none skipped" in view.bar.rate_text()
    view.clear()
    await tasks.close()
    assert study.held == set()


async def test_a_slow_decoder_skips_frames_and_says_so(view: CineView, clock: Clock) -> None:
    study, tasks = MadeUpStudy(make_clip(), at_once=False), TaskScope(raise_it)
    shown: list[int] = []
    view.frame_shown.connect(shown.append)
    view.show_clip(make_clip(), study, tasks)
    study.let(0)
    await until(lambda: shown == [0])
    clock.ms += 170
    view.tick()
    study.let(4)
    await until(lambda: shown[-1] == 4)
    assert view.dropped == 3
    assert "skipped: 3" in view.bar.rate_text()
    view.clear()
    await tasks.close()
    assert study.held == set()


async def test_the_window_shows_what_a_short_hold_up_made_late(
    view: CineView, clock: Clock
) -> None:
    """Each frame by itself: two at once, and nobody would see the first of them."""
    info = make_clip([place * 1000 / 60 for place in range(61)])
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    shown: list[tuple[int, float]] = []
    view.frame_shown.connect(lambda index: shown.append((index, clock.ms - 1000)))
    view.show_clip(info, study, tasks)
    await until(lambda: shown)
    for wait in (17, 45, 9, 9, 9, 9, 9):
        clock.ms += wait
        await rest()
        view.tick()
        await rest()
    assert [index for index, _ in shown] == [0, 1, 2, 3, 4, 5, 6]
    between = [later - earlier for (_, earlier), (_, later) in pairwise(shown)]
    assert min(between) >= 9
    assert view.dropped == 0
    view.clear()
    await tasks.close()


async def test_a_late_frame_is_still_better_than_none(view: CineView, clock: Clock) -> None:
    study, tasks = MadeUpStudy(make_clip(), at_once=False), TaskScope(raise_it)
    shown: list[int] = []
    view.frame_shown.connect(shown.append)
    view.show_clip(make_clip(), study, tasks)
    clock.ms += 45
    study.let(0)
    await until(lambda: shown == [0])
    view.clear()
    await tasks.close()


async def test_frames_are_asked_for_ahead_of_their_time(view: CineView) -> None:
    study, tasks = MadeUpStudy(make_clip(), at_once=False), TaskScope(raise_it)
    view.show_clip(make_clip(), study, tasks)
    await until(lambda: study.asked == [0, 1, 2])
    assert study.fetched[:3] == [0, 1, 2]
    assert len(study.fetched) == 5
    view.clear()
    await tasks.close()


async def test_little_room_is_not_overdrawn() -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    study.room = 2
    feed = FrameFeed(study, 5, tasks, on_frame=lambda _: None, on_error=raise_it)
    feed.want(range(0, 5))
    await rest()
    assert study.asked == [0]
    frame = feed.take(0)
    assert frame is not None
    feed.want(range(1, 5))
    await rest()
    assert study.asked == [0, 1]
    assert len(study.held) == 2
    frame.release()
    feed.close()
    await tasks.close()
    assert study.held == set()


async def test_a_damaged_frame_is_told_once_and_the_rest_plays(
    view: CineView, clock: Clock
) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    study.errors[1] = [UnreadableFile(Unreadable.DAMAGED)] * 5
    told: list[StudyError] = []
    view.failed.connect(told.append)
    view.show_clip(make_clip(), study, tasks)
    for _ in range(8):
        await rest()
        clock.ms += 40
        view.tick()
    assert len(told) == 1
    assert study.asked.count(1) == 1
    assert study.asked.count(3) >= 1
    view.clear()
    await tasks.close()


async def test_after_the_decoder_stopped_the_frame_is_asked_for_again(view: CineView) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    study.errors[0] = [DecoderStopped(StopReason.CRASHED)]
    told: list[StudyError] = []
    view.failed.connect(told.append)
    view.show_clip(make_clip(), study, tasks)
    await until(lambda: view.canvas.has_picture)
    assert [type(error) for error in told] == [DecoderStopped]
    view.clear()
    await tasks.close()


async def test_a_frame_over_which_the_decoder_always_stops_is_said_to_be_broken(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    """Not for ever that the viewer was restarted: three times, and the last is a broken part."""
    view = PictureView(viewer_theme)
    qtbot.addWidget(view)
    study, tasks = MadeUpStudy(make_clip((0, 1))), TaskScope(raise_it)
    study.errors[0] = [DecoderStopped(StopReason.TIME) for _ in range(5)]
    told: list[StudyError] = []
    view.failed.connect(told.append)
    view.show_picture(make_picture(), study, tasks)
    await until(lambda: len(told) == 3)
    assert [type(error) for error in told] == [DecoderStopped, DecoderStopped, UnreadableFile]
    view.clear()
    await tasks.close()


async def test_a_hidden_clip_stands_still_and_goes_on_when_seen(
    view: CineView, clock: Clock
) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    view.show_clip(make_clip(), study, tasks)
    await until(lambda: view.canvas.has_picture)
    view.hide()
    assert not view.bar.button.isChecked()
    asked = len(study.asked)
    clock.ms += 1000
    await rest()
    assert len(study.asked) == asked
    view.show()
    assert view.is_playing
    view.pause()
    view.hide()
    view.show()
    await rest()
    assert view.bar.button.isChecked() is False
    view.clear()
    await tasks.close()


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_Space, " "), (Qt.Key.Key_Left, ""), (Qt.Key.Key_Right, "")]
)
async def test_keys_play_and_step(
    view: CineView, qapp: QApplication, key: Qt.Key, text: str
) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    router = ShortcutRouter(qapp)
    for action, act in view.key_actions().items():
        router.bind(view, action, act)
    view.show_clip(make_clip(), study, tasks)
    await until(lambda: view.canvas.has_picture)
    press(view.canvas, key, text)
    expected = {Qt.Key.Key_Space: 0, Qt.Key.Key_Left: 4, Qt.Key.Key_Right: 1}[key]
    assert not view.is_playing
    assert view.index == expected
    router.release()
    view.clear()
    await tasks.close()


async def test_the_slider_goes_to_a_frame_and_shows_the_present_one(view: CineView) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    view.show_clip(make_clip(), study, tasks)
    await until(lambda: view.canvas.has_picture)
    slider = view.bar.slider
    click(slider, slider.rect().center())
    assert view.index == 2
    assert not view.is_playing
    assert view.bar.frame_text() == "frame 3 of 5"
    view.step(1)
    assert slider.value() == 3
    view.clear()
    await tasks.close()


async def test_the_picture_has_the_pixels_of_the_frame(view: CineView) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    view.show_clip(make_clip(), study, tasks)
    view.pause()
    view.seek(3)
    await until(lambda: view.canvas.grab().toImage().pixelColor(320, 220).red() == 13)
    view.clear()
    await tasks.close()


@pytest.mark.parametrize(("aspect", "expected"), [(1.0, 32 / 24), (0.8, 32 / (24 * 0.8))])
async def test_pixels_are_shown_in_their_true_shape(
    view: CineView, aspect: float, expected: float
) -> None:
    info = make_clip(pixel_aspect=aspect)
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    view.show_clip(info, study, tasks)
    target = view.canvas.viewport.target
    assert target.width() / target.height() == pytest.approx(expected)
    view.clear()
    await tasks.close()


async def test_identity_stands_beside_the_picture_not_on_it(view: CineView) -> None:
    study, tasks = MadeUpStudy(make_clip()), TaskScope(raise_it)
    for size in ((640, 480), (900, 240), (300, 700)):
        view.resize(*size)
        view.show_clip(make_clip(), study, tasks)
        target = view.canvas.viewport.target
        inset = view.canvas.viewport.inset
        assert target.left() >= inset.left() - 1
        assert target.right() <= view.canvas.width() - inset.right() + 1
        assert target.top() >= inset.top() - 1
        assert not inset.isNull()
    view.clear()
    await tasks.close()


def test_words_over_a_clip(qapp: QApplication) -> None:
    words = ImagingWords()
    corners = words.corners(make_clip(patient_name="<b>Иванова</b>"), 1, 1.0)
    assert corners.top_left[0].text == "<b>Иванова</b>"
    assert corners.top_left[1].text == "09.03.1984, 11.11.2026 10:24"
    assert corners.bottom_left[1].text == "0,67\u00a0mm/pixel"
    assert corners.bottom_right[0].text == "frame 2, 0,04 s"
    assert words.corners(make_clip(patient_name=""), 0, 1).top_left[0].text == "no name in the file"


def test_the_rate_says_where_it_comes_from(qapp: QApplication) -> None:
    words = ImagingWords()
    assert words.rate(make_clip()) == "25 fps by the file"
    assumed = make_clip(time_source=FrameTimeSource.ASSUMED)
    assert words.rate(assumed) == "25 fps assumed, the file says none"
    vector = make_clip(UNEQUAL, time_source=FrameTimeSource.FRAME_TIME_VECTOR)
    assert words.rate(vector) == "20 fps on average, each frame by the file"
    assert words.rate(make_clip((0, 1))) == ""


def test_a_scale_is_said_only_where_centimetres_are(qapp: QApplication) -> None:
    words = ImagingWords()
    doppler = make_region(unit_x=RegionUnit.SECOND, unit_y=RegionUnit.CENTIMETRE_PER_SECOND)
    assert words.calibration(()) == "no calibration"
    assert words.calibration((doppler,)) == "no calibration"
    assert words.calibration((make_region(delta_x=0.0),)) == "no calibration"
    oblong = make_region(delta_x=-0.029, delta_y=0.023)
    assert words.calibration((doppler, oblong)) == "0,29 × 0,23\u00a0mm/pixel"
    assert words.calibration((oblong, make_region())) == "2 scale(s), by region"


async def test_a_photo_is_shown_zoomed_and_turned(qtbot: QtBot, viewer_theme: Theme) -> None:
    view = PictureView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    study, tasks = MadeUpStudy(make_picture()), TaskScope(raise_it)
    view.show_picture(make_picture(), study, tasks)
    await until(lambda: view.canvas.has_picture)
    keys = view.key_actions()
    assert view.canvas.viewport.target.height() > view.canvas.viewport.target.width()
    keys["view.rotate"]()
    assert view.canvas.viewport.target.width() > view.canvas.viewport.target.height()
    assert view.canvas.grab().toImage().pixelColor(200, 200).red() == 10
    scale = view.canvas.viewport.scale
    keys["view.zoom_in"]()
    assert view.canvas.viewport.scale > scale
    keys["view.fit"]()
    assert view.canvas.viewport.scale == scale
    view.clear()
    await tasks.close()
    assert study.held == set()


def test_zoom_keeps_the_point_under_the_mouse() -> None:
    viewport = PictureViewport(QSizeF(100, 50), QSizeF(400, 300))
    place = viewport.target.topLeft() * 0.5 + viewport.target.center() * 0.5
    before = viewport.target
    share = (place.x() - before.left()) / before.width()
    after = viewport.scaled_to(9.0, place).target
    assert (place.x() - after.left()) / after.width() == pytest.approx(share)
    assert viewport.stepped(1).scale > viewport.scale > viewport.stepped(-1).scale
    assert np.isclose(viewport.scaled_to(9.0).fitted().scale, viewport.scale)


async def test_closing_leaves_no_task(view: CineView) -> None:
    study, tasks = MadeUpStudy(make_clip(), at_once=False), TaskScope(raise_it)
    view.show_clip(make_clip(), study, tasks)
    await rest()
    view.clear()
    await tasks.close()
    assert asyncio.all_tasks() == {asyncio.current_task()}
