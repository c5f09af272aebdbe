"""After a cut of 10 s and of 40 s, another address, sleep, and a media process that was killed.

Real parts: server, event stream, media process, Chromium with the patient's page; the road between
them is a door of ours (tests/journeys/bad_link.py). While it is cut, nothing gets through, neither
sound and picture nor what both write to the server. Times run from the moment of the cut (told),
or from the moment when the road is there again (back): until each side has seen the first of five
pictures. There is no floor for the road: it is stated as 0. Of a killed process the floor is how
long one takes to come up in the same run. The longest gap between pictures is that of the media
process, and of the patient's browser, while the window's loop stands still; its floor is that of
the same call while nothing stands still.
"""

import asyncio
import itertools
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.call.at_server import figures_at_server
from benchmarks.figures import Figure, at_most, never, report
from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.doctor import Server
from tests.unit.media.two_sides import engines
from workstation.core.call_media import CallSettings, Source
from workstation.core.live_call import LiveCall

SETTINGS = CallSettings(source=Source.SYNTHETIC)
TOLD_S = 4.0
BACK_AFTER_S = {10.0: 5.0, 40.0: 10.0}
MOVED_S, KILLED_S, ASLEEP_S = 10.0, 5.0, 40.0
BLOCKED_S, BLOCKS, GAP_MS = 0.4, 5, 150.0
SETTLED_S = 5.0
"""So long both see each other before the next fault."""
WORDS = "Слышите меня?"


async def figures_of(room: CallRoom) -> list[Figure]:
    """All faults in one call, one after the other."""
    await room.talk(SETTINGS)
    answered_at = room.live.answered_at
    await room.doctor.says(WORDS)
    found: list[Figure] = []
    for seconds, limit in BACK_AFTER_S.items():
        found += await _cut(room, seconds, limit)
    found += await _moved(room)
    found += await _slept(room)
    found += await _blocked(room)
    found += await _killed(room)
    calls = await room.calls.attempts(room.request_id)
    is_kept = room.live.answered_at == answered_at and WORDS in await room.doctor.texts()
    found.append(never("chat lost or clock set back", int(not is_kept)))
    found.append(never("consultations beyond the one", len(calls) - 1))
    await room.calls.hang_up()
    return found


async def _cut(room: CallRoom, seconds: float, limit: float) -> list[Figure]:
    await asyncio.sleep(SETTLED_S)
    cut = await room.cut()
    await asyncio.sleep(seconds)
    mended = await room.mend()
    doctor, patient = await room.both_see(mended)
    what = f"cut of {seconds:.0f} s"
    told = room.doctor_was_told(cut)
    page = await room.patient_was_told()
    found = [_within(f"{what}: the doctor is told", told, cut, TOLD_S)]
    if seconds == min(BACK_AFTER_S):
        found.append(_within(f"{what}: the patient is told", page, cut, TOLD_S))
    found.append(_within(f"{what}: picture back at the doctor", doctor, mended, limit))
    found.append(_within(f"{what}: picture back at the patient", patient, mended, limit))
    return found


async def _moved(room: CallRoom) -> list[Figure]:
    await asyncio.sleep(SETTLED_S)
    moved = await room.move()
    await room.until(lambda live: live.recoveries > 0 and not live.is_receiving)
    doctor, patient = await room.both_see(moved + 1)
    what = "another address: picture back at the"
    return [
        _within(f"{what} doctor", doctor, moved, MOVED_S),
        _within(f"{what} patient", patient, moved, MOVED_S),
    ]


async def _slept(room: CallRoom) -> list[Figure]:
    await asyncio.sleep(SETTLED_S)
    woke = room.sleep(ASLEEP_S)
    doctor, patient = await room.both_see(woke)
    what = f"asleep for {ASLEEP_S:.0f} s: picture back at the"
    return [
        _within(f"{what} doctor", doctor, woke, MOVED_S),
        _within(f"{what} patient", patient, woke, MOVED_S),
    ]


async def _blocked(room: CallRoom) -> list[Figure]:
    """The window's loop stands still again and again; the loop of this run is the window's."""
    await _past_this_process(room)
    await asyncio.sleep(SETTLED_S)
    gaps: list[float] = []
    stop = room.calls.changed.subscribe(lambda live: gaps.append(_gap_ms(live)))
    await asyncio.sleep(BLOCKS)
    free = list(gaps)
    since = time.time()
    gaps.clear()
    for _ in range(BLOCKS):
        _stand_still()
        await asyncio.sleep(1 - BLOCKED_S)
    await asyncio.sleep(1)
    stop()
    moments = [one for one in await room.patient_frames() if one > since]
    theirs = max(b - a for a, b in itertools.pairwise(moments)) * 1000
    what = f"window blocked {1000 * BLOCKED_S:.0f} ms: longest gap between pictures"
    floor = max(free)
    return [
        at_most(f"{what} of the patient", max(gaps), GAP_MS, "ms", floor=floor),
        at_most(f"{what} of the doctor", theirs, GAP_MS, "ms", floor=floor),
    ]


async def _past_this_process(room: CallRoom) -> None:
    """A new connection that does not lead through the doors, which stand in the same loop."""
    before = room.live.recoveries
    room.link.is_aside = True
    await room.move()
    await room.until(lambda live: live.recoveries > before)
    await room.both_see(time.time())


def _stand_still() -> None:
    time.sleep(BLOCKED_S)


def _gap_ms(live: LiveCall) -> float:
    return live.stats.frame_gap_ms if live.stats is not None else 0.0


async def _killed(room: CallRoom) -> list[Figure]:
    floor = await _start_s()
    await asyncio.sleep(SETTLED_S)
    assert room.engine.pid is not None
    before = room.live.recoveries
    killed = time.time()
    os.kill(room.engine.pid, signal.SIGKILL)
    await room.until(lambda live: live.recoveries > before)
    await room.both_see(time.time())
    what = "media process killed: picture back at the"
    sides = {"doctor": room.doctor_frames, "patient": room.patient_frames}
    found: list[Figure] = []
    for side, frames in sides.items():
        back = _after_the_longest_gap(await frames(), killed - 1)
        found.append(_within(f"{what} {side}", back, killed, KILLED_S, floor=floor))
    return found


def _after_the_longest_gap(moments: Sequence[float], since: float) -> float:
    """When pictures came again."""
    pairs = itertools.pairwise(one for one in moments if one > since)
    return max(pairs, key=lambda pair: pair[1] - pair[0])[1]


async def _start_s() -> float:
    """Seconds until a media process of its own is up, while the call goes on."""
    began = time.monotonic()
    async with engines(1):
        return time.monotonic() - began


def _within(
    name: str, moment: float | None, since: float, limit: float, floor: float = 0.0
) -> Figure:
    """What never happened is stated as an hour."""
    seconds = 3600.0 if moment is None else moment - since
    return at_most(name, seconds, limit, "s", floor=floor)


async def _measure(folder: Path, server: Server) -> list[Figure]:
    async with call_room(server, folder) as room:
        return await figures_of(room)


def figures() -> list[Figure]:
    """One call with all of it."""
    return figures_at_server(_measure)


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
