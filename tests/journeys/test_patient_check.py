"""The test of camera, microphone, sound and line on the patient's page, in a real browser."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from backend_client.models.patient_check import Browser, CheckCause, CheckPart, PatientCheck
from tests.journeys.chromium import PATIENCE_S, missing
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Doctor, Server, demo_server
from tests.journeys.patient import Patient
from tests.journeys.test_patient_page import SMALLEST, both, change_row, without_gaps
from tests.journeys.turn_server import SECRET, free_port, turn_server
from tests.journeys.turn_server import missing as missing_coturn
from tests.unit.media.two_sides import engines

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
EARLY = timedelta(hours=30)
"""Before the lobby opens: nothing is tried unless somebody asks for it."""
TEST, AGAIN, HEARD = "Проверить связь", "Проверить снова", "Да, слышно"
LONGEST_S = 12
REFUSED = """(() => {{
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (asked) => {{
    if ({when}) return Promise.reject(new DOMException("made up", "{name}"));
    return real(asked);
  }};
}})()"""
"""Asked for devices as `when` says, the browser refuses them with that error."""
PAINTED = """(() => {{
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (asked) => {{
    const media = await real(asked);
    const canvas = Object.assign(document.createElement("canvas"), {{ width: 640, height: 360 }});
    const drawing = canvas.getContext("2d");
    setInterval(() => {{
      drawing.fillStyle = "#000";
      drawing.fillRect(0, 0, 640, 360);
      drawing.fillStyle = "{colour}";
      drawing.fillRect(Math.random() * 40, 0, 300, 360);
    }}, 33);
    media.removeTrack(media.getVideoTracks()[0]);
    media.addTrack(canvas.captureStream(30).getVideoTracks()[0]);
    return media;
  }};
}})()"""
"""The camera shows black, and half of it in that colour."""
MUTE = """(() => {
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (asked) => {
    const media = await real(asked);
    for (const track of media.getAudioTracks()) track.enabled = false;
    return media;
  };
})()"""
OLD = """
delete window.RTCPeerConnection;
Object.defineProperty(navigator, "userAgent", { value:
  "Mozilla/5.0 (Linux; Android 6.0) AppleWebKit/537.36 Chrome/49.0.2623.105 Mobile Safari/537.36" });
"""
BOTH, CAMERA, MICROPHONE = "true", "asked.video", "asked.audio && !asked.video"


@pytest.fixture(scope="module")
def server(shelf: DemoShelf) -> Iterator[Server]:
    """Whose requests wait for a doctor alone."""
    with demo_server(shelf) as started:
        without_gaps(started)
        yield started


@asynccontextmanager
async def appointed(
    server: Server, folder: Path, *, after: timedelta = EARLY, camera: bool = True
) -> AsyncIterator[tuple[Doctor, Patient]]:
    """A doctor and a patient with an appointment; the doctor's time is free again afterwards."""
    async with both(server, folder, camera=camera) as (doctor, patient):
        await doctor.propose(1, after=after)
        await patient.accept_time()
        yield doctor, patient
    change_row(server, "update slots set is_held = 0")


async def told(doctor: Doctor, *wanted: CheckPart) -> PatientCheck:
    """The result of a test of at least these parts, once the doctor has it."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            row = (await doctor.client.requests.card(doctor.card.row.id)).row
            if row.patient_check and set(wanted) <= set(found(row.patient_check)):
                return row.patient_check
            await asyncio.sleep(0.1)


def found(check: PatientCheck) -> dict[CheckPart, CheckCause | None]:
    return {one.part: one.cause for one in check.findings}


async def test_all_is_well_and_the_doctor_is_told(server: Server, tmp_path: Path) -> None:
    """DRC-5, OZ-26, OZ-27: one press, twelve seconds at the most, and the camera is let go."""
    async with appointed(server, tmp_path) as (doctor, patient):
        await patient.press(TEST)
        await patient.says("Вы слышали звонок?")
        await patient.picture(tmp_path / "question.png")
        await patient.press(HEARD)
        for line in ("Камера работает", "Микрофон вас слышит", "Звук слышно", "Связь хорошая"):
            await patient.says(line)
        await patient.says("Врач видит этот результат")
        check = await told(doctor)
        assert set(found(check).values()) == {None}
        assert set(found(check)) == set(CheckPart) - {
            *(CheckPart.UNKNOWN, CheckPart.BROWSER),
            CheckPart.RELAY,
        }
        assert check.width
        assert check.frame_rate
        assert check.up_kbit
        assert check.down_kbit
        assert (check.browser, check.is_phone) == (Browser.CHROME, False)
        assert check.browser_version > 100
        await patient.page.until("document.getElementById('preview').hidden")
        assert await patient.fits(SMALLEST)
        await patient.picture(tmp_path / "all-is-well.png")
        assert not patient.page.errors
