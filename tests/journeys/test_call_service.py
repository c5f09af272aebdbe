"""The doctor's call with real parts: server, event stream, media process, the patient's browser."""

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend_client.client import BackendClient
from backend_client.models.calls import CallState, SignalKind
from backend_client.models.common import RequestId
from backend_client.models.events import CallChanged, CallSignalled
from tests.journeys.chromium import chromium, missing
from tests.journeys.doctor import Server, lasting_events, signed_in
from tests.journeys.patient import Patient
from tests.journeys.turn_server import SECRET, free_port, turn_server
from tests.journeys.turn_server import missing as missing_coturn
from tests.unit.media.two_sides import SYNTHETIC, engines, told
from workstation.core.call_media import CallSettings, Source
from workstation.core.live_call import CallEnd, CallPhase, LiveCall, Recovery
from workstation.media.engine import MediaEngine
from workstation.services.calls import CallService

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
FRAMES = 20


@asynccontextmanager
async def at_work(
    client: BackendClient, engine: MediaEngine, settings: CallSettings = SYNTHETIC
) -> AsyncIterator[CallService]:
    """The service with the server's event stream, as the sync service brings it."""
    calls = CallService(client.calls, engine, lambda: datetime.now(UTC), settings=settings)
    listening = asyncio.ensure_future(_listen(client, calls))
    try:
        yield calls
    finally:
        await calls.close()
        listening.cancel()
        await asyncio.wait([listening])


async def _listen(client: BackendClient, calls: CallService) -> None:
    async for event in lasting_events(client, calls.missed_something):
        if isinstance(event, CallChanged | CallSignalled):
            calls.hear_event(event)


async def until(calls: CallService, holds: Callable[[LiveCall], bool]) -> LiveCall:
    """Waits until the call is so."""
    if calls.live is not None and holds(calls.live):
        return calls.live
    return await told(calls.changed, holds)


async def sees_patient(calls: CallService) -> None:
    """Waits for so many pictures from now on."""
    count = itertools.count(1)
    await told(calls.remote_frame, lambda _: next(count) >= FRAMES)


async def test_a_call_outlives_its_media_process_and_the_patients_tab(
    server: Server,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """DRC-4, DRC-7, SPB-20: placed, answered, lost twice, hung up."""
    async with (
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
        engines(1) as (engine,),
        at_work(doctor.client, engine) as calls,
    ):
        patient = await Patient.open(browser, await doctor.take())
        await doctor.propose()
        await patient.accept_time()
        request_id = RequestId(doctor.card.row.id)
        await calls.place(request_id)
        await told(calls.local_frame)
        await patient.answer()
        first = await until(calls, lambda live: live.first_frame_s is not None)
        await until(calls, lambda live: live.phase is CallPhase.TALKING)
        await sees_patient(calls)
        await patient.sees_frames()
        await patient.hears_doctor()
        killed_s = await _back_after_a_killed_media_process(calls, engine, patient)
        noticed_s, closed_s = await _back_after_a_closed_tab(calls, patient)
        await calls.hang_up()
        assert calls.live is not None
        assert calls.live.end is CallEnd.BY_DOCTOR
        await patient.says("Врач пишет заключение")
        (attempt,) = await calls.attempts(request_id)
        assert attempt.state is CallState.ENDED
        assert not patient.page.errors
    with capfd.disabled():
        sys.stdout.write(
            f"\nanswer to first picture {first.answer_to_frame_s:.2f} s, back after a killed media"
            f" process {killed_s:.2f} s, closed tab noticed after {noticed_s:.2f} s, back"
            f" {closed_s:.2f} s after it was opened again\n"
        )


def _recoveries(calls: CallService) -> int:
    """So far: a machine that stands still for seconds loses a connection of its own."""
    assert calls.live is not None
    return calls.live.recoveries


async def _back_after_a_killed_media_process(
    calls: CallService, engine: MediaEngine, patient: Patient
) -> float:
    began = asyncio.get_running_loop().time()
    before = _recoveries(calls)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    await until(calls, lambda live: live.phase is CallPhase.RECOVERING)
    live = await until(calls, lambda live: live.phase is CallPhase.TALKING)
    seconds = asyncio.get_running_loop().time() - began
    assert (live.recovery, live.recoveries) == (Recovery.MEDIA_RESTARTED, before + 1)
    await sees_patient(calls)
    await patient.sees_frames()
    await patient.hears_doctor()
    return seconds


async def _back_after_a_closed_tab(calls: CallService, patient: Patient) -> tuple[float, float]:
    began = asyncio.get_running_loop().time()
    before = _recoveries(calls)
    await patient.close_tab()
    await until(calls, lambda live: live.phase is CallPhase.RECOVERING)
    noticed_s = asyncio.get_running_loop().time() - began
    await patient.reopen()
    began = asyncio.get_running_loop().time()
    await patient.come_back()
    live = await until(calls, lambda live: live.phase is CallPhase.TALKING)
    seconds = asyncio.get_running_loop().time() - began
    assert (live.recovery, live.recoveries) == (Recovery.PATIENT_CAME_BACK, before + 1)
    await sees_patient(calls)
    await patient.sees_frames()
    return noticed_s, seconds


@pytest.fixture
def turn_port(monkeypatch: pytest.MonkeyPatch) -> int:
    """Of the TURN server that the next backend hands out credentials for."""
    port = free_port()
    monkeypatch.setenv("TELEMED_TURN_URLS", f"turn:127.0.0.1:{port}?transport=udp")
    monkeypatch.setenv("TELEMED_TURN_SECRET", SECRET)
    return port


@pytest.mark.skipif(missing_coturn() is not None, reason=str(missing_coturn()))
async def test_both_sides_reach_a_relay_with_the_backends_credentials(
    turn_port: int, server: Server, tmp_path: Path
) -> None:
    """The doctor's side has no other road than TURN, and the patient's page offers one, too."""
    through_turn = CallSettings(source=Source.SYNTHETIC, relay_only=True)
    async with (
        turn_server(tmp_path, turn_port),
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
        engines(1) as (engine,),
        at_work(doctor.client, engine, through_turn) as calls,
    ):
        patient = await Patient.open(browser, await doctor.take())
        await doctor.propose()
        await patient.accept_time()
        request_id = RequestId(doctor.card.row.id)
        await calls.place(request_id)
        await patient.answer()
        await until(calls, lambda live: live.phase is CallPhase.TALKING)
        await sees_patient(calls)
        await patient.sees_frames()
        (call,) = await calls.attempts(request_id)
        said = await doctor.client.calls.signals(request_id, call.id)
        (answer,) = [one.payload for one in said if one.kind is SignalKind.ANSWER]
        await calls.hang_up()
    assert " typ relay " in answer
