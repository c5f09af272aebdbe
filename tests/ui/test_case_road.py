"""One case at a time, and where Esc leads back to."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.common import RequestId
from tests.fakes import FakeAccountService
from tests.ui.queue_desk import Surroundings
from workstation.case_road import CaseRoad, CaseScreen
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.main_window_model import MainWindowModel

ONE, OTHER = RequestId("one"), RequestId("other")


class Model:
    """Shows the case that it was told."""

    def __init__(self) -> None:
        self.request_id: RequestId | None = None
        self.is_closed = False

    def open(self, request_id: RequestId) -> None:
        self.request_id = request_id

    def abandon(self) -> None:
        self.request_id = None

    async def close(self) -> None:
        self.is_closed = True


class Scene:
    """A window with one room, and three screens of a case."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.models = {name: Model() for name in ("review", "call", "conclusion")}
        self.views = {name: QWidget() for name in self.models}
        self.left: list[str] = []
        self.road = CaseRoad(
            window,
            {name: CaseScreen(self._builder(name)) for name in self.models},
        )
        self.road.left.connect(self.left.append)

    def go(self, name: str, case: RequestId = ONE) -> None:
        """As when a doctor goes on to a screen."""
        self.road.go(name, case)
        self.models[name].request_id = case

    def seen(self) -> list[str]:
        """The screens that are visible."""
        return [name for name, view in self.views.items() if view.isVisible()]

    def _builder(self, name: str) -> Callable[[], tuple[QWidget, Model]]:
        return lambda: (self.views[name], self.models[name])


@pytest.fixture
def scene(qtbot: QtBot, around: Surroundings) -> Iterator[Scene]:
    model = MainWindowModel(FakeAccountService(), around.words.time)
    window = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(window)
    window.add_room(Room("queue", lambda: "Очередь", "tray"), QWidget())
    window.show_desk()
    window.show()
    yield Scene(window)
    model.close()


async def test_esc_leads_back_the_way_one_came(scene: Scene) -> None:
    for name in ("review", "call", "conclusion"):
        scene.go(name)
    assert scene.seen() == ["conclusion"]
    scene.road.back("conclusion")
    assert scene.seen() == ["call"]
    scene.road.back("call")
    scene.road.back("review")
    assert scene.seen() == []
    assert scene.left == [ONE]


async def test_going_to_a_screen_of_the_road_goes_back_to_it(scene: Scene) -> None:
    for name in ("review", "call", "conclusion", "call"):
        scene.go(name)
    assert scene.seen() == ["call"]
    assert scene.models["conclusion"].request_id is None, "its case is let go"
    scene.road.back("call")
    assert scene.seen() == ["review"]


async def test_a_look_at_a_screen_below_lets_nothing_go(scene: Scene) -> None:
    scene.go("review")
    scene.go("conclusion")
    scene.road.look("review", ONE)
    assert (scene.seen(), scene.road.seen) == (["review"], "review")
    assert scene.models["conclusion"].request_id == ONE
    assert scene.road.look_back()
    assert (scene.seen(), scene.road.seen) == (["conclusion"], "conclusion")
    assert not scene.road.look_back(), "it is over"
    scene.road.back("conclusion")
    assert scene.seen() == ["review"]


async def test_a_look_ends_with_any_other_step(scene: Scene) -> None:
    steps: tuple[Callable[[], None], ...] = (
        lambda: scene.go("conclusion"),
        lambda: scene.road.back("conclusion"),
        lambda: scene.go("review"),
        lambda: scene.go("review", OTHER),
        scene.road.leave,
    )
    for step in steps:
        scene.road.leave()
        scene.go("review")
        scene.go("conclusion")
        scene.road.look("review", ONE)
        step()
        assert not scene.road.look_back()


async def test_a_look_at_what_is_not_on_the_road_goes_on_to_it(scene: Scene) -> None:
    scene.go("conclusion")
    scene.road.look("review", ONE)
    assert scene.seen() == ["review"]
    assert not scene.road.look_back()
    scene.road.back("review")
    assert scene.seen() == ["conclusion"]
    assert scene.models["conclusion"].request_id == ONE


async def test_another_case_ends_the_first(scene: Scene) -> None:
    scene.go("review")
    scene.go("call")
    scene.go("review", OTHER)
    assert scene.models["call"].request_id is None
    scene.road.back("review")
    assert scene.left == [ONE, OTHER]


async def test_a_room_lets_go_of_all_screens(scene: Scene) -> None:
    scene.go("review")
    scene.go("call")
    scene.road.leave()
    assert scene.seen() == []
    assert [model.request_id for model in scene.models.values()] == [None, None, None]
    scene.road.leave()
    assert scene.left == [ONE], "told once"


async def test_a_screen_that_was_left_tells_nothing(scene: Scene) -> None:
    scene.go("review")
    scene.road.leave()
    scene.road.back("review")
    assert scene.left == [ONE]


async def test_only_what_was_built_is_closed(scene: Scene) -> None:
    scene.go("review")
    await scene.road.close()
    assert [model.is_closed for model in scene.models.values()] == [True, False, False]
