"""TURN servers: which can be used, which is taken, and why the others cannot (RFC 8656, RFC 7065).

aioice uses one TURN server, and where that refuses it goes on without a word. So each is asked for
an address first; the best of those that give one is used.
"""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from aioice.stun import TransactionFailed, TransactionTimeout
from aioice.turn import create_turn_endpoint
from aiortc.rtcicetransport import parse_stun_turn_uri

from workstation.core.call_media import IceServer, RelayReport, RelayState
from workstation.media.relay_echo import echo

_ANSWER_S: Final = 4.0
_BETTER_S: Final = 0.5
"""So long a better road is waited for once one is there."""
_UNAUTHORIZED, _FORBIDDEN, _QUOTA = 401, 403, 486
_ROADS: Final = ("udp", "tcp", "tls")
"""From the quickest to the one that gets through most walls."""


@dataclass(frozen=True, slots=True)
class Relay:
    """One address of one TURN server."""

    url: str
    username: str
    credential: str

    @property
    def road(self) -> str:
        """`udp`, `tcp` or `tls`. Raises ValueError: no address of a TURN server."""
        parsed = self._parsed()
        return "tls" if parsed["scheme"] == "turns" else str(parsed["transport"])

    @property
    def address(self) -> tuple[str, int]:
        """Host and port. Raises ValueError: no address of a TURN server."""
        parsed = self._parsed()
        return str(parsed["host"]), int(parsed["port"])

    def _parsed(self) -> dict[str, Any]:
        parsed: dict[str, Any] = parse_stun_turn_uri(self.url)
        if parsed["scheme"] not in ("turn", "turns"):
            raise ValueError("no address of a TURN server")
        return parsed


def relays_of(servers: Sequence[IceServer]) -> list[Relay]:
    """Every address of TURN that the servers have."""
    return [
        Relay(url, server.username, server.credential)
        for server in servers
        for url in server.urls
        if url.startswith("turn")
    ]


async def check(relay: Relay, *, now_s: float | None = None) -> RelayReport:
    """Asks for an address and gives it back; never raises, never takes more than four seconds."""
    begun = time.monotonic()
    try:
        async with asyncio.timeout(_ANSWER_S):
            await _allocate(relay)
    except (TimeoutError, TransactionTimeout):
        return RelayReport(relay.url, RelayState.SILENT)
    except TransactionFailed as failed:
        return RelayReport(
            relay.url, _refusal(failed, relay, time.time() if now_s is None else now_s)
        )
    except ssl.SSLError:
        return RelayReport(relay.url, RelayState.UNTRUSTED)
    except (OSError, ValueError, UnicodeError) as error:
        return RelayReport(relay.url, _unreached(error))
    return RelayReport(relay.url, RelayState.USABLE, (time.monotonic() - begun) * 1000)


async def choose(
    servers: Sequence[IceServer],
) -> tuple[tuple[IceServer, ...], tuple[RelayReport, ...]]:
    """The servers with the best usable TURN address alone, and what was found out of each.

    STUN addresses stay. What has not answered when a road is taken is not reported.
    """
    relays = relays_of(servers)
    if not relays:
        return tuple(servers), ()
    reports = await _reports(relays)
    usable = {one.url for one in reports if one.state is RelayState.USABLE}
    best = min((one for one in relays if one.url in usable), key=_rank, default=None)
    plain = [replace(one, urls=_without_turn(one.urls)) for one in servers]
    chosen = [one for one in plain if one.urls]
    if best is not None:
        chosen.append(IceServer((best.url,), best.username, best.credential))
    return tuple(chosen), tuple(reports)


async def check_all(servers: Sequence[IceServer]) -> tuple[RelayReport, ...]:
    """What becomes of each address, and of packets by UDP; side by side, within eight seconds."""
    return tuple(await asyncio.gather(*(_check_whole(one) for one in relays_of(servers))))


async def _check_whole(relay: Relay) -> RelayReport:
    report = await check(relay)
    if report.state is not RelayState.USABLE or relay.road != "udp":
        return report
    return replace(report, trip=await echo(relay.address, relay.username, relay.credential))


async def _reports(relays: Sequence[Relay]) -> list[RelayReport]:
    """Until the best has answered, or a little longer than the first that can be used."""
    waiting = {asyncio.ensure_future(check(relay)): relay for relay in relays}
    found: list[RelayReport] = []
    patience: float | None = None
    try:
        while waiting:
            done, _ = await asyncio.wait(
                waiting, timeout=patience, return_when=asyncio.FIRST_COMPLETED
            )
            if not done:
                break
            for one in done:
                relay, report = waiting.pop(one), one.result()
                found.append(report)
                if report.state is RelayState.USABLE:
                    is_best = all(_rank(relay) <= _rank(other) for other in waiting.values())
                    patience = 0.0 if is_best else _BETTER_S
    finally:
        for one in waiting:
            one.cancel()
    return found


def _rank(relay: Relay) -> int:
    try:
        return _ROADS.index(relay.road)
    except ValueError:
        return len(_ROADS)


def _without_turn(urls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(url for url in urls if not url.startswith("turn"))


async def _allocate(relay: Relay) -> None:
    road = relay.road
    transport, _ = await create_turn_endpoint(
        asyncio.DatagramProtocol,
        relay.address,
        relay.username,
        relay.credential,
        ssl=road == "tls",
        transport="udp" if road == "udp" else "tcp",
    )
    transport.close()


def _refusal(failed: TransactionFailed, relay: Relay, now_s: float) -> RelayState:
    code = failed.response.attributes.get("ERROR-CODE", (0, ""))[0]
    if code == _UNAUTHORIZED:
        return RelayState.EXPIRED if _has_expired(relay, now_s) else RelayState.WRONG_CREDENTIALS
    return {_FORBIDDEN: RelayState.FORBIDDEN, _QUOTA: RelayState.FULL}.get(code, RelayState.REFUSED)


def _has_expired(relay: Relay, now_s: float) -> bool:
    """Names of time-limited credentials begin with their end (draft-uberti-behave-turn-rest)."""
    with contextlib.suppress(ValueError):
        return int(relay.username.split(":")[0]) <= now_s
    return False


def _unreached(error: Exception) -> RelayState:
    return RelayState.UNREACHABLE if isinstance(error, OSError) else RelayState.BAD_ADDRESS
