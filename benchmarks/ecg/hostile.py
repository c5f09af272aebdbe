"""Hostile uploads in the review screen: how long after the key something is in sight, and whether
the window's loop stands still meanwhile.

In sight is a picture, a message, or the plate that says what is opened and can be cancelled. Floor
of the first: a sound ECG behind each of them in the same run. Of the second: the same timer in a
bare window, a process of its own, at the same time.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

import qasync
from pydicom.dataset import Dataset
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from backend_client.models.documents import Document
from benchmarks.ecg.review_desk import ReviewDesk, review_desk
from benchmarks.figures import Figure, at_most, at_most_above, never, report, stated
from benchmarks.queue.frames import PATIENCE_S
from benchmarks.tick_lateness import TickLateness, percentile
from tests.ui.keys import press
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_fuzz import uploads
from workstation.application import make_application
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.viewers.page_area import PageArea

IN_SIGHT_S: Final = 3.0
STALL_MS: Final = 50.0
_LOOK_S: Final = 0.005
_AT_MOST_S: Final = 900
"""For so long the bare window waits to be told to end."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one key."""

    name: str
    what: str
    """The first that was in sight: "picture", "message" or "progress"."""
    seconds: float
    end: str
    """What it was in the end."""


@dataclass(frozen=True, slots=True)
class Walk:
    """All files, and the loop meanwhile."""

    seen: list[Seen]
    late_ms: list[float]
    busy_ms: list[float]
    bare_ms: list[float]


def files() -> dict[str, bytes]:
    """Each hostile one between two sound ones, which are to open as if nothing had been."""
    found = {"sound": make.ecg_file()}
    hostile = chain(uploads.truncated(), uploads.huge_claims(), uploads.bombs(), uploads.pdfs())
    for number, (name, data) in enumerate(hostile):
        found[name] = data
        # Not the same bytes again: the service keeps what it knows of a file by its digest.
        found[f"sound {number}"] = make.ecg_file(partial(_renamed, number))
    return found


def _renamed(number: int, dataset: Dataset) -> None:
    dataset.PatientID = str(number)


async def measured(folder: Path, given: dict[str, bytes], application: QApplication) -> Walk:
    """Walks through them by the key; what is called "sound ..." is to open."""
    async with review_desk(folder, given, application) as desk:
        bare = _bare_window()
        lateness = TickLateness(desk.view)
        try:
            seen = [await _next(desk, document) for document in desk.documents[1:]]
        finally:
            late, busy = list(lateness.values_ms), list(lateness.busy_ms)
            lateness.deleteLater()
            bare.terminate()
            output, _ = await asyncio.to_thread(bare.communicate)
        return Walk(seen, late, busy, json.loads(output.strip().splitlines()[-1]))


def _bare_window() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.bare_window", str(_AT_MOST_S)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def _next(desk: ReviewDesk, document: Document) -> Seen:
    _read_to_the_end(desk)
    begun = time.perf_counter()
    press(desk.view, Qt.Key.Key_PageDown)
    what = await _came(partial(_in_sight, desk, document))
    seconds = time.perf_counter() - begun
    return Seen(document.title, what, seconds, await _came(partial(_at_last, desk)))


def _read_to_the_end(desk: ReviewDesk) -> None:
    """Of a document that is longer than its window the key shows the rest first."""
    area = _page(desk)
    if area is not None:
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _in_sight(desk: ReviewDesk, document: Document) -> str:
    """What the doctor sees of that file; "" while it is nothing."""
    model, plate = desk.model.ecg, _pane(desk).loading_plate
    if model.document is None or model.document.id != document.id:
        return ""
    if model.state is PaneState.LOADING:
        return "progress" if plate.isVisible() and plate.shown_text() else ""
    if model.state is PaneState.FAILED:
        return "message"
    area = _page(desk)
    if area is None or model.broken_parts:
        return "picture" if not model.broken_parts else "message"
    if _is_drawn(area):
        return "picture"
    return "progress" if area.page_words(0) else ""


def _at_last(desk: ReviewDesk) -> str:
    """A picture or a message; "" while neither is there."""
    model = desk.model.ecg
    if model.state is PaneState.FAILED or model.broken_parts:
        return "message"
    area = _page(desk)
    is_there = area is None or _is_drawn(area)
    return "picture" if model.state is PaneState.READY and is_there else ""


def _page(desk: ReviewDesk) -> PageArea | None:
    """The pages of a document that is open."""
    area = _pane(desk).findChild(PageArea, "pageArea")
    return area if area is not None and area.isVisible() else None


def _is_drawn(area: PageArea) -> bool:
    """Whether all pages in sight are there, and of the open document."""
    told: list[bool] = []

    def tell() -> None:
        told.append(True)

    area.drawn.connect(tell)
    area.ask_for_visible()
    area.drawn.disconnect(tell)
    return bool(told)


def _pane(desk: ReviewDesk) -> StudyPane:
    return next(one for one in desk.view.findChildren(StudyPane) if one.model is desk.model.ecg)


async def _came(what: Callable[[], str]) -> str:
    for _ in range(round(PATIENCE_S / _LOOK_S)):
        if found := what():
            return found
        await asyncio.sleep(_LOOK_S)
    raise TimeoutError


def figures() -> list[Figure]:
    """The slowest of them, and the loop all the time."""
    return figures_of(files())


def figures_of(given: dict[str, bytes]) -> list[Figure]:
    """Of these files, the hostile ones between sound ones."""
    application = make_application()
    loop = partial(qasync.QEventLoop, application)
    with tempfile.TemporaryDirectory() as name, asyncio.Runner(loop_factory=loop) as runner:
        walk = runner.run(measured(Path(name), given, application))
    sound = [one for one in walk.seen if one.name.startswith("sound")]
    hostile = [one for one in walk.seen if not one.name.startswith("sound")]
    floor = percentile([one.seconds for one in sound], 0.5)
    slowest = max(hostile, key=lambda one: one.seconds)
    kinds = Counter(one.what for one in hostile)
    lost = sum(one.end != "picture" for one in sound)
    bare = max(walk.bare_ms, default=0.0)
    words = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return [
        at_most(
            f"hostile files: in sight after the key ({words}), slowest: {slowest.name}",
            slowest.seconds,
            IN_SIGHT_S,
            "s",
            floor=floor,
        ),
        never("sound files behind them that do not open", lost),
        stated("the slowest of those", max(one.seconds for one in sound), floor, "s"),
        at_most("loop busy meanwhile, longest", max(walk.busy_ms), STALL_MS, "ms", floor=0),
        at_most_above(
            "loop late meanwhile, p99", percentile(walk.late_ms, 0.99), _p99(walk), STALL_MS, "ms"
        ),
        stated("loop late meanwhile, longest", max(walk.late_ms), bare, "ms"),
    ]


def _p99(walk: Walk) -> float:
    return percentile(walk.bare_ms, 0.99)


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
