"""Words in doubt in the conclusion's form: wavy lines, the menu, the key, the switch."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from backend_client.models.conclusions import Decision, FurtherDiagnosis
from tests.ui.conclusion_scene import FAST, FILLED, ConclusionScene, make_conclusion
from tests.ui.fake_spelling import FakeSpelling
from tests.ui.queue_desk import Surroundings
from tests.ui.test_conclusion_view import CTRL, Stage
from tests.ui.waiting import until
from workstation.ui.choices import WritingChoices
from workstation.ui.screens.conclusion.asked import Aids
from workstation.ui.screens.conclusion.citing_edit import CitingEdit
from workstation.ui.screens.conclusion.spelled_line import SpelledLineEdit
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.settings.view import SettingsView

MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
WRONG = "Одышъъка при нагрузке,\nотъъёки вечером."


class SpellingDesk(Stage):
    """The screen with a spelling that knows one mistake."""

    def __init__(self, qtbot: QtBot, around: Surroundings) -> None:
        self.theme = around.theme
        self.scene = ConclusionScene(around.words)
        self.service, self.spelling = self.scene.service, FakeSpelling()
        self.model = self.scene.model = ConclusionViewModel(
            self.scene.requests,
            self.service,
            around.words.time,
            pace=FAST,
            aids=replace(Aids(), spelling=self.spelling),
        )
        self.view = ConclusionView(self.model, around.theme, around.shortcuts, around.words)
        qtbot.addWidget(self.view)
        self.view.resize(1314, 742)
        self.view.show()
        self.view.activateWindow()

    @property
    def edit(self) -> CitingEdit:
        """Of the complaints."""
        return self.view.form.complaints.edit

    def underlined(self, edit: CitingEdit | None = None) -> list[str]:
        """What has a wavy line on the screen."""
        wave = QTextCharFormat.UnderlineStyle.WaveUnderline
        shown = (edit or self.edit).extraSelections()
        lines = [one for one in shown if one.format.underlineStyle() is wave]
        return [one.cursor.selectedText() for one in lines]

    async def menu(self) -> QMenu:
        """The menu that opens with the answer."""
        await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    async def leave(self, menu: QMenu, chosen: QAction | None = None) -> None:
        """Enter on an entry, or Esc; offscreen a menu does not give the window back by itself."""
        menu.close()
        if chosen is not None:
            chosen.trigger()
        window = self.view.windowHandle()
        window.requestActivate()
        await until(window.isActive)


def entry(menu: QMenu, text: str) -> QAction:
    return next(one for one in menu.actions() if text in one.text())


@asynccontextmanager
async def desk(
    qtbot: QtBot, around: Surroundings, complaints: str = WRONG
) -> AsyncIterator[SpellingDesk]:
    stage = SpellingDesk(qtbot, around)
    form = msgspec.structs.replace(FILLED, complaints=complaints)
    await stage.scene.open(make_conclusion(stage.scene.row, form=form))
    try:
        yield stage
    finally:
        await stage.model.close()
        stage.view.hide()


async def test_words_in_doubt_have_a_wavy_line_and_the_text_stays_as_it_is(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around) as stage:
        await until(lambda: stage.underlined() == ["Одышъъка", "отъъёки"])
        assert stage.underlined(stage.view.form.findings.edit) == []
        assert stage.edit.toPlainText() == WRONG
        assert not stage.edit.document().isUndoAvailable()
        assert stage.model.form.complaints == WRONG
        assert stage.model.draft is not None
        assert stage.model.draft.is_kept  # lines are no change of the text


async def test_the_word_that_is_typed_is_left_alone_until_the_caret_leaves_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around, "Жалоб нет.") as stage:
        stage.edit.setFocus()
        stage.type(" плъъ")
        await until(lambda: "Жалоб нет. плъъ" in stage.spelling.asked)
        await until(lambda: stage.model.spelling.knows("Жалоб нет. плъъ"))
        assert stage.underlined() == []
        stage.press(Qt.Key.Key_Home)
        await until(lambda: stage.underlined() == ["плъъ"])
        before = len(stage.spelling.asked)
        stage.press(Qt.Key.Key_Return)
        stage.type("Новое")
        await until(lambda: stage.underlined() == ["плъъ"] and len(stage.spelling.asked) > before)


@MENU
async def test_the_key_leads_to_each_word_and_a_suggestion_is_one_key_more(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around) as stage:
        await until(lambda: len(stage.underlined()) == 2)
        stage.edit.setFocus()
        stage.edit.moveCursor(stage.edit.textCursor().MoveOperation.Start)
        stage.press(Qt.Key.Key_F7, CTRL)
        menu = await stage.menu()
        assert menu.activeAction().text() == "Одышка"
        await stage.leave(menu, menu.activeAction())
        assert stage.edit.toPlainText().startswith("Одышка при")
        await until(lambda: stage.underlined() == ["отъъёки"])
        stage.press(Qt.Key.Key_F7, CTRL)
        menu = await stage.menu()
        assert menu.activeAction().text() == "отёки"
        await stage.leave(menu)
        assert stage.edit.textCursor().selectedText() == "отъъёки"
        stage.edit.undo()
        assert stage.edit.toPlainText() == WRONG


@MENU
async def test_a_word_of_ones_own_is_in_doubt_no_more_until_it_is_taken_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around) as stage:
        await until(lambda: len(stage.underlined()) == 2)
        stage.press(Qt.Key.Key_F7, CTRL)
        menu = await stage.menu()
        own = entry(menu, "dictionary")
        word = stage.edit.textCursor().selectedText()
        assert word in own.text()
        await stage.leave(menu, own)
        await until(lambda: len(stage.underlined()) == 1)
        assert stage.spelling.own == {word}
        plain = QMenu(stage.edit)
        stage.edit.spelling.add_own_entry(plain, word)
        entry(plain, "Remove").trigger()
        await until(lambda: len(stage.underlined()) == 2)


async def test_off_marks_nothing_and_asks_nobody(qtbot: QtBot, around: Surroundings) -> None:
    async with desk(qtbot, around) as stage:
        await until(lambda: len(stage.underlined()) == 2)
        stage.model.spelling.switch(False)
        assert stage.underlined() == []
        asked = len(stage.spelling.asked)
        stage.model.spelling.renew()
        assert len(stage.spelling.asked) == asked
        stage.model.spelling.switch(True)
        await until(lambda: len(stage.underlined()) == 2)


def test_the_settings_turn_it_off(qtbot: QtBot, around: Surroundings) -> None:
    choices = WritingChoices()
    view = SettingsView(around.look, around.theme, writing=choices)
    qtbot.addWidget(view)
    off = view.findChild(QPushButton, "settings.spelling.False")
    assert off is not None
    off.click()
    assert not choices.spelling
    assert off.isChecked()


def waves(stage: SpellingDesk, line: SpelledLineEdit) -> int:
    """Pixels of the field in the colour of the wavy line, or nearly."""
    picture, mark = line.grab().toImage(), stage.theme.color("danger.mark")
    near = 60
    return sum(
        abs(seen.red() - mark.red()) + abs(seen.green() - mark.green()) < near
        and abs(seen.blue() - mark.blue()) < near
        for y in range(picture.height())
        for x in range(picture.width())
        for seen in [picture.pixelColor(x, y)]
    )


@MENU
async def test_fields_of_one_line_are_judged_and_mended_by_key(
    qtbot: QtBot, around: Surroundings
) -> None:
    stage = SpellingDesk(qtbot, around)
    form = msgspec.structs.replace(
        FILLED,
        further=(FurtherDiagnosis(icd10="I11.0", text="Гипертъъония 😀 отъъёки"),),
        decision=Decision.IN_PERSON,
        decision_note="через недъъелю",
        unopened_reason="стъъарые",
    )
    await stage.scene.open(make_conclusion(stage.scene.row, form=form))
    try:
        words = stage.view.form.diagnosis.further.rows[0].words
        note, reason = stage.view.form.decision.note, stage.view.bar.reason
        await until(lambda: words.doubtful() == ["Гипертъъония", "отъъёки"])
        await until(lambda: (note.doubtful(), reason.doubtful()) == (["недъъелю"], ["стъъарые"]))
        assert waves(stage, words) > 0
        words.setFocus()
        words.setCursorPosition(len("Гипертъъония 😀 "))
        stage.press(Qt.Key.Key_F7, CTRL)
        menu = await stage.menu()
        assert words.selectedText() == "отъъёки"
        await stage.leave(menu, menu.actions()[0])
        assert stage.model.form.further[0].text == "Гипертъъония 😀 отёки"
        words.undo()
        assert stage.model.form.further[0].text == "Гипертъъония 😀 отъъёки"
        words.setText("Гипертония")
        await until(lambda: words.doubtful() == [])
        assert waves(stage, words) == 0
        reason.setFocus()
        reason.setCursorPosition(0)
        stage.press(Qt.Key.Key_F7, CTRL)
        menu = await stage.menu()
        await stage.leave(menu, entry(menu, "Add"))
        await until(lambda: reason.doubtful() == [])
    finally:
        await stage.model.close()
        stage.view.hide()


async def test_the_word_being_typed_in_one_line_has_no_wave_and_a_locked_line_none(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around, "Жалоб нет.") as stage:
        decision = stage.view.form.decision
        decision.choices[Decision.IN_PERSON].click()
        decision.note.setFocus()
        stage.type("плъъ")
        await until(lambda: stage.model.spelling.knows("плъъ"))
        assert decision.note.doubtful() == []
        stage.press(Qt.Key.Key_Home)
        await until(lambda: decision.note.doubtful() == ["плъъ"])
        decision.note.setReadOnly(True)
        assert decision.note.doubtful() == []
