"""The averaged beat within the review screen: one key opens it, and its keys act there alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_review_view import Stage
from tests.ui.viewers.beat_desk import record_of
from tests.ui.viewers.made_up import MadeUpStudy
from tests.ui.waiting import until
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.theme import load_fonts
from workstation.ui.viewers.ecg.view import EcgView


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    load_fonts()
    stage = Stage(qapp)
    stage.scene.studies.studies[stage.scene.ecg.id] = MadeUpStudy(record_of("normal"))
    qtbot.addWidget(stage.view)
    yield stage
    stage.view.hide()
    stage.router.release()


def ecg_of(stage: Stage) -> tuple[StudyPane, EcgView]:
    pane = stage.pane("ЭКГ 12.11")
    assert isinstance(pane.viewer, EcgView)
    return pane, pane.viewer


async def open_beat(stage: Stage) -> tuple[StudyPane, EcgView]:
    await stage.open()
    pane, ecg = ecg_of(stage)
    stage.press(Qt.Key.Key_Q, "q")
    await until(lambda: ecg.beat.model.study is not None)
    return pane, ecg


async def test_one_key_opens_the_beat_and_turns_to_its_pane(stage: Stage) -> None:
    pane, ecg = await open_beat(stage)
    assert stage.model.active is pane.model
    assert ecg.beat.isVisible()
    assert ecg.beat.hasFocus()
    await stage.close()


async def test_keys_of_the_beat_act_while_it_has_the_focus(stage: Stage) -> None:
    """Digits choose bounds there, layouts on the sheet; Esc leaves the beat before the case."""
    _, ecg = await open_beat(stage)
    model, layout = ecg.beat.model, ecg.choices.layout
    stage.press(Qt.Key.Key_4, "4")
    stage.press(Qt.Key.Key_Right)
    assert model.chosen is Landmark.T_END
    assert not model.bounds.is_proposed(Landmark.T_END)
    assert ecg.choices.layout is layout
    stage.press(Qt.Key.Key_Escape)
    assert not ecg.beat.isVisible()
    assert stage.model.row is not None
    stage.press(Qt.Key.Key_4, "4")
    assert ecg.choices.layout is not layout
    await stage.close()


async def test_lists_beside_the_beat_keep_their_keys(stage: Stage) -> None:
    """An open beat takes no arrows, Enter or Space of a list that has the focus."""
    _, ecg = await open_beat(stage)
    model = ecg.beat.model
    before = (model.lead, model.settled)
    stage.view.file_strip.setFocus()
    assert not ecg.beat.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Space):
        stage.press(key)
        assert (model.lead, model.settled) == before
    await stage.close()


async def test_another_file_ends_the_study_of_the_one_before(stage: Stage) -> None:
    """The beat of one patient's file never stands beside another file."""
    _, ecg = await open_beat(stage)
    stage.model.choose(stage.scene.older_ecg.id)
    await until(
        lambda: ecg.sheet.record is not record_of("normal") and not ecg.beat.model.is_working
    )
    assert ecg.beat.model.record is ecg.sheet.record
    assert all(line.measured.place.recording != "normal" for line in ecg.measurements.lines)
    await stage.close()
