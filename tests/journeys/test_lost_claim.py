"""A case is taken from a doctor who is writing: the words stay, and who has the case is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTextEdit

from backend.demo_data.rows import demo_id
from backend_client.client import BackendClient
from backend_client.models.common import UserId
from backend_client.models.request_actions import TakeOver
from tests.journeys.colleague import demo_password
from tests.journeys.day_plan import ME, Planned, Task, planned_day
from tests.journeys.day_rows import load_morning
from tests.journeys.day_steps import DoctorsDay, case_of
from tests.journeys.driver import Desk
from tests.journeys.steps import screens, sign_in, sign_out
from workstation.ui.widgets.notices import Notice

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("russian"),
]
ADMIN, COLLEAGUE, COLLEAGUES_NAME = "berezhnoy", "safonov", "Сафонов"
FIRST, SECOND = "ритм синусовый", ", перегородка утолщена"
WORDS = "пришлите протокол эхокардиографии "
DAY = [one for one in planned_day() if one.cyrillic]


class Clinic:
    """The clinic's admin, at another desk."""

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    async def give(self, planned: Planned, login: str) -> None:
        """Takes the case from its doctor, for another one."""
        doctor = UserId(demo_id("account", login))
        given = TakeOver(reason="отпуск врача", doctor_id=doctor)
        await self._client.actions.take_over(case_of(planned), given)


@asynccontextmanager
async def at_work(qapp: QApplication, folder: Path) -> AsyncIterator[tuple[DoctorsDay, Clinic]]:
    """A doctor before the list of all requests, and the clinic's admin."""
    backend = folder / "backend"
    async with Desk(qapp, folder, backend_folder=backend) as desk:
        await sign_in(desk, ME)
        day = DoctorsDay(desk)
        await day.all_requests()
        client = BackendClient(desk.workstation.server_address)
        try:
            password = await demo_password(desk.workstation.server_address)
            await client.account.sign_in(ADMIN, password)
            yield day, Clinic(client)
        finally:
            await client.aclose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a server's requests."""
    load_morning(
        tmp_path / "backend",
        [case(task) for task in (Task.ACCEPT, Task.OUT_OF_PROFILE, Task.WRITE)],
    )
    return tmp_path


def case(task: Task) -> Planned:
    """The request that the day keeps for that task."""
    return next(one for one in DAY if one.task is task)


async def told_of_colleague(desk: Desk) -> None:
    """The window's line names who has the case."""
    notice = desk.find(Notice, "notice")
    await desk.until(
        lambda: notice.isVisible() and COLLEAGUES_NAME in notice.accessibleName(), "nothing is told"
    )


async def test_the_text_of_a_conclusion_stays_a_private_draft(
    qapp: QApplication, folder: Path
) -> None:
    """OZ-12: what was typed last is there when the case comes back, though no save went through."""
    async with at_work(qapp, folder) as (day, clinic):
        desk, keys, planned = day.desk, day.keys, case(Task.WRITE)
        await day.go_to(planned)
        await day.begin_findings(planned, FIRST)
        model = screens(desk).conclusion_model
        await clinic.give(planned, COLLEAGUE)
        if model.is_editable:
            keys.type(SECOND)
        typed = model.form.findings
        await told_of_colleague(desk)
        await desk.until(lambda: not model.is_editable, "another doctor's case can be written on")
        field = desk.find(QTextEdit, "conclusion.findings")
        assert field.toPlainText() == typed
        assert field.isReadOnly()
        await day.back()
        await clinic.give(planned, ME)
        await day.go_to(planned)
        await desk.until(lambda: day.is_mine(planned), "the case is not back")
        keys.press("F6")
        await desk.until(lambda: model.is_editable, "no form")
        assert model.form.findings == typed
        await day.back()


async def test_the_words_of_a_decision_stay_with_their_request(
    qapp: QApplication, folder: Path
) -> None:
    """OZ-19: the case was the doctor's; the letter that was being typed is there, and not sent."""
    async with at_work(qapp, folder) as (day, clinic):
        desk, keys, planned = day.desk, day.keys, case(Task.ACCEPT)
        await day.go_to(planned)
        await day.accept(planned)
        await desk.until(lambda: not screens(desk).triage_model.is_busy, "still being taken")
        keys.press("A", "1", "Tab")
        keys.type(WORDS)
        await clinic.give(planned, COLLEAGUE)
        await told_of_colleague(desk)
        panel = screens(desk).queue.card.panel
        await desk.until(lambda: COLLEAGUES_NAME in panel.differences.text(), "not in the panel")
        assert panel.words.toPlainText().startswith(WORDS)
        keys.press("Ctrl+Enter")
        await desk.until(panel.problem.isVisible, "not refused")
        assert COLLEAGUES_NAME in panel.problem.text()
        assert panel.words.toPlainText().startswith(WORDS)
        triage = day.triage
        assert triage.held_for(case_of(planned)) is None
        screens(desk).queue.table.setFocus()
        keys.press("J")
        assert not panel.isVisible()
        keys.press("K")
        assert panel.words.toPlainText().startswith(WORDS)
        await sign_out(desk)
        await sign_in(desk, ME)
        await day.all_requests()
        await day.go_to(planned)
        panel = screens(desk).queue.card.panel
        await desk.until(panel.kept.isVisible, "not kept over a sign-out")
        assert COLLEAGUES_NAME in panel.differences.text()
        assert panel.words.toPlainText().startswith(WORDS)
        assert day.triage.held_for(case_of(planned)) is None
