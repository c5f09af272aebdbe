"""A road between two sides of a call that loses, delays, limits and cuts: no packet leaves this
machine, and nothing of the kernel is needed.

Candidates of a description are replaced by a door of ours; what comes there is carried to the side
whose door it is, and its answers back.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final, cast

_HOST: Final = "127.0.0.1"
_CANDIDATE: Final = re.compile(
    r"^a=candidate:\S+ (?P<component>\d) udp \d+ (?P<host>[\d.]+) (?P<port>\d+) typ host.*$",
    re.MULTILINE | re.IGNORECASE,
)
_WAITING_S: Final = 0.3
"""A queue that would take longer to empty drops what comes (a router's buffer)."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How the road is, each way."""

    loss: float = 0.0
    delay_s: float = 0.0
    jitter_s: float = 0.0
    """Up to so much more, at random."""
    kbit_a_second: float | None = None
    is_cut: bool = False


@asynccontextmanager
async def bad_link(weather: Weather) -> AsyncIterator["BadLink"]:
    """A road from here to the end of the block."""
    link = BadLink(weather)
    try:
        yield link
    finally:
        link.close()
        await asyncio.sleep(0)  # the loop closes the sockets in its next turn


class BadLink:
    """Doors for both sides. `weather` may be changed at any time."""

    def __init__(self, weather: Weather, seed: int = 1) -> None:
        self.weather = weather
        self.carried = 0
        self.lost = 0
        self._dice = random.Random(seed)
        self._free_at: dict[str, float] = {}
        self._transports: list[asyncio.DatagramTransport] = []
        self._moves = 0
        self.is_aside = False
        """Descriptions go by unchanged: the sides find each other without this process."""

    async def through(self, sdp: str, way: str) -> str:
        """The description with one candidate for each component and section, which leads here.

        Host candidates of IPv4 alone are kept; `way` names whose description it is.
        """
        if self.is_aside:
            return sdp
        lines: list[str] = []
        has_one: set[tuple[int, str]] = set()
        section = 0
        for line in sdp.splitlines():
            section += line.startswith("m=")
            found = _CANDIDATE.match(line)
            if found is None:
                if not line.startswith("a=candidate"):
                    lines.append(line)
                continue
            key = (section, found["component"])
            if key not in has_one and found["host"] != "0.0.0.0":
                has_one.add(key)
                port = await self._door((found["host"], int(found["port"])), way)
                lines.append(
                    f"a=candidate:1 {found['component']} udp 2130706431 {_HOST} {port} typ host"
                )
        return "\r\n".join(lines) + "\r\n"

    def change(self, **weather: object) -> None:
        """Another weather from now on."""
        self.weather = replace(self.weather, **weather)  # type: ignore[arg-type]

    def move(self) -> None:
        """One of the sides has another address: behind the doors that were opened so far there is
        nobody any more, and nobody says so."""
        self._moves += 1

    def close(self) -> None:
        """Closes all doors."""
        for transport in self._transports:
            transport.close()

    async def _door(self, side: tuple[str, int], way: str) -> int:
        front, back = _End(), _End()
        loop = asyncio.get_running_loop()
        for end, host in ((front, _HOST), (back, "0.0.0.0")):
            transport, _ = await loop.create_datagram_endpoint(
                lambda end=end: end,  # type: ignore[misc]
                local_addr=(host, 0),
            )
            self._transports.append(transport)
        back.peer = side
        opened_after = self._moves

        def carry(way: str, data: bytes, send: Callable[[bytes], None]) -> None:
            if opened_after == self._moves:
                self._carry(way, data, send)

        def came(data: bytes, sender: tuple[str, int]) -> None:
            front.peer = sender
            carry(f"to {way}", data, back.send)

        front.came = came
        back.came = lambda data, _: carry(f"from {way}", data, front.send)
        return front.port

    def _carry(self, way: str, data: bytes, send: Callable[[bytes], None]) -> None:
        weather, loop = self.weather, asyncio.get_running_loop()
        now = loop.time()
        begins = max(now, self._free_at.get(way, 0.0))
        is_full = weather.kbit_a_second is not None and begins - now > _WAITING_S
        if weather.is_cut or is_full or self._dice.random() < weather.loss:
            self.lost += 1
            return
        if weather.kbit_a_second is not None:
            begins += len(data) * 8 / (weather.kbit_a_second * 1000)
            self._free_at[way] = begins
        self.carried += 1
        wait = begins - now + weather.delay_s + self._dice.random() * weather.jitter_s
        if wait <= 0:
            send(data)
        else:
            loop.call_later(wait, send, data)


class _End(asyncio.DatagramProtocol):
    """One socket."""

    def __init__(self) -> None:
        self.peer: tuple[str, int] | None = None
        self.came: Callable[[bytes, tuple[str, int]], None] = lambda data, sender: None
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def port(self) -> int:
        """Of this end."""
        assert self._transport is not None
        port: int = self._transport.get_extra_info("sockname")[1]
        return port

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is there."""
        self._transport = cast(asyncio.DatagramTransport, transport)  # no subclass of it in 3.11

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Something has come."""
        self.came(data, addr)

    def send(self, data: bytes) -> None:
        """To who is behind it."""
        if self._transport is not None and not self._transport.is_closing() and self.peer:
            self._transport.sendto(data, self.peer)
