"""How the review was laid out is each doctor's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from pytestqt.qtbot import QtBot

from tests.ui.covered_window import covered
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_rows
from tests.ui.review_scene import Scene
from tests.ui.waiting import until
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view_model import ReviewViewModel

NARROW_PICTURES = msgspec.json.encode({"pictures_share": 0.25})


class _Layout(msgspec.Struct):
    pictures_share: float


def share(state: bytes) -> float:
    return msgspec.json.decode(state, type=_Layout).pictures_share


async def test_two_doctors_at_one_computer_have_a_layout_each(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        usual = share(place.screens.review.state())
        place.screens.review.restore(NARROW_PICTURES)
        kept = place.screens.state()
    (key,) = (one for one in kept if one.startswith("review."))
    async with covered(qtbot, around, scene_rows(), kept) as place:
        assert share(place.screens.review.state()) == 0.25
    others = {"review.somebody-else": kept[key]}
    async with covered(qtbot, around, scene_rows(), others) as place:
        assert share(place.screens.review.state()) == usual


async def test_what_was_kept_for_the_computer_is_everybodys_first_layout(
    qtbot: QtBot, around: Surroundings
) -> None:
    before = {"review": NARROW_PICTURES.decode()}
    async with covered(qtbot, around, scene_rows(), before) as place:
        assert share(place.screens.review.state()) == 0.25


@asynccontextmanager
async def opened(scene: Scene, *, wide: bool = False) -> AsyncIterator[ReviewViewModel]:
    model = ReviewViewModel(scene.requests, scene.studies)
    model.set_wide(wide)
    model.open(scene.row.id)
    await until(lambda: model.pictures[0].state is PaneState.READY)
    try:
        yield model
    finally:
        model.leave()
        await model.close()


def hung(model: ReviewViewModel) -> list[str]:
    """Titles of the clips that hang."""
    return [pane.document.title for pane in model.pictures if pane.document is not None]


async def test_one_two_or_four_pictures_hang_over_the_ecg(qtbot: QtBot) -> None:
    scene = Scene()
    async with opened(scene) as model:
        assert (model.places, len(hung(model))) == (1, 1)
        model.turn_places()
        assert (model.places, len(hung(model))) == (2, 2)
        model.turn_places()
        assert model.places == 4
        assert hung(model) == ["Парастернально", "Апикально", "Допплер"], "each clip once"
        assert model.ecg in model.visible_panes
        model.activate(model.pictures[2])
        model.turn_places()
        assert (model.places, len(hung(model))) == (1, 1)
        assert model.active is model.pictures[0]


async def test_what_was_chosen_counts_whatever_the_width(qtbot: QtBot) -> None:
    async with opened(Scene(), wide=True) as model:
        assert (model.places, len(hung(model))) == (2, 2)
        model.choose_places(1)
        assert len(hung(model)) == 1
        model.set_wide(False)
        model.set_wide(True)
        assert (model.places, len(hung(model))) == (1, 1)
        model.choose_places(0)
        assert len(hung(model)) == 2
        model.choose_places(3)
        assert model.places == 2, "there is no such layout"


async def test_only_what_is_seen_counts_as_opened(qtbot: QtBot) -> None:
    scene = Scene()
    async with opened(scene) as model:
        assert not model.is_opened(scene.third_clip)
        model.choose_places(4)
        await until(lambda: model.is_opened(scene.third_clip))


async def test_the_number_of_pictures_is_remembered(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.screens.review_model.choose_places(4)
        kept = place.screens.state()
    async with covered(qtbot, around, scene_rows(), kept) as place:
        assert place.screens.review_model.chosen_places == 4
