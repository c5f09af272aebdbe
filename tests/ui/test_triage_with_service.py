"""Panels, undo and refusals upon the real service, with its encrypted outbox and a moved clock."""

from pathlib import Path

import msgspec
import pytest

from backend_client.models.requests import Action
from tests.factories import make_row
from tests.ui.waiting import until
from tests.unit.services.house import House, house, running
from tests.unit.services.scripted_server import ScriptedServer
from tests.unit.services.triage_scene import HandClock
from workstation.core.triage_order import HELD_S
from workstation.services.kept_panels import KeptPanels
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.triage.view_model import TriageViewModel

pytestmark = pytest.mark.usefixtures("russian")


def followed(home: House, words: RequestWords) -> TriageViewModel:
    """The decisions on the request that the service hears of."""
    model = TriageViewModel(home.triage, KeptPanels(None), words)
    model.start()
    home.requests.changed.subscribe(model.show_row)
    return model


async def asked(model: TriageViewModel) -> None:
    """Asks for the ticked documents."""
    model.begin(Action.ASK_DOCUMENTS)
    model.choose(1)
    model.send()
    await until(lambda: not model.is_busy)


async def test_what_is_asked_for_is_held_shown_and_sent(
    tmp_path: Path, words: RequestWords
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home, running(home.outgoing.run()):
        model = followed(home, words)
        model.show_row(row)
        await asked(model)
        assert model.panel is None
        line = model.last.undo_words()
        assert line is not None
        assert (line.what, line.seconds, line.others) == ("Запрошены документы", 10, 0)
        clock.move(2.5)
        assert model.held_words() == "Документы будут запрошены через 8\u00a0с"
        await home.sleep.asked_for(1)
        clock.move(HELD_S - 2.5)
        home.sleep.pass_time()
        await until(lambda: home.triage.waiting == ())
        assert model.last.undo_words() is None
        assert server.done == [f"claim {row.id}", f"ask-documents {row.id}"]
        await model.close()


async def test_undo_sends_nothing_and_gives_the_claim_back(
    tmp_path: Path, words: RequestWords
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        model = followed(home, words)
        model.show_row(row)
        await asked(model)
        model.last.undo()
        await until(lambda: not model.is_busy)
        assert model.last.undo_words() is None
        assert server.done == [f"claim {row.id}", f"release {row.id}"]
        await model.close()


async def test_a_stale_order_comes_back_with_its_words_and_is_given_again(
    tmp_path: Path, words: RequestWords
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        model = followed(home, words)
        model.show_row(row)
        await asked(model)
        now = server.rows[row.id]
        server.rows[row.id] = msgspec.structs.replace(
            now, version=now.version + 1, unread_messages=1
        )
        clock.move(HELD_S)
        await home.outgoing.drain()
        refusal = model.last.refusal()
        assert refusal is not None
        assert refusal.words.startswith("Здравствуйте!")
        assert [one.name for one in refusal.differences] == ["Непрочитанные сообщения"]
        model.last.order_again()
        await until(lambda: not model.is_busy and model.last.refusal() is None)
        assert [held.order.action for held in home.triage.waiting] == [Action.ASK_DOCUMENTS]
        clock.move(HELD_S)
        await home.outgoing.drain()
        assert server.done[-1] == f"ask-documents {row.id}"
        await model.close()


async def test_orders_of_an_earlier_run_can_be_taken_back_in_time(
    tmp_path: Path, words: RequestWords
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        model = followed(home, words)
        model.show_row(row)
        await asked(model)
        await model.close()
    clock.move(3)
    async with house(tmp_path, server, now=clock) as home:
        model = followed(home, words)
        line = model.last.undo_words()
        assert line is not None
        assert (line.who, line.seconds) == (f"заявка {row.number}", 7)
        model.last.undo()
        await until(lambda: home.triage.waiting == () and not model.is_busy)
        assert server.done[-1] == f"release {row.id}"
        await model.close()
