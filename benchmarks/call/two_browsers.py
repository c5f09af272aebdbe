"""A call between two Chromiums, without any server: the floor of the call's figures.

Both have their fake camera (1280x720, 30 frames a second) and microphone; descriptions are carried
by this process.
"""

import asyncio
import json
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from tests.journeys.chromium import Page, chromium

_PAGE: Final = b"""<!doctype html><meta charset="utf-8"><title>call</title>
<video id="remote" autoplay playsinline muted></video>
<script>
const video = document.getElementById("remote");
const seen = [];
let connection;
const now = () => (performance.timeOrigin + performance.now()) / 1000;
const see = () => { seen.push(now()); video.requestVideoFrameCallback(see); };
video.requestVideoFrameCallback(see);
async function prepare() {
  connection = new RTCPeerConnection();
  const media = await navigator.mediaDevices.getUserMedia(
    {audio: true, video: {width: 1280, height: 720, frameRate: 30}});
  const remote = video.srcObject = new MediaStream();
  connection.ontrack = event => remote.addTrack(event.track);
  for (const track of media.getTracks()) connection.addTrack(track, media);
}
async function complete(description) {
  await connection.setLocalDescription(description);
  if (connection.iceGatheringState !== "complete") await new Promise(done => {
    connection.addEventListener("icegatheringstatechange",
      () => connection.iceGatheringState === "complete" && done());
  });
  return connection.localDescription.sdp;
}
async function offer() {
  await prepare();
  return complete(await connection.createOffer());
}
async function answer(sdp) {
  await prepare();
  await connection.setRemoteDescription({type: "offer", sdp});
  return complete(await connection.createAnswer());
}
const accept = sdp => connection.setRemoteDescription({type: "answer", sdp});
</script>"""
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_LINES: Final = "video.videoHeight"
PRESENTED: Final = """(({ totalVideoFrames, droppedVideoFrames }) =>
  totalVideoFrames - droppedVideoFrames)(
  document.getElementById("remote").getVideoPlaybackQuality())"""
"""Pictures that were shown, of a page whose video is `remote`."""


@dataclass(frozen=True, slots=True)
class BrowsersCall:
    """What one browser shows, and what it costs, in a call of two."""

    frames: float
    """A second, of the slower side."""
    lines: int
    """Height of the picture, the smallest of both sides at the beginning and at the end."""
    cores: float
    """Processor time of one browser with all its processes, mean of both; 1.0 is one core."""
    first_frame_s: float
    """From the second description to the later of the first pictures."""


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE)))
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@asynccontextmanager
async def _pages(folder: Path) -> AsyncIterator[tuple[Page, Page]]:
    with _served() as address:
        async with chromium(folder / "one") as one, chromium(folder / "other") as other:
            yield await one.open(address), await other.open(address)


async def browsers_call(folder: Path, seconds: float, warm_s: float) -> BrowsersCall:
    """Measures after `warm_s` of talk for so long; `folder` gets both profiles."""
    async with _pages(folder) as (caller, callee):
        offer = await caller.evaluate("offer()")
        answer = await callee.evaluate(f"answer({json.dumps(offer)})")
        described = await caller.evaluate(f"accept({json.dumps(answer)}).then(now)")
        for page in (caller, callee):
            await page.until("seen.length > 5")
        first = max([await page.evaluate("seen[0]") for page in (caller, callee)])
        await asyncio.sleep(warm_s)
        lines = [int(await page.evaluate(_LINES)) for page in (caller, callee)]
        trees = [tree_of(folder / name) for name in ("one", "other")]
        before = [sum(map(spent_s, tree)) for tree in trees]
        counts = [await page.evaluate(PRESENTED) for page in (caller, callee)]
        await asyncio.sleep(seconds)
        shown = [await page.evaluate(PRESENTED) for page in (caller, callee)]
        after = [sum(map(spent_s, tree)) for tree in trees]
        lines += [int(await page.evaluate(_LINES)) for page in (caller, callee)]
    used = sum(after) - sum(before)
    frames = min(b - a for a, b in zip(counts, shown, strict=True)) / seconds
    return BrowsersCall(frames, min(lines), used / 2 / seconds, first - described)


def tree_of(profile: Path) -> list[int]:
    """The processes of the browser with that profile: its session is its own."""
    mark = f"--user-data-dir={profile}".encode()
    roots = [pid for pid in _pids() if mark in _read(pid, "cmdline").split(b"\0")]
    sessions = {_stat(pid)[3] for pid in roots}
    return [pid for pid in _pids() if (stat := _stat(pid)) and stat[3] in sessions]


def spent_s(pid: int) -> float:
    """Processor time of a process so far; 0 for one that has ended."""
    stat = _stat(pid)
    return (int(stat[11]) + int(stat[12])) / _TICKS if stat else 0.0


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _stat(pid: int) -> list[str]:
    """Fields of proc_pid_stat(5) from "state" on."""
    return _read(pid, "stat").rpartition(b")")[2].decode().split()


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
