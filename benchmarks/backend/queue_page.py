"""CPU of a deep, filtered page of 50 with 100,000 and with 1,000,000 requests, on PostgreSQL.

Floor: a route of the same framework with a small constant answer, under the same load in the same
rounds. The promise to the floor is for the backend's process; PostgreSQL's part stands beside it.
The growth from one table to the other is that of both together.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.requests.groups import in_group
from backend.requests.order import ORDER, cursor_behind
from backend.requests.records import record_of, select_records
from backend.requests.visible import visible_requests
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.common import API_PREFIX
from backend_client.models.requests import QueueGroup
from benchmarks.backend.cost import Cost, Target
from benchmarks.backend.crowd import crowd
from benchmarks.backend.load import Question
from benchmarks.backend.stage import Stage, fill, signed_in
from benchmarks.figures import Figure, at_most_times, report, stated
from tests.backend.clinic import Caller, read
from tests.backend.postgres_server import PostgresServer, postgres_server
from tests.backend.server_process import serving

FEW, MANY = 100_000, 1_000_000
PAGE = 50
ROUNDS = 5
FLOOR_CALLS, PAGE_CALLS, COUNT_CALLS = 6_000, 1_500, 60
WARMING_CALLS = 600
GROUPS = (
    QueueGroup.ALL,
    QueueGroup.UNCLAIMED,
    QueueGroup.MINE,
    QueueGroup.AWAITING_DOCUMENTS,
)
DEPTHS = (0.2, 0.5, 0.8)
"""Where in a group the pages begin."""
LIMIT, GROWTH = 12, 1.2
ROOMY = {"shared_buffers": "1GB", "max_wal_size": "8GB", "synchronous_commit": "on"}
"""Of a PostgreSQL on a machine of its own."""


@dataclass(slots=True)
class Costs:
    """Of all rounds; a busy machine makes a round dearer, never cheaper: the median counts."""

    rounds: list[Cost] = field(default_factory=list)

    @property
    def server(self) -> float:
        """Of the backend's process alone, in milliseconds."""
        return statistics.median(one.server for one in self.rounds)

    @property
    def database(self) -> float:
        """Of PostgreSQL's processes alone, in milliseconds."""
        return statistics.median(one.database for one in self.rounds)

    @property
    def both(self) -> float:
        """Of all, in milliseconds."""
        return statistics.median(one.both for one in self.rounds)


async def questions_of(stage: Stage, callers: Sequence[Caller]) -> list[Question]:
    """Deep pages of every doctor's groups."""
    database = Database(stage.database)
    try:
        async with database.read() as connection:
            return [
                Question(f"{API_PREFIX}/requests?{query}", token_of(caller))
                for caller in callers
                for query in await _queries(connection, read(await caller.get("/me"), Account))
            ]
    finally:
        await database.close()


async def _queries(connection: AsyncConnection, account: Account) -> list[str]:
    """Each group at several depths, full pages all."""
    queries = []
    for group in GROUPS:
        which = visible_requests(account) & in_group(group, account.id)
        found = await connection.execute(select(func.count()).where(which).select_from(requests))
        size = found.scalar_one()
        assert size > PAGE / (1 - max(DEPTHS)), f"{group} holds {size}"
        for depth in DEPTHS:
            place = select_records().where(which).order_by(*ORDER).offset(int(depth * size))
            row = (await connection.execute(place.limit(1))).mappings().one()
            cursor = quote(cursor_behind(record_of(row)))
            queries.append(f"group={group}&limit={PAGE}&cursor={cursor}")
    return queries


def token_of(caller: Caller) -> str:
    """The access token that it signs in with."""
    return caller.headers["Authorization"].partition(" ")[2]


async def filled(server: PostgresServer, folder: Path, count: int) -> Stage:
    """A database with so many requests."""
    name = await asyncio.to_thread(server.create)
    stage = Stage(f"{count:,} requests", folder, server.url(name), f"file://{folder}/files")
    await fill(stage, [])
    await crowd(stage.database, count)
    return stage


async def measure(stages: Sequence[Stage], database: int) -> list[Figure]:
    """Round by round: the floor, then each of the databases."""
    floor, pages, counts = Costs(), [Costs() for _ in stages], [Costs() for _ in stages]
    async with AsyncExitStack() as opened:
        arguments = [sys.executable, "-m", "benchmarks.backend.static_server"]
        static = await opened.enter_async_context(serving(arguments))
        still = Target(static.address, static.process.pid, [Question("/static")])
        asked, counted = [], []
        for stage in stages:
            [server] = await opened.enter_async_context(stage.servers())
            callers = await opened.enter_async_context(signed_in(server.address))
            process = server.process.pid
            deep = await questions_of(stage, callers)
            asked.append(Target(server.address, process, deep, database))
            count = [Question(f"{API_PREFIX}/requests/counts", token_of(one)) for one in callers]
            counted.append(Target(server.address, process, count, database))
        for target in (still, *asked):
            await target.cost(WARMING_CALLS)
        for _ in range(ROUNDS):
            floor.rounds.append(await still.cost(FLOOR_CALLS))
            for target, costs in zip(asked, pages, strict=True):
                costs.rounds.append(await target.cost(PAGE_CALLS))
        for target, costs in zip(counted, counts, strict=True):
            costs.rounds.append(await target.cost(COUNT_CALLS))
    few, many = pages
    return [
        at_most_times("page, 100,000 requests", few.server, floor.server, LIMIT, "ms"),
        stated("the same with PostgreSQL's part", few.both, floor.server, "ms"),
        at_most_times("page with both parts, 1,000,000", many.both, few.both, GROWTH, "ms"),
        *(
            figure
            for stage, page, count in zip(stages, pages, counts, strict=True)
            for figure in (
                stated(f"{stage.name}: a page, server", page.server, floor.server, "ms"),
                stated(f"{stage.name}: a page, PostgreSQL", page.database, floor.server, "ms"),
                stated(f"{stage.name}: counts, server", count.server, floor.server, "ms"),
                stated(f"{stage.name}: counts, PostgreSQL", count.database, floor.server, "ms"),
            )
        ),
    ]


async def _measure(server: PostgresServer, folder: Path) -> list[Figure]:
    stages = [await filled(server, folder, count) for count in (FEW, MANY)]
    return await measure(stages, server.process)


def figures() -> list[Figure]:
    """Of two databases in one PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder, postgres_server(**ROOMY) as server:
        return asyncio.run(_measure(server, Path(folder)))


if __name__ == "__main__":
    raise SystemExit(report(figures()))
