"""The ECG desk in the whole program: from the trace to the conclusion and back, whatever fails."""

import asyncio
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from backend_client.client import BackendClient
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import Origin
from tests.journeys.driver import PATIENCE_S
from tests.journeys.ecg_case import CASE, LEAD, EcgDesk, ecg_desk, load_case
from tests.journeys.steps import document_of, open_file, screens
from tests.unit.studies import long_files
from tests.unit.studies.ecg_fuzz.bombs import bomb
from workstation.core.connection import Link
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.measured import Quantity
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.long.view import LongEcgView

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("russian"),
]
ROOT = Path(__file__).resolve().parents[2]
LONG, BOMB = "суточный.edf", "бомба.dcm"
HOURS = 2
WORDS = ". Ритм синусовый"
SAID_WITHIN_S = 3.0
LAYOUTS = {str(layout.value): layout for layout in EcgLayout}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a server's case."""
    load_case(tmp_path / "backend")
    return tmp_path


@pytest.mark.parametrize("cyrillic", [True, False], ids=["russian-keys", "english-keys"])
async def test_measured_by_mouse_and_keys_put_into_the_conclusion_and_found_again(
    qapp: QApplication, folder: Path, *, cyrillic: bool
) -> None:
    """OZ-12: lead, second, filter and file of every number; a click and Alt+Enter lead back."""
    async with ecg_desk(qapp, folder, cyrillic=cyrillic) as desk:
        known = await desk.open_ecg()
        turn_everything(desk)
        true_ms = await desk.measure_rr(known)
        measured = desk.chosen.measured
        assert measured.quantity is Quantity.RR
        assert measured.value == pytest.approx(true_ms)
        assert (measured.place.lead, measured.place.filter) == (LEAD, "50hz")
        apart_s = measured.place.stop_s - measured.place.start_s
        assert apart_s * 1000 == pytest.approx(true_ms)
        await desk.put(1, "Ins" if cyrillic else "I")
        beat = await confirm_beat(desk)
        await desk.put(2)
        await desk.to_conclusion()
        rr, qt = desk.findings.toPlainText().split("\n")
        place = desk.ecg.measuring.words.place(measured.place).replace("\u00a0", " ")
        assert rr.startswith(f"RR {round(true_ms)} мс")
        assert place in rr
        assert rr.endswith("[1]")
        assert "сеть 50" in rr
        assert qt.startswith("QT ")
        assert qt.endswith("[2]")
        document = document_of(desk.desk, DocumentKind.ECG)
        said = [row.accessibleName() for row in desk.sources]
        assert all(document.title in one for one in said)
        assert "вручную" in said[0]
        desk.ecg.sheet.go_to_end()
        desk.click(1)
        await desk.is_back_at(measured.place)
        desk.keys.press("F6")
        await desk.until(desk.conclusion.isVisible, "not back at the text")
        desk.caret_on(2)
        desk.keys.press("Alt+Enter")
        await desk.until(screens(desk.desk).review.isVisible, "Alt+Enter leads nowhere")
        await desk.until(lambda: desk.ecg.beat.model.is_open, "the beat is not shown")
        assert beat == desk.ecg.beat.model.values.intervals_ms


def turn_everything(desk: EcgDesk) -> None:
    """Layouts, speed, gain and a filter by their keys; the header says each."""
    ecg = desk.ecg
    for key, layout in LAYOUTS.items():
        desk.keys.press(key)
        assert ecg.sheet.layout_now is layout
    desk.keys.press("4")
    for speed in ("50", "12,5", "25", "50"):
        desk.keys.press("S")
        assert f"{speed}\u00a0мм/с" in desk.header
    for gain in ("20", "2,5", "5", "10"):
        desk.keys.press("G")
        assert f"{gain}\u00a0мм/мВ" in desk.header
    assert "Фильтр: нет" in desk.header
    desk.keys.press("N")
    assert "сеть 50" in desk.header


async def confirm_beat(desk: EcgDesk) -> dict[IntervalKind, float]:
    """Q, all bounds confirmed, QT chosen in the list; the beat's intervals."""
    desk.keys.press("Q")
    model, lines = desk.ecg.beat.model, desk.ecg.measurements
    await desk.until(lambda: model.beat is not None, "no averaged beat")
    desk.keys.press("Ctrl+Enter")
    await desk.until(lambda: not model.has_proposals, "not confirmed")
    for _ in lines.lines:
        chosen = lines.chosen
        if chosen is not None and chosen.measured.quantity is Quantity.QT:
            break
        desk.keys.press("J")
    assert desk.chosen.measured.origin is Origin.CONFIRMED
    assert not desk.chosen.is_proposed
    return dict(model.values.intervals_ms)


@pytest.mark.parametrize("is_killed", [False, True], ids=["frozen", "killed"])
async def test_what_is_found_without_a_server_is_kept_and_reaches_it_later(
    qapp: QApplication, folder: Path, *, is_killed: bool
) -> None:
    async with ecg_desk(qapp, folder) as desk:
        known = await desk.open_ecg()
        desk.keys.press("4")
        await desk.measure_rr(known)
        measured = desk.chosen.measured
        services, pid = desk.desk.workstation.desk, desk.desk.backend.pid
        assert services is not None
        assert pid is not None
        link = services.sync
        os.kill(pid, signal.SIGSTOP)
        try:
            await desk.until(lambda: link.state.link is Link.OFFLINE, "the loss was not seen")
            await desk.put(1)
            await desk.until(lambda: "на этом компьютере" in desk.said, desk.said)
            await is_written_on(desk)
        finally:
            os.kill(pid, signal.SIGKILL if is_killed else signal.SIGCONT)
        await desk.until(lambda: link.state.link is Link.ONLINE, "no automatic return", 90)
        await reaches_server(desk, f"[1]{WORDS}")
        assert (await desk.findings_on_server()).count("[1]") == 1
        await desk.until(lambda: not desk.conclusion.form.cut_off.isVisible(), "still cut off")
        assert desk.findings.toPlainText().endswith(f"[1]{WORDS}")
        desk.click(1)
        await desk.is_back_at(measured.place)


async def is_written_on(desk: EcgDesk) -> None:
    """F6 without a server: the finding is there, words are typed, nothing can be signed."""
    await desk.to_conclusion()
    form = desk.conclusion.form
    await desk.until(form.cut_off.isVisible, "nobody says that there is no connection")
    assert desk.findings.toPlainText().endswith("[1]")
    assert not desk.conclusion.bar.button.isEnabled()
    desk.caret_at_end()
    desk.keys.type(WORDS)
    await desk.until(lambda: "на этом компьютере" in form.kept.text(), form.kept.text())


async def reaches_server(desk: EcgDesk, text: str) -> None:
    """Asked again and again: nobody tells."""
    end = time.monotonic() + PATIENCE_S
    while not (await desk.findings_on_server()).endswith(text):
        assert time.monotonic() < end, "the finding did not reach the server"
        await asyncio.sleep(0.1)


async def send_files(doctor: BackendClient) -> None:
    """A recording of hours and a bomb, by the ordinary road of files."""
    recording = long_files.edf(long_files.counts(HOURS * 3600))
    for title, data in ((LONG, recording), (BOMB, bomb_of("bomb: deflated"))):
        await doctor.uploads.send(CASE, "ecg", io.BytesIO(data), title)


def bomb_of(kind: str) -> bytes:
    """A small file that would unfold to hundreds of megabytes."""
    found = (bomb(random.Random(seed)) for seed in range(1000))
    return next(case.data for case in found if case.name == kind)


async def titled(desk: EcgDesk, title: str) -> Document:
    """The file of that name, once the window has heard of it."""
    model = screens(desk.desk).review_model

    def found() -> Document | None:
        return next((one for one in model.documents if one.title == title), None)

    await desk.until(lambda: found() is not None, f"no file {title}")
    document = found()
    assert document is not None
    return document


@pytest.mark.alone
async def test_the_window_outlives_its_decoder_and_a_bomb(qapp: QApplication, folder: Path) -> None:
    """The decoder is killed over an open ECG and an open long record: both are shown again."""
    async with ecg_desk(qapp, folder, before=send_files) as desk:
        await desk.open_ecg()
        await open_file(desk.desk, await titled(desk, LONG))
        backing = desk.desk.workstation.backing
        assert backing is not None
        before = backing.opener.pid
        assert before is not None
        os.kill(before, signal.SIGKILL)
        await desk.until(lambda: backing.opener.pid not in (None, before), "no decoder again")
        await desk.open_ecg()
        await long_is_shown(desk)
        await bomb_is_refused(desk)
        known = await desk.open_ecg()
        true_ms = await desk.measure_rr(known)
        assert desk.chosen.measured.value == pytest.approx(true_ms)


async def long_is_shown(desk: EcgDesk) -> None:
    """Opened by keys; its survey ends, though the decoder was killed meanwhile."""
    await open_file(desk.desk, await titled(desk, LONG))
    viewer = desk.pane.viewer
    assert isinstance(viewer, LongEcgView), desk.pane.placeholder_texts()
    ecg = viewer.model.ecg
    assert ecg is not None
    assert (ecg.duration_s, len(ecg.leads)) == (HOURS * 3600.0, 3)
    await desk.until(lambda: not viewer.model.is_surveying, "the survey does not end", 90)


async def bomb_is_refused(desk: EcgDesk) -> None:
    """Within 3 s a message, or progress that can be cancelled; the window lives."""
    screens(desk.desk).review_model.choose((await titled(desk, BOMB)).id)
    pane = desk.pane
    await desk.until(
        lambda: pane.model.state is PaneState.FAILED or pane.loading_plate.isVisible(),
        "nothing is said",
        SAID_WITHIN_S,
    )
    await desk.until(lambda: pane.model.state is PaneState.FAILED, "the bomb is not refused")
    assert len(pane.placeholder_texts()) >= 2, pane.placeholder_texts()
    assert desk.desk.window.isVisible()


async def test_the_command_line_says_what_the_window_shows(
    qapp: QApplication, folder: Path
) -> None:
    """inspect, render and measure on the file of the case: what the doctor saw."""
    async with ecg_desk(qapp, folder) as desk:
        known = await desk.open_ecg()
        record = desk.ecg.sheet.record
        assert record is not None
        file = folder / "ecg.dcm"
        file.write_bytes(await desk.bytes_of(document_of(desk.desk, DocumentKind.ECG)))
        first, second = known.r_peaks()[1:3]
        inspected = await run("inspect", str(file), "--json")
        (recording, *_) = json.loads(inspected)["recordings"]
        assert [lead["name"] for lead in recording["leads"]] == [one.name for one in record.leads]
        assert recording["sampling_rate_hz"] == known.rate
        assert recording["samples"] == len(known.samples)
        ends = ("--from", str(first / known.rate), "--to", str(second / known.rate))
        answer = json.loads(
            await run(
                "measure", str(file), *ends, "--lead", LEAD, "--kind", "rr", "--beat", "--json"
            )
        )
        caliper = answer["caliper"]
        assert caliper["interval_ms"] == pytest.approx((second - first) / known.rate * 1000)
        picture = folder / "ecg.png"
        await run("render", str(file), str(picture), "--layout", "3x4", "--size", "1366x768")
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1366, 768)


async def run(*words: str) -> str:
    """The program's answer; it ends with 0 and complains of nothing."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "workstation", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout
