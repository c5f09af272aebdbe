"""How far the patient's sound is from the patient's picture, at the doctor: CALL_MINUTES (30).

Real parts: server, event stream, media process, Chromium with the patient's page, PulseAudio. In
place of its fake devices the page sends a picture that turns white and a tone that sounds at the
same moment, every two seconds. Compared are the moment when the white picture comes to the window
and the moment when the tone leaves the speaker, which is a null sink that is recorded. Positive:
the sound is late. The floor is a picture's time at 30 a second: between two nothing can be told.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.call.at_server import figures_at_server
from benchmarks.figures import FRAME_MS, Figure, at_most, report, stated
from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.doctor import Server
from tests.unit.media.pulse import SPEAKER, address, pulse
from workstation.core.call_media import CallFrame, CallSettings

MINUTES = int(os.environ.get("CALL_MINUTES", "30"))
MOST_MS: Final = 100.0
SETTINGS: Final = CallSettings(camera="none such", microphone="none such", speaker="Speaker")
_ELSEWHERE: Final = "module-null-sink sink_name=elsewhere"
"""The usual speaker, into which the patient's browser plays."""
_RATE: Final = 48_000
_LOUD: Final = 1000
_WHITE, _BLACK = 150, 90
_QUIET_S: Final = 0.5
_APART_S: Final = 1.0
_WARM_S: Final = 10.0
_BESIDE_S: Final = 5.0
_FLASHES: Final = """(() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const pen = canvas.getContext("2d");
  const sound = new AudioContext();
  const heard = sound.createMediaStreamDestination();
  const tone = new OscillatorNode(sound, { frequency: 1000 });
  const volume = new GainNode(sound, { gain: 0 });
  tone.connect(volume).connect(heard);
  tone.start();
  let isWhite = false;
  setInterval(() => {
    const on = sound.currentTime % 2 < 0.2;
    if (on && !isWhite) {
      const now = sound.currentTime;
      volume.gain.setValueAtTime(0.5, now);
      volume.gain.setValueAtTime(0, now + 0.2);
    }
    isWhite = on;
    pen.fillStyle = on ? "white" : "black";
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = on ? "#eee" : "#222";
    pen.fillRect(Math.random() * 600, 0, 40, 40);
  }, 15);
  const media = new MediaStream([
    ...canvas.captureStream(30).getTracks(), ...heard.stream.getTracks()]);
  navigator.mediaDevices.getUserMedia = async () => media;
})()"""


class Ear:
    """Moments at which a tone leaves the speaker, of `time.monotonic`."""

    def __init__(self) -> None:
        self.onsets: list[int] = []
        self._blocks: list[tuple[int, float]] = []
        self._samples = 0
        self._loud_at = 0

    def hear(self, data: bytes, now: float) -> None:
        """What was recorded since the last time: the null sink gives a block as it begins it."""
        self._blocks.append((self._samples, now - self._samples / _RATE))
        samples = np.frombuffer(data, np.int16).astype(np.int32)
        loud = self._samples + np.flatnonzero(np.abs(samples) > _LOUD)
        for at in loud[np.diff(loud, prepend=self._loud_at) > _QUIET_S * _RATE]:
            self.onsets.append(int(at))
        self._loud_at = int(loud[-1]) if loud.size else self._loud_at
        self._samples += samples.size

    def moments(self) -> list[float]:
        """The onsets on the clock: by the blocks beside each, for the recorder's own clock runs
        otherwise, and what it drops on a busy computer is not counted."""
        starts, began = (np.array(one) for one in zip(*self._blocks, strict=True))
        edges = np.array(self.onsets)[:, None] + np.array([-_BESIDE_S, _BESIDE_S]) * _RATE
        ranges = np.searchsorted(starts, edges)
        return [
            float(np.median(began[first:last])) + onset / _RATE
            for onset, (first, last) in zip(self.onsets, ranges, strict=True)
        ]


class Eye:
    """Moments at which the picture turns white."""

    def __init__(self) -> None:
        self.onsets: list[float] = []
        self._is_white = True

    def see(self, frame: CallFrame) -> None:
        """The middle of the picture is looked at."""
        pixels = np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 4)
        level = int(pixels[frame.height // 2, frame.width // 2, 1])
        if level > _WHITE and not self._is_white:
            self.onsets.append(time.monotonic())
        self._is_white = level > _WHITE or (self._is_white and level > _BLACK)


@asynccontextmanager
async def recorded(ear: Ear, server: str) -> AsyncIterator[None]:
    """What the speaker plays goes to `ear`."""
    command = ("parec", "--device=speaker.monitor", "--format=s16le", f"--rate={_RATE}")
    process = await asyncio.create_subprocess_exec(
        *command,
        "--channels=1",
        "--latency-msec=10",
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PULSE_SERVER": server},
    )
    assert process.stdout is not None

    async def read(stream: asyncio.StreamReader) -> None:
        while data := await stream.read(1 << 16):
            ear.hear(data[: len(data) // 2 * 2], time.monotonic())

    reading = asyncio.ensure_future(read(process.stdout))
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
        await reading


def skews_ms(ear: Ear, eye: Eye) -> list[float]:
    """Of each flash that has a tone beside it: how much later the tone was heard."""
    heard = np.array(ear.moments())
    nearest = [heard[np.argmin(np.abs(heard - seen))] - seen for seen in eye.onsets]
    return [float(skew) * 1000 for skew in nearest if abs(skew) < _APART_S]


async def _listen(room: CallRoom, server: str) -> list[float]:
    ear, eye = Ear(), Eye()
    stop = room.calls.remote_frame.subscribe(eye.see)
    async with recorded(ear, server):
        await asyncio.sleep(MINUTES * 60)
    stop()
    return skews_ms(ear, eye)


async def _measure(folder: Path, server: Server) -> list[Figure]:
    sound = folder / "sound"
    sound.mkdir()
    async with pulse(sound) as speaker:
        os.environ["PULSE_SERVER"] = address(sound)
        await speaker.load(_ELSEWHERE)
        await speaker.load(SPEAKER)
        async with call_room(server, folder) as room:
            room.link.is_aside = True
            await room.patient.page.evaluate(_FLASHES)
            await room.talk(SETTINGS)
            await asyncio.sleep(_WARM_S)
            skews = await _listen(room, address(sound))
            await room.calls.hang_up()
    middle, worst = statistics.median(skews), float(np.percentile(np.abs(skews), 95))
    name = f"sound after picture at the doctor, {MINUTES} minutes"
    return [
        stated("flashes with a tone", len(skews), MINUTES * 30, "flashes"),
        stated(f"{name}: median", middle, 0, "ms"),
        at_most(f"{name}: 95 of 100 are off by", worst, MOST_MS, "ms", floor=FRAME_MS),
    ]


def figures() -> list[Figure]:
    """Of one call."""
    return figures_at_server(_measure)


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
