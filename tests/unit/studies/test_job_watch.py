"""A job of the decoder process ends at its CPU time, whatever its threads; the clock is patient."""

import asyncio

import pytest

from workstation.studies.job_watch import JobWatch, Spent, look_again_in
from workstation.studies.limits import MIB, DecoderLimits

LIMITS = DecoderLimits()


def wait(cpu_s: float, clock_s: float, size: int = 0, cores: int = 1) -> float | None:
    return look_again_in(LIMITS, size, Spent(cpu_s, clock_s), cores)


def test_a_second_look_comes_when_the_limit_could_be_reached() -> None:
    assert wait(0, 0) == 3
    assert wait(1, 1) == 2
    assert wait(0, 0, cores=4) == 0.75
    assert wait(0, 0, size=100 * MIB) == 5


def test_the_cpu_limit_is_exact_and_no_look_follows_at_once() -> None:
    assert wait(2.999, 3) == 0.02
    assert wait(3, 3) is None
    assert wait(3, 3, size=25 * MIB) == 0.5
    assert wait(3.5, 3.5, size=25 * MIB) is None


def test_what_sleeps_is_ended_by_the_clock() -> None:
    assert wait(0, 8) == 1
    assert wait(0, 9) is None
    assert wait(0, 9, size=50 * MIB) is not None


@pytest.mark.parametrize("share", [1.0, 0.5, 0.25, 0.06])
def test_a_busy_machine_ends_no_file_by_the_clock(share: float) -> None:
    """As long as the process gets a twentieth of a core it may use all its CPU time."""
    for tenth in range(30):
        used = tenth / 10
        assert wait(used, used / share) is not None


def test_what_works_a_little_and_sleeps_a_lot_comes_to_an_end() -> None:
    assert wait(0.2, 13) is None
    assert LIMITS.clock_seconds(0, LIMITS.cpu_s) == 69


class Clock:
    """CPU seconds that the process has used in its life."""

    def __init__(self) -> None:
        self.now: float | None = 100.0

    def read(self) -> float | None:
        return self.now


async def test_each_job_is_charged_for_its_own() -> None:
    clock, overdue = Clock(), asyncio.Event()
    watch = JobWatch(DecoderLimits(cpu_s=0.05, clock_factor=1e6), clock.read, overdue.set)
    watch.begin(0)
    clock.now = 100.04
    watch.begin(0)
    clock.now = 100.08
    await asyncio.wait([asyncio.ensure_future(overdue.wait())], timeout=0.2)
    assert not overdue.is_set()
    clock.now = 100.1
    await asyncio.wait_for(overdue.wait(), 60)
    watch.end()
    assert not watch.is_on


async def test_where_nobody_says_the_cpu_time_the_clock_counts() -> None:
    clock, overdue = Clock(), asyncio.Event()
    clock.now = None
    watch = JobWatch(DecoderLimits(cpu_s=0.1, clock_factor=1), clock.read, overdue.set)
    watch.begin(0)
    await asyncio.wait_for(overdue.wait(), 60)
    watch.end()
