"""Writing a conclusion without a server: from what is here, and sent afterwards (OZ-12, OZ-19)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.conclusions import ConclusionForm, ConclusionState
from tests.made_up_findings import QT, RR, make_evidence
from tests.ui.conclusion_scene import (
    COMPLAINTS,
    FAST,
    FILLED,
    PIN,
    ConclusionScene,
    make_conclusion,
)
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.sources_desk import at_the_desk
from tests.ui.test_conclusion_view import Stage, staged
from tests.ui.waiting import until
from workstation.core.citations import with_source
from workstation.core.conclusion_draft import KeptDraft
from workstation.ui.error_text import UserMessage
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.conclusion.draft_writer import Keeping
from workstation.ui.screens.conclusion.form_state import Obstacle

LINE = f"{QT} [1]"


@asynccontextmanager
async def cut_off(words: RequestWords) -> AsyncIterator[ConclusionScene]:
    """The case is opened without a server."""
    scene = ConclusionScene(words, pace=FAST)
    scene.model.preview.renewed.connect(scene.model.preview.pages_seen)  # the viewer is quick
    scene.service.is_cut = True
    try:
        yield scene
    finally:
        scene.service.is_cut = False
        await scene.model.close()


def keep(scene: ConclusionScene, version: int, form: ConclusionForm) -> None:
    """As a finding from the files leaves it on this computer."""
    scene.service.here[scene.row.id] = KeptDraft(version, form, SCENE_NOW)


async def mended(scene: ConclusionScene) -> None:
    """The server answers again; the text is with it, and it is known what it has."""
    scene.service.is_cut = False
    draft = scene.model.draft
    assert draft is not None
    await until(lambda: draft.is_kept and not scene.model.is_cut_off)


def first(scene: ConclusionScene) -> ConclusionForm:
    """As the request prefills it."""
    diagnosis = scene.row.diagnosis
    form = ConclusionForm(complaints=COMPLAINTS)
    words = msgspec.structs.replace(form.diagnosis, icd10="I35.0", text=diagnosis.text)
    return msgspec.structs.replace(form, diagnosis=words)


async def test_a_finding_that_is_kept_here_is_shown_and_written_on(words: RequestWords) -> None:
    async with cut_off(words) as scene:
        keep(scene, 0, with_source(first(scene), make_evidence()))
        await scene.open()
        assert scene.model.problem is None
        assert scene.model.is_editable
        assert scene.model.is_cut_off
        assert scene.model.form.findings == LINE
        scene.write(history="Шум")
        await until(lambda: bool(scene.model.draft and scene.model.draft.is_here))
        assert scene.service.kept[-1][1].history == "Шум"
        await mended(scene)
        assert (scene.record.form.findings, scene.record.form.history) == (LINE, "Шум")
        assert scene.record.version == 1, "sent once"
        assert scene.model.obstacle is not Obstacle.CUT_OFF


async def test_a_case_of_which_nothing_is_kept_is_begun_from_the_request(
    words: RequestWords,
) -> None:
    async with cut_off(words) as scene:
        await scene.open()
        assert scene.model.is_editable
        assert scene.model.form == first(scene)
        await mended(scene)
        assert scene.row.id not in scene.service.records, "nothing was written: nothing is sent"


async def test_it_cannot_be_signed_and_says_why(words: RequestWords) -> None:
    async with cut_off(words) as scene:
        scene.service.heard[scene.row.id] = make_conclusion(scene.row)
        await scene.open()
        assert scene.model.form == FILLED
        assert scene.model.obstacle is Obstacle.CUT_OFF
        scene.model.sign(PIN)
        assert not scene.model.is_signing
        scene.service.records[scene.row.id] = make_conclusion(scene.row)
        await mended(scene)
        await until(lambda: scene.model.obstacle is None)


async def test_what_was_signed_is_not_written_on(words: RequestWords) -> None:
    async with cut_off(words) as scene:
        signed = make_conclusion(scene.row, state=ConclusionState.SIGNED)
        scene.service.heard[scene.row.id] = signed
        await scene.open()
        assert not scene.model.is_editable


async def test_a_text_over_a_known_version_goes_over_that_version(words: RequestWords) -> None:
    """After a restart the version under a kept text is all that is known of the server's."""
    async with cut_off(words) as scene:
        keep(scene, 3, msgspec.structs.replace(FILLED, history="Дома"))
        await scene.open()
        scene.service.records[scene.row.id] = make_conclusion(scene.row, version=3)
        await mended(scene)
        assert (scene.record.version, scene.record.form.history) == (4, "Дома")


async def test_a_finding_alone_goes_onto_the_text_that_the_server_has(words: RequestWords) -> None:
    """Decision 0044: a finding is an operation; there is nothing to choose, nothing is doubled."""
    async with cut_off(words) as scene:
        keep(scene, 0, with_source(first(scene), make_evidence()))
        await scene.open()
        theirs = with_source(FILLED, make_evidence(text=RR))
        scene.service.records[scene.row.id] = make_conclusion(scene.row, form=theirs)
        await mended(scene)
        said = f"{theirs.findings}\n{QT} [2]"
        assert scene.record.form.findings == said
        assert scene.model.form.findings == said
        assert scene.record.form.history == FILLED.history
        assert [one.number for one in scene.record.form.evidence] == [1, 2]


async def test_own_words_beside_another_text_are_chosen_by_the_doctor(words: RequestWords) -> None:
    """Decision 0036: neither of two texts is lost by itself."""
    async with cut_off(words) as scene:
        await scene.open()
        scene.write(history="Моё")
        scene.service.records[scene.row.id] = make_conclusion(scene.row)
        scene.service.is_cut = False
        draft = scene.model.draft
        assert draft is not None
        await until(lambda: draft.keeping is Keeping.STALE)
        assert scene.model.form.history == "Моё"
        assert scene.record.form == FILLED
        draft.keep_mine()
        await mended(scene)
        assert scene.record.form.history == "Моё"


async def test_leaving_does_not_wait_and_the_text_is_sent_later(words: RequestWords) -> None:
    async with cut_off(words) as scene:
        told: list[UserMessage] = []
        scene.model.failed_away.connect(told.append)
        await scene.open()
        scene.write(history="Шум")
        await until(lambda: bool(scene.model.draft and scene.model.draft.is_here))
        scene.model.leave()
        assert scene.model.request_id is None
        await until(lambda: bool(told))
        assert "on this computer" in told[0].detail
        scene.service.is_cut = False
        await until(lambda: scene.row.id in scene.service.records)
        assert scene.record.form.history == "Шум"


async def test_a_server_that_fails_once_is_asked_again(words: RequestWords) -> None:
    async with cut_off(words) as scene:
        scene.service.records[scene.row.id] = make_conclusion(scene.row)
        await scene.open()
        await mended(scene)
        assert scene.model.form == FILLED


async def test_the_screen_says_it_calmly(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await opened_cut_off(stage)
        note = stage.view.form.cut_off
        assert note.isVisible()
        assert "No connection" in note.accessibleName()
        assert "kept on this computer" in note.accessibleName()
        assert "Whether the server has a text" in note.accessibleName()
        stage.type("Шум")
        await until(lambda: stage.said("kept") == "kept on this computer, not sent yet")
        assert stage.view.form.history.edit.toPlainText() == "Шум"
        assert not stage.view.bar.button.isEnabled()
        assert "No connection" in stage.said("message")
        assert not stage.view.paper.problem.isVisible()
        stage.service.is_cut = False
        await until(lambda: stage.said("kept").startswith("saved"))
        await until(lambda: not note.isVisible())
        assert QApplication.focusWidget() is stage.view.form.history.edit


async def test_a_full_disk_is_not_called_safe(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        stage.service.is_disk_full = True
        await opened_cut_off(stage)
        stage.type("Шум")
        await until(lambda: stage.said("kept").startswith("not saved"))
        assert "stays in this window" in stage.view.form.cut_off.accessibleName()


async def opened_cut_off(stage: Stage) -> None:
    """The case is opened without a server."""
    stage.service.is_cut = True
    await stage.scene.open()
    stage.view.form.history.edit.setFocus()


@pytest.mark.parametrize("is_opened_before", [False, True], ids=["for-the-first-time", "again"])
async def test_f6_without_a_server_shows_what_was_put_in(
    qtbot: QtBot, around: Surroundings, *, is_opened_before: bool
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        if is_opened_before:
            await desk.go_to_conclusion()
            desk.model.leave()
            await until(lambda: not desk.conclusion.isVisible())
            await desk.is_back_at_files()
        desk.cut()
        desk.measure()
        await desk.put()
        assert "on this computer" in desk.said
        await desk.go_to_conclusion()
        assert desk.findings.toPlainText().endswith("[1]")
        assert desk.model.is_editable
        desk.findings.moveCursor(QTextCursor.MoveOperation.Start)
        desk.findings.insertPlainText("Ритм. ")
        desk.mend()
        desk.model.retry()
        await until(lambda: desk.text.startswith("Ритм. "))
        assert desk.text.count("[1]") == 1
