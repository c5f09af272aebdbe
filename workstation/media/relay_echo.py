"""What becomes of packets on the road to a TURN server and back: lost, late, uneven.

Two places at the same server send to each other at the pace of a call's sound: each packet goes up
to the server and comes down again, over the road that a call takes. TCP would hide what is lost.
A server that lets its places not speak to each other tells nothing.
"""

import asyncio
import contextlib
import statistics
import struct
import time
from typing import Any, Final

from aioice.turn import create_turn_endpoint

from workstation.core.call_media import PacketTrip

_PACKETS: Final = 100
_EVERY_S: Final = 0.02
_LAST_S: Final = 0.5
"""A packet that is later than this is lost for a talk."""
_WHOLE_S: Final = 4.5
_HELLO_EVERY_S: Final = 0.05
_NUMBER: Final = struct.Struct("!I")
_PAYLOAD: Final = bytes(156)
"""With the number as much as 20 ms of speech."""
_HELLO: Final = 0xFFFF_FFFF


class _Place(asyncio.DatagramProtocol):
    """Notes when each packet comes."""

    def __init__(self) -> None:
        self.came: dict[int, float] = {}
        self.met = asyncio.Event()

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """A packet of the other place."""
        if len(data) >= _NUMBER.size:
            (number,) = _NUMBER.unpack_from(data)
            if number == _HELLO:
                self.met.set()
            else:
                self.came.setdefault(number, time.monotonic())


async def echo(address: tuple[str, int], username: str, credential: str) -> PacketTrip | None:
    """By UDP, within five seconds; None where the server does not carry it. Never raises."""
    with contextlib.suppress(Exception):  # whatever a stranger's server makes of it
        async with asyncio.timeout(_WHOLE_S), contextlib.AsyncExitStack() as stack:
            ends = []
            for _ in range(2):
                transport, place = await create_turn_endpoint(
                    _Place, address, username, credential, transport="udp"
                )
                stack.callback(transport.close)
                ends.append((transport, place))
            (sender, answering), (receiver, listening) = ends
            there, here = (one.get_extra_info("sockname") for one in (receiver, sender))
            while not (answering.met.is_set() and listening.met.is_set()):
                sender.sendto(_NUMBER.pack(_HELLO), there)
                receiver.sendto(_NUMBER.pack(_HELLO), here)
                await asyncio.sleep(_HELLO_EVERY_S)
            return await _measure(sender, there, listening)
    return None


async def _measure(sender: Any, there: tuple[str, int], listening: _Place) -> PacketTrip:
    sent: list[float] = []
    due = time.monotonic()
    for number in range(_PACKETS):
        sent.append(time.monotonic())
        sender.sendto(_NUMBER.pack(number) + _PAYLOAD, there)
        due += _EVERY_S
        await asyncio.sleep(due - time.monotonic())
    await asyncio.sleep(_LAST_S)
    trips = [(listening.came[one] - sent[one]) * 1000 for one in sorted(listening.came)]
    steps = [abs(one - other) for one, other in zip(trips, trips[1:], strict=False)]
    return PacketTrip(
        loss=1 - len(trips) / _PACKETS,
        delay_ms=statistics.median(trips) if trips else 0.0,
        jitter_ms=statistics.mean(steps) if steps else 0.0,
    )
