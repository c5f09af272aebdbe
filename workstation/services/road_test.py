"""The device test's measuring of the network: the server, the TURN servers, how fast it is.

Everything goes by the calls that the program makes anyway; what is measured is what a call would
meet. Loss, delay and jitter are those of packets by UDP to a TURN server and back. Where there is
none, TCP to the server hides what is lost: then loss is not known, and the rest is that of TCP.
"""

import asyncio
import base64
import contextlib
import logging
import os
import statistics
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from backend_client.errors import BackendError
from backend_client.models.relays import IceServers
from backend_client.models.server import ServerInfo
from backend_client.models.speed import Padding
from workstation.core.call_media import IceServer, PacketTrip, RelayReport
from workstation.core.device_check import Adapter, Network
from workstation.media.errors import MediaError

logger = logging.getLogger(__name__)

SIZES: Final = (32 * 1024, 128 * 1024, 512 * 1024)
"""Characters, one after the other while there is time: the last is what counts."""
ENOUGH_S: Final = 0.6
"""A piece that took this long says how fast the road is."""
_ONE_WAY_S: Final = 3.5
_DELAYS: Final = 6
_DELAY_S: Final = 3.0
_RELAYS_S: Final = 9.0


class ServerRoad(Protocol):
    """The server; all raise BackendError."""

    async def info(self) -> ServerInfo:
        """A small answer."""

    async def fetch_padding(self, characters: int) -> None:
        """So much from the server."""

    async def send_padding(self, padding: Padding) -> None:
        """So much to the server."""


class RelayNames(Protocol):
    """Who knows the TURN servers; raises BackendError."""

    async def ice_servers(self) -> IceServers:
        """With credentials."""


class RelayChecker(Protocol):
    """Asks them; raises MediaError."""

    async def check_relays(self, servers: Sequence[IceServer]) -> tuple[RelayReport, ...]:
        """What becomes of each address."""


async def measure_road(
    server: ServerRoad,
    names: RelayNames,
    checker: RelayChecker,
    address: str,
    adapters: tuple[Adapter, ...],
    seconds: Callable[[], float],
) -> Network:
    """Within ten seconds; what cannot be measured is left out. `seconds`: a steady clock."""
    relays, (delays, up, down) = await asyncio.gather(
        _relays(names, checker), _server(server, seconds)
    )
    steps = [abs(one - other) for one, other in zip(delays, delays[1:], strict=False)]
    trip = _worst(relays)
    return Network(
        backend_ms=statistics.median(delays) if delays else None,
        relays=relays,
        up_kbit=up,
        down_kbit=down,
        loss=None if trip is None else trip.loss,
        jitter_ms=_one_of(None if trip is None else trip.jitter_ms, steps),
        delay_ms=_one_of(None if trip is None else trip.delay_ms, delays),
        adapters=adapters,
        has_proxy=stands_a_proxy_before(address),
    )


def _worst(relays: tuple[RelayReport, ...]) -> PacketTrip | None:
    trips = [one.trip for one in relays if one.trip is not None]
    return max(trips, key=lambda trip: (trip.loss, trip.delay_ms), default=None)


def _one_of(by_packets: float | None, by_answers: Sequence[float]) -> float:
    if by_packets is not None:
        return by_packets
    return statistics.median(by_answers) if by_answers else 0.0


def stands_a_proxy_before(address: str) -> bool:
    """Whether this computer sends calls to that address through a proxy."""
    with contextlib.suppress(ValueError, OSError):
        parts = urlsplit(address)
        known = getproxies()
        is_named = parts.scheme in known or "all" in known
        return is_named and not proxy_bypass(parts.hostname or "")
    return False


async def _relays(names: RelayNames, checker: RelayChecker) -> tuple[RelayReport, ...]:
    try:
        async with asyncio.timeout(_RELAYS_S):
            given = await names.ice_servers()
            servers = [
                IceServer(tuple(one.urls), one.username, one.credential) for one in given.servers
            ]
            return await checker.check_relays(servers) if servers else ()
    except (BackendError, MediaError, TimeoutError) as error:
        logger.info("TURN servers not tested: %s", type(error).__name__)
        return ()


async def _server(
    server: ServerRoad, seconds: Callable[[], float]
) -> tuple[list[float], float | None, float | None]:
    """Delays in ms, then kbit/s up and down."""
    delays = await _delays(server, seconds)
    if not delays:
        return [], None, None
    padding = base64.b64encode(os.urandom(SIZES[-1])).decode()

    async def send(size: int) -> None:
        await server.send_padding(Padding(text=padding[:size]))

    up = await speed(send, seconds)
    return delays, up, await speed(server.fetch_padding, seconds)


async def _delays(server: ServerRoad, seconds: Callable[[], float]) -> list[float]:
    found: list[float] = []
    with contextlib.suppress(BackendError, TimeoutError):
        async with asyncio.timeout(_DELAY_S):
            for _ in range(_DELAYS):
                begun = seconds()
                await server.info()
                found.append((seconds() - begun) * 1000)
    return found[1:] or found  # the first may have had to make the connection


async def speed(
    carry: Callable[[int], Awaitable[None]], seconds: Callable[[], float]
) -> float | None:
    """kbit/s of the largest piece that was carried whole; None where none was."""
    found: float | None = None
    with contextlib.suppress(BackendError, TimeoutError):
        async with asyncio.timeout(_ONE_WAY_S):
            for size in SIZES:
                begun = seconds()
                await carry(size)
                took = max(seconds() - begun, 1e-6)
                found = size * 8 / 1000 / took
                if took > ENOUGH_S:
                    break
    return found
