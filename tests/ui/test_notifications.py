"""Notices reach the doctor: line, tray, title, rail and room; and lead to the case (issue 5)."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QSystemTrayIcon,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backend_client.models.common import RequestId
from backend_client.models.requests import QueueGroup, RequestStatus
from tests.factories import make_account, make_row
from tests.ui.keys import press
from tests.ui.notice_scene import OTHER, PATIENT, NoticeScene, mine, noticing
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.waiting import until
from workstation.core.live_call import CallPhase
from workstation.ui.notifications.tray import SystemTray
from workstation.ui.notifications.tray_picture import SIDES, tray_icon, tray_pixmap
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.theme import Theme
from workstation.ui.widgets.patient_plate import NextPatientPlate

pytestmark = pytest.mark.usefixtures("russian")
TITLE = "Рабочее место консультанта"
S = RequestStatus


async def test_a_patients_message_is_counted_and_told_everywhere(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-16, SPB-15: in the line, the title, the rail and the tray."""
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=2)
        assert scene.bar.text == f"2 новых сообщения: {PATIENT}"
        assert scene.window.windowTitle() == f"{TITLE} (1)"
        rail = scene.window.findChild(QAbstractButton, "rail.notices")
        assert rail is not None
        assert rail.accessibleName() == "Уведомления 1"
        assert scene.tray.words == f"{TITLE}: 1 дело ждёт вас"
        assert (scene.tray.count, scene.tray.is_grave) == (1, False)
        scene.change(row, unread_messages=0)
        assert scene.bar.text == ""
        assert scene.window.windowTitle() == TITLE
        assert rail.accessibleName() == "Уведомления"


async def test_the_system_is_told_of_no_patient(qtbot: QtBot, around: Surroundings) -> None:
    """What leaves the window has no name, number or diagnosis in it."""
    rows = [
        mine(unread_messages=0),
        mine(OTHER, status=S.SLOT_PROPOSED),
        mine(status=S.SIGNED),
        make_row(full_name=OTHER),
    ]
    async with noticing(qtbot, around, *rows) as scene:
        await away(scene)
        scene.change(rows[0], unread_messages=1, status=S.WAITING)
        await until(lambda: len(scene.tray.balloons) == 1)
        scene.change(rows[1], status=S.CLAIMED)
        await until(lambda: len(scene.tray.balloons) == 2)
        scene.change(rows[2], status=S.RETURNED)
        await until(lambda: len(scene.tray.balloons) == 3)
        scene.change(rows[3], life_threat=True)
        texts = [text for _, text in scene.tray.balloons]
        assert texts == [
            "Пациент пришёл на консультацию, дело ждёт вас",
            "Предложенное время не принято, дело ждёт вас",
            "Заключение возвращено вам, дело ждёт вас",
            "В заявке центра отмечена угроза жизни",
        ]
        said = " ".join([*texts, scene.tray.words, scene.window.windowTitle()])
        for row in rows:
            words = (*row.patient.full_name.split(), row.number, row.diagnosis.text)
            assert not any(word in said for word in words)
        assert {title for title, _ in scene.tray.balloons} == {TITLE}


async def test_a_balloon_comes_only_where_the_window_is_not_looked_at(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=1)
        assert scene.tray.balloons == []


@pytest.mark.parametrize("letter", ["J", "О"])
async def test_the_key_opens_the_chat_of_the_case(
    qtbot: QtBot, around: Surroundings, letter: str
) -> None:
    """Under both layouts; the patient's name stands large first."""
    row = mine()
    async with noticing(qtbot, around, row, mine(OTHER)) as scene:
        await scene.told(row, unread_messages=1)
        scene.press(letter)
        assert scene.sees("callView")
        assert scene.screens.call_model.request_id == row.id
        plate = scene.window.findChild(NextPatientPlate, "nextPatient")
        assert plate is not None
        assert plate.isVisible()
        assert PATIENT in plate.accessibleName()
        assert scene.bar.text == ""
        assert scene.window.windowTitle() == TITLE


async def test_nothing_of_the_text_in_another_case_is_lost(
    qtbot: QtBot, around: Surroundings
) -> None:
    one, other = mine(), mine(OTHER)
    async with noticing(qtbot, around, one, other) as scene:
        await scene.told(one, unread_messages=1)
        scene.press("J")
        scene.plate_goes()
        chat = scene.screens.call_model.chat
        chat.write("Принимайте как раньше")
        await scene.told(other, unread_messages=1)
        scene.press("J")
        assert scene.screens.call_model.request_id == other.id
        assert chat.draft == ""
        scene.plate_goes()
        await scene.told(one, unread_messages=2)
        scene.press("J")
        assert chat.draft == "Принимайте как раньше"


@pytest.mark.parametrize(
    ("before", "changes", "screen"),
    [
        (S.SCHEDULED, {"status": S.WAITING}, "callView"),
        (S.SLOT_PROPOSED, {"status": S.CLAIMED}, "slotView"),
        (S.SIGNED, {"status": S.RETURNED}, "conclusionView"),
        (S.SLOT_PROPOSED, {"status": S.SCHEDULED}, "review"),
    ],
)
async def test_a_click_leads_to_where_the_news_are_seen(
    qtbot: QtBot,
    around: Surroundings,
    before: RequestStatus,
    changes: dict[str, object],
    screen: str,
) -> None:
    row = mine(status=before)
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, **changes)
        scene.bar.button.click()
        assert scene.screens._road.case == row.id
        assert scene.screens._road.seen == screen.removesuffix("View")


async def test_a_threat_stays_and_leads_to_the_card(qtbot: QtBot, around: Surroundings) -> None:
    """A request of nobody is shown, not taken: Enter does that."""
    row = make_row(full_name=OTHER)
    async with noticing(qtbot, around, mine(), row) as scene:
        await scene.told(row, life_threat=True)
        assert scene.bar.text == f"Угроза жизни: {OTHER}"
        assert not scene.bar._timer.isActive(), "time alone does not take it away"
        scene.press("J")
        queue = scene.screens.queue_model
        await until(lambda: queue.search == row.number and queue.rows.rowCount() == 1)
        await until(lambda: queue.chosen is not None and queue.chosen.id == row.id)
        assert queue.group is QueueGroup.ALL
        assert ("claim", row.id) not in scene.desk.requests.backend.calls


async def test_a_number_that_begins_anothers_leads_to_its_own_patient(
    qtbot: QtBot, around: Surroundings
) -> None:
    """26-1000 begins 26-10003 as well, whose term is over sooner: it is not chosen by itself."""
    soon = {"due_at": SCENE_NOW + timedelta(hours=1)}
    sooner = make_row(full_name=OTHER, number="26-10003", **soon)
    row = make_row(full_name=PATIENT, number="26-1000")
    async with noticing(qtbot, around, sooner, row) as scene:
        queue = scene.screens.queue_model
        await until(lambda: queue.chosen is not None and queue.chosen.id == sooner.id)
        await scene.told(row, life_threat=True)
        scene.press("J")
        assert queue.chosen is not None
        assert queue.chosen.id == row.id, "at once: an Enter behind the plate is for this one"
        await until(lambda: queue.search == row.number and queue.state is ListState.ROWS)
        await until(lambda: queue.rows.rowCount() == 2)
        assert queue.chosen.id == row.id
        assert scene.screens.card_model.row is not None
        assert scene.screens.card_model.row.id == row.id
        assert queue.rows.row_of(row.id) == scene.screens.queue.table.currentIndex().row()


async def test_during_a_call_only_a_threat_is_said(qtbot: QtBot, around: Surroundings) -> None:
    row, other, threat = mine(), mine(OTHER), make_row()
    async with noticing(qtbot, around, row, other, threat) as scene:
        scene.desk.quiet_calls.become(CallPhase.TALKING)
        scene.change(row, unread_messages=1)
        scene.change(other, status=S.WAITING)
        assert scene.window.windowTitle() == f"{TITLE} (2)"
        await scene.told(threat, life_threat=True)
        assert scene.bar.text.startswith("Угроза жизни")
        scene.press("J")
        assert scene.bar.text == ""
        scene.desk.quiet_calls.become(CallPhase.OVER)
        await until(lambda: scene.bar.text != "")
        assert (
            scene.bar.text == "2 дела ждут вас: Лунёва\u00a0Т.\u00a0А., Верещагин\u00a0П.\u00a0Н."
        )


async def test_a_threat_comes_before_what_waits_beside_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    row, threat = mine(), make_row(full_name=OTHER)
    async with noticing(qtbot, around, row, threat) as scene:
        await scene.told(row, unread_messages=1)
        await scene.told(threat, life_threat=True)
        assert scene.bar.text == f"Угроза жизни: {OTHER}. Ждёт вас ещё 1 дело"


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
async def test_the_tray_opens_the_case_and_brings_the_window(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        await away(scene)
        scene.change(row, unread_messages=1)
        await until(lambda: bool(scene.tray.balloons))
        scene.window.showMinimized()
        scene.tray.balloon_pressed.emit()
        assert not scene.window.isMinimized()
        assert scene.screens._road.case == row.id
        scene.tray.pressed.emit()
        assert scene.screens._road.case == row.id, "nothing waits: the window alone"


async def test_what_is_on_the_screen_is_not_told(qtbot: QtBot, around: Surroundings) -> None:
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=1)
        scene.press("J")
        scene.change(row, unread_messages=2)
        assert scene.desk.notices.unread == ()
        await away(scene)
        scene.change(row, unread_messages=3)
        assert len(scene.desk.notices.unread) == 1, "the window is not looked at"


async def test_the_room_lists_what_waits(qtbot: QtBot, around: Surroundings) -> None:
    row, other = mine(), mine(OTHER)
    async with noticing(qtbot, around, row, other) as scene:
        scene.window.show_room("notices")
        empty = scene.room.findChild(QLabel, "placeholder.title")
        assert empty is not None
        assert empty.isVisible()
        await scene.told(row, unread_messages=1)
        scene.change(other, status=S.WAITING)
        rows = scene.room.list.model()
        assert [rows.index(n, 0).data() for n in range(rows.rowCount())] == [
            f"{OTHER}, Пациент пришёл, 11:42",
            f"{PATIENT}, 1 новое сообщение, 11:42",
        ]
        assert scene.room.list.chosen == row.id, "what was chosen stays chosen"
        press(scene.window, Qt.Key.Key_Return)
        assert scene.screens._road.case == row.id


async def test_all_can_be_marked_as_read(qtbot: QtBot, around: Surroundings) -> None:
    row, other = mine(), mine(OTHER)
    async with noticing(qtbot, around, row, other) as scene:
        scene.window.show_room("notices")
        scene.change(row, unread_messages=1)
        scene.change(other, status=S.WAITING)
        QTest.mouseClick(scene.room.button, Qt.MouseButton.LeftButton)
        assert scene.desk.notices.unread == ()
        assert scene.window.windowTitle() == TITLE
        assert not scene.room.button.isEnabled()


async def test_a_line_that_is_closed_leaves_its_case_among_the_notices(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=1)
        close = scene.window.findChild(QPushButton, "notices.close")
        assert close is not None
        close.click()
        assert scene.bar.text == ""
        assert scene.window.windowTitle() == f"{TITLE} (1)"
        scene.change(row, unread_messages=2)
        assert scene.bar.text == "", "it does not come back for what was closed"


async def test_switched_off_a_threat_alone_is_said(qtbot: QtBot, around: Surroundings) -> None:
    row, threat = mine(), make_row(full_name=OTHER)
    async with noticing(qtbot, around, row, threat) as scene:
        scene.choices.choose(False)
        scene.change(row, unread_messages=1)
        await scene.told(threat, life_threat=True)
        assert scene.bar.text == f"Угроза жизни: {OTHER}"
        assert scene.window.windowTitle() == f"{TITLE} (2)"


async def test_the_choice_stands_in_the_settings(qtbot: QtBot, around: Surroundings) -> None:
    async with noticing(qtbot, around) as scene:
        view = scene.window.findChild(SettingsView, "settings")
        assert view is not None
        button = view.findChild(QPushButton, "settings.notices.False")
        assert button is not None
        button.click()
        assert not scene.choices.are_on


async def test_at_the_end_of_the_session_nothing_is_left(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=1)
    assert scene.window.windowTitle() == TITLE
    assert scene.tray.is_closed
    scene.change(row, unread_messages=2)
    assert scene.window.windowTitle() == TITLE


async def test_who_was_asked_for_documents_is_remembered(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-20: ids alone are kept, each doctor's own."""
    row, others = make_row(status=S.AWAITING_DOCUMENTS), RequestId("asked-by-another")
    place = f"notices.{make_account().id}"
    kept: dict[str, str] = {place: row.id, "notices.another": others}
    async with noticing(qtbot, around, row, kept=kept) as scene:
        assert scene.screens.state()[place] == row.id
        assert scene.desk.notices.asked == {row.id}
        await scene.told(row, status=S.READY)
        assert scene.bar.text.startswith("Пришли документы")
        assert scene.screens.state()[place] == ""
        assert scene.screens.state()["notices.another"] == others


async def test_a_strangers_text_stays_literal_and_hides_no_news(
    qtbot: QtBot, around: Surroundings
) -> None:
    name = "<b>Очень</b> \u202e" + "Длинное" * 80
    row = mine(name)
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=1)
        assert scene.bar.text.startswith("1 новое сообщение: <b>Очень</b>")
        assert "\u202e" not in scene.bar.text
        assert scene.bar.minimumSizeHint().width() < 600, "the window does not grow with it"


async def test_line_and_room_say_their_keys(qtbot: QtBot, around: Surroundings) -> None:
    async with noticing(qtbot, around, mine(unread_messages=1)) as scene:
        for root, action, names in (
            (scene.bar, "app.newest_notice", {"notices.open", "notices.close"}),
            (scene.room, "notices.open", {"notices.readAll"}),
        ):
            assert {one.shortcut.action for one in around.shortcuts.bound_in(root)} == {action}
            buttons = {one.objectName() for one in root.findChildren(QAbstractButton)}
            assert buttons - {"placeholder.action"} == names
        assert scene.bar.button.toolTip() == "Открыть дело (Ctrl+J)"
        for button in scene.bar.findChildren(QAbstractButton):
            assert button.accessibleName() or button.text()
        assert scene.room.list.accessibleName() == "Уведомления"


@pytest.mark.parametrize("count", [0, 1, 12, 150])
def test_the_trays_picture_has_all_sizes(theme: Theme, count: int) -> None:
    icon = tray_icon(theme, count)
    assert sorted(size.width() for size in icon.availableSizes()) == list(SIDES)


def test_a_badge_is_seen_at_the_smallest_size(theme: Theme) -> None:
    plain, counted, grave = (
        tray_pixmap(theme, 16, 0).toImage(),
        tray_pixmap(theme, 16, 1).toImage(),
        tray_pixmap(theme, 16, 1, is_grave=True).toImage(),
    )
    assert plain != counted
    assert counted != grave


def test_without_a_tray_nothing_breaks(theme: Theme) -> None:
    tray = SystemTray(theme, lambda: False)
    tray.show_count(1, "words", is_grave=False)
    tray.tell("title", "text")
    assert tray.icon is None
    tray.close()


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface", extend=True)
def test_a_tray_that_comes_later_has_the_icon(theme: Theme) -> None:
    there = [False, True]
    tray = SystemTray(theme, lambda: there.pop(0))
    tray.show_count(1, "1 дело", is_grave=False)
    tray.show_count(2, "2 дела", is_grave=True)
    assert tray.icon is not None
    assert tray.icon.toolTip() == "2 дела"
    assert not tray.icon.icon().isNull()
    pressed: list[str] = []
    tray.pressed.connect(lambda: pressed.append("icon"))
    tray.balloon_pressed.connect(lambda: pressed.append("balloon"))
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    tray.icon.messageClicked.emit()
    assert pressed == ["icon", "balloon"]
    tray.close()


async def away(scene: NoticeScene) -> None:
    """The doctor looks at another program's window."""
    other = QWidget()
    scene.desk.elsewhere.append(other)
    other.show()
    other.activateWindow()
    await until(lambda: not scene.window.isActiveWindow())
    QApplication.sendEvent(scene.window, QEvent(QEvent.Type.ActivationChange))
