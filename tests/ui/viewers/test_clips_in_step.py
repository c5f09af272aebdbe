"""Clips side by side that play by one clock."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import Clock, MadeUpStudy, make_clip, until
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_buttons import WayButton
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_track import PlayMode
from workstation.ui.viewers.cine_view import CineView

FAST = tuple(20.0 * place for place in range(11))
SLOW = tuple(40.0 * place for place in range(11))


def raise_it(error: BaseException) -> None:
    raise error


class Desk:
    """Four places, two of which have a clip: 10 frames of 20 ms, and 10 of 40 ms."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.clock = Clock()
        self.together = ClipsInStep()
        self.tasks = TaskScope(raise_it)
        self.views = [CineView(theme, now_ms=self.clock, in_step=self.together) for _ in range(4)]
        for view in self.views:
            qtbot.addWidget(view)
            view.resize(400, 300)
            view.show()
        self.fast, self.slow = self.views[:2]

    async def open(self) -> None:
        for view, times in ((self.fast, FAST), (self.slow, SLOW)):
            await self.show(view, times)

    async def show(self, view: CineView, times: tuple[float, ...], **changes: object) -> None:
        info = make_clip(times, **changes)
        view.show_clip(info, MadeUpStudy(info), self.tasks)
        await until(lambda: view.canvas.has_picture)

    def at(self, ms: float) -> tuple[int, int]:
        """The frames that are on so long after the beginning."""
        self.clock.ms = 1000 + ms
        for view in self.views:
            view.tick()
        return self.fast.index, self.slow.index

    @property
    def playing(self) -> tuple[bool, bool]:
        """Whether they play."""
        return self.fast.is_playing, self.slow.is_playing

    async def close(self) -> None:
        for view in self.views:
            view.clear()
            view.hide()
        await self.tasks.close()


@pytest.fixture
def desk(qtbot: QtBot, viewer_theme: Theme) -> Iterator[Desk]:
    desk = Desk(qtbot, viewer_theme)
    yield desk
    for view in desk.views:
        view.clear()
        view.hide()


async def test_alone_each_goes_round_by_its_own_length(desk: Desk) -> None:
    await desk.open()
    assert desk.at(210) == (0, 5)
    await desk.close()


async def test_in_step_all_begin_together_and_the_short_one_waits(desk: Desk) -> None:
    await desk.open()
    desk.at(130)
    desk.fast.do("clip.in_step")
    desk.clock.ms = 1000
    desk.fast.pause()
    desk.fast.seek(0)
    desk.fast.play()
    assert desk.at(0) == (0, 0)
    assert desk.at(110) == (5, 2)
    assert desk.at(210) == (9, 5)
    assert desk.at(390) == (9, 9)
    assert desk.at(400) == (0, 0)
    assert desk.at(510) == (5, 2)
    await desk.close()


async def test_one_key_plays_and_pauses_all(desk: Desk) -> None:
    await desk.open()
    desk.slow.do("clip.in_step")
    assert desk.playing == (True, True)
    desk.at(90)
    desk.slow.toggle()
    assert desk.playing == (False, False)
    assert (desk.fast.index, desk.slow.index) == (4, 2)
    desk.clock.ms += 5000
    desk.fast.toggle()
    assert desk.playing == (True, True)
    assert (desk.fast.index, desk.slow.index) == (4, 2)
    await desk.close()


async def test_a_step_of_one_brings_the_others_to_the_same_time(desk: Desk) -> None:
    await desk.open()
    desk.fast.do("clip.in_step")
    desk.slow.seek(0)
    desk.slow.step(1)
    assert (desk.fast.index, desk.slow.index) == (2, 1)
    desk.fast.step(1)
    assert (desk.fast.index, desk.slow.index) == (3, 1)
    desk.fast.step(1)
    assert (desk.fast.index, desk.slow.index) == (4, 2)
    desk.slow.seek(8)
    assert (desk.fast.index, desk.slow.index) == (9, 8)
    await desk.close()


async def test_speed_and_mode_are_those_of_all(desk: Desk) -> None:
    await desk.open()
    desk.fast.do("clip.in_step")
    desk.slow.key_actions()["clip.slower"]()
    desk.slow.key_actions()["clip.sweep"]()
    players = [view.playback.player for view in (desk.fast, desk.slow)]
    assert [one.speed for one in players if one] == [0.5, 0.5]
    assert [one.mode for one in players if one] == [PlayMode.SWEEP] * 2
    assert len({one.track.length_ms for one in players if one}) == 1
    await desk.close()


async def test_from_one_r_wave_each(desk: Desk) -> None:
    waves = tuple(20.0 * place for place in range(61))
    await desk.show(desk.fast, waves, r_waves_ms=(100.0, 700.0))
    await desk.show(desk.slow, waves, r_waves_ms=(240.0, 1100.0))
    for view in (desk.fast, desk.slow):
        view.do("clip.cycle")
    desk.fast.do("clip.in_step")
    desk.fast.pause()
    desk.fast.seek(5)
    assert (desk.fast.index, desk.slow.index) == (5, 12)
    desk.fast.play()
    assert desk.at(100) == (10, 17)
    await desk.close()


async def test_in_step_each_takes_its_own_cycle_and_the_whole_again(desk: Desk) -> None:
    waves = tuple(20.0 * place for place in range(61))
    await desk.show(desk.fast, waves, r_waves_ms=(100.0, 700.0))
    await desk.show(desk.slow, waves, r_waves_ms=(240.0, 1100.0))
    desk.fast.do("clip.in_step")
    desk.fast.do("clip.cycle")
    assert [view.bar.slider.marks for view in (desk.fast, desk.slow)] == [(5, 34), (12, 54)]
    players = [view.playback.player for view in (desk.fast, desk.slow)]
    assert {one.track.length_ms for one in players if one} == {860}
    desk.slow.key_actions()["clip.whole"]()
    assert [view.bar.slider.marks for view in (desk.fast, desk.slow)] == [None, None]
    await desk.close()


async def test_a_clip_that_goes_lets_the_other_play_on_and_a_new_one_joins(desk: Desk) -> None:
    await desk.open()
    desk.fast.do("clip.in_step")
    desk.slow.clear()
    assert [desk.together.is_on, *desk.playing] == [False, True, False]
    player = desk.fast.playback.player
    assert player is not None
    assert player.track.length_ms == 200
    await desk.show(desk.slow, SLOW)
    assert [desk.together.is_on, *desk.playing] == [True, True, True]
    assert player.track.length_ms == 400
    await desk.close()


async def test_four_go_in_step(desk: Desk) -> None:
    await desk.open()
    for view in desk.views[2:]:
        await desk.show(view, FAST)
    desk.fast.do("clip.in_step")
    desk.clock.ms = 1000
    desk.fast.pause()
    desk.fast.seek(0)
    desk.fast.play()
    desk.at(110)
    assert [view.index for view in desk.views] == [5, 2, 5, 5]
    await desk.close()


async def test_the_button_is_there_where_there_are_two(desk: Desk) -> None:
    await desk.show(desk.fast, FAST)
    buttons = desk.fast.bar.findChildren(WayButton, "clip.in_step")
    assert [one.isVisible() for one in buttons] == [False]
    await desk.show(desk.slow, SLOW)
    assert [one.isVisible() for one in buttons] == [True]
    await desk.close()
