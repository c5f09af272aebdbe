"""How a clip plays: there and back, faster and slower, between marks, one heart cycle."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import FramePlace
from tests.ui.viewers.made_up import Clock, MadeUpStudy, make_clip, rest, until
from workstation.studies.imaging import ClipInfo
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_buttons import WayButton
from workstation.ui.viewers.cine_player import CinePlayer
from workstation.ui.viewers.cine_track import PlayMode, stride_of, track_of
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.figures.shelf import FigureShelf

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
    view.resize(900, 480)
    view.show()
    yield view
    view.clear()
    view.hide()


def _played(player: CinePlayer, clock: Clock, times: int) -> list[int]:
    """The next frames, each in its time."""
    seen = []
    for _ in range(times):
        player.shown(player.due())
        seen.append(player.index)
        clock.ms += player.wait_ms()
    return seen


def test_a_sweep_shows_each_end_once_and_keeps_all_times() -> None:
    track = track_of(make_clip(UNEQUAL), 0, 4, PlayMode.SWEEP)
    assert track.frames == (0, 1, 2, 3, 4, 3, 2, 1)
    assert track.edges_ms == (0, 20, 100, 130, 230, 250, 350, 380, 460)


def test_a_sweep_plays_there_and_back_without_a_drop(clock: Clock) -> None:
    player = CinePlayer(make_clip(UNEQUAL), clock)
    player.choose(mode=PlayMode.SWEEP)
    player.play()
    assert _played(player, clock, 10) == [0, 1, 2, 3, 4, 3, 2, 1, 0, 1]
    assert player.dropped == 0


def test_a_pause_on_the_way_back_goes_on_back(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.choose(mode=PlayMode.SWEEP)
    player.play()
    clock.ms += 6 * 40
    player.pause()
    assert player.index == 2
    player.play()
    clock.ms += 40
    player.due()
    assert player.index == 1


def test_only_frames_between_the_marks_are_played(clock: Clock) -> None:
    player = CinePlayer(make_clip(UNEQUAL), clock)
    player.choose(marks=(1, 3))
    player.play()
    assert _played(player, clock, 5) == [1, 2, 3, 1, 2]
    assert player.track.length_ms == pytest.approx(210)


def test_by_hand_it_goes_beyond_the_marks_and_plays_from_the_first(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.choose(marks=(1, 3))
    player.seek(4)
    assert player.index == 4
    player.step(1)
    assert player.index == 0
    player.play()
    assert player.index == 1


@pytest.mark.parametrize(("speed", "index"), [(0.1, 0), (0.5, 1), (1.0, 2), (2.0, 4)])
def test_speed_stretches_the_files_time(clock: Clock, speed: float, index: int) -> None:
    player = CinePlayer(make_clip(), clock)
    player.choose(speed=speed)
    player.play()
    clock.ms += 85
    player.due()
    assert player.index == index


def test_another_speed_while_it_plays_goes_on_from_the_same_frame(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.play()
    clock.ms += 90
    player.due()
    player.choose(speed=0.25)
    assert (player.index, player.wait_ms()) == (2, 160)
    assert player.dropped == 0


def test_faster_than_a_screen_shows_each_nth_frame_and_none_at_the_own_pace() -> None:
    fast = make_clip(tuple(1000 / 60 * place for place in range(61)))
    assert [stride_of(fast, speed) for speed in (0.1, 1.0, 2.0, 4.0)] == [1, 1, 2, 4]
    assert track_of(fast, 0, 59, stride=4).frames == tuple(range(0, 60, 4))
    assert track_of(fast, 0, 59, stride=4).length_ms == pytest.approx(1000)


@pytest.mark.parametrize("mode", list(PlayMode))
def test_a_pass_may_wait_for_a_longer_one(mode: PlayMode) -> None:
    track = track_of(make_clip(), 0, 4, mode, length_ms=1000)
    assert track.length_ms == 1000
    assert track.frames[-1] == (4 if mode is PlayMode.LOOP else 0)
    assert track.frame_of(track.number_at(999)) == track.frames[-1]
    assert track.frame_of(track.number_at(1000)) == 0


def test_coming_frames_follow_the_order_of_play(clock: Clock) -> None:
    player = CinePlayer(make_clip(), clock)
    player.choose(mode=PlayMode.SWEEP, marks=(0, 3))
    player.play()
    clock.ms += 2 * 40
    player.due()
    assert player.coming(9) == [2, 3, 1, 0]


async def test_keys_change_how_it_plays_and_the_own_rate_stays_said(
    view: CineView, clock: Clock
) -> None:
    info = make_clip()
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    view.show_clip(info, study, tasks)
    await until(lambda: view.canvas.has_picture)
    for _ in range(9):
        view.key_actions()["clip.slower"]()
    assert _word(view) == "0,1×"
    assert view.bar.rate_text() == "25 fps by the file, shown 0,1×, none skipped"
    view.key_actions()["clip.own_pace"]()
    assert view.bar.rate_text() == "25 fps by the file, none skipped"
    for expected in ("2×", "4×", "0,1×"):
        view.do("clip.faster")
        assert _word(view) == expected
    view.key_actions()["clip.sweep"]()
    assert _button(view, "clip.sweep").accessibleName() == "There and back"
    view.clear()
    await tasks.close()
    assert study.held == set()


async def test_marks_by_hand(view: CineView, clock: Clock) -> None:
    info = make_clip()
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    view.show_clip(info, study, tasks)
    await until(lambda: view.canvas.has_picture)
    keys = view.key_actions()
    view.seek(1)
    keys["clip.mark_first"]()
    view.seek(3)
    keys["clip.mark_last"]()
    assert _marks(view) == (1, 3)
    assert _said(view) == "frames 2–4, 0,12 s"
    await until(lambda: view.canvas.image.pixelColor(0, 0).red() == 13)
    view.play()
    shown: list[int] = []
    view.frame_shown.connect(shown.append)
    for _ in range(4):
        clock.ms += 40
        view.tick()
        await rest()
    assert shown == [1, 2, 3, 1]
    keys["clip.whole"]()
    assert _marks(view) is None
    view.clear()
    await tasks.close()


def _long(**changes: object) -> ClipInfo:
    return make_clip(tuple(40.0 * place for place in range(51)), **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"r_waves_ms": (100.0, 900.0)}, "cycle from R to R: 3–22, 0,80 s"),
        ({"heart_rate": 75.0}, "cycle by a rate of 75/min: 1–20, 0,80 s"),
        ({}, "no whole heart cycle is known: mark it by hand"),
    ],
)
async def test_one_heart_cycle_by_one_key(
    view: CineView, changes: dict[str, object], said: str
) -> None:
    info = _long(**changes)
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    view.show_clip(info, study, tasks)
    view.pause()
    view.key_actions()["clip.cycle"]()
    assert _said(view) == said
    assert _button(view, "clip.cycle").is_lit is said.startswith("cycle")
    view.clear()
    await tasks.close()


async def test_a_still_picture_has_none_of_these_keys(view: CineView) -> None:
    info = make_clip((0, 1))
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    view.show_clip(info, study, tasks)
    assert not any(action in view.key_actions() for action in ("clip.sweep", "clip.cycle"))
    view.clear()
    await tasks.close()


async def test_marks_are_there_again_when_the_file_is(view: CineView) -> None:
    info, shelf = _long(r_waves_ms=(100.0, 900.0)), FigureShelf()
    tasks = TaskScope(raise_it)
    view.show_clip(info, MadeUpStudy(info), tasks, shelf=shelf)
    view.do("clip.cycle")
    view.show_clip(make_clip(), MadeUpStudy(make_clip()), tasks, shelf=FigureShelf())
    assert _marks(view) is None
    view.show_clip(info, MadeUpStudy(info), tasks, shelf=shelf)
    assert _marks(view) == (2, 21)
    assert _said(view) == "cycle from R to R: 3–22, 0,80 s"
    view.clear()
    await tasks.close()


async def test_a_stretch_goes_into_the_conclusion_and_leads_back(view: CineView) -> None:
    """While it plays the stretch is meant, while it stands the frame."""
    info = _long(r_waves_ms=(100.0, 900.0))
    study, tasks = MadeUpStudy(info), TaskScope(raise_it)
    view.show_clip(info, study, tasks)
    await until(lambda: view.canvas.has_picture)
    view.do("clip.cycle")
    found = view.finding()
    assert found is not None
    assert found.place == FramePlace(frame=2, last=21)
    assert found.text == "cycle from R to R: 3–22, 0,80 s"
    view.key_actions()["clip.whole"]()
    view.pause()
    assert view.show_place(FramePlace(frame=2, last=21))
    assert _marks(view) == (2, 21)
    assert view.is_playing
    for place in (FramePlace(frame=2, last=50), FramePlace(frame=2, last=2)):
        assert not view.show_place(place)
    view.seek(4)
    await until(lambda: view.figures.session.frame == 4)
    standing = view.finding()
    assert standing is not None
    assert standing.place == FramePlace(frame=4)
    view.clear()
    await tasks.close()


def _marks(view: CineView) -> tuple[int, int] | None:
    """Between which frames it plays, as the line shows it."""
    return view.bar.slider.marks


def _button(view: CineView, name: str) -> WayButton:
    button = view.bar.findChild(WayButton, name)
    assert isinstance(button, WayButton)
    return button


def _word(view: CineView) -> str:
    return _button(view, "clip.faster").text()


def _said(view: CineView) -> str:
    """The last line at the right of the foot."""
    return view.canvas.corners.bottom_right[-1].text
