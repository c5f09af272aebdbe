"""What was ordered can be taken back for a while; what was refused comes back with its words."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.request_actions import Decline, DeclineReason
from backend_client.models.requests import Action, RequestCard, RequestRow
from tests.factories import make_card, make_row
from tests.fakes import FakeRequestService, FakeTriageService
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.triage_keys import Keyboard, ordered, own_row, said
from tests.ui.waiting import until
from workstation.core.triage_order import HeldOrder, TriageOrder
from workstation.services.kept_orders import RefusedOrder

pytestmark = pytest.mark.usefixtures("russian")
BOTH = pytest.mark.parametrize("cyrillic", [False, True])


def stale(present: RequestRow) -> Conflict:
    """The server's answer to what was decided over an older state."""
    card = msgspec.to_builtins(make_card(present))
    return Conflict(ProblemCode.STALE_VERSION, present=msgspec.convert(card, dict[str, object]))


async def declined(desk: QueueDesk, keys: Keyboard, reason: str = "2") -> HeldOrder:
    """Declines the chosen request; the order as it is held."""
    before = len(desk.triage.waiting)
    keys.press("D", reason, "Enter")
    await until(lambda: len(desk.triage.waiting) > before and not keys.model.is_busy)
    return desk.triage.waiting[-1]


@BOTH
async def test_the_last_order_is_taken_back_by_its_key(
    qtbot: QtBot, around: Surroundings, *, cyrillic: bool
) -> None:
    row = make_row(full_name="Кочетов Егор Маратович")
    async with open_queue(qtbot, around, [row]) as desk:
        keys, line = Keyboard(desk, cyrillic), desk.card.lines.undo
        assert not line.isVisible()
        await declined(desk, keys)
        assert "Отклонено: \u2068Кочетов\u00a0Е.\u00a0М.\u2069" in line.line.text()
        assert line.seconds.text() == "10\u00a0с"
        assert line.button.toolTip() == "Отменить (Z Alt+Z)"
        keys.press("Z")
        await until(lambda: not line.isVisible())
        assert desk.triage.waiting == ()


async def test_the_line_counts_down_and_goes(qtbot: QtBot, around: Surroundings) -> None:
    """By the server's clock: the service says how long."""
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys, line = Keyboard(desk), desk.card.lines.undo
        await declined(desk, keys)
        desk.triage.left = 7.2
        await until(lambda: line.seconds.text() == "8\u00a0с")
        assert desk.card.footer.held.text() == "Будет отклонено через 8\u00a0с"
        desk.triage.left = 0.0
        await until(lambda: not line.isVisible())
        keys.press("Z")
        assert not any(call[0] == "undo" for call in desk.triage.backend.calls)
        assert desk.card.footer.held.text() == "Будет отклонено: отправляется"


async def test_a_held_request_says_so_and_takes_no_second_order(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [make_row(), make_row()]) as desk:
        keys = Keyboard(desk)
        held = await declined(desk, keys)
        assert desk.card.footer.held.isVisible()
        keys.press("A")
        assert not desk.card.panel.isVisible()
        assert "уже есть решение" in desk.card.footer.problem.text()
        keys.press("J")
        assert not desk.card.footer.held.isVisible()
        keys.press("K")
        assert desk.card.footer.held.isVisible()
        desk.triage.carry_out(held)
        assert not desk.card.footer.held.isVisible()
        assert not desk.card.lines.undo.isVisible()


async def test_orders_are_taken_back_newest_first(qtbot: QtBot, around: Surroundings) -> None:
    rows = [make_row(full_name="Первый Иван"), make_row(full_name="Второй Пётр")]
    async with open_queue(qtbot, around, rows) as desk:
        keys, line = Keyboard(desk), desk.card.lines.undo
        await declined(desk, keys)
        keys.press("J")
        await declined(desk, keys)
        assert "Второй" in line.line.text()
        assert line.line.text().endswith("и ещё 1 до этого")
        keys.press("Z")
        await until(lambda: "Первый" in line.line.text())
        await keys.settled()
        keys.press("Z")
        await until(lambda: not line.isVisible())


async def test_what_was_done_at_once_is_undone_as_well(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys, line = Keyboard(desk), desk.card.lines.undo
        keys.press("Space")
        await until(line.isVisible)
        assert line.line.text().startswith("Взято в работу: ")
        await keys.settled()
        keys.press("Z")
        await until(lambda: not line.isVisible())


async def test_nothing_is_covered(qtbot: QtBot, around: Surroundings) -> None:
    """The list gives way to the line: no row and no button lies under it."""
    async with open_queue(qtbot, around, [make_row() for _ in range(30)]) as desk:
        before = desk.view.list.geometry()
        await declined(desk, Keyboard(desk))
        await until(lambda: desk.view.list.height() < before.height())
        lines = desk.card.lines
        assert not lines.geometry().intersects(desk.view.list.geometry())
        assert desk.view.table.currentIndex().row() == 0


async def test_a_claim_that_somebody_else_has_keeps_the_words(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk)
        taken = Conflict(ProblemCode.CLAIMED_BY_OTHER, owner_name="Сафонов Д. В.")
        desk.triage.backend.fail_with(taken)
        keys.press("D", "1", "Tab")
        keys.type("мои слова")
        keys.press("Ctrl+Enter")
        await until(desk.card.panel.problem.isVisible)
        assert "Сафонов Д. В." in desk.card.panel.problem.text()
        assert desk.card.panel.words.toPlainText() == "мои слова"
        keys.press("Ctrl+Enter")
        await until(lambda: desk.card.triage.panel is None)
        given = said(desk)
        assert isinstance(given, Decline)
        assert given.note == "мои слова"


async def test_an_order_upon_an_older_state_shows_what_has_changed(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Before and after; Enter orders upon the state that is shown now."""
    row = make_row()
    present = msgspec.structs.replace(row, version=2, life_threat=True)
    async with open_queue(qtbot, around, [row]) as desk:
        keys = Keyboard(desk)
        desk.triage.backend.fail_with(stale(present))
        keys.press("D", "2", "Enter")
        await until(desk.card.panel.differences.isVisible)
        assert "Угроза жизни: нет \u2192 да" in desk.card.panel.differences.text()
        keys.press("Enter")
        await until(lambda: desk.card.triage.panel is None)
        given = said(desk)
        assert isinstance(given, Decline)
        assert given.version == 2


async def test_a_change_under_an_open_panel_is_told(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row()
    async with open_queue(qtbot, around, [row]) as desk:
        keys = Keyboard(desk)
        keys.press("D", "2")
        desk.service.changed.emit(msgspec.structs.replace(row, version=2, unread_messages=1))
        text = desk.card.panel.differences.text()
        assert text == "За это время изменилось:\nНепрочитанные сообщения: 0 \u2192 1"
        panel = desk.card.triage.panel
        assert panel is not None
        assert panel.chosen == ["needs_in_person_care"]
        keys.press("Enter")
        await until(lambda: desk.card.triage.panel is None)
        given = said(desk)
        assert isinstance(given, Decline)
        assert given.version == 2


async def test_an_order_that_was_not_carried_out_comes_back_with_its_words(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Ten seconds later the doctor is elsewhere: said in place, ordered again with one key."""
    rows = [make_row(full_name="Кочетов Егор Маратович"), make_row()]
    async with open_queue(qtbot, around, rows) as desk:
        keys, note = Keyboard(desk, cyrillic=True), desk.card.lines.refusal
        keys.press("D", "2", "Tab")
        keys.type("мои слова")
        keys.press("Ctrl+Enter")
        await until(lambda: bool(desk.triage.waiting) and not keys.model.is_busy)
        keys.press("J")
        present = msgspec.structs.replace(rows[0], version=5, unread_messages=2)
        desk.triage.refuse(desk.triage.waiting[-1], stale(present))
        assert note.isVisible()
        assert note.headline.text().startswith(
            "Не сделано · \u2068Кочетов\u00a0Е.\u00a0М.\u2069 · "
        )
        assert "Непрочитанные сообщения: 0 \u2192 2" in note.differences.text()
        assert note.words.text() == "Ваши слова: мои слова"
        keys.press("E")
        await until(lambda: not note.isVisible())
        given = said(desk)
        assert given == Decline(
            version=5, reason=DeclineReason.NEEDS_IN_PERSON_CARE, note="мои слова"
        )
        assert desk.triage.kept == []


async def test_a_refused_order_can_be_changed_before_it_is_given_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [own_row()]) as desk:
        keys = Keyboard(desk)
        held = await declined(desk, keys)
        desk.triage.refuse(held, Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        note = desk.card.lines.refusal
        assert "Сейчас это невозможно" in note.headline.text()
        keys.press("D")
        panel = desk.card.triage.panel
        assert panel is not None
        assert panel.chosen == ["needs_in_person_care"]
        keys.press("3", "Enter")
        await until(lambda: not note.isVisible())
        given = said(desk)
        assert isinstance(given, Decline)
        assert given.reason is DeclineReason.DUPLICATE
        assert desk.triage.kept == []


async def test_what_is_refused_again_says_why_now(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys, note = Keyboard(desk), desk.card.lines.refusal
        held = await declined(desk, keys)
        desk.triage.refuse(held, Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        desk.triage.backend.fail_with(Unreachable())
        keys.press("E")
        await until(lambda: "Сервер не отвечает" in note.headline.text())
        await keys.settled()
        keys.press("Q")
        await until(lambda: not note.isVisible())
        assert desk.triage.kept == []


async def test_an_earlier_runs_refusal_waits_for_its_request_to_be_seen(
    qtbot: QtBot, around: Surroundings
) -> None:
    row, other = make_row(), make_row(life_threat=True)
    words = Decline(version=1, reason=DeclineReason.DUPLICATE, note="слова")
    order = TriageOrder(row.id, Action.DECLINE, words)
    service = FakeRequestService([other, row])
    triage = FakeTriageService(service)
    held = HeldOrder("key-of-before", order, row.number, None)
    triage.kept = [RefusedOrder(held, Conflict(ProblemCode.MOVE_NOT_ALLOWED))]
    async with open_queue(qtbot, around, [other, row], service=service, triage=triage) as desk:
        keys, note = Keyboard(desk), desk.card.lines.refusal
        await until(note.isVisible)
        assert f"заявка {row.number}" in note.headline.text()
        keys.press("E")
        assert desk.card.footer.problem.text() == "Сначала выберите эту заявку в списке"
        assert ordered(desk) == []
        keys.press("J", "E")
        await until(lambda: not note.isVisible())
        assert said(desk) == words


async def test_a_failure_finds_the_doctor_who_has_gone_on(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Between Enter and the server's answer: no other patient's panel is touched."""
    rows = [make_row(full_name="Кочетов Егор Маратович", life_threat=True), make_row()]
    async with open_queue(qtbot, around, rows) as desk:
        keys = Keyboard(desk)
        desk.triage.backend.fail_with(Unreachable())
        keys.press("D", "1", "Enter")
        desk.view.table.setFocus()
        keys.press("J")
        await until(desk.card.footer.problem.isVisible)
        assert desk.card.footer.problem.text().startswith("\u2068Кочетов\u00a0Е.\u00a0М.\u2069: ")
        assert not desk.card.panel.isVisible()
        keys.press("K")
        panel = desk.card.triage.panel
        assert panel is not None
        assert panel.chosen == ["not_enough_data"]
        assert "Сервер не отвечает" in desk.card.panel.problem.text()


async def test_an_action_without_a_panel_says_why_it_failed(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        keys = Keyboard(desk)
        taken = Conflict(ProblemCode.CLAIMED_BY_OTHER, owner_name="Сафонов Д. В.")
        desk.triage.backend.fail_with(taken)
        keys.press("Space")
        await until(desk.card.footer.problem.isVisible)
        assert "Сафонов Д. В." in desk.card.footer.problem.text()
        assert not desk.card.lines.isVisible() or not desk.card.lines.undo.isVisible()


def test_the_present_card_is_read_back() -> None:
    """The factory of these tests gives what the server would."""
    row = make_row()
    present = stale(row).present_as(RequestCard)
    assert present is not None
    assert present.row == row
