"""A full day: forty cases by keys alone, half of them under the Russian layout."""

import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.day_plan import HALF, End, end_of, planned_day
from tests.journeys.day_rows import DATABASE, DayRows, load_morning
from tests.journeys.day_steps import DoctorsDay
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk
from tests.journeys.steps import screens, sign_in
from tests.unit.media.two_sides import SYNTHETIC
from workstation.ui.theme import Scheme

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(420),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),  # of a menu
]
DAY = planned_day()
BEGINNINGS = ("history", "messages", "note")
"""Of these the plan names how they begin: times and the rest of a letter follow."""


@pytest.fixture
def morning(tmp_path: Path, shelf: DemoShelf) -> Path:
    """Folder of a server with the requests of the day."""
    folder = tmp_path / "backend"
    shelf.stock(folder)
    load_morning(folder, DAY)
    return folder


@pytest.mark.usefixtures("russian")
async def test_forty_cases_by_keys_alone(
    qapp: QApplication, tmp_path: Path, morning: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """OZ-4, OZ-6, OZ-8, OZ-12, OZ-13, OZ-19, OZ-22, SPB-22: what the server has is what was meant.

    Nothing that was held is lost, nothing is done twice, and nothing to a case that was not shown.
    """
    assert len(DAY) == 2 * HALF == 40
    rows = DayRows(morning / DATABASE)
    async with Desk(qapp, tmp_path, backend_folder=morning) as desk:
        desk.look(Scheme.LIGHT, 1366, 768)
        await sign_in(desk, "levashova")
        assert desk.workstation.desk is not None
        desk.workstation.desk.calls.settings = SYNTHETIC
        before, begun = rows.newest_line(), time.perf_counter()
        day = DoctorsDay(desk)
        await day.all_requests()
        for planned in DAY:
            await day.do(planned)
        triage = desk.workstation.desk.triage
        await desk.until(lambda: not triage.waiting, "what was held is not sent", 90)
        seconds = time.perf_counter() - begun
        assert await triage.refused_kept() == ()
        assert screens(desk).triage_model.last.refusal() is None
    ends = [(one, differences(end_of(one), rows.end_of(one, before))) for one in DAY]
    told = [f"{one.number} {one.task.value}: {found}" for one, found in ends if found]
    assert not told, "\n".join(told)
    times = rows.held_times()
    assert len(set(times)) == len(times) == 4
    with capfd.disabled():
        sys.stdout.write(f"\n40 cases, {day.keys.pressed} keys, {seconds:.0f} s\n")


def differences(meant: End, kept: End) -> dict[str, tuple[object, object]]:
    """What the server has otherwise than it was meant: by field, both values."""
    found = {}
    for one in fields(End):
        was_meant, is_kept = getattr(meant, one.name), getattr(kept, one.name)
        if not same(one.name, was_meant, is_kept):
            found[one.name] = (was_meant, is_kept)
    return found


def same(name: str, meant: object, kept: object) -> bool:
    """Whether it is what was meant: word for word, or as far as the plan names it."""
    if name not in BEGINNINGS or not meant:
        return meant == kept
    if isinstance(meant, str):
        return str(kept).startswith(meant)
    assert isinstance(meant, tuple)
    assert isinstance(kept, tuple)
    together = zip(meant, kept, strict=False)
    return len(meant) == len(kept) and all(one.startswith(its) for its, one in together)
