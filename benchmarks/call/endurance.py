"""Memory of the media process in a long call, and how far sound and picture drift apart at the
patient: CALL_MINUTES (30), looked at every minute.

Real parts: server, event stream, media process, Chromium with the patient's page. Floor: the most
of the first five minutes, when everything that is loaded once is there; the last five minutes are
compared with it. Pictures a second at the doctor are stated beside it: a call that has stopped
would need no memory either. How far the doctor's sound is from the doctor's picture is what the
patient's browser says of itself (`estimatedPlayoutTimestamp` of webrtc-stats); its floor is a
picture's time at 30 a second. At the doctor it is measured by benchmarks/call/lip_sync.py.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

from benchmarks.call.at_server import figures_at_server
from benchmarks.figures import FRAME_MS, Figure, at_most, at_most_above, report, stated
from benchmarks.memory import resident_mb
from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.doctor import Server
from tests.journeys.patient import KEEP_PEER
from workstation.core.call_media import CallSettings, Source

SETTINGS = CallSettings(source=Source.SYNTHETIC)
MINUTES = int(os.environ.get("CALL_MINUTES", "30"))
PART, MORE_MB = 5, 50.0
_MINUTE_S: Final = 60.0
_SKEW_MS: Final = 100.0
_SKEW: Final = """peer.getStats().then((stats) => {
  const of = (kind) => [...stats.values()].find(
    (one) => one.type === "inbound-rtp" && one.kind === kind).estimatedPlayoutTimestamp;
  return of("audio") && of("video") && String(of("audio") - of("video"));
})"""


async def minute_by_minute(room: CallRoom) -> tuple[list[float], list[float]]:
    """Resident MB of the media process, and milliseconds from sound to picture at the patient."""
    assert room.engine.pid is not None
    memory: list[float] = []
    skews: list[float] = []
    for _ in range(MINUTES):
        await asyncio.sleep(_MINUTE_S)
        memory.append(resident_mb(room.engine.pid))
        skews.append(float(await room.patient.page.until(_SKEW)))
    return memory, skews


async def _measure(folder: Path, server: Server) -> list[Figure]:
    async with call_room(server, folder) as room:
        room.link.is_aside = True
        await room.patient.page.evaluate(KEEP_PEER)
        await room.talk(SETTINGS)
        before = len(room.frames)
        found, skews = await minute_by_minute(room)
        shown = (len(room.frames) - before) / (MINUTES * _MINUTE_S)
        await room.calls.hang_up()
    part = min(PART, max(1, MINUTES // 2))
    early, late = max(found[:part]), max(found[-part:])
    apart = max(abs(skew) for skew in skews)
    name = f"memory of the media process, {MINUTES} minutes"
    return [
        at_most_above(name, late, early, MORE_MB, "MB"),
        at_most(
            "sound from picture at the patient, the most", apart, _SKEW_MS, "ms", floor=FRAME_MS
        ),
        stated("pictures of the patient at the doctor", shown, 30, "frames/s"),
    ]


def figures() -> list[Figure]:
    """Of one call."""
    return figures_at_server(_measure)


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
