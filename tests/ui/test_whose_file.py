"""A file that names somebody else is answered for before anything of it goes anywhere."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.common import DocumentId, ProblemCode
from backend_client.models.documents import AnswerWhoseFile, Document, FileAnswer, WhoseFile
from backend_client.models.events import DocumentChanged
from backend_client.models.requests import Action
from tests.factories import NOW
from tests.fakes import FakeTriageService
from tests.memory_outbox import MemoryOutbox
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import MadeUpStudy, make_clip, press
from tests.ui.waiting import until
from workstation.services.file_answers import FileAnswers
from workstation.services.kept_panels import KeptPanels
from workstation.services.outgoing import OutgoingActions
from workstation.studies.imaging import ClipInfo
from workstation.studies.patient_sex import PatientSex
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.file_list_model import FileRow
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.review.whose_file_dialog import WhoseFileDialog
from workstation.ui.screens.triage.view_model import TriageViewModel

BORN = date(1951, 4, 3)


class Backend:
    """Keeps the answers."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.error: BackendError | None = None

    async def answer_whose(
        self, document_id: DocumentId, given: AnswerWhoseFile, *, key: str | None = None
    ) -> Document:
        if self.error is not None:
            raise self.error
        return answered(self.scene.clip, given)


def answered(document: Document, given: AnswerWhoseFile) -> Document:
    """As the server has the file afterwards."""
    answer = FileAnswer(
        whose=given.whose,
        reason=given.reason,
        sha256=given.sha256,
        by_name="Левашова М. О.",
        at=NOW,
    )
    return msgspec.structs.replace(document, answer=answer)


class Stage:
    """A review in which one clip names another patient."""

    def __init__(self, around: Surroundings, clip: ClipInfo | None = None) -> None:
        self.scene = Scene(["clip"])
        self.backend = Backend(self.scene)
        clip = clip or make_clip(patient_name="ПЕТРОВ^ПЕТР", patient_birth_date=BORN)
        self.scene.studies.studies[self.scene.clip.id] = MadeUpStudy(clip)
        self.outgoing = OutgoingActions(MemoryOutbox(), lambda: NOW, asyncio.sleep)
        self.answers = FileAnswers(self.backend, self.outgoing)
        self.questions = FileQuestions(self.answers)
        self.model = ReviewViewModel(self.scene.requests, self.scene.studies)
        self.triage = TriageViewModel(
            FakeTriageService(self.scene.requests), KeptPanels(None), around.words
        )
        self.drafts = FakeDrafts()
        self.findings = DraftFindings(self.drafts)
        self.view = ReviewView(
            self.model,
            self.triage,
            around.theme,
            around.shortcuts,
            around.words,
            findings=self.findings,
            questions=self.questions,
        )

    @property
    def pane(self) -> StudyPane:
        return self.view.panes[0]

    @property
    def dialog(self) -> WhoseFileDialog | None:
        found = self.view.findChildren(WhoseFileDialog)
        return next((one for one in found if one.isVisible()), None)

    @property
    def said(self) -> str:
        return self.findings.line.text if self.findings.line is not None else ""

    async def put(self) -> None:
        """As `Ins` does, once the keys come to the review."""
        self.view.activateWindow()
        await until(self.view.isActiveWindow)
        press(self.view, Qt.Key.Key_Insert)

    def answer(self, name: str, reason: str = "") -> None:
        """Presses a button of the question."""
        dialog = self.dialog
        assert dialog is not None
        field = dialog.findChild(QLineEdit, "whoseFile.reason")
        button = dialog.findChild(QPushButton, name)
        assert field is not None
        assert button is not None
        field.setText(reason)
        button.click()


@asynccontextmanager
async def staged(
    qtbot: QtBot, around: Surroundings, clip: ClipInfo | None = None
) -> AsyncIterator[Stage]:
    stage = Stage(around, clip)
    qtbot.addWidget(stage.view)
    stage.view.resize(1366, 742)
    stage.view.show()
    stage.model.open(stage.scene.row.id)
    await until(lambda: stage.pane.model.state is PaneState.READY)
    try:
        yield stage
    finally:
        stage.view.hide()
        stage.model.leave()
        await stage.answers.finish()
        await stage.questions.close()
        await stage.findings.close()
        await stage.model.close()
        await stage.triage.close()


async def test_nothing_goes_into_the_conclusion_before_the_answer(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12"""
    async with staged(qtbot, around) as stage:
        assert "Until that is answered" in stage.pane.note_texts()[0]
        await stage.put()
        dialog = stage.dialog
        assert dialog is not None
        assert "Иванова Анна Петровна, 09.03.1984" in dialog.accessibleName()
        assert "03.04.1951" in dialog.accessibleName()
        assert not dialog.same.isEnabled(), "without a reason it is not the same patient"
        dialog.reject()
        await until(lambda: stage.dialog is None)
        assert stage.drafts.there == {}
        assert stage.said == ""


async def test_the_same_patient_needs_a_reason_and_goes_on(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.put()
        stage.answer("whoseFile.same", "Девичья фамилия")
        await until(lambda: stage.answers.whose(stage.scene.clip) is WhoseFile.PATIENT)
        assert stage.pane.note_texts()[0].endswith("(not sent yet)")
        await stage.put()
        await until(lambda: stage.said != "")
        assert stage.dialog is None
        await stage.outgoing.drain()
        told = stage.pane.note_texts()[0]
        assert "Левашова М. О., 20.11.2026: Девичья фамилия" in told


async def test_another_patients_file_is_marked_and_stays_out(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.backend.error = Unreachable("x")
        await stage.put()
        stage.answer("whoseFile.other")
        await until(lambda: stage.answers.is_waiting(stage.scene.clip))
        panel = stage.triage.panel
        assert panel is not None, "the clinic is asked for the patient's own file"
        assert panel.content.action is Action.ASK_DOCUMENTS
        stage.triage.cancel()
        await stage.put()
        await until(lambda: "another patient's file" in stage.said)
        assert stage.dialog is None
        assert stage.drafts.there == {}
        strip = stage.view.file_strip.model
        rows = [strip.entry(row) for row in range(strip.rowCount())]
        remarks = [row.remark for row in rows if isinstance(row, FileRow)]
        assert remarks == ["another patient's"]
        assert "nothing of it goes into the conclusion" in stage.pane.note_texts()[0]


async def test_a_colleagues_answer_closes_the_question_for_all(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        clip = stage.scene.clip
        given = AnswerWhoseFile(whose=WhoseFile.OTHER, sha256=clip.sha256)
        document = answered(clip, given)
        event = DocumentChanged(seq=2, prev=1, request_id=clip.request_id, document=document)
        stage.answers.hear_event(event)
        assert "Another patient's file" in stage.pane.note_texts()[0]


async def test_an_answer_that_the_server_refuses_is_said_and_asked_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.backend.error = Conflict(ProblemCode.CLAIMED_BY_OTHER)
        await stage.put()
        stage.answer("whoseFile.other")
        await until(lambda: stage.answers.is_waiting(stage.scene.clip))
        await stage.outgoing.drain()
        await until(lambda: "Not put into the conclusion" in stage.said)
        assert "Until that is answered" in stage.pane.note_texts()[0]


@pytest.mark.usefixtures("russian")
async def test_the_question_is_asked_in_russian(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.put()
        dialog = stage.dialog
        assert dialog is not None
        assert dialog.accessibleName().startswith("Файл другого пациента?")
        assert dialog.same.text() == "Это тот же пациент"
        dialog.reject()


async def test_another_sex_in_the_file_asks_the_same_question(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The name may fit with initials alone."""
    clip = make_clip(patient_name="Иванова А. П.", patient_sex=PatientSex.MALE)
    async with staged(qtbot, around, clip) as stage:
        assert "Иванова А. П., 09.03.1984, sex: male" in stage.pane.note_texts()[0]
        await stage.put()
        dialog = stage.dialog
        assert dialog is not None
        assert "Иванова Анна Петровна, 09.03.1984, sex: female" in dialog.accessibleName()
        stage.answer("whoseFile.same", "Ошибка аппарата")
        await until(lambda: stage.answers.whose(stage.scene.clip) is WhoseFile.PATIENT)


async def test_the_mother_s_sex_in_her_child_s_pictures_asks_nothing(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-6: ultrasound of a fetus is kept under the mother."""
    clip = make_clip(patient_name="Иванова^Анна", patient_sex=PatientSex.FEMALE)
    async with staged(qtbot, around, clip) as stage:
        assert stage.pane.note_texts() == []
