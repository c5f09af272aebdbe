"""A tone through a real sound server and back; how soon a device that is taken away is told.

The other side sends 440 Hz; our side plays it into a null sink, whose monitor is our microphone,
and sends on what that hears: capture, coding, the road, decoding and playing, both ways, with
nothing that changes the sound. Compared is what comes back with what was sent, as the medians of
the stated seconds. Floor of level and pitch: how far the sent tone itself is spread; of the
warning: none (0).
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, at_most, report
from tests.unit.media.pulse import MICROPHONE, SPEAKER, Pulse, address, pulse
from tests.unit.media.two_sides import SYNTHETIC, connect, engines, told
from workstation.core.call_media import CallSettings, CallStats, Device, DeviceNote, DeviceTrouble
from workstation.media.call_handle import CallHandle

WARM_S, HEARD_S = 8, 15
LEVEL_DB, PITCH_HZ, WARNED_S = 1.0, 5.0, 3.0
AWAY_S: Final = 60.0
OURS: Final = CallSettings(camera="none such", microphone="Microphone", speaker="Speaker")


async def tone(patient: CallHandle) -> list[Figure]:
    """What the side that sends the tone hears of it."""
    heard: list[CallStats] = []
    await told(patient.stats, lambda stats: stats.audio_received.level_dbfs > -40)
    await asyncio.sleep(WARM_S)
    stop = patient.stats.subscribe(heard.append)
    await asyncio.sleep(HEARD_S)
    stop()
    levels = [(one.audio_sent.level_dbfs, one.audio_received.level_dbfs) for one in heard]
    pitches = [(one.audio_sent.pitch_hz, one.audio_received.pitch_hz) for one in heard]
    found = []
    for what, pairs, limit, unit in (
        ("level of a tone", levels, LEVEL_DB, "dB"),
        ("pitch of a tone", pitches, PITCH_HZ, "Hz"),
    ):
        sent, received = (list(side) for side in zip(*pairs, strict=True))
        off = abs(statistics.median(received) - statistics.median(sent))
        spread = max(sent) - min(sent)
        found.append(at_most(f"{what} there and back, off by", off, limit, unit, floor=spread))
    return found


async def taken_away(doctor: CallHandle, server: Pulse, module: str) -> Figure:
    """From the removal of the microphone to the word of it."""

    def is_it(note: DeviceNote) -> bool:
        return (note.device, note.trouble) == (Device.MICROPHONE, DeviceTrouble.GONE)

    warned = asyncio.ensure_future(told(doctor.devices_missing, is_it))
    await asyncio.sleep(0)
    begun = time.perf_counter()
    await server.unload(module)
    try:
        await asyncio.wait_for(warned, AWAY_S)
    except TimeoutError:
        return at_most("a microphone taken away: told", AWAY_S, WARNED_S, "s", floor=0)
    took = time.perf_counter() - begun
    return at_most("a microphone taken away: told", took, WARNED_S, "s", floor=0)


async def _measure(folder: Path) -> list[Figure]:
    async with pulse(folder) as server:
        os.environ["PULSE_SERVER"] = address(folder)
        await server.load(SPEAKER)
        microphone = await server.load(MICROPHONE)
        async with engines() as (one, other):
            doctor, patient = one.call(OURS), other.call(SYNTHETIC)
            await connect(doctor, patient)
            found = await tone(patient)
            found.append(await taken_away(doctor, server, microphone))
            await doctor.hang_up()
            await patient.hang_up()
    return found


def figures() -> list[Figure]:
    """Of one call."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_measure(Path(name)))


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
