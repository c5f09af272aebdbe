"""Text of one patient's case enters another's only after a question."""

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.factories import make_row
from workstation.ui.screens.approvals.decision_panel import ReasonEdit
from workstation.ui.screens.call.chat_field import ChatField
from workstation.ui.screens.conclusion.growing_edit import GrowingEdit
from workstation.ui.screens.triage.panel import WordsEdit
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CaseLineEdit
from workstation.ui.widgets.case_question import CaseQuestion
from workstation.ui.widgets.case_text import CASE_FORMAT, case_of, copied_in, show_case, shown
from workstation.ui.widgets.labels import TextBlock

pytestmark = pytest.mark.usefixtures("russian")
Field = QTextEdit | QPlainTextEdit | QLineEdit
CONTROL = Qt.KeyboardModifier.ControlModifier
ONE = make_row(full_name="Верещагин Павел Никитич")
OTHER = make_row(full_name="Лунёва Тамара Андреевна")
SAID = "Аортальный стеноз, градиент 52 мм рт. ст."
FIELDS: dict[str, Callable[[Theme], Field]] = {
    "conclusion": lambda theme: GrowingEdit(theme, "conclusion.findings"),
    "chat": ChatField,
    "decision": WordsEdit,
    "returning": ReasonEdit,
    "code": CaseLineEdit,
}


@dataclass(frozen=True)
class Desk:
    """A field on a view of a case."""

    view: QWidget
    field: Field

    def type_in(self, text: str) -> None:
        """Puts the text there and selects it."""
        put = self.field.setText if isinstance(self.field, QLineEdit) else self.field.setPlainText
        put(text)
        self.field.selectAll()

    def press(self, key: Qt.Key) -> None:
        """Ctrl and a letter."""
        QTest.keyClick(self.field, key, CONTROL)

    @property
    def text(self) -> str:
        """What stands in the field."""
        field = self.field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    @property
    def question(self) -> CaseQuestion | None:
        """What is asked now."""
        asked = self.view.findChildren(CaseQuestion)
        return next((one for one in asked if one.isVisible()), None)

    @property
    def is_asked(self) -> bool:
        """Whether a question stands there."""
        return self.question is not None

    def answer(self, name: str) -> None:
        """Presses a button of the question."""
        assert self.question is not None
        getattr(self.question, name).click()


@pytest.fixture(params=list(FIELDS))
def desk(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    """Each field of a case in turn."""
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(500, 300)
    field = FIELDS[request.param](theme)
    QVBoxLayout(view).addWidget(field)
    show_case(view, shown(ONE))
    view.show()
    view.activateWindow()
    field.setFocus()
    QGuiApplication.clipboard().clear()
    yield Desk(view, field)
    QGuiApplication.clipboard().clear()


def test_foreign_text_comes_in_after_a_question_alone(desk: Desk) -> None:
    """Copied in one case and pasted in the next: nothing of it stands there unasked."""
    desk.type_in("I35.0")
    desk.press(Qt.Key.Key_C)
    gc.collect()
    show_case(desk.view, shown(OTHER))
    desk.field.clear()
    desk.press(Qt.Key.Key_V)
    assert desk.text == ""
    assert desk.question is not None
    said = {one.objectName(): one.text() for one in desk.question.findChildren(TextBlock)}
    assert said == {
        "caseQuestion.from": f"Скопировано в заявке {ONE.number}",
        "caseQuestion.here": f"Сейчас открыта: Лунёва Тамара Андреевна, заявка {OTHER.number}",
        "caseQuestion.text": "I35.0",
    }
    desk.answer("leave")
    assert desk.text == ""
    desk.press(Qt.Key.Key_V)
    desk.answer("insert")
    assert desk.text == "I35.0"


def test_enter_leaves_it_out(desk: Desk) -> None:
    """What is pressed by habit inserts nothing."""
    desk.type_in("I35.0")
    desk.press(Qt.Key.Key_X)
    assert desk.text == ""
    show_case(desk.view, shown(OTHER))
    desk.press(Qt.Key.Key_V)
    assert desk.question is not None
    QTest.keyClick(desk.question, Qt.Key.Key_Return)
    assert not desk.is_asked
    assert desk.text == ""


def test_ones_own_text_and_that_of_other_programs_come_in_at_once(desk: Desk) -> None:
    desk.type_in("I35.0")
    desk.press(Qt.Key.Key_C)
    desk.field.clear()
    desk.press(Qt.Key.Key_V)
    assert (desk.text, desk.question) == ("I35.0", None)
    QGuiApplication.clipboard().setText("I42.1")
    desk.field.clear()
    desk.press(Qt.Key.Key_V)
    assert (desk.text, desk.question) == ("I42.1", None)


def test_a_question_goes_with_its_field_and_inserts_into_no_third_case(desk: Desk) -> None:
    desk.type_in("I35.0")
    desk.press(Qt.Key.Key_X)
    show_case(desk.view, shown(OTHER))
    desk.press(Qt.Key.Key_V)
    show_case(desk.view, shown(make_row()))
    desk.answer("insert")
    assert desk.text == ""
    desk.press(Qt.Key.Key_V)
    question = desk.question
    assert question is not None
    desk.field.hide()
    assert not question.isVisible()
    assert desk.text == ""


def test_the_clipboard_says_nothing_of_the_patient_but_the_text(desk: Desk) -> None:
    """Other programs can read it."""
    desk.type_in("I35.0")
    desk.press(Qt.Key.Key_C)
    content = QGuiApplication.clipboard().mimeData()
    told = copied_in(content)
    assert told is not None
    assert told.request_id == ONE.id
    beside = bytes(content.data(CASE_FORMAT).data()).decode()
    assert not any(word in beside for word in ONE.patient.full_name.split())


def test_a_mark_that_cannot_be_read_is_none(desk: Desk) -> None:
    content = QMimeData()
    content.setText("x")
    content.setData(CASE_FORMAT, b"\xff{")
    assert copied_in(content) is None


@pytest.mark.parametrize("name", ["conclusion", "chat", "decision", "returning"])
def test_what_is_dragged_from_another_case_is_asked_about(
    qtbot: QtBot, theme: Theme, name: str
) -> None:
    """Drag and drop, and the selection of X11 with the middle button, go the same road."""
    source, target = Desk(QWidget(), FIELDS[name](theme)), Desk(QWidget(), FIELDS[name](theme))
    for desk, row in ((source, ONE), (target, OTHER)):
        qtbot.addWidget(desk.view)
        QVBoxLayout(desk.view).addWidget(desk.field)
        show_case(desk.view, shown(row))
        desk.view.show()
    source.type_in(SAID)
    field = source.field
    assert isinstance(field, QTextEdit | QPlainTextEdit)
    content = field.createMimeDataFromSelection()
    onto = target.field
    assert isinstance(onto, QTextEdit | QPlainTextEdit)
    port, place = onto.viewport(), onto.viewport().rect().center()
    actions = Qt.DropAction.CopyAction
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, actions, content, buttons, none)
    QApplication.sendEvent(port, entering)
    dropping = QDropEvent(QPointF(place), actions, content, buttons, none, QEvent.Type.Drop)
    QApplication.sendEvent(port, dropping)
    assert target.text == ""
    target.answer("insert")
    assert target.text == SAID


def test_undo_brings_back_nothing_of_the_case_before(qtbot: QtBot, theme: Theme) -> None:
    """A field that shows another case has forgotten what was typed in the first."""
    edit = GrowingEdit(theme, "conclusion.findings")
    qtbot.addWidget(edit)
    edit.show()
    edit.insertPlainText("о первом")
    edit.show_text("о втором")
    QTest.keyClick(edit, Qt.Key.Key_Z, CONTROL)
    assert edit.toPlainText() == "о втором"


def test_a_field_belongs_to_the_nearest_case(qtbot: QtBot) -> None:
    """A card beside a list, a panel inside the card."""
    outer = QWidget()
    qtbot.addWidget(outer)
    card, panel = QWidget(outer), QWidget()
    panel.setParent(card)
    assert case_of(panel) is None
    show_case(outer, shown(ONE))
    assert case_of(panel) == shown(ONE)
    show_case(card, shown(OTHER))
    assert case_of(panel) == shown(OTHER)
    show_case(card, shown(None))
    assert case_of(panel) == shown(ONE)


ENDS = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from workstation.ui.widgets.case_text import leave_plain_text, marked
application = QApplication([])
source = QWidget()
clipboard = QGuiApplication.clipboard()
clipboard.setMimeData(marked("copied", source))
leave_plain_text()
assert clipboard.text() == "copied"
"""


def test_what_was_copied_outlives_the_program_as_plain_text() -> None:
    """Content of Python in the clipboard ended the process behind its end, with a signal."""
    done = subprocess.run([sys.executable, "-c", ENDS], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
