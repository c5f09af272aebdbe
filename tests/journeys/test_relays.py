"""TURN by coturn: by UDP, TCP and TLS; what cannot be used is named within five seconds."""

import asyncio
import socket
import struct
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.journeys.turn_server import TurnServer, missing, turn_server
from tests.unit.media.two_sides import SYNTHETIC, engines, reached, told
from workstation.core.call_media import (
    CallSettings,
    CallState,
    IceServer,
    RelayReport,
    RelayState,
)

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]

ROADS = ["udp", "tcp", "tls"]


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer trusts the server's authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def address(turn: TurnServer, road: str) -> str:
    """Of that road."""
    return {"udp": turn.udp, "tcp": turn.tcp, "tls": turn.tls}[road]


def through(server: IceServer) -> CallSettings:
    """Nothing but TURN."""
    return replace(SYNTHETIC, ice_servers=(server,), relay_only=True)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("road", ROADS)
async def test_a_call_runs_through_the_relay(tmp_path: Path, road: str) -> None:
    """Descriptions name the relay's addresses alone, and pictures come both ways."""
    async with turn_server(tmp_path) as turn, engines(1) as (engine,):
        settings = through(turn.server(address(turn, road)))
        caller, callee = engine.call(settings), engine.call(settings)
        asked = asyncio.ensure_future(told(caller.relays_checked))
        offer = await caller.offer()
        assert {one.state for one in await asked} == {RelayState.USABLE}
        answer = await callee.answer(offer)
        for description in (offer, answer):
            lines = [one for one in description.sdp.splitlines() if one.startswith("a=candidate")]
            assert lines
            assert all(" typ relay " in f"{one} " for one in lines)
        await caller.accept(answer)
        await reached(caller, CallState.CONNECTED)
        for call in (caller, callee):
            await told(call.stats, lambda stats: stats.frames_received > 30)
        await caller.hang_up()
        await callee.hang_up()


@pytest.mark.usefixtures("trusted")
async def test_the_quickest_road_that_is_open_is_taken(tmp_path: Path) -> None:
    """UDP is swallowed, TCP refused: TLS is left, and what was wrong with the others is told."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent, socket.socket() as closed:
        silent.bind(("127.0.0.1", 0))
        closed.bind(("127.0.0.1", 0))  # nobody listens
        swallowed = f"turn:127.0.0.1:{silent.getsockname()[1]}?transport=udp"
        refused = f"turn:127.0.0.1:{closed.getsockname()[1]}?transport=tcp"
        async with turn_server(tmp_path) as turn, engines(1) as (engine,):
            settings = through(turn.server(swallowed, refused, turn.tls))
            call = engine.call(settings)
            asked = asyncio.ensure_future(told(call.relays_checked))
            offer = await call.offer()
            assert " typ relay " in offer.sdp
            found = {one.url: one.state for one in await asked}
            assert found[turn.tls] is RelayState.USABLE
            assert found[refused] is RelayState.UNREACHABLE
            await call.hang_up()


async def test_every_fault_has_its_name(tmp_path: Path) -> None:
    """Expired, wrong, untrusted, silent, nobody there, no address: none is an exception."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        swallowed = f"turn:127.0.0.1:{silent.getsockname()[1]}?transport=udp"
        async with turn_server(tmp_path) as turn, engines(1) as (engine,):
            servers = {
                RelayState.USABLE: turn.server(turn.udp),
                RelayState.EXPIRED: turn.server(turn.udp, life_s=-60),
                RelayState.WRONG_CREDENTIALS: turn.server(turn.tcp, secret="another"),
                RelayState.UNTRUSTED: turn.server(turn.tls),
                RelayState.SILENT: turn.server(swallowed),
                RelayState.UNREACHABLE: turn.server("turn:no-such-host.invalid:1?transport=tcp"),
                RelayState.BAD_ADDRESS: turn.server("turn:"),
            }
            reports = await engine.check_relays(list(servers.values()))
    assert [one.state for one in reports] == list(servers)
    assert reports[0].answer_ms is not None
    assert [one.answer_ms for one in reports[1:]] == [None] * 6


class Leak(asyncio.DatagramProtocol):
    """A road to a server that swallows every tenth packet that goes through its channels."""

    def __init__(self, server: tuple[str, int], back: "Leak | None" = None) -> None:
        self._server, self._back = server, back
        self._ends: dict[tuple[str, int], asyncio.DatagramTransport] = {}
        self._carrying: set[asyncio.Task[None]] = set()
        self._count = 0
        self.client: tuple[str, int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self._back is not None:  # from the server
            self._back.transport.sendto(data, self.client)
            return
        is_of_channel = data[0] & 0xC0 == 0x40
        self._count += is_of_channel
        if not is_of_channel or self._count % 10:
            self._carrying.add(asyncio.ensure_future(self._carry(data, addr)))

    async def _carry(self, data: bytes, addr: tuple[str, int]) -> None:
        if addr not in self._ends:
            loop = asyncio.get_running_loop()
            end, way = await loop.create_datagram_endpoint(
                lambda: Leak(self._server, self), remote_addr=self._server
            )
            way.client = addr
            self._ends[addr] = end
        self._ends[addr].sendto(data)

    def close(self) -> None:
        for one in (self.transport, *self._ends.values()):
            one.close()


async def test_lost_packets_are_counted_on_the_road_to_the_relay(tmp_path: Path) -> None:
    """By UDP, which hides nothing; what nothing swallows comes back whole."""
    async with turn_server(tmp_path) as turn, engines(1) as (engine,):
        loop = asyncio.get_running_loop()
        _, leak = await loop.create_datagram_endpoint(
            lambda: Leak(("127.0.0.1", turn.port)), local_addr=("127.0.0.1", 0)
        )
        try:
            port = leak.transport.get_extra_info("sockname")[1]
            leaking = turn.server(f"turn:127.0.0.1:{port}?transport=udp")
            reports = await engine.check_relays(
                [turn.server(turn.udp), turn.server(turn.tcp), leaking]
            )
        finally:
            leak.close()
    whole, by_tcp, leaky = (one.trip for one in reports)
    assert whole is not None
    assert whole.loss == 0
    assert by_tcp is None
    assert leaky is not None
    assert leaky.loss == pytest.approx(0.1, abs=0.02)
    assert 0 < whole.delay_ms < 500


async def test_a_relay_that_answers_rubbish_is_no_end() -> None:
    """Bytes that are no STUN, and STUN that ends in the middle."""

    asked: list[bytes] = []

    class Rubbish(asyncio.DatagramProtocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self._transport = cast(asyncio.DatagramTransport, transport)

        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            asked.append(data)
            head = struct.pack("!HHI", 0x0113, 400, 0x2112A442) + data[8:20]
            for answer in (b"\xff" * 3, b"", head, head + b"\0\x09\0\x08\0\0\x04"):
                self._transport.sendto(answer, addr)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Rubbish, local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    url = f"turn:127.0.0.1:{port}?transport=udp"
    try:
        async with engines(1) as (engine,):
            (report,) = await engine.check_relays([IceServer((url,), "1:x", "y")])
            assert report == RelayReport(url, report.state)
            assert report.state in (RelayState.SILENT, RelayState.REFUSED)
            await engine.ping()
        assert asked
    finally:
        transport.close()


async def test_without_a_usable_relay_the_call_goes_on_directly(tmp_path: Path) -> None:
    async with turn_server(tmp_path) as turn, engines(1) as (engine,):
        wrong = turn.server(turn.udp, secret="another")
        settings = replace(SYNTHETIC, ice_servers=(wrong,))
        caller, callee = engine.call(settings), engine.call(settings)
        asked = asyncio.ensure_future(told(caller.relays_checked))
        answer = await callee.answer(await caller.offer())
        assert [one.state for one in await asked] == [RelayState.WRONG_CREDENTIALS]
        await caller.accept(answer)
        await reached(caller, CallState.CONNECTED)
        await caller.hang_up()
        await callee.hang_up()
