"""From the last key to the text in the encrypted local store and on the server, in the whole window
with a server of its own.

Floor: the same text written to that store by itself, in the same run. Half a second of each is the
pause after the last key, without which every key would be sent.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionForm
from backend_client.models.requests import QueueGroup
from benchmarks.figures import Figure, at_most, report
from benchmarks.tick_lateness import percentile
from tests.journeys.day_plan import ME, Planned, Task
from tests.journeys.day_rows import DATABASE, load_morning
from tests.journeys.day_steps import case_of
from tests.journeys.driver import Desk, hold
from tests.journeys.signed_cases import all_is_loaded, services_of
from tests.journeys.steps import open_case, screens, sign_in
from workstation.core.conclusion_draft import KeptDraft
from workstation.store.drafts import Drafts

WORDS = " Створки утолщены, раскрытие ограничено."
COUNT, LIMIT_S, LOOK_S, REST_S, PATIENCE_S = 20, 1.0, 0.01, 1.0, 30.0
FREE = Planned("30-7901", "Юдин Пётр Львович", Task.ACCEPT, cyrillic=True)
CASE = Planned("30-7001", "Савин Пётр Львович", Task.SIGN, cyrillic=True)


async def measured(application: QApplication, folder: Path) -> list[Figure]:
    """Of one case that is being written, `COUNT` pauses between sentences."""
    database = folder / "backend" / DATABASE
    async with Desk(application, folder, backend_folder=folder / "backend") as desk:
        await sign_in(desk, ME)
        await all_is_loaded(desk)
        queue = screens(desk).queue_model
        queue.choose_group(QueueGroup.ALL)
        await desk.until(
            lambda: any(one.patient.full_name == CASE.name for one in queue.rows.records()),
            "the request is not in the list",
        )
        await open_case(desk, CASE.name)
        desk.press(Qt.Key.Key_F6)
        model = screens(desk).conclusion_model
        await desk.until(lambda: model.is_editable, "the form did not come")
        here, there = list[float](), list[float]()
        for _ in range(COUNT):
            desk.find(QWidget, "conclusion.findings").setFocus()
            desk.type_text(WORDS)
            seconds = await _until_kept(desk, model.form.findings, database)
            here.append(seconds[0])
            there.append(seconds[1])
            await asyncio.sleep(REST_S)
        bare = await _bare_seconds(desk, model.form)
    return [
        at_most(
            "last key to the local store, median", statistics.median(here), LIMIT_S, "s", floor=bare
        ),
        at_most(
            "last key to the local store, p95", percentile(here, 0.95), LIMIT_S, "s", floor=bare
        ),
        at_most(
            "last key to the server, median", statistics.median(there), LIMIT_S, "s", floor=bare
        ),
        at_most("last key to the server, p95", percentile(there, 0.95), LIMIT_S, "s", floor=bare),
    ]


async def _until_kept(desk: Desk, text: str, database: Path) -> tuple[float, float]:
    """Seconds until the store and the server have the text."""
    begun = time.perf_counter()
    drafts, case = _drafts(desk), RequestId(case_of(CASE))

    here = there = 0.0
    while not there:
        kept = await drafts.read(case)  # it goes from here as soon as the server has it
        if await asyncio.to_thread(_findings, database) == text:
            there = time.perf_counter() - begun
        elif kept is not None and kept.form.findings == text and not here:
            here = time.perf_counter() - begun
        hold(time.perf_counter() - begun < PATIENCE_S, "the text was not saved")
        await asyncio.sleep(LOOK_S)
    return here or there, there


def _findings(database: Path) -> str | None:
    """As the server has them."""
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        row = connection.execute(
            "select json_extract(form, '$.findings') from conclusions where request_id = ?",
            [case_of(CASE)],
        ).fetchone()
    return None if row is None else row[0]


async def _bare_seconds(desk: Desk, form: ConclusionForm) -> float:
    """One write to the store by itself, median."""
    drafts, took = _drafts(desk), list[float]()
    for number in range(COUNT):
        begun = time.perf_counter()
        await drafts.keep(RequestId(f"bare-{number}"), KeptDraft(0, form, datetime.now(UTC)))
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def _drafts(desk: Desk) -> Drafts:
    """The encrypted store of the signed-in doctor."""
    return Drafts(services_of(desk).database)


def figures() -> list[Figure]:
    """All of them."""
    application = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as name,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        load_morning(Path(name) / "backend", [FREE, CASE])
        return runner.run(measured(application, Path(name)))


if __name__ == "__main__":
    sys.exit(report(figures()))
