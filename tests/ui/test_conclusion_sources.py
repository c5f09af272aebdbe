"""Numbers and sources on the conclusion screen: chips, list, keys, carets, another patient."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.errors import Rejected
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionForm, ConclusionState
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestStatus
from tests.factories import make_card, make_row
from tests.made_up_findings import QT, RR, make_evidence
from tests.ui.conclusion_scene import FILLED, make_conclusion
from tests.ui.queue_desk import Surroundings
from tests.ui.test_conclusion_view import Stage, staged
from tests.ui.waiting import until
from workstation.core.citations import with_source
from workstation.ui.screens.conclusion.citing_edit import CitingEdit
from workstation.ui.screens.conclusion.source_list import SourceList
from workstation.ui.widgets.labels import SignLabel

ALT = Qt.KeyboardModifier.AltModifier


def edit_of(stage: Stage) -> CitingEdit:
    return stage.view.form.findings.edit


def sources_of(stage: Stage) -> SourceList:
    return stage.view.form.sources


def a_source(stage: Stage, number: int = 1, **changes: object) -> Evidence:
    """Of the case's first file."""
    file = stage.scene.files[0]
    own = {"document_id": file.id, "sha256": file.sha256, "title": file.title}
    return make_evidence(number, **(own | changes))


async def open_with(stage: Stage, text: str, *sources: Evidence, **changes: object) -> list[int]:
    """Opens a draft with that text; what is asked for comes into the list."""
    form = msgspec.structs.replace(FILLED, findings=text, evidence=sources)
    wanted: list[int] = []
    stage.model.source_wanted.connect(lambda _, source: wanted.append(source.number))
    await stage.scene.open(make_conclusion(stage.scene.row, form=form, **changes))
    return wanted


def place_of(edit: CitingEdit, words: str) -> QPoint:
    """The middle of these words in the field."""
    cursor = edit.textCursor()
    cursor.setPosition(edit.toPlainText().index(words) + len(words) // 2)
    return edit.cursorRect(cursor).center()


def click(edit: CitingEdit, words: str) -> None:
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=place_of(edit, words))


def put_caret(edit: CitingEdit, place: int) -> None:
    caret = edit.textCursor()
    caret.setPosition(place)
    edit.setTextCursor(caret)


def said(stage: Stage, name: str) -> str:
    label = stage.view.findChild(SignLabel, f"conclusion.sources.{name}")
    assert label is not None
    return label.text() if label.isVisible() else ""


async def test_one_click_on_a_number_leads_to_its_source(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        text = f"🙂 {QT} [1]\n{RR} [2]"
        wanted = await open_with(stage, text, a_source(stage), a_source(stage, 2))
        for words in ("[2]", "[1]", "RR 882"):
            click(edit_of(stage), words)
        assert wanted == [2, 1]


async def test_a_selection_that_ends_on_a_number_is_no_click(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        wanted = await open_with(stage, f"{QT} [1]", a_source(stage))
        edit, button = edit_of(stage), Qt.MouseButton.LeftButton
        QTest.mousePress(edit.viewport(), button, pos=place_of(edit, "396"))
        QTest.mouseMove(edit.viewport(), place_of(edit, "[1]"))
        QTest.mouseRelease(edit.viewport(), button, pos=place_of(edit, "[1]"))
        assert wanted == []


async def test_the_key_means_the_number_at_the_caret_or_of_its_line(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        text = "А [1] и [2]\nбез номера\nБ [2]"
        wanted = await open_with(stage, text, a_source(stage), a_source(stage, 2))
        edit = edit_of(stage)
        edit.setFocus()
        for place in (text.index("[1]"), text.index("[1]") + 3, 0, text.index("без"), len(text)):
            put_caret(edit, place)
            stage.press(Qt.Key.Key_Return, ALT)
        assert wanted == [1, 1, 2, 2]
        assert edit.toPlainText() == text, "the key writes nothing"


async def test_lines_of_the_list_are_walked_by_tab_and_opened_by_keys(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        sources = a_source(stage), a_source(stage, 2, text=RR)
        wanted = await open_with(stage, f"{QT} [1]\n{RR} [2]", *sources)
        edit_of(stage).setFocus()
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.source"
        stage.press(Qt.Key.Key_Return)
        stage.press(Qt.Key.Key_Tab)
        stage.press(Qt.Key.Key_Return, ALT)
        stage.press(Qt.Key.Key_Tab)
        assert stage.focus() == "conclusion.code"
        assert wanted == [1, 2]
        names = [row.accessibleName() for row in sources_of(stage).rows]
        title = stage.scene.files[0].title
        assert names[1] == f"[2] {RR}; {title}, 12.11.2026; by hand"


async def test_numbers_out_of_order_are_said(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        await open_with(stage, f"{QT} [1] [7]", a_source(stage), a_source(stage, 2))
        assert said(stage, "missing") == "Without a source: [7]"
        assert said(stage, "uncited") == "Not in the text, not printed: [2]"
        edit = edit_of(stage)
        click(edit, "[7]")
        put_caret(edit, len(edit.toPlainText()))
        stage.type(" [2]")
        assert said(stage, "uncited") == ""
        assert len(sources_of(stage).rows) == 2
        edit.selectAll()
        stage.press(Qt.Key.Key_Delete)
        assert said(stage, "uncited") == "Not in the text, not printed: [1],\u00a0[2]"
        edit.undo()
        assert len(sources_of(stage).rows) == 2, "what was deleted comes back with its source"


async def test_a_file_that_is_gone_or_another_is_said(qtbot: QtBot, around: Surroundings) -> None:
    async with staged(qtbot, around) as stage:
        other = a_source(stage, sha256="00" * 32)
        gone = make_evidence(2, title="ЭКГ 02.10")
        await open_with(stage, "[1] [2]", other, gone)
        first, second = (row.accessibleName() for row in sources_of(stage).rows)
        assert "another file by now" in first
        assert "ЭКГ 02.10, not among the files of the case" in second


async def test_a_signed_conclusion_leads_to_its_sources_too(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.scene.become(RequestStatus.SIGNED)
        signed = ConclusionState.SIGNED
        wanted = await open_with(stage, f"{QT} [1]", a_source(stage), state=signed, sha256="ab")
        click(edit_of(stage), "[1]")
        assert wanted == [1]


async def test_a_finding_that_comes_in_disturbs_neither_caret_nor_undo(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await open_with(stage, "Ритм 🙂 синусовый.")
        edit = edit_of(stage)
        edit.setFocus()
        edit.moveCursor(QTextCursor.MoveOperation.End)
        stage.type(" Да")
        caret = edit.textCursor().position()
        draft = stage.model.draft
        assert draft is not None
        draft.put_in(with_source(draft.form, a_source(stage)))
        assert edit.toPlainText() == f"Ритм 🙂 синусовый. Да\n{QT} [1]"
        assert edit.textCursor().position() == caret
        stage.type("!")
        assert edit.toPlainText().startswith("Ритм 🙂 синусовый. Да!\n")
        for _ in range(8):
            edit.undo()
        assert edit.toPlainText() == "Ритм 🙂 синусовый."
        for _ in range(8):
            edit.redo()
        assert edit.toPlainText() == f"Ритм 🙂 синусовый. Да!\n{QT} [1]"
        await until(lambda: stage.scene.record.form.findings == edit.toPlainText())
        assert [one.number for one in stage.scene.record.form.evidence] == [1]


async def test_nothing_typed_in_one_case_can_be_brought_back_in_another(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Both have the same empty field: its undo is the first patient's."""
    async with staged(qtbot, around) as stage:
        other = make_row(full_name="Петров Пётр Петрович")
        stage.scene.requests.rows[other.id] = other
        stage.scene.requests.cards[other.id] = make_card(other, complaints="")
        await stage.scene.open()
        edit = edit_of(stage)
        edit.setFocus()
        stage.type("тайна")
        edit.selectAll()
        stage.press(Qt.Key.Key_Delete)
        stage.model.open(other.id)
        await until(lambda: stage.model.row is not None and stage.model.row.id == other.id)
        await until(lambda: stage.view.form.complaints.edit.toPlainText() == "")
        for bring in (edit.undo, edit.redo):
            bring()
            assert edit.toPlainText() == ""


async def test_a_source_that_the_server_does_not_take_lets_the_text_through(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        await open_with(stage, "Ритм.", a_source(stage))
        stage.service.saving.fail_with(Rejected(422, ProblemCode.SOURCE_NOT_OF_CASE))
        draft = stage.model.draft
        assert draft is not None
        draft.put_in(with_source(draft.form, a_source(stage, text=RR)))
        await until(lambda: stage.scene.record.form.findings == f"Ритм.\n{RR} [2]")
        assert stage.scene.record.form.evidence == (a_source(stage),)
        assert said(stage, "missing") == "Without a source: [2]"


@pytest.mark.parametrize("count", [200])
async def test_a_full_list_is_shown_whole(qtbot: QtBot, around: Surroundings, count: int) -> None:
    async with staged(qtbot, around) as stage:
        sources = tuple(a_source(stage, number) for number in range(1, count + 1))
        text = "\n".join(f"{one.text} [{one.number}]" for one in sources)
        wanted = await open_with(stage, text, *sources)
        assert len(sources_of(stage).rows) == count
        sources_of(stage).rows[-1].click()
        assert wanted == [count]


def test_the_form_of_before_reads_without_sources() -> None:
    old = b'{"findings":"QT 396","diagnosis":{"icd10":"I35.0"}}'
    assert msgspec.json.decode(old, type=ConclusionForm).evidence == ()
