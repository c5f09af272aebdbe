"""From a change in one process to the message in a client of another: three processes, one
PostgreSQL, one S3.

Floor: how long the POST that makes the change takes by itself, in the same run. The time counts
from before that POST, so it holds the floor too.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from websockets.asyncio.client import ClientConnection

from benchmarks.backend.stage import Stage, fill, requests, signed_in
from benchmarks.figures import Figure, at_most, never, report, stated
from tests.backend.clinic import Caller, id_of
from tests.backend.live import changed, hello, subscribed
from tests.backend.postgres_server import postgres_server
from tests.backend.s3_server import s3_server

CHANGES = 300
LIMIT_MS = 100
PROCESSES = 3


class Listener:
    """A client of another process than the one that changes."""

    def __init__(self, stream: ClientConnection) -> None:
        self.stream = stream
        self.moments: list[float] = []
        self.gaps = 0
        self._last: int | None = None

    async def listen(self) -> None:
        """Until all changes have come."""
        while len(self.moments) < CHANGES:
            message = await changed(self.stream)
            self.moments.append(time.monotonic())
            self.gaps += self._last is not None and message.prev != self._last
            self._last = message.seq


async def change(caller: Caller) -> tuple[list[float], list[float]]:
    """Claims one request after another; when each POST began, and how long it took."""
    begun, took = [], []
    for number in range(CHANGES):
        begun.append(time.monotonic())
        answer = await caller.post(f"/requests/{id_of(f'{number:06}')}/claim")
        took.append(time.monotonic() - begun[-1])
        assert answer.is_success, answer.status_code
    return begun, took


async def measure(stage: Stage) -> list[Figure]:
    """The first process changes, clients of the others listen."""
    await fill(stage, requests(CHANGES))
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(stage.servers(PROCESSES))
        callers = await stack.enter_async_context(signed_in(servers[0].address))
        listeners = []
        for server in servers[1:]:
            address = server.address.removeprefix("http://")
            opened = subscribed(address, callers[0].headers)
            stream = await stack.enter_async_context(opened)
            await hello(stream)
            listeners.append(Listener(stream))
        heard = [asyncio.create_task(one.listen()) for one in listeners]
        begun, took = await change(callers[1])
        await asyncio.gather(*heard)
    delays = [
        heard - start for one in listeners for start, heard in zip(begun, one.moments, strict=True)
    ]
    return [
        at_most(
            "event to a client of another process, p99",
            _p99_ms(delays),
            LIMIT_MS,
            "ms",
            floor=_p99_ms(took),
        ),
        stated(
            "event to a client of another process, median",
            1000 * statistics.median(delays),
            1000 * statistics.median(took),
            "ms",
        ),
        never("gaps in the numbers", sum(one.gaps for one in listeners)),
    ]


def _p99_ms(seconds: Sequence[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=100)[98]


def figures() -> list[Figure]:
    """Of three processes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres_server(synchronous_commit="on") as database,
        s3_server() as files,
    ):
        address = database.url(database.create())
        stage = Stage("PostgreSQL and S3", Path(folder), address, files.bucket())
        return asyncio.run(measure(stage))


if __name__ == "__main__":
    raise SystemExit(report(figures()))
