"""The media process calls a real browser: picture and sound both ways."""

import asyncio
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.chromium import Page, chromium, missing
from tests.unit.media.two_sides import SYNTHETIC, engines, reached, told
from workstation.core.call_media import (
    CallState,
    CallStats,
    MediaState,
    Sending,
    SessionDescription,
)
from workstation.media.call_handle import CallHandle

pytestmark = [
    pytest.mark.journey,
    pytest.mark.alone,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]

PAGE = b"""<!doctype html><meta charset="utf-8"><title>patient</title>
<video id="doctor" autoplay playsinline></video>
<script>
const video = document.getElementById("doctor");
const words = [];
let connection, channel, firstFrame = null, described = null;

async function prepare() {
  connection = new RTCPeerConnection();
  const media = await navigator.mediaDevices.getUserMedia(
    {audio: true, video: {width: 640, height: 480, frameRate: 30}});
  for (const track of media.getTracks()) connection.addTrack(track, media);
  const remote = video.srcObject = new MediaStream();
  connection.ontrack = event => remote.addTrack(event.track);
  connection.ondatachannel = event => use(event.channel);
  video.requestVideoFrameCallback(() => { firstFrame = performance.now(); });
}
function use(made) {
  channel = made;
  channel.onmessage = event => words.push(event.data);
}
async function complete(description) {
  await connection.setLocalDescription(description);
  if (connection.iceGatheringState !== "complete") await new Promise(done => {
    connection.addEventListener("icegatheringstatechange",
      () => connection.iceGatheringState === "complete" && done());
  });
  return connection.localDescription.sdp;
}
async function answer(sdp) {
  await prepare();
  await connection.setRemoteDescription({type: "offer", sdp});
  const ours = await complete(await connection.createAnswer());
  described = performance.now();
  return ours;
}
async function offer() {
  await prepare();
  use(connection.createDataChannel("state"));
  return complete(await connection.createOffer());
}
async function accept(sdp) {
  described = performance.now();
  await connection.setRemoteDescription({type: "answer", sdp});
}
async function figures() {
  const seen = {first_frame_s: firstFrame && (firstFrame - described) / 1000};
  const all = await connection.getStats();
  for (const one of all.values()) {
    if (one.type !== "inbound-rtp") continue;
    if (one.kind === "video") Object.assign(seen,
      {frames: one.framesDecoded, width: one.frameWidth, height: one.frameHeight,
       fps: one.framesPerSecond, codec: all.get(one.codecId).mimeType});
    else Object.assign(seen, {energy: one.totalAudioEnergy, seconds: one.totalSamplesDuration});
  }
  return seen;
}
</script>"""


class Pages(BaseHTTPRequestHandler):
    """Serves the one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def page_address() -> Iterator[str]:
    """Where the patient's page is; localhost, so that the browser gives it camera and sound."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def is_seen(stats: CallStats) -> bool:
    """The browser's fake camera comes in, whole; a busy machine's browser makes it smaller."""
    is_whole = stats.width > 0 and stats.width * 480 == stats.height * 640
    return stats.frames_received > 60 and is_whole


async def both_ways(call: CallHandle, page: Page) -> tuple[CallStats, dict[str, Any]]:
    """Waits until each has seen and heard the other."""
    hearing = asyncio.ensure_future(
        told(call.stats, lambda stats: stats.audio_received.level_dbfs > -60)
    )
    stats = await told(call.stats, is_seen)
    await hearing
    await page.until("figures().then(f => f.frames > 60 && f.energy > 0.001)")
    figures: dict[str, Any] = await page.evaluate("figures()")
    assert not page.errors
    return stats, figures


@pytest.fixture
def state(
    capfd: pytest.CaptureFixture[str], record_property: Callable[[str, object], None]
) -> Callable[[CallStats, dict[str, Any]], None]:
    """Writes the figures into the test's report and on the terminal."""

    def write(stats: CallStats, figures: dict[str, Any]) -> None:
        record = {
            "first_frame_at_doctor_s": stats.first_frame_s,
            "first_frame_at_patient_s": figures["first_frame_s"],
            "fps_at_doctor": stats.fps_received,
            "fps_at_patient": figures["fps"],
            "media_process_cores": stats.cpu_share,
        }
        line = ", ".join(f"{name} {value:.2f}" for name, value in record.items() if value)
        record_property("call", line)
        with capfd.disabled():
            sys.stdout.write(f"\n{line}\n")

    return write


async def test_the_doctor_calls(
    page_address: str,
    tmp_path: Path,
    state: Callable[[CallStats, dict[str, Any]], None],
) -> None:
    """DRC-4: the doctor's offer, the browser's answer; SPB-20: each knows what the other sends."""
    async with engines(1) as (engine,), chromium(tmp_path / "profile") as browser:
        page = await browser.open(page_address)
        call = engine.call(SYNTHETIC)
        ours = await call.offer()
        sdp = await page.evaluate(f"answer({json.dumps(ours.sdp)})")
        await call.accept(SessionDescription("answer", sdp))
        await reached(call, CallState.CONNECTED)
        stats, figures = await both_ways(call, page)
        assert figures["width"] * 480 == figures["height"] * 640 > 0  # a busy machine: smaller
        assert stats.first_frame_s is not None
        state(stats, figures)
        await messages_travel(call, page)
        ending = asyncio.ensure_future(told(call.receiving_changed))
        await browser.close_tab(page)
        if call.state is CallState.CONNECTED:
            assert not (await ending).flowing
        await call.hang_up()
        ending.cancel()
        await asyncio.wait([ending])


async def messages_travel(call: CallHandle, page: Page) -> None:
    """What each side says that it sends arrives; rubbish from the page changes nothing."""
    await page.until("words.length")
    assert json.loads(await page.evaluate("words[0]")) == {"audio": "on", "video": "on"}
    await call.set_muted(audio=True, video=False)
    await page.until("words.length > 1")
    assert json.loads(await page.evaluate("words.at(-1)")) == {"audio": "off", "video": "on"}
    said = asyncio.ensure_future(told(call.remote_media_changed))
    await page.evaluate("channel.send('rubbish'), channel.send('x'.repeat(100000))")
    await page.evaluate("""channel.send('{"audio":"on","video":"off"}')""")
    assert await said == MediaState(Sending.ON, Sending.OFF)
    await told(call.stats, lambda stats: stats.refused_messages == 2)


async def test_a_browser_without_vp8_is_called_by_h264(page_address: str, tmp_path: Path) -> None:
    """SOK-10 both are offered, and each is spoken: H.264 both ways, whole pictures."""
    async with engines(1) as (engine,), chromium(tmp_path / "profile") as browser:
        page = await browser.open(page_address)
        call = engine.call(SYNTHETIC)
        offer = _as_heard_without_vp8((await call.offer()).sdp)
        sdp = await page.evaluate(f"answer({json.dumps(offer)})")
        await call.accept(SessionDescription("answer", sdp))
        _, figures = await both_ways(call, page)
        assert figures["codec"] == "video/H264"
        await call.hang_up()


def _as_heard_without_vp8(offer: str) -> str:
    """A browser passes over the payload types that it does not know (RFC 3264, 6.1)."""
    found = re.search(r"a=rtpmap:(\d+) VP8/", offer)
    assert found is not None
    again = re.search(rf"a=fmtp:(\d+) apt={found[1]}\r", offer)
    assert again is not None
    for payload in (found[1], again[1]):
        offer = re.sub(rf"^a=(?:rtpmap|fmtp|rtcp-fb):{payload} .*\r\n", "", offer, flags=re.M)
        offer = re.sub(rf"^(m=video .*) {payload}\b", r"\1", offer, flags=re.M)
    return offer


async def test_the_browser_offers(
    page_address: str,
    tmp_path: Path,
    state: Callable[[CallStats, dict[str, Any]], None],
) -> None:
    """The other way round: a page that asks for a new connection may describe itself first."""
    async with engines(1) as (engine,), chromium(tmp_path / "profile") as browser:
        page = await browser.open(page_address)
        call = engine.call(SYNTHETIC)
        theirs = await page.evaluate("offer()")
        answer = await call.answer(SessionDescription("offer", theirs))
        await page.evaluate(f"accept({json.dumps(answer.sdp)})")
        await reached(call, CallState.CONNECTED)
        state(*await both_ways(call, page))
        await call.hang_up()
        await page.until("connection.connectionState !== 'connected'")
