"""Calls through TURN by UDP, TCP and TLS; how soon a relay that cannot be used has a name.

Real parts: server, event stream, media process, Chromium with the patient's page, and coturn, for
which a made-up authority vouches. The doctor's side tells no address but the relay's, so nothing
can go past it. Pictures are counted on both sides for CALL_SECONDS (20) after 10 s that count
nowhere. Floor: the same call without a relay, in the same run.

A fault is named by the media process when the relay is asked for an address; its floor is how long
one that can be used takes to give it.
"""

import asyncio
import os
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.call.at_server import figures_at_server
from benchmarks.call.two_browsers import PRESENTED
from benchmarks.figures import Figure, at_least, at_most, report, stated
from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.doctor import Server
from tests.journeys.turn_server import TurnServer, turn_server
from tests.unit.media.two_sides import engines
from workstation.core.call_media import CallSettings, IceServer, RelayState, Source
from workstation.core.live_call import CallPhase

SETTINGS = CallSettings(source=Source.SYNTHETIC)
SECONDS = float(os.environ.get("CALL_SECONDS", "20"))
WARM_S, FRAMES, NAMED_S = 10.0, 28.0, 5.0
_TRUSTED: Final = "SSL_CERT_FILE"
SIDES: Final = ("patient at the doctor", "doctor at the patient")


async def pictures(room: CallRoom, settings: CallSettings) -> Sequence[float]:
    """A second, at the doctor and at the patient, of one call from its beginning to its end."""
    room.calls.settings = settings
    await room.calls.place(room.request_id)
    await room.patient.answer()
    await room.until(lambda live: live.phase is CallPhase.TALKING)
    await asyncio.sleep(WARM_S)
    page = room.patient.page
    begun, seen, shown = time.perf_counter(), len(room.frames), int(await page.evaluate(PRESENTED))
    await asyncio.sleep(SECONDS)
    shown, seen = int(await page.evaluate(PRESENTED)) - shown, len(room.frames) - seen
    took = time.perf_counter() - begun
    await room.end()
    return seen / took, shown / took


async def through_relays(room: CallRoom, turn: TurnServer) -> list[Figure]:
    """One call without a relay, then one by each road."""
    room.link.is_aside = True
    floors = await pictures(room, SETTINGS)
    found = [
        stated(f"no relay: pictures of the {side}", floor, FRAMES, "frames/s")
        for side, floor in zip(SIDES, floors, strict=True)
    ]
    for road, url in (("UDP", turn.udp), ("TCP", turn.tcp), ("TLS", turn.tls)):
        alone = replace(SETTINGS, ice_servers=(turn.server(url),), relay_only=True)
        values = await pictures(room, alone)
        for side, value, floor in zip(SIDES, values, floors, strict=True):
            what = f"TURN by {road}: pictures of the {side}"
            found.append(at_least(what, value, FRAMES, "frames/s", floor=floor))
    return found


async def faults(turn: TurnServer) -> list[Figure]:
    """By a media process that does not know the authority."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        swallowed = f"turn:127.0.0.1:{silent.getsockname()[1]}?transport=udp"
        servers = {
            RelayState.EXPIRED: turn.server(turn.udp, life_s=-60),
            RelayState.WRONG_CREDENTIALS: turn.server(turn.tcp, secret="another"),
            RelayState.UNTRUSTED: turn.server(turn.tls),
            RelayState.SILENT: turn.server(swallowed),
        }
        async with engines(1) as (engine,):

            async def named(server: IceServer) -> tuple[RelayState, float]:
                begun = time.perf_counter()
                (told,) = await engine.check_relays([server])
                return told.state, time.perf_counter() - begun

            _, floor = await named(turn.server(turn.udp))
            found: list[Figure] = []
            for expected, server in servers.items():
                state, took = await named(server)
                seconds = took if state is expected else 3600.0
                what = f"a relay that is {expected.value}: named"
                found.append(at_most(what, seconds, NAMED_S, "s", floor=floor))
    return found


async def _measure(folder: Path, server: Server) -> list[Figure]:
    async with turn_server(folder) as turn:
        os.environ[_TRUSTED] = str(turn.authority)
        async with call_room(server, folder) as room:
            found = await through_relays(room, turn)
        del os.environ[_TRUSTED]
        return [*found, *await faults(turn)]


def figures() -> list[Figure]:
    """Of all roads and faults."""
    return figures_at_server(_measure)


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
