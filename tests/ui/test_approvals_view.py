"""The room of approvals as it is seen and driven by keys (OZ-12, DRC-13, SPB-21)."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
)
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionForm
from backend_client.models.requests import RequestStatus
from signing.report import Problem
from tests.factories import make_card, make_document
from tests.ui.approvals_scene import PIN, ApprovalsScene, make_report
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.core.connection import Link
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.tabs import Tab
from workstation.ui.screens.approvals.view import ApprovalsView
from workstation.ui.screens.conclusion.form_state import Section

NUMBERS = re.compile("9f3c 71d0 … 4be2|5C2A9014|DICOM")
"""Hash, certificate number, name of a format: they have letters, and are no words."""


class Stage:
    """The room on made-up conclusions, as large as in a window of 1366x768."""

    def __init__(self, qtbot: QtBot, around: Surroundings, *, empty: bool = False) -> None:
        self.scene = ApprovalsScene(around.words.time, empty=empty)
        self.model, self.approvals = self.scene.model, self.scene.approvals
        self.view = ApprovalsView(self.model, around.theme, around.shortcuts, around.words)
        self.rooms = QStackedWidget()
        self.rooms.addWidget(self.view)
        self.rooms.addWidget(QFrame())
        qtbot.addWidget(self.rooms)
        self.rooms.resize(1276, 742)
        self.decision, self.verdict = self.view.decision, self.view.verdict_panel
        self.list = self.view.list_panel.list

    def show(self) -> None:
        """As when the room is chosen in the rail."""
        self.model.start()
        self.rooms.show()
        self.rooms.activateWindow()

    def press(self, *keys: Qt.Key | str) -> None:
        """Presses keys where the focus is."""
        for key in keys:
            press(QApplication.focusWidget() or self.view, key)

    def type(self, text: str) -> None:
        """Types into what has the focus."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit):
            widget.insert(text)
        else:
            assert isinstance(widget, QPlainTextEdit)
            widget.insertPlainText(text)

    async def is_read(self) -> None:
        """Waits until the chosen conclusion can be approved."""
        await until(lambda: self.model.refusal is None)


@asynccontextmanager
async def shown(qtbot: QtBot, around: Surroundings, *, empty: bool = False) -> AsyncIterator[Stage]:
    stage = Stage(qtbot, around, empty=empty)
    try:
        yield stage
    finally:
        stage.rooms.hide()
        await stage.model.close()


async def test_read_and_approved_with_the_keyboard_alone(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: J, A, the PIN, Enter; then the next one stands there and the PIN is gone."""
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        assert stage.list.hasFocus()
        stage.press("J")
        await stage.is_read()
        assert stage.scene.chosen_name.startswith("Лунёва")
        wanted = stage.approvals.list[1].request_id
        stage.press("A")
        assert stage.decision.pin.edit.hasFocus()
        stage.type(PIN)
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.approvals.approved == [wanted])
        await stage.is_read()
        assert stage.scene.chosen_name.startswith("Верещагин")
        assert stage.decision.pin.is_empty
        assert stage.list.hasFocus()
        assert "the patient gets the conclusion" in stage.view.list_panel.told.text()


async def test_second_approval_of_a_sitting_is_two_keys(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-12: the PIN once, then A and Enter for each that is ready."""
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        wanted = [one.request_id for one in stage.approvals.list]
        stage.press("A")
        stage.type(PIN)
        stage.press(Qt.Key.Key_Return)
        await until(lambda: len(stage.approvals.approved) == 1)
        for done in range(1, len(wanted)):
            await stage.is_read()
            stage.press("A", Qt.Key.Key_Return)
            await until(lambda done=done: len(stage.approvals.approved) == done + 1)  # type: ignore[misc]  # mypy: a lambda's default
        assert stage.approvals.approved == wanted
        assert stage.model.count == 0


async def test_arrows_and_russian_letters_choose_too(qtbot: QtBot, around: Surroundings) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        stage.press(Qt.Key.Key_Down, "О")
        assert stage.scene.chosen_name.startswith("Верещагин")
        stage.press("Л")
        assert stage.scene.chosen_name.startswith("Лунёва")
        box = stage.list.visualRect(stage.list.model().index(4, 0))
        QTest.mouseClick(stage.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        assert stage.scene.chosen_name.startswith("Абрамкина")


async def test_the_verdict_first_then_every_reason(qtbot: QtBot, around: Surroundings) -> None:
    """Only what was looked at is claimed: no revocation, no time stamp, not a qualified one."""
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        stage.press("J")
        await stage.is_read()
        assert stage.verdict.verdict.title.text() == "The doctor's signature is good"
        signer, certificate, coverage, level, file = stage.verdict.reasons()
        assert signer.startswith("Левашова Марина Олеговна. Signed on 19.11.2026 at 05:42")
        assert "name is that of the conclusion's author" in signer
        assert "From 14.08.2026 till 14.08.2027" in certificate
        assert "revoked was not checked" in certificate
        assert "whole file" in coverage
        assert "without a time stamp" in level
        assert "not a qualified one" in level
        assert file.endswith("9f3c 71d0 … 4be2")


async def test_a_certificate_of_somebody_else_is_said(qtbot: QtBot, around: Surroundings) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()  # signed by Левашова, written by Сафонов
        await stage.is_read()
        assert stage.verdict.verdict.title.text() == "Not its author has signed"
        assert "Сафонов Д. В." in stage.verdict.reasons()[0]


async def test_a_wrong_pin_is_asked_for_again_in_place(qtbot: QtBot, around: Surroundings) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        stage.press("A")
        stage.type("1111")
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.decision.problem.text() != "")
        assert "PIN does not fit" in stage.decision.problem.text()
        assert stage.decision.pin.edit.hasFocus()
        assert stage.decision.pin.edit.selectedText() != ""
        assert stage.scene.chosen_name.startswith("Кочетов")
        stage.type(PIN)
        stage.press(Qt.Key.Key_Return)
        await until(lambda: len(stage.approvals.approved) == 1)


async def test_an_altered_file_is_refused_with_its_reason(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with shown(qtbot, around) as stage:
        first = stage.approvals.list[0]
        report = make_report(first, Problem.ALTERED, Problem.UNTRUSTED)
        stage.approvals.reports[first.request_id] = report
        stage.show()
        await until(lambda: stage.model.reader.pages is not None)
        assert stage.verdict.verdict.title.text() == "The doctor's signature is not good"
        assert stage.verdict.reasons()[0] == "The signed part was changed"
        assert not any("trusted" in line for line in stage.verdict.reasons())
        assert not stage.decision.approve.isEnabled()
        assert "signature is not good" in stage.decision.problem.text()
        stage.press("A")
        assert not stage.decision.pin.isVisible()
        assert stage.list.hasFocus()
        assert not stage.view.grab().isNull()


async def test_the_servers_file_is_not_the_signed_one(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-13: refused, not shown, with what to do; it can still go back to the doctor."""
    async with shown(qtbot, around) as stage:
        stage.approvals.fail("read", Conflict(ProblemCode.FILE_CHANGED))
        stage.show()
        await until(lambda: stage.model.reader.state is Reading.CHANGED)
        assert "not the one that the doctor has signed" in stage.verdict.verdict.title.text()
        assert stage.verdict.reasons()[0].startswith("What to do")
        assert stage.view.document_panel.placeholder.isVisible()
        assert not stage.decision.approve.isEnabled()
        assert stage.decision.give_back.isEnabled()
        assert not stage.view.grab().isNull()


async def test_a_colleague_was_first(qtbot: QtBot, around: Surroundings) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        first = stage.approvals.list[0].request_id
        stage.press("A")
        stage.type(PIN)
        stage.approvals.decide_elsewhere(first, RequestStatus.RETURNED)
        stage.approvals.fail("approve", Conflict(ProblemCode.STALE_VERSION))
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.model.is_decided)
        assert stage.verdict.news.title.text() == "A colleague has returned it already"
        assert "Nothing was sent" in stage.decision.problem.text()
        assert not stage.decision.approve.isEnabled()
        assert not stage.view.grab().isNull()


async def test_returned_to_a_marked_place(qtbot: QtBot, around: Surroundings) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        first = stage.approvals.list[0].request_id
        stage.press("R")
        stage.decision.mark(Section.RECOMMENDATIONS)
        assert stage.decision.place.text() == "Recommendations"
        stage.type("Нет дозы")
        stage.decision.send.click()
        await until(lambda: stage.approvals.returned == [(first, "Recommendations: Нет дозы")])


async def test_returned_to_a_marked_passage(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-13: the words that are meant are selected in the section's own text."""
    async with shown(qtbot, around) as stage:
        first = stage.approvals.list[0].request_id
        text = "Бисопролол 2,5 мг продолжить."
        stage.approvals.forms[first] = ConclusionForm(recommendations=text)
        stage.show()
        await stage.is_read()
        await until(lambda: stage.model.form is not None)
        stage.press("R")
        assert not stage.decision.passage.isVisible()
        stage.decision.mark(Section.RECOMMENDATIONS)
        assert stage.decision.passage.toPlainText() == text
        found = stage.decision.passage.document().find("Бисопролол 2,5 мг")
        stage.decision.passage.setTextCursor(found)
        stage.type("Сколько раз в день?")
        stage.decision.send.click()
        said = "Recommendations, «Бисопролол 2,5 мг»: Сколько раз в день?"
        await until(lambda: stage.approvals.returned == [(first, said)])


async def test_returned_with_a_reason(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-21: R, the reason, Enter; Esc keeps what was written."""
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        first = stage.approvals.list[0].request_id
        stage.press("R")
        assert stage.decision.edit.hasFocus()
        assert not stage.decision.send.isEnabled()
        stage.press(Qt.Key.Key_Return)
        assert stage.approvals.returned == []
        stage.type("Нет степени")
        stage.press(Qt.Key.Key_Escape)
        assert not stage.decision.is_returning
        assert stage.list.hasFocus()
        stage.press("R")
        assert stage.decision.edit.toPlainText() == "Нет степени"
        stage.type(", дополните")
        stage.press(Qt.Key.Key_Return)
        await until(lambda: stage.approvals.returned == [(first, "Нет степени, дополните")])
        await stage.is_read()
        assert stage.scene.chosen_name.startswith("Лунёва")
        assert not stage.decision.is_returning
        assert stage.decision.edit.toPlainText() == ""


async def test_the_pin_goes_with_the_room_and_with_another_choice(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        stage.press("A")
        stage.type(PIN)
        stage.rooms.setCurrentIndex(1)
        assert stage.decision.pin.is_empty
        assert stage.model.reader.signed is None
        stage.rooms.setCurrentIndex(0)
        await stage.is_read()
        stage.press("A")
        stage.type(PIN)
        stage.press(Qt.Key.Key_Escape)
        assert stage.decision.pin.is_empty
        stage.press("A")
        stage.type(PIN)
        stage.list.setCurrentIndex(stage.list.model().index(2, 0))
        assert stage.decision.pin.is_empty
        assert stage.list.hasFocus()


async def test_a_change_elsewhere_takes_nothing_from_under_the_hands(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        stage.press("J", "J")
        await stage.is_read()
        stage.press("A")
        stage.type(PIN)
        first = stage.approvals.list[0].request_id
        stage.approvals.decide_elsewhere(first, RequestStatus.DELIVERED)
        await until(lambda: stage.model.count == 4)
        assert stage.scene.chosen_name.startswith("Верещагин")
        assert stage.list.currentIndex().row() == 1
        assert stage.decision.pin.edit.hasFocus()
        assert stage.decision.pin.pin == PIN


async def test_pages_scroll_while_the_list_has_the_focus(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        bar = stage.view.document_panel.document.pages.verticalScrollBar()
        stage.press(Qt.Key.Key_PageDown)
        assert bar.value() > 0
        stage.press(Qt.Key.Key_PageUp)
        assert bar.value() == 0
        assert stage.scene.chosen_name.startswith("Кочетов")


async def test_nothing_waits(qtbot: QtBot, around: Surroundings) -> None:
    async with shown(qtbot, around, empty=True) as stage:
        stage.show()
        title = stage.view.findChild(QLabel, "placeholder.title")
        assert title is not None
        await until(title.isVisible)
        assert title.text() == "Nothing waits for approval"
        assert not stage.decision.isVisible()
        assert not stage.view.grab().isNull()


async def test_a_list_that_cannot_be_read_says_so_and_is_asked_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with shown(qtbot, around) as stage:
        stage.approvals.fail("waiting", Unreachable())
        stage.show()
        title = stage.view.findChild(QLabel, "placeholder.title")
        assert title is not None
        await until(title.isVisible)
        stage.view.list_panel.placeholder.pressed.emit()
        await stage.is_read()
        stage.scene.sync.become(Link.OFFLINE)
        assert "The list is of 11:42" in stage.view.list_panel.told.text()
        assert "No connection" in stage.decision.problem.text()
        assert not stage.decision.approve.isEnabled()


async def test_the_room_speaks_russian_and_changes_its_language(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        stage.press("J")
        await stage.is_read()
        stage.press("R")
        assert {text for text in english(stage.view) if not NUMBERS.search(text)} == set()
        assert stage.verdict.verdict.title.text() == "Подпись врача верна"
        assert stage.decision.send.text() == "Вернуть врачу"
        QCoreApplication.removeTranslator(russian)
        QCoreApplication.sendEvent(stage.view, QEvent(QEvent.Type.LanguageChange))
        for widget in (stage.decision, stage.view.list_panel, stage.view.document_panel):
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        assert stage.verdict.verdict.title.text() == "The doctor's signature is good"
        assert stage.decision.send.text() == "Return to the doctor"
        assert stage.decision.is_returning


async def test_request_files_and_difference_are_a_key_away(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: who asked what, in what files; on a wide screen beside the pages."""
    async with shown(qtbot, around) as stage:
        first = stage.approvals.list[0]
        row = stage.scene.requests.rows[first.request_id]
        file = make_document(request_id=row.id, title="ЭхоКГ")
        stage.scene.requests.cards[row.id] = make_card(
            row, documents=[file], complaints="Одышка", requesting_doctor="Громова Е. А."
        )
        stage.approvals.forms[row.id] = ConclusionForm(
            question="Показана ли операция?", unopened_reason="Старше года"
        )
        wanted: list[object] = []
        stage.view.place_wanted.connect(lambda _, target: wanted.append(target))
        stage.show()
        await stage.is_read()
        await until(lambda: stage.model.form is not None and stage.model.card is not None)
        panel = stage.view.document_panel
        assert "The doctor has not opened all files. «Старше года»" in stage.verdict.reasons()
        assert panel.document.isVisible()
        stage.press("2")
        said = panel.request.said()
        assert "Показана ли операция?" in said
        assert "Одышка" in said
        assert "Asks: Громова Е. А." in said
        assert not panel.document.isVisible()
        stage.press("3")
        panel.files.rows[0].click()
        assert wanted == [file]
        stage.press("4")
        assert panel.files.isVisible()  # the first version differs from nothing
        stage.rooms.resize(1830, 1054)
        assert panel.document.isVisible()
        assert panel.files.isVisible()
        stage.press(Qt.Key.Key_Escape)
        assert panel.tab is Tab.CONCLUSION


async def test_next_one_is_ready_before_it_is_asked_for(qtbot: QtBot, around: Surroundings) -> None:
    """Ten in a minute: what comes next was fetched, verified and opened meanwhile, and is not
    taken for opened by the approver."""
    async with shown(qtbot, around) as stage:
        stage.show()
        await stage.is_read()
        await until(lambda: len(stage.approvals.pages) == 2)
        assert len(list(stage.model.opened)) == 1
        stage.press("J")
        assert stage.model.refusal is None  # at once
        assert len(list(stage.model.opened)) == 2
        names = [one.request_id for one in stage.approvals.list[:2]]
        assert stage.approvals.reads[:2] == names
        stage.model.read_again()
        await stage.is_read()
        assert stage.approvals.reads.count(names[1]) == 2  # asked for anew, it is
