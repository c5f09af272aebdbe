"""A decision that was begun outlives the program: upon the real encrypted store, over restarts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.request_actions import AskDocuments, Decline, DeclineReason
from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.snoozing import LayAside
from tests.factories import make_owner, make_row
from tests.fakes import FakeTriageService
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.triage_keys import Keyboard, ordered, own_row, said
from tests.ui.waiting import until
from tests.unit.services.house import KEY
from workstation.core.kept_panel import KeptPanel
from workstation.services.kept_panels import KeptPanels
from workstation.store.database import Database
from workstation.store.panels import Panels
from workstation.ui.screens.triage.content import Panel

pytestmark = pytest.mark.usefixtures("russian")
OTHER = msgspec.structs.replace(make_owner("Орлов П. И."), is_me=False)
WORDS = "Мне нужен протокол"
DRAFT = "Ваш черновик, 11:42"


class Computer:
    """The program on one computer: signed in, and signed out at the end of each block."""

    def __init__(self, qtbot: QtBot, around: Surroundings, folder: Path) -> None:
        self._qtbot, self._around = qtbot, around
        self._path = folder / "store.db"

    @asynccontextmanager
    async def started(
        self, rows: Sequence[RequestRow], triage: FakeTriageService | None = None
    ) -> AsyncIterator[QueueDesk]:
        """The queue, with what an earlier run has left."""
        database = await Database.open(self._path, KEY)
        panels = KeptPanels(Panels(database))
        try:
            await panels.load()
            queue = open_queue(self._qtbot, self._around, rows, panels=panels, triage=triage)
            async with queue as desk:
                await until(lambda: desk.card.triage.row is not None)
                yield desk
        finally:
            await database.close()

    async def kept(self) -> tuple[KeptPanel, ...]:
        """What lies on the disk while the program does not run."""
        database = await Database.open(self._path, KEY)
        try:
            return await Panels(database).all()
        finally:
            await database.close()


@pytest.fixture
def computer(qtbot: QtBot, around: Surroundings, tmp_path: Path) -> Computer:
    """With an empty store."""
    return Computer(qtbot, around, tmp_path)


def shown(desk: QueueDesk) -> Panel:
    """The panel that stands in the card."""
    panel = desk.card.triage.panel
    assert panel is not None
    return panel


async def begin(computer: Computer, row: RequestRow, *keys: str, words: str = WORDS) -> None:
    """A run of the program that ends in the middle of a decision."""
    async with computer.started([row]) as desk:
        keyboard = Keyboard(desk)
        keyboard.press(*keys)
        keyboard.type(words)
        assert not desk.card.panel.kept.isVisible(), "nothing is old yet"


async def test_words_of_a_letter_are_there_after_a_restart_and_are_sent(
    computer: Computer,
) -> None:
    """OZ-19: marked as a draft, without the focus; keys carry nothing out unasked."""
    row = own_row()
    await begin(computer, row, "A", "1", "Tab")
    async with computer.started([row, make_row()]) as desk:
        keys, panel = Keyboard(desk), desk.card.panel
        assert panel.isVisible()
        assert panel.kept.text() == DRAFT
        assert panel.kept.toolTip() == "Не отправлен, виден только вам"
        assert panel.words.toPlainText().startswith(WORDS)
        assert shown(desk).chosen == ["ct"]
        assert not panel.differences.isVisible()
        assert desk.view.table.hasFocus() or desk.view.hasFocus()
        assert ordered(desk) == []
        keys.press("J")
        assert not panel.isVisible(), "the words are of one request"
        keys.press("K")
        panel.words.setFocus()
        keys.press("Ctrl+Enter")
        await until(lambda: desk.card.triage.panel is None)
        given = said(desk)
        assert isinstance(given, AskDocuments)
        assert (given.items, given.text.startswith(WORDS)) == (["ct"], True)
    assert await computer.kept() == ()


async def test_what_has_changed_since_is_told(computer: Computer) -> None:
    """The order stands upon the state that is shown now."""
    row = own_row()
    await begin(computer, row, "D", "2", "Tab")
    present = msgspec.structs.replace(row, version=4, unread_messages=2)
    async with computer.started([present]) as desk:
        text = desk.card.panel.differences.text()
        assert text == "За это время изменилось:\nНепрочитанные сообщения: 0 \u2192 2"
        desk.card.panel.words.setFocus()
        Keyboard(desk).press("Ctrl+Enter")
        await until(lambda: desk.card.triage.panel is None)
        assert said(desk) == Decline(
            version=4, reason=DeclineReason.NEEDS_IN_PERSON_CARE, note=WORDS
        )


async def test_a_case_that_a_colleague_has_taken_leaves_the_words(computer: Computer) -> None:
    """The claim was lost, the program ended, and the words are there; who has the case is said."""
    row = own_row()
    await begin(computer, row, "D", "1", "Tab")
    taken = msgspec.structs.replace(row, version=2, owner=OTHER, allowed_actions=[])
    triage = FakeTriageService()
    for _ in range(2):
        async with computer.started([taken], triage) as desk:
            assert "Орлов" in desk.card.panel.differences.text()
            refusal = Conflict(ProblemCode.CLAIMED_BY_OTHER, owner_name=OTHER.name)
            desk.triage.backend.fail_with(refusal)
            desk.card.panel.words.setFocus()
            Keyboard(desk).press("Ctrl+Enter")
            await until(desk.card.panel.problem.isVisible)
            assert desk.card.panel.words.toPlainText() == WORDS
    assert [one.words for one in await computer.kept()] == [WORDS]


async def test_esc_keeps_nothing(computer: Computer) -> None:
    row = own_row()
    await begin(computer, row, "D", "1", "Tab")
    async with computer.started([row]) as desk:
        desk.card.panel.words.setFocus()
        Keyboard(desk).press("Esc")
        assert desk.card.triage.panel is None
    assert await computer.kept() == ()
    async with computer.started([row]) as desk:
        assert desk.card.triage.panel is None


async def test_a_panel_that_nobody_has_touched_is_not_kept(computer: Computer) -> None:
    await begin(computer, own_row(), "A", words="")
    assert await computer.kept() == ()


async def test_an_order_that_could_not_be_given_is_kept(computer: Computer) -> None:
    """Without a letter of the doctor's: what was ticked and sent is what was wanted."""
    row = own_row(checklist=[], allowed_actions=[Action.OUT_OF_PROFILE])
    async with computer.started([row]) as desk:
        desk.triage.backend.fail_with(Unreachable())
        Keyboard(desk).press("O", "Enter")
        await until(desk.card.panel.problem.isVisible)
    async with computer.started([row]) as desk:
        assert shown(desk).content.action is Action.OUT_OF_PROFILE
        assert desk.card.panel.kept.isVisible()


async def test_of_a_request_that_has_ended_nothing_is_offered(computer: Computer) -> None:
    row = own_row()
    await begin(computer, row, "D", "1", "Tab")
    ended = msgspec.structs.replace(row, version=2, status=RequestStatus.CANCELLED)
    async with computer.started([ended]) as desk:
        assert desk.card.triage.panel is None
    assert await computer.kept() == ()


async def test_a_threat_to_life_leaves_what_was_begun(
    computer: Computer,
) -> None:
    row = own_row(allowed_actions=[Action.DECLINE, Action.MARK_LIFE_THREAT])
    await begin(computer, row, "D", "1", "Tab")
    async with computer.started([row]) as desk:
        keys = Keyboard(desk)
        desk.triage.backend.fail_with(Unreachable())
        keys.press("F9")
        await until(desk.card.panel.problem.isVisible)
    async with computer.started([row]) as desk:
        assert shown(desk).content.action is Action.DECLINE
        assert shown(desk).words == WORDS
    assert [one.words for one in await computer.kept()] == [WORDS]


@pytest.mark.parametrize(("later", "is_past"), [(timedelta(), False), (timedelta(days=2), True)])
async def test_a_moment_stays_the_moment_that_was_chosen(
    computer: Computer, tmp_path: Path, later: timedelta, *, is_past: bool
) -> None:
    """Not an hour from the restart; one that is over is not proposed again, its note stays."""
    row = make_row(allowed_actions=[Action.CLAIM, Action.SNOOZE])
    moment = SCENE_NOW + timedelta(days=1, minutes=10) - later
    kept = KeptPanel(
        request_id=row.id,
        action=Action.SNOOZE,
        changed_at=SCENE_NOW,
        chosen=("hour",),
        words="ждём анализ",
        is_edited=True,
        until=moment,
        seen=row,
    )
    database = await Database.open(tmp_path / "store.db", KEY)
    await Panels(database).keep(kept)
    await database.close()
    async with computer.started([row]) as desk:
        expected = SCENE_NOW + timedelta(hours=1) if is_past else moment
        assert shown(desk).until == expected
        desk.card.panel.words.setFocus()
        Keyboard(desk).press("Ctrl+Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, LayAside)
        assert (given.note, given.until) == ("ждём анализ", expected)


async def test_a_disk_that_fails_stops_no_decision(
    qtbot: QtBot, around: Surroundings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.close()
    panels = KeptPanels(Panels(database))
    await panels.load()
    async with open_queue(qtbot, around, [own_row()], panels=panels) as desk:
        keys = Keyboard(desk)
        keys.press("D", "1", "Tab")
        keys.type(WORDS)
        keys.press("Ctrl+Enter")
        await until(lambda: bool(ordered(desk)))
        given = said(desk)
        assert isinstance(given, Decline)
        assert given.note == WORDS
        await until(lambda: "StoreUnavailable" in caplog.text)
    assert WORDS not in caplog.text
