"""500 open WebSockets of one process: the memory of each, and that nothing of it stays.

Doctors' and patients' streams are different kinds: 500 of each, one kind after the other. Memory is
the process's proportional share (PSS), read when it has had nothing to do for a while. Floor: 500
WebSockets of a bare application of the same framework, which have been sent as much.

What a closed WebSocket had is garbage with cycles (uvicorn's protocol, the transport, the task), so
Python keeps some rounds of it before it looks, and the process keeps the room for the next ones. So
the growth is taken between two rounds when several went before.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from backend_client.models.patient import PatientLink
from benchmarks.backend.bare_sockets import PATH, bare_server
from benchmarks.backend.stage import Stage, all_at_once, fill, requests, signed_in
from benchmarks.figures import Figure, at_most, report, stated
from tests.backend.clinic import Caller, id_of, read
from tests.backend.live import patients_stream, subscribed
from tests.backend.postgres_server import postgres_server

SOCKETS = 500
EVENTS = 100
FEW = 10
"""Events of a round in which their memory is not asked about."""
WARM = 50
"""Opened and closed before anything is measured: what the first ones load is not theirs."""
AT_A_TIME = 50
QUIET_SECONDS = 1.0
"""How long a process is left alone before its memory is read."""
SETTLING = 5
"""Rounds before growth is asked about."""
LATER = 2
"""Rounds of which it is asked."""
LEAK_LIMIT_KIB = 8
"""What a closed WebSocket may leave: the allocator's unrest. One that stays has 60 and more."""

Opening = Callable[[int], AbstractAsyncContextManager[ClientConnection]]
Telling = Callable[[Sequence[ClientConnection], int], Awaitable[None]]
"""All of them are told of so many events."""


@dataclass(frozen=True, slots=True)
class Use:
    """KiB for each WebSocket."""

    opened: float
    heard: float
    """When each has had its messages."""
    growth: float
    """Of the process, for each that was opened and closed later."""


async def memory_kib(process: int) -> int:
    """Of a process that is left alone."""
    await asyncio.sleep(QUIET_SECONDS)
    return share_kib(process)


def share_kib(process: int) -> int:
    """A process's proportional share of memory, by Linux's own count."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
        name, *rest = line.split()
        if name == "Pss:":
            return int(rest[0])
    raise AssertionError(f"no share of process {process}")


async def opened(stack: AsyncExitStack, opening: Opening, count: int) -> list[ClientConnection]:
    """So many, each greeted."""
    streams: list[ClientConnection] = []
    while len(streams) < count:
        places = range(len(streams), min(len(streams) + AT_A_TIME, count))
        streams += await asyncio.gather(
            *(stack.enter_async_context(opening(place)) for place in places)
        )
    await asyncio.gather(*(stream.recv() for stream in streams))
    return streams


async def round_of(
    process: int, opening: Opening, tell: Telling, count: int = FEW
) -> tuple[int, int]:
    """Memory with all open, and when they have heard everything."""
    async with AsyncExitStack() as stack:
        streams = await opened(stack, opening, SOCKETS)
        silent = await memory_kib(process)
        await tell(streams, count)
        return silent, await memory_kib(process)


async def use_of(process: int, opening: Opening, tell: Telling) -> Use:
    """Two rounds."""
    async with AsyncExitStack() as stack:
        await tell(await opened(stack, opening, WARM), FEW)
    before = await memory_kib(process)
    silent, heard = await round_of(process, opening, tell, EVENTS)
    for _ in range(SETTLING - 1):
        _, settled = await round_of(process, opening, tell)
    for _ in range(LATER):
        _, later = await round_of(process, opening, tell)
    each, growth = 1 / SOCKETS, (later - settled) / (LATER * SOCKETS)
    return Use(each * (silent - before), each * (heard - before), growth)


async def take(stream: ClientConnection, count: int) -> None:
    """So many messages, unread."""
    for _ in range(count):
        await stream.recv(decode=False)


async def bare() -> Use:
    """The floor."""

    async def tell(streams: Sequence[ClientConnection], count: int) -> None:
        for stream in streams:
            await stream.send(str(count))
            await take(stream, count)

    async with bare_server() as server:
        address = server.address.replace("http", "ws") + PATH
        return await use_of(server.process.pid, lambda _: connect(address), tell)


class Work:
    """Changes of the centre: requests are claimed, and released when it is their turn again."""

    def __init__(self) -> None:
        self._claimed: set[int] = set()

    async def go_on(self, caller: Caller, count: int) -> None:
        """So many changes, one after another."""
        for number in range(count):
            word = "release" if number in self._claimed else "claim"
            answer = await caller.post(f"/requests/{id_of(f'{number:06}')}/{word}")
            assert answer.is_success, answer.status_code
            self._claimed ^= {number}


async def staff(process: int, address: str, callers: Sequence[Caller], work: Work) -> Use:
    """Streams of eight doctors, who are all told of every change."""

    def opening(place: int) -> AbstractAsyncContextManager[ClientConnection]:
        return subscribed(address, callers[place % len(callers)].headers)

    async def tell(streams: Sequence[ClientConnection], count: int) -> None:
        hearing = [asyncio.create_task(take(stream, count)) for stream in streams]
        await work.go_on(callers[0], count)
        await asyncio.gather(*hearing)

    return await use_of(process, opening, tell)


async def patients(process: int, address: str, callers: Sequence[Caller], work: Work) -> Use:
    """Streams of as many patients, each told of the own request's change alone."""
    tokens = await all_at_once(link(callers[0], place) for place in range(SOCKETS))

    def opening(place: int) -> AbstractAsyncContextManager[ClientConnection]:
        return patients_stream(address, tokens[place])

    async def tell(streams: Sequence[ClientConnection], count: int) -> None:
        hearing = [asyncio.create_task(take(stream, 1)) for stream in streams[:count]]
        await work.go_on(callers[0], count)
        await asyncio.gather(*hearing)

    return await use_of(process, opening, tell)


async def link(caller: Caller, place: int) -> str:
    """A new link's token."""
    answer = await caller.post(f"/requests/{id_of(f'{place:06}')}/patient-link")
    return read(answer, PatientLink).url.partition("#")[2]


def stated_beside(name: str, use: Use, floor: Use) -> list[Figure]:
    """No promise but to say it, and that nothing is left."""
    return [
        stated(f"{name}, open", use.opened, floor.opened, "KiB each"),
        stated(f"{name}, {EVENTS} events later", use.heard, floor.heard, "KiB each"),
        at_most(f"{name}: left when closed", use.growth, LEAK_LIMIT_KIB, "KiB", floor=0),
    ]


async def measure(stage: Stage) -> list[Figure]:
    """One server process for each kind."""
    await fill(stage, requests(SOCKETS))
    floor = await bare()
    figures: list[Figure] = []
    work = Work()
    for name, kind in (("a doctor's WebSocket", staff), ("a patient's WebSocket", patients)):
        async with stage.servers() as [server], signed_in(server.address) as callers:
            address = server.address.removeprefix("http://")
            use = await kind(server.process.pid, address, callers, work)
        figures += stated_beside(name, use, floor)
    return figures


def figures() -> list[Figure]:
    """On PostgreSQL and a folder."""
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        address = server.url(server.create())
        stage = Stage("PostgreSQL", Path(folder), address, f"file://{folder}/files")
        return asyncio.run(measure(stage))


if __name__ == "__main__":
    raise SystemExit(report(figures()))
