"""Memory of the media process in a long call: CALL_MINUTES (30), looked at every minute.

Real parts: server, event stream, media process, Chromium with the patient's page. Floor: the most
of the first five minutes, when everything that is loaded once is there; the last five minutes are
compared with it. Pictures a second at the doctor are stated beside it: a call that has stopped
would need no memory either.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

from benchmarks.call.at_server import figures_at_server
from benchmarks.figures import Figure, at_most_above, report, stated
from benchmarks.memory import resident_mb
from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.doctor import Server
from workstation.core.call_media import CallSettings, Source

SETTINGS = CallSettings(source=Source.SYNTHETIC)
MINUTES = int(os.environ.get("CALL_MINUTES", "30"))
PART, MORE_MB = 5, 50.0
_MINUTE_S: Final = 60.0


async def memory_mb(room: CallRoom) -> list[float]:
    """Resident, minute by minute."""
    assert room.engine.pid is not None
    found: list[float] = []
    for _ in range(MINUTES):
        await asyncio.sleep(_MINUTE_S)
        found.append(resident_mb(room.engine.pid))
    return found


async def _measure(folder: Path, server: Server) -> list[Figure]:
    async with call_room(server, folder) as room:
        room.link.is_aside = True
        await room.talk(SETTINGS)
        before = len(room.frames)
        found = await memory_mb(room)
        shown = (len(room.frames) - before) / (MINUTES * _MINUTE_S)
        await room.calls.hang_up()
    part = min(PART, max(1, MINUTES // 2))
    early, late = max(found[:part]), max(found[-part:])
    name = f"memory of the media process, {MINUTES} minutes"
    return [
        at_most_above(name, late, early, MORE_MB, "MB"),
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
