"""From a change in one process to the message in a client of another: three processes, one
PostgreSQL, one S3; eight doctors listen at each of the two others.

The promise is for a steady rate: 20 changes a second, begun by the clock whether or not those
before are done. That is 72,000 an hour, far above what the largest centre does, and it says what a
doctor waits for. Changes as quick as they are answered say what the processes can take at most: the
time in the line before a busy processor is in it, and grows with every other program on the
machine. So that figure is stated and nothing is promised of it.

Floor: how long the POST that makes the change takes by itself, in the same run. The time counts
from before that POST, so it holds the floor too. Five runs are made, each of new requests; the one
in the middle counts, with its own floor.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection

from benchmarks.backend.cost import cpu_ms
from benchmarks.backend.stage import Stage, fill, requests, signed_in
from benchmarks.figures import Figure, at_most, never, report, stated
from tests.backend.clinic import Caller, id_of
from tests.backend.live import changed, hello, subscribed
from tests.backend.postgres_server import postgres_server
from tests.backend.s3_server import s3_server
from tests.backend.server_process import ServerProcess

RUNS = 5
CHANGES = 200
"""Of a run."""
A_SECOND = 20
IDLE_SECONDS = 5
LIMIT_MS = 100
PROCESSES = 3


class Listener:
    """A client of another process than the one that changes."""

    def __init__(self, stream: ClientConnection) -> None:
        self.stream = stream
        self.moments: dict[str, float] = {}
        self.gaps = 0
        self._last: int | None = None

    async def listen(self, count: int) -> None:
        """Until so many more changes have come."""
        for _ in range(count):
            message = await changed(self.stream)
            self.moments[message.request_id] = time.monotonic()
            self.gaps += self._last is not None and message.prev != self._last
            self._last = message.seq


@dataclass(frozen=True, slots=True)
class Run:
    """Milliseconds of every message, and of every POST by itself; CPU of who listens."""

    delays: list[float]
    posts: list[float]
    cpu: float
    """Of one listening process for one change."""

    @property
    def p99(self) -> float:
        """Of the messages."""
        return p99(self.delays)


@dataclass
class Changing:
    """When each POST of a run began, and how long it took."""

    caller: Caller
    begun: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    async def change(self, number: int) -> None:
        """A claim."""
        request = id_of(f"{number:06}")
        self.begun[request] = time.monotonic()
        answer = await self.caller.post(f"/requests/{request}/claim")
        self.took.append(time.monotonic() - self.begun[request])
        assert answer.is_success, answer.status_code

    async def steadily(self, numbers: Sequence[int]) -> None:
        """By the clock; one that is slow holds no other up."""
        start = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for place, number in enumerate(numbers):
                await asyncio.sleep(start + place / A_SECOND - time.monotonic())
                group.create_task(self.change(number))

    async def at_full_speed(self, numbers: Sequence[int]) -> None:
        """One after another, without a pause."""
        for number in numbers:
            await self.change(number)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where changes are made, and who hears of them."""

    caller: Caller
    listeners: list[Listener]
    processes: list[int]
    """Of the listeners."""

    async def run(
        self, place: int, how: Callable[[Changing, Sequence[int]], Awaitable[None]]
    ) -> Run:
        """The run's own requests change, in this way."""
        changing = Changing(self.caller)
        cpu = self.cpu()
        hearing = [asyncio.create_task(one.listen(CHANGES)) for one in self.listeners]
        await how(changing, range(place * CHANGES, (place + 1) * CHANGES))
        await asyncio.gather(*hearing)
        delays = [
            1000 * (one.moments[request] - begun)
            for one in self.listeners
            for request, begun in changing.begun.items()
        ]
        posts = [1000 * seconds for seconds in changing.took]
        return Run(delays, posts, (self.cpu() - cpu) / CHANGES)

    async def idle(self) -> float:
        """CPU that a listening process takes in the time of one change when there is none."""
        cpu = self.cpu()
        await asyncio.sleep(IDLE_SECONDS)
        return (self.cpu() - cpu) / (IDLE_SECONDS * A_SECOND)

    def cpu(self) -> float:
        """Milliseconds that a listening process has used, on average."""
        return statistics.mean(cpu_ms(process) for process in self.processes)


@asynccontextmanager
async def cluster(stage: Stage) -> AsyncIterator[Cluster]:
    """The first process changes, clients of the others listen."""
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(stage.servers(PROCESSES))
        callers = await stack.enter_async_context(signed_in(servers[0].address))
        listeners = [
            await stack.enter_async_context(listening(server, caller))
            for server in servers[1:]
            for caller in callers
        ]
        processes = [server.process.pid for server in servers[1:]]
        yield Cluster(callers[0], listeners, processes)


@asynccontextmanager
async def listening(server: ServerProcess, caller: Caller) -> AsyncIterator[Listener]:
    """A greeted client."""
    address = server.address.removeprefix("http://")
    async with subscribed(address, caller.headers) as stream:
        await hello(stream)
        yield Listener(stream)


def p99(values: Sequence[float]) -> float:
    """Of a hundred the one before the last."""
    return statistics.quantiles(values, n=100)[98]


async def measure(stage: Stage) -> list[Figure]:
    """Steady runs, then one at full speed."""
    await fill(stage, requests((RUNS + 1) * CHANGES))
    async with cluster(stage) as three:
        idle = await three.idle()
        runs = [await three.run(place, Changing.steadily) for place in range(RUNS)]
        quick = await three.run(RUNS, Changing.at_full_speed)
    steady = sorted(runs, key=lambda run: run.p99)[RUNS // 2]
    name = "event to a client of another process"
    cpu = statistics.median(run.cpu for run in runs)
    return [
        at_most(f"{name}, p99", steady.p99, LIMIT_MS, "ms", floor=p99(steady.posts)),
        stated(f"{name}, median", *_medians(steady), "ms"),
        stated(f"{name}, p99 at full speed", quick.p99, p99(quick.posts), "ms"),
        stated(f"{name}, median at full speed", *_medians(quick), "ms"),
        stated("CPU of a process whose eight clients are told", cpu, idle, "ms an event"),
        stated("the same at full speed", quick.cpu, idle, "ms an event"),
        never("gaps in the numbers", sum(one.gaps for one in three.listeners)),
    ]


def _medians(run: Run) -> tuple[float, float]:
    return statistics.median(run.delays), statistics.median(run.posts)


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
