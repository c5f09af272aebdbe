"""The chat beside the call: written, followed, read back, and closed (OZ-16, SPB-14, DRC-6)."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QAbstractItemModel, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict, TimedOut, Unreachable
from backend_client.models.calls import CallState, Channel
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.messages import Side
from tests.factories import changed_row
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.call_scene import make_call, make_message
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.ui.screens.call.chat_rows import CallLine, DayLine, FileLine, MessageLine

SHIFT = Qt.KeyboardModifier.ShiftModifier


def texts(desk: CallDesk) -> list[str]:
    """The messages that are shown, oldest first."""
    lines = desk.model.chat.rows.lines
    return [line.message.text for line in lines if isinstance(line, MessageLine)]


def field_text(desk: CallDesk) -> str:
    return desk.view.chat.field.toPlainText()


async def test_m_writes_enter_sends_esc_goes_back(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-6: a message needs no mouse, and single letters are letters while one writes."""
    async with open_call(qtbot, around) as desk:
        assert desk.view.stage.hasFocus()
        desk.press("M")
        assert desk.view.chat.field.hasFocus()
        desk.type("MLC")
        desk.press(Qt.Key.Key_Return, SHIFT)
        desk.type("да")
        assert field_text(desk) == "MLC\nда"
        desk.press(Qt.Key.Key_Return)
        await until(lambda: field_text(desk) == "")
        assert ("send", "MLC\nда") in desk.chats.backend.calls
        assert texts(desk)[-1] == "MLC\nда"
        assert desk.view.chat.field.hasFocus()
        desk.type("не дописано")
        desk.press(Qt.Key.Key_Escape)
        assert desk.view.stage.hasFocus()
        assert field_text(desk) == "не дописано"
        assert desk.model.request_id is not None


async def test_the_letter_works_under_a_russian_layout(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.press("Ь")
        assert desk.view.chat.field.hasFocus()


async def test_the_text_stays_until_the_server_has_it(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.chats.may_answer.clear()
        desk.press("M")
        desk.type("Возьмите выписку")
        desk.press(Qt.Key.Key_Return)
        await until(lambda: desk.model.chat.is_sending)
        assert field_text(desk) == "Возьмите выписку"
        desk.press(Qt.Key.Key_Return)
        desk.type(" сейчас")
        desk.chats.may_answer.set()
        await until(lambda: field_text(desk) == "сейчас")
        assert texts(desk)[-1] == "Возьмите выписку"
        assert len([one for one in desk.chats.backend.calls if one[0] == "send"]) == 1


async def test_a_message_that_was_not_sent_is_said_in_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.press("M")
        desk.type("Дозы?")
        desk.chats.backend.fail_with(TimedOut())
        desk.press(Qt.Key.Key_Return)
        await until(lambda: desk.view.chat.problem.isVisible())
        assert "Not sent" in desk.view.chat.problem.text()
        assert field_text(desk) == "Дозы?"
        desk.press(Qt.Key.Key_Return)
        await until(lambda: field_text(desk) == "")
        assert not desk.view.chat.problem.isVisible()


async def test_a_chat_that_closes_keeps_the_text_and_says_why(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-14: after the consultation the chat is read only."""
    async with open_call(qtbot, around) as desk:
        desk.press("M")
        desk.type("Поздно")
        desk.chats.backend.fail_with(Conflict(ProblemCode.CHAT_CLOSED))
        desk.press(Qt.Key.Key_Return)
        await until(lambda: desk.view.chat.closed.isVisible())
        assert "can only be read" in desk.view.chat.closed.text()
        assert field_text(desk) == "Поздно"
        assert desk.view.chat.field.isReadOnly()
        assert not desk.view.chat.button.isVisible()


async def test_a_request_that_ends_closes_its_chat(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-14: whether it may be written goes with the request's state."""
    async with open_call(qtbot, around) as desk:
        desk.chats.can_write = False
        ended = changed_row(desk.scene.row, version=2, status="delivered")
        desk.scene.requests.upsert(ended)
        await until(lambda: desk.view.chat.closed.isVisible())
        assert not desk.view.chat.field.isVisible()


async def test_four_thousand_characters_and_no_more(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.view.chat.field.setPlainText("ы" * 4001)
        assert "4001 of 4000" in desk.view.chat.note.text()
        assert not desk.view.chat.button.isEnabled()
        desk.model.chat.send()
        desk.view.chat.field.setPlainText("ы" * 4000)
        assert "4000 of 4000" in desk.view.chat.note.text()
        assert desk.view.chat.button.isEnabled()
        desk.view.chat.field.setPlainText("коротко")
        assert not desk.view.chat.note.isVisible()
        assert all(call[0] != "send" for call in desk.chats.backend.calls)


async def test_what_is_being_written_is_kept_per_case(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.press("M")
        desk.type("черновик")
        desk.model.open(RequestId("request-2"))
        assert field_text(desk) == ""
        desk.model.open(desk.scene.row.id)
        assert field_text(desk) == "черновик"
        await until(lambda: desk.model.chat.can_write is not None)


async def test_a_new_message_is_seen_and_marked(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-16: what the doctor has before the eyes is read, and the server is told."""
    async with open_call(qtbot, around) as desk:
        desk.chats.post(make_message(5, "Я готов"))
        desk.chats.post(make_message(5, "Я готов"))
        await until(lambda: ("mark_read", 5) in desk.chats.backend.calls)
        assert texts(desk)[-1] == "Я готов"
        assert texts(desk).count("Я готов") == 1
        assert desk.model.chat.unread == 0
        desk.chats.post(make_message(1, "чужое", request_id=RequestId("request-7")))
        assert "чужое" not in texts(desk)


async def test_unread_messages_are_counted_while_nobody_looks(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.view.hide()
        desk.chats.post(make_message(5, "раз"))
        desk.chats.post(make_message(6, "два"))
        desk.chats.post(make_message(7, "сам", Side.DOCTOR))
        badge = desk.view.findChild(QWidget, "chat.unread")
        assert badge is not None
        assert badge.accessibleName() == "unread: 2"
        desk.view.show()
        await until(lambda: ("mark_read", 7) in desk.chats.backend.calls)
        assert not badge.isVisible()


async def test_older_messages_come_when_the_list_is_scrolled_up(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.chats.messages = [make_message(n, f"сообщение {n}") for n in range(1, 121)]
        desk.model.open(desk.scene.row.id)
        await until(lambda: len(texts(desk)) == 50)
        bar = desk.view.chat.messages.verticalScrollBar()
        assert bar.value() == bar.maximum() > 0
        bar.setValue(0)
        await until(lambda: len(texts(desk)) == 100)
        assert texts(desk)[0] == "сообщение 21"
        assert bar.value() > 24, "the place is kept: older ones stand above"
        desk.chats.backend.fail_with(Unreachable())
        bar.setValue(0)
        await until(lambda: "try again" in desk.view.chat.more.text())
        desk.view.chat.more.click()
        await until(lambda: len(texts(desk)) == 120)
        assert not desk.view.chat.more.isVisible()


async def test_a_message_that_was_missed_is_fetched(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        desk.chats.messages.append(make_message(5, "пропущено"))
        desk.chats.post(make_message(6, "услышано"))
        await until(lambda: texts(desk)[-2:] == ["пропущено", "услышано"])
        desk.chats.messages.append(make_message(7, "после обрыва"))
        desk.chats.reload_needed.emit(None)
        await until(lambda: texts(desk)[-1] == "после обрыва")


async def test_a_message_that_overtakes_the_first_answer_is_kept(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.view.hide()
        desk.model.open(desk.scene.row.id)
        desk.chats.posted.emit(make_message(5, "успел раньше"))
        await until(lambda: desk.model.chat.can_write is not None)
        assert texts(desk)[-1] == "успел раньше"
        assert len(texts(desk)) == 5
        assert desk.model.chat.unread == 1


async def test_a_long_gap_is_not_glossed_over(qtbot: QtBot, around: Surroundings) -> None:
    """With more missed than is read at once, the older ones are loaded again from the new on."""
    async with open_call(qtbot, around) as desk:
        desk.chats.messages = [make_message(n, f"№ {n}") for n in range(1, 101)]
        desk.chats.reload_needed.emit(None)
        await until(lambda: texts(desk)[-1] == "№ 100")
        assert texts(desk)[0] == "№ 51"
        assert desk.model.chat.has_earlier


async def test_a_chat_that_cannot_be_read_says_so_and_tries_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.chats.backend.fail_with(Unreachable())
        desk.model.open(desk.scene.row.id)
        await until(lambda: desk.model.chat.problem is not None)
        assert desk.model.chat.can_write is None
        desk.model.chat.read()
        await until(lambda: desk.model.chat.can_write is True)
        assert desk.model.chat.problem is None


async def test_calls_stand_among_the_messages(
    qtbot: QtBot,
    around: Surroundings,
    check_model: Callable[[QAbstractItemModel], None],
) -> None:
    async with open_call(qtbot, around) as desk:
        rows = desk.model.chat.rows
        check_model(rows)
        yesterday = SCENE_NOW - timedelta(days=1)
        answered = make_call(
            state=CallState.ENDED,
            answered_at=yesterday,
            placed_at=yesterday,
            channel=Channel.VIDEO,
        )
        desk.calls.attempt_changed.emit(answered)
        places = [n for n, line in enumerate(rows.lines) if not isinstance(line, FileLine)][:3]
        assert [type(rows.lines[row]) for row in places] == [DayLine, CallLine, DayLine]
        spoken = [str(rows.data(rows.index(row))) for row in places]
        assert spoken == ["Yesterday", "11:42 The patient answered: video", "Today"]
        desk.calls.attempt_changed.emit(make_call(id="call-2", attempt=2))
        assert isinstance(rows.lines[-1], CallLine)
        assert not desk.view.grab().isNull()


async def test_a_strangers_text_is_shown_as_text(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        evil = "<b>жирно</b> <img src='http://x/y'> \u202eоборот " + "длинно" * 300
        desk.chats.post(make_message(5, evil, author_name="<i>Имя</i>\u202e"))
        rows = desk.model.chat.rows
        spoken = str(rows.data(rows.index(rows.rowCount() - 1)))
        assert "<b>жирно</b>" in spoken
        assert "\u202e" not in spoken
        assert not desk.view.grab().isNull()
        desk.view.chat.messages.setCurrentIndex(rows.index(rows.rowCount() - 1))
        desk.view.chat.messages.setFocus()
        desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == spoken


async def test_the_chat_speaks_russian(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.view.chat.field.setPlainText("ы" * 3999)
        assert desk.view.chat.note.text() == "3999 из 4000 знаков"
        assert english(desk.view.chat) == set()
