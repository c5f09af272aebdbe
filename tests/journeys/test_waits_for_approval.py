"""A doctor's window while the clinic decides: waiting, returned to a place, delivered at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextEdit

from backend_client.client import BackendClient
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion, ConclusionState
from tests.journeys.colleague import demo_password
from tests.journeys.day_plan import ME, Planned, Task, planned_day
from tests.journeys.day_rows import load_morning
from tests.journeys.day_steps import DoctorsDay, case_of
from tests.journeys.driver import Desk
from tests.journeys.signed_cases import (
    all_is_loaded,
    begin_to_write,
    services_of,
    sign,
)
from tests.journeys.steps import screens, sign_in
from workstation.core.return_place import written
from workstation.core.server_clock import ServerClock
from workstation.ui.screens.conclusion.form_state import Section
from workstation.ui.screens.conclusion.sign_bar import SignBar
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.wording import Wording

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("russian"),
]
ADMIN = "berezhnoy"
PASSAGE, WHY = "Бисопролол 2,5 мг", "Сколько раз в день?"
WAITS = "Ждёт согласования"


def planned(task: Task) -> Planned:
    """The case that the day keeps for that task."""
    return next(one for one in planned_day() if one.task is task)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a server's requests."""
    load_morning(tmp_path / "backend", [planned(Task.ACCEPT), planned(Task.CONVERT)])
    return tmp_path


async def returned(desk: Desk, signed: Conclusion, reason: str) -> None:
    """By the clinic's admin, at another desk."""
    client = BackendClient(desk.workstation.server_address)
    try:
        await client.account.sign_in(ADMIN, await demo_password(desk.workstation.server_address))
        await client.conclusions.give_back(signed.request_id, signed.version, reason)
    finally:
        await client.aclose()


async def test_doctor_sees_what_waits_and_is_led_to_the_place_of_a_return(
    qapp: QApplication, folder: Path
) -> None:
    """SPB-21, DRC-13: where the catalogue asks for an approval the list and the conclusion say so,
    and a return is told at once and leads to its place; where it does not, signing delivers."""
    asked, duty = planned(Task.ACCEPT), planned(Task.CONVERT)
    backend = folder / "backend"
    waits, other = RequestId(case_of(asked)), RequestId(case_of(duty))
    async with Desk(qapp, folder, backend_folder=backend) as desk:
        await sign_in(desk, ME)
        await all_is_loaded(desk)
        day, shown = DoctorsDay(desk), screens(desk)
        await begin_to_write(desk, backend / "backend.sqlite", [waits, other])
        assert (await sign(desk, other)).state is ConclusionState.DELIVERED
        signed = await sign(desk, waits)
        assert signed.state is ConclusionState.SIGNED
        await day.all_requests()
        await desk.until(lambda: WAITS in row_text(desk, waits), "the list does not say so")
        await day.go_to(asked)
        day.keys.press("Enter")
        await desk.until(lambda: shown.review_model.row is not None, "the case is not open")
        day.keys.press("F6")
        bar = desk.find(SignBar, "conclusion.signBar")
        await desk.until(
            lambda: "Ждёт согласования" in standing_of(bar), "the conclusion does not say so"
        )
        day.keys.press("Esc")
        await desk.until(shown.review.isVisible, "not back at the files")
        await day.back()
        title = ConclusionWords(Wording(ServerClock())).section(Section.RECOMMENDATIONS)
        await returned(desk, signed, written(title, PASSAGE, WHY))
        notices = services_of(desk).notices
        await desk.until(lambda: notices.unread, "the doctor is not told")
        desk.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        field = desk.find(QTextEdit, "conclusion.recommendations")
        await desk.until(lambda: QApplication.focusWidget() is field, "not led to the place")
        assert field.textCursor().selectedText() == PASSAGE
        assert WHY in desk.find(TextBlock, "conclusion.recommendations.returned").text()


def row_text(desk: Desk, request_id: RequestId) -> str:
    """All that the list says of a request."""
    rows = screens(desk).queue_model.rows
    row = rows.row_of(request_id)
    columns = range(rows.columnCount())
    return "" if row is None else " ".join(str(rows.index(row, c).data()) for c in columns)


def standing_of(bar: SignBar) -> str:
    """What the bar under the conclusion says."""
    seen = (label for label in bar.findChildren(SignLabel) if label.isVisible())
    return " ".join(label.text() for label in seen)
