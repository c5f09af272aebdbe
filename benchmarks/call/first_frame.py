"""From the patient's "answer with video" to the first picture on each side; glass to glass.

Real parts: server, event stream, media process, Chromium with the patient's page. At the patient it
runs from the press of the button to the first picture that the page presents, at the doctor from
the server's word of the answer. The floor is the first picture of a call between two Chromiums
without a server, from its second description.

Glass to glass is how old the doctor's picture is when the patient's page presents it: its time is
painted into it (media/clock_strip.py) and read from the presented picture. Its floor is a frame's
time at 30 a second.
"""

import asyncio
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.call.at_server import figures_at_server
from benchmarks.call.two_browsers import browsers_call
from benchmarks.figures import FRAME_MS, Figure, at_most, report
from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.doctor import Server
from workstation.core.call_media import CallSettings, Source

CALLS, FIRST_S, AGE_MS = 5, 2.0, 200.0
AGED_S = 10.0
_PRESS: Final = """(() => {
  window.pressed = null;
  window.first = null;
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  document.addEventListener("click", () => { window.pressed ??= now(); }, { capture: true });
  document.getElementById("remote").requestVideoFrameCallback(() => { window.first = now(); });
})()"""
_AGES: Final = """(async (offset, seconds) => {
  const video = document.getElementById("remote");
  const canvas = new OffscreenCanvas(32, 1);
  const strip = canvas.getContext("2d", { willReadFrequently: true });
  const ages = [], end = performance.now() + seconds * 1000;
  const check = (ms) => ((ms >> 16) + 3 * ((ms >> 8) & 255) + 7 * (ms & 255) + 0x5a) & 255;
  while (performance.now() < end) {
    await new Promise((done) => video.requestVideoFrameCallback(done));
    const at = performance.timeOrigin + performance.now() - offset;
    const cell = video.videoWidth / 32;
    const row = Math.max(1, Math.round(8 * Math.min(1, video.videoHeight / 720)));
    for (let place = 0; place < 32; place++)
      strip.drawImage(video, Math.floor((place + 0.5) * cell), row, 1, 1, place, 0, 1, 1);
    const pixels = strip.getImageData(0, 0, 32, 1).data;
    let ms = 0, sum = 0;
    for (let place = 0; place < 32; place++) {
      const bit = pixels[place * 4 + 1] > 125 ? 1 : 0;
      if (place < 24) ms = ms * 2 + bit; else sum = sum * 2 + bit;
    }
    if (check(ms) === sum) ages.push(((at % 16777216) - ms + 16777216) % 16777216);
  }
  return ages;
})"""


async def one_call(room: CallRoom, settings: CallSettings) -> tuple[float, float]:
    """Seconds to the first picture at the doctor, and at the patient."""
    room.calls.settings = settings
    await room.calls.place(room.request_id)
    await room.patient.says("Врач звонит")
    await room.patient.page.evaluate(_PRESS)
    await room.patient.answer()
    live = await room.until(lambda live: live.answer_to_frame_s is not None)
    await room.patient.page.until("window.first")
    pressed = await room.patient.page.evaluate("window.pressed")
    first = await room.patient.page.evaluate("window.first")
    assert live.answer_to_frame_s is not None
    return live.answer_to_frame_s, first - pressed


async def ages_ms(room: CallRoom) -> list[float]:
    """Of the pictures that the page presents within some seconds."""
    offset = (time.time() - time.monotonic()) * 1000
    found: list[float] = await room.patient.page.evaluate(f"{_AGES}({offset}, {AGED_S})")
    return found


async def measure(folder: Path, server: Server) -> list[Figure]:
    """Some calls, one after the other, and the age of pictures in the last of them."""
    floor = await browsers_call(folder, 1.0, 0.0)
    settings = CallSettings(source=Source.SYNTHETIC)
    found: list[tuple[float, float]] = []
    async with call_room(server, folder) as room:
        for number in range(CALLS):
            found.append(await one_call(room, settings))
            if number == CALLS - 1:
                await asyncio.sleep(AGED_S)
                ages = await ages_ms(room)
            await room.end()
    doctor, patient = (statistics.median(side) for side in zip(*found, strict=True))
    age = statistics.median(ages) if ages else float("inf")
    first = floor.first_frame_s
    return [
        at_most("first picture at the doctor", doctor, FIRST_S, "s", floor=first),
        at_most("first picture at the patient", patient, FIRST_S, "s", floor=first),
        at_most("glass to glass p50, doctor to patient", age, AGE_MS, "ms", floor=FRAME_MS),
    ]


def figures() -> list[Figure]:
    """The medians."""
    return figures_at_server(measure)


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
