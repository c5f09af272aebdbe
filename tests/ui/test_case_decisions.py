"""What is decided on a case while its files are open: by keys, beside the pictures, kept."""

import msgspec
import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode
from backend_client.models.request_actions import (
    AskDocuments,
    Decline,
    DeclineReason,
    MarkItem,
    MarkLifeThreat,
)
from backend_client.models.requests import Action, ConsentKind, RequestStatus
from tests.factories import changed_row, make_card, make_owner, make_row
from tests.ui.case_desk import LACKS, CaseDesk, open_case
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.ui.screens.palette.commands import WindowCommands
from workstation.ui.screens.request_card.digit_menu import DigitMenu
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.more_menu import MoreMenu
from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.cine_view import CineView

pytestmark = [
    pytest.mark.usefixtures("russian"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
BOTH = pytest.mark.parametrize("cyrillic", [False, True], ids=["latin", "cyrillic"])
OTHER = make_owner("Сафонов Д. В.", is_me=False)
NOBODYS: dict[str, object] = {
    "owner": None,
    "status": RequestStatus.READY,
    "allowed_actions": [Action.CLAIM],
}


def placed_in(place: CaseDesk, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(place.window, widget.rect().topLeft()), widget.size())


def pictures(place: CaseDesk) -> list[QWidget]:
    return [pane for pane in place.view.panes if pane.isVisible()]


def state_of_viewers(place: CaseDesk) -> list[object]:
    """All that the viewers' keys would change."""
    clips = [pane.viewer for pane in place.view.panes if isinstance(pane.viewer, CineView)]
    return [
        [pane.ecg_choices for pane in place.view.panes],
        [clip.is_playing for clip in clips],
        place.screens.review_model.one_pane,
        place.screens.review_model.active,
    ]


@BOTH
async def test_documents_are_asked_for_in_two_keys(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """OZ-4, OZ-19: F10 A, Enter; then the keys are the viewer's again, and the case stays open."""
    async with open_case(qtbot, around, cyrillic=cyrillic) as place:
        viewer = place.focus
        await place.decide("A")
        assert place.panel.content.action is Action.ASK_DOCUMENTS
        place.press("Enter")
        await until(lambda: place.triage.panel is None)
        given = place.said()
        assert isinstance(given, AskDocuments)
        assert (given.items, given.version) == (["conclusion"], place.scene.row.version)
        assert place.focus is viewer
        assert place.view.isVisible()
        assert place.view.facts.isVisible()


@BOTH
@pytest.mark.parametrize("action", [one for one in ACTION_KEYS if one.value != "claim"])
async def test_every_decision_has_its_own_letter_in_the_menu(
    qtbot: QtBot, around: Surroundings, action: Action, *, cyrillic: bool
) -> None:
    async with open_case(qtbot, around, cyrillic=cyrillic) as place:
        place.press("F10")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, MoreMenu)
        entry = next(one for one in menu.actions() if one.objectName() == ACTION_KEYS[action])
        if action is Action.CONVERT:
            assert not entry.isEnabled()
            assert entry.toolTip() == "Только для вопросов дежурному врачу"
        else:
            assert entry.isEnabled()
        place.press(key_label(ACTION_KEYS[action]))
        if action is Action.CONVERT:
            assert place.view.side.problem.isVisible()
            assert place.view.side.problem.text() == "Только для вопросов дежурному врачу"
        elif action is Action.MARK_ITEM:
            assert isinstance(QApplication.activePopupWidget(), DigitMenu)
        elif action is Action.RELEASE:
            await until(lambda: place.ordered() == [Action.RELEASE])
        elif action is Action.MARK_LIFE_THREAT:
            await until(lambda: place.ordered() == [Action.MARK_LIFE_THREAT])
        else:
            assert place.panel.content.action is action


@BOTH
async def test_the_letters_alone_are_the_viewers(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """Whatever the viewers will know some day, a letter decides nothing outside the menu."""
    async with open_case(qtbot, around, cyrillic=cyrillic) as place:
        for key in ("A", "D", "O", "V", "X", "H", "I", "W", "S", "R", "M"):
            place.press(key)
        assert place.triage.panel is None
        assert place.ordered() == []


@BOTH
async def test_f9_is_the_threat_at_once(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """Also while words are typed, which stay; Alt+Z takes it back from there."""
    async with open_case(qtbot, around, cyrillic=cyrillic) as place:
        await place.decide("D")
        place.press("5", "Tab")
        place.type("слова")
        place.press("F9")
        await until(lambda: place.ordered() == [Action.MARK_LIFE_THREAT])
        assert place.said() == MarkLifeThreat(life_threat=True)
        await until(lambda: not place.triage.is_busy)
        assert (place.panel.content.action, place.panel.words) == (Action.DECLINE, "слова")


async def test_whose_case_it_is_and_the_pictures_stay_in_sight(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_case(qtbot, around) as place:
        before = place.view.state()
        await place.decide("D")
        panel = placed_in(place, place.view.side.panel)
        seen = [place.view.identity_strip, *pictures(place)]
        assert all(one.isVisible() and one.width() > 300 for one in seen)
        assert not any(panel.intersects(placed_in(place, one)) for one in seen)
        words = place.view.identity_strip.words
        assert words is not None
        assert words.name == "Иванова Анна Петровна"
        assert not place.view.facts.isVisible()
        assert place.view.state() == before, "the room it takes is given back, and not kept"
        place.press("Esc")
        assert place.view.facts.isVisible()
        assert place.view.state() == before


async def test_with_the_largest_type_panel_and_pictures_are_whole(
    qtbot: QtBot, around: Surroundings
) -> None:
    around.theme.choose(around.theme.scheme, 2.0)
    async with open_case(qtbot, around) as place:
        await place.decide("D")
        whole = place.window.rect()
        await until(lambda: whole.contains(placed_in(place, place.view.side.panel)))
        assert all(whole.contains(placed_in(place, one)) for one in pictures(place))
        place.press("Esc")
        assert place.view.file_strip.isVisible()


async def test_the_menu_leaves_the_name_free(qtbot: QtBot, around: Surroundings) -> None:
    async with open_case(qtbot, around) as place:
        place.press("F10")
        menu = QApplication.activePopupWidget()
        assert menu is not None
        strip = place.view.identity_strip
        below = strip.mapToGlobal(strip.rect().bottomLeft()).y()
        assert menu.geometry().top() > below


@BOTH
async def test_viewers_get_no_key_of_a_decision(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """Digits, Space, arrows, the viewers' letters: in the lines of a panel they move nothing."""
    async with open_case(qtbot, around, cyrillic=cyrillic) as place:
        await place.decide("D")
        before = state_of_viewers(place)
        for key in ("3", "5", "9", "0", "Space", "Left", "S", "G", "M", "R", "F", "2"):
            place.press(key)
        assert state_of_viewers(place) == before
        assert place.panel.chosen == ["needs_in_person_care"]


async def test_a_file_that_comes_meanwhile_takes_no_focus(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The doctor turns files while deciding: PageDown; what is typed goes on into the panel."""
    async with open_case(qtbot, around) as place:
        await place.decide("D")
        model, lines = place.screens.review_model, place.view.side.panel.options
        shown = model.active.document
        place.press("PageDown")
        await until(lambda: model.active.document is not shown and model.active.info is not None)
        assert place.focus is lines
        place.press("2", "Esc")
        assert place.focus is not None
        assert any(
            pane.isAncestorOf(place.focus) or pane is place.focus for pane in pictures(place)
        )


async def test_what_changes_under_the_words_is_shown_and_they_stay(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_case(qtbot, around) as place:
        await place.decide("D")
        place.press("5", "Tab")
        place.type("слова")
        place.scene.change_row(life_threat=True)
        panel = place.view.side.panel
        await until(panel.differences.isVisible)
        assert [one.name for one in place.panel.differences] == ["Угроза жизни"]
        assert panel.words.toPlainText() == "слова"
        place.press("Ctrl+Enter")
        await until(lambda: place.ordered() == [Action.DECLINE])
        given = place.said()
        assert given == Decline(version=2, reason=DeclineReason.OTHER, note="слова")


async def test_a_refused_answer_keeps_the_words_and_says_what_has_changed(
    qtbot: QtBot, around: Surroundings
) -> None:
    """409: somebody has changed the row, and this window has not heard of it yet."""
    async with open_case(qtbot, around) as place:
        present = changed_row(place.scene.row, life_threat=True, version=7)
        card = msgspec.to_builtins(make_card(present))
        stale = Conflict(
            ProblemCode.STALE_VERSION, present=msgspec.convert(card, dict[str, object])
        )
        await place.decide("D")
        place.press("5", "Tab")
        place.type("слова")
        place.desk.triage.backend.fail_with(stale)
        place.press("Ctrl+Enter")
        await until(lambda: place.panel.problem is not None)
        panel = place.view.side.panel
        assert panel.problem.isVisible()
        assert [one.name for one in place.panel.differences] == ["Угроза жизни"]
        assert (panel.words.toPlainText(), panel.words.hasFocus()) == ("слова", True)
        place.press("Ctrl+Enter")
        await until(lambda: place.triage.panel is None)
        assert place.said() == Decline(version=7, reason=DeclineReason.OTHER, note="слова")


async def test_words_wait_in_the_store_and_on_the_card(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-19: the case is left in the middle of a decision; it goes on wherever it is shown."""
    async with open_case(qtbot, around) as place:
        await place.decide("D")
        place.press("5", "Tab")
        place.type("слова")
        kept = place.desk.panels.of(place.scene.row.id)
        assert kept is not None
        assert (kept.action, kept.words) == (Action.DECLINE, "слова")
        place.view.panes[2].setFocus()
        place.press("Esc")
        queue = place.screens.queue
        await until(queue.isVisible)
        assert queue.card.panel.isVisible()
        assert queue.card.panel.words.toPlainText() == "слова"
        queue.table.setFocus()
        place.press("Enter")
        await place.opened()
        assert place.panel.words == "слова"
        assert not place.view.side.panel.has_focus_within(), "nothing is carried out unasked"
        place.press("F10")
        assert place.view.side.panel.has_focus_within()
        place.press("Esc")
        assert place.desk.panels.of(place.scene.row.id) is None


async def test_esc_before_the_viewer_closes_what_nobody_has_touched(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Nothing is lost by it; with words in it the same key leaves the case, and they wait."""
    async with open_case(qtbot, around) as place:
        await place.decide("D")
        place.view.panes[2].setFocus()
        place.press("Esc")
        assert place.triage.panel is None
        assert place.view.isVisible()


async def test_another_patients_decision_is_not_shown_in_the_case(
    qtbot: QtBot, around: Surroundings
) -> None:
    """What was begun on the card of one request stays there; the case has its own."""
    other = make_row(full_name="Вторая Анна Петровна", **LACKS)
    async with open_case(qtbot, around, is_opened=False, others=[other]) as place:
        place.press("D", "1")
        begun = place.triage.row
        place.screens.queue.table.setFocus()
        place.press("J", "Enter")
        await until(lambda: place.screens.review_model.row is not None)
        assert begun is not None
        assert place.screens.review_model.request_id != begun.id
        assert place.triage.panel is None
        place.press("Esc")
        await until(place.screens.queue.isVisible)
        place.press("K")
        again = place.screens.queue.card.triage.panel
        assert again is not None
        assert again.chosen == ["not_enough_data"]


@BOTH
async def test_an_item_is_asked_for_and_then_its_reason(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    """OZ-6: F10 X, the item's digit; a marked one applies again at once."""
    async with open_case(qtbot, around, cyrillic=cyrillic) as place:
        await place.decide("X", "1")
        panel = place.view.side.panel
        assert panel.title.text() == "Неприменимо: Заключение лечащего врача"
        assert panel.words.hasFocus()
        place.type("нет")
        place.press("Ctrl+Enter")
        await until(lambda: place.triage.panel is None and not place.triage.is_busy)
        assert place.said() == MarkItem(version=1, item="conclusion", reason="нет")
        await place.decide("X", "6")
        await until(lambda: place.said() == MarkItem(version=1, item="mri", reason=""))


async def test_every_decision_stands_in_the_palette(qtbot: QtBot, around: Surroundings) -> None:
    """With the two keys that lead to it; F9 is one."""
    async with open_case(qtbot, around) as place:
        found = {one.id: one for one in WindowCommands(place.window, around.shortcuts)()}
        possible = set(ACTION_KEYS.values()) - {"triage.take", "triage.convert"}
        assert possible <= set(found)
        assert found["triage.ask"].key == "F10 A"
        assert found["triage.threat"].key == "F9"
        assert found["case.decide"].key == "F10"
        found["triage.decline"].act()
        assert place.panel.content.action is Action.DECLINE


async def test_after_the_end_of_a_case_nothing_moves(qtbot: QtBot, around: Surroundings) -> None:
    """It stays open with the line that takes the decision back, and says what will be."""
    async with open_case(qtbot, around) as place:
        await place.decide("D")
        place.press("1", "Enter")
        await until(lambda: place.triage.panel is None)
        assert place.view.isVisible()
        assert place.view.side.held.text() == "Будет отклонено через 10\u00a0с"
        assert [line.isVisible() for line in lines_of(place)] == [True]
        place.press("F10")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, MoreMenu)
        enabled = {one.objectName() for one in menu.actions() if one.isEnabled()}
        assert enabled == {"triage.threat"}, "one order about a request at a time"
        menu.close()
        await place.has_keyboard()
        place.press("Z")
        await until(lambda: place.desk.triage.waiting == ())
        assert not place.view.side.held.isVisible()
        assert place.view.isVisible()


def lines_of(place: CaseDesk) -> list[QWidget]:
    return [place.screens._orders.line]


async def test_a_decision_waits_for_the_claim(qtbot: QtBot, around: Surroundings) -> None:
    """Enter, F10, D, 2, Enter, quicker than the server answers."""
    async with open_case(qtbot, around, is_opened=False, changes=NOBODYS) as place:
        requests = place.desk.requests
        requests.at_hand.add(place.scene.row.id)
        requests.claims_go.clear()
        place.press("Enter")
        await place.opened()
        await place.decide("D")
        place.press("2", "Enter")
        assert place.ordered() == []
        assert not place.view.side.panel.send.isEnabled()
        requests.claims_go.set()
        await until(lambda: place.ordered() == [Action.DECLINE])
        given = place.said()
        assert isinstance(given, Decline)
        assert given.version == requests.rows[place.scene.row.id].version
        await until(lambda: place.triage.panel is None)


async def test_a_threat_waits_for_the_claim_whatever_is_typed_meanwhile(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_case(qtbot, around, is_opened=False, changes=NOBODYS) as place:
        requests = place.desk.requests
        requests.at_hand.add(place.scene.row.id)
        requests.claims_go.clear()
        place.press("Enter")
        await place.opened()
        place.press("F9")
        await place.decide("D")
        place.press("5", "Tab")
        place.type("слова")
        assert place.ordered() == []
        requests.claims_go.set()
        await until(lambda: place.ordered() == [Action.MARK_LIFE_THREAT])
        assert place.panel.words == "слова"


async def test_what_changed_before_the_claim_is_seen_before_it_is_ordered(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_case(qtbot, around, is_opened=False, changes=NOBODYS) as place:
        requests = place.desk.requests
        requests.at_hand.add(place.scene.row.id)
        requests.claims_go.clear()
        place.press("Enter")
        await place.opened()
        await place.decide("D")
        place.press("2", "Enter")
        place.scene.change_row(life_threat=True)
        requests.claims_go.set()
        await until(lambda: not place.screens.review_model.is_claim_awaited)
        assert place.ordered() == []
        assert [one.name for one in place.panel.differences] == ["Угроза жизни"]
        place.press("Enter")
        await until(lambda: place.ordered() == [Action.DECLINE])


async def test_who_was_quicker_leaves_the_words_on_the_card(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: nothing is ordered, nothing that was typed is lost."""
    async with open_case(qtbot, around, is_opened=False, changes=NOBODYS) as place:
        requests, row = place.desk.requests, place.scene.row
        requests.at_hand.add(row.id)
        requests.claims_go.clear()
        place.press("Enter")
        await place.opened()
        await place.decide("D")
        place.press("5", "Tab")
        place.type("слова")
        place.press("Ctrl+Enter")
        requests.rows[row.id] = changed_row(row, owner=OTHER, allowed_actions=[])
        requests.claims_go.set()
        await until(place.screens.queue.isVisible)
        assert place.ordered() == []
        assert place.screens.queue.card.panel.words.toPlainText() == "слова"


async def test_without_the_patients_consent_it_can_still_be_decided(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-13: the files are closed; what is left to do is asked for by the same keys."""
    async with open_case(qtbot, around) as place:
        place.scene.change_row(missing_consents=[ConsentKind.DISCLOSURE])
        await until(lambda: place.screens.review_model.is_closed)
        assert not place.view.side.isVisible()
        await place.decide("W")
        assert place.panel.content.action is Action.CLOSE_WITHOUT_CONCLUSION
        place.press("Esc")
        assert not place.view.side.isVisible()


async def test_another_doctors_case_says_why_not(qtbot: QtBot, around: Surroundings) -> None:
    async with open_case(qtbot, around) as place:
        place.scene.change_row(owner=OTHER, allowed_actions=[])
        place.press("F9")
        assert place.view.side.problem.text() == "Работает Сафонов Д. В."
        assert place.view.side.problem.isVisible()
        assert not place.screens.queue.card.footer.problem.text()
