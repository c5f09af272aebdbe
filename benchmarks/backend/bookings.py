"""3,000 proposals of times to eight doctors' patients at once: none overlap, none fails.

Floor: as many calls of a route that does nothing, in the same run.
"""

import asyncio
import random
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from sqlalchemy import select

from backend.database import Database
from backend.rules.slots import Span, overlap
from backend.tables import slots
from backend_client.models.common import ProblemCode
from backend_client.models.requests import RequestStatus
from backend_client.models.schedule import ProposeSlots, SlotTime
from benchmarks.backend.stage import (
    Stage,
    all_at_once,
    doctors,
    fill,
    floor_of,
    requests,
    signed_in,
    stages,
)
from benchmarks.figures import Figure, never, report, stated
from tests.backend.clinic import Caller, id_of, problem

BOOKINGS = 3000
BOOKED = "booked"
DAYS = 5
"""In which the proposed times lie: too few for all."""


def proposal(chance: random.Random, first: datetime) -> ProposeSlots:
    """Up to three times, five minutes the step, in no order."""
    starts = chance.sample(range(0, DAYS * 24 * 12, 6), chance.randint(1, 3))
    times = [SlotTime(start=first + timedelta(minutes=5 * one), minutes=30) for one in starts]
    return ProposeSlots(times=times)


async def book(caller: Caller, number: str, given: ProposeSlots) -> str:
    """BOOKED, or why not: the problem's code, else the status."""
    answer = await caller.post(f"/requests/{id_of(number)}/slots", given)
    if answer.status_code == HTTPStatus.OK:
        return BOOKED
    return problem(answer).code if answer.is_client_error else str(answer.status_code)


async def overlapping(url: str) -> int:
    """Doctors who have two held times at one moment."""
    database = Database(url)
    held: defaultdict[str, list[Span]] = defaultdict(list)
    columns = (slots.c.doctor_id, slots.c.starts_at, slots.c.ends_at)
    async with database.read() as connection:
        for row in await connection.execute(select(*columns).where(slots.c.is_held)):
            held[row.doctor_id].append(Span(row.starts_at, row.ends_at))
    await database.close()
    assert held, "nobody has booked anything"
    return sum(overlap(spans) for spans in held.values())


async def measure(stage: Stage) -> list[Figure]:
    """On one database."""
    chance = random.Random(7)
    staff = doctors()
    claimed = requests(BOOKINGS, status=RequestStatus.CLAIMED)
    owned = [
        replace(one, owner_key=staff[number % len(staff)].key) for number, one in enumerate(claimed)
    ]
    await fill(stage, owned)
    first = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    async with stage.servers() as [server], signed_in(server.address) as callers:
        floor = await floor_of(callers[0], BOOKINGS)
        begun = time.monotonic()
        answers = Counter(
            await all_at_once(
                book(callers[number % len(callers)], f"{number:06}", proposal(chance, first))
                for number in range(BOOKINGS)
            )
        )
        seconds = time.monotonic() - begun
    honest = answers[BOOKED] + answers[ProblemCode.SLOT_TAKEN]
    return [
        never(f"{stage.name}: doctors with overlapping times", await overlapping(stage.database)),
        never(f"{stage.name}: answers that are neither booked nor taken", BOOKINGS - honest),
        stated(f"{stage.name}: booked", answers[BOOKED], BOOKINGS, "bookings"),
        stated(f"{stage.name}: a booking", _each(seconds), _each(floor), "ms"),
    ]


def _each(seconds: float) -> float:
    return 1000 * seconds / BOOKINGS


def figures() -> list[Figure]:
    """Of both databases."""
    with stages() as both:
        return [figure for stage in both for figure in asyncio.run(measure(stage))]


if __name__ == "__main__":
    raise SystemExit(report(figures()))
