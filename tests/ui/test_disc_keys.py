"""A disc on the whole review screen, by keys alone."""

from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.documents import DocumentKind
from tests.ui.test_review_view import Stage
from tests.ui.viewers.made_up import MadeUpStudy, make_clip, rest, until
from tests.unit.studies import disc_factory as make
from workstation.studies.disc import DiscInfo
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.opening import open_file
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.theme import load_fonts
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.disc.view import DiscView


class MadeUpDisc:
    """Every item is a clip."""

    def __init__(self) -> None:
        found = open_file(memoryview(make.zipped(make.disc_files())))
        assert isinstance(found, DiscInfo)
        self.info = found
        self.is_closed = False
        self.opened: list[MadeUpStudy] = []

    async def open_item(self, number: int) -> MadeUpStudy:
        """A clip."""
        self.opened.append(MadeUpStudy(make_clip()))
        return self.opened[-1]

    async def thumbnail(self, number: int, width: int, height: int) -> npt.NDArray[np.uint8]:
        """None."""
        raise UnreadableFile(Unreadable.NO_PICTURE)

    async def close(self) -> None:
        """Closed."""
        self.is_closed = True


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    load_fonts()
    made = Stage(qapp)
    qtbot.addWidget(made.view)
    yield made
    made.view.hide()
    made.router.release()


async def with_disc(stage: Stage) -> tuple[MadeUpDisc, StudyPane]:
    """The case with its one file, which is a disc."""
    scene, disc = stage.scene, MadeUpDisc()
    document = msgspec.structs.replace(scene.third_clip, kind=DocumentKind.IMAGE, title="Диск")
    scene.files = [document]
    scene.requests.cards[scene.row.id] = scene.card
    scene.studies.studies[document.id] = disc  # type: ignore[assignment]  # a disc, not a file
    await stage.open()
    stage.model.choose(document.id)
    await until(lambda: any(pane.model.disc is not None for pane in stage.view.panes))
    await rest()
    return disc, next(pane for pane in stage.view.panes if pane.model.disc is not None)


def shown(pane: StudyPane) -> object:
    """The viewer that is seen."""
    return pane.viewer


def case_of(stage: Stage) -> str | None:
    """The case that is open."""
    return stage.model.request_id


async def test_choose_open_and_back_by_keys(stage: Stage) -> None:
    disc, pane = await with_disc(stage)
    view = pane.viewer
    assert isinstance(view, DiscView)
    assert view.list.hasFocus()
    stage.press(Qt.Key.Key_Down)
    assert view.current == 1
    stage.press(Qt.Key.Key_End)
    assert view.current == 3
    stage.press(Qt.Key.Key_Home)
    stage.press(Qt.Key.Key_Return)
    await until(lambda: isinstance(shown(pane), CineView))
    assert pane.disc_bar.isVisible()
    await rest()
    stage.press(Qt.Key.Key_Escape)
    assert isinstance(shown(pane), DiscView)
    assert case_of(stage) is not None, "Esc left what was opened last, not the case"
    await rest()
    assert view.list.hasFocus()
    stage.press(Qt.Key.Key_Escape)
    assert case_of(stage) is None
    await until(lambda: disc.is_closed)
    assert all(one.closed for one in disc.opened)
    await stage.close()


async def test_another_file_of_the_case_closes_the_disc(stage: Stage) -> None:
    disc, pane = await with_disc(stage)
    pane.model.open_item(2)
    await until(lambda: isinstance(shown(pane), CineView))
    pane.model.clear()
    await until(lambda: disc.is_closed)
    assert all(one.closed for one in disc.opened)
    await stage.close()
