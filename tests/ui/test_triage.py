"""Decisions from the queue by keys alone, alike under both layouts: panels, menu, reasons."""

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    CloseReason,
    CloseWithoutConclusion,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
)
from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.routes import Route
from tests.factories import make_owner, make_row
from tests.ui.keys import scan_code
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import checklist, scene_rows
from tests.ui.triage_keys import Keyboard, ordered, own_row, said
from tests.ui.waiting import until
from workstation.ui.screens.triage.more_menu import MoreMenu

pytestmark = pytest.mark.usefixtures("russian")
BOTH = pytest.mark.parametrize("cyrillic", [False, True])
MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def lacking(**changes: object) -> RequestRow:
    """A request without its ECG."""
    lacks: dict[str, object] = {
        "status": RequestStatus.AWAITING_DOCUMENTS,
        "checklist": checklist(ecg="missing"),
        "missing_documents": ["ecg"],
    }
    return make_row(**(lacks | changes))


def panel_words(desk: QueueDesk) -> str:
    return desk.card.panel.words.toPlainText()


@BOTH
async def test_documents_are_asked_for_in_two_keys(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """OZ-4, OZ-19: the missing item is ticked, the words are written; A and Enter."""
    row = lacking()
    async with open_queue(qtbot, around, [row]) as desk:
        keys = Keyboard(desk, cyrillic)
        keys.press("A")
        assert desk.card.panel.isVisible()
        assert not desk.card.footer.isVisible(), "one filled button at a time"
        keys.press("Enter")
        await until(lambda: desk.card.triage.panel is None)
        assert keys.pressed == 2
        given = said(desk)
        assert isinstance(given, AskDocuments)
        assert (given.items, given.version) == (["ecg"], row.version)
        assert "\u2013 ЭКГ\n" in given.text
        assert desk.view.table.hasFocus()


@BOTH
async def test_a_request_is_declined_in_three_keys(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk, cyrillic)
        keys.press("D", "2", "Enter")
        await until(lambda: bool(ordered(desk)))
        assert keys.pressed == 3
        assert said(desk) == Decline(version=1, reason=DeclineReason.NEEDS_IN_PERSON_CARE)


async def test_ticks_write_the_words_until_the_doctor_does(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The text follows the ticks; from the first changed letter on it is the doctor's."""
    async with open_queue(qtbot, around, [lacking()]) as desk:
        keys = Keyboard(desk)
        keys.press("A", "2")
        assert "\u2013 ЭКГ\n\u2013 КТ, по наличию\n" in panel_words(desk)
        keys.press("1")
        assert "ЭКГ" not in panel_words(desk)
        keys.press("Tab")
        keys.type("Ж")
        own = panel_words(desk)
        desk.card.panel.options.setFocus()
        keys.press("1")
        assert panel_words(desk) == own
        desk.card.panel.words.setFocus()
        keys.press("Ctrl+Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, AskDocuments)
        assert (given.items, given.text) == (["ecg", "ct"], own.strip())


async def test_without_missing_items_the_absent_ones_stand_unticked(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [make_row(checklist=checklist())]) as desk:
        keys = Keyboard(desk)
        keys.press("A")
        panel = desk.card.triage.panel
        assert panel is not None
        assert [one.code for one in panel.content.options] == ["ct", "mri"]
        assert panel.chosen == []
        keys.press("Enter")
        assert desk.card.panel.problem.text() == "Выберите строку цифрой"
        assert ordered(desk) == []
        keys.press("Down", "Space", "Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, AskDocuments)
        assert given.items == ["mri"]


async def test_esc_closes_the_panel_and_keeps_nothing(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk)
        keys.press("D", "3", "Tab")
        keys.type("слова")
        keys.press("Esc")
        assert not desk.card.panel.isVisible()
        assert desk.view.table.hasFocus()
        keys.press("D")
        panel = desk.card.triage.panel
        assert panel is not None
        assert (panel.chosen, panel_words(desk)) == ([], "")
        assert ordered(desk) == []


@BOTH
async def test_out_of_profile_has_its_words(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        Keyboard(desk, cyrillic).press("O", "Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert ordered(desk) == [Action.OUT_OF_PROFILE]
        assert isinstance(given, EndWithNote)
        assert given.note.startswith("Ваше заболевание не входит в перечень")


@BOTH
async def test_a_duty_question_goes_to_the_centre(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """OZ-13."""
    async with open_queue(qtbot, around, [make_row(route=Route.DUTY)]) as desk:
        Keyboard(desk, cyrillic).press("V", "Enter")
        await until(lambda: bool(ordered(desk)))
        assert (ordered(desk), said(desk)) == ([Action.CONVERT], ActWithNote(version=1))


@pytest.mark.parametrize(
    ("key", "action", "text"),
    [
        ("H", Action.INVITE_IN_PERSON, "Вас нужно осмотреть очно"),
        ("I", Action.RECOMMEND_INPATIENT, "Вам нужно лечение в стационаре"),
    ],
)
@BOTH
async def test_other_ends_have_their_words(
    qtbot: QtBot, around: Surroundings, key: str, action: Action, text: str, *, cyrillic: bool
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        Keyboard(desk, cyrillic).press(key, "Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert ordered(desk) == [action]
        assert isinstance(given, EndWithNote)
        assert given.note.startswith(text)


@BOTH
async def test_closing_without_a_conclusion_asks_for_the_reason(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """SPB-22: a coded reason, and words to the patient."""
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk, cyrillic)
        keys.press("W", "5", "Enter")
        assert ordered(desk) == [], "of another reason there are no words yet"
        keys.press("Ctrl+Enter")
        assert desk.card.panel.words.hasFocus()
        desk.card.panel.options.setFocus()
        keys.press("3", "Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, CloseWithoutConclusion)
        assert given.reason is CloseReason.TECHNICAL_FAILURE
        assert given.note.startswith("По техническим причинам")


@BOTH
async def test_one_key_marks_a_threat_to_life(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """F9 acts while the doctor types, too; what the patient will be told stands there for ten
    seconds, and a second press neither doubles it nor takes it back."""
    async with open_queue(qtbot, around, [make_row()]) as desk:
        desk.view.search.setFocus()
        keys = Keyboard(desk, cyrillic)
        keys.press("F9")
        line = desk.card.lines.undo
        await until(line.isVisible)
        assert ordered(desk) == [Action.MARK_LIFE_THREAT]
        assert said(desk) == MarkLifeThreat(life_threat=True), "upon whatever state it is in"
        assert line.line.text().startswith("Угроза жизни, пациенту будет сказано звонить 103: ")
        assert desk.view.search.hasFocus()
        await keys.settled()
        keys.press("F9")
        assert ordered(desk) == [Action.MARK_LIFE_THREAT]
        assert desk.card.footer.problem.text() == "Уже отмечено. Отменить: Z, Alt+Z"


async def test_the_mark_of_a_threat_is_taken_away_by_the_same_key(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [make_row(life_threat=True)]) as desk:
        assert desk.card.footer.threat.text() == "Снять угрозу"
        Keyboard(desk).press("F9")
        line = desk.card.lines.undo
        await until(line.isVisible)
        assert said(desk) == MarkLifeThreat(life_threat=False)
        assert line.line.text().startswith("Отметка об угрозе жизни будет снята: ")


async def test_a_threat_goes_before_an_open_panel_and_gives_it_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk)
        keys.press("D", "2", "Tab")
        keys.type("слова")
        keys.press("F9")
        await until(lambda: ordered(desk) == [Action.MARK_LIFE_THREAT])
        await keys.settled()
        panel = desk.card.triage.panel
        assert panel is not None
        assert (panel.content.action, panel.words) == (Action.DECLINE, "слова")
        keys.press("F9")
        assert desk.card.panel.problem.text() == "Уже отмечено. Отменить: Z, Alt+Z"


@BOTH
async def test_an_item_that_does_not_apply_needs_a_reason(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """OZ-6."""
    async with open_queue(qtbot, around, [lacking()]) as desk:
        await desk.card_is_read()
        keys = Keyboard(desk, cyrillic)
        keys.press("X")
        assert "Tab и стрелки" in desk.card.footer.problem.text()
        keys.press("Tab", "Down", "Down", "Down")
        keys.press("X")
        assert desk.card.panel.title.text().startswith("Неприменимо: ")
        keys.press("Ctrl+Enter")
        assert ordered(desk) == []
        keys.type("клаустрофобия")
        keys.press("Ctrl+Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, MarkItem)
        assert given.reason == "клаустрофобия"


async def test_the_same_key_says_that_it_applies_after_all(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(checklist=checklist(mri="not_applicable"))
    async with open_queue(qtbot, around, [row]) as desk:
        items = desk.card.documents.list
        items.setFocus()
        items.setCurrentIndex(items.model().index(5, 0))
        Keyboard(desk).press("X")
        await until(lambda: bool(ordered(desk)))
        assert said(desk) == MarkItem(version=1, item="mri", reason="")


@BOTH
async def test_a_request_is_taken_and_given_back_without_opening(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk, cyrillic)
        keys.press("Space")
        await until(lambda: ordered(desk) == [Action.CLAIM])
        await keys.settled()
        assert desk.opened == []
        keys.press("R")
        await until(lambda: Action.RELEASE in ordered(desk))


@MENU
@BOTH
async def test_the_menu_knows_the_keys_too(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk, cyrillic)
        keys.press("M")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, MoreMenu)
        texts = {entry.objectName(): entry for entry in menu.actions()}
        assert texts["triage.decline"].text() == "Отклонить\tD"
        assert texts["triage.decline"].isEnabled()
        convert = texts["triage.convert"]
        assert not convert.isEnabled()
        assert convert.toolTip() == "Только для вопросов дежурному врачу"
        QApplication.sendEvent(menu, _press_of_d(cyrillic=cyrillic))
        assert desk.card.triage.panel is not None
        assert desk.card.triage.panel.content.action is Action.DECLINE


def _press_of_d(*, cyrillic: bool) -> QKeyEvent:
    letter = "в" if cyrillic else "d"
    code = ord(letter.upper())
    none = Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, code, none, scan_code("D"), 0, 0, letter)


async def test_what_is_not_possible_says_why(qtbot: QtBot, around: Surroundings) -> None:
    owner = make_owner("Сафонов Д. В.", is_me=False)
    taken = make_row(owner=owner, status=RequestStatus.CLAIMED, allowed_actions=[])
    rows = [
        taken,
        make_row(route=Route.DUTY),
        make_row(),
        make_row(status=RequestStatus.SIGNED, allowed_actions=[]),
        make_row(checklist=[], route=Route.JOURNAL),
    ]
    expected = [
        ("D", "Работает Сафонов Д. В."),
        ("O", "На этом маршруте нет перечня заболеваний"),
        ("R", "С заявкой никто не работает"),
        ("A", "Нельзя, пока заявка в состоянии «Ждёт согласования»"),
        ("A", "Здесь документы не запрашивают"),
    ]
    async with open_queue(qtbot, around, rows) as desk:
        keys = Keyboard(desk)
        for number, (key, reason) in enumerate(expected):
            desk.view.table.choose(number)
            desk.model.choose(number)
            keys.press(key)
            assert desk.card.footer.problem.text() == reason
            assert not desk.card.panel.isVisible()
        assert ordered(desk) == []


async def test_a_time_cannot_be_proposed_without_documents(
    qtbot: QtBot, around: Surroundings
) -> None:
    """T says why instead of doing nothing."""
    own = own_row(checklist=checklist(ecg="missing"), missing_documents=["ecg"])
    async with open_queue(qtbot, around, [own, make_row()]) as desk:
        keys = Keyboard(desk)
        keys.press("T")
        assert desk.card.footer.problem.text() == "Сначала документы: нет ЭКГ. Запросить: A"
        keys.press("J", "T")
        assert desk.card.footer.problem.text() == "Сначала возьмите заявку: Enter"


async def test_words_wait_for_their_request(qtbot: QtBot, around: Surroundings) -> None:
    """Going on to another request takes no words there, and loses none."""
    async with open_queue(qtbot, around, [make_row(), make_row()]) as desk:
        keys = Keyboard(desk)
        keys.press("D", "1", "J")
        assert not desk.card.panel.isVisible()
        assert desk.view.table.hasFocus()
        keys.press("K")
        panel = desk.card.triage.panel
        assert panel is not None
        assert panel.chosen == ["not_enough_data"]
        assert desk.view.table.hasFocus(), "nothing is carried out unasked"


async def test_an_unknown_state_is_not_acted_upon(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row(status=RequestStatus.UNKNOWN, allowed_actions=[Action.CLAIM])
    async with open_queue(qtbot, around, [row]) as desk:
        Keyboard(desk).press("A", "D", "Space")
        assert ordered(desk) == []
        assert not desk.card.footer.threat.isEnabled()


HOSTILE = [
    "<h1>Иванов</h1> <img src=x>",
    "\u202eнавИ \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",
    "Иванов \U0001f469\u200d\u2695\ufe0f Пётр",
    "Константинопольский " * 25,
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_texts_stay_literal_and_the_layout_stands(
    qtbot: QtBot, around: Surroundings, name: str
) -> None:
    items = [msgspec.structs.replace(item, title=name) for item in checklist(ecg="missing")]
    row = lacking(full_name=name, checklist=items)
    async with open_queue(qtbot, around, [row]) as desk:
        width = desk.card.width()
        keys = Keyboard(desk)
        keys.press("A")
        assert name.strip() in panel_words(desk)
        keys.press("Enter")
        await until(lambda: desk.card.triage.panel is None)
        assert desk.card.width() == width
        assert desk.card.lines.undo.button.isVisible()
        right = desk.card.lines.undo.seconds.geometry().right()
        assert right <= desk.card.lines.undo.width()


@pytest.mark.parametrize("scale", [1.0, 1.5])
async def test_every_part_of_a_panel_is_seen(
    qtbot: QtBot, around: Surroundings, scale: float
) -> None:
    around.theme.choose(around.theme.scheme, scale)
    async with open_queue(qtbot, around, scene_rows(), size=(1231, 729)) as desk:
        keys = Keyboard(desk)
        for opener in ("A", "D", "W", "O"):
            keys.press(opener)
            panel = desk.card.panel
            desk.view.grab()
            assert panel.geometry().bottom() <= desk.card.height()
            assert panel.send.geometry().bottom() <= panel.height()
            assert desk.card.identity.name.isVisible()
            assert panel.options.height() >= panel.options.minimumSizeHint().height()
            keys.press("Esc")
    around.theme.choose(around.theme.scheme, 1.0)
