"""The conclusion screen as it is seen and driven by keys (OZ-12, DRC-13)."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Forbidden, Unreachable
from backend_client.models.conclusions import ConclusionState
from backend_client.models.identity import IdentityMark
from backend_client.models.requests import Action, Outcome, RequestStatus
from signing.errors import WrongPin
from signing.report import Level
from signing.signed_file import LevelReached, Revocation, Why
from tests.factories import changed_row, make_card, make_owner
from tests.ui.conclusion_scene import COMPLAINTS, FILLED, PIN, ConclusionScene, make_conclusion
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.documents.errors import UnprintableText
from workstation.services.lifting import Lifting, LiftState
from workstation.ui.screens.conclusion.draft_writer import Keeping
from workstation.ui.screens.conclusion.form_state import Section
from workstation.ui.screens.conclusion.growing_edit import LONGEST
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

LATIN = re.compile(r"[A-Za-z]{2,}")
STAYS_LATIN = re.compile(
    r"PAdES|SHA-256|Ctrl|Enter|Tab|Esc|F\d|Caps Lock|RSA|[0-9a-f]{4,64}|Vmax|QTc|SV1|RV5|ST\b"
)
CTRL = Qt.KeyboardModifier.ControlModifier
WRITE_AND_SIGN = (Action.WRITE_CONCLUSION, Action.SIGN_CONCLUSION)


class Stage:
    """The screen on a made-up case."""

    def __init__(self, qtbot: QtBot, around: Surroundings) -> None:
        self.scene = ConclusionScene(around.words)
        self.model, self.service = self.scene.model, self.scene.service
        self.view = ConclusionView(self.model, around.theme, around.shortcuts, around.words)
        qtbot.addWidget(self.view)
        self.view.resize(1314, 742)
        self.view.show()
        self.view.activateWindow()

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Presses a key where the focus is."""
        where = QApplication.focusWidget() or self.view
        press(where, key, modifiers=modifiers or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Types letter by letter."""
        for letter in text:
            self.press(letter)

    def focus(self) -> str:
        """Object name of what has the focus."""
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.objectName()

    def said(self, name: str) -> str:
        """What the label of that name shows; "" where it is not seen."""
        label = self.view.findChild(QWidget, f"conclusion.{name}")
        assert isinstance(label, SignLabel | TextBlock), name
        return label.text() if label.isVisible() else ""

    def press_button(self, name: str) -> None:
        """Presses a button."""
        button = self.view.findChild(KeyButton, f"conclusion.{name}")
        assert button is not None
        button.click()

    async def ready(self) -> None:
        """Waits until nothing stands before the signature."""
        await until(lambda: self.model.obstacle is None)


@asynccontextmanager
async def staged(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Stage]:
    stage = Stage(qtbot, around)
    try:
        yield stage
    finally:
        for gate in (stage.service.may_save, stage.service.may_print, stage.service.may_sign):
            gate.set()
        await stage.model.close()
        stage.view.hide()


async def test_from_the_first_field_to_the_signature_by_keys_alone(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.scene.requests.cards[stage.scene.row.id] = make_card(
            stage.scene.row, complaints="", documents=stage.scene.files
        )
        await stage.scene.open()
        stage.view.form.complaints.edit.setFocus()
        stage.type("Одышка")
        stage.press(Qt.Key.Key_Tab)
        stage.type("Шум")
        stage.press(Qt.Key.Key_Tab)
        stage.type("ЭхоКГ")
        stage.press(Qt.Key.Key_Tab)
        stage.view.form.diagnosis.code.selectAll()
        stage.type("ш35ю1")
        stage.press(Qt.Key.Key_Tab)
        stage.press(Qt.Key.Key_Tab)
        stage.type("Очно")
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.decision.conclusion"
        stage.press(Qt.Key.Key_Tab)
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.basis"
        stage.type("Осмотрен")
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.more"
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.unopenedReason"
        stage.type("Старше года")
        stage.view.form.text_of(Section.BASIS).edit.setFocus()
        stage.type(" очно")
        stage.view.bar.reason.setFocus()
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.pin"
        stage.type(PIN)
        await stage.ready()
        stage.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: stage.model.state is ConclusionState.SIGNED)
        form = stage.scene.record.form
        assert (form.complaints, form.history, form.findings) == ("Одышка", "Шум", "ЭхоКГ")
        assert (form.diagnosis.icd10, form.recommendations) == ("I35.1", "Очно")
        assert (form.unopened_reason, form.basis) == ("Старше года", "Осмотрен очно")
        assert stage.view.bar.pin.is_empty
        assert "Waits for the approval" in stage.said("files")
        assert not stage.view.bar.button.isVisible()


async def test_what_stands_in_the_sign_bar(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        preview = stage.model.preview.preview
        assert preview is not None
        assert "2 file" in stage.said("files")
        assert stage.said("fileNames") == "“Выписка, терапия”, “Выписка, приёмное”"
        assert "Левашова Мария Олеговна, till 14.08.2027" in stage.said("certificate")
        assert stage.said("level") == "PAdES\u00a0B-B"
        assert stage.said("sha256").replace(" ", "").startswith(preview.sha256[:8])
        assert preview.sha256 in stage.view.bar.digest.value.toolTip()
        assert stage.said("pin.hint") == f"demonstration PIN: {PIN}"
        assert stage.said("message") == ""
        assert stage.view.bar.button.isEnabled()
        told: list[tuple[str, str]] = []
        stage.model.file_wanted.connect(lambda *ids: told.append(ids))
        stage.press(Qt.Key.Key_F7)
        assert told == [(stage.scene.row.id, stage.scene.files[1].id)]
        stage.press(Qt.Key.Key_Return, CTRL)
        assert stage.focus() == "conclusion.pin", "without a PIN the field is shown"
        assert stage.said("message").startswith("Type the PIN")
        assert stage.service.signed == []


async def test_a_key_that_is_open_signs_without_another_pin(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.service.pin_is_needed = False
        await stage.scene.open_filled()
        await stage.ready()
        await until(lambda: not stage.model.signing.needs_pin)
        assert not stage.view.bar.pin.isVisible()
        stage.service.sign_errors.append(WrongPin("its time is over"))
        stage.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: stage.model.signing.is_pin_wrong)
        assert stage.view.bar.pin.isVisible(), "where the key has closed the PIN is asked again"
        stage.model.sign(PIN)
        await until(lambda: bool(stage.service.signed))


async def test_the_bar_says_how_high_the_signature_reached_and_why_not_higher(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.service.wanted_level = "PAdES B-LTA"
        await stage.scene.open_filled()
        await stage.ready()
        stage.service.levels[stage.scene.row.id] = LevelReached(
            wanted=Level.B_LTA,
            reached=Level.B_B,
            why=(Why.TIME_UNREACHABLE,),
            revocation=Revocation.GOOD,
            at=SCENE_NOW,
        )
        assert stage.said("level") == "PAdES\u00a0B-LTA", "before, what is wanted"
        stage.press(Qt.Key.Key_Return, CTRL)
        stage.type(PIN)
        stage.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: stage.model.state is ConclusionState.SIGNED)
        reached = stage.said("level").replace("\u00a0", " ")
        assert reached == "PAdES B-B instead of B-LTA", "after, what was reached"
        assert "time stamps cannot be reached" in stage.view.bar.level.value.toolTip()


async def test_the_bar_follows_a_signature_that_is_raised_later(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-22: calm words while the time service is silent; the new level once it answers."""
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        stage.press(Qt.Key.Key_Return, CTRL)
        stage.type(PIN)
        stage.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: stage.model.state is ConclusionState.SIGNED)
        request_id = stage.scene.row.id
        waits = Lifting(request_id, 1, LiftState.WAITS, "B-B", "B-LTA", ("time_unreachable",))
        stage.service.put(request_id, level="B-B")
        stage.service.liftings[request_id] = waits
        stage.service.lifting_changed.emit(request_id)
        await until(lambda: stage.said("level") == "PAdES\u00a0B-B")
        assert stage.view.bar.message.text() == (
            "Signature: B-B; it will be raised when the time service answers"
        )
        stage.service.put(request_id, level="B-LTA", sha256="f" * 64)
        stage.service.liftings[request_id] = replace(
            waits, state=LiftState.LIFTED, level="B-LTA", why=()
        )
        stage.service.lifting_changed.emit(request_id)
        await until(lambda: stage.said("level") == "PAdES\u00a0B-LTA")
        assert stage.view.bar.message.text() == "The signature was raised to B-LTA"
        assert "f" * 64 in stage.view.bar.digest.value.toolTip()


async def test_the_bar_says_what_a_certificate_and_a_paper_rest_on(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.service.compares_snils, stage.service.knows_public_address = False, False
        await stage.scene.open_filled()
        await stage.ready()
        assert "no SNILS" in stage.view.bar.message.text()
        stage.service.compares_snils = True
        stage.model.changed.emit()
        assert "No public address" in stage.view.bar.message.text()


async def test_a_wrong_pin_is_told_in_place_and_typed_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        stage.view.bar.pin.setFocus()
        stage.type("1111")
        stage.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: "does not fit" in stage.said("message"))
        edit = stage.view.bar.pin.edit
        assert stage.focus() == "conclusion.pin"
        assert edit.selectedText() != ""
        assert edit.property("invalid")
        stage.type(PIN)
        assert "does not fit" not in stage.said("message")
        assert stage.view.bar.pin.pin == PIN
        stage.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: stage.model.state is ConclusionState.SIGNED)


async def test_the_pin_goes_when_the_case_is_left(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        stage.view.bar.pin.edit.setText(PIN)
        stage.press(Qt.Key.Key_Escape)
        assert stage.model.request_id is None
        assert stage.view.bar.pin.is_empty
        await stage.scene.open()
        stage.view.bar.pin.edit.setText(PIN)
        stage.view.hide()
        assert stage.view.bar.pin.is_empty


async def test_a_signature_that_was_not_handed_in_keeps_the_pin(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        stage.view.bar.pin.edit.setText(PIN)
        stage.service.sign_errors.append(Unreachable())
        stage.press_button("sign")
        await until(lambda: "not handed in" in stage.said("message"))
        assert stage.view.bar.button.text() == "Hand in again"
        await stage.ready()
        stage.service.may_sign.clear()
        stage.press_button("sign")
        assert stage.said("message") == "The file is being signed and handed in"
        assert not stage.view.bar.button.isEnabled()
        assert stage.view.form.findings.edit.isReadOnly()
        stage.service.may_sign.set()
        await until(lambda: stage.model.state is ConclusionState.SIGNED)


async def test_why_it_cannot_be_signed_is_always_said(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open()
        assert "Write history" in stage.said("message")
        stage.scene.become(RequestStatus.IN_CALL, Action.WRITE_CONCLUSION)
        assert "The call is on" in stage.said("message")
        stage.scene.become(RequestStatus.SCHEDULED, Action.WRITE_CONCLUSION)
        assert "after the talk" in stage.said("message")
        stage.scene.become(RequestStatus.DRAFTING, *WRITE_AND_SIGN)
        stage.view.form.history.edit.setFocus()
        stage.type("Шум")
        assert "being saved" in stage.said("message")
        await until(lambda: "323-FZ" in stage.said("message"))
        assert "no diagnosis made in person" in stage.said("basis.asked")
        stage.view.form.basis.edit.setFocus()
        stage.type("Осмотрен 12.11.2026")
        assert stage.said("basis.asked") == ""
        await until(lambda: "Open the files or say why" in stage.said("message"))
        assert not stage.view.bar.button.isEnabled()
        stage.view.bar.reason.setFocus()
        stage.type("Старше года")
        await stage.ready()


async def test_what_the_patient_has_is_corrected_with_a_reason(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        bar = stage.view.bar
        assert not bar.correct.isVisible()
        stage.scene.become(RequestStatus.CLOSED, Action.CORRECT_CONCLUSION)
        stage.scene.service.put(stage.scene.row.id, state=ConclusionState.DELIVERED)
        stage.model.open(stage.scene.row.id)
        await until(bar.correct.isVisible)
        bar.correct.click()
        assert stage.focus() == "conclusion.correction"
        stage.type("Описка в дозе")
        bar.correct.click()
        await until(lambda: stage.model.is_editable)
        record = stage.model.record
        assert record is not None
        assert (record.edition, record.correction) == (2, "Описка в дозе")
        assert not bar.correct.isVisible()
        edit = stage.view.form.recommendations.edit
        edit.setFocus()
        edit.selectAll()
        stage.type("Бисопролол 2,5 мг")
        await stage.ready()
        stage.view.bar.pin.setFocus()
        stage.type(PIN)
        stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: stage.model.state is ConclusionState.SIGNED)
        signed = stage.scene.record
        assert (signed.edition, signed.form.recommendations) == (2, "Бисопролол 2,5 мг")


async def test_nothing_is_signed_for_a_patient_whom_nobody_knows(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-16: said at the signature, and the strip over the screen says it too."""
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        stage.scene.mark(IdentityMark.NOT_IDENTIFIED)
        assert "not identified" in stage.said("message")
        assert not stage.view.bar.button.isEnabled()
        strip = stage.view.identity_strip.words
        assert strip is not None
        assert "Not identified" in [sign.text for sign in strip.signs]
        stage.scene.mark(IdentityMark.BY_PERSON)
        await stage.ready()
        assert stage.said("message") == ""


async def test_changed_data_are_told_and_do_not_stop_the_signature(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-14: the paper has the confirmed ones."""
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        stage.scene.mark(IdentityMark.DATA_CHANGED)
        await stage.ready()
        await until(lambda: "the confirmed ones stand on the paper" in stage.said("message"))
        assert stage.view.bar.button.isEnabled()


async def test_where_the_text_is_and_what_is_missing(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open()
        assert stage.said("filled").endswith(
            "history, findings of the studies, recommendations, basis (323-FZ, art. 36.2)"
        )
        assert stage.said("complaints.note") == "from the request"
        assert stage.focus() == "conclusion.history"
        stage.service.saving.fail_with(Unreachable())
        stage.type("Шум")
        await until(lambda: stage.said("kept") == "kept on this computer, not sent yet")
        await until(lambda: stage.said("kept") == "saved 11:42:00")
        stage.view.form.complaints.edit.setFocus()
        stage.type("!")
        assert stage.model.form.complaints == COMPLAINTS + "!"
        assert stage.said("complaints.note") == ""


async def test_a_text_changed_elsewhere_is_chosen_in_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        theirs = msgspec.structs.replace(FILLED, history="Из другого окна")
        stage.service.put(stage.scene.row.id, version=7, form=theirs)
        stage.view.form.history.edit.setFocus()
        stage.type("Моё")
        await until(lambda: "Левашова Мария Олеговна, 11:42:00" in stage.said("stale.title"))
        assert stage.said("stale.detail").split("\n")[1:] == [
            "History, the other text: Из другого окна"
        ]
        assert stage.view.form.history.edit.toPlainText().endswith("Моё"), "what was typed stays"
        stage.press_button("stale.action2")
        assert stage.view.form.history.edit.toPlainText() == "Из другого окна"
        await until(lambda: stage.said("stale.title") == "")


async def test_a_returned_conclusion_says_why(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        stage.scene.become(RequestStatus.RETURNED, *WRITE_AND_SIGN)
        reason = "Нет срока <b>очной</b> консультации"
        await stage.scene.open_filled(state=ConclusionState.RETURNED, return_reason=reason)
        assert stage.said("returned.detail") == reason
        await stage.ready()
        stage.model.sign(PIN)
        await until(lambda: stage.said("returned.detail") == "")


async def test_a_returned_conclusion_opens_at_the_place_that_is_meant(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-13: the field has the focus, the words are selected, the reason stands beside them."""
    async with staged(qtbot, around) as stage:
        stage.scene.become(RequestStatus.RETURNED, *WRITE_AND_SIGN)
        passage = "по месту жительства"
        reason = f"History, «{passage}»: где именно?"
        await stage.scene.open_filled(state=ConclusionState.RETURNED, return_reason=reason)
        edit = stage.view.form.history.edit
        assert QApplication.focusWidget() is edit
        assert edit.textCursor().selectedText() == passage
        assert stage.said("history.returned") == "где именно?"
        assert stage.said("returned.detail") == reason
        stage.view.form.findings.edit.setFocus()
        stage.press_button("returned.action1")
        assert QApplication.focusWidget() is edit


async def test_another_doctors_case_says_whose_it_is(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        row = stage.scene.requests.rows[stage.scene.row.id]
        other = make_owner("Сафонов Д. В.", is_me=False)
        stage.scene.requests.upsert(changed_row(row, owner=other, allowed_actions=[]))
        assert "Сафонов Д. В." in stage.said("locked.title")
        assert stage.view.form.findings.edit.isReadOnly()
        assert stage.view.form.diagnosis.code.isReadOnly()


async def test_a_claim_that_is_lost_while_writing_eats_no_text(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Who has the case now is told; what was typed stays there, on this computer, and is found
    again as it was left."""
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        stage.view.form.history.edit.setFocus()
        stage.service.saving.fail_with(*[Forbidden("403")] * 9)
        stage.type("Недописанное")
        row = stage.scene.requests.rows[stage.scene.row.id]
        other = make_owner("Сафонов Д. В.", is_me=False)
        stage.scene.requests.upsert(changed_row(row, owner=other, allowed_actions=[]))
        await until(lambda: stage.model.draft is not None and stage.model.draft.problem is not None)
        assert "Сафонов Д. В." in stage.said("locked.title")
        assert "is kept on this computer" in stage.said("locked.detail")
        typed = stage.view.form.history.edit.toPlainText()
        assert typed.endswith("Недописанное")
        assert stage.view.form.history.edit.isReadOnly()
        stage.model.abandon()
        stage.model.open(row.id)
        await until(lambda: stage.model.draft is not None)
        assert stage.view.form.history.edit.toPlainText() == typed


async def test_signs_that_cannot_be_printed_are_told_at_their_section(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        stage.service.paper_errors.append(UnprintableText("diagnoses.text", ("\u200b", "😀")))
        stage.view.form.diagnosis.words.setFocus()
        stage.type("x")
        await until(lambda: stage.said("diagnosis.problem") != "")
        assert stage.said("diagnosis.problem").startswith(
            "These signs cannot be printed: U+200B, 😀"
        )
        assert stage.said("paper.title").startswith("Diagnosis by ICD-10: signs")
        assert "earlier text" in stage.said("paper.detail")
        assert not stage.view.bar.button.isEnabled()
        stage.type("y")
        await stage.ready()
        assert stage.said("diagnosis.problem") == ""


async def test_a_code_typed_under_the_russian_layout(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open()
        section = stage.view.form.diagnosis
        section.code.setFocus()
        section.code.selectAll()
        stage.type("ш35")
        assert section.code.text() == "I35"
        assert stage.said("diagnosis.problem") == "", "not called wrong while it is typed"
        section.code.selectAll()
        stage.type("О")
        assert stage.said("diagnosis.note") == "Russian “О” is read as Latin O"
        stage.press(Qt.Key.Key_Tab)
        assert stage.said("diagnosis.problem").startswith("A code looks like I35.0")


async def test_renewed_pages_keep_their_place(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open_filled()
        await stage.ready()
        area = stage.view.paper.document.pages
        area.verticalScrollBar().setValue(120)
        stage.service.may_draw.clear()
        stage.view.form.history.edit.setFocus()
        stage.type("ё")
        await until(lambda: len(stage.service.pages) == 2 and stage.service.pages[1].asked != [])
        assert area.verticalScrollBar().value() == 120
        assert area.page_count == 2
        image = area.viewport().grab().toImage()
        assert image.pixelColor(image.width() // 2, 40).red() == 10, "the old page is still there"
        assert not stage.view.bar.button.isEnabled(), "what is not seen is not signed"
        for index in range(2):
            stage.service.pages[1].let(index)
        await stage.ready()


async def test_a_section_grows_with_its_text_and_takes_no_more_than_fits(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open()
        edit = stage.view.form.findings.edit
        low = edit.height()
        edit.setFocus()
        QApplication.clipboard().setText("ЭхоКГ\n" * 10)
        edit.paste()
        await until(lambda: edit.height() >= low + 10 * 20)
        before = edit.toPlainText()
        QApplication.clipboard().setText("я" * LONGEST)
        edit.paste()
        assert edit.toPlainText() == before
        assert "at most 20\u00a0000" in stage.said("findings.problem")
        assert edit.textCursor().atEnd()
        edit.moveCursor(QTextCursor.MoveOperation.Start)


async def test_it_fits_under_the_strip_of_a_call(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        stage.view.resize(1314, 640 - 26)
        await stage.scene.open_filled()
        await stage.ready()
        assert stage.view.height() == 640 - 26
        assert stage.view.bar.geometry().bottom() <= stage.view.height()
        stage.view.form.recommendations.edit.setFocus()
        seen = stage.view.form.recommendations.edit
        await until(lambda: seen.visibleRegion().boundingRect().height() > 40)


async def test_it_speaks_russian(qtbot: QtBot, around: Surroundings, russian: QTranslator) -> None:
    async with staged(qtbot, around) as stage:
        await stage.scene.open(make_conclusion(stage.scene.row))
        await stage.ready()
        assert english_words(stage) == set()
        stage.model.sign("1")
        await until(lambda: stage.model.signing.problem is not None)
        assert english_words(stage) == set()
        assert stage.model.draft is not None
        assert stage.model.draft.keeping is Keeping.SAVED
        stage.model.sign(PIN)
        await until(lambda: stage.model.state is ConclusionState.SIGNED)
        assert english_words(stage) == set()


def english_words(stage: Stage) -> set[str]:
    """English words that are seen, but for what stays Latin in Russian too."""
    return {text for text in english(stage.view) if LATIN.search(STAYS_LATIN.sub("", text))}


ENDED = (
    (RequestStatus.CLOSED_WITHOUT_CONCLUSION, "Closed without a conclusion"),
    (RequestStatus.INVITED_IN_PERSON, "The patient is invited to a visit in person"),
    (RequestStatus.INPATIENT_CARE, "Treatment in hospital is recommended"),
    (RequestStatus.CANCELLED_LATE, "The patient has cancelled too late"),
)


@pytest.mark.parametrize(("status", "told"), ENDED)
async def test_a_request_that_has_ended_without_a_conclusion_says_how_and_asks_for_nothing(
    qtbot: QtBot, around: Surroundings, status: RequestStatus, told: str
) -> None:
    """OZ-22, SPB-22, DRC-12: neither a PIN nor files to be opened, and what the patient knows."""
    async with staged(qtbot, around) as stage:
        empty = msgspec.structs.replace(FILLED, history="")
        await stage.scene.open(make_conclusion(stage.scene.row, form=empty))
        assert stage.view.form.history.isVisible()
        cards, row = stage.scene.requests.cards, stage.scene.row
        note = Outcome(
            code="", note="Пришлите ЭхоКГ.", at=SCENE_NOW, rendered=False, patients_fault=False
        )
        cards[row.id] = msgspec.structs.replace(cards[row.id], outcome=note)
        stage.scene.become(status)
        ended = stage.scene.requests.rows[row.id]
        cards[row.id] = msgspec.structs.replace(cards[row.id], row=ended)
        await until(lambda: stage.said("locked.title") == told)
        known = "The patient was told: Пришлите ЭхоКГ."
        await until(lambda: stage.said("locked.detail") == known)
        assert stage.said("files").startswith("Nothing is signed")
        for name in ("pin", "sign", "openFile", "unopenedReason", "decision.ending", "findCode"):
            seen = stage.view.findChild(QWidget, f"conclusion.{name}")
            assert seen is None or not seen.isVisible(), name
        assert stage.said("filled") == stage.said("kept") == stage.said("message") == ""
        assert not stage.view.form.history.isVisible(), "nothing stands there"
        assert stage.view.form.findings.isVisible()
        assert not stage.view.form.decision.isVisible(), "there is none"


async def test_what_is_missing_is_read_before_the_names_of_other_things(
    qtbot: QtBot, around: Surroundings
) -> None:
    """At the narrowest window the line over the form gives up words that tooltips keep."""
    async with staged(qtbot, around) as stage:
        empty = msgspec.structs.replace(FILLED, recommendations="")
        await stage.scene.open(
            make_conclusion(stage.scene.row, form=empty, state=ConclusionState.RETURNED, edition=3)
        )
        head, editions = stage.view.form.head, stage.view.form.editions
        head.show_template("template: a long name of a template 3.1")
        head.setFixedWidth(900)
        await until(lambda: editions.text() == "Editions: 2")
        assert head.to_missing.isVisible()
        head.setFixedWidth(760)
        await until(lambda: editions.text() == "2")
        assert editions.accessibleName() == "Editions: 2"
        assert editions.toolTip() == "Editions: 2 (Ctrl+Shift+H)"
        assert stage.said("filled") == "1 not filled: recommendations"
        filled = stage.view.form.filled
        await until(lambda: filled.width() >= filled.sizeHint().width())
        stage.view.form.complaints.edit.setFocus()
        head.setFixedWidth(900)
        await until(head.to_missing.isVisible)
        stage.press_button("toMissing")
        assert stage.focus() == "conclusion.recommendations"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("patient.full_name", "The patient's name: signs that cannot be printed: 😀"),
        ("unopened_reason", "Why files were not opened: signs that cannot be printed: 😀"),
        ("decision", "Decision: signs that cannot be printed: 😀"),
    ],
)
async def test_signs_that_cannot_be_printed_are_named_with_what_holds_them(
    qtbot: QtBot, around: Surroundings, field: str, told: str
) -> None:
    async with staged(qtbot, around) as stage:
        stage.service.paper_errors.append(UnprintableText(field, ("😀",)))
        await stage.scene.open_filled()
        await until(lambda: stage.said("paper.title") == told)
        problem = "These signs cannot be printed: 😀. Remove them."
        assert stage.said("decision.problem") == (problem if field == "decision" else "")
        assert bool(stage.view.bar.reason.property("invalid")) is (field == "unopened_reason")
