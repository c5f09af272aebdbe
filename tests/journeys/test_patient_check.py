"""The test of camera, microphone, sound and line on the patient's page, in a real browser."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from backend_client.models.patient_check import Browser, CheckCause, CheckPart, PatientCheck
from tests.journeys.browser import PATIENCE_S
from tests.journeys.chromium import missing
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
  "Mozilla/5.0 (Linux; Android 6.0) AppleWebKit/537.36 Chrome/49.0.2623.105 Mobile" });
"""
BOTH, CAMERA = "true", "asked.video"


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


@pytest.mark.parametrize(
    ("script", "words", "mending", "troubles"),
    [
        (
            REFUSED.format(when=BOTH, name="NotReadableError"),
            "Камера и микрофон заняты",
            "Закройте другие программы",
            {CheckPart.CAMERA: CheckCause.BUSY, CheckPart.MICROPHONE: CheckCause.BUSY},
        ),
        (
            REFUSED.format(when=CAMERA, name="NotFoundError"),
            "Камера не найдена",
            "Без камеры можно говорить голосом",
            {CheckPart.CAMERA: CheckCause.NOT_FOUND, CheckPart.MICROPHONE: None},
        ),
        (
            PAINTED.format(colour="#1c1c1c"),
            "Слишком темно",
            "Включите свет",
            {CheckPart.CAMERA: CheckCause.DARK, CheckPart.MICROPHONE: None},
        ),
        (
            PAINTED.format(colour="#000"),
            "Камера закрыта",
            "Снимите шторку",
            {CheckPart.CAMERA: CheckCause.COVERED, CheckPart.MICROPHONE: None},
        ),
        (
            MUTE,
            "Микрофон вас не слышит",
            "не выключен ли он",
            {CheckPart.CAMERA: None, CheckPart.MICROPHONE: CheckCause.SILENT},
        ),
    ],
    ids=["busy", "no-camera", "dark", "covered", "silent"],
)
async def test_each_failure_names_its_cause_and_the_way_to_mend_it(
    server: Server,
    tmp_path: Path,
    script: str,
    words: str,
    mending: str,
    troubles: dict[CheckPart, CheckCause | None],
) -> None:
    """SPB-19, OZ-26: in plain words to the patient, by its name to the doctor."""
    async with appointed(server, tmp_path) as (doctor, patient):
        await patient.page.evaluate(script)
        await patient.press(TEST)
        await patient.says(words)
        await patient.says(mending)
        check = await told(doctor, CheckPart.CAMERA, CheckPart.SPEED)
        assert found(check).items() >= troubles.items()
        assert CheckPart.SPEAKER not in found(check), "nobody has said whether it was heard"
        assert await patient.fits(SMALLEST)
        assert not patient.page.errors


async def test_near_the_time_a_refused_permission_is_told_without_a_press(
    server: Server, tmp_path: Path
) -> None:
    """OZ-26, SPB-19, DRC-5: who never presses for the test is told, and so is the doctor."""
    near = timedelta(minutes=3)
    async with appointed(server, tmp_path, after=near, camera=False) as (doctor, patient):
        await patient.says("Доступ к камере и микрофону закрыт")
        await patient.says("Нажмите на значок слева от адреса")
        check = await told(doctor, CheckPart.CAMERA, CheckPart.MICROPHONE)
        assert found(check)[CheckPart.CAMERA] is CheckCause.NO_PERMISSION
        assert found(check)[CheckPart.MICROPHONE] is CheckCause.NO_PERMISSION


async def test_a_tone_that_was_not_heard_and_a_slow_line_are_named(
    server: Server, tmp_path: Path
) -> None:
    """SPB-19: what still goes is said as well."""
    async with appointed(server, tmp_path) as (doctor, patient):
        await patient.page.line(upload=40_000)
        await patient.press(TEST)
        await patient.press("Нет")
        await patient.says("Звука не слышно")
        await patient.says("Связь слабая: 0,")
        await patient.says("Голос пройдёт")
        check = await told(doctor, CheckPart.SPEAKER, CheckPart.SPEED)
        assert found(check)[CheckPart.SPEAKER] is CheckCause.NOT_HEARD
        assert found(check)[CheckPart.SPEED] is CheckCause.SLOW_FOR_VIDEO
        assert check.up_kbit is not None
        assert 150 < check.up_kbit < 640
        await patient.page.line(offline=True)
        await patient.press(AGAIN)
        await patient.says("Проверьте Wi-Fi или мобильный интернет")
        await patient.page.line()


async def test_a_chosen_device_is_remembered_and_used_in_the_call(
    server: Server, tmp_path: Path
) -> None:
    """OZ-26: of several microphones, after the page was loaded again, too; one that is not there
    any more is not waited for."""
    options = "[...document.querySelectorAll('#choice-list select')].at(0).options"
    async with (
        engines(1) as (engine,),
        appointed(server, tmp_path, after=timedelta(minutes=3)) as (doctor, patient),
    ):
        page = patient.page
        await patient.press("Выбрать камеру, микрофон, звук")
        await page.until(f"{options}.length > 2")
        wanted = await page.evaluate(f"{options}[2].label")
        await page.evaluate(
            f"{{ const list = {options}[0].parentElement; list.selectedIndex = 2;"
            " list.dispatchEvent(new Event('change')); }"
        )
        await patient.says("Микрофон вас слышит")
        await patient.reload()
        await page.until("JSON.parse(localStorage.devices).microphone")
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer()
            await patient.sees_frames()
            await talk.sees_patient()
            track = "document.getElementById('local').srcObject.getAudioTracks()[0].label"
            assert await page.evaluate(track) == wanted
            await page.evaluate("localStorage.devices = JSON.stringify({ microphone: 'gone' })")
            await patient.reload()
            await patient.come_back()
            await patient.sees_frames()
            assert "Default" in await page.evaluate(track)
            await patient.hang_up()
            await doctor.ended(call)
        assert not page.errors


async def test_a_browser_that_is_too_old_is_named_to_both(server: Server, tmp_path: Path) -> None:
    """SPB-25: as the reason, with its version; the doctor sees it where the test would stand."""
    async with appointed(server, tmp_path) as (doctor, patient):
        await patient.page.command("Page.addScriptToEvaluateOnNewDocument", {"source": OLD})
        await patient.page.reload()
        await patient.says("Браузер Chrome 49 слишком старый для видеосвязи")
        check = await told(doctor, CheckPart.BROWSER)
        assert found(check) == {CheckPart.BROWSER: CheckCause.TOO_OLD}
        assert (check.browser, check.browser_version) == (Browser.CHROME, 49)
        assert check.is_phone


@pytest.fixture
def turn_port(monkeypatch: pytest.MonkeyPatch) -> int:
    """Where TURN is to be reached by TCP; by UDP nobody listens."""
    port = free_port()
    urls = f"turn:127.0.0.1:{free_port()}?transport=udp turn:127.0.0.1:{port}?transport=tcp"
    monkeypatch.setenv("TELEMED_TURN_URLS", urls)
    monkeypatch.setenv("TELEMED_TURN_SECRET", SECRET)
    return port


@pytest.fixture
def relaying(turn_port: int, shelf: DemoShelf) -> Iterator[Server]:
    """A server that hands out that address."""
    with demo_server(shelf) as started:
        without_gaps(started)
        yield started


@pytest.mark.skipif(missing_coturn() is not None, reason=str(missing_coturn()))
async def test_a_closed_road_to_the_relay_is_named(
    turn_port: int, relaying: Server, tmp_path: Path
) -> None:
    """SPB-19: UDP is closed and TCP is open; then there is no road at all."""
    async with appointed(relaying, tmp_path) as (doctor, patient):
        async with turn_server(tmp_path, turn_port):
            await patient.press(TEST)
            await patient.press(HEARD)
            await patient.says("Сеть мешает видеосвязи")
            await patient.says("Врач видит этот результат")
            check = await told(doctor, CheckPart.RELAY)
            assert found(check)[CheckPart.RELAY] is CheckCause.UDP_CLOSED
        await patient.press(AGAIN)
        await patient.says("Сеть может не пропустить звонок")
