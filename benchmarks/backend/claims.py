"""Eight doctors claim the same 500 cases at once: one has each, the others are told who.

Floor: as many calls of a route that does nothing, in the same run.
"""

import asyncio
import random
import time
from collections import defaultdict

from backend_client.models.requests import RequestCard
from benchmarks.backend.stage import Stage, fill, floor_of, requests, signed_in, stages
from benchmarks.figures import Figure, never, report, stated
from tests.backend.clinic import Caller, id_of, problem, read

CASES = 500


class Outcome:
    """Who has won which case, and whom the losers were told."""

    def __init__(self) -> None:
        self.winners: defaultdict[str, list[str]] = defaultdict(list)
        self.told: defaultdict[str, list[str | None]] = defaultdict(list)
        self.faults = 0

    def doubles(self) -> int:
        """Cases that nobody or more than one has."""
        return sum(len(self.winners[number]) != 1 for number in numbers())

    def wrongly_told(self) -> int:
        """Losers who were not told the owner's name."""
        return sum(
            name != self.winners[number][0]
            for number, names in self.told.items()
            for name in names
            if self.winners[number]
        )


def numbers() -> list[str]:
    """Of all cases."""
    return [request.number for request in requests(CASES)]


async def work_through(caller: Caller, outcome: Outcome, seed: int) -> None:
    """One doctor tries to get every case."""
    for number in random.Random(seed).sample(numbers(), CASES):
        answer = await caller.post(f"/requests/{id_of(number)}/claim")
        if answer.is_success:
            owner = read(answer, RequestCard).row.owner
            outcome.winners[number].append(owner.name if owner else "")
        elif answer.status_code < 500:
            outcome.told[number].append(problem(answer).owner_name)
        else:
            outcome.faults += 1


async def measure(stage: Stage) -> list[Figure]:
    """On one database."""
    await fill(stage, requests(CASES))
    outcome = Outcome()
    async with stage.servers() as [server], signed_in(server.address) as callers:
        calls = CASES * len(callers)
        floor = await floor_of(callers[0], calls)
        begun = time.monotonic()
        await asyncio.gather(
            *(work_through(caller, outcome, seed) for seed, caller in enumerate(callers))
        )
        seconds = time.monotonic() - begun
    return [
        never(f"{stage.name}: cases without exactly one owner", outcome.doubles()),
        never(f"{stage.name}: losers not told the owner's name", outcome.wrongly_told()),
        never(f"{stage.name}: server faults", outcome.faults),
        stated(f"{stage.name}: a claim", 1000 * seconds / calls, 1000 * floor / calls, "ms"),
    ]


def figures() -> list[Figure]:
    """Of both databases."""
    with stages() as both:
        return [figure for stage in both for figure in asyncio.run(measure(stage))]


if __name__ == "__main__":
    raise SystemExit(report(figures()))
