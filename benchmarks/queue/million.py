"""The queue before 1,000,000 requests, on PostgreSQL: first page, scrolling, search, keys, memory.

The window, the server and the database are real, each in its process, on this machine; the same is
done before 100 requests. CPU of the window's process stands beside what is measured by the clock.

Floors: of a first page the same bytes over HTTP and a plain QTableView that paints their 50 rows;
of stalls and keys the timer of a bare window at the same time; of a search the server's answer.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import msgspec

from benchmarks.backend.queue_page import MANY, ROOMY, filled
from benchmarks.backend.stage import Stage, signed_in
from benchmarks.figures import Figure, at_most, at_most_above, at_most_times, report, stated
from benchmarks.queue.day import WORDS, Day, Stalls
from benchmarks.queue.frames import Spent
from benchmarks.tick_lateness import percentile
from tests.backend.clinic import Caller
from tests.backend.postgres_server import PostgresServer, postgres_server
from tests.backend.server_process import serving

FEW = 100
TIMES, STALL_MS, SEARCH_MS, KEY_MS, MEMORY_MIB = 2, 50, 200, 50, 50
FIRST_PAGE = "/requests?group=all&limit=50"
WAIT_S = 3600.0
"""Longer than a day takes on any machine."""


class Measured(msgspec.Struct, frozen=True):
    """A day at one of the databases, and the floors of its time."""

    day: Day
    bare_ms: list[float]
    answers_s: list[float]
    """Of the server to each letter of a search, by term."""
    sorted_s: list[float]
    """The same in the orders of other columns."""


async def measured(stage: Stage) -> Measured:
    """A server, a window before it, and a bare window beside."""
    async with stage.servers() as [server], signed_in(server.address) as callers:
        answers = await answers_of(callers[0], "term")
        others = [await answers_of(callers[0], one) for one in ("patient", "state")]
        page = stage.folder / "page.json"
        page.write_bytes((await callers[0].get(FIRST_PAGE)).content)
        still = [sys.executable, "-m", "benchmarks.backend.static_server", str(page)]
        with tempfile.TemporaryDirectory() as folder:
            async with serving(still) as static:
                arguments = (server.address, folder, f"{static.address}/file")
                day, bare = await a_day(arguments)
    return Measured(day, bare, answers, sum(others, []))


async def answers_of(caller: Caller, sort: str) -> list[float]:
    """Seconds of the server's answer to each beginning of the words."""
    found = []
    for text in (word[:end] for word in WORDS for end in range(1, len(word) + 1)):
        begun = time.perf_counter()
        query = f"group=unclaimed&limit=50&sort={sort}&search={quote(text)}"
        answer = await caller.get(f"/requests?{query}")
        assert answer.is_success, answer.status_code
        found.append(time.perf_counter() - begun)
    return found


async def a_day(arguments: Sequence[str]) -> tuple[Day, list[float]]:
    """What the window's process prints, and the lateness of the bare window's timer meanwhile."""
    module = (sys.executable, "-m")
    bare = await asyncio.create_subprocess_exec(
        *module, "benchmarks.bare_window", str(WAIT_S), stdout=PIPE
    )
    desk = await asyncio.create_subprocess_exec(
        *module, "benchmarks.queue.at_desk", *arguments, stdout=PIPE
    )
    async with asyncio.timeout(WAIT_S):
        told, _ = await desk.communicate()
        bare.terminate()
        late, _ = await bare.communicate()
    assert desk.returncode == 0, "the window's process failed"
    return msgspec.json.decode(told, type=Day), json.loads(late.splitlines()[-1])


def figures_of(many: Measured, few: Measured) -> list[Figure]:
    """What was promised, and what stands beside it."""
    day, bare = many.day, many.bare_ms
    first, floor = day.first_page, day.floor
    keys = [key for name in day.keys for key in day.keys[name]]
    answers_ms = [1000 * one for one in many.answers_s]
    return [
        at_most_times("first page painted", median(first), median(floor), TIMES, "s"),
        stated("the same, CPU of the window's process", cpu(first), cpu(floor), "s"),
        *stalls("a hundred pages by PageDown held down", day.keyed, bare),
        *stalls("a hundred pages by the wheel", day.wheeled, bare),
        at_most(
            f"letter of a search ({len(day.searches)}) to painted result, p95",
            percentile([1000 * one.clock for one in day.searches], 0.95),
            SEARCH_MS,
            "ms",
            floor=percentile(answers_ms, 0.95),
        ),
        at_most(
            f"the same ({len(many.sorted_s)}) by patient or state, the server's answer, p95",
            percentile([1000 * one for one in many.sorted_s], 0.95),
            SEARCH_MS,
            "ms",
            floor=percentile(answers_ms, 0.95),
        ),
        at_most(
            f"key ({len(keys)}) to the paint that shows it, p95",
            percentile([1000 * one.clock for one in keys], 0.95),
            KEY_MS,
            "ms",
            floor=percentile(bare, 0.95),
        ),
        *(
            stated(
                f"{name} ({len(spent)}), p95 of CPU",
                percentile([1000 * one.cpu for one in spent], 0.95),
                0,
                "ms",
            )
            for name, spent in day.keys.items()
        ),
        at_most_above(
            "memory of the window", day.memory_mib, few.day.memory_mib, MEMORY_MIB, "MiB"
        ),
    ]


def stalls(name: str, found: Stalls, bare_ms: Sequence[float]) -> list[Figure]:
    """The worst, by the clock and in the loop's own work."""
    return [
        at_most(
            f"{name}: longest stall",
            max(found.late_ms),
            STALL_MS,
            "ms",
            floor=max(bare_ms, default=0),
        ),
        at_most(f"{name}: longest work at one go", max(found.busy_ms), STALL_MS, "ms", floor=0),
    ]


def median(spent: Sequence[Spent]) -> float:
    """By the clock, in seconds."""
    return statistics.median(one.clock for one in spent)


def cpu(spent: Sequence[Spent]) -> float:
    """Of the process, in seconds."""
    return statistics.median(one.cpu for one in spent)


async def measure(server: PostgresServer, folder: Path) -> list[Figure]:
    """Both databases, one after the other."""
    many, few = [await measured(await filled(server, folder, count)) for count in (MANY, FEW)]
    return figures_of(many, few)


def figures() -> list[Figure]:
    """The databases are in a temporary folder, and go with it."""
    with tempfile.TemporaryDirectory() as folder, postgres_server(**ROOMY) as server:
        return asyncio.run(measure(server, Path(folder)))


if __name__ == "__main__":
    raise SystemExit(report(figures()))
