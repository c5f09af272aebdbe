"""How the review was laid out is each doctor's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from backend_client.models.catalogue import Catalogue
from tests.ui.covered_window import covered
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_rows
from tests.ui.review_scene import Scene
from tests.ui.test_second_screen import staged
from tests.ui.waiting import until
from workstation.core.hanging import HangingRules
from workstation.resources import resource
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.figures.names import NameSet

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


def rules_of(centre: str) -> HangingRules:
    """As they come with the program."""
    text = resource("catalogues", f"{centre}.json").read_bytes()
    return HangingRules(msgspec.json.decode(text, type=list[Catalogue])[-1].hanging)


@asynccontextmanager
async def opened(
    scene: Scene, *, wide: bool = False, rules: HangingRules | None = None
) -> AsyncIterator[ReviewViewModel]:
    model = ReviewViewModel(scene.requests, scene.studies)
    model.hung.follow(rules or HangingRules())
    model.hung.set_width(1920 if wide else 1366)
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
        assert (model.hung.places, len(hung(model))) == (1, 1)
        model.hung.turn_places()
        assert (model.hung.places, len(hung(model))) == (2, 2)
        model.hung.turn_places()
        assert model.hung.places == 4
        assert hung(model) == ["Парастернально", "Апикально", "Допплер"], "each clip once"
        assert model.ecg in model.visible_panes
        model.activate(model.pictures[2])
        model.hung.turn_places()
        assert (model.hung.places, len(hung(model))) == (1, 1)
        assert model.active is model.pictures[0]


async def test_what_was_chosen_counts_whatever_the_width(qtbot: QtBot) -> None:
    async with opened(Scene(), wide=True) as model:
        assert (model.hung.places, len(hung(model))) == (2, 2)
        model.hung.choose_places(1)
        assert len(hung(model)) == 1
        model.hung.set_width(1366)
        model.hung.set_width(1920)
        assert (model.hung.places, len(hung(model))) == (1, 1)
        model.hung.choose_places(0)
        assert len(hung(model)) == 2
        model.hung.choose_places(3)
        assert model.hung.places == 2, "there is no such layout"


async def test_only_what_is_seen_counts_as_opened(qtbot: QtBot) -> None:
    scene = Scene()
    async with opened(scene) as model:
        assert not model.is_opened(scene.third_clip)
        model.hung.choose_places(4)
        await until(lambda: model.is_opened(scene.third_clip))


async def test_the_number_of_pictures_is_remembered(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        place.screens.review_model.hung.choose_places(4)
        kept = place.screens.state()
    async with covered(qtbot, around, scene_rows(), kept) as place:
        assert place.screens.review_model.hung.places == 4


async def test_oz_29_the_centre_says_how_many_hang_at_which_width(qtbot: QtBot) -> None:
    """OZ-29: the centre's rules are data; issue 7: echo four-up, ECG below."""
    scene = Scene()
    async with opened(scene, wide=True, rules=rules_of("cardio")) as model:
        assert model.hung.places == 4
        assert hung(model) == ["Парастернально", "Апикально", "Допплер"]
        assert model.ecg in model.visible_panes
        model.hung.set_width(1366)
        assert (model.hung.places, len(hung(model))) == (2, 2), "two below 1600"


async def test_slices_come_alone_and_large_and_the_clips_come_back(qtbot: QtBot) -> None:
    scene = Scene()
    slices = msgspec.structs.replace(scene.third_clip, item_code="ct", modality="CT")
    scene.files[scene.files.index(scene.third_clip)] = slices
    async with opened(scene, wide=True, rules=rules_of("cardio")) as model:
        assert hung(model) == ["Парастернально", "Апикально"], "not the slices: another rule"
        model.choose(slices.id)
        assert model.visible_panes == [model.pictures[0]], "no ECG beside them"
        assert (model.hung.places, hung(model)) == (1, ["Допплер"])
        model.choose(scene.clip.id)
        assert hung(model) == ["Парастернально", "Апикально"]
        assert model.ecg in model.visible_panes
        model.hung.show_places(2)
        model.choose(slices.id)
        assert model.hung.places == 1, "two were chosen for clips"
        model.choose(scene.clip.id)
        assert model.hung.places == 2


async def test_papers_stand_beside_the_pictures_of_a_fetus_on_a_wide_screen(qtbot: QtBot) -> None:
    scene = Scene(["clip", "second_clip", "pdf", "photo"])
    scene.files[:] = [
        msgspec.structs.replace(one, item_code="us_fetus") if number < 2 else one
        for number, one in enumerate(scene.files)
    ]
    async with opened(scene, wide=True, rules=rules_of("perinatal")) as model:
        titles = [pane.document.title for pane in model.visible_panes if pane.document]
        assert titles == ["Парастернально", "Апикально", "Заключение"]
        assert model.figures.names is NameSet.FETUS, "digits name sizes of the fetus at once"
        model.choose(scene.photo.id)
        assert len(model.visible_panes) == 3, "another document takes its place there"
        model.hung.set_width(1366)
        assert model.visible_panes == [model.document], "on a narrow one it takes the whole place"


async def test_new_rules_wait_for_the_next_case(qtbot: QtBot) -> None:
    scene = Scene()
    async with opened(scene, wide=True) as model:
        assert model.hung.places == 2
        model.hung.follow(rules_of("cardio"))
        assert (model.hung.places, len(hung(model))) == (2, 2), "nothing moves under the eyes"
        model.abandon()
        model.open(scene.row.id)
        await until(lambda: model.pictures[0].state is PaneState.READY)
        assert model.hung.places == 4


async def test_each_centre_has_the_doctor_s_own_layout(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, scene_rows()) as place:
        account = place.screens._desk.account
        place.screens.review.restore(NARROW_PICTURES)
        kept = place.screens.state()
        assert f"review.{account.id}.{account.centre_id}" in kept
    of_another = {f"review.{account.id}.another": kept[f"review.{account.id}.{account.centre_id}"]}
    async with covered(qtbot, around, scene_rows(), of_another) as place:
        assert share(place.screens.review.state()) != 0.25
    before = {f"review.{account.id}": NARROW_PICTURES.decode()}
    async with covered(qtbot, around, scene_rows(), before) as place:
        assert share(place.screens.review.state()) == 0.25, "from before there were profiles"


async def test_pictures_have_the_larger_part_beside_a_document(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Also after the doctor has given the ECG another height on a narrow screen, where a document
    has taken all the width that its buttons need."""
    async with staged(qtbot, around, other=None) as stage:
        stage.scene.files[:] = [
            msgspec.structs.replace(one, item_code="us_fetus") if "clip" in name else one
            for name in ("clip", "second_clip", "ecg", "pdf")
            for one in (getattr(stage.scene, name),)
        ]
        stage.scene.requests.cards[stage.scene.row.id] = stage.scene.card
        stage.model.hung.follow(rules_of("perinatal"))
        stage.view.resize(1920, 1040)
        await stage.open()
        area = stage.view.area
        down = area.findChild(QSplitter, "panes.heights")
        across = area.findChild(QSplitter, "panes.widths")
        assert down is not None
        assert across is not None
        pictures, document = across.sizes()
        assert pictures > 1.5 * document
        across.setSizes([100, 900])  # as where there is too little room for both
        down.splitterMoved.emit(400, 1)
        stage.view.resize(1900, 1040)
        await stage.open()
        pictures, document = across.sizes()
        assert pictures > 1.5 * document
        across.setSizes([300, 700])
        across.splitterMoved.emit(300, 1)
        assert area.shares.width < 0.5, "the doctor's own"
