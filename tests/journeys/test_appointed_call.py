"""The appointed time comes: the desk counts down in sight, and calls (SOK-6, OZ-11)."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.chromium import chromium, missing
from tests.journeys.doctor import LOGIN, Server, signed_in
from tests.journeys.driver import Desk
from tests.journeys.patient import Patient
from tests.journeys.steps import screens, sign_in
from workstation.ui.screens.call.countdown_bar import CountdownBar

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
SOON = timedelta(seconds=30)
_COUNTED_S = 120.0


async def test_at_its_time_the_call_counts_down_and_rings(
    server: Server, qapp: QApplication, tmp_path: Path
) -> None:
    """SOK-6, OZ-11, DRC-4 nobody presses anything; no device was opened before."""
    async with (
        Desk(qapp, tmp_path, server=server.address) as desk,
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
    ):
        await sign_in(desk, LOGIN)
        desk.window.activateWindow()
        patient = await Patient.open(browser, await doctor.take())
        await doctor.propose(after=SOON)
        await patient.accept_time()
        bar = desk.find(CountdownBar, "countdown.bar")
        await desk.until(lambda: bar.text, "no countdown", _COUNTED_S)
        at_work = desk.workstation.desk
        assert at_work is not None
        assert at_work.calls.live is None
        await patient.answer("text")
        await desk.until(lambda: not bar.text, "still counting")
        assert screens(desk).call_model.request_id == doctor.card.row.id
        await patient.close_chat()
        await patient.hang_up()
        await patient.says("Врач пишет заключение")
